//! Norms (RULES N1 to N4) beyond the vectors: forecasts by brute force, local weeks by the calendar.

mod edges;

use chrono::{DateTime, Datelike, TimeDelta, TimeZone, Utc, Weekday};
use klokuur::Zone;
use klokuur::norm::{
    Finality, NormHappening, NormWatch, ResponseWeeks, Verdict, WeekNumbers, WeekResult, final_from,
    is_final_at, judge, judge_weeks,
};
use klokuur::rulebook::{Direction, NormRule, NormUnit, Ratio, RulebookHistory};
use klokuur::{IsoWeek, Rulebook};
use proptest::prelude::*;

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 12, 8, 0, 0).unwrap()
}

fn week() -> IsoWeek {
    "2026-W11".parse().unwrap()
}

#[test]
fn n2_no_data_is_no_verdict_for_any_norm() {
    let rules = Rulebook::bol();
    assert_eq!(rules.norms.len(), 11);
    for norm in &rules.norms {
        let result = judge(&rules, &WeekNumbers::new(&norm.name, week(), 0, 0), now()).unwrap();
        assert_eq!((result.verdict, result.value(), result.threshold_met), (Verdict::NoData, None, None));
        assert!(!result.bears_strike());
    }
}

#[test]
fn n1_only_final_misses_of_strike_norms_bear_strikes() {
    let rules = Rulebook::shipped("bol-2024").unwrap();
    let numbers = |norm: &str, n, d| WeekNumbers::new(norm, week(), n, d);
    let weeks = [numbers("response_time", 50, 100), numbers("phone_availability", 1, 10)];
    let bears = |now| -> Vec<bool> {
        judge_weeks(&rules, &weeks, now).unwrap().iter().map(WeekResult::bears_strike).collect()
    };
    assert_eq!(bears(now()), [false, false]);
    assert_eq!(bears(Utc.with_ymd_and_hms(2026, 3, 17, 23, 0, 0).unwrap()), [true, false]);
}

#[test]
fn n4_numbers_from_elsewhere_are_judged_by_both_verdicts_too() {
    let rules = Rulebook::shipped("bol-2024").unwrap();
    let reported = WeekNumbers::new("FULFILMENT", week(), 1, 3).measured_elsewhere();
    let result = judge(&rules, &reported, now()).unwrap();
    // Below 93 %, but two late items stay under the count limit of three.
    assert_eq!((result.threshold_met, result.verdict), (Some(false), Verdict::Conforms));
}

#[test]
fn n5_a_value_that_comes_with_the_data_wins_and_a_difference_is_told() {
    let rules = Rulebook::bol();
    let judged = |norm: &str, n, d, value: &str| {
        let numbers = WeekNumbers::new(norm, week(), n, d).with_norm_value(value.parse().unwrap());
        judge(&rules, &numbers, now()).unwrap()
    };
    // A fixed norm: the data's value is judged by, the rulebook's is told.
    let fixed = judged("cancellations", 3, 100, "4 %");
    assert_eq!((fixed.verdict, fixed.rulebook_threshold), (Verdict::Conforms, Some(Ratio::percent(2))));
    // A dynamic one is expected to differ, up to its cap.
    let dynamic = judged("CASE_ITEM_RATIO", 16, 100, "20 %");
    assert_eq!((dynamic.threshold, dynamic.rulebook_threshold), (Ratio::percent(15), None));
    assert_eq!(dynamic.verdict, Verdict::Missed);
    assert_eq!(judged("case_item_ratio", 9, 100, "9 %").verdict, Verdict::Conforms);
}

#[test]
fn n_a_minimum_is_shown_and_gives_no_verdict() {
    let judged =
        |n| judge(&Rulebook::bol(), &WeekNumbers::new("track_and_trace", week(), n, 100), now()).unwrap();
    let seen = |n| (judged(n).verdict, judged(n).minimum_met);
    assert_eq!(seen(98), (Verdict::Conforms, Some(true)));
    assert_eq!(seen(95), (Verdict::Missed, Some(true)));
    assert_eq!(seen(89), (Verdict::Missed, Some(false)));
}

#[test]
fn n_a_strict_norm_does_not_take_its_threshold() {
    let judged = |name: &str| {
        let rules = Rulebook::shipped(name).unwrap();
        judge(&rules, &WeekNumbers::new("fulfilment", week(), 93, 100), now()).unwrap().verdict
    };
    assert_eq!((judged("bol-2019"), judged("bol-2022")), (Verdict::Missed, Verdict::Conforms));
}

