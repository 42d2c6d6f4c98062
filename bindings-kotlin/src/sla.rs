//! Service-level clocks for any kind of conversation.

use std::sync::Arc;

use klokuur::KlokuurError as CoreError;
use klokuur::sla::{self, ClockState, Metric as SlaMetric, Sla as Core, TicketSide, TicketStatus};

use crate::case::Amount;
use crate::error::Result;
use crate::explanation::{Explanation, explanation};
use crate::schedule::Schedule;
use crate::sla_policy::{SlaPolicy, SlaWarning};
use crate::time::{ElapsedTime, Instant};

/// The two sides of a ticket.
#[uniffi::remote(Enum)]
pub enum TicketSide {
    /// Who asks.
    Requester,
    /// Who answers.
    Agent,
}

/// What happened to a ticket, in the order in which signals of the same instant are taken.
#[derive(Debug, Clone, PartialEq, uniffi::Enum)]
pub enum SlaSignal {
    /// The ticket was opened, with its first message; its status is open.
    Opened {
        /// By whom.
        by: TicketSide,
    },
    /// The ticket got another status, not solved. After it was solved, this reopens it.
    Status {
        /// Which.
        status: TicketStatus,
    },
    /// The requester wrote.
    RequesterMessage,
    /// The agent wrote.
    AgentReply {
        /// Whether it is an automatic acknowledgement, which answers nothing.
        automatic: bool,
    },
    /// The ticket was solved.
    Solved,
    /// The ticket goes on without us: every running clock is cancelled, a breached one stays breached.
    Cancelled,
}

/// One event of a ticket. Events may come in any order; the same event twice counts once.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct SlaEvent {
    /// When it happened.
    pub at: Instant,
    /// What happened.
    pub what: SlaSignal,
}

fn cores(events: Vec<SlaEvent>) -> Vec<sla::SlaEvent> {
    let core = |event: SlaEvent| {
        let what = match event.what {
            SlaSignal::Opened { by } => sla::SlaSignal::Opened { by },
            SlaSignal::Status { status } => sla::SlaSignal::Status(status),
            SlaSignal::RequesterMessage => sla::SlaSignal::RequesterMessage,
            SlaSignal::AgentReply { automatic } => sla::SlaSignal::AgentReply { automatic },
            SlaSignal::Solved => sla::SlaSignal::Solved,
            SlaSignal::Cancelled => sla::SlaSignal::Cancelled,
        };
        sla::SlaEvent::new(event.at, what)
    };
    events.into_iter().map(core).collect()
}

/// One warning of a clock.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct SlaThreshold {
    /// The warning, as the policy has it.
    pub warning: SlaWarning,
    /// When it is or was reached; none while the clock is paused before it.
    pub at: Option<Instant>,
    /// Whether it has been reached.
    pub reached: bool,
}

/// One clock: one cycle of one metric, at an instant.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct SlaClock {
    /// What is measured.
    pub metric: SlaMetric,
    /// Which cycle of the metric, from 1; 0 when none has started.
    pub cycle: i64,
    /// Where the clock stands.
    pub state: ClockState,
    /// The target.
    pub target: Amount,
    /// When the cycle started.
    pub started: Option<Instant>,
    /// When the goal was reached or the clock cancelled.
    pub ended: Option<Instant>,
    /// The deadline; none while the clock is paused before it.
    pub due: Option<Instant>,
    /// What has been counted.
    pub elapsed: Amount,
    /// What is left, never below zero.
    pub remaining: Amount,
    /// What has been counted beyond the target; zero when nothing.
    pub late: Amount,
    /// How long after the deadline by the wall clock the goal was reached, or it is now; zero when not breached.
    pub late_wall: ElapsedTime,
    /// The time since the start by the wall clock, up to the end or now.
    pub wall: ElapsedTime,
    /// The warnings, in the policy's order.
    pub thresholds: Vec<SlaThreshold>,
    /// Why it counted what it did, from the start to the end or now, told by the sentence about the span itself;
    /// none before the start, or where not asked for.
    pub why: Option<Explanation>,
}

fn clock(clock: sla::MetricStatus, explained: bool) -> SlaClock {
    let threshold = |t: sla::Threshold| SlaThreshold {
        warning: t.warning.into(),
        at: t.at.map(|at| at.to_utc()),
        reached: t.reached,
    };
    SlaClock {
        metric: clock.metric,
        cycle: clock.cycle.into(),
        state: clock.state,
        target: clock.target.into(),
        started: clock.started.map(|at| at.to_utc()),
        ended: clock.ended.map(|at| at.to_utc()),
        due: clock.due.map(|at| at.to_utc()),
        elapsed: clock.elapsed.into(),
        remaining: clock.remaining.into(),
        late: clock.late.into(),
        late_wall: clock.late_wall,
        wall: clock.wall,
        thresholds: clock.thresholds.into_iter().map(threshold).collect(),
        why: clock.why.filter(|_| explained).map(|why| explanation(&why)),
    }
}

