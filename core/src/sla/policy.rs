//! Which metrics have which target, as data.

use serde::{Deserialize, Serialize};

use super::amount::Amount;
use super::event::TicketStatus;
use crate::error::{KlokuurError, Result};
use crate::names::names;
use crate::schedule::ScheduleChange;

names! {
    /// What is measured.
    ///
    /// Shown at [`Target`].
    pub enum Metric: "metric" {
        /// From the requester's opening to the first real reply. One cycle; none when the agent opened the ticket.
        FirstReply = "first_reply",
        /// From a requester's message to the next real reply. Every message after a reply opens a cycle.
        NextReply = "next_reply",
        /// From the opening until solved, as far as the requester is the one who waits: paused while pending.
        RequesterWait = "requester_wait",
        /// From the opening until solved.
        TotalResolution = "total_resolution",
    }
}

/// When to warn, within the target of a metric.
///
/// Shown at [`Target`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// When so much has been used.
    After(Amount),
    /// When so much is left.
    Before(Amount),
    /// When so many per cent of the target have been used, rounded down to the nanosecond.
    Percent(u32),
}

names! {
    /// What solving a ticket does to a running clock.
    ///
    /// Shown at [`Target`].
    pub enum OnSolved: "choice on solved tickets" {
        /// The clock has reached its goal.
        Fulfil = "fulfil",
        /// The clock is cancelled: neither met nor, unless it already was, breached.
        Cancel = "cancel",
    }
}

names! {
    /// What reopening a solved ticket does to the clock that solving stopped.
    ///
    /// Shown at [`Target`].
    pub enum OnReopened: "choice on reopened tickets" {
        /// It stays stopped (RULES K10).
        Nothing = "nothing",
        /// It goes on where it stopped; the time between does not count.
        Resume = "resume",
        /// A new cycle starts.
        Restart = "restart",
    }
}

names! {
    /// What a further message of the requester does to a reply clock that already runs.
    ///
    /// Shown at [`Target`].
    #[derive(Default)]
    pub enum OnMessage: "choice on messages" {
        /// Nothing: the oldest unanswered message counts.
        #[default]
        Keep = "keep",
        /// It starts again, unless it is breached already.
        Restart = "restart",
    }
}

/// The target of one metric and the rules of its clock.
///
/// ```
/// # use klokuur::sla::{Amount, Metric, OnMessage, OnReopened, OnSolved, Target, TicketStatus, Warning};
/// let target = Target::new(Metric::TotalResolution, Amount::business_hours(40))
///     .with_warning(Warning::Percent(75))
///     .with_warning(Warning::Before(Amount::business_hours(2)))
///     .with_pauses([TicketStatus::Pending, TicketStatus::OnHold])
///     .with_on_solved(OnSolved::Fulfil)
///     .with_on_reopened(OnReopened::Resume)
///     .with_on_message(OnMessage::Keep);
/// assert_eq!((target.metric, target.warnings.len()), (Metric::TotalResolution, 2));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// What is measured.
    pub metric: Metric,
    /// The target, and with it what counts: open time or all time.
    pub within: Amount,
    /// When to warn. Default: never (ours).
    #[serde(default)]
    pub warnings: Vec<Warning>,
    /// In which statuses the clock stands still. Default: pending for requester wait, else none (RULES C6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pauses: Option<Vec<TicketStatus>>,
    /// What solving does. Default: reply clocks are cancelled, the others fulfilled (ours).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_solved: Option<OnSolved>,
    /// What reopening does. Default: reply clocks stay stopped (RULES K10), the others resume (ours).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_reopened: Option<OnReopened>,
    /// What a further message does to a running reply clock. Default: the oldest unanswered message counts (ours).
    #[serde(default)]
    pub on_message: OnMessage,
}

impl Target {
    /// A target with the metric's default rules and no warnings.
    pub fn new(metric: Metric, within: Amount) -> Self {
        let on_message = OnMessage::default();
        Self {
            metric,
            within,
            warnings: Vec::new(),
            pauses: None,
            on_solved: None,
            on_reopened: None,
            on_message,
        }
    }

    /// The same with one more warning.
    #[must_use]
    pub fn with_warning(mut self, warning: Warning) -> Self {
        self.warnings.push(warning);
        self
    }

    /// The same, standing still in these statuses and no others.
    #[must_use]
    pub fn with_pauses(mut self, statuses: impl IntoIterator<Item = TicketStatus>) -> Self {
        self.pauses = Some(statuses.into_iter().collect());
        self
    }

    /// The same with another effect of solving.
    #[must_use]
    pub fn with_on_solved(mut self, on_solved: OnSolved) -> Self {
        self.on_solved = Some(on_solved);
        self
    }

    /// The same with another effect of reopening.
    #[must_use]
    pub fn with_on_reopened(mut self, on_reopened: OnReopened) -> Self {
        self.on_reopened = Some(on_reopened);
        self
    }

