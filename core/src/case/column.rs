//! Columns: the written names of fields, and what they hold.

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use super::event::{CaseKind, CaseStatus, EventKind, Party};
use super::scores::Scores;
use super::survey::SurveyAnswer;
use crate::error::Result;
use crate::shipping::ShippingMethod;
use crate::sla::{Amount, ClockState};

/// A field of an event record or of an outcome.
///
/// ```
/// # use klokuur::case::{ColumnKind, EventRecord};
/// let names: Vec<_> = EventRecord::COLUMNS.iter().map(|column| column.name).collect();
/// assert_eq!(names[..3], ["case", "at", "event"]);
/// assert!(matches!(EventRecord::COLUMNS[1].kind, ColumnKind::Instant));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name, the same in every language.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
}

/// What a column holds.
///
/// Shown at [`Column`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Any text.
    Text,
    /// One of these names.
    Name(&'static [&'static str]),
    /// An instant.
    Instant,
    /// An amount of business or elapsed time.
    Amount,
    /// Yes or no.
    Truth,
    /// A whole number, not below 0.
    Count,
    /// The scores of a survey, as text `area=score;area=score`.
    Scores,
    /// The answers to surveys, as text: time and scores, joined by ` | `.
    Surveys,
}

/// What a field of an outcome holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Missing,
    /// A text or a name.
    Text(Cow<'a, str>),
    /// An instant.
    Instant(DateTime<Utc>),
    /// An amount of time.
    Amount(Amount),
    /// Yes or no.
    Truth(bool),
    /// A whole number.
    Count(u32),
}

/// What the fields of one record are read from: a line, a row of columns.
///
/// Each answers none where the source has nothing, and an error where it has something else.
pub trait EventSource {
    /// A text, not empty.
    ///
    /// # Errors
    /// - what is no text
    fn text(&self, column: &'static str) -> Result<Option<Cow<'_, str>>>;

    /// An instant.
    ///
    /// # Errors
    /// - what is no instant, or has no zone
    fn instant(&self, column: &'static str) -> Result<Option<DateTime<Utc>>>;

    /// Yes or no.
    ///
    /// # Errors
    /// - what is neither
    fn truth(&self, column: &'static str) -> Result<Option<bool>>;
}

/// A value that a column of events holds.
pub(super) trait EventValue: Sized {
    const KIND: ColumnKind;
    fn read(source: &(impl EventSource + ?Sized), column: &'static str) -> Result<Option<Self>>;
}

impl EventValue for String {
    const KIND: ColumnKind = ColumnKind::Text;
    fn read(source: &(impl EventSource + ?Sized), column: &'static str) -> Result<Option<Self>> {
        Ok(source.text(column)?.map(Cow::into_owned))
    }
}

impl EventValue for DateTime<Utc> {
    const KIND: ColumnKind = ColumnKind::Instant;
    fn read(source: &(impl EventSource + ?Sized), column: &'static str) -> Result<Option<Self>> {
        source.instant(column)
    }
}

impl EventValue for bool {
    const KIND: ColumnKind = ColumnKind::Truth;
    fn read(source: &(impl EventSource + ?Sized), column: &'static str) -> Result<Option<Self>> {
        source.truth(column)
    }
}

impl EventValue for Scores {
    const KIND: ColumnKind = ColumnKind::Scores;
    fn read(source: &(impl EventSource + ?Sized), column: &'static str) -> Result<Option<Self>> {
        source.text(column)?.map(|text| text.parse()).transpose()
    }
}

/// A value that a column of outcomes holds.
pub(super) trait OutcomeValue {
    const KIND: ColumnKind;
    fn cell(&self) -> Cell<'_>;
}

impl<T: OutcomeValue> OutcomeValue for Option<T> {
    const KIND: ColumnKind = T::KIND;
    fn cell(&self) -> Cell<'_> {
        self.as_ref().map_or(Cell::Missing, T::cell)
    }
}

impl OutcomeValue for String {
    const KIND: ColumnKind = ColumnKind::Text;
    fn cell(&self) -> Cell<'_> {
        Cell::Text(Cow::Borrowed(self))
    }
}

impl OutcomeValue for DateTime<Utc> {
    const KIND: ColumnKind = ColumnKind::Instant;
    fn cell(&self) -> Cell<'_> {
        Cell::Instant(*self)
    }
}

impl OutcomeValue for Amount {
    const KIND: ColumnKind = ColumnKind::Amount;
    fn cell(&self) -> Cell<'_> {
        Cell::Amount(*self)
    }
}

