//! Rows that are read without an event a row: what the fold asks of them, as numbers. What is not so plain is left to
//! [`Reading`](super::reading::Reading), case by case.

use std::str::FromStr;

use super::carried::{Field, fault, named, read_automatic};
use super::cases::Timed;
use super::reader::{Layout, LogReader};
use super::short::Key;
use super::summary::{Beside, Noticed};
use super::table::{Cell, Table};
use crate::EventKind;
use crate::case::{Act, CaseKind, Opened, Party};
use crate::error::{KlokuurError, Result};
use crate::shipping::ShippingMethod;
use crate::sla::instant::{Nanos, is_supported, nanos};

/// What the state of a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Event(EventKind),
    /// No event by the mapping.
    Update,
    /// What cannot be read here.
    Other,
}

/// How many ids of a case are compared with each other.
const FEW: usize = 16;

/// What a field is to the fold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Id,
    /// A text that counts nowhere.
    Text,
    /// A text that is known of the case by its opening.
    Fact,
    Origin,
    Kind,
    OrderedAt,
    ShippingMethod,
    Automatic,
    Until,
    By,
    Result,
    /// Only events carry it that are not read here.
    Other,
}

impl Role {
    fn of(field: Field) -> Self {
        match field.name() {
            "id" => Self::Id,
            "text" | "explanation" => Self::Text,
            "origin" => Self::Origin,
            "kind" => Self::Kind,
            "ordered_at" => Self::OrderedAt,
            "shipping_method" => Self::ShippingMethod,
            "automatic" => Self::Automatic,
            "until" => Self::Until,
            "by" => Self::By,
            "result" => Self::Result,
            _ if field.may_be_learned() => Self::Fact,
            _ => Self::Other,
        }
    }
}

/// What the rows of one case say beside their acts.
#[derive(Debug, Default)]
pub(super) struct Plain<'a> {
    pub(super) opening: Option<usize>,
    pub(super) shipping_method: Option<ShippingMethod>,
    /// When it was handled.
    pub(super) handled: Option<Nanos>,
    /// The row with its result.
    pub(super) result: Option<usize>,
    ids: Vec<&'a str>,
    repeated: Vec<(Field, usize)>,
}

impl Plain<'_> {
    pub(super) fn clear(&mut self) {
        (self.opening, self.shipping_method, self.handled, self.result) = (None, None, None, None);
        self.ids.clear();
        self.repeated.clear();
    }

    /// Whether no two events have one id.
    pub(super) fn has_each_id_once(&self) -> bool {
        let twice = |(place, id): (usize, &&str)| self.ids.iter().skip(place + 1).any(|other| other == id);
        self.ids.len() <= FEW && !self.ids.iter().enumerate().any(twice)
    }

    /// Tells of what rows repeat.
    pub(super) fn notice(&self, noticed: &mut Noticed, number: impl Fn(usize) -> usize) {
        for (field, row) in &self.repeated {
            noticed.add(*field, Beside::Repeated, number(*row));
        }
    }
}

/// The states that were met, each looked up once.
#[derive(Debug, Default)]
pub(super) struct States<'a> {
    /// Those of up to sixteen bytes, as all names of ours are.
    short: Vec<(Key, State)>,
    long: Vec<(&'a str, State)>,
}

/// As many different states are remembered.
const REMEMBERED: usize = 32;

/// Reads rows by their numbers.
pub(super) struct PlainRows<'r, 'a, T> {
    reader: &'r LogReader<'a, T>,
    fields: Vec<(Field, Role)>,
}

impl<'r, 'a, T: Table> PlainRows<'r, 'a, T> {
    /// None for a log whose rows mean something only together, or are cases.
    pub(super) fn new(reader: &'r LogReader<'a, T>) -> Option<Self> {
        let mapping = reader.mapping;
        // C3: only where each row means the same whatever the rows around it say. All else goes the way of events;
        // one law holds both ways to one answer.
        let is_alone = matches!(reader.layout, Layout::Events { .. })
            && mapping.after.is_empty()
            && !mapping.first_row_opens
            && mapping.opened_at.is_none()
            && !mapping.collapse_repeats;
        // A row keeps its number in 32 bits.
        let is_small = u32::try_from(reader.carried.table.len()).is_ok();
        let fields = reader.carried.present.iter().map(|field| (*field, Role::of(*field))).collect();
        (is_alone && is_small).then_some(Self { reader, fields })
    }

