//! Explanations sum exactly, leave no gap and say what people say.

use chrono::{NaiveDate, TimeZone};
use chrono_tz::Europe::Amsterdam;

use super::*;
use crate::schedule::Hours;

fn local(text: &str) -> DateTime<chrono_tz::Tz> {
    let naive = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    Amsterdam.from_local_datetime(&naive).unwrap()
}

fn told(schedule: &Schedule, from: &str, hours: i64) -> Explanation {
    let from = local(from);
    schedule.explain(from, schedule.add(from, BusinessDuration::hours(hours)).unwrap()).unwrap()
}

#[test]
fn c8_explanations_sum_exactly_without_gaps() {
    let japanese = HolidayCalendar::from_dates([("2026-03-16".parse::<NaiveDate>().unwrap(), "Day off")])
        .unwrap()
        .in_zone(chrono_tz::Asia::Tokyo);
    let holidays = HolidayCalendar::netherlands().union(&japanese);
    let mut noise = Noise(5);
    for text in
        ["Mo-Fr 00:00-24:00", "Mo-Fr 09:00-12:30,13:00-17:30", "22:00-06:00", "24/7", "Th 20:00-08:00"]
    {
        let schedule = schedule(text, "Europe/Amsterdam").with_holidays(holidays.clone()).unwrap();
        for _ in 0..300 {
            let mut instant = |limit| {
                let second = 1_770_000_000 + noise.below(limit);
                DateTime::from_timestamp(second, noise.below(2) as u32 * 123_456_789).unwrap()
            };
            let (a, b) = (instant(40_000_000), instant(50_000_000));
            let (a, b) = (a.min(b), a.max(b));
            let told = schedule.explain(a, b).unwrap();
            assert_eq!(Ok(told.counted), schedule.between(a, b));
            assert_eq!((told.from.to_utc(), told.to.to_utc()), (a, b));
            let mut at = told.from;
            for stretch in &told.stretches {
                assert_eq!(stretch.from, at);
                assert_eq!(stretch.reason.counts(), !stretch.counted.is_zero());
                assert_eq!(Ok(stretch.counted), schedule.between(stretch.from, stretch.to));
                at = stretch.to;
            }
            assert_eq!(at, told.to);
            assert!(schedule.explain(b, a).is_err() || a == b);
        }
    }
}

#[test]
fn c8_sentences() {
    let clock = clock();
    let office = schedule("Mo-Fr 09:00-17:00", "Europe/Amsterdam");
    let english = |schedule: &Schedule, from, hours| told(schedule, from, hours).to_string();
    assert_eq!(
        english(&clock, "2026-12-31 18:00", 24),
        "due Monday 4 January 2027 18:00: 6 h on Thursday 31 December 2026, New Year's Day skipped, \
         weekend skipped, 18 h on Monday 4 January"
    );
    assert_eq!(
        english(&clock, "2026-03-14 10:00", 24),
        "due Tuesday 17 March 2026 00:00: weekend skipped, 24 h on Monday 16 March"
    );
    assert_eq!(
        english(&office, "2026-03-12 20:00", 20),
        "due Tuesday 17 March 2026 13:00: closed hours skipped, 8 h on Friday 13 March, weekend skipped, \
         12 h on Monday 16 March and Tuesday 17 March"
    );
    assert_eq!(
        english(&office, "2026-03-09 09:00", 40),
        "due Friday 13 March 2026 17:00: 40 h on 5 days from Monday 9 March to Friday 13 March"
    );
    assert_eq!(
        english(&clock, "2026-01-01 00:00", 6000),
        "due Thursday 24 December 2026 00:00: 6000 h on 250 days from Friday 2 January to Wednesday 23 December, \
         51 weekends skipped, 7 holidays skipped"
    );
    let closed = office.with_closed("2026-03-16".parse::<NaiveDate>().unwrap()).unwrap();
    let closed = closed
        .with_day("2026-03-14".parse::<NaiveDate>().unwrap(), Hours::between("10:00", "11:00").unwrap())
        .unwrap();
    let told = told(&closed, "2026-03-13 16:30", 2);
    assert_eq!(
        told.to_sentence(Language::Dutch),
        "uiterlijk dinsdag 17 maart 2026 09:30: 1 uur 30 min op vrijdag 13 maart en zaterdag 14 maart, \
         weekend overgeslagen, gesloten maandag 16 maart overgeslagen, 30 min op dinsdag 17 maart"
    );
    assert_eq!(told.stretches[2].reason, StretchReason::ExtraDay);
    assert_eq!(
        told.to_customer_text(Language::English),
        "expected by Tuesday 09:30, closed on Monday 16 March"
    );
    let json = serde_json::to_value(&told).unwrap();
    assert_eq!(json["counted"], "PT2H");
    assert_eq!(json["stretches"][0]["reason"]["kind"], "open_hours");
}

