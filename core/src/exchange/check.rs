//! The reported verdict beside the one recomputed from the same document (RULES R2).

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::indicator::{IndicatorCondition, IndicatorName, IndicatorType, PerformanceIndicator};
use crate::names::names;
use crate::norm::WeekNumbers;
use crate::rulebook::Ratio;
use crate::week::IsoWeek;

/// An indicator checked against itself: both verdicts, and what does not fit together (RULES R2).
///
/// ```
/// # use klokuur::exchange::{Difference, PerformanceIndicators};
/// let text = r#"{"performanceIndicators":[{"name":"CANCELLATIONS","type":"PERCENTAGE","details":{
///     "period":{"week":"10","year":"2026"},
///     "score":{"conforms":true,"numerator":8,"denominator":100,"value":0.08,"distanceToNorm":0.06},
///     "norm":{"condition":"<=","value":0.02}}}]}"#;
/// let check = PerformanceIndicators::from_json(text)?.performance_indicators[0].check();
/// assert_eq!((check.reported, check.recomputed), (Some(true), Some(false)));
/// assert!(matches!(check.differences[0], Difference::Verdict { .. }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorCheck {
    /// What is measured.
    pub name: IndicatorName,
    /// The ISO week.
    pub week: IsoWeek,
    /// The verdict as reported (`conforms`); none without a score.
    pub reported: Option<bool>,
    /// The verdict of numerator and denominator against the reported norm, compared exactly, without any count limit;
    /// none when there is nothing to compare.
    pub recomputed: Option<bool>,
    /// The value as reported.
    pub reported_value: Option<f64>,
    /// Numerator divided by denominator; for display only.
    pub recomputed_value: Option<f64>,
    /// Everything that contradicts itself; empty for a sound document. A difference is told, never rejected.
    pub differences: Vec<Difference>,
}

/// One contradiction inside a reported indicator.
///
/// Shown at [`IndicatorCheck`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Difference {
    /// `conforms` says another verdict than the numbers do.
    Verdict {
        /// As reported.
        reported: bool,
        /// By the numbers.
        recomputed: bool,
    },
    /// `value` is not numerator divided by denominator.
    Value {
        /// As reported.
        reported: f64,
        /// Numerator divided by denominator.
        recomputed: f64,
        /// What the reported value could be instead.
        scale: ValueScale,
    },
    /// `distanceToNorm` is not the distance between the reported value and the norm.
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

names! {
    /// On which scale a reported value would fit its fraction.
    ///
    /// ```
    /// # use klokuur::exchange::{Difference, PerformanceIndicators, ValueScale};
    /// let text = r#"{"performanceIndicators":[{"name":"CANCELLATIONS","type":"PERCENTAGE","details":{
    ///     "period":{"week":"10","year":"2026"},
    ///     "score":{"conforms":false,"numerator":8,"denominator":100,"value":8.0,"distanceToNorm":7.98},
    ///     "norm":{"condition":"<=","value":0.02}}}]}"#;
    /// let check = PerformanceIndicators::from_json(text)?.performance_indicators[0].check();
    /// let scales = check.differences.iter().filter_map(|difference| match difference {
    ///     Difference::Value { scale, .. } => Some(*scale),
    ///     _ => None,
    /// });
    /// assert_eq!(scales.collect::<Vec<_>>(), [ValueScale::Percent]); // 8 where 0.08 was meant
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub enum ValueScale: "value scale" {
        /// A hundred times the fraction: percent instead of a share.
        Percent = "percent",
        /// Neither a share nor percent.
        Neither = "neither",
    }
}

/// Reported shares are rounded to two decimals or more, averages to one or more: half a unit of that is no difference
/// (ours).
fn tolerance(kind: &IndicatorType) -> f64 {
    if *kind == IndicatorType::Average { 0.05 } else { 0.005 }
}

/// Slack for binary fractions such as 0.905 − 0.9.
const FLOAT_SLACK: f64 = 1e-9;

/// A reported score as a norm's weekly numbers, with the norm's own value (RULES N5); none when it is no fraction.
pub(super) fn week_numbers(
    name: &IndicatorName,
    week: Option<IsoWeek>,
    (numerator, denominator): (i32, i32),
    norm: Option<f64>,
    is_share: bool,
) -> Option<WeekNumbers> {
    let denominator = u64::try_from(denominator).ok().filter(|d| *d > 0)?;
    let numerator = Some(i64::from(numerator)).filter(|n| *n >= 0)?;
    let numbers = WeekNumbers::new(name.as_str(), week?, numerator, denominator).measured_elsewhere();
    Some(WeekNumbers { norm_value: norm.and_then(|value| norm_value(value, is_share)), ..numbers })
}

