//! When the first clock of a case stood still: its explanation tells it, and its state keeps but what was left (RULES
//! C6, C8).

use super::book::CaseBook;
use super::domain_event::Happening;
use super::state::{State, flag};
use crate::sla::instant::Nanos;

impl CaseBook {
    /// The stretches in which the first clock of a case stood still and went on by `now`, the oldest first. Read from
    /// its events anew: few rulebooks pause a clock, and no other case pays for it.
    pub(super) fn pauses(&self, case: u32, now: Nanos) -> Vec<(Nanos, Nanos)> {
        let Some(entry) = self.cases.get(case) else { return Vec::new() };
        let folded = self.story_at(entry, now);
        let (mut state, mut since, mut pauses) = (State::NEW, None, Vec::new());
        for taken in folded.taken {
            let Some(act) = self.log.act(taken.event.content) else { continue };
            let at = taken.event.at;
            // K5: what goes back by itself stands still from then on, and not only from the next event.
            let mut back = None;
            state.pass(&self.clocks, at.saturating_sub(1), |at, what| {
                back = (what == Happening::ReturnedToMarketplace).then_some(at).or(back);
            });
            since = since.or(back).filter(|_| state.has(flag::FIRST_PAUSED));
            // It was taken before, and is again.
            let _ = state.take(&self.clocks, at, act, |_, _| {});
            match (since, state.has(flag::FIRST_PAUSED)) {
                (None, true) => since = Some(at),
                (Some(from), false) => {
                    pauses.push((from, at));
                    since = None;
                }
                _ => {}
            }
        }
        pauses
    }
}