fn clocks(found: sla::Evaluation, explained: bool) -> Vec<SlaClock> {
    found.clocks.into_iter().map(|status| clock(status, explained)).collect()
}

/// What changes for one clock.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct SlaChange {
    /// The clock's metric.
    pub metric: SlaMetric,
    /// The clock's cycle.
    pub cycle: i64,
    /// Its state until then.
    pub from: ClockState,
    /// Its state from then on; the same when only a warning is reached.
    pub to: ClockState,
    /// The warnings that are reached then.
    pub warnings: Vec<SlaWarning>,
}

/// The next instant at which a clock's state changes or a warning is reached.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct SlaNextEvent {
    /// The first instant at which it is so. A breach begins one nanosecond after the deadline: at the deadline an
    /// answer is still in time.
    pub at: Instant,
    /// What changes then.
    pub changes: Vec<SlaChange>,
}

impl From<sla::NextEvent> for SlaNextEvent {
    fn from(next: sla::NextEvent) -> Self {
        let change = |change: sla::NextChange| SlaChange {
            metric: change.metric,
            cycle: change.cycle.into(),
            from: change.from,
            to: change.to,
            warnings: change.warnings.into_iter().map(SlaWarning::from).collect(),
        };
        Self { at: next.at.to_utc(), changes: next.changes.into_iter().map(change).collect() }
    }
}

/// A policy together with the schedule whose hours count. Immutable; use one from any number of threads.
#[derive(Debug, uniffi::Object)]
pub struct Sla(Core);

#[uniffi::export]
impl Sla {
    /// The clocks of a policy on a schedule.
    ///
    /// # Errors
    /// - no target at all, or two of one metric
    /// - a target of zero or less, or of more than 292 years
    /// - a warning outside its target, or in the other kind of time
    /// - a pause while solved
    #[uniffi::constructor]
    pub fn new(policy: SlaPolicy, schedule: &Schedule) -> Result<Arc<Self>> {
        Ok(Arc::new(Self(Core::new(policy.core()?, schedule.0.clone()))))
    }

    /// The same with another schedule from an instant on.
    ///
    /// # Errors
    /// - an instant outside the years 1900 to 2100
    pub fn switched(&self, at: Instant, schedule: &Schedule) -> Result<Arc<Self>> {
        Ok(Arc::new(Self(self.0.clone().switched(at, schedule.0.clone())?)))
    }

    /// All clocks of a ticket, from its events up to `now`: every cycle of every metric, in the policy's order.
    ///
    /// # Errors
    /// - a ticket that was opened twice, or has events before its opening
    /// - an instant outside the years 1900 to 2100, or a deadline that falls there
    pub fn evaluate(&self, events: Vec<SlaEvent>, now: Instant) -> Result<Vec<SlaClock>> {
        Ok(clocks(self.0.evaluate(&cores(events), now)?, true))
    }

    /// `evaluate` for the events of many tickets in one call; the clocks tell why only when `explained`.
    ///
    /// # Errors
    /// - a ticket that `evaluate` refuses: the message names its row
    #[uniffi::method(default(explained = false))]
    pub fn evaluate_many(
        &self,
        tickets: Vec<Vec<SlaEvent>>,
        now: Instant,
        explained: bool,
    ) -> Result<Vec<Vec<SlaClock>>> {
        each(tickets, |events| Ok(clocks(self.0.evaluate(&events, now)?, explained)))
    }

    /// The next change after `now`, if no other event comes before it: a warning, a breach, the schedule's opening or
    /// closing.
    ///
    /// # Errors
    /// - a ticket that was opened twice, or has events before its opening
    /// - an instant outside the years 1900 to 2100, or a deadline that falls there
    pub fn next_event(&self, events: Vec<SlaEvent>, now: Instant) -> Result<Option<SlaNextEvent>> {
        Ok(self.0.next_event(&cores(events), now)?.map(SlaNextEvent::from))
    }

    /// The next change of each of many tickets, in one call.
    ///
    /// # Errors
    /// - a ticket that was opened twice, or another bad event: the message names its row
    pub fn next_event_many(
        &self,
        tickets: Vec<Vec<SlaEvent>>,
        now: Instant,
    ) -> Result<Vec<Option<SlaNextEvent>>> {
        each(tickets, |events| Ok(self.0.next_event(&events, now)?.map(SlaNextEvent::from)))
    }
}

/// What a call says of every ticket; a refusal names the row.
fn each<T>(
    tickets: Vec<Vec<SlaEvent>>,
    call: impl Fn(Vec<sla::SlaEvent>) -> klokuur::Result<T>,
) -> Result<Vec<T>> {
    let row = |(row, events)| {
        call(cores(events)).map_err(|problem| CoreError::Row { row, problem: Box::new(problem) })
    };
    Ok(tickets.into_iter().enumerate().map(row).collect::<klokuur::Result<_>>()?)
}
