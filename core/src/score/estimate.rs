//! The performance score: reported, or estimated (RULES P1, P2).

use std::cmp::Ordering;

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::curve::score_at;
use crate::error::{KlokuurError, Result};
use crate::exact::Exact;
use crate::fingerprints::Fingerprints;
use crate::norm::{Finality, WeekResult, norm_twice};
use crate::rulebook::{NormUnit, Ratio, RulesByWeek, ScoreComponent, ScoreRules};
use crate::time::CalendarDate;
use crate::week::IsoWeek;

/// A performance score, 0 to 10; the variant says where it comes from (RULES P2).
///
/// ```
/// # use klokuur::{PerformanceScore, Rulebook, rulebook::Ratio};
/// let rules = Rulebook::bol();
/// let on: chrono::NaiveDate = "2026-03-18".parse()?;
/// let score = PerformanceScore::reported(Ratio::new(79, 10)?, on)?;
/// assert_eq!((score.value(), score.is_estimate()), (Some(7.9), false));
/// assert_eq!(score.meets_minimum(rules.score_rules()?), Some(false)); // an 8 is asked for
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PerformanceScore {
    /// As the marketplace reports it; never altered.
    Reported {
        /// The score.
        score: Ratio,
        /// The date it was reported for.
        on: NaiveDate,
        /// The shipping method that it is of, as the marketplace names it: there is one score for each (RULES P1).
        #[serde(skip_serializing_if = "Option::is_none")]
        shipping_method: Option<String>,
    },
    /// Our estimate.
    Estimated(ScoreEstimate),
}

impl PerformanceScore {
    /// A score as the marketplace reports it.
    ///
    /// # Errors
    /// - a score below 0 or above 10
    pub fn reported(score: Ratio, on: impl CalendarDate) -> Result<Self> {
        if score < Ratio::whole(0) || score > Ratio::whole(10) {
            return Err(KlokuurError::OutOfRange {
                what: "performance score",
                given: score.to_string(),
                accepted: "0 to 10".into(),
            });
        }
        Ok(Self::Reported { score, on: on.naive(), shipping_method: None })
    }

    /// The same score of one shipping method (RULES P1); an estimate stays as it is.
    #[must_use]
    pub fn of_method(self, method: &str) -> Self {
        match self {
            Self::Reported { score, on, .. } => {
                Self::Reported { score, on, shipping_method: Some(method.to_owned()) }
            }
            estimate @ Self::Estimated(_) => estimate,
        }
    }

    /// Whether it is an estimate.
    pub fn is_estimate(&self) -> bool {
        matches!(self, Self::Estimated(_))
    }

    /// The score, for display; none for an estimate without any data.
    pub fn value(&self) -> Option<f64> {
        match self {
            Self::Reported { score, .. } => Some(score.to_f64()),
            Self::Estimated(estimate) => estimate.score,
        }
    }

    /// Whether the score is at least the minimum (RULES P1), compared exactly; none for an estimate without any data.
    pub fn meets_minimum(&self, rules: &ScoreRules) -> Option<bool> {
        match self {
            Self::Reported { score, .. } => Some(*score >= rules.minimum),
            Self::Estimated(estimate) => estimate.meets_minimum,
        }
    }
}

/// An estimated performance score with its parts. It is a model of ours, not the marketplace's formula (RULES P2).
///
/// ```
/// # use chrono::{DateTime, NaiveDate, Utc};
/// # use klokuur::norm::{FULFILMENT, WeekNumbers, judge_weeks};
/// # use klokuur::{rulebook::RulebookHistory, score::estimate};
/// let rules = RulebookHistory::bol()?;
/// let numbers = [WeekNumbers::new(FULFILMENT, "2026-W11".parse()?, 93, 100)];
/// let results = judge_weeks(&rules, &numbers, "2026-03-20T08:00:00Z".parse::<DateTime<Utc>>()?)?;
/// let estimate = estimate(&rules, &results, "2026-03-20".parse::<NaiveDate>()?)?;
/// let part = estimate.parts.iter().find(|part| part.norm == FULFILMENT).ok_or("no such part")?;
/// assert_eq!((part.value, part.score), (Some(0.93), Some(8.0))); // at the norm
/// assert!(!estimate.missing.is_empty()); // parts without data are told
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreEstimate {
    /// The date on which the score was last calculated: the Wednesday on or before the date asked for.
    pub calculated_on: NaiveDate,
    /// The first week that it is built from; none while no week is final.
    pub first_week: Option<IsoWeek>,
    /// The last week that it is built from: the newest final one.
    pub last_week: Option<IsoWeek>,
    /// The weighted mean of the parts that have data, 0 to 10, for display; none when no part has any.
    pub score: Option<f64>,
    /// Whether the exact score is at least the minimum (RULES P1).
    pub meets_minimum: Option<bool>,
    /// Each component, in the rulebook's order.
    pub parts: Vec<ScorePart>,
    /// The norms of the components without data; the score is the mean of the others.
    pub missing: Vec<String>,
    /// What it was estimated by: the rules of the newest final week. What the weeks were counted by stands in their
    /// own results.
    pub fingerprints: Fingerprints,
}

/// One component of an estimate.
///
/// Shown at [`ScoreEstimate`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScorePart {
    /// The norm.
    pub norm: String,
    /// Its weight in the mean.
    pub weight: u32,
    /// The sum of the weeks' numbers above the line.
    pub numerator: i64,
    /// The sum of the weeks' numbers under the line; 0 is no data.
    pub denominator: u64,
    /// How many of the weeks had data.
    pub weeks_with_data: u32,
    /// The value of all weeks together, for display.
    pub value: Option<f64>,
    /// Its score, 0 to 10, for display.
    pub score: Option<f64>,
}

