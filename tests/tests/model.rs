//! The second model of the domain beside the library: random logs, weeks and accounts (`make model N=10000`).

use chrono::{Days, NaiveDate, TimeDelta, Weekday};
use klokuur::case::{Applied, CaseBook, CaseOutcome, CaseRow, DomainEvent, Happening};
use klokuur::norm::{Verdict as Judgement, WeekNumbers, final_from, judge, judge_weeks};
use klokuur::score::estimate;
use klokuur::sla::ClockState;
use klokuur::standing::{PolicyPoints, PolicyPointsEvent};
use klokuur::{IsoWeek, Rulebook};
use klokuur_tests::model::{
    Happened, Lived, Minute, Minutes, PARTS, Verdict, Week, account, asked, estimated, instant,
    random_account, random_log, random_weeks, weeks,
};
use klokuur_tests::random::Random;

fn seeds() -> std::ops::Range<u64> {
    0..u64::from(asked(200))
}

/// What was told and not taken back, in the words of the model.
fn told(events: &[DomainEvent], case: &str) -> Vec<Happened> {
    let minute = |event: &DomainEvent| {
        let since = event.at - instant(0);
        assert_eq!(since.subsec_nanos(), 0, "{event:?}");
        Minute::try_from(since.num_minutes()).unwrap()
    };
    let mut told: Vec<Happened> = Vec::new();
    for event in events.iter().filter(|event| event.case == case) {
        assert!(!event.retracted, "nothing came late: {event:?}");
        let what = match event.what {
            Happening::Opened { .. } => "opened".into(),
            Happening::Forwarded => "forwarded".into(),
            Happening::Warned { clock, .. } => format!("warned {clock:?}"),
            Happening::Breached { clock } => format!("late {clock:?}"),
            Happening::Answered { clock, in_time } => {
                format!("answered {clock:?} {}", if in_time { "in time" } else { "late" })
            }
            Happening::FollowUpDue => "follow up".into(),
            Happening::ReturnedToMarketplace => "back".into(),
            Happening::Lapsed => "lapsed".into(),
            Happening::Closed { .. } => "closed".into(),
            Happening::Reopened => "reopened".into(),
            Happening::SurveyDue => "survey".into(),
        };
        told.push(Happened { at: minute(event), what });
    }
    told.sort();
    told
}

fn verdict(state: ClockState) -> Verdict {
    match state {
        ClockState::NotStarted => Verdict::None,
        ClockState::Running | ClockState::OutsideHours => Verdict::Owed,
        ClockState::Met => Verdict::Met,
        ClockState::Breached => Verdict::Late,
        ClockState::Cancelled => Verdict::Dropped,
        ClockState::Paused => panic!("bol's clocks do not pause"),
    }
}

fn cases_agree(lived: &Lived, outcomes: &[CaseOutcome], seed: u64) {
    let shown = lived.cases.iter().filter(|(_, case)| !case.is_the_marketplaces);
    assert_eq!(shown.clone().count(), outcomes.len(), "seed {seed}");
    for ((name, case), outcome) in shown.zip(outcomes) {
        let of = format!("seed {seed} {name}: {outcome:?} {case:?} {:#?}", lived.events);
        assert_eq!(&outcome.case, name, "{of}");
        let at = |minute: Option<Minute>| minute.map(instant);
        assert_eq!(
            (outcome.kind, outcome.origin, outcome.status, Some(outcome.opened)),
            (case.kind, case.origin, case.status, at(case.opened)),
            "{of}"
        );
        assert_eq!(verdict(outcome.verdict), case.verdict(), "{of}");
        assert_eq!(outcome.is_measured, case.is_measured(), "{of}");
        let (due, answered) = case.first().unzip();
        assert_eq!((outcome.due, outcome.answered), (at(due), at(answered.flatten())), "{of}");
        assert_eq!(
            (outcome.closed, outcome.closed_by),
            (case.closed.map(|(closed, _)| instant(closed)), case.closed.map(|(_, by)| by)),
            "{of}"
        );
        assert_eq!((outcome.follow_ups, outcome.follow_ups_late), case.follow_ups, "{of}");
        assert_eq!(
            (outcome.was_forwarded, outcome.was_returned, outcome.phone_contacts),
            (case.was_forwarded, case.was_returned, case.calls),
            "{of}"
        );
        assert_eq!(
            (outcome.handled, outcome.surveys.len()),
            (at(case.handled), case.surveys as usize),
            "{of}"
        );
    }
}

