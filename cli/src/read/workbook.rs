//! Excel workbooks (.xlsx): the rows of one sheet, cell by cell, so that an empty million of rows takes no room.

use std::io::{Cursor, Read};

use calamine::{DataRef, DataType, ExcelDateTime, Reader, Xlsx, XlsxError};
use chrono::{NaiveDate, NaiveTime};

use super::bytes::Bound;
use super::cells::{Cells, DATE_AND_TIME, WRITTEN};
use super::json::ROUNDED_FROM;
use super::{Found, Wanted};

/// Whether these bytes are an archive, as a workbook is.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The rows of a sheet: the one that is stated, or else the first that has the needed columns, or else the first.
///
/// # Errors
/// - an archive that is no workbook, and one that unpacks to more than the bound
/// - a sheet that is not there, or has no header
pub(super) fn read(bytes: &[u8], wanted: &Wanted<'_>, bound: Bound) -> Result<Found, String> {
    check_size(bytes, bound)?;
    let accepted = "accepted is an Excel workbook (.xlsx), CSV or JSON";
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes))
        .map_err(|problem| format!("it is a zip archive but no workbook ({problem}): {accepted}"))?;
    let sheets = workbook.sheet_names();
    let chosen = match wanted.sheet {
        Some(sheet) if sheets.iter().any(|name| name == sheet) => vec![sheet.to_owned()],
        Some(sheet) => return Err(format!("it has no sheet `{sheet}`: there are {}", sheets.join(", "))),
        None => sheets,
    };
    let mut first = None;
    for sheet in &chosen {
        let found = sheet_of(&mut workbook, sheet, wanted)
            .map_err(|problem| format!("sheet `{sheet}`: {problem}"))?;
        let Some(mut found) = found else { continue };
        let is_it = wanted.needed.iter().all(|needed| found.columns.iter().any(|name| name == needed));
        if chosen.len() > 1 {
            found.told.push(format!("sheet `{sheet}` was read, of {}", chosen.join(", ")));
        }
        if is_it {
            return Ok(found);
        }
        first.get_or_insert(found);
    }
    first.ok_or_else(|| "it has no cells: accepted is a header and rows".to_owned())
}

/// Unpacks every part once and keeps nothing: what an archive says of its size need not be so.
fn check_size(bytes: &[u8], bound: Bound) -> Result<(), String> {
    let damaged = |problem: &dyn std::fmt::Display| format!("it is a damaged archive: {problem}");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|problem| damaged(&problem))?;
    let mut left = bound.bytes();
    for part in 0..archive.len() {
        let part = archive.by_index(part).map_err(|problem| damaged(&problem))?;
        let unpacked = std::io::copy(&mut part.take(left.saturating_add(1)), &mut std::io::sink());
        let unpacked = unpacked.map_err(|problem| damaged(&problem))?;
        left = left.checked_sub(unpacked).ok_or_else(|| format!("it unpacks to {}", bound.said()))?;
    }
    Ok(())
}

fn sheet_of(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
    wanted: &Wanted<'_>,
) -> Result<Option<Found>, String> {
    let said = |problem: XlsxError| problem.to_string();
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(said)?;
    let mut rows = Rows { wanted, found: None, kept: Vec::new() };
    let mut row: Vec<String> = Vec::new();
    let mut at = 0_u32;
    while let Some(cell) = cells.next_cell().map_err(said)? {
        let (line, column) = cell.get_position();
        if line != at {
            rows.take(at, &mut row)?;
            at = line;
        }
        if rows.found.as_ref().is_some_and(|found| !wanted.goes_on(found)) {
            break;
        }
        let column = column as usize;
        // A row has 16,384 columns at most; what comes twice is the later one.
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        if let Some(slot) = row.get_mut(column) {
            *slot = text_of(cell.get_value());
        }
    }
    rows.take(at, &mut row)?;
    Ok(rows.found)
}

struct Rows<'a, 'w> {
    wanted: &'a Wanted<'w>,
    found: Option<Found>,
    kept: Vec<usize>,
}

