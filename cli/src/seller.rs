//! What a seller has: cases, surveys, calls, orders and what the marketplace reports, from a folder or from files.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use klokuur::case::{Scores, SurveyAnswer};
use klokuur::exchange::PerformanceStatus;
use klokuur::log::{Cell, LogReader, Table, Times, YES_OR_NO, read_whole, read_yes_no};
use klokuur::phone::CallAttempt;
use klokuur::report::{RECOMMENDATION, ReadRows, SellerData, SkippedRow};

use crate::case_log::{CaseFile, name_of};
use crate::failure::{Failure, Result};
use crate::mapping::{ExportMapping, Reads};
use crate::orders;
use crate::progress::Progress;
use crate::read::{Bound, Cells, Found, Wanted, read, said};

/// The endings under which a file of a folder is looked for.
const ENDINGS: [&str; 10] =
    ["csv", "csv.gz", "tsv", "tsv.gz", "xlsx", "json", "json.gz", "jsonl", "jsonl.gz", "ndjson"];

/// Where a seller's data are, and how they are read.
#[derive(Debug, Clone)]
pub struct Sources<'a> {
    /// A folder with `cases.csv` and, where they are, `surveys.csv`, `calls.csv`, `orders.csv` and
    /// `performance-status.json`; or one case log. Any format that can be read does, as `cases.xlsx`.
    pub source: &'a Path,
    /// How the case log is read.
    pub mapping: &'a ExportMapping,
    /// Whether that mapping was asked for.
    pub is_stated: bool,
    /// An export of orders beside it, and how it is read.
    pub orders: Option<(&'a Path, &'a ExportMapping)>,
    /// How much is read of a file.
    pub bound: Bound,
}

impl Sources<'_> {
    /// Reads everything. A row that cannot be read is told by its line, never left out in silence.
    ///
    /// # Errors
    /// - no case log, or one of which nothing can be read
    /// - a file that is there and cannot be read, or lacks a needed column
    pub fn read(&self, progress: &mut Progress) -> Result<SellerData> {
        let is_folder = self.source.is_dir();
        let path = match is_folder {
            true => file_named(self.source, "cases").ok_or_else(|| {
                Failure::of_file(&self.source.join("cases.csv"), "it is not there: a case log is needed")
            })?,
            false => self.source.to_owned(),
        };
        let name = name_of(&path);
        progress.step(&format!("reading {name}"));
        let file = CaseFile::read(&path, self.mapping, self.is_stated, self.bound)?;
        let fault = |problem: klokuur::KlokuurError| Failure::of_file(&path, problem);
        let reader = LogReader::new(&file.found.cells, &file.mapping).map_err(fault)?;
        let mut reading = reader.read();
        let events: Vec<_> = reading.by_ref().collect();
        let summary = reading.end();
        summary.check().map_err(fault)?;
        let mut read = ReadRows { cases_file: name.clone(), updates: summary.updates, ..ReadRows::default() };
        read.rows = Some(file.rows());
        let mut log = Log { read, times: file.mapping.reads_times()?, bound: self.bound };
        log.take(&name, &file.found);
        log.refuse(&name, summary.refused.iter().map(|(line, why)| (*line, why.to_string())));
        log.read.told.extend(summary.told.iter().map(|told| format!("{name}: {told}")));

        let mut data = SellerData::of_rows(events);
        if is_folder {
            data = log.beside(self.source, data, progress)?;
        }
        if let Some((path, mapping)) = self.orders {
            data = data.with_orders(log.orders(path, mapping)?);
        }
        let whole = self.source.canonicalize().unwrap_or_else(|_| self.source.to_owned());
        Ok(data.with_read_rows(log.read).with_name(&name_of(&whole)))
    }
}

/// A file of a folder by its name, whatever its format.
fn file_named(folder: &Path, name: &str) -> Option<PathBuf> {
    ENDINGS.iter().map(|ending| folder.join(format!("{name}.{ending}"))).find(|path| path.exists())
}

/// What is read so far, and how.
struct Log {
    read: ReadRows,
    times: Times,
    bound: Bound,
}

impl Log {
    /// The files beside the case log, where they are; one without a byte is there and empty.
    fn beside(&mut self, folder: &Path, mut data: SellerData, progress: &mut Progress) -> Result<SellerData> {
        if let Some(path) = file_named(folder, "surveys") {
            progress.step("reading the surveys");
            data = data.with_surveys(self.rows(&path, &["at", RECOMMENDATION], Self::survey)?);
        }
        if let Some(path) = file_named(folder, "calls") {
            progress.step("reading the calls");
            data = data.with_calls(self.rows(&path, &["at", "answered"], Self::call)?);
        }
        if let Some(path) = file_named(folder, "orders") {
            progress.step("reading the orders");
            let own = ExportMapping { reads: Reads::Orders(Default::default()), ..ExportMapping::default() };
            data = data.with_orders(self.orders(&path, &own)?);
        }
        let status = folder.join("performance-status.json");
        if status.exists() {
            let text = std::fs::read_to_string(&status)
                .map_err(|problem| Failure::of_file(&status, said(&problem)))?;
            let status =
                PerformanceStatus::from_json(&text).map_err(|problem| Failure::of_file(&status, problem))?;
            data = data.with_standing(status.standing());
        }
        Ok(data)
    }

