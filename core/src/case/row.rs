//! What the book shows of a case.

use crate::time::Zone;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::domain_event::CaseClock;
use super::event::{CaseKind, CaseStatus, Party};
use super::scores::Scores;
use super::survey::SurveyAnswer;
use crate::error::KlokuurError;
use crate::fingerprints::Fingerprints;
use crate::shipping::ShippingMethod;
use crate::sla::{Amount, ClockState};
use crate::timeline::Explanation;

facts!(with_facts {
    named_fields!
    /// One line of the overview.
    ///
    /// ```
    /// # use chrono::{DateTime, Utc};
    /// # use klokuur::{CaseBook, CaseEvent, Opening, Party, Rulebook, What};
    /// let mut book = CaseBook::of(&Rulebook::bol())?;
    /// let asked: DateTime<Utc> = "2026-03-13T14:00:00Z".parse()?; // a Friday, 15:00 in Amsterdam
    /// book.apply(CaseEvent::new("K-1", asked, What::Opened(Opening::by(Party::Customer))))?;
    /// let row = &book.overview(asked)?[0];
    /// assert_eq!(row.due.map(|due| due.to_rfc3339()).as_deref(), Some("2026-03-16T15:00:00+01:00"));
    /// let why = row.why.as_ref().ok_or("no clock runs")?;
    /// assert!(why.to_string().ends_with("9 h on Friday 13 March, weekend skipped, 15 h on Monday 16 March"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct CaseRow {
        /// The case number.
        number: String,
        /// How the order is shipped.
        shipping_method: Option<ShippingMethod>,
        /// The kind of case.
        kind: CaseKind,
        /// Who opened it.
        origin: Party,
        /// Where it stands.
        status: CaseStatus,
        /// When it was opened, in the schedule's zone.
        #[serde(deserialize_with = "crate::time::zoned")]
        opened_at: DateTime<Zone>,
        /// When it was closed, in the schedule's zone.
        #[serde(default, deserialize_with = "crate::time::zoned_if_any")]
        closed_at: Option<DateTime<Zone>>,
        /// The running clock with the earliest deadline; none when nothing is due.
        clock: Option<CaseClock>,
        /// Where that clock stands; without a running clock, how the last one of the first response ended.
        state: ClockState,
        /// When an answer is due at the latest.
        #[serde(default, deserialize_with = "crate::time::zoned_if_any")]
        due: Option<DateTime<Zone>>,
        /// What that clock has counted.
        elapsed: Option<Amount>,
        /// What is left to it, never below zero.
        remaining: Option<Amount>,
        /// What it has counted beyond its target; zero when it is not late.
        late: Option<Amount>,
        /// Shown as open for a long time: the warning of a running clock has come (RULES C2).
        is_open_long: bool,
        /// When a forwarded case goes back to the marketplace by itself (RULES K5).
        #[serde(default, deserialize_with = "crate::time::zoned_if_any")]
        goes_back_at: Option<DateTime<Zone>>,
        /// When the case is to be followed up.
        #[serde(default, deserialize_with = "crate::time::zoned_if_any")]
        follow_up_at: Option<DateTime<Zone>>,
        /// How often the customer wrote, the opening included.
        customer_messages: u32,
        /// How often the seller wrote, automatic acknowledgements not counted.
        seller_messages: u32,
        /// Why it is due then: the stretches from the clock's start to its deadline, counted and skipped (RULES C8).
        why: Option<Explanation>,
    }
});

/// How the cases of a log came out, and what of the log was refused: errors, or rows with their errors.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::case::{CaseEvent, Opening, Party, What, evaluate};
/// # use klokuur::{Rulebook, sla::ClockState};
/// let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
/// let log = [
///     CaseEvent::new("K-1", at("2026-03-13T14:00:00Z"), What::Opened(Opening::by(Party::Customer))),
///     CaseEvent::new("K-1", at("2026-03-16T09:00:00Z"), What::seller_message()),
///     CaseEvent::new("K-2", at("2026-03-16T09:00:00Z"), What::seller_message()), // never opened
/// ];
/// let came_out = evaluate(&log, &Rulebook::bol(), at("2026-03-20T00:00:00Z"))?;
/// assert_eq!(came_out.outcomes[0].verdict, ClockState::Met);
/// assert_eq!(came_out.refused.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Outcomes<R = KlokuurError> {
    /// One row a case, by case number.
    pub outcomes: Vec<CaseOutcome>,
    /// The events that were refused.
    pub refused: Vec<R>,
    /// What the cases were judged by (RULES I5).
    pub fingerprints: Fingerprints,
}

