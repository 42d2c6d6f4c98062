//! Questions about columns of instants and amounts, answered in the chunks that they came in.

use std::sync::Arc;

use arrow_array::types::{
    DurationMicrosecondType, DurationMillisecondType, DurationNanosecondType, DurationSecondType,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
};
use arrow_array::{Array, ArrayRef, BooleanArray, PrimitiveArray};
use arrow_buffer::{BooleanBuffer, NullBuffer, ScalarBuffer};
use arrow_schema::{DataType, TimeUnit as ArrowUnit};
use klokuur::KlokuurError;
use klokuur::timeline::{Column, Columns, NULL, TimeUnit};
use numpy::PyArray1;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use super::{ArrowColumn, Foreign};
use crate::arguments::{Text, Whole};
use crate::columns::{Question, Rest, amounts, columns_of, in_unit, on_threads, truths};
use crate::error::{invalid, raise};
use crate::inside::detached;
use crate::schedule::PySchedule;
use crate::time::timedelta_in;

/// A column of ticks: timestamps with a zone, or durations.
struct Ticks {
    chunks: Vec<ArrayRef>,
    unit: TimeUnit,
    /// The zone of timestamps.
    zone: Option<Arc<str>>,
}

impl Ticks {
    /// The ticks of a column; None of one that has no kind because nothing is in it.
    fn of(column: Foreign) -> PyResult<Result<Self, Foreign>> {
        let (unit, zone) = match &column.kind {
            DataType::Null => return Ok(Err(column)),
            DataType::Timestamp(unit, Some(zone)) => (unit_of(*unit), Some(zone.clone())),
            DataType::Duration(unit) => (unit_of(*unit), None),
            DataType::Timestamp(..) => {
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
        Ok(Ok(Self { chunks: column.chunks, unit, zone }))
    }

    /// Nulls alone, as a column of a unit: of instants in a zone, or of amounts.
    fn nothing(column: &Foreign, unit: TimeUnit, zone: Option<&Arc<str>>) -> Self {
        let nulls = |chunk: &ArrayRef| {
            let (ticks, nulls) = (vec![NULL; chunk.len()], Some(NullBuffer::new_null(chunk.len())));
            match zone {
                Some(zone) => timestamps(unit, ticks, nulls, zone),
                None => durations(unit, ticks, nulls),
            }
        };
        Self { chunks: column.chunks.iter().map(nulls).collect(), unit, zone: zone.cloned() }
    }

    fn lengths(&self) -> Vec<usize> {
        self.chunks.iter().map(|chunk| chunk.len()).collect()
    }

    /// The same in one chunk.
    fn joined(self) -> PyResult<Self> {
        if self.chunks.len() < 2 {
            return Ok(self);
        }
        let (ticks, nulls) = (self.ticks()?, self.nulls());
        let one = match &self.zone {
            Some(zone) => timestamps(self.unit, ticks, nulls, zone),
            None => durations(self.unit, ticks, nulls),
        };
        Ok(Self { chunks: vec![one], ..self })
    }

    /// All ticks, the least number where there is none.
    fn ticks(&self) -> PyResult<Vec<i64>> {
        let mut out = Vec::with_capacity(self.lengths().iter().sum());
        for chunk in &self.chunks {
            let part = Part::of(chunk)?;
            match part.nulls {
                None => out.extend_from_slice(part.values),
                Some(nulls) => {
                    out.extend(part.values.iter().zip(nulls).map(|(v, valid)| if valid { *v } else { NULL }))
                }
            }
        }
        Ok(out)
    }

    fn nulls(&self) -> Option<NullBuffer> {
        if self.chunks.iter().all(|chunk| chunk.nulls().is_none()) {
            return None;
        }
        let valid = self.chunks.iter().flat_map(|chunk| (0..chunk.len()).map(|row| chunk.is_valid(row)));
        Some(NullBuffer::from_iter(valid))
    }

    /// The same in another unit.
    fn in_unit(self, wanted: TimeUnit) -> PyResult<Self> {
        if wanted == self.unit {
            return Ok(self);
        }
        let mut start = 0;
        let mut chunks = Vec::with_capacity(self.chunks.len());
        for chunk in &self.chunks {
            let part = Part::of(chunk)?;
            // What lies under a null may be anything.
            let clean: Vec<i64> = match part.nulls {
                None => part.values.to_vec(),
                Some(nulls) => {
                    part.values.iter().zip(nulls).map(|(v, valid)| if valid { *v } else { NULL }).collect()
                }
            };
            let ticks = in_unit(&clean, self.unit, wanted).map_err(|error| raise(&from_row(error, start)))?;
            start += ticks.len();
            let nulls = part.nulls.cloned();
            chunks.push(match &self.zone {
                Some(zone) => timestamps(wanted, ticks, nulls, zone),
                None => durations(wanted, ticks, nulls),
            });
        }
        Ok(Self { chunks, unit: wanted, zone: self.zone })
    }
}

/// A chunk as the core reads it.
struct Part<'a> {
    values: &'a [i64],
    nulls: Option<&'a NullBuffer>,
}

macro_rules! first_of {
    ($array:expr, $($kind:ty),*) => {
        $(if let Some(found) = $array.as_any().downcast_ref::<PrimitiveArray<$kind>>() {
            return Ok(Part { values: found.values(), nulls: found.nulls() });
        })*
    };
}

impl<'a> Part<'a> {
    fn of(array: &'a ArrayRef) -> PyResult<Self> {
        first_of!(
            array,
            TimestampMicrosecondType,
            TimestampNanosecondType,
            TimestampMillisecondType,
            TimestampSecondType,
            DurationMicrosecondType,
            DurationNanosecondType,
            DurationMillisecondType,
            DurationSecondType
        );
        Err(PyTypeError::new_err(format!(
            "a column of instants must hold timestamps, not {}",
            array.data_type()
        )))
    }

