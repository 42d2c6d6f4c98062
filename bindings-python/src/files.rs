//! The command, and the errors of the files that it reads.

use std::ffi::OsString;
use std::io::{self, BufWriter, Write};
use std::sync::Arc;

use klokuur::log::{Cell, Table};
use klokuur::timeline::{NULL, TimeUnit};
use klokuur_cli::{Bound as Most, CaseFile, Cells, Failure};
use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::arguments::FilePath;
use crate::arrow::{ArrowColumn, Kind, Made};
use crate::domain::log::MappingCore;
use crate::error::{InvalidDocumentError, InvalidValueError, raise, raise_as};
use crate::inside::detached;

/// What the command refuses, as an exception.
pub(crate) fn raised(failure: &Failure) -> PyErr {
    let text = failure.to_string();
    match failure {
        Failure::Refused(problem) => raise(problem),
        Failure::RefusedFile { problem, .. } => raise_as(problem, &text),
        Failure::File { .. } => InvalidDocumentError::new_err(text),
        Failure::Argument(_) => InvalidValueError::new_err(text),
        Failure::Output(_) => PyOSError::new_err(text),
    }
}

/// A stream of Python's: what is written goes to its `write` as bytes.
struct Stream(Py<PyAny>);

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Python::attach(|py| self.0.bind(py).call_method1("write", (PyBytes::new(py, bytes),)).map(drop))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(Python::attach(|py| self.0.bind(py).call_method0("flush").map(drop))?)
    }
}

/// Runs the command `klokuur`; the first argument is its own name. Its exit code.
#[pyfunction]
#[pyo3(signature = (arguments: "list[str]", out: "typing.Any", errors: "typing.Any") -> "int")]
pub(crate) fn run_command(py: Python<'_>, arguments: Vec<OsString>, out: Py<PyAny>, errors: Py<PyAny>) -> u8 {
    detached(py, || {
        let mut out = BufWriter::with_capacity(1 << 16, Stream(out));
        klokuur_cli::run(arguments, &mut out, &mut Stream(errors))
    })
}

/// The rows of a file: columns as Arrow, each with whether it holds instants, the number of each row in its file, what was noticed, and the lines that are no
/// rows.
type FileRows = (Vec<(String, ArrowColumn, bool)>, Vec<usize>, Vec<String>, Vec<(usize, String)>);

/// Reads a case log's file: the columns that the mapping looks at. `is_stated` is whether it was asked for.
#[pyfunction]
#[pyo3(signature = (path, mapping, is_stated: "bool"))]
pub(crate) fn columns_of_file(
    py: Python<'_>,
    path: FilePath,
    mapping: &MappingCore,
    is_stated: bool,
) -> PyResult<FileRows> {
    let export = mapping.export();
    let read = detached(py, || -> klokuur_cli::Result<FileRows> {
        let file = CaseFile::read(&path.0, &export, is_stated, Most::default())?;
        let cells = &file.found.cells;
        let names = cells.names().into_iter().map(str::to_owned).enumerate();
        let columns = names.map(|(place, name)| column(cells, place, name)).collect();
        let lines = (0..cells.len()).map(|row| cells.number(row)).collect();
        Ok((columns, lines, file.found.told.clone(), file.found.broken.clone()))
    });
    read.map_err(|failure| raised(&failure))
}

/// A column of texts; of instants where a workbook holds nothing else in it.
fn column(cells: &Cells, place: usize, name: String) -> (String, ArrowColumn, bool) {
    let rows = 0..cells.len();
    let ticks = rows.clone().map(|row| match cells.cell(row, place) {
        Ok(Cell::Instant(at)) => Some(at.timestamp_micros()),
        Ok(Cell::Missing | Cell::Text("")) => Some(NULL),
        _ => None,
    });
    match ticks.collect::<Option<Vec<i64>>>() {
        Some(ticks) if ticks.iter().any(|tick| *tick != NULL) => {
            let kind = Kind::Timestamp(TimeUnit::Microseconds, Some(Arc::from("UTC")));
            (name, ArrowColumn::of(Made::ticks(kind, ticks)), true)
        }
        _ => (name, ArrowColumn::of(Made::texts(rows.map(|row| Some(cells.shown(row, place))))), false),
    }
}
