//! Columns against single questions.

use super::*;
use crate::schedule::{Backwards, ZeroBudget};

const UNITS: [TimeUnit; 4] =
    [TimeUnit::Seconds, TimeUnit::Milliseconds, TimeUnit::Microseconds, TimeUnit::Nanoseconds];

fn instant(unit: TimeUnit, tick: i64) -> DateTime<Utc> {
    let nanoseconds = tick.rem_euclid(unit.per_second()) * unit.nanoseconds();
    DateTime::from_timestamp(tick.div_euclid(unit.per_second()), nanoseconds as u32).unwrap()
}

fn tick(unit: TimeUnit, at: DateTime<Utc>) -> i64 {
    at.timestamp() * unit.per_second() + i64::from(at.timestamp_subsec_nanos()) / unit.nanoseconds()
}

fn amount(unit: TimeUnit, amount: BusinessDuration) -> i64 {
    i64::try_from(amount.as_nanoseconds() / i128::from(unit.nanoseconds())).unwrap()
}

#[test]
fn c5_columns_agree_with_single_questions() {
    let conventions = Conventions::default();
    let others = conventions
        .with_budget_end(BudgetEnd::AtNextOpen)
        .with_backwards(Backwards::Zero)
        .with_zero_budget(ZeroBudget::NextOpen);
    let mut noise = Noise(3);
    for (text, zone) in [
        ("Mo-Fr 09:00-12:30,13:00-17:30", "Europe/Amsterdam"),
        ("Mo-Fr 00:00-24:00", "America/New_York"),
        ("24/7", "UTC"),
    ] {
        for conventions in [conventions, others] {
            for unit in UNITS {
                let schedule = schedule(text, zone).with_conventions(conventions);
                let columns = schedule.timeline().columns().unit(unit);
                let scale = unit.per_second();
                // Mostly near rows, some far ones and nulls; then the other way around.
                for far_of_ten in [0, 1, 9] {
                    let mut at = || match noise.below(100) {
                        0 => NULL,
                        1..=9 => (noise.below(40_000) - 10_000) * 43_200 * scale,
                        x if x % 10 < far_of_ten => {
                            FIRST_SECOND * scale + noise.below((LIMIT_SECOND - FIRST_SECOND) * scale)
                        }
                        _ => 1_700_000_000 * scale + noise.below(100_000_000 * scale),
                    };
                    let a: Vec<i64> = (0..3_000).map(|_| at()).collect();
                    let b: Vec<i64> = (0..3_000).map(|_| at()).collect();
                    let budgets: Vec<i64> = (0..3_000)
                        .map(|_| match noise.below(20) {
                            0 => 0,
                            1 => NULL,
                            2 => noise.below(5) * 12_600 * scale,
                            _ => noise.below(4_000_000 * scale) - 2_000_000 * scale,
                        })
                        .collect();
                    let norm = BusinessDuration::hours(24);
                    let mut out = vec![0; 3_000];
                    let mut answers = vec![false; 3_000];
                    let rows = |a: i64, b: i64| a != NULL && b != NULL;

                    columns.between(&a, &b, &mut out).unwrap();
                    columns.within(&a, &b, norm, &mut answers).unwrap();
                    for i in 0..3_000 {
                        if !rows(a[i], b[i]) {
                            assert_eq!((out[i], answers[i]), (NULL, false));
                            continue;
                        }
                        let truth = schedule.between(instant(unit, a[i]), instant(unit, b[i])).unwrap();
                        // Used up after the supported years: later than any instant asked.
                        let in_time = schedule
                            .add(instant(unit, a[i]), norm)
                            .map_or(true, |due| instant(unit, b[i]) <= due);
                        assert_eq!((out[i], answers[i]), (amount(unit, truth), in_time));
                    }
                    for back in [false, true] {
                        let single = |at, budget| match back {
                            false => schedule.add(at, budget),
                            true => schedule.sub(at, budget),
                        };
                        let result = match back {
                            false => columns.add(&a, &budgets, &mut out),
                            true => columns.sub(&a, &budgets, &mut out),
                        };
                        let refused = (0..3_000).find(|&i| {
                            rows(a[i], budgets[i])
                                && single(instant(unit, a[i]), unit.amount(budgets[i])).is_err()
                        });
                        match result {
                            Ok(()) => assert_eq!(refused, None),
                            Err(KlokuurError::Row { row, .. }) => assert_eq!(refused, Some(row)),
                            Err(other) => panic!("{other}"),
                        }
                        for i in 0..refused.unwrap_or(3_000) {
                            let null = !rows(a[i], budgets[i]);
                            let truth = (!null)
                                .then(|| single(instant(unit, a[i]), unit.amount(budgets[i])).unwrap());
                            assert_eq!(out[i], truth.map_or(NULL, |at| tick(unit, at)), "{text} row {i}");
                        }
                        for budget in
                            [BusinessDuration::ZERO, norm, -norm, BusinessDuration::hours(2_000_000)]
                        {
                            let result = match back {
                                false => columns.add(&a, budget, &mut out),
                                true => columns.sub(&a, budget, &mut out),
                            };
                            let single = |at| {
                                if at == NULL {
                                    Ok(NULL)
                                } else {
                                    single(instant(unit, at), budget).map(|at| tick(unit, at))
                                }
                            };
                            let truth: std::result::Result<Vec<i64>, _> =
                                a.iter().map(|at| single(*at)).collect();
                            match truth {
                                Ok(truth) => assert_eq!((result, &out), (Ok(()), &truth)),
                                Err(problem) => assert_eq!(result.unwrap_err().code(), problem.code()),
                            }
                        }
                    }
                    columns.is_open(&a, &mut answers).unwrap();
                    columns.next_open(&a, &mut out).unwrap();
                    for i in (0..3_000).filter(|&i| a[i] != NULL) {
                        let at = instant(unit, a[i]);
                        assert_eq!(answers[i], schedule.is_open(at).unwrap());
                        assert_eq!(out[i], tick(unit, schedule.next_open(at).unwrap()));
                    }
                    assert!((0..3_000).filter(|&i| a[i] == NULL).all(|i| out[i] == NULL && !answers[i]));
                }
            }
        }
    }
}

