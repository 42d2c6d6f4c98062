//! NumPy arrays of one dimension, through Python's buffer protocol.

use std::ffi::CStr;

use pyo3::buffer::{Element, PyBuffer};
use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;

/// An array of numbers that is read. Who calls must not change it meanwhile, as with NumPy's own functions.
pub(crate) struct Array<T: Element>(PyBuffer<T>);

/// A byte of an array of truths.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub(crate) struct Truth(u8);

impl Truth {
    pub(crate) fn is_true(self) -> bool {
        self.0 != 0
    }
}

// SAFETY: a byte, which any pattern of bits is.
unsafe impl Element for Truth {
    fn is_compatible_format(format: &CStr) -> bool {
        format == c"?"
    }
}

impl<T: Element> FromPyObject<'_, '_> for Array<T> {
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = pyo3::type_hint_identifier!("typing", "Any");

    fn extract(given: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let buffer = PyBuffer::get(&given)?;
        if buffer.dimensions() == 1 {
            Ok(Self(buffer))
        } else {
            Err(PyTypeError::new_err("an array of one dimension"))
        }
    }
}

impl<T: Element> Array<T> {
    /// The numbers where they lie, one after the other.
    pub(crate) fn as_slice(&self) -> PyResult<&[T]> {
        if self.0.item_count() == 0 {
            return Ok(&[]);
        }
        let numbers = self.0.as_slice_ptr();
        let numbers =
            numbers.ok_or_else(|| PyTypeError::new_err("an array without gaps between its rows"))?;
        // SAFETY: the buffer is aligned, of this type and kept as long as `self`; nobody writes to it meanwhile.
        Ok(unsafe { numbers.as_ref() })
    }

    /// A copy of the numbers, in whatever steps they lie.
    pub(crate) fn to_vec(&self, py: Python<'_>) -> PyResult<Vec<T>> {
        self.0.to_vec(py)
    }
}

/// A number that a new array may hold.
///
/// # Safety
/// An array of the kind has numbers of this size and alignment, of which every pattern of bits is one.
pub(crate) unsafe trait Number: Element {
    /// What NumPy calls it.
    const KIND: &'static str;
}

// SAFETY: 64 bits with a sign.
unsafe impl Number for i64 {
    const KIND: &'static str = "=i8";
}
// SAFETY: one byte.
unsafe impl Number for u8 {
    const KIND: &'static str = "u1";
}

/// A new array that `fill` writes; what it has not written is anything.
pub(crate) fn filled<'py, T: Number>(
    py: Python<'py>,
    rows: usize,
    fill: impl FnOnce(&mut [T]) -> PyResult<()>,
) -> PyResult<Bound<'py, PyAny>> {
    // Not zeroed: writing each row is the first touch of its memory, and NumPy asks for large pages.
    let made = py.import(intern!(py, "numpy"))?.call_method1(intern!(py, "empty"), (rows, T::KIND))?;
    if rows > 0 {
        let buffer = PyBuffer::<T>::get(&made)?;
        let numbers = buffer.as_slice_ptr().filter(|numbers| numbers.len() == rows);
        let mut numbers = numbers.ok_or_else(|| PyTypeError::new_err("no new array"))?;
        // SAFETY: made right now, so that nobody else has it; aligned, of this type, and any bits are a number.
        fill(unsafe { numbers.as_mut() })?;
    }
    Ok(made)
}

/// A new array of these numbers.
pub(crate) fn new_array<'py, T: Number>(py: Python<'py>, numbers: &[T]) -> PyResult<Bound<'py, PyAny>> {
    filled(py, numbers.len(), |out| {
        out.copy_from_slice(numbers);
        Ok(())
    })
}

/// A new array of truths.
pub(crate) fn new_truths<'py>(py: Python<'py>, truths: &[bool]) -> PyResult<Bound<'py, PyAny>> {
    let bytes: Vec<u8> = truths.iter().map(|truth| u8::from(*truth)).collect();
    new_array(py, &bytes)?.call_method1(intern!(py, "view"), ("?",))
}