fn rows_agree(lived: &Lived, rows: &[CaseRow], seed: u64) {
    assert!(rows.is_sorted_by_key(|row| row.opened_at), "the oldest first (RULES K3)");
    for row in rows {
        let case = &lived.cases[&row.number];
        let of = format!("seed {seed} {row:?} {case:?} {:#?}", lived.events);
        assert_eq!(row.due.map(|due| due.to_utc()), case.next_due().map(instant), "{of}");
        assert_eq!(row.is_open_long, case.is_open_long(lived.until), "{of}");
        let follow_up = row.follow_up_at.map(|at| at.to_utc());
        assert_eq!(follow_up, case.follow_up.map(instant), "{of}");
    }
}

#[test]
fn k14_the_book_agrees_with_living_through_every_minute() {
    let (minutes, rules) = (Minutes::default(), Rulebook::bol());
    let (mut refused, mut happened) = (0, 0);
    for seed in seeds() {
        let lived = random_log(&minutes, seed);
        // A breach begins just after its deadline, so look just after the last minute.
        let now = instant(lived.until) + TimeDelta::seconds(1);
        let mut events = lived.events.clone();
        events.sort_by_key(|event| event.at);
        let (mut book, mut heard, mut aside) = (CaseBook::of(&rules).unwrap(), Vec::new(), 0);
        for event in &events {
            match book.apply(event).unwrap() {
                Applied::Taken(told) => heard.extend(told),
                Applied::KeptAside(_) => aside += 1,
                Applied::KnownAlready => panic!("every event has its own minute: {event:?}"),
            }
        }
        heard.extend(book.advance(now).unwrap());
        assert_eq!(aside, lived.refused, "seed {seed}: {:?} {events:#?}", book.refused());
        cases_agree(&lived, &book.outcomes(now).unwrap(), seed);
        rows_agree(&lived, &book.overview(now).unwrap(), seed);
        for (name, case) in &lived.cases {
            let mut expected = case.told.clone();
            expected.sort();
            assert_eq!(told(&heard, name), expected, "seed {seed} {name}: {case:?} {events:#?}");
            happened += expected.len();
        }
        let in_week = |numbers: &WeekNumbers| {
            let week = usize::try_from(numbers.week.since("2026-W12".parse().unwrap())).unwrap();
            let late = numbers.denominator - u64::try_from(numbers.numerator).unwrap();
            let due = numbers.last_deadline.unwrap() - instant(0);
            let last_due = Minute::try_from(due.num_minutes()).unwrap();
            (week, Week { in_time: numbers.numerator, late, last_due })
        };
        let counted = book.response_weeks(now).unwrap().numbers();
        let expected = weeks(lived.cases.values());
        assert_eq!(
            counted.iter().map(in_week).collect::<Vec<_>>(),
            expected.clone().into_iter().collect::<Vec<_>>(),
            "seed {seed}"
        );
        for (numbers, (week, expected)) in counted.iter().zip(expected) {
            let from = final_from(numbers.week, numbers.last_deadline, book.schedule().zone(), Weekday::Wed);
            assert_eq!(from, instant(expected.final_from(week)), "seed {seed}: {numbers:?}");
        }
        // In any order of the events.
        Random::new(seed).shuffle(&mut events);
        let mut shuffled = CaseBook::of(&rules).unwrap();
        shuffled.load_all(&events);
        shuffled.advance(now).unwrap();
        cases_agree(&lived, &shuffled.outcomes(now).unwrap(), seed);
        refused += aside;
    }
    assert!(refused > 100 && happened > 1_000, "{refused} refused, {happened} happened");
}

