//! A column of another library, with everything checked that the C interface lets one check.

use std::ffi::CStr;
use std::sync::Arc;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi_and_data_type};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{Array, ArrayRef, NullArray, make_array};
use arrow_schema::DataType;
use pyo3::prelude::*;

use super::capsule::{Handed, handed};
use super::shape;
use crate::error::{invalid, short};

/// An Arrow column that came from elsewhere: its kind and its chunks, each of that kind and sound.
pub(crate) struct Foreign {
    pub(crate) kind: DataType,
    pub(crate) chunks: Vec<ArrayRef>,
}

impl<'py> FromPyObject<'_, 'py> for Foreign {
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = pyo3::type_hint_identifier!("typing", "Any");

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let Some(handed) = handed(&given)? else {
            let name = given.get_type().name()?.to_string();
            return Err(pyo3::exceptions::PyTypeError::new_err(format!(
                "a column must be an Arrow array, not {name}"
            )));
        };
        match handed {
            Handed::One(schema, array) => {
                let kind = kind_of(&schema)?;
                let chunk = sound(array, &kind, 0)?;
                Ok(Self { kind, chunks: vec![chunk] })
            }
            Handed::Many(stream) => of_stream(stream),
        }
    }
}

/// An Arrow column that is refused as a whole.
pub(super) fn refused(problem: &str, accepted: &str) -> PyErr {
    invalid("Arrow column", short(problem), accepted)
}

const SOUND: &str = "one whose lengths, offsets, indexes and texts in UTF-8 are right";

fn of_stream(mut stream: FFI_ArrowArrayStream) -> PyResult<Foreign> {
    let consumed = || refused("a stream that was read already", "one that is handed over afresh");
    if stream.release.is_none() {
        return Err(consumed());
    }
    let (Some(get_schema), Some(get_next)) = (stream.get_schema, stream.get_next) else {
        return Err(consumed());
    };
    let mut schema = FFI_ArrowSchema::empty();
    // SAFETY: the stream is not released, so that its callbacks may be called with it, one at a time.
    let code = unsafe { get_schema(&mut stream, &mut schema) };
    if code != 0 {
        return Err(failed(&mut stream, code));
    }
    let kind = kind_of(&schema)?;
    let (mut chunks, mut rows) = (Vec::new(), 0);
    loop {
        let mut array = FFI_ArrowArray::empty();
        // SAFETY: as above.
        let code = unsafe { get_next(&mut stream, &mut array) };
        if code != 0 {
            return Err(failed(&mut stream, code));
        }
        if array.is_released() {
            return Ok(Foreign { kind, chunks });
        }
        let chunk = sound(array, &kind, rows)?;
        rows += chunk.len();
        chunks.push(chunk);
    }
}

fn failed(stream: &mut FFI_ArrowArrayStream, code: i32) -> PyErr {
    let told = stream.get_last_error.and_then(|last_error| {
        // SAFETY: the stream is not released; the text lives until its next call.
        let text = unsafe { last_error(stream) };
        // SAFETY: a text that is not null ends with a zero byte.
        (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned())
    });
    let problem = told.unwrap_or_else(|| format!("an error with the code {code}"));
    refused(&problem, "one that its own library can hand over")
}

/// The kind of a column that holds one value a row; others are refused before anything is read.
fn kind_of(schema: &FFI_ArrowSchema) -> PyResult<DataType> {
    let gone = || refused("a schema that was taken already", "one that is handed over afresh");
    if schema.release.is_none() {
        return Err(gone());
    }
    let format = |schema: &FFI_ArrowSchema| -> PyResult<String> {
        if schema.format.is_null() {
            return Err(gone());
        }
        // SAFETY: a format that is not null ends with a zero byte.
        let format = unsafe { CStr::from_ptr(schema.format) };
        format.to_str().map(str::to_owned).map_err(|_| refused("a format that is no text", SOUND))
    };
    let accepted = "one of instants, amounts, texts, numbers or truths, plain or as a dictionary";
    let own = format(schema)?;
    // SAFETY: a dictionary that is not null is a schema of its own.
    let values = unsafe { schema.dictionary.as_ref() };
    let inner = values.map(&format).transpose()?;
    let is_flat = schema.n_children == 0
        && values.is_none_or(|values| values.n_children == 0 && values.dictionary.is_null());
    if !is_flat {
        return Err(refused(&format!("a column of kind {own}"), accepted));
    }
    let kind = DataType::try_from(schema);
    match kind {
        Ok(kind) if shape::is_known(&kind) => Ok(kind),
        Ok(kind) => Err(refused(&kind.to_string(), accepted)),
        Err(_) => Err(refused(&format!("a column of kind {}", inner.unwrap_or(own)), accepted)),
    }
}

/// A chunk, checked: its shape before anything is read, its content before it is used. `start` is its first row.
fn sound(mut array: FFI_ArrowArray, kind: &DataType, start: usize) -> PyResult<ArrayRef> {
    shape::check(&array, kind).map_err(|problem| refused(&problem, SOUND))?;
    if matches!(kind, DataType::Null) {
        return Ok(Arc::new(NullArray::new(array.len())));
    }
    // Counted afresh from the bitmap, whatever was said.
    array.null_count = -1;
    // SAFETY: the shape is that of the kind; how large a buffer is, nobody says, and that is for its library to keep.
    let data = unsafe { from_ffi_and_data_type(array, kind.clone()) };
    let data = data.map_err(|problem| refused(&problem.to_string(), SOUND))?;
    data.validate_full().map_err(|problem| {
        let place = if start == 0 { String::new() } else { format!(" (counted from row {start})") };
        refused(&format!("{}{place}", shape::told(&problem)), SOUND)
    })?;
    Ok(make_array(data))
}
