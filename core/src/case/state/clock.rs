//! The clocks of a case: they start, are answered, are cancelled, stand still and go on (RULES C3, C6).

use super::act::Refusal;
use super::fields::State;
use super::flag;
use crate::case::clocks::Clocks;
use crate::case::domain_event::{CaseClock, Happening};
use crate::case::terms::{Budget, CaseTerms};
use crate::sla::instant::{NEVER, Nanos};

impl State {
    pub(super) fn start_first(&mut self, budget: &Budget, at: Nanos) -> Result<(), Refusal> {
        let due = budget.due_from(at).map_err(|error| error.to_string())?;
        let warn = budget.warn_from(at).map_err(|error| error.to_string())?;
        self.first_from = at;
        self.first_due = due;
        self.first_warn = warn;
        self.set(flag::FIRST);
        Ok(())
    }

    /// A forwarded case has a verdict like any other; that it goes back at 48 is a fact of its own (RULES K5).
    pub(super) fn start_forwarded_first(&mut self, terms: &CaseTerms, at: Nanos) -> Result<(), Refusal> {
        let back = terms.goes_back_from(at).map_err(|error| error.to_string())?;
        self.start_first(&terms.forwarded, at)?;
        self.goes_back = back;
        self.set(flag::FIRST_FORWARDED | flag::WAS_FORWARDED);
        Ok(())
    }

    pub(super) fn start_forwarded(&mut self, terms: &CaseTerms, at: Nanos) -> Result<(), Refusal> {
        let due = terms.forwarded.due_from(at).map_err(|error| error.to_string())?;
        let warn = terms.forwarded.warn_from(at).map_err(|error| error.to_string())?;
        let back = terms.goes_back_from(at).map_err(|error| error.to_string())?;
        self.forwarded_from = at;
        self.forwarded_due = due;
        self.forwarded_warn = warn;
        self.goes_back = back;
        // A clock that starts again has told nothing yet; what the one before did is counted already.
        self.clear(flag::FORWARDED_WARNED | flag::FORWARDED_BREACHED);
        self.set(flag::WAS_FORWARDED);
        Ok(())
    }

    pub(super) fn start_reply(&mut self, terms: &CaseTerms, at: Nanos) -> Result<(), Refusal> {
        let due = terms.follow_up.due_from(at).map_err(|error| error.to_string())?;
        let warn = terms.follow_up.warn_from(at).map_err(|error| error.to_string())?;
        self.reply_from = at;
        self.reply_due = due;
        self.reply_warn = warn;
        self.clear(flag::REPLY_WARNED | flag::REPLY_BREACHED);
        self.counts.follow_ups = self.counts.follow_ups.saturating_add(1);
        Ok(())
    }

    pub(super) fn end_reply(&mut self) {
        self.reply_from = NEVER;
        self.reply_warn = NEVER;
        self.reply_due = NEVER;
    }

    pub(super) fn end_forwarded(&mut self) {
        self.forwarded_from = NEVER;
        self.forwarded_warn = NEVER;
        self.forwarded_due = NEVER;
        self.goes_back = NEVER;
    }

    pub(super) fn answer_first(&mut self, at: Nanos, tell: &mut impl FnMut(Nanos, Happening)) {
        if self.first_is_active() {
            if at > self.first_due {
                // C3: instants are compared
                self.breach_first(tell);
            }
            self.set(flag::FIRST_ANSWERED);
            self.first_end = at;
            let in_time = !self.has(flag::FIRST_BREACHED);
            tell(at, Happening::Answered { clock: self.first_clock(), in_time });
        }
    }

    pub(super) fn answer_reply(&mut self, at: Nanos, tell: &mut impl FnMut(Nanos, Happening)) {
        if self.reply_is_active() {
            if at > self.reply_due {
                // C3
                self.breach_reply(tell);
            }
            let in_time = !self.has(flag::REPLY_BREACHED);
            tell(at, Happening::Answered { clock: CaseClock::FollowUp, in_time });
            self.end_reply();
        }
    }

    pub(super) fn answer_forwarded(&mut self, at: Nanos, tell: &mut impl FnMut(Nanos, Happening)) {
        if self.forwarded_is_active() {
            if at > self.forwarded_due {
                // C3
                self.breach_forwarded(tell);
            }
            let in_time = !self.has(flag::FORWARDED_BREACHED);
            tell(at, Happening::Answered { clock: CaseClock::Forwarded, in_time });
            self.end_forwarded();
        }
    }

    /// Ends the first clock without an answer; one that stands still stays so.
    pub(super) fn cancel_first(&mut self, at: Nanos, tell: &mut impl FnMut(Nanos, Happening)) {
        if !self.first_is_active() {
            return;
        }
        // While it stands still `first_due` is what is left of a budget and no instant.
        if !self.has(flag::FIRST_PAUSED) && at > self.first_due {
            self.breach_first(tell);
        }
        // Where it stood still it never came to a deadline: what was left stays, and says what was counted (RULES C6).
        self.set(flag::FIRST_CANCELLED);
        self.first_end = at;
    }

    /// Ends every clock without an answer; what was late by then is late.
    pub(super) fn end_clocks(&mut self, at: Nanos, tell: &mut impl FnMut(Nanos, Happening)) {
        self.cancel_first(at, tell);
        if self.reply_is_active() && at > self.reply_due {
            self.breach_reply(tell);
        }
        if self.forwarded_is_active() && at > self.forwarded_due {
            self.breach_forwarded(tell);
        }
        self.end_reply();
        self.end_forwarded();
        self.lapses = NEVER;
    }

    /// Lets the first clock stand still while the marketplace has the case, where a rulebook says so (RULES C6). Its
    /// instants then hold what is left of its budgets, and [`State::resume_first`] makes instants of them again.
    pub(super) fn pause_first(&mut self, clocks: &Clocks, at: Nanos) {
        // What is late stays late: nothing of it is left to keep.
        let runs = self.first_is_active() && !self.has(flag::FIRST_PAUSED | flag::FIRST_BREACHED);
        let pauses = clocks.on(self.first_from).paused_with_marketplace;
        if pauses && runs && at <= self.first_due {
            let counter = self.first_budget(clocks).counter();
            let left = |until: Nanos| counter.between(at, until).unwrap_or(0).max(0);
            let (warn, due) = (left(self.first_warn), left(self.first_due));
            self.first_warn = warn;
            self.first_due = due;
            self.set(flag::FIRST_PAUSED);
        }
    }

    pub(super) fn resume_first(&mut self, clocks: &Clocks, at: Nanos) -> Result<(), Refusal> {
        if self.first_is_active() && self.has(flag::FIRST_PAUSED) {
            let counter = self.first_budget(clocks).counter();
            let reach = |left: Nanos| counter.reach(at, left).map_err(|error| error.to_string());
            let (warn, due) = (reach(self.first_warn)?, reach(self.first_due)?);
            self.first_warn = warn;
            self.first_due = due;
            self.clear(flag::FIRST_PAUSED);
        }
        Ok(())
    }
}
