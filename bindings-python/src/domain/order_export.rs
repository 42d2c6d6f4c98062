//! Order exports in rows.

use klokuur::log::{self, Encoding, OrderMapping};
use pyo3::prelude::*;
use serde_json::json;

use super::RefusedRows;
use super::log::raised;
use crate::arguments::Text;
use crate::error::OrRaise;
use crate::inside::detached;
use crate::plain::{json, plain};

/// How an order export is read.
#[pyclass(frozen, module = "klokuur._klokuur")]
pub(crate) struct OrderMappingCore(OrderMapping);

#[pymethods]
impl OrderMappingCore {
    #[staticmethod]
    fn from_toml(text: Text<'_>) -> PyResult<Self> {
        OrderMapping::from_toml(text.0).map(Self).or_raise()
    }

    #[staticmethod]
    fn from_dict(document: &Bound<'_, PyAny>) -> PyResult<Self> {
        OrderMapping::from_value(json(document, "order mapping")?).map(Self).or_raise()
    }

    #[getter]
    fn lead_lines(&self) -> u32 {
        self.0.lead_lines
    }

    #[getter]
    fn encoding(&self) -> Option<&'static str> {
        self.0.encoding.map(Encoding::as_str)
    }
}

/// The lines of an export and the rows that are refused.
#[pyfunction]
pub(crate) fn read_orders<'py>(
    py: Python<'py>,
    rows: Vec<Vec<String>>,
    mapping: &OrderMappingCore,
) -> PyResult<(Bound<'py, PyAny>, RefusedRows<'py>)> {
    let export = detached(py, || log::read_orders(&rows, &mapping.0)).or_raise()?;
    let lines: Vec<_> = export
        .lines
        .into_iter()
        .map(|one| json!({"row": one.row, "order": one.order, "item": one.item, "line": one.line}))
        .collect();
    Ok((plain(py, &lines)?, raised(py, &export.refused)))
}
