//! Which fields an event carries, and how a cell becomes one.

use super::table::{Cell, Table};
use super::time::Times;
use super::value::{YES_OR_NO, read_whole, read_yes_no};
use crate::case::{By, CaseKind, Origin};
use crate::case::{EventRecord, Scores};
use crate::error::{KlokuurError, Result};
use crate::{EventKind, ShippingMethod};

macro_rules! fields {
    ($($field:ident = $name:literal),+ $(,)?) => {
        /// A field of an event, beside its case, time and name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Field { $($field),+ }

        impl Field {
            pub(super) const ALL: &[Self] = &[$(Self::$field),+];

            pub(super) const fn name(self) -> &'static str {
                match self { $(Self::$field => $name),+ }
            }
        }
    };
}

fields! {
    Id = "id",
    Origin = "origin",
    Kind = "kind",
    Order = "order",
    OrderedAt = "ordered_at",
    Customer = "customer",
    Subject = "subject",
    Item = "item",
    Defect = "defect",
    Agent = "agent",
    Priority = "priority",
    ShippingMethod = "shipping_method",
    Text = "text",
    Automatic = "automatic",
    Until = "until",
    By = "by",
    Explanation = "explanation",
    Result = "result",
    Scores = "scores",
    Corrects = "corrects",
    RightEvent = "right_event",
    RightAt = "right_at",
}

pub(super) const FIELDS: usize = Field::ALL.len();

/// The fields of a case that its opening carries; an export may repeat them on every row.
pub(super) const OF_THE_CASE: &[Field] = &[
    Field::Origin,
    Field::Kind,
    Field::Order,
    Field::OrderedAt,
    Field::Customer,
    Field::Subject,
    Field::Item,
    Field::Defect,
    Field::Agent,
    Field::Priority,
    Field::ShippingMethod,
];

/// What an event carries, beside its id.
pub(super) const fn carried(kind: EventKind) -> &'static [Field] {
    match kind {
        EventKind::Opened => &[
            Field::Origin,
            Field::Kind,
            Field::Order,
            Field::OrderedAt,
            Field::Customer,
            Field::Subject,
            Field::Item,
            Field::Defect,
            Field::Agent,
            Field::Priority,
            Field::ShippingMethod,
            Field::Text,
        ],
        EventKind::PhoneContact => &[
            Field::By,
            Field::Order,
            Field::Customer,
            Field::Subject,
            Field::Item,
            Field::Defect,
            Field::Agent,
            Field::Priority,
            Field::Text,
        ],
        EventKind::Described => &[
            Field::Order,
            Field::Customer,
            Field::Subject,
            Field::Item,
            Field::Defect,
            Field::Agent,
            Field::Priority,
        ],
        EventKind::Handled => &[Field::Result],
        EventKind::CustomerMessage => &[Field::Text],
        EventKind::SellerMessage => &[Field::Text, Field::Automatic],
        EventKind::FollowUp => &[Field::Until],
        EventKind::Closed => &[Field::By, Field::Explanation],
        EventKind::Reopened => &[Field::By],
        EventKind::SurveyAnswered => &[Field::Scores],
        EventKind::Corrected => &[Field::Corrects, Field::RightEvent, Field::RightAt],
        EventKind::Forwarded | EventKind::Received | EventKind::HandedOver | EventKind::Returned => &[],
    }
}

/// The columns that hold the fields of events, and how their times are read.
#[derive(Debug)]
pub(super) struct Carried<'a, T> {
    pub(super) table: &'a T,
    pub(super) times: Times,
    pub(super) places: [Option<Place>; FIELDS],
}

/// A column of the table: where, and by which name.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) column: usize,
    pub(super) name: String,
}

impl<'a, T: Table> Carried<'a, T> {
    pub(super) fn place(&self, field: Field) -> Option<&Place> {
        self.places.get(field as usize)?.as_ref()
    }

    /// The cell of a field, without the spaces around it.
    pub(super) fn cell(&self, row: usize, field: Field) -> Result<Cell<'a>> {
        let Some(place) = self.place(field) else { return Ok(Cell::Missing) };
        let cell = trimmed(self.table.cell(row, place.column)?);
        // A message may be a question mark.
        let is_message = matches!(field, Field::Text | Field::Explanation);
        Ok(if cell == Cell::Text("?") && !is_message { Cell::Missing } else { cell })
    }

    /// Fills in what `kind` carries from its row.
    pub(super) fn fill(&self, record: &mut EventRecord, row: usize, kind: EventKind) -> Result<()> {
        for field in carried(kind) {
            self.set(record, row, *field)?;
        }
        match record.right_event {
            Some(right) if kind == EventKind::Corrected && right != EventKind::Corrected => {
                self.fill(record, row, right)
            }
            _ => Ok(()),
        }
    }

    pub(super) fn set(&self, record: &mut EventRecord, row: usize, field: Field) -> Result<()> {
        let cell = self.cell(row, field)?;
        if cell == Cell::Missing {
            return Ok(());
        }
        let name = self.place(field).map_or(field.name(), |place| &place.name);
        match field {
            Field::Id => record.id = Some(text(cell)),
            Field::Origin => record.origin = Some(named::<Origin>(&text(cell))?),
            Field::Kind => record.kind = Some(named::<CaseKind>(&text(cell))?),
            Field::Order => record.order = Some(text(cell)),
            Field::OrderedAt => record.ordered_at = Some(self.time(cell, name)?),
            Field::Customer => record.customer = Some(text(cell)),
            Field::Subject => record.subject = Some(text(cell)),
            Field::Item => record.item = Some(text(cell)),
            Field::Defect => record.defect = Some(text(cell)),
            Field::Agent => record.agent = Some(text(cell)),
            Field::Priority => record.priority = Some(text(cell)),
            Field::ShippingMethod => record.shipping_method = Some(named::<ShippingMethod>(&text(cell))?),
            Field::Text => record.text = Some(text(cell)),
            Field::Automatic => {
                let said = text(cell);
                let read = read_yes_no(&said);
                record.automatic =
                    Some(read.ok_or_else(|| fault(name, format!("`{said}`: accepted is {YES_OR_NO}")))?);
            }
            Field::Until => record.until = Some(self.time(cell, name)?),
            Field::By => record.by = Some(named::<By>(&text(cell))?),
            Field::Explanation => record.explanation = Some(text(cell)),
            Field::Result => record.result = Some(text(cell)),
            Field::Scores => record.scores = Some(scores(&text(cell), name)?),
            Field::Corrects => record.corrects = Some(text(cell)),
            Field::RightEvent => record.right_event = Some(named(&text(cell))?),
            Field::RightAt => record.right_at = Some(self.time(cell, name)?),
        }
        Ok(())
    }

    /// The instant of a cell in the column `name`.
    pub(super) fn time(&self, cell: Cell<'_>, name: &str) -> Result<chrono::DateTime<chrono::Utc>> {
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

pub(super) fn trimmed(cell: Cell<'_>) -> Cell<'_> {
    match cell {
        Cell::Text(text) => match text.trim() {
            "" => Cell::Missing,
            text => Cell::Text(text),
        },
        other => other,
    }
}

fn text(cell: Cell<'_>) -> String {
    match cell {
        Cell::Missing => String::new(),
        Cell::Text(text) => text.to_owned(),
        Cell::Instant(at) => at.to_rfc3339(),
    }
}

/// A name of ours, in upper or lower case.
pub(super) fn named<N: std::str::FromStr<Err = KlokuurError>>(text: &str) -> Result<N> {
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
