//! What comes up more often than it used to (RULES I4).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::case::CaseOutcome;
use crate::error::Result;
use crate::fingerprints::Fingerprints;
use crate::insight::{CaseRecord, ItemOrders, Signal, SignalKind, SignalLevel, SignalReport};
use crate::rulebook::InsightRules;

/// The signals of a picture, and the cases behind each.
///
/// Shown at [`SubjectPicture`](super::SubjectPicture).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignalPicture {
    /// The signals with the numbers that justify them.
    pub report: SignalReport,
    /// The recent cases of each signal, in the order of the signals.
    pub cases: Vec<Vec<String>>,
}

impl SignalPicture {
    /// `outcomes` are those that `records` were made of, in the same order.
    pub(super) fn of(
        outcomes: &[CaseOutcome],
        records: &[CaseRecord],
        orders: &[ItemOrders],
        today: NaiveDate,
        rules: &InsightRules,
        fingerprints: &Fingerprints,
    ) -> Result<Self> {
        let report = SignalReport::of(records, orders, today, rules)?;
        let recent: Vec<(&CaseOutcome, &CaseRecord)> = outcomes
            .iter()
            .zip(records)
            .filter(|(_, record)| report.recent.contains(record.opened))
            .collect();
        let behind = |signal: &Signal| {
            let of_signal = recent.iter().filter(|(_, record)| is_of(signal, record));
            of_signal.map(|(outcome, _)| outcome.case.clone()).collect()
        };
        let cases = report.signals.iter().map(behind).collect();
        Ok(Self { report: report.with_fingerprints(fingerprints.clone()), cases })
    }
}

fn is_of(signal: &Signal, record: &CaseRecord) -> bool {
    let is_there = match signal.level {
        SignalLevel::Item | SignalLevel::NewItem => record.item == signal.item,
        SignalLevel::WithoutItem => record.item.is_none(),
        SignalLevel::AllItems => true,
    };
    let name = match signal.kind {
        SignalKind::Subject => &record.subject,
        SignalKind::Defect => &record.defect,
    };
    is_there && name.is_some() && (signal.name.is_none() || *name == signal.name)
}
