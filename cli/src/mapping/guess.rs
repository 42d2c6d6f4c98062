//! Which mapping a file is for, by its columns.

use std::path::Path;

use klokuur::log::{Mapping, read_log, read_order_table};

use super::document::{ExportMapping, FileLayout, Reads};
use super::shipped;
use crate::failure::Result;
use crate::read::{Bound, Wanted, read};

/// What a file seems to be.
#[derive(Debug)]
pub enum Guess {
    /// The case log's own schema: no mapping is needed.
    Own,
    /// An export that a shipped mapping reads.
    Shipped {
        /// The mapping's name.
        name: &'static str,
        /// The mapping.
        mapping: Box<ExportMapping>,
    },
    /// Nothing that is known: the start of a mapping of one's own, in TOML.
    Start(String),
}

/// How many rows are looked at for the columns that are there: in JSON a record need not have them all.
const LOOKED_AT: usize = 200;

/// What a file seems to be: of the shipped mappings whose needed columns are all there, the one that can read the
/// first rows and knows most of them. Each layout of a file is tried: lines before the header, lists in a document.
///
/// # Errors
/// - a file that cannot be read
pub fn guess_file(path: &Path, bound: Bound) -> Result<Guess> {
    let columns_in = |layout: &FileLayout| -> Result<Vec<String>> {
        let mapping = ExportMapping { file: layout.clone(), ..ExportMapping::default() };
        let mut wanted = mapping.wanted(&[], bound);
        (wanted.columns, wanted.most_rows) = (None, Some(LOOKED_AT));
        Ok(read(path, &wanted)?.columns)
    };
    let plain = FileLayout::default();
    let columns = columns_in(&plain);
    let is_in = |columns: &[String], needed: &str| columns.iter().any(|column| column == needed);
    if let Ok(columns) = &columns
        && Mapping::default().columns_needed().iter().all(|needed| is_in(columns, needed))
    {
        return Ok(Guess::Own);
    }
    let mut best: Option<((bool, usize), &'static str, ExportMapping)> = None;
    let mut tried: Vec<(FileLayout, Vec<String>)> =
        columns.iter().map(|columns| (plain.clone(), columns.clone())).collect();
    for name in shipped::names() {
        let mapping = shipped::find(name)?;
        if !tried.iter().any(|(layout, _)| *layout == mapping.file) {
            // A layout that the file does not have gives no columns.
            tried.push((mapping.file.clone(), columns_in(&mapping.file).unwrap_or_default()));
        }
        let there = tried.iter().find(|(layout, _)| *layout == mapping.file);
        let there = there.map(|(_, columns)| columns.as_slice()).unwrap_or_default();
        if !mapping.needed().iter().all(|needed| is_in(there, needed)) {
            continue;
        }
        let known = mapping.looked_at().iter().filter(|column| is_in(there, column)).count();
        let fit = (can_read(path, &mapping, bound), known);
        if best.as_ref().is_none_or(|(most, _, _)| fit > *most) {
            best = Some((fit, name, mapping));
        }
    }
    Ok(match best {
        Some((_, name, mapping)) => Guess::Shipped { name, mapping: Box::new(mapping) },
        None => Guess::Start(start(&columns?)),
    })
}

/// Whether the first rows mean something by a mapping: two exports may have columns of the same names.
fn can_read(path: &Path, mapping: &ExportMapping, bound: Bound) -> bool {
    let needed = mapping.needed();
    let wanted = Wanted { most_rows: Some(LOOKED_AT), ..mapping.wanted(&needed, bound) };
    let Ok(found) = read(path, &wanted) else { return false };
    match &mapping.reads {
        Reads::Cases(cases) => read_log(&found.cells, cases).is_ok_and(|log| log.summary.refused.is_empty()),
        Reads::Orders(orders) => {
            read_order_table(&found.cells, orders).is_ok_and(|export| export.refused.is_empty())
        }
    }
}

/// Words in the names of columns, and the field that they speak of; the first that fits wins.
const WORDS: [(&str, &[&str]); 8] = [
    (
        "case",
        &[
            "ticket id",
            "ticket number",
            "ticket",
            "case",
            "case id",
            "number",
            "id",
            "key",
            "zaaknummer",
            "nummer",
        ],
    ),
    (
        "at",
        &[
            "at",
            "timestamp",
            "time",
            "updated",
            "updated at",
            "date",
            "created",
            "created at",
            "datum",
            "tijdstip",
        ],
    ),
    ("event", &["event", "activity", "action", "status", "state", "gebeurtenis"]),
    ("customer", &["customer", "requester", "contact", "email", "klant"]),
    ("subject", &["category", "topic", "type", "subject", "onderwerp"]),
    ("item", &["product", "item", "artikel", "ean"]),
    ("order", &["order", "order number", "order id", "bestelnummer"]),
    ("agent", &["agent", "assignee", "owner", "medewerker"]),
];
const OPENED: &[&str] =
    &["created time", "created", "created at", "opened", "opened at", "creation date", "aangemaakt"];
const ANSWERED: &[&str] = &[
    "first response time",
    "initial response time",
    "first reply at",
    "first responded on",
    "first response",
    "beantwoord",
];
const CLOSED: &[&str] =
    &["closed time", "closed", "closed at", "resolved", "resolved at", "solved at", "gesloten"];

fn plain(name: &str) -> String {
    let words = name.to_lowercase().replace(['_', '-', '.'], " ");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn column<'c>(columns: &'c [String], words: &[&str]) -> Option<&'c String> {
    words.iter().find_map(|word| columns.iter().find(|column| plain(column) == *word))
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// The start of a mapping: what the names of the columns say, and what is to be filled in.
fn start(columns: &[String]) -> String {
    let mut text = String::from(
        "# The start of a mapping. What is written as ? is to be filled in; cli/README.md tells every key.\n\
         zone = \"Europe/Amsterdam\"\n",
    );
    let (opened, answered) = (column(columns, OPENED), column(columns, ANSWERED));
    let is_a_case_a_row = opened.is_some() && answered.is_some();
    text.push_str("\n[columns]\n");
    for (field, words) in
        WORDS.iter().filter(|(field, _)| !is_a_case_a_row || !matches!(*field, "at" | "event"))
    {
        match column(columns, words) {
            Some(name) => text.push_str(&format!("{field} = {}\n", quoted(name))),
            None if matches!(*field, "case" | "at" | "event") => text.push_str(&format!("{field} = \"?\"\n")),
            None => {}
        }
    }
    if is_a_case_a_row {
        text.push_str("\n# One row a case: the columns with the times of its events.\n[times]\n");
        for (event, words) in [("opened", OPENED), ("seller_message", ANSWERED), ("closed", CLOSED)] {
            if let Some(name) = column(columns, words) {
                text.push_str(&format!("{event} = {}\n", quoted(name)));
            }
        }
    } else {
        text.push_str(
            "\n# State of this log = event of the case log; \"\" is no event.\n[events]\n\
             # \"Answered\" = \"seller_message\"\n",
        );
    }
    text
}

impl ExportMapping {
    /// Whether it reads orders.
    pub fn reads_orders(&self) -> bool {
        matches!(self.reads, Reads::Orders(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn an_unknown_file_gives_the_start_of_a_mapping() {
        let text = start(&columns(&["Ticket", "Created at", "First reply at", "Closed at", "Klant"]));
        let mapping = ExportMapping::from_toml(&text).unwrap();
        let mapping = mapping.cases().unwrap();
        assert_eq!(mapping.column("case"), "Ticket");
        assert_eq!(mapping.column("customer"), "Klant");
        assert_eq!(mapping.times["opened"], "Created at");
        assert_eq!(mapping.times["seller_message"], "First reply at");
        assert_eq!(mapping.times["closed"], "Closed at");
    }
}
