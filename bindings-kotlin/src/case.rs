//! Cases, as the case book shows them.

use std::collections::HashMap;

use klokuur::case::{
    self, CaseClock, CaseKind, CaseStatus, DomainEvent, EventKind, Happening, Message, Party, Scores,
};
use klokuur::sla::{self, ClockState};
use klokuur::{BusinessDuration, KlokuurError as CoreError, ShippingMethod};

use crate::explanation::{Explanation, explanation};
use crate::fingerprints::Fingerprints;
use crate::time::{ElapsedTime, Instant};

/// The names of the events of a case.
#[uniffi::remote(Enum)]
pub enum EventKind {
    /// The case was opened.
    Opened,
    /// Seller and customer spoke by phone.
    PhoneContact,
    /// The marketplace gave it to the seller.
    Forwarded,
    /// It is open again.
    Reopened,
    /// More became known of it.
    Described,
    /// A return arrived.
    Received,
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
    /// A return or a cancellation was handled.
    Handled,
    /// It was closed.
    Closed,
    /// The customer answered the survey.
    SurveyAnswered,
    /// An earlier event said something wrong.
    Corrected,
}

/// Who did it: opened a case, sent a message, called, closed or reopened it.
#[uniffi::remote(Enum)]
pub enum Party {
    /// The customer.
    Customer,
    /// The marketplace's customer service.
    Marketplace,
    /// The seller.
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
        origin: Party,
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
    /// A return did not come in time: its notification has lapsed.
    Lapsed,
    /// The case was closed.
    Closed {
        /// By whom.
        by: Party,
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

/// One message of a case.
#[uniffi::remote(Record)]
pub struct Message {
    /// When.
    pub at: Instant,
    /// Who wrote it.
    pub from: Party,
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

/// One answer of the customer to a survey.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct SurveyAnswer {
    /// When it was given.
    pub at: Instant,
    /// The scores by area.
    pub scores: HashMap<String, i32>,
}

pub(crate) fn surveys(answers: Vec<case::SurveyAnswer>) -> Vec<SurveyAnswer> {
    let one = |case::SurveyAnswer { at, scores: given }| SurveyAnswer {
        at,
        scores: scores(Some(given)).unwrap_or_default(),
    };
    answers.into_iter().map(one).collect()
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
    /// Who answers.
    pub agent: Option<String>,
    /// How urgent it is, in the seller's own words.
    pub priority: Option<String>,
    /// How the order is shipped.
    pub shipping_method: Option<ShippingMethod>,
    /// The kind.
    pub kind: CaseKind,
    /// Who opened it.
    pub origin: Party,
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
    /// Why it is due then, where that was asked for: from the clock's start to its deadline, what counts and what is
    /// skipped.
    pub why: Option<Explanation>,
}

impl CaseRow {
    pub(crate) fn of(row: case::CaseRow, explained: bool) -> Self {
        // All fields are named: one that is missing here does not compile.
        let case::CaseRow {
            number,
            order,
            customer,
            subject,
            item,
            defect,
            agent,
            priority,
            shipping_method,
            kind,
            origin,
            status,
            opened_at,
            closed_at,
            clock,
            state,
            due,
            elapsed,
            remaining,
            late,
            is_open_long,
            goes_back_at,
            follow_up_at,
            customer_messages,
            seller_messages,
            why,
        } = row;
        Self {
            number,
            order,
            customer,
            subject,
            item,
            defect,
            agent,
            priority,
            shipping_method,
            kind,
            origin,
            status,
            opened_at: opened_at.to_utc(),
            closed_at: closed_at.map(|at| at.to_utc()),
            clock,
            state,
            due: due.map(|at| at.to_utc()),
            elapsed: elapsed.map(Amount::from),
            remaining: remaining.map(Amount::from),
            late: late.map(Amount::from),
            is_open_long,
            goes_back_at: goes_back_at.map(|at| at.to_utc()),
            follow_up_at: follow_up_at.map(|at| at.to_utc()),
            customer_messages: customer_messages.into(),
            seller_messages: seller_messages.into(),
            why: why.filter(|_| explained).map(|why| explanation(&why)),
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
    /// The last answer to a survey, by area.
    pub scores: Option<HashMap<String, i32>>,
    /// Every answer to a survey, oldest first.
    pub surveys: Vec<SurveyAnswer>,
    /// The messages, oldest first.
    pub messages: Vec<Message>,
    /// The explanations given at closing.
    pub explanations: Vec<String>,
    /// Events that the case could not take, as messages.
    pub refused: Vec<Refusal>,
    /// What it was judged by.
    pub fingerprints: Fingerprints,
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
    pub origin: Party,
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
    pub closed_by: Option<Party>,
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
    /// Who answers.
    pub agent: Option<String>,
    /// How urgent it is, in the seller's own words.
    pub priority: Option<String>,
    /// How the order is shipped.
    pub shipping_method: Option<ShippingMethod>,
    /// When a return or a cancellation was handled, the last time.
    pub handled: Option<Instant>,
    /// The result of that handling.
    pub result: Option<String>,
    /// How often seller and customer spoke by phone.
    pub phone_contacts: i64,
    /// The last answer to a survey, by area.
    pub scores: Option<HashMap<String, i32>>,
    /// Every answer to a survey, oldest first.
    pub surveys: Vec<SurveyAnswer>,
}

impl From<case::CaseOutcome> for CaseOutcome {
    fn from(outcome: case::CaseOutcome) -> Self {
        // All fields are named: one that is missing here does not compile.
        let case::CaseOutcome {
            case,
            kind,
            origin,
            status,
            opened,
            is_measured,
            due,
            answered,
            verdict,
            elapsed,
            closed,
            closed_by,
            handling,
            follow_ups,
            follow_ups_late,
            was_forwarded,
            was_returned,
            order,
            customer,
            subject,
            item,
            defect,
            agent,
            priority,
            shipping_method,
            handled,
            result,
            phone_contacts,
            scores: given,
            surveys: answers,
        } = outcome;
        Self {
            case,
            kind,
            origin,
            status,
            opened,
            is_measured,
            due,
            answered,
            verdict,
            elapsed: elapsed.map(Amount::from),
            closed,
            closed_by,
            handling: handling.into(),
            follow_ups: follow_ups.into(),
            follow_ups_late: follow_ups_late.into(),
            was_forwarded,
            was_returned,
            order,
            customer,
            subject,
            item,
            defect,
            agent,
            priority,
            shipping_method,
            handled,
            result,
            phone_contacts: phone_contacts.into(),
            scores: scores(given),
            surveys: surveys(answers),
        }
    }
}
