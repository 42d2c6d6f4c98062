//! What cases say about items.

use klokuur::case::CaseOutcome;
use klokuur::insight::{
    CaseRecord, DatedScore, Handling, HandlingTimes, ItemOrders, Overview, OverviewQuery, Satisfaction,
    ShareInterval, SignalReport, SubjectOverview,
};
use klokuur::{KlokuurError, Period};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use serde_json::Value;

use super::rulebook::RulebookCore;
use crate::arguments::{Real, Whole};
use crate::error::{OrRaise, raise};
use crate::inside::detached;
use crate::plain::{plain, read};
use crate::time::{Day, ZoneName};

/// What outcomes of cases say, dated in a zone.
#[pyfunction]
pub(crate) fn case_records<'py>(
    py: Python<'py>,
    outcomes: &Bound<'py, PyAny>,
    zone: ZoneName,
) -> PyResult<Bound<'py, PyAny>> {
    let outcomes: Vec<CaseOutcome> = read(outcomes, "outcomes of cases")?;
    let zone = zone.zone()?;
    plain(py, &outcomes.iter().map(|outcome| CaseRecord::of(outcome, zone)).collect::<Vec<_>>())
}

const CASES: &str = "case records";
const ORDERS: &str = "item orders";

/// The interval of a share.
#[pyfunction]
pub(crate) fn share_interval<'py>(
    py: Python<'py>,
    count: Whole<u64>,
    of: Whole<u64>,
    confidence: Real,
) -> PyResult<Bound<'py, PyAny>> {
    plain(py, &ShareInterval::wilson(count.0, of.0, confidence.0).or_raise()?)
}

/// The percentiles of handling times.
#[pyfunction]
pub(crate) fn handling_times<'py>(
    py: Python<'py>,
    handlings: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let handlings: Vec<Handling> = read(handlings, "handling times")?;
    plain(py, &HandlingTimes::of(handlings))
}

/// One percentile of handling times.
#[pyfunction]
pub(crate) fn handling_percentile<'py>(
    py: Python<'py>,
    handlings: &Bound<'py, PyAny>,
    share: Real,
) -> PyResult<Bound<'py, PyAny>> {
    let handlings: Vec<Handling> = read(handlings, "handling times")?;
    plain(py, &HandlingTimes::percentile(handlings, share.0).or_raise()?)
}

/// A period of whole dates.
#[pyfunction]
pub(crate) fn period_between<'py>(py: Python<'py>, first: Day, last: Day) -> PyResult<Bound<'py, PyAny>> {
    plain(py, &Period::between(first.0, last.0).or_raise()?)
}

/// A calendar month as a period.
#[pyfunction]
pub(crate) fn period_month<'py>(
    py: Python<'py>,
    year: Whole<i32>,
    month: Whole<u32>,
) -> PyResult<Bound<'py, PyAny>> {
    plain(py, &Period::month(year.0, month.0).or_raise()?)
}

/// The days up to and with a date as a period.
#[pyfunction]
pub(crate) fn period_trailing<'py>(
    py: Python<'py>,
    last: Day,
    days: Whole<u32>,
) -> PyResult<Bound<'py, PyAny>> {
    plain(py, &Period::trailing_days(last.0, days.0).or_raise()?)
}

/// What the cases of a period are about.
#[pyfunction]
pub(crate) fn subject_overview<'py>(
    py: Python<'py>,
    cases: &Bound<'py, PyAny>,
    orders: &Bound<'py, PyAny>,
    period: (Day, Day),
    rules: &RulebookCore,
) -> PyResult<Bound<'py, PyAny>> {
    let cases: Vec<CaseRecord> = read(cases, CASES)?;
    let orders: Vec<ItemOrders> = read(orders, ORDERS)?;
    let period = Period::between(period.0.0, period.1.0).or_raise()?;
    let insight = &rules.rules().insight;
    plain(py, &detached(py, || SubjectOverview::of(&cases, &orders, period, insight)).or_raise()?)
}

/// How satisfied customers are.
#[pyfunction]
pub(crate) fn satisfaction<'py>(
    py: Python<'py>,
    nps: Vec<(Day, Whole<i64>)>,
    reviews: Vec<(Day, Whole<i64>)>,
    last: Day,
    rules: &RulebookCore,
) -> PyResult<Bound<'py, PyAny>> {
    let nps = dated(nps, "NPS score", "whole numbers from 0 to 10")?;
    let reviews = dated(reviews, "review", "whole numbers from 1 to 10")?;
    let found = Satisfaction::of(&nps, &reviews, last.0, &rules.rules().survey);
    plain(py, &found.or_raise()?)
}

/// Scores with their dates; one that no byte holds is refused as any other that is none.
fn dated(rows: Vec<(Day, Whole<i64>)>, what: &'static str, accepted: &str) -> PyResult<Vec<DatedScore>> {
    let scores = rows.into_iter().enumerate().map(|(row, (date, Whole(given)))| match u8::try_from(given) {
        Ok(score) => Ok(DatedScore { date: date.0, score }),
        Err(_) => Err(raise(&KlokuurError::Row {
            row,
            problem: Box::new(KlokuurError::OutOfRange {
                what,
                given: given.to_string(),
                accepted: accepted.into(),
            }),
        })),
    });
    scores.collect()
}

/// The overview of a period, perhaps split and narrowed.
#[pyfunction]
pub(crate) fn insight_overview<'py>(
    py: Python<'py>,
    cases: &Bound<'py, PyAny>,
    orders: &Bound<'py, PyAny>,
    query: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let cases: Vec<CaseRecord> = read(cases, CASES)?;
    let orders: Vec<ItemOrders> = read(orders, ORDERS)?;
    let query: OverviewQuery = read(query, "overview query")?;
    plain(py, &detached(py, || Overview::of(&cases, &orders, &query)).or_raise()?)
}

/// What comes up more often than it used to.
#[pyfunction]
pub(crate) fn signal_report<'py>(
    py: Python<'py>,
    cases: &Bound<'py, PyAny>,
    orders: &Bound<'py, PyAny>,
    last: Day,
    rules: &RulebookCore,
) -> PyResult<Bound<'py, PyAny>> {
    let cases: Vec<CaseRecord> = read(cases, CASES)?;
    let orders: Vec<ItemOrders> = read(orders, ORDERS)?;
    let insight = &rules.rules().insight;
    let report = detached(py, || SignalReport::of(&cases, &orders, last.0, insight)).or_raise()?;
    let mut value = serde_json::to_value(&report).map_err(|e| PyRuntimeError::new_err(e.to_string()))?;
    let rows = value.get_mut("signals").and_then(Value::as_array_mut).into_iter().flatten();
    for (row, signal) in rows.filter_map(Value::as_object_mut).zip(&report.signals) {
        row.insert("place".into(), signal.place().into());
        row.insert("english".into(), signal.to_string().into());
    }
    plain(py, &value)
}
