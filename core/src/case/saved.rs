//! What a book is saved as: its events, how far time was told to have passed, and what it judged by.

use std::ops::Range;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::archived::ArchivedCases;
use super::book::{CaseBook, check};
use super::event::CaseEvent;
use super::position::{MAX_POSITION, Positions};
use crate::document;
use crate::error::{KlokuurError, Result};
use crate::fingerprints::Fingerprints;
use crate::rulebook::RulesByWeek;
use crate::schedule::Schedule;
use crate::sla::instant::{Nanos, instant, nanos};

const SAVED_BOOK: &str = "saved case book";

/// A book as it is kept while nobody uses it: whole, or what came since an earlier save.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::case::SavedBook;
/// # use klokuur::{CaseBook, CaseEvent, Opening, Party, Rulebook, What};
/// let rules = Rulebook::bol();
/// let mut book = CaseBook::of(&rules)?;
/// let asked: DateTime<Utc> = "2026-03-13T14:00:00Z".parse()?;
/// book.apply(CaseEvent::new("K-1", asked, What::Opened(Opening::by(Party::Customer))))?;
/// let text = book.saved().to_json(); // to a file, a table, a journal
/// let again = CaseBook::restore(&rules, rules.schedule()?, &SavedBook::from_json(&text)?)?;
/// assert_eq!(again.overview(asked)?, book.overview(asked)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
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
    /// The cases that left the book, in a whole save; none where none did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived: Option<ArchivedCases>,
    /// The position that it goes on from: it has only the events after that one. None in a whole save.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<u64>,
    /// The position that the next save can go on from; none in a save of before there were positions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<u64>,
}

impl CaseBook {
    /// Every event that the book keeps, in the order in which they came: those that it refused and keeps aside as well,
    /// an event that came twice once.
    pub fn events(&self) -> Vec<CaseEvent> {
        self.events_from(0)
    }

    /// The same one by one, case by case.
    pub(crate) fn each_event(&self) -> impl Iterator<Item = CaseEvent> {
        self.cases.iter().flat_map(move |(case, entry)| {
            let number = self.numbers.get(case).unwrap_or_default();
            self.log.chain(entry.last).map(move |(_, stored)| self.log.event(number, &stored))
        })
    }

    /// When they happened.
    pub(crate) fn event_times(&self) -> impl Iterator<Item = DateTime<Utc>> {
        let chains = self.cases.iter().flat_map(|(_, entry)| self.log.chain(entry.last));
        chains.map(|(_, stored)| instant(stored.at))
    }

    /// Those from a number of the log on.
    fn events_from(&self, first: u32) -> Vec<CaseEvent> {
        self.events_among(first..self.log.events.len())
    }

