//! A case log from a file: its rows, by a mapping, and the cases that they make.

use std::path::Path;

use chrono::{DateTime, Utc};
use klokuur::KlokuurError;
use klokuur::case::{CaseBook, CaseOutcome};
use klokuur::log::{LogReader, Mapping, Summary, Table};
use klokuur::report::SkippedRow;
use klokuur::rulebook::RulebookHistory;

use crate::failure::{Failure, Result};
use crate::mapping::{ExportMapping, Guess, guess_file};
use crate::progress::Progress;
use crate::read::{self, Bound, Found};

/// The rows of a case log, not yet events.
#[derive(Debug)]
pub struct CaseFile {
    /// What was found in the file.
    pub found: Found,
    /// How it is read.
    pub mapping: Mapping,
    /// The file's name.
    pub name: String,
}

/// The cases of a log at an instant.
#[derive(Debug)]
pub struct Loaded {
    /// The cases.
    pub book: CaseBook,
    /// What reading the rows came to.
    pub summary: Summary,
    /// All rows that could not be used, by line.
    pub skipped: Vec<SkippedRow>,
    /// How many events are of after the instant, and were not looked at.
    pub later: usize,
    /// When the last event up to the instant happened.
    pub newest: Option<DateTime<Utc>>,
}

/// How the cases of a log came out at an instant.
#[derive(Debug)]
pub struct Evaluated {
    /// One row a case, by case number.
    pub outcomes: Vec<CaseOutcome>,
    /// All rows that could not be used, by line.
    pub skipped: Vec<SkippedRow>,
    /// How many events are of after the instant, and were not looked at.
    pub later: usize,
}

/// The file's own name.
pub(crate) fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

impl CaseFile {
    /// Reads the rows of a file. `is_stated` is whether the mapping was asked for: without, an error names one that
    /// fits.
    ///
    /// # Errors
    /// - a file that cannot be read, or has not the columns that the mapping needs
    /// - a mapping of orders
    pub fn read(path: &Path, mapping: &ExportMapping, is_stated: bool, bound: Bound) -> Result<Self> {
        let cases = mapping.cases()?;
        let needed = mapping.needed();
        let found = read::read(path, &mapping.wanted(&needed, bound))?;
        let names: Vec<&str> = found.columns.iter().map(String::as_str).collect();
        if let Err(problem) = cases.check_columns(&names) {
            // The standard input can be read only once.
            let hint = match is_stated || path == Path::new("-") {
                true => String::new(),
                false => match guess_file(path, bound) {
                    Ok(Guess::Shipped { name, .. }) => format!(". Its columns are those of --mapping {name}"),
                    Ok(Guess::Start(_)) => ". `klokuur guess` starts a mapping for it".to_owned(),
                    _ => String::new(),
                },
            };
            return Err(Failure::of_file(path, format!("{problem}{hint}")));
        }
        Ok(Self { found, mapping: cases.clone(), name: name_of(path) })
    }

    /// The cases at `now`, by rules that are those of the mapping already.
    ///
    /// # Errors
    /// - a log of which no event can be read: the error names the first row
    /// - an instant outside the supported years
    pub fn load(
        &self,
        rules: &RulebookHistory,
        now: DateTime<Utc>,
        progress: &mut Progress,
    ) -> Result<Loaded> {
        let fault = |problem| self.fault(problem);
        let reader = LogReader::new(&self.found.cells, &self.mapping).map_err(fault)?;
        progress.step("reading the events");
        let mut book = CaseBook::of(rules)?;
        let (mut later, mut newest) = (0, None);
        let mut reading = reader.read();
        // Event by event, so that a log of millions is in memory once.
        let refused = book.load_rows(reading.by_ref().filter(|(_, event)| {
            let is_known = event.at <= now;
            match is_known {
                true => newest = newest.max(Some(event.at)),
                false => later += 1,
            }
            is_known
        }));
        let summary = reading.end();
        self.check(&summary)?;
        progress.step("following the cases");
        book.advance(now)?;
        let skipped = self.skipped(summary.refused.iter().chain(&refused));
        Ok(Loaded { book, summary, skipped, later, newest })
    }

    /// How every case came out at `now`, by rules that are those of the mapping already: a case at a time, without a
    /// book of all of them.
    ///
    /// # Errors
    /// - as [`load`](Self::load)
    pub fn evaluate(&self, rules: &RulebookHistory, now: DateTime<Utc>) -> Result<Evaluated> {
        let fault = |problem| self.fault(problem);
        let reader = LogReader::new(&self.found.cells, &self.mapping).map_err(fault)?;
        let (found, summary) = reader.evaluate(0..self.found.cells.len(), rules, now)?;
        self.check(&summary)?;
        let skipped = self.skipped(summary.refused.iter().chain(&found.refused));
        Ok(Evaluated { outcomes: found.outcomes, skipped, later: summary.later })
    }

    /// Nothing wrong, unless there is no event because rows could not be read, or were none.
    fn check(&self, summary: &Summary) -> Result<()> {
        summary.check().map_err(|problem| self.fault(problem))?;
        match self.found.broken.first() {
            Some((line, why)) if summary.events == 0 => {
                let problem = format!("no event can be read, {} {line}: {why}", self.found.cells.unit());
                Err(Failure::File { file: self.name.clone(), problem })
            }
            _ => Ok(()),
        }
    }

    fn fault(&self, problem: KlokuurError) -> Failure {
        Failure::RefusedFile { file: self.name.clone(), problem }
    }

    /// All rows that could not be used, by line.
    fn skipped<'e>(&self, errors: impl Iterator<Item = &'e (usize, KlokuurError)>) -> Vec<SkippedRow> {
        let skip = |line: usize, why: String| SkippedRow { file: self.name.clone(), line, why };
        let broken = self.found.broken.iter().map(|(line, why)| skip(*line, why.clone()));
        let mut skipped: Vec<SkippedRow> =
            broken.chain(errors.map(|(line, why)| skip(*line, why.to_string()))).collect();
        skipped.sort_by_key(|skipped| skipped.line);
        skipped
    }

    /// How many rows there are, those that are none included.
    pub fn rows(&self) -> usize {
        self.found.cells.len() + self.found.broken.len()
    }
}
