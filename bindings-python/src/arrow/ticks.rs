//! Questions about columns of instants and amounts, answered in the chunks that they came in.

use std::borrow::Cow;
use std::sync::Arc;

use klokuur::KlokuurError;
use klokuur::timeline::{Column, Columns, NULL, TimeUnit};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use super::foreign::{Chunk, Foreign};
use super::kind::Kind;
use super::view::Bits;
use super::{ArrowColumn, Made};
use crate::arguments::{Text, Whole};
use crate::array::{Array, Truth, new_array};
use crate::columns::{
    Question, Rest, amounts, columns_of, in_unit, on_threads, truths, unit_name, unit_named,
};
use crate::error::{invalid, raise};
use crate::inside::detached;
use crate::schedule::PySchedule;
use crate::time::timedelta_in;

/// A column of ticks: timestamps with a zone, or durations.
struct Ticks {
    chunks: Vec<Rows>,
    unit: TimeUnit,
    /// The zone of timestamps.
    zone: Option<Arc<str>>,
}

/// Some ticks of a column.
enum Rows {
    Foreign(Chunk),
    /// The least number where there is none.
    Own(Vec<i64>),
}

impl Ticks {
    /// The ticks of a column; those who have no kind, because nothing is in them, come back.
    fn of(column: Foreign) -> PyResult<Result<Self, Foreign>> {
        let (unit, zone) = match &column.kind {
            Kind::Null => return Ok(Err(column)),
            Kind::Timestamp(unit, Some(zone)) => (*unit, Some(zone.clone())),
            Kind::Duration(unit) => (*unit, None),
            Kind::Timestamp(_, None) => {
                return Err(invalid(
                    "column of instants",
                    column.kind.to_string(),
                    "timestamps with a zone: attach the one they were read in, \
                     as column.dt.replace_time_zone(\"Europe/Amsterdam\") in Polars, \
                     pc.assume_timezone(column, \"Europe/Amsterdam\") in PyArrow",
                ));
            }
            other => {
                return Err(PyTypeError::new_err(format!(
                    "a column of instants must hold timestamps, not {other}"
                )));
            }
        };
        Ok(Ok(Self { chunks: column.chunks.into_iter().map(Rows::Foreign).collect(), unit, zone }))
    }

    /// Nulls alone, as a column of a unit: of instants in a zone, or of amounts.
    fn nothing(column: &Foreign, unit: TimeUnit, zone: Option<&Arc<str>>) -> Self {
        let nulls = |chunk: &Chunk| Rows::Own(vec![NULL; chunk.len()]);
        Self { chunks: column.chunks.iter().map(nulls).collect(), unit, zone: zone.cloned() }
    }

    fn lengths(&self) -> Vec<usize> {
        self.chunks.iter().map(Rows::len).collect()
    }

    /// The same in one chunk.
    fn joined(self) -> Self {
        if self.chunks.len() < 2 {
            return self;
        }
        Self { chunks: vec![Rows::Own(self.ticks())], ..self }
    }

    /// All ticks, the least number where there is none.
    fn ticks(&self) -> Vec<i64> {
        let mut out = Vec::with_capacity(self.lengths().iter().sum());
        self.chunks.iter().for_each(|chunk| chunk.part().append_to(&mut out));
        out
    }

    /// The same in another unit.
    fn in_unit(self, wanted: TimeUnit) -> PyResult<Self> {
        if wanted == self.unit {
            return Ok(self);
        }
        let mut start = 0;
        let mut chunks = Vec::with_capacity(self.chunks.len());
        for chunk in &self.chunks {
            // What lies under a null may be anything.
            let mut clean = Vec::with_capacity(chunk.len());
            chunk.part().append_to(&mut clean);
            let ticks = in_unit(&clean, self.unit, wanted).map_err(|error| raise(&from_row(error, start)))?;
            start += ticks.len();
            chunks.push(Rows::Own(ticks));
        }
        Ok(Self { chunks, unit: wanted, zone: self.zone })
    }
}

impl Rows {
    fn len(&self) -> usize {
        match self {
            Self::Foreign(chunk) => chunk.len(),
            Self::Own(ticks) => ticks.len(),
        }
    }

    /// As the core reads them.
    fn part(&self) -> Part<'_> {
        match self {
            Self::Foreign(chunk) => Part { values: chunk.view().values(), valid: chunk.view().validity() },
            Self::Own(ticks) => Part { values: Cow::Borrowed(ticks), valid: None },
        }
    }
}

