//! How another system's log is read as the case log.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::carried::Field;
use super::encoding::Encoding;
use super::states::{States, event_named};
use super::time::Times;
use crate::error::{KlokuurError, Result};
use crate::rulebook::{CountryCalendar, Rulebook};
use crate::time::Zone;
use crate::{EventKind, Schedule};

/// How another system's log is read: which column is what, and which state is which event. A document in TOML or JSON;
/// what is absent is as in the case log's own schema.
///
/// A log has either one row an event, with the columns `case`, `at` and `event`, or one row a case, with a column of
/// its own for the time of each event ([`times`](Self::times)).
///
/// ```
/// # use klokuur::log::Mapping;
/// let mapping = Mapping::from_toml(r#"
///     zone = "Europe/Amsterdam"
///     [columns]
///     case = "ticket"
///     [times]
///     opened = "created"
///     seller_message = "first_reply"
/// "#)?;
/// assert_eq!((mapping.column("case"), mapping.column("subject")), ("ticket", "subject"));
/// assert!(mapping.check_columns(&["ticket", "created"]).is_err()); // `first_reply` is not there
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Value")]
pub struct Mapping {
    /// The encoding of a file, such as `windows-1252`; without it, what its bytes say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<Encoding>,
    /// The zone of times that carry no offset, and of the `hours` where they are stated; without it such times are
    /// refused. Without `hours` the clock stays in the rulebook's zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// The pattern of times, as `strftime` has it; without it, times are as [`Times`] reads them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_format: Option<String>,
    /// The hours that count, in the syntax of OpenStreetMap; without it, the rulebook's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// The holidays' country, or `none`; without it, the rulebook's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calendar: Option<String>,
    /// Field of the case log → column of this log.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, String>,
    /// One row a case: event → the column with its time. An empty cell is an event that has not been.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub times: BTreeMap<String, String>,
    /// Beside `times`: event → the column with the minutes from the opening to it, by the clock on the wall.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub minutes: BTreeMap<String, String>,
    /// State of this log, in upper or lower case → event of the case log; "" is no event. Without any, states are
    /// events already. The state "" is an empty cell, which is refused otherwise; "*" is any state that is not named,
    /// but for those joined by ` / ` that begin as a named one does: beside `status / closed`, `status / new` is
    /// refused.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub events: BTreeMap<String, String>,
    /// State before → state → event, where it depends on the state before: the last that a row named, an empty cell
    /// names none. Before a case's first row that is an event it is "" too.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub after: BTreeMap<String, BTreeMap<String, String>>,
    /// A case's first row by time opens it, in addition to its own event.
    #[serde(skip_serializing_if = "is_false")]
    pub first_row_opens: bool,
    /// The column with the time of that opening, when it is not the row's own. A row without a time of its own is of
    /// that time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened_at: Option<String>,
    /// Rows that repeat their case's state are updates and no events.
    #[serde(skip_serializing_if = "is_false")]
    pub collapse_repeats: bool,
    /// The column with a number that rises within a case: which row comes first of those with the same time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sequence: Option<String>,
}

/// How many columns an error names.
const NAMES_TOLD: usize = 12;

fn is_false(flag: &bool) -> bool {
    !flag
}

const KEYS: &[&str] = &[
    "encoding",
    "zone",
    "time_format",
    "hours",
    "calendar",
    "columns",
    "times",
    "minutes",
    "events",
    "after",
    "first_row_opens",
    "opened_at",
    "collapse_repeats",
    "sequence",
];

