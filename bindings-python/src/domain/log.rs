//! Event logs in columns, and the mappings by which they are read.

use std::collections::BTreeSet;
use std::sync::Arc;

use klokuur::KlokuurError;
use klokuur::case::CaseEvent;
use klokuur::log::{self, Cell, Encoding, LogReader, Mapping, Summary, Table, Times, YES_OR_NO};
use klokuur_cli::{ExportMapping, Failure};
use pyo3::prelude::*;
use pyo3::types::PyDate;

use super::RefusedRows;
use super::log_columns::Instants;
use super::rulebook::RulebookCore;
use crate::arguments::Text;
use crate::arrow::TextColumn;
use crate::error::{OrRaise, UnknownNameError, raise};
use crate::files::raised as raised_of_file;
use crate::inside::detached;
use crate::plain::{json, plain};
use crate::time::{Moment, date, in_utc};

/// How another system's log is read.
#[pyclass(frozen, module = "klokuur._klokuur")]
pub(crate) struct MappingCore {
    pub(super) mapping: Arc<Mapping>,
    /// The same with how its files are laid out. One that reads orders has no mapping of cases beside it.
    pub(super) export: Arc<ExportMapping>,
    times: Times,
}

impl MappingCore {
    fn of(export: ExportMapping) -> PyResult<Self> {
        let mapping = export.cases().map_err(|failure| raised_of_file(&failure))?.clone();
        Ok(Self {
            times: mapping.reads_times().or_raise()?,
            mapping: Arc::new(mapping),
            export: Arc::new(export),
        })
    }
}

impl MappingCore {
    /// How its files are laid out, and how their rows are read.
    pub(crate) fn export(&self) -> Arc<ExportMapping> {
        self.export.clone()
    }
}

#[pymethods]
impl MappingCore {
    /// A shipped mapping, or a file of one's own.
    #[staticmethod]
    fn named(given: Text<'_>) -> PyResult<Self> {
        Self::of(mapping_named(given)?)
    }

    #[staticmethod]
    fn from_dict(document: &Bound<'_, PyAny>) -> PyResult<Self> {
        Self::of(ExportMapping::from_value(json(document, "mapping")?).or_raise()?)
    }

    fn plain<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &*self.mapping)
    }

    /// The column that holds a field.
    fn column<'m>(&'m self, field: Text<'m>) -> &'m str {
        self.mapping.column(field.0)
    }

    /// Every column that is looked at, each with whether it holds times.
    fn columns_looked_at(&self) -> Vec<(&str, bool)> {
        self.mapping.columns_looked_at()
    }

    /// The columns that are made of others: each with those whose cells are joined.
    fn joined_columns(&self) -> Vec<(&str, Vec<&str>)> {
        let join = self.export.file.join.iter();
        join.map(|(name, parts)| (name.as_str(), parts.iter().map(String::as_str).collect())).collect()
    }

    /// The columns that a log cannot do without.
    fn columns_needed(&self) -> Vec<&str> {
        self.mapping.columns_needed()
    }

    /// Raises when one of those is missing.
    fn check_columns(&self, names: Vec<String>) -> PyResult<()> {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        self.mapping.check_columns(&names).or_raise()
    }

    /// The column with the time of a row's event, or of a row's opening.
    fn column_of_time(&self) -> &str {
        self.mapping.column_of_time()
    }

    #[getter]
    fn encoding(&self) -> Option<&'static str> {
        self.mapping.encoding.map(Encoding::as_str)
    }

    /// The address of a case in the help desk.
    #[getter]
    fn link(&self) -> Option<&str> {
        self.export.link.as_deref()
    }

    #[getter]
    fn zone(&self) -> Option<&str> {
        self.mapping.zone.as_deref()
    }

    /// A rulebook with this log's own hours, in its zone, and its holidays.
    fn rules(&self, rules: &RulebookCore) -> PyResult<RulebookCore> {
        rules.changed(|rules| self.mapping.rules(rules)).or_raise()
    }

    /// A time as this log writes it.
    fn time<'py>(&self, py: Python<'py>, text: Text<'_>) -> PyResult<Bound<'py, PyAny>> {
        in_utc(py, self.times.read(text.0).or_raise()?)
    }
}

