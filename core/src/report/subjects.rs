//! What the cases of the past weeks are about (RULES I1).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::lists::{CaseList, lists};
use crate::case::CaseOutcome;
use crate::error::Result;
use crate::fingerprints::Fingerprints;
use crate::insight::{CaseRecord, ItemOrders, SubjectOverview};
use crate::period::Period;
use crate::rulebook::InsightRules;

/// Subjects and items of the trailing window, and the cases behind each count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectPicture {
    /// The counts: by subject, by week, by item, and the items with relatively many cases.
    pub overview: SubjectOverview,
    /// The cases of every item and subject in the window.
    pub lists: Vec<CaseList>,
}

impl SubjectPicture {
    /// `outcomes` are those that `records` were made of, in the same order.
    pub(super) fn of(
        outcomes: &[CaseOutcome],
        records: &[CaseRecord],
        orders: &[ItemOrders],
        today: NaiveDate,
        rules: &InsightRules,
        fingerprints: &Fingerprints,
    ) -> Result<Self> {
        let period = Period::trailing_days(today, rules.shortest_days)?;
        let overview = SubjectOverview::of(records, orders, period, rules)?;
        let counted = outcomes.iter().zip(records).filter(|(_, record)| period.contains(record.opened));
        Ok(Self {
            overview: overview.with_fingerprints(fingerprints.clone()),
            lists: lists(counted.map(|(outcome, _)| outcome)),
        })
    }
}
