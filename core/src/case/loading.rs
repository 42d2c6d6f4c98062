//! Taking a whole log: its events in any order, each case folded once.

use std::borrow::Borrow;

use super::book::{CaseBook, RefusedRows};
use super::event::{CaseEvent, EventKind};
use super::names::full;
use super::replay::Story;
use crate::error::{KlokuurError, Result};
use crate::rulebook::RulesByWeek;
use crate::schedule::Schedule;

impl CaseBook {
    /// A book of a whole log, in any order, and the events that it refused, each with its error.
    ///
    /// Nothing is told: what lies in the past is known. Call [`advance`](Self::advance) with the time of the log's end
    /// and drop its answer before the book goes live, or it will tell the past then.
    ///
    /// # Errors
    /// - rules that mean nothing, as in [`new`](Self::new)
    pub fn replay<E: Borrow<CaseEvent>>(
        rules: &(impl RulesByWeek + ?Sized),
        clock: Schedule,
        events: impl IntoIterator<Item = E>,
    ) -> Result<(Self, Vec<KlokuurError>)> {
        let mut book = Self::new(rules, clock)?;
        let mut refused = book.load_all(events);
        // Those that no case is there for come first, then the others by case.
        refused.sort_by_key(|(_, error)| matches!(error, KlokuurError::ImpossibleTransition { .. }));
        let outside = refused.into_iter().map(|(_, error)| error);
        let outside = outside.filter(|error| !matches!(error, KlokuurError::ImpossibleTransition { .. }));
        let outside: Vec<_> = outside.chain(book.refused()).collect();
        Ok((book, outside))
    }

    /// Takes one event of the past: as [`apply`](Self::apply), but nothing is told of it.
    ///
    /// # Errors
    /// - the same as [`apply`](Self::apply), and [`ImpossibleTransition`](KlokuurError::ImpossibleTransition) for an
    ///   event that is kept aside
    pub fn load(&mut self, event: impl Borrow<CaseEvent>) -> Result<()> {
        self.put(event.borrow(), None).map(|_| ())
    }

    /// Takes many events of the past in one go, in any order; nothing is told of them. Gives the refused ones, each
    /// with its place among those given, as things stand when all have come.
    ///
    /// However its events come, a case is folded once: this is the way to take a whole log.
    pub fn load_all<E: Borrow<CaseEvent>>(
        &mut self,
        events: impl IntoIterator<Item = E>,
    ) -> Vec<(usize, KlokuurError)> {
        self.load_rows(events.into_iter().enumerate())
    }

    /// The same for a log in rows: a row is a number of the caller's own. Of a refused event that stands in the log
    /// twice, the first row is named.
    pub fn load_rows<E: Borrow<CaseEvent>>(
        &mut self,
        rows: impl IntoIterator<Item = (usize, E)>,
    ) -> RefusedRows {
        let first = self.log.events.len();
        let (mut refused, mut unsettled) = (Vec::new(), Vec::new());
        // The row of each event that the log keeps.
        let mut kept: Vec<usize> = Vec::new();
        for (row, event) in rows {
            match self.gather(event.borrow(), &mut unsettled) {
                // Whether it stays refused is known when all have come.
                Ok(()) | Err(KlokuurError::ImpossibleTransition { .. }) => {}
                Err(error) => refused.push((row, error)),
            }
            kept.resize(self.log.events.len().saturating_sub(first) as usize, row);
        }
        for case in unsettled {
            if let Err(error) = self.settle(case) {
                refused.push((kept.first().copied().unwrap_or_default(), error));
            }
        }
        let row_of = |number: u32| kept.get(number.checked_sub(first)? as usize).copied();
        let impossible = self.refused_events().into_iter();
        refused.extend(impossible.filter_map(|(number, error)| Some((row_of(number)?, error))));
        refused.sort_by_key(|(row, _)| *row);
        refused
    }

    /// Keeps an event: its case goes straight on when that is possible, and waits to be settled when not.
    fn gather(&mut self, event: &CaseEvent, unsettled: &mut Vec<u32>) -> Result<()> {
        let (case, at) = self.place(event)?;
        let entry = self.cases.get(case).ok_or_else(full)?;
        let is_straight = event.id.is_none() && !entry.is_unsettled && entry.goes_straight_on(at, event);
        let (number, stored) = self.keep(case, at, event)?;
        if is_straight {
            return self.go_on(case, number, stored, None);
        }
        let entry = self.cases.get_mut(case).ok_or_else(full)?;
        entry.last = number;
        entry.newest = entry.newest.max(at);
        entry.has_corrections |= event.what.kind() == EventKind::Corrected;
        if !entry.is_unsettled {
            entry.is_unsettled = true;
            unsettled.push(case);
        }
        Ok(())
    }

    /// Folds a case with all its events, once.
    fn settle(&mut self, case: u32) -> Result<()> {
        let (log, clocks) = (&self.log, &self.clocks);
        let entry = self.cases.get_mut(case).ok_or_else(full)?;
        entry.is_unsettled = false;
        let before = entry.state();
        let mut story = Story::of(log, entry.last);
        let repeated = std::mem::take(&mut story.repeated);
        let until = entry.newest.max(story.newest());
        let folded = story.fold(log, clocks, until, self.advanced);
        entry.newest = until;
        entry.has_refused = !folded.refused.is_empty();
        entry.set_state(&folded.state);
        self.steps += folded.steps;
        let known = folded.known_row(log);
        self.know(case, known)?;
        if !repeated.is_empty() {
            self.unlink(case, &repeated);
        }
        self.moved(case, &before, &folded.state);
        Ok(())
    }
}
