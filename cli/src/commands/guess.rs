//! `klokuur guess`: which mapping a file is for, and how its rows would be read.

use std::io::Write;

use klokuur::case::EventRecord;
use klokuur::log::{LogReader, Mapping, Table};

use crate::arguments;
use crate::failure::Result;
use crate::mapping::{ExportMapping, Guess, Reads, guess_file};
use crate::orders;
use crate::read::{Cells, read};
use crate::say;

/// How many rows are shown.
const ROWS: usize = 10;

pub(super) fn run(given: &arguments::Guess, out: &mut dyn Write) -> Result<()> {
    let bound = given.reader.bound();
    let path = given.file.display();
    let mapping = match guess_file(&given.file, bound)? {
        Guess::Start(text) => {
            out.write_all(text.as_bytes())?;
            return Ok(());
        }
        Guess::Own => {
            say::line(out, "It is the case log's own schema: no mapping is needed.")?;
            ExportMapping::default()
        }
        Guess::Shipped { name, mapping } => {
            say::line(out, format!("{}: --mapping {name}", mapping.about))?;
            say::line(
                out,
                format!(
                    "  klokuur {} {path} --mapping {name}",
                    if mapping.reads_orders() { "guess" } else { "check" }
                ),
            )?;
            *mapping
        }
    };
    let needed = mapping.needed();
    let mut wanted = mapping.wanted(&needed, bound);
    wanted.most_rows = Some(ROWS);
    let found = read(&given.file, &wanted)?;
    say::line(out, "")?;
    match &mapping.reads {
        Reads::Cases(cases) => events(&found.cells, cases, out),
        Reads::Orders(mapping) => orders::show(&found.cells, mapping, out),
    }
}

/// The events of the first rows, as they are read.
fn events(cells: &Cells, mapping: &Mapping, out: &mut dyn Write) -> Result<()> {
    let reader = LogReader::new(cells, mapping)?;
    let mut reading = reader.read();
    for (number, event) in reading.by_ref() {
        let record = EventRecord::from(event);
        let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(&record) else { continue };
        let others = fields.iter().filter(|(name, _)| !matches!(name.as_str(), "case" | "at" | "event"));
        let text =
            |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let others: Vec<String> = others.map(|(name, value)| format!("{name}={}", text(value))).collect();
        let at = record.at.to_rfc3339();
        say::line(
            out,
            format!("{} {number}: {} {at} {} {}", cells.unit(), record.case, record.event, others.join(", ")),
        )?;
    }
    let summary = reading.end();
    for (number, problem) in &summary.refused {
        say::line(out, format!("{} {number}: left out: {problem}", cells.unit()))?;
    }
    Ok(())
}
