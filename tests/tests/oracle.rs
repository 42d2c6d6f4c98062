//! The oracle itself, against nothing but a look at the clock on the wall.

use chrono::{DateTime, Days, Timelike};
use klokuur_tests::compare::compare;
use klokuur_tests::oracle::{Habits, NANOS, Oracle, Rules, Stretch, ZoneClock};
use klokuur_tests::random::Random;
use klokuur_tests::scenario::{Instants, Scenario};

/// Whether the rules, read off the wall clock at `at`, say open. Right where no wall time comes twice.
fn open_by_the_wall(rules: &Rules, clock: &ZoneClock, at: i64) -> bool {
    let wall = DateTime::from_timestamp(at + clock.offset(at), 0).unwrap();
    let (date, minute) = (wall.date_naive(), wall.num_seconds_from_midnight() / 60);
    let eve = date - Days::new(1);
    let (today, yesterday) = (rules.on(date).day(date), rules.on(eve).day(eve));
    let has =
        |stretches: &[Stretch], minute: u32| stretches.iter().any(|s| s.open <= minute && minute < s.close);
    let here = |today: &[Stretch], yesterday: &[Stretch]| has(today, minute) || has(yesterday, minute + 1440);
    here(today.kept, yesterday.kept) || here(today.stretches, yesterday.stretches) && !today.cut
}

#[test]
fn c4_the_oracle_agrees_with_a_look_at_the_wall() {
    let mut random = Random::new(1);
    for seed in 0..60 {
        let mut rules = Scenario::random(seed).rules;
        // The wall of one zone, and the default conventions.
        let plain = |rules: &mut Rules| {
            rules.habits = Habits::default();
            rules.holidays.iter_mut().for_each(|holidays| holidays.zone = None);
        };
        plain(&mut rules);
        rules.then.iter_mut().for_each(|(_, rules)| plain(rules));
        let (oracle, clock) = (Oracle::new(&rules), ZoneClock::of(rules.zone));
        let instants = Instants::new(rules.zone, oracle.pieces());
        let back: Vec<_> = clock.changes().filter(|at| clock.offset(*at) < clock.offset(*at - 1)).collect();
        for _ in 0..300 {
            let start = i64::try_from(instants.instant(&mut random) / NANOS).unwrap();
            for quarter in 0..100 {
                let at = start + quarter * 900;
                let twice = back.iter().any(|change| (at - change).abs() < 26 * 3600);
                if let Ok(open) = oracle.is_open(i128::from(at) * NANOS).map(|open| open && !twice) {
                    let expected = !twice && open_by_the_wall(&rules, &clock, at);
                    assert_eq!(open, expected, "{at} in {}", Scenario::random(seed));
                }
            }
        }
    }
}

#[test]
fn c4_the_engine_agrees_with_the_oracle() {
    // The last one: a schedule of many short pieces that is open at the end of the supported time.
    for seed in (0..20).chain([12_619_889_186_342_366_106]) {
        if let Err(difference) = compare(seed, 300) {
            panic!("{difference}");
        }
    }
}
