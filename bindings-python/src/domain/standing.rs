//! Strikes and the standing of an account.

use chrono::NaiveDate;
use klokuur::norm::WeekResult;
use klokuur::standing::{Consequence, JudgedWeek, StandingEvent, StandingReport, judged_weeks};
use klokuur::{Language, Ledger};
use pyo3::prelude::*;
use pyo3::types::PyDateTime;
use serde_json::Value;

use super::no_json;
use super::rulebook::RulebookCore;
use crate::arguments::{Text, texts};
use crate::error::OrRaise;
use crate::plain::{plain, read};
use crate::time::{Day, Moment};

/// The core of a `klokuur.Ledger`.
#[pyclass(frozen, module = "klokuur._klokuur")]
pub(crate) struct LedgerCore {
    ledger: Ledger,
    zone: klokuur::Zone,
}

impl LedgerCore {
    /// A date, or the date of an instant in the marketplace's zone.
    fn date(&self, on: &Bound<'_, PyAny>) -> PyResult<NaiveDate> {
        if on.is_instance_of::<PyDateTime>() {
            return Ok(self.zone.date_of(on.extract::<Moment<'_>>()?.at()));
        }
        Ok(on.extract::<Day>()?.0)
    }

    fn with(&self, ledger: Ledger) -> Self {
        Self { ledger, zone: self.zone }
    }
}

/// A report with its sentences and those of its strikes.
fn said(report: &StandingReport) -> serde_json::Result<Value> {
    let sentence = |value: &mut Value, english: String, dutch: String| {
        if let Value::Object(fields) = value {
            fields.insert("english".into(), english.into());
            fields.insert("dutch".into(), dutch.into());
        }
    };
    let mut value = serde_json::to_value(report)?;
    if let Some(Value::Array(strikes)) = value.get_mut("strikes") {
        for (shown, strike) in strikes.iter_mut().zip(&report.strikes) {
            sentence(shown, strike.to_sentence(Language::English), strike.to_sentence(Language::Dutch));
        }
    }
    sentence(&mut value, report.to_sentence(Language::English), report.to_sentence(Language::Dutch));
    Ok(value)
}

#[pymethods]
impl LedgerCore {
    #[new]
    fn new(rules: &RulebookCore, weeks: &Bound<'_, PyAny>, events: &Bound<'_, PyAny>) -> PyResult<Self> {
        let weeks: Vec<JudgedWeek> = read(weeks, "judged weeks")?;
        let events: Vec<StandingEvent> = read(events, "standing events")?;
        let ledger = Ledger::new(rules.rules(), weeks, events).or_raise()?;
        Ok(Self { ledger, zone: rules.rules().clock.zone })
    }

    fn with_events(&self, events: &Bound<'_, PyAny>) -> PyResult<Self> {
        let events: Vec<StandingEvent> = read(events, "standing events")?;
        Ok(self.with(self.ledger.with_events(&events).or_raise()?))
    }

    fn with_weeks(&self, weeks: &Bound<'_, PyAny>) -> PyResult<Self> {
        let weeks: Vec<JudgedWeek> = read(weeks, "judged weeks")?;
        Ok(self.with(self.ledger.with_weeks(&weeks).or_raise()?))
    }

    fn weeks<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, self.ledger.weeks())
    }

    fn events<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, self.ledger.events())
    }

    fn standing<'py>(&self, py: Python<'py>, on: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &said(&self.ledger.standing(self.date(on)?)).or_else(no_json)?)
    }

    fn improvement<'py>(&self, py: Python<'py>, on: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.ledger.earliest_improvement(self.date(on)?))
    }

    fn history<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.ledger.history())
    }

    fn what_if<'py>(&self, py: Python<'py>, bad: Vec<bool>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.ledger.what_if(&bad).or_raise()?)
    }

    fn bad_weeks_until(&self, consequence: Text<'_>) -> PyResult<u32> {
        let consequence = match consequence.0 {
            "offline" => Consequence::Offline,
            "closed" => Consequence::Closed,
            other => {
                return Err(crate::error::raise(&klokuur::KlokuurError::UnknownName {
                    what: "consequence",
                    given: other.to_owned(),
                    accepted: "offline, closed".into(),
                }));
            }
        };
        self.ledger.bad_weeks_until(consequence).or_raise()
    }
}

/// The results of all norms as judged weeks.
#[pyfunction]
pub(crate) fn weeks_judged<'py>(
    py: Python<'py>,
    rules: &RulebookCore,
    results: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let results: Vec<WeekResult> = read(results, "week's results")?;
    plain(py, &judged_weeks(rules.rules(), &results).or_raise()?)
}

/// A final week without a miss, or in which these norms were missed.
#[pyfunction]
#[pyo3(signature = (text, norms: "collections.abc.Sequence[str]"))]
pub(crate) fn week_judged<'py>(
    py: Python<'py>,
    text: Text<'_>,
    #[pyo3(from_py_with = texts)] norms: Vec<String>,
) -> PyResult<Bound<'py, PyAny>> {
    let norms: Vec<&str> = norms.iter().map(String::as_str).collect();
    plain(py, &JudgedWeek::bad(super::week::week(text.0)?, &norms))
}
