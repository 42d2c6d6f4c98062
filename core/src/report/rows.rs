//! What was read, and what was not.

use serde::{Deserialize, Serialize};

/// A row that is not in the picture, and why.
///
/// Shown at [`ReadRows`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SkippedRow {
    /// The file or table.
    pub file: String,
    /// Its line, or its place, by the numbers that came with the data.
    pub line: usize,
    /// What is wrong, and what is accepted.
    pub why: String,
}

/// How the data of a picture were read. A reader fills it in; rows that a case or a norm refuses join it.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::Rulebook;
/// # use klokuur::report::{Picture, ReadRows, SellerData, SkippedRow};
/// let skipped = SkippedRow { file: "cases.csv".into(), line: 7, why: "`at` is empty: accepted is a time".into() };
/// let read = ReadRows { rows: Some(120), skipped: vec![skipped], ..ReadRows::default() };
/// let now: DateTime<Utc> = "2026-03-16T08:30:00Z".parse()?;
/// let picture = Picture::of(&SellerData::of_events([]).with_read_rows(read), &Rulebook::bol(), now)?;
/// assert_eq!(picture.read.skipped[0].line, 7); // stands in the picture, and is told on its page
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadRows {
    /// What the case log is called where it was read.
    pub cases_file: String,
    /// What the order lines are called.
    pub orders_file: String,
    /// All rows that were read; none where the data did not come in rows.
    pub rows: Option<usize>,
    /// Rows of the case log that are no event by its mapping.
    pub updates: usize,
    /// The rows that could not be used.
    pub skipped: Vec<SkippedRow>,
    /// What was noticed while reading, each thing once.
    pub told: Vec<String>,
    /// How many events, orders, answers and calls are of after the instant of the picture, and were not looked at.
    pub later: usize,
}

impl Default for ReadRows {
    fn default() -> Self {
        Self {
            cases_file: "cases".into(),
            orders_file: "orders".into(),
            rows: None,
            updates: 0,
            skipped: Vec::new(),
            told: Vec::new(),
            later: 0,
        }
    }
}