impl Mapping {
    /// Reads a mapping from TOML.
    ///
    /// # Errors
    /// - a text that is no TOML, with its line
    /// - as [`from_json`](Self::from_json)
    pub fn from_toml(text: &str) -> Result<Self> {
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
            let at = error.span().map_or(0, |span| span.start);
            let line = text.get(..at).unwrap_or(text).matches('\n').count() + 1;
            invalid(&format!("line {line}"), &format!("{}: accepted is TOML", error.message()))
        })?;
        serde_json::to_value(table).map_err(|error| invalid("line 1", &error.to_string()))?.try_into()
    }

    /// Reads a mapping from JSON.
    ///
    /// # Errors
    /// - a text that is no JSON, with its line
    /// - a key that a mapping does not have, or a value of another kind, with its path
    /// - an unknown zone, pattern, calendar, event or field; hours that are no schedule
    /// - `times` without `opened`, or beside what is said of rows that are events
    pub fn from_json(text: &str) -> Result<Self> {
        let value: Value = serde_json::from_str(text).map_err(|error| {
            invalid(&format!("line {}", error.line()), &format!("{error}: accepted is JSON"))
        })?;
        value.try_into()
    }

    /// The column that holds a field.
    pub fn column<'m>(&'m self, field: &'m str) -> &'m str {
        self.columns.get(field).map_or(field, String::as_str)
    }

    /// How the times of this log are read.
    ///
    /// # Errors
    /// - an unknown zone or a pattern that is none, in a mapping put together in code
    pub fn reads_times(&self) -> Result<Times> {
        Times::new(self.zone.as_deref(), self.time_format.as_deref())
    }

    /// The columns that a log cannot do without.
    pub fn columns_needed(&self) -> Vec<&str> {
        let mut columns = vec![self.column("case")];
        match self.times.is_empty() {
            true => columns.extend([self.column("at"), self.column("event")]),
            false => columns.extend(self.times.values().chain(self.minutes.values()).map(String::as_str)),
        }
        columns.extend(self.opened_at.as_deref());
        columns.extend(self.sequence.as_deref());
        columns
    }

    /// Nothing wrong when every column is there that a log cannot do without.
    ///
    /// # Errors
    /// - columns without a needed one: the error names it, and those that are there
    pub fn check_columns(&self, names: &[&str]) -> Result<()> {
        let needed = self.columns_needed();
        let Some(missing) = needed.iter().find(|needed| !names.contains(needed)) else { return Ok(()) };
        let some: Vec<&str> = names.iter().copied().take(NAMES_TOLD).collect();
        let found = match (some.len(), names.len()) {
            (0, _) => "none".to_owned(),
            (told, all) if told < all => format!("{} and {} more", some.join(", "), all - told),
            _ => some.join(", "),
        };
        let needed = needed.join(", ");
        Err(no_log(
            missing,
            format!(
                "missing, accepted are the columns {needed}; there are {found}: rename them, or map them"
            ),
        ))
    }

    /// The column with the time of a row's event, or of its opening where a row is a case.
    pub fn column_of_time(&self) -> &str {
        let opened = self.times.iter().find(|(event, _)| event.eq_ignore_ascii_case("opened"));
        opened.map_or_else(|| self.column("at"), |(_, column)| column)
    }

    /// Every column that is looked at, each with whether it holds times.
    pub fn columns_looked_at(&self) -> Vec<(&str, bool)> {
        let mut columns: Vec<(&str, bool)> = vec![(self.column("case"), false)];
        if self.times.is_empty() {
            columns.extend([(self.column("at"), true), (self.column("event"), false)]);
        }
        columns.extend(Field::all().map(|field| (self.column(field.name()), field.is_time())));
        columns.extend(self.times.values().map(|column| (column.as_str(), true)));
        columns.extend(self.minutes.values().map(|column| (column.as_str(), false)));
        columns.extend(self.opened_at.iter().map(|column| (column.as_str(), true)));
        columns.extend(self.sequence.iter().map(|column| (column.as_str(), false)));
        columns
    }

    /// A rulebook with this log's own hours, in its zone, and its holidays. Without hours the clock stays that of the
    /// rulebook: in which zone an export writes its times says nothing of where its seller's days begin (RULES C1).
    pub fn rules(&self, rules: &Rulebook) -> Result<Rulebook> {
        let mut rules = rules.clone();
        if let Some(hours) = &self.hours {
            rules.clock.hours.clone_from(hours);
            if let Some(zone) = &self.zone {
                rules.clock.zone = zone.parse()?;
            }
        }
        match self.calendar.as_deref() {
            Some("none") => rules.clock.calendars.clear(),
            Some(country) => rules.clock.calendars = vec![CountryCalendar::country(country)],
            None => {}
        }
        Ok(rules)
    }

    /// Everything that can be said of a mapping before there is a log.
    fn check(&self) -> Result<()> {
        let at = |path: &str, error: KlokuurError| invalid(path, &error.to_string());
        if let Some(zone) = &self.zone {
            zone.parse::<Zone>().map_err(|error| at("zone", error))?;
        }
        Times::new(None, self.time_format.as_deref()).map_err(|error| at("time_format", error))?;
        if let Some(hours) = &self.hours {
            let zone: Zone = self.zone.as_deref().unwrap_or("UTC").parse()?;
            Schedule::parse(hours, zone).map_err(|error| at("hours", error))?;
        }
        if let Some(country) = self.calendar.as_deref().filter(|country| *country != "none") {
            crate::HolidayCalendar::country(country).map_err(|error| at("calendar", error))?;
        }
        let fields: Vec<&str> =
            ["case", "at", "event"].into_iter().chain(Field::all().map(Field::name)).collect();
        if let Some(unknown) = self.columns.keys().find(|name| !fields.contains(&name.as_str())) {
            return Err(invalid(
                &format!("columns.{unknown}"),
                &format!("accepted is {}", fields.join(", ")),
            ));
        }
        for (path, events) in std::iter::once(("events".to_owned(), &self.events))
            .chain(self.after.iter().map(|(before, events)| (format!("after.{before}"), events)))
        {
            for (state, event) in events {
                event_named(event).map_err(|error| at(&format!("{path}.{state}"), error))?;
            }
        }
        States::of(&self.events, &self.after)?;
        self.check_times()
    }

    fn check_times(&self) -> Result<()> {
        if self.times.is_empty() {
            return match self.minutes.is_empty() {
                true => Ok(()),
                false => Err(invalid("minutes", "without `times` there is no opening: accepted is both")),
            };
        }
        let all = self.times.keys().map(|event| ("times", event));
        for (key, event) in all.chain(self.minutes.keys().map(|event| ("minutes", event))) {
            let path = format!("{key}.{event}");
            match event_named(event) {
                Ok(Some(EventKind::Corrected) | None) => {
                    return Err(invalid(&path, "accepted is any event but `corrected`"));
                }
                Ok(Some(EventKind::Opened)) if key == "minutes" => {
                    return Err(invalid(&path, "accepted is any event but `opened`, from which they count"));
                }
                Ok(Some(_)) => {}
                Err(error) => return Err(invalid(&path, &error.to_string())),
            }
        }
        let opens = |event: &String| event_named(event).ok().flatten() == Some(EventKind::Opened);
        if !self.times.keys().any(opens) {
            return Err(invalid("times", "`opened` is missing: every case has a time of opening"));
        }
        let of_events = [
            ("columns.at", self.columns.contains_key("at")),
            ("columns.event", self.columns.contains_key("event")),
            ("events", !self.events.is_empty()),
            ("after", !self.after.is_empty()),
            ("first_row_opens", self.first_row_opens),
            ("opened_at", self.opened_at.is_some()),
            ("collapse_repeats", self.collapse_repeats),
            ("sequence", self.sequence.is_some()),
        ];
        match of_events.iter().find(|(_, is_there)| *is_there) {
            Some((path, _)) => Err(invalid(path, "with `times` a row is a case: accepted is one of the two")),
            None => Ok(()),
        }
    }
}

