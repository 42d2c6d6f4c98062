//! The last whole month (RULES I3).

use chrono::{DateTime, Datelike};
use serde::{Deserialize, Serialize};

use super::late::LateCase;
use super::lists::{CaseList, lists};
use crate::case::CaseOutcome;
use crate::error::Result;
use crate::fingerprints::Fingerprints;
use crate::insight::{CaseRecord, Dimension, ItemOrders, Overview, OverviewQuery};
use crate::period::Period;
use crate::rulebook::Ratio;
use crate::time::Zone;

/// The cases that were closed in the last whole month, by subject.
///
/// Shown at [`SubjectPicture`](super::SubjectPicture).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonthPicture {
    /// In total and by subject: counts, handling times, the share on time.
    pub overview: Overview,
    /// The late ones, which are missing from the share on time, by case number.
    pub late: Vec<LateCase>,
    /// All of them by item and subject.
    pub lists: Vec<CaseList>,
}

impl MonthPicture {
    /// `outcomes` are those that `records` were made of, in the same order.
    pub(super) fn of(
        outcomes: &[CaseOutcome],
        records: &[CaseRecord],
        orders: &[ItemOrders],
        now: DateTime<Zone>,
        confidence: Ratio,
        fingerprints: &Fingerprints,
    ) -> Result<Self> {
        let today = now.date_naive();
        let this_month = Period::month(today.year(), today.month())?;
        let last = this_month.first().pred_opt().unwrap_or(today);
        let query = OverviewQuery {
            confidence: confidence.to_f64(),
            ..OverviewQuery::month(last.year(), last.month())?.by([Dimension::Subject])
        };
        let overview = Overview::of(records, orders, &query)?;
        let closed = |record: &CaseRecord| record.closed.is_some_and(|on| query.period.contains(on));
        let counted: Vec<&CaseOutcome> =
            outcomes.iter().zip(records).filter(|(_, r)| closed(r)).map(|(outcome, _)| outcome).collect();
        Ok(Self {
            overview: overview.with_fingerprints(fingerprints.clone()),
            late: counted.iter().filter_map(|outcome| LateCase::of(outcome, now)).collect(),
            lists: lists(counted),
        })
    }
}
