//! What comes up more often than it used to.

use klokuur::insight::{self, Exposure, SignalKind, SignalLevel};

use crate::error::Result;
use crate::fingerprints::Fingerprints;
use crate::insight::{CaseRecord, ItemOrders, records};
use crate::rulebook::Rulebook;
use crate::time::{LocalDate, Period, signed};

/// Where in the shop something comes up.
#[uniffi::remote(Enum)]
pub enum SignalLevel {
    /// For one item, against its own past.
    Item,
    /// In the cases without an item, against their own past.
    WithoutItem,
    /// In the cases of all items and those without one, each item's against its own past.
    AllItems,
    /// For an item that was not sold before, against the shop's other items in the same days.
    NewItem,
}

/// What a signal is about.
#[uniffi::remote(Enum)]
pub enum SignalKind {
    /// A subject.
    Subject,
    /// A defect.
    Defect,
}

/// What counts are measured against.
#[uniffi::remote(Enum)]
pub enum Exposure {
    /// Ordered pieces: the item's, or the shop's where no one item is meant.
    Orders,
    /// The days of the two periods, when there are no orders on record.
    Days,
}

/// A subject or defect that comes up more often than it used to, with the numbers that justify it. For a new item,
/// `baseline` stands for the shop's other items in the recent period.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Signal {
    /// Where it comes up.
    pub level: SignalLevel,
    /// The item, where it is about one.
    pub item: Option<String>,
    /// The item, or which cases are meant: `all items`, `cases without an item`.
    pub place: String,
    /// Whether it is a subject or a defect.
    pub kind: SignalKind,
    /// The subject or defect; none for all subjects or all defects of a new item together.
    pub name: Option<String>,
    /// Cases in the recent period.
    pub recent: i64,
    /// Cases in the baseline period, or of the other items.
    pub baseline: i64,
    /// What both are measured against.
    pub exposure: Exposure,
    /// Orders or days of the recent period.
    pub recent_exposure: i64,
    /// Orders or days of the baseline period, or orders of the other items.
    pub baseline_exposure: i64,
    /// The cases that there would be at the baseline's rate.
    pub expected: f64,
    /// The recent rate over the baseline rate; none when the baseline has no case.
    pub ratio: Option<f64>,
    /// Lower end of the exact 95 % interval of the ratio.
    pub ratio_low: f64,
    /// Upper end of that interval; none when there is no limit.
    pub ratio_high: Option<f64>,
    /// The probability of so many recent cases or more if the rate had not risen.
    pub p: f64,
    /// The same after correction for all cells looked at; compare with the report's false-alarm rate.
    pub p_adjusted: f64,
    /// In one English sentence.
    pub english: String,
}

impl From<insight::Signal> for Signal {
    fn from(signal: insight::Signal) -> Self {
        Self {
            english: signal.to_string(),
            place: signal.place().to_owned(),
            level: signal.level,
            item: signal.item,
            kind: signal.kind,
            name: signal.name,
            recent: signed(signal.recent),
            baseline: signed(signal.baseline),
            exposure: signal.exposure,
            recent_exposure: signed(signal.recent_exposure),
            baseline_exposure: signed(signal.baseline_exposure),
            expected: signal.expected,
            ratio: signal.ratio,
            ratio_low: signal.ratio_low,
            ratio_high: signal.ratio_high,
            p: signal.p,
            p_adjusted: signal.p_adjusted,
        }
    }
}

/// Signals of one day, and what was looked at. When no rate has risen, the probability that a report has any signal is
/// at most its false-alarm rate, however many items, subjects and defects there are.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct SignalReport {
    /// The period that is judged.
    pub recent: Period,
    /// The period before it, which it is compared with.
    pub baseline: Period,
    /// The stated false-alarm rate of the whole report.
    pub false_alarm_rate: f64,
    /// How many cells had a case in either period and were tested.
    pub tested: i64,
    /// What every p-value was multiplied by.
    pub multiplier: i64,
    /// How many subjects and defects of one item were left out because there is nothing to compare them with.
    pub not_comparable: i64,
    /// The signals, smallest adjusted p first.
    pub signals: Vec<Signal>,
    /// What judged its cases, where that was said; else the rules alone.
    pub fingerprints: Fingerprints,
}

/// Judges the days up to and including a date against those before them. `fingerprints` are those of the book that the
/// cases come from.
///
/// # Errors
/// - orders below 0: the message names their row
/// - a baseline that starts before 1900
#[uniffi::export(default(orders = [], fingerprints = None))]
pub fn signals(
    rules: &Rulebook,
    cases: Vec<CaseRecord>,
    last: LocalDate,
    orders: Vec<ItemOrders>,
    fingerprints: Option<Fingerprints>,
) -> Result<SignalReport> {
    let orders = crate::insight::orders(orders)?;
    let found = insight::SignalReport::of(&records(cases), &orders, last, &rules.0.insight)?;
    Ok(SignalReport {
        recent: found.recent.into(),
        baseline: found.baseline.into(),
        false_alarm_rate: found.false_alarm_rate,
        tested: signed(found.tested),
        multiplier: signed(found.multiplier),
        not_comparable: signed(found.not_comparable),
        signals: found.signals.into_iter().map(Signal::from).collect(),
        fingerprints: fingerprints.unwrap_or_else(|| Fingerprints::of_rules(rules)),
    })
}
