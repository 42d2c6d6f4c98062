//! How the cases of an event log came out, from columns to columns.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use klokuur::case::{CaseOutcome, CaseRow, Column, ColumnKind, EventRecord, OutcomeColumns};
use klokuur::log::{LogEvaluation, LogReader, Summary, Table as _};
use klokuur::norm::{CaseColumns, ResponseWeeks};
use klokuur::sla::ClockState;
use klokuur::timeline::{NULL, TimeUnit};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use rayon::prelude::*;

use super::RefusedRows;
use super::log::{LogColumns, MappingCore, raised, told};
use super::log_columns::Instants;
use super::rulebook::RulebookCore;
use crate::arguments::{Text, Whole};
use crate::array::{Array, Truth};
use crate::arrow::{ArrowColumn, Foreign, Kind, Made, Number, TextColumn, TextLayout};
use crate::columns::on_threads;
use crate::error::{OrRaise, invalid};
use crate::inside::{Watch, detached, watched};
use crate::plain::plain;
use crate::time::{Moment, ZoneName};

/// About a third of a second of work, after which it can be interrupted.
const ROWS_OF_A_PART: usize = 1_000_000;
/// A byte says which.
const MOST_PARTS: usize = 256;
/// So many rows are read between two looks at whether anybody still waits.
const ROWS_OF_A_LOOK: usize = 1024;
/// The column of the instant that cases were evaluated at, beside those of outcomes.
const NOW: &str = "now";

/// One row a case, as Arrow columns by name, the refused rows with their errors, and what was noticed.
///
/// `is_whole` says that these are all rows of the log: nothing readable among them is an error then. Only the columns that
/// are `wanted` are made, their texts as `views` for a library that keeps them so.
#[pyfunction]
#[pyo3(signature = (rules, columns, mapping, now, zone, threads, is_whole, wanted, views, progress=None))]
#[allow(clippy::too_many_arguments, reason = "called by _evaluate.py only")]
pub(crate) fn evaluate_columns<'py>(
    py: Python<'py>,
    rules: &RulebookCore,
    columns: Vec<(String, Option<Instants>)>,
    mapping: &MappingCore,
    now: Moment<'py>,
    zone: Text<'_>,
    threads: Whole<usize>,
    is_whole: bool,
    wanted: Vec<String>,
    views: bool,
    progress: Option<&Bound<'py, PyAny>>,
) -> PyResult<(Bound<'py, PyDict>, RefusedRows<'py>, Vec<String>)> {
    let (at, mapping) = (now.at(), mapping.mapping.clone());
    let (columns, refused, told) = watched(py, progress, |watch| {
        on_threads(threads.0, || {
            let log = LogColumns::new(columns, None)?;
            let reader = LogReader::new(&log, &mapping)?;
            // More parts than threads, so that none waits long for another.
            let shared = if threads.0 == 1 { 1 } else { 2 * rayon::current_num_threads() };
            let count = shared.max(log.len().div_ceil(ROWS_OF_A_PART)).min(MOST_PARTS);
            let parts = Parts { rows: log.len(), count, alone: threads.0 == 1, watch };
            let evaluation = reader.evaluation(rules.by_week(), at)?;
            let evaluation = evaluation.only(wanted.iter().filter(|name| *name != NOW))?;
            let (outcomes, summary) = evaluated(&reader, &evaluation, &parts)?;
            if is_whole {
                summary.check()?;
            }
            let layout = if views { TextLayout::Views } else { TextLayout::Small };
            let making = Making { outcomes: &outcomes, now: at, zone: Arc::from(zone.0), layout };
            let columns = making.columns(wanted, threads.0);
            Ok((columns, outcomes.refused, told(&summary)))
        })
    })??
    .or_raise()?;
    let dict = PyDict::new(py);
    for (name, array) in columns {
        dict.set_item(name, ArrowColumn::of(array))?;
    }
    Ok((dict, raised(py, &refused), told))
}

/// How the rows of a log are shared.
struct Parts<'w> {
    rows: usize,
    count: usize,
    /// One part after the other, on this thread.
    alone: bool,
    watch: &'w Watch,
}

