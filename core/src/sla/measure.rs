//! From cycles to clocks: how much was counted, when it is due, where it stands.

use crate::time::{Moment, Zone};
use chrono::{DateTime, TimeDelta};

use super::amount::Amount;
use super::counter::Counter;
use super::cycle::{Cycle, Run, cycles, in_order};
use super::event::SlaEvent;
use super::instant::{Nanos, instant, nanos};
use super::policy::{Policy, Target};
use super::status::{ClockState, Evaluation, MetricStatus, Threshold};
use super::why::Why;
use crate::calendar::Fingerprint;
use crate::error::Result;
use crate::fingerprints::Fingerprints;
use crate::rulebook::Basis;
use crate::schedule::{Schedule, ScheduleChange};
use crate::timeline::Explanation;

/// A policy together with the schedule whose hours count.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use klokuur::Schedule;
/// # use klokuur::sla::{Amount, ClockState, Metric, Policy, Sla, SlaEvent, SlaSignal, Target};
/// let policy = Policy::new("eight hours", vec![Target::new(Metric::FirstReply, Amount::business_hours(8))])?;
/// let sla = Sla::new(policy, Schedule::parse_in("Mo-Fr 09:00-17:00", "Europe/Amsterdam")?);
/// let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
/// let events = [
///     SlaEvent::new(at("2026-03-13T14:00:00Z"), SlaSignal::opened_by_requester()),
///     SlaEvent::new(at("2026-03-16T09:00:00Z"), SlaSignal::reply()),
/// ];
/// let evaluation = sla.evaluate(&events, at("2026-03-16T12:00:00Z"))?;
/// assert_eq!(evaluation.last(Metric::FirstReply).map(|clock| clock.state), Some(ClockState::Met));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Sla {
    policy: Policy,
    first: Schedule,
    /// Later schedules, in order.
    later: Vec<(Nanos, Schedule)>,
    fingerprints: Fingerprints,
}

/// One clock in nanoseconds, before it is put in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Measured {
    pub(super) state: ClockState,
    pub(super) start: Nanos,
    pub(super) end: Option<Nanos>,
    pub(super) due: Option<Nanos>,
    pub(super) used: Nanos,
    pub(super) thresholds: Vec<(Option<Nanos>, bool)>,
    pub(super) runs: Vec<Run>,
}

impl Sla {
    /// The clocks of `policy` on `schedule`.
    pub fn new(policy: Policy, schedule: Schedule) -> Self {
        Self { policy, fingerprints: Fingerprints::of(&schedule), first: schedule, later: Vec::new() }
    }

    /// The same with another schedule from `at` on; what that means for a running clock is the policy's
    /// [`schedule_change`](Policy::schedule_change).
    ///
    /// # Errors
    /// - an instant outside the supported years
    pub fn switched<M: Moment>(mut self, at: M, schedule: Schedule) -> Result<Self> {
        let at = nanos(&at)?;
        self.later.retain(|(other, _)| *other != at);
        self.later.push((at, schedule));
        self.later.sort_by_key(|(at, _)| *at);
        let mut text = format!("klokuur schedules 1\n{}\n", self.first.fingerprint());
        for (from, schedule) in &self.later {
            text.push_str(&format!("{from}\t{}\n", schedule.fingerprint()));
        }
        let newest = self.later.last().map_or(&self.first, |(_, schedule)| schedule);
        self.fingerprints =
            Fingerprints { schedule: Some(Fingerprint::of(&text)), ..Fingerprints::of(newest) };
        Ok(self)
    }