    /// How many rows an iterator has that says between which counts; never more than the log.
    pub(super) fn count(&self, (least, most): (usize, Option<usize>)) -> usize {
        most.unwrap_or(least).min(self.reader.carried.table.len())
    }

    /// The case, the time and the state of a row; a time that nothing here can count with is one of a row of
    /// [`State::Other`].
    pub(super) fn locate(&self, row: usize, states: &mut States<'a>) -> Result<(&'a str, Timed<State>)> {
        let Layout::Events { at, event, .. } = &self.reader.layout else {
            return Err(fault("at", "it is missing: every row needs it".into()));
        };
        let number = row as u32;
        // A column of instants: no text is read at all.
        if let Some(at) = self.reader.carried.table.nanoseconds(row, at.column)
            && self.reader.has_width(row)
            && let Some(case) = self.reader.case(row)
        {
            let kind = match is_supported(at) {
                true => self.state(row, event.column, states),
                false => State::Other,
            };
            return Ok((case, Timed { at, row: number, kind }));
        }
        let (case, at) = self.reader.locate(row)?;
        Ok(match nanos(&at) {
            Ok(at) => (case, Timed { at, row: number, kind: self.state(row, event.column, states) }),
            // K14: outside the supported years. The event itself is refused by name, on the slow way.
            Err(_) => (case, Timed { at: 0, row: number, kind: State::Other }),
        })
    }

    fn state(&self, row: usize, column: usize, states: &mut States<'a>) -> State {
        let Ok(Cell::Text(text)) = self.reader.carried.table.cell(row, column) else { return State::Other };
        let key = Key::of(text);
        let known = match key {
            Some(key) => states.short.iter().find(|(known, _)| *known == key).map(|(_, state)| *state),
            None => states.long.iter().find(|(known, _)| *known == text).map(|(_, state)| *state),
        };
        if let Some(state) = known {
            return state;
        }
        let Layout::Events { event, states: mapped, .. } = &self.reader.layout else { return State::Other };
        let state = match self.reader.state(row, event).and_then(|state| mapped.event(state)) {
            Ok(Some(kind)) => State::Event(kind),
            Ok(None) => State::Update,
            Err(_) => State::Other,
        };
        match key {
            // An export has few states. One with many is no reason to search a long list for every row.
            Some(key) if states.short.len() < REMEMBERED => states.short.push((key, state)),
            None if states.long.len() < REMEMBERED => states.long.push((text, state)),
            _ => {}
        }
        state
    }

    /// What a row is to the fold; no act where it is none, and no answer where it is not plain.
    pub(super) fn act(&self, timed: &Timed<State>, now: Nanos, plain: &mut Plain<'a>) -> Option<Option<Act>> {
        let row = timed.row as usize;
        let kind = match timed.kind {
            State::Other => return None,
            State::Update => None,
            State::Event(kind) => Some(kind),
        };
        let mut act = match kind {
            None => None,
            Some(kind) => Some(act_of(kind)?),
        };
        // K7: what a case that the seller starts must have.
        let mut lacks = LACKED.map(|_| true);
        for (field, role) in self.fields.iter().copied() {
            let cell = self.reader.carried.cell(row, field).ok()?;
            if cell == Cell::Missing {
                continue;
            }
            let is_carried = kind.is_some_and(|kind| self.reader.carried.carries(kind, field));
            if role == Role::Id {
                // The id is that of the row's own event.
                if kind.is_some() {
                    let Cell::Text(id) = cell else { return None };
                    plain.ids.push(id);
                }
            } else if !is_carried {
                self.beside(row, (field, role), cell, plain)?;
            } else {
                self.carried(row, role, cell, act.as_mut()?, plain)?;
                for (name, lacks) in LACKED.iter().zip(&mut lacks) {
                    *lacks &= field.name() != *name;
                }
            }
        }
        if let Some(Act::Opened(opened)) = &mut act {
            // A second opening is for the book to refuse.
            if plain.opening.replace(row).is_some() {
                return None;
            }
            opened.lacks = LACKED.iter().zip(lacks).find_map(|(name, lacks)| lacks.then_some(*name));
        }
        // Handling twice, or later than is looked at, has more to tell.
        if kind == Some(EventKind::Handled) && (timed.at > now || plain.handled.replace(timed.at).is_some()) {
            return None;
        }
        Some(act)
    }

