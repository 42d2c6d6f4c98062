//! What a service-level clock needs to know of a conversation.

use crate::names::names;
use crate::time::Moment;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One event of a ticket.
///
/// Events may come in any order: they are taken by time, and at equal times in the order of [`SlaSignal`]. The same
/// event twice counts once.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::sla::{SlaEvent, SlaSignal};
/// let at: DateTime<Utc> = "2026-03-13T14:00:00Z".parse()?;
/// assert_eq!(SlaEvent::new(at, SlaSignal::reply()).what, SlaSignal::AgentReply { automatic: false });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlaEvent {
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What happened.
    pub what: SlaSignal,
}

impl SlaEvent {
    /// `what` at `at`.
    pub fn new<M: Moment>(at: M, what: SlaSignal) -> Self {
        Self { at: at.utc(), what }
    }
}

/// What happened to a ticket, in the order in which signals of the same instant are taken.
///
/// ```
/// # use klokuur::sla::{TicketSide, SlaSignal, TicketStatus};
/// assert_eq!(SlaSignal::opened_by_agent(), SlaSignal::Opened { by: TicketSide::Agent });
/// // At one instant the opening is taken before a status.
/// assert!(SlaSignal::opened_by_requester() < SlaSignal::Status(TicketStatus::Pending));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlaSignal {
    /// The ticket was opened, with its first message; its status is [`TicketStatus::Open`].
    Opened {
        /// Who opened it.
        by: TicketSide,
    },
    /// The ticket got another status, not [`TicketStatus::Solved`]. After it was solved, this reopens it.
    Status(TicketStatus),
    /// The requester wrote.
    RequesterMessage,
    /// The agent wrote.
    AgentReply {
        /// An automatic acknowledgement, which answers nothing (RULES K11).
        automatic: bool,
    },
    /// The ticket was solved.
    Solved,
    /// The ticket goes on without us: every running clock is cancelled, a breached one stays breached.
    Cancelled,
}

impl SlaSignal {
    /// The requester opens the ticket.
    pub fn opened_by_requester() -> Self {
        Self::Opened { by: TicketSide::Requester }
    }

    /// The agent opens the ticket.
    pub fn opened_by_agent() -> Self {
        Self::Opened { by: TicketSide::Agent }
    }

    /// A real answer.
    pub fn reply() -> Self {
        Self::AgentReply { automatic: false }
    }
}

names! {
    /// The two sides of a ticket.
    ///
    /// Shown at [`SlaSignal`].
    pub enum TicketSide: "side of a ticket" {
        /// Who asks.
        Requester = "requester",
        /// Who answers.
        Agent = "agent",
    }
}

names! {
    /// Whose turn it is.
    ///
    /// Shown at [`SlaSignal`].
    pub enum TicketStatus: "ticket status" {
        /// Ours.
        Open = "open",
        /// The requester's.
        Pending = "pending",
        /// A third party's.
        OnHold = "on_hold",
        /// Nobody's: it is solved.
        Solved = "solved",
    }
}
