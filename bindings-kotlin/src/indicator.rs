//! Performance indicators: the weekly scores as the marketplace reports them, beside those recomputed here.

use std::sync::Arc;

use klokuur::exchange::{self, PerformanceIndicators as Core, ValueScale};

use crate::error::Result;
use crate::norm::{WeekNumbers, WeekResult};
use crate::open_name::{IndicatorCondition, IndicatorName, IndicatorType};
use crate::rulebook::Rulebook;
use crate::time::{Instant, IsoWeek};

/// A score as reported. Nothing in it is corrected.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct IndicatorScore {
    /// Whether the marketplace says that the norm is met. It knows no count limit.
    pub conforms: bool,
    /// The upper part of the fraction.
    pub numerator: i32,
    /// The lower part of the fraction.
    pub denominator: i32,
    /// Numerator divided by denominator, as reported.
    pub value: f64,
    /// The distance between value and norm, as reported, without a sign.
    pub distance_to_norm: f64,
}

/// One indicator of one week, as reported.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct PerformanceIndicator {
    /// What is measured.
    pub name: IndicatorName,
    /// How the value is meant.
    pub kind: IndicatorType,
    /// The ISO week.
    pub week: IsoWeek,
    /// The score; none when nothing was measured.
    pub score: Option<IndicatorScore>,
    /// The direction of the norm.
    pub condition: IndicatorCondition,
    /// The threshold of the norm, a share from 0 to 1 for percentages.
    pub threshold: f64,
}

/// On which scale a reported value would fit its fraction.
#[uniffi::remote(Enum)]
pub enum ValueScale {
    /// A hundred times the fraction: percent instead of a share.
    Percent,
    /// Neither a share nor percent.
    Neither,
}

/// One contradiction inside a reported indicator.
#[derive(Debug, Clone, PartialEq, uniffi::Enum)]
pub enum IndicatorDifference {
    /// `conforms` says another verdict than the numbers do.
    Verdict {
        /// As reported.
        reported: bool,
        /// By the numbers.
        recomputed: bool,
    },
    /// The value is not numerator divided by denominator.
    Value {
        /// As reported.
        reported: f64,
        /// Numerator divided by denominator.
        recomputed: f64,
        /// What the reported value could be instead.
        scale: ValueScale,
    },
    /// The distance to the norm is not the one between the reported value and the norm.
    Distance {
        /// As reported.
        reported: f64,
        /// The distance by the reported value.
        recomputed: f64,
    },
    /// The denominator is zero or a count is negative: no value can be computed.
    NotAFraction {
        /// The reported numerator.
        numerator: i32,
        /// The reported denominator.
        denominator: i32,
    },
    /// A condition that this version cannot apply.
    UnknownCondition {
        /// The condition as it came.
        condition: String,
    },
}

impl From<exchange::Difference> for IndicatorDifference {
    fn from(difference: exchange::Difference) -> Self {
        use exchange::Difference;
        match difference {
            Difference::Verdict { reported, recomputed } => Self::Verdict { reported, recomputed },
            Difference::Value { reported, recomputed, scale } => Self::Value { reported, recomputed, scale },
            Difference::Distance { reported, recomputed } => Self::Distance { reported, recomputed },
            Difference::NotAFraction { numerator, denominator } => {
                Self::NotAFraction { numerator, denominator }
            }
            Difference::UnknownCondition { condition } => Self::UnknownCondition { condition },
        }
    }
}

/// An indicator checked against itself: both verdicts, and what does not fit together.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct IndicatorCheck {
    /// What is measured.
    pub name: IndicatorName,
    /// The name as the API writes it.
    pub api_name: String,
    /// The ISO week.
    pub week: IsoWeek,
    /// The verdict as reported; none without a score.
    pub reported: Option<bool>,
    /// The verdict of numerator and denominator against the reported norm, without any count limit; none when there is
    /// nothing to compare.
    pub recomputed: Option<bool>,
    /// The value as reported.
    pub reported_value: Option<f64>,
    /// Numerator divided by denominator; for display only.
    pub recomputed_value: Option<f64>,
    /// Everything that contradicts itself; empty for a sound document. A difference is told, never rejected.
    pub differences: Vec<IndicatorDifference>,
}