#[test]
fn n2_verdicts_agree_with_counting_in_whole_numbers() {
    let rules = Rulebook::bol();
    let week: IsoWeek = "2026-W40".parse().unwrap();
    let now = week.monday().and_hms_opt(0, 0, 0).unwrap().and_utc() + TimeDelta::days(30);
    let mut missed = 0;
    for seed in seeds() {
        let mut random = Random::new(seed);
        for norm in [
            "on_time",
            "handover",
            "cancellations",
            "response_time",
            "phone_availability",
            "track_and_trace",
            "case_item_ratio",
        ] {
            let all = random.below(300);
            let bad = if all == 0 { 0 } else { random.below(all.min(40) + 1) };
            let counts_bad = matches!(norm, "cancellations" | "case_item_ratio");
            let numerator = i64::try_from(if counts_bad { bad } else { all - bad }).unwrap();
            let judged = judge(&rules, &WeekNumbers::new(norm, week, numerator, all), now).unwrap();
            let expected = match all {
                0 => Judgement::NoData,
                _ if Week::misses(norm, bad, all) => Judgement::Missed,
                _ => Judgement::Conforms,
            };
            assert_eq!(judged.verdict, expected, "{norm}: {bad} bad of {all}");
            missed += usize::from(expected == Judgement::Missed);
        }
    }
    assert!(missed > 50, "{missed}");
}

#[test]
fn s7_points_agree_with_living_through_every_day() {
    let rules = Rulebook::bol();
    for seed in seeds() {
        let events = random_account(seed);
        let given = events.iter().map(|(on, points)| PolicyPointsEvent {
            on: *on,
            points: *points,
            reason: "late".into(),
        });
        let points = PolicyPoints::new(&rules, given.collect()).unwrap();
        let mut random = Random::new(!seed);
        for _ in 0..4 {
            let on = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(random.below(1_600));
            let expected = account(&events, on);
            let report = points.on(on);
            assert_eq!(i64::from(report.points), i64::from(expected), "seed {seed} on {on}: {events:?}");
            assert_eq!(report.is_closed, expected == 0, "seed {seed} on {on}");
        }
    }
}

#[test]
fn p2_estimates_agree_with_counting_in_whole_numbers() {
    let rules = Rulebook::shipped("bol-2024").unwrap();
    let first: IsoWeek = "2026-W01".parse().unwrap();
    let (mut met, mut not_met, mut without) = (0, 0, 0);
    for seed in seeds() {
        let weeks = random_weeks(seed);
        let numbers: Vec<WeekNumbers> = weeks
            .iter()
            .flat_map(|(week, parts)| PARTS.iter().zip(parts).map(move |(norm, part)| (*week, *norm, *part)))
            .filter_map(|(week, norm, part)| {
                let (above, all) = part?;
                let week = first.plus(i32::try_from(week).unwrap());
                Some(WeekNumbers::new(norm, week, above, u64::try_from(all).unwrap()))
            })
            .collect();
        let mut random = Random::new(!seed);
        for _ in 0..4 {
            let day = i64::try_from(random.below(150)).unwrap();
            let on = first.monday() + TimeDelta::days(day);
            // Judged a week later: what was not final on the day is not in the score of that day.
            let now = (on + TimeDelta::days(7)).and_hms_opt(12, 0, 0).unwrap().and_utc();
            let found = estimate(&rules, &judge_weeks(&rules, &numbers, now).unwrap(), on).unwrap();
            let expected = estimated(&weeks, day);
            let of = format!("seed {seed} on {on}: {weeks:?} {found:?} {expected:?}");
            assert_eq!(found.calculated_on - first.monday(), TimeDelta::days(expected.on), "{of}");
            let last = found.last_week.map(|week| i64::from(week.since(first)));
            assert_eq!(last, expected.last_week, "{of}");
            for (part, (above, all)) in found.parts.iter().zip(expected.sums) {
                assert_eq!((part.numerator, part.denominator), (above, u64::try_from(all).unwrap()), "{of}");
            }
            let meets = expected.mean.map(|(above, under)| above >= 8 * under);
            assert_eq!(found.meets_minimum, meets, "{of}");
            let mean = expected.mean.map(|(above, under)| above as f64 / under as f64);
            match (found.score, mean) {
                (Some(one), Some(other)) => assert!((one - other).abs() < 1e-9, "{of}"),
                (one, other) => assert_eq!(one, other, "{of}"),
            }
            match meets {
                Some(true) => met += 1,
                Some(false) => not_met += 1,
                None => without += 1,
            }
        }
    }
    assert!(met > 50 && not_met > 50 && without > 5, "{met} met, {not_met} not, {without} without data");
}
