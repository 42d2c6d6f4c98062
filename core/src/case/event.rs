//! What can happen to a case.

use super::scores::Scores;
use crate::names::names;
use crate::shipping::ShippingMethod;
use crate::time::Moment;
use chrono::{DateTime, Utc};

/// One event of the case log.
///
/// Events of one case are ordered by time; at equal times see [`EventKind`]. The `id` is optional: it makes an event
/// correctable and tells a repeated delivery from a second, equal event. Without an id, two events of one case with
/// the same time and content are one event.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::case::{CaseEvent, EventKind, What};
/// let at: DateTime<Utc> = "2026-03-13T14:00:00Z".parse()?;
/// let answer = CaseEvent::new("K-1", at, What::seller_message()).with_id("mail-7");
/// assert_eq!((answer.kind(), answer.id.as_deref()), (EventKind::SellerMessage, Some("mail-7")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseEvent {
    /// The event's own id, unique within its case.
    pub id: Option<String>,
    /// The case number.
    pub case: String,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What happened.
    pub what: What,
}

impl CaseEvent {
    /// An event without an id.
    pub fn new<M: Moment>(case: impl Into<String>, at: M, what: What) -> Self {
        Self { id: None, case: case.into(), at: at.utc(), what }
    }

    /// The same event with an id.
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The name of what happened.
    pub fn kind(&self) -> EventKind {
        self.what.kind()
    }
}

/// What happened to a case, with what that event carries.
///
/// The order of two values is that of events with one time: by kind, then by all that they carry.
///
/// ```
/// # use klokuur::case::{CaseKind, Description, EventKind, Opening, Party, What};
/// let opening = Opening { subject: Some("delivery".into()), ..Opening::by(Party::Customer) };
/// assert_eq!(What::Opened(opening).kind(), EventKind::Opened);
/// assert_eq!(What::closed(Party::Seller), What::Closed { by: Party::Seller, explanation: None });
/// let back = Opening { kind: CaseKind::Return, ..Opening::by(Party::Customer) };
/// assert_ne!(What::Opened(back), What::Opened(Opening::by(Party::Customer)));
/// let learned = Description { item: Some("lamp".into()), ..Description::default() };
/// assert_eq!(What::Described(learned).kind(), EventKind::Described);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// The case was opened (RULES K1, K2, K7, K12).
    Opened(Opening),
    /// The seller and the customer spoke by phone: a closed case of its own, or a part of one that is there (RULES K9).
    PhoneContact {
        /// Who called: the customer, or the seller.
        by: Party,
        /// What was said, when noted.
        text: Option<String>,
        /// What is known of the case by the call.
        about: Description,
    },
    /// The marketplace's customer service gave the case to the seller (RULES K5).
    Forwarded,
    /// A closed case was opened again (RULES K10).
    Reopened {
        /// Who reopened it.
        by: Party,
    },
    /// More became known of the case; what it does not name stays as it was (RULES K16).
    Described(Description),
    /// A return arrived at the seller: its clock starts (RULES K12).
    Received,
    /// The customer wrote (RULES K8).
    CustomerMessage {
        /// The text, when known.
        text: Option<String>,
    },
    /// The seller wrote to the customer.
    SellerMessage {
        /// The text, when known.
        text: Option<String>,
        /// An automatic acknowledgement: it stops no clock and is no contact (RULES K11).
        automatic: bool,
    },
    /// The seller keeps the case open by choice (RULES K3).
    FollowUp {
        /// Until when, if that is known.
        until: Option<DateTime<Utc>>,
    },
    /// The seller gave the case to the marketplace's customer service (RULES K6).
    HandedOver,
    /// A forwarded case was sent back to the marketplace's customer service (RULES K5).
    Returned,
    /// A return or a cancellation was handled: that ends its clock and closes the case (RULES K12).
    Handled {
        /// How: repaired, made ready for sale, refused, …; an open set.
        result: Option<String>,
    },
    /// The case was closed as resolved (RULES K9).
    Closed {
        /// Who closed it.
        by: Party,
        /// An explanation, when one was given.
        explanation: Option<String>,
    },
    /// The customer answered the survey (RULES Q1, Q5).
    SurveyAnswered {
        /// The scores by area, each 0 to 10.
        scores: Scores,
    },
    /// An earlier event of this case was recorded wrongly (RULES K14).
    Corrected {
        /// The id of the wrong event.
        corrects: String,
        /// What really happened; nothing when the event never was.
        right: Option<Box<Replacement>>,
    },
}

/// What really happened, instead of a wrongly recorded event.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::case::{CaseEvent, Replacement, What};
/// let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
/// let right = Replacement { at: at("2026-03-13T15:00:00Z"), what: What::seller_message() };
/// let what = What::Corrected { corrects: "mail-7".into(), right: Some(Box::new(right)) };
/// let correction = CaseEvent::new("K-1", at("2026-03-14T09:00:00Z"), what);
/// assert_eq!(correction.kind().as_str(), "corrected");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Replacement {
    /// When it really happened.
    pub at: DateTime<Utc>,
    /// What really happened; never [`What::Corrected`].
    pub what: What,
}