impl From<exchange::IndicatorCheck> for IndicatorCheck {
    fn from(check: exchange::IndicatorCheck) -> Self {
        Self {
            api_name: check.name.as_str().to_owned(),
            name: check.name.into(),
            week: check.week.into(),
            reported: check.reported,
            recomputed: check.recomputed,
            reported_value: check.reported_value,
            recomputed_value: check.recomputed_value,
            differences: check.differences.into_iter().map(IndicatorDifference::from).collect(),
        }
    }
}

/// The numbers of a document, ready to be judged, and the names of what could not be used.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ReportedNumbers {
    /// Measured elsewhere; `joinWeeks` joins them with those measured here.
    pub numbers: Vec<WeekNumbers>,
    /// Indicators that the rulebook has no norm for, each once.
    pub unknown: Vec<String>,
    /// Indicators whose numbers are no fraction, with their week.
    pub unusable: Vec<String>,
}

impl From<exchange::ReportedNumbers> for ReportedNumbers {
    fn from(reported: exchange::ReportedNumbers) -> Self {
        Self {
            numbers: reported.numbers.into_iter().map(WeekNumbers::from).collect(),
            unknown: reported.unknown,
            unusable: reported.unusable,
        }
    }
}

/// An indicator's verdicts side by side.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct IndicatorVerdicts {
    /// The reported verdict, the one recomputed against the reported norm, and what contradicts itself.
    pub check: IndicatorCheck,
    /// The verdict of the rulebook, with its count limit; none without usable numbers or without such a norm.
    pub judged: Option<WeekResult>,
}

/// A `PerformanceIndicators` document. Immutable; what it does not know it keeps.
#[derive(Debug, PartialEq, uniffi::Object)]
#[uniffi::export(Debug)]
pub struct PerformanceIndicators(pub(crate) Core);

#[uniffi::export]
impl PerformanceIndicators {
    /// From the JSON text of the document.
    ///
    /// # Errors
    /// - text that is not JSON
    /// - a field that the document needs is missing, or has another type; the message names its path
    /// - a week that does not exist
    #[uniffi::constructor]
    pub fn from_json(text: &str) -> Result<Arc<Self>> {
        Ok(Arc::new(Self(Core::from_json(text)?)))
    }

    /// The document as JSON text, unknown fields included.
    ///
    /// # Errors
    /// - none for a document that was read
    pub fn to_json(&self) -> Result<String> {
        Ok(self.0.to_json()?)
    }

    /// The indicators, in the document's order.
    pub fn indicators(&self) -> Vec<PerformanceIndicator> {
        let score = |score: &exchange::IndicatorScore| IndicatorScore {
            conforms: score.conforms,
            numerator: score.numerator,
            denominator: score.denominator,
            value: score.value,
            distance_to_norm: score.distance_to_norm,
        };
        let one = |indicator: &exchange::PerformanceIndicator| PerformanceIndicator {
            name: indicator.name.clone().into(),
            kind: indicator.kind.clone().into(),
            week: indicator.check().week.into(),
            score: indicator.details.score.as_ref().map(score),
            condition: indicator.details.norm.condition.clone().into(),
            threshold: indicator.details.norm.value,
        };
        self.0.performance_indicators.iter().map(one).collect()
    }

    /// Both verdicts of each indicator, reported and recomputed, and every contradiction.
    pub fn checks(&self) -> Vec<IndicatorCheck> {
        self.0.performance_indicators.iter().map(|indicator| indicator.check().into()).collect()
    }

    /// The numbers of all indicators with a score, by the names of the rulebook.
    pub fn numbers(&self, rules: &Rulebook) -> ReportedNumbers {
        self.0.numbers(rules.by_week()).into()
    }

    /// The reported, the recomputed and the rulebook's verdict of each indicator, side by side.
    ///
    /// # Errors
    /// - numbers that their norm refuses
    /// - an instant outside the years 1900 to 2100
    pub fn verdicts(&self, rules: &Rulebook, now: Instant) -> Result<Vec<IndicatorVerdicts>> {
        let one = |indicator: &exchange::PerformanceIndicator| {
            let verdicts = indicator.verdicts(rules.by_week(), now)?;
            Ok(IndicatorVerdicts {
                check: verdicts.check.into(),
                judged: verdicts.judged.map(WeekResult::from),
            })
        };
        self.0.performance_indicators.iter().map(one).collect()
    }
}
