//! The same log under other holidays, hours and rules.

use chrono::{DateTime, Duration, Utc};
use klokuur::backtest::{Backtest, Scenario, backtest};
use klokuur::case::{CaseEvent, Opening, Party, What};
use klokuur::norm::{FULFILMENT, Verdict, WeekNumbers};
use klokuur::sla::ClockState;
use klokuur::{HolidayCalendar, Rulebook, Schedule};

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

/// Twelve questions on the Friday before King's Day 2026, a minute apart, all answered on Tuesday at 10:00.
fn log() -> Vec<CaseEvent> {
    let asked = at("2026-04-24T17:30:00+02:00");
    (0..12)
        .flat_map(|n| {
            let case = format!("K-{n:02}");
            let asked = asked + Duration::minutes(n);
            [
                CaseEvent::new(case.clone(), asked, What::Opened(Opening::by(Party::Customer))),
                CaseEvent::new(case, at("2026-04-28T10:00:00+02:00"), What::seller_message()),
            ]
        })
        .collect()
}

fn now() -> DateTime<Utc> {
    at("2026-05-13T08:00:00+02:00")
}

fn run(before: &Scenario, after: &Scenario) -> Backtest {
    let orders = WeekNumbers::new(FULFILMENT, "2026-W17".parse().unwrap(), 99, 100);
    backtest(&log(), &[orders], before, after, now()).unwrap()
}

#[test]
fn a_calendar_without_kings_day_turns_the_week_into_a_strike() {
    let nl = Scenario::of(&Rulebook::bol()).unwrap();
    let be = Scenario::of(&Rulebook::bol().for_country("BE").unwrap()).unwrap();
    let changes = run(&nl, &be);
    assert_eq!((changes.judged, changes.moved_deadlines, changes.cases.len()), (12, 12, 12));
    let first = &changes.cases[0];
    assert_eq!((first.before, first.after), (Some(ClockState::Met), Some(ClockState::Breached)));
    assert_eq!(first.due_before, Some(at("2026-04-28T17:30:00+02:00")));
    assert_eq!(first.due_after, Some(at("2026-04-27T17:30:00+02:00")));
    // Only response time changed; the orders' week is the same under both.
    let week = &changes.weeks[..];
    assert_eq!(week.len(), 1);
    assert_eq!(week[0].to_string(), "2026-W17 response_time: conforms before, missed after");
    assert_eq!((week[0].numbers_before, week[0].numbers_after), (Some((12, 12)), Some((0, 12))));
    let standing = changes.standing.unwrap();
    assert_eq!(standing.strikes_new, ["2026-W17".parse().unwrap()]);
    assert!(standing.strikes_gone.is_empty());
    // And the other way round.
    let back = run(&be, &nl);
    assert_eq!(back.weeks[0].to_string(), "2026-W17 response_time: missed before, conforms after");
    assert_eq!(back.standing.unwrap().strikes_gone, ["2026-W17".parse().unwrap()]);
}

#[test]
fn the_same_scenario_changes_nothing() {
    let nl = Scenario::of(&Rulebook::bol()).unwrap();
    let changes = run(&nl, &nl);
    assert!(changes.is_empty());
    assert_eq!((changes.judged, changes.moved_deadlines), (12, 0));
}

#[test]
fn a_schedule_or_a_rulebook_can_change_too() {
    let bol = Scenario::of(&Rulebook::bol()).unwrap();
    let office = Schedule::parse("Mo-Fr 09:00-17:00", chrono_tz::Europe::Amsterdam).unwrap();
    let office = bol.with_clock(office.with_holidays(HolidayCalendar::netherlands()).unwrap());
    let longer = run(&bol, &office);
    assert_eq!((longer.moved_deadlines, longer.cases.len()), (12, 0), "later deadlines, the same verdicts");

    let mut strict = Rulebook::bol();
    strict.strikes = None;
    strict.norms.iter_mut().for_each(|norm| norm.strike = false);
    let always = Rulebook::shipped("amazon").unwrap().schedule().unwrap();
    let amazon = Scenario::of(&strict).unwrap().with_clock(always);
    let changes = run(&bol, &amazon);
    assert_eq!(changes.cases.len(), 12);
    assert_eq!(changes.weeks[0].after, Some(Verdict::Missed));
    assert!(changes.standing.is_none(), "one of the two has no strikes");
}
