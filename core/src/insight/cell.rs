//! What signals look at: one count now, one to compare it with, and what both are measured against.

use std::collections::{BTreeMap, BTreeSet};

use super::binomial::at_least;
use super::record::{CaseRecord, ItemOrders, orders_in};
use crate::names::names;
use crate::period::Period;

names! {
    /// Where in the shop something comes up.
    ///
    /// Shown at [`SignalReport`](super::SignalReport).
    pub enum SignalLevel: "signal level" {
        /// For one item, against its own past.
        Item = "item",
        /// In the cases without an item, against their own past.
        WithoutItem = "without_item",
        /// In the cases of all items and those without one, each item's against its own past.
        AllItems = "all_items",
        /// For an item that was not sold before, against the shop's other items in the same days.
        NewItem = "new_item",
    }
}

names! {
    /// What a signal is about.
    ///
    /// Shown at [`SignalReport`](super::SignalReport).
    pub enum SignalKind: "signal kind" {
        /// A subject.
        Subject = "subject",
        /// A defect.
        Defect = "defect",
    }
}

names! {
    /// What counts are measured against.
    ///
    /// Shown at [`SignalReport`](super::SignalReport).
    pub enum Exposure: "exposure" {
        /// Ordered pieces: the item's, or the shop's where no one item is meant.
        Orders = "orders",
        /// The days of the two periods, when there are no orders on record.
        Days = "days",
    }
}

/// A tested cell: what it is about, counts and exposures.
pub(super) struct Cell<'a> {
    pub(super) level: SignalLevel,
    pub(super) item: Option<&'a str>,
    pub(super) kind: SignalKind,
    pub(super) name: Option<&'a str>,
    pub(super) recent: u64,
    pub(super) baseline: u64,
    pub(super) exposure: Exposure,
    pub(super) exposures: (u64, u64),
    /// The share of both counts that is to be expected in the first.
    pub(super) share: f64,
}

impl Cell<'_> {
    pub(super) fn total(&self) -> u64 {
        self.recent + self.baseline
    }

    /// The probability of so many recent cases or more at an unchanged rate.
    pub(super) fn p(&self) -> f64 {
        self.p_of(self.recent)
    }

    /// The smallest probability that this cell can have: with all its cases in the recent period.
    pub(super) fn smallest_p(&self) -> f64 {
        self.p_of(self.total())
    }

    fn p_of(&self, recent: u64) -> f64 {
        let total = self.total();
        // The cases of several items have several shares. The binomial with their mean is an upper limit, from one case
        // above the mean on (W. Hoeffding 1956, Annals of Mathematical Statistics 27, 713–721).
        if self.level == SignalLevel::AllItems && (recent as f64) < total as f64 * self.share + 1.0 {
            return 1.0;
        }
        at_least(recent, total, self.share)
    }
}

/// The cells of a report, and how many have nothing to be compared with.
pub(super) struct Cells<'a> {
    pub(super) list: Vec<Cell<'a>>,
    pub(super) not_comparable: u64,
}

/// Cases of the recent period and of the baseline.
type Counts<'a, K> = BTreeMap<K, (u64, u64)>;

/// What is measured how: orders or days of the recent period and of the baseline.
type Measure = (Exposure, (u64, u64));

fn share((recent, baseline): (u64, u64)) -> f64 {
    recent as f64 / (recent as f64 + baseline as f64)
}

/// How an item can be compared.
enum Past {
    /// With its own past.
    Own(Measure),
    /// It has orders now and had none before: with the other items, by its orders.
    New(u64),
    /// It has no orders any more.
    Gone,
}

struct Shop<'a> {
    recent: BTreeMap<&'a str, u64>,
    baseline: BTreeMap<&'a str, u64>,
    days: Measure,
    /// By all orders, when there are some in both periods.
    all: Measure,
}

impl<'a> Shop<'a> {
    fn new(orders: &'a [ItemOrders], recent: Period, baseline: Period) -> Self {
        let (now, then) = (orders_in(orders, recent), orders_in(orders, baseline));
        let sum = |orders: &BTreeMap<&str, u64>| orders.values().fold(0_u64, |a, b| a.saturating_add(*b));
        let days = (Exposure::Days, (recent.days().into(), baseline.days().into()));
        let (a, b) = (sum(&now), sum(&then));
        let all = if a > 0 && b > 0 { (Exposure::Orders, (a, b)) } else { days };
        Self { recent: now, baseline: then, days, all }
    }

    fn past(&self, item: &str) -> Past {
        // An item with orders at any time is in both, perhaps with 0.
        match (self.recent.get(item), self.baseline.get(item)) {
            (Some(&now), Some(&then)) if now > 0 && then > 0 => Past::Own((Exposure::Orders, (now, then))),
            (Some(&now), _) if now > 0 => Past::New(now),
            (None, None) => Past::Own(self.days),
            _ => Past::Gone,
        }
    }
}

