//! One case, lived through minute by minute (RULES K).

use klokuur::ShippingMethod;
use klokuur::case::{CaseClock, CaseKind, CaseStatus, Party, What};

use super::minutes::{Hours, Minute, Minutes, instant};

/// How a first response came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// There is none to give.
    None,
    /// It is owed still.
    Owed,
    /// In time.
    Met,
    /// Late, answered or not.
    Late,
    /// It was not late yet when it was owed no more.
    Dropped,
}

/// Something to tell: what, and which clock.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Happened {
    /// When.
    pub at: Minute,
    /// What.
    pub what: String,
}

/// A clock: what is owed when.
#[derive(Debug, Clone)]
struct Clock {
    of: CaseClock,
    warn: Minute,
    due: Minute,
    is_late: bool,
    is_over: bool,
    answered: Option<Minute>,
}

/// A case as it stands.
#[derive(Debug, Clone)]
pub struct Case {
    /// When it was opened; none before.
    pub opened: Option<Minute>,
    /// Who opened it.
    pub origin: Party,
    /// The kind.
    pub kind: CaseKind,
    /// Where it stands.
    pub status: CaseStatus,
    /// When and by whom it was closed.
    pub closed: Option<(Minute, Party)>,
    /// How many replies asked for an answer, and how many of them are late.
    pub follow_ups: (u32, u32),
    /// Whether it was forwarded.
    pub was_forwarded: bool,
    /// Whether it went back.
    pub was_returned: bool,
    /// When it was handled last.
    pub handled: Option<Minute>,
    /// Calls.
    pub calls: u32,
    /// Survey answers.
    pub surveys: u32,
    /// What there was to tell.
    pub told: Vec<Happened>,
    /// The marketplace fulfils the order, and did not forward it (RULES K15).
    pub is_the_marketplaces: bool,
    /// When it is to be followed up.
    pub follow_up: Option<Minute>,
    first: Option<Clock>,
    reply: Option<Clock>,
    forwarded: Option<Clock>,
    goes_back: Option<Minute>,
    lapses: Option<Minute>,
    has_lapsed: bool,
    was_handled: bool,
    was_received: bool,
    only_a_call: bool,
    was_contacted: bool,
    /// When the survey of this closing goes out.
    survey_at: Option<Minute>,
    /// How many went out that nobody has answered.
    surveys_out: u32,
}

impl Default for Case {
    fn default() -> Self {
        Self {
            opened: None,
            origin: Party::Customer,
            kind: CaseKind::Question,
            status: CaseStatus::WaitingForSeller,
            closed: None,
            follow_ups: (0, 0),
            was_forwarded: false,
            was_returned: false,
            handled: None,
            calls: 0,
            surveys: 0,
            told: Vec::new(),
            is_the_marketplaces: false,
            follow_up: None,
            first: None,
            reply: None,
            forwarded: None,
            goes_back: None,
            lapses: None,
            has_lapsed: false,
            was_handled: false,
            was_received: false,
            only_a_call: false,
            was_contacted: false,
            survey_at: None,
            surveys_out: 0,
        }
    }
}

fn name(clock: CaseClock) -> String {
    format!("{clock:?}")
}

impl Case {
    /// When the first response is due, and when it was given.
    pub fn first(&self) -> Option<(Minute, Option<Minute>)> {
        self.first.as_ref().map(|first| (first.due, first.answered))
    }

    /// How the first response came out.
    pub fn verdict(&self) -> Verdict {
        match &self.first {
            None => Verdict::None,
            Some(first) if first.is_late => Verdict::Late,
            Some(first) if first.answered.is_some() => Verdict::Met,
            Some(first) if first.is_over => Verdict::Dropped,
            Some(_) => Verdict::Owed,
        }
    }

    /// Whether the norm measures it: a customer's new question that is the seller's (RULES K8, K15).
    pub fn is_measured(&self) -> bool {
        let asked = self.first.as_ref().is_some_and(|first| first.of == CaseClock::FirstResponse);
        asked && self.origin == Party::Customer && !self.is_the_marketplaces
    }

    /// The deadline that comes first of those that are owed.
    pub fn next_due(&self) -> Option<Minute> {
        let owed = [&self.first, &self.reply, &self.forwarded].into_iter().flatten();
        owed.filter(|clock| !clock.is_over).map(|clock| clock.due).min()
    }

