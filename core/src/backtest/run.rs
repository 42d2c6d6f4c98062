//! Runs a log twice and compares.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::change::{Backtest, CaseChange, StandingChange, WeekChange};
use crate::case::{CaseBook, CaseEvent};
use crate::error::Result;
use crate::fingerprints::Fingerprints;
use crate::norm::{WeekNumbers, WeekResult, join, judge_weeks};
use crate::rulebook::{RulebookHistory, RulesByWeek};
use crate::schedule::Schedule;
use crate::sla::ClockState;
use crate::standing::{Ledger, StandingEvent, StandingReport};
use crate::time::Moment;
use crate::week::IsoWeek;

/// The rules and the clock hours that a log is judged under.
///
/// Shown at [`Backtest`].
#[derive(Debug, Clone)]
pub struct Scenario {
    /// The rules: each week is judged by its own.
    rules: RulebookHistory,
    /// The schedule whose hours are clock hours; none: the rules' own.
    clock: Option<Schedule>,
}

impl Scenario {
    /// A rulebook, or a history, with its own clock hours.
    ///
    /// # Errors
    /// - a rulebook with faults
    pub fn of<R: RulesByWeek + ?Sized>(rules: &R) -> Result<Self> {
        Ok(Self { rules: rules.to_history()?, clock: None })
    }

    /// The same rules under another schedule: other hours, another calendar.
    pub fn with_clock(&self, clock: Schedule) -> Self {
        Self { rules: self.rules.clone(), clock: Some(clock) }
    }
}

/// What a run says of a case: no more of it is compared.
struct Judged {
    case: String,
    verdict: ClockState,
    due: Option<DateTime<Utc>>,
}

/// One run of a log.
struct Run {
    /// By case number.
    cases: Vec<Judged>,
    weeks: BTreeMap<(IsoWeek, String), WeekResult>,
    standing: Option<StandingReport>,
    fingerprints: Fingerprints,
}

/// What is known of the account whose log is run.
#[derive(Clone, Copy, Default)]
pub(crate) struct Account<'a> {
    /// What the marketplace decided.
    pub(crate) decisions: &'a [StandingEvent],
    pub(crate) is_starter: bool,
}

/// Runs a log under two scenarios, as of `now`, and lists every verdict that changes: of cases, of weeks, of the
/// account. `elsewhere` are weekly numbers that were measured elsewhere, which both scenarios judge, in the place of
/// those that the log gives for the same norm and week (RULES N4).
///
/// An event after `now` is not looked at; one that a case refuses is refused in both and counts in neither.
///
/// # Errors
/// - a scenario whose rules mean nothing
/// - numbers of a norm that one of the rulebooks does not have
/// - an instant outside the supported years
pub fn backtest<M: Moment>(
    events: &[CaseEvent],
    elsewhere: &[WeekNumbers],
    before: &Scenario,
    after: &Scenario,
    now: M,
) -> Result<Backtest> {
    compare(|| events.iter(), elsewhere, Account::default(), before, after, now.utc())
}

/// The same of events that are there one by one, as often as they are asked for.
pub(crate) fn compare<E: Borrow<CaseEvent>, I: Iterator<Item = E>>(
    events: impl Fn() -> I,
    elsewhere: &[WeekNumbers],
    account: Account<'_>,
    before: &Scenario,
    after: &Scenario,
    now: DateTime<Utc>,
) -> Result<Backtest> {
    let run = |scenario| run(events(), elsewhere, account, scenario, now);
    let (before, after) = (run(before)?, run(after)?);
    let mut found = Backtest {
        cases: Vec::new(),
        weeks: Vec::new(),
        standing: standing(before.standing.as_ref(), after.standing.as_ref()),
        judged: 0,
        moved_deadlines: 0,
        fingerprints_before: before.fingerprints,
        fingerprints_after: after.fingerprints,
    };
    for (case, old, new) in side_by_side(&before.cases, &after.cases) {
        let verdict = |judged: Option<&Judged>| judged.map(|judged| judged.verdict);
        let due = |judged: Option<&Judged>| judged.and_then(|judged| judged.due);
        if due(old).is_some() && due(new).is_some() {
            found.judged += 1;
            found.moved_deadlines += u64::from(due(old) != due(new));
        }
        if verdict(old) != verdict(new) {
            found.cases.push(CaseChange {
                case: case.to_owned(),
                before: verdict(old),
                after: verdict(new),
                due_before: due(old),
                due_after: due(new),
            });
        }
    }
    for (_, old, new) in pairs(&before.weeks, &after.weeks) {
        let verdict = |result: Option<&WeekResult>| result.map(|r| r.verdict);
        let Some(one) = new.or(old).filter(|_| verdict(old) != verdict(new)) else { continue };
        found.weeks.push(WeekChange {
            norm: one.norm.clone(),
            week: one.week,
            before: verdict(old),
            after: verdict(new),
            numbers_before: old.map(|r| (r.numerator, r.denominator)),
            numbers_after: new.map(|r| (r.numerator, r.denominator)),
        });
    }
    Ok(found)
}

