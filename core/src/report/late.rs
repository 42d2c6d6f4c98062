//! A late case, as it stands behind a share.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::case::CaseOutcome;
use crate::sla::{Amount, ClockState};
use crate::time::Zone;

/// A case whose first response came late, or is late and still to come.
///
/// Shown at [`NormWeek`](super::NormWeek).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LateCase {
    /// The case.
    pub case: String,
    /// Its order, where it is told.
    pub order: Option<String>,
    /// Its subject, where it has one.
    pub subject: Option<String>,
    /// Its item, where it is told.
    pub item: Option<String>,
    /// Who answers it, where that is told.
    pub agent: Option<String>,
    /// When it was opened.
    #[serde(deserialize_with = "crate::time::zoned")]
    pub opened: DateTime<Zone>,
    /// When the response was due; none where that is not known any more.
    #[serde(default, deserialize_with = "crate::time::zoned_if_any")]
    pub due: Option<DateTime<Zone>>,
    /// When it came; none while it is still to come.
    #[serde(default, deserialize_with = "crate::time::zoned_if_any")]
    pub answered: Option<DateTime<Zone>>,
    /// How long after the deadline that is, all hours counted.
    pub late: Option<Amount>,
}

impl LateCase {
    /// What an outcome says at `now`; none when it is not late.
    pub(super) fn of(outcome: &CaseOutcome, now: DateTime<Zone>) -> Option<Self> {
        if outcome.verdict != ClockState::Breached {
            return None;
        }
        let local = |at: DateTime<Utc>| at.with_timezone(&now.timezone());
        let until = outcome.answered.unwrap_or(now.to_utc());
        Some(Self {
            case: outcome.case.clone(),
            order: outcome.order.clone(),
            subject: outcome.subject.clone(),
            item: outcome.item.clone(),
            agent: outcome.agent.clone(),
            opened: local(outcome.opened),
            due: outcome.due.map(local),
            answered: outcome.answered.map(local),
            late: outcome.due.map(|due| Amount::Elapsed(until.signed_duration_since(due))),
        })
    }
}
