//! What standards and ladders come to.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::fingerprints::Fingerprints;
use crate::names::names;
use crate::norm::MeasuredBy;
use crate::rulebook::{Direction, LadderKind, Ratio, StandardFee, StandardUnit};

names! {
    /// The verdict on one standard.
    ///
    /// Shown at [`StandardFigure`](super::StandardFigure).
    pub enum StandardVerdict: "standard verdict" {
        /// No limit is reached.
        Conforms = "conforms",
        /// A limit is reached.
        Missed = "missed",
        /// There is none: see why.
        NoVerdict = "no_verdict",
    }
}

names! {
    /// Why there is no verdict.
    ///
    /// Shown at [`StandardResult`].
    pub enum NoVerdict: "reason without a verdict" {
        /// Nothing was measured (RULES N2).
        NoData = "no_data",
        /// Fewer items than a verdict needs.
        BelowMinimumPopulation = "below_minimum_population",
        /// The threshold is not public.
        ThresholdNotKnown = "threshold_not_known",
        /// How many bad items or buyers there are was not told.
        CountNotKnown = "count_not_known",
    }
}

/// One limit, and whether it is reached.
///
/// Shown at [`StandardResult`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitResult {
    /// Its name.
    pub name: String,
    /// Its threshold; none: not known.
    pub threshold: Option<Ratio>,
    /// Whether it is reached; none where that cannot be told.
    pub reached: Option<bool>,
}

/// What the marketplace reports for a standard, beside what is computed from items.
///
/// Shown at [`StandardResult`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportedStandard {
    /// Above the line.
    pub numerator: Ratio,
    /// Under the line.
    pub denominator: Ratio,
    /// The verdict on it.
    pub verdict: StandardVerdict,
    /// Whether it says the same as the items: the same value.
    pub agrees: bool,
}

/// One standard on one date.
///
/// ```
/// # use klokuur::Rulebook;
/// # use klokuur::rulebook::Ratio;
/// # use klokuur::standards::{NoVerdict, StandardFigure, StandardItem, StandardItems, StandardVerdict};
/// # use klokuur::standards::judge_standards;
/// let kaufland = Rulebook::shipped("kaufland")?;
/// let items = StandardItems::new([StandardItem {
///     measure: "cancellation_rate".into(), on: "2026-03-10".parse()?, units: 100, bad: 4, buyer: None, value: None,
/// }])?;
/// let told = StandardFigure {
///     standard: "cancellation_rate".into(),
///     until: "2026-03-31".parse()?,
///     numerator: Ratio::whole(4),
///     denominator: Ratio::whole(100),
///     buyers: None,
/// };
/// let report = judge_standards(&kaufland, &items, &[told], "2026-04-01".parse::<chrono::NaiveDate>()?)?;
/// let cancelled = report.standard("cancellation_rate")?;
/// assert_eq!((cancelled.verdict, cancelled.limits[1].reached), (StandardVerdict::Missed, Some(true)));
/// assert_eq!(cancelled.reported.map(|reported| reported.agrees), Some(true)); // the marketplace says the same
/// assert_eq!(report.standard("ticket_rate")?.why, Some(NoVerdict::NoData));
/// let fee = report.ladders.iter().find(|ladder| ladder.ladder == "cancellation_fee").ok_or("no such ladder")?;
/// assert_eq!(fee.because, ["cancellation_rate"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
    pub from: NaiveDate,
    /// The last.
    pub until: NaiveDate,
    /// When it was evaluated, for a standard with an evaluation day.
    pub evaluated_on: Option<NaiveDate>,
    /// Above the line.
    pub numerator: Ratio,
    /// Under the line; 0 is no data.
    pub denominator: Ratio,
    /// The value, exact; none without data.
    pub value: Option<Ratio>,
    /// How many items there are.
    pub population: Option<u64>,
    /// How many a verdict needs.
    pub minimum_population: Option<u32>,
    /// How many are bad, for a share.
    pub bad: Option<u64>,
    /// How many different buyers had a bad one; none where it is not known.
    pub buyers: Option<u64>,
    /// The most bad ones in a row, where those are measured.
    pub longest_run: Option<u64>,
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
    /// What the marketplace reports beside it; none where it reports nothing, or nothing else is there.
    pub reported: Option<ReportedStandard>,
}

/// One ladder on one date.
///
/// Shown at [`StandardResult`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
    /// Of an escalation: since when a standard is missed without a break, as far as the items of a year or of its
    /// longest step tell.
    pub since: Option<NaiveDate>,
    /// Of an escalation: the steps that may have come too, since it is not public when they do. Of levels: those that it
    /// may be, where a limit could not be decided.
    pub possible: Vec<String>,
    /// When its standards are evaluated next, where they have a day for it.
    pub next_evaluation: Option<NaiveDate>,
}

/// All standards and ladders of a rulebook on one date.
///
/// Shown at [`StandardFigure`](super::StandardFigure).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandardsReport {
    /// The date, at whose start it is so.
    pub on: NaiveDate,
    /// The standards, in the rulebook's order.
    pub standards: Vec<StandardResult>,
    /// The ladders, in the rulebook's order.
    pub ladders: Vec<LadderResult>,
    /// What they were judged by (RULES I5).
    pub fingerprints: Fingerprints,
}
