//! What comes up more often than it used to (RULES I4).

use std::fmt;

use chrono::Days;
use serde::{Deserialize, Serialize};

use super::binomial::clopper_pearson;
use super::cell::{Cell, Exposure, SignalKind, SignalLevel, cells};
use super::record::{CaseRecord, ItemOrders};
use super::tarone::multiplier;
use crate::error::{KlokuurError, Result};
use crate::fingerprints::Fingerprints;
use crate::period::Period;
use crate::rulebook::InsightRules;
use crate::time::CalendarDate;

/// A subject or defect that comes up more often than it used to, with the numbers that justify it.
///
/// For an item without a past, `baseline` stands for the shop's other items in the recent period.
///
/// Shown at [`SignalReport`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signal {
    /// Where it comes up.
    pub level: SignalLevel,
    /// The item, where it is about one.
    pub item: Option<String>,
    /// Whether it is a subject or a defect.
    pub kind: SignalKind,
    /// The subject or defect; none for all subjects or all defects of a new item together.
    pub name: Option<String>,
    /// Cases in the recent period.
    pub recent: u64,
    /// Cases in the baseline period, or of the other items.
    pub baseline: u64,
    /// What both are measured against.
    pub exposure: Exposure,
    /// Orders or days of the recent period.
    pub recent_exposure: u64,
    /// Orders or days of the baseline period, or orders of the other items.
    pub baseline_exposure: u64,
    /// The cases that there would be at the baseline's rate.
    pub expected: f64,
    /// The recent rate over the baseline rate; none when the baseline has no case.
    pub ratio: Option<f64>,
    /// Lower end of the exact 95 % interval of the ratio (for all items together a conservative one).
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
/// A cell is a subject or a defect: of one item, of the cases without an item, or of all of them; and for an item
/// without a past each subject and defect that other items have too, and all of its subjects or defects together.
///
/// Test: given all cases of a cell in both periods, the recent ones are binomial with the recent share of the exposure,
/// if cases come independently at an unchanged rate per order (or per day); the one-sided exact p-value is reported
/// (J. Przyborowski & H. Wilenski 1940, *Biometrika* 31, 313–323). Of all items together each case has the share of its
/// own item, so that nothing is taken for a rise when an item merely sells more; the binomial with the mean share is
/// then an upper limit of the p-value (W. Hoeffding 1956, *Annals of Mathematical Statistics* 27, 713–721). A new
/// item's cases per order are compared in the same way with those of the other items in the recent period. All cells
/// together: Bonferroni with Tarone's correction for counts too small to alarm (R. E. Tarone 1990, *Biometrics* 46,
/// 515–522).
///
/// False-alarm rate: when no rate has risen, and new items are like the others, the probability that one report has
/// *any* signal is at most [`false_alarm_rate`](Self::false_alarm_rate), however many items, subjects and defects there
/// are. It is a rate per report: looking every day means more reports. Cases that come in bursts (one customer asking
/// thrice) alarm more. An item that is sold no more, or a new one that is the only one sold, has nothing to compare
/// with and is left out: it is counted in [`not_comparable`](Self::not_comparable).
///
/// ```
/// # use klokuur::{Period, Rulebook};
/// # use klokuur::insight::{CaseRecord, Exposure, SignalKind, SignalLevel, SignalReport};
/// let last: chrono::NaiveDate = "2026-03-31".parse()?;
/// let case = |days| CaseRecord {
///     item: Some("lamp".into()),
///     defect: Some("flickers".into()),
///     ..CaseRecord::opened_on(last - chrono::Days::new(days))
/// };
/// // One in a long while, and thirty in the past days.
/// let cases: Vec<_> = [case(60)].into_iter().chain((0..30).map(|_| case(1))).collect();
/// let report = SignalReport::of(&cases, &[], last, &Rulebook::bol().insight)?;
/// let signal = report.signals.iter().find(|signal| signal.level == SignalLevel::Item).ok_or("none")?;
/// assert_eq!((signal.kind, signal.name.as_deref(), signal.recent), (SignalKind::Defect, Some("flickers"), 30));
/// assert!(signal.p_adjusted <= report.false_alarm_rate);
/// assert_eq!(signal.exposure, Exposure::Days); // without orders, counts are compared by days
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
    /// How many subjects and defects of one item were left out because there is nothing to compare them with.
    pub not_comparable: u64,
    /// The signals, smallest adjusted p first.
    pub signals: Vec<Signal>,
    /// What judged its cases (RULES I5), where [`with_fingerprints`](Self::with_fingerprints) says it.
    pub fingerprints: Option<Fingerprints>,
}

impl SignalReport {
    /// The same with what judged its cases: the book's, or those of a whole log.
    #[must_use]
    pub fn with_fingerprints(self, fingerprints: Fingerprints) -> Self {
        Self { fingerprints: Some(fingerprints), ..self }
    }

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
        last: impl CalendarDate,
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
        let found = cells(cases, orders, recent, baseline);
        let smallest: Vec<f64> = found.list.iter().map(Cell::smallest_p).collect();
        let multiplier = multiplier(&smallest, alpha);
        // The least count only takes signals away, so the stated rate still holds.
        let least = u64::from(rules.signal_minimum_cases);
        let mut signals: Vec<Signal> = found
            .list
            .iter()
            .filter(|cell| cell.recent >= least)
            .map(|cell| signal(cell, multiplier))
            .filter(|signal| signal.p_adjusted <= alpha)
            .collect();
        signals.sort_by(|a, b| {
            let name = |s: &Signal| (s.level, s.item.clone(), s.kind, s.name.clone());
            a.p.total_cmp(&b.p).then_with(|| name(a).cmp(&name(b)))
        });
        Ok(Self {
            recent,
            baseline,
            false_alarm_rate: alpha,
            tested: found.list.len() as u64,
            multiplier,
            not_comparable: found.not_comparable,
            signals,
            fingerprints: None,
        })
    }
}

fn signal(cell: &Cell<'_>, multiplier: u64) -> Signal {
    let per_recent = (1.0 - cell.share) / cell.share;
    let p = cell.p();
    let (low, high) = clopper_pearson(cell.recent, cell.total(), 0.95);
    let odds = |share: f64| share / (1.0 - share) * per_recent;
    let known = cell.baseline > 0;
    Signal {
        level: cell.level,
        item: cell.item.map(str::to_owned),
        kind: cell.kind,
        name: cell.name.map(str::to_owned),
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

impl Signal {
    /// The item, or in words which cases are meant: `all items`, `cases without an item`.
    pub fn place(&self) -> &str {
        match (self.level, &self.item) {
            (_, Some(item)) => item,
            (SignalLevel::WithoutItem, None) => "cases without an item",
            _ => "all items",
        }
    }
}

impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.place())?;
        match (self.kind, &self.name) {
            (SignalKind::Subject, Some(name)) => write!(f, "subject \"{name}\"")?,
            (SignalKind::Defect, Some(name)) => write!(f, "defect \"{name}\"")?,
            (SignalKind::Subject, None) => f.write_str("a subject")?,
            (SignalKind::Defect, None) => f.write_str("a defect")?,
        }
        write!(f, " came up {} times where {:.1} were to be expected", self.recent, self.expected)?;
        match (self.level, self.ratio) {
            (SignalLevel::NewItem, Some(ratio)) => {
                write!(f, ", {ratio:.1} times as often as with other items")
            }
            (SignalLevel::NewItem, None) => write!(f, ", and never with other items"),
            (_, Some(ratio)) => write!(f, ", {ratio:.1} times as often as before"),
            (_, None) => write!(f, ", and never before"),
        }
    }
}
