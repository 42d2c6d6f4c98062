//! The performance score and the review grade.

use klokuur::score::{self, PerformanceScore as Core};

use crate::error::Result;
use crate::fingerprints::Fingerprints;
use crate::norm::{Review, ReviewPeriod, WeekNumbers, judge_core, reviews};
use crate::rulebook::{Ratio, Rulebook, ratio};
use crate::time::{Instant, IsoWeek, LocalDate, signed};

/// A part of an estimated score.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ScorePart {
    /// The norm.
    pub norm: String,
    /// Its weight.
    pub weight: i64,
    /// Above the line, over all weeks.
    pub numerator: i64,
    /// Under the line, over all weeks.
    pub denominator: i64,
    /// Weeks with data.
    pub weeks_with_data: i64,
    /// The value; none without data.
    pub value: Option<f64>,
    /// The score of this part; none without data.
    pub score: Option<f64>,
}

/// An estimate of the performance score: the marketplace does not publish its formula.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ScoreEstimate {
    /// The date of the marketplace's calculation that is estimated.
    pub calculated_on: LocalDate,
    /// The first week that counts.
    pub first_week: Option<IsoWeek>,
    /// The last week that counts.
    pub last_week: Option<IsoWeek>,
    /// The score; none without data.
    pub score: Option<f64>,
    /// Whether it is the minimum or more.
    pub meets_minimum: Option<bool>,
    /// Its parts.
    pub parts: Vec<ScorePart>,
    /// Norms without data.
    pub missing: Vec<String>,
    /// What it was estimated by.
    pub fingerprints: Fingerprints,
}

/// The performance score, reported or estimated.
#[derive(Debug, Clone, PartialEq, uniffi::Enum)]
pub enum PerformanceScore {
    /// As the marketplace reported it.
    Reported {
        /// The score.
        score: Ratio,
        /// The date.
        on: LocalDate,
        /// Whether it is the minimum or more.
        meets_minimum: bool,
        /// The shipping method that it is of, as the marketplace names it: there is one score for each.
        shipping_method: Option<String>,
    },
    /// As estimated here.
    Estimated {
        /// The estimate.
        estimate: ScoreEstimate,
    },
}

/// A score that the marketplace reported, as decimal text.
///
/// # Errors
/// - text that is no number, or a score outside what the marketplace gives
/// - a rulebook without a score
#[uniffi::export(default(shipping_method = None))]
pub fn reported_score(
    rules: &Rulebook,
    score: &str,
    on: LocalDate,
    shipping_method: Option<String>,
) -> Result<PerformanceScore> {
    let score = ratio(score)?;
    let reported = Core::reported(score, on)?;
    let meets_minimum = reported.meets_minimum(rules.by_week().rules_on(on)?.score_rules()?);
    let meets_minimum = meets_minimum == Some(true);
    Ok(PerformanceScore::Reported { score: score.into(), on, meets_minimum, shipping_method })
}

/// An estimate of the score from the numbers of weeks, which are judged at `now`.
///
/// # Errors
/// - a rulebook without a score
/// - a norm that the rulebook does not have, or numbers that it cannot have
#[uniffi::export]
pub fn estimate_score(
    rules: &Rulebook,
    numbers: Vec<WeekNumbers>,
    now: Instant,
    on: LocalDate,
) -> Result<PerformanceScore> {
    let estimate = score::estimate(rules.by_week(), &judge_core(rules, &numbers, now)?, on)?;
    let part = |part: score::ScorePart| ScorePart {
        norm: part.norm,
        weight: part.weight.into(),
        numerator: part.numerator,
        denominator: signed(part.denominator),
        weeks_with_data: part.weeks_with_data.into(),
        value: part.value,
        score: part.score,
    };
    Ok(PerformanceScore::Estimated {
        estimate: ScoreEstimate {
            calculated_on: estimate.calculated_on,
            first_week: estimate.first_week.map(IsoWeek::from),
            last_week: estimate.last_week.map(IsoWeek::from),
            score: estimate.score,
            meets_minimum: estimate.meets_minimum,
            parts: estimate.parts.into_iter().map(part).collect(),
            missing: estimate.missing,
            fingerprints: Fingerprints::from(&estimate.fingerprints),
        },
    })
}

/// The quality score of a week as the marketplace reports it: kept, never estimated.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct QualityScore {
    /// The score, 0 to 100.
    pub score: Ratio,
    /// The week.
    pub week: IsoWeek,
}

/// A quality score that the marketplace reported, as decimal text.
///
/// # Errors
/// - text that is no number, or a score below 0 or above 100
#[uniffi::export]
pub fn quality_score(score: &str, week: IsoWeek) -> Result<QualityScore> {
    let reported = score::QualityScore::reported(ratio(score)?, week.core()?)?;
    Ok(QualityScore { score: reported.score().into(), week })
}

/// The grade of the reviews, against its norm.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ReviewGrade {
    /// The reviews that count.
    pub period: ReviewPeriod,
    /// The norm.
    pub norm: Ratio,
    /// The grade; none without reviews.
    pub value: Option<f64>,
    /// Whether it is the norm or more; none without reviews.
    pub meets_norm: Option<bool>,
}

/// The grade of the reviews that count on a date.
///
/// # Errors
/// - a rulebook without a norm for reviews
/// - a grade that is not 1 to 10
#[uniffi::export]
pub fn review_grade(rules: &Rulebook, given: &[Review], on: LocalDate) -> Result<ReviewGrade> {
    let grade = score::ReviewGrade::on(rules.by_week(), &reviews(given)?, on)?;
    Ok(ReviewGrade {
        value: grade.value(),
        meets_norm: grade.meets_norm(),
        period: grade.period.into(),
        norm: grade.norm.into(),
    })
}
