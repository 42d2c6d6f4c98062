//! Which fields an event carries, and how its row is read.

use std::borrow::Cow;
use std::str::FromStr;

use chrono::{DateTime, Utc};

use super::table::{Cell, Table};
use super::time::Times;
use super::value::{YES_OR_NO, read_whole, read_yes_no, read_yes_no_or_code};
use crate::EventKind;
use crate::case::{CaseEvent, ColumnKind, Description, EventRecord, EventSource, Opening, Scores, What};
use crate::error::{KlokuurError, Result};

/// A field of an event, beside its case, time and name: its place among the columns of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field(usize);

/// How many columns a record has.
pub(super) const COLUMNS: usize = EventRecord::COLUMNS.len();

impl Field {
    /// Every field, in the order of the columns.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let of_every_event = ["case", "at", "event"];
        (0..COLUMNS).map(Self).filter(move |field| !of_every_event.contains(&field.name()))
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        EventRecord::COLUMNS.iter().position(|column| column.name == name).map(Self)
    }

    pub(super) fn place(self) -> usize {
        self.0
    }

    pub(super) fn name(self) -> &'static str {
        EventRecord::COLUMNS.get(self.0).map_or("", |column| column.name)
    }

    pub(super) fn is_time(self) -> bool {
        EventRecord::COLUMNS.get(self.0).is_some_and(|column| column.kind == ColumnKind::Instant)
    }

    /// Whether it says something of the case, which its opening carries and an export may repeat on every row.
    pub(super) fn is_of_the_case(self) -> bool {
        self.name() != "text" && Opening::FIELDS.contains(&self.name())
    }

    /// Whether it may be learned while the case runs (RULES K16).
    pub(super) fn may_be_learned(self) -> bool {
        Description::FIELDS.contains(&self.name())
    }
}

/// Whether an event carries a field; each may have an id.
fn carries(kind: EventKind, field: &str) -> bool {
    match kind {
        EventKind::Opened => Opening::FIELDS.contains(&field),
        EventKind::Described => Description::FIELDS.contains(&field),
        EventKind::PhoneContact => matches!(field, "by" | "text") || Description::FIELDS.contains(&field),
        EventKind::CustomerMessage => field == "text",
        EventKind::SellerMessage => matches!(field, "text" | "automatic"),
        EventKind::FollowUp => field == "until",
        EventKind::Handled => field == "result",
        EventKind::Closed => matches!(field, "by" | "explanation"),
        EventKind::Reopened => field == "by",
        EventKind::SurveyAnswered => field == "scores",
        EventKind::Corrected => matches!(field, "corrects" | "right_event" | "right_at"),
        EventKind::Forwarded | EventKind::Received | EventKind::HandedOver | EventKind::Returned => false,
    }
}

/// Which event carries which field, by their places: asked for every cell of a log.
type CarriedBy = [[bool; COLUMNS]; EventKind::ALL.len()];

fn carried_by() -> CarriedBy {
    let mut by = [[false; COLUMNS]; EventKind::ALL.len()];
    for (kind, carried) in EventKind::ALL.iter().zip(&mut by) {
        for (field, slot) in Field::all().map(|field| (field, field.place())) {
            if let Some(slot) = carried.get_mut(slot) {
                *slot = carries(*kind, field.name());
            }
        }
    }
    by
}

/// The columns that hold the fields of events, and how their times are read.
#[derive(Debug)]
pub(super) struct Carried<'a, T> {
    pub(super) table: &'a T,
    pub(super) times: Times,
    pub(super) places: [Option<Place>; COLUMNS],
    /// The fields that the table has a column for, in the order of the columns of a record.
    pub(super) present: Vec<Field>,
    /// Those of them that say something of the case.
    pub(super) of_the_case: Vec<Field>,
    /// Those of them that may be learned.
    pub(super) learnable: Vec<Field>,
    by: CarriedBy,
}

/// A column of the table: where, and by which name.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) column: usize,
    pub(super) name: String,
}

