//! What cases are about, over time and by item.

use klokuur::insight;

use crate::error::Result;
use crate::fingerprints::Fingerprints;
use crate::insight::{CaseRecord, ItemOrders, records};
use crate::rulebook::Rulebook;
use crate::time::{IsoWeek, Period, signed};

/// How many cases are about a subject.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct SubjectCases {
    /// The subject; none for the cases without one.
    pub subject: Option<String>,
    /// How many cases.
    pub cases: i64,
    /// Their share of all cases counted here, 0 to 1.
    pub share: f64,
}

fn subjects(subjects: Vec<insight::SubjectCases>) -> Vec<SubjectCases> {
    let one = |s: insight::SubjectCases| SubjectCases {
        subject: s.subject,
        cases: signed(s.cases),
        share: s.share,
    };
    subjects.into_iter().map(one).collect()
}

/// The subjects of one ISO week.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct WeekCases {
    /// The week; only its dates within the period count.
    pub week: IsoWeek,
    /// How many cases.
    pub cases: i64,
    /// The subjects, most cases first.
    pub subjects: Vec<SubjectCases>,
}

/// The cases of one item.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ItemCases {
    /// The item.
    pub item: String,
    /// How many cases.
    pub cases: i64,
    /// Its ordered pieces in the period; none when not known.
    pub orders: Option<i64>,
    /// Cases per ordered piece; none without orders.
    pub rate: Option<f64>,
    /// The subjects, most cases first.
    pub subjects: Vec<SubjectCases>,
}

fn items(items: Vec<insight::ItemCases>) -> Vec<ItemCases> {
    let one = |item: insight::ItemCases| ItemCases {
        item: item.item,
        cases: signed(item.cases),
        orders: item.orders.map(signed),
        rate: item.rate,
        subjects: subjects(item.subjects),
    };
    items.into_iter().map(one).collect()
}

/// The subjects of the cases of a period, by week and by item.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct SubjectOverview {
    /// The dates.
    pub period: Period,
    /// All cases opened on them.
    pub cases: i64,
    /// The subjects, most cases first.
    pub subjects: Vec<SubjectCases>,
    /// The same by ISO week, in order, the empty weeks included.
    pub weeks: Vec<WeekCases>,
    /// The items that have cases, most cases first.
    pub items: Vec<ItemCases>,
    /// The items with more cases for their orders than all items together, most cases first.
    pub relatively_many: Vec<ItemCases>,
    /// What judged its cases, where that was said; else the rules alone.
    pub fingerprints: Fingerprints,
}

/// What the cases opened in a period are about.
///
/// # Errors
/// - a period shorter or longer than the rules accept: 28 days to 6 months for bol
/// - orders below 0: the message names their row
#[uniffi::export(default(orders = [], fingerprints = None))]
pub fn subject_overview(
    rules: &Rulebook,
    cases: Vec<CaseRecord>,
    period: Period,
    orders: Vec<ItemOrders>,
    fingerprints: Option<Fingerprints>,
) -> Result<SubjectOverview> {
    let (period, orders) = (period.core()?, crate::insight::orders(orders)?);
    let found = insight::SubjectOverview::of(&records(cases), &orders, period, &rules.0.insight)?;
    let week = |week: insight::WeekCases| WeekCases {
        week: week.week.into(),
        cases: signed(week.cases),
        subjects: subjects(week.subjects),
    };
    Ok(SubjectOverview {
        fingerprints: fingerprints.unwrap_or_else(|| Fingerprints::of_rules(rules)),
        period: found.period.into(),
        cases: signed(found.cases),
        subjects: subjects(found.subjects),
        weeks: found.weeks.into_iter().map(week).collect(),
        items: items(found.items),
        relatively_many: items(found.relatively_many),
    })
}
