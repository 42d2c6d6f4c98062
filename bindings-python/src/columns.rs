//! Whole columns: NumPy arrays here, Arrow in `arrow`. One call of the core each, without the GIL.

use std::num::NonZero;

use klokuur::timeline::{Budgets, Column, Columns, NULL, TimeUnit};
use klokuur::{BusinessDuration, KlokuurError, Schedule};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::arguments::{Text, Whole};
use crate::array::{Array, filled, new_array, new_truths};
use crate::error::{OrRaise, raise};
use crate::inside::detached;
use crate::schedule::PySchedule;
use crate::time::timedelta_in;

/// A question about columns, by its name in `_columns.py`.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Question {
    Between,
    Within,
    Add,
    Sub,
    IsOpen,
    NextOpen,
}

impl Question {
    pub(crate) fn named(name: &str) -> PyResult<Self> {
        Ok(match name {
            "between" => Self::Between,
            "within" => Self::Within,
            "add" => Self::Add,
            "sub" => Self::Sub,
            "is_open" => Self::IsOpen,
            "next_open" => Self::NextOpen,
            _ => return Err(PyValueError::new_err(format!("no question {name}"))),
        })
    }

    /// Whether the answers are yes or no.
    pub(crate) fn is_boolean(self) -> bool {
        matches!(self, Self::Within | Self::IsOpen)
    }
}

/// What a question needs beside its first column.
#[derive(Clone, Copy)]
pub(crate) struct Rest<'a> {
    pub(crate) second: Option<Column<'a>>,
    pub(crate) amount: Option<BusinessDuration>,
}

impl<'a> Rest<'a> {
    fn second(self) -> klokuur::Result<Column<'a>> {
        self.second.ok_or_else(|| missing("second column"))
    }

    fn amount(self) -> klokuur::Result<BusinessDuration> {
        self.amount.ok_or_else(|| missing("amount"))
    }

    fn budgets(self) -> klokuur::Result<Budgets<'a>> {
        match self.second {
            Some(column) => Ok(Budgets::Each(column)),
            None => self.amount().map(Budgets::One),
        }
    }
}

fn missing(what: &'static str) -> KlokuurError {
    KlokuurError::InvalidValue { what, given: "nothing".into(), accepted: "one".into() }
}

pub(crate) fn amounts(
    columns: &Columns,
    question: Question,
    first: Column<'_>,
    rest: Rest<'_>,
    out: &mut [i64],
) -> klokuur::Result<()> {
    match question {
        Question::Between => columns.between(first, rest.second()?, out),
        Question::Add => match rest.budgets()? {
            Budgets::One(amount) => columns.add(first, amount, out),
            Budgets::Each(column) => columns.add(first, column, out),
        },
        Question::Sub => match rest.budgets()? {
            Budgets::One(amount) => columns.sub(first, amount, out),
            Budgets::Each(column) => columns.sub(first, column, out),
        },
        _ => columns.next_open(first, out),
    }
}

pub(crate) fn truths(
    columns: &Columns,
    question: Question,
    first: Column<'_>,
    rest: Rest<'_>,
    out: &mut [bool],
) -> klokuur::Result<()> {
    match question {
        Question::Within => columns.within(first, rest.second()?, rest.amount()?, out),
        _ => columns.is_open(first, out),
    }
}

/// The columns of a schedule in a unit; several threads when asked.
pub(crate) fn columns_of(schedule: &Schedule, unit: TimeUnit, threads: usize) -> Columns {
    let columns = schedule.timeline().columns().unit(unit);
    if threads == 1 { columns } else { columns.parallel() }
}

/// Runs work on so many threads (0, or more than there are cores: as many as there are cores), in a pool of its own:
/// none outlives the call, so that a process may fork.
pub(crate) fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    if threads == 1 {
        return Ok(work());
    }
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.min(cores)).build();
    Ok(pool.map_err(|problem| PyValueError::new_err(problem.to_string()))?.install(work))
}

/// The units by the names that NumPy, pandas and Arrow have for them.
const UNITS: [(&str, TimeUnit); 4] = [
    ("s", TimeUnit::Seconds),
    ("ms", TimeUnit::Milliseconds),
    ("us", TimeUnit::Microseconds),
    ("ns", TimeUnit::Nanoseconds),
];

pub(crate) fn unit_named(name: &str) -> PyResult<TimeUnit> {
    let unit = UNITS.iter().find(|(known, _)| *known == name).map(|(_, unit)| *unit);
    unit.ok_or_else(|| PyValueError::new_err(format!("no unit {name}")))
}

pub(crate) fn unit_name(unit: TimeUnit) -> &'static str {
    UNITS.iter().find(|(_, known)| *known == unit).map_or("", |(name, _)| name)
}

