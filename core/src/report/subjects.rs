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
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::Rulebook;
/// # use klokuur::case::{CaseEvent, Opening, Party, What};
/// # use klokuur::report::{Picture, SellerData};
/// let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
/// let opening = Opening {
///     item: Some("lamp".into()),
///     subject: Some("does not work".into()),
///     ..Opening::by(Party::Customer)
/// };
/// let events = [
///     CaseEvent::new("K-1", at("2026-02-24T10:00:00Z"), What::Opened(opening)),
///     CaseEvent::new("K-1", at("2026-02-24T11:00:00Z"), What::seller_message()),
///     CaseEvent::new("K-1", at("2026-02-24T12:00:00Z"), What::closed(Party::Seller)),
/// ];
/// let picture = Picture::of(&SellerData::of_events(events), &Rulebook::bol(), at("2026-03-02T08:00:00Z"))?;
/// let list = &picture.subjects.lists[0];
/// assert_eq!((list.item.as_deref(), list.cases.clone()), (Some("lamp"), vec!["K-1".to_owned()]));
/// assert_eq!(picture.month.overview.total.cases, 1); // closed in February
/// assert!(picture.month.late.is_empty());
/// assert!(picture.signals.report.signals.is_empty() && picture.signals.cases.is_empty()); // one case is no signal
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