/// Cases are independent: each part has all rows of its own.
fn evaluated<'l>(
    log: &LogReader<'l, LogColumns>,
    evaluation: &LogEvaluation<'_, 'l, LogColumns>,
    parts: &Parts<'_>,
) -> klokuur::Result<(OutcomeColumns<'l>, Summary)> {
    let Parts { rows, count, alone, watch } = *parts;
    let goes_on = |row: &usize| !row.is_multiple_of(ROWS_OF_A_LOOK) || watch.goes_on(ROWS_OF_A_LOOK);
    let part = |row: usize| u8::try_from(log.part_of(row, count)).unwrap_or_default();
    let part_of_row: Vec<u8> = match count {
        1 => Vec::new(),
        _ if alone => (0..rows).map(part).collect(),
        _ => (0..rows).into_par_iter().map(part).collect(),
    };
    let of_part = |part: usize| match count {
        1 => evaluation.columns((0..rows).take_while(goes_on)),
        _ => evaluation.columns(OfPart::new(&part_of_row, part).take_while(goes_on)),
    };
    let found: klokuur::Result<Vec<_>> = if alone {
        (0..count).map(of_part).collect()
    } else {
        (0..count).into_par_iter().map(of_part).collect()
    };
    let mut summary = Summary::default();
    let parts = found?.into_iter().map(|(columns, part)| {
        summary.merge(part);
        columns
    });
    let mut columns = match OutcomeColumns::merged(parts) {
        Some(columns) => columns,
        None => evaluation.columns([])?.0,
    };
    columns.refused.extend(summary.refused.iter().cloned());
    columns.refused.sort_by_key(|(row, _)| *row);
    Ok((columns, summary))
}

/// The rows of one part. It knows how many they are, so that room is made for them once.
struct OfPart<'p> {
    rows: std::iter::Enumerate<std::slice::Iter<'p, u8>>,
    part: u8,
    left: usize,
}

impl<'p> OfPart<'p> {
    fn new(part_of_row: &'p [u8], part: usize) -> Self {
        let part = u8::try_from(part).unwrap_or_default();
        let left = part_of_row.iter().filter(|one| **one == part).count();
        Self { rows: part_of_row.iter().enumerate(), part, left }
    }
}

impl Iterator for OfPart<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let (row, _) = self.rows.find(|(_, part)| **part == self.part)?;
        self.left = self.left.saturating_sub(1);
        Some(row)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

/// What the columns of a frame are made of.
struct Making<'o, 'l> {
    outcomes: &'o OutcomeColumns<'l>,
    now: DateTime<Utc>,
    zone: Arc<str>,
    layout: TextLayout,
}

impl Making<'_, '_> {
    fn columns(&self, wanted: Vec<String>, threads: usize) -> Vec<(String, Made)> {
        let made = |name: String| {
            let column = CaseOutcome::COLUMNS.iter().find(|column| column.name == name);
            let made = match column {
                Some(column) => self.column(column),
                None => {
                    let ticks = vec![self.now.timestamp_micros(); self.outcomes.len()];
                    Made::ticks(self.instants(), ticks)
                }
            };
            (name, made)
        };
        match threads {
            1 => wanted.into_iter().map(made).collect(),
            _ => wanted.into_par_iter().map(made).collect(),
        }
    }

    fn instants(&self) -> Kind {
        Kind::Timestamp(TimeUnit::Microseconds, Some(self.zone.clone()))
    }

    /// A column of outcomes as one of Arrow.
    fn column(&self, column: &Column) -> Made {
        let outcomes = self.outcomes;
        // Nanoseconds become the microseconds before them, of an amount those nearer to none.
        let micros = |divide: fn(i64) -> i64| {
            let mut ticks = outcomes.ticks(column.name);
            ticks.iter_mut().filter(|tick| **tick != NULL).for_each(|tick| *tick = divide(*tick));
            ticks
        };
        match column.kind {
            ColumnKind::Instant => Made::ticks(self.instants(), micros(|tick| tick.div_euclid(1000))),
            ColumnKind::Amount => {
                Made::ticks(Kind::Duration(TimeUnit::Microseconds), micros(|tick| tick / 1000))
            }
            ColumnKind::Truth => Made::all_truths(&outcomes.truths(column.name)),
            ColumnKind::Count => Made::all_counts(outcomes.counts(column.name)),
            // Most logs say little of what can be said of a case.
            _ if outcomes.has_no_text(column.name) => Made::no_texts(outcomes.len(), self.layout),
            ColumnKind::Text | ColumnKind::Name(_) | ColumnKind::Scores | ColumnKind::Surveys => {
                Made::each_text(self.layout, outcomes.len(), |take| outcomes.each_text(column.name, take))
            }
        }
    }
}

