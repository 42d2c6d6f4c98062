//! Cases, as the case book shows them.

use std::collections::HashMap;

use klokuur::case::{
    self, By, CaseClock, CaseKind, CaseStatus, DomainEvent, EventKind, Happening, Message, Origin, Scores,
    Sender,
};
use klokuur::sla::{self, ClockState};
use klokuur::{BusinessDuration, KlokuurError as CoreError};

use crate::schedule::{Explanation, explanation};
use crate::time::{ElapsedTime, Instant};

/// The names of the events of a case.
#[uniffi::remote(Enum)]
pub enum EventKind {
    /// The case was opened.
    Opened,
    /// The marketplace gave it to the seller.
    Forwarded,
    /// It is open again.
    Reopened,
    /// The customer wrote.
    CustomerMessage,
    /// The seller wrote.
    SellerMessage,
    /// The seller keeps it open by choice.
    FollowUp,
    /// The seller gave it to the marketplace.
    HandedOver,
    /// The marketplace took it back.
    Returned,
    /// It was closed.
    Closed,
    /// The customer answered the survey.
    SurveyAnswered,
    /// An earlier event said something wrong.
    Corrected,
}

/// Who opened a case.
#[uniffi::remote(Enum)]
pub enum Origin {
    /// The customer asked.
    Customer,
    /// The marketplace's customer service forwarded it.
    Marketplace,
    /// The seller started it.
    Seller,
}

/// The kind of a case: each has its own clock.
#[uniffi::remote(Enum)]
pub enum CaseKind {
    /// A customer's question, the ordinary case.
    Question,
    /// A return.
    Return,
    /// A request to cancel.
    Cancellation,
}

/// Where a case stands.
#[uniffi::remote(Enum)]
pub enum CaseStatus {
    /// The seller is to act.
    WaitingForSeller,
    /// The customer is to answer.
    WaitingForCustomer,
    /// Kept open by choice, to follow up later.
    FollowUpLater,
    /// With the marketplace's customer service; hidden from the seller's overview.
    WithMarketplace,
    /// Closed as resolved.
    Closed,
}

/// Who closed or reopened a case.
#[uniffi::remote(Enum)]
pub enum By {
    /// The seller.
    Seller,
    /// The marketplace's customer service.
    Marketplace,
}

/// The clocks of a case.
#[uniffi::remote(Enum)]
pub enum CaseClock {
    /// The first response to a customer's question: the one that the service norm measures.
    FirstResponse,
    /// The handling of a return or a cancellation.
    Request,
    /// The answer to a customer's reply.
    FollowUp,
    /// The response to a forwarded case.
    Forwarded,
}

/// Where a clock stands.
#[uniffi::remote(Enum)]
pub enum ClockState {
    /// There is nothing to measure yet.
    NotStarted,
    /// It counts.
    Running,
    /// It would count, but its schedule is closed now. This is not a pause.
    OutsideHours,
    /// It stands still by its rules.
    Paused,
    /// The goal was reached in time; exactly at the deadline is in time.
    Met,
    /// The deadline has passed without the goal, or the goal was reached after it.
    Breached,
    /// It was stopped before its goal and before its deadline.
    Cancelled,
}

/// What became so in a case.
#[uniffi::remote(Enum)]
pub enum Happening {
    /// There is a new case.
    Opened {
        /// Who opened it.
        origin: Origin,
    },
    /// The marketplace's customer service gave the case to the seller.
    Forwarded,
    /// The case has been open for a long time.
    Warned {
        /// The clock.
        clock: CaseClock,
        /// Its deadline.
        due: Instant,
    },
    /// The deadline has passed; the time is the deadline's.
    Breached {
        /// The clock.
        clock: CaseClock,
    },
    /// The clock reached its goal.
    Answered {
        /// The clock.
        clock: CaseClock,
        /// Whether at the deadline or before.
        in_time: bool,
    },
    /// The day to follow up has come.
    FollowUpDue,
    /// The case went back to the marketplace's customer service.
    ReturnedToMarketplace,
    /// The case was closed.
    Closed {
        /// By whom.
        by: By,
    },
    /// The case is open again.
    Reopened,
    /// The survey may go out.
    SurveyDue,
}

