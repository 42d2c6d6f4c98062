//! The standing through time: every date on which something changes, in order.

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};

use super::answer::Standing;
use super::event::StandingEvent;
use super::trigger::{Given, in_window, strikes};
use super::week::JudgedWeek;
use crate::error::{KlokuurError, Result};
use crate::rulebook::StrikeRules;
use crate::week::IsoWeek;

/// How things are from a date on, until the next moment.
#[derive(Debug, Clone)]
pub(super) struct Moment {
    pub(super) on: NaiveDate,
    pub(super) newest: Option<IsoWeek>,
    /// The strikes that count, oldest first.
    pub(super) counting: Vec<Given>,
    /// Weeks whose strike was withdrawn, up to and on this date.
    pub(super) withdrawn: BTreeSet<IsoWeek>,
    pub(super) standing: Standing,
}

/// Weeks (oldest first, with the date each is final from) and events (in order).
pub(super) struct Input<'a> {
    pub(super) rules: &'a StrikeRules,
    pub(super) weeks: &'a [(JudgedWeek, Option<NaiveDate>)],
    pub(super) events: &'a [StandingEvent],
}

/// The standing and what it remembers.
#[derive(Clone)]
struct State {
    standing: Standing,
    /// Strikes that an accepted plan or a reopening has dealt with.
    settled: BTreeSet<IsoWeek>,
    settled_on: NaiveDate,
}

impl State {
    fn new() -> Self {
        Self { standing: Standing::Active, settled: BTreeSet::new(), settled_on: NaiveDate::default() }
    }
}

/// Weeks excused and strikes revoked up to a date.
#[derive(Default, Clone)]
struct Withdrawals {
    excused: BTreeSet<IsoWeek>,
    revoked: BTreeSet<IsoWeek>,
}