impl What {
    /// The name of what happened.
    pub fn kind(&self) -> EventKind {
        match self {
            Self::Opened(_) => EventKind::Opened,
            Self::PhoneContact { .. } => EventKind::PhoneContact,
            Self::Described(_) => EventKind::Described,
            Self::Received => EventKind::Received,
            Self::Handled { .. } => EventKind::Handled,
            Self::Forwarded => EventKind::Forwarded,
            Self::Reopened { .. } => EventKind::Reopened,
            Self::CustomerMessage { .. } => EventKind::CustomerMessage,
            Self::SellerMessage { .. } => EventKind::SellerMessage,
            Self::FollowUp { .. } => EventKind::FollowUp,
            Self::HandedOver => EventKind::HandedOver,
            Self::Returned => EventKind::Returned,
            Self::Closed { .. } => EventKind::Closed,
            Self::SurveyAnswered { .. } => EventKind::SurveyAnswered,
            Self::Corrected { .. } => EventKind::Corrected,
        }
    }

    /// A customer's message without text.
    pub fn customer_message() -> Self {
        Self::CustomerMessage { text: None }
    }

    /// A real answer of the seller, without text.
    pub fn seller_message() -> Self {
        Self::SellerMessage { text: None, automatic: false }
    }

    /// An automatic acknowledgement.
    pub fn acknowledgement() -> Self {
        Self::SellerMessage { text: None, automatic: true }
    }

    /// Closed as resolved, without explanation.
    pub fn closed(by: Party) -> Self {
        Self::Closed { by, explanation: None }
    }
}

facts!(with_facts {
    named_fields!
    /// What is known of a case when it opens.
    ///
    /// Shown at [`What`].
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
    pub struct Opening {
        /// Who opened it (RULES K2).
        origin: Party,
        /// What kind of case it is (RULES K12).
        kind: CaseKind,
        /// When the order was placed; a case started by the seller is checked against it (RULES K7).
        ordered_at: Option<DateTime<Utc>>,
        /// How the order is shipped: what the marketplace fulfils opens no case of the seller (RULES K15).
        shipping_method: Option<ShippingMethod>,
        /// The first message's text.
        text: Option<String>,
    }
});

facts!(with_facts {
    named_fields!
    /// What became known of a case while it runs (RULES K16).
    ///
    /// Shown at [`What`].
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
    pub struct Description {}
});

impl Opening {
    /// An opening by `origin`, nothing else known.
    pub fn by(origin: Party) -> Self {
        Self { origin, ..Self::default() }
    }
}

names! {
    /// The names of the events, in the order in which they are taken when they carry the same time.
    ///
    /// The order is the natural one of a case's life: whatever opens it, then messages, then whatever puts it away.
    ///
    /// Shown at [`What`].
    pub enum EventKind: "event" {
        /// See [`What::Opened`].
        Opened = "opened",
        /// See [`What::PhoneContact`].
        PhoneContact = "phone_contact",
        /// See [`What::Forwarded`].
        Forwarded = "forwarded",
        /// See [`What::Reopened`].
        Reopened = "reopened",
        /// See [`What::Described`].
        Described = "described",
        /// See [`What::Received`].
        Received = "received",
        /// See [`What::CustomerMessage`].
        CustomerMessage = "customer_message",
        /// See [`What::SellerMessage`].
        SellerMessage = "seller_message",
        /// See [`What::FollowUp`].
        FollowUp = "follow_up",
        /// See [`What::HandedOver`].
        HandedOver = "handed_over",
        /// See [`What::Returned`].
        Returned = "returned",
        /// See [`What::Handled`].
        Handled = "handled",
        /// See [`What::Closed`].
        Closed = "closed",
        /// See [`What::SurveyAnswered`].
        SurveyAnswered = "survey_answered",
        /// See [`What::Corrected`].
        Corrected = "corrected",
    }
}

names! {
    /// Who did it: opened a case (RULES K2), sent a message, called, closed or reopened it.
    ///
    /// The marketplace forwards and closes, and sends nothing; the customer closes nothing: a message of theirs opens
    /// a closed case again.
    ///
    /// Shown at [`What`].
    #[derive(Default)]
    pub enum Party: "party" {
        /// The customer.
        #[default]
        Customer = "customer",
        /// The marketplace's customer service.
        Marketplace = "marketplace",
        /// The seller.
        Seller = "seller",
    }
}

names! {
    /// The kind of a case: each has its own clock (RULES K12).
    ///
    /// Shown at [`What`].
    #[derive(Default)]
    pub enum CaseKind: "case kind" {
        /// A customer's question, the ordinary case.
        #[default]
        Question = "question",
        /// A return.
        Return = "return",
        /// A request to cancel.
        Cancellation = "cancellation",
    }
}

names! {
    /// Where a case stands (RULES K3).
    ///
    /// Shown at [`CaseBook`](super::CaseBook).
    pub enum CaseStatus: "case status" {
        /// The seller is to act.
        WaitingForSeller = "waiting_for_seller",
        /// The customer is to answer.
        WaitingForCustomer = "waiting_for_customer",
        /// Kept open by choice, to follow up later.
        FollowUpLater = "follow_up_later",
        /// With the marketplace's customer service; hidden from the seller's overview.
        WithMarketplace = "with_marketplace",
        /// Closed as resolved.
        Closed = "closed",
    }
}
