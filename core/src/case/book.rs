//! The case book: all cases of a seller, kept up to date event by event.

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

use chrono::{DateTime, TimeZone, Utc};

use super::clocks::{Clocks, impossible};
use super::domain_event::{DomainEvent, Happening};
use super::event::{CaseEvent, CaseStatus, EventKind, Opening, What};
use super::log::{Log, NONE, full};
use super::names::Names;
use super::replay::{Effective, Folded, Story, learned};
use super::search::Words;
use super::state::{NEVER, State, flag};
use super::store::Store;
use crate::error::{KlokuurError, Result};
use crate::rulebook::Rulebook;
use crate::schedule::Schedule;
use crate::sla::instant::{Nanos, instant, nanos};

/// What became so, when, and whether it turned out never to have been.
type Told = (Nanos, Happening, bool);

/// All cases of a seller: overview, search, completed list, and what an application should tell.
///
/// The book's state depends on the set of events only, not on the order in which they came. One more event costs the
/// same however many cases there are. An event that its case cannot take is refused and changes nothing; the book
/// keeps it aside, and takes it if an earlier event that was still missing makes it possible ([`refused`](Self::refused)).
///
/// ```
/// use chrono::{DateTime, Utc};
/// use klokuur::case::{CaseBook, CaseEvent, CaseStatus, Opening, Origin, What};
/// use klokuur::Rulebook;
///
/// let at = |text: &str| text.parse::<DateTime<Utc>>();
/// let mut book = CaseBook::of(&Rulebook::bol())?;
/// book.apply(CaseEvent::new("K-1", at("2026-03-13T14:00:00Z")?, What::Opened(Opening::by(Origin::Customer))))?;
///
/// let now = at("2026-03-16T09:00:00Z")?; // Monday 10:00 in Amsterdam
/// let told = book.advance(now)?;
/// assert_eq!(told.len(), 1); // the warning at 18 clock hours, Monday 09:00
/// let overview = book.overview(now)?;
/// assert_eq!(overview[0].due.map(|due| due.to_string()).as_deref(), Some("2026-03-16 15:00:00 CET"));
///
/// book.apply(CaseEvent::new("K-1", now, What::seller_message()))?;
/// assert_eq!(book.case("K-1", now)?.map(|case| case.row.status), Some(CaseStatus::WaitingForCustomer));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct CaseBook {
    pub(super) clocks: Clocks,
    /// Case numbers: the number of a name is the place of its case in `cases`.
    pub(super) numbers: Names,
    pub(super) cases: Store<Entry>,
    pub(super) log: Log,
    pub(super) words: Words,
    /// Open and the seller's; with the marketplace; closed.
    pub(super) lists: [Vec<u32>; 3],
    /// When time acts on a case; an entry that its case no longer waits for is dropped when it is met.
    wakes: BinaryHeap<Reverse<(Nanos, u32)>>,
    /// How many cases wait for time.
    waiting: usize,
    /// The newest time of all events.
    pub(super) newest: Nanos,
    /// How far time has passed: what it brings a case up to here is told with the event that makes it so.
    pub(super) advanced: Nanos,
}

#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) state: State,
    /// The newest time of its events, refused ones and those that were corrected included.
    pub(super) newest: Nanos,
    /// The event that arrived last.
    pub(super) last: u32,
    /// The row that says what is known of it.
    pub(super) known: u32,
    /// Its place in its list.
    place: u32,
    has_corrections: bool,
    pub(super) has_refused: bool,
}

/// The lists of a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Overview = 0,
    Hidden = 1,
    Completed = 2,
}

pub(super) fn list_of(state: &State) -> Option<List> {
    state.has(flag::OPENED).then_some(match state.status {
        CaseStatus::WaitingForSeller | CaseStatus::WaitingForCustomer | CaseStatus::FollowUpLater => {
            List::Overview
        }
        CaseStatus::WithMarketplace => List::Hidden,
        CaseStatus::Closed => List::Completed,
    })
}

