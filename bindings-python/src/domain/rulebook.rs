//! Rulebooks and their history.

use std::sync::Arc;

use klokuur::rulebook::RulesByWeek;
use klokuur::{Rulebook, RulebookHistory};
use pyo3::prelude::*;

use super::week::week;
use crate::arguments::Text;
use crate::error::OrRaise;
use crate::plain::{json, plain};
use crate::schedule::PySchedule;
use crate::time::Day;

/// The core of a `klokuur.Rulebook`.
#[pyclass(frozen, eq, module = "klokuur._klokuur")]
#[derive(Clone, PartialEq)]
pub(crate) struct RulebookCore {
    rules: Arc<Rulebook>,
    /// The earlier ones too, for a rulebook that stands for its history.
    history: Option<Arc<RulebookHistory>>,
}

impl RulebookCore {
    fn of(rulebook: Rulebook) -> Self {
        Self { rules: Arc::new(rulebook), history: None }
    }

    /// The rulebook itself.
    pub(crate) fn rules(&self) -> &Rulebook {
        &self.rules
    }

    /// What judges a week.
    pub(crate) fn by_week(&self) -> &(dyn RulesByWeek + Sync) {
        match &self.history {
            Some(history) => &**history,
            None => &*self.rules,
        }
    }

    /// The same change of it, and of each rulebook that it stands for.
    pub(super) fn changed(
        &self,
        change: impl Fn(&Rulebook) -> klokuur::Result<Rulebook>,
    ) -> klokuur::Result<Self> {
        let history = self.history.as_ref().map(|history| history.with_each(&change)).transpose()?;
        Ok(Self { rules: Arc::new(change(&self.rules)?), history: history.map(Arc::new) })
    }
}

#[pymethods]
impl RulebookCore {
    #[staticmethod]
    fn shipped(name: Text<'_>) -> PyResult<Self> {
        Rulebook::shipped(name.0).map(Self::of).or_raise()
    }

    #[staticmethod]
    fn names() -> Vec<&'static str> {
        Rulebook::names()
    }

    #[staticmethod]
    fn shipped_toml(name: Text<'_>) -> PyResult<&'static str> {
        Rulebook::shipped_toml(name.0).or_raise()
    }

    #[staticmethod]
    fn from_toml(text: Text<'_>) -> PyResult<Self> {
        Rulebook::from_toml(text.0).map(Self::of).or_raise()
    }

    #[staticmethod]
    fn from_json(text: Text<'_>) -> PyResult<Self> {
        Rulebook::from_json(text.0).map(Self::of).or_raise()
    }

    #[staticmethod]
    fn from_dict(document: &Bound<'_, PyAny>) -> PyResult<Self> {
        Rulebook::from_value(&json(document, "rulebook")?).map(Self::of).or_raise()
    }

    #[staticmethod]
    fn json_schema(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        plain(py, &Rulebook::json_schema())
    }

    fn to_toml(&self) -> String {
        self.rules.to_toml()
    }

    fn to_json(&self) -> String {
        self.rules.to_json()
    }

    fn plain<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &*self.rules)
    }

    fn norm<'py>(&self, py: Python<'py>, name: Text<'_>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, self.rules.norm(name.0).or_raise()?)
    }

    fn for_country(&self, country: Text<'_>) -> PyResult<Self> {
        self.changed(|rules| rules.for_country(country.0)).or_raise()
    }

    /// The history that it stands for.
    fn history(&self) -> Option<RulebookHistoryCore> {
        self.history.as_ref().map(|history| RulebookHistoryCore((**history).clone()))
    }

    fn is_in_force(&self, date: Day) -> bool {
        self.rules.is_in_force(date.0)
    }

    fn fingerprints<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.by_week().fingerprints().or_raise()?)
    }

    fn schedule(&self) -> PyResult<PySchedule> {
        self.rules.schedule().map(PySchedule).or_raise()
    }

    fn fingerprint(&self) -> String {
        self.by_week().fingerprint().to_string()
    }
}

/// The core of a `klokuur.RulebookHistory`.
#[pyclass(frozen, eq, module = "klokuur._klokuur")]
#[derive(Clone, PartialEq)]
pub(crate) struct RulebookHistoryCore(RulebookHistory);

#[pymethods]
impl RulebookHistoryCore {
    #[new]
    fn new(rulebooks: Vec<PyRef<'_, RulebookCore>>) -> PyResult<Self> {
        let rulebooks = rulebooks.iter().map(|rulebook| (*rulebook.rules).clone()).collect();
        RulebookHistory::new(rulebooks).map(Self).or_raise()
    }

    #[staticmethod]
    fn bol() -> PyResult<Self> {
        RulebookHistory::bol().map(Self).or_raise()
    }

    /// The newest rulebook, with the earlier ones for the weeks in which they were in force.
    fn as_rulebook(&self) -> PyResult<RulebookCore> {
        let rules = self.0.newest_rules().or_raise()?.clone();
        Ok(RulebookCore { rules: Arc::new(rules), history: Some(Arc::new(self.0.clone())) })
    }

    fn rulebooks(&self) -> Vec<RulebookCore> {
        self.0.rulebooks().iter().cloned().map(RulebookCore::of).collect()
    }

    fn for_date(&self, date: Day) -> PyResult<RulebookCore> {
        self.0.for_date(date.0).cloned().map(RulebookCore::of).or_raise()
    }

    fn for_week(&self, text: Text<'_>) -> PyResult<RulebookCore> {
        self.0.for_week(week(text.0)?).cloned().map(RulebookCore::of).or_raise()
    }
}
