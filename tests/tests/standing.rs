//! Strikes and standing (RULES S1–S5) beyond the vectors: a second model, lived day by day, and laws.

mod ahead;
mod model;
mod reported;
mod watched;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, TimeZone, Utc};
use chrono_tz::Europe::Amsterdam;
use klokuur::norm::{FULFILMENT, PHONE_AVAILABILITY, RESPONSE_TIME, WeekNumbers, judge_weeks};
use klokuur::rulebook::RulebookHistory;
use klokuur::standing::{
    Consequence, Improvement, JudgedWeek, Ledger, LedgerChange, PolicyPoints, PolicyPointsEvent, Standing,
    StandingAsReported, StandingEvent, StandingTold, StandingWatch, StandingWatches, StrikeAsReported,
    count_orders, judged_weeks,
};
use klokuur::{IsoWeek, Rulebook};
use klokuur_tests::model::asked;
use proptest::prelude::*;

use self::model::{Day, Model, OLDEST, SEVERAL, TODAY, seen};

const NORMS: [&str; 3] = ["fulfilment", "cancellations", "response_time"];
/// The same of the newest rulebook, where own shipping has a norm of its own.
const NEWEST: [&str; 3] = ["on_time", "cancellations", "response_time"];

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
    Ledger::new(&Rulebook::shipped("bol-2024").unwrap(), weeks, events).unwrap()
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
    both.push(JudgedWeek::bad(week("2026-W02"), &["on_time"]));
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
        StandingEvent::WeekExcused { week: week("2026-W02"), norm: None, on: day("2026-02-01") },
    ];
    let ledger = bol(given, events);
    let left: Vec<_> = ledger.strikes(day("2026-03-01")).iter().map(|s| s.week.to_string()).collect();
    assert_eq!(left, ["2026-W04"]);
    assert_eq!(ledger.strikes(day("2026-03-01"))[0].appeal_until, day("2026-07-28"));
    assert_eq!(ledger.strikes(day("2026-01-31")).len(), 3);
}

#[test]
fn s6_what_is_reported_stands_beside_what_is_computed() {
    let ledger = bol(weeks("2026-W10", "BgB"), vec![]);
    let strike = |text: &str, reasons: &[&str]| StrikeAsReported {
        week: week(text),
        reasons: reasons.iter().map(|reason| (*reason).to_owned()).collect(),
    };
    let reported = |strikes: Vec<StrikeAsReported>| StandingAsReported {
        on: day("2026-05-01"),
        count: u32::try_from(strikes.len()).unwrap(),
        strikes,
    };
    let same = reported(vec![strike("2026-W10", &["RESPONSE_TIME"]), strike("2026-W12", &[])]);
    let told = ledger.compare(&same).unwrap();
    assert!(told.agrees());
    assert_eq!(told.to_string(), "the marketplace reports what is computed: 2 strikes");
    let other = reported(vec![strike("2026-W10", &["FULFILMENT"]), strike("2026-W11", &[])]);
    let told = ledger.compare(&other).unwrap();
    assert_eq!(
        told.to_string(),
        "the marketplace reports 2 strikes, computed are 2 strikes: 2026-W11 is reported only; 2026-W12 is computed only; \
         2026-W10 has other reasons"
    );
    assert_eq!(
        told.dutch(),
        "gemeld is 2 strikes, berekend 2 strikes: 2026-W11 is alleen gemeld; 2026-W12 is alleen berekend; \
         2026-W10 heeft andere oorzaken"
    );
}

