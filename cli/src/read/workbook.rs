//! Excel workbooks (.xlsx): the rows of one sheet, cell by cell, so that an empty million of rows takes no room.

use std::io::Cursor;

use calamine::{DataRef, DataType, Reader, Xlsx, XlsxError};

use super::bytes::Bound;
use super::cells::{Cells, DATE_AND_TIME, WRITTEN};
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

/// An archive says how large its parts are: those of a bomb are not unpacked.
fn check_size(bytes: &[u8], bound: Bound) -> Result<(), String> {
    let archive = zip::ZipArchive::new(Cursor::new(bytes));
    let archive = archive.map_err(|problem| format!("it is a damaged archive: {problem}"))?;
    match archive.decompressed_size() {
        Some(size) if size > u128::from(bound.bytes()) => Err(format!("it unpacks to {}", bound.said())),
        _ => Ok(()),
    }
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
        if row < self.wanted.lead_lines || cells.iter().all(String::is_empty) {
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
        let kept = self.kept.iter().map(|place| cells.get(*place).map_or("", String::as_str));
        // People see the first row as 1.
        found.cells.push(row as usize + 1, kept)
    }
}

/// A cell as text; dates and times are marked, so that a pattern of times in text does not touch them.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => if *truth { "yes" } else { "no" }.to_owned(),
        DataRef::DateTime(_) => match value.as_datetime() {
            Some(at) => format!("{DATE_AND_TIME}{}", at.format(WRITTEN)),
            None => String::new(),
        },
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        // As Excel shows it.
        DataRef::Error(error) => error.to_string(),
    }
}
