//! What becomes of accounts and of norms, told once.

use chrono::NaiveDate;
use klokuur::Language;
use klokuur::norm::{NormTold, NormWatch, WeekResult};
use klokuur::standing::{LedgerChange, StandingTold, StandingWatch, StandingWatches};
use pyo3::prelude::*;
use serde::Serialize;

use super::not_before;
use super::shared::Shared;
use super::standing::LedgerCore;
use crate::arguments::Text;
use crate::error::OrRaise;
use crate::plain::{plain, read};
use crate::time::Moment;

#[derive(Serialize)]
struct Told {
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    on: NaiveDate,
    #[serde(flatten)]
    change: LedgerChange,
    retracted: bool,
    english: String,
    dutch: String,
}

impl Told {
    fn of(account: Option<String>, told: StandingTold) -> Self {
        let (english, dutch) = (told.to_sentence(Language::English), told.to_sentence(Language::Dutch));
        Self { account, on: told.on, change: told.change, retracted: told.retracted, english, dutch }
    }
}

/// What became so with a norm, with its sentences.
#[derive(Serialize)]
struct OfNorm {
    #[serde(flatten)]
    told: NormTold,
    english: String,
    dutch: String,
}

impl From<NormTold> for OfNorm {
    fn from(told: NormTold) -> Self {
        let (english, dutch) = (told.to_sentence(Language::English), told.to_sentence(Language::Dutch));
        Self { told, english, dutch }
    }
}

/// The core of a `klokuur.StandingWatch`.
#[pyclass(frozen, module = "klokuur._klokuur")]
pub(crate) struct StandingWatchCore(Shared<StandingWatch>);

#[pymethods]
impl StandingWatchCore {
    #[new]
    fn new(ledger: &LedgerCore, now: Moment<'_>) -> Self {
        Self(Shared::of(StandingWatch::new(ledger.ledger().clone(), now.at())))
    }

    fn replace(&self, ledger: &LedgerCore) {
        self.0.get().replace(ledger.ledger().clone());
    }

    fn advance<'py>(&self, py: Python<'py>, now: Moment<'py>) -> PyResult<Bound<'py, PyAny>> {
        let told = self.0.get().advance(now.at());
        plain(py, &told.into_iter().map(|told| Told::of(None, told)).collect::<Vec<_>>())
    }

    fn next_wake_up<'py>(&self, now: Moment<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let wake = self.0.get().next_wake_up(now.at());
        wake.map(|wake| not_before(&now, wake)).transpose()
    }
}

/// The core of a `klokuur.StandingWatches`.
#[pyclass(frozen, module = "klokuur._klokuur")]
pub(crate) struct StandingWatchesCore(Shared<StandingWatches>);

#[pymethods]
impl StandingWatchesCore {
    #[new]
    fn new() -> Self {
        Self(Shared::of(StandingWatches::new()))
    }

    fn insert(&self, account: Text<'_>, ledger: &LedgerCore, now: Moment<'_>) {
        self.0.get().insert(account.0, StandingWatch::new(ledger.ledger().clone(), now.at()));
    }

    fn replace(&self, account: Text<'_>, ledger: &LedgerCore) -> PyResult<()> {
        self.0.get().replace(account.0, ledger.ledger().clone()).or_raise()
    }

    fn advance<'py>(&self, py: Python<'py>, now: Moment<'py>) -> PyResult<Bound<'py, PyAny>> {
        let told = self.0.get().advance(now.at());
        let told = told.into_iter().map(|(account, told)| Told::of(Some(account), told));
        plain(py, &told.collect::<Vec<_>>())
    }

    fn next_wake_up<'py>(&self, now: Moment<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let wake = self.0.get().next_wake_up(now.at());
        wake.map(|wake| not_before(&now, wake)).transpose()
    }
}

/// The core of a `klokuur.NormWatch`.
#[pyclass(frozen, module = "klokuur._klokuur")]
pub(crate) struct NormWatchCore(Shared<NormWatch>);

#[pymethods]
impl NormWatchCore {
    #[new]
    fn new(results: &Bound<'_, PyAny>, now: Moment<'_>) -> PyResult<Self> {
        Ok(Self(Shared::of(NormWatch::new(read(results, "week's results")?, now.at()))))
    }

    fn replace(&self, results: &Bound<'_, PyAny>) -> PyResult<()> {
        let results: Vec<WeekResult> = read(results, "week's results")?;
        self.0.get().replace(results);
        Ok(())
    }

    fn advance<'py>(&self, py: Python<'py>, now: Moment<'py>) -> PyResult<Bound<'py, PyAny>> {
        let told = self.0.get().advance(now.at());
        plain(py, &told.into_iter().map(OfNorm::from).collect::<Vec<_>>())
    }

    fn next_wake_up<'py>(&self, now: Moment<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let wake = self.0.get().next_wake_up(now.at());
        wake.map(|wake| not_before(&now, wake)).transpose()
    }
}