/// A shipped mapping, or a file of one's own.
pub(super) fn mapping_named(given: Text<'_>) -> PyResult<ExportMapping> {
    klokuur_cli::find(given.0).map_err(|failure| match failure {
        Failure::Argument(text) => UnknownNameError::new_err(text),
        other => raised_of_file(&other),
    })
}

/// A column whose cells are those of others, joined row by row.
#[pyfunction]
#[pyo3(signature = (columns: "list[typing.Any]") -> "list[str]")]
pub(crate) fn joined_texts(columns: Vec<TextColumn>) -> Vec<String> {
    let rows = columns.iter().map(TextColumn::len).min().unwrap_or_default();
    let cells = |row| columns.iter().map(move |column| column.get(row).unwrap_or_default());
    (0..rows).map(|row| klokuur_cli::join_cells(cells(row))).collect()
}

/// The names of the shipped mappings, with what each is for.
#[pyfunction]
#[pyo3(signature = () -> "list[tuple[str, str]]")]
pub(crate) fn shipped_mappings() -> PyResult<Vec<(&'static str, String)>> {
    let about = |name| Ok((name, mapping_named(Text(name))?.about));
    klokuur_cli::names().into_iter().map(about).collect()
}

/// An event log in columns: lifted once, without a Python object a row.
pub(crate) struct LogColumns {
    names: Vec<String>,
    /// None where a column is not looked at.
    columns: Vec<Option<Instants>>,
    rows: usize,
    lines: Option<Vec<usize>>,
}

impl LogColumns {
    /// Columns of equal length by their names, and the rows' lines where they come from a file.
    pub(crate) fn new(
        columns: Vec<(String, Option<Instants>)>,
        lines: Option<Vec<usize>>,
    ) -> klokuur::Result<Self> {
        let (names, columns): (Vec<_>, Vec<_>) = columns.into_iter().unzip();
        let rows = columns.iter().flatten().map(Instants::len).next().unwrap_or(0);
        let lengths = columns.iter().flatten().map(Instants::len).chain(lines.as_ref().map(Vec::len));
        for length in lengths {
            if length != rows {
                return Err(KlokuurError::LengthMismatch {
                    what: "the columns of an event log",
                    left: rows,
                    right: length,
                });
            }
        }
        Ok(Self { names, columns, rows, lines })
    }
}

impl Table for LogColumns {
    fn names(&self) -> Vec<&str> {
        self.names.iter().map(String::as_str).collect()
    }

    fn len(&self) -> usize {
        self.rows
    }

    fn cell(&self, row: usize, column: usize) -> klokuur::Result<Cell<'_>> {
        self.columns.get(column).and_then(Option::as_ref).map_or(Ok(Cell::Missing), |column| column.cell(row))
    }

    fn nanoseconds(&self, row: usize, column: usize) -> Option<i64> {
        self.columns.get(column)?.as_ref()?.nanoseconds(row)
    }

    fn number(&self, row: usize) -> usize {
        self.lines.as_ref().and_then(|lines| lines.get(row).copied()).unwrap_or(row)
    }

    fn unit(&self) -> &'static str {
        if self.lines.is_some() { "line" } else { "row" }
    }
}

/// A log that was read: its events, what was refused, and what was noticed.
#[pyclass(frozen, module = "klokuur._klokuur")]
pub(crate) struct LogCore {
    pub(super) events: Vec<(usize, CaseEvent)>,
    summary: Summary,
}

impl LogCore {
    pub(super) fn first_refused(&self) -> Option<&(usize, KlokuurError)> {
        self.summary.refused.first()
    }

    /// The rows that could not be read, each with its error.
    pub(super) fn refused_rows(&self) -> &[(usize, KlokuurError)] {
        &self.summary.refused
    }

