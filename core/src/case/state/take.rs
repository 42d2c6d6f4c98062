//! Takes what happened, or refuses it with a reason; each kind of it stands with its subject.

use super::act::{Act, Refusal};
use super::fields::State;
use super::flag;
use crate::case::clocks::Clocks;
use crate::case::domain_event::Happening;
use crate::case::event::CaseStatus;
use crate::sla::instant::{NEVER, Nanos};

impl State {
    /// Takes an act at `at`; nothing is changed when it is refused. Time has passed up to just before `at`.
    pub(crate) fn take(
        &mut self,
        clocks: &Clocks,
        at: Nanos,
        act: Act,
        mut tell: impl FnMut(Nanos, Happening),
    ) -> Result<(), Refusal> {
        // What the marketplace does with its own cases is nothing to tell the seller (RULES K15).
        let is_silent = self.has(flag::NOT_THE_SELLERS) && act != Act::Forwarded;
        let mut tell = |at: Nanos, what: Happening| {
            if !is_silent {
                tell(at, what);
            }
        };
        if let Act::Opened(opened) = act {
            self.open(clocks, at, opened)?;
            if !self.has(flag::NOT_THE_SELLERS) {
                tell(at, Happening::Opened { origin: opened.origin });
            }
            return Ok(());
        }
        if let Act::PhoneContact { by } = act {
            self.phone_contact(at, by, &mut tell);
            return Ok(());
        }
        if !self.has(flag::OPENED) {
            return Err("it has not been opened: accepted is `opened` first".into());
        }
        if matches!(act, Act::SellerMessage { automatic: true }) && !clocks.on(at).automatic_counts {
            return Ok(()); // K11: an acknowledgement stops no clock and opens nothing again
        }
        if self.status == CaseStatus::Closed && self.has(flag::LAPSED) && act.is_work() {
            // Whoever works on a return that had lapsed has it after all (RULES K12): logs of before know no
            // receipt.
            // On a copy, and untold: where the act is refused the case stays lapsed, and nothing has happened.
            let mut silent = |_, _| {};
            let mut open = *self;
            open.reopen(at, &mut silent);
            let nothing: &mut dyn FnMut(Nanos, Happening) = &mut silent;
            open.clone().take(clocks, at, act, nothing)?;
            tell(at, Happening::Reopened);
            *self = open;
            let tell: &mut dyn FnMut(Nanos, Happening) = &mut tell;
            return self.take(clocks, at, act, tell);
        }
        match act {
            Act::Opened(_) | Act::PhoneContact { .. } | Act::Described => {}
            Act::Received => self.receive(clocks, at, &mut tell)?,
            Act::Handled => self.handle(clocks, at, &mut tell)?,
            Act::Forwarded => self.forward(clocks, at, &mut tell)?,
            Act::Reopened => {
                if self.status != CaseStatus::Closed {
                    return Err(format!("it is {}: accepted is a closed case", self.status));
                }
                self.reopen(at, &mut tell);
            }
            Act::CustomerMessage => self.customer_message(clocks, at, &mut tell)?,
            Act::SellerMessage { .. } => self.seller_message(at, &mut tell)?,
            Act::FollowUp { until } => {
                self.must_be_the_sellers()?;
                if until.is_some_and(|until| until <= at) {
                    return Err("the day to follow up has passed: accepted is a later one, or none".into());
                }
                self.status = CaseStatus::FollowUpLater;
                self.later = until.unwrap_or(NEVER);
                self.clear(flag::FOLLOW_UP_TOLD);
            }
            Act::HandedOver => {
                self.must_be_the_sellers()?;
                self.give_to_marketplace(clocks, at, &mut tell); // K6
            }
            Act::Returned => {
                if self.goes_back != NEVER {
                    self.send_back(clocks, at, &mut tell);
                } else if self.status != CaseStatus::WithMarketplace || !self.has(flag::WAS_RETURNED) {
                    return Err("it is not forwarded and unanswered: accepted is a forwarded case".into());
                }
            }
            Act::Closed { by } => self.close(clocks, at, by, &mut tell)?,
            Act::SurveyAnswered => self.answer_survey(at, &mut tell)?,
        }
        Ok(())
    }

    pub(super) fn must_be_the_sellers(&self) -> Result<(), Refusal> {
        match self.status {
            CaseStatus::WithMarketplace => {
                Err("it is with the marketplace's customer service: accepted is a case of the seller".into())
            }
            CaseStatus::Closed => Err("it is closed: accepted is an open case; reopen it first".into()),
            _ => Ok(()),
        }
    }
}
