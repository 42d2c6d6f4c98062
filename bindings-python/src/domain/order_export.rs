//! Order exports in rows.

use std::sync::Arc;

use klokuur::log::{self, Encoding, OrderMapping};
use klokuur_cli::ExportMapping;
use pyo3::prelude::*;
use serde_json::json;

use super::RefusedRows;
use super::log::{mapping_named, raised};
use crate::arguments::Text;
use crate::error::OrRaise;
use crate::files::raised as raised_of_file;
use crate::inside::detached;
use crate::plain::{json, plain};

/// How an order export is read.
#[pyclass(frozen, module = "klokuur._klokuur")]
pub(crate) struct OrderMappingCore {
    mapping: OrderMapping,
    /// The same with how its files are laid out.
    pub(super) export: Arc<ExportMapping>,
}

impl OrderMappingCore {
    fn of(export: ExportMapping) -> PyResult<Self> {
        let mapping = export.orders().map_err(|failure| raised_of_file(&failure))?;
        Ok(Self { mapping, export: Arc::new(export) })
    }
}

#[pymethods]
impl OrderMappingCore {
    /// A shipped mapping, or a file of one's own.
    #[staticmethod]
    fn named(given: Text<'_>) -> PyResult<Self> {
        Self::of(mapping_named(given)?)
    }

    #[staticmethod]
    fn from_dict(document: &Bound<'_, PyAny>) -> PyResult<Self> {
        Self::of(ExportMapping::orders_from_value(json(document, "order mapping")?).or_raise()?)
    }

    #[getter]
    fn lead_lines(&self) -> u32 {
        self.mapping.lead_lines
    }

    #[getter]
    fn encoding(&self) -> Option<&'static str> {
        self.mapping.encoding.map(Encoding::as_str)
    }
}

/// The lines of an export and the rows that are refused.
#[pyfunction]
pub(crate) fn read_orders<'py>(
    py: Python<'py>,
    rows: Vec<Vec<String>>,
    mapping: &OrderMappingCore,
) -> PyResult<(Bound<'py, PyAny>, RefusedRows<'py>)> {
    let export = detached(py, || log::read_orders(&rows, &mapping.mapping)).or_raise()?;
    let lines: Vec<_> = export
        .lines
        .into_iter()
        .map(|one| json!({"row": one.row, "order": one.order, "item": one.item, "line": one.line}))
        .collect();
    Ok((plain(py, &lines)?, raised(py, &export.refused)))
}
