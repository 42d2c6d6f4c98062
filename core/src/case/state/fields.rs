//! Where one case stands: its times, counts and marks, and what they say of its clocks.

use super::flag;
use crate::case::clocks::Clocks;
use crate::case::domain_event::CaseClock;
use crate::case::event::{CaseKind, CaseStatus, Party};
use crate::case::terms::Budget;
use crate::sla::instant::{NEVER, Nanos};

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) opened_at: Nanos,
    pub(crate) first_from: Nanos,
    pub(crate) first_warn: Nanos,
    pub(crate) first_due: Nanos,
    /// When the first clock was answered or cancelled.
    pub(crate) first_end: Nanos,
    /// The running answer to a customer's reply; never when none runs.
    pub(crate) reply_from: Nanos,
    pub(crate) reply_warn: Nanos,
    pub(crate) reply_due: Nanos,
    /// The running response to a forwarding that came after a first clock.
    pub(crate) forwarded_from: Nanos,
    pub(crate) forwarded_warn: Nanos,
    pub(crate) forwarded_due: Nanos,
    /// When a forwarded case goes back by itself.
    pub(crate) goes_back: Nanos,
    /// When a return that has not come lapses.
    pub(crate) lapses: Nanos,
    /// While closed, when the survey may go out; while to follow up later, when.
    pub(crate) later: Nanos,
    pub(crate) closed_at: Nanos,
    /// Time has done here all it does up to and with this instant.
    pub(crate) passed: Nanos,
    pub(crate) flags: u32,
    pub(crate) counts: Counts,
    pub(crate) status: CaseStatus,
    pub(crate) origin: Party,
    pub(crate) kind: CaseKind,
}

/// How often what happened; more than 65,535 times is told as so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) customer_messages: u16,
    pub(crate) seller_messages: u16,
    pub(crate) follow_ups: u16,
    pub(crate) follow_ups_late: u16,
    pub(crate) phone_contacts: u16,
}

impl Counts {
    pub(crate) const NONE: Self = Self {
        customer_messages: 0,
        seller_messages: 0,
        follow_ups: 0,
        follow_ups_late: 0,
        phone_contacts: 0,
    };
}

impl State {
    /// A case that has not been opened.
    pub(crate) const NEW: Self = Self {
        opened_at: NEVER,
        first_from: NEVER,
        first_warn: NEVER,
        first_due: NEVER,
        first_end: NEVER,
        reply_from: NEVER,
        reply_warn: NEVER,
        reply_due: NEVER,
        forwarded_from: NEVER,
        forwarded_warn: NEVER,
        forwarded_due: NEVER,
        goes_back: NEVER,
        lapses: NEVER,
        later: NEVER,
        closed_at: NEVER,
        passed: Nanos::MIN,
        flags: 0,
        counts: Counts::NONE,
        status: CaseStatus::WaitingForSeller,
        origin: Party::Customer,
        kind: CaseKind::Question,
    };

    pub(crate) fn has(&self, flag: u32) -> bool {
        self.flags & flag != 0
    }

    pub(super) fn set(&mut self, flag: u32) {
        self.flags |= flag;
    }

    pub(super) fn clear(&mut self, flag: u32) {
        self.flags &= !flag;
    }

    /// Whether an opening is still possible: nothing opened it yet, or only a call did.
    pub(crate) fn may_open(&self) -> bool {
        !self.has(flag::OPENED) || self.has(flag::BY_PHONE)
    }

    pub(crate) fn first_is_active(&self) -> bool {
        self.flags & (flag::FIRST | flag::FIRST_ANSWERED | flag::FIRST_CANCELLED) == flag::FIRST
    }

    pub(crate) fn reply_is_active(&self) -> bool {
        self.reply_due != NEVER
    }

    pub(crate) fn forwarded_is_active(&self) -> bool {
        self.forwarded_due != NEVER
    }

    /// Whether the warning of any clock that runs has come, of the one with the earliest deadline or another (RULES
    /// C2).
    pub(crate) fn is_open_long(&self) -> bool {
        self.first_is_active() && self.has(flag::FIRST_WARNED)
            || self.reply_is_active() && self.has(flag::REPLY_WARNED)
            || self.forwarded_is_active() && self.has(flag::FORWARDED_WARNED)
    }

    pub(crate) fn first_clock(&self) -> CaseClock {
        match self.kind {
            _ if self.has(flag::FIRST_FORWARDED) => CaseClock::Forwarded,
            CaseKind::Question => CaseClock::FirstResponse,
            CaseKind::Return | CaseKind::Cancellation => CaseClock::Request,
        }
    }

    pub(crate) fn first_budget<'a>(&self, clocks: &'a Clocks) -> &'a Budget {
        let terms = clocks.on(self.first_from);
        match self.first_clock() {
            CaseClock::Forwarded => &terms.forwarded,
            _ => terms.first(self.kind),
        }
    }

    pub(crate) fn reply_budget<'a>(&self, clocks: &'a Clocks) -> &'a Budget {
        &clocks.on(self.reply_from).follow_up
    }

    pub(crate) fn forwarded_budget<'a>(&self, clocks: &'a Clocks) -> &'a Budget {
        &clocks.on(self.forwarded_from).forwarded
    }
}
