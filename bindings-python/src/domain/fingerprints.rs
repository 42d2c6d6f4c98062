//! What a result was computed with.

use klokuur::{FingerprintChange, Fingerprints};
use pyo3::prelude::*;

use super::rulebook::RulebookCore;
use crate::plain::{plain, read};
use crate::schedule::PySchedule;

/// The fingerprints of a schedule, of the time zone data, and of rules where some are given.
#[pyfunction]
pub(crate) fn fingerprints_of<'py>(
    py: Python<'py>,
    schedule: &PySchedule,
    rules: Option<&RulebookCore>,
) -> PyResult<Bound<'py, PyAny>> {
    let found = Fingerprints::of(&schedule.0);
    let found = match rules {
        Some(rules) => found.with_rules(rules.rules()),
        None => found,
    };
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
