//! An Excel workbook: local times, which is what Excel has, and amounts in hours, as `for_excel` of Python gives them.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{Format as CellFormat, Workbook, XlsxError};

use super::{Sheet, Value};
use crate::failure::{Failure, Result};

/// What a cell of Excel takes.
const LONGEST: usize = 32_767;
/// What a sheet of Excel takes, the header among them.
const MOST_ROWS: usize = 1_048_576;
const NANOSECONDS_AN_HOUR: f64 = 3_600e9;

pub(super) fn write(sheet: &Sheet, to: &mut dyn Write) -> Result<()> {
    if sheet.rows.len() >= MOST_ROWS {
        let rows = sheet.rows.len();
        let problem =
            format!("{rows} rows do not go into a sheet of Excel: accepted are {}, or CSV", MOST_ROWS - 1);
        return Err(Failure::Argument(problem));
    }
    let bytes = workbook(sheet).map_err(|problem| Failure::Output(std::io::Error::other(problem)))?;
    to.write_all(&bytes)?;
    Ok(())
}

fn workbook(sheet: &Sheet) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet();
    page.set_name(sheet.name)?;
    let (bold, time) =
        (CellFormat::new().set_bold(), CellFormat::new().set_num_format("yyyy-mm-dd hh:mm:ss"));
    let (date, hours) =
        (CellFormat::new().set_num_format("yyyy-mm-dd"), CellFormat::new().set_num_format("0.00"));
    for (column, name) in (0_u16..).zip(&sheet.columns) {
        page.write_string_with_format(0, column, *name, &bold)?;
        page.set_column_width(column, 18)?;
    }
    for (row, values) in (1_u32..).zip(&sheet.rows) {
        for (column, value) in (0_u16..).zip(values) {
            match value {
                Value::Nothing => {}
                Value::Text(text) => {
                    let text: String = text.chars().take(LONGEST).collect();
                    page.write_string(row, column, text)?;
                }
                Value::Whole(number) => {
                    page.write_number(row, column, *number as f64)?;
                }
                Value::Number(number, _) => {
                    page.write_number(row, column, *number)?;
                }
                Value::Truth(truth) => {
                    page.write_boolean(row, column, *truth)?;
                }
                Value::Instant(at) => {
                    page.write_datetime_with_format(row, column, at.naive_local(), &time)?;
                }
                Value::Date(on) => {
                    page.write_datetime_with_format(row, column, *on, &date)?;
                }
                Value::Amount(amount) => {
                    let count = amount.as_nanoseconds() as f64 / NANOSECONDS_AN_HOUR;
                    page.write_number_with_format(row, column, count, &hours)?;
                }
            }
        }
    }
    page.set_freeze_panes(1, 0)?;
    let mut bytes = Cursor::new(Vec::new());
    workbook.save_to_writer(&mut bytes)?;
    Ok(bytes.into_inner())
}
