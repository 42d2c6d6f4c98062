//! Performance standards of a rulebook, and their ladders.

use klokuur::rulebook::{
    self as core, Combine, Confidence, Counted, Direction, LadderKind, StandardUnit, StepAfter as CoreAfter,
};

use crate::rulebook::{Ratio, Rulebook};
use crate::time::LocalDate;

/// What the value of a standard is.
#[uniffi::remote(Enum)]
pub enum StandardUnit {
    /// A share: good of all where more is better, bad of all where less is.
    Share,
    /// A mean of values, as hours.
    Average,
    /// The most bad ones in a row.
    Run,
    /// How many there are.
    Count,
}

/// What a limit counts beside the value.
#[uniffi::remote(Enum)]
pub enum Counted {
    /// Bad items.
    Items,
    /// Different buyers with a bad item.
    Buyers,
}

/// How threshold and count of a limit belong together.
#[uniffi::remote(Enum)]
pub enum Combine {
    /// Both must be missed.
    And,
    /// One of them is enough.
    Or,
}

/// How a ladder goes from standards to a consequence.
#[uniffi::remote(Enum)]
pub enum LadderKind {
    /// The best level of which every standard holds.
    Levels,
    /// Further steps the longer a standard stays missed.
    Escalation,
    /// The fee of the limit that is reached.
    Fees,
}

/// Over what a standard is measured. A date counts once it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum StandardPeriod {
    /// The last dates.
    Days {
        /// How many.
        days: i64,
    },
    /// From the same day of an earlier month on, both ends included.
    RollingMonths {
        /// How many months back.
        months: i64,
    },
    /// The last calendar month.
    Month,
    /// The last ISO week.
    IsoWeek,
    /// The bad ones of the last ISO week, over the mean of all in the last weeks.
    MeanOfWeeks {
        /// How many weeks, the last included.
        weeks: i64,
    },
    /// Whole calendar months, as they stand on one day of each month.
    Evaluation {
        /// The day of the month.
        day_of_month: i64,
        /// How many months before that of the evaluation.
        months: i64,
        /// With fewer items than this in them …
        at_least: i64,
        /// … so many months count instead.
        else_months: i64,
    },
}

/// A fee that follows from a limit.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct StandardFee {
    /// Which share.
    pub share: Ratio,
    /// Of what, in words.
    pub of: String,
}

/// One limit of a standard, with what follows when it is reached.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct StandardLimit {
    /// Its name.
    pub name: String,
    /// The threshold; none: not known.
    pub threshold: Option<Ratio>,
    /// From how many bad items or buyers on it is reached.
    pub count: Option<i64>,
    /// What is counted.
    pub counted: Option<Counted>,
    /// How the count belongs to the threshold.
    pub combine: Option<Combine>,
    /// What follows, in words.
    pub consequence: String,
    /// The fee that follows.
    pub fee: Option<StandardFee>,
}

/// One performance standard.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct StandardRule {
    /// Its name: `late_shipment_rate_10_days`.
    pub name: String,
    /// The figure that it measures, which standards over other periods share.
    pub measure: String,
    /// What it is measured on, in words.
    pub measured_on: String,
    /// Which side of a threshold conforms.
    pub direction: Direction,
    /// What the value is.
    pub unit: StandardUnit,
    /// What is averaged, for a mean.
    pub averaged: Option<String>,
    /// Whether a threshold itself is on the wrong side.
    pub strict: bool,
    /// Over what it is measured.
    pub period: StandardPeriod,
    /// With fewer items than this in the period there is no verdict.
    pub minimum_population: Option<i64>,
    /// The limits, mildest first.
    pub limits: Vec<StandardLimit>,
    /// Where it comes from, in letters: A, B, O, 3, D.
    pub source: String,
    /// The date of the source, where it says one.
    pub stated_on: Option<LocalDate>,
    /// How sure it is.
    pub confidence: Confidence,
}

/// When an escalation comes to a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum StepAfter {
    /// After so many days in a row with a missed standard; 0: on the first.
    Days {
        /// How many.
        days: i64,
    },
    /// It is not public.
    NotKnown,
}

