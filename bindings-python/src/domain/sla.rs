//! Service-level clocks.

use klokuur::sla::{Evaluation, Policy, Sla, SlaEvent};
use pyo3::prelude::*;
use serde_json::Value;

use crate::error::OrRaise;
use crate::plain::{plain, read};
use crate::schedule::{PySchedule, explained};
use crate::time::Moment;

const EVENTS: &str = "service-level events";

/// The core of a `klokuur.Sla`.
#[pyclass(frozen, module = "klokuur._klokuur")]
pub(crate) struct SlaCore(Sla);

#[pymethods]
impl SlaCore {
    #[new]
    fn new(policy: &Bound<'_, PyAny>, schedule: &PySchedule) -> PyResult<Self> {
        let policy: Policy = read(policy, "service-level policy")?;
        Ok(Self(Sla::new(policy, schedule.0.clone())))
    }

    fn switched(&self, at: Moment<'_>, schedule: &PySchedule) -> PyResult<Self> {
        self.0.clone().switched(at.at(), schedule.0.clone()).map(Self).or_raise()
    }

    fn policy<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, self.0.policy())
    }

    fn evaluate<'py>(
        &self,
        py: Python<'py>,
        events: &Bound<'py, PyAny>,
        now: Moment<'py>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let events: Vec<SlaEvent> = read(events, EVENTS)?;
        let found = self.0.evaluate(&events, now.at()).or_raise()?;
        plain(py, &shown(&found).or_else(super::no_json)?)
    }

    fn next_event<'py>(
        &self,
        py: Python<'py>,
        events: &Bound<'py, PyAny>,
        now: Moment<'py>,
    ) -> PyResult<Option<(Bound<'py, PyAny>, Bound<'py, PyAny>)>> {
        let events: Vec<SlaEvent> = read(events, EVENTS)?;
        let Some(next) = self.0.next_event(&events, now.at()).or_raise()? else { return Ok(None) };
        Ok(Some((super::not_before(&now, next.at.to_utc())?, plain(py, &next.changes)?)))
    }
}

/// The clocks with the sentences of their explanations; wall-clock amounts in microseconds.
fn shown(found: &Evaluation) -> serde_json::Result<Value> {
    let mut clocks = Vec::with_capacity(found.clocks.len());
    for clock in &found.clocks {
        let mut value = serde_json::to_value(clock)?;
        if let Value::Object(fields) = &mut value {
            fields.insert("late_wall".into(), clock.late_wall.num_microseconds().into());
            fields.insert("wall".into(), clock.wall.num_microseconds().into());
            if let Some(why) = &clock.why {
                fields.insert("why".into(), explained(why)?);
            }
        }
        clocks.push(value);
    }
    Ok(Value::Array(clocks))
}
