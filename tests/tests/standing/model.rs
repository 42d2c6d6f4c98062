//! A second model of the ledger (RULES S1–S5): it lives through every day, and looks at all it knows on each of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, Months, NaiveDate};
use klokuur::IsoWeek;
use klokuur::standing::{JudgedWeek, Ledger, Standing, StandingEvent};
use klokuur_tests::model::Causes;

/// How long a strike counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Window {
    /// So many weeks that end with the newest final one.
    Rolling(u64),
    /// So many weeks from the first bad one on, or until so many strikes.
    Period(u64, usize),
}

/// The numbers of RULES S1 to S4 that hold in a week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ladder {
    pub(super) window: Window,
    /// How many different norms give a strike.
    pub(super) norms: usize,
    pub(super) offline: usize,
    pub(super) closed: usize,
    /// Up to how many orders a new seller gets no strikes, and how many more once it missed among them.
    pub(super) starters: u64,
    pub(super) starters_again: u64,
}

pub(super) const TODAY: Ladder = Ladder {
    window: Window::Rolling(22),
    norms: 1,
    offline: 5,
    closed: 7,
    starters: 100,
    starters_again: 100,
};
/// bol until about 2021 (RULES G4).
pub(super) const OLDEST: Ladder = Ladder { window: Window::Period(24, 6), closed: 6, ..TODAY };
pub(super) const SEVERAL: Ladder = Ladder { norms: 2, ..TODAY };

/// What the model says of a day.
#[derive(Debug, PartialEq)]
pub(super) struct Day {
    pub(super) strikes: BTreeSet<IsoWeek>,
    pub(super) word: &'static str,
    pub(super) since: Option<NaiveDate>,
    pub(super) may_apply: Option<NaiveDate>,
}

#[derive(Debug)]
struct Penalty {
    week: IsoWeek,
    given: NaiveDate,
    misses: Vec<(IsoWeek, String)>,
    needed: usize,
    /// The Monday of the week that ends it.
    until: NaiveDate,
    expired: Option<NaiveDate>,
    taken_back: Option<NaiveDate>,
}

impl Penalty {
    /// Whether it counts on a day, by what is known of appeals on another.
    fn counts(&self, day: NaiveDate, known: NaiveDate) -> bool {
        self.given <= day
            && self.expired.is_none_or(|on| on > day)
            && self.taken_back.is_none_or(|on| on > known)
    }
}

#[derive(Debug, Clone)]
struct Account {
    word: &'static str,
    since: Option<NaiveDate>,
    may_apply: Option<NaiveDate>,
    /// Strikes given up to this day are dealt with.
    settled: Option<NaiveDate>,
}

impl Account {
    fn live(&mut self, ladder: Ladder, day: NaiveDate, counting: &[&Penalty]) {
        let count = counting.len();
        let dealt_with = counting.iter().all(|penalty| self.settled.is_some_and(|on| penalty.given <= on));
        let (word, since) = match self.word {
            "closed" => return,
            "offline" if count < ladder.closed => return,
            "offline" => ("closed", Some(day)),
            _ if count < ladder.offline => ("active", None),
            _ if dealt_with => ("plan", self.settled),
            _ if count < ladder.closed => ("offline", Some(day)),
            _ => ("closed", Some(day)),
        };
        (self.word, self.since) = (word, since);
        self.may_apply =
            since.filter(|_| word == "closed").and_then(|on| on.checked_add_months(Months::new(12)));
    }

    fn settle(&mut self, ladder: Ladder, day: NaiveDate, counting: &[&Penalty]) {
        *self = Self { word: "active", since: None, may_apply: None, settled: Some(day) };
        self.live(ladder, day, counting);
    }
}

pub(super) struct Model<'a> {
    pub(super) weeks: &'a [JudgedWeek],
    pub(super) events: &'a [StandingEvent],
    /// The ladder of a week.
    pub(super) ladder: &'a dyn Fn(IsoWeek) -> Ladder,
}

