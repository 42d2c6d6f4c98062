//! Strikes and standing (RULES S1–S5) beyond the vectors: a second model, lived day by day, and laws.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, Months, NaiveDate, TimeZone, Utc};
use klokuur::norm::{FULFILMENT, PHONE_AVAILABILITY, RESPONSE_TIME, WeekNumbers, judge_weeks};
use klokuur::standing::{
    Consequence, Improvement, JudgedWeek, Ledger, LedgerChange, Standing, StandingEvent, judged_weeks,
};
use klokuur::{IsoWeek, Rulebook};
use proptest::prelude::*;

const NORMS: [&str; 3] = ["fulfilment", "cancellations", "response_time"];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn week(text: &str) -> IsoWeek {
    text.parse().unwrap()
}

/// One week per letter from `first`: B bad, anything else good.
fn weeks(first: &str, pattern: &str) -> Vec<JudgedWeek> {
    let each = |(i, letter)| {
        let norms: &[&str] = if letter == 'B' { &["response_time"] } else { &[] };
        JudgedWeek::bad(week(first).plus(i), norms)
    };
    (0..).zip(pattern.chars()).map(each).collect()
}

fn bol(weeks: Vec<JudgedWeek>, events: Vec<StandingEvent>) -> Ledger {
    Ledger::new(&Rulebook::bol(), weeks, events).unwrap()
}

#[test]
fn s1_one_strike_however_many_norms_and_provisional_shown_apart() {
    let mut given = vec![
        JudgedWeek::bad(week("2026-W10"), &NORMS),
        JudgedWeek::bad(week("2026-W11"), &NORMS).provisional(),
    ];
    given.reverse();
    let report = bol(given, vec![]).standing(day("2026-04-01"));
    assert_eq!((report.strikes.len(), report.strikes[0].causes.len()), (1, 3));
    assert_eq!((report.provisional[0].week, report.provisional[0].missed.len()), (week("2026-W11"), 3));
}

#[test]
fn s1_literal_b_needs_several_norms() {
    let rules = Rulebook::shipped("bol-literal-b").unwrap();
    let one = Ledger::new(&rules, weeks("2026-W01", "BBBB"), vec![]).unwrap();
    assert!(one.strikes(day("2026-12-01")).is_empty());
    let mut both = weeks("2026-W01", "B");
    both.push(JudgedWeek::bad(week("2026-W02"), &["fulfilment"]));
    let strikes = Ledger::new(&rules, both, vec![]).unwrap().strikes(day("2026-12-01"));
    assert_eq!((strikes.len(), strikes[0].week, strikes[0].causes.len()), (1, week("2026-W02"), 2));
}

#[test]
fn s2_a_strike_lives_for_22_weeks_across_a_year_of_53() {
    let ledger = bol(weeks("2026-W40", &format!("B{}", "g".repeat(22))), vec![]);
    let strike = &ledger.strikes(day("2027-02-24"))[0];
    // 2026 has 53 weeks: 22 weeks after W40 is W09.
    assert_eq!((strike.expiry_week, strike.expires_on), (week("2027-W09"), day("2027-03-10")));
    assert_eq!(ledger.strikes(day("2027-03-09")).len(), 1);
    assert!(ledger.strikes(day("2027-03-10")).is_empty());
}

#[test]
fn s3_offline_plan_closed_and_a_year_later_may_apply() {
    let plan = StandingEvent::PlanAccepted { on: day("2026-02-09") };
    let ledger = bol(weeks("2026-W01", "BBBBBBB"), vec![plan]);
    let at = |text| ledger.standing(day(text)).standing;
    assert_eq!(at("2026-02-03"), Standing::Active);
    assert_eq!(at("2026-02-08"), Standing::Offline { since: day("2026-02-04") });
    assert_eq!(at("2026-02-10"), Standing::OnlineWithPlan { since: day("2026-02-09") });
    assert_eq!(at("2026-02-11"), Standing::Offline { since: day("2026-02-11") });
    let closed = Standing::Closed { since: day("2026-02-18"), may_apply_from: day("2027-02-18") };
    assert_eq!(at("2026-02-18"), closed);
    // Never automatic.
    assert_eq!(at("2030-01-01"), closed);
    assert_eq!(
        ledger.earliest_improvement(day("2026-03-01")),
        Some(Improvement::MayApply { on: day("2027-02-18") })
    );
}

