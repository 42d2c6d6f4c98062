//! Which final weeks give a strike (RULES S1), and how long it counts (RULES S2).

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chrono::NaiveDate;

use super::week::{JudgedWeek, StrikeCause};
use crate::rulebook::{StrikeRules, StrikeTrigger, StrikeWindow};
use crate::week::IsoWeek;

/// A strike from the day it was given on.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub(super) week: IsoWeek,
    pub(super) given_on: NaiveDate,
    /// The misses behind it, oldest first, each with the date on which it was excused.
    pub(super) causes: Vec<(StrikeCause, Option<NaiveDate>)>,
    /// How many different norms it takes.
    needed: usize,
    /// The week that ends it when it is final; a change of the ladder adds a line from its date on.
    expiry: Vec<(NaiveDate, IsoWeek)>,
    /// The date from which on it counts no more.
    pub(super) gone: Option<NaiveDate>,
    /// Whether it was withdrawn: a strike that has expired can be, too.
    pub(super) withdrawn: bool,
}

impl Given {
    pub(super) fn counts(&self, on: NaiveDate) -> bool {
        self.given_on <= on && self.gone.is_none_or(|gone| gone > on)
    }

    /// The week that ends it, as known on a date.
    pub(super) fn expiry_week(&self, on: NaiveDate) -> IsoWeek {
        let known = self.expiry.iter().rev().find(|(from, _)| *from <= on).or(self.expiry.first());
        known.map_or(self.week, |(_, week)| *week)
    }

    /// A new ladder counts it by its own window; a monitoring period that opens later leaves it as it is.
    pub(super) fn climb(&mut self, rules: &StrikeRules, on: NaiveDate) {
        if let StrikeWindow::Rolling { .. } = rules.window {
            self.expiry.push((on, self.week.plus(weeks(rules))));
        }
    }

    /// The misses behind it that were not excused by a date.
    pub(super) fn causes_on(&self, on: NaiveDate) -> Vec<StrikeCause> {
        let stand = self.causes.iter().filter(|(_, excused)| excused.is_none_or(|excused| excused > on));
        stand.map(|(cause, _)| cause.clone()).collect()
    }

    /// Whether the misses that are left still give a strike.
    fn stands(&self) -> bool {
        let left = self.causes.iter().filter(|(_, excused)| excused.is_none());
        left.map(|(cause, _)| cause.norm.as_str()).collect::<BTreeSet<_>>().len() >= self.needed
    }
}

/// The strikes as they are given, one final week after another.
#[derive(Debug, Default)]
pub(super) struct Strikes {
    /// In the order in which they were given.
    pub(super) given: Vec<Given>,
    /// Misses that no strike has used yet (several norms).
    open: VecDeque<StrikeCause>,
    /// The strike that has used a week's misses.
    used_by: BTreeMap<IsoWeek, usize>,
    /// The end of the monitoring period that a bad week has opened: the first week after it.
    period: Option<IsoWeek>,
    starter: Starter,
}

/// A new seller, whose first orders bear no strikes (RULES S4).
#[derive(Debug, Default)]
struct Starter {
    /// How many orders bear none in the end, once that was extended.
    orders: Option<u64>,
    /// Whether a week of these orders missed a norm.
    has_missed: bool,
}

impl Starter {
    /// Whether a week with so many orders up to its end bears no strike.
    fn starts(&mut self, rules: &StrikeRules, orders: u64, has_missed: bool) -> bool {
        let mut limit = self.orders.unwrap_or(u64::from(rules.starter_orders));
        if orders > limit && self.has_missed && self.orders.is_none() {
            // S4: missed when it was looked at, further orders bear none, once.
            limit = limit.saturating_add(u64::from(rules.starter_again));
            self.orders = Some(limit);
        }
        let starts = orders <= limit;
        self.has_missed |= starts && has_missed;
        starts
    }
}

/// What a week has given.
pub(super) struct New {
    /// Its strike; none where all that it missed was excused before.
    pub(super) index: Option<usize>,
    /// Whether it has opened a new monitoring period, so that the strikes of the old one count no more.
    pub(super) ends_the_older: bool,
}

