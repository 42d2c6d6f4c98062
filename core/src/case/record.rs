//! The written form of an event: one flat row.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::column::{Column, ColumnKind, EventSource, EventValue};
use super::event::{CaseEvent, CaseKind, Description, EventKind, Opening, Party, Replacement, What};
use super::scores::Scores;
use crate::error::{KlokuurError, Result};
use crate::shipping::ShippingMethod;
use crate::time::Moment;

/// The record and what follows from its fields: they are named here, and for the texts known of a case in `fact.rs`.
macro_rules! event_record {
    ($($(#[$doc:meta])* $field:ident: $type:ty,)+) => {
        /// One row of the case log: the columns of CSV, the fields of a JSON line.
        ///
        /// `case`, `at` and `event` are always there; the others where the event carries them. A field that the event
        /// does not carry is refused when the row becomes a [`CaseEvent`], so that a slip in a log does not pass
        /// unseen.
        ///
        /// Shown at [`Column`](super::Column).
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct EventRecord {
            /// The case number.
            pub case: String,
            /// When it happened, with an offset.
            pub at: DateTime<Utc>,
            /// The event's name.
            pub event: EventKind,
            $(
                $(#[$doc])*
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub $field: Option<$type>,
            )+
        }

        impl EventRecord {
            /// The columns of a log, with what each holds; the first three are always there.
            pub const COLUMNS: &[Column] = &[
                Column { name: "case", kind: ColumnKind::Text },
                Column { name: "at", kind: ColumnKind::Instant },
                Column { name: "event", kind: <EventKind as EventValue>::KIND },
                $(Column { name: stringify!($field), kind: <$type as EventValue>::KIND },)+
            ];

            /// A row with the three fields that are always there.
            pub fn new(case: impl Into<String>, at: impl Moment, event: EventKind) -> Self {
                Self { case: case.into(), at: at.utc(), event, $($field: None,)+ }
            }

            /// The row whose fields are read from a source.
            ///
            /// # Errors
            /// - no `case`, `at` or `event`
            /// - a field of another kind than its column
            pub fn read(source: &(impl EventSource + ?Sized)) -> Result<Self> {
                let missing = |name| fault(name, "it is missing: every row needs it".into());
                Ok(Self {
                    case: String::read(source, "case")?.ok_or_else(|| missing("case"))?,
                    at: source.instant("at")?.ok_or_else(|| missing("at"))?,
                    event: EventKind::read(source, "event")?.ok_or_else(|| missing("event"))?,
                    $($field: <$type>::read(source, stringify!($field))?,)+
                })
            }

            /// The row of which only some columns are read, by their places in [`COLUMNS`](Self::COLUMNS); the others
            /// are empty.
            pub(crate) fn of_columns<S: EventSource + ?Sized>(
                case: String,
                at: DateTime<Utc>,
                event: EventKind,
                source: &S,
                columns: impl Iterator<Item = usize>,
            ) -> Result<Self> {
                let mut record = Self::new(case, at, event);
                let readers: &[fn(&mut Self, &S) -> Result<()>] = &[
                    // Case, time and event are there already.
                    |_, _| Ok(()),
                    |_, _| Ok(()),
                    |_, _| Ok(()),
                    $(|record, source| {
                        record.$field = <$type>::read(source, stringify!($field))?;
                        Ok(())
                    },)+
                ];
                columns.filter_map(|column| readers.get(column)).try_for_each(|read| read(&mut record, source))?;
                Ok(record)
            }

            /// The fields that are filled, beside the three that always are and the id.
            pub(crate) fn filled(&self) -> impl Iterator<Item = &'static str> {
                [$((stringify!($field), self.$field.is_some()),)+]
                    .into_iter()
                    .filter(|(name, is_filled)| *is_filled && *name != "id")
                    .map(|(name, _)| name)
            }
        }
    };
}

macro_rules! event_record_with {
    ($($(#[$doc:meta])* $fact:ident in $pool:ident,)+) => {
        event_record! {
            /// The event's own id, unique within its case.
            id: String,
            /// `opened`: who opened it; `customer` when absent.
            origin: Party,
            /// `opened`: the kind of case; `question` when absent.
            kind: CaseKind,
            $($(#[$doc])* $fact: String,)+
            /// `opened`: when the order was placed, with an offset.
            ordered_at: DateTime<Utc>,
            /// `opened`: how the order is shipped.
            shipping_method: ShippingMethod,
            /// `opened`, `customer_message`, `seller_message`, `phone_contact`: the message's text, what was said.
            text: String,
            /// `seller_message`: an automatic acknowledgement; `false` when absent.
            automatic: bool,
            /// `follow_up`: until when, with an offset.
            until: DateTime<Utc>,
            /// `closed`, `reopened`: by whom; `seller` when absent. `phone_contact`: who called; `customer` when
            /// absent.
            by: Party,
            /// `closed`: the explanation.
            explanation: String,
            /// `handled`: the result.
            result: String,
            /// `survey_answered`: the scores by area.
            scores: Scores,
            /// `corrected`: the id of the event that was recorded wrongly.
            corrects: String,
            /// `corrected`: what really happened, with that event's own fields beside it; absent when nothing happened.
            right_event: EventKind,
            /// `corrected`: when it really happened, with an offset.
            right_at: DateTime<Utc>,
        }
    };
}

facts!(event_record_with);

macro_rules! facts_of_a_record {
    ($($(#[$doc:meta])* $fact:ident in $pool:ident,)+) => {
        impl Description {
            fn take(record: &mut EventRecord) -> Self {
                Self { $($fact: record.$fact.take(),)+ }
            }

            fn fill(self, record: &mut EventRecord) {
                let Self { $($fact,)+ } = self;
                $(record.$fact = $fact;)+
            }

            /// What is known after `earlier` was, and this became so (RULES K16).
            pub(super) fn after(self, earlier: Self) -> Self {
                Self { $($fact: self.$fact.or(earlier.$fact),)+ }
            }

            /// Whether it says nothing.
            pub fn is_empty(&self) -> bool {
                [$(&self.$fact,)+].into_iter().all(Option::is_none)
            }
        }

        impl From<Opening> for Description {
            fn from(opening: Opening) -> Self {
                let Opening { origin: _, kind: _, ordered_at: _, shipping_method: _, text: _, $($fact,)+ } = opening;
                Self { $($fact,)+ }
            }
        }

        impl Opening {
            fn take(record: &mut EventRecord) -> Self {
                Self {
                    origin: record.origin.take().unwrap_or_default(),
                    kind: record.kind.take().unwrap_or_default(),
                    ordered_at: record.ordered_at.take(),
                    shipping_method: record.shipping_method.take(),
                    text: record.text.take(),
                    $($fact: record.$fact.take(),)+
                }
            }

            fn fill(self, record: &mut EventRecord) {
                let Self { origin, kind, ordered_at, shipping_method, text, $($fact,)+ } = self;
                record.origin = Some(origin);
                record.kind = (kind != CaseKind::Question).then_some(kind);
                record.ordered_at = ordered_at;
                record.shipping_method = shipping_method;
                record.text = text;
                $(record.$fact = $fact;)+
            }
        }
    };
}

facts!(facts_of_a_record);

impl EventRecord {
    /// Takes the fields that `kind` carries; what is left over is a mistake.
    fn take(&mut self, kind: EventKind) -> Result<What> {
        let missing = |field: &'static str| fault(field, format!("`{kind}` needs it"));
        Ok(match kind {
            EventKind::Opened => What::Opened(Opening::take(self)),
            EventKind::PhoneContact => What::PhoneContact {
                by: self.by.take().unwrap_or(Party::Customer),
                text: self.text.take(),
                about: Description::take(self),
            },
            EventKind::Forwarded => What::Forwarded,
            EventKind::Reopened => What::Reopened { by: self.by.take().unwrap_or(Party::Seller) },
            EventKind::Described => What::Described(Description::take(self)),
            EventKind::Received => What::Received,
            EventKind::CustomerMessage => What::CustomerMessage { text: self.text.take() },
            EventKind::SellerMessage => What::SellerMessage {
                text: self.text.take(),
                automatic: self.automatic.take().unwrap_or(false),
            },
            EventKind::FollowUp => What::FollowUp { until: self.until.take() },
            EventKind::HandedOver => What::HandedOver,
            EventKind::Returned => What::Returned,
            EventKind::Handled => What::Handled { result: self.result.take() },
            EventKind::Closed => What::Closed {
                by: self.by.take().unwrap_or(Party::Seller),
                explanation: self.explanation.take(),
            },
            EventKind::SurveyAnswered => {
                What::SurveyAnswered { scores: self.scores.take().ok_or_else(|| missing("scores"))? }
            }
            EventKind::Corrected => {
                let corrects = self.corrects.take().ok_or_else(|| missing("corrects"))?;
                let right = match (self.right_event.take(), self.right_at.take()) {
                    (None, None) => None,
                    (Some(EventKind::Corrected), _) => return Err(corrects_itself()),
                    (Some(kind), Some(at)) => Some(Box::new(Replacement { at, what: self.take(kind)? })),
                    (Some(_), None) => return Err(missing("right_at")),
                    (None, Some(_)) => return Err(missing("right_event")),
                };
                What::Corrected { corrects, right }
            }
        })
    }

    /// Fills in what an event carries.
    fn fill(&mut self, what: What) {
        match what {
            What::Opened(opening) => opening.fill(self),
            What::PhoneContact { by, text, about } => {
                self.by = Some(by);
                self.text = text;
                about.fill(self);
            }
            What::Described(description) => description.fill(self),
            What::Reopened { by } => self.by = Some(by),
            What::CustomerMessage { text } => self.text = text,
            What::SellerMessage { text, automatic } => {
                self.text = text;
                self.automatic = automatic.then_some(true);
            }
            What::FollowUp { until } => self.until = until,
            What::Handled { result } => self.result = result,
            What::Closed { by, explanation } => {
                self.by = Some(by);
                self.explanation = explanation;
            }
            What::SurveyAnswered { scores } => self.scores = Some(scores),
            What::Corrected { corrects, right } => {
                self.corrects = Some(corrects);
                if let Some(right) = right {
                    self.right_at = Some(right.at);
                    self.right_event = Some(right.what.kind());
                    self.fill(right.what);
                }
            }
            What::Forwarded | What::Received | What::HandedOver | What::Returned => {}
        }
    }

    /// The first field that is still filled, though all that the event carries were taken.
    fn left_over(&mut self) -> Option<&'static str> {
        // A column of CSV says `false` in every row: that says nothing wrong.
        self.automatic = self.automatic.filter(|automatic| *automatic);
        self.filled().next()
    }
}

fn fault(path: &'static str, problem: String) -> KlokuurError {
    KlokuurError::InvalidDocument { document: "case event", path: path.into(), problem }
}

fn corrects_itself() -> KlokuurError {
    fault("right_event", "a correction cannot be the right event: accepted is any other event".into())
}

impl What {
    /// An event of which nothing more is said; none for one that cannot be without.
    pub(crate) fn plain(kind: EventKind) -> Option<Self> {
        Some(match kind {
            EventKind::Opened => Self::Opened(Opening::default()),
            EventKind::PhoneContact => {
                Self::PhoneContact { by: Party::Customer, text: None, about: Description::default() }
            }
            EventKind::Forwarded => Self::Forwarded,
            EventKind::Reopened => Self::Reopened { by: Party::Seller },
            EventKind::Received => Self::Received,
            EventKind::CustomerMessage => Self::CustomerMessage { text: None },
            EventKind::SellerMessage => Self::SellerMessage { text: None, automatic: false },
            EventKind::FollowUp => Self::FollowUp { until: None },
            EventKind::HandedOver => Self::HandedOver,
            EventKind::Returned => Self::Returned,
            EventKind::Handled => Self::Handled { result: None },
            EventKind::Closed => Self::Closed { by: Party::Seller, explanation: None },
            EventKind::Described | EventKind::SurveyAnswered | EventKind::Corrected => return None,
        })
    }
}

impl CaseEvent {
    /// An event that was read, checked.
    pub(crate) fn read(id: Option<String>, case: String, at: DateTime<Utc>, what: What) -> Result<Self> {
        let event = Self { id, case, at, what };
        event.check()?;
        Ok(event)
    }

    /// What every door asks of an event: whatever one takes, all take.
    pub(super) fn check(&self) -> Result<()> {
        if self.case.is_empty() {
            return Err(fault("case", "it is empty: accepted is a case number".into()));
        }
        if self.id.as_deref() == Some("") {
            return Err(fault("id", "it is empty: accepted is an id, or none".into()));
        }
        let mut what = &self.what;
        if let What::Corrected { right: Some(right), .. } = what {
            if matches!(right.what, What::Corrected { .. }) {
                return Err(corrects_itself());
            }
            what = &right.what;
        }
        match what {
            What::Reopened { by: Party::Customer } | What::Closed { by: Party::Customer, .. } => {
                let problem =
                    format!("a customer does not make a `{}`: accepted are seller, marketplace", what.kind());
                Err(fault("by", problem))
            }
            What::PhoneContact { by: Party::Marketplace, .. } => {
                Err(fault("by", "the marketplace's calls are its own: accepted are customer, seller".into()))
            }
            What::Described(description) if description.is_empty() => Err(fault(
                "event",
                "`described` says nothing: accepted is one with something known of the case".into(),
            )),
            _ => Ok(()),
        }
    }
}

impl TryFrom<EventRecord> for CaseEvent {
    type Error = KlokuurError;

    /// Reads a row.
    ///
    /// # Errors
    /// - an empty case number or id
    /// - a field that the event needs and does not have (`scores`, `corrects`; `right_event` with `right_at`)
    /// - a field that the event does not carry
    /// - a customer who closes or reopens, a call by the marketplace, a description that says nothing
    fn try_from(mut record: EventRecord) -> Result<Self> {
        let kind = record.event;
        let what = record.take(kind)?;
        if let Some(field) = record.left_over() {
            return Err(fault(field, format!("`{kind}` does not carry it: accepted is a row without it")));
        }
        Self::read(record.id, record.case, record.at, what)
    }
}

impl From<CaseEvent> for EventRecord {
    fn from(event: CaseEvent) -> Self {
        let mut record = Self::new(event.case, event.at, event.what.kind());
        record.id = event.id;
        record.fill(event.what);
        record
    }
}

/// An event is written as its record, and read by the record's checks.
impl<'de> Deserialize<'de> for CaseEvent {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        EventRecord::deserialize(deserializer)?.try_into().map_err(serde::de::Error::custom)
    }
}

impl Serialize for CaseEvent {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        EventRecord::from(self.clone()).serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::{EventKind, EventRecord, What};

    #[test]
    fn a_plain_event_is_what_an_empty_row_says() {
        for kind in EventKind::ALL.iter().copied() {
            let of_a_row = EventRecord::new("K", DateTime::UNIX_EPOCH, kind).take(kind).ok();
            // An empty description is a row that is refused.
            assert_eq!(What::plain(kind), of_a_row.filter(|_| kind != EventKind::Described), "{kind}");
        }
    }
}
