//! Files as rows: CSV and TSV, Excel workbooks, JSON lines and documents, packed with gzip or not.
//!
//! What a file is, its bytes say, not its name. It is read in one encoding, never row by row (see
//! [`klokuur::log::text_of`]). A row that is none is told with its line and left out; a file that is none is an error
//! that says what is really in it.

mod bytes;
mod cells;
mod delimited;
mod json;
mod quotes;
mod workbook;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use klokuur::Zone;
use klokuur::log::{Encoding, Table, text_of};

pub use bytes::Bound;
pub(crate) use bytes::said;
pub use cells::{Cells, join_cells};

use crate::failure::{Failure, Result};

/// How a file is read, and what of it is looked at.
#[derive(Debug, Clone, Default)]
pub struct Wanted<'a> {
    /// The columns to keep; all of them without.
    pub columns: Option<BTreeSet<String>>,
    /// Those that must be there: they decide what separates the fields, and which sheet is read.
    pub needed: &'a [&'a str],
    /// The stated encoding of a text; else what its bytes say.
    pub encoding: Option<Encoding>,
    /// The stated separator of fields.
    pub separator: Option<u8>,
    /// How many lines stand before the header.
    pub lead_lines: u32,
    /// The sheet of a workbook.
    pub sheet: Option<&'a str>,
    /// The path to the list of records in a JSON document.
    pub records: Option<&'a str>,
    /// The path in a record to the list of which each element is a row.
    pub each: Option<&'a str>,
    /// Columns that are made of others: name → those whose cells are joined.
    pub join: BTreeMap<String, Vec<String>>,
    /// In which zone a workbook's dates and times are meant.
    pub zone: Option<Zone>,
    /// How many rows are read at most.
    pub most_rows: Option<usize>,
    /// How much is read at most.
    pub bound: Bound,
}

impl Wanted<'_> {
    /// The places of the columns that are kept.
    fn kept(&self, names: &[String]) -> Vec<usize> {
        let is_kept = |name: &String| self.columns.as_ref().is_none_or(|columns| columns.contains(name));
        names.iter().enumerate().filter(|(_, name)| is_kept(name)).map(|(place, _)| place).collect()
    }

    fn goes_on(&self, found: &Found) -> bool {
        self.most_rows.is_none_or(|most| found.cells.len() < most)
    }
}

/// What was found in a file.
#[derive(Debug, Default)]
pub struct Found {
    /// The rows, with the columns that were asked for.
    pub cells: Cells,
    /// All columns that are there.
    pub columns: Vec<String>,
    /// Rows that are none, by their lines, each with what is wrong and what is accepted.
    pub broken: Vec<(usize, String)>,
    /// What is to be known of the file, each thing once.
    pub told: Vec<String>,
    /// What kind of file it is.
    pub format: &'static str,
}

impl Found {
    fn new(cells: Cells) -> Self {
        Self { cells, ..Self::default() }
    }
}

/// The text of a file that is one document, in whatever encoding its bytes are.
pub(crate) fn text(path: &Path, bound: Bound) -> Result<String> {
    let content = bytes::content(path, bound)?;
    if let Some(broken) = content.broken {
        return Err(Failure::of_file(path, broken));
    }
    let (text, _) = text_of(&content.bytes, None).map_err(|problem| Failure::of_file(path, problem))?;
    Ok(text.into_owned())
}

/// Reads a file; `-` is the standard input.
///
/// # Errors
/// - a file that is not there, may not be read, or is larger than the bound, packed or not
/// - bytes that are neither text nor a workbook, or text in more than one encoding
/// - JSON that is none, a workbook without the stated sheet, a text without a header
/// - a file of which every row is none: the error says why the first is
pub fn read(path: &Path, wanted: &Wanted<'_>) -> Result<Found> {
    let content = bytes::content(path, wanted.bound)?;
    let fault = |problem: String| Failure::of_file(path, problem);
    let mut found = if workbook::is_archive(&content.bytes) {
        let found = workbook::read(&content.bytes, wanted, wanted.bound).map_err(fault)?;
        Found { format: "Excel workbook", ..found }
    } else {
        let (text, encoding) =
            text_of(&content.bytes, wanted.encoding).map_err(|problem| fault(problem.to_string()))?;
        let (format, read) = match json::is_json(&text) {
            true => ("JSON", json::read(&text, wanted)),
            false => ("CSV", delimited::read(&text, wanted)),
        };
        let mut found = Found { format, ..read.map_err(fault)? };
        if wanted.encoding.is_none() && encoding == Encoding::Windows1252 {
            let told = "read as windows-1252, because it is no UTF-8; a mapping can state it, as encoding = ";
            found.told.push(format!("{told}\"windows-1252\""));
        }
        if let Some(stated) = wanted.encoding.filter(|stated| *stated != encoding) {
            found.told.push(format!("read as {encoding}, as its bytes show, though {stated} is stated"));
        }
        found
    };
    for (name, columns) in &wanted.join {
        let there = found.cells.names();
        let places = columns.iter().map(|column| there.iter().position(|name| name == column));
        // Without one of them the column is not there, and the error names those that are.
        if let Some(places) = places.collect::<Option<Vec<usize>>>() {
            found.cells = found.cells.joined(name, &places).map_err(fault)?;
            found.columns.push(name.clone());
        }
    }
    // Nothing at all is no table, and must not pass for one in which nothing happened.
    if let Some((line, why)) = found.broken.first().filter(|_| found.cells.is_empty()) {
        return Err(Failure::of_file(
            path,
            format!("no row can be read, {} {line}: {why}", found.cells.unit()),
        ));
    }
    if let Some(broken) = content.broken {
        let line = found.cells.len().checked_sub(1).map_or(0, |last| found.cells.number(last));
        found.broken.push((line, broken));
    }
    Ok(found)
}
