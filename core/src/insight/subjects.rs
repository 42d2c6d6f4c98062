//! What cases are about, over time and by item (RULES I1).

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::record::{CaseRecord, ItemOrders, orders_in, rate};
use crate::error::{KlokuurError, Result};
use crate::fingerprints::Fingerprints;
use crate::period::Period;
use crate::rulebook::InsightRules;
use crate::week::IsoWeek;

/// The subjects of the cases of a period, by week and by item (RULES I1).
///
/// ```
/// # use klokuur::{Period, Rulebook};
/// # use klokuur::insight::{CaseRecord, ItemOrders, SubjectOverview};
/// let march = Period::month(2026, 3)?;
/// let case = |item: &str| CaseRecord {
///     item: Some(item.into()),
///     subject: Some("delivery".into()),
///     ..CaseRecord::opened_on(march.first())
/// };
/// let orders = [ItemOrders { date: march.first(), item: "lamp".into(), orders: 4 }];
/// let cases = [case("lamp"), case("lamp"), case("clock")];
/// let overview = SubjectOverview::of(&cases, &orders, march, &Rulebook::bol().insight)?;
/// assert_eq!((overview.subjects[0].cases, overview.subjects[0].share), (3, 1.0));
/// assert_eq!((overview.items[0].item.as_str(), overview.items[0].rate), ("lamp", Some(0.5)));
/// assert_eq!(overview.weeks[0].cases, 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectOverview {
    /// The dates.
    pub period: Period,
    /// All cases opened on them.
    pub cases: u64,
    /// The subjects, most cases first.
    pub subjects: Vec<SubjectCases>,
    /// The same by ISO week, in order, the empty weeks included.
    pub weeks: Vec<WeekCases>,
    /// The items that have cases, most cases first.
    pub items: Vec<ItemCases>,
    /// The items with relatively many cases, most cases first.
    ///
    /// Relatively many (ours): the item's cases per order are above those of all items with orders together; where
    /// no orders are known, its cases are above the mean of all items with cases.
    pub relatively_many: Vec<ItemCases>,
    /// What judged its cases (RULES I5), where [`with_fingerprints`](Self::with_fingerprints) says it.
    pub fingerprints: Option<Fingerprints>,
}

/// How many cases are about a subject.
///
/// Shown at [`SubjectOverview`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectCases {
    /// The subject; none for the cases without one.
    pub subject: Option<String>,
    /// How many cases.
    pub cases: u64,
    /// Their share of all cases counted here, 0 to 1.
    pub share: f64,
}

/// The subjects of one ISO week.
///
/// Shown at [`SubjectOverview`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeekCases {
    /// The week; only its dates within the period count.
    pub week: IsoWeek,
    /// How many cases.
    pub cases: u64,
    /// The subjects, most cases first.
    pub subjects: Vec<SubjectCases>,
}

/// The cases of one item.
///
/// Shown at [`SubjectOverview`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemCases {
    /// The item.
    pub item: String,
    /// How many cases.
    pub cases: u64,
    /// Its ordered pieces in the period; none when not known.
    pub orders: Option<u64>,
    /// Cases per ordered piece; none without orders.
    pub rate: Option<f64>,
    /// The subjects, most cases first.
    pub subjects: Vec<SubjectCases>,
}

impl SubjectOverview {
    /// The same with what judged its cases: the book's, or those of a whole log.
    #[must_use]
    pub fn with_fingerprints(self, fingerprints: Fingerprints) -> Self {
        Self { fingerprints: Some(fingerprints), ..self }
    }

