//! Random calendars. The lists of RULES H1 are worked out here once more, by another Easter rule than klokuur's.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use klokuur::HolidayCalendar;
use klokuur::Zone;

use super::{hard_zone, hours};
use crate::oracle::Holidays;
use crate::random::Random;

/// Where holidays come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Which dates.
    pub list: List,
    /// The zone that they are bound to.
    pub zone: Option<Zone>,
}

/// Which dates are holidays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum List {
    /// A built-in list. The oracle works out NL and BE for itself and asks klokuur for the dates of the others.
    Country(String),
    /// These dates.
    Dates(BTreeSet<NaiveDate>),
}

/// None, one or several lists.
pub(super) fn random(random: &mut Random) -> Vec<Source> {
    let count = random.pick(&[0, 1, 1, 1, 2, 3]);
    (0..count)
        .map(|_| Source { list: list(random), zone: random.once_in(5).then(|| hard_zone(random)) })
        .collect()
}

fn list(random: &mut Random) -> List {
    match random.range(0, 6) {
        0 | 1 => List::Country("NL".into()),
        2 => List::Country("BE".into()),
        3 => {
            let countries = HolidayCalendar::countries();
            List::Country(countries[random.index(countries.len())].code.clone())
        }
        // A cluster, so that neighbouring dates are common.
        4 => {
            let first = hours::date(random);
            let days = random.range(2, 30);
            List::Dates((0..days).map(|_| first + Days::new(random.any_size(6).unsigned_abs())).collect())
        }
        _ => {
            let days = random.range(1, 400);
            List::Dates((0..days).map(|_| hours::date(random)).collect())
        }
    }
}

impl Source {
    /// The dates, for the oracle.
    pub fn dates(&self) -> Holidays {
        let years = 1899..=2101;
        let dates = match &self.list {
            List::Country(code) if code == "NL" => years.flat_map(netherlands).collect(),
            List::Country(code) if code == "BE" => years.flat_map(belgium).collect(),
            List::Country(_) => {
                let (first, last) = (day(1899, 12, 1), day(2101, 1, 31));
                self.calendar()
                    .holidays_between(first, last)
                    .into_iter()
                    .map(|holiday| holiday.date)
                    .collect()
            }
            List::Dates(dates) => dates.clone(),
        };
        Holidays { zone: self.zone, dates }
    }

    /// The same for klokuur.
    pub fn calendar(&self) -> HolidayCalendar {
        let calendar = match &self.list {
            List::Country(code) => HolidayCalendar::country(code).expect("a built-in country"),
            List::Dates(dates) => {
                HolidayCalendar::from_dates(dates.iter().map(|date| (*date, "Day off"))).expect("dates")
            }
        };
        match self.zone {
            Some(zone) => calendar.in_zone(zone),
            None => calendar,
        }
    }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}

/// Easter by Gauss's rule, with its two exceptions.
fn easter(year: i32) -> NaiveDate {
    let (a, b, c, k) = (year % 19, year % 4, year % 7, year / 100);
    let m = (15 - (13 + 8 * k) / 25 + k - k / 4).rem_euclid(30);
    let d = (19 * a + m) % 30;
    let e = (2 * b + 4 * c + 6 * d + (4 + k - k / 4) % 7) % 7;
    let after = match (d, e) {
        (29, 6) => 28,
        (28, 6) if a > 10 => 27,
        _ => d + e,
    };
    day(year, 3, 22) + Days::new(u64::try_from(after).unwrap())
}

fn christian(year: i32) -> impl Iterator<Item = NaiveDate> {
    [0, 1, 39, 49, 50].into_iter().map(move |days| easter(year) + Days::new(days))
}

fn netherlands(year: i32) -> Vec<NaiveDate> {
    let king = match year {
        // Princess's Day, on other dates, is not in RULES H1.
        ..2014 => (day(year, 4, 30), day(year, 4, 29)),
        _ => (day(year, 4, 27), day(year, 4, 26)),
    };
    let king = if king.0.weekday() == Weekday::Sun { king.1 } else { king.0 };
    let mut dates = vec![day(year, 1, 1), king, day(year, 12, 25), day(year, 12, 26)];
    if year % 5 == 0 {
        dates.push(day(year, 5, 5));
    }
    dates.extend(christian(year));
    dates
}

fn belgium(year: i32) -> Vec<NaiveDate> {
    let fixed = [(1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25)];
    fixed.into_iter().map(|(month, d)| day(year, month, d)).chain(christian(year)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_the_almanac_has_it() {
        for (year, month, date) in [(1954, 4, 18), (1981, 4, 19), (2008, 3, 23), (2026, 4, 5), (2038, 4, 25)]
        {
            assert_eq!(easter(year), day(year, month, date));
        }
    }
}
