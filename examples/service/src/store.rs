//! The file: events, what was told of them, how far time was let pass, and what the cases were judged by.

use std::path::Path;

use chrono::{DateTime, Utc};
use klokuur::Fingerprints;
use klokuur::case::{CaseEvent, DomainEvent, SavedBook};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::failure::{Failure, Result};

/// What is in the file; another number is another version's.
const FORMAT: i64 = 1;

/// AUTOINCREMENT: a number is never used a second time, so that a reader who keeps the last one misses nothing.
const TABLES: &str = "
    CREATE TABLE event (number INTEGER PRIMARY KEY AUTOINCREMENT, record TEXT NOT NULL) STRICT;
    CREATE TABLE told (number INTEGER PRIMARY KEY AUTOINCREMENT, record TEXT NOT NULL) STRICT;
    CREATE TABLE book (
        one INTEGER PRIMARY KEY CHECK (one = 1), advanced_to TEXT, fingerprints TEXT NOT NULL
    ) STRICT;";

/// The database of the service.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
}

/// A record with its number in the store.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Numbered<T> {
    /// Its number: later ones are greater, and none comes twice.
    pub number: i64,
    /// The record.
    #[serde(flatten)]
    pub record: T,
}

impl Store {
    /// Opens a database, or makes one. It is this process's alone until it ends.
    ///
    /// # Errors
    /// - a file that is none, is of another version, or is held by another process
    pub fn open(path: &Path) -> Result<Self> {
        let connection = Connection::open(path)?;
        // A commit is on the disk before it is answered. Locked: two services with one file would each believe their own book.
        connection.execute_batch(
            "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             BEGIN EXCLUSIVE; COMMIT;",
        )?;
        let store = Self { connection };
        match store.connection.query_row("PRAGMA user_version", [], |row| row.get(0))? {
            FORMAT => {}
            0 => store
                .connection
                .execute_batch(&format!("BEGIN; {TABLES} PRAGMA user_version = {FORMAT}; COMMIT;"))?,
            other => {
                let problem = format!("format {other} is not known: accepted is {FORMAT}");
                return Err(Failure::Damaged(problem));
            }
        }
        Ok(store)
    }

    /// What the book is made of.
    ///
    /// # Errors
    /// - a database that cannot be read, or holds no events of this version
    pub fn saved(&self) -> Result<SavedBook> {
        let mut query = self.connection.prepare("SELECT number, record FROM event ORDER BY number")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let events = rows.map(|row| Ok(read::<CaseEvent>(row?)?.record)).collect::<Result<_>>()?;
        let book = self.connection.query_row("SELECT advanced_to, fingerprints FROM book", [], |row| {
            Ok((row.get::<_, Option<String>>(0)?, row.get::<_, String>(1)?))
        });
        let Some((advanced_to, fingerprints)) = book.optional()? else {
            return Ok(SavedBook { events, ..SavedBook::default() });
        };
        let advanced_to = advanced_to.map(|text| text.parse::<DateTime<Utc>>()).transpose();
        let fingerprints: serde_json::Result<Fingerprints> = serde_json::from_str(&fingerprints);
        match (advanced_to, fingerprints) {
            (Ok(advanced_to), Ok(fingerprints)) => Ok(SavedBook {
                events,
                advanced_to,
                fingerprints: Some(fingerprints),
                ..SavedBook::default()
            }),
            _ => Err(Failure::Damaged("its row about the book is not this service's".to_owned())),
        }
    }

    /// Keeps events with what was told of them and how far time has passed: all of it, or nothing.
    ///
    /// # Errors
    /// - a database that cannot be written: nothing is kept
    pub fn keep(
        &mut self,
        events: &[CaseEvent],
        told: &[DomainEvent],
        advanced_to: Option<DateTime<Utc>>,
        fingerprints: &Fingerprints,
    ) -> Result<()> {
        let write = self.connection.transaction()?;
        {
            let mut event = write.prepare_cached("INSERT INTO event (record) VALUES (?1)")?;
            for record in events {
                event.execute([json(record)?])?;
            }
            let mut tell = write.prepare_cached("INSERT INTO told (record) VALUES (?1)")?;
            for record in told {
                tell.execute([json(record)?])?;
            }
            write.prepare_cached("INSERT OR REPLACE INTO book VALUES (1, ?1, ?2)")?.execute(params![
                advanced_to.map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)),
                json(fingerprints)?
            ])?;
        }
        Ok(write.commit()?)
    }

    /// Up to `count` events after the one of that number.
    ///
    /// # Errors
    /// - a database that cannot be read
    pub fn events(&self, since: i64, count: u32) -> Result<Vec<Numbered<CaseEvent>>> {
        self.after(
            "SELECT number, record FROM event WHERE number > ?1 ORDER BY number LIMIT ?2",
            since,
            count,
        )
    }

    /// Up to `count` of what was told after the one of that number.
    ///
    /// # Errors
    /// - a database that cannot be read
    pub fn told(&self, since: i64, count: u32) -> Result<Vec<Numbered<DomainEvent>>> {
        self.after("SELECT number, record FROM told WHERE number > ?1 ORDER BY number LIMIT ?2", since, count)
    }

    fn after<T: DeserializeOwned>(&self, query: &str, since: i64, count: u32) -> Result<Vec<Numbered<T>>> {
        let mut query = self.connection.prepare_cached(query)?;
        let rows = query.query_map(params![since, count], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.map(|row| read(row?)).collect()
    }

    /// Lets the file grow no further than it is: as a full disk does.
    #[cfg(test)]
    pub(crate) fn is_full(&self, full: bool) -> Result<()> {
        let pages: i64 = match full {
            true => self.connection.query_row("PRAGMA page_count", [], |row| row.get(0))?,
            false => 1 << 30,
        };
        Ok(self.connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?)
    }
}

fn json<T: Serialize>(record: &T) -> Result<String> {
    serde_json::to_string(record).map_err(|problem| Failure::Damaged(problem.to_string()))
}

fn read<T: DeserializeOwned>((number, text): (i64, String)) -> Result<Numbered<T>> {
    let record = serde_json::from_str(&text);
    let record = record.map_err(|problem| Failure::Damaged(format!("record {number}: {problem}")))?;
    Ok(Numbered { number, record })
}
