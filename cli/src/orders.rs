//! Order exports, by a mapping.

use std::io::Write;

use klokuur::log::{OrderExport, OrderMapping, Table, read_orders};

use crate::failure::Result;
use crate::read::Cells;
use crate::say;

/// The order lines of a table; rows are known by their numbers in the file.
pub(crate) fn lines(cells: &Cells, mapping: &OrderMapping) -> klokuur::Result<OrderExport> {
    let names = cells.names();
    let mut rows: Vec<Vec<&str>> = Vec::with_capacity(cells.len() + 1);
    rows.push(names.clone());
    rows.extend(
        (0..cells.len()).map(|row| (0..names.len()).map(|column| cells.shown(row, column)).collect()),
    );
    let mut export = read_orders(&rows, mapping)?;
    let number = |row: usize| row.checked_sub(1).map_or(0, |row| cells.number(row));
    for line in &mut export.lines {
        line.row = number(line.row);
    }
    for (row, _) in &mut export.refused {
        *row = number(*row);
    }
    Ok(export)
}

/// The first order lines, as they are read.
pub(crate) fn show(cells: &Cells, mapping: &OrderMapping, out: &mut dyn Write) -> Result<()> {
    let export = lines(cells, mapping)?;
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
