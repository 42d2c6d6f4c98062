//! A ticket's clocks worked out the slow way: quarter hour by quarter hour, by the words of the documentation.

use std::fmt;

use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use klokuur::Schedule;
use klokuur::schedule::ScheduleChange;
use klokuur::sla::{
    Amount, ClockState, Metric, OnMessage, OnReopened, OnSolved, Policy, Sla, SlaEvent, SlaSignal, Target,
    TicketStatus, Warning,
};
use klokuur_tests::random::Random;

const QUARTER: i64 = 900;
const QUARTERS: i64 = 4 * 24 * 8;
const ZONE: Tz = Tz::Europe__Amsterdam;
/// A schedule and what it means: open at (weekday from Monday = 0, minute of the day)?
type Hours = (&'static str, fn(u32, u32) -> bool);

const SCHEDULES: [Hours; 4] = [
    ("Mo-Fr 09:00-12:30,13:00-17:30", |day, m| {
        day < 5 && ((540..750).contains(&m) || (780..1050).contains(&m))
    }),
    ("Mo-Fr 00:00-24:00", |day, _| day < 5),
    ("24/7", |_, _| true),
    ("Mo-Sa 22:00-04:00", |day, m| (day < 6 && m >= 1320) || (day > 0 && m < 240)),
];

pub(crate) type Signature = Vec<(Metric, u32, ClockState, usize)>;

pub(crate) struct Scenario {
    start: i64,
    target: Target,
    change: ScheduleChange,
    first: usize,
    later: Option<(i64, usize)>,
    budget: i64,
    warnings: Vec<i64>,
    pub(crate) events: Vec<SlaEvent>,
}

impl fmt::Debug for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:?} {:?}", self.target, self.change)?;
        writeln!(
            f,
            "{} then {:?}",
            SCHEDULES[self.first].0,
            self.later.map(|(t, s)| (utc(t), SCHEDULES[s].0))
        )?;
        self.events.iter().try_for_each(|e| writeln!(f, "  {} {:?}", e.at, e.what))
    }
}

/// What the simulation says of one clock.
#[derive(Debug)]
pub(crate) struct Simulated {
    metric: Metric,
    cycle: u32,
    state: ClockState,
    reached: usize,
    pub(crate) used: i128,
    pub(crate) started: Option<DateTime<Utc>>,
    /// Where it can be told within the simulated days.
    pub(crate) due: Option<DateTime<Utc>>,
}

impl Simulated {
    pub(crate) fn signature(&self) -> (Metric, u32, ClockState, usize) {
        (self.metric, self.cycle, self.state, self.reached)
    }
}

fn utc(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(second, 0).unwrap()
}

/// A cycle as the words of the documentation make it: who rests when, second by second of the quarters.
#[derive(Clone)]
struct Cycle {
    start: i64,
    restarts: Vec<i64>,
    end: Option<(i64, bool)>,
    by_solving: bool,
    /// From when on it rests (true) or runs (false).
    turns: Vec<(i64, bool)>,
}

impl Cycle {
    fn rests_at(&self, second: i64) -> bool {
        self.turns.iter().rev().find(|(from, _)| *from <= second).is_some_and(|(_, rests)| *rests)
    }
}