/// A chunk as the core reads it.
struct Part<'a> {
    values: Cow<'a, [i64]>,
    valid: Option<Bits<'a>>,
}

impl Part<'_> {
    fn column(&self) -> klokuur::Result<Column<'_>> {
        match self.valid {
            Some(bits) => Column::with_validity(&self.values, bits.bytes, bits.offset),
            None => Ok(self.values.as_ref().into()),
        }
    }

    /// Takes the answers where there is no tick.
    fn clear_nulls<T>(&self, answers: &mut [Option<T>]) {
        for (row, (answer, tick)) in answers.iter_mut().zip(self.values.iter()).enumerate() {
            if *tick == NULL || self.valid.is_some_and(|bits| !bits.get(row)) {
                *answer = None;
            }
        }
    }

    /// The ticks, the least number where there is none.
    fn append_to(&self, out: &mut Vec<i64>) {
        match self.valid {
            None => out.extend_from_slice(&self.values),
            Some(bits) => {
                let rows = self.values.iter().enumerate();
                out.extend(rows.map(|(row, tick)| if bits.get(row) { *tick } else { NULL }));
            }
        }
    }
}

/// A row of a chunk as a row of the column.
fn from_row(error: KlokuurError, start: usize) -> KlokuurError {
    match error {
        KlokuurError::Row { row, problem } => KlokuurError::Row { row: row + start, problem },
        other => other,
    }
}

/// One question about Arrow columns; the answers come in the chunks of the first.
#[pyfunction]
#[pyo3(signature = (
    schedule: "Schedule",
    question: "str",
    first: "typing.Any",
    second: "typing.Any",
    amount: "datetime.timedelta | None",
    threads: "int"
) -> "ArrowColumn")]
pub(crate) fn arrow_columns(
    py: Python<'_>,
    schedule: &PySchedule,
    question: Text<'_>,
    first: Foreign,
    second: Option<Foreign>,
    amount: Option<&Bound<'_, PyAny>>,
    threads: Whole<usize>,
) -> PyResult<ArrowColumn> {
    let question = Question::named(question.0)?;
    let amount = amount.map(timedelta_in).transpose()?;
    let moves = matches!(question, Question::Add | Question::Sub);
    let (mut first, mut second) = both(schedule, first, second, moves)?;
    if let Some(other) = second.take() {
        let unit =
            if moves || first.unit.per_second() >= other.unit.per_second() { first.unit } else { other.unit };
        first = first.in_unit(unit)?;
        let mut other = other.in_unit(unit)?;
        if first.lengths() != other.lengths() {
            (first, other) = (first.joined(), other.joined());
        }
        second = Some(other);
    }
    let Some(zone) = first.zone.clone() else {
        return Err(PyTypeError::new_err("a column of instants must hold timestamps, not durations"));
    };
    let kind = match question {
        Question::Between => Kind::Duration(first.unit),
        Question::Within | Question::IsOpen => Kind::Boolean,
        _ => Kind::Timestamp(first.unit, Some(zone)),
    };
    let ask =
        Ask { columns: columns_of(&schedule.0, first.unit, threads.0), question, amount, kind: kind.clone() };
    let mut start = 0;
    let mut chunks = Vec::with_capacity(first.chunks.len());
    for (i, chunk) in first.chunks.iter().enumerate() {
        let one = chunk.part();
        let two = match &second {
            Some(other) => match other.chunks.get(i) {
                Some(chunk) => Some(chunk.part()),
                None => return Err(raise(&length_mismatch(one.values.len(), 0))),
            },
            None => None,
        };
        let answer = detached(py, || on_threads(threads.0, || ask.chunk(&one, two.as_ref())))?;
        chunks.push(answer.map_err(|error| raise(&from_row(error, start)))?);
        start += chunk.len();
    }
    if let Some(other) = second.filter(|other| other.chunks.len() > first.chunks.len()) {
        return Err(raise(&length_mismatch(start, other.lengths().iter().sum())));
    }
    Ok(ArrowColumn::new(kind, chunks))
}

/// Both columns of a question. One in which nothing is yet is like the other, or in microseconds and the schedule's zone.
fn both(
    schedule: &PySchedule,
    first: Foreign,
    second: Option<Foreign>,
    moves: bool,
) -> PyResult<(Ticks, Option<Ticks>)> {
    let (first, second) = (Ticks::of(first)?, second.map(Ticks::of).transpose()?);
    let like = first.as_ref().ok().or(second.as_ref().and_then(|second| second.as_ref().ok()));
    let unit = like.map_or(TimeUnit::Microseconds, |like| like.unit);
    let zone = like.and_then(|like| like.zone.clone()).unwrap_or_else(|| schedule.0.zone().name().into());
    let first = first.unwrap_or_else(|column| Ticks::nothing(&column, unit, Some(&zone)));
    let zone = (!moves).then_some(&zone);
    let second = second.map(|second| second.unwrap_or_else(|column| Ticks::nothing(&column, unit, zone)));
    Ok((first, second))
}

