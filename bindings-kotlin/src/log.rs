//! Logs in rows of text, and the mappings by which they become events.

use std::sync::Arc;

use klokuur::KlokuurError as CoreError;
use klokuur::log::{self, Mapping, Rows};

use crate::case_event::CaseEvent;
use crate::error::Result;
use crate::rulebook::Rulebook;
use crate::time::signed;

/// How another system's log is read: which column is what, and which state is which event. Immutable.
#[derive(Debug, uniffi::Object)]
pub struct LogMapping(Mapping);

#[uniffi::export]
impl LogMapping {
    /// The mapping of a log in the case log's own schema.
    #[uniffi::constructor]
    pub fn own() -> Arc<Self> {
        Arc::new(Self(Mapping::default()))
    }

    /// A mapping from TOML.
    ///
    /// # Errors
    /// - a document that is no mapping: the message has the place
    #[uniffi::constructor]
    pub fn from_toml(text: &str) -> Result<Arc<Self>> {
        Ok(Arc::new(Self(Mapping::from_toml(text)?)))
    }

    /// A mapping from JSON.
    ///
    /// # Errors
    /// - a document that is no mapping: the message has the place
    #[uniffi::constructor]
    pub fn from_json(text: &str) -> Result<Arc<Self>> {
        Ok(Arc::new(Self(Mapping::from_json(text)?)))
    }

    /// A rulebook with this log's own hours, in its zone, and its holidays.
    ///
    /// # Errors
    /// - none of a mapping that was read
    pub fn rules(&self, rules: &Rulebook) -> Result<Arc<Rulebook>> {
        rules.changed(|rules| self.0.rules(rules))
    }
}

/// An event with the row that it was read from.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct LogEvent {
    /// The row, from 0.
    pub row: i64,
    /// The event.
    pub event: CaseEvent,
}

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RefusedRow {
    /// The row, from 0.
    pub row: i64,
    /// The code of the error.
    pub code: String,
    /// What is wrong and what is accepted.
    pub message: String,
}

impl From<&(usize, CoreError)> for RefusedRow {
    fn from((row, error): &(usize, CoreError)) -> Self {
        Self { row: signed(*row), code: error.code().to_owned(), message: error.to_string() }
    }
}

/// A log that was read.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct CaseLog {
    /// The events, case by case, in the order of time.
    pub events: Vec<LogEvent>,
    /// The rows that could not be read.
    pub refused: Vec<RefusedRow>,
    /// What was noticed: each thing once, not once a row.
    pub told: Vec<String>,
    /// How many rows there are.
    pub rows: i64,
    /// How many of them are no event by the mapping.
    pub updates: i64,
}

/// Reads a log in rows of text, of which an empty text is an empty cell. The order of the rows changes nothing.
///
/// # Errors
/// - a needed column that is not there, or a column that is there twice
/// - a log of which no event can be read: the message names the first row
#[uniffi::export]
pub fn read_log(header: Vec<String>, rows: Vec<Vec<String>>, mapping: &LogMapping) -> Result<CaseLog> {
    let log = log::read_log(&Rows::new(header, rows), &mapping.0)?;
    let events = log.events.into_iter();
    Ok(CaseLog {
        events: events.map(|(row, event)| LogEvent { row: signed(row), event: event.into() }).collect(),
        refused: log.summary.refused.iter().map(RefusedRow::from).collect(),
        told: log.summary.told.iter().map(ToString::to_string).collect(),
        rows: signed(log.summary.rows),
        updates: signed(log.summary.updates),
    })
}