/// Estimates the performance score as it would be shown on a date (RULES P1, P2), by the rules of the newest week
/// that is final by then (RULES S6): a new regime counts from its first final week on.
///
/// It is calculated on Wednesdays, from the last 6 ISO weeks that end with the newest week final by then; weeks without
/// data take their place. The numbers of those weeks are added up before they are mapped, so that a busy week weighs
/// more (ours). Provisional results are left out, and so are norms that are no component.
///
/// # Errors
/// - a rulebook without a performance score
/// - a norm twice in one week
/// - numbers so large that the exact mean does not fit 128 bits
pub fn estimate<R: RulesByWeek + ?Sized>(
    rules: &R,
    results: &[WeekResult],
    on: impl CalendarDate,
) -> Result<ScoreEstimate> {
    let on = on.naive();
    let of_date = rules.rules_on(on)?;
    let recalculated_on = of_date.score_rules()?.recalculated_on;
    // P1: the Wednesday on or before that date.
    let back = (7 + on.weekday().num_days_from_monday() - recalculated_on.num_days_from_monday()) % 7;
    let calculated_on = on.checked_sub_days(Days::new(u64::from(back))).unwrap_or(on);
    let is_final = |r: &&WeekResult| {
        r.finality == Finality::Final
            && r.final_from.with_timezone(&of_date.clock.zone).date_naive() <= calculated_on
    };
    let last_week = results.iter().filter(is_final).map(|r| r.week).max();
    // S6: the weeks before a change were judged by the rules before it, and have no numbers for the components after
    // it.
    let of_week = last_week.and_then(|week| rules.rules_of_week(week).ok());
    let rules = of_week.filter(|rules| rules.score.is_some()).unwrap_or(of_date);
    let score_rules = rules.score_rules()?;
    let weeks = i32::try_from(score_rules.weeks).unwrap_or(i32::MAX);
    // P1: six weeks by the calendar, ending with the newest final one; a week without data takes its place.
    let first_week = last_week.map(|last| last.plus(1_i32.saturating_sub(weeks)));
    let counted: Vec<&WeekResult> =
        results.iter().filter(is_final).filter(|r| first_week.is_some_and(|first| r.week >= first)).collect();

    let too_large = || KlokuurError::OutOfRange {
        what: "numbers of a score estimate",
        given: "sums whose exact mean does not fit".into(),
        accepted: "numbers of usual size, such as up to a thousand million items".into(),
    };
    let mut parts = Vec::with_capacity(score_rules.components.len());
    let mut missing = Vec::new();
    let (mut sum, mut weights) = (Exact::ZERO, 0_i128);
    for component in &score_rules.components {
        let (part, score) = part(component, &counted)?.ok_or_else(too_large)?;
        match score {
            Some(score) => {
                let weight = i128::from(component.weight);
                let weighted = Exact::new(weight, 1).and_then(|w| w.times(score));
                sum = weighted.and_then(|w| sum.plus(w)).ok_or_else(too_large)?;
                weights += weight;
            }
            None => missing.push(component.norm.clone()),
        }
        parts.push(part);
    }
    // Parts without data are left out of the mean, and told: as zero they would sink it, as ten they would hide it.
    let mean = Exact::new(weights, 1).and_then(|weights| sum.over(weights));
    if weights > 0 && mean.is_none() {
        return Err(too_large());
    }
    let meets_minimum = match mean {
        None => None,
        Some(mean) => {
            let ordering = mean.compare(Exact::from(score_rules.minimum)).ok_or_else(too_large)?;
            Some(ordering != Ordering::Less)
        }
    };
    Ok(ScoreEstimate {
        calculated_on,
        first_week,
        last_week,
        score: mean.map(Exact::to_f64),
        meets_minimum,
        parts,
        missing,
        fingerprints: Fingerprints::of_zone_data().with_rules(rules),
    })
}

/// A component's sums and its exact score; `None` inside when it has no data, outside when the numbers do not fit.
fn part(component: &ScoreComponent, counted: &[&WeekResult]) -> Result<Option<(ScorePart, Option<Exact>)>> {
    let mut own: Vec<&WeekResult> = counted.iter().copied().filter(|r| r.norm == component.norm).collect();
    own.sort_by_key(|r| r.week);
    if let Some(twice) = own.iter().zip(own.iter().skip(1)).find(|(a, b)| a.week == b.week).map(|(a, _)| a) {
        return Err(norm_twice(&twice.norm, twice.week));
    }
    // P2, ours: added up before they are mapped, so that a quiet week cannot outweigh a busy one.
    let (mut numerator, mut denominator, mut weeks_with_data) = (0_i64, 0_u64, 0_u32);
    for result in own.iter().filter(|r| r.denominator > 0) {
        let sums = (numerator.checked_add(result.numerator), denominator.checked_add(result.denominator));
        let (Some(above), Some(under)) = sums else { return Ok(None) };
        (numerator, denominator) = (above, under);
        weeks_with_data = weeks_with_data.saturating_add(1);
    }
    let mut part = ScorePart {
        norm: component.norm.clone(),
        weight: component.weight,
        numerator,
        denominator,
        weeks_with_data,
        value: None,
        score: None,
    };
    if denominator == 0 {
        return Ok(Some((part, None)));
    }
    // Points (an NPS) are per hundred answers.
    let scale = if own.iter().any(|r| r.unit == NormUnit::Points) { 100 } else { 1 };
    let value = i128::from(numerator).checked_mul(scale).and_then(|n| Exact::new(n, i128::from(denominator)));
    let Some(value) = value else { return Ok(None) };
    let Some(score) = score_at(&component.points, value) else { return Ok(None) };
    part.value = Some(value.to_f64());
    part.score = Some(score.to_f64());
    Ok(Some((part, Some(score))))
}