/// What a row is to become: the event, and which of its fields.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) case: &'a str,
    pub(super) at: DateTime<Utc>,
    pub(super) kind: EventKind,
    /// The fields that changed, of a description.
    pub(super) only: Option<&'a [Field]>,
    pub(super) has_id: bool,
}

impl<'a, T: Table> Carried<'a, T> {
    pub(super) fn new(table: &'a T, times: Times, places: [Option<Place>; COLUMNS]) -> Self {
        let has_place = |field: &Field| places.get(field.place()).is_some_and(Option::is_some);
        let present: Vec<Field> = Field::all().filter(has_place).collect();
        Self {
            of_the_case: present.iter().copied().filter(|field| field.is_of_the_case()).collect(),
            learnable: present.iter().copied().filter(|field| field.may_be_learned()).collect(),
            by: carried_by(),
            table,
            times,
            places,
            present,
        }
    }

    /// Whether an event carries a field.
    pub(super) fn carries(&self, kind: EventKind, field: Field) -> bool {
        self.by.get(kind as usize).and_then(|carried| carried.get(field.place())).copied().unwrap_or_default()
    }

    pub(super) fn place(&self, field: Field) -> Option<&Place> {
        self.places.get(field.place())?.as_ref()
    }

    /// The name of a field's column.
    pub(super) fn column(&self, field: Field) -> &str {
        self.place(field).map_or(field.name(), |place| place.name.as_str())
    }

    /// The cell of a field, without the spaces around it.
    pub(super) fn cell(&self, row: usize, field: Field) -> Result<Cell<'a>> {
        let Some(place) = self.place(field) else { return Ok(Cell::Missing) };
        let cell = trimmed(self.table.cell(row, place.column)?);
        // A message may be a question mark.
        let is_message = matches!(field.name(), "text" | "explanation");
        Ok(if cell == Cell::Text("?") && !is_message { Cell::Missing } else { cell })
    }

    /// The event of a row.
    pub(super) fn event(&self, row: usize, wanted: Wanted<'_>) -> Result<CaseEvent> {
        let mut source = Source { carried: self, row, wanted, right: None };
        if wanted.kind == EventKind::Corrected {
            source.right = source.text("right_event")?.and_then(|name| name.parse().ok());
        }
        let wants = |field: &&Field| source.wants(**field);
        // Most events carry nothing, or nothing that the log has a column for.
        if !self.present.iter().any(|field| source.wants(*field))
            && let Some(what) = What::plain(wanted.kind)
        {
            return CaseEvent::read(None, wanted.case.to_owned(), wanted.at, what);
        }
        let fields = self.present.iter().filter(wants).map(|field| field.place());
        EventRecord::of_columns(wanted.case.to_owned(), wanted.at, wanted.kind, &source, fields)?.try_into()
    }

    /// The instant of a cell in the column `name`.
    pub(super) fn time(&self, cell: Cell<'_>, name: &str) -> Result<DateTime<Utc>> {
        match cell {
            Cell::Instant(at) => Ok(at),
            Cell::Missing => Err(missing(name)),
            Cell::Text(text) => self.times.read(text).map_err(|error| match error {
                KlokuurError::InvalidValue { given, accepted, .. } => {
                    fault(name, format!("`{given}`: accepted is {accepted}"))
                }
                other => other,
            }),
        }
    }
}

/// One row, of which only what its event carries is looked at.
struct Source<'s, 'a, T> {
    carried: &'s Carried<'a, T>,
    row: usize,
    wanted: Wanted<'s>,
    /// The event that a correction puts right.
    right: Option<EventKind>,
}

impl<T: Table> Source<'_, '_, T> {
    /// Whether the event is to have the field of its row.
    fn wants(&self, field: Field) -> bool {
        let Wanted { kind, only, has_id, .. } = self.wanted;
        if field.name() == "id" {
            return has_id;
        }
        let carried = &self.carried;
        (carried.carries(kind, field) || self.right.is_some_and(|right| carried.carries(right, field)))
            && only.is_none_or(|only| only.contains(&field))
    }

