//! What a log was besides its events.

use std::fmt;

use super::carried::{COLUMNS, Field};
use crate::case::RefusedRows;
use crate::error::{KlokuurError, Result};
use crate::names::names;

names! {
    /// What rows said of their case beside their events.
    ///
    /// Shown at [`CaseLog`](super::CaseLog).
    pub enum Beside: "notice of a column" {
        /// The same as is known: read once.
        Repeated = "repeated",
        /// Something new, read as described from then on (RULES K16).
        Described = "described",
        /// Something that no event in its place carries: ignored.
        NotCarried = "not_carried",
        /// No time of opening, so the case opens with its first row.
        NoOpening = "no_opening",
    }
}

/// Something that was noticed in a column, told once.
///
/// Shown at [`CaseLog`](super::CaseLog).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The column.
    pub column: String,
    /// What it is.
    pub what: Beside,
    /// In how many rows.
    pub rows: usize,
    /// The first of these rows, by its number.
    pub first: usize,
    /// What that number counts.
    pub unit: &'static str,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { column, what, rows, first, unit } = self;
        let (one, many, done) = match what {
            Beside::Repeated => {
                ("repeats what is known of its case", "repeat what is known of their case", "read once")
            }
            Beside::Described => (
                "differs from what was known of its case",
                "differ from what was known of their case",
                "read as described from then on",
            ),
            Beside::NotCarried => (
                "has it though its event does not carry it",
                "have it though their events do not carry it",
                "ignored",
            ),
            Beside::NoOpening => {
                ("has no time of opening", "have no time of opening", "the case opens with its first row")
            }
        };
        let (rows_are, say) = if *rows == 1 { ("row", one) } else { ("rows", many) };
        write!(f, "column `{column}`: {rows} {rows_are} {say}, first {unit} {first}: {done}")
    }
}

/// What reading a log came to, beside its events.
///
/// Shown at [`LogReader`](super::LogReader).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Summary {
    /// How many rows were read, refused ones included.
    pub rows: usize,
    /// How many events came out of them.
    pub events: usize,
    /// How many of these are of after the instant that was asked for, and were not looked at.
    pub later: usize,
    /// Rows that are no event by the mapping: states without one, and repeats of a state.
    pub updates: usize,
    /// The rows that were refused, by their numbers, each with its error.
    pub refused: RefusedRows,
    /// What was noticed, each told once.
    pub told: Vec<Told>,
    pub(super) unit: &'static str,
}

impl Summary {
    /// Adds what another part of the same log came to.
    pub fn merge(&mut self, other: Self) {
        self.rows += other.rows;
        self.events += other.events;
        self.later += other.later;
        self.updates += other.updates;
        self.unit = other.unit;
        self.refused.extend(other.refused);
        self.refused.sort_by_key(|(row, _)| *row);
        for told in other.told {
            match self.told.iter_mut().find(|known| known.column == told.column && known.what == told.what) {
                Some(known) => {
                    known.rows += told.rows;
                    known.first = known.first.min(told.first);
                }
                None => self.told.push(told),
            }
        }
        self.told.sort_by(|a, b| (&a.column, a.what).cmp(&(&b.column, b.what)));
    }

    /// Nothing wrong, unless no row at all could be read.
    ///
    /// # Errors
    /// - a log of which every event is refused: the error names the first row
    pub fn check(&self) -> Result<()> {
        match self.refused.first() {
            Some((row, first)) if self.events == 0 => Err(KlokuurError::InvalidDocument {
                document: "event log",
                path: format!("{} {row}", self.unit),
                problem: match self.refused.len() {
                    1 => first.to_string(),
                    refused => format!("{first} ({refused} rows are refused, and none is an event)"),
                },
            }),
            _ => Ok(()),
        }
    }
}

/// What the rows were that are read already.
#[derive(Debug, Default)]
pub(super) struct Counted {
    pub(super) rows: usize,
    pub(super) events: usize,
    pub(super) later: usize,
    pub(super) updates: usize,
    pub(super) refused: RefusedRows,
    pub(super) noticed: Noticed,
}

/// Counts what is noticed, by field.
#[derive(Debug, Default)]
pub(super) struct Noticed {
    counts: [[(usize, usize); 3]; COLUMNS],
    no_opening: (usize, usize),
}

fn count(seen: &mut (usize, usize), row: usize) {
    let (rows, first) = *seen;
    *seen = (rows + 1, if rows == 0 { row } else { first.min(row) });
}

impl Noticed {
    pub(super) fn add(&mut self, field: Field, what: Beside, row: usize) {
        let slot = match what {
            Beside::NoOpening => Some(&mut self.no_opening),
            _ => self.counts.get_mut(field.place()).and_then(|kinds| kinds.get_mut(what as usize)),
        };
        if let Some(slot) = slot {
            count(slot, row);
        }
    }

    /// Adds what was noticed in other rows.
    pub(super) fn merge(&mut self, other: &Self) {
        let add = |seen: &mut (usize, usize), more: (usize, usize)| {
            let first = if seen.0 == 0 || more.0 > 0 && more.1 < seen.1 { more.1 } else { seen.1 };
            *seen = (seen.0 + more.0, first);
        };
        for (seen, more) in self.counts.iter_mut().flatten().zip(other.counts.iter().flatten()) {
            add(seen, *more);
        }
        add(&mut self.no_opening, other.no_opening);
    }

    pub(super) fn no_opening(&mut self, row: usize) {
        count(&mut self.no_opening, row);
    }

    pub(super) fn told<'n>(
        &self,
        name: impl Fn(Field) -> &'n str,
        opening: Option<&str>,
        unit: &'static str,
    ) -> Vec<Told> {
        let kinds = [Beside::Repeated, Beside::Described, Beside::NotCarried];
        let of_field = |field: Field| {
            let column = name(field).to_owned();
            let counts = self.counts.get(field.place()).copied().unwrap_or_default();
            let seen = kinds.into_iter().zip(counts).filter(|(_, (rows, _))| *rows > 0);
            seen.map(move |(what, (rows, first))| Told { column: column.clone(), what, rows, first, unit })
        };
        let mut told: Vec<Told> = Field::all().flat_map(of_field).collect();
        if let (Some(column), (rows @ 1.., first)) = (opening, self.no_opening) {
            told.push(Told { column: column.to_owned(), what: Beside::NoOpening, rows, first, unit });
        }
        told.sort_by(|a, b| (&a.column, a.what).cmp(&(&b.column, b.what)));
        told
    }
}
