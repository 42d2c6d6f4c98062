//! What is put together from n parts costs n log n at worst: allocations are counted at n and at twice as many parts.
//!
//! Time is not asserted: a machine may be busy. Whatever copies all that it has for each further part shows here.

use allocation_counter::measure;
use chrono::{Days, NaiveDate, TimeDelta};
use chrono_tz::Europe::Amsterdam;
use klokuur::schedule::{Hours, WORKDAYS};
use klokuur::timeline::FIRST_INSTANT;
use klokuur::{CaseBook, Fingerprints, HolidayCalendar, Rulebook, Schedule};
use serde_json::Value;

const PARTS: usize = 600;

/// Allocated bytes of one run; what `prepare` gives is not counted.
fn bytes<T>(parts: usize, prepare: &impl Fn(usize) -> T, run: &impl Fn(T)) -> u64 {
    let given = prepare(parts);
    let mut given = Some(given);
    measure(|| run(given.take().unwrap())).bytes_total
}

/// Twice as many parts may cost little more than twice as much.
fn grows<T>(what: &str, prepare: impl Fn(usize) -> T, run: impl Fn(T)) {
    // Once before, for what is made once.
    bytes(PARTS, &prepare, &run);
    let (once, twice) = (bytes(PARTS, &prepare, &run), bytes(2 * PARTS, &prepare, &run));
    assert!(once > 0, "{what}: nothing is allocated, so nothing is counted");
    assert!(
        twice as f64 <= 2.6 * once as f64 + 100_000.0,
        "{what}: {once} bytes of {PARTS} parts, {twice} of {}",
        2 * PARTS
    );
}

fn day(n: usize) -> NaiveDate {
    NaiveDate::from_ymd_opt(1950, 1, 1).unwrap().checked_add_days(Days::new(n as u64 * 3)).unwrap()
}

fn days(count: usize) -> Vec<NaiveDate> {
    (0..count).map(day).collect()
}

fn joined(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect::<Vec<_>>().join("; ")
}

fn office() -> Schedule {
    Schedule::parse("Mo-Fr 09:00-17:00", Amsterdam).unwrap()
}

