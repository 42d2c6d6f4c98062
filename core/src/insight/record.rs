//! The input: cases and orders as plain records.

use std::collections::BTreeMap;

use crate::time::{CalendarDate, Zone};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::handling::Handling;
use crate::case::{CaseKind, CaseOutcome, Party};
use crate::period::Period;
use crate::shipping::ShippingMethod;
use crate::sla::{Amount, ClockState};

/// What insights need of one case.
///
/// ```
/// # use klokuur::Period;
/// # use klokuur::insight::CaseRecord;
/// let march = Period::month(2026, 3)?;
/// let record = CaseRecord { item: Some("lamp".into()), ..CaseRecord::opened_on(march.first()) };
/// assert_eq!((record.opened, record.closed), (march.first(), None)); // it still runs
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseRecord {
    /// The local date on which the case was opened.
    pub opened: NaiveDate,
    /// What it is about.
    #[serde(default)]
    pub subject: Option<String>,
    /// The item that it is about.
    #[serde(default)]
    pub item: Option<String>,
    /// What is wrong with the item.
    #[serde(default)]
    pub defect: Option<String>,
    /// The local date on which it was closed; none while it runs.
    #[serde(default)]
    pub closed: Option<NaiveDate>,
    /// Question, return or cancellation.
    #[serde(default)]
    pub kind: CaseKind,
    /// Who opened it.
    #[serde(default)]
    pub origin: Party,
    /// Who answers.
    #[serde(default)]
    pub agent: Option<String>,
    /// How the order is shipped.
    #[serde(default)]
    pub shipping_method: Option<ShippingMethod>,
    /// How long handling took, or has taken so far.
    #[serde(default)]
    pub handling: Handling,
    /// Whether it was answered in time; none when that is not (yet) judged.
    #[serde(default)]
    pub on_time: Option<bool>,
}

impl CaseRecord {
    /// A case of which only the date is known: the start of a record.
    pub fn opened_on(opened: impl CalendarDate) -> Self {
        Self {
            opened: opened.naive(),
            subject: None,
            item: None,
            defect: None,
            closed: None,
            kind: CaseKind::default(),
            origin: Party::Customer,
            agent: None,
            shipping_method: None,
            handling: Handling::Unknown,
            on_time: None,
        }
    }

    /// What a case's outcome says, dated in `zone`. A case that is not closed is still being handled; one whose first
    /// response is not judged yet, or owes none, is neither on time nor late.
    pub fn of(outcome: &CaseOutcome, zone: impl Into<Zone>) -> Self {
        let handling = match (outcome.handling, outcome.closed) {
            (Amount::Business(time), Some(_)) => Handling::Done(time),
            (Amount::Business(time), None) => Handling::Running(time),
            // Elapsed time is no business time, and the two never mix.
            (Amount::Elapsed(_), _) => Handling::Unknown,
        };
        let zone = zone.into();
        let date = |at: DateTime<Utc>| zone.date_of(at);
        Self {
            opened: date(outcome.opened),
            subject: outcome.subject.clone(),
            item: outcome.item.clone(),
            defect: outcome.defect.clone(),
            closed: outcome.closed.map(date),
            kind: outcome.kind,
            origin: outcome.origin,
            agent: outcome.agent.clone(),
            shipping_method: outcome.shipping_method,
            handling,
            on_time: match outcome.verdict {
                ClockState::Met => Some(true),
                ClockState::Breached => Some(false),
                _ => None,
            },
        }
    }
}

/// How many pieces of an item were ordered on a date: what makes a count of cases a rate.
///
/// Shown at [`SubjectOverview`](super::SubjectOverview).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemOrders {
    /// The local date.
    pub date: NaiveDate,
    /// The item.
    pub item: String,
    /// The ordered pieces.
    pub orders: u64,
}

/// The orders of every item in a period; items that have orders at another time count 0.
pub(super) fn orders_in(orders: &[ItemOrders], period: Period) -> BTreeMap<&str, u64> {
    let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
    for row in orders {
        let sum = sums.entry(row.item.as_str()).or_default();
        if period.contains(row.date) {
            *sum = sum.saturating_add(row.orders);
        }
    }
    sums
}

/// Cases per order; none where orders are not known or there are none.
pub(super) fn rate(cases: u64, orders: Option<u64>) -> Option<f64> {
    orders.filter(|&orders| orders > 0).map(|orders| cases as f64 / orders as f64)
}
