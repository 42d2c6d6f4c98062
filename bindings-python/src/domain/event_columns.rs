//! An event log in columns: lifted once, without a Python object per row.

use std::borrow::Cow;
use std::collections::HashMap;

use arrow_array::{Array, StringArray};
use chrono::{DateTime, Utc};
use klokuur::KlokuurError;
use klokuur::case::{CaseEvent, EventRecord, EventSource};
use klokuur::timeline::{NULL, TimeUnit};
use numpy::PyReadonlyArray1;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyList, PyString};

use crate::arrow::{Foreign, texts_of};
use crate::columns::unit_named;

/// A column of texts, from Arrow or from a list.
pub(crate) struct Texts(StringArray);

impl Texts {
    pub(super) fn get(&self, row: usize) -> Option<&str> {
        (row < self.0.len() && !self.0.is_null(row)).then(|| self.0.value(row))
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

impl<'py> FromPyObject<'_, 'py> for Texts {
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = pyo3::type_hint_identifier!("typing", "Any");

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(list) = given.cast::<PyList>() {
            let texts = list.iter().map(|item| text_of(&item)).collect::<PyResult<Vec<_>>>()?;
            return Ok(Self(StringArray::from(texts)));
        }
        texts_of(given.extract::<Foreign>()?).map(Self)
    }
}

fn text_of(item: &Bound<'_, PyAny>) -> PyResult<Option<String>> {
    if item.is_none() {
        return Ok(None);
    }
    if let Ok(text) = item.cast::<PyString>() {
        return Ok(Some(text.to_string()));
    }
    if let Ok(truth) = item.cast::<PyBool>() {
        return Ok(Some(truth.is_true().to_string()));
    }
    Ok(Some(item.str()?.to_string()))
}

/// A column of instants: ticks, or texts with an offset.
pub(crate) enum Instants {
    Ticks(Vec<i64>, TimeUnit),
    Written(Texts),
}

impl<'py> FromPyObject<'_, 'py> for Instants {
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = pyo3::type_hint_identifier!("typing", "Any");

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok((ticks, unit)) = given.extract::<(PyReadonlyArray1<'py, i64>, String)>() {
            return Ok(Self::Ticks(ticks.as_array().to_vec(), unit_named(&unit)?));
        }
        given.extract::<Texts>().map(Self::Written)
    }
}

impl Instants {
    fn len(&self) -> usize {
        match self {
            Self::Ticks(ticks, _) => ticks.len(),
            Self::Written(texts) => texts.len(),
        }
    }

    /// All rows in microseconds, the unit of weeks.
    pub(super) fn microseconds(&self) -> klokuur::Result<Vec<i64>> {
        let tick = |row| Ok(self.get(row, "instant")?.map_or(NULL, |at| at.timestamp_micros()));
        (0..self.len()).map(tick).collect()
    }

    fn get(&self, row: usize, name: &str) -> Result<Option<DateTime<Utc>>, KlokuurError> {
        match self {
            Self::Ticks(ticks, unit) => {
                let Some(tick) = ticks.get(row).copied().filter(|tick| *tick != NULL) else {
                    return Ok(None);
                };
                let per_second = unit.per_second();
                let (seconds, rest) = (tick.div_euclid(per_second), tick.rem_euclid(per_second));
                let nanoseconds = u32::try_from(rest * (1_000_000_000 / per_second)).unwrap_or(0);
                DateTime::from_timestamp(seconds, nanoseconds).map(Some).ok_or_else(|| {
                    KlokuurError::OutOfRange {
                        what: "instant",
                        given: format!("{tick} {}", unit.name()),
                        accepted: "1900-01-01T00:00:00Z up to, not including, 2101-01-01T00:00:00Z".into(),
                    }
                })
            }
            Self::Written(texts) => {
                let Some(text) = texts.get(row).filter(|text| !text.is_empty()) else { return Ok(None) };
                DateTime::parse_from_rfc3339(text).map(|at| Some(at.to_utc())).map_err(|_| {
                    fault(
                        name,
                        format!("`{text}`: accepted is a time with an offset, as 2026-03-13T15:00:00+01:00"),
                    )
                })
            }
        }
    }
}

fn fault(path: &str, problem: String) -> KlokuurError {
    KlokuurError::InvalidDocument { document: "case event", path: path.to_owned(), problem }
}

/// The columns of an event log, by the names of a case record's fields.
pub(super) struct EventColumns {
    texts: HashMap<String, Texts>,
    instants: HashMap<String, Instants>,
    rows: usize,
}

impl EventColumns {
    /// Columns of equal length; `case`, `at` and `event` must be there.
    pub(super) fn new(
        texts: HashMap<String, Texts>,
        instants: HashMap<String, Instants>,
    ) -> klokuur::Result<Self> {
        let rows = instants.get("at").map_or(0, Instants::len);
        let lengths = texts.values().map(Texts::len).chain(instants.values().map(Instants::len));
        for length in lengths {
            if length != rows {
                return Err(KlokuurError::LengthMismatch {
                    what: "the columns of an event log",
                    left: rows,
                    right: length,
                });
            }
        }
        Ok(Self { texts, instants, rows })
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// The case number of a row.
    pub(super) fn case(&self, row: usize) -> Option<&str> {
        self.text("case", row)
    }

    fn text(&self, name: &str, row: usize) -> Option<&str> {
        // A file has no other way to say that a cell is empty.
        self.texts.get(name).and_then(|column| column.get(row)).filter(|text| !text.is_empty())
    }

    /// The event of a row.
    pub(super) fn event(&self, row: usize) -> klokuur::Result<CaseEvent> {
        EventRecord::read(&Row { columns: self, row })?.try_into()
    }
}

struct Row<'a> {
    columns: &'a EventColumns,
    row: usize,
}

impl EventSource for Row<'_> {
    fn text(&self, column: &'static str) -> klokuur::Result<Option<Cow<'_, str>>> {
        Ok(self.columns.text(column, self.row).map(Cow::Borrowed))
    }

    fn instant(&self, column: &'static str) -> klokuur::Result<Option<DateTime<Utc>>> {
        self.columns.instants.get(column).map_or(Ok(None), |instants| instants.get(self.row, column))
    }

    fn truth(&self, column: &'static str) -> klokuur::Result<Option<bool>> {
        match self.columns.text(column, self.row) {
            None => Ok(None),
            Some("true" | "True" | "yes" | "1") => Ok(Some(true)),
            Some("false" | "False" | "no" | "0") => Ok(Some(false)),
            Some(other) => Err(fault(column, format!("`{other}`: accepted is true or false"))),
        }
    }
}