    /// Counts the cases opened in a period of 28 days to 6 months, or what the rules say; `orders` may be empty.
    ///
    /// # Errors
    /// - the period is shorter or longer than the rules accept
    pub fn of(
        cases: &[CaseRecord],
        orders: &[ItemOrders],
        period: Period,
        rules: &InsightRules,
    ) -> Result<Self> {
        check_length(period, rules)?;
        let orders = orders_in(orders, period);
        let counted: Vec<&CaseRecord> = cases.iter().filter(|case| period.contains(case.opened)).collect();
        let mut by_week: BTreeMap<IsoWeek, Vec<&CaseRecord>> =
            period.weeks().into_iter().map(|week| (week, Vec::new())).collect();
        let mut by_item: BTreeMap<&str, Vec<&CaseRecord>> = BTreeMap::new();
        for case in &counted {
            by_week.entry(IsoWeek::of(case.opened)).or_default().push(case);
            if let Some(item) = &case.item {
                by_item.entry(item).or_default().push(case);
            }
        }
        let week = |(week, cases): (IsoWeek, Vec<&CaseRecord>)| WeekCases {
            week,
            cases: cases.len() as u64,
            subjects: subjects(&cases),
        };
        let item = |(item, cases): (&str, Vec<&CaseRecord>)| {
            let orders = orders.get(item).copied();
            let count = cases.len() as u64;
            let rate = rate(count, orders);
            ItemCases { item: item.to_owned(), cases: count, orders, rate, subjects: subjects(&cases) }
        };
        let mut items: Vec<ItemCases> = by_item.into_iter().map(item).collect();
        items.sort_by_key(|item| Reverse(item.cases));
        Ok(Self {
            period,
            cases: counted.len() as u64,
            subjects: subjects(&counted),
            weeks: by_week.into_iter().map(week).collect(),
            relatively_many: relatively_many(&items, &orders),
            fingerprints: None,
            items,
        })
    }
}

fn check_length(period: Period, rules: &InsightRules) -> Result<()> {
    let ends = months_later(period.first(), rules.longest_months);
    if period.days() >= rules.shortest_days && ends.is_none_or(|ends| period.last() < ends) {
        return Ok(());
    }
    Err(KlokuurError::OutOfRange {
        what: "period of an overview of subjects",
        given: period.to_string(),
        accepted: format!("{} days to {} months", rules.shortest_days, rules.longest_months),
    })
}

/// The day of a month some months later; the first of the next month where that month has no such day, so that six
/// months from 31 August hold 28 February and not 1 March.
fn months_later(date: NaiveDate, months: u32) -> Option<NaiveDate> {
    let later = date.checked_add_months(Months::new(months))?;
    if later.day() == date.day() { Some(later) } else { later.succ_opt() }
}

fn subjects(cases: &[&CaseRecord]) -> Vec<SubjectCases> {
    let mut counts: BTreeMap<Option<&str>, u64> = BTreeMap::new();
    for case in cases {
        *counts.entry(case.subject.as_deref()).or_default() += 1;
    }
    let one = |(subject, count): (Option<&str>, u64)| SubjectCases {
        subject: subject.map(str::to_owned),
        cases: count,
        share: count as f64 / cases.len() as f64,
    };
    let mut list: Vec<SubjectCases> = counts.into_iter().map(one).collect();
    // Sorted by name already, and a stable sort keeps that.
    list.sort_by_key(|subject| Reverse(subject.cases));
    list
}

fn relatively_many(items: &[ItemCases], orders: &BTreeMap<&str, u64>) -> Vec<ItemCases> {
    // Whole numbers, compared by cross-multiplication.
    let wide = |n: u64| u128::from(n);
    let all_orders: u128 = orders.values().map(|&n| wide(n)).sum();
    let cases_with = |known: bool| {
        items
            .iter()
            .filter(move |item| item.orders.is_some_and(|n| n > 0) == known)
            .map(|item| wide(item.cases))
    };
    let (with, without): (u128, u128) = (cases_with(true).sum(), cases_with(false).sum());
    let without_items = cases_with(false).count() as u128;
    let many = |item: &&ItemCases| match item.orders {
        Some(own) if own > 0 => wide(item.cases).saturating_mul(all_orders) > with.saturating_mul(wide(own)),
        _ => wide(item.cases) * without_items > without,
    };
    items.iter().filter(many).cloned().collect()
}
