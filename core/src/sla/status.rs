//! What a clock says at an instant.

use chrono::{DateTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::amount::Amount;
use super::policy::{Metric, Warning};
use crate::fingerprints::Fingerprints;
use crate::names::names;
use crate::time::Zone;
use crate::timeline::Explanation;

names! {
    /// Where a clock stands.
    ///
    /// ```
    /// # use klokuur::sla::ClockState;
    /// let state: ClockState = "outside_hours".parse()?;
    /// assert!(state.is_active()); // closed now, which is no pause and no end
    /// assert!(!ClockState::Met.is_active());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub enum ClockState: "verdict" {
        /// There is nothing to measure yet.
        NotStarted = "not_started",
        /// It counts.
        Running = "running",
        /// It would count, but its schedule is closed now. This is not a pause.
        OutsideHours = "outside_hours",
        /// It stands still, because its policy says so for the ticket's status.
        Paused = "paused",
        /// The goal was reached in time; exactly at the deadline is in time (RULES C3).
        Met = "met",
        /// The deadline has passed without the goal, or the goal was reached after it. This never changes back.
        Breached = "breached",
        /// It was stopped before its goal and before its deadline.
        Cancelled = "cancelled",
    }
}

impl ClockState {
    /// Whether the clock has not come to its end: running, outside hours or paused.
    pub fn is_active(self) -> bool {
        matches!(self, Self::Running | Self::OutsideHours | Self::Paused)
    }
}

/// One warning of a clock.
///
/// Shown at [`MetricStatus`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// The warning, as the policy has it.
    pub warning: Warning,
    /// When it is or was reached; unknown while the clock is paused before it.
    #[serde(default, deserialize_with = "crate::time::zoned_if_any")]
    pub at: Option<DateTime<Zone>>,
    /// Whether it has been reached.
    pub reached: bool,
}

/// One clock: one cycle of one metric, at an instant.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::Schedule;
/// # use klokuur::sla::{Amount, Metric, Policy, Sla, SlaEvent, SlaSignal, Target, Warning};
/// let target = Target::new(Metric::FirstReply, Amount::business_hours(8)).with_warning(Warning::Percent(50));
/// let sla = Sla::new(Policy::new("eight hours", vec![target])?, Schedule::parse_in("24/7", "UTC")?);
/// let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
/// let events = [SlaEvent::new(at("2026-03-13T08:00:00Z"), SlaSignal::opened_by_requester())];
/// let evaluation = sla.evaluate(&events, at("2026-03-13T13:00:00Z"))?;
/// let clock = evaluation.first_due().ok_or("no clock")?;
/// assert_eq!((clock.elapsed, clock.remaining), (Amount::business_hours(5), Amount::business_hours(3)));
/// assert!(clock.thresholds[0].reached);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetricStatus {
    /// What is measured.
    pub metric: Metric,
    /// Which cycle of the metric, from 1; 0 when none has started.
    pub cycle: u32,
    /// Where the clock stands.
    pub state: ClockState,
    /// The target.
    pub target: Amount,
    /// When the cycle started.
    #[serde(default, deserialize_with = "crate::time::zoned_if_any")]
    pub started: Option<DateTime<Zone>>,
    /// When the goal was reached or the clock cancelled.
    #[serde(default, deserialize_with = "crate::time::zoned_if_any")]
    pub ended: Option<DateTime<Zone>>,
    /// The deadline, in the schedule's zone; unknown while the clock is paused before it.
    #[serde(default, deserialize_with = "crate::time::zoned_if_any")]
    pub due: Option<DateTime<Zone>>,
    /// What has been counted.
    pub elapsed: Amount,
    /// What is left, never below zero.
    pub remaining: Amount,
    /// What has been counted beyond the target; zero when nothing.
    pub late: Amount,
    /// How long after the deadline by the wall clock the goal was reached, or it is now; zero when not breached.
    pub late_wall: TimeDelta,
    /// The time since the start by the wall clock, up to the end or now.
    pub wall: TimeDelta,
    /// The warnings, in the policy's order.
    pub thresholds: Vec<Threshold>,
    /// Why: the stretches counted, skipped and paused, from the start to the end or now (RULES C8); none before the
    /// start. It is of time that has passed: [`to_span_sentence`](Explanation::to_span_sentence) tells it.
    pub why: Option<Explanation>,
}

/// All clocks of a ticket at an instant.
///
/// Shown at [`MetricStatus`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evaluation {
    /// The instant.
    #[serde(deserialize_with = "crate::time::zoned")]
    pub now: DateTime<Zone>,
    /// Every cycle of every metric, in the policy's order, older cycles first.
    pub clocks: Vec<MetricStatus>,
    /// What they were counted by (RULES I5).
    pub fingerprints: Fingerprints,
}

impl Evaluation {
    /// The newest cycle of a metric; none when the policy does not have it.
    pub fn last(&self, metric: Metric) -> Option<&MetricStatus> {
        self.clocks.iter().rev().find(|clock| clock.metric == metric)
    }

    /// The clock that needs attention first: the earliest deadline among those neither ended nor paused.
    pub fn first_due(&self) -> Option<&MetricStatus> {
        self.clocks
            .iter()
            .filter(|clock| clock.ended.is_none() && clock.due.is_some())
            .min_by_key(|clock| clock.due.map(|due| due.to_utc()))
    }
}