/// The unit whose name begins with a letter, by which Arrow's formats tell them apart.
pub(crate) fn unit_of_letter(letter: &str) -> Option<TimeUnit> {
    UNITS.iter().find(|(name, _)| name.get(..1) == Some(letter)).map(|(_, unit)| *unit)
}

/// One question about NumPy columns of 64-bit ticks, where the least number is null.
#[pyfunction]
#[pyo3(signature = (
    schedule: "Schedule",
    question: "str",
    first: "numpy.typing.NDArray[numpy.int64]",
    second: "numpy.typing.NDArray[numpy.int64] | None",
    amount: "datetime.timedelta | None",
    unit: "str",
    threads: "int"
) -> "numpy.typing.NDArray[typing.Any]")]
#[allow(clippy::too_many_arguments, reason = "called by _columns.py only")]
pub(crate) fn numpy_columns<'py>(
    py: Python<'py>,
    schedule: &PySchedule,
    question: Text<'_>,
    first: Array<i64>,
    second: Option<Array<i64>>,
    amount: Option<&Bound<'py, PyAny>>,
    unit: Text<'_>,
    threads: Whole<usize>,
) -> PyResult<Bound<'py, PyAny>> {
    let question = Question::named(question.0)?;
    let columns = columns_of(&schedule.0, unit_named(unit.0)?, threads.0);
    let first = first.as_slice()?;
    let second = second.as_ref().map(|second| second.as_slice()).transpose()?;
    let amount = amount.map(timedelta_in).transpose()?;
    let rest = Rest { second: second.map(Column::from), amount };
    if question.is_boolean() {
        let mut out = vec![false; first.len()];
        detached(py, || on_threads(threads.0, || truths(&columns, question, first.into(), rest, &mut out)))?
            .or_raise()?;
        return new_truths(py, &out);
    }
    filled(py, first.len(), |out| {
        detached(py, || on_threads(threads.0, || amounts(&columns, question, first.into(), rest, out)))?
            .or_raise()
    })
}

/// Ticks in another unit: exactly, or an error that names the row. Beyond 64 bits they stay at the limit, which is
/// outside the supported instants too.
#[pyfunction]
#[pyo3(signature = (
    ticks: "numpy.typing.NDArray[numpy.int64]",
    unit: "str",
    wanted: "str"
) -> "numpy.typing.NDArray[numpy.int64]")]
pub(crate) fn numpy_in_unit<'py>(
    py: Python<'py>,
    ticks: Array<i64>,
    unit: Text<'_>,
    wanted: Text<'_>,
) -> PyResult<Bound<'py, PyAny>> {
    let (unit, wanted) = (unit_named(unit.0)?, unit_named(wanted.0)?);
    let ticks = ticks.as_slice()?;
    let changed = detached(py, || in_unit(ticks, unit, wanted)).map_err(|error| raise(&error))?;
    new_array(py, &changed)
}

pub(crate) fn in_unit(ticks: &[i64], unit: TimeUnit, wanted: TimeUnit) -> klokuur::Result<Vec<i64>> {
    let (have, want) = (unit.per_second(), wanted.per_second());
    if want >= have {
        let factor = want / have;
        let finer = |&tick: &i64| if tick == NULL { NULL } else { tick.saturating_mul(factor).max(NULL + 1) };
        return Ok(ticks.iter().map(finer).collect());
    }
    let factor = have / want;
    let mut coarser = Vec::with_capacity(ticks.len());
    for (row, &tick) in ticks.iter().enumerate() {
        if tick == NULL {
            coarser.push(NULL);
        } else if tick % factor == 0 {
            coarser.push(tick / factor);
        } else {
            return Err(KlokuurError::Row {
                row,
                problem: Box::new(KlokuurError::InvalidValue {
                    what: "budget",
                    given: format!("{tick} {unit}"),
                    accepted: format!("whole {wanted}, the unit of the column"),
                }),
            });
        }
    }
    Ok(coarser)
}

/// Instants as microseconds, down to the one that each lies in: for questions that only look at dates.
#[pyfunction]
#[pyo3(signature = (ticks: "numpy.typing.NDArray[numpy.int64]", unit: "str") -> "numpy.typing.NDArray[numpy.int64]")]
pub(crate) fn numpy_floor_microseconds<'py>(
    py: Python<'py>,
    ticks: Array<i64>,
    unit: Text<'_>,
) -> PyResult<Bound<'py, PyAny>> {
    let unit = unit_named(unit.0)?;
    let ticks = ticks.as_slice()?;
    if unit == TimeUnit::Nanoseconds {
        let floor = |&tick: &i64| if tick == NULL { NULL } else { tick.div_euclid(1000) };
        return new_array(py, &ticks.iter().map(floor).collect::<Vec<_>>());
    }
    new_array(py, &in_unit(ticks, unit, TimeUnit::Microseconds).or_raise()?)
}
