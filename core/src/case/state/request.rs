//! Returns and cancellations: received, handled, lapsed (RULES K12).

use super::act::Refusal;
use super::closing::CLOSED_ALREADY;
use super::fields::State;
use super::flag;
use crate::case::clocks::Clocks;
use crate::case::domain_event::Happening;
use crate::case::event::{CaseKind, CaseStatus, Party};
use crate::sla::instant::{NEVER, Nanos};

impl State {
    /// The receipt starts the clock of a return, one that had lapsed too (RULES K12).
    pub(super) fn receive(
        &mut self,
        clocks: &Clocks,
        at: Nanos,
        tell: &mut impl FnMut(Nanos, Happening),
    ) -> Result<(), Refusal> {
        if self.kind != CaseKind::Return {
            return Err(format!("it is a {}: accepted is a return", self.kind));
        }
        if self.has(flag::RECEIVED) {
            return Err("it was received already: accepted is one receipt".into());
        }
        // A parcel that comes after its notification lapsed is a return all the same.
        let comes_late = self.status == CaseStatus::Closed && self.has(flag::LAPSED);
        if !comes_late {
            self.must_be_the_sellers()?;
        }
        let mut next = *self;
        // One that the marketplace opened by forwarding it has its first clock since then, and keeps it; forwarded
        // later it waits for this.
        if !next.has(flag::FIRST) {
            next.start_first(clocks.on(at).first(CaseKind::Return), at)?;
        }
        next.set(flag::RECEIVED);
        next.clear(flag::LAPSED);
        next.lapses = NEVER;
        *self = next;
        if comes_late {
            self.reopen(at, tell);
        }
        self.status = CaseStatus::WaitingForSeller;
        self.later = NEVER;
        Ok(())
    }

    /// Handling, and nothing else, ends the clock of a return or a cancellation, and closes it (RULES K12). That of a
    /// forwarding, which a message answers too, is answered by it as well (RULES K5).
    pub(super) fn handle(
        &mut self,
        clocks: &Clocks,
        at: Nanos,
        tell: &mut impl FnMut(Nanos, Happening),
    ) -> Result<(), Refusal> {
        if self.kind == CaseKind::Question {
            return Err("it is a question: accepted is a return or a cancellation".into());
        }
        if self.has(flag::HANDLED) {
            return Err(CLOSED_ALREADY.into());
        }
        // Handling is the seller's act, whoever's log tells of it.
        self.close(clocks, at, Party::Seller, tell)?;
        self.set(flag::HANDLED | flag::EVER_HANDLED);
        Ok(())
    }

    /// A return that did not come in time is over, without a breach (RULES K12).
    pub(super) fn lapse(&mut self, at: Nanos, tell: &mut impl FnMut(Nanos, Happening)) {
        self.set(flag::LAPSED | flag::CLOSED_BY_MARKETPLACE);
        self.end_clocks(at, tell);
        self.status = CaseStatus::Closed;
        self.closed_at = at;
        self.later = NEVER;
        tell(at, Happening::Lapsed);
    }
}
