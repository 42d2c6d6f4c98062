//! Where one case stands, and how an event or the passing of time changes that: the fold.
//!
//! Time acts at exact instants: a warning at 18 hours, a breach one nanosecond after the deadline, the sending back at
//! 48 hours, the survey a day after closing. Events of an instant come before what time does at that instant, so an
//! answer exactly at the deadline is in time (RULES C3).

use super::clocks::Clocks;
use super::domain_event::{CaseClock, Happening};
use super::event::{CaseKind, CaseStatus, Party};
use super::terms::{Budget, CaseTerms};
use crate::sla::instant::{NEVER, Nanos, instant};

/// What happened, as far as the fold needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Opened(Opened),
    PhoneContact { by: Party },
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
    Closed { by: Party },
    SurveyAnswered,
}

/// What an opening says that the fold needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Opened {
    pub(crate) origin: Party,
    pub(crate) kind: CaseKind,
    pub(crate) ordered: Option<Nanos>,
    pub(crate) lacks: Option<&'static str>,
    pub(crate) marketplace_ships: bool,
}

/// Why an act cannot be taken, and what could.
pub(super) type Refusal = String;

/// The flags of a state.
pub(super) mod flag {
    pub(crate) const OPENED: u32 = 1;
    /// There is a first clock: a customer asked, a return arrived, the marketplace forwarded.
    pub(crate) const FIRST: u32 = 1 << 1;
    pub(crate) const FIRST_WARNED: u32 = 1 << 2;
    pub(crate) const FIRST_BREACHED: u32 = 1 << 3;
    pub(crate) const FIRST_ANSWERED: u32 = 1 << 4;
    pub(crate) const FIRST_CANCELLED: u32 = 1 << 5;
    /// The first clock stands still: its instants are what is left of its budgets.
    pub(crate) const FIRST_PAUSED: u32 = 1 << 6;
    /// The first clock is that of a forwarded case.
    pub(crate) const FIRST_FORWARDED: u32 = 1 << 7;
    pub(crate) const REPLY_WARNED: u32 = 1 << 8;
    pub(crate) const REPLY_BREACHED: u32 = 1 << 9;
    pub(crate) const FORWARDED_WARNED: u32 = 1 << 10;
    pub(crate) const FORWARDED_BREACHED: u32 = 1 << 11;
    /// The seller has really written inside the system.
    pub(crate) const CONTACT: u32 = 1 << 12;
    pub(crate) const SURVEY_WAITS: u32 = 1 << 13;
    pub(crate) const SURVEY_SENT: u32 = 1 << 14;
    pub(crate) const SURVEY_ANSWERED: u32 = 1 << 15;
    /// A survey was answered once.
    pub(crate) const EVER_ANSWERED: u32 = 1 << 16;
    pub(crate) const WAS_FORWARDED: u32 = 1 << 17;
    pub(crate) const WAS_RETURNED: u32 = 1 << 18;
    pub(crate) const CLOSED_BY_MARKETPLACE: u32 = 1 << 19;
    /// A phone call made it: it may still be opened in the system.
    pub(crate) const BY_PHONE: u32 = 1 << 20;
    /// A return has arrived.
    pub(crate) const RECEIVED: u32 = 1 << 21;
    /// A return or a cancellation was handled since it was opened last.
    pub(crate) const HANDLED: u32 = 1 << 22;
    /// It was handled once.
    pub(crate) const EVER_HANDLED: u32 = 1 << 23;
    /// A return that never came: its notification has lapsed.
    pub(crate) const LAPSED: u32 = 1 << 24;
    /// It is about an order that the marketplace fulfils, and was not forwarded: none of the seller's.
    pub(crate) const NOT_THE_SELLERS: u32 = 1 << 25;
    /// That the day to follow up has come was told.
    pub(crate) const FOLLOW_UP_TOLD: u32 = 1 << 26;
    /// All of them.
    pub(crate) const ALL: u32 = (1 << 27) - 1;
}

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct State {
    pub(super) opened_at: Nanos,
    pub(super) first_from: Nanos,
    pub(super) first_warn: Nanos,
    pub(super) first_due: Nanos,
    /// When the first clock was answered or cancelled.
    pub(super) first_end: Nanos,
    /// The running answer to a customer's reply; never when none runs.
    pub(super) reply_from: Nanos,
    pub(super) reply_warn: Nanos,
    pub(super) reply_due: Nanos,
    /// The running response to a forwarding that came after a first clock.
    pub(super) forwarded_from: Nanos,
    pub(super) forwarded_warn: Nanos,
    pub(super) forwarded_due: Nanos,
    /// When a forwarded case goes back by itself.
    pub(super) goes_back: Nanos,
    /// When a return that has not come lapses.
    pub(super) lapses: Nanos,
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
    pub(super) origin: Party,
    pub(super) kind: CaseKind,
}

