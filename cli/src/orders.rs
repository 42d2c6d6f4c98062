//! Order exports, by a mapping.

use std::borrow::Cow;
use std::io::Write;

use klokuur::Zone;
use klokuur::log::{Cell, OrderExport, OrderMapping, Table, read_orders};

use crate::failure::Result;
use crate::read::Cells;
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
    let mut export = read_orders(&rows, mapping)?;
    export.refused.append(&mut broken);
    export.refused.sort_by_key(|(row, _)| *row);
    let number = |row: usize| row.checked_sub(1).map_or(0, |row| table.number(row));
    for line in &mut export.lines {
        line.row = number(line.row);
    }
    for (row, _) in &mut export.refused {
        *row = number(*row);
    }
    Ok(export)
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
