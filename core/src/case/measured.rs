//! How a case came out as far as its state alone says it: whole numbers, made without a text.

use super::clocks::Clocks;
use super::event::{CaseKind, CaseStatus, Party};
use super::query::first_ended;
use super::state::{State, flag};
use crate::error::Result;
use crate::rulebook::Basis;
use crate::sla::ClockState;
use crate::sla::instant::{NEVER, Nanos};

/// How a case came out at one instant. An instant that never was is [`NEVER`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Measured {
    pub(super) opened: Nanos,
    pub(super) due: Nanos,
    pub(super) answered: Nanos,
    pub(super) closed: Nanos,
    /// What the clock of the first response has counted; none without such a clock.
    pub(super) elapsed: Option<Nanos>,
    pub(super) elapsed_basis: Basis,
    pub(super) handling: Nanos,
    pub(super) handling_basis: Basis,
    pub(super) follow_ups: u16,
    pub(super) follow_ups_late: u16,
    pub(super) phone_contacts: u16,
    pub(super) kind: CaseKind,
    pub(super) origin: Party,
    pub(super) status: CaseStatus,
    pub(super) verdict: ClockState,
    pub(super) closed_by: Option<Party>,
    pub(super) is_measured: bool,
    pub(super) was_forwarded: bool,
    pub(super) was_returned: bool,
}

/// Which amounts are counted; those that nobody asks for are none.
#[derive(Debug, Clone, Copy)]
pub(super) struct CountedAmounts {
    pub(super) elapsed: bool,
    pub(super) handling: bool,
}

impl CountedAmounts {
    pub(super) const ALL: Self = Self { elapsed: true, handling: true };
}

impl Measured {
    pub(super) fn of(clocks: &Clocks, state: &State, now: Nanos, counted: CountedAmounts) -> Result<Self> {
        let budget = state.first_budget(clocks);
        let has_due = state.has(flag::FIRST) && !state.has(flag::FIRST_PAUSED);
        let stop = state.first_end.min(now);
        let elapsed = match state.has(flag::FIRST) {
            false => None,
            true if !counted.elapsed => None,
            true if state.has(flag::FIRST_PAUSED) => Some(budget.due.saturating_sub(state.first_due)),
            // A pause moved the deadline, so what is left to it says what was counted (RULES C6).
            true => Some(budget.due.saturating_sub(budget.counter().between(stop, state.first_due)?)),
        };
        let closed_by = match (state.closed_at != NEVER, state.has(flag::CLOSED_BY_MARKETPLACE)) {
            (false, _) => None,
            (true, true) => Some(Party::Marketplace),
            (true, false) => Some(Party::Seller),
        };
        let clock = &clocks.on(state.opened_at).question;
        let ended = first_ended(state);
        debug_assert!(ended != ClockState::Running || state.status != CaseStatus::Closed);
        Ok(Self {
            opened: state.opened_at,
            due: if has_due { state.first_due } else { NEVER },
            answered: if state.has(flag::FIRST_ANSWERED) { state.first_end } else { NEVER },
            closed: state.closed_at,
            elapsed,
            elapsed_basis: budget.basis(),
            handling: match counted.handling {
                true => clock.counter().between(state.opened_at, state.closed_at.min(now))?,
                false => 0,
            },
            handling_basis: clock.basis(),
            follow_ups: state.counts.follow_ups,
            follow_ups_late: state.counts.follow_ups_late,
            phone_contacts: state.counts.phone_contacts,
            kind: state.kind,
            origin: state.origin,
            status: state.status,
            verdict: match ended {
                ClockState::Running if !budget.counter().counts(now)? => ClockState::OutsideHours,
                verdict => verdict,
            },
            closed_by,
            is_measured: is_measured(state),
            was_forwarded: state.has(flag::WAS_FORWARDED),
            was_returned: state.has(flag::WAS_RETURNED),
        })
    }
}

/// A first response to a new question of a customer: the only thing that the norm measures (RULES K8).
pub(super) fn is_measured(state: &State) -> bool {
    // Where forwarding started the first clock, the marketplace's own question is measured as forwarded (RULES K5,
    // K15).
    let asked = state.has(flag::FIRST) && !state.has(flag::FIRST_FORWARDED);
    asked && state.origin == Party::Customer && state.kind == CaseKind::Question
}
