//! Order exports, by a mapping.

use std::io::Write;
use std::path::Path;

use klokuur::KlokuurError;
use klokuur::log::{OrderExport, OrderMapping, Table, read_order_table};

use crate::failure::{Failure, Result};
use crate::mapping::ExportMapping;
use crate::read::{Bound, Cells, Found, read};
use crate::say;

/// An export of orders from a file.
#[derive(Debug)]
pub struct OrderFile {
    /// What came of its rows, which go by their numbers in the file.
    pub export: OrderExport,
    /// What was noticed of the file, each thing once.
    pub told: Vec<String>,
    /// Lines that are no rows, each with what is wrong and what is accepted.
    pub broken: Vec<(usize, String)>,
}

/// Reads an export of orders.
///
/// # Errors
/// - a file that cannot be read, or lacks a needed column; one of which no line can be read
/// - a mapping of cases
pub fn read_orders_file(path: &Path, mapping: &ExportMapping, bound: Bound) -> Result<OrderFile> {
    let reads = OrderMapping { lead_lines: 0, ..mapping.orders()? };
    let needed = mapping.needed();
    let found = read(path, &mapping.wanted(&needed, bound))?;
    check_columns(&found, &needed).map_err(|problem| Failure::refused(path, problem))?;
    let export = read_order_table(&found.cells, &reads).map_err(|problem| Failure::refused(path, problem))?;
    Ok(OrderFile { export, told: found.told, broken: found.broken })
}

/// Only the columns that are looked at are kept: what else is there, the file knows.
pub(crate) fn check_columns(found: &Found, needed: &[&str]) -> klokuur::Result<()> {
    let missing = needed.iter().find(|needed| !found.columns.iter().any(|column| column.trim() == **needed));
    missing.map_or(Ok(()), |column| {
        Err(KlokuurError::InvalidDocument {
            document: "order export",
            path: (*column).to_owned(),
            problem: format!("missing, there are {}: rename the column, or map it", found.columns.join(", ")),
        })
    })
}

/// The first order lines, as they are read.
pub(crate) fn show(cells: &Cells, mapping: &OrderMapping, out: &mut dyn Write) -> Result<()> {
    let export = read_order_table(cells, mapping)?;
    let unit = cells.unit();
    for exported in &export.lines {
        let line = &exported.line;
        let item = exported.item.as_deref().unwrap_or("-");
        let (ordered, promised) = (line.ordered_at.to_rfc3339(), line.promised_on);
        let cancelled = if line.cancelled.is_some() { ", cancelled" } else { "" };
        let text = format!(
            "{unit} {}: order {}, {} of {item}, ordered {ordered}, promised {promised}{cancelled}",
            exported.row, exported.order, line.quantity
        );
        say::line(out, text)?;
    }
    for (row, problem) in &export.refused {
        say::line(out, format!("{unit} {row}: left out: {problem}"))?;
    }
    Ok(())
}
