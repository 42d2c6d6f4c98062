//! What was read, and what was not.

use serde::{Deserialize, Serialize};

/// A row that is not in the picture, and why.
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
