//! A log as it comes: named columns, and cells.

use chrono::{DateTime, Utc};

use crate::error::Result;

/// What stands in one cell.
///
/// Shown at [`Rows`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell<'a> {
    /// Nothing. An empty text is nothing too, and so is `?`, which exports of help desks write.
    Missing,
    /// A text, as it is written.
    Text(&'a str),
    /// An instant, from a column that holds such.
    Instant(DateTime<Utc>),
}

/// A log in rows and named columns.
///
/// Shown at [`Rows`].
pub trait Table {
    /// The names of the columns, in their order.
    fn names(&self) -> Vec<&str>;

    /// How many rows there are.
    fn len(&self) -> usize;

    /// Whether there are no rows.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The cell of a row, from 0, in the column with this place in [`names`](Self::names).
    ///
    /// # Errors
    /// - a cell that holds nothing that a log can say, such as an instant outside of what a date and time can be
    fn cell(&self, row: usize, column: usize) -> Result<Cell<'_>>;

    /// The instant of a cell in nanoseconds since 1970, where the column holds instants as numbers: the same as
    /// [`cell`](Self::cell) says, sooner. Nothing where it does not, or where there is no instant that these
    /// nanoseconds can say.
    fn nanoseconds(&self, row: usize, column: usize) -> Option<i64> {
        let _ = (row, column);
        None
    }

    /// The number that the caller knows a row by, such as its line in a file: `row` itself when not said otherwise.
    fn number(&self, row: usize) -> usize {
        row
    }

    /// What that number counts: rows, when not said otherwise.
    fn unit(&self) -> &'static str {
        "row"
    }

    /// How many cells a row really has, where rows may be shorter or longer than the header.
    fn width(&self, row: usize) -> Option<usize> {
        let _ = row;
        None
    }
}

/// A log in rows of text.
///
/// ```
/// # use klokuur::log::{Cell, Rows, Table};
/// let rows = Rows::new(["case", "subject"], [vec!["K-1", "delivery"], vec!["K-2"]]);
/// assert_eq!((rows.len(), rows.names()), (2, vec!["case", "subject"]));
/// assert!(matches!(rows.cell(0, 1)?, Cell::Text("delivery")));
/// assert!(matches!(rows.cell(1, 1)?, Cell::Missing)); // a short row
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Rows {
    names: Vec<String>,
    cells: Vec<Vec<String>>,
    lines: Option<Vec<usize>>,
}

impl Rows {
    /// The header and the rows.
    pub fn new<C: Into<String>>(
        names: impl IntoIterator<Item = impl Into<String>>,
        rows: impl IntoIterator<Item = impl IntoIterator<Item = C>>,
    ) -> Self {
        let cells = rows.into_iter().map(|row| row.into_iter().map(Into::into).collect()).collect();
        Self { names: names.into_iter().map(Into::into).collect(), cells, lines: None }
    }

    /// The same rows, known by their lines in a file.
    pub fn with_lines(mut self, lines: Vec<usize>) -> Self {
        self.lines = Some(lines);
        self
    }
}

impl Table for Rows {
    fn names(&self) -> Vec<&str> {
        self.names.iter().map(String::as_str).collect()
    }

    fn len(&self) -> usize {
        self.cells.len()
    }

    fn cell(&self, row: usize, column: usize) -> Result<Cell<'_>> {
        let cell = self.cells.get(row).and_then(|cells| cells.get(column));
        Ok(cell.map_or(Cell::Missing, |text| Cell::Text(text)))
    }

    fn number(&self, row: usize) -> usize {
        self.lines.as_ref().and_then(|lines| lines.get(row).copied()).unwrap_or(row)
    }

    fn unit(&self) -> &'static str {
        if self.lines.is_some() { "line" } else { "row" }
    }

    fn width(&self, row: usize) -> Option<usize> {
        self.cells.get(row).map(Vec::len)
    }
}