impl CaseBook {
    /// An empty book under these rules, whose clock hours are those of `clock`: its calendar and zone also serve the
    /// clocks of returns and cancellations.
    ///
    /// # Errors
    /// - hours of returns or cancellations in `rules` that are no schedule
    pub fn new(rules: &Rulebook, clock: Schedule) -> Result<Self> {
        Ok(Self {
            clocks: Clocks::new(rules, clock)?,
            numbers: Names::new(),
            cases: Store::new(),
            log: Log::new(),
            words: Words::new(),
            lists: [Vec::new(), Vec::new(), Vec::new()],
            wakes: BinaryHeap::new(),
            waiting: 0,
            newest: Nanos::MIN,
            advanced: Nanos::MIN,
        })
    }

    /// An empty book under these rules, with their own clock hours.
    ///
    /// # Errors
    /// - clock hours, zone or calendars in `rules` that mean nothing
    pub fn of(rules: &Rulebook) -> Result<Self> {
        Self::new(rules, rules.schedule()?)
    }

    /// A book of a whole log, in any order, and the events that it refused, each with its error.
    ///
    /// Nothing is told: what lies in the past is known. Call [`advance`](Self::advance) with the time of the log's end
    /// and drop its answer before the book goes live, or it will tell the past then.
    ///
    /// # Errors
    /// - rules that mean nothing, as in [`new`](Self::new)
    pub fn replay<E: Borrow<CaseEvent>>(
        rules: &Rulebook,
        clock: Schedule,
        events: impl IntoIterator<Item = E>,
    ) -> Result<(Self, Vec<KlokuurError>)> {
        let mut book = Self::new(rules, clock)?;
        let mut outside = Vec::new();
        for event in events {
            match book.put(event.borrow(), None) {
                // Whether it stays refused is known when all have come.
                Ok(()) | Err(KlokuurError::ImpossibleTransition { .. }) => {}
                Err(error) => outside.push(error),
            }
        }
        outside.extend(book.refused());
        Ok((book, outside))
    }

    /// Takes one event and gives what it made of its case, with the time up to it and up to the last
    /// [`advance`](Self::advance).
    ///
    /// An event that comes late is put in its place: its case is folded again, and what turns out never to have been
    /// is [retracted](DomainEvent::retracted). The same event a second time changes nothing. Only a log in which two
    /// different events of a case have one id can make an event lose its place to one that is itself refused; that is
    /// no error here, but stands in [`refused`](Self::refused).
    ///
    /// # Errors
    /// - [`ImpossibleTransition`](KlokuurError::ImpossibleTransition): the case cannot take the event (RULES K14)
    /// - [`OutOfRange`](KlokuurError::OutOfRange): a time outside the supported years
    /// - [`InvalidDocument`](KlokuurError::InvalidDocument): an empty case number, or a correction of a correction
    pub fn apply(&mut self, event: impl Borrow<CaseEvent>) -> Result<Vec<DomainEvent>> {
        let event = event.borrow();
        let mut told = Vec::new();
        self.put(event, Some(&mut told))?;
        let told = told.into_iter();
        Ok(told
            .map(|(at, what, retracted)| DomainEvent {
                case: event.case.clone(),
                at: instant(at),
                what,
                retracted,
            })
            .collect())
    }

    /// Takes one event of the past: as [`apply`](Self::apply), but nothing is told of it.
    ///
    /// # Errors
    /// - the same as [`apply`](Self::apply)
    pub fn load(&mut self, event: impl Borrow<CaseEvent>) -> Result<()> {
        self.put(event.borrow(), None)
    }

    /// Lets time pass up to `now` and gives what it made of the cases, in order of time.
    ///
    /// # Errors
    /// - an instant outside the supported years
    pub fn advance<Z: TimeZone>(&mut self, now: DateTime<Z>) -> Result<Vec<DomainEvent>> {
        let now = nanos(&now)?;
        self.advanced = self.advanced.max(now);
        let mut told: Vec<(Nanos, u32, Happening)> = Vec::new();
        while let Some(&Reverse((at, case))) = self.wakes.peek() {
            if at > now {
                break;
            }
            self.wakes.pop();
            let Some(entry) = self.cases.get_mut(case) else { continue };
            if entry.state.wake() != at {
                continue;
            }
            let before = entry.state;
            entry.state.pass(&self.clocks, at, |at, what| told.push((at, case, what)));
            let after = entry.state;
            self.moved(case, &before, &after);
        }
        if self.wakes.len() < self.wakes.capacity() / 4 {
            self.wakes.shrink_to(self.wakes.len() * 2);
        }
        Ok(self.in_order(told))
    }