#[test]
fn nulls_by_bitmap_hide_what_stands_under_them() {
    let office = schedule("Mo-Fr 09:00-17:00", "Europe/Amsterdam").timeline();
    let good = 1_773_414_000_000_000;
    let values: Vec<i64> = (0..5_000).map(|i| if i % 7 == 0 { i64::MAX - i } else { good + i }).collect();
    let mut bits = vec![0_u8; 5_100 / 8];
    for i in (0..5_000).filter(|i| i % 7 != 0 && i % 11 != 0) {
        bits[(i + 3) / 8] |= 1 << ((i + 3) % 8);
    }
    let column = Column::with_validity(&values, &bits, 3).unwrap();
    let mut out = vec![1; 5_000];
    office.between_many(&values, &values, &mut out).unwrap_err();
    office.between_many(column, column, &mut out).unwrap();
    for (i, out) in out.iter().enumerate() {
        assert_eq!(*out, if i % 7 == 0 || i % 11 == 0 { NULL } else { 0 });
    }
    // No row out of reach: the fast loop alone, and more rows than are taken at a time.
    let rows = 70_000;
    let values = vec![good; rows];
    let mut bits = vec![0_u8; rows / 8 + 1];
    for i in (0..rows).filter(|i| i % 7 != 0 && i % 11 != 0) {
        bits[(i + 3) / 8] |= 1 << ((i + 3) % 8);
    }
    let column = Column::with_validity(&values, &bits, 3).unwrap();
    let mut out = vec![1; rows];
    office.next_open_many(column, &mut out).unwrap();
    for (i, out) in out.iter().enumerate() {
        assert_eq!(*out, if i % 7 == 0 || i % 11 == 0 { NULL } else { good });
    }
    assert_eq!(Column::with_validity(&values, &bits[..1], 3).unwrap_err().code(), "length_mismatch");
    // Five rows after three bits are one byte, six are more.
    assert!(Column::with_validity(&values[..5], &bits[..1], 3).is_ok());
    assert!(Column::with_validity(&values[..6], &bits[..1], 3).is_err());
}

#[test]
fn the_first_refused_row_is_named() {
    let office = schedule("Mo-Fr 09:00-17:00", "Europe/Amsterdam").timeline();
    let mut values = vec![1_773_414_000_000_000; 200_000];
    values[150_000] = i64::MAX;
    values[70_000] = LIMIT_SECOND * 1_000_000;
    let mut out = vec![0; 200_000];
    let row = |result: crate::Result<()>| match result {
        Err(KlokuurError::Row { row, problem }) => (row, problem.code()),
        other => panic!("{other:?}"),
    };
    assert_eq!(row(office.next_open_many(&values, &mut out)), (70_000, "out_of_range"));
    #[cfg(feature = "parallel")]
    assert_eq!(row(office.columns().parallel().next_open(&values, &mut out)), (70_000, "out_of_range"));
    values[70_000] = 0;
    values[150_000] = 0;
    office.next_open_many(&values, &mut out).unwrap();
    #[cfg(feature = "parallel")]
    {
        let mut shared = vec![0; 200_000];
        office.columns().parallel().next_open(&values, &mut shared).unwrap();
        assert_eq!(out, shared);
    }
    assert_eq!(office.next_open_many(&values[..5], &mut out).unwrap_err().code(), "length_mismatch");
    assert_eq!(office.between_many(&values[..5], &values, &mut out).unwrap_err().code(), "length_mismatch");
    let half = BusinessDuration::from_nanoseconds(1_500);
    assert_eq!(office.add_many(&values, half, &mut out).unwrap_err().code(), "invalid_value");
    office.columns().unit(TimeUnit::Nanoseconds).add(&values, half, &mut out).unwrap();
    office.next_open_many(&[], &mut []).unwrap();
    let mut nulls = [1; 3];
    schedule("24/7", "UTC").timeline().next_open_many(&[NULL; 3], &mut nulls).unwrap();
    assert_eq!(nulls, [NULL; 3]);
}
