//! Bad arguments in code: each gives an error of ours that names what was given and what is accepted, and nothing panics.
//! Texts and documents are refused beside their subjects and in the vectors.

use std::ops::RangeInclusive;

use chrono::{DateTime, NaiveDate, Utc};
use klokuur::case::Scores;
use klokuur::exchange::{IndicatorPeriod, KpiScores};
use klokuur::insight::HandlingTimes;
use klokuur::log::Mapping;
use klokuur::norm::{CaseColumns, ResponseWeeks};
use klokuur::nps::required_answers_for;
use klokuur::report::SellerData;
use klokuur::rulebook::{Provenance, Ratio, Source};
use klokuur::schedule::DayTime;
use klokuur::sla::ClockState;
use klokuur::standards::{StandardItem, StandardItems, judge_standards};
use klokuur::standing::{Consequence, JudgedWeek, Ledger, PolicyPoints, StandingWatch, StandingWatches};
use klokuur::{IsoWeek, KlokuurError, Nps, Period, Rulebook, Schedule, Timeline, Zone};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// What an error says.
fn says<T>(result: klokuur::Result<T>) -> String {
    match result {
        Ok(_) => "accepted".into(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn times_and_periods() {
    let office = Schedule::parse_in("Mo-Fr 09:00-17:00", "Europe/Amsterdam").unwrap();
    for (told, expected) in [
        (
            says("2026-12".parse::<IsoWeek>()),
            "ISO week `2026-12` is not valid: accepted is a year and a week such as 2026-W12",
        ),
        (
            says("26-W12".parse::<IsoWeek>()),
            "ISO week `26-W12` is not valid: accepted is a year and a week such as 2026-W12",
        ),
        (
            says(Period::between(day("2026-03-02"), day("2026-03-01"))),
            "period `2026-03-02/2026-03-01` is not valid: accepted is a last date that is not before the first",
        ),
        (
            says(Period::month(2026, 13)),
            "calendar month 2026-13 is out of range: accepted is months 1 to 12 of the years 1900 to 2100",
        ),
        (
            says(Period::trailing_days(day("2026-03-02"), 0)),
            "number of days of a period 0 is out of range: accepted is 1 or more, starting no earlier than 1900-01-01",
        ),
        (
            says(Timeline::compile(&office, RangeInclusive::new(2030, 2020))),
            "years 2030 to 2020 is out of range: accepted is 1900 to 2100",
        ),
        (
            says(Timeline::compile(&office, 1899..=2020)),
            "years 1899 to 2020 is out of range: accepted is 1900 to 2100",
        ),
    ] {
        assert_eq!(told, expected);
    }
    let backwards = serde_json::from_str::<Period>(r#"{"first": "2026-03-02", "last": "2026-03-01"}"#);
    assert!(backwards.unwrap_err().to_string().contains("a last date that is not before the first"));
    let time = says(DayTime::try_from("half past nine".to_owned()));
    assert!(time.contains("`half past nine` is not valid"), "{time}");
    assert_eq!(String::from(DayTime::try_from("09:30".to_owned()).unwrap()), "09:30");
    // A period is of the dates of a zone: the first instant belongs to it, the end does not.
    let march = Period::month(2026, 3).unwrap();
    let amsterdam: Zone = "Europe/Amsterdam".parse().unwrap();
    let inside = |text| march.contains_instant(at(text), amsterdam);
    assert!(inside("2026-02-28T23:00:00Z") && inside("2026-03-31T21:59:59Z"));
    assert!(!inside("2026-02-28T22:59:59Z") && !inside("2026-03-31T22:00:00Z"));
}

#[test]
fn names_and_numbers() {
    let zero = Ratio::new(1, 0);
    for (told, expected) in [
        (says(zero), "ratio `1/0` is not valid: accepted is a denominator that is not zero"),
        (
            says("late".parse::<ClockState>()),
            "unknown verdict `late`: accepted is not_started, running, outside_hours, paused, met, breached, cancelled",
        ),
        (
            says(HandlingTimes::percentile([], 1.5)),
            "percentile 1.5 is out of range: accepted is above 0 and at most 1, as 0.9",
        ),
        (
            says(required_answers_for(5.0, 0.95, 0.8, 0.7)),
            "guessed shares of promoters and detractors 0.8 and 0.7 is out of range: accepted is each 0 to 1, together at most 1",
        ),
        (
            says(Scores::new([("a=b", 3)])),
            "survey area `a=b` is not valid: accepted is a name without `=` and `;`",
        ),
        (
            says(Scores::new([(" ", 3)])),
            "survey area `` is not valid: accepted is a name without `=` and `;`",
        ),
        (
            says("speed 9".parse::<Scores>()),
            "survey scores `speed 9` is not valid: accepted is area=score pairs joined by `;`, scores from 0 to 10",
        ),
        (
            says("A,A".parse::<Provenance>()).split(": ").next().map(str::to_owned).unwrap(),
            "source `A,A` is not valid",
        ),
    ] {
        assert_eq!(told, expected);
    }
    let unknown = says(Rulebook::shipped("bol-1999"));
    assert!(
        unknown.starts_with("unknown rulebook `bol-1999`: accepted is bol, ") && unknown.contains("bol-2026"),
        "{unknown}"
    );
    assert!(ClockState::ALL.iter().all(|state| state.as_str().parse() == Ok(*state)));
    let most = Nps::from_counts(1_000_000_000_000_000, 0, 0).unwrap();
    assert!(
        says(most.checked_add(most)).starts_with("count of NPS answers 2000000000000000 is out of range")
    );
    let three = Nps::from_counts(1, 1, 1).unwrap();
    assert_eq!(three.checked_add(three).unwrap(), three.merge(three));
    assert_eq!(serde_json::from_str::<Nps>(&serde_json::to_string(&three).unwrap()).unwrap(), three);
    // A document is held to the same as code.
    assert!(
        serde_json::from_str::<Nps>(r#"{"promoters": 9000000000000000, "passives": 0, "detractors": 0}"#)
            .is_err()
    );
    let scores: Scores = "speed=9;tone=7".parse().unwrap();
    assert_eq!(scores.iter().collect::<Vec<_>>(), [("speed", 9), ("tone", 7)]);
    assert_eq!((scores.len(), scores.is_empty(), Scores::default().is_empty()), (2, false, true));
    assert_eq!(serde_json::from_str::<Scores>(r#"{"speed": 9, "tone": 7}"#).unwrap(), scores);
    assert_eq!(serde_json::from_str::<Scores>(r#""speed=9;tone=7""#).unwrap(), scores);
    let sources: Provenance = "A,O".parse().unwrap();
    assert_eq!((sources.sources().len(), sources.is_ours()), (2, false));
    assert!(Provenance::from_sources(&[]).is_ours() && Provenance::from_sources(&[Source::Ours]).is_ours());
}

#[test]
fn weeks_and_strikes() {
    let rules = Rulebook::bol();
    let week: IsoWeek = "2026-W30".parse().unwrap();
    let mut of_another = JudgedWeek::bad(week, &["response_time"]);
    of_another.missed[0].week = week.succ();
    let twice = JudgedWeek::bad(week, &["response_time", "RESPONSE_TIME"]);
    for (weeks, expected) in [
        (
            vec![of_another],
            "judged week `2026-W30 with a miss of 2026-W31` is not valid: accepted is misses of the same week",
        ),
        (
            vec![twice],
            "judged week `2026-W30 with response_time twice` is not valid: accepted is each missed norm once",
        ),
        (
            vec![JudgedWeek::good(week), JudgedWeek::good(week)],
            "judged week `2026-W30 twice` is not valid: accepted is each week once",
        ),
    ] {
        assert_eq!(says(Ledger::new(&rules, weeks, vec![])), expected);
    }
    let ledger = Ledger::new(&rules, vec![JudgedWeek::bad(week, &["response_time"])], vec![]).unwrap();
    assert_eq!(ledger.bad_weeks_until(Consequence::Closed).unwrap(), 6);
    let mut watches = StandingWatches::new();
    let nobody = watches.replace("shop", ledger.clone()).unwrap_err().to_string();
    assert_eq!(nobody, "unknown account `shop`: accepted is none: no account is watched yet");
    watches.insert("shop", StandingWatch::new(ledger, at("2026-06-01T00:00:00Z")));
    assert!(
        watches.get("shop").is_some_and(|watch| watch.ledger().weeks().len() == 1)
            && watches.get("shopp").is_none()
    );
    let points = PolicyPoints::new(&rules, vec![]).unwrap();
    assert_eq!((points.events().len(), points.at(at("2026-09-01T00:00:00Z")).points), (0, 100));
}

#[test]
fn cases_in_columns_count_as_their_verdicts_say() {
    let mut weeks = ResponseWeeks::new(chrono_tz::Europe::Amsterdam);
    let us = |text: &str| at(text).timestamp_micros();
    let (asked, due) = (us("2026-03-09T12:00:00Z"), us("2026-03-10T12:00:00Z"));
    let (null, now) = (i64::MIN, at("2026-03-20T00:00:00Z"));
    let short = CaseColumns {
        asked: &[asked],
        due: &[],
        answered: &[null],
        measured: &[true],
        verdict: &[ClockState::Met],
    };
    assert_eq!(
        says(weeks.add_cases(&short, now)),
        "the columns of cases have different lengths, 1 and 0: accepted is equal lengths"
    );
    assert_eq!(weeks.numbers(), []);
    let cases = CaseColumns {
        asked: &[asked, asked, asked, asked, asked, null, asked],
        due: &[due, due, due, due, null, due, due],
        // Late by less than a microsecond is late, whatever the columns show.
        answered: &[due, due, null, null, null, null, due],
        measured: &[true, true, true, true, true, true, false],
        verdict: &[
            ClockState::Met,
            ClockState::Breached,
            ClockState::Cancelled,
            ClockState::Breached,
            ClockState::NotStarted,
            ClockState::Met,
            ClockState::Met,
        ],
    };
    weeks.add_cases(&cases, now).unwrap();
    let counted = weeks.numbers();
    assert_eq!((counted.len(), counted[0].numerator, counted[0].denominator), (1, 1, 3));
    assert_eq!(counted[0].last_deadline, Some(at("2026-03-10T12:00:00Z")));
    // Where time stands still the week is not final before now: no deadline is known.
    let paused = CaseColumns {
        asked: &[asked],
        due: &[null],
        answered: &[null],
        measured: &[true],
        verdict: &[ClockState::Paused],
    };
    weeks.add_cases(&paused, now).unwrap();
    assert!(weeks.numbers()[0].last_deadline > Some(now) && weeks.numbers()[0].denominator == 3);
    // What two counted by other hours is counted by none that can be named.
    let mut other = ResponseWeeks::new(chrono_tz::Europe::Amsterdam)
        .with_fingerprints(klokuur::Fingerprints::of(&Schedule::parse_in("24/7", "UTC").unwrap()));
    other.merge(&weeks).unwrap();
    assert!(other.numbers()[0].fingerprints.is_none());
    let utc = ResponseWeeks::new(Zone::UTC);
    assert!(says(other.merge(&utc)).contains("accepted is weeks of the same zone"));
    let far = CaseColumns { asked: &[us("1800-01-01T00:00:00Z")], due: &[due], ..short };
    let far = CaseColumns { answered: &[null], measured: &[true], verdict: &[ClockState::Met], ..far };
    let refused = weeks.add_cases(&far, now).unwrap_err();
    assert!(
        matches!(&refused, KlokuurError::Row { row: 0, .. }) && refused.code() == "out_of_range",
        "{refused}"
    );
}

#[test]
fn standards_and_reports() {
    let rules = Rulebook::shipped("conrad").unwrap();
    let on = day("2026-10-06");
    let item = |measure: &str, value| {
        let measure = measure.to_owned();
        StandardItem { measure, on: on.pred_opt().unwrap(), units: 1, bad: 0, buyer: None, value }
    };
    let nothing = StandardItems::new(vec![]).unwrap();
    assert!(nothing.is_empty());
    let report = judge_standards(&rules, &nothing, &[], on).unwrap();
    let told = says(report.standard("speed"));
    assert!(told.starts_with("unknown standard `speed`: accepted is "), "{told}");
    let told = says(report.ladder("stairs"));
    assert!(told.starts_with("unknown ladder `stairs`: accepted is "), "{told}");
    let first = &report.standards[0];
    assert_eq!(report.standard(&first.standard).unwrap().standard, first.standard);
    assert_eq!(first.to_string(), first.to_sentence(klokuur::Language::English));
    if let Some(ladder) = report.ladders.first() {
        assert_eq!(
            report.ladder(&ladder.ladder).unwrap().to_string(),
            ladder.to_sentence(klokuur::Language::English)
        );
    }
    // A mean needs the value of each item, and a sum that still fits.
    let mean = rules.standards.iter().find(|rule| format!("{:?}", rule.unit) == "Average").unwrap();
    let judged =
        |items| says(StandardItems::new(items).and_then(|items| judge_standards(&rules, &items, &[], on)));
    let told = judged(vec![item(&mean.measure, None)]);
    assert!(told.contains("without a value") && told.contains("accepted is a value for each item"), "{told}");
    let huge = Ratio::new(i64::MAX, 1).unwrap();
    let odd = Ratio::new(1, 4_611_686_018_427_387_847).unwrap();
    let told = judged(vec![item(&mean.measure, Some(huge)), item(&mean.measure, Some(odd))]);
    assert_eq!(told, "sum of a standard a number is out of range: accepted is numbers of at most 18 digits");
    // The cases come once.
    let beside = SellerData::of_events([]).with_json(r#"{"events": []}"#);
    assert_eq!(
        says(beside),
        "data of a seller is not valid at events: the cases are there already: accepted is a document without events"
    );
    assert!(SellerData::of_events([]).with_json(r#"{"name": "Shop"}"#).is_ok());
    assert!(says(Mapping::from_json("{")).contains("accepted is JSON"));
    let period = IndicatorPeriod { week: "+1".into(), ..IndicatorPeriod::of("2026-W10".parse().unwrap()) };
    assert_eq!(
        says(period.iso_week()),
        "period `week +1 of year 2026` is not valid: accepted is an ISO week such as week 12 of year 2026"
    );
    let scores = |id: &str| {
        let text = format!(
            r#"{{"kpiScores": [{{"kpi": "ON_TIME", "norm": {{"type": "FIXED", "condition": "gte", "value": 0.93}},
                "period": {{"id": "{id}", "type": "WEEK"}}}}]}}"#
        );
        says(KpiScores::from_json(&text))
    };
    for id in ["2026", "2026-1x", "+026-12"] {
        assert!(scores(id).contains("accepted is an ISO year and week, as 2026-12"), "{}", scores(id));
    }
}
