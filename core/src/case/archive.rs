//! Cases that are over leave the book, and can be found and brought back.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::archived::{ArchivedCases, ArchivedWeek};
use super::book::CaseBook;
use super::event::{CaseEvent, CaseStatus};
use super::position::Positions;
use super::state::flag;
use crate::error::{KlokuurError, Result};
use crate::norm::ResponseWeeks;
use crate::sla::instant::{NEVER, Nanos, instant, nanos};
use crate::time::Moment;
use crate::week::IsoWeek;

impl CaseBook {
    /// Takes the cases out that were closed before an instant and that nothing waits for, and gives them as a book of
    /// their own, an archive: no survey is still to go out, no event is kept aside. Time has to have passed for that by
    /// [`advance`](Self::advance).
    ///
    /// An archive is a book: it is asked, searched and kept as one, as by its [`snapshot`](Self::snapshot). What the
    /// book that goes on still knows of the cases in it:
    ///
    /// - [`response_weeks`](Self::response_weeks) and [`week`](Self::week) count them as they were judged, in any week
    ///   up to now; of a `now` before the last thing that happened to one of them they are an error.
    /// - An event of one of them is refused with an error that says so, and is not kept:
    ///   [`recall`](Self::recall) brings the case back, whole.
    /// - They are in no list, search or [`outcomes`](Self::outcomes): those of the archive stand beside the book's own.
    ///
    /// The next save is a whole one ([`saved_since`](Self::saved_since)). A customer who is to be forgotten is erased
    /// from the archives too. The book is made anew from its events: a call costs as much as restoring it.
    ///
    /// ```
    /// use chrono::{DateTime, Utc};
    /// use klokuur::case::{CaseBook, CaseEvent, Opening, Party, What};
    /// use klokuur::Rulebook;
    ///
    /// let at = |text: &str| text.parse::<DateTime<Utc>>();
    /// let mut book = CaseBook::of(&Rulebook::bol())?;
    /// let opened = What::Opened(Opening::by(Party::Customer));
    /// for (time, what) in [("13T14", opened), ("13T15", What::seller_message()), ("13T16", What::closed(Party::Seller))] {
    ///     book.apply(CaseEvent::new("K-1", at(&format!("2026-03-{time}:00:00Z"))?, what))?.taken()?;
    /// }
    /// let now = at("2026-04-13T14:00:00Z")?;
    /// book.advance(now)?; // the survey went out
    /// let (week, before) = ("2026-W11".parse()?, book.week("2026-W11".parse()?, now)?);
    ///
    /// let archive = book.archive(at("2026-04-01T00:00:00Z")?)?;
    /// assert_eq!((book.len(), archive.len(), book.is_archived("K-1")), (0, 1, true));
    /// assert_eq!(book.week(week, now)?, before);
    ///
    /// let thanks = CaseEvent::new("K-1", now, What::customer_message());
    /// assert!(book.apply(&thanks).is_err());
    /// book.recall("K-1", &archive)?;
    /// book.apply(&thanks)?.taken()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// - an instant outside the supported years
    /// - no room for the books made anew: nothing changed
    pub fn archive<M: Moment>(&mut self, closed_before: M) -> Result<Self> {
        let before = nanos(&closed_before)?;
        let mut archived = self.archived.as_deref().cloned().unwrap_or_default();
        let mut weeks = ResponseWeeks::new(self.clocks.zone());
        let mut gone: BTreeSet<String> = BTreeSet::new();
        for (case, entry) in self.cases.iter() {
            let state = &entry.state();
            let is_over = state.has(flag::OPENED) && state.status == CaseStatus::Closed;
            if !is_over || state.closed_at >= before || state.wake() != NEVER || entry.has_refused {
                continue;
            }
            // Asked of an instant before this, the case counted otherwise; from here on it does not change any more.
            let until = entry.newest.max(state.closed_at);
            archived.until = archived.until.max(instant(until));
            self.count_in(&mut weeks, state, until)?;
            let number = self.numbers.get(case).unwrap_or_default();
            let events = u32::try_from(self.log.chain(entry.last).count()).unwrap_or(u32::MAX);
            archived.cases.insert(number.to_owned(), events);
            gone.insert(number.to_owned());
        }
        let (mut archive, mut rest) = (self.another(), self.another());
        if gone.is_empty() {
            return Ok(archive);
        }
        for (week, on_time, late, last_due) in weeks.settled() {
            archived.add(week, on_time, late, last_due);
        }
        let (over, kept): (Vec<CaseEvent>, Vec<CaseEvent>) =
            self.events().into_iter().partition(|event| gone.contains(&event.case));
        archive.take_over(&over, self.advanced_to())?;
        rest.take_over(&kept, self.advanced_to())?;
        // Beyond all positions that were ever given: whoever asks for the events since one of them gets a whole save.
        rest.positions = Positions::beyond(self.position(), rest.log.events.len());
        rest.archived = Some(Box::new(archived));
        // Only now, when both books are whole: an error before this has changed nothing.
        *self = rest;
        Ok(archive)
    }

