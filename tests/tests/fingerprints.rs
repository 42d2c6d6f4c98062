//! What a result was computed with (RULES I5) on random schedules.

use chrono::{DateTime, TimeDelta, Utc};
use klokuur::backtest::{Scenario, backtest};
use klokuur::case::{CaseBook, CaseEvent, Opening, Party, SavedBook, What, evaluate, evaluate_rows};
use klokuur::norm::{RESPONSE_TIME, judge, judge_weeks};
use klokuur::rulebook::RulesByWeek;
use klokuur::score::estimate;
use klokuur::standing::{JudgedWeek, Ledger, PolicyPoints, StandingAsReported};
use klokuur::{Fingerprints, Rulebook, RulebookHistory, WeekNumbers};
use klokuur_tests::scenario::Scenario as Hours;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 0, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn i5_fingerprints_tell_what_changed(one: u64, other: u64) {
        let (Ok(before), Ok(after)) = (Hours::random(one).schedule(), Hours::random(other).schedule()) else {
            return Ok(());
        };
        let then = Fingerprints::of(&before).with_rules(&Rulebook::bol());
        let again: Fingerprints = serde_json::from_str(&serde_json::to_string(&then).unwrap()).unwrap();
        prop_assert_eq!(then.changes(&again), []);
        prop_assert_eq!(then.changes(&Fingerprints::of(&before)).len(), 1);
        let now = Fingerprints::of(&after).with_rules(&Rulebook::bol());
        let changed = then.changes(&now);
        prop_assert_eq!(changed.is_empty(), before == after);
        for (there, back) in changed.iter().zip(now.changes(&then)) {
            prop_assert_eq!((there.of, &there.then, &there.now), (back.of, &back.now, &back.then));
        }
    }
}

/// Every door says what the book says, or of it what its result depends on.
#[test]
fn i5_every_door_carries_the_same() {
    let now: DateTime<Utc> = "2026-04-24T14:00:00Z".parse().unwrap();
    let asked = || What::Opened(Opening::by(Party::Customer));
    let events = [CaseEvent::new("K-1", now - TimeDelta::hours(1), asked())];
    for name in ["bol-2022", "bol-2019", "amazon"] {
        let rules = Rulebook::shipped(name).unwrap();
        let of = rules.fingerprints().unwrap();
        assert_eq!(of, Fingerprints::of(&rules.schedule().unwrap()).with_rules(&rules));
        let mut book = CaseBook::of(&rules).unwrap();
        book.load_all(&events);
        assert_eq!(*book.fingerprints(), of);
        assert_eq!(book.case("K-1", now).unwrap().unwrap().fingerprints, of);
        for row in book.overview(now).unwrap() {
            assert!(row.why.is_none_or(|why| why.fingerprints == of));
        }
        assert_eq!(evaluate(&events, &rules, now).unwrap().fingerprints, of);
        assert_eq!(evaluate_rows(events.iter().cloned().enumerate(), &rules, now).unwrap().fingerprints, of);
        assert_eq!(
            CaseBook::replay(&rules, rules.schedule().unwrap(), &events).unwrap().0.fingerprints(),
            &of
        );
        let numbers = book.response_weeks(now).unwrap().numbers();
        assert!(!numbers.is_empty() && numbers.iter().all(|week| week.fingerprints.as_ref() == Some(&of)));
        assert_eq!(book.week("2020-W01".parse().unwrap(), now).unwrap().fingerprints, Some(of.clone()));
        if rules.norm("response_time").is_ok() {
            let by_itself = judge(&rules, &numbers[0], now).unwrap();
            let by_history = judge_weeks(&rules.to_history().unwrap(), &numbers, now).unwrap();
            assert_eq!(by_itself.fingerprints, Some(of.clone()));
            assert_eq!(by_itself.forecast().fingerprints, Some(of.clone()));
            assert_eq!(by_history[0], by_itself);
        }
        let side = Scenario::of(&rules).unwrap();
        let same = backtest(&events, &[], &side, &side, now).unwrap();
        assert_eq!((&same.fingerprints_before, &same.fingerprints_after), (&of, &of));
        let saved = book.saved();
        assert_eq!(saved.fingerprints, Some(of.clone()));
        assert_eq!(SavedBook::from_json(&saved.to_json()).unwrap(), saved);
    }
}

