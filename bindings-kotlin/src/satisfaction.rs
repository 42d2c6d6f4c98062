//! The satisfaction page: reviews and NPS of the past days.

use klokuur::KlokuurError as CoreError;
use klokuur::insight::{self, DatedScore as CoreScore};

use crate::error::Result;
use crate::norm::Review;
use crate::nps::NpsSummary;
use crate::rulebook::Rulebook;
use crate::time::{LocalDate, Period, score, signed};

/// An NPS answer on a local date.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct DatedScore {
    /// The date.
    pub date: LocalDate,
    /// The score, 0 to 10.
    pub score: i32,
}

/// Reviews and NPS of the trailing window.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Satisfaction {
    /// The dates.
    pub period: Period,
    /// The NPS with all that belongs beside it.
    pub nps: NpsSummary,
    /// How many reviews.
    pub reviews: i64,
    /// The sum of their grades: with `reviews` the exact mean.
    pub review_sum: i64,
    /// The mean review, 1 to 10; none without reviews. Not the review grade, which takes three months.
    pub review_mean: Option<f64>,
}

fn dated(
    rows: impl Iterator<Item = (LocalDate, i32)>,
    what: &'static str,
    accepted: &str,
) -> Result<Vec<CoreScore>> {
    let one = |(row, (date, given))| match score(what, given, accepted) {
        Ok(score) => Ok(CoreScore { date, score }),
        Err(problem) => Err(CoreError::Row { row, problem: Box::new(problem) }.into()),
    };
    rows.enumerate().map(one).collect()
}

/// Reviews and NPS of the window that ends with a date, that date included: 28 days for bol.
///
/// # Errors
/// - a score outside 0 to 10 or a grade outside 1 to 10: the message names its row
/// - a window that starts before 1900
#[uniffi::export]
pub fn satisfaction(
    rules: &Rulebook,
    nps_answers: &[DatedScore],
    reviews: &[Review],
    last: LocalDate,
) -> Result<Satisfaction> {
    let whole = "whole numbers from 0 to 10";
    let answers = dated(nps_answers.iter().map(|a| (a.date, a.score)), "NPS score", whole)?;
    let reviews = dated(reviews.iter().map(|r| (r.date, r.grade)), "review", "whole numbers from 1 to 10")?;
    let found = insight::Satisfaction::of(&answers, &reviews, last, &rules.0.survey)?;
    Ok(Satisfaction {
        period: found.period.into(),
        nps: found.nps.into(),
        reviews: signed(found.reviews),
        review_sum: signed(found.review_sum),
        review_mean: found.review_mean,
    })
}