#[test]
fn s6_each_week_is_judged_by_the_rulebook_in_force_in_it() {
    let history = RulebookHistory::bol().unwrap();
    let threshold = |norm: &str, week: &str| {
        let numbers = WeekNumbers::new(norm, week.parse().unwrap(), 20, 100);
        judge(&history, &numbers, now()).map(|judged| judged.threshold)
    };
    assert_eq!(threshold("nps", "2024-W43").unwrap(), Ratio::whole(10));
    assert_eq!(threshold("nps", "2024-W44").unwrap(), Ratio::whole(25));
    assert_eq!(threshold("track_and_trace", "2026-W26").unwrap(), Ratio::percent(100));
    assert_eq!(threshold("track_and_trace", "2026-W27").unwrap(), Ratio::percent(98));
    assert!(threshold("on_time", "2026-W26").is_err() && threshold("on_time", "2026-W27").is_ok());
    assert!(threshold("nps", "2021-W52").is_err());
}

#[test]
fn k13_norms_are_told_once_and_have_a_wake_up() {
    let judged =
        |n| judge_weeks(&Rulebook::bol(), &[WeekNumbers::new("on_time", week(), n, 100)], now()).unwrap();
    let mut watch = NormWatch::new(judged(95), now());
    let told = |watch: &mut NormWatch, now| -> Vec<NormHappening> {
        watch.advance(now).into_iter().map(|told| told.what).collect()
    };
    assert_eq!(told(&mut watch, now()), []);
    for (n, what) in [(80, NormHappening::Missed), (95, NormHappening::Repaired), (80, NormHappening::Missed)]
    {
        watch.replace(judged(n));
        assert_eq!(watch.next_wake_up(now()), Some(now()));
        assert_eq!(told(&mut watch, now()), [what]);
        assert_eq!(told(&mut watch, now()), []);
    }
    // A loop over wake-ups tells the rest, once, and ends.
    let wake = watch.next_wake_up(now()).unwrap();
    assert_eq!(told(&mut watch, wake - TimeDelta::nanoseconds(1)), []);
    assert_eq!(told(&mut watch, wake), [NormHappening::BecameFinal]);
    assert_eq!(watch.next_wake_up(wake), None);
    // Seen for the first time when it is over: told at once.
    let mut late = NormWatch::new(vec![], wake);
    late.replace(judged(80));
    assert_eq!(late.next_wake_up(wake), Some(wake));
    assert_eq!(told(&mut late, wake), [NormHappening::Missed, NormHappening::BecameFinal]);
}

fn a_norm() -> impl Strategy<Value = NormRule> {
    let share = (0..=20_i64, 1..=20_i64, any::<bool>(), proptest::option::of(1..=12_u32)).prop_map(
        |(p, q, at_least, limit)| {
            (
                NormUnit::Share,
                Ratio::new(p.min(q), q).unwrap(),
                if at_least { Direction::AtLeast } else { Direction::AtMost },
                limit,
            )
        },
    );
    let direction = || prop::sample::select(vec![Direction::AtLeast, Direction::AtMost]);
    let points =
        (-100..=100, direction()).prop_map(|(t, way)| (NormUnit::Points, Ratio::whole(t), way, None));
    let average = (2..=20_i64, direction())
        .prop_map(|(t, way)| (NormUnit::Average, Ratio::new(t, 2).unwrap(), way, None));
    (prop_oneof![4 => share, 1 => points, 1 => average], any::<bool>()).prop_map(
        |((unit, threshold, direction, count_limit), strict)| {
            // A norm whose items have no words of their own.
            let base = Rulebook::bol().norm("returns").unwrap().clone();
            NormRule { unit, threshold, direction, count_limit, strict, ..base }
        },
    )
}

/// Numerator and denominator after `bad` more bad and `good` more good items, one by one.
fn after(norm: &NormRule, start: (i64, u64), bad: u64, good: u64) -> (i64, u64) {
    let (mut n, mut d) = start;
    for item in 0..bad + good {
        let is_bad = item < bad;
        match (norm.unit, norm.direction, is_bad) {
            (NormUnit::Share, Direction::AtLeast, true) => d += 1,
            // A bad item is one of those counted, as long as there are any.
            (NormUnit::Share, Direction::AtMost, true) => {
                n += 1;
                d = d.max(n.unsigned_abs());
            }
            (NormUnit::Share, Direction::AtMost, false) => d += 1,
            (NormUnit::Points, way, _) if is_bad == (way == Direction::AtLeast) => (n, d) = (n - 1, d + 1),
            (NormUnit::Average, way, _) if is_bad != (way == Direction::AtLeast) => (n, d) = (n + 10, d + 1),
            _ => (n, d) = (n + 1, d + 1),
        }
    }
    (n, d)
}

