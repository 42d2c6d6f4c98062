//! Order exports in rows.

use std::sync::Arc;

use klokuur::log::{self, OrderExport, OrderMapping};
use klokuur_cli::ExportMapping;
use pyo3::prelude::*;
use serde_json::json;

use super::RefusedRows;
use super::log::{mapping_named, raised};
use crate::arguments::{FilePath, Text};
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
}

/// The lines of an export and the rows that are refused.
#[pyfunction]
pub(crate) fn read_orders<'py>(
    py: Python<'py>,
    rows: Vec<Vec<String>>,
    mapping: &OrderMappingCore,
) -> PyResult<(Bound<'py, PyAny>, RefusedRows<'py>)> {
    let export = detached(py, || log::read_orders(&rows, &mapping.mapping)).or_raise()?;
    lowered(py, export)
}

/// Order lines, the rows that are refused, and the lines that are no rows.
type FileLines<'py> = (Bound<'py, PyAny>, RefusedRows<'py>, Vec<(usize, String)>);

/// The same of a file, with its lines that are no rows; rows go by their lines.
#[pyfunction]
pub(crate) fn read_orders_file<'py>(
    py: Python<'py>,
    path: FilePath,
    mapping: &OrderMappingCore,
) -> PyResult<FileLines<'py>> {
    let read = || klokuur_cli::read_orders_file(&path.0, &mapping.export, klokuur_cli::Bound::default());
    let file = detached(py, read).map_err(|failure| raised_of_file(&failure))?;
    let (lines, refused) = lowered(py, file.export)?;
    Ok((lines, refused, file.broken))
}

fn lowered<'py>(py: Python<'py>, export: OrderExport) -> PyResult<(Bound<'py, PyAny>, RefusedRows<'py>)> {
    let lines: Vec<_> = export
        .lines
        .into_iter()
        .map(|one| json!({"row": one.row, "order": one.order, "item": one.item, "line": one.line}))
        .collect();
    Ok((plain(py, &lines)?, raised(py, &export.refused)))
}
