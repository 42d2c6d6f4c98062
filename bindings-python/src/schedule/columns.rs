//! The part of the package that knows the libraries of columns: NumPy, pandas, Polars, Arrow.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyModule;

/// It is loaded with the first column, as it takes longer to load than all the rest.
pub(super) fn columns(py: Python<'_>) -> PyResult<&Bound<'_, PyModule>> {
    static MODULE: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let module = MODULE.get_or_try_init(py, || py.import("klokuur._columns").map(Bound::unbind))?;
    Ok(module.bind(py))
}
