//! Strikes and the standing of an account.

use chrono::NaiveDate;
use klokuur::norm::WeekResult;
use klokuur::standing::{
    Consequence, JudgedWeek, PolicyPoints, PolicyPointsEvent, StandingAsReported, StandingComparison,
    StandingEvent, StandingReport, count_orders, judged_weeks,
};
use klokuur::{Language, Ledger};
use pyo3::prelude::*;
use pyo3::types::PyDateTime;
use serde::Serialize;
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
}

impl LedgerCore {
    /// A date, or the date of an instant in the marketplace's zone.
    fn date(&self, on: &Bound<'_, PyAny>) -> PyResult<NaiveDate> {
        if on.is_instance_of::<PyDateTime>() {
            return Ok(self.ledger.date_of(&on.extract::<Moment<'_>>()?.at()));
        }
        Ok(on.extract::<Day>()?.0)
    }

    fn of(ledger: Ledger) -> Self {
        Self { ledger }
    }

    pub(crate) fn ledger(&self) -> &Ledger {
        &self.ledger
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
    fn fingerprints<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, self.ledger.fingerprints())
    }

    #[new]
    fn new(rules: &RulebookCore, weeks: &Bound<'_, PyAny>, events: &Bound<'_, PyAny>) -> PyResult<Self> {
        let weeks: Vec<JudgedWeek> = read(weeks, "judged weeks")?;
        let events: Vec<StandingEvent> = read(events, "standing events")?;
        Ok(Self::of(Ledger::new(rules.by_week(), weeks, events).or_raise()?))
    }

    fn with_events(&self, events: &Bound<'_, PyAny>) -> PyResult<Self> {
        let events: Vec<StandingEvent> = read(events, "standing events")?;
        Ok(Self::of(self.ledger.with_events(&events).or_raise()?))
    }

    fn with_weeks(&self, weeks: &Bound<'_, PyAny>) -> PyResult<Self> {
        let weeks: Vec<JudgedWeek> = read(weeks, "judged weeks")?;
        Ok(Self::of(self.ledger.with_weeks(&weeks).or_raise()?))
    }

    fn with_quiet_weeks(&self, until: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(Self::of(self.ledger.with_quiet_weeks(self.date(until)?).or_raise()?))
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

    /// What the marketplace reports beside what is computed, with its sentences.
    fn compare<'py>(&self, py: Python<'py>, reported: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let reported: StandingAsReported = read(reported, "reported standing")?;
        let comparison = self.ledger.compare(&reported).or_raise()?;
        let (english, dutch) = (comparison.to_string(), comparison.dutch());
        plain(py, &Compared { agrees: comparison.agrees(), comparison, english, dutch })
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
    plain(py, &judged_weeks(rules.by_week(), &results).or_raise()?)
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

#[derive(Serialize)]
struct Compared {
    #[serde(flatten)]
    comparison: StandingComparison,
    agrees: bool,
    english: String,
    dutch: String,
}

/// The same weeks with the orders up to their end.
#[pyfunction]
pub(crate) fn weeks_with_orders<'py>(
    py: Python<'py>,
    rules: &RulebookCore,
    weeks: &Bound<'py, PyAny>,
    ordered_at: Vec<Moment<'py>>,
) -> PyResult<Bound<'py, PyAny>> {
    let weeks: Vec<JudgedWeek> = read(weeks, "judged weeks")?;
    let ordered: Vec<_> = ordered_at.iter().map(Moment::at).collect();
    plain(py, &count_orders(rules.by_week(), weeks, &ordered).or_raise()?)
}

/// The policy points of an account on a date, or at an instant.
#[pyfunction]
pub(crate) fn policy_points<'py>(
    py: Python<'py>,
    rules: &RulebookCore,
    events: &Bound<'py, PyAny>,
    on: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let events: Vec<PolicyPointsEvent> = read(events, "policy points")?;
    let points = PolicyPoints::new(rules.rules(), events).or_raise()?;
    if on.is_instance_of::<PyDateTime>() {
        return plain(py, &points.at(on.extract::<Moment<'_>>()?.at()));
    }
    plain(py, &points.on(on.extract::<Day>()?.0))
}
