//! Tables that go out: as text, CSV, JSON or an Excel workbook.

mod csv;
mod json;
mod text;
mod xlsx;

use std::borrow::Cow;
use std::io::Write;

use chrono::{DateTime, NaiveDate};
use klokuur::Zone;
use klokuur::sla::Amount;

use crate::failure::Result;

/// In which form a table goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Aligned columns, for people.
    Text,
    /// Commas, UTF-8; times with their offset, amounts as ISO 8601 (PT24H30M).
    Csv,
    /// A list of records.
    Json,
    /// An Excel workbook: local times, amounts as hours.
    Xlsx,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Nothing,
    /// A text or a name.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// Any number, with how many digits behind the point people see.
    Number(f64, usize),
    /// Yes or no.
    Truth(bool),
    /// An instant, in the zone in which it is shown.
    Instant(DateTime<Zone>),
    /// A date.
    Date(NaiveDate),
    /// An amount of time.
    Amount(Amount),
}

impl Value {
    /// A text, where there is one.
    pub fn text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Nothing, |text| Self::Text(text.into()))
    }

    /// A count.
    pub fn count(count: impl TryInto<i64>) -> Self {
        Self::Whole(count.try_into().unwrap_or(i64::MAX))
    }
}

/// The rows of a table as they come.
type Rows<'r, 'i> = &'i mut dyn Iterator<Item = Cow<'r, Vec<Value>>>;

/// A table: a name, columns and rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// What it is called: the name of the sheet in a workbook.
    pub name: &'static str,
    /// The columns.
    pub columns: Vec<&'static str>,
    /// The rows, each with as many cells as there are columns.
    pub rows: Vec<Vec<Value>>,
}

impl Sheet {
    /// A table without rows.
    pub fn new(name: &'static str, columns: &[&'static str]) -> Self {
        Self { name, columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Writes it.
    ///
    /// # Errors
    /// - an output that cannot be written to
    pub fn write(&self, format: Format, to: &mut dyn Write) -> Result<()> {
        self.write_with(&mut std::iter::empty(), format, to)
    }

    /// The same with more rows behind its own: CSV and JSON write them as they come.
    ///
    /// # Errors
    /// - as [`write`](Self::write)
    pub fn write_with(
        &self,
        rows: &mut dyn Iterator<Item = Vec<Value>>,
        format: Format,
        to: &mut dyn Write,
    ) -> Result<()> {
        let mut all = self.rows.iter().map(Cow::Borrowed).chain(rows.map(Cow::Owned));
        match format {
            Format::Csv => csv::write(&self.columns, &mut all, to),
            Format::Json => json::write(&self.columns, &mut all, to),
            Format::Text => text::write(&self.with(all), to),
            Format::Xlsx => xlsx::write(&self.with(all), to),
        }
    }

    fn with<'r>(&self, rows: impl Iterator<Item = Cow<'r, Vec<Value>>>) -> Self {
        Self { rows: rows.map(Cow::into_owned).collect(), columns: self.columns.clone(), name: self.name }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let at: DateTime<chrono::Utc> = "2026-07-01T10:00:00Z".parse().unwrap();
        let zone: Zone = "Europe/Amsterdam".parse().unwrap();
        let mut sheet = Sheet::new("cases", &["case", "at", "hours", "late", "count", "share"]);
        sheet.rows.push(vec![
            Value::Text("a, \"b\"".into()),
            Value::Instant(at.with_timezone(&zone)),
            Value::Amount(Amount::business_hours(30)),
            Value::Truth(false),
            Value::Whole(12),
            Value::Number(0.123_456, 1),
        ]);
        sheet.rows.push(vec![
            Value::Text("\u{1b}[31mred".into()),
            Value::Nothing,
            Value::Nothing,
            Value::Truth(true),
            Value::Whole(3),
            Value::Nothing,
        ]);
        sheet
    }

    fn written(format: Format) -> String {
        let mut out = Vec::new();
        sheet().write(format, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn csv_keeps_every_value() {
        let expected = "case,at,hours,late,count,share\n\
                        \"a, \"\"b\"\"\",2026-07-01T12:00:00+02:00,PT30H,no,12,0.123456\n\
                        \u{1b}[31mred,,,yes,3,\n";
        assert_eq!(written(Format::Csv), expected);
    }

    #[test]
    fn json_is_records_with_kinds() {
        let records: serde_json::Value = serde_json::from_str(&written(Format::Json)).unwrap();
        let first = serde_json::json!({
            "case": "a, \"b\"", "at": "2026-07-01T12:00:00+02:00", "hours": "PT30H", "late": false, "count": 12,
            "share": 0.123_456
        });
        assert_eq!(records[0], first);
        assert_eq!(records[1]["at"], serde_json::Value::Null);
    }

    #[test]
    fn a_terminal_is_not_steered() {
        let text = written(Format::Text);
        assert!(!text.contains('\u{1b}') && text.contains("30 h") && text.contains("0.1"), "{text}");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| !line.ends_with(' ')), "{text}");
    }

    #[test]
    fn a_workbook_reads_back() {
        use calamine::{Data, Reader, Xlsx};
        let mut out = Vec::new();
        sheet().write(Format::Xlsx, &mut out).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(out)).unwrap();
        let range = book.worksheet_range("cases").unwrap();
        assert_eq!(range.get_value((1, 0)), Some(&Data::String("a, \"b\"".into())));
        let local: chrono::NaiveDateTime = "2026-07-01T12:00:00".parse().unwrap();
        let Some(Data::DateTime(at)) = range.get_value((1, 1)) else { panic!("no time") };
        assert_eq!(at.as_datetime(), Some(local));
        assert_eq!(range.get_value((1, 2)), Some(&Data::Float(30.0)));
        assert_eq!(range.get_value((1, 4)), Some(&Data::Float(12.0)));
    }
}