    /// What cases become, in the order of its own time: what was overdue comes there too.
    pub(super) fn in_order(&self, mut told: Vec<(Nanos, u32, Happening)>) -> Vec<DomainEvent> {
        told.sort_by(|a, b| (a.0, self.numbers.get(a.1), a.2).cmp(&(b.0, self.numbers.get(b.1), b.2)));
        let number = |case| self.numbers.get(case).unwrap_or_default().to_owned();
        let told = told.into_iter();
        told.map(|(at, case, what)| DomainEvent {
            case: number(case),
            at: instant(at),
            what,
            retracted: false,
        })
        .collect()
    }

    /// When [`advance`](Self::advance) has something to tell, if no event comes before: one timer for the whole book.
    ///
    /// `now` itself when something is overdue; none when no case waits for time.
    ///
    /// # Errors
    /// - an instant outside the supported years
    pub fn next_wake_up<Z: TimeZone>(&self, now: DateTime<Z>) -> Result<Option<DateTime<Utc>>> {
        let now = nanos(&now)?;
        Ok(self.wakes.peek().map(|Reverse((at, _))| instant((*at).max(now))))
    }

    /// How many cases were opened.
    pub fn len(&self) -> usize {
        self.lists.iter().map(Vec::len).sum()
    }

    /// Whether no case was opened.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The schedule whose hours are clock hours.
    pub fn schedule(&self) -> &Schedule {
        &self.clocks.schedule
    }

    /// The events that their cases cannot take, by case, each as the error that names case, event and time.
    pub fn refused(&self) -> Vec<KlokuurError> {
        self.refused_events().into_iter().map(|(_, error)| error).collect()
    }

    /// The same, each with the number of its event in the log.
    pub(super) fn refused_events(&self) -> Vec<(u32, KlokuurError)> {
        let mut refused = Vec::new();
        let mut cases: Vec<_> = self
            .cases
            .iter()
            .filter(|(_, entry)| entry.has_refused)
            .map(|(case, entry)| (self.numbers.get(case).unwrap_or_default(), entry))
            .collect();
        cases.sort_by_key(|(number, _)| *number);
        for (number, entry) in cases {
            let folded =
                Story::of(&self.log, entry.last, None).fold(&self.log, &self.clocks, NEVER, Nanos::MIN);
            let mut problems: Vec<_> = folded
                .refused
                .into_iter()
                .filter_map(|(event, problem)| Some((event, *self.log.events.get(event)?, problem)))
                .collect();
            problems.sort_by(|(_, a, _), (_, b, _)| self.log.compare(a, b));
            refused.extend(problems.into_iter().map(|(which, event, problem)| {
                (which, impossible(number, event.content.kind.as_str(), event.at, problem))
            }));
        }
        refused
    }

