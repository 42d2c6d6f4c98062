//! A column that goes out: any Arrow library takes it over through `__arrow_c_stream__`.

use std::ffi::{c_char, c_int};
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use super::c_data::{ArrowArray, ArrowArrayStream, ArrowSchema};
use super::kind::Kind;
use super::made::{Made, array_of, schema_of};

/// A column of answers. PyArrow, Polars, pandas, DuckDB and any other library that speaks Arrow takes it, as
/// `pyarrow.chunked_array(column)` or `polars.Series(column)`.
#[pyclass(frozen, module = "klokuur._klokuur")]
pub(crate) struct ArrowColumn {
    kind: Kind,
    chunks: Vec<Arc<Made>>,
}

impl ArrowColumn {
    /// Chunks of one kind.
    pub(crate) fn new(kind: Kind, chunks: Vec<Made>) -> Self {
        Self { kind, chunks: chunks.into_iter().map(Arc::new).collect() }
    }

    /// One chunk.
    pub(crate) fn of(chunk: Made) -> Self {
        Self { kind: chunk.kind.clone(), chunks: vec![Arc::new(chunk)] }
    }
}

#[pymethods]
impl ArrowColumn {
    /// The column as a stream of Arrow's C interface; a schema that is asked for is not looked at.
    #[pyo3(signature = (requested_schema: "typing.Any" = None) -> "typing.Any")]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let stream = stream(self.kind.clone(), self.chunks.clone());
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    /// The kind of the column, as a schema of Arrow's C interface.
    #[pyo3(signature = () -> "typing.Any")]
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        PyCapsule::new_with_value(py, schema_of(&self.kind), c"arrow_schema")
    }

    fn __len__(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.len()).sum()
    }

    fn __repr__(&self) -> String {
        format!("<ArrowColumn of {} rows, {}>", self.__len__(), self.kind)
    }
}

/// What stays of a column while it is read.
struct Left {
    kind: Kind,
    chunks: std::vec::IntoIter<Arc<Made>>,
}

fn stream(kind: Kind, chunks: Vec<Arc<Made>>) -> ArrowArrayStream {
    let left = Box::new(Left { kind, chunks: chunks.into_iter() });
    ArrowArrayStream {
        get_schema: Some(get_schema),
        get_next: Some(get_next),
        get_last_error: Some(get_last_error),
        release: Some(release),
        private_data: Box::into_raw(left).cast(),
    }
}

unsafe extern "C" fn get_schema(stream: *mut ArrowArrayStream, out: *mut ArrowSchema) -> c_int {
    // SAFETY: who calls it has a stream that `stream` made and that is not released yet.
    let left = unsafe { &*(*stream).private_data.cast::<Left>() };
    // SAFETY: the caller gives a place for a schema.
    unsafe { out.write(schema_of(&left.kind)) };
    0
}

unsafe extern "C" fn get_next(stream: *mut ArrowArrayStream, out: *mut ArrowArray) -> c_int {
    // SAFETY: as above.
    let left = unsafe { &mut *(*stream).private_data.cast::<Left>() };
    let array = left.chunks.next().map_or_else(ArrowArray::empty, array_of);
    // SAFETY: the caller gives a place for an array. An empty one is the end.
    unsafe { out.write(array) };
    0
}

/// Nothing here fails.
unsafe extern "C" fn get_last_error(_: *mut ArrowArrayStream) -> *const c_char {
    std::ptr::null()
}

unsafe extern "C" fn release(stream: *mut ArrowArrayStream) {
    // SAFETY: a release happens once, with a stream that `stream` made.
    let stream = unsafe { &mut *stream };
    // SAFETY: it came from a box there.
    drop(unsafe { Box::from_raw(stream.private_data.cast::<Left>()) });
    stream.private_data = std::ptr::null_mut();
    (stream.get_schema, stream.get_next, stream.get_last_error, stream.release) = (None, None, None, None);
}