/// What time does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tick {
    FirstWarn,
    FirstBreach,
    ReplyWarn,
    ReplyBreach,
    ForwardedWarn,
    ForwardedBreach,
    SendBack,
    Lapse,
    FollowUpDue,
    SurveyDue,
}

/// What only somebody does who has the case open.
fn is_work(act: Act) -> bool {
    match act {
        Act::Handled
        | Act::Forwarded
        | Act::SellerMessage { .. }
        | Act::FollowUp { .. }
        | Act::HandedOver
        | Act::Closed { .. } => true,
        Act::Opened(_)
        | Act::PhoneContact { .. }
        | Act::Described
        | Act::Received
        | Act::Reopened
        | Act::CustomerMessage
        | Act::Returned
        | Act::SurveyAnswered => false,
    }
}

impl State {
    /// A case that has not been opened.
    pub(super) const NEW: Self = Self {
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
        customer_messages: 0,
        seller_messages: 0,
        follow_ups: 0,
        follow_ups_late: 0,
        phone_contacts: 0,
        status: CaseStatus::WaitingForSeller,
        origin: Party::Customer,
        kind: CaseKind::Question,
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

    /// Whether an opening is still possible: nothing opened it yet, or only a call did.
    pub(super) fn may_open(&self) -> bool {
        !self.has(flag::OPENED) || self.has(flag::BY_PHONE)
    }

    pub(super) fn first_is_active(&self) -> bool {
        self.flags & (flag::FIRST | flag::FIRST_ANSWERED | flag::FIRST_CANCELLED) == flag::FIRST
    }

    pub(super) fn reply_is_active(&self) -> bool {
        self.reply_due != NEVER
    }

    pub(super) fn forwarded_is_active(&self) -> bool {
        self.forwarded_due != NEVER
    }

    /// Whether the warning of any clock that runs has come, of the one with the earliest deadline or another (RULES
    /// C2).
    pub(super) fn is_open_long(&self) -> bool {
        self.first_is_active() && self.has(flag::FIRST_WARNED)
            || self.reply_is_active() && self.has(flag::REPLY_WARNED)
            || self.forwarded_is_active() && self.has(flag::FORWARDED_WARNED)
    }

    pub(super) fn first_clock(&self) -> CaseClock {
        match self.kind {
            _ if self.has(flag::FIRST_FORWARDED) => CaseClock::Forwarded,
            CaseKind::Question => CaseClock::FirstResponse,
            CaseKind::Return | CaseKind::Cancellation => CaseClock::Request,
        }
    }

    pub(super) fn first_budget<'a>(&self, clocks: &'a Clocks) -> &'a Budget {
        let terms = clocks.on(self.first_from);
        match self.first_clock() {
            CaseClock::Forwarded => &terms.forwarded,
            _ => terms.first(self.kind),
        }
    }

    pub(super) fn reply_budget<'a>(&self, clocks: &'a Clocks) -> &'a Budget {
        &clocks.on(self.reply_from).follow_up
    }

    pub(super) fn forwarded_budget<'a>(&self, clocks: &'a Clocks) -> &'a Budget {
        &clocks.on(self.forwarded_from).forwarded
    }

    /// When time acts next if nothing else happens; [`NEVER`] when it does not.
    pub(super) fn wake(&self) -> Nanos {
        self.tick().0
    }

    fn tick(&self) -> (Nanos, Tick) {
        let mut next = (NEVER, Tick::SurveyDue);
        let mut offer = |at: Nanos, tick: Tick, was: u32| {
            if at < next.0 && !self.has(was) {
                next = (at, tick);
            }
        };
        let after = |due: Nanos| due.saturating_add(1); // C3: at the deadline is in time
        if self.first_is_active() && !self.has(flag::FIRST_PAUSED) {
            offer(self.first_warn, Tick::FirstWarn, flag::FIRST_WARNED); // C2
            offer(after(self.first_due), Tick::FirstBreach, flag::FIRST_BREACHED);
        }
        if self.reply_is_active() {
            offer(self.reply_warn, Tick::ReplyWarn, flag::REPLY_WARNED); // K8
            offer(after(self.reply_due), Tick::ReplyBreach, flag::REPLY_BREACHED);
        }
        if self.forwarded_is_active() {
            offer(self.forwarded_warn, Tick::ForwardedWarn, flag::FORWARDED_WARNED); // K5
            offer(after(self.forwarded_due), Tick::ForwardedBreach, flag::FORWARDED_BREACHED);
        }
        offer(self.goes_back, Tick::SendBack, 0); // K5: at 48, by itself
        offer(self.lapses, Tick::Lapse, 0); // K12
        match self.status {
            CaseStatus::FollowUpLater => offer(self.later, Tick::FollowUpDue, flag::FOLLOW_UP_TOLD),
            CaseStatus::Closed if self.has(flag::SURVEY_WAITS) => offer(self.later, Tick::SurveyDue, 0),
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
                Tick::ReplyWarn => {
                    self.set(flag::REPLY_WARNED);
                    tell(at, Happening::Warned { clock: CaseClock::FollowUp, due: instant(self.reply_due) });
                }
                Tick::ReplyBreach => self.breach_reply(&mut tell),
                Tick::ForwardedWarn => {
                    self.set(flag::FORWARDED_WARNED);
                    let due = instant(self.forwarded_due);
                    tell(at, Happening::Warned { clock: CaseClock::Forwarded, due });
                }
                Tick::ForwardedBreach => self.breach_forwarded(&mut tell),
                Tick::SendBack => self.send_back(clocks, at, &mut tell),
                Tick::Lapse => self.lapse(at, &mut tell),
                Tick::FollowUpDue => {
                    // It stays due since then, until something happens (RULES K17).
                    self.set(flag::FOLLOW_UP_TOLD);
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

    fn breach_reply(&mut self, tell: &mut impl FnMut(Nanos, Happening)) {
        if !self.has(flag::REPLY_BREACHED) {
            self.set(flag::REPLY_BREACHED);
            self.follow_ups_late = self.follow_ups_late.saturating_add(1);
            tell(self.reply_due, Happening::Breached { clock: CaseClock::FollowUp });
        }
    }

    fn breach_forwarded(&mut self, tell: &mut impl FnMut(Nanos, Happening)) {
        if !self.has(flag::FORWARDED_BREACHED) {
            self.set(flag::FORWARDED_BREACHED);
            tell(self.forwarded_due, Happening::Breached { clock: CaseClock::Forwarded });
        }
    }

    fn send_back(&mut self, clocks: &Clocks, at: Nanos, tell: &mut impl FnMut(Nanos, Happening)) {
        self.set(flag::WAS_RETURNED);
        self.give_to_marketplace(clocks, at, tell);
        tell(at, Happening::ReturnedToMarketplace);
    }

    /// A return that did not come in time is over, without a breach (RULES K12).
    fn lapse(&mut self, at: Nanos, tell: &mut impl FnMut(Nanos, Happening)) {
        self.set(flag::LAPSED | flag::CLOSED_BY_MARKETPLACE);
        self.end_clocks(at, tell);
        self.status = CaseStatus::Closed;
        self.closed_at = at;
        self.later = NEVER;
        self.clear(flag::SURVEY_WAITS | flag::SURVEY_SENT | flag::SURVEY_ANSWERED);
        tell(at, Happening::Lapsed);
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
        if self.status == CaseStatus::Closed && self.has(flag::LAPSED) && is_work(act) {
            // Whoever works on a return that had lapsed has it after all: logs of before know no receipt.
            let mut open = *self;
            open.clear(flag::LAPSED);
            open.reopen(at, &mut |_, _| {});
            let tell: &mut dyn FnMut(Nanos, Happening) = &mut tell;
            open.take(clocks, at, act, &mut *tell)?;
            *self = open;
            tell(at, Happening::Reopened);
            return Ok(());
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
            Act::SellerMessage { automatic } => {
                if !automatic || clocks.on(at).automatic_counts {
                    // K11
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

    fn answer_survey(&mut self, at: Nanos, tell: &mut impl FnMut(Nanos, Happening)) -> Result<(), Refusal> {
        if self.status == CaseStatus::Closed && self.has(flag::SURVEY_WAITS) && self.later <= at {
            // Q2
            self.send_survey(tell);
        }
        if !self.has(flag::SURVEY_SENT) {
            return Err("no survey has gone out: accepted is an answer after the survey was due".into());
        }
        if self.has(flag::SURVEY_ANSWERED) {
            return Err("the survey was answered already: accepted is one answer a survey".into());
        }
        self.set(flag::SURVEY_ANSWERED | flag::EVER_ANSWERED);
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

    fn open(&mut self, clocks: &Clocks, at: Nanos, how: Opened) -> Result<(), Refusal> {
        if !self.may_open() {
            let since = clocks.shown(self.opened_at);
            return Err(format!("it was opened already at {since}: accepted is one opening"));
        }
        let terms = clocks.on(at);
        let mut opened = Self {
            opened_at: at,
            passed: self.passed,
            origin: how.origin,
            kind: how.kind,
            flags: flag::OPENED,
            phone_contacts: self.phone_contacts,
            ..Self::NEW
        };
        match how.origin {
            // Questions and returns of what the marketplace fulfils are its own (RULES K15).
            Party::Customer if how.marketplace_ships => {
                opened.customer_messages = 1;
                opened.status = CaseStatus::WithMarketplace;
                opened.set(flag::NOT_THE_SELLERS);
            }
            Party::Customer => {
                opened.customer_messages = 1;
                match how.kind {
                    // The registration starts no clock: only the receipt does (RULES K12).
                    CaseKind::Return => opened.lapses = terms.lapse_from(at).map_err(|e| e.to_string())?,
                    _ => opened.start_first(terms.first(how.kind), at)?, // C2
                }
            }
            Party::Marketplace => opened.start_forwarded_first(terms, at)?, // K5
            Party::Seller => {
                if let Some(field) = how.lacks {
                    // K7
                    return Err(format!(
                        "the seller starts a case and {field} is missing: accepted is a case about an order, with subject and item"
                    ));
                }
                if let Some(ordered) = how.ordered {
                    terms.may_start(ordered, at)?; // K7: two years
                }
                opened.status = CaseStatus::WaitingForCustomer;
                opened.seller_messages = 1;
                opened.set(flag::CONTACT);
            }
        }
        *self = opened;
        Ok(())
    }

    fn start_first(&mut self, budget: &Budget, at: Nanos) -> Result<(), Refusal> {
        let due = budget.due_from(at).map_err(|error| error.to_string())?;
        let warn = budget.warn_from(at).map_err(|error| error.to_string())?;
        self.first_from = at;
        self.first_due = due;
        self.first_warn = warn;
        self.set(flag::FIRST);
        Ok(())
    }

    /// A forwarded case has a verdict like any other; that it goes back at 48 is a fact of its own (RULES K5).
    fn start_forwarded_first(&mut self, terms: &CaseTerms, at: Nanos) -> Result<(), Refusal> {
        let back = terms.goes_back_from(at).map_err(|error| error.to_string())?;
        self.start_first(&terms.forwarded, at)?;
        self.goes_back = back;
        self.set(flag::FIRST_FORWARDED | flag::WAS_FORWARDED);
        Ok(())
    }

    fn start_forwarded(&mut self, terms: &CaseTerms, at: Nanos) -> Result<(), Refusal> {
        let due = terms.forwarded.due_from(at).map_err(|error| error.to_string())?;
        let warn = terms.forwarded.warn_from(at).map_err(|error| error.to_string())?;
        let back = terms.goes_back_from(at).map_err(|error| error.to_string())?;
        self.forwarded_from = at;
        self.forwarded_due = due;
        self.forwarded_warn = warn;
        self.goes_back = back;
        self.clear(flag::FORWARDED_WARNED | flag::FORWARDED_BREACHED);
        self.set(flag::WAS_FORWARDED);
        Ok(())
    }

    fn start_reply(&mut self, terms: &CaseTerms, at: Nanos) -> Result<(), Refusal> {
        let due = terms.follow_up.due_from(at).map_err(|error| error.to_string())?;
        let warn = terms.follow_up.warn_from(at).map_err(|error| error.to_string())?;
        self.reply_from = at;
        self.reply_due = due;
        self.reply_warn = warn;
        self.clear(flag::REPLY_WARNED | flag::REPLY_BREACHED);
        self.follow_ups = self.follow_ups.saturating_add(1);
        Ok(())
    }

    fn end_reply(&mut self) {
        self.reply_from = NEVER;
        self.reply_warn = NEVER;
        self.reply_due = NEVER;
    }

    fn end_forwarded(&mut self) {
        self.forwarded_from = NEVER;
        self.forwarded_warn = NEVER;
        self.forwarded_due = NEVER;
        self.goes_back = NEVER;
    }

    /// A call makes a closed case of its own, or joins the one that is there (RULES K9). It stops no clock: contact
    /// outside the system is none.
    fn phone_contact(&mut self, at: Nanos, by: Party, tell: &mut impl FnMut(Nanos, Happening)) {
        if !self.has(flag::OPENED) {
            let origin = if by == Party::Customer { Party::Customer } else { Party::Seller };
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
            tell(at, Happening::Closed { by: Party::Seller });
        }
        self.phone_contacts = self.phone_contacts.saturating_add(1);
    }

    /// The receipt starts the clock of a return, one that had lapsed too (RULES K12).
    fn receive(
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
        let comes_late = self.status == CaseStatus::Closed && self.has(flag::LAPSED);
        if !comes_late {
            self.must_be_the_sellers()?;
        }
        let mut next = *self;
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
        self.close(clocks, at, Party::Seller, tell)?;
        self.set(flag::HANDLED | flag::EVER_HANDLED);
        Ok(())
    }

    /// A second forwarding restarts nothing while the first runs, and a reply that runs keeps its deadline (RULES K5).
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
        if next.goes_back == NEVER {
            // K5: while it runs, nothing restarts
            let waits_for_receipt = next.kind == CaseKind::Return && next.origin == Party::Customer;
            match next.has(flag::FIRST) || waits_for_receipt {
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

    fn reopen(&mut self, at: Nanos, tell: &mut impl FnMut(Nanos, Happening)) {
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

    fn customer_message(
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
        self.customer_messages = self.customer_messages.saturating_add(1);
        Ok(())
    }

    fn seller_message(&mut self, at: Nanos, tell: &mut impl FnMut(Nanos, Happening)) -> Result<(), Refusal> {
        self.must_be_the_sellers()?;
        self.set(flag::CONTACT);
        self.seller_messages = self.seller_messages.saturating_add(1);
        // No message ends the clock of a return or a cancellation (RULES K12).
        if self.first_clock() != CaseClock::Request {
            self.answer_first(at, tell);
        }
        if self.reply_is_active() {
            if at > self.reply_due {
                // C3
                self.breach_reply(tell);
            }
            let in_time = !self.has(flag::REPLY_BREACHED);
            tell(at, Happening::Answered { clock: CaseClock::FollowUp, in_time });
            self.end_reply();
        }
        if self.forwarded_is_active() {
            if at > self.forwarded_due {
                // C3
                self.breach_forwarded(tell);
            }
            let in_time = !self.has(flag::FORWARDED_BREACHED);
            tell(at, Happening::Answered { clock: CaseClock::Forwarded, in_time });
            self.end_forwarded();
        }
        self.goes_back = NEVER;
        self.status = CaseStatus::WaitingForCustomer;
        self.later = NEVER;
        Ok(())
    }

    fn answer_first(&mut self, at: Nanos, tell: &mut impl FnMut(Nanos, Happening)) {
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

    /// Ends the first clock without an answer.
    fn cancel_first(&mut self, at: Nanos, tell: &mut impl FnMut(Nanos, Happening)) {
        if !self.first_is_active() {
            return;
        }
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

    /// Ends every clock without an answer; what was late by then is late.
    fn end_clocks(&mut self, at: Nanos, tell: &mut impl FnMut(Nanos, Happening)) {
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

    fn close(
        &mut self,
        clocks: &Clocks,
        at: Nanos,
        by: Party,
        tell: &mut impl FnMut(Nanos, Happening),
    ) -> Result<(), Refusal> {
        if self.has(flag::HANDLED) && by == Party::Seller {
            // Handling has closed it: a log may say so once more.
            self.clear(flag::HANDLED);
            return Ok(());
        }
        if self.status == CaseStatus::Closed {
            return Err("it is closed already: accepted is an open case".into());
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
        if by == Party::Seller || terms.survey_for_marketplace {
            // Q2
            survey = terms.survey.due_from(at).map_err(|error| error.to_string())?; // Q2: a day later
        }
        // A return or a cancellation that the seller closes was handled, with or without words.
        if by == Party::Seller && self.kind != CaseKind::Question {
            self.answer_first(at, tell);
        }
        self.end_clocks(at, tell);
        self.status = CaseStatus::Closed;
        self.closed_at = at;
        self.later = survey;
        self.clear(
            flag::SURVEY_WAITS | flag::SURVEY_SENT | flag::SURVEY_ANSWERED | flag::CLOSED_BY_MARKETPLACE,
        );
        if survey != NEVER {
            self.set(flag::SURVEY_WAITS);
        }
        if by == Party::Marketplace {
            self.set(flag::CLOSED_BY_MARKETPLACE);
        }
        tell(at, Happening::Closed { by });
        Ok(())
    }

    fn give_to_marketplace(&mut self, clocks: &Clocks, at: Nanos, tell: &mut impl FnMut(Nanos, Happening)) {
        self.end_reply();
        self.end_forwarded();
        self.status = CaseStatus::WithMarketplace; // K6: hidden
        self.later = NEVER;
        if self.has(flag::FIRST_FORWARDED) {
            self.cancel_first(at, tell);
        }
        let runs = self.first_is_active() && !self.has(flag::FIRST_PAUSED | flag::FIRST_BREACHED);
        let pauses = clocks.on(self.first_from).paused_with_marketplace; // C6, K6
        if pauses && runs && at <= self.first_due {
            let counter = self.first_budget(clocks).counter();
            let left = |until: Nanos| counter.between(at, until).unwrap_or(0).max(0);
            let (warn, due) = (left(self.first_warn), left(self.first_due));
            self.first_warn = warn;
            self.first_due = due;
            self.set(flag::FIRST_PAUSED);
        }
    }

    fn resume_first(&mut self, clocks: &Clocks, at: Nanos) -> Result<(), Refusal> {
        if self.has(flag::FIRST_PAUSED) {
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
