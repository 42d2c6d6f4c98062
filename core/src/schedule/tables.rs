//! Rules prepared for quick answers: which rule wins a date, and what holidays leave of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::time::Zone;
use chrono::{Datelike, NaiveDate};

use super::day::{DayReason, LocalDay};
use super::holidays::{DatedHolidays, ZoneHolidays};
use super::hours::{DAY, Hours, Stretch};
use super::rule::{Dates, Rule};

/// The rules and holidays of one segment of a schedule's history, indexed by date.
#[derive(Debug)]
pub(super) struct Tables {
    rules: Vec<Prepared>,
    /// The winner among the rules that recur each year, by day of the year (31 to a month) and weekday.
    recurring: Vec<Winner>,
    /// The winner among the rules without dates, by weekday.
    weekly: [Winner; 7],
    /// Rules with years that are more than one full date, the last first.
    dated: Vec<usize>,
    /// Rules of one full date: the day and the last rule that names it, in order.
    singles: Vec<(i32, usize)>,
    /// Rules that name holidays, the last first.
    holiday_rules: Vec<usize>,
    holidays: Arc<ZoneHolidays>,
    /// What a night shift of the one rule leaves after a holiday, joined with the holiday hours of the other.
    after_holiday: BTreeMap<(usize, usize), Hours>,
}

/// The index of a rule, if any names the day.
type Winner = Option<u32>;

#[derive(Debug)]
struct Prepared {
    rule: Rule,
    explicit: bool,
    overnight: bool,
    /// The part before 24:00.
    evening: Hours,
    /// The part after 24:00.
    night: Hours,
}

/// A holiday closes a date, and leaves it the hours of a rule that names holidays.
#[derive(Clone, Copy)]
struct Cut {
    rule: Option<usize>,
}

const MONTH_SLOTS: usize = 31;

impl Tables {
    pub(super) fn new(rules: &[Rule], holidays: Arc<ZoneHolidays>) -> Self {
        let indexed = || rules.iter().enumerate();
        let is_single = |rule: &Rule| rule.days.single_date().is_some();
        let recurs =
            |rule: &Rule| rule.days.dates.iter().all(|d| matches!(d, Dates::Season { years: None, .. }));
        let singles: BTreeMap<i32, usize> = indexed()
            .filter_map(|(i, rule)| rule.days.single_date().map(|date| (date.to_epoch_days(), i)))
            .collect();
        let mut tables = Self {
            rules: rules.iter().cloned().map(Prepared::from).collect(),
            recurring: vec![None; 12 * MONTH_SLOTS * 7],
            weekly: [None; 7],
            dated: indexed().rev().filter(|(_, r)| !recurs(r) && !is_single(r)).map(|(i, _)| i).collect(),
            singles: singles.into_iter().collect(),
            holiday_rules: indexed().rev().filter(|(_, r)| r.days.holidays).map(|(i, _)| i).collect(),
            holidays,
            after_holiday: BTreeMap::new(),
        };
        for (index, rule) in indexed().filter(|(_, rule)| recurs(rule)) {
            tables.enter(index as u32, rule);
        }
        tables.after_holiday = tables.nights_after_holidays();
        tables
    }

    /// For each holiday on which a night shift starts. The pairs of rules that never meet would be too many.
    fn nights_after_holidays(&self) -> BTreeMap<(usize, usize), Hours> {
        let mut found = BTreeMap::new();
        if self.holiday_rules.is_empty() || !self.rules.iter().any(|rule| rule.overnight) {
            return found;
        }
        for holiday in self.holidays.own.all() {
            let winner = self.winner(holiday.date);
            let cut = self.cut_on(holiday.date, winner).and_then(|cut| cut.rule);
            let (Some(night), Some(by)) = (winner, cut) else { continue };
            if let (Some(shift), Some(hours)) = (self.rules.get(night), self.rules.get(by))
                && shift.overnight
            {
                found.entry((night, by)).or_insert_with(|| shift.night.joined(&hours.rule.hours));
            }
        }
        found
    }

    fn enter(&mut self, index: u32, rule: &Rule) {
        if rule.days.dates.is_empty() {
            for (day, winner) in (0..).zip(self.weekly.iter_mut()) {
                if rule.days.weekdays.has(day) {
                    *winner = Some(index);
                }
            }
        }
        // C5: filled in the order of the text, so that a later rule overwrites an earlier one.
        for (slot, week) in self.recurring.chunks_exact_mut(7).enumerate() {
            let (month, day) = (slot / MONTH_SLOTS + 1, slot % MONTH_SLOTS + 1);
            // Any leap year serves: the rule recurs.
            let Some(date) = NaiveDate::from_ymd_opt(2000, month as u32, day as u32) else { continue };
            if !rule.days.has_date(date) {
                continue;
            }
            for (day, winner) in (0..).zip(week) {
                if rule.days.weekdays.has(day) {
                    *winner = Some(index);
                }
            }
        }
    }

    /// The last rule that names the date, holiday or not.
    fn winner(&self, date: NaiveDate) -> Option<usize> {
        let slot = date.month0() as usize * MONTH_SLOTS + date.day0() as usize;
        let weekday = date.weekday().num_days_from_monday() as usize;
        let recurring = self.recurring.get(slot * 7 + weekday).copied().flatten().map(|i| i as usize);
        let day = date.to_epoch_days();
        let single = match self.singles.is_empty() {
            true => None,
            false => {
                self.singles.binary_search_by_key(&day, |s| s.0).ok().and_then(|at| self.singles.get(at))
            }
        };
        // C5: the later rule of the text wins, and the index of a rule is its place in it.
        let best = recurring.max(single.map(|s| s.1));
        // Dated rules lie newest first: those behind the best so far cannot win any more.
        let mut later = self.dated.iter().take_while(|index| Some(**index) > best);
        later.find(|index| self.rules.get(**index).is_some_and(|r| r.rule.days.names(date))).copied().or(best)
    }