/// Something that an application may want to tell the seller.
#[uniffi::remote(Record)]
pub struct DomainEvent {
    /// The case number.
    pub case: String,
    /// When it became so.
    pub at: Instant,
    /// What became so.
    pub what: Happening,
    /// It was never so, as a late event or a correction shows: what was told earlier is taken back.
    pub retracted: bool,
}

/// Who wrote a message.
#[uniffi::remote(Enum)]
pub enum Sender {
    /// The customer.
    Customer,
    /// The seller.
    Seller,
    /// The marketplace's customer service.
    Marketplace,
}

/// One message of a case.
#[uniffi::remote(Record)]
pub struct Message {
    /// When.
    pub at: Instant,
    /// Who wrote it.
    pub from: Sender,
    /// Whether it is an acknowledgement that was sent by itself.
    pub automatic: bool,
    /// The text, if it is kept.
    pub text: Option<String>,
}

/// An amount of time, and of which kind.
#[derive(Debug, Clone, Copy, PartialEq, uniffi::Enum)]
pub enum Amount {
    /// Business time: only open hours count.
    Business {
        /// The amount.
        duration: BusinessDuration,
    },
    /// Time as it passes, day and night.
    Elapsed {
        /// The amount.
        duration: ElapsedTime,
    },
}

impl Amount {
    pub(crate) fn core(self) -> sla::Amount {
        match self {
            Self::Business { duration } => sla::Amount::Business(duration),
            Self::Elapsed { duration } => sla::Amount::Elapsed(duration),
        }
    }
}

impl From<sla::Amount> for Amount {
    fn from(amount: sla::Amount) -> Self {
        match amount {
            sla::Amount::Business(duration) => Self::Business { duration },
            sla::Amount::Elapsed(duration) => Self::Elapsed { duration },
        }
    }
}

pub(crate) fn scores(scores: Option<Scores>) -> Option<HashMap<String, i32>> {
    scores.map(|scores| scores.iter().map(|(area, score)| (area.to_owned(), score.into())).collect())
}

/// One line of the overview.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct CaseRow {
    /// The case number.
    pub number: String,
    /// The order number.
    pub order: Option<String>,
    /// The customer's name.
    pub customer: Option<String>,
    /// The subject.
    pub subject: Option<String>,
    /// The item.
    pub item: Option<String>,
    /// The defect.
    pub defect: Option<String>,
    /// The kind.
    pub kind: CaseKind,
    /// Who opened it.
    pub origin: Origin,
    /// Where it stands.
    pub status: CaseStatus,
    /// When it was opened.
    pub opened_at: Instant,
    /// When it was closed.
    pub closed_at: Option<Instant>,
    /// The clock that is shown; none when no clock runs.
    pub clock: Option<CaseClock>,
    /// Where that clock stands.
    pub state: ClockState,
    /// Its deadline.
    pub due: Option<Instant>,
    /// What it has counted.
    pub elapsed: Option<Amount>,
    /// What is left.
    pub remaining: Option<Amount>,
    /// By how much it is late.
    pub late: Option<Amount>,
    /// Whether it has been open for so long that the seller is warned.
    pub is_open_long: bool,
    /// When a forwarded case goes back to the marketplace.
    pub goes_back_at: Option<Instant>,
    /// When to follow up.
    pub follow_up_at: Option<Instant>,
    /// Messages of the customer.
    pub customer_messages: i64,
    /// Messages of the seller.
    pub seller_messages: i64,
    /// Why it is due then, where that was asked for: from the clock's start to its deadline, what counts and what is skipped.
    pub why: Option<Explanation>,
}