    /// Those of some numbers of the log.
    fn events_among(&self, numbers: Range<u32>) -> Vec<CaseEvent> {
        let mut kept: Vec<(u32, CaseEvent)> = Vec::with_capacity(numbers.len());
        for (case, entry) in self.cases.iter() {
            let number = self.numbers.get(case).unwrap_or_default();
            let events = self.log.chain(entry.last).skip_while(|(place, _)| *place >= numbers.end);
            let events = events.take_while(|(place, _)| *place >= numbers.start);
            kept.extend(events.map(|(place, stored)| (place, self.log.event(number, &stored))));
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
    /// use klokuur::case::{CaseBook, CaseEvent, Opening, Party, SavedBook, What};
    /// use klokuur::{HolidayCalendar, Rulebook};
    ///
    /// let at = |text: &str| text.parse::<DateTime<Utc>>();
    /// let rules = Rulebook::bol();
    /// let mut book = CaseBook::of(&rules)?;
    /// book.apply(CaseEvent::new("K-1", at("2026-03-13T14:00:00Z")?, What::Opened(Opening::by(Party::Customer))))?.taken()?;
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
        self.save(0, None)
    }

    /// The events from a number of the log on, which go on from the position `since`.
    fn save(&self, first: u32, since: Option<u64>) -> SavedBook {
        SavedBook {
            events: self.events_from(first),
            advanced_to: self.advanced_to(),
            fingerprints: Some(self.fingerprints().clone()),
            // A step follows a whole save, which has them: a book that archives or recalls goes on with a whole one.
            archived: self.archived.as_deref().filter(|_| since.is_none()).cloned(),
            since,
            position: Some(self.position()),
        }
    }

    /// How many events came to the book, through saving and restoring: what the next save goes on from.
    pub fn position(&self) -> u64 {
        self.positions.now(self.log.events.len())
    }

    /// What came since the save that ended at `position`: to be written as the next line of the same file, a journal,
    /// which [`SavedBook::from_json`] reads as one save. What it costs goes by what came; one number a case is looked
    /// at.
    ///
    /// The save is a whole one, without `since`, at position 0 and when the position is none that this book can go on
    /// from: after [`erase_case`](Self::erase_case), [`erase_customer`](Self::erase_customer),
    /// [`drop_refused`](Self::drop_refused), [`archive`](Self::archive), [`recall`](Self::recall) and
    /// [`restore_anew`](Self::restore_anew), where what was written is no longer what the book holds. Then the file is
    /// written anew, so that what was erased is in no file. Appended, it
    /// is true as well: a whole save takes the place of all lines before it.
    ///
    /// ```
    /// use chrono::{DateTime, Utc};
    /// use klokuur::case::{CaseBook, CaseEvent, Opening, Party, SavedBook, What};
    /// use klokuur::Rulebook;
    ///
    /// let at = |text: &str| text.parse::<DateTime<Utc>>();
    /// let rules = Rulebook::bol();
    /// let mut book = CaseBook::of(&rules)?;
    /// book.apply(CaseEvent::new("K-1", at("2026-03-13T14:00:00Z")?, What::Opened(Opening::by(Party::Customer))))?.taken()?;
    /// let whole = book.saved_since(0);
    /// let mut journal = whole.to_json();
    ///
    /// book.apply(CaseEvent::new("K-1", at("2026-03-13T15:00:00Z")?, What::seller_message()))?.taken()?;
    /// let step = book.saved_since(whole.position.unwrap_or_default());
    /// assert_eq!((step.since, step.events.len()), (Some(1), 1));
    /// journal = journal + "\n" + &step.to_json();
    /// let again = CaseBook::restore(&rules, rules.schedule()?, &SavedBook::from_json(&journal)?)?;
    /// assert_eq!((again.events(), again.position()), (book.events(), 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn saved_since(&self, position: u64) -> SavedBook {
        match self.positions.after(position, self.log.events.len()) {
            Some(first) => self.save(first, Some(position)),
            None => self.saved(),
        }
    }

    /// The book that was saved: it answers as that one did, and tells nothing a second time.
    ///
    /// # Errors
    /// - rules that mean nothing, as in [`new`](Self::new)
    /// - other hours, holidays, rules or time zone data than those that the save was judged by: every one that changed
    ///   is named. A save without fingerprints is not held against any
    /// - an event that no book can keep: a time outside the supported years, an empty case number
    /// - what came since a save alone, without that save
    pub fn restore<R: RulesByWeek + ?Sized>(rules: &R, clock: Schedule, saved: &SavedBook) -> Result<Self> {
        Self::new(rules, clock)?.restored(saved)
    }

    /// The same into an empty book, which has the rules and hours.
    pub(super) fn restored(self, saved: &SavedBook) -> Result<Self> {
        if let Some(then) = &saved.fingerprints {
            self.check_judged_by(SAVED_BOOK, then)?;
        }
        self.filled(saved)
    }

    /// Whether a book that was kept was judged by what this one judges by.
    pub(super) fn check_judged_by(&self, document: &'static str, then: &Fingerprints) -> Result<()> {
        let changes = then.changes(self.fingerprints());
        if changes.is_empty() {
            return Ok(());
        }
        let changes: Vec<_> = changes.iter().map(ToString::to_string).collect();
        let problem = format!(
            "its cases were judged by others, {}: accepted are the same, or a book that is restored anew",
            changes.join("; ")
        );
        Err(KlokuurError::InvalidDocument { document, path: "fingerprints".to_owned(), problem })
    }

    /// The book that was saved, judged by these hours and rules whatever it was judged by before. Nothing is told of
    /// verdicts that are others now.
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