/// All cells with a case: a subject or defect of one item, of the cases without an item, of all of them, and of an item
/// without a past (RULES I4).
pub(super) fn cells<'a>(
    cases: &'a [CaseRecord],
    orders: &'a [ItemOrders],
    recent: Period,
    baseline: Period,
) -> Cells<'a> {
    let mut counts: Counts<'a, (SignalKind, &str, Option<&str>)> = BTreeMap::new();
    for case in cases {
        let (now, then) = (recent.contains(case.opened), baseline.contains(case.opened));
        if !now && !then {
            continue;
        }
        for (kind, name) in [(SignalKind::Subject, &case.subject), (SignalKind::Defect, &case.defect)] {
            if let Some(name) = name {
                let count = counts.entry((kind, name.as_str(), case.item.as_deref())).or_default();
                count.0 += u64::from(now);
                count.1 += u64::from(then);
            }
        }
    }
    let shop = Shop::new(orders, recent, baseline);
    let mut found = Cells { list: Vec::new(), not_comparable: 0 };
    let rows: Vec<_> = counts.iter().collect();
    for same in rows.chunk_by(|a, b| (a.0.0, a.0.1) == (b.0.0, b.0.1)) {
        by_group(same, &shop, &mut found);
    }
    new_items(&counts, &shop, &mut found);
    found
}

/// The kind, name and item of a count, with the recent cases and those of the past.
type Row<'r, 'a> = (&'r (SignalKind, &'a str, Option<&'a str>), &'r (u64, u64));

/// The cells of one subject or defect: of each item with a past, of the cases without an item, and of them together.
fn by_group<'a>(same: &[Row<'_, 'a>], shop: &Shop<'_>, found: &mut Cells<'a>) {
    let (mut now, mut then, mut expected, mut groups) = (0_u64, 0_u64, 0.0, 0);
    let mut about = None;
    for &(&(kind, name, item), &(recent, baseline)) in same {
        let (level, measure) = match item.map(|item| shop.past(item)) {
            None => (SignalLevel::WithoutItem, shop.all),
            Some(Past::Own(measure)) => (SignalLevel::Item, measure),
            Some(Past::New(_)) => continue,
            Some(Past::Gone) => {
                found.not_comparable += 1;
                continue;
            }
        };
        let share = share(measure.1);
        now += recent;
        then += baseline;
        expected += share * (recent + baseline) as f64;
        groups += 1;
        about = Some((kind, name));
        found.list.push(Cell {
            level,
            item,
            kind,
            name: Some(name),
            recent,
            baseline,
            exposure: measure.0,
            exposures: measure.1,
            share,
        });
    }
    // Of one group alone it would be the same cell twice.
    if let (Some((kind, name)), true) = (about, groups > 1) {
        found.list.push(Cell {
            level: SignalLevel::AllItems,
            item: None,
            kind,
            name: Some(name),
            recent: now,
            baseline: then,
            exposure: shop.all.0,
            exposures: shop.all.1,
            share: expected / (now + then) as f64,
        });
    }
}

/// The cells of items without a past: all their subjects or defects, and each that other items have too, against the
/// other items' in the recent period.
fn new_items<'a>(
    counts: &Counts<'a, (SignalKind, &'a str, Option<&'a str>)>,
    shop: &Shop<'_>,
    found: &mut Cells<'a>,
) {
    let selling: u64 = shop.recent.values().fold(0, |a, b| a.saturating_add(*b));
    let mut of_name: BTreeMap<(SignalKind, &str), u64> = BTreeMap::new();
    let mut of_kind: BTreeMap<SignalKind, u64> = BTreeMap::new();
    let mut new: BTreeSet<&'a str> = BTreeSet::new();
    let mut own: BTreeMap<(&str, SignalKind), Vec<(&'a str, u64)>> = BTreeMap::new();
    for (&(kind, name, item), &(recent, _)) in counts {
        let Some(item) = item.filter(|item| shop.recent.get(item).is_some_and(|orders| *orders > 0)) else {
            continue;
        };
        *of_name.entry((kind, name)).or_default() += recent;
        *of_kind.entry(kind).or_default() += recent;
        if matches!(shop.past(item), Past::New(_)) {
            new.insert(item);
            own.entry((item, kind)).or_default().push((name, recent));
        }
    }
    for item in new {
        let Past::New(orders) = shop.past(item) else { continue };
        let others = selling.saturating_sub(orders);
        for kind in [SignalKind::Subject, SignalKind::Defect] {
            let names = own.get(&(item, kind)).map(Vec::as_slice).unwrap_or_default();
            if others == 0 {
                found.not_comparable += names.len() as u64;
                continue;
            }
            let mut cell = |name, recent: u64, all: Option<&u64>| {
                let baseline = all.copied().unwrap_or_default().saturating_sub(recent);
                found.list.push(Cell {
                    level: SignalLevel::NewItem,
                    item: Some(item),
                    kind,
                    name,
                    recent,
                    baseline,
                    exposure: Exposure::Orders,
                    exposures: (orders, others),
                    share: share((orders, others)),
                });
            };
            let all: u64 = names.iter().map(|(_, recent)| recent).sum();
            if all > 0 {
                cell(None, all, of_kind.get(&kind));
            }
            // A name that no other item has says nothing by being new.
            for (name, recent) in names {
                let total = of_name.get(&(kind, *name));
                if *recent > 0 && total.is_some_and(|total| total > recent) {
                    cell(Some(*name), *recent, total);
                }
            }
        }
    }
}
