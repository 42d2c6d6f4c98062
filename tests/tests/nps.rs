//! Net Promoter Score (RULES Q1, Q3, Q4, Q5) beyond the vectors: laws, simulated coverage, degenerate cases.

use chrono::{NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use klokuur::nps::{
    NO_ANSWER, NO_KEY, NpsAreas, NpsIntervalMethod, NpsTrend, WeightedNps, nps_by, nps_by_month, nps_by_name,
    nps_by_week, nps_in, required_answers, required_answers_for,
};
use klokuur::{KlokuurError, Nps, Period};
use klokuur_tests::random::Random;
use proptest::prelude::*;

const METHODS: [NpsIntervalMethod; 3] =
    [NpsIntervalMethod::AdjustedWald, NpsIntervalMethod::Wald, NpsIntervalMethod::Score];

#[test]
fn q1_promoters_passives_detractors() {
    for score in 0..=10_u8 {
        let nps = Nps::from_scores([score]).unwrap();
        let expected = if score >= 9 {
            (1, 0, 0)
        } else if score >= 7 {
            (0, 1, 0)
        } else {
            (0, 0, 1)
        };
        assert_eq!((nps.promoters(), nps.passives(), nps.detractors()), expected, "score {score}");
    }
}

#[test]
fn q1_no_answers_is_undefined_everywhere() {
    let none = Nps::default();
    assert!(none.score().is_none() && none.shares().is_none() && none.standard_error().is_none());
    assert!(none.interval(0.95).unwrap().is_none());
    assert!(none.compare(&Nps::from_scores([9]).unwrap(), 0.95).unwrap().is_none());
    assert!(WeightedNps::default().interval(0.95).unwrap().is_none());
    assert!(NpsTrend::of(&[none, none]).is_none());
}

#[test]
fn q1_million_answers_do_not_overflow() {
    let column = vec![10_u8; 1_000_000];
    let nps = Nps::from_column(&column).unwrap();
    assert_eq!(nps.score().unwrap().to_string(), "100.0");
    let most = Nps::from_counts(1_000_000_000_000_000, 1_000_000_000_000_000, 1_000_000_000_000_000).unwrap();
    assert_eq!(most + most, most, "counts stop at their limit");
    assert_eq!(most.score().unwrap().to_string(), "0.0");
    assert!(most.interval_with(0.95, NpsIntervalMethod::Score).unwrap().unwrap().high < 0.001);
    assert!(Nps::from_counts(u64::MAX, 0, 0).is_err());
}

#[test]
fn q1_exact_score_compares_without_rounding() {
    let third = Nps::from_counts(2, 3, 1).unwrap().score().unwrap();
    assert_eq!(third, Nps::from_counts(20, 30, 10).unwrap().score().unwrap());
    assert!(third < Nps::from_counts(500_001, 2_499_999, 0).unwrap().score().unwrap());
    assert!(Nps::from_counts(1, 3, 0).unwrap().score().unwrap().at_least(25));
    assert!(!Nps::from_counts(2_499_999, 7_500_001, 0).unwrap().score().unwrap().at_least(25));
}

proptest! {
    #[test]
    fn q1_column_equals_scores_one_by_one(scores in prop::collection::vec(prop_oneof![0..=10_u8, Just(NO_ANSWER)], 0..40_000)) {
        let slow = Nps::from_scores(scores.iter().copied().filter(|&s| s != NO_ANSWER)).unwrap();
        prop_assert_eq!(Nps::from_column(&scores).unwrap(), slow);
    }

    #[test]
    fn q1_column_names_its_first_bad_row(mut scores in prop::collection::vec(0..=10_u8, 1..20_000), at in any::<prop::sample::Index>(), bad in 11..=254_u8) {
        let row = at.index(scores.len());
        scores[row] = bad;
        let expected = Nps::from_scores(scores.iter().copied()).unwrap_err();
        prop_assert_eq!(Nps::from_column(&scores).unwrap_err(), expected.clone());
        prop_assert_eq!(nps_by(&scores, &vec![0; scores.len()], 1).unwrap_err(), expected.clone());
        let named_row = matches!(expected, KlokuurError::Row { row: found, .. } if found == row);
        prop_assert!(named_row);
    }

    #[test]
    fn q3_parts_by_key_sum_to_the_whole(rows in prop::collection::vec((prop_oneof![0..=10_u8, Just(NO_ANSWER)], 0..7_u32), 0..500)) {
        let (scores, keys): (Vec<u8>, Vec<u32>) = rows.into_iter().unzip();
        let parts = nps_by(&scores, &keys, 7).unwrap();
        prop_assert_eq!(parts.iter().copied().sum::<Nps>(), Nps::from_column(&scores).unwrap());
        let names: Vec<String> = keys.iter().map(u32::to_string).collect();
        for group in nps_by_name(&scores, &names).unwrap() {
            prop_assert_eq!(group.nps, parts[group.key.parse::<usize>().unwrap()]);
        }
    }

    #[test]
    fn q4_every_number_is_finite_and_in_range(a in (0..40_u64, 0..40_u64, 0..40_u64), b in (0..40_u64, 0..40_u64, 0..40_u64), confidence in 0.01..0.9999_f64) {
        let (one, two) = (Nps::from_counts(a.0, a.1, a.2).unwrap(), Nps::from_counts(b.0, b.1, b.2).unwrap());
        prop_assume!(!one.is_empty() && !two.is_empty());
        let points = one.score().unwrap().points();
        for method in METHODS {
            let i = one.interval_with(confidence, method).unwrap().unwrap();
            prop_assert!(-100.0 <= i.low && i.low <= points + 1e-9 && points - 1e-9 <= i.high && i.high <= 100.0, "{:?}", i);
        }
        let c = one.compare(&two, confidence).unwrap().unwrap();
        for number in [c.difference, c.z, c.p_two_sided, c.p_higher, c.p_lower, c.low, c.high] {
            prop_assert!(number.is_finite());
        }
        prop_assert!(c.low <= c.difference + 1e-9 && c.difference - 1e-9 <= c.high);
        prop_assert!(c.z * c.difference >= 0.0, "the sign of the test is the sign of the difference");
        let back = two.compare(&one, confidence).unwrap().unwrap();
        prop_assert!((c.difference + back.difference).abs() < 1e-9 && (c.z + back.z).abs() < 1e-6);
        prop_assert!((c.low + back.high).abs() < 1e-6 && (c.p_higher - back.p_lower).abs() < 1e-6);
        // The interval and the test agree about 0.
        let alpha = 1.0 - confidence;
        if (c.p_two_sided - alpha).abs() > 1e-6 {
            prop_assert_eq!(c.p_two_sided < alpha, c.low > 0.0 || c.high < 0.0, "{:?}", c);
        }
    }
}

/// How often the interval holds the true score, by simulation.
fn coverage(method: NpsIntervalMethod, n: u64, promoters: f64, detractors: f64, random: &mut Random) -> f64 {
    const ROUNDS: u32 = 4_000;
    let truth = 100.0 * (promoters - detractors);
    let held = (0..ROUNDS).filter(|_| {
        let i = draw(n, promoters, detractors, random).interval_with(0.95, method).unwrap().unwrap();
        i.low <= truth + 1e-9 && truth <= i.high + 1e-9
    });
    held.count() as f64 / f64::from(ROUNDS)
}

fn draw(n: u64, promoters: f64, detractors: f64, random: &mut Random) -> Nps {
    let (mut high, mut low) = (0, 0);
    for _ in 0..n {
        let u = random.unit();
        if u < promoters {
            high += 1;
        } else if u < promoters + detractors {
            low += 1;
        }
    }
    Nps::from_counts(high, n - high - low, low).unwrap()
}

#[test]
fn q4_intervals_keep_their_confidence_on_few_answers() {
    let mut random = Random::new(20260314);
    let (mut worst_wald, mut sum) = (1.0_f64, [0.0; 2]);
    let shares = [(0.5, 0.2), (0.7, 0.1), (0.9, 0.02), (0.3, 0.3), (0.2, 0.5), (0.95, 0.0)];
    for n in [10, 25, 60] {
        for (promoters, detractors) in shares {
            for (i, method) in
                [NpsIntervalMethod::AdjustedWald, NpsIntervalMethod::Score].into_iter().enumerate()
            {
                let c = coverage(method, n, promoters, detractors, &mut random);
                // Counts are whole, so no interval hits 95 % everywhere; none may fall far below.
                assert!(c > 0.90, "{method:?} n={n} {promoters} {detractors}: {c}");
                sum[i] += c / (3.0 * shares.len() as f64);
            }
            worst_wald =
                worst_wald.min(coverage(NpsIntervalMethod::Wald, n, promoters, detractors, &mut random));
        }
    }
    assert!(sum.iter().all(|mean| (0.94..0.985).contains(mean)), "mean coverage {sum:?}");
    // Why plain Wald is not the default.
    assert!(worst_wald < 0.75, "plain Wald at its worst: {worst_wald}");
}

#[test]
fn q4_comparison_keeps_its_false_alarm_rate() {
    let mut random = Random::new(7);
    for (n, m, promoters, detractors) in
        [(20, 30, 0.5, 0.2), (25, 200, 0.7, 0.1), (100, 100, 0.3, 0.3), (15, 15, 0.9, 0.05)]
    {
        const ROUNDS: u32 = 3_000;
        let (mut both, mut higher) = (0, 0);
        for _ in 0..ROUNDS {
            let one = draw(n, promoters, detractors, &mut random);
            let two = draw(m, promoters, detractors, &mut random);
            let c = one.compare(&two, 0.95).unwrap().unwrap();
            both += u32::from(c.p_two_sided < 0.05);
            higher += u32::from(c.p_higher < 0.05);
        }
        let (both, higher) = (f64::from(both) / f64::from(ROUNDS), f64::from(higher) / f64::from(ROUNDS));
        assert!(both < 0.068 && higher < 0.072, "{n} against {m}: {both} two-sided, {higher} one-sided");
    }
}

#[test]
fn q4_comparison_finds_a_real_difference() {
    let mut random = Random::new(8);
    let found = (0..500).filter(|_| {
        let (one, two) = (draw(200, 0.6, 0.1, &mut random), draw(200, 0.45, 0.25, &mut random));
        one.compare(&two, 0.95).unwrap().unwrap().p_higher < 0.05
    });
    assert!(found.count() > 475);
}

#[test]
fn q4_trend_keeps_its_false_alarm_rate_and_finds_a_rise() {
    let mut random = Random::new(9);
    const ROUNDS: u32 = 2_000;
    let mut run = |rise: f64| {
        let mut alarms = 0;
        for _ in 0..ROUNDS {
            let weeks: Vec<Nps> =
                (0..12).map(|i| draw(10 + i % 3 * 15, 0.2 + rise * i as f64, 0.2, &mut random)).collect();
            alarms += u32::from(NpsTrend::of(&weeks).unwrap().p_two_sided < 0.05);
        }
        f64::from(alarms) / f64::from(ROUNDS)
    };
    let quiet = run(0.0);
    assert!((0.035..0.065).contains(&quiet), "false alarms {quiet}");
    assert!(run(0.05) > 0.95);
}

#[test]
fn q4_required_answers_give_the_margin() {
    let n = required_answers(10.0, 0.95).unwrap();
    let half = |n: u64| {
        let i = Nps::from_counts(n / 2, 0, n / 2).unwrap().interval_with(0.95, NpsIntervalMethod::Wald);
        let i = i.unwrap().unwrap();
        (i.high - i.low) / 2.0
    };
    assert!(half(n + 1) <= 10.0 && half(n - 5) > 10.0);
    assert!(required_answers(f64::NAN, 0.95).is_err() && required_answers(10.0, f64::NAN).is_err());
    assert!(required_answers(1e-300, 0.95).is_err() && required_answers(100.1, 0.95).is_err());
}

#[test]
fn q1_scores_are_compared_and_shown_to_the_last_answer() {
    let score = |promoters, passives, detractors| {
        Nps::from_counts(promoters, passives, detractors).unwrap().score().unwrap()
    };
    assert_ne!(score(1, 1, 0), score(49, 51, 0));
    assert_eq!(score(1, 1, 0), score(50, 50, 0));
    assert!(score(49, 51, 0) < score(1, 1, 0));
    assert!(score(1, 1, 0).at_least(50) && !score(49, 51, 0).at_least(50));
    assert!(score(0, 1, 0).at_least(0) && !score(0, 100, 0).at_least(1));
    // What rounds to nothing has no sign.
    let shown = |score: klokuur::nps::NpsScore| (format!("{score:.0}"), format!("{score}"));
    assert_eq!(shown(score(0, 999, 1)), ("0".to_owned(), "-0.1".to_owned()));
    assert_eq!(shown(score(0, 9_999, 1)), ("0".to_owned(), "0.0".to_owned()));
    assert_eq!(shown(score(0, 1, 1)), ("-50".to_owned(), "-50.0".to_owned()));
}

#[test]
fn q1_a_bad_row_is_named_wherever_it_stands() {
    // Whole lanes of 64, and what is left after them.
    for rows in [1, 63, 64, 65, 130] {
        for bad in 0..rows {
            let mut scores = vec![NO_ANSWER; rows];
            scores[bad] = 11;
            let problem = Nps::from_column(&scores).unwrap_err();
            assert!(
                matches!(problem, KlokuurError::Row { row, .. } if row == bad),
                "{bad} of {rows}: {problem}"
            );
        }
    }
    let by = |keys: [u32; 3]| nps_by(&[10; 3], &keys, 2).unwrap_err();
    for (keys, bad) in [([0, 1, 2], 2), ([NO_KEY, 7, 2], 1), ([9, NO_KEY, 0], 0)] {
        assert!(matches!(by(keys), KlokuurError::Row { row, .. } if row == bad), "{keys:?}");
    }
}

#[test]
fn q4_shares_that_cannot_be_are_refused_and_weighted_ones_are_of_all_weight() {
    for (promoters, detractors) in [(1.2, 0.0), (0.0, 1.2), (-0.1, 0.5), (0.7, 0.4)] {
        assert!(required_answers_for(5.0, 0.95, promoters, detractors).is_err(), "{promoters} {detractors}");
    }
    assert!(required_answers_for(5.0, 0.95, 0.7, 0.3).is_ok());
    let shares = WeightedNps::from_scores([(10, 0.5), (8, 1.0), (3, 2.5)]).unwrap().shares().unwrap();
    assert_eq!((shares.promoters, shares.passives, shares.detractors), (0.125, 0.25, 0.625));
    // One kind of answers alone reads back; weights without answers or without squares do not, nor squares without
    // weights.
    for one in [10, 8, 3] {
        let weighted = WeightedNps::from_scores([(one, 0.5)]).unwrap();
        let text = serde_json::to_string(&weighted).unwrap();
        assert_eq!(serde_json::from_str::<WeightedNps>(&text).unwrap(), weighted);
        for (sum, given) in
            [("\"answers\":1", "\"answers\":0"), ("\"squares\":0.25", "\"squares\":0.0"), (":0.5", ":0.0")]
        {
            let without = text.replace(sum, given);
            assert!(without != text && serde_json::from_str::<WeightedNps>(&without).is_err(), "{without}");
        }
    }
}

#[test]
fn q4_weights_that_are_equal_change_nothing() {
    let scores = [10, 9, 3, 7, 8, 10];
    let plain = Nps::from_scores(scores).unwrap();
    let weighted = WeightedNps::from_scores(scores.map(|s| (s, 0.25))).unwrap();
    assert!((weighted.effective_answers() - 6.0).abs() < 1e-12);
    assert_eq!(weighted.answers(), 6);
    let (a, b) = (plain.interval(0.95).unwrap().unwrap(), weighted.interval(0.95).unwrap().unwrap());
    assert!((a.low - b.low).abs() < 1e-9 && (a.high - b.high).abs() < 1e-9);
    for bad in [-1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(WeightedNps::from_scores([(9, bad)]).unwrap_err().code(), "out_of_range");
    }
    // A weight of nothing is an answer that does not count.
    assert_eq!(WeightedNps::from_scores([(9, 0.0)]).unwrap().points(), None);
}

#[test]
fn q4_flag_below_the_guideline_of_25() {
    assert!(Nps::from_counts(24, 0, 0).unwrap().summary(0.95, 25).unwrap().below_guideline);
    assert!(!Nps::from_counts(20, 5, 0).unwrap().summary(0.95, 25).unwrap().below_guideline);
}

#[test]
fn q3_windows_follow_the_local_date() {
    let zone = chrono_tz::Europe::Amsterdam;
    let at = |h, m| Utc.with_ymd_and_hms(2026, 3, 28, h, m, 0).unwrap().timestamp_micros();
    // The month ends at 22:00 UTC on 31 March (summer time), the week of 23 March on Sunday 22:00 UTC.
    let (times, scores) = ([at(22, 59), at(23, 0), i64::MIN], [10, 0, 10]);
    let day = |d| Period::trailing_days(NaiveDate::from_ymd_opt(2026, 3, d).unwrap(), 1).unwrap();
    assert_eq!(nps_in(day(28), zone, &times, &scores).unwrap().promoters(), 1);
    assert_eq!(nps_in(day(29), zone, &times, &scores).unwrap().detractors(), 1);
    let weeks = nps_by_week(zone, &times, &scores).unwrap();
    assert_eq!(weeks.len(), 1);
    assert_eq!(weeks[0].week().unwrap().to_string(), "2026-W13");
    assert!(nps_by_week(zone, &[i64::MAX], &[9]).is_err(), "far outside the supported years");
}

#[test]
fn q3_rows_without_an_answer_count_in_no_window_and_bad_scores_are_named() {
    let zone = chrono_tz::Europe::Amsterdam;
    let noon = |y, m, d| Utc.with_ymd_and_hms(y, m, d, 12, 0, 0).unwrap().timestamp_micros();
    let times = [noon(2025, 11, 30), noon(2025, 12, 1), noon(2025, 12, 31), noon(2027, 1, 1)];
    let winter = Period::between(
        NaiveDate::from_ymd_opt(2025, 12, 1).unwrap(),
        NaiveDate::from_ymd_opt(2025, 12, 31).unwrap(),
    );
    let nps = nps_in(winter.unwrap(), zone, &times, &[10, 10, NO_ANSWER, 0]).unwrap();
    assert_eq!((nps.promoters(), nps.answers()), (1, 1));
    let months = nps_by_month(zone, &times, &[10, 9, NO_ANSWER, 0]).unwrap();
    // November 2025 to January 2027, those without an answer too.
    assert_eq!(months.len(), 15);
    let firsts: Vec<String> = months.iter().map(|month| month.period.first().to_string()).collect();
    assert_eq!(
        (firsts[0].as_str(), firsts[1].as_str(), firsts[2].as_str()),
        ("2025-11-01", "2025-12-01", "2026-01-01")
    );
    let answers: Vec<u64> = months.iter().map(|month| month.nps.answers()).collect();
    assert_eq!(answers, [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    for bad in [
        nps_in(Period::month(2025, 12).unwrap(), zone, &times, &[10, 11, 0, 0]).map(|_| ()),
        nps_by_month(zone, &times, &[10, 11, 0, 0]).map(|_| ()),
        nps_by_week(zone, &times, &[10, 11, 0, 0]).map(|_| ()),
    ] {
        let text = bad.unwrap_err().to_string();
        assert!(text.contains("11") && text.contains("row 1"), "{text}");
    }
}

#[test]
fn q3_days_start_where_the_clocks_say() {
    let date = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    let start = |zone: Tz, d| Period::between(d, d).unwrap().start(zone).to_rfc3339();
    // Midnight skipped: the first instant of the day is 01:00 there.
    assert_eq!(start(chrono_tz::America::Sao_Paulo, date(2018, 11, 4)), "2018-11-04T03:00:00+00:00");
    // A gap of 44 minutes and 30 seconds at midnight.
    assert_eq!(start(chrono_tz::Africa::Monrovia, date(1972, 1, 7)), "1972-01-07T00:44:30+00:00");
    // A day that does not exist is empty.
    let skipped = Period::between(date(2011, 12, 30), date(2011, 12, 30)).unwrap();
    assert_eq!(skipped.start(chrono_tz::Pacific::Apia), skipped.end(chrono_tz::Pacific::Apia));
}

#[test]
fn q3_rows_without_key_or_answer_are_left_out() {
    let by = nps_by(&[10, 10, NO_ANSWER, 0], &[0, NO_KEY, 0, 1], 2).unwrap();
    assert_eq!((by[0].answers(), by[1].answers()), (1, 1));
    assert_eq!(nps_by(&[10], &[2], 2).unwrap_err().code(), "out_of_range");
    assert_eq!(nps_by(&[10], &[], 2).unwrap_err().code(), "length_mismatch");
}

#[test]
fn q5_areas_are_scored_each_of_their_own() {
    let one = NpsAreas::from_answers([("delivery", 10), ("contact", 2)]).unwrap();
    let all = one.merge(&NpsAreas::from_answers([("contact", 9)]).unwrap());
    assert_eq!(all.area("contact").score().unwrap().points(), 0.0);
    assert_eq!(all.area("delivery").score().unwrap().points(), 100.0);
    assert_eq!(NpsAreas::from_answers([("contact", 12)]).unwrap_err().code(), "out_of_range");
}
