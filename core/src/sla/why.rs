//! Why a clock says what it says: what was counted, what was skipped, what was paused (RULES C8).

use chrono::DateTime;
use chrono_tz::Tz;
use serde::Serialize;

use super::counter::Counter;
use super::event::TicketStatus;
use super::instant::{Nanos, instant};
use crate::error::Result;

/// The stretches of a clock from its start to its end, or to now, in order and without gaps.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Why {
    /// The stretches.
    pub stretches: Vec<WhyStretch>,
}

/// One stretch.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WhyStretch {
    /// Its first instant.
    pub from: DateTime<Tz>,
    /// The first instant after it.
    pub to: DateTime<Tz>,
    /// Whether it was counted.
    pub counted: bool,
    /// Why, or why not.
    pub reason: WhyReason,
}

/// Why a stretch was counted or not.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyReason {
    /// All time counts.
    AllTime,
    /// The schedule is open.
    Open,
    /// The schedule is closed.
    Closed,
    /// The clock stood still for the ticket's status.
    Paused(TicketStatus),
}

impl Why {
    /// The exact time counted, in nanoseconds: what the clock says has elapsed.
    pub fn counted_nanoseconds(&self) -> i128 {
        let counted = self.stretches.iter().filter(|stretch| stretch.counted);
        counted.map(|s| (s.to - s.from).num_nanoseconds().map_or(0, i128::from)).sum()
    }

    pub(super) fn rested(&mut self, from: DateTime<Tz>, to: DateTime<Tz>, status: TicketStatus) {
        if from < to {
            self.stretches.push(WhyStretch { from, to, counted: false, reason: WhyReason::Paused(status) });
        }
    }
}

/// Adds what a counter counts and skips from `from` to `to`.
pub(super) fn explain(
    why: &mut Why,
    counter: Counter<'_>,
    from: Nanos,
    to: Nanos,
    shown: impl Fn(Nanos) -> DateTime<Tz>,
) -> Result<()> {
    if from >= to {
        return Ok(());
    }
    let mut add = |from, to, counted, reason| {
        if from < to {
            why.stretches.push(WhyStretch { from, to, counted, reason });
        }
    };
    match counter {
        Counter::All => add(shown(from), shown(to), true, WhyReason::AllTime),
        Counter::Open(schedule) => {
            let mut closed_from = shown(from);
            for open in schedule.intervals(instant(from), instant(to))? {
                add(closed_from, open.start, false, WhyReason::Closed);
                add(open.start, open.end, true, WhyReason::Open);
                closed_from = open.end;
            }
            add(closed_from, shown(to), false, WhyReason::Closed);
        }
    }
    Ok(())
}