impl Scenario {
    pub(crate) fn random(seed: u64) -> Self {
        let mut random = Random::new(seed.wrapping_mul(977).wrapping_add(5));
        // Around the spring change of 2026-03-29 and an ordinary week.
        let start = utc(0).timestamp() + if random.once_in(2) { 1_774_476_000 } else { 1_773_100_800 };
        let metrics = [Metric::FirstReply, Metric::NextReply, Metric::RequesterWait, Metric::TotalResolution];
        let metric = random.pick(&metrics);
        let elapsed = random.once_in(4);
        let budget = random.range(1, 80);
        let amount = |quarters: i64| {
            if elapsed {
                Amount::Elapsed(TimeDelta::seconds(quarters * QUARTER))
            } else {
                Amount::Business(klokuur::BusinessDuration::seconds(quarters * QUARTER))
            }
        };
        let mut target = Target::new(metric, amount(budget));
        let mut warnings = Vec::new();
        if random.once_in(2) {
            let w = random.range(0, budget + 1);
            warnings.push(w);
            target = target.with_warning(Warning::After(amount(w)));
        }
        if budget % 4 == 0 {
            warnings.push(budget / 4 * 3);
            target = target.with_warning(Warning::Percent(75));
        }
        if random.once_in(2) {
            let w = random.range(0, budget + 1);
            warnings.push(budget - w);
            target = target.with_warning(Warning::Before(amount(w)));
        }
        if random.once_in(2) {
            let statuses = [TicketStatus::Open, TicketStatus::Pending, TicketStatus::OnHold];
            target = target.with_pauses(statuses.into_iter().filter(|_| random.once_in(2)));
        }
        if random.once_in(2) {
            target = target.with_on_solved(random.pick(&[OnSolved::Cancel, OnSolved::Fulfil]));
        }
        if random.once_in(2) {
            let rules = [OnReopened::Nothing, OnReopened::Restart, OnReopened::Resume];
            target = target.with_on_reopened(random.pick(&rules));
        }
        if random.once_in(2) {
            target = target.with_on_message(OnMessage::Restart);
        }
        let changes = [ScheduleChange::PerSegment, ScheduleChange::AsOfStart, ScheduleChange::Retroactive];
        let later = random.once_in(2).then(|| {
            let quarter = random.range(1, QUARTERS);
            (start + quarter * QUARTER, random.index(SCHEDULES.len()))
        });
        let mut events = Vec::new();
        let mut quarter = random.range(0, 100);
        let by =
            if random.once_in(4) { SlaSignal::opened_by_agent() } else { SlaSignal::opened_by_requester() };
        events.push(SlaEvent::new(utc(start + quarter * QUARTER), by));
        for _ in 0..random.range(0, 9) {
            quarter += random.range(0, 90);
            let signals = [
                SlaSignal::RequesterMessage,
                SlaSignal::RequesterMessage,
                SlaSignal::reply(),
                SlaSignal::AgentReply { automatic: true },
                SlaSignal::Status(TicketStatus::Open),
                SlaSignal::Status(TicketStatus::Pending),
                SlaSignal::Status(TicketStatus::OnHold),
                SlaSignal::Solved,
                if random.once_in(4) { SlaSignal::Cancelled } else { SlaSignal::reply() },
            ];
            if quarter < QUARTERS {
                events.push(SlaEvent::new(utc(start + quarter * QUARTER), random.pick(&signals)));
            }
        }
        Self {
            start,
            target,
            change: random.pick(&changes),
            first: random.index(SCHEDULES.len()),
            later,
            budget,
            warnings,
            events,
        }
    }

    pub(crate) fn sla(&self) -> Sla {
        let schedule = |i: usize| Schedule::parse(SCHEDULES[i].0, ZONE).unwrap();
        let policy =
            Policy::new("random", vec![self.target.clone()]).unwrap().with_schedule_change(self.change);
        let sla = Sla::new(policy, schedule(self.first));
        match self.later {
            Some((at, other)) => sla.switched(utc(at), schedule(other)).unwrap(),
            None => sla,
        }
    }

    pub(crate) fn end(&self) -> DateTime<Utc> {
        utc(self.start + QUARTERS * QUARTER)
    }

    /// Every fifth quarter and every event, with the nanoseconds beside them.
    pub(crate) fn probes(&self) -> Vec<DateTime<Utc>> {
        let mut seconds: Vec<i64> = (0..QUARTERS).step_by(5).map(|q| self.start + q * QUARTER).collect();
        seconds.extend(self.events.iter().map(|e| e.at.timestamp()));
        seconds.extend(self.later.map(|(at, _)| at));
        let mut probes: Vec<_> = seconds
            .into_iter()
            .flat_map(|s| [-1, 0, 1].map(|ns| utc(s) + TimeDelta::nanoseconds(ns)))
            .filter(|t| t.timestamp() >= self.start)
            .collect();
        probes.sort();
        probes.dedup();
        probes
    }

