//! Where one case stands, and how an event or the passing of time changes that: the fold.
//!
//! Time acts at exact instants: a warning at 18 hours, a breach one nanosecond after the deadline, the sending back at
//! 48 hours, the survey a day after closing. Events of an instant come before what time does at that instant, so an
//! answer exactly at the deadline is in time (RULES C3).

use super::clocks::{Budget, Clocks};
use super::domain_event::{CaseClock, Happening};
use super::event::{By, CaseKind, CaseStatus, Origin};
use crate::sla::instant::{Nanos, instant};

/// No such instant.
pub(super) const NEVER: Nanos = Nanos::MAX;

/// What happened, as far as the fold needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Opened { origin: Origin, kind: CaseKind, ordered: Option<Nanos>, lacks: Option<&'static str> },
    PhoneContact { by: By },
    Described,
    Received,
    Handled,
    Forwarded,
    Reopened,
    CustomerMessage,
    SellerMessage { automatic: bool },
    FollowUp { until: Option<Nanos> },
    HandedOver,
    Returned,
    Closed { by: By },
    SurveyAnswered,
}

/// Why an act cannot be taken, and what could.
pub(super) type Refusal = String;

/// The flags of a state.
pub(super) mod flag {
    pub(crate) const OPENED: u32 = 1;
    /// There is a first clock: a customer asked.
    pub(crate) const FIRST: u32 = 1 << 1;
    pub(crate) const FIRST_WARNED: u32 = 1 << 2;
    pub(crate) const FIRST_BREACHED: u32 = 1 << 3;
    pub(crate) const FIRST_ANSWERED: u32 = 1 << 4;
    pub(crate) const FIRST_CANCELLED: u32 = 1 << 5;
    /// The first clock stands still: its instants are what is left of its budgets.
    pub(crate) const FIRST_PAUSED: u32 = 1 << 6;
    pub(crate) const DUTY_WARNED: u32 = 1 << 7;
    pub(crate) const DUTY_BREACHED: u32 = 1 << 8;
    /// The seller has really written inside the system.
    pub(crate) const CONTACT: u32 = 1 << 9;
    pub(crate) const SURVEY_WAITS: u32 = 1 << 10;
    pub(crate) const SURVEY_SENT: u32 = 1 << 11;
    pub(crate) const SURVEY_ANSWERED: u32 = 1 << 12;
    pub(crate) const WAS_FORWARDED: u32 = 1 << 13;
    pub(crate) const WAS_RETURNED: u32 = 1 << 14;
    pub(crate) const CLOSED_BY_MARKETPLACE: u32 = 1 << 15;
    /// A phone call made it: it may still be opened in the system.
    pub(crate) const BY_PHONE: u32 = 1 << 16;
    /// A return has arrived.
    pub(crate) const RECEIVED: u32 = 1 << 17;
    /// A return or a cancellation was handled since it was opened last.
    pub(crate) const HANDLED: u32 = 1 << 18;
    /// It was handled once.
    pub(crate) const EVER_HANDLED: u32 = 1 << 19;
    /// A survey was answered once.
    pub(crate) const EVER_ANSWERED: u32 = 1 << 20;
}

/// The clock beside the first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Duty {
    None,
    FollowUp,
    Forwarded,
}

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct State {
    pub(super) opened_at: Nanos,
    pub(super) first_warn: Nanos,
    pub(super) first_due: Nanos,
    /// When the first clock was answered or cancelled.
    pub(super) first_end: Nanos,
    pub(super) duty_from: Nanos,
    pub(super) duty_due: Nanos,
    /// When a follow-up is warned of; when a forwarded case goes back.
    pub(super) duty_next: Nanos,
    /// While closed, when the survey may go out; while to follow up later, when.
    pub(super) later: Nanos,
    pub(super) closed_at: Nanos,
    /// Time has done here all it does up to and with this instant.
    pub(super) passed: Nanos,
    pub(super) flags: u32,
    pub(super) customer_messages: u16,
    pub(super) seller_messages: u16,
    pub(super) follow_ups: u16,
    pub(super) follow_ups_late: u16,
    pub(super) phone_contacts: u16,
    pub(super) status: CaseStatus,
    pub(super) origin: Origin,
    pub(super) kind: CaseKind,
    pub(super) duty: Duty,
}

