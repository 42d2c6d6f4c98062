//! The same log under two sets of rules.

use klokuur::backtest::{self, Backtest, CaseChange, Scenario, StandingChange, WeekChange};
use klokuur::case::CaseEvent;
use klokuur::norm::WeekNumbers;
use klokuur::{Fingerprints, KlokuurError};
use pyo3::prelude::*;
use serde::Serialize;

use super::log::LogCore;
use super::rulebook::RulebookCore;
use crate::error::{OrRaise, raise};
use crate::inside::detached;
use crate::plain::{plain, read};
use crate::schedule::PySchedule;
use crate::time::Moment;

/// Rules, and the schedule that takes the place of their clock hours, if any.
type Side<'py> = (PyRef<'py, RulebookCore>, Option<PyRef<'py, PySchedule>>);

/// Every verdict that changes, of a log of records.
#[pyfunction]
pub(crate) fn backtest_events<'py>(
    py: Python<'py>,
    events: &Bound<'py, PyAny>,
    elsewhere: &Bound<'py, PyAny>,
    before: Side<'py>,
    after: Side<'py>,
    now: Moment<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let events: Vec<CaseEvent> = read(events, "case events")?;
    compared(py, &events, elsewhere, before, after, &now)
}

/// Every verdict that changes, of a log that was read; a refused row is an error unless the caller tells of them.
#[pyfunction]
#[pyo3(signature = (log, elsewhere, before, after, now, skip_refused = false))]
pub(crate) fn backtest_log<'py>(
    py: Python<'py>,
    log: &LogCore,
    elsewhere: &Bound<'py, PyAny>,
    before: Side<'py>,
    after: Side<'py>,
    now: Moment<'py>,
    skip_refused: bool,
) -> PyResult<Bound<'py, PyAny>> {
    if let Some((row, problem)) = log.first_refused().filter(|_| !skip_refused) {
        return Err(raise(&KlokuurError::Row { row: *row, problem: Box::new(problem.clone()) }));
    }
    let events: Vec<CaseEvent> = log.events.iter().map(|(_, event)| event.clone()).collect();
    compared(py, &events, elsewhere, before, after, &now)
}

fn compared<'py>(
    py: Python<'py>,
    events: &[CaseEvent],
    elsewhere: &Bound<'py, PyAny>,
    before: Side<'py>,
    after: Side<'py>,
    now: &Moment<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let elsewhere: Vec<WeekNumbers> = read(elsewhere, "week's numbers")?;
    let (before, after, now) = (scenario(before)?, scenario(after)?, now.at());
    let found = detached(py, || backtest::backtest(events, &elsewhere, &before, &after, now)).or_raise()?;
    plain(py, &shown(&found))
}

fn scenario((rules, clock): Side<'_>) -> PyResult<Scenario> {
    let scenario = Scenario::of(rules.by_week()).or_raise()?;
    Ok(match clock {
        None => scenario,
        Some(clock) => scenario.with_clock(clock.0.clone()),
    })
}

/// A change with its sentence.
#[derive(Serialize)]
struct Told<'a, T> {
    #[serde(flatten)]
    change: &'a T,
    text: String,
}

fn told<T: ToString>(changes: &[T]) -> Vec<Told<'_, T>> {
    changes.iter().map(|change| Told { change, text: change.to_string() }).collect()
}

#[derive(Serialize)]
struct Shown<'a> {
    cases: Vec<Told<'a, CaseChange>>,
    weeks: Vec<Told<'a, WeekChange>>,
    standing: &'a Option<StandingChange>,
    judged: u64,
    moved_deadlines: u64,
    fingerprints_before: &'a Fingerprints,
    fingerprints_after: &'a Fingerprints,
}

fn shown(found: &Backtest) -> Shown<'_> {
    Shown {
        cases: told(&found.cases),
        weeks: told(&found.weeks),
        standing: &found.standing,
        judged: found.judged,
        moved_deadlines: found.moved_deadlines,
        fingerprints_before: &found.fingerprints_before,
        fingerprints_after: &found.fingerprints_after,
    }
}