impl Input<'_> {
    fn dates(&self) -> BTreeSet<NaiveDate> {
        let finals = self.weeks.iter().filter_map(|(_, from)| *from);
        finals.chain(self.events.iter().map(StandingEvent::on)).collect()
    }

    fn newest(&self, on: NaiveDate) -> Option<IsoWeek> {
        self.weeks
            .iter()
            .rev()
            .find(|(_, from)| from.is_some_and(|from| from <= on))
            .map(|(judged, _)| judged.week)
    }

    /// The strikes given up to a date, revoked ones included, those of excused weeks not.
    fn given(&self, on: NaiveDate, withdrawals: &Withdrawals) -> Vec<Given> {
        let finals =
            self.weeks.iter().filter_map(|(judged, from)| from.filter(|f| *f <= on).map(|f| (judged, f)));
        strikes(self.rules, finals, &withdrawals.excused)
    }

    fn counting(&self, on: NaiveDate, withdrawals: &Withdrawals) -> Vec<Given> {
        let Some(newest) = self.newest(on) else { return Vec::new() };
        let mut given = self.given(on, withdrawals);
        given.retain(|s| in_window(self.rules, s.week, newest) && !withdrawals.revoked.contains(&s.week));
        given
    }

    /// Brings the state to a date, before plans and reopenings of that date.
    fn advance(&self, state: &mut State, on: NaiveDate, counting: &[Given]) {
        let count = u32::try_from(counting.len()).unwrap_or(u32::MAX);
        let closed = || {
            let months = Months::new(self.rules.reapply_after_years.saturating_mul(12));
            // chrono clamps 29 February to the 28th (RULES K7).
            let may_apply_from = on.checked_add_months(months).unwrap_or(NaiveDate::MAX);
            Standing::Closed { since: on, may_apply_from }
        };
        let unsettled = counting.iter().any(|s| !state.settled.contains(&s.week));
        state.standing = match state.standing {
            closed @ Standing::Closed { .. } => closed,
            Standing::Offline { .. } if count >= self.rules.closed_at => closed(),
            offline @ Standing::Offline { .. } => offline,
            Standing::Active | Standing::OnlineWithPlan { .. } => {
                if count < self.rules.offline_at {
                    Standing::Active
                } else if !unsettled {
                    Standing::OnlineWithPlan { since: state.settled_on }
                } else if count >= self.rules.closed_at {
                    closed()
                } else {
                    Standing::Offline { since: on }
                }
            }
        };
    }

    /// Plans and reopenings of a date; those that do not apply are left out, or refused when `strict`.
    fn decide(&self, state: &mut State, on: NaiveDate, counting: &[Given], strict: bool) -> Result<()> {
        for event in self.events.iter().filter(|e| e.on() == on) {
            let problem = match (event, state.standing) {
                (StandingEvent::PlanAccepted { .. }, Standing::Offline { .. }) => None,
                (StandingEvent::PlanAccepted { .. }, _) => {
                    Some("a plan while the shop is offline".to_owned())
                }
                (StandingEvent::Reopened { .. }, Standing::Closed { may_apply_from, .. })
                    if on >= may_apply_from =>
                {
                    None
                }
                (StandingEvent::Reopened { .. }, Standing::Closed { may_apply_from, .. }) => {
                    Some(format!("a reopening from {may_apply_from} on"))
                }
                (StandingEvent::Reopened { .. }, _) => {
                    Some("a reopening while the shop is closed".to_owned())
                }
                _ => continue,
            };
            match problem {
                None => {
                    state.settled = counting.iter().map(|s| s.week).collect();
                    state.settled_on = on;
                    state.standing = Standing::Active;
                    self.advance(state, on, counting);
                }
                Some(accepted) if strict => return Err(refused(event, accepted)),
                Some(_) => {}
            }
        }
        Ok(())
    }

    /// Every moment on which something can change, oldest first.
    pub(super) fn moments(&self) -> Result<Vec<Moment>> {
        let dates = self.dates();
        let mut withdrawals = Withdrawals::default();
        let mut withdrawn = BTreeSet::new();
        let mut state = State::new();
        let mut moments: Vec<Moment> = Vec::with_capacity(dates.len());
        for on in &dates {
            let before = withdrawals.clone();
            self.withdraw(*on, &mut withdrawals)?;
            let counting = self.counting(*on, &withdrawals);
            if withdrawals.excused.len() + withdrawals.revoked.len()
                > before.excused.len() + before.revoked.len()
            {
                // A withdrawn strike leaves no trace: the past is gone through again without it.
                state = self.state_before(*on, &dates, &withdrawals);
                let excused_strikes = self.given(*on, &before).into_iter().map(|s| s.week);
                withdrawn.extend(excused_strikes.filter(|w| withdrawals.excused.contains(w)));
                withdrawn.extend(&withdrawals.revoked);
            }
            self.advance(&mut state, *on, &counting);
            self.decide(&mut state, *on, &counting, true)?;
            moments.push(Moment {
                on: *on,
                newest: self.newest(*on),
                counting,
                withdrawn: withdrawn.clone(),
                standing: state.standing,
            });
        }
        Ok(moments)
    }

    fn state_before(&self, end: NaiveDate, dates: &BTreeSet<NaiveDate>, withdrawals: &Withdrawals) -> State {
        let mut state = State::new();
        for on in dates.range(..end) {
            let counting = self.counting(*on, withdrawals);
            self.advance(&mut state, *on, &counting);
            // Lenient: never an error.
            let _ = self.decide(&mut state, *on, &counting, false);
        }
        state
    }

    fn withdraw(&self, on: NaiveDate, withdrawals: &mut Withdrawals) -> Result<()> {
        for event in self.events.iter().filter(|e| e.on() == on) {
            match event {
                StandingEvent::WeekExcused { week, .. } => {
                    withdrawals.excused.insert(*week);
                }
                StandingEvent::StrikeRevoked { week, .. } => {
                    let known = self.given(on, withdrawals).iter().any(|s| s.week == *week);
                    if !known || !withdrawals.revoked.insert(*week) {
                        return Err(refused(
                            event,
                            "a week whose strike was given by that date and still stands".into(),
                        ));
                    }
                }
                StandingEvent::PlanAccepted { .. } | StandingEvent::Reopened { .. } => {}
            }
        }
        Ok(())
    }
}

fn refused(event: &StandingEvent, accepted: String) -> KlokuurError {
    let given = match event {
        StandingEvent::WeekExcused { week, on } => format!("{week} excused on {on}"),
        StandingEvent::StrikeRevoked { week, on } => format!("strike of {week} revoked on {on}"),
        StandingEvent::PlanAccepted { on } => format!("plan accepted on {on}"),
        StandingEvent::Reopened { on } => format!("reopened on {on}"),
    };
    KlokuurError::InvalidValue { what: "standing event", given, accepted }
}
