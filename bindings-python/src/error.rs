//! The core's one error as the Python classes of `klokuur._errors`.

use klokuur::{Fault, KlokuurError};
use pyo3::import_exception;
use pyo3::prelude::*;
use pyo3::types::{PyInt, PyString, PyTuple, PyType};

import_exception!(klokuur._errors, ImpossibleTransitionError);
import_exception!(klokuur._errors, InvalidDocumentError);
import_exception!(klokuur._errors, InvalidRulebookError);
import_exception!(klokuur._errors, InvalidValueError);
import_exception!(klokuur._errors, LengthMismatchError);
import_exception!(klokuur._errors, NeverOpenError);
import_exception!(klokuur._errors, NoOpenTimeLeftError);
import_exception!(klokuur._errors, OutOfRangeError);
import_exception!(klokuur._errors, ScheduleSyntaxError);
import_exception!(klokuur._errors, UnknownNameError);

pub(crate) use base::KlokuurError as KlokuurBase;

/// The class of all of them, which shares its name with the core's error.
mod base {
    pyo3::import_exception!(klokuur._errors, KlokuurError);
}

/// Turns what the core refuses into a Python exception.
pub(crate) trait OrRaise<T> {
    /// The value, or the exception of the error's class with the core's own message.
    fn or_raise(self) -> PyResult<T>;
}

impl<T> OrRaise<T> for klokuur::Result<T> {
    fn or_raise(self) -> PyResult<T> {
        self.map_err(|error| raise(&error))
    }
}

/// The Python exception of an error of the core.
pub(crate) fn raise(error: &KlokuurError) -> PyErr {
    Python::attach(|py| exception(py, error).map_or_else(|problem| problem, PyErr::from_value))
}

/// A value that only the binding can refuse, in the words of the core.
pub(crate) fn invalid(what: &'static str, given: impl Into<String>, accepted: impl Into<String>) -> PyErr {
    raise(&KlokuurError::InvalidValue { what, given: given.into(), accepted: accepted.into() })
}

/// As much of a text as a message can bear.
pub(crate) fn short(text: &str) -> String {
    const MOST: usize = 200;
    match text.char_indices().nth(MOST) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}

/// A Python object in a message: what it shows of itself, or its type when that is no more than an address.
pub(crate) fn shown(given: &Bound<'_, PyAny>) -> String {
    let named = || format!("an object of type {}", name_of(given));
    if let Ok(text) = given.cast::<PyString>() {
        return short(&text.to_string_lossy());
    }
    match given.str() {
        Ok(text) => {
            let text = text.to_string_lossy().into_owned();
            if text.contains(" at 0x") { named() } else { short(&text) }
        }
        // More digits than Python writes.
        Err(_) if given.is_instance_of::<PyInt>() => "a number of thousands of digits".into(),
        Err(_) => named(),
    }
}

/// The name of an object's type.
pub(crate) fn name_of(given: &Bound<'_, PyAny>) -> String {
    given.get_type().name().map(|name| name.to_string()).unwrap_or_default()
}

/// The same under another text: one that says in which file.
pub(crate) fn raise_as(error: &KlokuurError, text: &str) -> PyErr {
    Python::attach(|py| exception_as(py, error, text).map_or_else(|problem| problem, PyErr::from_value))
}

fn exception<'py>(py: Python<'py>, error: &KlokuurError) -> PyResult<Bound<'py, PyAny>> {
    exception_as(py, error, &error.to_string())
}

fn exception_as<'py>(py: Python<'py>, error: &KlokuurError, text: &str) -> PyResult<Bound<'py, PyAny>> {
    let value = class(py, error).call1((text,))?;
    let mut inner = error;
    if let KlokuurError::Row { row, problem } = error {
        value.setattr("row", row)?;
        inner = problem;
    }
    match inner {
        KlokuurError::ScheduleSyntax { position, .. } => value.setattr("position", position)?,
        KlokuurError::InvalidRulebook { faults } => value.setattr("faults", faults_of(py, faults)?)?,
        _ => {}
    }
    Ok(value)
}

/// Every variant is named: a new one must get its class before this compiles.
fn class<'py>(py: Python<'py>, error: &KlokuurError) -> Bound<'py, PyType> {
    match error {
        KlokuurError::OutOfRange { .. } => py.get_type::<OutOfRangeError>(),
        KlokuurError::InvalidValue { .. } => py.get_type::<InvalidValueError>(),
        KlokuurError::UnknownName { .. } => py.get_type::<UnknownNameError>(),
        KlokuurError::ScheduleSyntax { .. } => py.get_type::<ScheduleSyntaxError>(),
        KlokuurError::NeverOpen => py.get_type::<NeverOpenError>(),
        KlokuurError::NoOpenTimeLeft { .. } => py.get_type::<NoOpenTimeLeftError>(),
        KlokuurError::LengthMismatch { .. } => py.get_type::<LengthMismatchError>(),
        KlokuurError::Row { problem, .. } => class(py, problem),
        KlokuurError::ImpossibleTransition { .. } => py.get_type::<ImpossibleTransitionError>(),
        KlokuurError::InvalidDocument { .. } => py.get_type::<InvalidDocumentError>(),
        KlokuurError::InvalidRulebook { .. } => py.get_type::<InvalidRulebookError>(),
    }
}

fn faults_of<'py>(py: Python<'py>, faults: &[Fault]) -> PyResult<Bound<'py, PyTuple>> {
    let class = py.import("klokuur._errors")?.getattr("Fault")?;
    let faults = faults.iter().map(|fault| class.call1((&fault.path, &fault.problem)));
    PyTuple::new(py, faults.collect::<PyResult<Vec<_>>>()?)
}