impl CaseRow {
    pub(crate) fn of(row: case::CaseRow, explained: bool) -> Self {
        Self {
            number: row.number,
            order: row.order,
            customer: row.customer,
            subject: row.subject,
            item: row.item,
            defect: row.defect,
            kind: row.kind,
            origin: row.origin,
            status: row.status,
            opened_at: row.opened_at.to_utc(),
            closed_at: row.closed_at.map(|at| at.to_utc()),
            clock: row.clock,
            state: row.state,
            due: row.due.map(|at| at.to_utc()),
            elapsed: row.elapsed.map(Amount::from),
            remaining: row.remaining.map(Amount::from),
            late: row.late.map(Amount::from),
            is_open_long: row.is_open_long,
            goes_back_at: row.goes_back_at.map(|at| at.to_utc()),
            follow_up_at: row.follow_up_at.map(|at| at.to_utc()),
            customer_messages: row.customer_messages.into(),
            seller_messages: row.seller_messages.into(),
            why: row.why.filter(|_| explained).map(|why| explanation(&why)),
        }
    }
}

/// A case with everything that is known of it.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Case {
    /// Its line of the overview.
    pub row: CaseRow,
    /// When the survey may go out.
    pub survey_at: Option<Instant>,
    /// The answers of the survey by area.
    pub scores: Option<HashMap<String, i32>>,
    /// The messages, oldest first.
    pub messages: Vec<Message>,
    /// The explanations given at closing.
    pub explanations: Vec<String>,
    /// Events that the case could not take, as messages.
    pub refused: Vec<Refusal>,
}

/// An event that was refused.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Refusal {
    /// The code of the error.
    pub code: String,
    /// The message of the error.
    pub message: String,
}

impl From<&CoreError> for Refusal {
    fn from(error: &CoreError) -> Self {
        Self { code: error.code().to_owned(), message: error.to_string() }
    }
}

/// How a case was handled.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct CaseOutcome {
    /// The case number.
    pub case: String,
    /// The kind.
    pub kind: CaseKind,
    /// Who opened it.
    pub origin: Origin,
    /// Where it stands.
    pub status: CaseStatus,
    /// When it was opened.
    pub opened: Instant,
    /// Whether it counts for the norm of response time.
    pub is_measured: bool,
    /// The deadline of the first response.
    pub due: Option<Instant>,
    /// When it was answered first.
    pub answered: Option<Instant>,
    /// How its first clock ended.
    pub verdict: ClockState,
    /// What that clock counted.
    pub elapsed: Option<Amount>,
    /// When it was closed.
    pub closed: Option<Instant>,
    /// By whom.
    pub closed_by: Option<By>,
    /// The time from opening to closing, or until now.
    pub handling: Amount,
    /// Replies of the customer that asked for an answer.
    pub follow_ups: i64,
    /// Those that were answered late.
    pub follow_ups_late: i64,
    /// Whether the marketplace forwarded it.
    pub was_forwarded: bool,
    /// Whether it went back.
    pub was_returned: bool,
    /// The order number.
    pub order: Option<String>,
    /// The customer's name.
    pub customer: Option<String>,
    /// The subject.
    pub subject: Option<String>,
    /// The item.
    pub item: Option<String>,
    /// The defect.
    pub defect: Option<String>,
    /// The answers of the survey by area.
    pub scores: Option<HashMap<String, i32>>,
}

impl From<case::CaseOutcome> for CaseOutcome {
    fn from(o: case::CaseOutcome) -> Self {
        Self {
            case: o.case,
            kind: o.kind,
            origin: o.origin,
            status: o.status,
            opened: o.opened,
            is_measured: o.is_measured,
            due: o.due,
            answered: o.answered,
            verdict: o.verdict,
            elapsed: o.elapsed.map(Amount::from),
            closed: o.closed,
            closed_by: o.closed_by,
            handling: o.handling.into(),
            follow_ups: o.follow_ups.into(),
            follow_ups_late: o.follow_ups_late.into(),
            was_forwarded: o.was_forwarded,
            was_returned: o.was_returned,
            order: o.order,
            customer: o.customer,
            subject: o.subject,
            item: o.item,
            defect: o.defect,
            scores: scores(o.scores),
        }
    }
}