#[test]
fn s7_policy_points_come_back_after_365_days() {
    let event =
        |on: &str, points, reason: &str| PolicyPointsEvent { on: day(on), points, reason: reason.to_owned() };
    let events = vec![
        event("2026-07-01", -60, "counterfeit"),
        event("2026-09-01", -40, "contact"),
        event("2026-10-01", 10, "training"),
    ];
    let points = PolicyPoints::new(&Rulebook::bol(), events).unwrap();
    let left = |on: &str| points.on(day(on)).points;
    assert_eq!(
        [left("2026-06-30"), left("2026-07-01"), left("2026-09-01"), left("2026-10-01")],
        [100, 40, 0, 10]
    );
    assert!(points.on(day("2026-09-30")).is_closed);
    assert_eq!(points.events().iter().map(|event| event.points).collect::<Vec<_>>(), [-60, -40, 10]);
    // The 10 that were added are 10 of the first 60: those come back once.
    assert_eq!([left("2027-06-30"), left("2027-07-01"), left("2027-09-01")], [10, 60, 100]);
    let of = |events: &[(&str, i32)], on| {
        let events = events.iter().map(|(on, points)| event(on, *points, "a reason")).collect();
        PolicyPoints::new(&Rulebook::bol(), events).unwrap().on(day(on))
    };
    // What an appeal gave back does not come back again, while other points are still out.
    let appealed = of(&[("2026-07-01", -60), ("2026-08-01", 60), ("2026-09-01", -30)], "2027-07-01");
    assert_eq!((appealed.points, appealed.deductions.len(), appealed.deductions[0].points), (70, 1, 30));
    // More is out than there were: they rise when so much of it is back.
    assert_eq!(of(&[("2026-07-01", -60), ("2026-09-01", -60)], "2027-07-01").points, 40);
    assert_eq!(points.on(day("2026-12-01")).next_return, Some(day("2027-07-01")));
    assert!(PolicyPoints::new(&Rulebook::bol(), vec![event("2026-07-01", 0, "nothing")]).is_err());
    assert!(PolicyPoints::new(&Rulebook::shipped("bol-2022").unwrap(), vec![]).is_err());
}

#[test]
fn k13_strikes_and_standing_are_told_once_by_a_timer() {
    let at = |text: &str| -> DateTime<Utc> { text.parse().unwrap() };
    let ledger = bol(weeks("2026-W01", "BBBBB"), vec![]);
    let start = at("2026-01-20T12:00:00Z");
    let mut watches = StandingWatches::new();
    watches.insert("shop", StandingWatch::new(ledger.clone(), start));
    watches.insert("quiet", StandingWatch::new(bol(vec![], vec![]), start));
    let (mut now, mut told) = (start, Vec::new());
    // One timer for all accounts misses nothing and tells nothing twice.
    while let Some(wake) = watches.next_wake_up(now) {
        assert!(watches.advance(wake - TimeDelta::seconds(1)).is_empty());
        told.extend(watches.advance(wake));
        now = wake;
    }
    assert_eq!(now, at("2026-02-03T23:00:00Z"));
    let given = |told: &(String, StandingTold)| matches!(told.1.change, LedgerChange::StrikeGiven { .. });
    assert_eq!((told.len(), told.iter().filter(|told| given(told)).count()), (4, 3));
    assert!(told.iter().all(|(account, told)| account == "shop" && !told.retracted));
    // A week that turns out good takes back what was told.
    let better = ledger.with_weeks(&[JudgedWeek::good(week("2026-W05"))]).unwrap();
    let unknown = watches.replace("shopp", better.clone()).unwrap_err();
    assert_eq!(unknown.to_string(), "unknown account `shopp`: accepted is quiet, shop");
    watches.replace("shop", better).unwrap();
    assert_eq!(watches.next_wake_up(now), Some(now));
    let back = watches.advance(now);
    assert_eq!(back.len(), 2);
    assert!(back.iter().all(|(account, told)| account == "shop" && told.retracted));
}

