//! The laws of DESIGN section 3, on random schedules in zones that hurt, over all supported years.

use chrono::{DateTime, TimeDelta, Utc};
use klokuur::timeline::{NULL, TimeUnit};
use klokuur::{BusinessDuration, HolidayCalendar, Schedule, Timeline};
use klokuur_tests::compare::instant;
use klokuur_tests::oracle::{Habits, Rules};
use klokuur_tests::random::Random;
use klokuur_tests::scenario::{Instants, Scenario, conventions};
use proptest::prelude::*;

/// Questions about one random schedule.
const QUESTIONS: usize = 60;

type At = DateTime<Utc>;

/// A random schedule and instants around what matters to it.
struct Shop {
    scenario: Scenario,
    schedule: Schedule,
    pieces: Vec<(i64, i64)>,
}

impl Shop {
    fn new(seed: u64, change: impl Fn(&mut Habits)) -> Option<Self> {
        let mut scenario = Scenario::random(seed);
        let set = |rules: &mut Rules| change(&mut rules.habits);
        set(&mut scenario.rules);
        scenario.rules.then.iter_mut().for_each(|(_, rules)| set(rules));
        // Some that hardly ever open are refused.
        let schedule = scenario.schedule().ok()?;
        let (first, last) = (klokuur::timeline::FIRST_INSTANT, klokuur::timeline::LIMIT_INSTANT);
        let open = schedule.intervals(first, last - TimeDelta::nanoseconds(1)).unwrap();
        let pieces = open.iter().map(|i| (i.start.timestamp(), i.end.timestamp())).collect();
        Some(Self { scenario, schedule, pieces })
    }

    fn each(
        &self,
        seed: u64,
        mut law: impl FnMut(At, At, BusinessDuration) -> Result<(), TestCaseError>,
    ) -> Result<(), TestCaseError> {
        let mut random = Random::new(seed);
        let instants = Instants::new(self.scenario.zone, &self.pieces);
        for _ in 0..QUESTIONS {
            let a = instants.instant(&mut random);
            let b = instants.other(&mut random, a);
            let (a, b) = (instant(a), instant(b));
            let budget = match random.range(0, 4) {
                0 => self.schedule.between(a, b).unwrap(),
                1 => BusinessDuration::hours(random.range(0, 300)),
                _ => BusinessDuration::from_nanoseconds(random.any_size(60)),
            };
            law(a, b, budget).map_err(|error| match error {
                TestCaseError::Fail(why) => {
                    TestCaseError::fail(format!("{why}\nat {a}, {b}, {budget}\n{}", self.scenario))
                }
                other => other,
            })?;
        }
        Ok(())
    }
}

fn mirror(habits: &mut Habits) {
    habits.never_negative = false;
}

fn any(_: &mut Habits) {}

