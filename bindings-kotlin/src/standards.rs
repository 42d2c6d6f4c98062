//! Performance standards judged, and the ladders that they climb.

use klokuur::norm::MeasuredBy;
use klokuur::rulebook::{Direction, LadderKind, StandardUnit};
use klokuur::standards::{self as core, NoVerdict, StandardVerdict};
use klokuur::timeline::Language;

use crate::error::Result;
use crate::fingerprints::Fingerprints;
use crate::rulebook::{Ratio, Rulebook, ratio};
use crate::standard_rules::StandardFee;
use crate::time::LocalDate;

/// The verdict on one standard.
#[uniffi::remote(Enum)]
pub enum StandardVerdict {
    /// No limit is reached.
    Conforms,
    /// A limit is reached.
    Missed,
    /// There is none: see why.
    NoVerdict,
}

/// Why there is no verdict.
#[uniffi::remote(Enum)]
pub enum NoVerdict {
    /// Nothing was measured.
    NoData,
    /// Fewer items than a verdict needs.
    BelowMinimumPopulation,
    /// The threshold is not public.
    ThresholdNotKnown,
    /// How many bad items or buyers there are was not told.
    CountNotKnown,
}

/// Something that a standard is measured on: an order, a parcel, a message; or several of one date at once.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct StandardItem {
    /// The figure that it counts in: the `measure` of a standard.
    pub measure: String,
    /// Its local date.
    pub on: LocalDate,
    /// How many there are.
    #[uniffi(default = 1)]
    pub units: i64,
    /// How many of them are bad.
    #[uniffi(default = 0)]
    pub bad: i64,
    /// The buyer, for limits that count different ones.
    #[uniffi(default = None)]
    pub buyer: Option<String>,
    /// What is averaged, for a mean: of each unit, as exact decimal text.
    #[uniffi(default = None)]
    pub value: Option<String>,
}

/// The figure of one standard in one period, as it was counted elsewhere.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct StandardFigure {
    /// The standard, by its name.
    pub standard: String,
    /// The last date of its period.
    pub until: LocalDate,
    /// Above the line: good ones where more is better, bad ones where less is; as exact decimal text.
    pub numerator: String,
    /// Under the line: the items; 0 is no data.
    pub denominator: String,
    /// How many different buyers had a bad item, where it is known.
    #[uniffi(default = None)]
    pub buyers: Option<i64>,
}

/// One limit, and whether it is reached.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct LimitResult {
    /// Its name.
    pub name: String,
    /// Its threshold; none: not known.
    pub threshold: Option<Ratio>,
    /// Whether it is reached; none where that cannot be told.
    pub reached: Option<bool>,
}

/// What the marketplace reports for a standard, beside what is computed from items.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ReportedStandard {
    /// Above the line.
    pub numerator: Ratio,
    /// Under the line.
    pub denominator: Ratio,
    /// The verdict on it.
    pub verdict: StandardVerdict,
    /// Whether it has the same value as the items.
    pub agrees: bool,
}

/// One standard on one date.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct StandardResult {
    /// Its name.
    pub standard: String,
    /// The figure that it measures.
    pub measure: String,
    /// What the value is.
    pub unit: StandardUnit,
    /// What is averaged, for a mean.
    pub averaged: Option<String>,
    /// Which side of a threshold conforms.
    pub direction: Direction,
    /// Whether a threshold itself is on the wrong side.
    pub strict: bool,
    /// The first date of its period.
    pub from: LocalDate,
    /// The last.
    pub until: LocalDate,
    /// When it was evaluated, for a standard with an evaluation day.
    pub evaluated_on: Option<LocalDate>,
    /// Above the line.
    pub numerator: Ratio,
    /// Under the line; 0 is no data.
    pub denominator: Ratio,
    /// The value, exact; none without data.
    pub value: Option<Ratio>,
    /// How many items there are.
    pub population: Option<i64>,
    /// How many a verdict needs.
    pub minimum_population: Option<i64>,
    /// How many are bad, for a share.
    pub bad: Option<i64>,
    /// How many different buyers had a bad one; none where it is not known.
    pub buyers: Option<i64>,
    /// The most bad ones in a row, where those are measured.
    pub longest_run: Option<i64>,
    /// The verdict.
    pub verdict: StandardVerdict,
    /// Why there is none.
    pub why: Option<NoVerdict>,
    /// Every limit, mildest first.
    pub limits: Vec<LimitResult>,
    /// The severest limit that is reached.
    pub reached: Option<String>,
    /// What follows from it, in words.
    pub consequence: Option<String>,
    /// The fee that follows from it.
    pub fee: Option<StandardFee>,
    /// Who measured it.
    pub measured_by: MeasuredBy,
    /// What the marketplace reports beside it.
    pub reported: Option<ReportedStandard>,
    /// It in a sentence.
    pub english: String,
    /// The same in Dutch.
    pub dutch: String,
}

