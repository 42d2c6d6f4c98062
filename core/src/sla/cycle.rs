//! From events to cycles: which stretches of time belong to which clock. No schedule is asked here.

use super::event::{SlaEvent, SlaSignal, TicketSide, TicketStatus};
use super::instant::{Nanos, nanos};
use super::policy::{Metric, OnMessage, OnReopened, OnSolved, Target};
use crate::error::{KlokuurError, Result};

/// One cycle of a metric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cycle {
    pub(super) start: Nanos,
    pub(super) end: Option<End>,
    /// Without gaps from the start to the end; the last one is open as long as the cycle is.
    pub(super) runs: Vec<Run>,
    /// Messages that start the clock again, unless it is breached by then.
    pub(super) restarts: Vec<Nanos>,
}

/// A stretch in which the ticket's state does not change as far as the clock is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) from: Nanos,
    pub(super) to: Option<Nanos>,
    /// The status for which the clock stands still; none while it runs.
    pub(super) rest: Option<TicketStatus>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    pub(super) at: Nanos,
    pub(super) reached: bool,
    by_solving: bool,
}

impl Cycle {
    fn new(start: Nanos, rest: Option<TicketStatus>) -> Self {
        Self { start, end: None, runs: vec![Run { from: start, to: None, rest }], restarts: Vec::new() }
    }

    fn is_active(&self) -> bool {
        self.end.is_none()
    }

    /// From `at` on the clock rests for `rest`, or runs.
    fn turn(&mut self, at: Nanos, rest: Option<TicketStatus>) {
        if let Some(last) = self.runs.last_mut() {
            // Nothing to the clock: two statuses in which it runs, one after the other, are one run.
            if last.rest == rest {
                return;
            }
            last.to = Some(at);
        }
        self.runs.push(Run { from: at, to: None, rest });
    }

    fn finish(&mut self, at: Nanos, reached: bool, by_solving: bool) {
        if let Some(last) = self.runs.last_mut() {
            last.to = Some(at);
        }
        self.end = Some(End { at, reached, by_solving });
    }

    fn resume(&mut self, at: Nanos, rest: Option<TicketStatus>) {
        if let Some(end) = self.end.take() {
            // The time while it was solved is a pause like any other, and is explained as one.
            self.runs.push(Run { from: end.at, to: Some(at), rest: Some(TicketStatus::Solved) });
            self.runs.push(Run { from: at, to: None, rest });
        }
    }
}

/// The events up to `now`, in their order, each once.
pub(super) fn in_order(events: &[SlaEvent], now: Nanos) -> Result<Vec<(Nanos, SlaSignal)>> {
    let mut ordered = Vec::with_capacity(events.len());
    for event in events {
        let at = nanos(&event.at)?;
        let what = match event.what {
            SlaSignal::Status(TicketStatus::Solved) => SlaSignal::Solved,
            what => what,
        };
        ordered.push((at, what));
    }
    ordered.retain(|(at, _)| *at <= now);
    // Signals of one instant in the order of their declaration, so that the order of arrival changes nothing.
    ordered.sort_unstable();
    ordered.dedup();
    let opened = |what: &SlaSignal| matches!(what, SlaSignal::Opened { .. });
    let refused = |at: Nanos, given: &str, accepted: &str| KlokuurError::InvalidValue {
        what: "ticket event",
        given: format!("{given} at {}", super::instant::instant(at).to_rfc3339()),
        accepted: accepted.into(),
    };
    if let Some((at, _)) = ordered.first().filter(|(_, what)| !opened(what)) {
        return Err(refused(*at, "an event before the opening", "events of an opened ticket"));
    }
    if let Some((at, _)) = ordered.iter().skip(1).find(|(_, what)| opened(what)) {
        return Err(refused(*at, "a second opening", "one opening a ticket"));
    }
    Ok(ordered)
}

/// The cycles of one metric.
pub(super) fn cycles(target: &Target, events: &[(Nanos, SlaSignal)]) -> Vec<Cycle> {
    let mut fold = Fold { target, status: TicketStatus::Open, first_is_over: false, cycles: Vec::new() };
    for &(at, what) in events {
        fold.take(at, what);
    }
    fold.cycles
}

struct Fold<'a> {
    target: &'a Target,
    status: TicketStatus,
    /// The first reply was given, or is no longer expected: from now on messages ask for a next reply.
    first_is_over: bool,
    cycles: Vec<Cycle>,
}

impl Fold<'_> {
    fn take(&mut self, at: Nanos, what: SlaSignal) {
        match what {
            SlaSignal::Opened { by } => self.opened(at, by),
            SlaSignal::Status(status) => self.turned(at, status),
            SlaSignal::RequesterMessage => self.asked(at),
            SlaSignal::AgentReply { automatic } => {
                // K11: an acknowledgement ends nothing.
                if !automatic {
                    if self.target.is_reply() {
                        self.finish(at, true, false);
                    }
                    // Also where no cycle runs: the requester's next message opens one.
                    self.first_is_over = true;
                }
            }
            SlaSignal::Solved => {
                // C6: what solving does to a clock is the policy's: it reaches the goal, or ends it without one.
                self.finish(at, self.target.when_solved() == OnSolved::Fulfil, true);
                self.status = TicketStatus::Solved;
                self.first_is_over = true;
            }
            SlaSignal::Cancelled => {
                self.finish(at, false, false);
                self.first_is_over = true;
            }
        }
    }

    fn active(&mut self) -> Option<&mut Cycle> {
        self.cycles.last_mut().filter(|cycle| cycle.is_active())
    }

    fn finish(&mut self, at: Nanos, reached: bool, by_solving: bool) {
        if let Some(cycle) = self.active() {
            cycle.finish(at, reached, by_solving);
        }
    }

    fn rest(&self) -> Option<TicketStatus> {
        self.target.pauses_in(self.status).then_some(self.status)
    }

    fn start(&mut self, at: Nanos) {
        let rest = self.rest();
        self.cycles.push(Cycle::new(at, rest));
    }

    fn opened(&mut self, at: Nanos, by: TicketSide) {
        // A ticket that the agent opened has no first reply: what the requester writes then asks for a next one.
        self.first_is_over = by == TicketSide::Agent;
        match self.target.metric {
            Metric::FirstReply if by == TicketSide::Agent => {}
            Metric::NextReply => {}
            Metric::FirstReply | Metric::RequesterWait | Metric::TotalResolution => self.start(at),
        }
    }

    fn asked(&mut self, at: Nanos) {
        if !self.target.is_reply() {
            return;
        }
        let restarts = self.target.on_message == OnMessage::Restart;
        // A second message while the first waits asks for the same answer: one clock, unless the policy restarts it.
        if let Some(cycle) = self.active() {
            if restarts {
                cycle.restarts.push(at);
            }
        } else if self.target.metric == Metric::NextReply && self.first_is_over {
            self.start(at);
        }
    }

    fn turned(&mut self, at: Nanos, status: TicketStatus) {
        let was_solved = self.status == TicketStatus::Solved;
        self.status = status;
        let rest = self.rest();
        // C6: only a cycle that solving had ended comes back; one that an answer ended stays as it was.
        if was_solved && self.cycles.last().is_some_and(|c| c.end.is_some_and(|end| end.by_solving)) {
            match self.target.when_reopened() {
                OnReopened::Nothing => {}
                OnReopened::Restart => self.start(at),
                OnReopened::Resume => {
                    if let Some(cycle) = self.cycles.last_mut() {
                        cycle.resume(at, rest);
                    }
                }
            }
        } else if let Some(cycle) = self.active() {
            cycle.turn(at, rest);
        }
    }
}