    fn column(&self) -> klokuur::Result<Column<'a>> {
        match self.nulls {
            Some(nulls) => Column::with_validity(self.values, nulls.validity(), nulls.offset()),
            None => Ok(self.values.into()),
        }
    }
}

fn unit_of(unit: ArrowUnit) -> TimeUnit {
    match unit {
        ArrowUnit::Second => TimeUnit::Seconds,
        ArrowUnit::Millisecond => TimeUnit::Milliseconds,
        ArrowUnit::Microsecond => TimeUnit::Microseconds,
        ArrowUnit::Nanosecond => TimeUnit::Nanoseconds,
    }
}

fn timestamps(unit: TimeUnit, ticks: Vec<i64>, nulls: Option<NullBuffer>, zone: &Arc<str>) -> ArrayRef {
    let ticks = ScalarBuffer::from(ticks);
    match unit {
        TimeUnit::Seconds => {
            Arc::new(PrimitiveArray::<TimestampSecondType>::new(ticks, nulls).with_timezone(zone.clone()))
        }
        TimeUnit::Milliseconds => Arc::new(
            PrimitiveArray::<TimestampMillisecondType>::new(ticks, nulls).with_timezone(zone.clone()),
        ),
        TimeUnit::Microseconds => Arc::new(
            PrimitiveArray::<TimestampMicrosecondType>::new(ticks, nulls).with_timezone(zone.clone()),
        ),
        TimeUnit::Nanoseconds => {
            Arc::new(PrimitiveArray::<TimestampNanosecondType>::new(ticks, nulls).with_timezone(zone.clone()))
        }
    }
}

