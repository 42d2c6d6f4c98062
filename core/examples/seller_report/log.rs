//! Reads the CSV files of a seller. A row that cannot be read is told by its line and skipped, never silently.

use std::io::Read;
use std::path::Path;

use csv::StringRecord;
use flate2::read::GzDecoder;
use klokuur::CaseEvent;
use klokuur::case::{Scores, SurveyAnswer};
use klokuur::exchange::PerformanceStatus;
use klokuur::log::{
    ExportedLine, Mapping, Rows, YES_OR_NO, read_date, read_log, read_whole, read_yes_no, separator_line,
    text_of,
};
use klokuur::norm::{Cancelled, OrderLine};
use klokuur::phone::CallAttempt;
use klokuur::report::{RECOMMENDATION, ReadRows, SellerData, SkippedRow};

use crate::Problem;

/// Everything read, and everything that was not.
#[derive(Debug, Default)]
pub(crate) struct SellerLog {
    /// The events of all cases, each with its line.
    pub(crate) events: Vec<(usize, CaseEvent)>,
    pub(crate) surveys: Option<Vec<SurveyAnswer>>,
    pub(crate) calls: Option<Vec<CallAttempt>>,
    pub(crate) orders: Option<Vec<ExportedLine>>,
    /// What the marketplace reports of the account.
    pub(crate) status: Option<PerformanceStatus>,
    pub(crate) rows: usize,
    /// Rows of the case log that are no event by the mapping: states without one, and repeats of a state.
    pub(crate) updates: usize,
    /// What was noticed in the case log, each thing once.
    pub(crate) told: Vec<String>,
    pub(crate) skipped: Vec<SkippedRow>,
    /// The name of the file with the case log.
    cases_file: String,
}

impl SellerLog {
    /// Reads a folder with `cases.csv`, and `surveys.csv`, `calls.csv`, `orders.csv` and `performance-status.json` where they are; or
    /// one file with a case log, plain or gzipped.
    pub(crate) fn read(path: &Path, mapping: &Mapping) -> Result<Self, Problem> {
        let mut log = Self::default();
        if !path.is_dir() {
            log.read_cases(path, mapping)?;
            return Ok(log);
        }
        log.read_cases(&path.join("cases.csv"), mapping)?;
        let times = mapping.reads_times()?;
        let at = |text: &str| times.read(text).map_err(|error| error.to_string());
        log.read_rows(&path.join("surveys.csv"), mapping, |log, row| {
            let recommendation = row.get("recommendation")?;
            let score = read_whole(recommendation).and_then(|score| u8::try_from(score).ok());
            let score = score.filter(|score| *score <= 10).ok_or_else(|| {
                format!("score `{recommendation}`: accepted is a whole number from 0 to 10")
            })?;
            let scores = Scores::new([(RECOMMENDATION, score)]).map_err(|error| error.to_string())?;
            log.surveys.get_or_insert_default().push(SurveyAnswer { at: at(row.get("at")?)?, scores });
            Ok(())
        })?;
        log.read_rows(&path.join("calls.csv"), mapping, |log, row| {
            let call = CallAttempt { at: at(row.get("at")?)?, answered: yes(row.get("answered")?)? };
            log.calls.get_or_insert_default().push(call);
            Ok(())
        })?;
        log.read_rows(&path.join("orders.csv"), mapping, |log, row| {
            let promised = row.get("promised_on")?;
            let quantity = row.get("quantity")?;
            let time = |name| row.given(name).map(at).transpose();
            let line = OrderLine {
                delivered_at: time("delivered_at")?,
                cancelled: match time("cancelled_at")? {
                    Some(at) => match row.get("cancelled_by")? {
                        "customer" => Some(Cancelled { at, by_customer: true, processed_at: None }),
                        "seller" => Some(Cancelled { at, by_customer: false, processed_at: None }),
                        other => {
                            return Err(format!("cancelled by `{other}`: accepted is customer or seller"));
                        }
                    },
                    None => None,
                },
                tracked: yes(row.get("tracked")?)?,
                ..OrderLine::new(
                    at(row.get("ordered_at")?)?,
                    read_whole(quantity)
                        .and_then(|quantity| u32::try_from(quantity).ok())
                        .ok_or_else(|| format!("quantity `{quantity}`: accepted is a whole number"))?,
                    read_date(promised)
                        .ok_or_else(|| format!("date `{promised}`: accepted is 2026-03-13"))?,
                )
            };
            let (order, item) = (row.get("order")?.to_owned(), Some(row.get("item")?.to_owned()));
            log.orders.get_or_insert_default().push(ExportedLine { row: row.line, order, item, line });
            Ok(())
        })?;
        let status = path.join("performance-status.json");
        if status.exists() {
            let text = std::fs::read_to_string(&status)?;
            log.status =
                Some(PerformanceStatus::from_json(&text).map_err(|e| format!("{}: {e}", status.display()))?);
        }
        Ok(log)
    }

