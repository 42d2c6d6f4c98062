//! ISO weeks, which Python has as texts of a class of its own.

use klokuur::IsoWeek;
use pyo3::prelude::*;
use pyo3::types::PyDate;

use crate::arguments::{Text, Whole};
use crate::error::OrRaise;
use crate::time::{Day, date};

/// A week given as its text.
pub(crate) fn week(text: &str) -> PyResult<IsoWeek> {
    text.parse().or_raise()
}

/// The canonical text of a week, and its year and number.
#[pyfunction]
pub(crate) fn week_parts(text: Text<'_>) -> PyResult<(String, i32, u32)> {
    let week = week(text.0)?;
    Ok((week.to_string(), week.year(), week.week()))
}

/// The text of a week given by its numbers.
#[pyfunction]
pub(crate) fn week_new(year: Whole<i32>, number: Whole<u32>) -> PyResult<String> {
    Ok(IsoWeek::new(year.0, number.0).or_raise()?.to_string())
}

/// The text of the week of a date.
#[pyfunction]
pub(crate) fn week_of(date: Day) -> String {
    IsoWeek::of(date.0).to_string()
}

/// The Monday and the Sunday of a week.
#[pyfunction]
pub(crate) fn week_dates<'py>(
    py: Python<'py>,
    text: Text<'_>,
) -> PyResult<(Bound<'py, PyDate>, Bound<'py, PyDate>)> {
    let week = week(text.0)?;
    Ok((date(py, week.monday())?, date(py, week.sunday())?))
}

/// The text of the week so many weeks later.
#[pyfunction]
pub(crate) fn week_plus(text: Text<'_>, weeks: Whole<i32>) -> PyResult<String> {
    Ok(week(text.0)?.plus(weeks.0).to_string())
}

/// How many weeks one lies after the other.
#[pyfunction]
pub(crate) fn week_since(text: Text<'_>, other: Text<'_>) -> PyResult<i32> {
    Ok(week(text.0)?.since(week(other.0)?))
}