/// The rulebook that decides is the one that is named: a week is judged by the one in force in it.
#[test]
fn i5_a_week_names_the_rulebook_that_judged_it() {
    let bol = RulebookHistory::bol().unwrap();
    let now: DateTime<Utc> = "2026-04-24T14:00:00Z".parse().unwrap();
    let of = |week: &str| WeekNumbers::new(RESPONSE_TIME, week.parse().unwrap(), 9, 10);
    let numbers = [of("2021-W52"), of("2022-W01"), of("2021-W52")];
    let judged = judge_weeks(&bol, &numbers, now).unwrap();
    for (numbers, judged) in numbers.iter().zip(&judged) {
        let rules = bol.for_week(numbers.week).unwrap();
        assert_eq!(judged.fingerprints, Some(Fingerprints::of_zone_data().with_rules(rules)));
    }
    assert_ne!(judged[0].fingerprints, judged[1].fingerprints);
    assert_ne!(bol.fingerprint(), bol.newest().unwrap().fingerprint());
    let alone = bol.newest().unwrap().to_history().unwrap();
    assert_eq!(alone.fingerprint(), alone.newest().unwrap().fingerprint());
}

#[test]
fn i5_fingerprints_read_back_from_their_text() {
    let clock = Hours::random(3).schedule().unwrap();
    let mut of = Fingerprints::of(&clock).with_rules(&Rulebook::bol());
    of.zone_data = "2027a (given) over 2026f".into();
    for of in [
        of.clone(),
        Fingerprints { rules: None, ..of.clone() },
        Fingerprints { schedule: None, calendar: None, ..of },
    ] {
        assert_eq!(of.to_string().parse::<Fingerprints>().unwrap(), of);
    }
    for text in [
        "",
        "zone_data ",
        "rules 1, zone_data 2026f",
        "calendar 0123456789abcdef",
        "zone_data 2026f, rules 0123456789abcdef",
    ] {
        assert!(text.parse::<Fingerprints>().is_err(), "{text}");
    }
}

/// What rules alone decide names them: a ledger and a comparison all of the history, points and a score those of their
/// date.
#[test]
fn i5_ledger_standing_points_and_score_carry_their_rules() {
    let (bol, on) = (RulebookHistory::bol().unwrap(), "2026-08-01".parse().unwrap());
    let newest = bol.newest().unwrap();
    let by_date = Fingerprints::of_zone_data().with_rules(newest);
    let each: [(&dyn RulesByWeek, Fingerprints); 2] =
        [(&bol, Fingerprints::of_zone_data().with_rules(&bol)), (newest, by_date.clone())];
    for (rules, of) in each {
        let weeks = vec![JudgedWeek::bad("2026-W30".parse().unwrap(), &["on_time"])];
        let ledger = Ledger::new(rules, weeks, vec![]).unwrap();
        let more = ledger.with_weeks(&[JudgedWeek::good("2026-W31".parse().unwrap())]).unwrap();
        let reported = StandingAsReported { on, count: 0, strikes: vec![] };
        let found = [
            ledger.fingerprints().clone(),
            ledger.standing(on).fingerprints,
            more.fingerprints().clone(),
            ledger.compare(&reported).unwrap().fingerprints,
        ];
        assert_eq!(found, [of.clone(), of.clone(), of.clone(), of]);
        assert_eq!(estimate(rules, &[], on).unwrap().fingerprints, by_date);
    }
    assert_eq!(PolicyPoints::new(newest, vec![]).unwrap().on(on).fingerprints, by_date);
    assert_ne!(bol.fingerprint(), newest.fingerprint());
    // A case book of a history names all of it, a book of one rulebook that one.
    for rules in [&bol as &dyn RulesByWeek, newest] {
        assert_eq!(CaseBook::of(rules).unwrap().fingerprints(), &rules.fingerprints().unwrap());
        assert_eq!(rules.fingerprints().unwrap().rules, Some(rules.fingerprint()));
    }
}
