//! The norms that are measured on orders.

use chrono::{DateTime, FixedOffset, Utc};
use klokuur::KlokuurError;
use klokuur::norm::{OrderLine, OrderWeeks};
use klokuur::rulebook::RulebookHistory;
use serde_json::{Value, json};

use crate::vectors::{Operations, Stop};

pub(super) fn register(operations: &mut Operations) {
    operations.add("order_weeks", weeks);
}

/// A line that is refused is named by its row.
fn weeks(given: &Value) -> Result<Value, Stop> {
    let now: DateTime<FixedOffset> = serde_json::from_value(given["now"].clone())?;
    let lines: Vec<OrderLine> = serde_json::from_value(given["lines"].clone())?;
    let cases: Vec<DateTime<Utc>> =
        given.get("cases").map_or(Ok(Vec::new()), |cases| serde_json::from_value(cases.clone()))?;
    let rules = RulebookHistory::bol()?;
    let mut weeks = OrderWeeks::new(chrono_tz::Europe::Amsterdam);
    for (row, line) in lines.iter().enumerate() {
        weeks.add(line, now).map_err(|problem| KlokuurError::Row { row, problem: Box::new(problem) })?;
    }
    cases.into_iter().for_each(|opened| weeks.add_case(opened));
    Ok(json!({"numbers": weeks.numbers_under(&rules)}))
}