/// A level or a step of a ladder.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct LadderStep {
    /// Its name; of a level that can be lost, that of the limits that lose it.
    pub name: String,
    /// When an escalation comes to it; none for a level.
    pub after_days: Option<StepAfter>,
    /// What it means, in words.
    pub consequence: String,
}

/// A ladder: from several standards to one consequence.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct LadderRule {
    /// Its name: `seller_level`.
    pub name: String,
    /// How it goes.
    pub kind: LadderKind,
    /// The standards that it looks at.
    pub standards: Vec<String>,
    /// Its levels, best first, the last of which is what remains; or its steps, mildest first.
    pub steps: Vec<LadderStep>,
    /// Where it comes from, in letters.
    pub source: String,
    /// The date of the source, where it says one.
    pub stated_on: Option<LocalDate>,
    /// How sure it is.
    pub confidence: Confidence,
}

impl From<&core::StandardFee> for StandardFee {
    fn from(fee: &core::StandardFee) -> Self {
        Self { share: fee.share.into(), of: fee.of.clone() }
    }
}

fn period(period: core::StandardPeriod) -> StandardPeriod {
    match period {
        core::StandardPeriod::Days { days } => StandardPeriod::Days { days: days.into() },
        core::StandardPeriod::RollingMonths { months } => {
            StandardPeriod::RollingMonths { months: months.into() }
        }
        core::StandardPeriod::Month => StandardPeriod::Month,
        core::StandardPeriod::IsoWeek => StandardPeriod::IsoWeek,
        core::StandardPeriod::MeanOfWeeks { weeks } => StandardPeriod::MeanOfWeeks { weeks: weeks.into() },
        core::StandardPeriod::Evaluation { day_of_month, months, at_least, else_months } => {
            StandardPeriod::Evaluation {
                day_of_month: day_of_month.into(),
                months: months.into(),
                at_least: at_least.into(),
                else_months: else_months.into(),
            }
        }
    }
}

fn limit(limit: &core::StandardLimit) -> StandardLimit {
    StandardLimit {
        name: limit.name.clone(),
        threshold: limit.threshold.map(Ratio::from),
        count: limit.count.map(i64::from),
        counted: limit.counted,
        combine: limit.combine,
        consequence: limit.consequence.clone(),
        fee: limit.fee.as_ref().map(StandardFee::from),
    }
}

fn step(step: &core::LadderStep) -> LadderStep {
    LadderStep {
        name: step.name.clone(),
        after_days: step.after_days.map(|after| match after {
            CoreAfter::Days(days) => StepAfter::Days { days: days.into() },
            CoreAfter::NotKnown => StepAfter::NotKnown,
        }),
        consequence: step.consequence.clone(),
    }
}

/// Of a rulebook that stands for its history: those of the newest.
#[uniffi::export]
impl Rulebook {
    /// Performance standards over other periods than weeks; none: the norms are all.
    pub fn standards(&self) -> Vec<StandardRule> {
        let standard = |rule: &core::StandardRule| StandardRule {
            name: rule.name.clone(),
            measure: rule.measure.clone(),
            measured_on: rule.measured_on.clone(),
            direction: rule.direction,
            unit: rule.unit,
            averaged: rule.averaged.clone(),
            strict: rule.strict,
            period: period(rule.period),
            minimum_population: rule.minimum_population.map(i64::from),
            limits: rule.limits.iter().map(limit).collect(),
            source: rule.source.to_string(),
            stated_on: rule.stated_on,
            confidence: rule.confidence,
        };
        self.0.standards.iter().map(standard).collect()
    }

    /// The ladders of those standards.
    pub fn ladders(&self) -> Vec<LadderRule> {
        let ladder = |rule: &core::LadderRule| LadderRule {
            name: rule.name.clone(),
            kind: rule.kind,
            standards: rule.standards.clone(),
            steps: rule.steps.iter().map(step).collect(),
            source: rule.source.to_string(),
            stated_on: rule.stated_on,
            confidence: rule.confidence,
        };
        self.0.ladders.iter().map(ladder).collect()
    }
}