    /// How many rows were read, how many of them are no event, and what was noticed.
    pub(super) fn summed_up(&self) -> (usize, usize, Vec<String>) {
        (self.summary.rows, self.summary.updates, told(&self.summary))
    }
}

#[pymethods]
impl LogCore {
    /// How many rows were read, refused ones included.
    #[getter]
    fn rows(&self) -> usize {
        self.summary.rows
    }

    /// Rows that are no event by the mapping.
    #[getter]
    fn updates(&self) -> usize {
        self.summary.updates
    }

    /// What was noticed, each told once.
    fn told(&self) -> Vec<String> {
        told(&self.summary)
    }

    /// The rows that could not be read, each with its error.
    fn refused<'py>(&self, py: Python<'py>) -> RefusedRows<'py> {
        raised(py, &self.summary.refused)
    }

    /// Raises when nothing could be read.
    fn check(&self) -> PyResult<()> {
        self.summary.check().or_raise()
    }

    /// The events, each with the number of its row.
    fn events<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.events)
    }

    /// When the last event up to `now` happened; none when all come later, or there is none.
    fn latest<'py>(&self, py: Python<'py>, now: Moment<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let now = now.at();
        let past = self.events.iter().map(|(_, event)| event.at).filter(|at| *at <= now);
        past.max().map(|at| in_utc(py, at)).transpose()
    }

    /// How many rows have an event of after `now`.
    fn later(&self, now: Moment<'_>) -> usize {
        let now = now.at();
        let later = self.events.iter().filter(|(_, event)| event.at > now);
        later.map(|(row, _)| *row).collect::<BTreeSet<_>>().len()
    }

    fn __len__(&self) -> usize {
        self.events.len()
    }
}

/// Reads a log in columns.
#[pyfunction]
#[pyo3(signature = (columns, mapping, lines=None))]
pub(crate) fn log_of_columns(
    py: Python<'_>,
    columns: Vec<(String, Option<Instants>)>,
    mapping: &MappingCore,
    lines: Option<Vec<usize>>,
) -> PyResult<LogCore> {
    let mapping = mapping.mapping.clone();
    detached(py, || {
        let table = LogColumns::new(columns, lines)?;
        let reader = LogReader::new(&table, &mapping)?;
        let mut reading = reader.read();
        let events = reading.by_ref().collect();
        Ok(LogCore { events, summary: reading.end() })
    })
    .or_raise()
}

pub(super) fn told(summary: &Summary) -> Vec<String> {
    summary.told.iter().map(ToString::to_string).collect()
}

/// Refused rows with their exceptions.
pub(super) fn raised<'py>(py: Python<'py>, refused: &[(usize, KlokuurError)]) -> RefusedRows<'py> {
    let raised =
        |(row, error): &(usize, KlokuurError)| (*row, raise(error).into_value(py).into_bound(py).into_any());
    refused.iter().map(raised).collect()
}

/// Yes or no, as logs write it; None for what is neither.
#[pyfunction]
#[pyo3(signature = (text: "str") -> "bool | None")]
pub(crate) fn yes_or_no(text: Text<'_>) -> Option<bool> {
    log::read_yes_no(text.0)
}

/// What `yes_or_no` takes, for messages.
#[pyfunction]
#[pyo3(signature = () -> "str")]
pub(crate) fn yes_or_no_accepted() -> &'static str {
    YES_OR_NO
}

/// A whole number, as logs write it; None for what is none.
#[pyfunction]
#[pyo3(signature = (text: "str") -> "int | None")]
pub(crate) fn whole_number(text: Text<'_>) -> Option<u64> {
    log::read_whole(text.0)
}

/// A date, as logs write it; None for what is none.
#[pyfunction]
#[pyo3(signature = (text: "str") -> "datetime.date | None")]
pub(crate) fn date_of<'py>(py: Python<'py>, text: Text<'_>) -> PyResult<Option<Bound<'py, PyDate>>> {
    log::read_date(text.0).map(|day| date(py, day)).transpose()
}
