//! Service norms and the weeks they are measured over (RULES N).

use crate::names::names;
use chrono::Weekday;
use serde::{Serialize, Serializer};

use super::{Confidence, Provenance, Ratio, Sources};

names! {
    /// Which side of the threshold conforms; the threshold itself does too, unless the norm is strict.
    ///
    /// Shown at [`NormRule`].
    pub enum Direction: "direction" {
        /// The threshold or more.
        AtLeast = "at_least",
        /// The threshold or less.
        AtMost = "at_most",
    }
}

names! {
    /// What the value of a norm is.
    ///
    /// Shown at [`NormRule`].
    pub enum NormUnit: "norm unit" {
        /// A share: 0.93 is 93 %.
        Share = "share",
        /// A mean of grades.
        Average = "average",
        /// Points, as an NPS from -100 to 100.
        Points = "points",
    }
}

names! {
    /// Where the value of a threshold comes from (RULES N).
    ///
    /// Shown at [`NormRule`].
    pub enum ThresholdKind: "threshold kind" {
        /// From the rulebook; one that comes with the data and differs is told (RULES N5).
        Fixed = "fixed",
        /// It comes with the data and may change by the week; until it does, the rulebook's stands in for it.
        Dynamic = "dynamic",
    }
}

/// One service norm (RULES N).
///
/// ```
/// # use klokuur::Rulebook;
/// # use klokuur::rulebook::{Direction, NormUnit, Ratio, ThresholdKind};
/// let rules = Rulebook::bol();
/// let norm = rules.norm("response_time")?;
/// assert_eq!((norm.direction, norm.unit), (Direction::AtLeast, NormUnit::Share));
/// assert_eq!((norm.count_limit, norm.strike), (Some(10), true));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NormRule {
    /// The name in this library: `response_time`.
    pub name: String,
    /// The name in the Retailer API, where it has one: `RESPONSE_TIME`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api_name: Option<String>,
    /// What it is measured on, in words.
    pub measured_on: String,
    /// Which side of the threshold conforms.
    pub direction: Direction,
    /// The threshold: a share (93 % is 0.93), a grade or points.
    pub threshold: Ratio,
    /// Where the threshold's value comes from.
    pub threshold_kind: ThresholdKind,
    /// The highest threshold that the data may bring, for a dynamic one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap: Option<Ratio>,
    /// Whether the threshold itself is on the wrong side: the oldest text calls "93 % or lower" bad.
    pub strict: bool,
    /// What the value must at least keep, beside the target: shown, never a strike by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Ratio>,
    /// What the value is.
    pub unit: NormUnit,
    /// How many bad items must also be reached before a week misses the norm; none: the threshold alone decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count_limit: Option<u32>,
    /// Whether a missed week can give a strike.
    pub strike: bool,
    /// The period in months; none: the ISO week.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period_months: Option<u32>,
    /// With fewer items than this in the period, all items ever count (review grade, RULES P3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all_time_below: Option<u32>,
    /// Where it comes from.
    pub source: Provenance,
    /// How sure it is.
    pub confidence: Confidence,
}

/// When the numbers of a week are final (RULES N1).
///
/// ```
/// # use klokuur::Rulebook;
/// assert_eq!(Rulebook::bol().week.final_on, chrono::Weekday::Wed);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeekRules {
    /// The weekday on which a week may become final, at 00:00 local time.
    #[serde(serialize_with = "weekday_name")]
    pub final_on: Weekday,
    /// The source of every value.
    pub sources: Sources,
}

/// `monday` … `sunday`.
pub(super) fn weekday_text(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "monday",
        Weekday::Tue => "tuesday",
        Weekday::Wed => "wednesday",
        Weekday::Thu => "thursday",
        Weekday::Fri => "friday",
        Weekday::Sat => "saturday",
        Weekday::Sun => "sunday",
    }
}

pub(super) fn weekday_name<S: Serializer>(day: &Weekday, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(weekday_text(*day))
}
