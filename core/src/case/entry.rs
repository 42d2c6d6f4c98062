//! What a book keeps of each case, in few bytes: most times of a state are none in most cases.

use super::event::{CaseEvent, CaseKind, CaseStatus, EventKind, Party};
use super::names::NONE;
use super::state::{State, flag};
use crate::sla::instant::{NEVER, Nanos};

/// A case of the book.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    opened_at: Nanos,
    first_due: Nanos,
    first_end: Nanos,
    later: Nanos,
    closed_at: Nanos,
    passed: Nanos,
    rare: Option<Box<Rare>>,
    /// The newest time of its events, refused ones and those that were corrected included.
    pub(super) newest: Nanos,
    flags: u32,
    /// The event that arrived last.
    pub(super) last: u32,
    /// The row that says what is known of it.
    pub(super) known: u32,
    /// Its place in its list.
    pub(super) place: u32,
    customer_messages: u16,
    seller_messages: u16,
    follow_ups: u16,
    follow_ups_late: u16,
    phone_contacts: u16,
    status: CaseStatus,
    origin: Party,
    kind: CaseKind,
    pub(super) has_corrections: bool,
    pub(super) has_refused: bool,
    /// Events were kept that it has not been folded with yet.
    pub(super) is_unsettled: bool,
}

/// The times of a clock that runs, and of few cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rare {
    first_from: Nanos,
    first_warn: Nanos,
    reply_from: Nanos,
    reply_warn: Nanos,
    reply_due: Nanos,
    forwarded_from: Nanos,
    forwarded_warn: Nanos,
    forwarded_due: Nanos,
    goes_back: Nanos,
    lapses: Nanos,
}

impl Rare {
    /// Those of a case whose first clock, if it has one, started when it was opened and has ended.
    fn usual(opened_at: Nanos, flags: u32) -> Self {
        Self {
            first_from: if flags & flag::FIRST == 0 { NEVER } else { opened_at },
            first_warn: NEVER,
            reply_from: NEVER,
            reply_warn: NEVER,
            reply_due: NEVER,
            forwarded_from: NEVER,
            forwarded_warn: NEVER,
            forwarded_due: NEVER,
            goes_back: NEVER,
            lapses: NEVER,
        }
    }
}

impl Entry {
    /// A case of which no event has come.
    pub(super) fn new() -> Self {
        Self::of(&State::NEW)
    }

    pub(super) fn of(state: &State) -> Self {
        let mut entry = Self {
            opened_at: NEVER,
            first_due: NEVER,
            first_end: NEVER,
            later: NEVER,
            closed_at: NEVER,
            passed: Nanos::MIN,
            rare: None,
            newest: Nanos::MIN,
            flags: 0,
            last: NONE,
            known: NONE,
            place: NONE,
            customer_messages: 0,
            seller_messages: 0,
            follow_ups: 0,
            follow_ups_late: 0,
            phone_contacts: 0,
            status: CaseStatus::WaitingForSeller,
            origin: Party::Customer,
            kind: CaseKind::Question,
            has_corrections: false,
            has_refused: false,
            is_unsettled: false,
        };
        entry.set_state(state);
        entry
    }

    /// Where the case stands.
    pub(super) fn state(&self) -> State {
        let rare = match &self.rare {
            Some(rare) => **rare,
            None => Rare::usual(self.opened_at, self.flags),
        };
        State {
            opened_at: self.opened_at,
            first_from: rare.first_from,
            first_warn: rare.first_warn,
            first_due: self.first_due,
            first_end: self.first_end,
            reply_from: rare.reply_from,
            reply_warn: rare.reply_warn,
            reply_due: rare.reply_due,
            forwarded_from: rare.forwarded_from,
            forwarded_warn: rare.forwarded_warn,
            forwarded_due: rare.forwarded_due,
            goes_back: rare.goes_back,
            lapses: rare.lapses,
            later: self.later,
            closed_at: self.closed_at,
            passed: self.passed,
            flags: self.flags,
            customer_messages: self.customer_messages,
            seller_messages: self.seller_messages,
            follow_ups: self.follow_ups,
            follow_ups_late: self.follow_ups_late,
            phone_contacts: self.phone_contacts,
            status: self.status,
            origin: self.origin,
            kind: self.kind,
        }
    }

    pub(super) fn set_state(&mut self, state: &State) {
        let State {
            opened_at,
            first_from,
            first_warn,
            first_due,
            first_end,
            reply_from,
            reply_warn,
            reply_due,
            forwarded_from,
            forwarded_warn,
            forwarded_due,
            goes_back,
            lapses,
            later,
            closed_at,
            passed,
            flags,
            customer_messages,
            seller_messages,
            follow_ups,
            follow_ups_late,
            phone_contacts,
            status,
            origin,
            kind,
        } = *state;
        let rare = Rare {
            first_from,
            // No clock that has ended is warned of.
            first_warn: if state.first_is_active() { first_warn } else { NEVER },
            reply_from,
            reply_warn,
            reply_due,
            forwarded_from,
            forwarded_warn,
            forwarded_due,
            goes_back,
            lapses,
        };
        let is_usual = rare == Rare::usual(opened_at, flags);
        match &mut self.rare {
            _ if is_usual => self.rare = None,
            Some(kept) => **kept = rare,
            none => *none = Some(Box::new(rare)),
        }
        self.opened_at = opened_at;
        self.first_due = first_due;
        self.first_end = first_end;
        self.later = later;
        self.closed_at = closed_at;
        self.passed = passed;
        self.flags = flags;
        self.customer_messages = customer_messages;
        self.seller_messages = seller_messages;
        self.follow_ups = follow_ups;
        self.follow_ups_late = follow_ups_late;
        self.phone_contacts = phone_contacts;
        self.status = status;
        self.origin = origin;
        self.kind = kind;
    }

    /// Time has done all it does up to and with this instant.
    pub(super) fn passed(&self) -> Nanos {
        self.passed
    }

    /// Whether an event of this instant comes behind something that the case knows.
    pub(super) fn is_late(&self, at: Nanos) -> bool {
        at <= self.newest || at <= self.passed
    }

    /// Whether an event comes after all that the case knows.
    pub(super) fn goes_straight_on(&self, at: Nanos, event: &CaseEvent) -> bool {
        !self.is_late(at) && !self.has_corrections && event.what.kind() != EventKind::Corrected
    }
}