/// One ladder on one date.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct LadderResult {
    /// Its name.
    pub ladder: String,
    /// How it goes.
    pub kind: LadderKind,
    /// The level, the step that was come to, or the limit with the fee; none: none, or it cannot be told.
    pub step: Option<String>,
    /// What it means, in words.
    pub consequence: Option<String>,
    /// The fee.
    pub fee: Option<StandardFee>,
    /// The standards that brought it there.
    pub because: Vec<String>,
    /// The standards without a verdict: with theirs it could be another.
    pub without_verdict: Vec<String>,
    /// Of an escalation: since when a standard is missed without a break, as far as the items tell.
    pub since: Option<LocalDate>,
    /// Of an escalation: the steps that may have come too, since it is not public when they do. Of levels: those that it may be, where a
    /// limit could not be decided.
    pub possible: Vec<String>,
    /// When its standards are evaluated next, where they have a day for it.
    pub next_evaluation: Option<LocalDate>,
    /// It in a sentence.
    pub english: String,
    /// The same in Dutch.
    pub dutch: String,
}

/// All standards and ladders of a rulebook on one date.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct StandardsReport {
    /// The date, at whose start it is so.
    pub on: LocalDate,
    /// The standards, in the rulebook's order.
    pub standards: Vec<StandardResult>,
    /// The ladders, in the rulebook's order.
    pub ladders: Vec<LadderResult>,
    /// What they were judged by.
    pub fingerprints: Fingerprints,
}

/// Judges every standard of a rulebook, and its ladders, as they stand at the start of a date. A measure with items is
/// judged by them, and a figure for the same period stands beside; without items the figure is judged.
///
/// # Errors
/// - a rulebook without standards; a measure or a standard that it does not have
/// - an item with more bad ones than there are, or of a mean without a value; a number that is none
/// - a date outside 1900 to 2100
#[uniffi::export]
pub fn judge_standards(
    rules: &Rulebook,
    items: Vec<StandardItem>,
    figures: Vec<StandardFigure>,
    on: LocalDate,
) -> Result<StandardsReport> {
    let items = items.into_iter().map(item).collect::<Result<Vec<_>>>()?;
    let figures = figures.into_iter().map(figure).collect::<Result<Vec<_>>>()?;
    let report = core::judge_standards(rules.by_week(), &core::StandardItems::new(items)?, &figures, on)?;
    Ok(StandardsReport {
        on: report.on,
        standards: report.standards.iter().map(standard).collect(),
        ladders: report.ladders.iter().map(ladder).collect(),
        fingerprints: Fingerprints::from(&report.fingerprints),
    })
}

fn count(what: &'static str, given: i64) -> Result<u32> {
    let refused = || klokuur::KlokuurError::OutOfRange {
        what,
        given: given.to_string(),
        accepted: format!("a whole number from 0 to {}", u32::MAX),
    };
    Ok(u32::try_from(given).map_err(|_| refused())?)
}

fn item(item: StandardItem) -> Result<core::StandardItem> {
    Ok(core::StandardItem {
        measure: item.measure,
        on: item.on,
        units: count("units of an item", item.units)?,
        bad: count("bad ones of an item", item.bad)?,
        buyer: item.buyer,
        value: item.value.map(|text| ratio(&text)).transpose()?,
    })
}

fn figure(figure: StandardFigure) -> Result<core::StandardFigure> {
    Ok(core::StandardFigure {
        standard: figure.standard,
        until: figure.until,
        numerator: ratio(&figure.numerator)?,
        denominator: ratio(&figure.denominator)?,
        buyers: figure.buyers.map(|buyers| count("buyers of a figure", buyers)).transpose()?,
    })
}

fn counted(count: Option<u64>) -> Option<i64> {
    count.map(crate::time::signed)
}

fn standard(it: &core::StandardResult) -> StandardResult {
    let limit = |limit: &core::LimitResult| LimitResult {
        name: limit.name.clone(),
        threshold: limit.threshold.map(Ratio::from),
        reached: limit.reached,
    };
    StandardResult {
        standard: it.standard.clone(),
        measure: it.measure.clone(),
        unit: it.unit,
        averaged: it.averaged.clone(),
        direction: it.direction,
        strict: it.strict,
        from: it.from,
        until: it.until,
        evaluated_on: it.evaluated_on,
        numerator: it.numerator.into(),
        denominator: it.denominator.into(),
        value: it.value.map(Ratio::from),
        population: counted(it.population),
        minimum_population: it.minimum_population.map(i64::from),
        bad: counted(it.bad),
        buyers: counted(it.buyers),
        longest_run: counted(it.longest_run),
        verdict: it.verdict,
        why: it.why,
        limits: it.limits.iter().map(limit).collect(),
        reached: it.reached.clone(),
        consequence: it.consequence.clone(),
        fee: it.fee.as_ref().map(StandardFee::from),
        measured_by: it.measured_by,
        reported: it.reported.map(|reported| ReportedStandard {
            numerator: reported.numerator.into(),
            denominator: reported.denominator.into(),
            verdict: reported.verdict,
            agrees: reported.agrees,
        }),
        english: it.to_sentence(Language::English),
        dutch: it.to_sentence(Language::Dutch),
    }
}

fn ladder(it: &core::LadderResult) -> LadderResult {
    LadderResult {
        ladder: it.ladder.clone(),
        kind: it.kind,
        step: it.step.clone(),
        consequence: it.consequence.clone(),
        fee: it.fee.as_ref().map(StandardFee::from),
        because: it.because.clone(),
        without_verdict: it.without_verdict.clone(),
        since: it.since,
        possible: it.possible.clone(),
        next_evaluation: it.next_evaluation,
        english: it.to_sentence(Language::English),
        dutch: it.to_sentence(Language::Dutch),
    }
}