/// What time does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tick {
    FirstWarn,
    FirstBreach,
    DutyWarn,
    DutyBreach,
    SendBack,
    FollowUpDue,
    SurveyDue,
}

impl State {
    /// A case that has not been opened.
    pub(super) const NEW: Self = Self {
        opened_at: NEVER,
        first_warn: NEVER,
        first_due: NEVER,
        first_end: NEVER,
        duty_from: NEVER,
        duty_due: NEVER,
        duty_next: NEVER,
        later: NEVER,
        closed_at: NEVER,
        passed: Nanos::MIN,
        flags: 0,
        customer_messages: 0,
        seller_messages: 0,
        follow_ups: 0,
        follow_ups_late: 0,
        phone_contacts: 0,
        status: CaseStatus::WaitingForSeller,
        origin: Origin::Customer,
        kind: CaseKind::Question,
        duty: Duty::None,
    };

    pub(super) fn has(&self, flag: u32) -> bool {
        self.flags & flag != 0
    }

    fn set(&mut self, flag: u32) {
        self.flags |= flag;
    }

    fn clear(&mut self, flag: u32) {
        self.flags &= !flag;
    }

    pub(super) fn first_is_active(&self) -> bool {
        self.flags & (flag::FIRST | flag::FIRST_ANSWERED | flag::FIRST_CANCELLED) == flag::FIRST
    }

    pub(super) fn first_clock(&self) -> CaseClock {
        match self.kind {
            CaseKind::Question => CaseClock::FirstResponse,
            CaseKind::Return | CaseKind::Cancellation => CaseClock::Request,
        }
    }

    /// When time acts next if nothing else happens; [`NEVER`] when it does not.
    pub(super) fn wake(&self) -> Nanos {
        self.tick().0
    }

    fn tick(&self) -> (Nanos, Tick) {
        let mut next = (NEVER, Tick::SurveyDue);
        let mut offer = |at: Nanos, tick: Tick| {
            if at < next.0 {
                next = (at, tick);
            }
        };
        if self.first_is_active() && !self.has(flag::FIRST_PAUSED) {
            if !self.has(flag::FIRST_WARNED) {
                offer(self.first_warn, Tick::FirstWarn);
            }
            if !self.has(flag::FIRST_BREACHED) {
                offer(self.first_due.saturating_add(1), Tick::FirstBreach);
            }
        }
        match self.duty {
            Duty::None => {}
            Duty::FollowUp => {
                if !self.has(flag::DUTY_WARNED) {
                    offer(self.duty_next, Tick::DutyWarn);
                }
                if !self.has(flag::DUTY_BREACHED) {
                    offer(self.duty_due.saturating_add(1), Tick::DutyBreach);
                }
            }
            Duty::Forwarded => {
                if !self.has(flag::DUTY_BREACHED) {
                    offer(self.duty_due.saturating_add(1), Tick::DutyBreach);
                }
                offer(self.duty_next, Tick::SendBack);
            }
        }
        match self.status {
            CaseStatus::FollowUpLater => offer(self.later, Tick::FollowUpDue),
            CaseStatus::Closed if self.has(flag::SURVEY_WAITS) => offer(self.later, Tick::SurveyDue),
            _ => {}
        }
        next
    }

    /// Lets time pass up to and with `until`.
    pub(super) fn pass(&mut self, clocks: &Clocks, until: Nanos, mut tell: impl FnMut(Nanos, Happening)) {
        loop {
            let (at, tick) = self.tick();
            if at > until || at == NEVER {
                self.passed = self.passed.max(until);
                return;
            }
            match tick {
                Tick::FirstWarn => {
                    self.set(flag::FIRST_WARNED);
                    tell(at, Happening::Warned { clock: self.first_clock(), due: instant(self.first_due) });
                }
                Tick::FirstBreach => self.breach_first(&mut tell),
                Tick::DutyWarn => {
                    self.set(flag::DUTY_WARNED);
                    tell(at, Happening::Warned { clock: CaseClock::FollowUp, due: instant(self.duty_due) });
                }
                Tick::DutyBreach => self.breach_duty(&mut tell),
                Tick::SendBack => self.send_back(clocks, at, &mut tell),
                Tick::FollowUpDue => {
                    self.later = NEVER;
                    tell(at, Happening::FollowUpDue);
                }
                Tick::SurveyDue => self.send_survey(&mut tell),
            }
        }
    }

