//! JSON: a list of records, a line each.

use std::io::Write;

use klokuur::sla::Amount;
use serde_json::Value as Json;

use super::csv::exact;
use super::{Rows, Value};
use crate::failure::Result;

pub(super) fn write(columns: &[&str], rows: Rows<'_, '_>, to: &mut dyn Write) -> Result<()> {
    let mut is_empty = true;
    to.write_all(b"[")?;
    for row in rows {
        to.write_all(if is_empty { b"\n  {" } else { b",\n  {" })?;
        is_empty = false;
        for (place, (name, value)) in columns.iter().zip(row.iter()).enumerate() {
            let between = if place == 0 { "" } else { ", " };
            write!(to, "{between}{}: {}", Json::from(*name), json(value))?;
        }
        to.write_all(b"}")?;
    }
    to.write_all(if is_empty { b"]\n" } else { b"\n]\n" })?;
    Ok(())
}

fn json(value: &Value) -> Json {
    match value {
        Value::Nothing => Json::Null,
        Value::Whole(number) => (*number).into(),
        Value::Number(number, _) => (*number).into(),
        Value::Truth(truth) => (*truth).into(),
        other => exact(other).into(),
    }
}

/// An amount as ISO 8601, the same in every language; what counts, the column says.
pub(super) fn amount(amount: Amount) -> String {
    match amount {
        Amount::Business(open) => open.to_iso(),
        other => serde_json::to_value(other)
            .ok()
            .and_then(|value| value.as_object()?.values().next()?.as_str().map(str::to_owned))
            .unwrap_or_else(|| other.to_string()),
    }
}
