//! `PerformanceIndicators` (RULES R1): the weekly scores as the marketplace reports them.

use serde_json::{Map, Value};

use super::fields::{Fields, document, write};
use super::names::open_names;
use crate::error::{KlokuurError, Result};
use crate::week::IsoWeek;

open_names! {
    /// The name of a performance indicator (RULES R1).
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
    }
}

open_names! {
    /// How an indicator's value is meant (RULES R1).
    IndicatorType {
        /// A share on a scale from 0 to 1.
        Percentage = "PERCENTAGE",
        /// A sum divided by a count.
        Average = "AVERAGE",
    }
}

open_names! {
    /// The direction of a reported norm (RULES R1).
    IndicatorCondition {
        /// The value must not be above the norm.
        AtMost = "<=",
        /// The value must not be below the norm.
        AtLeast = ">=",
    }
}

/// A `PerformanceIndicators` document (RULES R1).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PerformanceIndicators {
    /// The indicators, in the document's order.
    pub performance_indicators: Vec<PerformanceIndicator>,
    /// Fields that this version does not know.
    pub other: Map<String, Value>,
}

/// One indicator of one week.
#[derive(Debug, Clone, PartialEq)]
pub struct PerformanceIndicator {
    /// What is measured.
    pub name: IndicatorName,
    /// How the value is meant (`type` in the document).
    pub kind: IndicatorType,
    /// Week, score and norm.
    pub details: IndicatorDetails,
    /// Fields that this version does not know.
    pub other: Map<String, Value>,
}

/// The week, the score and the norm of an indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorDetails {
    /// The ISO week measured.
    pub period: IndicatorPeriod,
    /// The score; absent when nothing was measured.
    pub score: Option<IndicatorScore>,
    /// The norm it is held against.
    pub norm: IndicatorNorm,
    /// Fields that this version does not know.
    pub other: Map<String, Value>,
}

/// An ISO week as the API writes it: two texts.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorPeriod {
    /// The ISO week number, `"1"` to `"53"`.
    pub week: String,
    /// The ISO year, `"2026"`.
    pub year: String,
    /// Fields that this version does not know.
    pub other: Map<String, Value>,
}

/// A score as reported. Nothing in it is corrected (RULES R2).
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorScore {
    /// Whether the marketplace says that the norm is met. It knows no count limit (RULES R2).
    pub conforms: bool,
    /// The upper part of the fraction.
    pub numerator: i32,
    /// The lower part of the fraction.
    pub denominator: i32,
    /// Numerator divided by denominator, as reported.
    pub value: f64,
    /// The distance between value and norm, as reported, without a sign (RULES R2).
    pub distance_to_norm: f64,
    /// Fields that this version does not know.
    pub other: Map<String, Value>,
}

/// A norm as reported.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorNorm {
    /// The direction.
    pub condition: IndicatorCondition,
    /// The threshold, a share from 0 to 1 for percentages.
    pub value: f64,
    /// Fields that this version does not know.
    pub other: Map<String, Value>,
}

document!(PerformanceIndicators, "performance indicators document");

impl PerformanceIndicators {
    fn read(mut fields: Fields) -> Result<Self> {
        Ok(Self {
            performance_indicators: fields.objects("performanceIndicators", PerformanceIndicator::read)?,
            other: fields.rest(),
        })
    }

    fn write(&self) -> Value {
        let list = self.performance_indicators.iter().map(PerformanceIndicator::write).collect();
        write([("performanceIndicators", Some(Value::Array(list)))], &self.other)
    }
}

impl PerformanceIndicator {
    fn read(mut fields: Fields) -> Result<Self> {
        Ok(Self {
            name: fields.text("name")?.into(),
            kind: fields.text("type")?.into(),
            details: IndicatorDetails::read(fields.object("details")?)?,
            other: fields.rest(),
        })
    }

    fn write(&self) -> Value {
        write(
            [
                ("name", Some(self.name.as_str().into())),
                ("type", Some(self.kind.as_str().into())),
                ("details", Some(self.details.write())),
            ],
            &self.other,
        )
    }
}

impl IndicatorDetails {
    fn read(mut fields: Fields) -> Result<Self> {
        Ok(Self {
            period: IndicatorPeriod::read(fields.object("period")?)?,
            score: fields.optional_object("score")?.map(IndicatorScore::read).transpose()?,
            norm: IndicatorNorm::read(fields.object("norm")?)?,
            other: fields.rest(),
        })
    }

    fn write(&self) -> Value {
        write(
            [
                ("period", Some(self.period.write())),
                ("score", self.score.as_ref().map(IndicatorScore::write)),
                ("norm", Some(self.norm.write())),
            ],
            &self.other,
        )
    }
}

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

    fn read(mut fields: Fields) -> Result<Self> {
        let (week, year) = (fields.text_or_number("week")?, fields.text_or_number("year")?);
        let period = Self { week, year, other: Map::new() };
        if let Err(problem) = period.iso_week() {
            return Err(fields.fault("week", &problem.to_string()));
        }
        Ok(Self { other: fields.rest(), ..period })
    }

    fn write(&self) -> Value {
        write(
            [("week", Some(self.week.clone().into())), ("year", Some(self.year.clone().into()))],
            &self.other,
        )
    }
}

impl IndicatorScore {
    fn read(mut fields: Fields) -> Result<Self> {
        Ok(Self {
            conforms: fields.flag("conforms")?,
            numerator: fields.int("numerator")?,
            denominator: fields.int("denominator")?,
            value: fields.float("value")?,
            distance_to_norm: fields.float("distanceToNorm")?,
            other: fields.rest(),
        })
    }

    fn write(&self) -> Value {
        write(
            [
                ("conforms", Some(self.conforms.into())),
                ("numerator", Some(self.numerator.into())),
                ("denominator", Some(self.denominator.into())),
                ("value", Some(self.value.into())),
                ("distanceToNorm", Some(self.distance_to_norm.into())),
            ],
            &self.other,
        )
    }
}

impl IndicatorNorm {
    fn read(mut fields: Fields) -> Result<Self> {
        Ok(Self {
            condition: fields.text("condition")?.into(),
            value: fields.float("value")?,
            other: fields.rest(),
        })
    }

    fn write(&self) -> Value {
        write(
            [("condition", Some(self.condition.as_str().into())), ("value", Some(self.value.into()))],
            &self.other,
        )
    }
}
