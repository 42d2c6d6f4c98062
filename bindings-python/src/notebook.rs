//! What notebooks show of the classes that are written in Rust.

use pyo3::prelude::*;

/// A result as HTML, as `klokuur._notebook` draws it.
pub(crate) fn shown(thing: &Bound<'_, PyAny>) -> PyResult<String> {
    thing.py().import("klokuur._notebook")?.call_method1("shown", (thing,))?.extract()
}
