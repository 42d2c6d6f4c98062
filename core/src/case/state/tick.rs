//! What time does to a case, and when: warnings, breaches, sending back, lapsing, the survey (RULES C2, C3, K5, K8,
//! K12, K17, Q2).

use super::fields::State;
use super::flag;
use crate::case::clocks::Clocks;
use crate::case::domain_event::{CaseClock, Happening};
use crate::case::event::CaseStatus;
use crate::sla::instant::{NEVER, Nanos, instant};

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

impl State {
    /// When time acts next if nothing else happens; [`NEVER`] when it does not.
    pub(crate) fn wake(&self) -> Nanos {
        self.tick().0
    }

    fn tick(&self) -> (Nanos, Tick) {
        let mut next = (NEVER, Tick::SurveyDue);
        let mut offer = |at: Nanos, tick: Tick, was: u32| {
            // Of one instant, the first that is offered goes first: what is told of one case has one order.
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
    pub(crate) fn pass(&mut self, clocks: &Clocks, until: Nanos, mut tell: impl FnMut(Nanos, Happening)) {
        loop {
            // Each tick may bring or take away others (a case that goes back is no longer to be answered), so the next is asked anew.
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
                Tick::Lapse => {
                    self.breach_due(at, &mut tell);
                    self.lapse(at, &mut tell);
                }
                Tick::FollowUpDue => {
                    // It stays due since then, until something happens (RULES K17).
                    self.set(flag::FOLLOW_UP_TOLD);
                    tell(at, Happening::FollowUpDue);
                }
                Tick::SurveyDue => self.send_survey(&mut tell),
            }
        }
    }

    /// Breaches what is due by `at`, when time alone ends it: nothing that came up to and with `at` has answered it.
    pub(super) fn breach_due(&mut self, at: Nanos, tell: &mut impl FnMut(Nanos, Happening)) {
        if self.first_is_active() && !self.has(flag::FIRST_PAUSED) && self.first_due <= at {
            self.breach_first(tell);
        }
        if self.reply_is_active() && self.reply_due <= at {
            self.breach_reply(tell);
        }
        if self.forwarded_is_active() && self.forwarded_due <= at {
            self.breach_forwarded(tell);
        }
    }

    pub(super) fn breach_first(&mut self, tell: &mut impl FnMut(Nanos, Happening)) {
        if !self.has(flag::FIRST_BREACHED) {
            self.set(flag::FIRST_BREACHED);
            // It is told of the deadline, not of the instant after it at which that became certain.
            tell(self.first_due, Happening::Breached { clock: self.first_clock() });
        }
    }

    pub(super) fn breach_reply(&mut self, tell: &mut impl FnMut(Nanos, Happening)) {
        if !self.has(flag::REPLY_BREACHED) {
            self.set(flag::REPLY_BREACHED);
            self.counts.follow_ups_late = self.counts.follow_ups_late.saturating_add(1);
            tell(self.reply_due, Happening::Breached { clock: CaseClock::FollowUp });
        }
    }

    pub(super) fn breach_forwarded(&mut self, tell: &mut impl FnMut(Nanos, Happening)) {
        if !self.has(flag::FORWARDED_BREACHED) {
            self.set(flag::FORWARDED_BREACHED);
            tell(self.forwarded_due, Happening::Breached { clock: CaseClock::Forwarded });
        }
    }
}