    /// What each row of a file says.
    fn rows<T>(
        &mut self,
        path: &Path,
        needed: &[&str],
        take: impl Fn(&Self, &Row<'_>) -> std::result::Result<T, String>,
    ) -> Result<Vec<T>> {
        if is_empty(path) {
            return Ok(Vec::new());
        }
        let wanted = Wanted { needed, bound: self.bound, ..Wanted::default() };
        let found = read(path, &wanted)?;
        for name in needed {
            if !found.columns.iter().any(|column| column == name) {
                let there = found.columns.join(", ");
                let problem = format!("column `{name}` is missing: there are {there}");
                return Err(Failure::of_file(path, problem));
            }
        }
        let name = name_of(path);
        self.take(&name, &found);
        let (mut taken, mut refused) = (Vec::new(), Vec::new());
        for row in 0..found.cells.len() {
            match take(self, &Row { cells: &found.cells, row }) {
                Ok(one) => taken.push(one),
                Err(why) => refused.push((found.cells.number(row), why)),
            }
        }
        self.refuse(&name, refused);
        self.count(&found);
        Ok(taken)
    }

    fn survey(&self, row: &Row<'_>) -> std::result::Result<SurveyAnswer, String> {
        let text = row.needed(RECOMMENDATION)?;
        let score = read_whole(text).and_then(|score| u8::try_from(score).ok()).filter(|score| *score <= 10);
        let score =
            score.ok_or_else(|| format!("score `{text}`: accepted is a whole number from 0 to 10"))?;
        let scores = Scores::new([(RECOMMENDATION, score)]).map_err(|problem| problem.to_string())?;
        Ok(SurveyAnswer { at: self.time(row, "at")?, scores })
    }

    fn call(&self, row: &Row<'_>) -> std::result::Result<CallAttempt, String> {
        let text = row.needed("answered")?;
        let answered =
            read_yes_no(text).ok_or_else(|| format!("answered `{text}`: accepted is {YES_OR_NO}"))?;
        Ok(CallAttempt { at: self.time(row, "at")?, answered })
    }

    fn time(&self, row: &Row<'_>, column: &str) -> std::result::Result<DateTime<Utc>, String> {
        if let Some(at) = row.instant(column) {
            return Ok(at);
        }
        self.times.read(row.needed(column)?).map_err(|problem| problem.to_string())
    }

    fn orders(&mut self, path: &Path, mapping: &ExportMapping) -> Result<Vec<klokuur::log::ExportedLine>> {
        let Reads::Orders(reads) = &mapping.reads else {
            let problem = "the mapping of its orders reads cases: accepted is one with reads = \"orders\"";
            return Err(Failure::Argument(problem.to_owned()));
        };
        if is_empty(path) {
            return Ok(Vec::new());
        }
        let needed = mapping.needed();
        let found = read(path, &mapping.wanted(&needed, self.bound))?;
        let name = name_of(path);
        self.take(&name, &found);
        self.count(&found);
        self.read.orders_file.clone_from(&name);
        let export = orders::lines(&found.cells, reads).map_err(|problem| Failure::of_file(path, problem))?;
        self.refuse(&name, export.refused.iter().map(|(line, why)| (*line, why.to_string())));
        Ok(export.lines)
    }

    fn count(&mut self, found: &Found) {
        let rows = found.cells.len() + found.broken.len();
        self.read.rows = Some(self.read.rows.unwrap_or_default() + rows);
    }

    /// What was noticed in a file, and its rows that are none.
    fn take(&mut self, name: &str, found: &Found) {
        self.read.told.extend(found.told.iter().map(|told| format!("{name}: {told}")));
        self.refuse(name, found.broken.iter().cloned());
    }

    fn refuse(&mut self, file: &str, rows: impl IntoIterator<Item = (usize, String)>) {
        let skipped = rows.into_iter().map(|(line, why)| SkippedRow { file: file.to_owned(), line, why });
        self.read.skipped.extend(skipped);
    }
}

fn is_empty(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|there| there.len() == 0)
}

/// One row by the names of its columns.
struct Row<'a> {
    cells: &'a Cells,
    row: usize,
}

impl Row<'_> {
    fn place(&self, column: &str) -> Option<usize> {
        self.cells.names().iter().position(|name| *name == column)
    }

    /// A field that must be there; `?` is nothing.
    fn needed(&self, column: &str) -> std::result::Result<&str, String> {
        let text =
            self.place(column).map(|place| self.cells.text(self.row, place).trim()).unwrap_or_default();
        if matches!(text, "" | "?") { Err(format!("column `{column}` is empty")) } else { Ok(text) }
    }

    /// An instant that a workbook holds as such.
    fn instant(&self, column: &str) -> Option<DateTime<Utc>> {
        match self.cells.cell(self.row, self.place(column)?) {
            Ok(Cell::Instant(at)) => Some(at),
            _ => None,
        }
    }
}