#[test]
fn s4_starters_excused_weeks_revoked_strikes_and_deadlines() {
    let mut first = JudgedWeek::bad(week("2026-W01"), &["fulfilment"]);
    first.orders_to_date = Some(100);
    let mut given = vec![first];
    given.extend(weeks("2026-W02", "BBB"));
    let events = vec![
        StandingEvent::StrikeRevoked { week: week("2026-W03"), on: day("2026-03-01") },
        StandingEvent::WeekExcused { week: week("2026-W02"), on: day("2026-02-01") },
    ];
    let ledger = bol(given, events);
    let left: Vec<_> = ledger.strikes(day("2026-03-01")).iter().map(|s| s.week.to_string()).collect();
    assert_eq!(left, ["2026-W04"]);
    assert_eq!(ledger.strikes(day("2026-03-01"))[0].appeal_until, day("2026-07-28"));
    assert_eq!(ledger.strikes(day("2026-01-31")).len(), 3);
}

#[test]
fn s5_every_answer_carries_its_causes() {
    let rules = Rulebook::bol();
    let numbers = [
        WeekNumbers::new(RESPONSE_TIME, week("2026-W10"), 80, 100),
        WeekNumbers::new(FULFILMENT, week("2026-W10"), 99, 100),
        WeekNumbers::new(PHONE_AVAILABILITY, week("2026-W10"), 1, 100),
        WeekNumbers::new(RESPONSE_TIME, week("2026-W12"), 80, 100),
    ];
    let now = Utc.with_ymd_and_hms(2026, 3, 23, 12, 0, 0).unwrap();
    let results = judge_weeks(&rules, &numbers, now).unwrap();
    let ledger = Ledger::from_weeks(&rules, &results).unwrap();
    let report = ledger.standing(day("2026-03-23"));
    let cause = &report.strikes[0].causes;
    assert_eq!(cause.len(), 1);
    assert_eq!(
        (cause[0].norm.as_str(), cause[0].numerator, cause[0].denominator, cause[0].bad),
        (RESPONSE_TIME, 80, 100, Some(20))
    );
    assert_eq!(report.provisional.len(), 1);
    assert_eq!((report.until_offline, report.next_consequence), (Some(4), Some(Consequence::Offline)));
    let given =
        ledger.history().into_iter().filter(|e| matches!(e.change, LedgerChange::StrikeGiven { .. })).count();
    assert_eq!(given, 1);
    assert_eq!(judged_weeks(&rules, &results)[0].final_on, Some(day("2026-03-11")));
}

#[test]
fn s5_what_if_curves() {
    let ledger = bol(weeks("2026-W01", "BBB"), vec![]);
    let good: Vec<_> = ledger.what_if(&[false; 24]).unwrap().iter().map(|s| s.strikes).collect();
    assert_eq!(good[18..], [3, 2, 1, 0, 0, 0]);
    let bad: Vec<_> = ledger.what_if(&[true; 4]).unwrap().iter().map(|s| s.strikes).collect();
    assert_eq!(bad, [4, 5, 6, 7]);
    assert_eq!(ledger.bad_weeks_until(Consequence::Offline).unwrap(), 2);
    let more = ledger.with_weeks(&weeks("2026-W04", "BB")).unwrap();
    assert!(!more.standing(day("2026-02-04")).standing.is_online());
    assert!(bol(vec![], vec![]).what_if(&[true]).is_err());
}

/// What the second model says of a day.
#[derive(Debug, PartialEq)]
struct Day {
    strikes: BTreeSet<IsoWeek>,
    word: &'static str,
    since: Option<NaiveDate>,
}