fn length_mismatch(left: usize, right: usize) -> KlokuurError {
    KlokuurError::LengthMismatch { what: "the two columns", left, right }
}

/// A question, ready for its chunks.
struct Ask {
    columns: Columns,
    question: Question,
    amount: Option<klokuur::BusinessDuration>,
    /// What the answers are.
    kind: Kind,
}

impl Ask {
    fn chunk(&self, one: &Part<'_>, two: Option<&Part<'_>>) -> klokuur::Result<Made> {
        let first = one.column()?;
        let rest = Rest { second: two.map(Part::column).transpose()?, amount: self.amount };
        if let Some(second) = rest.second.filter(|second| second.len() != first.len()) {
            return Err(length_mismatch(first.len(), second.len()));
        }
        if self.question.is_boolean() {
            let mut out = vec![false; first.len()];
            truths(&self.columns, self.question, first, rest, &mut out)?;
            let mut answers: Vec<_> = out.into_iter().map(Some).collect();
            one.clear_nulls(&mut answers);
            two.into_iter().for_each(|two| two.clear_nulls(&mut answers));
            return Ok(Made::truths(&answers));
        }
        // Where something is null, so is the answer: the least number.
        let mut out = vec![0; first.len()];
        amounts(&self.columns, self.question, first, rest, &mut out)?;
        Ok(Made::ticks(self.kind.clone(), out))
    }
}

/// Ticks, their unit and zone.
type UnitTicks<'py> = (Bound<'py, PyAny>, &'static str, Option<String>);

/// An Arrow column as NumPy ticks, where the least number is null, with its unit and zone.
///
/// One in which nothing is yet counts as microseconds, of instants in UTC or, with `amounts`, of amounts.
#[pyfunction]
#[pyo3(signature = (
    column: "typing.Any",
    amounts: "bool" = false
) -> "tuple[numpy.typing.NDArray[numpy.int64], str, str | None]")]
pub(crate) fn arrow_ticks<'py>(py: Python<'py>, column: Foreign, amounts: bool) -> PyResult<UnitTicks<'py>> {
    let utc = (!amounts).then(|| Arc::from("UTC"));
    let ticks = Ticks::of(column)?
        .unwrap_or_else(|column| Ticks::nothing(&column, TimeUnit::Microseconds, utc.as_ref()));
    let unit = unit_name(ticks.unit);
    Ok((new_array(py, &ticks.ticks())?, unit, ticks.zone.map(|zone| zone.to_string())))
}

/// NumPy ticks as an Arrow column: timestamps in a zone, or durations without one.
#[pyfunction]
#[pyo3(signature = (
    ticks: "numpy.typing.NDArray[numpy.int64]",
    unit: "str",
    zone: "str | None"
) -> "ArrowColumn")]
pub(crate) fn arrow_of_ticks(
    py: Python<'_>,
    ticks: Array<i64>,
    unit: Text<'_>,
    zone: Option<Text<'_>>,
) -> PyResult<ArrowColumn> {
    let (ticks, unit) = (ticks.to_vec(py)?, unit_named(unit.0)?);
    let kind = match zone {
        Some(zone) => Kind::Timestamp(unit, Some(zone.0.into())),
        None => Kind::Duration(unit),
    };
    Ok(ArrowColumn::of(Made::ticks(kind, ticks)))
}

/// NumPy booleans, and where there is none, as an Arrow column.
#[pyfunction]
#[pyo3(signature = (
    truths: "numpy.typing.NDArray[numpy.bool_]",
    nulls: "numpy.typing.NDArray[numpy.bool_]"
) -> "ArrowColumn")]
pub(crate) fn arrow_of_truths(truths: Array<Truth>, nulls: Array<Truth>) -> PyResult<ArrowColumn> {
    let (truths, nulls) = (truths.as_slice()?, nulls.as_slice()?);
    let rows = truths.iter().zip(nulls).map(|(truth, null)| (!null.is_true()).then(|| truth.is_true()));
    Ok(ArrowColumn::of(Made::truths(&rows.collect::<Vec<_>>())))
}
