//! Events that their cases cannot take: kept aside, told of, dropped.

use std::collections::BTreeSet;

use super::book::CaseBook;
use super::names::NONE;
use super::position::Positions;
use super::replay::Story;
use crate::error::{KlokuurError, Result};
use crate::sla::instant::{NEVER, Nanos};

impl CaseBook {
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
            let folded = Story::of(&self.log, entry.last).fold(&self.log, &self.clocks, NEVER, Nanos::MIN);
            let mut problems: Vec<_> = folded
                .refused
                .into_iter()
                .filter_map(|(event, problem)| Some((event, self.log.events.get(event)?, problem)))
                .collect();
            problems.sort_by(|(_, a, _), (_, b, _)| self.log.compare(a, b));
            refused.extend(problems.into_iter().map(|(which, event, problem)| {
                (which, self.clocks.impossible(number, event.content.kind.as_str(), event.at, problem))
            }));
        }
        refused
    }

    /// Takes events out of their case, as if they had not come.
    pub(super) fn unlink(&mut self, case: u32, gone: &[u32]) {
        let Some(entry) = self.cases.get_mut(case) else { return };
        self.log.has_unlinked |= !gone.is_empty();
        let gone: BTreeSet<u32> = gone.iter().copied().collect();
        let kept: Vec<u32> = self
            .log
            .chain(entry.last)
            .map(|(number, _)| number)
            .filter(|number| !gone.contains(number))
            .collect();
        entry.last = kept.first().copied().unwrap_or(NONE);
        for (place, number) in kept.iter().enumerate() {
            self.log.events.link(*number, kept.get(place + 1).copied().unwrap_or(NONE));
        }
    }

    /// Drops the events that their cases cannot take, and says how many: none of them will find its place any more.
    pub fn drop_refused(&mut self) -> usize {
        let with_refused: Vec<u32> =
            self.cases.iter().filter(|(_, entry)| entry.has_refused).map(|(case, _)| case).collect();
        let mut dropped = 0;
        for case in with_refused {
            // A correction of what is dropped corrects nothing any more, and goes with it.
            while let Some(entry) = self.cases.get_mut(case).filter(|entry| entry.has_refused) {
                let folded =
                    Story::of(&self.log, entry.last).fold(&self.log, &self.clocks, NEVER, Nanos::MIN);
                let refused: Vec<u32> = folded.refused.iter().map(|(number, _)| *number).collect();
                entry.has_refused = !refused.is_empty();
                dropped += refused.len();
                self.unlink(case, &refused);
            }
        }
        if dropped > 0 {
            self.positions = Positions::beyond(self.position(), self.log.events.len());
        }
        dropped
    }

    /// The refusal of an event that came before, if it was refused.
    pub(super) fn refusal_of(&self, case: u32, number: u32) -> Result<()> {
        let Some(entry) = self.cases.get(case).filter(|entry| entry.has_refused) else { return Ok(()) };
        let folded = Story::of(&self.log, entry.last).fold(&self.log, &self.clocks, NEVER, Nanos::MIN);
        let refused = folded.refused.into_iter().find(|(refused, _)| *refused == number);
        match (refused, self.log.events.get(number)) {
            (Some((_, problem)), Some(event)) => {
                let name = self.numbers.get(case).unwrap_or_default();
                Err(self.clocks.impossible(name, event.content.kind.as_str(), event.at, problem))
            }
            _ => Ok(()),
        }
    }
}
