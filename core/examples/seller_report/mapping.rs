//! How another system's log is read as the case log: which column is what, and which state is which event.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use klokuur::EventKind;
use serde::Deserialize;

use crate::Problem;

/// A mapping document (TOML); see `examples/mappings`. What is absent is as in the log's own schema.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Mapping {
    /// The zone of times that carry no offset, and of the report.
    pub(crate) zone: Tz,
    /// The pattern of times without offset, as chrono's `strftime`; without it times are RFC 3339.
    pub(crate) time_format: Option<String>,
    /// The hours that count, in the syntax of OpenStreetMap; without it, the rulebook's.
    pub(crate) hours: Option<String>,
    /// The holidays' country; without it, the rulebook's.
    pub(crate) calendar: Option<String>,
    /// Field of the case log → column of this log.
    pub(crate) columns: BTreeMap<String, String>,
    /// State of this log → event of the case log; "" is no event. Without any, states are events already.
    pub(crate) events: BTreeMap<String, String>,
    /// State before → state → event, where it depends on the state before.
    pub(crate) after: BTreeMap<String, BTreeMap<String, String>>,
    /// A case's first row opens it, in addition to its own event.
    pub(crate) first_row_opens: bool,
    /// The column with the time of that opening, when it is not the row's own.
    pub(crate) opened_at: Option<String>,
    /// Rows that repeat their case's state are updates and no events.
    pub(crate) collapse_repeats: bool,
}

impl Default for Mapping {
    fn default() -> Self {
        Self {
            zone: Tz::Europe__Amsterdam,
            time_format: None,
            hours: None,
            calendar: None,
            columns: BTreeMap::new(),
            events: BTreeMap::new(),
            after: BTreeMap::new(),
            first_row_opens: false,
            opened_at: None,
            collapse_repeats: false,
        }
    }
}

impl Mapping {
    pub(crate) fn read(path: &Path) -> Result<Self, Problem> {
        let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        Ok(toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?)
    }

    /// The column that holds a field.
    pub(crate) fn column<'a>(&'a self, field: &'a str) -> &'a str {
        self.columns.get(field).map_or(field, String::as_str)
    }

    /// The event of a state; none where the mapping says that it is no event.
    pub(crate) fn event(&self, before: Option<&str>, state: &str) -> Result<Option<EventKind>, String> {
        let after = before.and_then(|before| self.after.get(before)?.get(state));
        let name = if let Some(name) = after {
            name
        } else if self.events.is_empty() {
            state
        } else {
            self.events.get(state).map(String::as_str).ok_or_else(|| {
                let known = self.events.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
                format!("unknown state `{state}`: accepted is {known}")
            })?
        };
        if name.is_empty() {
            Ok(None)
        } else {
            name.parse().map(Some).map_err(|e: klokuur::KlokuurError| e.to_string())
        }
    }

    /// Reads a time of the log.
    pub(crate) fn time(&self, text: &str) -> Result<DateTime<Utc>, String> {
        let Some(format) = &self.time_format else {
            return DateTime::parse_from_rfc3339(text).map(|t| t.to_utc()).map_err(|e| {
                format!("time `{text}` is not valid ({e}): accepted is 2026-03-13T15:00:00+01:00")
            });
        };
        let local = NaiveDateTime::parse_from_str(text, format)
            .map_err(|e| format!("time `{text}` is not valid ({e}): accepted is the pattern {format}"))?;
        // The log does not say which of two equal local times it means: the earlier one.
        self.zone.from_local_datetime(&local).earliest().map(|t| t.to_utc()).ok_or_else(|| {
            format!("time `{text}` does not exist in {}: the clock was put forward", self.zone)
        })
    }
}