    /// How many cases are archived.
    pub fn archived_len(&self) -> usize {
        self.archived.as_ref().map_or(0, |archived| archived.cases.len())
    }

    /// Whether a case was archived, and not recalled since: then an archive has it.
    pub fn is_archived(&self, number: &str) -> bool {
        self.archived.as_ref().is_some_and(|archived| archived.cases.contains_key(number))
    }

    /// Brings an archived case back, as it left; nothing is told of it. The archive keeps its copy, which is the older
    /// one from then on. The next save is a whole one.
    ///
    /// # Errors
    /// Nothing changed:
    /// - a case that is not archived
    /// - an archive that does not have it, or has another number of its events than there were when it was archived last
    /// - an archive whose case of that number is another one, as of another seller: one that was never counted here
    pub fn recall(&mut self, number: &str, archive: &Self) -> Result<()> {
        self.recall_events(number, &archive.events_of(number))
    }

    /// The events of one case, in the order in which they came; none of one that the book does not have.
    #[doc(hidden)]
    pub fn events_of(&self, number: &str) -> Vec<CaseEvent> {
        let Some(entry) = self.numbers.find(number).and_then(|case| self.cases.get(case)) else {
            return Vec::new();
        };
        // The last one leads to those before it.
        let chain = self.log.chain(entry.last);
        let mut kept: Vec<CaseEvent> = chain.map(|(_, stored)| self.log.event(number, &stored)).collect();
        kept.reverse();
        kept
    }

    /// [`recall`](Self::recall) with what the archive has of the case: for books that are locked one at a time.
    #[doc(hidden)]
    pub fn recall_events(&mut self, number: &str, kept: &[CaseEvent]) -> Result<()> {
        let refused = |given: &str, accepted: &str| KlokuurError::InvalidValue {
            what: "case to recall",
            given: format!("{number}, {given}"),
            accepted: accepted.to_owned(),
        };
        let archived = self.archived.as_deref();
        let Some((archived, events)) = archived.and_then(|it| Some((it, *it.cases.get(number)?))) else {
            return Err(refused("which is not archived", "an archived case"));
        };
        if kept.len() != events as usize {
            return Err(refused(
                &format!("of which this archive has {} events of {events}", kept.len()),
                "the archive that it went to last",
            ));
        }
        // By itself first: what it counts is known before this book changes.
        let mut alone = self.another();
        alone.take_over(kept, self.advanced_to())?;
        let (mut weeks, mut until) = (ResponseWeeks::new(self.clocks.zone()), Nanos::MIN);
        for (_, entry) in alone.cases.iter() {
            until = until.max(entry.newest).max(entry.state().closed_at);
            alone.count_in(&mut weeks, &entry.state(), until)?;
        }
        let weeks: Vec<_> = weeks.settled().collect();
        let was_counted = |(week, on_time, late, _): &(IsoWeek, u32, u32, DateTime<Utc>)| {
            let all = archived.weeks.get(week).map_or((0, 0), |all| (all.on_time, all.late));
            all.0.saturating_add(all.1) >= on_time.saturating_add(*late)
        };
        if instant(until) > archived.until || !weeks.iter().all(was_counted) {
            return Err(refused(
                "which was never counted here as this archive has it",
                "the archive that it went to",
            ));
        }
        let left = self.archived.as_mut().and_then(|archived| archived.cases.remove_entry(number));
        let taken = self.take_all_or_none(kept, self.advanced_to());
        if let Some(archived) = &mut self.archived {
            match &taken {
                Ok(()) => weeks
                    .iter()
                    .for_each(|(week, on_time, late, _)| archived.take_away(*week, *on_time, *late)),
                Err(_) => archived.cases.extend(left),
            }
        }
        taken?;
        // N1: with the last one back, the book is one without archived cases.
        if self.archived.as_ref().is_some_and(|archived| archived.cases.is_empty()) {
            self.archived = None;
        }
        self.positions = Positions::beyond(self.position(), self.log.events.len());
        Ok(())
    }

