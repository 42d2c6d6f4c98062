//! The performance score and the review grade (RULES P1–P3) beyond the vectors.

use chrono::{NaiveDate, TimeZone, Utc};
use klokuur::norm::{CANCELLATIONS, FULFILMENT, TRACK_AND_TRACE, WeekNumbers, WeekResult, judge_weeks};
use klokuur::rulebook::{Ratio, RulebookHistory};
use klokuur::score::{PerformanceScore, QualityScore, ReviewGrade, estimate};
use klokuur::{IsoWeek, Rulebook};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn results(numbers: &[(&str, &str, i64, u64)]) -> Vec<WeekResult> {
    let numbers: Vec<_> = numbers
        .iter()
        .map(|(norm, week, n, d)| WeekNumbers::new(norm, week.parse().unwrap(), *n, *d))
        .collect();
    judge_weeks(
        &Rulebook::shipped("bol-2024").unwrap(),
        &numbers,
        Utc.with_ymd_and_hms(2026, 12, 31, 0, 0, 0).unwrap(),
    )
    .unwrap()
}

#[test]
fn p1_a_new_regime_counts_from_its_first_final_week() {
    let history = RulebookHistory::bol().unwrap();
    let mut numbers = Vec::new();
    for place in 0..7 {
        let week = "2026-W20".parse::<IsoWeek>().unwrap().plus(place);
        numbers.extend(
            [(FULFILMENT, 80), (CANCELLATIONS, 0)].map(|(norm, n)| WeekNumbers::new(norm, week, n, 100)),
        );
    }
    let results =
        judge_weeks(&history, &numbers, Utc.with_ymd_and_hms(2026, 7, 10, 0, 0, 0).unwrap()).unwrap();
    let of = |on: &str| {
        let found = estimate(&history, &results, day(on)).unwrap();
        (found.last_week.unwrap().to_string(), found.score, found.missing)
    };
    // W26 is the last of the older regime, and no week of the newer is final by then.
    let before = of("2026-06-28");
    let after = of("2026-07-01");
    assert_eq!((before.0.as_str(), after.0.as_str()), ("2026-W25", "2026-W26"));
    assert_eq!((before.1, before.2), (after.1, after.2));
}

#[test]
fn p1_six_final_weeks_calculated_on_wednesdays() {
    let given = results(&[
        (FULFILMENT, "2026-W04", 0, 100),
        (FULFILMENT, "2026-W05", 93, 100),
        (FULFILMENT, "2026-W10", 93, 100),
    ]);
    // W10 is final on Wednesday 11 March; then W04 is the seventh.
    let before = estimate(&Rulebook::shipped("bol-2024").unwrap(), &given, day("2026-03-10")).unwrap();
    assert_eq!(
        (before.calculated_on, before.last_week),
        (day("2026-03-04"), Some("2026-W05".parse().unwrap()))
    );
    let after = estimate(&Rulebook::shipped("bol-2024").unwrap(), &given, day("2026-03-17")).unwrap();
    assert_eq!(
        (after.calculated_on, after.score, after.meets_minimum),
        (day("2026-03-11"), Some(8.0), Some(true))
    );
}

#[test]
fn p2_an_estimate_says_so_and_a_reported_score_is_never_altered() {
    let rules = Rulebook::shipped("bol-2024").unwrap();
    let reported = PerformanceScore::reported("8.37".parse::<Ratio>().unwrap(), day("2026-03-18")).unwrap();
    assert_eq!((reported.is_estimate(), reported.value()), (false, Some(8.37)));
    let given = results(&[(CANCELLATIONS, "2026-W10", 1, 100)]);
    let estimated = PerformanceScore::Estimated(estimate(&rules, &given, day("2026-03-18")).unwrap());
    assert!(estimated.is_estimate());
    let json = serde_json::to_value(&estimated).unwrap();
    assert_eq!(json["kind"], "estimated");
    assert_eq!(json["missing"], serde_json::json!([FULFILMENT, TRACK_AND_TRACE]));
    assert_eq!(estimated.meets_minimum(rules.score_rules().unwrap()), Some(true));
}

