//! What is to come: supposed weeks, weeks without numbers, and the first orders of a starter.

use klokuur::Rulebook;
use klokuur::standing::{Consequence, Improvement, JudgedWeek, Ledger, Standing, StandingEvent, WhatIfStep};

use super::{bol, day, week, weeks};

#[test]
fn s5_supposed_weeks_come_one_after_another_however_late_the_last_decision() {
    let revoked = StandingEvent::StrikeRevoked { week: week("2026-W01"), on: day("2026-06-01") };
    let ledger = bol(weeks("2026-W01", "BB"), vec![revoked]);
    let strikes: Vec<_> = ledger.what_if(&[true; 6]).unwrap().iter().map(|step| step.strikes).collect();
    assert_eq!(strikes, [2, 3, 4, 5, 6, 7]);
    assert_eq!(ledger.bad_weeks_until(Consequence::Offline).unwrap(), 4);
    assert_eq!(ledger.bad_weeks_until(Consequence::Closed).unwrap(), 6);
    assert!(ledger.what_if(&[true]).unwrap()[0].standing.is_online());
}

#[test]
fn s5_a_monitoring_period_that_ends_first_takes_more_bad_weeks() {
    let mut given = weeks("2020-W01", "B");
    given.extend(weeks("2020-W20", "BBBG"));
    let ledger = Ledger::new(&Rulebook::shipped("bol-2019").unwrap(), given, vec![]).unwrap();
    let until = ledger.bad_weeks_until(Consequence::Closed).unwrap();
    let steps = ledger.what_if(&vec![true; until as usize]).unwrap();
    let is_closed = |step: &WhatIfStep| matches!(step.standing, Standing::Closed { .. });
    assert_eq!((until, steps.iter().position(is_closed)), (7, Some(6)));
}

#[test]
fn s5_strikes_expire_in_weeks_without_numbers_where_they_are_known_to_have_none() {
    let ledger = bol(weeks("2026-W01", "BB"), vec![]);
    let on = day("2026-06-10");
    assert_eq!(ledger.strikes(on).len(), 2);
    let quiet = ledger.with_quiet_weeks(on).unwrap();
    assert_eq!((quiet.strikes(on).len(), quiet.strikes(day("2026-06-09")).len()), (1, 2));
    assert_eq!(quiet.standing(on).newest_final_week, Some(week("2026-W23")));
    // A week that is known and not final stays so.
    let mut given = weeks("2026-W01", "B");
    given.push(JudgedWeek::bad(week("2026-W03"), &["response_time"]).provisional());
    let quiet = bol(given, vec![]).with_quiet_weeks(day("2026-02-11")).unwrap();
    assert_eq!(quiet.weeks().iter().filter(|judged| judged.final_on.is_some()).count(), 5);
    assert_eq!(quiet.standing(day("2026-02-11")).provisional.len(), 1);
    assert!(bol(vec![], vec![]).with_quiet_weeks(on).unwrap().weeks().is_empty());
    // No week after it is known, so the first strike goes today at the earliest, and not in the past.
    let late = day("2027-03-01");
    match ledger.earliest_improvement(late) {
        Some(Improvement::StrikeExpires(expiry)) => {
            assert_eq!((expiry.week, expiry.on), (week("2026-W23"), late))
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn s4_a_starter_who_missed_at_the_last_look_has_as_many_orders_again() {
    let strikes = |weeks: &[(u64, bool)]| {
        let judged = |(place, (orders, is_bad)): (i32, &(u64, bool))| {
            let norms: &[&str] = if *is_bad { &["response_time"] } else { &[] };
            let of = JudgedWeek::bad(week("2026-W01").plus(place), norms);
            JudgedWeek { orders_to_date: Some(*orders), ..of }
        };
        let ledger = bol((0..).zip(weeks).map(judged).collect(), vec![]);
        ledger.strikes(day("2026-12-01")).iter().map(|strike| strike.week.to_string()).collect::<Vec<_>>()
    };
    // Missed with the hundredth order: the next hundred bear none, and were not missed.
    assert_eq!(strikes(&[(50, false), (100, true), (150, false), (250, true)]), ["2026-W04"]);
    assert_eq!(strikes(&[(50, false), (100, false), (150, true)]), ["2026-W03"]);
    assert_eq!(strikes(&[(50, true), (101, true), (200, false), (250, false), (320, true)]), ["2026-W05"]);
    // Once: who misses in those too is no starter for ever.
    assert_eq!(
        strikes(&[(50, true), (100, true), (150, true), (200, true), (210, true), (310, true)]),
        ["2026-W05", "2026-W06"]
    );
}

#[test]
fn s4_a_week_to_come_that_is_excused_takes_one_more_bad_week() {
    let excused = |norm: Option<&str>| StandingEvent::WeekExcused {
        week: week("2026-W37"),
        norm: norm.map(str::to_owned),
        on: day("2026-09-14"),
    };
    // A bad week misses the first norm that bears strikes: an excuse of another one changes nothing.
    for (norm, more) in [(None, 1), (Some("fulfilment"), 1), (Some("response_time"), 0)] {
        let ledger = bol(weeks("2026-W36", "G"), vec![excused(norm)]);
        assert_eq!(ledger.bad_weeks_until(Consequence::Offline).unwrap(), 5 + more, "{norm:?}");
        assert_eq!(ledger.bad_weeks_until(Consequence::Closed).unwrap(), 7 + more, "{norm:?}");
    }
}

#[test]
fn s4_what_is_excused_before_a_week_is_final_is_no_threat() {
    let running = JudgedWeek::bad(week("2026-W37"), &["response_time"]).provisional();
    let excused = |norm: &str| StandingEvent::WeekExcused {
        week: week("2026-W37"),
        norm: Some(norm.to_owned()),
        on: day("2026-09-14"),
    };
    let missed = |given: JudgedWeek, events, on| {
        bol(vec![given], events).standing(day(on)).provisional[0].missed.len()
    };
    assert_eq!(missed(running.clone(), vec![excused("response_time")], "2026-09-14"), 0);
    assert_eq!(missed(running.clone(), vec![excused("response_time")], "2026-09-13"), 1);
    assert_eq!(missed(running.clone(), vec![excused("fulfilment")], "2026-09-14"), 1);
    assert_eq!(missed(JudgedWeek { orders_to_date: Some(20), ..running }, vec![], "2026-09-14"), 0);
}

#[test]
fn s5_what_gets_better_does_not_in_the_past() {
    let ledger = bol(weeks("2026-W10", "BBBBB"), vec![]);
    let on = day("2027-03-01");
    match ledger.earliest_improvement(on) {
        Some(Improvement::PlanAccepted { next_expiry: Some(expiry) }) => assert_eq!(expiry.on, on),
        other => panic!("{other:?}"),
    }
}

#[test]
fn s4_an_excuse_of_the_day_before_makes_nothing_worse_than_one_of_the_day_itself() {
    let mut given = weeks("2021-W01", "B");
    given.extend(weeks("2021-W02", &"G".repeat(21)));
    given.extend(weeks("2021-W23", "BBBBB"));
    let rules = Rulebook::shipped("bol-2019").unwrap();
    for on in ["2021-01-12", "2021-01-13"] {
        let excused = StandingEvent::WeekExcused { week: week("2021-W01"), norm: None, on: day(on) };
        let ledger = Ledger::new(&rules, given.clone(), vec![excused]).unwrap();
        assert!(ledger.standing(day("2021-08-01")).standing.is_online(), "{on}");
    }
}
