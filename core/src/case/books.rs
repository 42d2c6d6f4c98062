//! The books of many sellers under one set of rules: each takes little, and one timer serves them all (RULES K13).

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::applied::Applied;
use super::book::CaseBook;
use super::domain_event::DomainEvent;
use super::event::CaseEvent;
use super::saved::SavedBook;
use crate::error::Result;
use crate::rulebook::RulesByWeek;
use crate::schedule::Schedule;
use crate::sla::instant::{NEVER, Nanos, instant, nanos};
use crate::time::Moment;

/// The case books of many sellers under one set of rules and hours, by a name of each seller.
///
/// What is computed of the rules and hours is computed once for all of them; an empty book takes less than a kilobyte.
/// One [`next_wake_up`](Self::next_wake_up) serves all, and [`advance`](Self::advance) lets time act on those books
/// alone that wait for it.
///
/// ```
/// use chrono::{DateTime, Utc};
/// use klokuur::case::{CaseBooks, CaseEvent, Opening, Party, What};
/// use klokuur::Rulebook;
///
/// let at = |text: &str| text.parse::<DateTime<Utc>>();
/// let asked = at("2026-03-13T14:00:00Z")?; // a Friday
/// let mut books = CaseBooks::of(&Rulebook::bol())?;
/// for seller in ["Lamp & Co", "Potten BV"] {
///     books.apply(seller, CaseEvent::new("K-1", asked, What::Opened(Opening::by(Party::Customer))))?.taken()?;
/// }
/// books.apply("Potten BV", CaseEvent::new("K-1", at("2026-03-13T15:00:00Z")?, What::seller_message()))?.taken()?;
///
/// let wake = at("2026-03-16T08:00:00Z")?; // Monday, 18 clock hours after the question
/// assert_eq!(books.next_wake_up(asked)?, Some(wake));
/// let told = books.advance(wake)?;
/// assert_eq!(told.iter().map(|(seller, event)| (seller.as_str(), event.case.as_str())).collect::<Vec<_>>(), [("Lamp & Co", "K-1")]);
/// assert_eq!(books.get("Potten BV").map(|book| book.len()), Some(1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct CaseBooks {
    /// An empty one, of which the others are made.
    model: CaseBook,
    books: BTreeMap<Arc<str>, Kept>,
    /// When time acts on a book.
    wakes: BTreeSet<(Nanos, Arc<str>)>,
    advanced: Nanos,
}

#[derive(Debug, Clone)]
struct Kept {
    book: CaseBook,
    /// The instant by which it stands among those that wait; [`NEVER`] for none.
    wake: Nanos,
}

impl CaseBooks {
    /// No books yet, under these rules and with these clock hours.
    ///
    /// # Errors
    /// - the same as [`CaseBook::new`]
    pub fn new<R: RulesByWeek + ?Sized>(rules: &R, clock: Schedule) -> Result<Self> {
        let model = CaseBook::new(rules, clock)?;
        Ok(Self { model, books: BTreeMap::new(), wakes: BTreeSet::new(), advanced: Nanos::MIN })
    }

    /// No books yet, under these rules, with their own clock hours.
    ///
    /// # Errors
    /// - the same as [`CaseBook::of`]
    pub fn of<R: RulesByWeek + ?Sized>(rules: &R) -> Result<Self> {
        Self::new(rules, rules.newest_rules()?.schedule()?)
    }

    /// How many sellers have a book.
    pub fn len(&self) -> usize {
        self.books.len()
    }

    /// Whether no seller has one.
    pub fn is_empty(&self) -> bool {
        self.books.is_empty()
    }

    /// The book of a seller; none when there is none.
    pub fn get(&self, seller: &str) -> Option<&CaseBook> {
        self.books.get(seller).map(|kept| &kept.book)
    }

