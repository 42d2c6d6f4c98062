//! A column that goes out: any Arrow library takes it over through `__arrow_c_stream__`.

use std::ffi::{CString, c_char, c_int, c_void};

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, Field};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

/// A column of answers. PyArrow, Polars, pandas, DuckDB and any other library that speaks Arrow takes it, as
/// `pyarrow.chunked_array(column)` or `polars.Series(column)`.
#[pyclass(frozen, module = "klokuur._klokuur")]
pub(crate) struct ArrowColumn {
    kind: DataType,
    chunks: Vec<ArrayRef>,
}

impl ArrowColumn {
    /// Chunks of one kind.
    pub(crate) fn new(kind: DataType, chunks: Vec<ArrayRef>) -> Self {
        Self { kind, chunks }
    }

    /// One chunk.
    pub(crate) fn of(chunk: ArrayRef) -> Self {
        Self { kind: chunk.data_type().clone(), chunks: vec![chunk] }
    }

    fn field(&self) -> Field {
        Field::new("", self.kind.clone(), true)
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
        let stream = stream(self.field(), self.chunks.clone());
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    /// The kind of the column, as a schema of Arrow's C interface.
    #[pyo3(signature = () -> "typing.Any")]
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.field())
            .map_err(|problem| PyRuntimeError::new_err(problem.to_string()))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
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
    field: Field,
    chunks: std::vec::IntoIter<ArrayRef>,
    problem: Option<CString>,
}

fn stream(field: Field, chunks: Vec<ArrayRef>) -> FFI_ArrowArrayStream {
    let left = Box::new(Left { field, chunks: chunks.into_iter(), problem: None });
    FFI_ArrowArrayStream {
        get_schema: Some(get_schema),
        get_next: Some(get_next),
        get_last_error: Some(get_last_error),
        release: Some(release),
        private_data: Box::into_raw(left).cast(),
    }
}

/// POSIX's number for an argument that is not valid.
const EINVAL: c_int = 22;

unsafe extern "C" fn get_schema(stream: *mut FFI_ArrowArrayStream, out: *mut FFI_ArrowSchema) -> c_int {
    // SAFETY: who calls it has a stream that `stream` made and that is not released yet.
    let left = unsafe { &mut *(*stream).private_data.cast::<Left>() };
    match FFI_ArrowSchema::try_from(&left.field) {
        Ok(schema) => {
            // SAFETY: the caller gives a place for a schema.
            unsafe { out.write(schema) };
            0
        }
        Err(problem) => {
            left.problem = CString::new(problem.to_string()).ok();
            EINVAL
        }
    }
}

unsafe extern "C" fn get_next(stream: *mut FFI_ArrowArrayStream, out: *mut FFI_ArrowArray) -> c_int {
    // SAFETY: as above.
    let left = unsafe { &mut *(*stream).private_data.cast::<Left>() };
    let array =
        left.chunks.next().map_or_else(FFI_ArrowArray::empty, |chunk| FFI_ArrowArray::new(&chunk.to_data()));
    // SAFETY: the caller gives a place for an array. An empty one is the end.
    unsafe { out.write(array) };
    0
}

unsafe extern "C" fn get_last_error(stream: *mut FFI_ArrowArrayStream) -> *const c_char {
    // SAFETY: as above.
    let left = unsafe { &*(*stream).private_data.cast::<Left>() };
    left.problem.as_ref().map_or(std::ptr::null(), |problem| problem.as_ptr())
}

unsafe extern "C" fn release(stream: *mut FFI_ArrowArrayStream) {
    // SAFETY: a release happens once, and with a stream that `stream` made.
    let stream = unsafe { &mut *stream };
    let left: *mut c_void = std::mem::replace(&mut stream.private_data, std::ptr::null_mut());
    if !left.is_null() {
        // SAFETY: it came from a box, and is taken back once.
        drop(unsafe { Box::from_raw(left.cast::<Left>()) });
    }
    (stream.get_schema, stream.get_next, stream.get_last_error, stream.release) = (None, None, None, None);
}
