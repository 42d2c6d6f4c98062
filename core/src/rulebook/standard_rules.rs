//! Performance standards of marketplaces that judge by more than weeks, and their ladders (RULES N7, S8).

use crate::names::names;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize, Serializer};

use super::{Confidence, Direction, Provenance, Ratio};

names! {
    /// What the value of a standard is.
    ///
    /// Shown at [`StandardRule`].
    pub enum StandardUnit: "standard unit" {
        /// A share: good of all where more is better, bad of all where less is.
        Share = "share",
        /// A mean of values, as hours.
        Average = "average",
        /// The most bad ones in a row.
        Run = "run",
        /// How many there are.
        Count = "count",
    }
}

/// Over what a standard is measured. A date counts once it is over, so every period ends before the date of the
/// judgement.
///
/// Shown at [`StandardRule`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StandardPeriod {
    /// The last dates.
    Days {
        /// How many.
        days: u32,
    },
    /// From the same day of an earlier month on, both ends included.
    RollingMonths {
        /// How many months back.
        months: u32,
    },
    /// The last calendar month.
    Month,
    /// The last ISO week.
    IsoWeek,
    /// The bad ones of the last ISO week, over the mean of all in the last weeks.
    MeanOfWeeks {
        /// How many weeks, the last included.
        weeks: u32,
    },
    /// Whole calendar months, as they stand on one day of each month.
    Evaluation {
        /// The day of the month.
        day_of_month: u32,
        /// How many months before that of the evaluation.
        months: u32,
        /// With fewer items than this in them …
        at_least: u32,
        /// … so many months count instead.
        else_months: u32,
    },
}

names! {
    /// What a limit counts beside the value.
    ///
    /// Shown at [`StandardRule`].
    pub enum Counted: "way of counting" {
        /// Bad items.
        Items = "items",
        /// Different buyers with a bad item.
        Buyers = "buyers",
    }
}

names! {
    /// How threshold and count of a limit belong together.
    ///
    /// Shown at [`StandardRule`].
    pub enum Combine: "way to combine" {
        /// Both must be missed.
        And = "and",
        /// One of them is enough.
        Or = "or",
    }
}

/// A fee that follows from a limit.
///
/// Shown at [`StandardRule`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandardFee {
    /// Which share.
    pub share: Ratio,
    /// Of what, in words.
    pub of: String,
}

/// One limit of a standard, with what follows when it is reached.
///
/// Shown at [`StandardRule`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StandardLimit {
    /// Its name: `warn`, `block`, the level that is lost.
    pub name: String,
    /// The threshold; none: not known, so that it gives no verdict. In documents: `not known`.
    #[serde(serialize_with = "known")]
    pub threshold: Option<Ratio>,
    /// From how many bad items or buyers on it is reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// What is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted: Option<Counted>,
    /// How the count belongs to the threshold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub combine: Option<Combine>,
    /// What follows, in words.
    pub consequence: String,
    /// The fee that follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fee: Option<StandardFee>,
}