    /// All books, by the name of their seller.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &CaseBook)> {
        self.books.iter().map(|(seller, kept)| (&**seller, &kept.book))
    }

    /// Takes one event of a seller, as [`CaseBook::apply`] does. The first event of a seller makes a book.
    ///
    /// # Errors
    /// - the same as [`CaseBook::apply`]: nothing changed, and no book was made
    pub fn apply(&mut self, seller: &str, event: impl Borrow<CaseEvent>) -> Result<Applied> {
        let is_new = !self.books.contains_key(seller);
        let applied = self.change(seller, |book| book.apply(event));
        if is_new && applied.is_err() {
            self.remove(seller);
        }
        applied
    }

    /// Does with a seller's book what needs it as its own: loading a log, erasing a customer. A seller without one has
    /// an empty one then. When it waits for time after that is known here.
    pub fn change<T>(&mut self, seller: &str, change: impl FnOnce(&mut CaseBook) -> T) -> T {
        let seller: Arc<str> = match self.books.get_key_value(seller) {
            Some((seller, _)) => Arc::clone(seller),
            None => seller.into(),
        };
        let model = &self.model;
        let kept = self
            .books
            .entry(Arc::clone(&seller))
            .or_insert_with(|| Kept { book: model.another(), wake: NEVER });
        kept.book.advanced = kept.book.advanced.max(self.advanced);
        let changed = change(&mut kept.book);
        requeue(&mut self.wakes, &seller, kept);
        changed
    }

    /// Takes a seller's book as it was saved, in the place of one that is there.
    ///
    /// # Errors
    /// - the same as [`CaseBook::restore`]: the book that is there stays
    pub fn restore(&mut self, seller: &str, saved: &SavedBook) -> Result<()> {
        let book = self.model.another().restored(saved)?;
        self.change(seller, |kept| *kept = book);
        Ok(())
    }

    /// Takes a seller's book as a snapshot of it has it, in the place of one that is there.
    ///
    /// # Errors
    /// - the same as [`CaseBook::restore_snapshot`]: the book that is there stays
    pub fn restore_snapshot(&mut self, seller: &str, snapshot: &[u8]) -> Result<()> {
        let book = self.model.another().read_from(snapshot)?;
        self.change(seller, |kept| *kept = book);
        Ok(())
    }

    /// Takes a seller's book out, and gives it.
    pub fn remove(&mut self, seller: &str) -> Option<CaseBook> {
        let (seller, kept) = self.books.remove_entry(seller)?;
        self.wakes.remove(&(kept.wake, seller));
        Some(kept.book)
    }

    /// Lets time pass up to `now` in all books and gives what it made of their cases, each with its seller: in order of
    /// time, and of one instant by seller.
    ///
    /// # Errors
    /// - an instant outside the supported years
    pub fn advance<M: Moment>(&mut self, now: M) -> Result<Vec<(String, DomainEvent)>> {
        let until = nanos(&now)?;
        self.advanced = self.advanced.max(until);
        let mut told = Vec::new();
        while let Some((_, seller)) = self.wakes.first().filter(|(at, _)| *at <= until).cloned() {
            let Some(kept) = self.books.get_mut(&seller) else { break };
            let events = kept.book.advance(instant(until))?;
            told.extend(events.into_iter().map(|event| (seller.to_string(), event)));
            requeue(&mut self.wakes, &seller, kept);
        }
        // What comes late is brought up to here in every book, as it is in a book alone.
        for kept in self.books.values_mut() {
            kept.book.advanced = kept.book.advanced.max(until);
        }
        told.sort_by(|(a, one), (b, other)| (one.at, a).cmp(&(other.at, b)));
        Ok(told)
    }

    /// When [`advance`](Self::advance) has something to tell of any seller, if no event comes before: one timer for all
    /// books.
    ///
    /// `now` itself when something is overdue; none when no case waits for time.
    ///
    /// # Errors
    /// - an instant outside the supported years
    pub fn next_wake_up<M: Moment>(&self, now: M) -> Result<Option<M>> {
        let from = nanos(&now)?;
        Ok(self.wakes.first().map(|(at, _)| now.like(instant((*at).max(from)))))
    }
}

/// Puts a book where it belongs among those that wait for time.
fn requeue(wakes: &mut BTreeSet<(Nanos, Arc<str>)>, seller: &Arc<str>, kept: &mut Kept) {
    let wake = kept.book.first_wake();
    if wake != kept.wake {
        wakes.remove(&(kept.wake, Arc::clone(seller)));
        if wake != NEVER {
            wakes.insert((wake, Arc::clone(seller)));
        }
        kept.wake = wake;
    }
}
