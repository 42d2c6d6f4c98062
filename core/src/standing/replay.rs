//! The standing through time: every date on which something changes, in order, once.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::answer::Standing;
use super::event::StandingEvent;
use super::state::{Counting, State};
use super::trigger::{Given, Strikes};
use super::week::JudgedWeek;
use crate::error::{KlokuurError, Result};
use crate::rulebook::{RulebookHistory, StrikeRules};
use crate::week::IsoWeek;

/// How things are from a date on, until the next moment.
#[derive(Debug, Clone)]
pub(super) struct Turn {
    pub(super) on: NaiveDate,
    pub(super) newest: Option<IsoWeek>,
    pub(super) standing: Standing,
    /// The strikes given on this date, by number.
    pub(super) given: Vec<usize>,
    /// The strikes that count no more from this date on, and whether they were withdrawn.
    pub(super) gone: Vec<(usize, bool)>,
}

/// What a ledger knows once it has gone through all dates.
#[derive(Debug, Clone, Default)]
pub(super) struct Course {
    pub(super) turns: Vec<Turn>,
    pub(super) strikes: Vec<Given>,
    /// How many weeks, decisions, strikes and dates were looked at: what the time it takes depends on.
    #[cfg_attr(not(test), expect(dead_code, reason = "counted for a test of the growth"))]
    pub(super) work: usize,
}

/// Weeks, oldest first, and events, in order.
pub(super) struct Input<'a> {
    pub(super) rules: &'a RulebookHistory,
    /// The strike rules of the newest rulebook: before any week is final.
    pub(super) newest_rules: &'a StrikeRules,
    pub(super) weeks: &'a [JudgedWeek],
    pub(super) events: &'a [StandingEvent],
}

/// A date gone through, to go through again without a strike.
struct Step<'a> {
    on: NaiveDate,
    rules: &'a StrikeRules,
    given: Vec<usize>,
    expired: Vec<usize>,
    /// Whether a plan was accepted or the shop reopened: what the marketplace decided stands.
    settled: bool,
    /// After this date, without the strikes that were withdrawn since.
    count: usize,
    state: State,
}

struct Walk<'a> {
    input: &'a Input<'a>,
    strikes: Strikes,
    /// The strikes that count, by number.
    active: BTreeSet<usize>,
    newest: Option<IsoWeek>,
    state: State,
    steps: Vec<Step<'a>>,
    /// The ladder of the newest final week.
    rules: &'a StrikeRules,
    excused: BTreeSet<(IsoWeek, Option<&'a str>)>,
    by_week: BTreeMap<IsoWeek, usize>,
    work: usize,
}

impl<'a> Input<'a> {
    /// Goes through all dates. Each week and each decision is looked at once; an appeal goes again through the dates
    /// since its strike was given.
    pub(super) fn course(&'a self) -> Result<Course> {
        let mut dates: BTreeMap<NaiveDate, (Vec<&JudgedWeek>, Vec<&StandingEvent>)> = BTreeMap::new();
        for judged in self.weeks {
            if let Some(on) = judged.final_on {
                dates.entry(on).or_default().0.push(judged);
            }
        }
        for event in self.events {
            dates.entry(event.on()).or_default().1.push(event);
        }
        let mut walk = Walk {
            input: self,
            strikes: Strikes::default(),
            active: BTreeSet::new(),
            newest: None,
            state: State::new(),
            steps: Vec::with_capacity(dates.len()),
            rules: self.newest_rules,
            excused: BTreeSet::new(),
            by_week: BTreeMap::new(),
            work: 0,
        };
        let mut turns = Vec::with_capacity(dates.len());
        for (on, (weeks, events)) in dates {
            turns.push(walk.day(on, &weeks, &events)?);
        }
        Ok(Course { turns, strikes: walk.strikes.given, work: walk.work })
    }
}