/// Lives through every day from the first week on, as it was known on `until`.
fn live(weeks: &[JudgedWeek], events: &[StandingEvent], until: NaiveDate, several: bool) -> Day {
    let gone: Vec<(IsoWeek, bool)> = events
        .iter()
        .filter(|e| e.on() <= until)
        .filter_map(|e| match e {
            StandingEvent::WeekExcused { week, .. } => Some((*week, true)),
            StandingEvent::StrikeRevoked { week, .. } => Some((*week, false)),
            _ => None,
        })
        .collect();
    let mut sorted: Vec<_> = weeks.iter().collect();
    sorted.sort_by_key(|w| w.week.monday());
    let mut finals: BTreeMap<NaiveDate, (NaiveDate, &JudgedWeek)> = BTreeMap::new();
    let mut latest = NaiveDate::MIN;
    for judged in sorted {
        if let Some(on) = judged.final_on {
            latest = latest.max(on);
            finals.insert(judged.week.monday(), (latest, judged));
        }
    }
    let counting = |day: NaiveDate| -> BTreeSet<IsoWeek> {
        let known: Vec<_> =
            finals.iter().filter(|(_, (on, _))| *on <= day).map(|(m, (_, w))| (*m, *w)).collect();
        let Some((newest, _)) = known.last().copied() else { return BTreeSet::new() };
        let mut strikes = BTreeSet::new();
        let mut pool: Vec<(NaiveDate, &str)> = Vec::new();
        for (monday, judged) in known {
            if judged.missed.is_empty() || gone.contains(&(judged.week, true)) {
                continue;
            }
            pool.retain(|(m, _)| (monday - *m).num_days() < 22 * 7);
            pool.extend(judged.missed.iter().map(|c| (monday, c.norm.as_str())));
            let names: BTreeSet<_> = pool.iter().map(|(_, n)| *n).collect();
            if names.len() >= if several { 2 } else { 1 } {
                pool.clear();
                let lives = (newest - monday).num_days() < 22 * 7;
                if lives && !gone.contains(&(judged.week, false)) {
                    strikes.insert(judged.week);
                }
            }
        }
        strikes
    };
    let (mut word, mut since) = ("active", None);
    let (mut settled, mut settled_on) = (BTreeSet::new(), None);
    let start =
        finals.values().map(|f| f.0).chain(events.iter().map(|e| e.on())).min().unwrap_or(until).min(until);
    let mut today = start;
    loop {
        let now = counting(today);
        let judge = |word: &mut &'static str,
                     since: &mut Option<NaiveDate>,
                     settled: &BTreeSet<IsoWeek>,
                     settled_on| {
            (*word, *since) = match now.len() {
                0..=4 => ("active", None),
                _ if now.is_subset(settled) => ("plan", settled_on),
                5..=6 => ("offline", Some(today)),
                _ => ("closed", Some(today)),
            };
        };
        match word {
            "active" | "plan" => judge(&mut word, &mut since, &settled, settled_on),
            "offline" if now.len() >= 7 => (word, since) = ("closed", Some(today)),
            _ => {}
        }
        for event in events.iter().filter(|e| e.on() == today) {
            let over = match event {
                StandingEvent::PlanAccepted { .. } => word == "offline",
                StandingEvent::Reopened { .. } => {
                    word == "closed"
                        && since.is_some_and(|s| today >= s.checked_add_months(Months::new(12)).unwrap())
                }
                _ => false,
            };
            if over {
                (settled, settled_on) = (now.clone(), Some(today));
                judge(&mut word, &mut since, &settled, settled_on);
            }
        }
        if today == until {
            return Day { strikes: now, word, since };
        }
        today = today.succ_opt().unwrap();
    }
}

