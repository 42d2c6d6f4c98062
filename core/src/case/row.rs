//! What the book shows of a case.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use super::domain_event::CaseClock;
use super::event::{By, CaseKind, CaseStatus, Origin};
use super::scores::Scores;
use crate::error::KlokuurError;
use crate::sla::{Amount, ClockState};
use crate::timeline::Explanation;

/// One line of the overview.
#[derive(Debug, Clone, PartialEq, Serialize)]
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
    /// The kind of case.
    pub kind: CaseKind,
    /// Who opened it.
    pub origin: Origin,
    /// Where it stands.
    pub status: CaseStatus,
    /// When it was opened, in the schedule's zone.
    pub opened_at: DateTime<Tz>,
    /// When it was closed, in the schedule's zone.
    pub closed_at: Option<DateTime<Tz>>,
    /// The running clock with the earliest deadline; none when nothing is due.
    pub clock: Option<CaseClock>,
    /// Where that clock stands; without a running clock, how the last one of the first response ended.
    pub state: ClockState,
    /// When an answer is due at the latest.
    pub due: Option<DateTime<Tz>>,
    /// What that clock has counted.
    pub elapsed: Option<Amount>,
    /// What is left to it, never below zero.
    pub remaining: Option<Amount>,
    /// What it has counted beyond its target; zero when it is not late.
    pub late: Option<Amount>,
    /// Shown as open for a long time: the warning of a running clock has come (RULES C2).
    pub is_open_long: bool,
    /// When a forwarded case goes back to the marketplace by itself (RULES K5).
    pub goes_back_at: Option<DateTime<Tz>>,
    /// When the case is to be followed up.
    pub follow_up_at: Option<DateTime<Tz>>,
    /// How often the customer wrote, the opening included.
    pub customer_messages: u32,
    /// How often the seller wrote, automatic acknowledgements not counted.
    pub seller_messages: u32,
    /// Why it is due then: the stretches from the clock's start to its deadline, counted and skipped (RULES C8).
    pub why: Option<Explanation>,
}

/// One case with its history.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Case {
    /// The line of the overview.
    pub row: CaseRow,
    /// When the survey may go out, or might have (RULES Q2); none when the case is not closed or bears none.
    pub survey_at: Option<DateTime<Tz>>,
    /// The answer to the survey.
    pub scores: Option<Scores>,
    /// The messages, oldest first.
    pub messages: Vec<Message>,
    /// The explanations given when closing, oldest first.
    pub explanations: Vec<String>,
    /// The events that the case could not take, each as the error that names it.
    #[serde(skip)]
    pub refused: Vec<KlokuurError>,
}

/// One message of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    /// When it was sent.
    pub at: DateTime<Utc>,
    /// Who sent it.
    pub from: Sender,
    /// An automatic acknowledgement (RULES K11).
    pub automatic: bool,
    /// The text, when known.
    pub text: Option<String>,
}

/// Who sent a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sender {
    /// The customer.
    Customer,
    /// The seller.
    Seller,
    /// The marketplace's customer service, which opened the case.
    Marketplace,
}

/// How a case came out: one row a case, for norms, insights and overviews.
#[derive(Debug, Clone, PartialEq, Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseOutcome {
    /// The case number.
    pub case: String,
    /// The kind of case.
    pub kind: CaseKind,
    /// Who opened it.
    pub origin: Origin,
    /// Where it stands.
    pub status: CaseStatus,
    /// When it was opened; for a customer's question, when it was asked.
    pub opened: DateTime<Utc>,
    /// Whether its first response counts for the norm: a question of a customer (RULES K8, N).
    pub is_measured: bool,
    /// When the first response was due; none when there is none to give.
    pub due: Option<DateTime<Utc>>,
    /// When the first response was given.
    pub answered: Option<DateTime<Utc>>,
    /// How the first response came out.
    pub verdict: ClockState,
    /// What the clock of the first response has counted, up to its end or now.
    pub elapsed: Option<Amount>,
    /// When the case was closed.
    pub closed: Option<DateTime<Utc>>,
    /// By whom it was closed.
    pub closed_by: Option<By>,
    /// The clock hours from opening to closing, or to now.
    pub handling: Amount,
    /// How many replies of the customer asked for an answer.
    pub follow_ups: u32,
    /// How many of them were or are late.
    pub follow_ups_late: u32,
    /// Whether the marketplace's customer service gave it to the seller.
    pub was_forwarded: bool,
    /// Whether it went back because the seller did not answer.
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
    /// The answer to the survey.
    pub scores: Option<Scores>,
}
