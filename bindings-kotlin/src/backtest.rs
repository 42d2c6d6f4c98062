//! What would have been: the same log under two sets of rules.

use std::sync::Arc;

use klokuur::backtest::{self, Scenario};
use klokuur::norm::Verdict;
use klokuur::sla::ClockState;
use klokuur::standing::Standing;

use crate::case_event::CaseEvent;
use crate::error::Result;
use crate::fingerprints::Fingerprints;
use crate::norm::WeekNumbers;
use crate::rulebook::Rulebook;
use crate::schedule::Schedule;
use crate::time::{Instant, IsoWeek, signed};

/// A case whose first response is judged otherwise.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct CaseChange {
    /// The case number.
    pub case: String,
    /// The verdict before; none where the case was refused or owed no first response.
    pub before: Option<ClockState>,
    /// The verdict after.
    pub after: Option<ClockState>,
    /// The deadline before.
    pub due_before: Option<Instant>,
    /// The deadline after.
    pub due_after: Option<Instant>,
    /// The change in a sentence.
    pub text: String,
}

/// A week in which a norm is judged otherwise.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct WeekChange {
    /// The norm.
    pub norm: String,
    /// The week.
    pub week: IsoWeek,
    /// The verdict before; none where the norm has no numbers or is not in the rulebook.
    pub before: Option<Verdict>,
    /// The verdict after.
    pub after: Option<Verdict>,
    /// The numbers before.
    pub numbers_before: Option<WeekNumbers>,
    /// The numbers after.
    pub numbers_after: Option<WeekNumbers>,
    /// The change in a sentence.
    pub text: String,
}

/// Strikes and standing as they differ.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct StandingChange {
    /// The standing before.
    pub before: Standing,
    /// The standing after.
    pub after: Standing,
    /// Weeks with a strike in the window before, and none after.
    pub strikes_gone: Vec<IsoWeek>,
    /// Weeks with a strike in the window after, and none before.
    pub strikes_new: Vec<IsoWeek>,
}

/// Every verdict that differs.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Backtest {
    /// The cases whose first response is judged otherwise, by case number.
    pub cases: Vec<CaseChange>,
    /// The weeks in which a norm is judged otherwise, by week and norm.
    pub weeks: Vec<WeekChange>,
    /// The standing and the strikes, where they differ and both rulebooks have strikes.
    pub standing: Option<StandingChange>,
    /// How many cases were judged in both.
    pub judged: i64,
    /// How many of them have another deadline, whether or not that changes the verdict.
    pub moved_deadlines: i64,
    /// What judged before.
    pub fingerprints_before: Fingerprints,
    /// What judged after.
    pub fingerprints_after: Fingerprints,
}

impl From<backtest::Backtest> for Backtest {
    fn from(found: backtest::Backtest) -> Self {
        Self {
            cases: found.cases.into_iter().map(case).collect(),
            weeks: found.weeks.into_iter().map(week).collect(),
            standing: found.standing.map(standing),
            judged: signed(found.judged),
            moved_deadlines: signed(found.moved_deadlines),
            fingerprints_before: Fingerprints::from(&found.fingerprints_before),
            fingerprints_after: Fingerprints::from(&found.fingerprints_after),
        }
    }
}

fn case(change: backtest::CaseChange) -> CaseChange {
    CaseChange {
        text: change.to_string(),
        case: change.case,
        before: change.before,
        after: change.after,
        due_before: change.due_before,
        due_after: change.due_after,
    }
}

fn week(change: backtest::WeekChange) -> WeekChange {
    let numbers = |numbers: Option<(i64, u64)>| {
        numbers.map(|(numerator, denominator)| WeekNumbers {
            norm: change.norm.clone(),
            week: change.week.into(),
            numerator,
            denominator: signed(denominator),
            last_deadline: None,
            measured_elsewhere: false,
            fingerprints: None,
            norm_value: None,
            excused: false,
        })
    };
    WeekChange {
        text: change.to_string(),
        week: change.week.into(),
        before: change.before,
        after: change.after,
        numbers_before: numbers(change.numbers_before),
        numbers_after: numbers(change.numbers_after),
        norm: change.norm,
    }
}

fn standing(change: backtest::StandingChange) -> StandingChange {
    let weeks = |weeks: Vec<klokuur::IsoWeek>| weeks.into_iter().map(IsoWeek::from).collect();
    StandingChange {
        before: change.before,
        after: change.after,
        strikes_gone: weeks(change.strikes_gone),
        strikes_new: weeks(change.strikes_new),
    }
}

fn scenario(rules: &Rulebook, clock: Option<Arc<Schedule>>) -> Result<Scenario> {
    let scenario = Scenario::of(rules.by_week())?;
    Ok(match clock {
        None => scenario,
        Some(clock) => scenario.with_clock(clock.0.clone()),
    })
}

/// Runs a log under two rulebooks, as of `now`, and lists every verdict that changes: of cases, of weeks, of the
/// account.
///
/// A schedule takes the place of a rulebook's own clock hours. `elsewhere` are the weekly numbers of other norms, which
/// both judge. An event after `now` is not looked at; one that a case refuses is refused in both and counts in neither.
///
/// # Errors
/// - rules that mean nothing
/// - an event whose fields do not fit it
/// - numbers of a norm that one of the rulebooks does not have
/// - an instant outside the years 1900 to 2100
#[uniffi::export(name = "backtest", default(elsewhere = [], clock_before = None, clock_after = None))]
pub fn compared(
    events: Vec<CaseEvent>,
    before: &Rulebook,
    after: &Rulebook,
    now: Instant,
    elsewhere: Vec<WeekNumbers>,
    clock_before: Option<Arc<Schedule>>,
    clock_after: Option<Arc<Schedule>>,
) -> Result<Backtest> {
    let events = events.into_iter().map(CaseEvent::core).collect::<Result<Vec<_>>>()?;
    let elsewhere = elsewhere.iter().map(WeekNumbers::core).collect::<Result<Vec<_>>>()?;
    let (before, after) = (scenario(before, clock_before)?, scenario(after, clock_after)?);
    Ok(backtest::backtest(&events, &elsewhere, &before, &after, now)?.into())
}