    fn breach_first(&mut self, tell: &mut impl FnMut(Nanos, Happening)) {
        if !self.has(flag::FIRST_BREACHED) {
            self.set(flag::FIRST_BREACHED);
            tell(self.first_due, Happening::Breached { clock: self.first_clock() });
        }
    }

    fn breach_duty(&mut self, tell: &mut impl FnMut(Nanos, Happening)) {
        if self.has(flag::DUTY_BREACHED) {
            return;
        }
        self.set(flag::DUTY_BREACHED);
        let clock = match self.duty {
            Duty::None => return,
            Duty::FollowUp => {
                self.follow_ups_late = self.follow_ups_late.saturating_add(1);
                CaseClock::FollowUp
            }
            Duty::Forwarded => CaseClock::Forwarded,
        };
        tell(self.duty_due, Happening::Breached { clock });
    }

    fn send_back(&mut self, clocks: &Clocks, at: Nanos, tell: &mut impl FnMut(Nanos, Happening)) {
        self.set(flag::WAS_RETURNED);
        self.give_to_marketplace(clocks, at);
        tell(at, Happening::ReturnedToMarketplace);
    }

    fn send_survey(&mut self, tell: &mut impl FnMut(Nanos, Happening)) {
        self.clear(flag::SURVEY_WAITS);
        self.set(flag::SURVEY_SENT);
        tell(self.later, Happening::SurveyDue);
    }

    /// Takes an act at `at`; nothing is changed when it is refused. Time has passed up to just before `at`.
    pub(super) fn take(
        &mut self,
        clocks: &Clocks,
        at: Nanos,
        act: Act,
        mut tell: impl FnMut(Nanos, Happening),
    ) -> Result<(), Refusal> {
        if let Act::Opened { origin, kind, ordered, lacks } = act {
            self.open(clocks, at, origin, kind, ordered, lacks)?;
            tell(at, Happening::Opened { origin });
            return Ok(());
        }
        if let Act::PhoneContact { by } = act {
            self.phone_contact(at, by, &mut tell);
            return Ok(());
        }
        if !self.has(flag::OPENED) {
            return Err("it has not been opened: accepted is `opened` first".into());
        }
        match act {
            Act::Opened { .. } | Act::PhoneContact { .. } | Act::Described => {}
            Act::Received => self.receive()?,
            Act::Handled => self.handle(clocks, at, &mut tell)?,
            Act::Forwarded => self.forward(clocks, at, &mut tell)?,
            Act::Reopened => {
                if self.status != CaseStatus::Closed {
                    return Err(format!("it is {}: accepted is a closed case", self.status));
                }
                self.reopen(at, &mut tell);
            }
            Act::CustomerMessage => self.customer_message(clocks, at, &mut tell)?,
            Act::SellerMessage { automatic } => {
                if !automatic || clocks.automatic_counts {
                    self.seller_message(at, &mut tell)?;
                }
            }
            Act::FollowUp { until } => {
                self.must_be_the_sellers()?;
                if until.is_some_and(|until| until <= at) {
                    return Err("the day to follow up has passed: accepted is a later one, or none".into());
                }
                self.status = CaseStatus::FollowUpLater;
                self.later = until.unwrap_or(NEVER);
            }
            Act::HandedOver => {
                self.must_be_the_sellers()?;
                self.give_to_marketplace(clocks, at);
            }
            Act::Returned => {
                if self.duty == Duty::Forwarded {
                    self.send_back(clocks, at, &mut tell);
                } else if self.status != CaseStatus::WithMarketplace || !self.has(flag::WAS_RETURNED) {
                    return Err("it is not forwarded and unanswered: accepted is a forwarded case".into());
                }
            }
            Act::Closed { by } => self.close(clocks, at, by, &mut tell)?,
            Act::SurveyAnswered => {
                if self.status == CaseStatus::Closed && self.has(flag::SURVEY_WAITS) && self.later <= at {
                    self.send_survey(&mut tell);
                }
                if !self.has(flag::SURVEY_SENT) {
                    return Err(
                        "no survey has gone out: accepted is an answer after the survey was due".into()
                    );
                }
                if self.has(flag::SURVEY_ANSWERED) {
                    return Err("the survey was answered already: accepted is one answer a survey".into());
                }
                self.set(flag::SURVEY_ANSWERED | flag::EVER_ANSWERED);
            }
        }
        Ok(())
    }

