//! CSV: exact, and read back by any program.

use std::io::Write;

use ::csv::WriterBuilder;

use super::{Rows, Value};
use crate::failure::{Failure, Result};

pub(super) fn write(columns: &[&str], rows: Rows<'_, '_>, to: &mut dyn Write) -> Result<()> {
    let mut writer = WriterBuilder::new().from_writer(to);
    let fault = |problem: ::csv::Error| Failure::Output(problem.into());
    writer.write_record(columns).map_err(fault)?;
    for row in rows {
        writer.write_record(row.iter().map(exact)).map_err(fault)?;
    }
    writer.flush()?;
    Ok(())
}

/// A value as it is read back.
pub(super) fn exact(value: &Value) -> String {
    match value {
        Value::Nothing => String::new(),
        Value::Text(text) => text.clone(),
        Value::Whole(number) => number.to_string(),
        Value::Number(number, _) => number.to_string(),
        Value::Truth(truth) => if *truth { "yes" } else { "no" }.to_owned(),
        Value::Instant(at) => at.to_rfc3339(),
        Value::Date(date) => date.to_string(),
        Value::Amount(amount) => super::json::amount(*amount),
    }
}
