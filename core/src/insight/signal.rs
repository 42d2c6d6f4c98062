//! What comes up more often than it used to (RULES I4).

use std::collections::BTreeMap;
use std::fmt;

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::binomial::{at_least, clopper_pearson};
use super::record::{CaseRecord, ItemOrders, orders_in};
use super::tarone::multiplier;
use crate::error::{KlokuurError, Result};
use crate::period::Period;
use crate::rulebook::InsightRules;

/// What a signal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SignalKind {
    /// A subject.
    Subject,
    /// A defect.
    Defect,
}

/// What counts are measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Exposure {
    /// The item's ordered pieces, when it has orders in the recent period and in the one before.
    Orders,
    /// The days of the two periods, when the item has no orders on record at all.
    Days,
}

/// A subject or defect that comes up more often for an item than it used to, with the numbers that justify it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Signal {
    /// The item.
    pub item: String,
    /// Whether it is a subject or a defect.
    pub kind: SignalKind,
    /// The subject or defect.
    pub name: String,
    /// Cases in the recent period.
    pub recent: u64,
    /// Cases in the baseline period.
    pub baseline: u64,
    /// What both are measured against.
    pub exposure: Exposure,
    /// Orders or days of the recent period.
    pub recent_exposure: u64,
    /// Orders or days of the baseline period.
    pub baseline_exposure: u64,
    /// The cases that the recent period would have at the baseline's rate.
    pub expected: f64,
    /// The recent rate over the baseline rate; none when the baseline has no case.
    pub ratio: Option<f64>,
    /// Lower end of the exact 95 % interval of the ratio.
    pub ratio_low: f64,
    /// Upper end of that interval; none when there is no limit (no case in the baseline).
    pub ratio_high: Option<f64>,
    /// The probability of so many recent cases or more if the rate had not risen.
    pub p: f64,
    /// The same after correction for all cells looked at; compare with the report's false-alarm rate.
    pub p_adjusted: f64,
}

/// Signals of one day, and what was looked at (RULES I4).
///
/// Test: given all cases of a cell (an item with a subject, an item with a defect) in both periods, the recent ones
/// are binomial with the recent share of the exposure, if cases come independently at an unchanged rate per order (or
/// per day); the one-sided exact p-value is reported (J. Przyborowski & H. Wilenski 1940, *Biometrika* 31, 313–323).
/// All cells together: Bonferroni with Tarone's correction for counts too small to alarm (R. E. Tarone 1990,
/// *Biometrics* 46, 515–522).
///
/// False-alarm rate: when no rate has risen, the probability that one report has *any* signal is at most
/// [`false_alarm_rate`](Self::false_alarm_rate), however many items, subjects and defects there are. It is a rate per
/// report: looking every day means more reports. Cases that come in bursts (one customer asking thrice) alarm more.
/// An item whose orders are on record, but not in both periods, has nothing to compare with and is left out: it is
/// counted in [`not_comparable`](Self::not_comparable).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SignalReport {
    /// The period that is judged.
    pub recent: Period,
    /// The period before it, which it is compared with.
    pub baseline: Period,
    /// The stated false-alarm rate of the whole report.
    pub false_alarm_rate: f64,
    /// How many cells had a case in either period and were tested.
    pub tested: u64,
    /// What every p-value was multiplied by.
    pub multiplier: u64,
    /// How many cells were left out because their item has orders on record but not in both periods.
    pub not_comparable: u64,
    /// The signals, smallest adjusted p first.
    pub signals: Vec<Signal>,
}

/// A tested cell: its name, counts and exposures.
struct Cell<'a> {
    item: &'a str,
    kind: SignalKind,
    name: &'a str,
    recent: u64,
    baseline: u64,
    exposure: Exposure,
    exposures: (u64, u64),
}

impl Cell<'_> {
    fn recent_share(&self) -> f64 {
        let (recent, baseline) = self.exposures;
        recent as f64 / (recent as f64 + baseline as f64)
    }

    fn total(&self) -> u64 {
        self.recent + self.baseline
    }
}

