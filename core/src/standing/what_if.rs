//! What would be after more good or bad weeks (RULES S5).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::answer::{Consequence, Standing};
use super::event::StandingEvent;
use super::ledger::Ledger;
use super::week::{JudgedWeek, StrikeCause};
use crate::error::{KlokuurError, Result};
use crate::rulebook::{StrikeRules, StrikeTrigger, StrikeWindow};
use crate::time::YEARS;
use crate::week::IsoWeek;

/// Before every decision.
const EARLIEST: NaiveDate = NaiveDate::MIN;

/// One week of a what-if.
///
/// ```
/// # use klokuur::{Rulebook, standing::{JudgedWeek, Ledger}};
/// let bad = JudgedWeek::bad("2026-W10".parse()?, &["response_time"]);
/// let ledger = Ledger::new(&Rulebook::bol(), vec![bad], vec![])?;
/// let steps = ledger.what_if(&[true, true, true, true])?;
/// assert_eq!((steps[0].strikes, steps[3].strikes), (2, 5));
/// assert!(steps[2].standing.is_online() && !steps[3].standing.is_online());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhatIfStep {
    /// The week.
    pub week: IsoWeek,
    /// Whether it was supposed to be bad.
    pub bad: bool,
    /// The date on which it would be final.
    pub on: NaiveDate,
    /// The strikes that would then count.
    pub strikes: u32,
    /// The standing that would follow.
    pub standing: Standing,
}

impl Ledger {
    /// What if the weeks after the newest final one are bad (`true`) or good (`false`), one after another?
    ///
    /// A bad week misses as many norms as give a strike. Supposed weeks take the place of provisional ones. Each is
    /// final on the earliest date that is after the last decision and after the week before it; no plan is accepted
    /// meanwhile. How many orders a starter will have by then is not known: supposed weeks are those of a seller who
    /// is none.
    ///
    /// # Errors
    /// - a ledger without any final week: nobody knows which week comes next
    /// - more weeks than the supported years have
    pub fn what_if(&self, bad: &[bool]) -> Result<Vec<WhatIfStep>> {
        let newest = self.newest_final_week().ok_or_else(|| KlokuurError::InvalidValue {
            what: "what-if",
            given: "a ledger without a final week".into(),
            accepted: "a ledger with at least one final week".into(),
        })?;
        let mut week = newest;
        // "From now on" is after every decision that is already known.
        let mut before = self.last_event().max(self.final_date(newest));
        let mut weeks = Vec::with_capacity(bad.len());
        for bad in bad {
            week = week.succ();
            if week.year() > *YEARS.end() {
                return Err(KlokuurError::OutOfRange {
                    what: "week of a what-if",
                    given: week.to_string(),
                    accepted: format!("weeks up to {}", YEARS.end()),
                });
            }
            // Not two on one date, however late the last decision was: a step tells of its own week and those before.
            before = self.earliest_final(week).max(before.succ_opt().unwrap_or(NaiveDate::MAX));
            weeks.push(self.supposed(week, *bad, before));
        }
        let ledger = self.with_weeks(&weeks)?;
        let step = |(judged, bad): (&JudgedWeek, &bool)| {
            let on = ledger.final_date(judged.week);
            let report = ledger.standing(on);
            let strikes = u32::try_from(report.strikes.len()).unwrap_or(u32::MAX);
            WhatIfStep { week: judged.week, bad: *bad, on, strikes, standing: report.standing }
        };
        Ok(weeks.iter().zip(bad).map(step).collect())
    }

    /// How many bad weeks in a row from now on bring a consequence; 0 when it is there already.
    ///
    /// ```
    /// # use klokuur::{IsoWeek, Rulebook, standing::{Consequence, JudgedWeek, Ledger}};
    /// let weeks = vec![JudgedWeek::bad(IsoWeek::new(2026, 10)?, &["response_time"]), JudgedWeek::good(IsoWeek::new(2026, 11)?)];
    /// let ledger = Ledger::new(&Rulebook::bol(), weeks, vec![])?;
    /// assert_eq!(ledger.bad_weeks_until(Consequence::Offline)?, 4);
    /// assert_eq!(ledger.bad_weeks_until(Consequence::Closed)?, 6);
    /// # Ok::<(), klokuur::KlokuurError>(())
    /// ```
    ///
    /// # Errors
    /// - as [`Self::what_if`]
    pub fn bad_weeks_until(&self, consequence: Consequence) -> Result<u32> {
        let there = |standing: &Standing| match consequence {
            Consequence::Offline => !standing.is_online(),
            Consequence::Closed => matches!(standing, Standing::Closed { .. }),
        };
        let newest = self.what_if(&[]).map(|_| self.newest_final_week())?;
        if newest
            .is_some_and(|week| there(&self.standing(self.final_date(week).max(self.last_event())).standing))
        {
            return Ok(0);
        }
        let StrikeRules { closed_at, window, .. } = self.strike_rules();
        let most = match window {
            // S2: each bad week gives a strike, and none expires before the window is full of them.
            StrikeWindow::Rolling { weeks } => *closed_at.min(weeks),
            // The strikes of a monitoring period end with it, and those of the next are counted anew.
            StrikeWindow::FromFirstBadWeek { weeks, .. } => weeks.saturating_add(*closed_at),
        } as usize;
        // S4: an excused week to come gives none, so that as many more may be needed.
        let is_to_come = |event: &&StandingEvent| match event {
            StandingEvent::WeekExcused { week, .. } => newest.is_none_or(|newest| *week > newest),
            _ => false,
        };
        let most = most.saturating_add(self.events().iter().filter(is_to_come).count());
        let steps = self.what_if(&vec![true; most.min(10_000)])?;
        let at = steps.iter().position(|step| there(&step.standing));
        at.and_then(|at| u32::try_from(at + 1).ok()).ok_or_else(|| KlokuurError::OutOfRange {
            what: "strikes until a consequence",
            given: format!("{} or {}", self.strike_rules().offline_at, self.strike_rules().closed_at),
            accepted: format!(
                "at most as many as the window has weeks, {}",
                self.strike_rules().window.weeks()
            ),
        })
    }

    fn last_event(&self) -> NaiveDate {
        self.events().last().map_or(EARLIEST, StandingEvent::on)
    }

    fn supposed(&self, week: IsoWeek, bad: bool, final_on: NaiveDate) -> JudgedWeek {
        let norms = match self.strike_rules().trigger {
            _ if !bad => 0,
            StrikeTrigger::AnyNorm => 1,
            StrikeTrigger::SeveralNorms { norms } => usize::try_from(norms).unwrap_or(usize::MAX),
        };
        let rules = self.rules().for_week(week).ok();
        let missed = rules
            .iter()
            .flat_map(|rules| rules.strike_norms())
            .take(norms)
            .map(|norm| StrikeCause {
                norm: norm.name.clone(),
                week,
                numerator: 0,
                denominator: 0,
                bad: None,
            })
            .collect();
        JudgedWeek { week, final_on: Some(final_on), missed, orders_to_date: None }
    }
}
