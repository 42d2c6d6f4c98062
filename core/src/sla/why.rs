//! Why a clock says what it says: what was counted, what was skipped, what was paused (RULES C8).

use crate::time::Zone;
use chrono::{DateTime, TimeDelta};

use super::counter::Counter;
use super::instant::{Nanos, instant};
use crate::error::Result;
use crate::fingerprints::Fingerprints;
use crate::timeline::{BusinessDuration, ExplainedStretch, Explanation, StretchReason};

/// Puts an explanation together, stretch by stretch.
pub(crate) struct Why {
    zone: Zone,
    fingerprints: Fingerprints,
    stretches: Vec<ExplainedStretch>,
}

impl Why {
    pub(crate) fn new(zone: Zone, fingerprints: Fingerprints) -> Self {
        Self { zone, fingerprints, stretches: Vec::new() }
    }

    /// What `counter` counts and skips from `from` to `to`.
    pub(crate) fn counted(&mut self, counter: Counter<'_>, from: Nanos, to: Nanos) -> Result<()> {
        match counter {
            Counter::Open(schedule) if from < to => {
                let told = schedule.timeline().explain(instant(from), instant(to))?;
                self.stretches.extend(told.stretches);
            }
            Counter::All => {
                let (mut start, to) = (self.shown(from), self.shown(to));
                while start < to {
                    // Date by date, as a schedule's explanation is.
                    let next = next_date(start).min(to);
                    self.add(start, next, StretchReason::OpenHours);
                    start = next;
                }
            }
            Counter::Open(_) => {}
        }
        Ok(())
    }

    /// The clock stood still from `from` to `to`.
    pub(crate) fn paused(&mut self, from: Nanos, to: Nanos) {
        let (from, to) = (self.shown(from), self.shown(to));
        self.add(from, to, StretchReason::Paused);
    }

    pub(crate) fn told(self, from: Nanos, to: Nanos) -> Explanation {
        let (from, to) = (self.shown(from), self.shown(to));
        let counted = self.stretches.iter().map(|stretch| stretch.counted).sum();
        Explanation { from, to, counted, stretches: self.stretches, fingerprints: self.fingerprints }
    }

    fn shown(&self, at: Nanos) -> DateTime<Zone> {
        instant(at).with_timezone(&self.zone)
    }

    fn add(&mut self, from: DateTime<Zone>, to: DateTime<Zone>, reason: StretchReason) {
        let counted = match (to - from).num_nanoseconds().filter(|_| reason.counts()) {
            Some(nanoseconds) => BusinessDuration::from_nanoseconds(nanoseconds),
            None => BusinessDuration::ZERO,
        };
        if from < to {
            self.stretches.push(ExplainedStretch { from, to, counted, reason });
        }
    }
}

/// Where the next local date starts that starts later.
fn next_date(at: DateTime<Zone>) -> DateTime<Zone> {
    let later = at.date_naive().iter_days().skip(1).map(|date| at.timezone().start_of(date));
    later.into_iter().find(|start| *start > at).unwrap_or(at + TimeDelta::hours(24))
}
