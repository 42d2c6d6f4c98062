//! `kpi-scores` of version 11 (RULES R5): the weekly scores, with the norm that was in force for this seller.

use serde_json::{Map, Value};

use super::check::week_numbers;
use super::fields::{Fields, document, object_field, record, written_fields};
use super::indicator::IndicatorName;
use super::names::open_names;
use crate::error::{KlokuurError, Result};
use crate::norm::WeekNumbers;
use crate::week::IsoWeek;

open_names! {
    /// Whether a norm is the same for all (RULES N5, R5).
    ///
    /// Shown at [`KpiScores`].
    KpiNormType {
        /// The same for every seller.
        Fixed = "FIXED",
        /// Of this seller: the value comes with the data.
        Dynamic = "DYNAMIC",
    }
}

open_names! {
    /// The direction of a norm (RULES R5).
    ///
    /// Shown at [`KpiScores`].
    KpiCondition {
        /// The value must not be above the norm.
        AtMost = "lte",
        /// The value must not be below the norm.
        AtLeast = "gte",
        /// The value must be below the norm.
        Below = "lt",
        /// The value must be above the norm.
        Above = "gt",
    }
}

record! {
    /// A `kpi-scores` document (RULES R5).
    ///
    /// ```
    /// # use klokuur::exchange::{KpiCondition, KpiNormType, KpiScores};
    /// let text = r#"{"kpiScores":[{"kpi":"ON_TIME","period":{"id":"2026-12","type":"WEEK"},
    ///     "score":{"numerator":90,"denominator":100,"value":0.9,"conformsToNorm":false},
    ///     "norm":{"type":"DYNAMIC","condition":"gte","value":0.93}}]}"#;
    /// let score = &KpiScores::from_json(text)?.kpi_scores[0];
    /// assert_eq!((&score.norm.kind, &score.norm.condition), (&KpiNormType::Dynamic, &KpiCondition::AtLeast));
    /// let value = score.score.as_ref().ok_or("no score")?;
    /// assert_eq!((value.numerator, value.conforms_to_norm), (90, false)); // as reported, never corrected
    /// assert_eq!(score.numbers().map(|numbers| numbers.denominator), Some(100)); // ready to be judged
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[derive(Default)]
    KpiScores {
        /// The scores, in the document's order.
        kpi_scores: Vec<KpiScore> = "kpiScores",
    }
}

record! {
    /// One score of one period.
    ///
    /// Shown at [`KpiScores`].
    KpiScore {
        /// What is measured.
        kpi: IndicatorName = "kpi",
        /// The score; absent when nothing was measured.
        score: Option<KpiValue> = "score",
        /// The norm it is held against.
        norm: KpiNorm = "norm",
        /// The week.
        period: KpiPeriod = "period",
        /// Whether the week is excused for this norm (RULES S4).
        excluded: Option<bool> = "excluded",
    }
}

record! {
    /// A score as reported. Nothing in it is corrected (RULES R2).
    ///
    /// Shown at [`KpiScores`].
    KpiValue {
        /// The upper part of the fraction.
        numerator: i32 = "numerator",
        /// The lower part of the fraction.
        denominator: i32 = "denominator",
        /// Numerator divided by denominator, as reported.
        value: f64 = "value",
        /// The distance between value and norm, as reported.
        distance_to_norm: Option<f64> = "distanceToNorm",
        /// Whether the marketplace says that the norm is met.
        conforms_to_norm: bool = "conformsToNorm",
    }
}

record! {
    /// A norm as reported.
    ///
    /// Shown at [`KpiScores`].
    KpiNorm {
        /// Whether it is the same for all (`type` in the document).
        kind: KpiNormType = "type",
        /// The direction.
        condition: KpiCondition = "condition",
        /// The threshold; absent when a dynamic norm has none yet.
        value: Option<f64> = "value",
    }
}

/// The period of a score.
///
/// ```
/// # use klokuur::exchange::KpiPeriod;
/// let period = KpiPeriod { id: "2026-12".into(), kind: Some("WEEK".into()), other: Default::default() };
/// assert_eq!(period.iso_week()?.to_string(), "2026-W12");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct KpiPeriod {
    /// The ISO week as the API writes it: year, then week, as `2026-12`.
    pub id: String,
    /// The kind of period, such as `WEEK`.
    pub kind: Option<String>,
    /// Fields that this version does not know.
    pub other: Map<String, Value>,
}

written_fields!(KpiPeriod { id = "id", kind = "type", });
object_field!(KpiPeriod);
document!(KpiScores, "KPI scores document");

impl KpiPeriod {
    /// The ISO week.
    ///
    /// # Errors
    /// - no year and week, as `2026-12`
    /// - a week that the year does not have
    pub fn iso_week(&self) -> Result<IsoWeek> {
        week_of(&self.id)
    }

    fn read_fields(mut fields: Fields<'_>) -> Result<Self> {
        let period = Self { id: fields.get("id")?, kind: fields.get("type")?, other: Map::new() };
        if let Err(problem) = period.iso_week() {
            return Err(fields.fault("id", &problem.to_string()));
        }
        Ok(Self { other: fields.rest(), ..period })
    }
}

/// An ISO week as version 11 writes it: `2026-12`; with a `W` before the week it is read too.
pub(super) fn week_of(text: &str) -> Result<IsoWeek> {
    let malformed = || KlokuurError::InvalidValue {
        what: "period",
        given: text.to_owned(),
        accepted: "an ISO year and week, as 2026-12".into(),
    };
    let (year, week) = text.split_once('-').ok_or_else(malformed)?;
    let week = week.strip_prefix('W').unwrap_or(week);
    let digits =
        |s: &str, most: usize| !s.is_empty() && s.len() <= most && s.bytes().all(|b| b.is_ascii_digit());
    if !digits(year, 4) || !digits(week, 2) {
        return Err(malformed());
    }
    IsoWeek::new(year.parse().map_err(|_| malformed())?, week.parse().map_err(|_| malformed())?)
}

impl KpiScore {
    /// The numbers as a norm's weekly numbers, with the norm's value (RULES N5) and whether the week is excused for it
    /// (RULES S4); none without a score, or when they are no fraction.
    pub fn numbers(&self) -> Option<WeekNumbers> {
        let score = self.score.as_ref()?;
        let (fraction, is_share) = ((score.numerator, score.denominator), self.kpi != IndicatorName::Reviews);
        let numbers =
            week_numbers(&self.kpi, self.period.iso_week().ok(), fraction, self.norm.value, is_share)?;
        Some(WeekNumbers { excused: self.excluded == Some(true), ..numbers })
    }
}
