//! Intervals, explanations and days as Python's objects.

use chrono::{DateTime, Utc};
use klokuur::Zone;
use klokuur::schedule::{Hours, ScheduleDay};
use klokuur::timeline::{Language, OpenInterval};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyList, PyType};
use serde_json::Value;

use crate::plain::record;
use crate::time::{Moment, zone_info};

/// An explanation with its sentences.
pub(crate) fn explained(told: &klokuur::Explanation) -> serde_json::Result<Value> {
    let mut value = serde_json::to_value(told)?;
    if let Value::Object(fields) = &mut value {
        let mut sentences = serde_json::Map::new();
        for (name, language) in [("english", Language::English), ("dutch", Language::Dutch)] {
            sentences.insert(format!("deadline_{name}"), told.to_sentence(language).into());
            sentences.insert(format!("span_{name}"), told.to_span_sentence(language).into());
            sentences.insert(format!("customer_{name}"), told.to_customer_text(language).into());
        }
        fields.insert("sentences".into(), sentences.into());
    }
    Ok(value)
}

/// An explanation as Python's object, its times on the schedule's wall clock.
pub(super) fn explanation<'py>(
    py: Python<'py>,
    told: &klokuur::Explanation,
    zone: Zone,
) -> PyResult<Bound<'py, PyAny>> {
    let value = explained(told).map_err(|e| PyRuntimeError::new_err(e.to_string()))?;
    record(py, "klokuur._schedule", "Explanation", &value, Some(&zone_info(py, zone)?))
}

/// Intervals as Python's objects, in the zone of the instant that was asked with.
pub(super) fn open_intervals<'py>(
    py: Python<'py>,
    found: Vec<OpenInterval>,
    asked: &Moment<'py>,
) -> PyResult<Bound<'py, PyList>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let class = CLASS.import(py, "klokuur._schedule", "OpenInterval")?;
    let utc = |at: DateTime<Zone>| at.with_timezone(&Utc);
    let lowered =
        found.into_iter().map(|open| class.call1((asked.like(utc(open.start))?, asked.like(utc(open.end))?)));
    PyList::new(py, lowered.collect::<PyResult<Vec<_>>>()?)
}

/// A day as Python's object, its hours as a text beside the stretches.
pub(super) fn schedule_day<'py>(py: Python<'py>, day: &ScheduleDay) -> PyResult<Bound<'py, PyAny>> {
    let hours: Vec<String> = day.open.iter().map(ToString::to_string).collect();
    let mut value = serde_json::to_value(day).map_err(|e| PyRuntimeError::new_err(e.to_string()))?;
    if let Value::Object(fields) = &mut value {
        let hours = if hours.is_empty() { Hours::closed().to_string() } else { hours.join(",") };
        fields.insert("hours".into(), hours.into());
    }
    record(py, "klokuur._schedule", "ScheduleDay", &value, None)
}