/// Whether a bad item is one of those already counted.
fn takes_counted_items(norm: &NormRule) -> bool {
    norm.unit == NormUnit::Share && norm.direction == Direction::AtMost
}

fn verdict(norm: &NormRule, (n, d): (i64, u64)) -> WeekResult {
    let mut rules = Rulebook::bol();
    rules.norms = vec![norm.clone()];
    judge(&rules, &WeekNumbers::new("returns", week(), n, d), now()).unwrap()
}

/// What the sentences of a forecast say, in English and Dutch.
const KINDS: [(&str, &str); 11] = [
    (" affordable: one beyond that", "nog ruimte voor"),
    ("still to come may be bad: one beyond", "één meer maakt"),
    ("no more ", "geen ruimte meer"),
    ("all ", "alle "),
    ("none of the ", "geen van de "),
    ("nothing is still to come", "er komt niets meer: dit blijft"),
    ("this cannot become", "dit kan geen"),
    ("nothing is counted", "er is niets geteld"),
    ("the one still to come may be", "de enige die nog komt mag"),
    ("the one still to come may not be", "de enige die nog komt mag niet"),
    ("this is a bad week", "dit is een slechte week"),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// The affordable bad items leave a good week and one more does not; the repair is the first that helps.
    #[test]
    fn n3_forecast_agrees_with_trying(norm in a_norm(), good in 0..60_u64, bad in 0..15_u64) {
        let start = after(&norm, (0, 0), if takes_counted_items(&norm) { bad.min(good) } else { bad }, good);
        let result = verdict(&norm, start);
        let missed = |numbers| verdict(&norm, numbers).verdict == Verdict::Missed;
        let forecast = result.forecast();
        prop_assert_eq!(forecast.missed, missed(start));
        prop_assert_eq!(result.affordable(), forecast.affordable);
        if forecast.missed {
            prop_assert_eq!(forecast.affordable, Some(0));
            match forecast.to_repair {
                Some(m) if m < 2_000 => {
                    prop_assert!(!missed(after(&norm, start, 0, m)), "{:?} {:?}", start, forecast);
                    prop_assert!(missed(after(&norm, start, 0, m - 1)));
                }
                Some(_) => {}
                None => prop_assert!(missed(after(&norm, start, 0, 2_000))),
            }
        } else if start.1 > 0 || !takes_counted_items(&norm) {
            prop_assert_eq!(forecast.to_repair, Some(0));
            match forecast.affordable {
                Some(k) if k < 2_000 => {
                    prop_assert!(!missed(after(&norm, start, k, 0)), "{:?} {:?}", start, forecast);
                    prop_assert!(missed(after(&norm, start, k + 1, 0)), "{:?} {:?}", start, forecast);
                }
                Some(_) => {}
                None => prop_assert!(!missed(after(&norm, start, 2_000, 0))),
            }
        }
    }

    /// For a planned total: so many of the rest may be bad when all others are good.
    #[test]
    fn n3_forecast_for_a_plan_agrees_with_trying(norm in a_norm(), good in 0..60_u64, bad in 0..15_u64, rest in 0..40_u64) {
        let at_most = takes_counted_items(&norm);
        let start = after(&norm, (0, 0), if at_most { bad.min(good) } else { bad }, good);
        let result = verdict(&norm, start);
        let forecast = result.forecast_for(start.1 + rest);
        let end = |k: u64| match at_most {
            true => after(&norm, after(&norm, start, 0, rest), k, 0),
            false => after(&norm, start, k, rest - k.min(rest)),
        };
        let missed = |k: u64| verdict(&norm, end(k)).verdict == Verdict::Missed;
        if start.1 + rest == 0 {
            return Ok(());
        }
        prop_assert_eq!(forecast.missed, missed(0));
        if forecast.missed {
            prop_assert_eq!(forecast.affordable, Some(0));
            return Ok(());
        }
        let Some(k) = forecast.affordable else { return Ok(()) };
        if k < 2_000 {
            prop_assert!(!missed(k), "{:?} {:?}", start, forecast);
            prop_assert!((!at_most && k == rest) || missed(k + 1), "{:?} {:?}", start, forecast);
        }
    }

    /// Every sentence is true: what it promises stays a good week, what it threatens is a bad one.
    #[test]
    fn n3_sentences_are_true_by_trying(norm in a_norm(), good in 0..60_u64, bad in 0..15_u64, rest in proptest::option::of(0..40_u64)) {
        let at_most = takes_counted_items(&norm);
        let start = after(&norm, (0, 0), if at_most { bad.min(good) } else { bad }, good);
        let result = verdict(&norm, start);
        let forecast = match rest {
            None => result.forecast(),
            Some(rest) => result.forecast_for(start.1 + rest),
        };
        let to_come = rest.unwrap_or(0);
        let missed = |numbers| verdict(&norm, numbers).verdict == Verdict::Missed;
        // Where less is better the bad items are among those counted and planned.
        let worse = |k: u64| match (at_most, rest) {
            (true, _) => {
                let numerator = start.0 + i64::try_from(k).unwrap();
                (numerator, (start.1 + to_come).max(numerator.unsigned_abs()))
            }
            (false, None) => after(&norm, start, k, 0),
            (false, Some(rest)) => after(&norm, start, k, rest - k.min(rest)),
        };
        let (english, dutch) = (forecast.to_string(), forecast.dutch());
        let numbers = |text: &str| -> Vec<u64> {
            text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).map(|n| n.parse().unwrap()).collect()
        };
        prop_assert_eq!(numbers(&english), numbers(&dutch));
        let said: Vec<bool> = KINDS.iter().map(|(words, _)| english.contains(words)).collect();
        prop_assert_eq!(said.iter().filter(|said| **said).count(), 1, "{}", english);
        let kind = said.iter().position(|said| *said).unwrap();
        prop_assert!(dutch.contains(KINDS[kind].1), "{} {}", english, dutch);
        let told = numbers(&english);
        let (promised, threatened) = match kind {
            0 | 1 => (told[0], Some(told[0] + 1)),
            2 => (0, Some(1)),
            3 => (to_come, None),
            4 => (0, Some(1)),
            5 => (0, None),
            6 => (500, None),
            7 => (0, None),
            8 => (1, None),
            9 => (0, Some(1)),
            _ => {
                // A bad week: whatever is still to come, until so many more good ones.
                let repaired = |m| missed(after(&norm, start, 0, to_come + m));
                prop_assert!(missed(after(&norm, start, 0, to_come)));
                match told.first().filter(|_| forecast.to_repair.is_some()) {
                    Some(m) if *m < 2_000 => prop_assert!(!repaired(*m) && repaired(m - 1)),
                    Some(_) => {}
                    None => prop_assert!(repaired(2_000)),
                }
                return Ok(());
            }
        };
        if promised < 2_000 {
            prop_assert!(!missed(worse(promised)), "{} {:?}", english, start);
        }
        if let Some(threatened) = threatened.filter(|k| *k < 2_000) {
            prop_assert!(missed(worse(threatened)), "{} {:?}", english, start);
        }
    }

    /// A week is final on the right weekday at local midnight, not before its end or deadline, and no week sooner.
    #[test]
    fn n1_final_from_is_the_first_wednesday(weeks in -1500..3500_i32, hours in proptest::option::of(0..900_i64), zone in a_zone(), day in 0..7_usize) {
        let week = IsoWeek::new(2026, 1).unwrap().plus(weeks);
        let final_on = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun][day];
        let monday = week.succ().monday();
        let deadline = hours.map(|h| monday.and_hms_opt(0, 0, 0).unwrap().and_utc() + TimeDelta::hours(h - 100));
        let from = final_from(week, deadline, zone, final_on);
        let local = from.with_timezone(&zone);
        prop_assert_eq!(local.weekday(), final_on);
        // The first instant of that local date.
        let before = (from - TimeDelta::seconds(1)).with_timezone(&zone);
        prop_assert!(before.date_naive() < local.date_naive());
        prop_assert!(local.date_naive() >= monday);
        prop_assert!(deadline.is_none_or(|d| from >= d));
        let sooner = local.date_naive() - TimeDelta::days(7);
        prop_assert!(sooner < monday || deadline.is_some_and(|d| d > from - TimeDelta::hours(7 * 24 + 25)));
        prop_assert!(is_final_at(week, deadline, zone, final_on, from));
        prop_assert!(!is_final_at(week, deadline, zone, final_on, from - TimeDelta::nanoseconds(1)));
    }

    /// The dense counters put every question in the week of its local date.
    #[test]
    fn n1_questions_count_in_their_local_week(zone in a_zone(), asked in -2_200_000_000_i64..4_100_000_000) {
        let asked = DateTime::from_timestamp(asked, 0).unwrap();
        let mut weeks = ResponseWeeks::new(zone);
        weeks.add(asked, asked + TimeDelta::hours(24), Some(asked + TimeDelta::hours(25)), now()).unwrap();
        let numbers = weeks.numbers();
        prop_assert_eq!(numbers[0].week, IsoWeek::of(asked.with_timezone(&zone).date_naive()));
        prop_assert_eq!((numbers[0].numerator, numbers[0].denominator), (0, 1));
    }
}