    /// What the picture is made of.
    pub(crate) fn into_data(self) -> SellerData {
        let read = ReadRows {
            cases_file: self.cases_file,
            orders_file: "orders.csv".into(),
            rows: Some(self.rows),
            updates: self.updates,
            skipped: self.skipped,
            told: self.told,
            later: 0,
        };
        let mut data = SellerData::of_rows(self.events).with_read_rows(read);
        if let Some(surveys) = self.surveys {
            data = data.with_surveys(surveys);
        }
        if let Some(calls) = self.calls {
            data = data.with_calls(calls);
        }
        if let Some(orders) = self.orders {
            data = data.with_orders(orders);
        }
        if let Some(status) = self.status {
            data = data.with_standing(status.standing());
        }
        data
    }

    fn read_cases(&mut self, path: &Path, mapping: &Mapping) -> Result<(), Problem> {
        let Some(table) = self.table(path, mapping)? else {
            return Err(format!("{} is not there: a case log is needed", path.display()).into());
        };
        let lines = table.rows.iter().map(|row| row.line).collect();
        let cells = table.rows.iter().map(|row| row.cells.iter().map(str::to_owned).collect::<Vec<_>>());
        let rows = Rows::new(table.header.iter().map(str::to_owned), cells).with_lines(lines);
        let cases = read_log(&rows, mapping).map_err(|error| format!("{}: {error}", table.file))?;
        let refused = cases.summary.refused.iter();
        self.skipped.extend(refused.map(|(line, error)| SkippedRow {
            file: table.file.clone(),
            line: *line,
            why: error.to_string(),
        }));
        self.updates = cases.summary.updates;
        self.cases_file = table.file.clone();
        self.told.extend(cases.summary.told.iter().map(ToString::to_string));
        self.events = cases.events;
        Ok(())
    }

    /// Calls `take` for every row of a file; a file that is not there has no rows.
    fn read_rows(
        &mut self,
        path: &Path,
        mapping: &Mapping,
        mut take: impl FnMut(&mut Self, &Row<'_>) -> Result<(), String>,
    ) -> Result<(), Problem> {
        let Some(table) = self.table(path, mapping)? else { return Ok(()) };
        for Lined { line, cells } in &table.rows {
            let row = Row { line: *line, header: &table.header, record: cells };
            if let Err(why) = row.complete().and_then(|()| take(self, &row)) {
                self.skipped.push(SkippedRow { file: table.file.clone(), line: *line, why });
            }
        }
        Ok(())
    }

    /// The rows of a file, in the encoding that the mapping states or its bytes say; nothing where there is none.
    fn table(&mut self, path: &Path, mapping: &Mapping) -> Result<Option<FileTable>, Problem> {
        if !path.exists() {
            return Ok(None);
        }
        let file = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let mut bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
        if path.extension().is_some_and(|extension| extension == "gz") {
            let packed = std::mem::take(&mut bytes);
            GzDecoder::new(packed.as_slice()).read_to_end(&mut bytes)?;
        }
        let (text, _) = text_of(&bytes, mapping.encoding).map_err(|error| format!("{file}: {error}"))?;
        let (mark, text) = separator_line(&text);
        let mark = mark.and_then(|mark| u8::try_from(mark).ok()).unwrap_or(b',');
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).delimiter(mark).from_reader(text.as_bytes());
        let header = reader.headers()?.clone();
        let mut rows = Vec::new();
        for record in reader.into_records() {
            self.rows += 1;
            match record {
                Ok(cells) => {
                    let line = cells.position().map_or(0, csv::Position::line);
                    rows.push(Lined { line: usize::try_from(line)?, cells });
                }
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    let line = usize::try_from(line)?;
                    self.skipped.push(SkippedRow { file: file.clone(), line, why: error.to_string() });
                }
            }
        }
        Ok(Some(FileTable { file, header, rows }))
    }
}

struct FileTable {
    file: String,
    header: StringRecord,
    rows: Vec<Lined>,
}

struct Lined {
    line: usize,
    cells: StringRecord,
}

struct Row<'a> {
    line: usize,
    header: &'a StringRecord,
    record: &'a StringRecord,
}

impl Row<'_> {
    fn complete(&self) -> Result<(), String> {
        match (self.record.len(), self.header.len()) {
            (have, want) if have == want => Ok(()),
            (have, want) => Err(format!("{have} fields: accepted is {want}, as in the header")),
        }
    }

    /// A field that must be there.
    fn get(&self, column: &str) -> Result<&str, String> {
        self.given(column).ok_or_else(|| format!("column `{column}` is missing or empty"))
    }

    /// A field that may be empty, or `?`, or not in the file at all.
    fn given(&self, column: &str) -> Option<&str> {
        let index = self.header.iter().position(|name| name == column)?;
        self.record.get(index).map(str::trim).filter(|value| !value.is_empty() && *value != "?")
    }
}

fn yes(text: &str) -> Result<bool, String> {
    read_yes_no(text).ok_or_else(|| format!("`{text}`: accepted is {YES_OR_NO}"))
}