    /// The path of every event: straight on when it is the newest of its case, else by folding the case again.
    fn put(&mut self, event: &CaseEvent, told: Option<&mut Vec<Told>>) -> Result<()> {
        let at = check(event)?;
        let (case, new) = self.numbers.intern(&event.case).ok_or_else(full)?;
        if new {
            let (last, known, place) = (NONE, NONE, NONE);
            let entry = Entry {
                state: State::NEW,
                newest: Nanos::MIN,
                last,
                known,
                place,
                has_corrections: false,
                has_refused: false,
            };
            self.cases.push(entry).ok_or_else(full)?;
        }
        let entry = self.cases.get(case).ok_or_else(full)?;
        let before = entry.state;
        let is_late = at <= entry.newest || at <= before.passed;
        let straight = !is_late && !entry.has_corrections && event.what.kind() != EventKind::Corrected;
        let mut id_is_taken = false;
        if is_late || event.id.is_some() {
            let same_id = |text: u32| event.id.is_some() && self.log.texts.get(text) == event.id.as_deref();
            if let Some((number, _)) = self.log.chain(entry.last).find(|(_, other)| {
                id_is_taken |= same_id(other.id);
                other.at == at
                    && other.content.kind == event.what.kind()
                    && self.log.event(&event.case, other) == *event
            }) {
                return self.refusal_of(case, number);
            }
        }
        let (number, stored) = self.log.keep(case, at, event, entry.last)?;
        self.index(case, &event.what)?;
        self.newest = self.newest.max(at);
        if !straight || id_is_taken {
            return self.put_late(case, number, at, event, told);
        }
        let mut state = before;
        let act = self.log.act(stored.content);
        let mut heard: Vec<(Nanos, Happening)> = Vec::new();
        let mut hear = |at, what| {
            if told.is_some() {
                heard.push((at, what));
            }
        };
        state.pass(&self.clocks, at.saturating_sub(1), &mut hear);
        let taken = match act {
            Some(act) => state.take(&self.clocks, at, act, &mut hear),
            None => Ok(()),
        };
        if taken.is_ok() && at <= self.advanced {
            state.pass(&self.clocks, self.advanced, &mut hear);
        }
        let entry = self.cases.get_mut(case).ok_or_else(full)?;
        entry.last = number;
        entry.newest = at;
        if let Err(problem) = taken {
            entry.has_refused = true;
            return Err(impossible(&event.case, event.what.kind().as_str(), at, problem));
        }
        entry.state = state;
        if self.log.said(stored.content).is_some() {
            let earlier = self.log.known.get(entry.known).copied();
            entry.known = match learned(&self.log, earlier, stored.content) {
                Some(known) if earlier.is_some() => self.log.keep_merged(known)?,
                _ => stored.content.payload,
            };
        }
        if let Some(told) = told {
            told.extend(heard.into_iter().map(|(at, what)| (at, what, false)));
        }
        self.moved(case, &before, &state);
        Ok(())
    }

    fn put_late(
        &mut self,
        case: u32,
        number: u32,
        at: Nanos,
        event: &CaseEvent,
        told: Option<&mut Vec<Told>>,
    ) -> Result<()> {
        let (log, clocks) = (&self.log, &self.clocks);
        let entry = self.cases.get_mut(case).ok_or_else(full)?;
        let before = entry.state;
        let passed = before.passed.max(self.advanced);
        // As far as the case has come; later events were refused and left no trace.
        let old = Story::of(log, entry.last, None).fold(log, clocks, passed.saturating_add(1), passed);
        entry.last = number;
        entry.newest = entry.newest.max(at);
        entry.has_corrections |= event.what.kind() == EventKind::Corrected;
        let story = Story::of(log, number, None);
        let until = entry.newest.max(story.newest());
        let folded = story.fold(log, clocks, until, passed);
        let known = folded.known_row(log);
        let Folded { state, taken, refused, told: new } = folded;
        entry.newest = until;
        entry.has_refused = !refused.is_empty();
        let numbers =
            |taken: &[Effective]| taken.iter().map(|effective| effective.number).collect::<Vec<_>>();
        if let Some((_, problem)) = refused.into_iter().find(|(refused, _)| *refused == number)
            // An impossible event may still take its id from one that was taken: then the case has changed.
            && numbers(&old.taken) == numbers(&taken)
        {
            return Err(impossible(&event.case, event.what.kind().as_str(), at, problem));
        }
        entry.state = state;
        entry.known = match known {
            None => NONE,
            Some(Ok(row)) => row,
            Some(Err(known)) => self.log.keep_merged(known)?,
        };
        if let Some(told) = told {
            told.extend(difference(old.told, new));
        }
        self.moved(case, &before, &state);
        Ok(())
    }

    /// The refusal of an event that came before, if it was refused.
    fn refusal_of(&self, case: u32, number: u32) -> Result<()> {
        let Some(entry) = self.cases.get(case).filter(|entry| entry.has_refused) else { return Ok(()) };
        let folded = Story::of(&self.log, entry.last, None).fold(&self.log, &self.clocks, NEVER, Nanos::MIN);
        let refused = folded.refused.into_iter().find(|(refused, _)| *refused == number);
        match (refused, self.log.events.get(number)) {
            (Some((_, problem)), Some(event)) => {
                let name = self.numbers.get(case).unwrap_or_default();
                Err(impossible(name, event.content.kind.as_str(), event.at, problem))
            }
            _ => Ok(()),
        }
    }

