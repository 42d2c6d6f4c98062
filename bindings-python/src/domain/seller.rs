//! A seller's files and tables, read as the command reads them.

use std::path::Path;

use klokuur::log::OrderMapping;
use klokuur::report::Picture;
use klokuur_cli::{Bound as Most, Failure, Progress, SellerRows, Sources};
use pyo3::prelude::*;

use super::log::{LogColumns, MappingCore};
use super::log_columns::Instants;
use super::order_export::OrderMappingCore;
use super::picture::PictureCore;
use super::rulebook::RulebookCore;
use crate::arguments::FilePath;
use crate::files::raised;
use crate::inside::detached;
use crate::time::Moment;

/// The picture of a folder, or of one case log; `orders` is an export of orders beside it.
#[pyfunction]
#[pyo3(signature = (
    source,
    mapping,
    is_stated: "bool",
    orders: "tuple[str, OrderMappingCore] | None",
    rules,
    now: "datetime.datetime"
))]
pub(crate) fn picture_of_files(
    py: Python<'_>,
    source: FilePath,
    mapping: &MappingCore,
    is_stated: bool,
    orders: Option<(FilePath, PyRef<'_, OrderMappingCore>)>,
    rules: &RulebookCore,
    now: Moment<'_>,
) -> PyResult<PictureCore> {
    let orders = orders.map(|(path, mapping)| (path.0, mapping.export.clone()));
    let (mapping, rules, now) = (mapping.export.clone(), rules.by_week(), now.at());
    detached(py, || -> klokuur_cli::Result<_> {
        let mut progress = Progress::new();
        let sources = Sources {
            source: &source.0,
            mapping: &mapping,
            is_stated,
            orders: orders.as_ref().map(|(path, mapping)| (path.as_path(), &**mapping)),
            bound: Most::default(),
        };
        let data = sources.read(&mut progress)?;
        progress.step("working out the picture");
        Ok(PictureCore::new(Picture::of(&data, rules, now)?))
    })
    .map_err(|failure| raised(&failure))
}

/// A table: columns by their names.
type Columns = Vec<(String, Option<Instants>)>;

/// The picture of tables in columns: of the case log, and of those beside it by their names.
#[pyfunction]
#[pyo3(signature = (
    cases,
    beside: "list[tuple[str, list[tuple[str, typing.Any]]]]",
    mapping,
    rules,
    now: "datetime.datetime"
))]
pub(crate) fn picture_of_tables(
    py: Python<'_>,
    cases: Columns,
    beside: Vec<(String, Columns)>,
    mapping: &MappingCore,
    rules: &RulebookCore,
    now: Moment<'_>,
) -> PyResult<PictureCore> {
    let (mapping, rules, now) = (mapping.mapping.clone(), rules.by_week(), now.at());
    let placed = |table: &str, problem| Failure::refused(Path::new(table), problem);
    detached(py, || -> klokuur_cli::Result<_> {
        let read = |columns: Columns| LogColumns::new(columns, None);
        let mut rows = read(cases)
            .and_then(|table| SellerRows::of_cases("cases", &table, &mapping))
            .map_err(|problem| placed("cases", problem))?;
        for (name, columns) in beside {
            let taken = read(columns).and_then(|table| match name.as_str() {
                "surveys" => rows.surveys(&name, &table),
                "calls" => rows.calls(&name, &table),
                _ => rows.orders(&name, &table, &OrderMapping::default()),
            });
            taken.map_err(|problem| placed(&name, problem))?;
        }
        Ok(PictureCore::new(Picture::of(&rows.done(), rules, now)?))
    })
    .map_err(|failure| raised(&failure))
}
