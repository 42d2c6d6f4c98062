//! What a seller has, table by table: from files, from data frames, or from whatever else has rows and columns.

use chrono::{DateTime, Utc};
use klokuur::case::{Scores, SurveyAnswer};
use klokuur::log::{
    Cell, LogReader, Mapping, OrderMapping, Table, Times, YES_OR_NO, read_order_table, read_whole,
    read_yes_no,
};
use klokuur::phone::CallAttempt;
use klokuur::report::{RECOMMENDATION, ReadRows, SellerData, SkippedRow};
use klokuur::{KlokuurError, Result};

/// The tables beside the case log, each with what it is for.
pub const BESIDE: [&str; 3] = ["surveys", "calls", "orders"];

/// The columns of surveys, and of calls.
pub(super) const SURVEYS: [&str; 2] = ["at", RECOMMENDATION];
pub(super) const CALLS: [&str; 2] = ["at", "answered"];

/// The data of a seller while its tables are read. A row that cannot be used is told by its number, never left out in
/// silence.
#[derive(Debug)]
pub struct SellerRows {
    data: SellerData,
    read: ReadRows,
    /// How the case log writes times: the tables beside it write them so, too.
    times: Times,
}

impl SellerRows {
    /// The case log; `name` is what it is called where its rows are told of.
    ///
    /// # Errors
    /// - a column that the mapping needs is missing
    /// - no row of the log can be read: the error names the first
    pub fn of_cases<T: Table>(name: &str, table: &T, mapping: &Mapping) -> Result<Self> {
        let reader = LogReader::new(table, mapping)?;
        let mut reading = reader.read();
        // Event by event: a log of millions is in memory once.
        let data = SellerData::of_rows(reading.by_ref());
        let summary = reading.end();
        summary.check()?;
        let told = summary.told.iter().map(|told| format!("{name}: {told}")).collect();
        let read = ReadRows {
            cases_file: name.to_owned(),
            rows: Some(table.len()),
            updates: summary.updates,
            told,
            ..ReadRows::default()
        };
        let mut made = Self { data, read, times: mapping.reads_times()? };
        made.refuse(name, summary.refused.iter().map(|(line, why)| (*line, why.to_string())));
        Ok(made)
    }

    /// Answers to surveys: `at` and `recommendation`, from 0 to 10 (RULES Q1).
    ///
    /// # Errors
    /// - a needed column is missing
    pub fn surveys<T: Table>(&mut self, name: &str, table: &T) -> Result<()> {
        let answers = self.rows(name, table, SURVEYS, |times, [at, score]| {
            let text = needed(score, RECOMMENDATION)?;
            let whole = read_whole(text).and_then(|score| u8::try_from(score).ok());
            let score = whole.filter(|score| *score <= 10);
            let score =
                score.ok_or_else(|| refused("score", text, "a whole number from 0 to 10".to_owned()))?;
            Ok(SurveyAnswer {
                at: instant(times, at, "at")?,
                scores: Scores::new([(RECOMMENDATION, score)])?,
            })
        })?;
        self.set(|data| data.with_surveys(answers));
        Ok(())
    }

    /// Call attempts: `at` and whether each was `answered`.
    ///
    /// # Errors
    /// - a needed column is missing
    pub fn calls<T: Table>(&mut self, name: &str, table: &T) -> Result<()> {
        let calls = self.rows(name, table, CALLS, |times, [at, answered]| {
            let text = needed(answered, "answered")?;
            let answered =
                read_yes_no(text).ok_or_else(|| refused("answered", text, YES_OR_NO.to_owned()))?;
            Ok(CallAttempt { at: instant(times, at, "at")?, answered })
        })?;
        self.set(|data| data.with_calls(calls));
        Ok(())
    }

    /// Order lines, by a mapping (RULES R6).
    ///
    /// # Errors
    /// - a column that the mapping needs is missing
    pub fn orders<T: Table>(&mut self, name: &str, table: &T, mapping: &OrderMapping) -> Result<()> {
        let export = read_order_table(table, mapping)?;
        self.count(table.len());
        name.clone_into(&mut self.read.orders_file);
        self.refuse(name, export.refused.iter().map(|(line, why)| (*line, why.to_string())));
        self.set(|data| data.with_orders(export.lines));
        Ok(())
    }