    /// Those of its schedule, or of all its schedules and when each begins, and of the newest one's holidays (RULES
    /// I5). The policy is a document of its own.
    pub fn fingerprints(&self) -> &Fingerprints {
        &self.fingerprints
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// All clocks at `now`, from the events up to `now`, whatever their order.
    ///
    /// # Errors
    /// - a ticket that was opened twice, or has events before its opening
    /// - an instant outside the supported years, or a deadline that falls there
    pub fn evaluate<M: Moment>(&self, events: &[SlaEvent], now: M) -> Result<Evaluation> {
        let now = nanos(&now)?;
        let mut clocks = Vec::new();
        for (target, cycle, measured) in self.measure(events, now)? {
            clocks.push(match measured {
                None => self.not_started(target),
                Some(measured) => self.status(target, cycle, measured, now)?,
            });
        }
        Ok(Evaluation { now: self.shown(now), clocks, fingerprints: self.fingerprints.clone() })
    }

    /// Every clock: its target, the number of its cycle, and its measure if it has started.
    pub(super) fn measure(
        &self,
        events: &[SlaEvent],
        now: Nanos,
    ) -> Result<Vec<(&Target, u32, Option<Measured>)>> {
        let events = in_order(events, now)?;
        let mut clocks = Vec::new();
        for target in self.policy.targets() {
            let cycles = cycles(target, &events);
            if cycles.is_empty() {
                clocks.push((target, 0, None));
            }
            for (number, cycle) in (1..).zip(&cycles) {
                clocks.push((target, number, Some(self.clock(target, cycle, now)?)));
            }
        }
        Ok(clocks)
    }

    fn clock(&self, target: &Target, cycle: &Cycle, now: Nanos) -> Result<Measured> {
        let budget = budget(target);
        let mut start = cycle.start;
        for &restart in &cycle.restarts {
            let view = View::new(cycle, start, restart, false);
            // C6: a message starts a running clock anew, but not one that was late by then: a breach never changes
            // back.
            if self.reached(target, &view, budget, true)?.is_some_and(|due| due < restart) {
                break;
            }
            start = restart;
        }
        let end = cycle.end.map(|end| end.at);
        let stop = end.unwrap_or(now);
        let view = View::new(cycle, start, stop, end.is_some());
        // C2: due when the whole budget is used, whether or not an answer came before.
        let due = self.reached(target, &view, budget, true)?;
        let mut thresholds = Vec::with_capacity(target.warnings.len());
        for &warning in &target.warnings {
            let used = Nanos::try_from(target.threshold(warning)).unwrap_or(Nanos::MAX);
            // Nothing needs to be used for this one: it is there from the start, running or not.
            let at = if used == 0 { Some(start) } else { self.reached(target, &view, used, false)? };
            thresholds.push((at, at.is_some_and(|at| at <= stop)));
        }
        let mut used: Nanos = 0;
        for run in view.runs.iter().filter(|run| run.rest.is_none()) {
            for (from, to, counter) in self.pieces(target, &view, run.from, Some(run.to.unwrap_or(stop))) {
                used = used.saturating_add(counter.between(from, to.unwrap_or(stop))?);
            }
        }
        let state = match cycle.end {
            // C3: instants are compared, and first of all: exactly at the deadline is in time, any later is late for
            // ever.
            _ if due.is_some_and(|due| due < stop) => ClockState::Breached,
            Some(end) if end.reached => ClockState::Met,
            Some(_) => ClockState::Cancelled,
            // C6: a pause is a choice of the policy; closed hours are none.
            None if view.rests() => ClockState::Paused,
            None if self.counter_at(target, &view, now).counts(now)? => ClockState::Running,
            None => ClockState::OutsideHours,
        };
        Ok(Measured { state, start, end, due, used, thresholds, runs: view.runs })
    }

    /// The instant at which `budget` has been used; none while the clock rests before it.
    ///
    /// A clock that comes to rest at that very instant has not passed it: when `strict`, it is not reached yet.
    fn reached(&self, target: &Target, view: &View, budget: Nanos, strict: bool) -> Result<Option<Nanos>> {
        let mut left = budget;
        let mut spent = false;
        for run in view.runs.iter().filter(|run| run.rest.is_none()) {
            for (from, to, counter) in self.pieces(target, view, run.from, run.to) {
                let Some(to) = to else {
                    let end = if spent { counter.reach_spent(from)? } else { counter.reach(from, left)? };
                    return Ok(Some(end));
                };
                let used = counter.between(from, to)?;
                if used >= left {
                    let end = if spent { counter.reach_spent(from)? } else { counter.reach(from, left)? };
                    // C6: used up at the very instant of a pause: the deadline is then in the next stretch, at its
                    // first open instant, because the clock stood still before it had passed.
                    let rests_here = strict && run.to == Some(to);
                    if end < to || (end == to && !rests_here) {
                        return Ok(Some(end));
                    }
                    spent = true;
                }
                left = left.saturating_sub(used).max(0);
            }
        }
        if !view.has_ended {
            return Ok(None);
        }
        // It ended at rest: due as if it had gone on from there.
        let counter = self.counter_at(target, view, view.stop);
        Ok(Some(if spent { counter.reach_spent(view.stop)? } else { counter.reach(view.stop, left)? }))
    }

    /// The schedules of a stretch of time, each with its part of it.
    fn pieces(
        &self,
        target: &Target,
        view: &View,
        from: Nanos,
        to: Option<Nanos>,
    ) -> Vec<(Nanos, Option<Nanos>, Counter<'_>)> {
        let per_segment = self.policy.schedule_change() == ScheduleChange::PerSegment;
        if target.within.basis() == Basis::Elapsed || !per_segment || self.later.is_empty() {
            return vec![(from, to, self.counter_at(target, view, from))];
        }
        let mut pieces = Vec::new();
        let mut start = from;
        for (at, _) in self.later.iter().filter(|(at, _)| *at > from && to.is_none_or(|to| *at < to)) {
            pieces.push((start, Some(*at), Counter::Open(self.in_force(start))));
            start = *at;
        }
        pieces.push((start, to, Counter::Open(self.in_force(start))));
        pieces
    }

    fn counter_at(&self, target: &Target, view: &View, at: Nanos) -> Counter<'_> {
        if target.within.basis() == Basis::Elapsed {
            return Counter::All;
        }
        Counter::Open(self.in_force(match self.policy.schedule_change() {
            // C5: hours that change while a clock runs: each stretch by its own, or all by those of its start or its
            // end.
            ScheduleChange::PerSegment => at,
            ScheduleChange::AsOfStart => view.start,
            ScheduleChange::Retroactive => view.stop,
        }))
    }

