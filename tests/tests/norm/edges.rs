//! Where a verdict, a forecast or a count turns: the very numbers between one answer and the other.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Europe::Amsterdam;
use klokuur::norm::{
    CANCELLATIONS, CaseColumns, FULFILMENT, NormWatch, RESPONSE_TIME, ResponseWeeks, WeekNumbers, judge,
};
use klokuur::rulebook::Ratio;
use klokuur::sla::ClockState;
use klokuur::timeline::NULL;
use klokuur::{IsoWeek, Rulebook};

fn week() -> IsoWeek {
    "2026-W11".parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

fn rules() -> Rulebook {
    Rulebook::shipped("bol-2024").unwrap()
}

#[test]
fn n3_a_plan_that_meets_the_threshold_exactly_is_not_missed() {
    let judged =
        |good| judge(&rules(), &WeekNumbers::new(FULFILMENT, week(), good, 100), at("2026-04-01T08:00:00Z"));
    assert!(!judged(93).unwrap().forecast_for(100).missed);
    assert!(judged(92).unwrap().forecast_for(100).missed);
    // Nothing is to come any more: it is bad, and not bad by a plan.
    assert_eq!(judged(92).unwrap().forecast_for(100).to_string(), judged(92).unwrap().forecast().to_string());
}

#[test]
fn n3_a_share_that_must_be_more_than_nothing_takes_what_the_count_limit_takes() {
    let mut rules = rules();
    let norm = rules.norms.iter_mut().find(|norm| norm.name == RESPONSE_TIME).unwrap();
    (norm.threshold, norm.strict) = (Ratio::whole(0), true);
    let forecast = |good, all| {
        judge(&rules, &WeekNumbers::new(RESPONSE_TIME, week(), good, all), at("2026-04-01T08:00:00Z"))
            .unwrap()
            .forecast()
    };
    // Ten late ones are bad: none is good yet, and nine may be late.
    assert_eq!((forecast(0, 2).missed, forecast(0, 2).affordable), (false, Some(7)));
    assert_eq!((forecast(0, 9).missed, forecast(0, 9).affordable), (false, Some(0)));
    // One good answer is more than nothing, whatever comes.
    assert!(forecast(1, 3).affordable.is_none_or(|items| items > 1_000_000));
}

#[test]
fn n3_the_words_of_each_norm_in_dutch() {
    let dutch = |norm: &str, numerator| {
        judge(&rules(), &WeekNumbers::new(norm, week(), numerator, 100), at("2026-04-01T08:00:00Z"))
            .unwrap()
            .forecast()
            .dutch()
    };
    assert!(dutch(FULFILMENT, 100).contains("te late artikelen"), "{}", dutch(FULFILMENT, 100));
    assert!(dutch(CANCELLATIONS, 0).contains("geannuleerd"), "{}", dutch(CANCELLATIONS, 0));
}

#[test]
fn n1_rows_without_a_time_count_in_no_week() {
    let (asked, due) =
        (at("2026-03-10T10:00:00Z").timestamp_micros(), at("2026-03-11T10:00:00Z").timestamp_micros());
    let counted = |now: DateTime<Utc>| {
        let mut weeks = ResponseWeeks::new(Amsterdam);
        weeks
            .add_many(&[NULL, asked, asked, asked], &[due, NULL, due, due], &[NULL, NULL, NULL, due], now)
            .unwrap();
        let numbers = weeks.numbers();
        assert_eq!(numbers.len(), 1);
        (numbers[0].numerator, numbers[0].denominator, weeks.open(week()))
    };
    let deadline = at("2026-03-11T10:00:00Z");
    // C3: at the deadline it is still to be answered, and what was answered then is on time.
    assert_eq!(counted(deadline), (1, 1, 1));
    assert_eq!(counted(deadline + TimeDelta::microseconds(1)), (1, 2, 0));
    let case = |due, answered, verdict| {
        let mut weeks = ResponseWeeks::new(Amsterdam);
        let columns = CaseColumns {
            asked: &[asked],
            due: &[due],
            answered: &[answered],
            measured: &[true],
            verdict: &[verdict],
        };
        weeks.add_cases(&columns, deadline).unwrap();
        weeks.numbers().first().map(|week| (week.numerator, week.denominator, week.last_deadline))
    };
    assert_eq!(case(NULL, NULL, ClockState::Cancelled), None);
    assert_eq!(case(due, NULL, ClockState::Cancelled), Some((0, 0, Some(deadline))));
    assert_eq!(case(due, due + 1, ClockState::Breached), Some((0, 1, Some(deadline))));
    assert_eq!(case(due, due, ClockState::Met), Some((1, 1, Some(deadline))));
}

#[test]
fn k13_what_was_final_stays_told_when_an_earlier_time_is_looked_at_again() {
    let numbers = WeekNumbers::new(FULFILMENT, week(), 50, 100);
    let results = vec![judge(&rules(), &numbers, at("2026-03-16T08:00:00Z")).unwrap()];
    let mut watch = NormWatch::new(results, at("2026-03-16T08:00:00Z"));
    let final_from = at("2026-03-18T08:00:00Z");
    assert!(!watch.advance(final_from).is_empty());
    assert!(watch.advance(at("2026-03-16T08:00:00Z")).is_empty());
    assert!(watch.advance(final_from).is_empty());
}
