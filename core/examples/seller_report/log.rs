//! Reads the CSV files of a seller. A row that cannot be read is told by its line and skipped, never silently.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use csv::StringRecord;
use flate2::read::GzDecoder;
use klokuur::{CaseEvent, EventKind, case::EventRecord};

use crate::Problem;
use crate::mapping::Mapping;

/// A row that was skipped, and why.
#[derive(Debug)]
pub(crate) struct Skipped {
    pub(crate) file: String,
    pub(crate) line: u64,
    pub(crate) why: String,
}

/// Everything read, and everything that was not.
#[derive(Debug, Default)]
pub(crate) struct SellerLog {
    /// The events of all cases, in the order of the file, each with its line.
    pub(crate) events: Vec<(u64, CaseEvent)>,
    pub(crate) surveys: Vec<Survey>,
    pub(crate) calls: Vec<Call>,
    pub(crate) orders: Vec<Order>,
    pub(crate) rows: usize,
    /// Rows of the case log that are no event by the mapping: states without one, and repeats of a state.
    pub(crate) updates: usize,
    pub(crate) skipped: Vec<Skipped>,
}

#[derive(Debug)]
pub(crate) struct Survey {
    pub(crate) at: DateTime<Utc>,
    pub(crate) recommendation: u8,
}

#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) at: DateTime<Utc>,
    pub(crate) answered: bool,
}

#[derive(Debug)]
pub(crate) struct Order {
    pub(crate) number: String,
    pub(crate) at: DateTime<Utc>,
    pub(crate) item: String,
    pub(crate) quantity: u32,
    pub(crate) promised_on: NaiveDate,
    pub(crate) delivered_at: Option<DateTime<Utc>>,
    pub(crate) cancelled: Option<(DateTime<Utc>, bool)>,
    pub(crate) tracked: bool,
}

impl SellerLog {
    /// Reads a folder with `cases.csv`, `surveys.csv`, `calls.csv` and `orders.csv` (the last three where they are), or
    /// one file with a case log, plain or gzipped.
    pub(crate) fn read(path: &Path, mapping: &Mapping) -> Result<Self, Problem> {
        let mut log = Self::default();
        if !path.is_dir() {
            log.read_cases(path, mapping)?;
            return Ok(log);
        }
        log.read_cases(&path.join("cases.csv"), mapping)?;
        log.read_rows(&path.join("surveys.csv"), |log, row| {
            let recommendation = row.get("recommendation")?;
            log.surveys.push(Survey {
                at: mapping.time(row.get("at")?)?,
                recommendation: match recommendation.parse() {
                    Ok(score @ 0..=10) => score,
                    _ => {
                        return Err(format!(
                            "score `{recommendation}`: accepted is a whole number from 0 to 10"
                        ));
                    }
                },
            });
            Ok(())
        })?;
        log.read_rows(&path.join("calls.csv"), |log, row| {
            log.calls.push(Call { at: mapping.time(row.get("at")?)?, answered: yes(row.get("answered")?)? });
            Ok(())
        })?;
        log.read_rows(&path.join("orders.csv"), |log, row| {
            let promised = row.get("promised_on")?;
            let quantity = row.get("quantity")?;
            let time = |name| row.given(name).map(|t| mapping.time(t)).transpose();
            log.orders.push(Order {
                number: row.get("order")?.to_owned(),
                at: mapping.time(row.get("ordered_at")?)?,
                item: row.get("item")?.to_owned(),
                quantity: quantity
                    .parse()
                    .map_err(|_| format!("quantity `{quantity}`: accepted is a whole number"))?,
                promised_on: promised
                    .parse()
                    .map_err(|_| format!("date `{promised}`: accepted is 2026-03-13"))?,
                delivered_at: time("delivered_at")?,
                cancelled: match time("cancelled_at")? {
                    Some(at) => match row.get("cancelled_by")? {
                        "customer" => Some((at, true)),
                        "seller" => Some((at, false)),
                        other => {
                            return Err(format!("cancelled by `{other}`: accepted is customer or seller"));
                        }
                    },
                    None => None,
                },
                tracked: yes(row.get("tracked")?)?,
            });
            Ok(())
        })?;
        Ok(log)
    }