    fn must_be_the_sellers(&self) -> Result<(), Refusal> {
        match self.status {
            CaseStatus::WithMarketplace => {
                Err("it is with the marketplace's customer service: accepted is a case of the seller".into())
            }
            CaseStatus::Closed => Err("it is closed: accepted is an open case; reopen it first".into()),
            _ => Ok(()),
        }
    }

    fn open(
        &mut self,
        clocks: &Clocks,
        at: Nanos,
        origin: Origin,
        kind: CaseKind,
        ordered: Option<Nanos>,
        lacks: Option<&'static str>,
    ) -> Result<(), Refusal> {
        if self.has(flag::OPENED) && !self.has(flag::BY_PHONE) {
            let since = instant(self.opened_at).to_rfc3339();
            return Err(format!("it was opened already at {since}: accepted is one opening"));
        }
        let mut opened =
            Self { opened_at: at, passed: self.passed, origin, kind, flags: flag::OPENED, ..Self::NEW };
        opened.phone_contacts = self.phone_contacts;
        match origin {
            Origin::Customer => {
                let budget = clocks.first(kind);
                opened.customer_messages = 1;
                opened.flags |= flag::FIRST;
                opened.first_due = budget.due_from(at).map_err(|error| error.to_string())?;
                opened.first_warn = budget.warn_from(at).map_err(|error| error.to_string())?;
            }
            Origin::Marketplace => opened.start_duty(Duty::Forwarded, &clocks.forwarded, at)?,
            Origin::Seller => {
                if let Some(field) = lacks {
                    return Err(format!(
                        "the seller starts a case and {field} is missing: accepted is a case about an order, with subject and item"
                    ));
                }
                if let Some(ordered) = ordered {
                    clocks.may_start(ordered, at)?;
                }
                opened.status = CaseStatus::WaitingForCustomer;
                opened.seller_messages = 1;
                opened.flags |= flag::CONTACT;
            }
        }
        *self = opened;
        Ok(())
    }

    /// A call makes a closed case of its own, or joins the one that is there (RULES K9). It stops no clock: contact outside
    /// the system is none.
    fn phone_contact(&mut self, at: Nanos, by: By, tell: &mut impl FnMut(Nanos, Happening)) {
        if !self.has(flag::OPENED) {
            let origin = if by == By::Customer { Origin::Customer } else { Origin::Seller };
            *self = Self {
                opened_at: at,
                closed_at: at,
                passed: self.passed,
                origin,
                status: CaseStatus::Closed,
                flags: flag::OPENED | flag::BY_PHONE,
                ..Self::NEW
            };
            tell(at, Happening::Opened { origin });
            tell(at, Happening::Closed { by: By::Seller });
        }
        self.phone_contacts = self.phone_contacts.saturating_add(1);
    }

    fn receive(&mut self) -> Result<(), Refusal> {
        if self.kind != CaseKind::Return {
            return Err(format!("it is a {}: accepted is a return", self.kind));
        }
        if self.has(flag::RECEIVED) {
            return Err("it was received already: accepted is one receipt".into());
        }
        self.must_be_the_sellers()?;
        self.set(flag::RECEIVED);
        Ok(())
    }

