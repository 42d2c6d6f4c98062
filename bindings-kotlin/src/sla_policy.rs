//! Policies of service-level clocks: which metrics have which target.

use klokuur::schedule::ScheduleChange;
use klokuur::sla::{self, Metric as SlaMetric, OnMessage, OnReopened, OnSolved, TicketStatus};

use crate::case::Amount;
use crate::error::Result;
use crate::time::unsigned;

/// What is measured.
#[uniffi::remote(Enum)]
pub enum SlaMetric {
    /// From the requester's opening to the first real reply. One cycle; none when the agent opened the ticket.
    FirstReply,
    /// From a requester's message to the next real reply. Every message after a reply opens a cycle.
    NextReply,
    /// From the opening until solved, as far as the requester is the one who waits: paused while pending.
    RequesterWait,
    /// From the opening until solved.
    TotalResolution,
}

/// Whose turn it is.
#[uniffi::remote(Enum)]
pub enum TicketStatus {
    /// Ours.
    Open,
    /// The requester's.
    Pending,
    /// A third party's.
    OnHold,
    /// Nobody's: it is solved.
    Solved,
}

/// What solving a ticket does to a running clock.
#[uniffi::remote(Enum)]
pub enum OnSolved {
    /// The clock has reached its goal.
    Fulfil,
    /// The clock is cancelled: neither met nor, unless it already was, breached.
    Cancel,
}

/// What reopening a solved ticket does to the clock that solving stopped.
#[uniffi::remote(Enum)]
pub enum OnReopened {
    /// It stays stopped.
    Nothing,
    /// It goes on where it stopped; the time between does not count.
    Resume,
    /// A new cycle starts.
    Restart,
}

/// What a further message of the requester does to a reply clock that already runs.
#[uniffi::remote(Enum)]
pub enum OnMessage {
    /// Nothing: the oldest unanswered message counts.
    Keep,
    /// It starts again, unless it is breached already.
    Restart,
}

/// Which schedule a clock that already runs follows when the schedule changes under it.
#[uniffi::remote(Enum)]
pub enum ScheduleChange {
    /// Each segment of time by the schedule then in force.
    PerSegment,
    /// The whole clock by the schedule in force when it started.
    AsOfStart,
    /// The whole clock by the newest schedule, also for the time before the change.
    Retroactive,
}

/// When to warn, within the target of a metric.
#[derive(Debug, Clone, PartialEq, uniffi::Enum)]
pub enum SlaWarning {
    /// When so much has been used.
    After {
        /// The amount.
        amount: Amount,
    },
    /// When so much is left.
    Before {
        /// The amount.
        amount: Amount,
    },
    /// When so many per cent of the target have been used.
    Percent {
        /// Of 100.
        percent: i64,
    },
}

impl SlaWarning {
    fn core(&self) -> Result<sla::Warning> {
        Ok(match *self {
            Self::After { amount } => sla::Warning::After(amount.core()),
            Self::Before { amount } => sla::Warning::Before(amount.core()),
            Self::Percent { percent } => {
                // What is too much stays refused.
                let percent = unsigned("per cent of a warning", percent)?;
                sla::Warning::Percent(u32::try_from(percent).unwrap_or(u32::MAX))
            }
        })
    }
}

impl From<sla::Warning> for SlaWarning {
    fn from(warning: sla::Warning) -> Self {
        match warning {
            sla::Warning::After(amount) => Self::After { amount: amount.into() },
            sla::Warning::Before(amount) => Self::Before { amount: amount.into() },
            sla::Warning::Percent(percent) => Self::Percent { percent: percent.into() },
        }
    }
}

/// The target of one metric and the rules of its clock.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct SlaTarget {
    /// What is measured.
    pub metric: SlaMetric,
    /// The target, and with it what counts: open time or all time.
    pub within: Amount,
    /// When to warn.
    #[uniffi(default = [])]
    pub warnings: Vec<SlaWarning>,
    /// In which statuses the clock stands still; when left out, pending for requester wait, else none.
    #[uniffi(default = None)]
    pub pauses: Option<Vec<TicketStatus>>,
    /// What solving does; when left out, reply clocks are cancelled, the others fulfilled.
    #[uniffi(default = None)]
    pub on_solved: Option<OnSolved>,
    /// What reopening does; when left out, reply clocks stay stopped, the others resume.
    #[uniffi(default = None)]
    pub on_reopened: Option<OnReopened>,
    /// What a further message does to a running reply clock; when left out, the oldest unanswered message counts.
    #[uniffi(default = None)]
    pub on_message: Option<OnMessage>,
}

impl SlaTarget {
    fn core(self) -> Result<sla::Target> {
        Ok(sla::Target {
            metric: self.metric,
            within: self.within.core(),
            warnings: self.warnings.iter().map(SlaWarning::core).collect::<Result<_>>()?,
            pauses: self.pauses,
            on_solved: self.on_solved,
            on_reopened: self.on_reopened,
            on_message: self.on_message.unwrap_or_default(),
        })
    }
}

/// The targets of one kind of ticket, one a metric.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct SlaPolicy {
    /// The name.
    pub name: String,
    /// The targets.
    pub targets: Vec<SlaTarget>,
    /// What a running clock does when the schedule changes under it; each segment by its own when left out.
    #[uniffi(default = None)]
    pub schedule_change: Option<ScheduleChange>,
}

impl SlaPolicy {
    pub(crate) fn core(self) -> Result<sla::Policy> {
        let targets = self.targets.into_iter().map(SlaTarget::core).collect::<Result<Vec<_>>>()?;
        let policy = sla::Policy::new(self.name, targets)?;
        Ok(policy.with_schedule_change(self.schedule_change.unwrap_or_default()))
    }
}
