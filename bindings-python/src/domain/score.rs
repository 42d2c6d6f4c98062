//! The performance score and the review grade.

use klokuur::norm::WeekResult;
use klokuur::rulebook::Ratio;
use klokuur::score::{PerformanceScore, ReviewGrade, estimate};
use pyo3::prelude::*;
use serde::Serialize;

use super::rulebook::RulebookCore;
use crate::arguments::Text;
use crate::error::OrRaise;
use crate::plain::{plain, read};
use crate::time::Day;

/// The estimate of the score that would be shown on a date.
#[pyfunction]
pub(crate) fn score_estimate<'py>(
    py: Python<'py>,
    rules: &RulebookCore,
    results: &Bound<'py, PyAny>,
    on: Day,
) -> PyResult<Bound<'py, PyAny>> {
    let results: Vec<WeekResult> = read(results, "week's results")?;
    plain(py, &estimate(rules.by_week(), &results, on.0).or_raise()?)
}

/// Checks a reported score, and tells its value and whether it meets the minimum.
#[pyfunction]
pub(crate) fn score_reported(rules: &RulebookCore, score: Text<'_>, on: Day) -> PyResult<Option<bool>> {
    let score: Ratio = score.0.parse().or_raise()?;
    let score = PerformanceScore::reported(score, on.0).or_raise()?;
    Ok(score.meets_minimum(rules.by_week().rules_on(on.0).or_raise()?.score_rules().or_raise()?))
}

#[derive(Serialize)]
struct Grade {
    #[serde(flatten)]
    period: klokuur::norm::ReviewPeriod,
    norm: Ratio,
    value: Option<f64>,
    meets_norm: Option<bool>,
}

/// The review grade on a date.
#[pyfunction]
pub(crate) fn review_grade<'py>(
    py: Python<'py>,
    rules: &RulebookCore,
    reviews: Vec<(Day, u8)>,
    on: Day,
) -> PyResult<Bound<'py, PyAny>> {
    let reviews: Vec<_> = reviews.into_iter().map(|(date, grade)| (date.0, grade)).collect();
    let grade = ReviewGrade::on(rules.by_week(), &reviews, on.0).or_raise()?;
    let (value, meets_norm) = (grade.value(), grade.meets_norm());
    plain(py, &Grade { period: grade.period, norm: grade.norm, value, meets_norm })
}
