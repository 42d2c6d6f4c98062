//! Service norms: weekly numbers, verdicts, forecasts.

use chrono::NaiveDate;
use chrono::{DateTime, Utc};
use klokuur::norm::{self, OrderLine, OrderWeeks, ResponseWeeks, WeekNumbers, WeekResult};
use pyo3::prelude::*;
use serde::Serialize;

use super::RefusedRows;
use super::rulebook::RulebookCore;
use super::week::week;
use crate::arguments::{Text, Whole};
use crate::error::{OrRaise, raise};
use crate::inside::detached;
use crate::plain::{plain, read};
use crate::time::{Day, Moment, ZoneName};

/// The verdicts of weeks, by one rulebook.
#[pyfunction]
pub(crate) fn judge_weeks<'py>(
    py: Python<'py>,
    rules: &RulebookCore,
    numbers: &Bound<'py, PyAny>,
    now: Moment<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let numbers: Vec<WeekNumbers> = read(numbers, "week's numbers")?;
    plain(py, &norm::judge_weeks(rules.by_week(), &numbers, now.at()).or_raise()?)
}

/// Numbers measured here and elsewhere, joined.
#[pyfunction]
pub(crate) fn join_weeks<'py>(
    py: Python<'py>,
    rules: &RulebookCore,
    here: &Bound<'py, PyAny>,
    elsewhere: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let here: Vec<WeekNumbers> = read(here, "week's numbers")?;
    let elsewhere: Vec<WeekNumbers> = read(elsewhere, "week's numbers")?;
    plain(py, &norm::join(rules.by_week(), &here, &elsewhere).or_raise()?)
}

/// The NPS norm from counts of answers.
#[pyfunction]
pub(crate) fn nps_numbers<'py>(
    py: Python<'py>,
    of: Text<'_>,
    promoters: Whole<u32>,
    passives: Whole<u32>,
    detractors: Whole<u32>,
) -> PyResult<Bound<'py, PyAny>> {
    plain(py, &WeekNumbers::nps(week(of.0)?, promoters.0, passives.0, detractors.0))
}

/// What a judged week is worth, for display.
#[pyfunction]
pub(crate) fn week_value(result: &Bound<'_, PyAny>) -> PyResult<Option<f64>> {
    Ok(read::<WeekResult>(result, "week's result")?.value())
}

/// Whether a judged week is a final miss of a strike-bearing norm.
#[pyfunction]
pub(crate) fn week_bears_strike(result: &Bound<'_, PyAny>) -> PyResult<bool> {
    Ok(read::<WeekResult>(result, "week's result")?.bears_strike())
}

#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    forecast: norm::Forecast,
    english: String,
    dutch: String,
}

/// What a week can still take, with its sentences.
#[pyfunction]
#[pyo3(signature = (result, planned_total=None))]
pub(crate) fn week_forecast<'py>(
    py: Python<'py>,
    result: &Bound<'py, PyAny>,
    planned_total: Option<Whole<u64>>,
) -> PyResult<Bound<'py, PyAny>> {
    let result: WeekResult = read(result, "week's result")?;
    let forecast = planned_total.map_or_else(|| result.forecast(), |total| result.forecast_for(total.0));
    let (english, dutch) = (forecast.to_string(), forecast.dutch());
    plain(py, &Told { forecast, english, dutch })
}

/// From when on a week is final, and whether it is at `now`.
#[pyfunction]
#[pyo3(signature = (rules, text, last_deadline=None))]
pub(crate) fn week_final_from<'py>(
    py: Python<'py>,
    rules: &RulebookCore,
    text: Text<'_>,
    last_deadline: Option<Moment<'py>>,
) -> PyResult<Bound<'py, PyAny>> {
    let week = week(text.0)?;
    let rules = rules.by_week().rules_of_week(week).or_raise()?;
    let deadline = last_deadline.map(|at| at.at());
    plain(py, &norm::final_from(week, deadline, rules.clock.zone, rules.week.final_on))
}

#[derive(Serialize)]
struct Period {
    sum: u64,
    count: u64,
    all_time: bool,
    until: NaiveDate,
    grade: Option<f64>,
}

/// Which reviews count on a date.
#[pyfunction]
pub(crate) fn review_period<'py>(
    py: Python<'py>,
    rules: &RulebookCore,
    reviews: Vec<(Day, u8)>,
    on: Day,
) -> PyResult<Bound<'py, PyAny>> {
    let reviews: Vec<_> = reviews.into_iter().map(|(date, grade)| (date.0, grade)).collect();
    let rule = rules.by_week().rules_on(on.0).or_raise()?.norm(norm::REVIEWS).or_raise()?;
    let period = norm::review_period(rule, &reviews, on.0).or_raise()?;
    let grade = period.grade();
    plain(
        py,
        &Period {
            sum: period.sum,
            count: period.count,
            all_time: period.all_time,
            until: period.until,
            grade,
        },
    )
}

#[derive(Serialize)]
struct Asked {
    #[serde(flatten)]
    numbers: WeekNumbers,
    open: u64,
}

/// The response-time numbers of rows of questions: asked, due, answered, in microseconds.
#[pyfunction]
pub(crate) fn response_weeks<'py>(
    py: Python<'py>,
    zone: ZoneName,
    asked: Vec<i64>,
    due: Vec<i64>,
    answered: Vec<i64>,
    now: Moment<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let (zone, now): (_, DateTime<Utc>) = (zone.zone()?, now.at());
    let weeks = detached(py, || {
        let mut weeks = ResponseWeeks::new(zone);
        weeks.add_many(&asked, &due, &answered, now).map(|()| weeks)
    });
    let weeks = weeks.or_raise()?;
    let asked = |numbers: WeekNumbers| Asked { open: weeks.open(numbers.week), numbers };
    plain(py, &weeks.numbers().into_iter().map(asked).collect::<Vec<_>>())
}

/// The numbers of the norms that are measured on orders, and the refused order lines with their errors.
#[pyfunction]
pub(crate) fn order_weeks<'py>(
    py: Python<'py>,
    rules: &RulebookCore,
    lines: Vec<Bound<'py, PyAny>>,
    cases: Vec<Moment<'py>>,
    now: Moment<'py>,
) -> PyResult<(Bound<'py, PyAny>, RefusedRows<'py>)> {
    let mut weeks = OrderWeeks::new(rules.rules().clock.zone);
    let mut refused = RefusedRows::new();
    for (row, line) in lines.iter().enumerate() {
        let added = read::<OrderLine>(line, "order line")
            .and_then(|line| weeks.add(&line, now.at()).map_err(|error| raise(&error)));
        if let Err(error) = added {
            refused.push((row, error.into_value(py).into_bound(py).into_any()));
        }
    }
    for opened in cases {
        weeks.add_case(opened.at());
    }
    Ok((plain(py, &weeks.numbers_under(rules.by_week()))?, refused))
}
