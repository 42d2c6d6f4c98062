//! A table and a mapping, put together: where each field stands, and what a row says.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::carried::{COLUMNS, Carried, Field, Place, fault, missing, trimmed};
use super::header::{check_width, place_of};
use super::mapping::{EVENT_LOG, Mapping};
use super::states::{States, event_named};
use super::table::{Cell, Table};
use super::value::{may_be_thousands, read_whole};
use crate::EventKind;
use crate::error::Result;

/// Reads a log in parts: the events of some rows at a time. Rows of one case belong in one part.
///
/// ```
/// # use klokuur::log::{LogReader, Mapping, Rows};
/// let rows = Rows::new(
///     ["case", "at", "event", "origin"],
///     [["K-1", "2026-03-13T14:00:00Z", "opened", "customer"], ["K-2", "soon", "opened", "customer"]],
/// );
/// let mapping = Mapping::default();
/// let reader = LogReader::new(&rows, &mapping)?;
/// let mut events = reader.read();
/// assert_eq!(events.by_ref().count(), 1);
/// let summary = events.end();
/// assert_eq!((summary.rows, summary.events, summary.refused[0].0), (2, 1, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct LogReader<'a, T> {
    pub(super) carried: Carried<'a, T>,
    pub(super) mapping: &'a Mapping,
    case: Place,
    pub(super) layout: Layout,
    width: usize,
}

/// Two hundred years: as long as all that is supported.
const MOST_MINUTES: f64 = 200.0 * 366.0 * 24.0 * 60.0;

/// What a row of the log is.
#[derive(Debug)]
pub(super) enum Layout {
    /// An event.
    Events { at: Place, event: Place, states: Box<States>, opened_at: Option<Place>, sequence: Option<Place> },
    /// A case: the columns with the times of its events, the opening first, and those with the minutes since then.
    Cases { times: Vec<(EventKind, Place)>, minutes: Vec<(EventKind, Place)> },
}

impl<'a, T: Table> LogReader<'a, T> {
    /// A reader of this table.
    ///
    /// # Errors
    /// - a needed column that is not there, or a column that is there twice
    pub fn new(table: &'a T, mapping: &'a Mapping) -> Result<Self> {
        let names: Vec<&str> = table.names().into_iter().map(str::trim).collect();
        let place = |name: &str| -> Result<Option<Place>> {
            let found = place_of(EVENT_LOG, &names, name)?;
            Ok(found.map(|column| Place { column, name: name.to_owned() }))
        };
        mapping.check_columns(&names)?;
        let needed = |name: &str| -> Result<Place> { place(name)?.ok_or_else(|| missing(name)) };
        let case = needed(mapping.column("case"))?;
        let layout = if mapping.times.is_empty() {
            Layout::Events {
                at: needed(mapping.column("at"))?,
                event: needed(mapping.column("event"))?,
                states: Box::new(States::of(&mapping.events, &mapping.after)?),
                opened_at: mapping.opened_at.as_deref().map(needed).transpose()?,
                sequence: mapping.sequence.as_deref().map(needed).transpose()?,
            }
        } else {
            let columns = |written: &BTreeMap<String, String>| -> Result<Vec<(EventKind, Place)>> {
                let mut columns = Vec::new();
                for (event, column) in written {
                    if let Some(kind) = event_named(event)? {
                        columns.push((kind, needed(column)?));
                    }
                }
                columns.sort_by_key(|(kind, _)| *kind);
                Ok(columns)
            };
            Layout::Cases { times: columns(&mapping.times)?, minutes: columns(&mapping.minutes)? }
        };
        let mut places: [Option<Place>; COLUMNS] = std::array::from_fn(|_| None);
        for field in Field::all() {
            if let Some(slot) = places.get_mut(field.place()) {
                *slot = place(mapping.column(field.name()))?;
            }
        }
        let carried = Carried::new(table, mapping.reads_times()?, places);
        Ok(Self { carried, mapping, case, layout, width: names.len() })
    }

