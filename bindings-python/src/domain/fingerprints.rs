//! What a result was computed with.

use klokuur::{FingerprintChange, Fingerprints};
use pyo3::prelude::*;

use super::rulebook::RulebookCore;
use crate::arguments::Text;
use crate::error::OrRaise;
use crate::plain::{plain, read};
use crate::schedule::PySchedule;

/// The fingerprints of a schedule, of the time zone data, and of rules where some are given.
#[pyfunction]
pub(crate) fn fingerprints_of<'py>(
    py: Python<'py>,
    schedule: Option<&PySchedule>,
    rules: Option<&RulebookCore>,
) -> PyResult<Bound<'py, PyAny>> {
    let found = schedule.map_or_else(Fingerprints::of_zone_data, |schedule| Fingerprints::of(&schedule.0));
    let found = match rules {
        Some(rules) => found.with_rules(rules.by_week()),
        None => found,
    };
    plain(py, &found)
}

/// Fingerprints as one line of text.
#[pyfunction]
pub(crate) fn fingerprints_to_text(fingerprints: &Bound<'_, PyAny>) -> PyResult<String> {
    let found: Fingerprints = read(fingerprints, "fingerprints")?;
    Ok(found.to_string())
}

/// Fingerprints from their text.
#[pyfunction]
pub(crate) fn fingerprints_from_text<'py>(py: Python<'py>, text: Text<'_>) -> PyResult<Bound<'py, PyAny>> {
    let found: Fingerprints = text.0.parse().or_raise()?;
    plain(py, &found)
}

/// What is another now.
#[pyfunction]
pub(crate) fn fingerprint_changes<'py>(
    py: Python<'py>,
    then: &Bound<'py, PyAny>,
    now: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let then: Fingerprints = read(then, "fingerprints")?;
    let now: Fingerprints = read(now, "fingerprints")?;
    plain(py, &then.changes(&now) as &Vec<FingerprintChange>)
}
