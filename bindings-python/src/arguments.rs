//! Arguments that are refused in our own words: what Python has and the library does not is no host's error.

use std::fmt::Display;
use std::ops::Deref;
use std::path::PathBuf;

use klokuur::KlokuurError;
use pyo3::exceptions::{PyOverflowError, PyTypeError, PyUnicodeEncodeError};
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyInt, PyString};

use crate::error::{invalid, name_of, raise, shown};

/// A text. One with half a character (a lone surrogate) is none.
#[derive(Clone, Copy)]
pub(crate) struct Text<'a>(pub(crate) &'a str);

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.0
    }
}

impl<'a, 'py> FromPyObject<'a, 'py> for Text<'a> {
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = pyo3::type_hint_identifier!("builtins", "str");

    fn extract(given: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(text) = given.extract::<&'a str>() {
            return Ok(Self(text));
        }
        match given.cast::<PyString>() {
            Ok(text) => Err(half(&text.to_string_lossy())),
            Err(_) => Err(PyTypeError::new_err(format!("expected a text, not {}", name_of(&given)))),
        }
    }
}

/// A text, for a parameter with a default.
pub(crate) fn text<'a>(given: &'a Bound<'_, PyAny>) -> PyResult<&'a str> {
    given.extract::<Text<'a>>().map(|text| text.0)
}

/// Several texts.
pub(crate) fn texts(given: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
    given.extract::<Vec<Bound<'_, PyAny>>>()?.iter().map(|one| text(one).map(str::to_owned)).collect()
}

/// A text that a Python object is; lone surrogates are refused.
pub(crate) fn text_in(given: &Bound<'_, PyString>) -> PyResult<String> {
    given.to_str().map(str::to_owned).map_err(|_| half(&given.to_string_lossy()))
}

fn half(text: &str) -> PyErr {
    invalid("text", text, "whole characters: it has half of one, a lone surrogate")
}

/// The path of a file.
pub(crate) struct FilePath(pub(crate) PathBuf);

impl<'py> FromPyObject<'_, 'py> for FilePath {
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = pyo3::type_hint_identifier!("builtins", "str");

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        given.extract().map(Self).map_err(|problem| {
            match problem.is_instance_of::<PyUnicodeEncodeError>(given.py()) {
                true => half(&shown(&given)),
                false => problem,
            }
        })
    }
}

/// A whole number of a type; one that does not fit is out of range.
#[derive(Clone, Copy)]
pub(crate) struct Whole<T>(pub(crate) T);

/// A whole number, for a parameter with a default.
pub(crate) fn whole<'a, 'py, T>(given: &'a Bound<'py, PyAny>) -> PyResult<T>
where
    Whole<T>: FromPyObject<'a, 'py, Error = PyErr>,
{
    given.extract::<Whole<T>>().map(|number| number.0)
}

/// What a whole number may be.
pub(crate) trait Bounded: Display {
    const LEAST: Self;
    const MOST: Self;
}

macro_rules! whole {
    ($($kind:ident),*) => {$(
        impl Bounded for $kind {
            const LEAST: Self = $kind::MIN;
            const MOST: Self = $kind::MAX;
        }

        impl<'py> FromPyObject<'_, 'py> for Whole<$kind> {
            type Error = PyErr;

            #[cfg(feature = "stubs")]
            const INPUT_TYPE: pyo3::inspect::PyStaticExpr = pyo3::type_hint_identifier!("builtins", "int");

            fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
                given.extract::<$kind>().map(Self).map_err(|error| too_large::<$kind>(&given, error))
            }
        }
    )*};
}

whole!(i32, i64, u8, u32, u64, usize);

fn too_large<T: Bounded>(given: &Bound<'_, PyAny>, error: PyErr) -> PyErr {
    if !error.is_instance_of::<PyOverflowError>(given.py()) {
        return error;
    }
    raise(&KlokuurError::OutOfRange {
        what: "number",
        given: shown(given),
        accepted: format!("{} to {}", T::LEAST, T::MOST),
    })
}

/// A number that may have a fraction.
#[derive(Clone, Copy)]
pub(crate) struct Real(pub(crate) f64);

impl<'py> FromPyObject<'_, 'py> for Real {
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = pyo3::type_hint_identifier!("builtins", "float");

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if given.is_instance_of::<PyInt>() || given.is_instance_of::<PyFloat>() {
            return given.extract().map(Self).map_err(|error: PyErr| {
                if !error.is_instance_of::<PyOverflowError>(given.py()) {
                    return error;
                }
                let accepted = "what a float holds".into();
                raise(&KlokuurError::OutOfRange { what: "number", given: shown(&given), accepted })
            });
        }
        given.extract().map(Self)
    }
}

/// A number that may have a fraction, for a parameter with a default.
pub(crate) fn real(given: &Bound<'_, PyAny>) -> PyResult<f64> {
    given.extract::<Real>().map(|number| number.0)
}