impl TryFrom<Value> for Mapping {
    type Error = KlokuurError;

    /// Reads a mapping from a generic value; the errors are those of [`Mapping::from_json`].
    fn try_from(value: Value) -> Result<Self> {
        let Value::Object(keys) = value else { return Err(invalid("the top", "accepted is a table")) };
        let mut mapping = Self::default();
        for (key, value) in keys {
            let path = key.as_str();
            if value.is_null() {
                continue;
            }
            match path {
                "encoding" => {
                    let name = text(path, value)?;
                    mapping.encoding =
                        Some(name.parse().map_err(|e: KlokuurError| invalid(path, &e.to_string()))?);
                }
                "zone" => mapping.zone = Some(text(path, value)?),
                "time_format" => mapping.time_format = Some(text(path, value)?),
                "hours" => mapping.hours = Some(text(path, value)?),
                "calendar" => mapping.calendar = Some(text(path, value)?),
                "columns" => mapping.columns = texts(path, value)?,
                "times" => mapping.times = texts(path, value)?,
                "minutes" => mapping.minutes = texts(path, value)?,
                "events" => mapping.events = texts(path, value)?,
                "after" => {
                    for (before, events) in table(path, value)? {
                        let events = texts(&format!("{path}.{before}"), events)?;
                        mapping.after.insert(before, events);
                    }
                }
                "first_row_opens" => mapping.first_row_opens = flag(path, &value)?,
                "opened_at" => mapping.opened_at = Some(text(path, value)?),
                "collapse_repeats" => mapping.collapse_repeats = flag(path, &value)?,
                "sequence" => mapping.sequence = Some(text(path, value)?),
                unknown => return Err(invalid(unknown, &format!("accepted is {}", KEYS.join(", ")))),
            }
        }
        mapping.check()?;
        Ok(mapping)
    }
}

fn text(path: &str, value: Value) -> Result<String> {
    match value {
        Value::String(text) => Ok(text),
        _ => Err(invalid(path, "accepted is a text")),
    }
}

fn flag(path: &str, value: &Value) -> Result<bool> {
    value.as_bool().ok_or_else(|| invalid(path, "accepted is true or false"))
}

fn table(path: &str, value: Value) -> Result<Map<String, Value>> {
    match value {
        Value::Object(table) => Ok(table),
        _ => Err(invalid(path, "accepted is a table")),
    }
}

fn texts(path: &str, value: Value) -> Result<BTreeMap<String, String>> {
    let of = |(name, value)| {
        let value = text(&format!("{path}.{name}"), value)?;
        Ok((name, value))
    };
    table(path, value)?.into_iter().map(of).collect()
}

fn invalid(path: &str, problem: &str) -> KlokuurError {
    KlokuurError::InvalidDocument { document: "mapping", path: path.to_owned(), problem: problem.to_owned() }
}

/// What a log is called in its errors.
pub(super) const EVENT_LOG: &str = "event log";

fn no_log(path: &str, problem: String) -> KlokuurError {
    KlokuurError::InvalidDocument { document: EVENT_LOG, path: path.to_owned(), problem }
}
