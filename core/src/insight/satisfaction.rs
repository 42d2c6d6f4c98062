//! The satisfaction page: reviews and NPS of the past days (RULES I2).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::error::{KlokuurError, Result};
use crate::nps::{Nps, NpsSummary};
use crate::period::Period;
use crate::rulebook::SurveyRules;
use crate::time::CalendarDate;

/// An answer or a review on a local date.
///
/// Shown at [`Satisfaction`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatedScore {
    /// The date.
    pub date: NaiveDate,
    /// An NPS answer, 0 to 10, or a review, 1 to 10.
    pub score: u8,
}

/// Reviews and NPS of the trailing window, 28 days for bol (RULES I2).
///
/// ```
/// # use klokuur::Rulebook;
/// # use klokuur::insight::{DatedScore, Satisfaction};
/// let score = |date: &str, score| DatedScore { date: date.parse().unwrap(), score };
/// let reviews = [score("2026-03-31", 9), score("2026-03-04", 6), score("2026-03-03", 1)];
/// let last: chrono::NaiveDate = "2026-03-31".parse()?;
/// let page = Satisfaction::of(&[score("2026-03-30", 10)], &reviews, last, &Rulebook::bol().survey)?;
/// assert_eq!((page.period.days(), page.reviews, page.review_mean), (28, 2, Some(7.5)));
/// assert_eq!(page.nps.promoters, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Satisfaction {
    /// The dates.
    pub period: Period,
    /// The NPS with all that belongs beside it.
    pub nps: NpsSummary,
    /// How many reviews.
    pub reviews: u64,
    /// The sum of their grades: with `reviews` the exact mean.
    pub review_sum: u64,
    /// The mean review, 1 to 10, for display; none without reviews. Not the review grade, which takes three months.
    pub review_mean: Option<f64>,
}

impl Satisfaction {
    /// The window that ends with `last`, which counts as one of its dates.
    ///
    /// # Errors
    /// - an NPS score above 10 or a review outside 1 to 10: the error names its row
    /// - the window starts before 1900
    pub fn of(
        nps_answers: &[DatedScore],
        reviews: &[DatedScore],
        last: impl CalendarDate,
        rules: &SurveyRules,
    ) -> Result<Self> {
        let period = Period::trailing_days(last, rules.trailing_days)?;
        // All rows are checked, also those outside the window: a bad row is a fault of the input.
        Nps::from_scores(nps_answers.iter().map(|answer| answer.score))?;
        let bad = |review: &DatedScore| !(1..=10).contains(&review.score);
        if let Some((row, review)) = reviews.iter().enumerate().find(|(_, review)| bad(review)) {
            return Err(KlokuurError::Row {
                row,
                problem: Box::new(KlokuurError::OutOfRange {
                    what: "review",
                    given: review.score.to_string(),
                    accepted: "whole numbers from 1 to 10".into(),
                }),
            });
        }
        let inside = |rows: &[DatedScore]| -> Vec<u8> {
            rows.iter().filter(|row| period.contains(row.date)).map(|row| row.score).collect()
        };
        let reviews = inside(reviews);
        let (count, sum) = (reviews.len() as u64, reviews.iter().map(|&score| u64::from(score)).sum::<u64>());
        Ok(Self {
            period,
            nps: Nps::from_scores(inside(nps_answers))?
                .summary(rules.confidence_level.to_f64(), rules.guideline.into())?,
            reviews: count,
            review_sum: sum,
            review_mean: (count > 0).then(|| sum as f64 / count as f64),
        })
    }
}
