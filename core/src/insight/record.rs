//! The input: cases and orders as plain records.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::handling::Handling;
use crate::period::Period;

/// What insights need of one case.
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
    /// How long handling took, or has taken so far.
    #[serde(default)]
    pub handling: Handling,
    /// Whether it was answered in time; none when that is not (yet) judged.
    #[serde(default)]
    pub on_time: Option<bool>,
}

impl CaseRecord {
    /// A case of which only the date is known: the start of a record.
    pub fn opened_on(opened: NaiveDate) -> Self {
        Self { opened, subject: None, item: None, defect: None, handling: Handling::Unknown, on_time: None }
    }
}

/// How many pieces of an item were ordered on a date: what makes a count of cases a rate.
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