    /// Handling, and nothing else, ends the clock of a return or a cancellation, and closes it (RULES K12).
    fn handle(
        &mut self,
        clocks: &Clocks,
        at: Nanos,
        tell: &mut impl FnMut(Nanos, Happening),
    ) -> Result<(), Refusal> {
        if self.kind == CaseKind::Question {
            return Err("it is a question: accepted is a return or a cancellation".into());
        }
        self.close(clocks, at, By::Seller, tell)?;
        self.set(flag::HANDLED | flag::EVER_HANDLED);
        Ok(())
    }

    fn start_duty(&mut self, duty: Duty, budget: &Budget, at: Nanos) -> Result<(), Refusal> {
        let due = budget.due_from(at).map_err(|error| error.to_string())?;
        let next = budget.warn_from(at).map_err(|error| error.to_string())?;
        self.duty = duty;
        self.duty_from = at;
        self.duty_due = due;
        self.duty_next = next;
        self.clear(flag::DUTY_WARNED | flag::DUTY_BREACHED);
        match duty {
            Duty::FollowUp => self.follow_ups = self.follow_ups.saturating_add(1),
            Duty::Forwarded => self.set(flag::WAS_FORWARDED),
            Duty::None => {}
        }
        Ok(())
    }

    fn end_duty(&mut self) {
        self.duty = Duty::None;
        self.duty_from = NEVER;
        self.duty_due = NEVER;
        self.duty_next = NEVER;
    }

    fn forward(
        &mut self,
        clocks: &Clocks,
        at: Nanos,
        tell: &mut impl FnMut(Nanos, Happening),
    ) -> Result<(), Refusal> {
        if self.status == CaseStatus::Closed {
            return Err("it is closed: accepted is an open case; reopen it first".into());
        }
        let mut next = *self;
        next.resume_first(clocks, at)?;
        next.start_duty(Duty::Forwarded, &clocks.forwarded, at)?;
        next.status = CaseStatus::WaitingForSeller;
        *self = next;
        tell(at, Happening::Forwarded);
        Ok(())
    }

    fn reopen(&mut self, at: Nanos, tell: &mut impl FnMut(Nanos, Happening)) {
        self.status = CaseStatus::WaitingForSeller;
        self.closed_at = NEVER;
        self.later = NEVER;
        self.clear(flag::SURVEY_WAITS | flag::CLOSED_BY_MARKETPLACE | flag::BY_PHONE | flag::HANDLED);
        tell(at, Happening::Reopened);
    }

    fn customer_message(
        &mut self,
        clocks: &Clocks,
        at: Nanos,
        tell: &mut impl FnMut(Nanos, Happening),
    ) -> Result<(), Refusal> {
        let with_marketplace = self.status == CaseStatus::WithMarketplace;
        if !with_marketplace && !self.first_is_active() && self.duty == Duty::None {
            self.start_duty(Duty::FollowUp, &clocks.follow_up, at)?;
        }
        if self.status == CaseStatus::Closed {
            self.reopen(at, tell);
        } else if !with_marketplace {
            self.status = CaseStatus::WaitingForSeller;
            self.later = NEVER;
        }
        self.customer_messages = self.customer_messages.saturating_add(1);
        Ok(())
    }

    fn seller_message(&mut self, at: Nanos, tell: &mut impl FnMut(Nanos, Happening)) -> Result<(), Refusal> {
        self.must_be_the_sellers()?;
        self.set(flag::CONTACT);
        self.seller_messages = self.seller_messages.saturating_add(1);
        self.answer_first(at, tell);
        self.answer_duty(at, tell);
        self.status = CaseStatus::WaitingForCustomer;
        self.later = NEVER;
        Ok(())
    }

    fn answer_first(&mut self, at: Nanos, tell: &mut impl FnMut(Nanos, Happening)) {
        if self.first_is_active() {
            if at > self.first_due {
                self.breach_first(tell);
            }
            self.set(flag::FIRST_ANSWERED);
            self.first_end = at;
            let in_time = !self.has(flag::FIRST_BREACHED);
            tell(at, Happening::Answered { clock: self.first_clock(), in_time });
        }
    }