    /// The same with another effect of a further message.
    #[must_use]
    pub fn with_on_message(mut self, on_message: OnMessage) -> Self {
        self.on_message = on_message;
        self
    }

    pub(super) fn is_reply(&self) -> bool {
        matches!(self.metric, Metric::FirstReply | Metric::NextReply)
    }

    pub(super) fn pauses_in(&self, status: TicketStatus) -> bool {
        match &self.pauses {
            Some(statuses) => statuses.contains(&status),
            None => self.metric == Metric::RequesterWait && status == TicketStatus::Pending,
        }
    }

    pub(super) fn when_solved(&self) -> OnSolved {
        self.on_solved.unwrap_or(if self.is_reply() { OnSolved::Cancel } else { OnSolved::Fulfil })
    }

    pub(super) fn when_reopened(&self) -> OnReopened {
        self.on_reopened.unwrap_or(if self.is_reply() { OnReopened::Nothing } else { OnReopened::Resume })
    }

    /// The used time at which a warning is due, in nanoseconds.
    pub(super) fn threshold(&self, warning: Warning) -> i128 {
        let target = self.within.as_nanoseconds();
        match warning {
            Warning::After(amount) => amount.as_nanoseconds(),
            Warning::Before(amount) => target.saturating_sub(amount.as_nanoseconds()),
            Warning::Percent(percent) => target.saturating_mul(percent.into()) / 100,
        }
    }

    fn check(&self) -> Result<()> {
        let invalid = |what, given: String, accepted: &str| {
            Err(KlokuurError::InvalidValue { what, given, accepted: accepted.into() })
        };
        let target = self.within.as_nanoseconds();
        if target <= 0 || target > i128::from(i64::MAX) {
            return invalid("target", self.within.to_string(), "more than zero and less than 292 years");
        }
        for &warning in &self.warnings {
            let basis = match warning {
                Warning::After(amount) | Warning::Before(amount) => amount.basis(),
                Warning::Percent(_) => self.within.basis(),
            };
            if basis != self.within.basis() {
                return invalid("warning", format!("{warning:?}"), "the same kind of time as the target");
            }
            if !(0..=target).contains(&self.threshold(warning)) {
                return invalid("warning", format!("{warning:?}"), "a moment within the target");
            }
        }
        if self.pauses.as_ref().is_some_and(|pauses| pauses.contains(&TicketStatus::Solved)) {
            return invalid(
                "pause",
                "solved".into(),
                "open, pending or on_hold: a solved ticket has no running clock",
            );
        }
        Ok(())
    }
}

/// The targets of one kind of ticket.
///
/// ```
/// # use klokuur::sla::{Amount, Metric, Policy, Target, Warning};
/// let first = Target::new(Metric::FirstReply, Amount::business_hours(24)).with_warning(Warning::Percent(75));
/// let policy = Policy::new("questions", vec![first])?;
/// assert_eq!(policy.targets().len(), 1);
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Document", into = "Document")]
pub struct Policy {
    name: String,
    targets: Vec<Target>,
    schedule_change: ScheduleChange,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    name: String,
    targets: Vec<Target>,
    #[serde(default)]
    schedule_change: ScheduleChange,
}

impl Policy {
    /// A policy of these targets, one a metric.
    ///
    /// # Errors
    /// - no target at all, or two of one metric
    /// - a target of zero or less, or of more than 292 years
    /// - a warning outside its target, or in the other kind of time
    /// - a pause while solved
    pub fn new(name: impl Into<String>, targets: Vec<Target>) -> Result<Self> {
        let name = name.into();
        let invalid = |given: &str, accepted: &str| {
            Err(KlokuurError::InvalidValue { what: "policy", given: given.into(), accepted: accepted.into() })
        };
        if targets.is_empty() {
            return invalid(&name, "at least one target");
        }
        for (index, target) in targets.iter().enumerate() {
            target.check()?;
            if targets.iter().skip(index + 1).any(|other| other.metric == target.metric) {
                return invalid(&name, "one target a metric");
            }
        }
        Ok(Self { name, targets, schedule_change: ScheduleChange::default() })
    }

    /// The same with another answer for a schedule that changes under a running clock.
    #[must_use]
    pub fn with_schedule_change(mut self, schedule_change: ScheduleChange) -> Self {
        self.schedule_change = schedule_change;
        self
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The targets.
    pub fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// What a running clock does when the schedule changes under it.
    pub fn schedule_change(&self) -> ScheduleChange {
        self.schedule_change
    }
}

impl TryFrom<Document> for Policy {
    type Error = KlokuurError;
    fn try_from(document: Document) -> Result<Self> {
        Ok(Self::new(document.name, document.targets)?.with_schedule_change(document.schedule_change))
    }
}

impl From<Policy> for Document {
    fn from(policy: Policy) -> Self {
        Self { name: policy.name, targets: policy.targets, schedule_change: policy.schedule_change }
    }
}
