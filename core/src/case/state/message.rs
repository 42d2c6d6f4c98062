//! Messages of the customer and of the seller (RULES K8).

use super::act::Refusal;
use super::fields::State;
use super::flag;
use crate::case::clocks::Clocks;
use crate::case::domain_event::{CaseClock, Happening};
use crate::case::event::CaseStatus;
use crate::sla::instant::{NEVER, Nanos};

impl State {
    pub(super) fn customer_message(
        &mut self,
        clocks: &Clocks,
        at: Nanos,
        tell: &mut impl FnMut(Nanos, Happening),
    ) -> Result<(), Refusal> {
        let is_the_marketplaces =
            self.status == CaseStatus::WithMarketplace || self.has(flag::NOT_THE_SELLERS);
        // A message before the first answer is a part of the question; a return or a cancellation is not answered.
        // K8: what comes after it is a reply, with a clock of its own.
        let is_awaited = self.first_is_active() && self.first_clock() != CaseClock::Request;
        if !is_the_marketplaces && !is_awaited && !self.reply_is_active() && !self.forwarded_is_active() {
            self.start_reply(clocks.on(at), at)?; // K8
        }
        if self.status == CaseStatus::Closed {
            self.reopen(at, tell); // K10: a reply opens it again
        } else if !is_the_marketplaces {
            self.status = CaseStatus::WaitingForSeller;
            self.later = NEVER;
        }
        self.counts.customer_messages = self.counts.customer_messages.saturating_add(1);
        Ok(())
    }

    pub(super) fn seller_message(
        &mut self,
        at: Nanos,
        tell: &mut impl FnMut(Nanos, Happening),
    ) -> Result<(), Refusal> {
        self.must_be_the_sellers()?;
        self.set(flag::CONTACT);
        self.counts.seller_messages = self.counts.seller_messages.saturating_add(1);
        // No message ends the clock of a return or a cancellation (RULES K12).
        if self.first_clock() != CaseClock::Request {
            self.answer_first(at, tell);
        }
        self.answer_reply(at, tell);
        self.answer_forwarded(at, tell);
        // Answered, so it does not go back, whichever clock the answer ended.
        self.goes_back = NEVER;
        self.status = CaseStatus::WaitingForCustomer;
        self.later = NEVER;
        Ok(())
    }
}
