//! The service norms week by week (RULES N).

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use serde::{Deserialize, Serialize};

use super::late::LateCase;
use super::orders::{CountedOrder, OrdersAgainst};
use crate::case::CaseOutcome;
use crate::norm::{
    CANCELLATIONS, FULFILMENT, Finality, Forecast, HANDOVER, NPS, ON_TIME, RESPONSE_TIME, RETURNS,
    TRACK_AND_TRACE, WeekResult,
};
use crate::rulebook::{RulebookHistory, RulesByWeek};
use crate::time::Zone;
use crate::week::IsoWeek;

/// The norms behind which order lines stand.
const ORDER_NORMS: [&str; 6] = [FULFILMENT, ON_TIME, HANDOVER, CANCELLATIONS, TRACK_AND_TRACE, RETURNS];

/// The norms of one week.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::Rulebook;
/// # use klokuur::case::{CaseEvent, Opening, Party, What};
/// # use klokuur::log::ExportedLine;
/// # use klokuur::norm::{OrderLine, RESPONSE_TIME};
/// # use klokuur::report::{Picture, SellerData};
/// let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
/// let events = [
///     CaseEvent::new("K-1", at("2026-03-13T14:00:00Z"), What::Opened(Opening::by(Party::Customer))),
///     CaseEvent::new("K-1", at("2026-03-16T15:00:00Z"), What::seller_message()), // an hour after the deadline
/// ];
/// let line = OrderLine {
///     delivered_at: Some(at("2026-03-13T10:00:00Z")), // promised for the 12th
///     ..OrderLine::new(at("2026-03-10T09:00:00Z"), 1, "2026-03-12".parse::<chrono::NaiveDate>()?)
/// };
/// let order = ExportedLine { row: 2, order: "A-7".into(), item: Some("lamp".into()), line };
/// let data = SellerData::of_events(events).with_orders(vec![order]);
/// let picture = Picture::of(&data, &Rulebook::bol(), at("2026-03-23T08:00:00Z"))?;
/// let week = picture.weeks.iter().find(|week| week.first.to_string() == "2026-03-09").ok_or("no such week")?;
/// let late = week.norms.iter().find(|norm| norm.result.norm == RESPONSE_TIME).ok_or("no response time")?;
/// assert_eq!(late.late[0].case, "K-1"); // the case behind the share
/// let orders = week.norms.iter().find(|norm| !norm.orders.is_empty()).ok_or("no order counts")?;
/// assert_eq!((orders.orders[0].order.as_str(), orders.orders[0].row), ("A-7", 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NormWeek {
    /// The week.
    pub week: IsoWeek,
    /// Its Monday.
    pub first: NaiveDate,
    /// Its Sunday.
    pub last: NaiveDate,
    /// The norms that have numbers, in the order of the rulebook.
    pub norms: Vec<NormOfWeek>,
    /// The norms that have none: no data, no verdict (RULES N2).
    pub without_data: Vec<String>,
}

/// A norm in a week.
///
/// Shown at [`NormWeek`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NormOfWeek {
    /// The numbers and verdicts.
    pub result: WeekResult,
    /// The value, for display: 0.93, a mean or points.
    pub value: Option<f64>,
    /// What the week can still take, and what repairs it (RULES N3); none once it is final, and where no items are
    /// counted.
    pub forecast: Option<Forecast>,
    /// An NPS of fewer answers than the guideline: an indication only (RULES Q4).
    pub is_indication: bool,
    /// Of the response time: the cases that were answered late, or are late and unanswered, by case number.
    pub late: Vec<LateCase>,
    /// Of a norm that is measured on orders: the lines that count against it, in the order of the export.
    pub orders: Vec<CountedOrder>,
}

/// Every week with numbers, and the last two without too, the oldest first.
pub(super) fn norm_weeks(
    results: &[WeekResult],
    outcomes: &[CaseOutcome],
    mut orders: OrdersAgainst,
    history: &RulebookHistory,
    now: DateTime<Zone>,
) -> Vec<NormWeek> {
    let this_week = IsoWeek::of(now.date_naive());
    let mut weeks: BTreeMap<IsoWeek, Vec<&WeekResult>> =
        [this_week.pred(), this_week].map(|week| (week, Vec::new())).into();
    for result in results {
        weeks.entry(result.week).or_default().push(result);
    }
    let mut late: BTreeMap<IsoWeek, Vec<LateCase>> = BTreeMap::new();
    for outcome in outcomes.iter().filter(|outcome| outcome.is_measured) {
        if let Some(case) = LateCase::of(outcome, now) {
            late.entry(IsoWeek::of(case.opened.date_naive())).or_default().push(case);
        }
    }
    let mut of_orders = |week, name: &str| {
        ORDER_NORMS.into_iter().find(|norm| *norm == name).and_then(|norm| orders.remove(&(week, norm)))
    };
    let week = |(week, results): (IsoWeek, Vec<&WeekResult>)| {
        let rules = history.rules_of_week(week).ok();
        let norms = rules.map_or(&[][..], |rules| &rules.norms);
        let has = |name: &str| results.iter().any(|result| result.norm == name);
        let guideline = rules.map_or(0, |rules| u64::from(rules.survey.guideline));
        NormWeek {
            week,
            first: week.monday(),
            last: week.sunday(),
            without_data: norms
                .iter()
                .filter(|norm| !has(&norm.name))
                .map(|norm| norm.name.clone())
                .collect(),
            norms: results
                .iter()
                .map(|result| NormOfWeek {
                    value: result.value(),
                    forecast: (result.finality == Finality::Provisional && result.bad.is_some())
                        .then(|| result.forecast()),
                    is_indication: result.norm == NPS && result.denominator < guideline,
                    late: match result.norm.as_str() {
                        RESPONSE_TIME => late.remove(&week).unwrap_or_default(),
                        _ => Vec::new(),
                    },
                    orders: of_orders(week, &result.norm).unwrap_or_default(),
                    result: (*result).clone(),
                })
                .collect(),
        }
    };
    weeks.into_iter().map(week).collect()
}