impl<'a> Walk<'a> {
    /// One date: first weeks become final, then strikes are withdrawn, then plans are accepted.
    fn day(&mut self, on: NaiveDate, weeks: &[&'a JudgedWeek], events: &[&'a StandingEvent]) -> Result<Turn> {
        let (mut given, mut expired) = (Vec::new(), Vec::new());
        // S4: the order of one date (ours): weeks, withdrawals, decisions. A plan of the day of a revocation is judged
        // without the strike, so one for a shop that the revocation brings back is refused.
        for judged in weeks {
            self.week(on, judged, &mut given, &mut expired);
        }
        self.state.advance(self.rules, on, self.counting());
        self.steps.push(Step {
            on,
            rules: self.rules,
            given: given.clone(),
            expired: expired.clone(),
            settled: false,
            count: self.active.len(),
            state: self.state,
        });
        let withdrawn = self.withdraw(on, events)?;
        let counted: Vec<usize> = withdrawn.intersection(&self.active).copied().collect();
        self.end(on, &counted);
        if let Some(first) = withdrawn.first() {
            self.appeal(*first);
        }
        for event in events {
            self.decide(on, event)?;
        }
        if let Some(step) = self.steps.last_mut() {
            (step.count, step.state) = (self.active.len(), self.state);
        }
        // What was given and withdrawn on one date never counted.
        let gone = expired.into_iter().map(|index| (index, false));
        let gone = gone.chain(counted.into_iter().map(|index| (index, true)));
        let gone = gone.filter(|(index, _)| !given.contains(index)).collect();
        given.retain(|index| self.active.contains(index));
        Ok(Turn { on, newest: self.newest, standing: self.state.standing, given, gone })
    }

    fn week(
        &mut self,
        on: NaiveDate,
        judged: &'a JudgedWeek,
        given: &mut Vec<usize>,
        expired: &mut Vec<usize>,
    ) {
        let newest = self.newest.map_or(judged.week, |newest| newest.max(judged.week));
        self.newest = Some(newest);
        self.work += 1 + judged.missed.len() + self.active.len();
        // First the rules of the newest week: a window that became longer keeps strikes that would have gone today.
        self.climb(on, newest);
        let strikes = &mut self.strikes;
        let over: Vec<usize> = self
            .active
            .iter()
            .copied()
            .filter(|index| strikes.given.get(*index).is_some_and(|strike| strike.expiry_week(on) <= newest))
            .collect();
        // S2: expired before the week itself is looked at: its strike does not meet those that it ends.
        self.end(on, &over);
        expired.extend(over);
        let excused = |norm: &str| {
            self.excused.contains(&(judged.week, None)) || self.excused.contains(&(judged.week, Some(norm)))
        };
        let misses = judged.missed.iter().filter(|miss| !excused(&miss.norm)).cloned().collect();
        let counting = self.active.len();
        if let Some(new) = self.strikes.of_week(self.rules, judged, misses, on, newest, counting) {
            if new.ends_the_older {
                // Before the new one is among them.
                let older: Vec<usize> = self.active.iter().copied().collect();
                self.end(on, &older);
                expired.extend(older);
            }
            if let Some(index) = new.index {
                self.by_week.insert(judged.week, index);
                self.active.insert(index);
                given.push(index);
            }
        }
    }

    /// The ladder of the newest final week is the one that counts (RULES S6).
    fn climb(&mut self, on: NaiveDate, newest: IsoWeek) {
        let rules = self.input.rules.for_week(newest).ok().and_then(|rules| rules.strikes.as_ref());
        let Some(rules) = rules.filter(|rules| !std::ptr::eq(*rules, self.rules)) else { return };
        if rules.window != self.rules.window {
            for index in &self.active {
                if let Some(strike) = self.strikes.given.get_mut(*index) {
                    strike.climb(rules, on);
                }
            }
        }
        self.rules = rules;
    }

    fn end(&mut self, on: NaiveDate, which: &[usize]) {
        for index in which {
            self.active.remove(index);
            if let Some(strike) = self.strikes.given.get_mut(*index) {
                strike.gone.get_or_insert(on);
            }
        }
    }

    fn counting(&self) -> Counting {
        Counting { count: self.active.len(), newest: self.active.last().map_or(0, |index| index + 1) }
    }