    /// Whether the holiday of a date closes it, which `winner` wins otherwise, and with which rule for its hours.
    fn cut_on(&self, date: NaiveDate, winner: Option<usize>) -> Option<Cut> {
        let has_date = |index: &usize| self.rules.get(*index).is_some_and(|r| r.rule.days.has_date(date));
        match self.holiday_rules.iter().copied().find(has_date) {
            // By the order of the text.
            Some(rule) => (winner < Some(rule)).then_some(Cut { rule: Some(rule) }),
            // Nobody mentions this holiday: it closes what nobody named either.
            None => {
                let named = winner.and_then(|w| self.rules.get(w)).is_some_and(|r| r.explicit);
                (!named).then_some(Cut { rule: None })
            }
        }
    }

    /// Whether a holiday of the schedule's own zone closes the date.
    pub(super) fn is_cut(&self, date: NaiveDate) -> bool {
        self.holidays.own.has(date) && self.cut_on(date, self.winner(date)).is_some()
    }

    /// The holidays of this date that are bound to other zones and that no rule overrides.
    pub(super) fn foreign_cuts(&self, date: NaiveDate) -> impl Iterator<Item = (Zone, &DatedHolidays)> {
        let winner = if self.holidays.foreign.is_empty() { None } else { self.winner(date) };
        let cuts = move |holidays: &DatedHolidays| holidays.has(date) && self.cut_on(date, winner).is_some();
        let each = self.holidays.foreign.iter().map(|(zone, holidays)| (*zone, holidays));
        each.filter(move |(_, holidays)| cuts(holidays))
    }

    pub(super) fn has_foreign(&self) -> bool {
        !self.holidays.foreign.is_empty()
    }

    /// The date's stretches and the reason. `next_is_cut` is asked only for night shifts.
    pub(super) fn local_day(
        &self,
        date: NaiveDate,
        whole_shift: bool,
        next_is_cut: impl Fn() -> bool,
    ) -> LocalDay<'_> {
        const NONE: &[Stretch] = &[];
        let index = self.winner(date);
        let winner = index.and_then(|i| self.rules.get(i));
        let stretches = |index: Option<usize>| match index.and_then(|i| self.rules.get(i)) {
            Some(rule) => rule.rule.hours.stretches(),
            None => NONE,
        };
        let own = Some(&self.holidays.own).filter(|own| own.has(date));
        let cut = own.and_then(|_| self.cut_on(date, index));
        let night = winner.filter(|w| w.overnight && !whole_shift);
        let (open, mut kept) = match (cut, night) {
            // C5: the next date is a holiday, which takes its 00:00-24:00 out of the night that reaches into it.
            (None, Some(night)) if next_is_cut() => (night.evening.stretches(), NONE),
            (None, _) => (stretches(index), NONE),
            // C5: a holiday cuts its own date out, and what the shift has after midnight is of the next date: it
            // stays.
            (Some(cut), Some(night)) if !next_is_cut() => match (cut.rule, index) {
                (Some(rule), Some(index)) if self.holidays.foreign.is_empty() => {
                    (self.after_holiday.get(&(index, rule)).map_or(NONE, |h| h.stretches()), NONE)
                }
                (rule, _) => (night.night.stretches(), stretches(rule)),
            },
            (Some(cut), _) if self.holidays.foreign.is_empty() => (stretches(cut.rule), NONE),
            (Some(cut), _) => (NONE, stretches(cut.rule)),
        };
        let mut holiday = own;
        // C5: a holiday of another zone begins and ends by that zone's clock, so it cannot be cut from whole local
        // days here.
        if !self.holidays.foreign.is_empty() {
            let here = self.holidays.foreign.iter().map(|(_, holidays)| holidays).find(|h| h.has(date));
            holiday = holiday.or(here);
            if let (None, Some(cut)) = (cut, here.and_then(|_| self.cut_on(date, index))) {
                kept = stretches(cut.rule);
            }
        }
        let reason = match cut {
            Some(cut) if stretches(cut.rule).is_empty() => DayReason::Holiday,
            Some(_) => DayReason::HolidayHours,
            None => self.reason(date, winner, own.is_some()),
        };
        LocalDay { open, kept, reason, holiday }
    }

    fn reason(&self, date: NaiveDate, winner: Option<&Prepared>, is_holiday: bool) -> DayReason {
        let weekday = date.weekday().num_days_from_monday();
        let weekly = self.weekly.get(weekday as usize).copied().flatten();
        let has_weekly =
            weekly.and_then(|w| self.rules.get(w as usize)).is_some_and(|r| !r.rule.hours.is_closed());
        match winner {
            Some(rule) if !rule.rule.hours.is_closed() => match (rule.explicit, has_weekly && !is_holiday) {
                (false, _) => DayReason::WeeklyHours,
                (true, true) => DayReason::NamedDate,
                (true, false) => DayReason::ExtraDay,
            },
            Some(rule) if rule.explicit && has_weekly => DayReason::ClosedDate,
            // C8: a reason is for people: a Saturday without hours is the weekend, whatever rule says so.
            _ if weekday >= 5 => DayReason::Weekend,
            Some(rule) if !rule.rule.days.dates.is_empty() => DayReason::ClosedDate,
            _ => DayReason::NoHours,
        }
    }
}

impl From<Rule> for Prepared {
    fn from(rule: Rule) -> Self {
        Self {
            explicit: rule.days.is_explicit(),
            overnight: rule.hours.is_overnight(),
            evening: rule.hours.clipped(0, DAY),
            night: rule.hours.clipped(DAY, 2 * DAY),
            rule,
        }
    }
}
