//! A column of another library, with everything checked that the C interface lets one check.

use std::ffi::CStr;

use pyo3::prelude::*;

use super::c_data::{ArrowArray, ArrowArrayStream, ArrowSchema};
use super::capsule::{Handed, handed};
use super::kind::{Kind, foreign_name};
use super::view::View;
use super::{content, shape};
use crate::error::{invalid, short};

/// Some rows of a foreign column, sound.
pub(crate) struct Chunk {
    kind: Kind,
    array: ArrowArray,
}

impl Chunk {
    pub(crate) fn view(&self) -> View<'_> {
        View::new(&self.array, &self.kind)
    }

    pub(crate) fn len(&self) -> usize {
        self.view().len()
    }
}

/// An Arrow column that came from elsewhere: its kind and its chunks, each of that kind and sound.
pub(crate) struct Foreign {
    pub(crate) kind: Kind,
    pub(crate) chunks: Vec<Chunk>,
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

fn of_stream(mut stream: ArrowArrayStream) -> PyResult<Foreign> {
    let consumed = || refused("a stream that was read already", "one that is handed over afresh");
    if stream.is_released() {
        return Err(consumed());
    }
    let (Some(get_schema), Some(get_next)) = (stream.get_schema, stream.get_next) else {
        return Err(consumed());
    };
    let mut schema = ArrowSchema::empty();
    // SAFETY: the stream is not released, so that its callbacks may be called with it, one at a time.
    let code = unsafe { get_schema(&mut stream, &mut schema) };
    if code != 0 {
        return Err(failed(&mut stream, code));
    }
    let kind = kind_of(&schema)?;
    let (mut chunks, mut rows) = (Vec::new(), 0);
    loop {
        let mut array = ArrowArray::empty();
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

fn failed(stream: &mut ArrowArrayStream, code: i32) -> PyErr {
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
fn kind_of(schema: &ArrowSchema) -> PyResult<Kind> {
    let gone = || refused("a schema that was taken already", "one that is handed over afresh");
    if schema.is_released() {
        return Err(gone());
    }
    let format = |schema: &ArrowSchema| -> PyResult<String> {
        if schema.format.is_null() {
            return Err(gone());
        }
        // SAFETY: a format that is not null ends with a zero byte.
        let format = unsafe { CStr::from_ptr(schema.format) };
        format.to_str().map(str::to_owned).map_err(|_| refused("a format that is no text", SOUND))
    };
    let none = |format: &str| {
        let accepted = "one of instants, amounts, texts, numbers or truths, plain or as a dictionary";
        refused(&format!("a column of kind {}", foreign_name(format)), accepted)
    };
    let own = format(schema)?;
    if schema.n_children != 0 {
        return Err(none(&own));
    }
    let kind = Kind::of_format(&own).ok_or_else(|| none(&own))?;
    // SAFETY: a dictionary that is not null is a schema of its own.
    let Some(values) = (unsafe { schema.dictionary.as_ref() }) else { return Ok(kind) };
    let inner = format(values)?;
    match (kind, Kind::of_format(&inner)) {
        (Kind::Number(indexes), Some(inner))
            if indexes.is_integer() && values.n_children == 0 && values.dictionary.is_null() =>
        {
            Ok(Kind::Dictionary(indexes, Box::new(inner)))
        }
        _ => Err(none(&inner)),
    }
}

/// A chunk, checked: its shape before anything is read, its content before it is used. `start` is its first row.
fn sound(array: ArrowArray, kind: &Kind, start: usize) -> PyResult<Chunk> {
    shape::check(&array, kind).map_err(|problem| refused(&problem, SOUND))?;
    let chunk = Chunk { kind: kind.clone(), array };
    content::check(chunk.view())
        .map_err(|(row, problem)| refused(&format!("{problem} in row {}", start + row), SOUND))?;
    Ok(chunk)
}
