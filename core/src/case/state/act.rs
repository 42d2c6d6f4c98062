//! What happened, as far as the fold needs to know.

use crate::case::event::{CaseKind, Party};
use crate::sla::instant::Nanos;

/// What happened, as far as the fold needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Opened(Opened),
    PhoneContact { by: Party },
    Described,
    Received,
    Handled,
    Forwarded,
    Reopened,
    CustomerMessage,
    SellerMessage { automatic: bool },
    FollowUp { until: Option<Nanos> },
    HandedOver,
    Returned,
    Closed { by: Party },
    SurveyAnswered,
}

/// What an opening says that the fold needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Opened {
    pub(crate) origin: Party,
    pub(crate) kind: CaseKind,
    pub(crate) ordered: Option<Nanos>,
    pub(crate) lacks: Option<&'static str>,
    pub(crate) marketplace_ships: bool,
}

/// Why an act cannot be taken, and what could.
pub(crate) type Refusal = String;

impl Act {
    /// What nobody does about a return that has not come. The marketplace may clear its notification away.
    pub(super) fn is_work(self) -> bool {
        match self {
            Act::Closed { by } => by != Party::Marketplace,
            Act::Handled
            | Act::Forwarded
            | Act::SellerMessage { .. }
            | Act::FollowUp { .. }
            | Act::HandedOver => true,
            Act::Opened(_)
            | Act::PhoneContact { .. }
            | Act::Described
            | Act::Received
            | Act::Reopened
            | Act::CustomerMessage
            | Act::Returned
            | Act::SurveyAnswered => false,
        }
    }
}
