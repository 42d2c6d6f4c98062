//! The overview of a month, or of any period (RULES I3).

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::handling::HandlingTimes;
use super::query::{CountedBy, Dimension, OverviewQuery};
use super::record::{CaseRecord, ItemOrders, orders_in, rate};
use super::share::ShareInterval;
use crate::case::{CaseKind, Party};
use crate::error::Result;
use crate::fingerprints::Fingerprints;
use crate::normal::check_confidence;
use crate::period::Period;
use crate::shipping::ShippingMethod;
use crate::week::IsoWeek;

/// The cases of a period in numbers: in total and by group, most cases first (RULES I3).
///
/// The cases *closed* in the period count, or by option those *opened* in it, the still-running ones too.
///
/// ```
/// # use klokuur::Period;
/// # use klokuur::insight::{CaseRecord, Dimension, Overview, OverviewQuery};
/// let march = Period::month(2026, 3)?;
/// let case = |subject: &str| CaseRecord {
///     subject: Some(subject.into()),
///     closed: Some(march.last()),
///     ..CaseRecord::opened_on(march.first())
/// };
/// let cases = [case("delivery"), case("delivery"), case("invoice")];
/// let overview = Overview::of(&cases, &[], &OverviewQuery::of(march).by([Dimension::Subject]))?;
/// assert_eq!(overview.total.cases, 3);
/// assert_eq!((overview.groups[0].subject.as_deref(), overview.groups[0].cases), (Some("delivery"), 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overview {
    /// The dates.
    pub period: Period,
    /// Which date of a case lies in the period.
    pub counted_by: CountedBy,
    /// All cases together.
    pub total: OverviewGroup,
    /// The groups, by count from most to fewest, then by name.
    pub groups: Vec<OverviewGroup>,
    /// What judged its cases (RULES I5), where [`with_fingerprints`](Self::with_fingerprints) says it.
    pub fingerprints: Option<Fingerprints>,
}

/// The numbers of one group of cases.
///
/// Shown at [`Overview`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverviewGroup {
    /// The item; none when not split by item, or for the cases without one.
    pub item: Option<String>,
    /// The subject; none when not split by subject, or for the cases without one.
    pub subject: Option<String>,
    /// The defect; none when not split by defect, or for the cases without one.
    pub defect: Option<String>,
    /// The kind; none when not split by kind.
    pub kind: Option<CaseKind>,
    /// Who opened them; none when not split by origin.
    pub origin: Option<Party>,
    /// The agent; none when not split by agent, or for the cases without one.
    pub agent: Option<String>,
    /// How the orders are shipped; none when not split by it, or for the cases of which that is not known.
    pub shipping_method: Option<ShippingMethod>,
    /// The ISO week, of which only the dates within the period count; none when not split by week.
    pub week: Option<IsoWeek>,
    /// How many cases.
    pub cases: u64,
    /// How many of them are questions.
    pub questions: u64,
    /// How many are returns.
    pub returns: u64,
    /// How many are cancellations.
    pub cancellations: u64,
    /// Handling times in business time, with the still-running cases respected.
    pub handling: HandlingTimes,
    /// The share that was on time, of the cases that are judged; none when none is.
    pub on_time: Option<ShareInterval>,
    /// The ordered pieces of the item in the period; none when not known or not about one item.
    pub orders: Option<u64>,
    /// Cases per ordered piece; none without orders.
    pub rate: Option<f64>,
}

/// What the cases of a group have in common.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    item: Option<&'a str>,
    subject: Option<&'a str>,
    defect: Option<&'a str>,
    kind: Option<CaseKind>,
    origin: Option<Party>,
    agent: Option<&'a str>,
    shipping_method: Option<ShippingMethod>,
    week: Option<IsoWeek>,
}

impl Overview {
    /// The same with what judged its cases: the book's, or those of a whole log.
    #[must_use]
    pub fn with_fingerprints(self, fingerprints: Fingerprints) -> Self {
        Self { fingerprints: Some(fingerprints), ..self }
    }

