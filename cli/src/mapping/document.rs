//! A mapping as a document: the keys of the core's mapping, and how the file is laid out.

use std::collections::{BTreeMap, BTreeSet};

use klokuur::log::{Encoding, Mapping, OrderMapping};
use klokuur::rulebook::RulebookHistory;
use klokuur::{KlokuurError, Zone};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::failure::{Failure, Result};
use crate::page::LinkTemplate;
use crate::read::{Bound, Wanted};

/// How an export is read.
#[derive(Debug, Clone, Default)]
pub struct ExportMapping {
    /// What export it is, in a line.
    pub about: String,
    /// Where each case is to be seen, as `https://desk.example/tickets/{case}`.
    pub link: Option<String>,
    /// How its file is laid out.
    pub file: FileLayout,
    /// What its rows are.
    pub reads: Reads,
}

/// What the rows of an export are.
#[derive(Debug, Clone)]
pub enum Reads {
    /// Events of cases, or cases.
    Cases(Mapping),
    /// Order lines.
    Orders(OrderMapping),
}

impl Default for Reads {
    fn default() -> Self {
        Self::Cases(Mapping::default())
    }
}

/// How a file is laid out, where that is not plain to see.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FileLayout {
    /// What separates the fields, one sign; else what the header shows.
    pub separator: Option<char>,
    /// How many lines stand before the header.
    pub lead_lines: u32,
    /// The sheet of a workbook; else the first one with the needed columns.
    pub sheet: Option<String>,
    /// The path to the list of records in a JSON document; else its only list.
    pub records: Option<String>,
    /// The path in a record to a list of which each element is a row of its own.
    pub each: Option<String>,
    /// Columns that are made of others: name → those whose cells are joined by ` / `.
    pub join: BTreeMap<String, Vec<String>>,
}