    /// The cell of a field that the event carries, if there is one, and the field.
    fn carried(&self, column: &str) -> Result<Option<(Cell<'_>, Field)>> {
        let Some(field) = Field::named(column) else { return Ok(None) };
        match self.wants(field).then(|| self.carried.cell(self.row, field)).transpose()? {
            None | Some(Cell::Missing) => Ok(None),
            Some(cell) => Ok(Some((cell, field))),
        }
    }
}

impl<T: Table> EventSource for Source<'_, '_, T> {
    fn text(&self, column: &'static str) -> Result<Option<Cow<'_, str>>> {
        match column {
            "case" => return Ok(Some(self.wanted.case.into())),
            "event" => return Ok(Some(self.wanted.kind.as_str().into())),
            _ => {}
        }
        let Some((cell, field)) = self.carried(column)? else { return Ok(None) };
        let text: Cow<'_, str> = match cell {
            Cell::Instant(at) => at.to_rfc3339().into(),
            Cell::Text(text) => text.into(),
            Cell::Missing => return Ok(None),
        };
        Ok(Some(match EventRecord::COLUMNS.get(field.place()).map(|column| column.kind) {
            // A name in upper case is that name; what is none is told as it is written.
            Some(ColumnKind::Name(names)) => {
                let lower = text.to_lowercase();
                if names.contains(&lower.as_str()) { lower.into() } else { text }
            }
            Some(ColumnKind::Scores) => scores(&text, self.carried.column(field))?.to_string().into(),
            _ => text,
        }))
    }

    fn instant(&self, column: &'static str) -> Result<Option<DateTime<Utc>>> {
        if column == "at" {
            return Ok(Some(self.wanted.at));
        }
        let Some((cell, field)) = self.carried(column)? else { return Ok(None) };
        self.carried.time(cell, self.carried.column(field)).map(Some)
    }

    fn truth(&self, column: &'static str) -> Result<Option<bool>> {
        let Some((Cell::Text(text), field)) = self.carried(column)? else { return Ok(None) };
        let accepted = || fault(self.carried.column(field), format!("`{text}`: accepted is {YES_OR_NO}"));
        let read = if field.name() == "automatic" { read_automatic(text) } else { read_yes_no(text) };
        read.ok_or_else(accepted).map(Some)
    }
}

/// Whether a message was sent by itself: yes or no, or the number of the rule that sent it (RULES K11).
pub(super) fn read_automatic(text: &str) -> Option<bool> {
    read_yes_no_or_code(text)
}

#[inline]
pub(super) fn trimmed(cell: Cell<'_>) -> Cell<'_> {
    // Most cells begin and end with what is no space.
    let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    match cell {
        Cell::Text(text) if is_letter(text.as_bytes().first()) && is_letter(text.as_bytes().last()) => cell,
        Cell::Text(text) => match text.trim() {
            "" => Cell::Missing,
            text => Cell::Text(text),
        },
        other => other,
    }
}

/// A name of ours, in upper or lower case.
pub(super) fn named<N: FromStr<Err = KlokuurError>>(text: &str) -> Result<N> {
    text.parse().or_else(|error| text.to_lowercase().parse().map_err(|_: KlokuurError| error))
}

/// `area=score;area=score`, each score written as numbers are.
fn scores(text: &str, name: &str) -> Result<Scores> {
    let accepted = || {
        fault(
            name,
            format!("`{text}`: accepted is area=score pairs joined by `;`, whole scores from 0 to 10"),
        )
    };
    let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
    let pairs = parts.map(|part| {
        let (area, score) = part.split_once('=').ok_or_else(accepted)?;
        let score = read_whole(score).and_then(|score| u8::try_from(score).ok());
        Ok((area.trim(), score.filter(|score| *score <= 10).ok_or_else(accepted)?))
    });
    Scores::new(pairs.collect::<Result<Vec<_>>>()?)
}

pub(super) fn fault(path: &str, problem: String) -> KlokuurError {
    KlokuurError::InvalidDocument { document: "case event", path: path.to_owned(), problem }
}

pub(super) fn missing(name: &str) -> KlokuurError {
    fault(name, "it is missing: every row needs it".into())
}