fn nanosecond() -> TimeDelta {
    TimeDelta::nanoseconds(1)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 0, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn c5_add_is_the_inverse_of_between(seed: u64) {
        let Some(shop) = Shop::new(seed, mirror) else { return Ok(()) };
        let clock = &shop.schedule;
        shop.each(seed, |t, _, d| {
            if let Ok(due) = clock.add(t, d) {
                prop_assert_eq!(clock.between(t, due).unwrap(), d);
            }
            if let Ok(start) = clock.sub(t, d) {
                prop_assert_eq!(clock.between(start, t).unwrap(), d);
            }
            prop_assert_eq!(clock.sub(t, d), clock.add(t, -d));
            Ok(())
        })?;
    }

    #[test]
    fn c5_between_adds_up_and_mirrors(seed: u64) {
        let Some(shop) = Shop::new(seed, mirror) else { return Ok(()) };
        let clock = &shop.schedule;
        let mut last = None;
        shop.each(seed, |a, b, _| {
            let c = last.replace(a).unwrap_or(b);
            let between = |a, b| clock.between(a, b).unwrap().as_nanoseconds();
            prop_assert_eq!(between(a, b) + between(b, c), between(a, c));
            prop_assert_eq!(between(a, b), -between(b, a));
            Ok(())
        })?;
    }

    #[test]
    fn c5_between_and_add_are_monotone_in_every_argument(seed: u64, step: i64) {
        let Some(shop) = Shop::new(seed, mirror) else { return Ok(()) };
        let clock = &shop.schedule;
        let mut random = Random::new(step.cast_unsigned());
        shop.each(seed, |a, b, d| {
            let later = b + TimeDelta::nanoseconds(random.any_size(55));
            if let (Ok(to_later), Ok(from_later)) = (clock.between(a, later), clock.between(later, a)) {
                prop_assert!(clock.between(a, b).unwrap() <= to_later);
                prop_assert!(clock.between(b, a).unwrap() >= from_later);
            }
            let more = d + BusinessDuration::from_nanoseconds(random.any_size(55));
            let due = clock.add(b, d);
            if let (Ok(due), Ok(of_later)) = (&due, clock.add(later, d)) {
                prop_assert!(*due <= of_later);
            }
            if let (Ok(due), Ok(of_more)) = (&due, clock.add(b, more)) {
                prop_assert!(*due <= of_more);
            }
            if let (Ok(back), Ok(further)) = (clock.sub(b, d), clock.sub(b, more)) {
                prop_assert!(further <= back);
            }
            Ok(())
        })?;
    }

    #[test]
    fn h1_adding_a_holiday_never_makes_anything_due_earlier(seed: u64, extra: u64) {
        let Some(shop) = Shop::new(seed, mirror) else { return Ok(()) };
        // Hours of their own for holidays open on them.
        let opens = |rules: &Rules| rules.rules.iter().any(|rule| rule.holidays && !rule.stretches.is_empty());
        if opens(&shop.scenario.rules) || !shop.scenario.then.is_empty() {
            return Ok(());
        }
        let mut random = Random::new(extra);
        let around = shop.schedule.next_open(instant(0)).map_or(0, |at| at.timestamp());
        let dates = (0..40).map(|_| {
            let second = around + random.range(-2_000_000_000, 2_000_000_000);
            (DateTime::from_timestamp(second, 0).unwrap().date_naive(), "Extra")
        });
        let more = HolidayCalendar::from_dates(dates).unwrap();
        let more = shop.schedule.calendar().cloned().unwrap_or_default().union(&more);
        let Ok(closed) = shop.schedule.with_holidays(more) else { return Ok(()) };
        shop.each(seed, |a, b, d| {
            let (from, to) = (a.min(b), a.max(b));
            prop_assert!(closed.between(from, to).unwrap() <= shop.schedule.between(from, to).unwrap());
            if let (Ok(before), Ok(after)) = (shop.schedule.add(a, d.abs()), closed.add(a, d.abs())) {
                prop_assert!(after >= before);
            }
            prop_assert!(!closed.is_open(a).unwrap() || shop.schedule.is_open(a).unwrap());
            Ok(())
        })?;
    }

    #[test]
    fn c5_is_open_is_the_derivative_of_between(seed: u64) {
        let Some(shop) = Shop::new(seed, any) else { return Ok(()) };
        let clock = &shop.schedule;
        shop.each(seed, |a, _, _| {
            if let Ok(counted) = clock.between(a, a + nanosecond()) {
                prop_assert_eq!(counted.as_nanoseconds() == 1, clock.is_open(a).unwrap());
            }
            if let Ok(open) = clock.next_open(a) {
                prop_assert!(open >= a && clock.is_open(open).unwrap());
                prop_assert!(clock.between(a, open).unwrap().is_zero());
            }
            if let Some(close) = clock.next_close(a).unwrap() {
                prop_assert!(close > a && !clock.is_open(close).unwrap());
                prop_assert!(clock.is_open(close - nanosecond()).unwrap());
            }
            Ok(())
        })?;
    }

    #[test]
    fn c8_intervals_sum_to_between(seed: u64) {
        let Some(shop) = Shop::new(seed, any) else { return Ok(()) };
        let clock = &shop.schedule;
        shop.each(seed, |a, b, _| {
            let (from, to) = (a.min(b), a.max(b));
            let open = clock.intervals(from, to).unwrap();
            let sum: i128 = open.iter().map(|i| clock.between(i.start, i.end).unwrap().as_nanoseconds()).sum();
            let length: i128 = open
                .iter()
                .map(|i| {
                    let length = i.end - i.start;
                    i128::from(length.num_seconds()) * 1_000_000_000 + i128::from(length.subsec_nanos())
                })
                .sum();
            prop_assert_eq!(sum, length);
            prop_assert_eq!(sum, clock.between(from, to).unwrap().as_nanoseconds());
            prop_assert!(open.windows(2).all(|pair| pair[0].end < pair[1].start));
            Ok(())
        })?;
    }

    #[test]
    fn c8_explanations_sum_exactly_to_what_they_explain(seed: u64) {
        let Some(shop) = Shop::new(seed, any) else { return Ok(()) };
        let clock = &shop.schedule;
        shop.each(seed, |a, b, _| {
            let (from, to) = (a.min(b), a.max(b).min(a.min(b) + TimeDelta::days(60)));
            let told = clock.explain(from, to).unwrap();
            prop_assert_eq!(told.counted, clock.between(from, to).unwrap());
            let mut at = told.from;
            for stretch in &told.stretches {
                prop_assert_eq!(stretch.from, at);
                prop_assert!(stretch.to > stretch.from);
                prop_assert_eq!(stretch.counted, clock.between(stretch.from, stretch.to).unwrap());
                prop_assert_eq!(stretch.reason.counts(), clock.is_open(stretch.from).unwrap());
                let length = (stretch.to - stretch.from).num_nanoseconds().unwrap();
                prop_assert_eq!(stretch.counted.as_nanoseconds(), if stretch.reason.counts() { length.into() } else { 0 });
                at = stretch.to;
            }
            prop_assert_eq!((told.from.to_utc(), at.to_utc()), (from, to));
            Ok(())
        })?;
    }

    #[test]
    fn c5_another_horizon_changes_no_answer(seed: u64, first in 1900..=2100_i32, years in 0..40_i32) {
        let Some(shop) = Shop::new(seed, any) else { return Ok(()) };
        let clock = &shop.schedule;
        let other = Timeline::compile(clock, first..=(first + years).min(2100)).unwrap();
        shop.each(seed, |a, b, d| {
            prop_assert_eq!(clock.between(a, b), other.between(a, b));
            prop_assert_eq!(clock.add(a, d), other.add(a, d));
            prop_assert_eq!(clock.sub(a, d), other.sub(a, d));
            prop_assert_eq!(clock.next_open(a), other.next_open(a));
            prop_assert_eq!(clock.next_close(a), other.next_close(a));
            prop_assert_eq!(clock.is_open(a), other.is_open(a));
            Ok(())
        })?;
    }

    #[test]
    fn c3_within_is_not_after_add(seed: u64) {
        let Some(shop) = Shop::new(seed, any) else { return Ok(()) };
        let clock = &shop.schedule;
        shop.each(seed, |a, b, d| {
            for budget in [d, -d, BusinessDuration::ZERO, clock.between(a, b).unwrap()] {
                let found = clock.within(a, b, budget).unwrap();
                // Used up outside the supported years: after all of them, or before.
                let law = clock.add(a, budget).map_or(!budget.is_negative(), |due| b <= due);
                prop_assert_eq!(found, law, "budget {}", budget);
                let mut column = [!law];
                let columns = clock.timeline().columns().unit(TimeUnit::Nanoseconds);
                let ticks = |at: At| at.timestamp_nanos_opt().unwrap();
                columns.within(&[ticks(a)], &[ticks(b)], budget, &mut column).unwrap();
                prop_assert_eq!(column[0], law, "a column, budget {}", budget);
            }
            Ok(())
        })?;
    }

    #[test]
    fn c5_columns_answer_as_single_questions_and_null_stays_null(seed: u64) {
        let Some(shop) = Shop::new(seed, any) else { return Ok(()) };
        let (clock, timeline) = (&shop.schedule, shop.schedule.timeline());
        let (mut from, mut to, mut budgets) = (vec![NULL, 0, NULL], vec![0, NULL, NULL], vec![NULL, NULL, 0]);
        let micro = |micros: i64| DateTime::from_timestamp_micros(micros).unwrap();
        shop.each(seed, |a, b, d| {
            let (a, d) = (a.timestamp_micros(), d.as_microseconds());
            if clock.add(micro(a), BusinessDuration::from_microseconds(d)).is_ok() {
                from.push(a);
                to.push(b.timestamp_micros());
                budgets.push(d);
            }
            Ok(())
        })?;
        let mut out = vec![0; from.len()];
        timeline.between_many(&from, &to, &mut out).unwrap();
        prop_assert_eq!(&out[..3], &[NULL; 3]);
        for ((a, b), found) in from.iter().zip(&to).zip(&out).skip(3) {
            prop_assert_eq!(clock.between(micro(*a), micro(*b)).unwrap().as_microseconds(), *found);
        }
        timeline.add_many(&from, &budgets, &mut out).unwrap();
        prop_assert_eq!(&out[..3], &[NULL; 3]);
        for ((a, d), found) in from.iter().zip(&budgets).zip(&out).skip(3) {
            let due = clock.add(micro(*a), BusinessDuration::from_microseconds(*d)).unwrap();
            prop_assert_eq!(due.timestamp_micros(), *found);
        }
    }

    #[test]
    fn c5_a_schedule_reads_back_from_its_text(seed: u64) {
        let scenario = Scenario::random(seed);
        if let Ok(schedule) = Schedule::parse(&scenario.first.text, scenario.zone) {
            let schedule = schedule.with_conventions(conventions(scenario.rules.habits));
            let again = Schedule::parse(&schedule.to_string(), scenario.zone).unwrap();
            let again = again.with_conventions(conventions(scenario.rules.habits));
            prop_assert_eq!(schedule.fingerprint(), again.fingerprint());
        }
    }
}
