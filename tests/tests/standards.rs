//! Performance standards (RULES G3, N7, S8) beyond the vectors: every shipped limit, and laws held against plain
//! counting.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};
use klokuur::rulebook::{Ratio, StandardPeriod, StepAfter};
use klokuur::standards::{StandardItem, StandardItems, StandardVerdict, StandardsReport, judge_standards};
use klokuur::{IsoWeek, Rulebook};
use klokuur_tests::vectors;
use proptest::prelude::*;

#[test]
fn g3_every_published_limit_has_worked_examples_on_both_sides() {
    let file = vectors::read("standards");
    let mut shown = BTreeSet::new();
    for case in &file.cases {
        let Some(rules) = case.given["rules"].as_str() else { continue };
        let expected = case.expect.as_ref().and_then(|expect| expect["standards"].as_object());
        for (standard, found) in expected.into_iter().flatten() {
            let verdict = found["reached"].as_str().or(found["verdict"].as_str()).unwrap_or_default();
            shown.insert(format!("{rules} {standard} {verdict}"));
        }
    }
    let mut limits = 0;
    for name in ["amazon", "kaufland", "ebay", "walmart", "conrad", "cdiscount", "allegro", "zalando", "otto"]
    {
        let rules = Rulebook::shipped(name).unwrap();
        assert!(!rules.standards.is_empty(), "{name} has no standards");
        for standard in &rules.standards {
            let mut known = standard.limits.iter().filter(|limit| limit.threshold.is_some()).peekable();
            let conforms = format!("{name} {} conforms", standard.name);
            assert!(known.peek().is_none() || shown.contains(&conforms), "no example: {conforms}");
            for (index, limit) in known.enumerate() {
                // Of two limits with the same numbers only the severer is ever reached.
                let same = standard
                    .limits
                    .get(index + 1)
                    .is_some_and(|next| (next.threshold, next.count) == (limit.threshold, limit.count));
                let reached = format!("{name} {} {}", standard.name, limit.name);
                assert!(same || shown.contains(&reached), "no example: {reached}");
                limits += 1;
            }
        }
    }
    assert!(limits > 40, "only {limits} limits are read");
}

fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 1, 1).unwrap().checked_add_days(Days::new(n)).unwrap()
}

fn conrad(period: StandardPeriod) -> Rulebook {
    let mut rules = Rulebook::shipped("conrad").unwrap();
    for standard in &mut rules.standards {
        if standard.name == "incident_rate" {
            standard.period = period;
        }
    }
    rules
}

fn item(measure: &str, on: NaiveDate, units: u32, bad: u32, buyer: Option<String>) -> StandardItem {
    StandardItem { measure: measure.into(), on, units, bad, buyer, value: None }
}

/// Days from the first, units, bad ones of them, and a buyer.
fn items() -> impl Strategy<Value = Vec<(u64, u32, u32, u32)>> {
    let one = (0..500_u64, 1..4_u32, 0..4_u32, 0..6_u32)
        .prop_map(|(on, units, bad, buyer)| (on, units, bad.min(units), buyer));
    proptest::collection::vec(one, 0..120)
}

fn made(measure: &str, given: &[(u64, u32, u32, u32)]) -> Vec<StandardItem> {
    let one = |(on, units, bad, buyer): &(u64, u32, u32, u32)| {
        item(measure, day(*on), *units, *bad, Some(buyer.to_string()))
    };
    given.iter().map(one).collect()
}

fn judged(rules: &Rulebook, items: Vec<StandardItem>, on: NaiveDate) -> StandardsReport {
    judge_standards(rules, &StandardItems::new(items).unwrap(), &[], on).unwrap()
}

/// Whether a date falls in a period, said date by date; of an evaluation with the longer or the shorter months.
fn falls(period: StandardPeriod, date: NaiveDate, on: NaiveDate, longer: bool) -> bool {
    let before = date < on;
    match period {
        StandardPeriod::Days { days } => before && (on - date).num_days() <= i64::from(days),
        StandardPeriod::RollingMonths { months } => {
            let until = on.pred_opt().unwrap();
            let first = month(until) - i32::try_from(months).unwrap();
            // A month without that day has its last one instead, as 28 February for 31 March.
            let is_last = date.succ_opt().unwrap().day() == 1;
            before
                && (month(date) > first
                    || month(date) == first
                        && (date.day() >= until.day() || is_last && until.day() > date.day()))
        }
        StandardPeriod::Month => month(date) + 1 == month(on),
        StandardPeriod::IsoWeek => IsoWeek::of(on).since(IsoWeek::of(date)) == 1,
        StandardPeriod::MeanOfWeeks { weeks } => {
            (1..=i32::try_from(weeks).unwrap()).contains(&IsoWeek::of(on).since(IsoWeek::of(date)))
        }
        StandardPeriod::Evaluation { day_of_month, months, else_months, .. } => {
            let evaluated = month(on) - i32::from(on.day() < day_of_month);
            let back = i32::try_from(if longer { else_months } else { months }).unwrap();
            (evaluated - back..evaluated).contains(&month(date))
        }
    }
}