    /// Counts the cases that a query asks for; `orders` may be empty.
    ///
    /// # Errors
    /// - the query's confidence is not between 0 and 1
    pub fn of(cases: &[CaseRecord], orders: &[ItemOrders], query: &OverviewQuery) -> Result<Self> {
        check_confidence(query.confidence)?;
        let in_period = orders_in(orders, query.period);
        let in_weeks = if query.by.contains(&Dimension::Week) {
            orders_by_week(orders, query.period)
        } else {
            BTreeMap::new()
        };
        let counted: Vec<&CaseRecord> = cases.iter().filter(|case| query.counts(case)).collect();
        let mut groups: BTreeMap<Key<'_>, Vec<&CaseRecord>> = BTreeMap::new();
        if !query.by.is_empty() {
            for case in &counted {
                groups.entry(key(case, query)).or_default().push(case);
            }
        }
        let asked = Key {
            item: query.only_item.as_deref(),
            subject: query.only_subject.as_deref(),
            defect: query.only_defect.as_deref(),
            kind: query.only_kind,
            origin: query.only_origin,
            agent: query.only_agent.as_deref(),
            shipping_method: query.only_shipping_method,
            week: None,
        };
        let total = group(&asked, &counted, asked.item.and_then(|i| in_period.get(i)), query.confidence)?;
        let mut found = Vec::with_capacity(groups.len());
        for (key, cases) in groups {
            let orders = match (key.item, key.week) {
                (Some(item), None) => in_period.get(item).copied(),
                // An item with orders in another week has none in this one.
                (Some(item), Some(week)) => {
                    in_weeks.get(&(item, week)).copied().or_else(|| in_period.get(item).map(|_| 0))
                }
                (None, _) => None,
            };
            found.push(group(&key, &cases, orders.as_ref(), query.confidence)?);
        }
        // Sorted by name already, and a stable sort keeps that.
        found.sort_by_key(|group| Reverse(group.cases));
        Ok(Self {
            period: query.period,
            counted_by: query.counted_by,
            total,
            groups: found,
            fingerprints: None,
        })
    }
}

fn key<'a>(case: &'a CaseRecord, query: &OverviewQuery) -> Key<'a> {
    let mut key = Key::default();
    for dimension in &query.by {
        match dimension {
            Dimension::Item => key.item = case.item.as_deref(),
            Dimension::Subject => key.subject = case.subject.as_deref(),
            Dimension::Defect => key.defect = case.defect.as_deref(),
            Dimension::Kind => key.kind = Some(case.kind),
            Dimension::Origin => key.origin = Some(case.origin),
            Dimension::Agent => key.agent = case.agent.as_deref(),
            Dimension::ShippingMethod => key.shipping_method = case.shipping_method,
            Dimension::Week => key.week = query.date_of(case).map(IsoWeek::of),
        }
    }
    key
}

fn group(
    key: &Key<'_>,
    cases: &[&CaseRecord],
    orders: Option<&u64>,
    confidence: f64,
) -> Result<OverviewGroup> {
    let judged = cases.iter().filter_map(|case| case.on_time);
    let on_time = judged.clone().filter(|on_time| *on_time).count() as u64;
    let of_kind = |kind: CaseKind| cases.iter().filter(|case| case.kind == kind).count() as u64;
    let count = cases.len() as u64;
    Ok(OverviewGroup {
        item: key.item.map(str::to_owned),
        subject: key.subject.map(str::to_owned),
        defect: key.defect.map(str::to_owned),
        kind: key.kind,
        origin: key.origin,
        agent: key.agent.map(str::to_owned),
        shipping_method: key.shipping_method,
        week: key.week,
        cases: count,
        questions: of_kind(CaseKind::Question),
        returns: of_kind(CaseKind::Return),
        cancellations: of_kind(CaseKind::Cancellation),
        handling: HandlingTimes::of(cases.iter().map(|case| case.handling)),
        on_time: ShareInterval::wilson(on_time, judged.count() as u64, confidence)?,
        orders: orders.copied(),
        rate: rate(count, orders.copied()),
    })
}

/// The orders of every item in each week of the period.
fn orders_by_week(orders: &[ItemOrders], period: Period) -> BTreeMap<(&str, IsoWeek), u64> {
    let mut sums: BTreeMap<(&str, IsoWeek), u64> = BTreeMap::new();
    for row in orders.iter().filter(|row| period.contains(row.date)) {
        let sum = sums.entry((row.item.as_str(), IsoWeek::of(row.date))).or_default();
        *sum = sum.saturating_add(row.orders);
    }
    sums
}