    fn answer_duty(&mut self, at: Nanos, tell: &mut impl FnMut(Nanos, Happening)) {
        let clock = match self.duty {
            Duty::None => return,
            Duty::FollowUp => CaseClock::FollowUp,
            Duty::Forwarded => CaseClock::Forwarded,
        };
        if at > self.duty_due {
            self.breach_duty(tell);
        }
        tell(at, Happening::Answered { clock, in_time: !self.has(flag::DUTY_BREACHED) });
        self.end_duty();
    }

    fn close(
        &mut self,
        clocks: &Clocks,
        at: Nanos,
        by: By,
        tell: &mut impl FnMut(Nanos, Happening),
    ) -> Result<(), Refusal> {
        if self.has(flag::HANDLED) && by == By::Seller {
            // Handling has closed it: a log may say so once more.
            self.clear(flag::HANDLED);
            return Ok(());
        }
        if self.status == CaseStatus::Closed {
            return Err("it is closed already: accepted is an open case".into());
        }
        let mut survey = NEVER;
        if by == By::Seller {
            self.must_be_the_sellers()?;
            if self.kind == CaseKind::Question && clocks.close_needs_contact && !self.has(flag::CONTACT) {
                return Err("there was no contact: accepted is a case with a message of the seller".into());
            }
        }
        if by == By::Seller || clocks.survey_for_marketplace {
            survey = clocks.survey.due_from(at).map_err(|error| error.to_string())?;
        }
        // A return or a cancellation is handled when it is closed, with or without words.
        if by == By::Seller && self.kind != CaseKind::Question {
            self.answer_first(at, tell);
        }
        if self.first_is_active() {
            if !self.has(flag::FIRST_PAUSED) && at > self.first_due {
                self.breach_first(tell);
            }
            if self.has(flag::FIRST_PAUSED) {
                // It never came to a deadline.
                self.first_due = NEVER;
                self.first_warn = NEVER;
            }
            self.set(flag::FIRST_CANCELLED);
            self.clear(flag::FIRST_PAUSED);
            self.first_end = at;
        }
        if self.duty != Duty::None && at > self.duty_due {
            self.breach_duty(tell);
        }
        self.end_duty();
        self.status = CaseStatus::Closed;
        self.closed_at = at;
        self.later = survey;
        self.clear(
            flag::SURVEY_WAITS | flag::SURVEY_SENT | flag::SURVEY_ANSWERED | flag::CLOSED_BY_MARKETPLACE,
        );
        if survey != NEVER {
            self.set(flag::SURVEY_WAITS);
        }
        if by == By::Marketplace {
            self.set(flag::CLOSED_BY_MARKETPLACE);
        }
        tell(at, Happening::Closed { by });
        Ok(())
    }

    fn give_to_marketplace(&mut self, clocks: &Clocks, at: Nanos) {
        self.end_duty();
        self.status = CaseStatus::WithMarketplace;
        self.later = NEVER;
        let runs = self.first_is_active() && !self.has(flag::FIRST_PAUSED | flag::FIRST_BREACHED);
        if clocks.paused_with_marketplace && runs && at <= self.first_due {
            let counter = clocks.first(self.kind).counter();
            let left = |until: Nanos| counter.between(at, until).unwrap_or(0).max(0);
            let (warn, due) = (left(self.first_warn), left(self.first_due));
            self.first_warn = warn;
            self.first_due = due;
            self.set(flag::FIRST_PAUSED);
        }
    }

    fn resume_first(&mut self, clocks: &Clocks, at: Nanos) -> Result<(), Refusal> {
        if self.has(flag::FIRST_PAUSED) {
            let counter = clocks.first(self.kind).counter();
            let reach = |left: Nanos| counter.reach(at, left).map_err(|error| error.to_string());
            let (warn, due) = (reach(self.first_warn)?, reach(self.first_due)?);
            self.first_warn = warn;
            self.first_due = due;
            self.clear(flag::FIRST_PAUSED);
        }
        Ok(())
    }
}