#[test]
fn p2_numbers_too_large_are_refused_not_rounded() {
    let huge = i64::MAX as u64;
    let given = results(&[
        (FULFILMENT, "2026-W10", i64::MAX - 1, huge),
        (CANCELLATIONS, "2026-W10", 3, huge - 2),
        (TRACK_AND_TRACE, "2026-W10", 5, huge - 4),
    ]);
    assert_eq!(
        estimate(&Rulebook::shipped("bol-2024").unwrap(), &given, day("2026-03-18")).unwrap_err().code(),
        "out_of_range"
    );
}

#[test]
fn p1_one_reported_score_for_each_shipping_method() {
    let score = PerformanceScore::reported("8.4".parse().unwrap(), day("2026-07-08"))
        .unwrap()
        .of_method("OWN_SHIPPING");
    assert_eq!(score.value(), Some(8.4));
    let PerformanceScore::Reported { shipping_method, .. } = score else { panic!("an estimate") };
    assert_eq!(shipping_method.as_deref(), Some("OWN_SHIPPING"));
}

#[test]
fn p4_a_quality_score_is_kept_as_reported() {
    let week = IsoWeek::new(2026, 40).unwrap();
    let score = QualityScore::reported("87.5".parse().unwrap(), week).unwrap();
    assert_eq!((score.value(), score.week()), (87.5, week));
    for refused in ["-1", "100.1"] {
        assert!(QualityScore::reported(refused.parse().unwrap(), week).is_err());
    }
    let text = serde_json::to_string(&score).unwrap();
    assert_eq!(serde_json::from_str::<QualityScore>(&text).unwrap(), score);
    assert!(serde_json::from_str::<QualityScore>(&text.replace("87.5", "187.5")).is_err());
}

#[test]
fn p3_the_review_grade_is_its_own_type() {
    let reviews: Vec<_> = (1..=5).map(|d| (NaiveDate::from_ymd_opt(2026, 6, d).unwrap(), 8)).collect();
    let grade =
        ReviewGrade::on(&Rulebook::shipped("bol-2024").unwrap(), &reviews, day("2026-06-30")).unwrap();
    assert_eq!((grade.value(), grade.meets_norm(), grade.period.all_time), (Some(8.0), Some(true), false));
    assert!(
        ReviewGrade::on(
            &Rulebook::shipped("bol-2024").unwrap(),
            &[(day("2026-06-01"), 11)],
            day("2026-06-30")
        )
        .is_err()
    );
}

proptest! {
    #[test]
    fn p2_the_estimate_is_between_0_and_10_and_rises_with_the_values(
        good in 0..=1000_i64, cancelled in 0..=1000_i64, tracked in 0..=1000_i64, more in 0..100_i64,
    ) {
        let rules = Rulebook::shipped("bol-2024").unwrap();
        let score = |good: i64, cancelled: i64, tracked: i64| {
            let given = results(&[
                (FULFILMENT, "2026-W10", good.min(1000), 1000),
                (CANCELLATIONS, "2026-W10", cancelled.max(0), 1000),
                (TRACK_AND_TRACE, "2026-W10", tracked.min(1000), 1000),
            ]);
            estimate(&rules, &given, day("2026-03-18")).unwrap()
        };
        let one = score(good, cancelled, tracked);
        let better = score(good + more, cancelled - more, tracked + more);
        prop_assert!((0.0..=10.0).contains(&one.score.unwrap()));
        prop_assert!(better.score >= one.score);
        // With all norms met the minimum is met.
        if good >= 930 && cancelled <= 20 && tracked == 1000 {
            prop_assert_eq!(one.meets_minimum, Some(true));
        }
        prop_assert_eq!(one.last_week, Some(IsoWeek::new(2026, 10).unwrap()));
    }
}