impl ExportMapping {
    /// Reads a mapping from TOML.
    ///
    /// # Errors
    /// - a text that is no TOML, with its line
    /// - a key that is none, or a value of another kind, with its path
    pub fn from_toml(text: &str) -> klokuur::Result<Self> {
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
            let at = error.span().map_or(0, |span| span.start);
            let line = text.get(..at).unwrap_or(text).matches('\n').count() + 1;
            invalid(&format!("line {line}"), &format!("{}: accepted is TOML", error.message()))
        })?;
        Self::from_value(serde_json::to_value(table).map_err(|error| invalid("line 1", &error.to_string()))?)
    }

    /// The same from a table that was read already.
    ///
    /// # Errors
    /// - a key that is none, or a value of another kind, with its path
    pub fn from_value(value: Value) -> klokuur::Result<Self> {
        let Value::Object(mut keys) = value else { return Err(invalid("the top", "accepted is a table")) };
        let mut text = |key: &str| match keys.remove(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(invalid(key, "accepted is a text")),
        };
        let (about, reads, link) = (text("about")?.unwrap_or_default(), text("reads")?, text("link")?);
        if let Some(Err(problem)) = link.as_deref().map(str::parse::<LinkTemplate>) {
            return Err(invalid("link", &problem.to_string()));
        }
        let mut file = match keys.remove("file") {
            Some(layout) => {
                serde_json::from_value(layout).map_err(|error| invalid("file", &error.to_string()))?
            }
            None => FileLayout::default(),
        };
        let reads = match reads.as_deref() {
            None | Some("cases") => Reads::Cases(Value::Object(keys).try_into()?),
            Some("orders") => Reads::Orders(orders(keys, &mut file)?),
            Some(_) => return Err(invalid("reads", "accepted is cases or orders")),
        };
        let mapping = Self { about, link, file, reads };
        if mapping.file.separator.is_some_and(|mark| !mark.is_ascii()) {
            return Err(invalid("file.separator", "accepted is one sign of ASCII, as ;"));
        }
        Ok(mapping)
    }

    /// A mapping of orders from a table that need not say that it is one.
    ///
    /// # Errors
    /// - as [`from_value`](Self::from_value)
    pub fn orders_from_value(mut value: Value) -> klokuur::Result<Self> {
        if let Value::Object(keys) = &mut value {
            keys.entry("reads").or_insert_with(|| "orders".into());
        }
        Self::from_value(value)
    }

    /// The mapping of orders, with the lines that stand before the header.
    ///
    /// # Errors
    /// - a mapping of cases
    pub fn orders(&self) -> Result<OrderMapping> {
        match &self.reads {
            Reads::Orders(mapping) => {
                Ok(OrderMapping { lead_lines: self.file.lead_lines, ..mapping.clone() })
            }
            Reads::Cases(_) => Err(Failure::Argument(
                "this mapping reads cases, not orders: accepted is one with reads = \"orders\"".to_owned(),
            )),
        }
    }

    /// The mapping of cases.
    ///
    /// # Errors
    /// - a mapping of orders
    pub fn cases(&self) -> Result<&Mapping> {
        match &self.reads {
            Reads::Cases(mapping) => Ok(mapping),
            Reads::Orders(_) => Err(Failure::Argument(
                "this mapping reads orders, not cases: accepted is a mapping of cases (klokuur mappings lists them)"
                    .to_owned(),
            )),
        }
    }

    /// The columns that an export cannot do without.
    pub fn needed(&self) -> Vec<&str> {
        match &self.reads {
            Reads::Cases(mapping) => mapping.columns_needed(),
            Reads::Orders(orders) => {
                ["order", "ordered_at", "promised_on"].map(|field| orders.column(field)).into()
            }
        }
    }

    /// Every column that is looked at.
    pub fn looked_at(&self) -> BTreeSet<String> {
        match &self.reads {
            Reads::Cases(mapping) => {
                mapping.columns_looked_at().into_iter().map(|(column, _)| column.to_owned()).collect()
            }
            Reads::Orders(orders) => {
                let fields = OrderMapping::FIELDS.iter().map(|field| orders.column(field).to_owned());
                fields.chain(orders.columns.values().cloned()).collect()
            }
        }
    }

    pub(crate) fn encoding(&self) -> Option<Encoding> {
        match &self.reads {
            Reads::Cases(mapping) => mapping.encoding,
            Reads::Orders(orders) => orders.encoding,
        }
    }

    pub(crate) fn zone(&self) -> Option<Zone> {
        let zone = match &self.reads {
            Reads::Cases(mapping) => mapping.zone.as_deref(),
            Reads::Orders(orders) => orders.zone.as_deref(),
        };
        zone.and_then(|zone| zone.parse().ok())
    }

    /// How a file is read by this mapping; `needed` are its [`needed`](Self::needed) columns.
    pub fn wanted<'a>(&'a self, needed: &'a [&'a str], bound: Bound) -> Wanted<'a> {
        Wanted {
            columns: Some(
                self.looked_at().into_iter().chain(self.file.join.values().flatten().cloned()).collect(),
            ),
            needed,
            encoding: self.encoding(),
            separator: self.file.separator.and_then(|mark| u8::try_from(mark).ok()),
            lead_lines: self.file.lead_lines,
            sheet: self.file.sheet.as_deref(),
            records: self.file.records.as_deref(),
            each: self.file.each.as_deref(),
            join: self.file.join.clone(),
            zone: self.zone(),
            most_rows: None,
            bound,
        }
    }

    /// The rules with this export's own hours, in its zone, and its holidays.
    ///
    /// # Errors
    /// - none for a mapping that was read
    pub fn rules(&self, rules: &RulebookHistory) -> klokuur::Result<RulebookHistory> {
        match &self.reads {
            Reads::Cases(mapping) => rules.with_each(|rules| mapping.rules(rules)),
            Reads::Orders(_) => Ok(rules.clone()),
        }
    }
}

/// The lead lines of an order export are a matter of its file: they are left out before its rows are read.
fn orders(keys: Map<String, Value>, file: &mut FileLayout) -> klokuur::Result<OrderMapping> {
    let mut mapping = OrderMapping::from_value(Value::Object(keys))?;
    file.lead_lines = file.lead_lines.max(std::mem::take(&mut mapping.lead_lines));
    Ok(mapping)
}

fn invalid(path: &str, problem: &str) -> KlokuurError {
    KlokuurError::InvalidDocument { document: "mapping", path: path.to_owned(), problem: problem.to_owned() }
}