    /// Excuses and revocations of a date: the strikes that fall by them, expired ones included.
    fn withdraw(&mut self, on: NaiveDate, events: &[&'a StandingEvent]) -> Result<BTreeSet<usize>> {
        let mut withdrawn = BTreeSet::new();
        for event in events {
            self.work += 1;
            // S4: an excuse takes misses away, and the strike falls if too few are left; a revocation takes the
            // strike itself.
            let fallen = match event {
                StandingEvent::WeekExcused { week, norm, .. } => {
                    self.excused.insert((*week, norm.as_deref()));
                    self.strikes.excuse(*week, norm.as_deref(), on)
                }
                StandingEvent::StrikeRevoked { week, .. } => {
                    let known = self.by_week.get(week).copied();
                    let stands = |index: &usize| self.strikes.given.get(*index).is_some_and(|s| !s.withdrawn);
                    let accepted = "a week whose strike was given by that date and still stands";
                    Some(known.filter(stands).ok_or_else(|| refused(event, accepted.into()))?)
                }
                StandingEvent::PlanAccepted { .. } | StandingEvent::Reopened { .. } => None,
            };
            let Some(index) = fallen else { continue };
            if let Some(strike) = self.strikes.given.get_mut(index) {
                strike.withdrawn = true;
            }
            withdrawn.insert(index);
        }
        Ok(withdrawn)
    }

    /// Goes again through the dates since a strike was given, without what is withdrawn by now (RULES S4).
    fn appeal(&mut self, first: usize) {
        let Some(given_on) = self.strikes.given.get(first).map(|strike| strike.given_on) else { return };
        // Nothing before the strike was given can have depended on it: the walk is done again from there only.
        let from = self.steps.partition_point(|step| step.on < given_on);
        let before = from.checked_sub(1).and_then(|at| self.steps.get(at));
        let (mut count, mut state) = before.map_or((0, State::new()), |step| (step.count, step.state));
        let strikes = &self.strikes.given;
        let stands = |index: &&usize| strikes.get(**index).is_some_and(|strike| !strike.withdrawn);
        let mut counting: BTreeSet<usize> = BTreeSet::new();
        if let Some(before) = before {
            // Strikes live no longer than the window, so few are older than this one and still count.
            let older = strikes.iter().enumerate().take(first).rev();
            let older = older.filter(|(_, strike)| !strike.withdrawn && strike.counts(before.on));
            counting.extend(older.take(count).map(|(index, _)| index));
        }
        let last = self.steps.len();
        for (at, step) in self.steps.iter_mut().enumerate().skip(from) {
            self.work += 1 + step.given.len() + step.expired.len();
            counting.extend(step.given.iter().filter(stands));
            for index in &step.expired {
                counting.remove(index);
            }
            count = counting.len();
            let now = Counting { count, newest: counting.last().map_or(0, |index| index + 1) };
            state.advance(step.rules, step.on, now);
            // A plan that was accepted then stays accepted, with one strike fewer to answer for.
            if step.settled {
                let given = strikes.partition_point(|strike| strike.given_on <= step.on);
                state.settle(step.rules, step.on, now, given);
            }
            (step.count, step.state) = (count, state);
            if at + 1 == last {
                // S4: winning makes nothing later, so what is since earlier stays so.
                self.state = State::after_appeal(self.state, state);
            }
        }
    }

    fn decide(&mut self, on: NaiveDate, event: &StandingEvent) -> Result<()> {
        let accepted = match (event, self.state.standing) {
            (StandingEvent::WeekExcused { .. } | StandingEvent::StrikeRevoked { .. }, _) => return Ok(()),
            (StandingEvent::PlanAccepted { .. }, Standing::Offline { .. }) => None,
            (StandingEvent::PlanAccepted { .. }, _) => Some("a plan while the shop is offline".to_owned()),
            (StandingEvent::Reopened { .. }, Standing::Closed { may_apply_from, .. }) => {
                // S3: not before a year has passed.
                (on < may_apply_from).then(|| format!("a reopening from {may_apply_from} on"))
            }
            (StandingEvent::Reopened { .. }, _) => Some("a reopening while the shop is closed".to_owned()),
        };
        if let Some(accepted) = accepted {
            return Err(refused(event, accepted));
        }
        self.state.settle(self.rules, on, self.counting(), self.strikes.given.len());
        if let Some(step) = self.steps.last_mut() {
            step.settled = true;
        }
        Ok(())
    }
}

fn refused(event: &StandingEvent, accepted: String) -> KlokuurError {
    let given = match event {
        StandingEvent::WeekExcused { week, norm: None, on } => format!("{week} excused on {on}"),
        StandingEvent::WeekExcused { week, norm: Some(norm), on } => {
            format!("{norm} of {week} excused on {on}")
        }
        StandingEvent::StrikeRevoked { week, on } => format!("strike of {week} revoked on {on}"),
        StandingEvent::PlanAccepted { on } => format!("plan accepted on {on}"),
        StandingEvent::Reopened { on } => format!("reopened on {on}"),
    };
    KlokuurError::InvalidValue { what: "standing event", given, accepted }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rulebook::Rulebook;
    use crate::standing::Ledger;

    #[test]
    fn s5_work_grows_with_the_weeks_and_not_with_their_square() {
        let norms = ["on_time", "cancellations", "response_time"];
        let work = |weeks: i32| {
            let first = IsoWeek::new(1901, 1).unwrap();
            let weeks = (0..weeks).map(|at| JudgedWeek::bad(first.plus(at), &norms)).collect();
            let rules = Rulebook::shipped("bol-literal-b").unwrap();
            Ledger::new(&rules, weeks, Vec::new()).unwrap().work()
        };
        let (short, long) = (work(1_000), work(10_000));
        assert!(long < 11 * short, "{short} {long}");
        assert!(long < 10_000 * 60, "{long}");
    }
}
