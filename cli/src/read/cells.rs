//! The rows of a file in one piece of memory: a log of a million rows is a few allocations.

use chrono::NaiveDateTime;
use klokuur::log::{Cell, Table};
use klokuur::{KlokuurError, Zone};

/// What stands before a date and time that a workbook holds as such: no text of a cell begins so, because
/// a reader writes none.
pub(super) const DATE_AND_TIME: char = '\u{1}';
/// How it is written behind that.
pub(super) const WRITTEN: &str = "%Y-%m-%dT%H:%M:%S%.f";

/// The rows of a file: names of columns and cells of text.
#[derive(Debug, Default)]
pub struct Cells {
    names: Vec<String>,
    /// All cells, one behind the other.
    text: String,
    /// Where each cell ends, counted from the start of its row.
    ends: Vec<u32>,
    rows: Vec<RowStart>,
    unit: &'static str,
    /// In which zone a workbook's dates and times are meant.
    zone: Option<Zone>,
}

#[derive(Debug, Clone, Copy)]
struct RowStart {
    text: usize,
    cell: usize,
    number: usize,
}

impl Cells {
    /// No rows yet, under these columns; `unit` is what the numbers of rows count.
    pub(super) fn new(names: Vec<String>, unit: &'static str, zone: Option<Zone>) -> Self {
        Self { names, unit, zone, ..Self::default() }
    }

    /// Adds a row with its number. Cells that it does not have are nothing.
    ///
    /// # Errors
    /// - a row of more than 4 GiB
    pub(super) fn push<C: AsRef<str>>(
        &mut self,
        number: usize,
        cells: impl IntoIterator<Item = C>,
    ) -> Result<(), String> {
        let start = RowStart { text: self.text.len(), cell: self.ends.len(), number };
        for cell in cells {
            self.text.push_str(cell.as_ref());
            let end = u32::try_from(self.text.len() - start.text);
            self.ends.push(end.map_err(|_| "a row of more than 4 GiB: accepted is less".to_owned())?);
        }
        self.rows.push(start);
        Ok(())
    }

    /// The same rows with one more column: the cells of some columns, joined by ` / `; nothing where all of them are
    /// empty.
    ///
    /// # Errors
    /// - as [`push`](Self::push)
    pub(super) fn joined(&self, name: &str, places: &[usize]) -> Result<Self, String> {
        let names = self.names.iter().cloned().chain([name.to_owned()]).collect();
        let mut cells = Self::new(names, self.unit, self.zone);
        for row in 0..self.rows.len() {
            let joined = join_cells(places.iter().map(|place| self.shown(row, *place)));
            let own = (0..self.names.len()).map(|column| self.text(row, column));
            cells.push(self.number(row), own.chain([joined.as_str()]))?;
        }
        Ok(cells)
    }

    /// Gives back the memory of the rows; the columns and what rows are called stay.
    pub(crate) fn clear(&mut self) {
        (self.text, self.ends, self.rows) = Default::default();
    }

    /// The columns, where they are found as the rows come.
    pub(super) fn set_names(&mut self, names: Vec<String>) {
        self.names = names;
    }

    /// The text of a cell; empty where there is none.
    pub fn text(&self, row: usize, column: usize) -> &str {
        self.text_of(row, column).unwrap_or_default()
    }

    fn text_of(&self, row: usize, column: usize) -> Option<&str> {
        let at = self.rows.get(row)?;
        let next = self.rows.get(row + 1).map_or(self.ends.len(), |next| next.cell);
        let cell = at.cell.checked_add(column).filter(|cell| *cell < next)?;
        let end = at.text + *self.ends.get(cell)? as usize;
        let start = match column {
            0 => at.text,
            _ => at.text + *self.ends.get(cell - 1)? as usize,
        };
        self.text.get(start..end)
    }

    /// The text of a cell as a person would write it: dates of a workbook too.
    pub fn shown(&self, row: usize, column: usize) -> &str {
        self.text(row, column).trim_start_matches(DATE_AND_TIME)
    }
}

/// The cells of one row as one: joined by ` / `, or nothing where all of them are empty.
pub fn join_cells<'c>(cells: impl IntoIterator<Item = &'c str>) -> String {
    let parts: Vec<&str> = cells.into_iter().map(str::trim).collect();
    if parts.iter().all(|part| part.is_empty()) { String::new() } else { parts.join(" / ") }
}

impl Table for Cells {
    fn names(&self) -> Vec<&str> {
        self.names.iter().map(String::as_str).collect()
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn cell(&self, row: usize, column: usize) -> klokuur::Result<Cell<'_>> {
        let Some(text) = self.text_of(row, column) else { return Ok(Cell::Missing) };
        let Some(written) = text.strip_prefix(DATE_AND_TIME) else { return Ok(Cell::Text(text)) };
        match (self.zone, NaiveDateTime::parse_from_str(written, WRITTEN)) {
            (Some(zone), Ok(local)) => {
                // Of two equal local times it is the earlier, as for times in text.
                let at = local.and_local_timezone(zone).earliest();
                let at = at.ok_or_else(|| KlokuurError::InvalidValue {
                    what: "time",
                    given: written.to_owned(),
                    accepted: format!("a time that was: in {zone} the clock was put forward over it"),
                })?;
                Ok(Cell::Instant(at.to_utc()))
            }
            // Without a zone it is as a text without an offset: the core says what is missing.
            _ => Ok(Cell::Text(written)),
        }
    }

    fn number(&self, row: usize) -> usize {
        self.rows.get(row).map_or(row, |start| start.number)
    }

    fn unit(&self) -> &'static str {
        self.unit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_may_be_shorter_than_the_header() {
        let mut cells = Cells::new(vec!["a".into(), "b".into()], "line", None);
        cells.push(2, ["1", ""]).unwrap();
        cells.push(5, ["x"]).unwrap();
        cells.push(6, ["", "é"]).unwrap();
        assert_eq!(cells.cell(0, 0).unwrap(), Cell::Text("1"));
        assert_eq!(cells.cell(0, 1).unwrap(), Cell::Text(""));
        assert_eq!(cells.cell(1, 1).unwrap(), Cell::Missing);
        assert_eq!(cells.cell(2, 1).unwrap(), Cell::Text("é"));
        assert_eq!(cells.cell(3, 0).unwrap(), Cell::Missing);
        assert_eq!((cells.number(1), cells.unit()), (5, "line"));
    }

    #[test]
    fn dates_of_a_workbook_are_instants_where_a_zone_is_stated() {
        let written = format!("{DATE_AND_TIME}2026-07-01T12:00:00");
        let mut cells = Cells::new(vec!["at".into()], "row", "Europe/Amsterdam".parse().ok());
        cells.push(2, [&written]).unwrap();
        let at = "2026-07-01T10:00:00Z".parse().unwrap();
        assert_eq!(cells.cell(0, 0).unwrap(), Cell::Instant(at));
        let mut cells = Cells::new(vec!["at".into()], "row", None);
        cells.push(2, [&written]).unwrap();
        assert_eq!(cells.cell(0, 0).unwrap(), Cell::Text("2026-07-01T12:00:00"));
    }
}
