//! Rules against a slow reading of them: half hours of six weeks, one by one.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};
use chrono_tz::Europe;
use klokuur::schedule::{Conventions, HolidayShift};
use klokuur::{HolidayCalendar, Schedule};
use proptest::prelude::*;

/// A rule in plain lists.
#[derive(Debug, Clone)]
struct PlainRule {
    text: String,
    /// Every date from 2020 to 2035 that the date part names; `None` without a date part.
    dates: Option<BTreeSet<NaiveDate>>,
    /// Whether a holiday that nobody mentions leaves it alone.
    explicit: bool,
    weekdays: [bool; 7],
    holidays: bool,
    /// Half hours from the date's 00:00.
    hours: Vec<(usize, usize)>,
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn span(first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    first.iter_days().take_while(move |d| *d <= last)
}

/// A date part: its text, its dates, whether it has days of the month, whether only single days.
type DatePart = (&'static str, BTreeSet<NaiveDate>, bool, bool);

fn date_parts() -> Vec<DatePart> {
    let years = 2020..=2035;
    let each = |make: &dyn Fn(i32) -> Vec<NaiveDate>| years.clone().flat_map(make).collect::<BTreeSet<_>>();
    let whole = |from: i32, to: i32| span(day(from, 1, 1), day(to, 12, 31)).collect::<BTreeSet<_>>();
    vec![
        ("Dec", each(&|y| span(day(y, 12, 1), day(y, 12, 31)).collect()), false, false),
        ("Nov-Jan", each(&|y| span(day(y, 11, 1), day(y + 1, 1, 31)).collect()), false, false),
        ("2026", whole(2026, 2026), false, false),
        ("2027-2028", whole(2027, 2028), false, false),
        ("2026 Dec", span(day(2026, 12, 1), day(2026, 12, 31)).collect(), false, false),
        ("Dec 24", each(&|y| vec![day(y, 12, 24)]), true, true),
        ("Dec 24,26,Jan 01", each(&|y| vec![day(y, 12, 24), day(y, 12, 26), day(y, 1, 1)]), true, true),
        ("Dec 24-26", each(&|y| span(day(y, 12, 24), day(y, 12, 26)).collect()), true, false),
        ("Dec 24-Jan 02", each(&|y| span(day(y, 12, 24), day(y + 1, 1, 2)).collect()), true, false),
        (
            "2026-2027 Dec 28-Jan 03",
            (2026..=2027).flat_map(|y| span(day(y, 12, 28), day(y + 1, 1, 3))).collect(),
            true,
            false,
        ),
        ("2025-2026 Dec 25", [day(2025, 12, 25), day(2026, 12, 25)].into(), true, true),
        ("2026 Dec 25", [day(2026, 12, 25)].into(), true, true),
        ("2026 Dec 26,2027 Jan 04", [day(2026, 12, 26), day(2027, 1, 4)].into(), true, true),
        ("2026 Dec 20-2027 Jan 05", span(day(2026, 12, 20), day(2027, 1, 5)).collect(), true, false),
        ("2026 Dec 29-Jan 02", span(day(2026, 12, 29), day(2027, 1, 2)).collect(), true, false),
    ]
}

const NAMES: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

fn hours() -> impl Strategy<Value = Vec<(usize, usize)>> {
    let stretch = (0usize..48, 1usize..48).prop_map(|(from, length)| (from, (from + length).min(96)));
    prop_oneof![1 => Just(Vec::new()), 5 => prop::collection::vec(stretch, 1..4), 1 => Just(vec![(44, 60)])]
}

fn time(half_hours: usize) -> String {
    format!("{:02}:{:02}", half_hours / 2, half_hours % 2 * 30)
}

prop_compose! {
    fn rule()(
        part in prop::option::of(prop::sample::select(date_parts())),
        week in prop::option::of((any::<[bool; 7]>(), any::<bool>())),
        hours in hours(),
    ) -> PlainRule {
        let (weekdays, holidays) = week.unwrap_or(([true; 7], false));
        let (weekdays, holidays) = match weekdays == [false; 7] && !holidays {
            true => ([false; 7], true),
            false => (weekdays, holidays),
        };
        let mut words: Vec<String> = part.iter().map(|p| p.0.to_owned()).collect();
        if week.is_some() {
            let mut names: Vec<&str> = (0..7).filter(|d| weekdays[*d]).map(|d| NAMES[d]).collect();
            names.extend(holidays.then_some("PH"));
            words.push(names.join(","));
        }
        words.push(match hours.is_empty() {
            true => "off".into(),
            false => hours.iter().map(|(a, b)| format!("{}-{}", time(*a), time(*b))).collect::<Vec<_>>().join(","),
        });
        let explicit = part.as_ref().is_some_and(|(_, _, days, single)| *single || *days && weekdays == [true; 7]);
        PlainRule { text: words.join(" "), dates: part.map(|p| p.1), explicit, weekdays, holidays, hours }
    }
}

/// Random texts, most of which are schedules.
pub(super) fn texts() -> impl Strategy<Value = String> {
    prop::collection::vec(rule(), 1..7).prop_map(|rules| text(&rules))
}

fn text(rules: &[PlainRule]) -> String {
    rules.iter().map(|r| r.text.clone()).collect::<Vec<_>>().join("; ")
}

impl PlainRule {
    fn in_dates(&self, date: NaiveDate) -> bool {
        self.dates.as_ref().is_none_or(|dates| dates.contains(&date))
    }

    fn names(&self, date: NaiveDate) -> bool {
        self.in_dates(date) && self.weekdays[date.weekday().num_days_from_monday() as usize]
    }
}

const FIRST: (i32, u32, u32) = (2026, 12, 10);
const DAYS: usize = 42;

/// The open half hours of the six weeks, by the module's documentation.
fn slow(rules: &[PlainRule], holidays: &BTreeSet<NaiveDate>, whole_shift: bool) -> Vec<bool> {
    let first = day(FIRST.0, FIRST.1, FIRST.2);
    let mut base = vec![false; (DAYS + 3) * 48];
    let mut added = base.clone();
    let mut cut_days = Vec::new();
    // From a day before, whose night reaches in.
    for n in 0..DAYS + 1 {
        let date = first + Days::new(n as u64) - Days::new(1);
        let winner = rules.iter().rposition(|r| r.names(date));
        let mut open: &[(usize, usize)] = winner.map_or(&[], |w| &rules[w].hours);
        if holidays.contains(&date) {
            let holiday_rule = rules.iter().rposition(|r| r.holidays && r.in_dates(date));
            let wins = match holiday_rule {
                Some(rule) => winner.is_none_or(|w| w < rule),
                None => !winner.is_some_and(|w| rules[w].explicit),
            };
            if wins {
                cut_days.push(n);
                if whole_shift {
                    open = &[];
                }
                for &(from, to) in holiday_rule.map_or(&[][..], |r| &rules[r].hours) {
                    added[n * 48 + from..n * 48 + to].fill(true);
                }
            }
        }
        for &(from, to) in open {
            base[n * 48 + from..n * 48 + to].fill(true);
        }
    }
    if !whole_shift {
        for n in cut_days {
            base[n * 48..(n + 1) * 48].fill(false);
        }
    }
    base.iter().zip(added).map(|(b, a)| *b || a).skip(48).take((DAYS - 1) * 48).collect()
}

/// The same from the library's days.
fn quick(schedule: &Schedule) -> Vec<bool> {
    let first = day(FIRST.0, FIRST.1, FIRST.2);
    let mut open = vec![false; (DAYS + 3) * 48];
    for n in 0..DAYS + 1 {
        for stretch in schedule.day(first + Days::new(n as u64) - Days::new(1)).unwrap().open {
            let half = |seconds: u32| n * 48 + (seconds / 1800) as usize;
            open[half(stretch.from.seconds())..half(stretch.to.seconds())].fill(true);
        }
    }
    open[48..].iter().take((DAYS - 1) * 48).copied().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn c5_rules_and_holidays_mean_what_is_documented(
        rules in prop::collection::vec(rule(), 1..7),
        days in prop::collection::btree_set(0u64..43, 0..12),
        with_calendar in any::<bool>(),
        whole_shift in any::<bool>(),
    ) {
        let text = text(&rules);
        let Ok(mut schedule) = Schedule::parse(&text, Europe::Amsterdam) else { return Ok(()) };
        let mut holidays = BTreeSet::new();
        if with_calendar {
            holidays = days.iter().map(|n| day(2026, 12, 9) + Days::new(*n)).collect();
            let calendar = HolidayCalendar::from_dates(holidays.iter().map(|d| (*d, "holiday"))).unwrap();
            match schedule.with_holidays(calendar) {
                Ok(closed_on_holidays) => schedule = closed_on_holidays,
                Err(_) => return Ok(()),
            }
        }
        let shift = if whole_shift { HolidayShift::WholeShift } else { HolidayShift::CutOut };
        schedule = schedule.with_conventions(Conventions::default().with_holiday_shift(shift));
        prop_assert_eq!(quick(&schedule), slow(&rules, &holidays, whole_shift), "{}", text);
    }
}
