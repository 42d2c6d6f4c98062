//! What a clock counts: the open time of a schedule, or all time.

use super::instant::{Nanos, instant, nanos, supported};
use crate::error::{KlokuurError, Result};
use crate::schedule::{BudgetEnd, Schedule};

#[derive(Debug, Clone, Copy)]
pub(crate) enum Counter<'a> {
    All,
    Open(&'a Schedule),
}

impl Counter<'_> {
    /// The counted nanoseconds from `from` to `to`, negative backwards (RULES C3): a clock measures how late it is by it,
    /// whatever the schedule's convention answers to who asks it backwards.
    pub(crate) fn between(self, from: Nanos, to: Nanos) -> Result<Nanos> {
        if from > to {
            return Ok(self.between(to, from)?.saturating_neg());
        }
        match self {
            Self::All => Ok(to.saturating_sub(from)),
            Self::Open(schedule) => schedule.between_nanoseconds(from, to),
        }
    }

    /// The instant at which `budget` nanoseconds have been counted from `from` on.
    pub(crate) fn reach(self, from: Nanos, budget: Nanos) -> Result<Nanos> {
        match self {
            Self::All => supported(from.saturating_add(budget)),
            Self::Open(schedule) => schedule.add_nanoseconds(from, budget),
        }
    }

    /// Where a budget ends that was used up at an earlier closing, seen from `from`.
    pub(crate) fn reach_spent(self, from: Nanos) -> Result<Nanos> {
        match self {
            Self::Open(schedule) if schedule.conventions().budget_end == BudgetEnd::AtNextOpen => {
                nanos(&schedule.next_open(instant(from))?)
            }
            _ => Ok(from),
        }
    }

    /// Whether time counts at `at`.
    pub(crate) fn counts(self, at: Nanos) -> Result<bool> {
        match self {
            Self::All => Ok(true),
            Self::Open(schedule) => schedule.is_open(instant(at)),
        }
    }

    /// The first instant after `at` at which [`counts`](Self::counts) gives another answer; none within reach.
    pub(crate) fn next_change(self, at: Nanos) -> Result<Option<Nanos>> {
        let Self::Open(schedule) = self else { return Ok(None) };
        let at = instant(at);
        let next = if schedule.is_open(at)? {
            schedule.next_close(at).transpose()
        } else {
            Some(schedule.next_open(at))
        };
        let Some(next) = next else { return Ok(None) };
        match next {
            Ok(next) => Ok(Some(nanos(&next)?)),
            Err(KlokuurError::NoOpenTimeLeft { .. } | KlokuurError::OutOfRange { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
