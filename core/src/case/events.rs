//! The events of a log in columns: few bytes each, and an id takes none where there is none.

use super::event::{EventKind, Party};
use super::names::NONE;
use crate::sla::instant::Nanos;

/// An event as it is kept.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stored {
    pub(super) at: Nanos,
    /// The event of the same case that arrived before this one.
    pub(super) before: u32,
    /// Its id among the texts.
    pub(super) id: u32,
    pub(super) content: Content,
}

/// What happened, with the number of the row that holds what it carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) payload: u32,
    pub(super) kind: EventKind,
    /// 1 for an acknowledgement; the number of a party.
    pub(super) detail: u8,
}

/// In a byte, the kind, and from here on the detail.
const DETAIL: u8 = 4;

impl Content {
    pub(super) fn is_automatic(self) -> bool {
        self.kind == EventKind::SellerMessage && self.detail == 1
    }

    pub(super) fn by(self) -> Party {
        Party::ALL.get(usize::from(self.detail)).copied().unwrap_or(Party::Seller)
    }

    /// Kind and detail in the lower six bits of a byte.
    pub(super) fn tag(self) -> u8 {
        self.kind as u8 | self.detail << DETAIL
    }

    /// What such a byte says; none where it says nothing.
    pub(super) fn of_tag(tag: u8, payload: u32) -> Option<Self> {
        let kind = *EventKind::ALL.get(usize::from(tag & ((1 << DETAIL) - 1)))?;
        let detail = tag >> DETAIL & 3;
        (detail < 3).then_some(Self { payload, kind, detail })
    }
}

/// How many events a part has.
const BITS: u32 = 14;
const ROWS: usize = 1 << BITS;

#[derive(Debug, Clone)]
pub(super) struct Events {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, Default)]
struct Part {
    at: Vec<Nanos>,
    before: Vec<u32>,
    payload: Vec<u32>,
    tags: Vec<u8>,
    /// As long as up to the last event that has one.
    ids: Vec<u32>,
}

impl Part {
    fn with_capacity(rows: usize) -> Self {
        Self {
            at: Vec::with_capacity(rows),
            before: Vec::with_capacity(rows),
            payload: Vec::with_capacity(rows),
            tags: Vec::with_capacity(rows),
            ids: Vec::new(),
        }
    }

    fn push(&mut self, event: Stored) {
        if event.id != NONE {
            self.ids.resize(self.at.len(), NONE);
            self.ids.push(event.id);
        }
        self.at.push(event.at);
        self.before.push(event.before);
        self.payload.push(event.content.payload);
        self.tags.push(event.content.tag());
    }

    fn get(&self, row: usize) -> Option<Stored> {
        Some(Stored {
            at: *self.at.get(row)?,
            before: *self.before.get(row)?,
            id: self.ids.get(row).copied().unwrap_or(NONE),
            content: Content::of_tag(*self.tags.get(row)?, *self.payload.get(row)?)?,
        })
    }
}

impl Events {
    pub(super) const fn new() -> Self {
        Self { parts: Vec::new() }
    }

    /// Events that are there already.
    pub(super) fn of(mut events: impl ExactSizeIterator<Item = Stored>) -> Self {
        let mut parts = Vec::with_capacity(events.len().div_ceil(ROWS));
        while events.len() > 0 {
            let mut part = Part::with_capacity(events.len().min(ROWS));
            events.by_ref().take(ROWS).for_each(|event| part.push(event));
            parts.push(part);
        }
        Self { parts }
    }

    pub(super) fn len(&self) -> u32 {
        let last = self.parts.last().map_or(0, |part| part.at.len());
        // No more than fit are pushed.
        (self.parts.len().saturating_sub(1) * ROWS + last) as u32
    }

    /// Adds an event and gives its number; none when four billion are there.
    pub(super) fn push(&mut self, event: Stored) -> Option<u32> {
        let number = self.len();
        // The last number is kept free: it means "none" in links.
        number.checked_add(1).filter(|len| *len < u32::MAX)?;
        if self.parts.last().is_none_or(|part| part.at.len() == ROWS) {
            // The first part grows as any list does.
            self.parts.push(if self.parts.is_empty() { Part::default() } else { Part::with_capacity(ROWS) });
        }
        self.parts.last_mut()?.push(event);
        Some(number)
    }

    pub(super) fn get(&self, number: u32) -> Option<Stored> {
        self.parts.get((number >> BITS) as usize)?.get(number as usize & (ROWS - 1))
    }

    /// Links an event with another one before it.
    pub(super) fn link(&mut self, number: u32, before: u32) {
        let part = self.parts.get_mut((number >> BITS) as usize);
        if let Some(link) = part.and_then(|part| part.before.get_mut(number as usize & (ROWS - 1))) {
            *link = before;
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Stored> {
        self.parts.iter().flat_map(|part| (0..part.at.len()).filter_map(|row| part.get(row)))
    }
}
