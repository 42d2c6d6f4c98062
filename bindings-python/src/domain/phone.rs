//! Phone availability.

use klokuur::phone::{CallAttempt, PhoneHours, phone_weeks_of_columns};
use pyo3::prelude::*;

use super::rulebook::RulebookCore;
use crate::arguments::Text;
use crate::error::OrRaise;
use crate::inside::detached;
use crate::plain::plain;
use crate::time::Moment;

/// The core of `klokuur.PhoneHours`.
#[pyclass(frozen, module = "klokuur._klokuur")]
pub(crate) struct PhoneHoursCore(PhoneHours);

#[pymethods]
impl PhoneHoursCore {
    #[new]
    #[pyo3(signature = (rules, reachable=None))]
    fn new(rules: &RulebookCore, reachable: Option<Text<'_>>) -> PyResult<Self> {
        let hours = PhoneHours::of(rules.by_week()).or_raise()?;
        match reachable.map(|given| given.0) {
            None => Ok(Self(hours)),
            Some(text) => hours.reachable(text).map(Self).or_raise(),
        }
    }

    fn texts(&self) -> (String, String) {
        (self.0.norm_hours().to_string(), self.0.reachable_hours().to_string())
    }

    fn counts(&self, at: Moment<'_>) -> PyResult<bool> {
        self.0.counts(at.at()).or_raise()
    }

    fn is_reachable(&self, at: Moment<'_>) -> PyResult<bool> {
        self.0.is_reachable(at.at()).or_raise()
    }

    /// Call attempts as pairs of an instant and whether it was answered.
    fn weeks<'py>(&self, py: Python<'py>, calls: Vec<(Moment<'py>, bool)>) -> PyResult<Bound<'py, PyAny>> {
        let calls: Vec<CallAttempt> =
            calls.into_iter().map(|(at, answered)| CallAttempt { at: at.at(), answered }).collect();
        plain(py, &klokuur::phone::phone_weeks(&calls, &self.0).or_raise()?)
    }

    /// Call attempts as columns: microseconds, and whether each was answered.
    fn weeks_of_columns<'py>(
        &self,
        py: Python<'py>,
        at: Vec<i64>,
        answered: Vec<bool>,
    ) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &detached(py, || phone_weeks_of_columns(&at, &answered, &self.0)).or_raise()?)
    }
}