    /// Whether it is open for a long time: the warning of a clock that runs has come (RULES C2).
    pub fn is_open_long(&self, now: Minute) -> bool {
        let owed = [&self.first, &self.reply, &self.forwarded].into_iter().flatten();
        owed.filter(|clock| !clock.is_over).any(|clock| clock.warn <= now)
    }

    fn tell(&mut self, at: Minute, what: impl Into<String>) {
        if !self.is_the_marketplaces {
            self.told.push(Happened { at, what: what.into() });
        }
    }

    /// What time does at a minute, after the events of that minute.
    pub fn pass(&mut self, at: Minute) {
        if !self.waits_for(at) {
            return;
        }
        let mut heard = Vec::new();
        let mut late_replies = 0;
        for clock in [&mut self.first, &mut self.reply, &mut self.forwarded].into_iter().flatten() {
            if clock.is_over {
                continue;
            }
            if clock.warn == at {
                heard.push(format!("warned {}", name(clock.of)));
            }
            // Not answered at the deadline, so it is late from then on (RULES C3).
            if clock.due == at {
                clock.is_late = true;
                late_replies += u32::from(clock.of == CaseClock::FollowUp);
                heard.push(format!("late {}", name(clock.of)));
            }
        }
        self.follow_ups.1 += late_replies;
        for what in heard {
            self.tell(at, what);
        }
        if self.goes_back == Some(at) {
            self.send_back(at);
        }
        if self.lapses == Some(at) {
            self.drop_clocks();
            self.lapses = None;
            self.has_lapsed = true;
            self.close_as(at, Party::Marketplace);
            self.tell(at, "lapsed");
        }
        if self.status == CaseStatus::FollowUpLater && self.follow_up == Some(at) {
            self.tell(at, "follow up");
        }
        self.ask(at);
    }

    /// Whether anything was to happen at this very minute.
    fn waits_for(&self, at: Minute) -> bool {
        let clocks = [&self.first, &self.reply, &self.forwarded].into_iter().flatten();
        let moments = [self.goes_back, self.lapses, self.follow_up];
        clocks.into_iter().any(|clock| clock.warn == at || clock.due == at)
            || moments.contains(&Some(at))
            || self.survey_at == Some(at)
    }

    /// Asks how it was, when that is due.
    fn ask(&mut self, at: Minute) {
        if self.survey_at == Some(at) {
            self.survey_at = None;
            self.surveys_out += 1;
            self.tell(at, "survey");
        }
    }

    fn send_back(&mut self, at: Minute) {
        self.was_returned = true;
        self.give_away();
        self.tell(at, "back");
    }

    /// To the marketplace: its customer service answers replies and forwardings from now on, a question stays the
    /// seller's in the norm (RULES K6, C6).
    fn give_away(&mut self) {
        self.reply = None;
        self.forwarded = None;
        self.goes_back = None;
        self.follow_up = None;
        self.status = CaseStatus::WithMarketplace;
        if let Some(first) = &mut self.first
            && first.of == CaseClock::Forwarded
        {
            first.is_over = true;
        }
    }

    fn drop_clocks(&mut self) {
        self.reply = None;
        self.forwarded = None;
        self.goes_back = None;
        if let Some(first) = &mut self.first {
            first.is_over = true;
        }
    }

    fn close_as(&mut self, at: Minute, by: Party) {
        self.status = CaseStatus::Closed;
        self.closed = Some((at, by));
        self.follow_up = None;
    }

    fn start(&self, minutes: &Minutes, of: CaseClock, at: Minute) -> Clock {
        let (hours, warn, due) = match (of, self.kind) {
            (CaseClock::Request, CaseKind::Return) => (Hours::Elapsed, 5 * 24, 7 * 24),
            (CaseClock::Request, _) => (Hours::Office, 6, 8),
            _ => (Hours::Clock, 18, 24),
        };
        let after = |budget| minutes.after(hours, at, budget);
        Clock { of, warn: after(warn), due: after(due), is_late: false, is_over: false, answered: None }
    }

    fn is_the_sellers(&self) -> bool {
        !matches!(self.status, CaseStatus::WithMarketplace | CaseStatus::Closed)
    }

    fn open_again(&mut self, at: Minute) {
        self.status =
            if self.is_the_marketplaces { CaseStatus::WithMarketplace } else { CaseStatus::WaitingForSeller };
        self.closed = None;
        self.survey_at = None;
        self.has_lapsed = false;
        self.was_handled = false;
        self.only_a_call = false;
        self.tell(at, "reopened");
    }