impl Rows<'_, '_> {
    /// Takes a row, from 0; the first behind the lead lines is the header.
    fn take(&mut self, row: u32, cells: &mut Vec<String>) -> Result<(), String> {
        let cells = std::mem::take(cells);
        if row < self.wanted.lead_lines || cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        let Some(found) = &mut self.found else {
            let names: Vec<String> = cells.iter().map(|name| name.trim().to_owned()).collect();
            self.kept = self.wanted.kept(&names);
            let kept = self.kept.iter().filter_map(|place| names.get(*place)).cloned().collect();
            let mut found = Found::new(Cells::new(kept, "row", self.wanted.zone));
            found.columns = names;
            self.found = Some(found);
            return Ok(());
        };
        if !self.wanted.goes_on(found) {
            return Ok(());
        }
        let kept = || self.kept.iter().map(|place| cells.get(*place).map_or("", String::as_str));
        // People see the first row as 1.
        let number = row as usize + 1;
        if let Some(rounded) = kept().find_map(|cell| cell.strip_prefix(ROUNDED)) {
            let why = format!("the number {rounded} is rounded, so large it is: accepted is a cell of text");
            found.broken.push((number, why));
            return Ok(());
        }
        found.cells.push(number, kept())
    }
}

/// What stands before a number that is not the one that was typed: a workbook keeps fifteen digits.
const ROUNDED: char = '\u{2}';

/// A cell as text; dates and times are marked, so that a pattern of times in text does not touch them.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if number.abs() >= ROUNDED_FROM => format!("{ROUNDED}{number}"),
        DataRef::Float(number) => number.to_string(),
        // As JSON and CSV write it, so that a state that is joined of it has one name.
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(amount) if amount.is_duration() => duration(amount),
        DataRef::DateTime(_) => match value.as_datetime() {
            Some(at) => format!("{DATE_AND_TIME}{}", at.format(WRITTEN)),
            None => String::new(),
        },
        DataRef::DateTimeIso(text) => {
            let date = || text.parse::<NaiveDate>().ok().map(|date| date.and_time(NaiveTime::MIN));
            let at = value.as_datetime().or_else(date);
            at.map_or_else(|| text.clone(), |at| format!("{DATE_AND_TIME}{}", at.format(WRITTEN)))
        }
        DataRef::DurationIso(text) => text.clone(),
        // As Excel shows it.
        DataRef::Error(error) => error.to_string(),
    }
}

/// Hours, minutes and seconds: no date and no time of day, so that it is refused where one is needed.
fn duration(amount: &ExcelDateTime) -> String {
    let seconds = amount.as_duration().map_or(0, |amount| amount.num_seconds());
    let (sign, seconds) = (if seconds < 0 { "-" } else { "" }, seconds.unsigned_abs());
    format!("{sign}{}:{:02}:{:02} hours", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    /// An archive of one part with so many bytes.
    fn archive(size: usize) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).unwrap();
        writer.write_all(&vec![b' '; size]).unwrap();
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn dates_are_marked_in_whatever_form_a_workbook_has_them() {
        let text = |text: &str| text_of(&DataRef::DateTimeIso(text.to_owned()));
        assert_eq!(text("2026-03-13T15:00:00"), format!("{DATE_AND_TIME}2026-03-13T15:00:00"));
        assert_eq!(text("2026-03-13"), format!("{DATE_AND_TIME}2026-03-13T00:00:00"));
        // With an offset it says which instant it is.
        assert_eq!(text("2026-03-13T15:00:00Z"), "2026-03-13T15:00:00Z");
    }

    #[test]
    fn what_unpacks_to_more_than_the_bound_is_refused_whatever_it_says_of_itself() {
        let size = 3 << 20;
        let bomb = archive(size);
        assert!(bomb.len() < 10_000);
        let refused = "it unpacks to more than 2 MiB: accepted is less, or a larger --max-mib";
        assert_eq!(check_size(&bomb, Bound { mib: 2 }).unwrap_err(), refused);
        assert_eq!(check_size(&bomb, Bound { mib: 3 }), Ok(()));
        // The same archive, which says that it is a hundred bytes.
        let (told, lie) = ((size as u32).to_le_bytes(), 100_u32.to_le_bytes());
        let mut liar = bomb;
        let mut places = 0;
        for at in 0..liar.len() - 4 {
            if liar[at..at + 4] == told {
                liar[at..at + 4].copy_from_slice(&lie);
                places += 1;
            }
        }
        assert!(places >= 2);
        assert!(check_size(&liar, Bound { mib: 2 }).is_err());
    }
}