#[test]
fn s4_orders_are_counted_from_the_log() {
    let first = day("2026-01-01").and_hms_opt(12, 0, 0).unwrap().and_utc();
    let ordered: Vec<DateTime<Utc>> = (0..250).map(|n| first + TimeDelta::hours(n * 6)).collect();
    let rules = Rulebook::shipped("bol-2022").unwrap();
    let counted = count_orders(&rules, weeks("2026-W01", "BBBBBBBB"), &ordered).unwrap();
    // The first at noon of Thursday and then four a day: 14 in the first week, 28 in each after it.
    let orders: Vec<Option<u64>> = counted.iter().map(|judged| judged.orders_to_date).collect();
    assert_eq!(orders[..5], [Some(14), Some(42), Some(70), Some(98), Some(126)]);
    let ledger = Ledger::new(&rules, counted, vec![]).unwrap();
    assert_eq!(ledger.strikes(day("2026-03-01"))[0].week, week("2026-W05"));
}

#[test]
fn s5_an_instant_is_on_its_date_in_the_marketplaces_zone() {
    let ledger = bol(weeks("2026-W10", "B"), vec![]);
    // Tuesday in UTC, Wednesday in Amsterdam.
    assert_eq!(ledger.standing_at("2026-03-10T23:30:00Z".parse::<DateTime<Utc>>().unwrap()).strikes.len(), 1);
    assert_eq!(
        IsoWeek::at(&"2026-03-15T23:30:00Z".parse::<DateTime<Utc>>().unwrap(), &Amsterdam),
        week("2026-W12")
    );
}

#[test]
fn s3_a_withdrawn_strike_drops_no_reopening() {
    let given = weeks("2026-W01", "BBBBBBBB");
    let revoked = |on| StandingEvent::StrikeRevoked { week: week("2026-W01"), on: day(on) };
    let reopened = StandingEvent::Reopened { on: day("2027-02-18") };
    let ledger = bol(given.clone(), vec![reopened.clone(), revoked("2027-02-20")]);
    for on in ["2027-02-19", "2027-02-20", "2030-01-01"] {
        assert!(ledger.standing(day(on)).standing.is_online(), "{on}");
    }
    // Inside six months, and the reopening stays possible on the day on which it was.
    let ledger = bol(given, vec![revoked("2026-04-01"), reopened]);
    let closed = Standing::Closed { since: day("2026-02-18"), may_apply_from: day("2027-02-18") };
    assert_eq!(ledger.standing(day("2026-04-01")).standing, closed);
    assert!(ledger.standing(day("2027-02-18")).standing.is_online());
}

/// Of one date, whatever the order in which they come in.
#[test]
fn s4_a_strike_is_withdrawn_before_a_plan_of_the_same_date_is_judged() {
    let on = day("2026-02-16");
    let (revoked, plan) =
        (StandingEvent::StrikeRevoked { week: week("2026-W02"), on }, StandingEvent::PlanAccepted { on });
    for events in [vec![revoked.clone(), plan.clone()], vec![plan, revoked]] {
        // Six strikes less one: the shop is offline still, and the plan brings it back.
        let ledger = bol(weeks("2026-W01", "BBBBBB"), events.clone());
        assert_eq!(ledger.standing(on).standing, Standing::OnlineWithPlan { since: on });
        // Five less one: it is online without a plan, and one cannot have been accepted.
        let rules = Rulebook::shipped("bol-2024").unwrap();
        let refused = Ledger::new(&rules, weeks("2026-W01", "BBBBB"), events).unwrap_err();
        assert!(refused.to_string().contains("accepted is a plan while the shop is offline"), "{refused}");
    }
}

#[test]
fn s1_only_norms_that_bear_strikes_are_taken() {
    let five =
        |norm: &str| (1..=5).map(|n| JudgedWeek::bad(IsoWeek::new(2026, n).unwrap(), &[norm])).collect();
    for norm in ["banana", "phone_availability"] {
        let refused = Ledger::new(&Rulebook::shipped("bol-2024").unwrap(), five(norm), vec![]).unwrap_err();
        assert_eq!(refused.code(), "unknown_name", "{refused}");
    }
    let excused = StandingEvent::WeekExcused {
        week: week("2026-W01"),
        norm: Some("banana".into()),
        on: day("2026-03-01"),
    };
    assert!(Ledger::new(&Rulebook::shipped("bol-2024").unwrap(), vec![], vec![excused]).is_err());
    // By its name in the Retailer API too.
    assert_eq!(
        bol(five("RESPONSE_TIME"), vec![]).strikes(day("2026-03-01"))[0].causes[0].norm,
        "response_time"
    );
}