fn kind_named(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text => "text",
        ColumnKind::Name(_) => "name",
        ColumnKind::Instant => "instant",
        ColumnKind::Amount => "amount",
        ColumnKind::Truth => "truth",
        ColumnKind::Count => "count",
        ColumnKind::Scores => "scores",
        ColumnKind::Surveys => "surveys",
    }
}

/// Names of columns, each with the name of what it holds.
type NamedKinds = Vec<(&'static str, &'static str)>;

fn kinds(columns: &[Column]) -> NamedKinds {
    columns.iter().map(|column| (column.name, kind_named(column.kind))).collect()
}

/// The columns of an event log and of outcomes, each with what it holds, and the fields of a row of the overview.
#[pyfunction]
#[pyo3(signature = () -> "tuple[list[tuple[str, str]], list[tuple[str, str]], list[str]]")]
pub(crate) fn case_columns() -> (NamedKinds, NamedKinds, Vec<&'static str>) {
    (kinds(EventRecord::COLUMNS), kinds(CaseOutcome::COLUMNS), CaseRow::FIELDS.to_vec())
}

/// The response-time numbers of the columns of cases, in microseconds.
#[pyfunction]
#[pyo3(signature = (
    zone,
    asked,
    due,
    answered,
    measured: "numpy.typing.NDArray[numpy.bool_]",
    verdict,
    now
))]
#[allow(clippy::too_many_arguments, reason = "called by _evaluate.py only")]
pub(crate) fn weeks_of_cases<'py>(
    py: Python<'py>,
    zone: ZoneName,
    asked: Instants,
    due: Instants,
    answered: Instants,
    measured: Array<Truth>,
    verdict: TextColumn,
    now: Moment<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let (zone, now) = (zone.zone()?, now.at());
    let measured: Vec<bool> = measured.as_slice()?.iter().map(|truth| truth.is_true()).collect();
    let numbers = detached(py, || {
        let (asked, due, answered) = (asked.microseconds()?, due.microseconds()?, answered.microseconds()?);
        let verdict =
            (0..verdict.len()).map(|row| verdict.get(row).unwrap_or_default().parse::<ClockState>());
        let verdict = verdict.collect::<klokuur::Result<Vec<_>>>()?;
        let mut weeks = ResponseWeeks::new(zone);
        let cases = CaseColumns {
            asked: &asked,
            due: &due,
            answered: &answered,
            measured: &measured,
            verdict: &verdict,
        };
        weeks.add_cases(&cases, now)?;
        Ok(weeks.numbers())
    });
    plain(py, &numbers.or_raise()?)
}

/// An Arrow column of texts, truths or numbers as a list: for libraries that keep Python objects themselves.
#[pyfunction]
#[pyo3(signature = (column: "typing.Any") -> "list[typing.Any]")]
pub(crate) fn arrow_list(py: Python<'_>, column: Foreign) -> PyResult<Bound<'_, PyList>> {
    let list = PyList::empty(py);
    for rows in column.chunks.iter().map(|chunk| chunk.view()) {
        match rows.kind {
            Kind::Boolean => (0..rows.len()).try_for_each(|row| list.append(rows.truth(row)))?,
            Kind::Number(Number::UInt32) => {
                let numbers = rows.values::<u32>();
                let given =
                    numbers.iter().enumerate().map(|(row, number)| rows.is_valid(row).then_some(*number));
                given.into_iter().try_for_each(|number| list.append(number))?;
            }
            Kind::Text(_) => (0..rows.len()).try_for_each(|row| list.append(rows.text(row)))?,
            other => {
                return Err(invalid(
                    "column",
                    other.to_string(),
                    "texts, truths or whole numbers of 32 bits",
                ));
            }
        }
    }
    Ok(list)
}