/// One performance standard (RULES N7).
///
/// ```
/// # use klokuur::Rulebook;
/// # use klokuur::rulebook::{Combine, Counted, StandardPeriod, StandardUnit};
/// let amazon = Rulebook::shipped("amazon")?;
/// let replies = amazon.standards.iter().filter(|standard| standard.unit == StandardUnit::Share);
/// let days = replies.filter(|standard| matches!(standard.period, StandardPeriod::Days { .. })).count();
/// assert!(days >= 3); // several periods side by side
/// assert!(amazon.standards.iter().all(|standard| !standard.limits.is_empty()));
/// let ebay = Rulebook::shipped("ebay")?;
/// let mut limits = ebay.standards.iter().flat_map(|standard| &standard.limits);
/// let both = limits.find(|limit| limit.combine == Some(Combine::And)).ok_or("none needs both")?;
/// assert!(both.threshold.is_some() && both.count.is_some()); // so many per cent, and at least so many:
/// assert!(matches!(both.counted, Some(Counted::Items | Counted::Buyers)));
/// let kaufland = Rulebook::shipped("kaufland")?;
/// let fee = kaufland.standards.iter().flat_map(|standard| &standard.limits).find_map(|limit| limit.fee.as_ref());
/// assert_eq!(fee.map(|fee| fee.of.as_str()), Some("the total price of the cancelled units"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StandardRule {
    /// Its name: `late_shipment_rate_10_days`.
    pub name: String,
    /// The figure that it measures, which standards over other periods share: `late_shipment_rate`.
    pub measure: String,
    /// What it is measured on, in words.
    pub measured_on: String,
    /// Which side of a threshold conforms.
    pub direction: Direction,
    /// What the value is.
    pub unit: StandardUnit,
    /// What is averaged, for a mean: `hours`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub averaged: Option<String>,
    /// Whether a threshold itself is on the wrong side.
    pub strict: bool,
    /// Over what it is measured.
    pub period: StandardPeriod,
    /// With fewer items than this in the period there is no verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum_population: Option<u32>,
    /// The limits, mildest first.
    pub limits: Vec<StandardLimit>,
    /// Where it comes from.
    pub source: Provenance,
    /// The date of the source, where it says one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated_on: Option<NaiveDate>,
    /// How sure it is.
    pub confidence: Confidence,
}

names! {
    /// How a ladder goes from standards to a consequence (RULES S8).
    ///
    /// Shown at [`LadderRule`].
    pub enum LadderKind: "ladder kind" {
        /// The best level of which every standard holds.
        Levels = "levels",
        /// Further steps the longer a standard stays missed.
        Escalation = "escalation",
        /// The fee of the limit that is reached.
        Fees = "fees",
    }
}

/// When an escalation comes to a step.
///
/// Shown at [`LadderRule`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StepAfter {
    /// After so many days in a row with a missed standard; 0: on the first.
    Days(u32),
    /// It is not public. In documents: `not known`.
    NotKnown,
}

impl Serialize for StepAfter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Days(days) => serializer.serialize_u32(*days),
            Self::NotKnown => serializer.serialize_str(NOT_KNOWN),
        }
    }
}

/// A level or a step of a ladder.
///
/// Shown at [`LadderRule`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LadderStep {
    /// Its name; of a level that can be lost, that of the limits that lose it.
    pub name: String,
    /// When an escalation comes to it; none for a level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_days: Option<StepAfter>,
    /// What it means, in words.
    pub consequence: String,
}

/// A ladder: from several standards to one consequence (RULES S8).
///
/// ```
/// # use klokuur::Rulebook;
/// # use klokuur::rulebook::{LadderKind, StepAfter};
/// let ebay = Rulebook::shipped("ebay")?;
/// let levels = ebay.ladders.iter().find(|ladder| ladder.kind == LadderKind::Levels).ok_or("no levels")?;
/// assert!(levels.standards.iter().all(|name| ebay.standard(name).is_ok()));
/// assert!(levels.steps.iter().all(|step| step.after_days.is_none())); // a level is no step in time
/// let kaufland = Rulebook::shipped("kaufland")?;
/// let warnings = kaufland.ladders.iter().find(|ladder| ladder.kind == LadderKind::Escalation).ok_or("no steps")?;
/// assert_eq!(warnings.steps[0].after_days, Some(StepAfter::Days(0)));
/// assert_eq!(warnings.steps[1].after_days, Some(StepAfter::NotKnown)); // it is not public when it follows
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LadderRule {
    /// Its name: `seller_level`.
    pub name: String,
    /// How it goes.
    pub kind: LadderKind,
    /// The standards that it looks at.
    pub standards: Vec<String>,
    /// Its levels, best first, the last of which is what remains; or its steps, mildest first. None for fees.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<LadderStep>,
    /// Where it comes from.
    pub source: Provenance,
    /// The date of the source, where it says one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated_on: Option<NaiveDate>,
    /// How sure it is.
    pub confidence: Confidence,
}

/// How a document writes a number that nobody outside the marketplace knows.
pub(super) const NOT_KNOWN: &str = "not known";

fn known<S: Serializer>(value: &Option<Ratio>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => value.serialize(serializer),
        None => serializer.serialize_str(NOT_KNOWN),
    }
}