fn month(date: NaiveDate) -> i32 {
    date.year() * 12 + date.month() as i32
}

fn periods() -> impl Strategy<Value = StandardPeriod> {
    prop_oneof![
        (1..100_u32).prop_map(|days| StandardPeriod::Days { days }),
        (1..6_u32).prop_map(|months| StandardPeriod::RollingMonths { months }),
        Just(StandardPeriod::Month),
        Just(StandardPeriod::IsoWeek),
        (1..9_u32).prop_map(|weeks| StandardPeriod::MeanOfWeeks { weeks }),
        (1..29_u32, 1..4_u32, 1..40_u32, 4..13_u32).prop_map(
            |(day_of_month, months, at_least, else_months)| {
                StandardPeriod::Evaluation { day_of_month, months, at_least, else_months }
            }
        ),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Units, bad ones, buyers and the value of a share are those of a plain count of the dates in the period.
    #[test]
    fn n7_every_period_agrees_with_a_walk_through_its_dates(given in items(), period in periods(), on in 200..520_u64) {
        let (rules, on) = (conrad(period), day(on));
        let report = judged(&rules, made("incident_rate", &given), on);
        let found = report.standard("incident_rate").unwrap();
        let within = |longer| given.iter().filter(move |one| falls(period, day(one.0), on, longer));
        let units = |longer| within(longer).map(|one| u64::from(one.1)).sum::<u64>();
        let longer = matches!(period, StandardPeriod::Evaluation { at_least, .. } if units(false) < u64::from(at_least));
        prop_assert_eq!(found.population, Some(units(longer)));
        let last = |date| !matches!(period, StandardPeriod::MeanOfWeeks { .. }) || IsoWeek::of(on).since(IsoWeek::of(date)) == 1;
        let bad: u64 = within(longer).filter(|one| last(day(one.0))).map(|one| u64::from(one.2)).sum();
        if units(longer) == 0 {
            prop_assert_eq!((found.value, found.verdict), (None, StandardVerdict::NoVerdict));
        } else {
            let weeks = if let StandardPeriod::MeanOfWeeks { weeks } = period { i64::from(weeks) } else { 1 };
            prop_assert_eq!(found.bad, Some(bad));
            prop_assert_eq!(found.value, Some(Ratio::new(bad as i64 * weeks, units(longer) as i64).unwrap()));
            let buyers: BTreeSet<u32> = within(longer).filter(|one| one.2 > 0).map(|one| one.3).collect();
            prop_assert_eq!(found.buyers, Some(buyers.len() as u64));
        }
    }

    #[test]
    fn n7_the_order_of_items_changes_no_share((given, shuffled) in items().prop_flat_map(|given| {
        (Just(given.clone()), Just(given).prop_shuffle())
    }), on in 200..520_u64) {
        let rules = conrad(StandardPeriod::Days { days: 60 });
        prop_assert_eq!(
            judged(&rules, made("incident_rate", &given), day(on)),
            judged(&rules, made("incident_rate", &shuffled), day(on))
        );
    }

    #[test]
    fn s8_a_good_item_instead_of_a_bad_one_never_lowers_a_level(given in items(), which in any::<prop::sample::Index>(), on in 200..520_u64) {
        let rules = Rulebook::shipped("ebay").unwrap();
        let place = |report: &StandardsReport| {
            let step = report.ladder("seller_level").unwrap().step.clone();
            step.map(|step| rules.ladders[0].steps.iter().position(|level| level.name == step).unwrap())
        };
        let before = place(&judged(&rules, made("transaction_defect_rate", &given), day(on)));
        let mut better = given;
        if !better.is_empty() {
            let index = which.index(better.len());
            better[index].2 = 0;
        }
        let after = place(&judged(&rules, made("transaction_defect_rate", &better), day(on)));
        prop_assert!(after <= before, "{before:?} became {after:?}");
    }

    #[test]
    fn s8_an_escalation_agrees_with_judging_every_day(given in items(), on in 450..500_u64) {
        let mut rules = Rulebook::shipped("walmart").unwrap();
        rules.ladders[0].steps[0].after_days = Some(StepAfter::Days(10));
        rules.ladders[0].steps[1].after_days = Some(StepAfter::Days(40));
        let items = made("cancellation_rate", &given);
        let report = judged(&rules, items.clone(), day(on));
        let found = report.ladder("account_status").unwrap();
        let missed = |n: u64| {
            let report = judged(&rules, items.clone(), day(n));
            report.standard("cancellation_rate_30_days").unwrap().verdict == StandardVerdict::Missed
        };
        let days = (0..=on).rev().take_while(|n| missed(*n)).count() as u64;
        prop_assert_eq!(found.since, days.checked_sub(1).map(|passed| day(on - passed.min(366))));
        let step = match days { 0..=10 => None, 11..=40 => Some("suppression"), _ => Some("suspension") };
        prop_assert_eq!(found.step.as_deref(), step);
    }
}
