//! The command, and the errors of the files that it reads.

use std::ffi::OsString;
use std::io::{self, BufWriter, Write};

use klokuur_cli::Failure;
use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

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