fn a_zone() -> impl Strategy<Value = Zone> {
    let names = [
        "Europe/Amsterdam",
        "America/Sao_Paulo",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Africa/Casablanca",
        "Asia/Kathmandu",
        "Pacific/Chatham",
        "UTC",
    ];
    prop::sample::select(names.map(|name| name.parse().unwrap()).to_vec())
}

#[test]
fn n1_merged_counts_are_the_counts_of_all() {
    let at = |h: i64| now() + TimeDelta::hours(h);
    let (mut all, mut left, mut right) =
        (ResponseWeeks::new(Zone::UTC), ResponseWeeks::new(Zone::UTC), ResponseWeeks::new(Zone::UTC));
    for i in 0..500 {
        let half = if i % 2 == 0 { &mut left } else { &mut right };
        for weeks in [&mut all, half] {
            weeks.add(at(i * 7), at(i * 7 + 24), (i % 3 != 0).then(|| at(i * 8)), at(2_000)).unwrap();
        }
    }
    left.merge(&right).unwrap();
    assert_eq!(left, all);
    assert!(left.merge(&ResponseWeeks::new("Asia/Kathmandu".parse::<Zone>().unwrap())).is_err());
    let outside = DateTime::from_timestamp_micros(i64::MAX / 1_000_000).unwrap_or_default();
    assert!(all.add(outside + TimeDelta::days(400 * 365), at(0), None, at(0)).is_err());
    assert!(all.add_many(&[0], &[], &[0], at(0)).is_err());
    assert!(all.add_many(&[i64::MAX - 1], &[0], &[0], at(0)).is_err());
    assert!(all.add_many(&[i64::MIN + 1], &[0], &[0], at(0)).is_err());
    assert!(all.add_many(&[i64::MIN], &[i64::MIN], &[i64::MIN], at(0)).is_ok());
}