#[test]
fn c8_a_customer_is_told_a_minute_that_is_not_too_soon() {
    let office = schedule("Mo-Fr 09:00-17:00", "Europe/Amsterdam");
    let asked = local("2026-03-12 16:00");
    let text = |due: DateTime<chrono_tz::Tz>| {
        office.explain(asked, due).unwrap().to_customer_text(Language::English)
    };
    let due = local("2026-03-13 10:00");
    assert_eq!(text(due), "expected by Friday 10:00");
    assert_eq!(text(due + TimeDelta::nanoseconds(1)), "expected by Friday 10:01");
    assert_eq!(text(due + TimeDelta::milliseconds(59_999)), "expected by Friday 10:01");
    assert_eq!(text(due + TimeDelta::seconds(60)), "expected by Friday 10:01");
}

#[test]
fn c8_a_long_span_counts_what_it_skips() {
    let date = |day: i64| "2026-03-02".parse::<NaiveDate>().unwrap() + TimeDelta::days(day);
    let holidays = HolidayCalendar::from_dates((0..6).map(|nth| (date(nth * 2), "Day off"))).unwrap();
    let always =
        schedule("24/7", "Europe/Amsterdam").with_holidays(holidays).unwrap().with_closed(date(12)).unwrap();
    // 1 March is a Sunday; from then on every second day is closed, seven in all.
    let told = told(&always, "2026-03-01 00:00", 8 * 24);
    assert_eq!(
        told.to_sentence(Language::English),
        "due Monday 16 March 2026 00:00: 192 h on 8 days from Sunday 1 March to Sunday 15 March, 6 holidays skipped, \
         1 closed day skipped"
    );
    assert!(
        told.to_sentence(Language::Dutch).ends_with("6 feestdagen overgeslagen, 1 gesloten dag overgeslagen")
    );
}

#[test]
fn c8_seconds_are_told_where_there_are_some() {
    let clock = clock();
    let from = local("2026-03-12 10:00") + TimeDelta::seconds(5);
    let due = clock.explain(from, clock.add(from, BusinessDuration::hours(1)).unwrap()).unwrap();
    assert!(due.to_string().starts_with("due Thursday 12 March 2026 11:00:05: "), "{due}");
    let due = clock.explain(from, from + TimeDelta::milliseconds(1_500)).unwrap();
    assert!(due.to_string().starts_with("due Thursday 12 March 2026 10:00:06.500: "), "{due}");
}

#[test]
fn c8_a_named_day_and_the_hours_of_holidays_are_reasons_of_their_own() {
    let shop = schedule("Mo-Fr 09:00-17:00; Dec 24 09:00-13:00; PH 10:00-12:00", "Europe/Amsterdam")
        .with_holidays(HolidayCalendar::netherlands())
        .unwrap();
    let told = told(&shop, "2026-12-23 16:00", 7);
    let open: Vec<_> = told
        .stretches
        .iter()
        .filter(|s| s.reason.counts())
        .map(|s| (&s.reason, s.counted.as_hours()))
        .collect();
    assert_eq!(
        open,
        [(&StretchReason::OpenHours, 1), (&StretchReason::NamedDay, 4), (&StretchReason::HolidayHours, 2)]
    );
}