#[test]
fn calendars_grow_with_their_parts() {
    let named = |n| days(n).into_iter().map(|day| (day, "Closed")).collect::<Vec<_>>();
    let of = |n| HolidayCalendar::from_dates(named(n)).unwrap();
    grows("from_dates", named, |dates| drop(HolidayCalendar::from_dates(dates).unwrap()));
    grows("in_zone", of, |calendar| drop(calendar.in_zone(Amsterdam)));
    grows("union", of, |calendar| drop(calendar.union(&HolidayCalendar::netherlands())));
    grows("fingerprint", of, |calendar| drop(calendar.fingerprint().to_string()));
    grows("holidays_between", of, |calendar| drop(calendar.holidays_between(day(0), day(2 * PARTS))));
    grows("to_json", of, |calendar| drop(serde_json::to_string(&calendar).unwrap()));
    let list = |n: usize, part: &dyn Fn(usize) -> String| (0..n).map(part).collect::<Vec<_>>().join(",");
    let dates = |n| list(n, &|i| format!(r#"{{"date": "{}", "name_en": "Closed"}}"#, day(i)));
    let without = |n| list(n, &|i| format!(r#""{}""#, day(i)));
    let rules = |n| {
        list(n, &|i| {
            let day = format!(r#"{{"fixed": {{"month": {}, "day": {}}}}}"#, i % 12 + 1, i % 28 + 1);
            format!(r#"{{"day": {day}, "name_en": "Feast {i}", "name_local": "Feest {i}"}}"#)
        })
    };
    let documents: [(&str, &dyn Fn(usize) -> String); 5] = [
        ("dates", &|n| format!(r#"{{"dates": [{}]}}"#, dates(n))),
        ("exceptions beside dates", &|n| {
            format!(r#"{{"dates": [{}], "without": [{}]}}"#, dates(n), without(n))
        }),
        ("rules", &|n| format!(r#"{{"rules": [{}]}}"#, rules(n))),
        ("exceptions of a list", &|n| format!(r#"{{"countries": ["NL"], "without": [{}]}}"#, without(n))),
        ("a union of named parts", &|n| {
            let part = |i| format!(r#"{{"name": "part {i}", "dates": [{}]}}"#, dates(1));
            format!(r#"{{"union": [{}]}}"#, list(n, &part))
        }),
    ];
    for (what, document) in documents {
        grows(what, document, |text| {
            let calendar = HolidayCalendar::from_json(&text).unwrap();
            drop(serde_json::to_string(&calendar).unwrap());
        });
    }
}

#[test]
fn schedules_grow_with_their_parts() {
    let read = |text: String| drop(Schedule::parse(&text, Amsterdam).unwrap());
    let texts: [(&str, &dyn Fn(usize) -> String); 6] = [
        ("single dates", &|n| {
            format!(
                "Mo-Fr 09:00-17:00; {}",
                joined(n, |i| format!("{} 10:00-11:00", day(i).format("%Y %b %d")))
            )
        }),
        ("ranges of dates", &|n| {
            let range =
                |i| format!("{}-{} 10:00-11:00", day(i).format("%Y %b %d"), day(i + 1).format("%Y %b %d"));
            format!("Mo-Fr 09:00-17:00; {}", joined(n, range))
        }),
        ("one list of dates", &|n| {
            let dates: Vec<_> = (0..n).map(|i| day(i).format("%Y %b %d").to_string()).collect();
            format!("Mo-Fr 09:00-17:00; {} off", dates.join(","))
        }),
        ("stretches of a day", &|n| {
            let at = |minute: usize| format!("{:02}:{:02}", minute / 60, minute % 60);
            let open = (0..n).map(|i| format!("{}-{}", at(i * 2 % 1438), at(i * 2 % 1438 + 1)));
            format!("Mo-Fr {}", open.collect::<Vec<_>>().join(","))
        }),
        ("night shifts beside hours of holidays", &|n| {
            let night = joined(n / 2, |i| format!("{} 22:00-02:00", day(i).format("%Y %b %d")));
            let feast = joined(n / 2, |i| format!("{} PH 10:00-11:00", day(i).format("%b %d")));
            format!("Mo-Fr 09:00-17:00; {night}; {feast}")
        }),
        ("weekly rules", &|n| joined(n, |i| format!("Mo {:02}:00-{:02}:30", i % 24, i % 24))),
    ];
    for (what, text) in texts {
        grows(what, text, read);
    }
    grows("with_days", days, |days| {
        drop(office().with_days(days.into_iter().map(|day| (day, Hours::closed()))).unwrap());
    });
    grows("a builder's dates", days, |days| {
        let start = Schedule::builder(Amsterdam).open(WORKDAYS, "09:00", "17:00");
        drop(days.into_iter().fold(start, |so, day| so.closed(day)).build().unwrap());
    });
    grows(
        "a builder's openings",
        |n| n,
        |n| {
            let at = |minute: usize| format!("{:02}:{:02}", minute / 60, minute % 60);
            let open = |so: klokuur::schedule::ScheduleBuilder, i: usize| {
                let (from, to) = (at(i % 719 * 2), at(i % 719 * 2 + 1));
                so.open(WORKDAYS, from.as_str(), to.as_str())
            };
            drop((0..n).fold(Schedule::builder(Amsterdam), open).build().unwrap());
        },
    );
}

/// A history of n parts, each with the same holidays, some with other hours.
fn history(parts: usize) -> Schedule {
    let with = |text| {
        let schedule = Schedule::parse(text, Amsterdam).unwrap();
        schedule.with_holidays(HolidayCalendar::netherlands()).unwrap()
    };
    let (one, other) = (with("Mo-Fr 09:00-17:00"), with("Mo-Sa 08:00-20:00"));
    let part = |so: Schedule, i: usize| {
        so.from(day(i), if i.is_multiple_of(2) { other.clone() } else { one.clone() }).unwrap()
    };
    (0..parts).fold(one.clone(), part)
}

#[test]
fn histories_grow_with_their_parts() {
    // Each step gives a new schedule, whose list of parts is the longer one; what is in them is shared.
    let count = |parts| measure(|| drop(history(parts))).count_total;
    count(PARTS);
    let (once, twice) = (count(PARTS), count(2 * PARTS));
    assert!(
        twice as f64 <= 2.6 * once as f64,
        "{once} allocations of {PARTS} parts, {twice} of {}",
        2 * PARTS
    );
    grows("a history's document", history, |history| drop(history.document()));
    grows("a history's text", history, |history| drop(history.to_string()));
    grows("a history's fingerprint", history, |history| assert_ne!(history.fingerprint().to_string(), ""));
    grows(
        "a history from its document",
        |n| history(n).document(),
        |document| {
            drop(Schedule::from_document(&document, &[]).unwrap());
        },
    );
    grows("the compilation of a history", history, |history| {
        history.next_open(klokuur::timeline::FIRST_INSTANT).unwrap();
    });
}

#[test]
fn i5_a_fingerprint_is_computed_once_and_kept() {
    // A fingerprint is taken of a text, so computing one allocates.
    let of = |schedule: &Schedule| measure(|| drop(Fingerprints::of(schedule))).count_total;
    let clock = history(PARTS);
    assert!(of(&clock) > 0);
    assert_eq!(of(&clock), 0);
    let same = clock.clone();
    assert_eq!(of(&same), 0);
    // So a loop of explanations, each of which carries them, computes none.
    let why = clock.timeline().explain(FIRST_INSTANT, FIRST_INSTANT + TimeDelta::days(9)).unwrap();
    assert_eq!(why.fingerprints, Fingerprints::of(&same));
    let book = CaseBook::of(&Rulebook::bol()).unwrap();
    assert_eq!(measure(|| drop(book.fingerprints().clone())).count_total, 0);
}

#[test]
fn rulebooks_grow_with_their_parts() {
    let bol = serde_json::to_value(Rulebook::bol()).unwrap();
    let document = |change: &dyn Fn(&mut Value, usize), n: usize| {
        let mut document = bol.clone();
        for i in 0..n {
            change(&mut document, i);
        }
        document.to_string()
    };
    let more = |document: &mut Value, list: &str, name: &str, text: String| {
        let list = document.pointer_mut(list).unwrap().as_array_mut().unwrap();
        let mut one = list[0].clone();
        one[name] = text.into();
        list.push(one);
    };
    type Change<'a> = &'a dyn Fn(&mut Value, usize);
    let changes: [(&str, Change<'_>); 3] = [
        ("broken norms", &|document, i| more(document, "/norms", "name", format!("Norm {i}"))),
        ("norms that are there twice", &|document, i| {
            more(document, "/norms", "name", format!("norm_{}", i / 2))
        }),
        // Each fault lists what would be accepted.
        ("unknown parts of the score beside as many norms", &|document, i| {
            more(document, "/norms", "name", format!("norm_{i}"));
            document["norms"].as_array_mut().unwrap().last_mut().unwrap()["api_name"] =
                format!("NORM_{i}").into();
            more(document, "/score/components", "norm", format!("none_{i}"));
        }),
    ];
    for (what, change) in changes {
        grows(
            what,
            |n| document(change, n),
            |text| assert!(Rulebook::from_json(&text).unwrap_err().to_string().ends_with(" more")),
        );
    }
}
