//! `PerformanceIndicators` (RULES R1): the weekly scores as the marketplace reports them.

use serde_json::{Map, Value};

use super::fields::{Fields, document, object_field, record, written_fields};
use super::names::open_names;
use crate::error::{KlokuurError, Result};
use crate::week::IsoWeek;

open_names! {
    /// The name of a performance indicator (RULES R1).
    ///
    /// Shown at [`IndicatorCheck`](super::IndicatorCheck).
    IndicatorName {
        /// Cancelled items per ordered items.
        Cancellations = "CANCELLATIONS",
        /// Items delivered on time per ordered items.
        Fulfilment = "FULFILMENT",
        /// Answered share of call attempts.
        PhoneAvailability = "PHONE_AVAILABILITY",
        /// First responses on time per customer question.
        ResponseTime = "RESPONSE_TIME",
        /// Cases per ordered items.
        CaseItemRatio = "CASE_ITEM_RATIO",
        /// Parcels with a track & trace code.
        TrackAndTrace = "TRACK_AND_TRACE",
        /// Returned per ordered items.
        Returns = "RETURNS",
        /// Mean review grade.
        Reviews = "REVIEWS",
        /// Items of the seller's own shipping delivered on time (version 11).
        OnTime = "ON_TIME",
        /// Items shipped through the marketplace's labels handed over on time (version 11).
        Handover = "HANDOVER",
    }
}

open_names! {
    /// How an indicator's value is meant (RULES R1).
    ///
    /// Shown at [`IndicatorCheck`](super::IndicatorCheck).
    IndicatorType {
        /// A share on a scale from 0 to 1.
        Percentage = "PERCENTAGE",
        /// A sum divided by a count.
        Average = "AVERAGE",
    }
}

open_names! {
    /// The direction of a reported norm (RULES R1).
    ///
    /// Shown at [`IndicatorCheck`](super::IndicatorCheck).
    IndicatorCondition {
        /// The value must not be above the norm.
        AtMost = "<=",
        /// The value must not be below the norm.
        AtLeast = ">=",
    }
}

record! {
    /// A `PerformanceIndicators` document (RULES R1).
    ///
    /// Shown at [`IndicatorCheck`](super::IndicatorCheck).
    #[derive(Default)]
    PerformanceIndicators {
        /// The indicators, in the document's order.
        performance_indicators: Vec<PerformanceIndicator> = "performanceIndicators",
    }
}

record! {
    /// One indicator of one week.
    ///
    /// Shown at [`IndicatorCheck`](super::IndicatorCheck).
    PerformanceIndicator {
        /// What is measured.
        name: IndicatorName = "name",
        /// How the value is meant (`type` in the document).
        kind: IndicatorType = "type",
        /// Week, score and norm.
        details: IndicatorDetails = "details",
    }
}

record! {
    /// The week, the score and the norm of an indicator.
    ///
    /// Shown at [`IndicatorCheck`](super::IndicatorCheck).
    IndicatorDetails {
        /// The ISO week measured.
        period: IndicatorPeriod = "period",
        /// The score; absent when nothing was measured.
        score: Option<IndicatorScore> = "score",
        /// The norm it is held against.
        norm: IndicatorNorm = "norm",
    }
}

record! {
    /// A score as reported. Nothing in it is corrected (RULES R2).
    ///
    /// Shown at [`IndicatorCheck`](super::IndicatorCheck).
    IndicatorScore {
        /// Whether the marketplace says that the norm is met. It knows no count limit (RULES R2).
        conforms: bool = "conforms",
        /// The upper part of the fraction.
        numerator: i32 = "numerator",
        /// The lower part of the fraction.
        denominator: i32 = "denominator",
        /// Numerator divided by denominator, as reported.
        value: f64 = "value",
        /// The distance between value and norm, as reported, without a sign (RULES R2).
        distance_to_norm: f64 = "distanceToNorm",
    }
}

record! {
    /// A norm as reported.
    ///
    /// Shown at [`IndicatorCheck`](super::IndicatorCheck).
    IndicatorNorm {
        /// The direction.
        condition: IndicatorCondition = "condition",
        /// The threshold, a share from 0 to 1 for percentages.
        value: f64 = "value",
    }
}

document!(PerformanceIndicators, "performance indicators document");

/// An ISO week as the API writes it: two texts.
///
/// ```
/// # use klokuur::exchange::IndicatorPeriod;
/// let period = IndicatorPeriod::of("2026-W10".parse()?);
/// assert_eq!((period.week.as_str(), period.year.as_str()), ("10", "2026"));
/// assert_eq!(period.iso_week()?.to_string(), "2026-W10");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorPeriod {
    /// The ISO week number, `"1"` to `"53"`.
    pub week: String,
    /// The ISO year, `"2026"`.
    pub year: String,
    /// Fields that this version does not know.
    pub other: Map<String, Value>,
}

written_fields!(IndicatorPeriod { week = "week", year = "year", });
object_field!(IndicatorPeriod);

impl IndicatorPeriod {
    /// The period of an ISO week.
    pub fn of(week: IsoWeek) -> Self {
        Self { week: week.week().to_string(), year: week.year().to_string(), other: Map::new() }
    }

    /// The ISO week.
    ///
    /// # Errors
    /// - the week or the year is not a whole number
    /// - the year does not have that week
    pub fn iso_week(&self) -> Result<IsoWeek> {
        let malformed = || KlokuurError::InvalidValue {
            what: "period",
            given: format!("week {} of year {}", self.week, self.year),
            accepted: "an ISO week such as week 12 of year 2026".into(),
        };
        // `parse` alone would accept a leading plus sign.
        let digits = |s: &str| !s.is_empty() && s.len() <= 4 && s.bytes().all(|b| b.is_ascii_digit());
        if !digits(&self.week) || !digits(&self.year) {
            return Err(malformed());
        }
        IsoWeek::new(self.year.parse().map_err(|_| malformed())?, self.week.parse().map_err(|_| malformed())?)
    }

    fn read_fields(mut fields: Fields<'_>) -> Result<Self> {
        let period = Self { week: fields.get("week")?, year: fields.get("year")?, other: Map::new() };
        if let Err(problem) = period.iso_week() {
            return Err(fields.fault("week", &problem.to_string()));
        }
        Ok(Self { other: fields.rest(), ..period })
    }
}