    fn answer(&mut self, at: Minute, of: &[CaseClock]) {
        let mut heard = Vec::new();
        for clock in [&mut self.first, &mut self.reply, &mut self.forwarded].into_iter().flatten() {
            if !clock.is_over && of.contains(&clock.of) {
                clock.is_over = true;
                clock.answered = Some(at);
                heard.push(format!(
                    "answered {} {}",
                    name(clock.of),
                    if clock.is_late { "late" } else { "in time" }
                ));
            }
        }
        for what in heard {
            self.tell(at, what);
        }
    }

    /// Takes an event, before what time does at its minute; false when it is impossible.
    pub fn take(&mut self, minutes: &Minutes, at: Minute, what: &What) -> bool {
        let mut next = self.clone();
        let is_possible = next.try_take(minutes, at, what);
        if is_possible {
            *self = next;
        }
        is_possible
    }

    fn try_take(&mut self, minutes: &Minutes, at: Minute, what: &What) -> bool {
        if let What::PhoneContact { by, .. } = what {
            if self.opened.is_none() {
                self.opened = Some(at);
                self.origin = if *by == Party::Customer { Party::Customer } else { Party::Seller };
                self.tell(at, "opened");
                self.close_as(at, Party::Seller);
                self.tell(at, "closed");
                self.only_a_call = true;
            }
            self.calls += 1;
            return true;
        }
        if let What::Opened(opening) = what {
            if self.opened.is_some() && !self.only_a_call {
                return false;
            }
            let (told, calls) = (std::mem::take(&mut self.told), self.calls);
            *self = Self {
                told,
                calls,
                opened: Some(at),
                origin: opening.origin,
                kind: opening.kind,
                ..Self::default()
            };
            match opening.origin {
                Party::Customer if opening.shipping_method == Some(ShippingMethod::Lvb) => {
                    self.is_the_marketplaces = true;
                    self.status = CaseStatus::WithMarketplace;
                }
                Party::Customer => match opening.kind {
                    CaseKind::Question => {
                        self.first = Some(self.start(minutes, CaseClock::FirstResponse, at))
                    }
                    CaseKind::Cancellation => self.first = Some(self.start(minutes, CaseClock::Request, at)),
                    CaseKind::Return => self.lapses = Some(minutes.after(Hours::Elapsed, at, 14 * 24)),
                },
                Party::Marketplace => self.be_forwarded(minutes, at),
                Party::Seller => {
                    // An order of more than two years before, or none, starts no case (RULES K7).
                    let too_old =
                        opening.ordered_at.is_some_and(|on| instant(at) - on > chrono::TimeDelta::days(731));
                    if too_old
                        || opening.order.is_none()
                        || opening.subject.is_none()
                        || opening.item.is_none()
                    {
                        return false;
                    }
                    self.status = CaseStatus::WaitingForCustomer;
                    self.was_contacted = true;
                }
            }
            self.tell(at, "opened");
            return true;
        }
        if self.opened.is_none() {
            return false;
        }
        let works = matches!(
            what,
            What::Handled { .. }
                | What::Forwarded
                | What::SellerMessage { automatic: false, .. }
                | What::FollowUp { .. }
                | What::HandedOver
                | What::Closed { by: Party::Seller, .. }
        );
        if works && self.has_lapsed && self.status == CaseStatus::Closed {
            // The return came after all.
            self.open_again(at);
        }
        match what {
            What::Received => {
                let comes_late = self.has_lapsed && self.status == CaseStatus::Closed;
                if self.kind != CaseKind::Return
                    || self.was_received
                    || !(comes_late || self.is_the_sellers())
                {
                    return false;
                }
                self.was_received = true;
                self.lapses = None;
                if self.first.is_none() {
                    self.first = Some(self.start(minutes, CaseClock::Request, at));
                }
                if comes_late {
                    self.open_again(at);
                }
                self.status = CaseStatus::WaitingForSeller;
                self.follow_up = None;
            }
            What::Handled { .. } => {
                if self.kind == CaseKind::Question || !self.is_the_sellers() {
                    return false;
                }
                self.close_by_the_seller(at);
                self.was_handled = true;
                self.handled = Some(at);
            }
            What::Forwarded => {
                if self.status == CaseStatus::Closed {
                    return false;
                }
                self.is_the_marketplaces = false;
                // A second forwarding while the first runs restarts nothing (RULES K5).
                if self.goes_back.is_none() {
                    self.be_forwarded(minutes, at);
                }
                self.status = CaseStatus::WaitingForSeller;
                self.follow_up = None;
                self.tell(at, "forwarded");
            }
            What::Reopened { .. } => {
                if self.status != CaseStatus::Closed {
                    return false;
                }
                self.open_again(at);
            }
            What::CustomerMessage { .. } => {
                let elsewhere = self.is_the_marketplaces || self.status == CaseStatus::WithMarketplace;
                let is_awaited = [&self.first, &self.reply, &self.forwarded]
                    .into_iter()
                    .flatten()
                    .any(|clock| !clock.is_over && clock.of != CaseClock::Request);
                if !elsewhere && !is_awaited {
                    self.reply = Some(self.start(minutes, CaseClock::FollowUp, at));
                    self.follow_ups.0 += 1;
                }
                if self.status == CaseStatus::Closed {
                    self.open_again(at);
                } else if !elsewhere {
                    self.status = CaseStatus::WaitingForSeller;
                    self.follow_up = None;
                }
            }
            // An acknowledgement is no answer (RULES K11).
            What::SellerMessage { automatic: true, .. } | What::Described(_) => {}
            What::SellerMessage { .. } => {
                if !self.is_the_sellers() {
                    return false;
                }
                self.was_contacted = true;
                self.answer(at, &[CaseClock::FirstResponse, CaseClock::FollowUp, CaseClock::Forwarded]);
                self.goes_back = None;
                self.status = CaseStatus::WaitingForCustomer;
                self.follow_up = None;
            }
            What::FollowUp { until } => {
                if !self.is_the_sellers() || until.is_some_and(|until| until <= instant(at)) {
                    return false;
                }
                self.status = CaseStatus::FollowUpLater;
                self.follow_up =
                    until.map(|until| at + usize::try_from((until - instant(at)).num_minutes()).unwrap());
            }
            What::HandedOver => {
                if !self.is_the_sellers() {
                    return false;
                }
                self.give_away();
            }
            What::Returned => {
                if self.goes_back.is_some() {
                    self.send_back(at);
                } else if !(self.was_returned && self.status == CaseStatus::WithMarketplace) {
                    return false;
                }
            }
            // Its handling has closed it.
            What::Closed { by: Party::Seller, .. } if self.was_handled => {}
            What::Closed { by: Party::Seller, .. } => {
                let needs_contact = self.kind == CaseKind::Question && !self.was_contacted;
                if !self.is_the_sellers() || needs_contact {
                    return false;
                }
                self.close_by_the_seller(at);
            }
            // The marketplace clears a notification away that was dead already.
            What::Closed { .. } if self.has_lapsed => {}
            What::Closed { by, .. } => {
                if self.status == CaseStatus::Closed {
                    return false;
                }
                self.drop_clocks();
                self.lapses = None;
                self.close_as(at, *by);
                self.tell(at, "closed");
            }
            What::SurveyAnswered { .. } => {
                // One that is due this very minute has gone out: the answer says so.
                self.ask(at);
                if self.surveys_out == 0 {
                    return false;
                }
                self.surveys_out -= 1;
                self.surveys += 1;
            }
            What::Opened(_) | What::PhoneContact { .. } | What::Corrected { .. } => return false,
        }
        true
    }

    fn close_by_the_seller(&mut self, at: Minute) {
        // A return or a cancellation that the seller closes was handled, the marketplace's word about it too.
        if self.kind != CaseKind::Question {
            self.answer(at, &[CaseClock::Request, CaseClock::Forwarded]);
        }
        self.drop_clocks();
        self.lapses = None;
        self.close_as(at, Party::Seller);
        self.survey_at = Some(at + 24 * 60);
        self.tell(at, "closed");
    }

    fn be_forwarded(&mut self, minutes: &Minutes, at: Minute) {
        let clock = self.start(minutes, CaseClock::Forwarded, at);
        // A customer's question keeps its own clock, which the forwarding stands beside; so does every return that
        // somebody else than the marketplace began, when it comes.
        let has_its_own =
            self.first.is_some() || (self.kind == CaseKind::Return && self.origin != Party::Marketplace);
        if has_its_own {
            self.forwarded = Some(clock);
        } else {
            self.first = Some(clock);
        }
        self.goes_back = Some(minutes.after(Hours::Clock, at, 48));
        self.was_forwarded = true;
    }
}