    fn index(&mut self, case: u32, what: &What) -> Result<()> {
        match what {
            What::Opened(Opening { text: Some(text), .. })
            | What::PhoneContact { text: Some(text), .. }
            | What::CustomerMessage { text: Some(text) }
            | What::SellerMessage { text: Some(text), .. }
            | What::Closed { explanation: Some(text), .. } => self.words.add(case, text).ok_or_else(full)?,
            What::Corrected { right: Some(right), .. } => self.index(case, &right.what)?,
            _ => {}
        }
        Ok(())
    }

    /// Puts a case whose state has changed in its list and in the queue for time.
    fn moved(&mut self, case: u32, before: &State, after: &State) {
        let (from, to) = (list_of(before), list_of(after));
        if from != to {
            if let Some(from) = from {
                self.leave(case, from);
            }
            if let Some(to) = to {
                self.enter(case, to);
            }
        }
        let (was, is) = (before.wake(), after.wake());
        if was != is {
            self.waiting = self.waiting + usize::from(is != NEVER) - usize::from(was != NEVER);
            if is != NEVER {
                self.wakes.push(Reverse((is, case)));
            }
        }
        self.drop_stale();
    }

    fn leave(&mut self, case: u32, from: List) {
        let place = self.cases.get(case).map_or(NONE, |entry| entry.place);
        let Some(list) = self.lists.get_mut(from as usize) else { return };
        if (place as usize) < list.len() {
            list.swap_remove(place as usize);
        }
        if let Some(moved) = list.get(place as usize).copied().and_then(|moved| self.cases.get_mut(moved)) {
            moved.place = place;
        }
    }

    fn enter(&mut self, case: u32, to: List) {
        let Some(list) = self.lists.get_mut(to as usize) else { return };
        let place = u32::try_from(list.len()).unwrap_or(NONE);
        list.push(case);
        if let Some(entry) = self.cases.get_mut(case) {
            entry.place = place;
        }
    }

    /// Keeps the first of the queue true, and the queue no longer than twice the cases that wait.
    fn drop_stale(&mut self) {
        let cases = &self.cases;
        let is_true =
            |wake: &Reverse<(Nanos, u32)>| cases.get(wake.0.1).is_some_and(|e| e.state.wake() == wake.0.0);
        while self.wakes.peek().is_some_and(|first| !is_true(first)) {
            self.wakes.pop();
        }
        if self.wakes.len() > self.waiting.saturating_mul(2).saturating_add(1024) {
            self.wakes.retain(is_true);
        }
    }
}

/// The times of an event that a book can keep.
fn check(event: &CaseEvent) -> Result<Nanos> {
    event.check()?;
    let mut what = &event.what;
    if let What::Corrected { right: Some(right), .. } = what {
        nanos(&right.at)?;
        what = &right.what;
    }
    match what {
        What::FollowUp { until: Some(at) } | What::Opened(Opening { ordered_at: Some(at), .. }) => nanos(at)?,
        _ => 0,
    };
    nanos(&event.at)
}

/// What is only in the new story, and, as retracted, what is only in the old one; in order of time.
fn difference(mut old: Vec<(Nanos, Happening)>, mut new: Vec<(Nanos, Happening)>) -> Vec<Told> {
    old.sort_unstable();
    new.sort_unstable();
    let (mut old, mut new) = (old.into_iter().peekable(), new.into_iter().peekable());
    let mut found = Vec::new();
    loop {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return found,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(was), Some(is)) => was.cmp(is),
        };
        match order {
            std::cmp::Ordering::Less => found.extend(old.next().map(|(at, what)| (at, what, true))),
            std::cmp::Ordering::Greater => found.extend(new.next().map(|(at, what)| (at, what, false))),
            std::cmp::Ordering::Equal => {
                old.next();
                new.next();
            }
        }
    }
}
