//! Amounts of open time, as the questions take them.

use klokuur::BusinessDuration;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::error::invalid;
use crate::time::{Moment, budget, timedelta};

/// One amount for all rows, as a timedelta.
pub(super) fn one_amount<'py>(
    py: Python<'py>,
    amount: Option<&Bound<'py, PyAny>>,
    hours: Option<&Bound<'py, PyAny>>,
    minutes: Option<&Bound<'py, PyAny>>,
    seconds: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let total = budget(amount, hours, minutes, seconds)?;
    match amount {
        // A pandas Timedelta may hold nanoseconds.
        Some(amount) if !amount.is_instance_of::<PyString>() => Ok(amount.clone()),
        _ => Ok(timedelta(py, total)?.into_any()),
    }
}

/// One amount for all rows, or a column of them as it is.
pub(super) fn any_amount<'py>(
    py: Python<'py>,
    amount: Option<&Bound<'py, PyAny>>,
    hours: Option<&Bound<'py, PyAny>>,
    minutes: Option<&Bound<'py, PyAny>>,
    seconds: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    match amount {
        Some(column)
            if !column.is_instance_of::<PyString>()
                && hours.is_none()
                && minutes.is_none()
                && seconds.is_none() =>
        {
            Ok(column.clone())
        }
        _ => one_amount(py, amount, hours, minutes, seconds),
    }
}

/// A datetime has microseconds, and no amount may be shortened.
pub(super) fn shown_by(at: &Moment<'_>, amount: BusinessDuration) -> PyResult<BusinessDuration> {
    if !at.is_timestamp() && amount.as_nanoseconds() % 1000 != 0 {
        return Err(invalid("budget", amount.to_string(), "whole microseconds, the unit of datetime"));
    }
    Ok(amount)
}
