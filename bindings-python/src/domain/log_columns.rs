//! Columns of texts and instants, lifted once, without a Python object per row.

use chrono::DateTime;
use klokuur::KlokuurError;
use klokuur::log::{Cell, Times};
use klokuur::timeline::{NULL, TimeUnit};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyList, PyString};

use crate::array::Array;
use crate::arrow::{TextColumn, Texts, texts_of};
use crate::columns::unit_named;

/// From Arrow or from a list.
impl<'py> FromPyObject<'_, 'py> for TextColumn {
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = pyo3::type_hint_identifier!("typing", "Any");

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(list) = given.cast::<PyList>() {
            let mut texts = Texts::default();
            for item in list.iter() {
                texts.push(text_of(&item)?.as_deref())?;
            }
            return Ok(Self::Copied(texts));
        }
        texts_of(given.extract()?)
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
    Written(TextColumn),
}

impl<'py> FromPyObject<'_, 'py> for Instants {
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = pyo3::type_hint_identifier!("typing", "Any");

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok((ticks, unit)) = given.extract::<(Array<i64>, String)>() {
            return Ok(Self::Ticks(ticks.to_vec(given.py())?, unit_named(&unit)?));
        }
        given.extract().map(Self::Written)
    }
}

impl Instants {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Ticks(ticks, _) => ticks.len(),
            Self::Written(texts) => texts.len(),
        }
    }

    /// All rows in microseconds, the unit of weeks.
    pub(super) fn microseconds(&self) -> klokuur::Result<Vec<i64>> {
        let times = Times::new(None, None)?;
        let tick = |row| match self.cell(row)? {
            Cell::Missing | Cell::Text("") => Ok(NULL),
            Cell::Instant(at) => Ok(at.timestamp_micros()),
            Cell::Text(text) => Ok(times.read(text)?.timestamp_micros()),
        };
        (0..self.len()).map(tick).collect()
    }

    /// The instant of a row, where the column is one of ticks and nanoseconds can say it.
    pub(super) fn nanoseconds(&self, row: usize) -> Option<i64> {
        let Self::Ticks(ticks, unit) = self else { return None };
        let tick = ticks.get(row).copied().filter(|tick| *tick != NULL)?;
        tick.checked_mul(1_000_000_000 / unit.per_second())
    }

    pub(super) fn cell(&self, row: usize) -> klokuur::Result<Cell<'_>> {
        match self {
            Self::Ticks(ticks, unit) => {
                let Some(tick) = ticks.get(row).copied().filter(|tick| *tick != NULL) else {
                    return Ok(Cell::Missing);
                };
                let per_second = unit.per_second();
                let (seconds, rest) = (tick.div_euclid(per_second), tick.rem_euclid(per_second));
                let nanoseconds = u32::try_from(rest * (1_000_000_000 / per_second)).unwrap_or(0);
                DateTime::from_timestamp(seconds, nanoseconds).map(Cell::Instant).ok_or_else(|| {
                    KlokuurError::OutOfRange {
                        what: "instant",
                        given: format!("{tick} {unit}"),
                        accepted: "1900-01-01T00:00:00Z up to, not including, 2101-01-01T00:00:00Z".into(),
                    }
                })
            }
            Self::Written(texts) => Ok(texts.get(row).map_or(Cell::Missing, Cell::Text)),
        }
    }
}
