//! Why a clock says what it says: what was counted, what was skipped, what was paused (RULES C8).

use chrono::{DateTime, Days, NaiveTime, TimeZone};
use chrono_tz::Tz;

use super::counter::Counter;
use super::instant::{Nanos, instant};
use crate::error::Result;
use crate::timeline::{BusinessDuration, ExplainedStretch, Explanation, StretchReason};

/// Puts an explanation together, stretch by stretch.
pub(crate) struct Why {
    zone: Tz,
    stretches: Vec<ExplainedStretch>,
}

impl Why {
    pub(crate) fn new(zone: Tz) -> Self {
        Self { zone, stretches: Vec::new() }
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
        Explanation { from, to, counted, stretches: self.stretches }
    }

    fn shown(&self, at: Nanos) -> DateTime<Tz> {
        instant(at).with_timezone(&self.zone)
    }

    fn add(&mut self, from: DateTime<Tz>, to: DateTime<Tz>, reason: StretchReason) {
        let counted = match (to - from).num_nanoseconds().filter(|_| reason.counts()) {
            Some(nanoseconds) => BusinessDuration::from_nanoseconds(nanoseconds),
            None => BusinessDuration::ZERO,
        };
        if from < to {
            self.stretches.push(ExplainedStretch { from, to, counted, reason });
        }
    }
}

/// The first instant of the next local date; later by a day where that date is not there.
fn next_date(at: DateTime<Tz>) -> DateTime<Tz> {
    let mut date = at.date_naive();
    for hour in [0, 1, 24] {
        date = if hour == 1 { date } else { date.checked_add_days(Days::new(1)).unwrap_or(date) };
        let time = NaiveTime::from_hms_opt(hour % 24, 0, 0).unwrap_or_default();
        if let Some(next) = at.timezone().from_local_datetime(&date.and_time(time)).earliest() {
            return next;
        }
    }
    at + chrono::TimeDelta::hours(24)
}
