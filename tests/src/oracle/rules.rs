//! The oracle's own words for a schedule.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;

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

/// How a local time is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reading {
    /// In a gap.
    pub gap: Gaps,
    /// In a fold.
    pub fold: Folds,
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

/// Dates on which the shop is closed from 00:00 to 24:00, on the clocks of their own zone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Holidays {
    /// The zone, where it is not the schedule's.
    pub zone: Option<Tz>,
    /// The dates.
    pub dates: BTreeSet<NaiveDate>,
}

/// When a shop is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// The zone that all times are on the wall of.
    pub zone: Tz,
    /// The stretches that start on each weekday, Monday first.
    pub weekly: [Vec<Stretch>; 7],
    /// Other hours on (month, day) of every year.
    pub yearly: BTreeMap<(u32, u32), Vec<Stretch>>,
    /// Other hours on one date; before `yearly`.
    pub dates: BTreeMap<NaiveDate, Vec<Stretch>>,
    /// Closed dates, unless `dates` or `yearly` say something about the date.
    pub holidays: Vec<Holidays>,
    /// How local times are read.
    pub reading: Reading,
    /// Where a budget ends.
    pub ends: Ends,
    /// The rules for the days from a date on, oldest first.
    pub then: Vec<(NaiveDate, Rules)>,
}

impl Rules {
    /// Rules without any open time.
    pub fn closed(zone: Tz) -> Self {
        Self {
            zone,
            weekly: Default::default(),
            yearly: BTreeMap::new(),
            dates: BTreeMap::new(),
            holidays: Vec::new(),
            reading: Reading::default(),
            ends: Ends::default(),
            then: Vec::new(),
        }
    }

    /// The same stretches, in minutes, on every weekday given (0 is Monday).
    pub fn weekly(zone: Tz, days: impl IntoIterator<Item = usize>, stretches: &[(u32, u32)]) -> Self {
        let mut rules = Self::closed(zone);
        for day in days {
            rules.weekly[day] = stretches.iter().map(|&(open, close)| Stretch { open, close }).collect();
        }
        rules
    }

    /// The rules in force on a date.
    pub fn on(&self, date: NaiveDate) -> &Rules {
        self.then.iter().rev().find(|(from, _)| *from <= date).map_or(self, |(_, rules)| rules)
    }

    /// What is said about this very date, before weekly hours and holidays.
    pub fn exception(&self, date: NaiveDate) -> Option<&Vec<Stretch>> {
        self.dates.get(&date).or_else(|| self.yearly.get(&(date.month(), date.day())))
    }

    /// The stretches that start on a date, holidays aside.
    pub fn stretches(&self, date: NaiveDate) -> &[Stretch] {
        self.exception(date).unwrap_or(&self.weekly[date.weekday().num_days_from_monday() as usize])
    }
}
