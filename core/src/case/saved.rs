//! What a book is saved as: its events, and how far time was told to have passed.

use std::borrow::Borrow;

use chrono::{DateTime, Utc};

use super::book::CaseBook;
use super::event::CaseEvent;
use crate::error::{KlokuurError, Result};
use crate::rulebook::Rulebook;
use crate::schedule::Schedule;
use crate::sla::instant::{Nanos, instant};
use crate::time::Moment;

impl CaseBook {
    /// Every event that the book keeps, in the order in which they came: those that it refused and keeps aside as well,
    /// an event that came twice once.
    ///
    /// With [`advanced_to`](Self::advanced_to) they are all that [`restore`](Self::restore) needs.
    pub fn events(&self) -> Vec<CaseEvent> {
        let mut kept: Vec<(u32, CaseEvent)> = Vec::with_capacity(self.log.events.len() as usize);
        for (case, entry) in self.cases.iter() {
            let number = self.numbers.get(case).unwrap_or_default();
            let events = self.log.chain(entry.last);
            kept.extend(events.map(|(place, stored)| (place, self.log.event(number, stored))));
        }
        kept.sort_unstable_by_key(|(place, _)| *place);
        kept.into_iter().map(|(_, event)| event).collect()
    }

    /// The latest `now` that [`advance`](Self::advance) was called with; none before the first call.
    pub fn advanced_to(&self) -> Option<DateTime<Utc>> {
        (self.advanced > Nanos::MIN).then(|| instant(self.advanced))
    }

    /// The book that was saved as its [`events`](Self::events) and [`advanced_to`](Self::advanced_to): it answers as that
    /// one did, and tells nothing a second time.
    ///
    /// ```
    /// use chrono::{DateTime, Utc};
    /// use klokuur::case::{CaseBook, CaseEvent, Opening, Origin, What};
    /// use klokuur::Rulebook;
    ///
    /// let at = |text: &str| text.parse::<DateTime<Utc>>();
    /// let rules = Rulebook::bol();
    /// let mut book = CaseBook::of(&rules)?;
    /// book.apply(CaseEvent::new("K-1", at("2026-03-13T14:00:00Z")?, What::Opened(Opening::by(Origin::Customer))))?;
    /// book.advance(at("2026-03-16T09:00:00Z")?)?; // tells the warning
    ///
    /// let (events, advanced_to) = (book.events(), book.advanced_to());
    /// let mut again = CaseBook::restore(&rules, rules.schedule()?, &events, advanced_to)?;
    /// assert_eq!(again.advance(at("2026-03-16T09:30:00Z")?)?, []); // it was told
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// - rules that mean nothing, as in [`new`](Self::new)
    /// - an event that no book can keep: a time outside the supported years, an empty case number
    pub fn restore<E: Borrow<CaseEvent>, M: Moment>(
        rules: &Rulebook,
        clock: Schedule,
        events: impl IntoIterator<Item = E>,
        advanced_to: Option<M>,
    ) -> Result<Self> {
        let mut book = Self::new(rules, clock)?;
        for (row, problem) in book.load_all(events) {
            match problem {
                // The saved book had refused it too, and keeps it aside.
                KlokuurError::ImpossibleTransition { .. } => {}
                problem => return Err(KlokuurError::Row { row, problem: Box::new(problem) }),
            }
        }
        if let Some(now) = advanced_to {
            book.advance(now)?;
        }
        Ok(book)
    }
}