impl Model<'_> {
    fn first_day(&self, until: NaiveDate) -> NaiveDate {
        let finals = self.weeks.iter().filter_map(|week| week.final_on);
        finals.chain(self.events.iter().map(StandingEvent::on)).min().map_or(until, |day| day.min(until))
    }

    fn days(&self, until: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        self.first_day(until).iter_days().take_while(move |day| *day <= until)
    }

    fn newest(&self, day: NaiveDate) -> Option<IsoWeek> {
        let known = self.weeks.iter().filter(|week| week.final_on.is_some_and(|on| on <= day));
        known.map(|week| week.week).max()
    }

    /// The ladder that is climbed on a day: that of the newest final week.
    fn climbed(&self, day: NaiveDate) -> Ladder {
        (self.ladder)(self.newest(day).unwrap_or_else(|| IsoWeek::of(day)))
    }

    fn excused(&self, week: IsoWeek, norm: &str, before: NaiveDate) -> bool {
        self.events.iter().any(|event| match event {
            StandingEvent::WeekExcused { week: one, norm: only, on } => {
                *one == week && *on < before && only.as_ref().is_none_or(|only| only == norm)
            }
            _ => false,
        })
    }

    /// Whether a week of so many orders bears no strike yet, by the weeks that were looked at before it.
    fn starts(ladder: Ladder, before: &[(u64, bool)], orders: u64) -> bool {
        let (mut last, mut missed, mut again) = (ladder.starters, false, ladder.starters_again);
        for (orders, has_missed) in before.iter().copied().chain([(orders, false)]) {
            // Looked at once the last of them is passed: after a miss among them so many again, and no more.
            if missed && orders > last {
                (last, again) = (last + again, 0);
            }
            missed |= has_missed && orders <= last;
        }
        orders <= last
    }

    /// All strikes ever given up to a day.
    fn penalties(&self, until: NaiveDate) -> Vec<Penalty> {
        let mut all: Vec<Penalty> = Vec::new();
        let mut pool: Vec<(IsoWeek, String)> = Vec::new();
        let mut looked_at: Vec<(u64, bool)> = Vec::new();
        let (mut climbed, mut period): (Option<Ladder>, Option<NaiveDate>) = (None, None);
        for day in self.days(until) {
            let mut today: Vec<_> = self.weeks.iter().filter(|week| week.final_on == Some(day)).collect();
            today.sort_by_key(|week| week.week.monday());
            for judged in today {
                let before =
                    self.newest(day - Days::new(1)).map_or(judged.week, |newest| newest.max(judged.week));
                let ladder = (self.ladder)(before);
                let weeks = match ladder.window {
                    Window::Rolling(weeks) | Window::Period(weeks, _) => weeks,
                };
                if let (Window::Rolling(_), Some(old)) = (ladder.window, climbed)
                    && old.window != ladder.window
                {
                    let open = all.iter_mut().filter(|one| one.expired.is_none() && one.taken_back.is_none());
                    open.for_each(|one| one.until = one.week.monday() + Days::new(7 * weeks));
                }
                climbed = Some(ladder);
                let over =
                    all.iter_mut().filter(|one| one.until <= before.monday() && one.taken_back.is_none());
                over.for_each(|one| one.expired = one.expired.or(Some(day)));
                let misses = judged.missed.iter().filter(|miss| !self.excused(judged.week, &miss.norm, day));
                let misses: Vec<_> = misses.map(|miss| (judged.week, miss.norm.clone())).collect();
                let starts =
                    judged.orders_to_date.is_some_and(|orders| Self::starts(ladder, &looked_at, orders));
                looked_at.extend(judged.orders_to_date.map(|orders| (orders, !misses.is_empty())));
                if misses.is_empty() || starts {
                    continue;
                }
                let end = |week: IsoWeek| week.monday() + Days::new(7 * weeks);
                if ladder.norms == 1 {
                    pool.clear();
                }
                pool.extend(misses);
                if ladder.norms > 1 {
                    pool.retain(|(week, _)| end(*week) > before.monday());
                }
                let names: BTreeSet<_> = pool.iter().map(|(_, norm)| norm.clone()).collect();
                if names.len() < ladder.norms {
                    continue;
                }
                let misses = std::mem::take(&mut pool);
                let mut until = end(judged.week);
                match ladder.window {
                    Window::Rolling(_) => period = None,
                    Window::Period(_, most) => {
                        let counting =
                            || all.iter().filter(|p| p.expired.is_none() && p.taken_back.is_none());
                        match period {
                            Some(last) if last > before.monday() && counting().count() < most => until = last,
                            running => {
                                let open =
                                    all.iter_mut().filter(|p| running.is_some() && p.taken_back.is_none());
                                open.for_each(|one| one.expired = one.expired.or(Some(day)));
                                period = Some(until);
                            }
                        }
                    }
                }
                if until <= before.monday() {
                    continue;
                }
                all.push(Penalty {
                    week: judged.week,
                    given: day,
                    misses,
                    needed: ladder.norms,
                    until,
                    expired: None,
                    taken_back: None,
                });
            }
            for event in self.events.iter().filter(|event| event.on() == day) {
                match event {
                    StandingEvent::WeekExcused { week, norm, .. } => {
                        let hit = |(one, name): &(IsoWeek, String)| {
                            one == week && norm.as_ref().is_none_or(|norm| norm == name)
                        };
                        pool.retain(|miss| !hit(miss));
                        for penalty in &mut all {
                            let some = penalty.misses.iter().any(hit);
                            penalty.misses.retain(|miss| !hit(miss));
                            let left: BTreeSet<_> = penalty.misses.iter().map(|(_, norm)| norm).collect();
                            if some && left.len() < penalty.needed {
                                penalty.taken_back = penalty.taken_back.or(Some(day));
                            }
                        }
                    }
                    StandingEvent::StrikeRevoked { week, .. } => {
                        all.iter_mut()
                            .filter(|penalty| penalty.week == *week)
                            .for_each(|penalty| penalty.taken_back = penalty.taken_back.or(Some(day)));
                    }
                    _ => {}
                }
            }
        }
        all
    }

    /// The strikes that count on a day, each with the norms that gave it.
    pub(super) fn causes(&self, on: NaiveDate) -> Causes {
        let counting = self.penalties(on).into_iter().filter(|penalty| penalty.counts(on, on));
        let norms = |penalty: Penalty| penalty.misses.into_iter().map(|(_, norm)| norm).collect();
        counting.map(|penalty| (penalty.week, norms(penalty))).collect()
    }

    pub(super) fn on(&self, until: NaiveDate) -> Day {
        let penalties = self.penalties(until);
        let counting = |day: NaiveDate, known: NaiveDate| -> Vec<&Penalty> {
            penalties.iter().filter(|penalty| penalty.counts(day, known)).collect()
        };
        let new = Account { word: "active", since: None, may_apply: None, settled: None };
        let mut account = new.clone();
        let mut back_online: BTreeSet<NaiveDate> = BTreeSet::new();
        // How each day ended, by what is known of appeals.
        let mut lived: BTreeMap<NaiveDate, Account> = BTreeMap::new();
        for day in self.days(until) {
            let ladder = self.climbed(day);
            account.live(ladder, day, &counting(day, day - Days::new(1)));
            let taken_back = penalties.iter().filter(|penalty| penalty.taken_back == Some(day));
            if let Some(first) = taken_back.map(|penalty| penalty.given).min() {
                // As if the strikes had never been; but what was decided was decided, and what they did not touch
                // stands.
                let mut without =
                    lived.range(..first).next_back().map_or(new.clone(), |(_, account)| account.clone());
                for past in self.days(day).skip_while(|past| *past < first) {
                    let (ladder, now) = (self.climbed(past), counting(past, day));
                    without.live(ladder, past, &now);
                    if back_online.contains(&past) {
                        without.settle(ladder, past, &now);
                    }
                    lived.insert(past, without.clone());
                }
                if without.word == account.word {
                    (without.since, without.may_apply) = (account.since, account.may_apply);
                }
                account = without;
            }
            for event in self.events.iter().filter(|event| event.on() == day) {
                let over = match event {
                    StandingEvent::PlanAccepted { .. } => account.word == "offline",
                    StandingEvent::Reopened { .. } => account.may_apply.is_some_and(|from| day >= from),
                    _ => false,
                };
                if over {
                    account.settle(ladder, day, &counting(day, day));
                    back_online.insert(day);
                }
            }
            lived.insert(day, account.clone());
        }
        let strikes = counting(until, until).into_iter().map(|penalty| penalty.week).collect();
        Day { strikes, word: account.word, since: account.since, may_apply: account.may_apply }
    }
}

/// The same of the ledger.
pub(super) fn seen(ledger: &Ledger, on: NaiveDate) -> Day {
    let report = ledger.standing(on);
    let (word, since, may_apply) = match report.standing {
        Standing::Active => ("active", None, None),
        Standing::OnlineWithPlan { since } => ("plan", Some(since), None),
        Standing::Offline { since } => ("offline", Some(since), None),
        Standing::Closed { since, may_apply_from } => ("closed", Some(since), Some(may_apply_from)),
    };
    Day { strikes: report.strikes.iter().map(|s| s.week).collect(), word, since, may_apply }
}