/// One case with its history (RULES K1).
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::{CaseBook, CaseEvent, Opening, Party, Rulebook, What};
/// let mut book = CaseBook::of(&Rulebook::bol())?;
/// let asked: DateTime<Utc> = "2026-03-13T14:00:00Z".parse()?;
/// let opening = Opening { text: Some("Where is my lamp?".into()), ..Opening::by(Party::Customer) };
/// book.apply(CaseEvent::new("K-1", asked, What::Opened(opening)))?;
/// let case = book.case("K-1", asked)?.ok_or("no such case")?;
/// assert_eq!(case.messages[0].text.as_deref(), Some("Where is my lamp?"));
/// assert_eq!(case.messages[0].from, Party::Customer);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The line of the overview.
    pub row: CaseRow,
    /// When the survey may go out, or might have (RULES Q2); none when the case is not closed or bears none.
    #[serde(default, deserialize_with = "crate::time::zoned_if_any")]
    pub survey_at: Option<DateTime<Zone>>,
    /// The last answer to a survey.
    pub scores: Option<Scores>,
    /// Every answer to a survey, oldest first.
    pub surveys: Vec<SurveyAnswer>,
    /// The messages, oldest first.
    pub messages: Vec<Message>,
    /// The explanations given when closing, oldest first.
    pub explanations: Vec<String>,
    /// What it was judged by (RULES I5).
    pub fingerprints: Fingerprints,
    /// The events that the case could not take, each as the error that names it.
    #[serde(skip)]
    pub refused: Vec<KlokuurError>,
}

/// One message of a case.
///
/// Shown at [`Case`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// When it was sent.
    pub at: DateTime<Utc>,
    /// Who sent it.
    pub from: Party,
    /// An automatic acknowledgement (RULES K11).
    pub automatic: bool,
    /// The text, when known.
    pub text: Option<String>,
}

facts!(with_facts {
    columns_of_cells!
    /// How a case came out: one row a case, for norms, insights and overviews.
    ///
    /// Shown at [`Outcomes`].
    #[derive(Debug, Clone, PartialEq, Serialize, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct CaseOutcome {
        /// The case number.
        case: String,
        /// The kind of case.
        kind: CaseKind,
        /// Who opened it.
        origin: Party,
        /// Where it stands.
        status: CaseStatus,
        /// When it was opened; for a customer's question, when it was asked.
        opened: DateTime<Utc>,
        /// Whether its first response counts for the norm: a question of a customer (RULES K8, N).
        is_measured: bool,
        /// When the first response was due; none when there is none to give.
        due: Option<DateTime<Utc>>,
        /// When the first response was given.
        answered: Option<DateTime<Utc>>,
        /// How the first response came out.
        verdict: ClockState,
        /// What the clock of the first response has counted, up to its end or now.
        elapsed: Option<Amount>,
        /// When the case was closed.
        closed: Option<DateTime<Utc>>,
        /// By whom it was closed.
        closed_by: Option<Party>,
        /// The clock hours from opening to closing, or to now.
        handling: Amount,
        /// How many replies of the customer asked for an answer.
        follow_ups: u32,
        /// How many of them were or are late.
        follow_ups_late: u32,
        /// Whether the marketplace's customer service gave it to the seller.
        was_forwarded: bool,
        /// Whether it went back because the seller did not answer.
        was_returned: bool,
        /// When a return or a cancellation was handled, the last time.
        handled: Option<DateTime<Utc>>,
        /// The result of that handling.
        result: Option<String>,
        /// How often the seller and the customer spoke by phone.
        #[serde(default)]
        phone_contacts: u32,
        /// How the order is shipped.
        shipping_method: Option<ShippingMethod>,
        /// The last answer to a survey.
        scores: Option<Scores>,
        /// Every answer to a survey, oldest first.
        #[serde(default)]
        surveys: Vec<SurveyAnswer>,
    }
});