    /// The case that a row is of; none where that cannot be read.
    pub fn case(&self, row: usize) -> Option<&'a str> {
        match self.carried.table.cell(row, self.case.column).map(trimmed) {
            Ok(Cell::Text(case)) if case != "?" => Some(case),
            _ => None,
        }
    }

    /// Whether a row has as many cells as the header.
    pub(super) fn has_width(&self, row: usize) -> bool {
        self.carried.table.width(row).is_none_or(|width| width == self.width)
    }

    /// The case and the time of a row; the time is nothing where a row is a case.
    pub(super) fn locate(&self, row: usize) -> Result<(&'a str, DateTime<Utc>)> {
        let table = self.carried.table;
        table.width(row).map_or(Ok(()), |width| check_width(width, self.width))?;
        let case = match trimmed(table.cell(row, self.case.column)?) {
            Cell::Text(case) if case != "?" => case,
            Cell::Instant(at) => {
                return Err(fault(&self.case.name, format!("`{at}`: accepted is a case number")));
            }
            _ => return Err(missing(&self.case.name)),
        };
        match &self.layout {
            Layout::Events { at, opened_at, .. } => {
                // What cannot be read is not a case without a time of opening: its row is refused.
                let opening = opened_at.as_ref().map_or(Ok(None), |place| self.time(row, place))?;
                // A row to which nothing has happened yet is of the time of opening, where that is told.
                let at = self.time(row, at)?.or(opening).ok_or_else(|| missing(&at.name))?;
                Ok((case, at))
            }
            Layout::Cases { .. } => Ok((case, DateTime::UNIX_EPOCH)),
        }
    }

    /// The time in a column, if there is one.
    pub(super) fn time(&self, row: usize, place: &Place) -> Result<Option<DateTime<Utc>>> {
        match trimmed(self.carried.table.cell(row, place.column)?) {
            Cell::Missing | Cell::Text("?") => Ok(None),
            cell => self.carried.time(cell, &place.name).map(Some),
        }
    }

    /// A number of minutes in a column, if there is one.
    pub(super) fn minutes(&self, row: usize, place: &Place) -> Result<Option<TimeDelta>> {
        let text = match trimmed(self.carried.table.cell(row, place.column)?) {
            Cell::Missing | Cell::Text("?") => return Ok(None),
            Cell::Text(text) => text,
            Cell::Instant(_) => "a time",
        };
        if may_be_thousands(text) {
            let problem = format!(
                "`{text}`: it may be meant in thousands or with decimals: accepted is a number of minutes without a \
                 mark for thousands, as 2880, or with one or two decimals, as 12.5"
            );
            return Err(fault(&place.name, problem));
        }
        let number = text
            .replace(',', ".")
            .parse::<f64>()
            .ok()
            .filter(|minutes| (0.0..=MOST_MINUTES).contains(minutes));
        let minutes = number.ok_or_else(|| {
            fault(&place.name, format!("`{text}`: accepted is a number of minutes, as 12 or 12.5"))
        })?;
        Ok(Some(TimeDelta::seconds((minutes * 60.0).round() as i64)))
    }

    /// The state of a row.
    pub(super) fn state(&self, row: usize, place: &Place) -> Result<&'a str> {
        match trimmed(self.carried.table.cell(row, place.column)?) {
            Cell::Text("?") | Cell::Missing => match &self.layout {
                Layout::Events { states, .. } if states.knows_empty() => Ok(""),
                _ => Err(missing(&place.name)),
            },
            Cell::Text(state) => Ok(state),
            Cell::Instant(at) => Err(fault(&place.name, format!("`{at}`: accepted is the name of an event"))),
        }
    }

    /// Which of two rows of a case comes first, when both have the same time: nothing in it depends on their order in
    /// the log.
    pub(super) fn order_at_one_time(&self, one: usize, other: usize) -> std::cmp::Ordering {
        let Layout::Events { event, states, sequence, .. } = &self.layout else {
            return std::cmp::Ordering::Equal;
        };
        let cell = |row: usize, place: &Place| {
            self.carried.table.cell(row, place.column).map_or(Cell::Missing, trimmed)
        };
        let number = |row: usize| match sequence.as_ref().map(|place| cell(row, place)) {
            Some(Cell::Text(text)) => (read_whole(text), text),
            _ => (None, ""),
        };
        let state = |row: usize| match cell(row, event) {
            Cell::Text(state) if state != "?" => state,
            _ => "",
        };
        let kind = |row: usize| states.event(state(row)).ok().flatten();
        number(one)
            .cmp(&number(other))
            // What says no state comes after what does: so it is beside an event of its time, and not before it.
            .then_with(|| state(one).is_empty().cmp(&state(other).is_empty()))
            .then_with(|| kind(one).cmp(&kind(other)))
            .then_with(|| state(one).cmp(state(other)))
            .then_with(|| {
                let places = self.carried.places.iter().flatten();
                places
                    .map(|place| cell(one, place).cmp(&cell(other, place)))
                    .find(|order| order.is_ne())
                    .unwrap_or(std::cmp::Ordering::Equal)
            })
    }
}