#[test]
fn s4_an_excuse_of_one_norm_leaves_the_others() {
    let given = vec![JudgedWeek::bad(week("2026-W10"), &["fulfilment", "response_time"])];
    let excuse = |norm: &str, on| StandingEvent::WeekExcused {
        week: week("2026-W10"),
        norm: Some(norm.to_owned()),
        on: day(on),
    };
    let ledger = bol(given, vec![excuse("FULFILMENT", "2026-03-20"), excuse("response_time", "2026-03-25")]);
    let causes =
        |on| -> Vec<usize> { ledger.strikes(day(on)).iter().map(|strike| strike.causes.len()).collect() };
    assert_eq!(
        (causes("2026-03-19"), causes("2026-03-20"), causes("2026-03-25")),
        (vec![2], vec![1], vec![])
    );
}

#[test]
fn s5_every_answer_carries_its_causes() {
    let rules = Rulebook::shipped("bol-2024").unwrap();
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
    assert_eq!(judged_weeks(&rules, &results).unwrap()[0].final_on, Some(day("2026-03-11")));
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

#[test]
fn s1_a_norm_twice_in_a_week_is_refused() {
    let rules = Rulebook::shipped("bol-2024").unwrap();
    let numbers = [50, 100].map(|good| WeekNumbers::new(RESPONSE_TIME, week("2026-W28"), good, 100));
    let results =
        judge_weeks(&rules, &numbers, Amsterdam.with_ymd_and_hms(2026, 12, 1, 0, 0, 0).unwrap()).unwrap();
    let refused = Ledger::from_weeks(&rules, &results).unwrap_err().to_string();
    assert_eq!(
        refused,
        "week's results `response_time of 2026-W28 twice` is not valid: accepted is each norm once a week"
    );
}

prop_compose! {
    fn a_week()(missed in prop::collection::btree_set(0_usize..3, 0..3), recorded in 0..10_u8, late in 0..12_u64) -> (Vec<usize>, u8, u64) {
        (missed.into_iter().collect(), recorded, late)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(asked(60)))]

    #[test]
    fn s5_the_ledger_agrees_with_living_through_every_day(
        several: bool,
        first in 0..53_i32,
        // Of one in two the orders are known, and so few that it starts.
        each in prop::option::of(1..40_u64),
        given in prop::collection::vec(a_week(), 1..45),
        decisions in prop::collection::vec((0_u8..4, 0_u64..20, 0_usize..8), 0..14),
    ) {
        let (name, norms) = if several { ("bol-literal-b", NEWEST) } else { ("bol-2024", NORMS) };
        let rules = Rulebook::shipped(name).unwrap();
        let start = week("2020-W30").plus(first);
        let mut weeks = Vec::new();
        for (i, (missed, recorded, late)) in (0..).zip(&given) {
            let missed: Vec<&str> = missed.iter().map(|at| norms[*at]).collect();
            let orders_to_date = each.map(|each| each * (u64::try_from(i).unwrap() + 1));
            let judged = JudgedWeek { orders_to_date, ..JudgedWeek::bad(start.plus(i), &missed) };
            match recorded {
                0 => {}
                1 => weeks.push(judged.provisional()),
                // Some weeks are final a week or two late.
                _ => weeks.push(JudgedWeek { final_on: judged.final_on.and_then(|d| d.checked_add_days(Days::new(late.saturating_sub(9) * 7))), ..judged }),
            }
        }
        let ladder = move |_| if several { SEVERAL } else { TODAY };
        let live = |weeks: &[JudgedWeek], events: &[StandingEvent], on| Model { weeks, events, ladder: &ladder }.on(on);
        // Decisions that are possible, made while walking on.
        let mut events: Vec<StandingEvent> = Vec::new();
        let mut on = start.monday().checked_add_days(Days::new(30)).unwrap();
        for (kind, wait, which) in decisions {
            on = on.checked_add_days(Days::new(wait + 1)).unwrap();
            let state = live(&weeks, &events, on);
            let strike = state.strikes.iter().nth(which % state.strikes.len().max(1)).copied();
            match (kind, strike) {
                (0, Some(week)) => events.push(StandingEvent::StrikeRevoked { week, on }),
                (1, _) => {
                    let norm = norms.get(which).map(|norm| (*norm).to_owned());
                    events.push(StandingEvent::WeekExcused { week: start.plus(i32::try_from(which).unwrap()), norm, on });
                }
                _ if state.word == "offline" => events.push(StandingEvent::PlanAccepted { on }),
                _ if state.may_apply.is_some_and(|from| on >= from) => events.push(StandingEvent::Reopened { on }),
                _ => {}
            }
        }
        let ledger = Ledger::new(&rules, weeks.clone(), events.clone()).unwrap();
        let last = start.plus(i32::try_from(given.len()).unwrap() + 4).monday().max(on + Days::new(9));
        let mut today = start.monday();
        while today < last {
            prop_assert_eq!(seen(&ledger, today), live(&weeks, &events, today), "{} {:?} {:?}", today, weeks, events);
            today = today.checked_add_days(Days::new(if today.weekday().num_days_from_monday() == 2 { 1 } else { 3 })).unwrap();
        }
        // The order of what is given does not matter.
        weeks.reverse();
        events.reverse();
        prop_assert_eq!(Ledger::new(&rules, weeks, events).unwrap().history(), ledger.history());
    }

    /// Five years of weeks and four changes of the rules, lived through day by day.
    #[test]
    fn s6_the_ledger_across_regimes_agrees_with_living_through_every_day(
        given in prop::collection::vec((prop::collection::btree_set(0_usize..3, 0..3), 0..4_u8, 0..12_u64), 262),
        decisions in prop::collection::vec((0_u8..4, 0_u64..150, 0_usize..8), 0..14),
    ) {
        let (start, oldest, split) = (week("2021-W40"), week("2021-W52"), week("2026-W27"));
        let weeks: Vec<JudgedWeek> = (0..).zip(&given).filter_map(|(i, (missed, bad, late))| {
            let of = start.plus(i);
            let norms = if of < split { NORMS } else { NEWEST };
            let missed: Vec<&str> = missed.iter().filter(|_| *bad == 0).map(|at| norms[*at]).collect();
            let judged = JudgedWeek::bad(of, &missed);
            let late = late.saturating_sub(9) * 7;
            // Some weeks were never recorded.
            (*bad < 3 || late == 0).then(|| JudgedWeek {
                final_on: judged.final_on.and_then(|on| on.checked_add_days(Days::new(late))),
                ..judged
            })
        }).collect();
        let ladder = move |week: IsoWeek| if week <= oldest { OLDEST } else { TODAY };
        let live = |events: &[StandingEvent], on| Model { weeks: &weeks, events, ladder: &ladder }.on(on);
        let mut events: Vec<StandingEvent> = Vec::new();
        let mut on = start.monday() + Days::new(30);
        for (kind, wait, which) in decisions {
            on = on + Days::new(wait + 1);
            let state = live(&events, on);
            let strike = state.strikes.iter().nth(which % state.strikes.len().max(1)).copied();
            match (kind, strike) {
                (0, Some(week)) => events.push(StandingEvent::StrikeRevoked { week, on }),
                (1, Some(week)) => events.push(StandingEvent::WeekExcused { week, norm: None, on }),
                _ if state.word == "offline" => events.push(StandingEvent::PlanAccepted { on }),
                _ if state.may_apply.is_some_and(|from| on >= from) => events.push(StandingEvent::Reopened { on }),
                _ => {}
            }
        }
        let ledger = Ledger::new(&RulebookHistory::bol().unwrap(), weeks.clone(), events.clone()).unwrap();
        let mut today = start.monday() + Days::new(9);
        let last = week("2026-W43").monday();
        while today < last {
            prop_assert_eq!(seen(&ledger, today), live(&events, today), "{} {:?}", today, events);
            today = today + Days::new(if today < week("2022-W12").monday() { 7 } else { 126 });
        }
    }

    /// Winning an appeal makes nothing worse and nothing later, whatever the weeks after it bring.
    #[test]
    fn s4_winning_an_appeal_makes_nothing_later(
        pattern in "[Bg]{1,60}",
        lates in prop::collection::vec(0_u64..3, 60),
        plans in prop::collection::vec(0_u64..40, 0..4),
        reopened in prop::option::of(0_u64..100),
        which in any::<prop::sample::Index>(),
        wait in 1_u64..800,
        after in "[Bg]{0,20}",
        excuse: bool,
    ) {
        let mut given = weeks("2026-W01", &pattern);
        for (judged, late) in given.iter_mut().zip(lates) {
            judged.final_on = judged.final_on.and_then(|on| on.checked_add_days(Days::new(late / 2 * 7)));
        }
        // Plans and reopenings as they become possible.
        let mut events: Vec<StandingEvent> = Vec::new();
        let end = given.last().unwrap().week.monday() + Days::new(40);
        let mut plans = plans.into_iter();
        let mut ledger = bol(given.clone(), events.clone());
        for today in given[0].week.monday().iter_days().take_while(|today| *today < end) {
            match ledger.standing(today).standing {
                Standing::Offline { since } if (today - since).num_days() == 3 => {
                    if let Some(wait) = plans.next() {
                        let on = today + Days::new(wait);
                        if matches!(ledger.standing(on).standing, Standing::Offline { .. }) {
                            events.push(StandingEvent::PlanAccepted { on });
                            ledger = bol(given.clone(), events.clone());
                        }
                    }
                }
                _ => {}
            }
            if events.len() > 3 {
                break;
            }
        }
        let mut on = events.iter().map(StandingEvent::on).max().unwrap_or(end).max(end);
        if let (Standing::Closed { may_apply_from, .. }, Some(wait)) =
            (bol(given.clone(), events.clone()).standing(on).standing, reopened)
        {
            on = may_apply_from + Days::new(wait);
            events.push(StandingEvent::Reopened { on });
        }
        let on = on + Days::new(wait);
        let base = bol(given.clone(), events.clone());
        let strikes: Vec<IsoWeek> = given.iter().filter(|w| !w.missed.is_empty()).map(|w| w.week).collect();
        prop_assume!(!strikes.is_empty());
        let week = *which.get(&strikes);
        let won = match excuse {
            true => StandingEvent::WeekExcused { week, norm: None, on },
            false => StandingEvent::StrikeRevoked { week, on },
        };
        let appealed = base.with_events(&[won]).unwrap();
        // The same, with further weeks after the decision.
        let later: Vec<JudgedWeek> = weeks(&given.last().unwrap().week.succ().to_string(), &after)
            .into_iter()
            .map(|judged| JudgedWeek { final_on: judged.final_on.map(|date| date.max(on + Days::new(1))), ..judged })
            .collect();
        let rank = |day: &Day| ["active", "plan", "offline", "closed"].iter().position(|word| *word == day.word);
        for (good, base, appealed) in [
            (true, base.clone(), appealed.clone()),
            (!after.contains('B'), base.with_weeks(&later).unwrap(), appealed.with_weeks(&later).unwrap()),
        ] {
            for days in (0..400).step_by(5) {
                let (before, won) = (seen(&base, on + Days::new(days)), seen(&appealed, on + Days::new(days)));
                prop_assert!(won.strikes.is_subset(&before.strikes));
                prop_assert!(rank(&won) <= rank(&before), "{:?} {:?} {:?}", won, before, events);
                if good && won.word == before.word {
                    prop_assert!(won.since <= before.since && won.may_apply <= before.may_apply);
                }
            }
        }
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