    /// The weeks in which archived cases were asked.
    pub(crate) fn archived_weeks(&self) -> impl Iterator<Item = IsoWeek> {
        self.archived.iter().flat_map(|archived| archived.weeks.keys().copied())
    }

    /// The newest event or closing of all that were archived.
    pub(crate) fn archived_until(&self) -> Option<DateTime<Utc>> {
        self.archived.as_ref().map(|archived| archived.until)
    }

    /// Adds what archived cases counted.
    ///
    /// # Errors
    /// - a `now` before the last that happened to one of them: what they counted then is not known any more
    pub(super) fn count_archived(&self, weeks: &mut ResponseWeeks, now: impl Moment) -> Result<()> {
        let Some(archived) = self.archived.as_ref() else { return Ok(()) };
        if now.utc() < archived.until {
            return Err(KlokuurError::OutOfRange {
                what: "instant of weeks with archived cases",
                given: now.utc().to_rfc3339(),
                accepted: format!(
                    "{} and later, or a book without archived cases",
                    archived.until.to_rfc3339()
                ),
            });
        }
        archived.weeks.iter().try_for_each(|(week, counted)| {
            weeks.add_settled(*week, counted.on_time, counted.late, counted.last_due)
        })
    }

    /// The error of an event of an archived case.
    pub(super) fn refuse_archived(&self, number: &str) -> Result<()> {
        match self.is_archived(number) {
            false => Ok(()),
            true => Err(KlokuurError::InvalidValue {
                what: "case of an event",
                given: format!("{number}, which is archived"),
                accepted: "a case of the book: recall it first".into(),
            }),
        }
    }
}

impl ArchivedCases {
    fn add(&mut self, week: IsoWeek, on_time: u32, late: u32, last_due: DateTime<Utc>) {
        let mine = self.weeks.entry(week).or_insert(ArchivedWeek { on_time: 0, late: 0, last_due });
        mine.on_time = mine.on_time.saturating_add(on_time);
        mine.late = mine.late.saturating_add(late);
        mine.last_due = mine.last_due.max(last_due);
    }

    /// The last deadline stays: the book counts the case itself, with the same. Under rules by which it comes out as
    /// it did not when it left, it is taken from those that came out so.
    fn take_away(&mut self, week: IsoWeek, on_time: u32, late: u32) {
        if let Some(mine) = self.weeks.get_mut(&week) {
            let (other_late, other_on_time) =
                (on_time.saturating_sub(mine.on_time), late.saturating_sub(mine.late));
            mine.on_time = mine.on_time.saturating_sub(on_time).saturating_sub(other_on_time);
            mine.late = mine.late.saturating_sub(late).saturating_sub(other_late);
        }
    }
}