fn run<E: Borrow<CaseEvent>>(
    events: impl Iterator<Item = E>,
    elsewhere: &[WeekNumbers],
    account: Account<'_>,
    scenario: &Scenario,
    now: DateTime<Utc>,
) -> Result<Run> {
    let known = events.filter(|event| event.borrow().at <= now);
    let rules = &scenario.rules;
    let clock = scenario.clock.clone().map_or_else(|| rules.newest_rules()?.schedule(), Ok)?;
    let (book, _) = CaseBook::replay(rules, clock, known)?;
    let numbers = join(&scenario.rules, &book.response_weeks(now)?.numbers(), elsewhere)?;
    let results = judge_weeks(&scenario.rules, &numbers, now)?;
    let has_strikes = scenario.rules.rulebooks().iter().all(|rules| rules.strikes.is_some());
    let ledger = has_strikes.then(|| ledger(&scenario.rules, &results, account, now)).transpose()?;
    let standing = ledger.map(|ledger| ledger.standing_at(now));
    let mut cases = Vec::with_capacity(book.len());
    book.each_outcome(now, |outcome| {
        let (verdict, due) = (settled(outcome.verdict), outcome.due);
        cases.push(Judged { case: outcome.case, verdict, due });
    })?;
    cases.sort_by(|one, other| one.case.cmp(&other.case));
    let key = |result: &WeekResult| (result.week, result.norm.clone());
    Ok(Run {
        cases,
        weeks: results.into_iter().map(|r| (key(&r), r)).collect(),
        standing,
        fingerprints: book.fingerprints().clone(),
    })
}

/// The ledger of a run up to now.
fn ledger(
    rules: &RulebookHistory,
    results: &[WeekResult],
    account: Account<'_>,
    now: DateTime<Utc>,
) -> Result<Ledger> {
    let mut ledger = Ledger::of_account(rules, results, account.is_starter)?;
    let today = ledger.date_of(&now);
    let mut decisions: Vec<&StandingEvent> =
        account.decisions.iter().filter(|event| event.on() <= today).collect();
    decisions.sort_by(|one, other| one.order().cmp(&other.order()));
    for decision in decisions {
        // What was decided about a strike that these rules do not give decides nothing here.
        if let Ok(decided) = ledger.with_events(std::slice::from_ref(decision)) {
            ledger = decided;
        }
    }
    ledger.with_quiet_weeks(today)
}

/// Two lists by case number, side by side.
fn side_by_side<'a>(
    old: &'a [Judged],
    new: &'a [Judged],
) -> impl Iterator<Item = (&'a str, Option<&'a Judged>, Option<&'a Judged>)> {
    let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
    std::iter::from_fn(move || {
        let order = match (old.peek(), new.peek()) {
            (Some(one), Some(other)) => one.case.cmp(&other.case),
            (Some(_), None) => Ordering::Less,
            (None, _) => Ordering::Greater,
        };
        let (one, other) = (old.next_if(|_| order.is_le()), new.next_if(|_| order.is_ge()));
        Some((one.or(other)?.case.as_str(), one, other))
    })
}

/// Whether the clock counts right now is no verdict: a running clock is one, inside hours or not.
fn settled(state: ClockState) -> ClockState {
    if state == ClockState::OutsideHours { ClockState::Running } else { state }
}

/// The values of two maps side by side, by key.
fn pairs<'a, K: Ord, V>(
    a: &'a BTreeMap<K, V>,
    b: &'a BTreeMap<K, V>,
) -> Vec<(&'a K, Option<&'a V>, Option<&'a V>)> {
    let mut all: BTreeMap<&K, (Option<&V>, Option<&V>)> =
        a.iter().map(|(k, v)| (k, (Some(v), None))).collect();
    for (key, value) in b {
        all.entry(key).or_default().1 = Some(value);
    }
    all.into_iter().map(|(key, (old, new))| (key, old, new)).collect()
}

fn standing(before: Option<&StandingReport>, after: Option<&StandingReport>) -> Option<StandingChange> {
    let (before, after) = (before?, after?);
    let weeks = |report: &StandingReport| report.strikes.iter().map(|s| s.week).collect::<Vec<_>>();
    let (old, new) = (weeks(before), weeks(after));
    if before.standing == after.standing && old == new {
        return None;
    }
    Some(StandingChange {
        before: before.standing,
        after: after.standing,
        strikes_gone: old.iter().filter(|week| !new.contains(week)).copied().collect(),
        strikes_new: new.iter().filter(|week| !old.contains(week)).copied().collect(),
    })
}