    pub(super) fn filled(mut self, saved: &SavedBook) -> Result<Self> {
        saved.check_whole()?;
        self.check_events(saved)?;
        self.take_over(&saved.events, saved.advanced_to)?;
        let events = self.log.events.len();
        let is_as_saved = saved.fingerprints.as_ref() == Some(self.fingerprints());
        let position = saved.end().min(MAX_POSITION).max(events.into());
        // Where the file says something else than the book holds, the next save is a whole one.
        let goes_on = is_as_saved && saved.position == Some(position);
        let positions = if goes_on { Positions::at } else { Positions::beyond };
        self.positions = positions(position, events);
        self.archived = saved.archived.clone().map(Box::new);
        Ok(self)
    }

    /// Takes what came since this book was saved at its [`position`](Self::position): the lines of a journal that were
    /// written after a [`snapshot`](Self::snapshot) or a save. As in [`restore`](Self::restore), nothing is told of it.
    /// A whole save takes the place of all that the book holds.
    ///
    /// # Errors
    /// Nothing changed:
    /// - a save that goes on from another position, or was judged by others
    /// - an event that the book cannot keep, named with its place among the events of the save: a time outside the
    ///   supported years, an empty case number, a case that is [archived](Self::archive)
    pub fn catch_up(&mut self, saved: &SavedBook) -> Result<()> {
        let Some(since) = saved.since else {
            *self = self.another().restored(saved)?;
            return Ok(());
        };
        if since != self.position() {
            let problem = format!(
                "it goes on from position {since}, and the book ends at {}: accepted is what came since that one, or a whole save",
                self.position()
            );
            return Err(fault("since".to_owned(), problem));
        }
        if let Some(then) = &saved.fingerprints {
            self.check_judged_by(SAVED_BOOK, then)?;
        }
        self.check_events(saved)?;
        self.take_all_or_none(&saved.events, saved.advanced_to)?;
        let (position, events) = (saved.end(), self.log.events.len());
        if position != self.position() {
            self.positions = Positions::beyond(position.max(self.position()), events);
        }
        Ok(())
    }

    /// Whether the book can keep all that a save holds; else which event it cannot, and why.
    fn check_events(&self, saved: &SavedBook) -> Result<()> {
        for (place, event) in saved.events.iter().enumerate() {
            if let Err(why) = check(event).and_then(|_| self.refuse_archived(&event.case)) {
                let (kind, case, at) = (event.kind(), &event.case, event.at.to_rfc3339());
                let problem = format!("{kind} of case {case} at {at} cannot be kept: {why}");
                return Err(fault(format!("events[{place}]"), problem));
            }
        }
        saved.advanced_to.as_ref().map_or(Ok(()), |now| nanos(now).map(|_| ()))
    }

    /// Takes the events of another book, and the time that it advanced to; where one of them finds no room, the book is
    /// made anew as it was.
    pub(super) fn take_all_or_none(
        &mut self,
        events: &[CaseEvent],
        advanced_to: Option<DateTime<Utc>>,
    ) -> Result<()> {
        let (kept, position, before) = (self.log.events.len(), self.position(), self.advanced_to());
        let Err(problem) = self.take_over(events, advanced_to) else { return Ok(()) };
        let mut anew = self.another();
        anew.take_over(&self.events_among(0..kept), before)?;
        anew.positions = Positions::at(position, anew.log.events.len());
        anew.archived = self.archived.take();
        *self = anew;
        Err(problem)
    }

    /// Takes the events of another book, and the time that it advanced to.
    pub(super) fn take_over(
        &mut self,
        events: &[CaseEvent],
        advanced_to: Option<DateTime<Utc>>,
    ) -> Result<()> {
        for (row, problem) in self.load_all(events) {
            match problem {
                // That book had refused it too, and kept it aside.
                KlokuurError::ImpossibleTransition { .. } => {}
                problem => return Err(KlokuurError::Row { row, problem: Box::new(problem) }),
            }
        }
        if let Some(now) = advanced_to {
            self.advance(now)?;
        }
        Ok(())
    }
}

impl SavedBook {
    /// A save from its JSON text: one save, or a journal of several, one a line. In a journal each goes on from the one
    /// before it ([`saved_since`](CaseBook::saved_since)), or is a whole one, which takes the place of all before it.
    ///
    /// # Errors
    /// - a text that is no JSON, or no save, with the place of what is wrong
    /// - a save that goes on from another than the one before it, or was judged by others, with its line
    pub fn from_json(text: &str) -> Result<Self> {
        let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
        let (first, second) = (lines.next(), lines.next());
        let (Some((number, first)), Some(second)) = (first, second) else { return Self::read(text) };
        // Nowhere in one JSON value does an object begin on the line after the end of another.
        if !(first.trim_end().ends_with('}') && second.1.trim_start().starts_with('{')) {
            return Self::read(text);
        }
        let mut whole = Self::read(first).map_err(|fault| in_line(number, fault))?;
        for (number, line) in std::iter::once(second).chain(lines) {
            let next = Self::read(line).map_err(|fault| in_line(number, fault))?;
            whole = whole.followed_by(next, number)?;
        }
        Ok(whole)
    }