    /// What an event carries.
    fn carried(
        &self,
        row: usize,
        role: Role,
        cell: Cell<'a>,
        act: &mut Act,
        plain: &mut Plain<'a>,
    ) -> Option<()> {
        let text = match cell {
            Cell::Text(text) => Some(text),
            _ => None,
        };
        match (role, act) {
            (Role::Text, _) => {}
            (Role::Fact, Act::Opened(_)) => _ = text?,
            (Role::Origin, Act::Opened(opened)) => opened.origin = read::<Party>(text?)?,
            (Role::Kind, Act::Opened(opened)) => opened.kind = read::<CaseKind>(text?)?,
            (Role::OrderedAt, Act::Opened(opened)) => opened.ordered = Some(self.instant(cell)?),
            (Role::ShippingMethod, Act::Opened(opened)) => {
                let method = read::<ShippingMethod>(text?)?;
                plain.shipping_method = Some(method);
                opened.marketplace_ships = method == ShippingMethod::Lvb;
            }
            (Role::Automatic, Act::SellerMessage { automatic }) => *automatic = read_automatic(text?)?,
            (Role::Until, Act::FollowUp { until }) => *until = Some(self.instant(cell)?),
            (Role::By, Act::Closed { by }) => {
                *by = read::<Party>(text?).filter(|by| *by != Party::Customer)?
            }
            // Who reopened it changes nothing.
            (Role::By, Act::Reopened) => _ = read::<Party>(text?).filter(|by| *by != Party::Customer)?,
            (Role::Result, Act::Handled) => {
                text?;
                plain.result = Some(row);
            }
            _ => return None,
        }
        Some(())
    }

    fn instant(&self, cell: Cell<'_>) -> Option<Nanos> {
        self.reader.carried.time(cell, "").ok().and_then(|at| nanos(&at).ok())
    }

    /// What a row says beside its event: nothing, or what its opening said (RULES K16).
    fn beside(
        &self,
        row: usize,
        (field, role): (Field, Role),
        cell: Cell<'a>,
        plain: &mut Plain<'a>,
    ) -> Option<()> {
        if role == Role::Automatic && matches!(cell, Cell::Text(text) if read_automatic(text) == Some(false))
        {
            return Some(());
        }
        // K16: the same as the opening said is read once. What differs is learned, and that needs an event.
        let opening = plain.opening.filter(|_| field.is_of_the_case())?;
        let known = self.reader.carried.cell(opening, field).ok()?;
        (known == cell).then(|| plain.repeated.push((field, row)))
    }

    /// The number that the caller knows a row by.
    pub(super) fn number(&self, row: usize) -> usize {
        self.reader.carried.table.number(row)
    }

    /// The text of a field in a row.
    pub(super) fn text(&self, row: usize, field: Field) -> Option<&'a str> {
        match self.reader.carried.cell(row, field) {
            Ok(Cell::Text(text)) => Some(text),
            _ => None,
        }
    }
}

/// What the seller's own opening needs (RULES K7), in the order in which the first that is not there is named.
const LACKED: [&str; 3] = ["order", "subject", "item"];

/// A name of ours, in upper or lower case.
fn read<N: FromStr<Err = KlokuurError>>(text: &str) -> Option<N> {
    named(text).ok()
}

/// The act of an event of which nothing more is said; none for those that say something of their case at any time.
fn act_of(kind: EventKind) -> Option<Act> {
    Some(match kind {
        EventKind::Opened => Act::Opened(Opened {
            origin: Party::Customer,
            kind: CaseKind::Question,
            ordered: None,
            lacks: None,
            marketplace_ships: false,
        }),
        EventKind::Received => Act::Received,
        EventKind::Handled => Act::Handled,
        EventKind::Forwarded => Act::Forwarded,
        EventKind::Reopened => Act::Reopened,
        EventKind::CustomerMessage => Act::CustomerMessage,
        EventKind::SellerMessage => Act::SellerMessage { automatic: false },
        EventKind::FollowUp => Act::FollowUp { until: None },
        EventKind::HandedOver => Act::HandedOver,
        EventKind::Returned => Act::Returned,
        EventKind::Closed => Act::Closed { by: Party::Seller },
        EventKind::PhoneContact | EventKind::Described | EventKind::SurveyAnswered | EventKind::Corrected => {
            return None;
        }
    })
}
