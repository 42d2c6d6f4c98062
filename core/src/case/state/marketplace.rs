//! Cases that the marketplace forwards, is handed or gets back (RULES K5, K6).

use super::act::Refusal;
use super::fields::State;
use super::flag;
use crate::case::clocks::Clocks;
use crate::case::domain_event::Happening;
use crate::case::event::{CaseKind, CaseStatus};
use crate::sla::instant::{NEVER, Nanos};

impl State {
    /// A second forwarding restarts nothing while the first runs, and a reply that runs keeps its deadline (RULES K5).
    pub(super) fn forward(
        &mut self,
        clocks: &Clocks,
        at: Nanos,
        tell: &mut impl FnMut(Nanos, Happening),
    ) -> Result<(), Refusal> {
        if self.status == CaseStatus::Closed {
            return Err("it is closed: accepted is an open case; reopen it first".into());
        }
        // On a copy: each clock may refuse to start, and then nothing has happened.
        let mut next = *self;
        next.resume_first(clocks, at)?;
        // K5: while it runs, nothing restarts.
        if next.goes_back == NEVER {
            // The first clock of a return starts at its receipt, whoever opened it (RULES K12): this one stands beside.
            match next.has(flag::FIRST) || next.kind == CaseKind::Return {
                false => next.start_forwarded_first(clocks.on(at), at)?,
                true => next.start_forwarded(clocks.on(at), at)?,
            }
        }
        next.clear(flag::NOT_THE_SELLERS);
        next.status = CaseStatus::WaitingForSeller;
        next.later = NEVER;
        *self = next;
        tell(at, Happening::Forwarded);
        Ok(())
    }

    /// Handed over or sent back: hidden, and no clock of the seller runs but the first, which never pauses unless the
    /// rulebook lets it (RULES K6).
    pub(super) fn give_to_marketplace(
        &mut self,
        clocks: &Clocks,
        at: Nanos,
        tell: &mut impl FnMut(Nanos, Happening),
    ) {
        self.end_reply();
        self.end_forwarded();
        self.status = CaseStatus::WithMarketplace; // K6: hidden
        self.later = NEVER;
        // The clock of a forwarded case is the marketplace's question to the seller: with the case it goes away. That
        // of the customer's own question goes on.
        if self.has(flag::FIRST_FORWARDED) {
            self.cancel_first(at, tell);
        }
        self.pause_first(clocks, at); // C6, K6
    }

    /// A forwarded case goes back at 48 hours by itself, or when the marketplace says so (RULES K5).
    pub(super) fn send_back(&mut self, clocks: &Clocks, at: Nanos, tell: &mut impl FnMut(Nanos, Happening)) {
        if at >= self.goes_back {
            // By itself, also where the log has a word for it: no answer came up to and with this instant.
            self.breach_due(at, tell);
        }
        self.set(flag::WAS_RETURNED);
        self.give_to_marketplace(clocks, at, tell);
        tell(at, Happening::ReturnedToMarketplace);
    }
}
