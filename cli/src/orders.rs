//! Order exports, by a mapping.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use klokuur::log::{Cell, OrderExport, OrderMapping, Table, read_orders};
use klokuur::{KlokuurError, Zone};

use crate::failure::{Failure, Result};
use crate::mapping::ExportMapping;
use crate::read::{Bound, Cells, Found, read};
use crate::say;

/// The order lines of a table; rows are known by their numbers in the file.
pub(crate) fn lines<T: Table>(table: &T, mapping: &OrderMapping) -> klokuur::Result<OrderExport> {
    let names = table.names();
    let columns = names.len();
    let zone: Option<Zone> = mapping.zone.as_deref().and_then(|zone| zone.parse().ok());
    let mut rows: Vec<Vec<Cow<'_, str>>> = Vec::with_capacity(table.len() + 1);
    rows.push(names.into_iter().map(Cow::Borrowed).collect());
    let mut broken = Vec::new();
    for row in 0..table.len() {
        let cells = (0..columns).map(|column| Ok(written(table.cell(row, column)?, zone)));
        // A row without cells is left out: what is wrong with this one is told below.
        rows.push(cells.collect::<klokuur::Result<_>>().unwrap_or_else(|problem| {
            broken.push((row + 1, problem));
            Vec::new()
        }));
    }
    let number = |row: usize| row.checked_sub(1).map_or(0, |row| table.number(row));
    let mut export = read_orders(&rows, mapping).map_err(|problem| match problem {
        KlokuurError::Row { row, problem } => KlokuurError::Row { row: number(row), problem },
        other => other,
    })?;
    export.refused.append(&mut broken);
    export.refused.sort_by_key(|(row, _)| *row);
    for line in &mut export.lines {
        line.row = number(line.row);
    }
    for (row, _) in &mut export.refused {
        *row = number(*row);
    }
    Ok(export)
}

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
    let export = lines(&found.cells, &reads).map_err(|problem| Failure::refused(path, problem))?;
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

/// A cell as an export writes it; an instant in the zone of the export, so that its date is that of the day there.
fn written(cell: Cell<'_>, zone: Option<Zone>) -> Cow<'_, str> {
    match (cell, zone) {
        (Cell::Missing, _) => Cow::Borrowed(""),
        (Cell::Text(text), _) => Cow::Borrowed(text),
        (Cell::Instant(at), Some(zone)) => Cow::Owned(at.with_timezone(&zone).to_rfc3339()),
        (Cell::Instant(at), None) => Cow::Owned(at.to_rfc3339()),
    }
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