    fn in_force(&self, at: Nanos) -> &Schedule {
        self.later.iter().rev().find(|(from, _)| *from <= at).map_or(&self.first, |(_, schedule)| schedule)
    }

    /// When the next thing can change for a clock, seen from `now`: nothing changes before the earliest of these.
    pub(super) fn candidates(&self, target: &Target, measured: &Measured, now: Nanos) -> Result<Vec<Nanos>> {
        let mut at = Vec::new();
        if measured.end.is_some() {
            return Ok(at);
        }
        at.extend(self.later.iter().map(|(at, _)| *at));
        if measured.state.is_active() {
            // C3: at the deadline an answer is still in time, so what changes is one nanosecond later.
            at.extend(measured.due.map(|due| due.saturating_add(1)));
            at.extend(measured.thresholds.iter().filter_map(|(at, _)| *at));
        }
        if matches!(measured.state, ClockState::Running | ClockState::OutsideHours) {
            let view = View { start: measured.start, stop: now, has_ended: false, runs: Vec::new() };
            at.extend(self.counter_at(target, &view, now).next_change(now)?);
        }
        at.retain(|at| *at > now);
        Ok(at)
    }

    pub(super) fn shown(&self, at: Nanos) -> DateTime<Zone> {
        instant(at).with_timezone(&self.in_force(at).zone())
    }