/// The value of a norm as a document has it; none for what cannot be one. A share above 1 is read as percent (ours).
fn norm_value(value: f64, is_share: bool) -> Option<Ratio> {
    // By the shortest text that means the number: 0.93 is 93 of 100, not the binary fraction beside it.
    let percent = if is_share && value > 1.0 { "%" } else { "" };
    format!("{value}{percent}").parse().ok().filter(|value: &Ratio| value.numerator() >= 0)
}

impl PerformanceIndicator {
    /// The ISO week of the indicator; week 1 of 1970 for a period that was put in by hand and does not exist.
    fn week(&self) -> IsoWeek {
        self.details.period.iso_week().unwrap_or_else(|_| IsoWeek::of(chrono::NaiveDate::default()))
    }

    /// Both verdicts, reported and recomputed, and every contradiction (RULES R2).
    pub fn check(&self) -> IndicatorCheck {
        let mut check = IndicatorCheck {
            name: self.name.clone(),
            week: self.week(),
            reported: None,
            recomputed: None,
            reported_value: None,
            recomputed_value: None,
            differences: Vec::new(),
        };
        let (Some(score), norm) = (&self.details.score, &self.details.norm) else { return check };
        check.reported = Some(score.conforms);
        check.reported_value = Some(score.value);

        if score.denominator <= 0 || score.numerator < 0 {
            let (numerator, denominator) = (score.numerator, score.denominator);
            check.differences.push(Difference::NotAFraction { numerator, denominator });
        } else {
            let value = f64::from(score.numerator) / f64::from(score.denominator);
            check.recomputed_value = Some(value);
            let ordering = compare(score.numerator, score.denominator, norm.value);
            check.recomputed = match (&norm.condition, ordering) {
                (IndicatorCondition::AtMost, Some(ordering)) => Some(ordering != Ordering::Greater),
                (IndicatorCondition::AtLeast, Some(ordering)) => Some(ordering != Ordering::Less),
                _ => None,
            };
            if let Some(recomputed) = check.recomputed.filter(|r| *r != score.conforms) {
                check.differences.push(Difference::Verdict { reported: score.conforms, recomputed });
            }
            let near = |a: f64, b: f64, by: f64| (a - b).abs() <= by + FLOAT_SLACK;
            let by = tolerance(&self.kind);
            if !near(score.value, value, by) {
                let percent = near(score.value, value * 100.0, by * 100.0);
                let scale = if percent { ValueScale::Percent } else { ValueScale::Neither };
                check.differences.push(Difference::Value { reported: score.value, recomputed: value, scale });
            }
        }
        let distance = (score.value - norm.value).abs();
        // Unsigned by the documentation, so a sign is not a difference.
        if (score.distance_to_norm.abs() - distance).abs() > tolerance(&self.kind) + FLOAT_SLACK {
            check
                .differences
                .push(Difference::Distance { reported: score.distance_to_norm, recomputed: distance });
        }
        if let IndicatorCondition::Other(condition) = &norm.condition {
            check.differences.push(Difference::UnknownCondition { condition: condition.clone() });
        }
        check
    }
}

/// Compares a fraction with the decimal number that the document's text says, exactly: 0.93 is 93/100, not the nearest
/// binary fraction. None when the number has more digits than fit.
fn compare(numerator: i32, denominator: i32, threshold: f64) -> Option<Ordering> {
    // The shortest text that reads back as the same float is the text of the document (up to 15 digits).
    let text = threshold.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    if fraction.len() > 18 {
        return None;
    }
    let scale = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
    let left = i128::from(numerator).checked_mul(scale)?;
    let right = digits.checked_mul(i128::from(denominator))?;
    Some(left.cmp(&right))
}

#[cfg(test)]
mod tests {
    use super::compare;
    use std::cmp::Ordering;

    #[test]
    fn thresholds_compare_as_decimals() {
        assert_eq!(compare(93, 100, 0.93), Some(Ordering::Equal));
        assert_eq!(compare(2, 100, 0.02), Some(Ordering::Equal));
        assert_eq!(compare(i32::MAX, 1, 0.02), Some(Ordering::Greater));
        assert_eq!(compare(16, 2, 8.0), Some(Ordering::Equal));
        assert_eq!(compare(1, 2, -0.5), Some(Ordering::Greater));
        assert_eq!(compare(1, 2, 1e-30), None);
        assert_eq!(compare(1, 2, 1e300), None);
        assert_eq!(compare(1, 2, f64::NAN), None);
    }
}
