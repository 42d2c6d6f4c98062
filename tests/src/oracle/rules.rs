//! The oracle's own words for a schedule.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use klokuur::Zone;

/// One stretch of opening, in minutes from 00:00 of the day it starts on; the end may lie on the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stretch {
    /// The opening, 0 to 1439.
    pub open: u32,
    /// The closing, later than the opening, at most 2880.
    pub close: u32,
}

/// What a boundary in a gap of the clock means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Gaps {
    /// The edge of the gap.
    #[default]
    Edge,
    /// As if the clock had not been put forward yet.
    ShiftForward,
}

/// Which of two equal wall times a boundary means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Folds {
    /// The first pass.
    #[default]
    Earlier,
    /// The second pass.
    Later,
}

/// Where a budget that is used up exactly at a closing ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ends {
    /// At that closing.
    #[default]
    AtClose,
    /// At the next opening.
    AtNextOpen,
}

/// The conventions of DESIGN section 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Habits {
    /// Boundaries in a gap.
    pub gap: Gaps,
    /// Boundaries in a fold.
    pub fold: Folds,
    /// Where a budget ends.
    pub ends: Ends,
    /// A budget of zero goes on to the next open instant.
    pub zero_rolls: bool,
    /// A holiday takes the shifts that start on it, whole, and nothing else.
    pub whole_shifts: bool,
    /// `between` is zero where the second instant is the earlier one.
    pub never_negative: bool,
}

/// Dates on which the shop is closed from 00:00 to 24:00, on the clocks of their own zone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Holidays {
    /// The zone, where it is not the schedule's.
    pub zone: Option<Zone>,
    /// The dates.
    pub dates: BTreeSet<NaiveDate>,
}

/// Days that a rule names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dates {
    /// From the first to the last date.
    Span(NaiveDate, NaiveDate),
    /// From (month, day) to (month, day) of every year.
    EveryYear((u32, u32), (u32, u32)),
    /// From the first month to the last, which may be the lower number.
    Months(u32, u32),
    /// From the first year to the last.
    Years(i32, i32),
}

impl Dates {
    fn has(self, date: NaiveDate) -> bool {
        let day = (date.month(), date.day());
        match self {
            Self::Span(first, last) => first <= date && date <= last,
            Self::EveryYear(first, last) if first <= last => first <= day && day <= last,
            Self::EveryYear(first, last) => first <= day || day <= last,
            Self::Months(first, last) if first <= last => first <= day.0 && day.0 <= last,
            Self::Months(first, last) => first <= day.0 || day.0 <= last,
            Self::Years(first, last) => first <= date.year() && date.year() <= last,
        }
    }

    fn is_one_day(self) -> bool {
        match self {
            Self::Span(first, last) => first == last,
            Self::EveryYear(first, last) => first == last,
            _ => false,
        }
    }

    fn is_days(self) -> bool {
        matches!(self, Self::Span(..) | Self::EveryYear(..))
    }
}

/// Some days and their hours; a later rule comes before an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The dates; all, when empty.
    pub dates: Vec<Dates>,
    /// Which weekdays of these, Monday first.
    pub weekdays: [bool; 7],
    /// Whether it speaks of holidays as well.
    pub holidays: bool,
    /// The stretches that start on such a day.
    pub stretches: Vec<Stretch>,
}

impl Rule {
    fn has_date(&self, date: NaiveDate) -> bool {
        self.dates.is_empty() || self.dates.iter().any(|dates| dates.has(date))
    }

    fn names(&self, date: NaiveDate) -> bool {
        self.has_date(date) && self.weekdays[date.weekday().num_days_from_monday() as usize]
    }

    /// Whether the days were meant one by one, so that the hours also hold on a holiday that no rule speaks of.
    fn is_about_days(&self) -> bool {
        let every_weekday = self.weekdays == [true; 7];
        !self.dates.is_empty()
            && (self.dates.iter().all(|d| d.is_one_day())
                || every_weekday && self.dates.iter().all(|d| d.is_days()))
    }
}

/// When a shop is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// The zone that all times are on the wall of.
    pub zone: Zone,
    /// The hours.
    pub rules: Vec<Rule>,
    /// Closed dates, unless a rule names them.
    pub holidays: Vec<Holidays>,
    /// The rules for the days from a date on, oldest first.
    pub then: Vec<(NaiveDate, Rules)>,
    /// The conventions, those of the first rules for all.
    pub habits: Habits,
}

/// What the rules make of a day.
#[derive(Debug)]
pub struct Day<'a> {
    /// The stretches that start on it, holidays aside.
    pub stretches: &'a [Stretch],
    /// Whether a holiday of the shop's own zone closes it.
    pub cut: bool,
    /// Whether a holiday, if there is one in any zone, closes it.
    pub closes: bool,
    /// The hours of holidays, which no holiday closes.
    pub kept: &'a [Stretch],
}

impl Rules {
    /// Rules without any open time.
    pub fn closed(zone: Zone) -> Self {
        let (rules, holidays, then) = Default::default();
        Self { zone, rules, holidays, then, habits: Habits::default() }
    }

    /// The same stretches, in minutes, on some weekdays (0 is Monday) of every week.
    pub fn weekly(zone: Zone, days: impl IntoIterator<Item = usize>, stretches: &[(u32, u32)]) -> Self {
        let mut weekdays = [false; 7];
        days.into_iter().for_each(|day| weekdays[day] = true);
        let stretches = stretches.iter().map(|&(open, close)| Stretch { open, close }).collect();
        let rule = Rule { dates: Vec::new(), weekdays, holidays: false, stretches };
        Self { rules: vec![rule], ..Self::closed(zone) }
    }

    /// The rules in force on a date.
    pub fn on(&self, date: NaiveDate) -> &Rules {
        self.then.iter().rev().find(|(from, _)| *from <= date).map_or(self, |(_, rules)| rules)
    }

    /// The holidays of other zones.
    pub fn foreign(&self) -> impl Iterator<Item = (Zone, &BTreeSet<NaiveDate>)> {
        self.holidays
            .iter()
            .filter_map(|h| h.zone.map(|zone| (zone, &h.dates)))
            .filter(|(zone, _)| *zone != self.zone)
    }

    /// What these rules make of a date.
    pub fn day(&self, date: NaiveDate) -> Day<'_> {
        let winner = self.rules.iter().rposition(|rule| rule.names(date));
        let holiday_rule = self.rules.iter().rposition(|rule| rule.holidays && rule.has_date(date));
        let closes = match holiday_rule {
            Some(_) => winner < holiday_rule,
            None => !winner.is_some_and(|winner| self.rules[winner].is_about_days()),
        };
        let is_holiday = |own: bool| {
            let of = |holidays: &&Holidays| !own || holidays.zone.is_none_or(|zone| zone == self.zone);
            self.holidays.iter().filter(of).any(|holidays| holidays.dates.contains(&date))
        };
        let hours = |rule: Option<usize>| rule.map_or(&[][..], |rule| &self.rules[rule].stretches);
        Day {
            stretches: hours(winner),
            cut: closes && is_holiday(true),
            closes,
            kept: if closes && is_holiday(false) { hours(holiday_rule) } else { &[] },
        }
    }
}
