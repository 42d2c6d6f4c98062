//! Capsules of Arrow's C interfaces: what lies in them is moved out once, and told when it is gone already.

use std::ffi::CStr;

use pyo3::exceptions::PyException;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

use super::c_data::{ArrowArray, ArrowArrayStream, ArrowSchema};
use super::foreign::refused;

/// What an object of an Arrow library hands over.
pub(super) enum Handed {
    /// One array with its schema.
    One(ArrowSchema, ArrowArray),
    /// A stream of arrays of one schema.
    Many(ArrowArrayStream),
}

/// What an object hands over; None when it does not speak Arrow.
pub(super) fn handed(given: &Bound<'_, PyAny>) -> PyResult<Option<Handed>> {
    let py = given.py();
    if let Some(export) = given.getattr_opt(intern!(py, "__arrow_c_array__"))? {
        let pair = told(py, export.call0())?;
        let Ok(pair) = pair.cast::<PyTuple>() else { return Err(no_capsule()) };
        let (Ok(schema), Ok(array)) = (pair.get_item(0), pair.get_item(1)) else { return Err(no_capsule()) };
        let schema = pointer::<ArrowSchema>(&schema, c"arrow_schema")?;
        let array = pointer::<ArrowArray>(&array, c"arrow_array")?;
        // SAFETY: capsules of these names hold these structures, which stay where they are while the capsules live; what
        // is moved out is marked as gone.
        let (schema, array) = unsafe { (ArrowSchema::take(schema), ArrowArray::take(array)) };
        return Ok(Some(Handed::One(schema, array)));
    }
    let Some(export) = given.getattr_opt(intern!(py, "__arrow_c_stream__"))? else { return Ok(None) };
    let capsule = told(py, export.call0())?;
    let stream = pointer::<ArrowArrayStream>(&capsule, c"arrow_array_stream")?;
    // SAFETY: as above.
    Ok(Some(Handed::Many(unsafe { ArrowArrayStream::take(stream) })))
}

fn no_capsule() -> PyErr {
    refused("no Arrow capsule", "what `__arrow_c_array__` or `__arrow_c_stream__` should give")
}

fn pointer<T>(capsule: &Bound<'_, PyAny>, name: &CStr) -> PyResult<*mut T> {
    let capsule = capsule.cast::<PyCapsule>().map_err(|_| no_capsule())?;
    let found = capsule.pointer_checked(Some(name)).map_err(|_| no_capsule())?.cast::<T>().as_ptr();
    if found.is_aligned() { Ok(found) } else { Err(no_capsule()) }
}

/// What another library raises is told as an error of its column, unless the process itself is in need.
fn told<'py>(py: Python<'py>, given: PyResult<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyAny>> {
    given.map_err(|error| {
        let is_ours = error.is_instance_of::<crate::error::KlokuurBase>(py);
        let is_need = error.is_instance_of::<pyo3::exceptions::PyMemoryError>(py);
        if is_ours || is_need || !error.is_instance_of::<PyException>(py) {
            return error;
        }
        refused(&error.to_string(), "one that its own library can hand over")
    })
}