impl OutcomeValue for bool {
    const KIND: ColumnKind = ColumnKind::Truth;
    fn cell(&self) -> Cell<'_> {
        Cell::Truth(*self)
    }
}

impl OutcomeValue for u32 {
    const KIND: ColumnKind = ColumnKind::Count;
    fn cell(&self) -> Cell<'_> {
        Cell::Count(*self)
    }
}

impl OutcomeValue for Scores {
    const KIND: ColumnKind = ColumnKind::Scores;
    fn cell(&self) -> Cell<'_> {
        Cell::Text(Cow::Owned(self.to_string()))
    }
}

impl OutcomeValue for Vec<SurveyAnswer> {
    const KIND: ColumnKind = ColumnKind::Surveys;
    fn cell(&self) -> Cell<'_> {
        match self.as_slice() {
            [] => Cell::Missing,
            answers => {
                let texts: Vec<String> = answers.iter().map(SurveyAnswer::to_string).collect();
                Cell::Text(Cow::Owned(texts.join(" | ")))
            }
        }
    }
}

macro_rules! names_in_columns {
    ($($name:ty),+ $(,)?) => {
        $(
            impl EventValue for $name {
                const KIND: ColumnKind = ColumnKind::Name(Self::NAMES);
                fn read(source: &(impl EventSource + ?Sized), column: &'static str) -> Result<Option<Self>> {
                    source.text(column)?.map(|text| text.parse()).transpose()
                }
            }

            impl OutcomeValue for $name {
                const KIND: ColumnKind = ColumnKind::Name(Self::NAMES);
                fn cell(&self) -> Cell<'_> {
                    Cell::Text(Cow::Borrowed(self.as_str()))
                }
            }
        )+
    };
}

names_in_columns!(EventKind, CaseKind, CaseStatus, Party, ShippingMethod);

impl OutcomeValue for ClockState {
    const KIND: ColumnKind = ColumnKind::Name(Self::NAMES);
    fn cell(&self) -> Cell<'_> {
        Cell::Text(Cow::Borrowed(self.as_str()))
    }
}

/// A struct with public fields that are columns, by name and as cells.
macro_rules! columns_of_cells {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$doc:meta])* $field:ident: $type:ty,)+ }) => {
        plain! { $(#[$meta])* pub struct $name { $($(#[$doc])* $field: $type,)+ } }

        impl $name {
            /// The fields in order, with what each holds.
            pub const COLUMNS: &[super::column::Column] = &[
                $(super::column::Column {
                    name: stringify!($field),
                    kind: <$type as super::column::OutcomeValue>::KIND,
                },)+
            ];

            /// What the field with this place in [`COLUMNS`](Self::COLUMNS) holds; nothing for a place beyond.
            pub fn cell(&self, column: usize) -> super::column::Cell<'_> {
                let cells: &[fn(&Self) -> super::column::Cell<'_>] =
                    &[$(|row| super::column::OutcomeValue::cell(&row.$field),)+];
                cells.get(column).map_or(super::column::Cell::Missing, |cell| cell(self))
            }
        }
    };
}

/// A struct with public fields whose names are known.
macro_rules! named_fields {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$doc:meta])* $field:ident: $type:ty,)+ }) => {
        plain! { $(#[$meta])* pub struct $name { $($(#[$doc])* $field: $type,)+ } }

        impl $name {
            /// The names of its fields, in order.
            pub const FIELDS: &[&str] = &[$(stringify!($field),)+];
        }
    };
}