    fn schedule_at(&self, second: i64) -> usize {
        self.later.filter(|(at, _)| *at <= second).map_or(self.first, |(_, other)| other)
    }

    /// Whether a clock that runs counts at a second, seen from `stop`.
    fn counts(&self, second: i64, cycle_start: i64, stop: i64) -> bool {
        if matches!(self.target.within, Amount::Elapsed(_)) {
            return true;
        }
        let schedule = match self.change {
            ScheduleChange::PerSegment => self.schedule_at(second),
            ScheduleChange::AsOfStart => self.schedule_at(cycle_start),
            ScheduleChange::Retroactive => self.schedule_at(stop),
        };
        let local = utc(second).with_timezone(&ZONE);
        SCHEDULES[schedule].1(local.weekday().num_days_from_monday(), local.hour() * 60 + local.minute())
    }

    fn pauses(&self, status: TicketStatus) -> bool {
        match &self.target.pauses {
            Some(list) => list.contains(&status),
            None => self.target.metric == Metric::RequesterWait && status == TicketStatus::Pending,
        }
    }

    /// The cycles from the events up to `now`, told as a story.
    fn cycles(&self, now: DateTime<Utc>) -> Vec<Cycle> {
        let reply_metric = matches!(self.target.metric, Metric::FirstReply | Metric::NextReply);
        let on_solved =
            self.target.on_solved.unwrap_or(if reply_metric { OnSolved::Cancel } else { OnSolved::Fulfil });
        let on_reopened = self.target.on_reopened.unwrap_or(if reply_metric {
            OnReopened::Nothing
        } else {
            OnReopened::Resume
        });
        let mut events: Vec<SlaEvent> = self.events.iter().copied().filter(|e| e.at <= now).collect();
        events.sort();
        events.dedup();
        let mut cycles: Vec<Cycle> = Vec::new();
        let mut status = TicketStatus::Open;
        let mut waiting_for_first = false;
        for event in events {
            let t = event.at.timestamp();
            let running = cycles.last().is_some_and(|c| c.end.is_none());
            let rests = self.pauses(status);
            let fresh = |rests| Cycle {
                start: t,
                restarts: vec![],
                end: None,
                by_solving: false,
                turns: vec![(t, rests)],
            };
            match event.what {
                SlaSignal::Opened { by } => {
                    waiting_for_first = by == klokuur::sla::TicketSide::Requester;
                    let starts = match self.target.metric {
                        Metric::FirstReply => waiting_for_first,
                        Metric::NextReply => false,
                        _ => true,
                    };
                    if starts {
                        cycles.push(fresh(rests));
                    }
                }
                SlaSignal::RequesterMessage if running && reply_metric => {
                    if self.target.on_message == OnMessage::Restart {
                        cycles.last_mut().unwrap().restarts.push(t);
                    }
                }
                SlaSignal::RequesterMessage => {
                    if self.target.metric == Metric::NextReply && !waiting_for_first {
                        cycles.push(fresh(rests));
                    }
                }
                SlaSignal::AgentReply { automatic: true } => {}
                SlaSignal::AgentReply { automatic: false } => {
                    waiting_for_first = false;
                    if running && reply_metric {
                        cycles.last_mut().unwrap().end = Some((t, true));
                    }
                }
                SlaSignal::Solved => {
                    waiting_for_first = false;
                    status = TicketStatus::Solved;
                    if running {
                        let cycle = cycles.last_mut().unwrap();
                        cycle.end = Some((t, on_solved == OnSolved::Fulfil));
                        cycle.by_solving = true;
                    }
                }
                SlaSignal::Cancelled => {
                    waiting_for_first = false;
                    if running {
                        cycles.last_mut().unwrap().end = Some((t, false));
                    }
                }
                SlaSignal::Status(new) => {
                    let was_solved = status == TicketStatus::Solved;
                    status = new;
                    let rests = self.pauses(new);
                    let ended_by_solving = cycles.last().is_some_and(|c| c.by_solving && c.end.is_some());
                    if was_solved && ended_by_solving {
                        match on_reopened {
                            OnReopened::Nothing => {}
                            OnReopened::Restart => cycles.push(fresh(rests)),
                            OnReopened::Resume => {
                                let cycle = cycles.last_mut().unwrap();
                                let (solved, _) = cycle.end.take().unwrap();
                                cycle.by_solving = false;
                                cycle.turns.push((solved, true));
                                cycle.turns.push((t, rests));
                            }
                        }
                    } else if running {
                        cycles.last_mut().unwrap().turns.push((t, rests));
                    }
                }
            }
        }
        cycles
    }