    fn read_cases(&mut self, path: &Path, mapping: &Mapping) -> Result<(), Problem> {
        if !path.exists() {
            return Err(format!("{} is not there: a case log is needed", path.display()).into());
        }
        let mut last_state = HashMap::new();
        self.read_rows(path, |log, row| {
            let case = row.get(mapping.column("case"))?.to_owned();
            let at = mapping.time(row.get(mapping.column("at"))?)?;
            let state = row.get(mapping.column("event"))?.to_owned();
            let before = last_state.get(&case).map(String::as_str);
            let event = mapping.event(before, &state)?;
            let before = last_state.insert(case.clone(), state.clone());
            if mapping.first_row_opens && before.is_none() && event != Some(EventKind::Opened) {
                let opened_at = mapping.opened_at.as_deref().map_or(Ok(at), |c| mapping.time(row.get(c)?))?;
                let opened = record(&case, opened_at, EventKind::Opened, row, mapping)?;
                log.events.push((row.line, opened));
            }
            if mapping.collapse_repeats && before.as_ref() == Some(&state) {
                log.updates += 1;
                return Ok(());
            }
            if event.is_none() {
                log.updates += 1;
            }
            if let Some(kind) = event {
                let at = match &mapping.opened_at {
                    Some(column) if kind == EventKind::Opened && before.is_none() => {
                        mapping.time(row.get(column)?)?
                    }
                    _ => at,
                };
                log.events.push((row.line, record(&case, at, kind, row, mapping)?));
            }
            Ok(())
        })
    }

    /// Calls `take` for every row of a file; a file that is not there has no rows.
    fn read_rows(
        &mut self,
        path: &Path,
        mut take: impl FnMut(&mut Self, &Row<'_>) -> Result<(), String>,
    ) -> Result<(), Problem> {
        if !path.exists() {
            return Ok(());
        }
        let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        let file = BufReader::new(File::open(path).map_err(|e| format!("{}: {e}", path.display()))?);
        let source: Box<dyn Read> = if path.extension().is_some_and(|e| e == "gz") {
            Box::new(GzDecoder::new(file))
        } else {
            Box::new(file)
        };
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(source);
        let header = reader.headers()?.clone();
        let mut record = StringRecord::new();
        loop {
            let line = reader.position().line();
            match reader.read_record(&mut record) {
                Ok(false) => return Ok(()),
                Ok(true) => {
                    let line = record.position().map_or(line, csv::Position::line);
                    self.rows += 1;
                    let row = Row { line, header: &header, record: &record };
                    if let Err(why) = row.complete().and_then(|()| take(self, &row)) {
                        self.skipped.push(Skipped { file: name.clone(), line, why });
                    }
                }
                Err(e) => self.skipped.push(Skipped { file: name.clone(), line, why: e.to_string() }),
            }
        }
    }
}

/// An event with the fields that its kind carries.
fn record(
    case: &str,
    at: DateTime<Utc>,
    kind: EventKind,
    row: &Row<'_>,
    map: &Mapping,
) -> Result<CaseEvent, String> {
    let given = |field: &str| row.given(map.column(field)).map(str::to_owned);
    let time = |field: &str| row.given(map.column(field)).map(|t| map.time(t)).transpose();
    let refused = |e: klokuur::KlokuurError| e.to_string();
    let mut event = EventRecord::new(case, at, kind);
    event.id = given("id");
    match kind {
        EventKind::Opened => {
            event.origin = given("origin").map(|o| o.parse()).transpose().map_err(refused)?;
            event.kind = given("kind").map(|k| k.parse()).transpose().map_err(refused)?;
            event.order = given("order");
            event.ordered_at = time("ordered_at")?;
            event.customer = given("customer");
            event.subject = given("subject");
            event.item = given("item");
            event.defect = given("defect");
            event.text = given("text");
        }
        EventKind::CustomerMessage => event.text = given("text"),
        EventKind::SellerMessage => {
            event.text = given("text");
            event.automatic = given("automatic").map(|a| yes(&a)).transpose()?;
        }
        EventKind::FollowUp => event.until = time("until")?,
        EventKind::Closed => {
            event.by = given("by").map(|b| b.parse()).transpose().map_err(refused)?;
            event.explanation = given("explanation");
        }
        EventKind::Reopened => event.by = given("by").map(|b| b.parse()).transpose().map_err(refused)?,
        EventKind::SurveyAnswered => {
            event.scores = given("scores").map(|s| s.parse()).transpose().map_err(refused)?
        }
        EventKind::Corrected => {
            return Err("a correction cannot be read from CSV: accepted is every other event".into());
        }
        EventKind::Forwarded | EventKind::HandedOver | EventKind::Returned => {}
    }
    CaseEvent::try_from(event).map_err(refused)
}

struct Row<'a> {
    line: u64,
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
    match text {
        "yes" | "true" => Ok(true),
        "no" | "false" => Ok(false),
        _ => Err(format!("`{text}`: accepted is yes or no")),
    }
}