impl SignalReport {
    /// Judges the days up to and including `last` against those before them; `orders` may be empty.
    ///
    /// The lengths of both periods, the least number of recent cases and the false-alarm rate come from the rules.
    ///
    /// # Errors
    /// - the rules ask for periods of no days, or a false-alarm rate that is not between 0 and 1
    /// - the baseline starts before 1900
    pub fn of(
        cases: &[CaseRecord],
        orders: &[ItemOrders],
        last: NaiveDate,
        rules: &InsightRules,
    ) -> Result<Self> {
        let recent = Period::trailing_days(last, rules.signal_recent_days)?;
        let before = recent.first().checked_sub_days(Days::new(1)).unwrap_or(recent.first());
        let baseline = Period::trailing_days(before, rules.signal_baseline_days)?;
        let alpha = rules.signal_false_alarm_rate.to_f64();
        if !(alpha > 0.0 && alpha < 1.0) {
            return Err(KlokuurError::OutOfRange {
                what: "false-alarm rate",
                given: alpha.to_string(),
                accepted: "more than 0 and less than 1, as 0.01".into(),
            });
        }
        let (cells, not_comparable) = cells(cases, orders, recent, baseline);
        let smallest: Vec<f64> =
            cells.iter().map(|c| at_least(c.total(), c.total(), c.recent_share())).collect();
        let multiplier = multiplier(&smallest, alpha);
        // The least count only takes signals away, so the stated rate still holds.
        let least = u64::from(rules.signal_minimum_cases);
        let mut signals: Vec<Signal> = cells
            .iter()
            .filter(|cell| cell.recent >= least)
            .map(|cell| signal(cell, multiplier))
            .filter(|signal| signal.p_adjusted <= alpha)
            .collect();
        signals.sort_by(|a, b| {
            let name = |s: &Signal| (s.item.clone(), s.kind, s.name.clone());
            a.p.total_cmp(&b.p).then_with(|| name(a).cmp(&name(b)))
        });
        Ok(Self {
            recent,
            baseline,
            false_alarm_rate: alpha,
            tested: cells.len() as u64,
            multiplier,
            not_comparable,
            signals,
        })
    }
}

fn cells<'a>(
    cases: &'a [CaseRecord],
    orders: &[ItemOrders],
    recent: Period,
    baseline: Period,
) -> (Vec<Cell<'a>>, u64) {
    let mut counts: BTreeMap<(&str, SignalKind, &str), (u64, u64)> = BTreeMap::new();
    for case in cases {
        let (now, then) = (recent.contains(case.opened), baseline.contains(case.opened));
        let (Some(item), true) = (&case.item, now || then) else { continue };
        for (kind, name) in [(SignalKind::Subject, &case.subject), (SignalKind::Defect, &case.defect)] {
            if let Some(name) = name {
                let count = counts.entry((item.as_str(), kind, name.as_str())).or_default();
                count.0 += u64::from(now);
                count.1 += u64::from(then);
            }
        }
    }
    let (recent_orders, baseline_orders) = (orders_in(orders, recent), orders_in(orders, baseline));
    let mut not_comparable = 0;
    let mut cells = Vec::new();
    for ((item, kind, name), (now, then)) in counts {
        let (exposure, exposures) = match (recent_orders.get(item), baseline_orders.get(item)) {
            (Some(&a), Some(&b)) if a > 0 && b > 0 => (Exposure::Orders, (a, b)),
            (Some(_), _) | (_, Some(_)) => {
                not_comparable += 1;
                continue;
            }
            (None, None) => (Exposure::Days, (recent.days().into(), baseline.days().into())),
        };
        cells.push(Cell { item, kind, name, recent: now, baseline: then, exposure, exposures });
    }
    (cells, not_comparable)
}

fn signal(cell: &Cell<'_>, multiplier: u64) -> Signal {
    let exposures = (cell.exposures.0 as f64, cell.exposures.1 as f64);
    let per_recent = exposures.1 / exposures.0;
    let p = at_least(cell.recent, cell.total(), cell.recent_share());
    let (low, high) = clopper_pearson(cell.recent, cell.total(), 0.95);
    let odds = |share: f64| share / (1.0 - share) * per_recent;
    let known = cell.baseline > 0;
    Signal {
        item: cell.item.to_owned(),
        kind: cell.kind,
        name: cell.name.to_owned(),
        recent: cell.recent,
        baseline: cell.baseline,
        exposure: cell.exposure,
        recent_exposure: cell.exposures.0,
        baseline_exposure: cell.exposures.1,
        expected: cell.baseline as f64 / per_recent,
        ratio: known.then(|| cell.recent as f64 / cell.baseline as f64 * per_recent),
        ratio_low: odds(low),
        ratio_high: known.then(|| odds(high)),
        p,
        p_adjusted: (p * multiplier as f64).min(1.0),
    }
}

impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            SignalKind::Subject => "subject",
            SignalKind::Defect => "defect",
        };
        write!(
            f,
            "{}: {kind} \"{}\" came up {} times where {:.1} were to be expected",
            self.item, self.name, self.recent, self.expected
        )?;
        match self.ratio {
            Some(ratio) => write!(f, ", {ratio:.1} times as often as before"),
            None => write!(f, ", and never before"),
        }
    }
}
