//! Closing, reopening, and the survey after it (RULES K9, K10, Q2).

use super::act::Refusal;
use super::fields::State;
use super::flag;
use crate::case::clocks::Clocks;
use crate::case::domain_event::Happening;
use crate::case::event::{CaseKind, CaseStatus, Party};
use crate::sla::instant::{NEVER, Nanos};

pub(super) const CLOSED_ALREADY: &str = "it is closed already: accepted is an open case";

impl State {
    pub(super) fn close(
        &mut self,
        clocks: &Clocks,
        at: Nanos,
        by: Party,
        tell: &mut impl FnMut(Nanos, Happening),
    ) -> Result<(), Refusal> {
        if self.has(flag::HANDLED) && by == Party::Seller {
            // Handling has closed it: a log may say so once more, and nothing changes (RULES K12).
            return Ok(());
        }
        if self.has(flag::LAPSED) && by == Party::Marketplace {
            // Time has closed it for the marketplace: its own word for it changes nothing (RULES K12).
            return Ok(());
        }
        if self.status == CaseStatus::Closed {
            return Err(CLOSED_ALREADY.into());
        }
        let terms = clocks.on(at);
        let mut survey = NEVER;
        if by == Party::Seller {
            self.must_be_the_sellers()?;
            if self.kind == CaseKind::Question && terms.close_needs_contact && !self.has(flag::CONTACT) {
                // K9
                return Err("there was no contact: accepted is a case with a message of the seller".into());
            }
        }
        // A case of the marketplace's own is not the seller's to ask about (RULES K15).
        let asks_for_marketplace = terms.survey_for_marketplace && !self.has(flag::NOT_THE_SELLERS);
        if by == Party::Seller || asks_for_marketplace {
            survey = terms.survey.due_from(at).map_err(|error| error.to_string())?; // Q2: a day later
        }
        // A return or a cancellation that the seller closes was handled, with or without words (RULES K12).
        if by == Party::Seller && self.kind != CaseKind::Question {
            self.answer_first(at, tell);
            self.answer_forwarded(at, tell);
        }
        // After the answer: what was handled is no cancelled clock.
        self.end_clocks(at, tell);
        self.status = CaseStatus::Closed;
        self.closed_at = at;
        self.later = survey;
        // K16: a survey that went out after an earlier closing may still be answered.
        self.clear(flag::SURVEY_WAITS | flag::CLOSED_BY_MARKETPLACE);
        if survey != NEVER {
            self.set(flag::SURVEY_WAITS);
        }
        if by == Party::Marketplace {
            self.set(flag::CLOSED_BY_MARKETPLACE);
        }
        tell(at, Happening::Closed { by });
        Ok(())
    }

    pub(super) fn reopen(&mut self, at: Nanos, tell: &mut impl FnMut(Nanos, Happening)) {
        self.status = match self.has(flag::NOT_THE_SELLERS) {
            true => CaseStatus::WithMarketplace,
            false => CaseStatus::WaitingForSeller,
        };
        self.closed_at = NEVER;
        self.later = NEVER;
        self.clear(
            // K10: no survey that waits goes out, and no deadline comes back.
            flag::SURVEY_WAITS | flag::CLOSED_BY_MARKETPLACE | flag::BY_PHONE | flag::HANDLED | flag::LAPSED,
        );
        tell(at, Happening::Reopened);
    }

    pub(super) fn send_survey(&mut self, tell: &mut impl FnMut(Nanos, Happening)) {
        if self.survey_is_out() && self.flags & flag::MORE_SURVEYS != flag::MORE_SURVEYS {
            self.flags += flag::ONE_MORE_SURVEY;
        }
        self.clear(flag::SURVEY_WAITS | flag::SURVEY_ANSWERED);
        self.set(flag::SURVEY_SENT);
        tell(self.later, Happening::SurveyDue);
    }

    /// Whether a survey went out that has no answer yet.
    fn survey_is_out(&self) -> bool {
        self.has(flag::SURVEY_SENT) && !self.has(flag::SURVEY_ANSWERED)
    }

    /// One answer for each survey that went out, however late (RULES K16).
    pub(super) fn answer_survey(
        &mut self,
        at: Nanos,
        tell: &mut impl FnMut(Nanos, Happening),
    ) -> Result<(), Refusal> {
        if self.status == CaseStatus::Closed && self.has(flag::SURVEY_WAITS) && self.later <= at {
            // Q2: time has passed up to just before the answer, and the survey was due at its very instant.
            self.send_survey(tell);
        }
        if !self.has(flag::SURVEY_SENT) {
            return Err("no survey has gone out: accepted is an answer after the survey was due".into());
        }
        if !self.survey_is_out() {
            return Err("the survey was answered already: accepted is one answer a survey".into());
        }
        match self.has(flag::MORE_SURVEYS) {
            true => self.flags -= flag::ONE_MORE_SURVEY,
            false => self.set(flag::SURVEY_ANSWERED),
        }
        self.set(flag::EVER_ANSWERED);
        Ok(())
    }
}