fn seen(ledger: &Ledger, on: NaiveDate) -> Day {
    let report = ledger.standing(on);
    let (word, since) = match report.standing {
        Standing::Active => ("active", None),
        Standing::OnlineWithPlan { since } => ("plan", Some(since)),
        Standing::Offline { since } => ("offline", Some(since)),
        Standing::Closed { since, .. } => ("closed", Some(since)),
    };
    Day { strikes: report.strikes.iter().map(|s| s.week).collect(), word, since }
}

prop_compose! {
    fn a_week()(missed in prop::collection::btree_set(0_usize..3, 0..3), recorded in 0..10_u8, late in 0..12_u64) -> (Vec<&'static str>, u8, u64) {
        (missed.into_iter().map(|i| NORMS[i]).collect(), recorded, late)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn s5_the_ledger_agrees_with_living_through_every_day(
        several: bool,
        first in 0..53_i32,
        given in prop::collection::vec(a_week(), 1..45),
        decisions in prop::collection::vec((0_u8..4, 0_u64..20, 0_usize..8), 0..14),
    ) {
        let name = if several { "bol-literal-b" } else { "bol" };
        let rules = Rulebook::shipped(name).unwrap();
        let start = week("2020-W30").plus(first);
        let mut weeks = Vec::new();
        for (i, (missed, recorded, late)) in (0..).zip(&given) {
            let judged = JudgedWeek::bad(start.plus(i), missed);
            match recorded {
                0 => {}
                1 => weeks.push(judged.provisional()),
                // Some weeks are final a week or two late.
                _ => weeks.push(JudgedWeek { final_on: judged.final_on.and_then(|d| d.checked_add_days(Days::new(late.saturating_sub(9) * 7))), ..judged }),
            }
        }
        // Decisions that are possible, made while walking on.
        let mut events: Vec<StandingEvent> = Vec::new();
        let mut on = start.monday().checked_add_days(Days::new(30)).unwrap();
        for (kind, wait, which) in decisions {
            on = on.checked_add_days(Days::new(wait + 1)).unwrap();
            let state = live(&weeks, &events, on, several);
            let strike = state.strikes.iter().nth(which % state.strikes.len().max(1)).copied();
            match (kind, strike) {
                (0, Some(week)) => events.push(StandingEvent::StrikeRevoked { week, on }),
                (1, _) => events.push(StandingEvent::WeekExcused { week: start.plus(i32::try_from(which).unwrap()), on }),
                _ if state.word == "offline" => events.push(StandingEvent::PlanAccepted { on }),
                _ => {}
            }
        }
        let ledger = Ledger::new(&rules, weeks.clone(), events.clone()).unwrap();
        let last = start.plus(i32::try_from(given.len()).unwrap() + 4).monday();
        let mut today = start.monday();
        while today < last {
            prop_assert_eq!(seen(&ledger, today), live(&weeks, &events, today, several), "{} {:?} {:?}", today, weeks, events);
            today = today.checked_add_days(Days::new(if today.weekday().num_days_from_monday() == 2 { 1 } else { 3 })).unwrap();
        }
        // The order of what is given does not matter.
        weeks.reverse();
        events.reverse();
        prop_assert_eq!(Ledger::new(&rules, weeks, events).unwrap().history(), ledger.history());
    }

    #[test]
    fn s5_a_bad_week_more_never_means_fewer_strikes(pattern in "[Bg]{1,40}", which in 0..40_i32) {
        let ledger = bol(weeks("2026-W01", &pattern), vec![]);
        let at = week("2026-W01").plus(which.min(i32::try_from(pattern.len()).unwrap() - 1));
        let worse = ledger.with_weeks(&[JudgedWeek::bad(at, &["fulfilment"])]).unwrap();
        let end = day("2027-06-01");
        prop_assert!(worse.strikes(end).len() >= ledger.strikes(end).len());
        let steps = ledger.what_if(&[false; 23]).unwrap();
        prop_assert!(steps.windows(2).all(|s| s[1].strikes <= s[0].strikes));
        prop_assert_eq!(steps.last().unwrap().strikes, 0);
    }
}