    /// A table that is there and empty: its part of the picture says so.
    pub fn nothing_in(&mut self, table: &str) {
        match table {
            "surveys" => self.set(|data| data.with_surveys(Vec::new())),
            "calls" => self.set(|data| data.with_calls(Vec::new())),
            _ => self.set(|data| data.with_orders(Vec::new())),
        }
    }

    /// What was noticed of a file, and its lines that are no rows.
    pub fn notice(&mut self, name: &str, told: &[String], broken: &[(usize, String)]) {
        self.read.told.extend(told.iter().map(|told| format!("{name}: {told}")));
        self.count(broken.len());
        self.refuse(name, broken.iter().cloned());
    }

    /// What is not a table: the standing that the marketplace reports.
    pub fn set(&mut self, change: impl FnOnce(SellerData) -> SellerData) {
        let data = std::mem::replace(&mut self.data, SellerData::of_events([]));
        self.data = change(data);
    }

    /// All of it.
    pub fn done(self) -> SellerData {
        self.data.with_read_rows(self.read)
    }

    /// What each row of a table says.
    fn rows<T: Table, R, const N: usize>(
        &mut self,
        name: &str,
        table: &T,
        columns: [&'static str; N],
        take: impl Fn(&Times, [Cell<'_>; N]) -> Result<R>,
    ) -> Result<Vec<R>> {
        let places = places(table, columns)?;
        let (mut taken, mut refused) = (Vec::new(), Vec::new());
        for row in 0..table.len() {
            let mut cells = [Cell::Missing; N];
            let read = cells.iter_mut().zip(places).try_for_each(|(cell, place)| {
                *cell = table.cell(row, place)?;
                Ok(())
            });
            match read.and_then(|()| take(&self.times, cells)) {
                Ok(one) => taken.push(one),
                Err(why) => refused.push((table.number(row), why.to_string())),
            }
        }
        self.refuse(name, refused);
        self.count(table.len());
        Ok(taken)
    }

    fn count(&mut self, rows: usize) {
        self.read.rows = Some(self.read.rows.unwrap_or_default() + rows);
    }

    fn refuse(&mut self, file: &str, rows: impl IntoIterator<Item = (usize, String)>) {
        let skipped = rows.into_iter().map(|(line, why)| SkippedRow { file: file.to_owned(), line, why });
        self.read.skipped.extend(skipped);
    }
}

fn places<T: Table, const N: usize>(table: &T, columns: [&'static str; N]) -> Result<[usize; N]> {
    let names = table.names();
    let mut places = [0; N];
    for (place, column) in places.iter_mut().zip(columns) {
        let fault = |problem: String| {
            let path = column.to_owned();
            Err(KlokuurError::InvalidDocument { document: "table", path, problem })
        };
        let mut there = names.iter().enumerate().filter(|(_, name)| name.trim() == column);
        *place = match (there.next(), there.next()) {
            (Some((first, _)), None) => first,
            // Which of the two is meant, nobody can know.
            (Some(_), Some(_)) => return fault("it is there more than once: accepted is one".to_owned()),
            (None, _) => {
                return fault(format!(
                    "missing, accepted are the columns {}; there are {}",
                    columns.join(", "),
                    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
                ));
            }
        };
    }
    Ok(places)
}

/// A field that must be there; `?` is nothing.
fn needed<'c>(cell: Cell<'c>, column: &'static str) -> Result<&'c str> {
    match cell {
        Cell::Text(text) if !matches!(text.trim(), "" | "?") => Ok(text.trim()),
        Cell::Instant(at) => Err(refused(column, &at.to_rfc3339(), "no instant".to_owned())),
        Cell::Text(_) | Cell::Missing => Err(refused(column, "", "a value: it is empty".to_owned())),
    }
}

fn instant(times: &Times, cell: Cell<'_>, column: &'static str) -> Result<DateTime<Utc>> {
    match cell {
        Cell::Instant(at) => Ok(at),
        _ => times.read(needed(cell, column)?),
    }
}

fn refused(what: &'static str, given: &str, accepted: String) -> KlokuurError {
    KlokuurError::InvalidValue { what, given: given.chars().take(80).collect(), accepted }
}