fn durations(unit: TimeUnit, ticks: Vec<i64>, nulls: Option<NullBuffer>) -> ArrayRef {
    let ticks = ScalarBuffer::from(ticks);
    match unit {
        TimeUnit::Seconds => Arc::new(PrimitiveArray::<DurationSecondType>::new(ticks, nulls)),
        TimeUnit::Milliseconds => Arc::new(PrimitiveArray::<DurationMillisecondType>::new(ticks, nulls)),
        TimeUnit::Microseconds => Arc::new(PrimitiveArray::<DurationMicrosecondType>::new(ticks, nulls)),
        TimeUnit::Nanoseconds => Arc::new(PrimitiveArray::<DurationNanosecondType>::new(ticks, nulls)),
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
            (first, other) = (first.joined()?, other.joined()?);
        }
        second = Some(other);
    }
    let Some(zone) = first.zone.clone() else {
        return Err(PyTypeError::new_err("a column of instants must hold timestamps, not durations"));
    };
    let field = match question {
        Question::Between => DataType::Duration(arrow_unit(first.unit)),
        Question::Within | Question::IsOpen => DataType::Boolean,
        _ => DataType::Timestamp(arrow_unit(first.unit), Some(zone.clone())),
    };
    let ask = Ask {
        columns: columns_of(&schedule.0, first.unit, threads.0),
        question,
        amount,
        unit: first.unit,
        zone,
    };
    let mut start = 0;
    let mut chunks = Vec::with_capacity(first.chunks.len());
    for (i, chunk) in first.chunks.iter().enumerate() {
        let one = Part::of(chunk)?;
        let two = match &second {
            Some(other) => match other.chunks.get(i) {
                Some(chunk) => Some(Part::of(chunk)?),
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
    Ok(ArrowColumn::new(field, chunks))
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

fn arrow_unit(unit: TimeUnit) -> ArrowUnit {
    match unit {
        TimeUnit::Seconds => ArrowUnit::Second,
        TimeUnit::Milliseconds => ArrowUnit::Millisecond,
        TimeUnit::Microseconds => ArrowUnit::Microsecond,
        TimeUnit::Nanoseconds => ArrowUnit::Nanosecond,
    }
}

/// A question, ready for its chunks.
struct Ask {
    columns: Columns,
    question: Question,
    amount: Option<klokuur::BusinessDuration>,
    unit: TimeUnit,
    zone: Arc<str>,
}

impl Ask {
    fn chunk(&self, one: &Part<'_>, two: Option<&Part<'_>>) -> klokuur::Result<ArrayRef> {
        let first = one.column()?;
        let rest = Rest { second: two.map(|two| two.column()).transpose()?, amount: self.amount };
        if let Some(two) = two.filter(|two| two.values.len() != one.values.len()) {
            return Err(length_mismatch(one.values.len(), two.values.len()));
        }
        let nulls = NullBuffer::union(one.nulls, two.and_then(|two| two.nulls));
        if self.question.is_boolean() {
            let mut out = vec![false; one.values.len()];
            truths(&self.columns, self.question, first, rest, &mut out)?;
            let least = |part: &Part<'_>, row: usize| part.values.get(row) == Some(&NULL);
            let nulls =
                with_least(nulls, out.len(), |row| least(one, row) || two.is_some_and(|two| least(two, row)));
            return Ok(Arc::new(BooleanArray::new(BooleanBuffer::from(out), nulls)));
        }
        let mut out = vec![0; one.values.len()];
        amounts(&self.columns, self.question, first, rest, &mut out)?;
        let nulls = with_least(nulls, out.len(), |row| out.get(row) == Some(&NULL));
        Ok(match self.question {
            Question::Between => durations(self.unit, out, nulls),
            _ => timestamps(self.unit, out, nulls, &self.zone),
        })
    }
}

/// The least number is a null too, also where the bitmap does not say so.
fn with_least(
    nulls: Option<NullBuffer>,
    rows: usize,
    is_least: impl Fn(usize) -> bool,
) -> Option<NullBuffer> {
    if !(0..rows).any(&is_least) {
        return nulls;
    }
    let valid = BooleanBuffer::collect_bool(rows, |row| !is_least(row));
    NullBuffer::union(nulls.as_ref(), Some(&NullBuffer::new(valid)))
}

/// Ticks, their unit and zone.
type UnitTicks<'py> = (Bound<'py, PyArray1<i64>>, &'static str, Option<String>);

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
    let unit = match ticks.unit {
        TimeUnit::Seconds => "s",
        TimeUnit::Milliseconds => "ms",
        TimeUnit::Microseconds => "us",
        TimeUnit::Nanoseconds => "ns",
    };
    Ok((PyArray1::from_vec(py, ticks.ticks()?), unit, ticks.zone.map(|zone| zone.to_string())))
}

/// NumPy ticks as an Arrow column: timestamps in a zone, or durations without one.
#[pyfunction]
#[pyo3(signature = (
    ticks: "numpy.typing.NDArray[numpy.int64]",
    unit: "str",
    zone: "str | None"
) -> "ArrowColumn")]
pub(crate) fn arrow_of_ticks(
    ticks: numpy::PyReadonlyArray1<'_, i64>,
    unit: Text<'_>,
    zone: Option<Text<'_>>,
) -> PyResult<ArrowColumn> {
    let ticks = ticks.as_array().to_vec();
    let unit = crate::columns::unit_named(unit.0)?;
    let nulls = with_least(None, ticks.len(), |row| ticks.get(row) == Some(&NULL));
    Ok(ArrowColumn::of(match zone {
        Some(zone) => timestamps(unit, ticks, nulls, &Arc::from(zone.0)),
        None => durations(unit, ticks, nulls),
    }))
}

/// NumPy booleans, and where there is none, as an Arrow column.
#[pyfunction]
#[pyo3(signature = (
    truths: "numpy.typing.NDArray[numpy.bool_]",
    nulls: "numpy.typing.NDArray[numpy.bool_]"
) -> "ArrowColumn")]
pub(crate) fn arrow_of_truths(
    truths: numpy::PyReadonlyArray1<'_, bool>,
    nulls: numpy::PyReadonlyArray1<'_, bool>,
) -> PyResult<ArrowColumn> {
    let nulls = nulls.as_slice()?;
    let nulls = with_least(None, nulls.len(), |row| nulls.get(row).copied().unwrap_or_default());
    Ok(ArrowColumn::of(Arc::new(BooleanArray::new(BooleanBuffer::from(truths.as_slice()?), nulls))))
}
