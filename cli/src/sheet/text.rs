//! Aligned columns, for people.

use std::io::Write;

use super::{Sheet, Value};
use crate::failure::Result;
use crate::say::plain;

/// A longer text is cut: every other form has all of it.
const LONGEST: usize = 48;

pub(super) fn write(sheet: &Sheet, to: &mut dyn Write) -> Result<()> {
    let header = sheet.columns.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let rows = sheet.rows.iter().map(|row| row.iter().map(shown).collect::<Vec<_>>());
    let lines: Vec<Vec<String>> = std::iter::once(header).chain(rows).collect();
    let width_of = |column: usize| {
        lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max()
    };
    let widths: Vec<usize> =
        (0..sheet.columns.len()).map(|column| width_of(column).unwrap_or_default()).collect();
    let is_number = |column: usize| {
        let mut cells =
            sheet.rows.iter().filter_map(|row| row.get(column)).filter(|value| **value != Value::Nothing);
        let is_number = |value: &Value| matches!(value, Value::Whole(_) | Value::Number(..));
        cells.next().is_some_and(is_number) && cells.all(is_number)
    };
    let right: Vec<bool> = (0..sheet.columns.len()).map(is_number).collect();
    for line in &lines {
        let mut text = String::new();
        for ((cell, width), right) in line.iter().zip(&widths).zip(&right) {
            let space = " ".repeat(width.saturating_sub(cell.chars().count()));
            match right {
                true => text.extend([space.as_str(), cell]),
                false => text.extend([cell, space.as_str()]),
            }
            text.push_str("  ");
        }
        writeln!(to, "{}", text.trim_end())?;
    }
    Ok(())
}

fn shown(value: &Value) -> String {
    let text = match value {
        Value::Nothing => String::new(),
        Value::Text(text) => plain(text),
        Value::Number(number, digits) => format!("{number:.digits$}"),
        Value::Instant(at) => at.format("%a %Y-%m-%d %H:%M").to_string(),
        Value::Amount(amount) => amount.to_string(),
        other => super::csv::exact(other),
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}