impl Strikes {
    /// The strike of a week that has become final, if it gives one; `misses` are those that count.
    pub(super) fn of_week(
        &mut self,
        rules: &StrikeRules,
        judged: &JudgedWeek,
        misses: Vec<StrikeCause>,
        given_on: NaiveDate,
        newest: IsoWeek,
        counting: usize,
    ) -> Option<New> {
        // S4: looked at also for a week without a miss, because it counts towards the first orders.
        let starts = judged
            .orders_to_date
            .is_some_and(|orders| self.starter.starts(rules, orders, !misses.is_empty()));
        if starts {
            return None;
        }
        if misses.is_empty() {
            // S4: an excuse of the days before a week is final leaves its monitoring period as one of the days after.
            let opens = !judged.missed.is_empty() && rules.trigger == StrikeTrigger::AnyNorm;
            let ends_the_older = opens && self.expiry(rules, judged.week, newest, counting).1;
            return ends_the_older.then_some(New { index: None, ends_the_older });
        }
        let (causes, needed) = match rules.trigger {
            // S1: one strike for a week, however many norms it misses.
            StrikeTrigger::AnyNorm => (misses, 1),
            StrikeTrigger::SeveralNorms { norms } => {
                let needed = usize::try_from(norms).unwrap_or(usize::MAX);
                self.open.extend(misses);
                self.open.retain(|miss| in_window(rules, miss.week, newest));
                let different: BTreeSet<&str> = self.open.iter().map(|miss| miss.norm.as_str()).collect();
                // S1, literal B: different norms within the window, each miss used once.
                if different.len() < needed {
                    return None;
                }
                let mut causes: Vec<StrikeCause> = self.open.drain(..).collect();
                causes.sort_by_key(|miss| miss.week);
                (causes, needed)
            }
        };
        let (expiry_week, ends_the_older) = self.expiry(rules, judged.week, newest, counting);
        if expiry_week <= newest {
            // Final so late that it has expired already.
            return None;
        }
        let index = self.given.len();
        self.used_by.extend(causes.iter().map(|miss| (miss.week, index)));
        self.given.push(Given {
            week: judged.week,
            given_on,
            causes: causes.into_iter().map(|miss| (miss, None)).collect(),
            needed,
            expiry: vec![(given_on, expiry_week)],
            gone: None,
            withdrawn: false,
        });
        Some(New { index: Some(index), ends_the_older })
    }

    /// The week that ends a new strike when it is final, and whether it opens a new monitoring period (RULES S2).
    fn expiry(
        &mut self,
        rules: &StrikeRules,
        week: IsoWeek,
        newest: IsoWeek,
        counting: usize,
    ) -> (IsoWeek, bool) {
        // S2: bol's strike of week w ends when week w + 22 is final; weeks are counted across a year of 53.
        let end = week.plus(weeks(rules));
        let StrikeWindow::FromFirstBadWeek { ends_at, .. } = rules.window else {
            self.period = None;
            return (end, false);
        };
        let is_over = |period: &IsoWeek| {
            *period <= newest || usize::try_from(ends_at).is_ok_and(|ends_at| counting >= ends_at)
        };
        match self.period {
            Some(running) if !is_over(&running) => (running, false),
            earlier => {
                self.period = Some(end);
                (end, earlier.is_some())
            }
        }
    }

    /// Takes a week's misses back (of one norm, or all); the strike that they leave too weak, if there is one.
    ///
    /// What else that strike has used stays used: winning an appeal makes nothing later.
    pub(super) fn excuse(&mut self, week: IsoWeek, norm: Option<&str>, on: NaiveDate) -> Option<usize> {
        let hit = |cause: &StrikeCause| cause.week == week && norm.is_none_or(|norm| norm == cause.norm);
        self.open.retain(|miss| !hit(miss));
        let index = *self.used_by.get(&week)?;
        let strike = self.given.get_mut(index)?;
        for (_, excused) in
            strike.causes.iter_mut().filter(|(cause, excused)| excused.is_none() && hit(cause))
        {
            *excused = Some(on);
        }
        (!strike.withdrawn && !strike.stands()).then_some(index)
    }
}

fn weeks(rules: &StrikeRules) -> i32 {
    i32::try_from(rules.window.weeks()).unwrap_or(i32::MAX)
}

/// Whether a week lies in the window that ends with `newest` (RULES S2).
fn in_window(rules: &StrikeRules, week: IsoWeek, newest: IsoWeek) -> bool {
    newest < week.plus(weeks(rules))
}
