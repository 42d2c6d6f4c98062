//! The next instant at which a clock says something else: one timer instead of polling.

use crate::time::{Moment, Zone};
use chrono::DateTime;
use serde::{Deserialize, Serialize};

use super::event::SlaEvent;
use super::instant::{END, Nanos, nanos};
use super::measure::{Measured, Sla};
use super::policy::{Metric, Target, Warning};
use super::status::ClockState;
use crate::error::Result;

/// The next instant at which a clock's state changes or a warning is reached.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::Schedule;
/// # use klokuur::sla::{Amount, ClockState, Metric, Policy, Sla, SlaEvent, SlaSignal, Target};
/// let policy = Policy::new("an hour", vec![Target::new(Metric::FirstReply, Amount::elapsed_hours(1))])?;
/// let sla = Sla::new(policy, Schedule::parse_in("24/7", "UTC")?);
/// let asked: DateTime<Utc> = "2026-03-13T14:00:00Z".parse()?;
/// let next = sla.next_event(&[SlaEvent::new(asked, SlaSignal::opened_by_requester())], asked)?.ok_or("none")?;
/// assert_eq!(next.at.to_rfc3339(), "2026-03-13T15:00:00.000000001+00:00"); // at the deadline it is in time
/// assert_eq!((next.changes[0].from, next.changes[0].to), (ClockState::Running, ClockState::Breached));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NextEvent {
    /// The first instant at which it is so. A breach begins one nanosecond after the deadline: at the deadline an
    /// answer is still in time.
    #[serde(deserialize_with = "crate::time::zoned")]
    pub at: DateTime<Zone>,
    /// What changes then.
    pub changes: Vec<NextChange>,
}

/// What changes for one clock.
///
/// Shown at [`NextEvent`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NextChange {
    /// The clock's metric.
    pub metric: Metric,
    /// The clock's cycle.
    pub cycle: u32,
    /// Its state until then.
    pub from: ClockState,
    /// Its state from then on; the same when only a warning is reached.
    pub to: ClockState,
    /// The warnings that are reached then.
    pub warnings: Vec<Warning>,
}

impl Sla {
    /// The next change after `now`, if no other event comes before it: a warning, a breach, the schedule's opening or
    /// closing, another schedule.
    ///
    /// # Errors
    /// - the same as [`evaluate`](Self::evaluate)
    pub fn next_event<M: Moment>(&self, events: &[SlaEvent], now: M) -> Result<Option<NextEvent>> {
        let now = nanos(&now)?;
        let known: Vec<SlaEvent> =
            events.iter().copied().filter(|event| nanos(&event.at).is_ok_and(|at| at <= now)).collect();
        let before = self.measure(&known, now)?;
        let mut seen = now;
        let mut clocks = before.clone();
        loop {
            let Some(next) = self.earliest(&clocks, seen)? else { return Ok(None) };
            clocks = self.measure(&known, next)?;
            let changes: Vec<NextChange> =
                before.iter().zip(&clocks).filter_map(|(before, after)| change(before, after)).collect();
            if !changes.is_empty() {
                return Ok(Some(NextEvent { at: self.shown(next), changes }));
            }
            seen = next;
        }
    }

    fn earliest(&self, clocks: &[Clock<'_>], now: Nanos) -> Result<Option<Nanos>> {
        let mut earliest: Option<Nanos> = None;
        for (target, _, measured) in clocks {
            if let Some(measured) = measured {
                let next = self.candidates(target, measured, now)?.into_iter().min();
                earliest = [earliest, next].into_iter().flatten().min();
            }
        }
        Ok(earliest.filter(|at| *at < END))
    }
}

type Clock<'a> = (&'a Target, u32, Option<Measured>);

fn change(before: &Clock<'_>, after: &Clock<'_>) -> Option<NextChange> {
    let (target, cycle, was) = before;
    let (was, is) = (was.as_ref()?, after.2.as_ref()?);
    let reached = was.thresholds.iter().zip(&is.thresholds).map(|((_, was), (_, is))| *is && !*was);
    let warnings: Vec<Warning> =
        target.warnings.iter().zip(reached).filter_map(|(warning, new)| new.then_some(*warning)).collect();
    (was.state != is.state || !warnings.is_empty()).then_some(NextChange {
        metric: target.metric,
        cycle: *cycle,
        from: was.state,
        to: is.state,
        warnings,
    })
}