    fn read(text: &str) -> Result<Self> {
        document::read(SAVED_BOOK, document::from_json(SAVED_BOOK, text)?)
    }

    /// The position after its events.
    fn end(&self) -> u64 {
        self.position.unwrap_or(self.since.unwrap_or_default().saturating_add(self.events.len() as u64))
    }

    /// This save and what came since, which stands in a line of its own.
    fn followed_by(mut self, next: Self, line: usize) -> Result<Self> {
        let Some(since) = next.since else { return Ok(next) };
        if since != self.end() {
            let problem = format!(
                "it goes on from position {since}, and the save before it ends at {}: accepted is what came since that one, or a whole save",
                self.end()
            );
            return Err(fault(format!("line {line}, since"), problem));
        }
        if next.fingerprints != self.fingerprints {
            let problem =
                "it was judged by others than the save before it: accepted are the same, or a whole save";
            return Err(fault(format!("line {line}, fingerprints"), problem.to_owned()));
        }
        self.position = Some(next.end().max(since));
        self.events.extend(next.events);
        self.advanced_to = self.advanced_to.max(next.advanced_to);
        Ok(self)
    }

    fn check_whole(&self) -> Result<()> {
        match self.since {
            None => Ok(()),
            Some(since) => {
                let problem = format!(
                    "the events before position {since} are missing: accepted is a whole save, with what came since after it"
                );
                Err(fault("since".to_owned(), problem))
            }
        }
    }

    /// The save as a JSON text in one line, the same in every language: one language reads what another wrote.
    pub fn to_json(&self) -> String {
        // Events have text keys and no number that JSON lacks.
        serde_json::to_string(self).unwrap_or_default()
    }
}

fn fault(path: String, problem: String) -> KlokuurError {
    KlokuurError::InvalidDocument { document: SAVED_BOOK, path, problem }
}

/// What is wrong with a line, named by its number in the journal.
fn in_line(number: usize, problem: KlokuurError) -> KlokuurError {
    match problem {
        KlokuurError::InvalidDocument { document, path, problem } => {
            let place = path.strip_prefix("line 1, ").unwrap_or(&path);
            KlokuurError::InvalidDocument { document, path: format!("line {number}, {place}"), problem }
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::super::event::{Opening, Party, What};
    use super::{CaseBook, CaseEvent};
    use crate::Rulebook;

    #[test]
    fn k14_events_that_find_no_room_leave_the_book_as_it_was() {
        let at = |hours: i64| DateTime::<Utc>::UNIX_EPOCH + TimeDelta::hours(490_000 + hours);
        let event = |case: &str, hours, what| CaseEvent::new(case, at(hours), what);
        let mut book = CaseBook::of(&Rulebook::bol()).unwrap_or_else(|error| panic!("{error}"));
        let opened = || What::Opened(Opening::by(Party::Customer));
        let refused = book.load_all([event("K-1", 0, opened()), event("K-1", 1, What::Returned)]);
        assert_eq!(refused.len(), 1);
        assert!(book.advance(at(2)).is_ok());
        let before = book.clone();
        // The last one stands for an event that no list has room for: by then the book has changed.
        let events =
            [event("K-1", 3, What::seller_message()), event("K-2", 3, opened()), event("", 3, opened())];
        assert!(book.clone().take_over(&events, Some(at(90))).is_err());
        assert!(book.take_all_or_none(&events, Some(at(90))).is_err());
        assert_eq!(book.saved(), before.saved());
        assert_eq!((book.overview(at(9)), book.refused()), (before.overview(at(9)), before.refused()));
        assert_eq!(book.saved_since(before.position()).since, Some(before.position()));
        assert!(book.take_all_or_none(&events[..2], Some(at(90))).is_ok());
        assert_eq!((book.len(), book.position()), (2, 4));
    }
}
