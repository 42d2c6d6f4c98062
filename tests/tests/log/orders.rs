//! Order exports as tables, whose columns may hold instants (RULES R6).

use chrono::{DateTime, Utc};
use klokuur::log::{Cell, OrderMapping, Table, read_order_table};
use serde_json::json;

/// Orders of a frame or a workbook: a number, and instants.
struct Orders(Vec<(&'static str, [&'static str; 2])>);

impl Table for Orders {
    fn names(&self) -> Vec<&str> {
        vec!["order", "ordered_at", "promised_on"]
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    fn cell(&self, row: usize, column: usize) -> klokuur::Result<Cell<'_>> {
        let (order, instants) = &self.0[row];
        let Some(text) = column.checked_sub(1).map(|column| instants[column]) else {
            return Ok(Cell::Text(order));
        };
        Ok(text.parse::<DateTime<Utc>>().map_or(Cell::Text(text), Cell::Instant))
    }

    fn number(&self, row: usize) -> usize {
        row + 2
    }
}

#[test]
fn r6_instants_of_a_table_of_orders_are_held_to_no_pattern() {
    let mapping = OrderMapping::from_json(
        &json!({"zone": "Europe/Amsterdam", "time_format": "%d/%m/%Y %H:%M", "date_format": "%d/%m/%Y"})
            .to_string(),
    );
    let orders = Orders(vec![
        ("A-1", ["2026-03-09T11:00:30Z", "2026-03-09T23:00:00Z"]),
        ("", ["", ""]),
        ("A-2", ["09/03/2026 12:00", "10/03/2026"]),
        // No date: there is a time of day.
        ("A-3", ["2026-03-09T11:00:00Z", "2026-03-10T12:00:00Z"]),
    ]);
    let export = read_order_table(&orders, &mapping.unwrap()).unwrap();
    let found = export.lines.iter().map(|one| {
        let (at, promised) = (one.line.ordered_at.to_rfc3339(), one.line.promised_on.to_string());
        (one.row, one.order.as_str(), at, promised)
    });
    let day = || "2026-03-10".to_owned();
    let expected = [
        (2, "A-1", "2026-03-09T11:00:30+00:00".to_owned(), day()),
        (4, "A-2", "2026-03-09T11:00:00+00:00".to_owned(), day()),
    ];
    assert_eq!(found.collect::<Vec<_>>(), expected);
    assert_eq!(export.refused.len(), 1);
    let (row, why) = &export.refused[0];
    let told = "order export is not valid at promised_on: found `2026-03-10 13:00:00`, accepted is a date as %d/%m/%Y";
    assert_eq!((*row, why.to_string().as_str()), (5, told));
}