    /// The quarters used up to `until`, and the first instant at which so many are used and the clock does not rest.
    fn walk(&self, cycle: &Cycle, start: i64, stop: i64, budget: i64) -> Option<i64> {
        let mut used = 0;
        let mut second = start;
        while second < self.start + 2 * QUARTERS * QUARTER {
            let rests = cycle.rests_at(second);
            if used >= budget && !rests {
                return Some(second);
            }
            if !rests && self.counts(second, start, stop) {
                used += 1;
            }
            second += QUARTER;
        }
        None
    }

    pub(crate) fn simulate(&self, now: DateTime<Utc>) -> Vec<Simulated> {
        let cycles = self.cycles(now);
        let metric = self.target.metric;
        if cycles.is_empty() {
            let state = ClockState::NotStarted;
            return vec![Simulated {
                metric,
                cycle: 0,
                state,
                reached: 0,
                used: 0,
                started: None,
                due: None,
            }];
        }
        (1..).zip(&cycles).map(|(number, cycle)| self.simulate_cycle(number, cycle, now)).collect()
    }

    fn simulate_cycle(&self, number: u32, cycle: &Cycle, now: DateTime<Utc>) -> Simulated {
        let now_ns = now.timestamp_nanos_opt().unwrap();
        let floor = now.timestamp();
        let mut start = cycle.start;
        for &restart in &cycle.restarts {
            // Breached by then: the message changes nothing any more.
            let mut seen = cycle.clone();
            seen.turns.retain(|(from, _)| *from <= restart);
            if self.walk(&seen, start, restart, self.budget).is_some_and(|due| due < restart) {
                break;
            }
            start = restart;
        }
        let (stop, stop_ns) = match cycle.end {
            Some((end, _)) => (end, end * 1_000_000_000),
            None => (floor, now_ns),
        };
        let due = self.walk(cycle, start, stop, self.budget).filter(|_| {
            cycle.end.is_some() || !cycle.rests_at(floor) || {
                // At rest now: only a deadline that has passed is one.
                self.walk(cycle, start, stop, self.budget).is_some_and(|due| due < floor)
            }
        });
        let mut used_ns: i128 = 0;
        let mut second = start;
        while second * 1_000_000_000 < stop_ns {
            if !cycle.rests_at(second) && self.counts(second, start, stop) {
                used_ns += i128::from((stop_ns - second * 1_000_000_000).min(QUARTER * 1_000_000_000));
            }
            second += QUARTER;
        }
        let quarter_ns = i128::from(QUARTER) * 1_000_000_000;
        let passed = |w: i64| used_ns >= i128::from(w) * quarter_ns;
        let reached = self.warnings.iter().filter(|w| passed(**w)).count();
        let breached = due.is_some_and(|due| due * 1_000_000_000 < stop_ns);
        let state = match cycle.end {
            _ if breached => ClockState::Breached,
            Some((_, true)) => ClockState::Met,
            Some((_, false)) => ClockState::Cancelled,
            None if cycle.rests_at(floor) => ClockState::Paused,
            None if self.counts(floor, start, stop) => ClockState::Running,
            None => ClockState::OutsideHours,
        };
        let due = due.filter(|_| cycle.end.is_none_or(|_| breached));
        Simulated {
            metric: self.target.metric,
            cycle: number,
            state,
            reached,
            used: used_ns,
            started: Some(utc(start)),
            due: due.map(utc),
        }
    }
}
