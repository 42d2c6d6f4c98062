//! The overview of a month, or of any period (RULES I3).

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::handling::HandlingTimes;
use super::query::{Dimension, OverviewQuery};
use super::record::{CaseRecord, ItemOrders, orders_in, rate};
use super::share::{ShareInterval, check_confidence};
use crate::error::Result;
use crate::period::Period;

/// The cases of a period in numbers: in total and by group, most cases first (RULES I3).
///
/// All cases *opened* in the period count, the still-running ones too (ours): a month that leaves out what it has not
/// handled looks better the more it leaves lying.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Overview {
    /// The dates.
    pub period: Period,
    /// All cases together.
    pub total: OverviewGroup,
    /// The groups, by count from most to fewest, then by name.
    pub groups: Vec<OverviewGroup>,
}

/// The numbers of one group of cases.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OverviewGroup {
    /// The item; none when not split by item, or for the cases without one.
    pub item: Option<String>,
    /// The subject; none when not split by subject, or for the cases without one.
    pub subject: Option<String>,
    /// The defect; none when not split by defect, or for the cases without one.
    pub defect: Option<String>,
    /// How many cases.
    pub cases: u64,
    /// Handling times in business time, with the still-running cases respected.
    pub handling: HandlingTimes,
    /// The share that was on time, of the cases that are judged; none when none is.
    pub on_time: Option<ShareInterval>,
    /// The ordered pieces of the item in the period; none when not known or not about one item.
    pub orders: Option<u64>,
    /// Cases per ordered piece; none without orders.
    pub rate: Option<f64>,
}

type Key<'a> = [Option<&'a str>; 3];

impl Overview {
    /// Counts the cases that a query asks for; `orders` may be empty.
    ///
    /// # Errors
    /// - the query's confidence is not between 0 and 1
    pub fn of(cases: &[CaseRecord], orders: &[ItemOrders], query: &OverviewQuery) -> Result<Self> {
        check_confidence(query.confidence)?;
        let orders = orders_in(orders, query.period);
        let counted: Vec<&CaseRecord> = cases.iter().filter(|case| query.counts(case)).collect();
        let mut groups: BTreeMap<Key<'_>, Vec<&CaseRecord>> = BTreeMap::new();
        if !query.by.is_empty() {
            for case in &counted {
                groups.entry(key(case, &query.by)).or_default().push(case);
            }
        }
        let total = group([query.only_item.as_deref(), None, None], &counted, &orders, query.confidence)?;
        let total =
            OverviewGroup { subject: query.only_subject.clone(), defect: query.only_defect.clone(), ..total };
        let groups = groups.into_iter().map(|(key, cases)| group(key, &cases, &orders, query.confidence));
        let mut groups = groups.collect::<Result<Vec<_>>>()?;
        // Sorted by name already, and a stable sort keeps that.
        groups.sort_by_key(|group| Reverse(group.cases));
        Ok(Self { period: query.period, total, groups })
    }
}

fn key<'a>(case: &'a CaseRecord, by: &[Dimension]) -> Key<'a> {
    let when =
        |dimension, value: &'a Option<String>| by.contains(&dimension).then_some(value.as_deref()).flatten();
    [
        when(Dimension::Item, &case.item),
        when(Dimension::Subject, &case.subject),
        when(Dimension::Defect, &case.defect),
    ]
}

fn group(
    [item, subject, defect]: Key<'_>,
    cases: &[&CaseRecord],
    orders: &BTreeMap<&str, u64>,
    confidence: f64,
) -> Result<OverviewGroup> {
    let judged = cases.iter().filter_map(|case| case.on_time);
    let on_time = judged.clone().filter(|on_time| *on_time).count() as u64;
    let count = cases.len() as u64;
    let orders = item.and_then(|item| orders.get(item).copied());
    Ok(OverviewGroup {
        item: item.map(str::to_owned),
        subject: subject.map(str::to_owned),
        defect: defect.map(str::to_owned),
        cases: count,
        handling: HandlingTimes::of(cases.iter().map(|case| case.handling)),
        on_time: ShareInterval::wilson(on_time, judged.count() as u64, confidence)?,
        orders,
        rate: rate(count, orders),
    })
}