#[test]
fn n1_rows_count_as_single_questions_do() {
    let at = |seconds: i64| now() + TimeDelta::seconds(seconds);
    // C3: at the deadline itself an answer is on time, and what is not answered is still open.
    let (mut one_by_one, mut rows) = (ResponseWeeks::new(Zone::UTC), ResponseWeeks::new(Zone::UTC));
    let due = at(100);
    for (answered, now) in
        [(Some(99), 200), (Some(100), 200), (Some(101), 200), (None, 99), (None, 100), (None, 101)]
    {
        let answered = answered.map(at);
        one_by_one.add(at(0), due, answered, at(now)).unwrap();
        let micros = |at: DateTime<Utc>| at.timestamp_micros();
        let answered = answered.map_or(i64::MIN, micros);
        rows.add_many(&[micros(at(0))], &[micros(due)], &[answered], at(now)).unwrap();
    }
    assert_eq!(one_by_one, rows);
    assert_eq!((rows.numbers()[0].numerator, rows.numbers()[0].denominator, rows.open(week())), (2, 4, 2));
}

#[test]
fn n1_a_week_whose_last_deadline_is_told_is_not_final_before_it() {
    let deadline = Utc.with_ymd_and_hms(2026, 3, 20, 9, 0, 0).unwrap();
    let numbers = WeekNumbers::new("response_time", week(), 50, 100);
    let is_final = |numbers: &WeekNumbers, now| {
        judge(&Rulebook::bol(), numbers, now).unwrap().finality == Finality::Final
    };
    assert!(is_final(&numbers, deadline));
    let told = numbers.with_last_deadline(deadline);
    assert!(!is_final(&told, deadline));
    // The first Wednesday that is not before it.
    assert!(is_final(&told, Utc.with_ymd_and_hms(2026, 3, 24, 23, 0, 0).unwrap()));
}