    fn status(&self, target: &Target, cycle: u32, clock: Measured, now: Nanos) -> Result<MetricStatus> {
        let basis = target.within.basis();
        let stop = clock.end.unwrap_or(now);
        let is_late = clock.state == ClockState::Breached;
        let over = if is_late { clock.used.saturating_sub(budget(target)).max(0) } else { 0 };
        let late_wall = clock.due.filter(|_| is_late).map_or(0, |due| stop.saturating_sub(due));
        let thresholds = target.warnings.iter().zip(&clock.thresholds);
        let why = self.why(target, &clock, stop)?;
        Ok(MetricStatus {
            metric: target.metric,
            cycle,
            state: clock.state,
            target: target.within,
            started: Some(self.shown(clock.start)),
            ended: clock.end.map(|at| self.shown(at)),
            due: clock.due.map(|at| self.shown(at)),
            elapsed: Amount::of(clock.used, basis),
            remaining: Amount::of(budget(target).saturating_sub(clock.used).max(0), basis),
            late: Amount::of(over, basis),
            late_wall: TimeDelta::nanoseconds(late_wall),
            wall: TimeDelta::nanoseconds(stop.saturating_sub(clock.start)),
            thresholds: thresholds
                .map(|(&warning, &(at, reached))| Threshold {
                    warning,
                    at: at.map(|at| self.shown(at)),
                    reached,
                })
                .collect(),
            why: Some(why),
        })
    }

    fn why(&self, target: &Target, clock: &Measured, stop: Nanos) -> Result<Explanation> {
        let view =
            View { start: clock.start, stop, has_ended: clock.end.is_some(), runs: clock.runs.clone() };
        let mut why = Why::new(self.in_force(stop).zone(), self.fingerprints.clone());
        for run in &view.runs {
            let to = run.to.unwrap_or(stop);
            if run.rest.is_some() {
                why.paused(run.from, to);
                continue;
            }
            for (from, to, counter) in self.pieces(target, &view, run.from, Some(to)) {
                why.counted(counter, from, to.unwrap_or(stop))?;
            }
        }
        Ok(why.told(clock.start, stop))
    }

    fn not_started(&self, target: &Target) -> MetricStatus {
        let basis = target.within.basis();
        MetricStatus {
            metric: target.metric,
            cycle: 0,
            state: ClockState::NotStarted,
            target: target.within,
            started: None,
            ended: None,
            due: None,
            elapsed: Amount::of(0, basis),
            remaining: target.within,
            late: Amount::of(0, basis),
            late_wall: TimeDelta::zero(),
            wall: TimeDelta::zero(),
            thresholds: target
                .warnings
                .iter()
                .map(|&warning| Threshold { warning, at: None, reached: false })
                .collect(),
            why: None,
        }
    }
}

fn budget(target: &Target) -> Nanos {
    // A policy refuses targets that do not fit.
    Nanos::try_from(target.within.as_nanoseconds()).unwrap_or(Nanos::MAX)
}

/// A cycle as it looks at an instant.
struct View {
    start: Nanos,
    stop: Nanos,
    has_ended: bool,
    /// The runs from the start on; one that goes on at the instant, or went on until the end, has no end.
    runs: Vec<Run>,
}

impl View {
    fn new(cycle: &Cycle, start: Nanos, stop: Nanos, has_ended: bool) -> Self {
        let mut runs: Vec<Run> = cycle
            .runs
            .iter()
            .filter(|run| run.from <= stop && run.to.is_none_or(|to| to > start || run.from == start))
            .map(|run| Run { from: run.from.max(start), ..*run })
            .collect();
        if let Some(last) = runs.last_mut().filter(|last| last.to.is_none_or(|to| to >= stop)) {
            last.to = None;
        }
        Self { start, stop, has_ended, runs }
    }

    fn rests(&self) -> bool {
        self.runs.last().is_some_and(|run| run.rest.is_some())
    }
}
