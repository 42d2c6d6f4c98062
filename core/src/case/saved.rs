//! What a book is saved as: its events, how far time was told to have passed, and what it judged by.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::book::CaseBook;
use super::event::CaseEvent;
use crate::document;
use crate::error::{KlokuurError, Result};
use crate::fingerprints::Fingerprints;
use crate::rulebook::RulesByWeek;
use crate::schedule::Schedule;
use crate::sla::instant::{Nanos, instant};

const SAVED_BOOK: &str = "saved case book";

/// A book as it is kept while nobody uses it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedBook {
    /// Every event that the book keeps, in the order in which they came.
    pub events: Vec<CaseEvent>,
    /// The latest `now` that it was advanced to; none before the first.
    #[serde(default)]
    pub advanced_to: Option<DateTime<Utc>>,
    /// What it judged by (RULES I5); none in a save of before they were kept.
    #[serde(default)]
    pub fingerprints: Option<Fingerprints>,
}

impl CaseBook {
    /// Every event that the book keeps, in the order in which they came: those that it refused and keeps aside as well,
    /// an event that came twice once.
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

    /// All that there is to save: the events, how far time has passed, and what the book judged by.
    ///
    /// ```
    /// use chrono::{DateTime, Utc};
    /// use klokuur::case::{CaseBook, CaseEvent, Opening, Origin, SavedBook, What};
    /// use klokuur::{HolidayCalendar, Rulebook};
    ///
    /// let at = |text: &str| text.parse::<DateTime<Utc>>();
    /// let rules = Rulebook::bol();
    /// let mut book = CaseBook::of(&rules)?;
    /// book.apply(CaseEvent::new("K-1", at("2026-03-13T14:00:00Z")?, What::Opened(Opening::by(Origin::Customer))))?.taken()?;
    /// book.advance(at("2026-03-16T09:00:00Z")?)?; // tells the warning
    ///
    /// let saved = SavedBook::from_json(&book.saved().to_json())?;
    /// let mut again = CaseBook::restore(&rules, rules.schedule()?, &saved)?;
    /// assert_eq!(again.advance(at("2026-03-16T09:30:00Z")?)?, []); // it was told
    ///
    /// let belgian = rules.schedule()?.with_holidays(HolidayCalendar::belgium())?;
    /// assert!(CaseBook::restore(&rules, belgian.clone(), &saved).is_err());
    /// let anew = CaseBook::restore_anew(&rules, belgian, &saved)?;
    /// assert_eq!(saved.fingerprints.map(|then| then.changes(anew.fingerprints()).len()), Some(2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn saved(&self) -> SavedBook {
        SavedBook {
            events: self.events(),
            advanced_to: self.advanced_to(),
            fingerprints: Some(self.fingerprints().clone()),
        }
    }

    /// The book that was saved: it answers as that one did, and tells nothing a second time.
    ///
    /// # Errors
    /// - rules that mean nothing, as in [`new`](Self::new)
    /// - other hours, holidays, rules or time zone data than those that the save was judged by: every one that changed is named.
    ///   A save without fingerprints is not held against any
    /// - an event that no book can keep: a time outside the supported years, an empty case number
    pub fn restore<R: RulesByWeek + ?Sized>(rules: &R, clock: Schedule, saved: &SavedBook) -> Result<Self> {
        let book = Self::new(rules, clock)?;
        let changes = saved.fingerprints.as_ref().map(|then| then.changes(book.fingerprints()));
        let changes = changes.unwrap_or_default();
        if !changes.is_empty() {
            let changes: Vec<_> = changes.iter().map(ToString::to_string).collect();
            return Err(KlokuurError::InvalidDocument {
                document: SAVED_BOOK,
                path: "fingerprints".into(),
                problem: format!(
                    "its cases were judged by others, {}: accepted are the same, or a book that is restored anew",
                    changes.join("; ")
                ),
            });
        }
        book.filled(saved)
    }

    /// The book that was saved, judged by these hours and rules whatever it was judged by before. Nothing is told of verdicts
    /// that are others now.
    ///
    /// # Errors
    /// - as [`restore`](Self::restore), but for what changed
    pub fn restore_anew<R: RulesByWeek + ?Sized>(
        rules: &R,
        clock: Schedule,
        saved: &SavedBook,
    ) -> Result<Self> {
        Self::new(rules, clock)?.filled(saved)
    }

    fn filled(mut self, saved: &SavedBook) -> Result<Self> {
        for (row, problem) in self.load_all(&saved.events) {
            match problem {
                // The saved book had refused it too, and keeps it aside.
                KlokuurError::ImpossibleTransition { .. } => {}
                problem => return Err(KlokuurError::Row { row, problem: Box::new(problem) }),
            }
        }
        if let Some(now) = saved.advanced_to {
            self.advance(now)?;
        }
        Ok(self)
    }
}

impl SavedBook {
    /// A save from its JSON text.
    ///
    /// # Errors
    /// - a text that is no JSON, or no save, with the place of what is wrong
    pub fn from_json(text: &str) -> Result<Self> {
        document::read(SAVED_BOOK, document::from_json(SAVED_BOOK, text)?)
    }

    /// The save as a JSON text, the same in every language: one language reads what another wrote.
    pub fn to_json(&self) -> String {
        // Events have text keys and no number that JSON lacks.
        serde_json::to_string(self).unwrap_or_default()
    }
}
