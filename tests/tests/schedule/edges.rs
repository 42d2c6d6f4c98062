//! What an explanation says of a day that another zone's holiday closes, of a day without hours, and of no time at all.

use chrono::{DateTime, TimeZone};
use chrono_tz::Europe::Amsterdam;
use chrono_tz::Tz;
use klokuur::timeline::{Language, StretchReason};
use klokuur::{BusinessDuration, HolidayCalendar, Schedule};

fn at(month: u32, day: u32, hour: u32, minute: u32) -> DateTime<Tz> {
    Amsterdam.with_ymd_and_hms(2026, month, day, hour, minute, 0).unwrap()
}

/// Each stretch as its local times and a word for its reason.
fn told(schedule: &Schedule, from: DateTime<Tz>, to: DateTime<Tz>) -> Vec<String> {
    let explained = schedule.explain(from, to).unwrap();
    let word = |reason: &StretchReason| match reason {
        StretchReason::Holiday { holiday } => holiday.name_en.clone(),
        other => format!("{other:?}"),
    };
    let one = |stretch: &klokuur::timeline::ExplainedStretch| {
        format!(
            "{} to {} {}",
            stretch.from.format("%d %H:%M"),
            stretch.to.format("%d %H:%M"),
            word(&stretch.reason)
        )
    };
    explained.stretches.iter().map(one).collect()
}

#[test]
fn c8_a_holiday_of_another_zone_is_told_from_its_own_midnight() {
    // 27 April in New York is 06:00 to 06:00 in Amsterdam.
    let holidays = HolidayCalendar::netherlands().in_zone(chrono_tz::America::New_York);
    let shop = Schedule::parse("Mo-Fr 05:00-17:00", Amsterdam).unwrap().with_holidays(holidays).unwrap();
    assert_eq!(
        told(&shop, at(4, 27, 4, 0), at(4, 28, 9, 0)),
        [
            "27 04:00 to 27 05:00 ClosedHours",
            "27 05:00 to 27 06:00 OpenHours",
            "27 06:00 to 27 17:00 King's Day",
            "27 17:00 to 28 06:00 ClosedHours",
            "28 06:00 to 28 09:00 OpenHours",
        ]
    );
}

#[test]
fn c8_a_day_without_hours_is_a_closed_day() {
    let shop = Schedule::parse("Mo,Tu,Th,Fr 09:00-17:00", Amsterdam).unwrap();
    let found = told(&shop, at(3, 10, 16, 0), at(3, 12, 10, 0));
    assert_eq!(
        found,
        [
            "10 16:00 to 10 17:00 OpenHours",
            "10 17:00 to 11 00:00 ClosedHours",
            "11 00:00 to 12 00:00 ClosedDay",
            "12 00:00 to 12 09:00 ClosedHours",
            "12 09:00 to 12 10:00 OpenHours",
        ]
    );
}

#[test]
fn c8_closed_days_in_a_row_are_told_from_the_first_to_the_last() {
    let shop = Schedule::parse("Mo-Fr 09:00-17:00; 2026 Aug 03-14 off", Amsterdam).unwrap();
    let asked = at(7, 31, 16, 0);
    let due = shop.add(asked, BusinessDuration::hours(8)).unwrap();
    let told = shop.explain(asked, due).unwrap();
    assert_eq!(
        told.to_customer_text(Language::English),
        "expected by Monday 17 August 16:00, closed on Monday 3 August to Friday 7 August, closed on Monday 10 August to Friday 14 August"
    );
    let sentence = told.to_sentence(Language::Dutch);
    assert!(
        sentence.contains("gesloten maandag 3 augustus tot en met vrijdag 7 augustus overgeslagen"),
        "{sentence}"
    );
    // Many of them are counted by the day.
    let shop = Schedule::parse("Mo,Th-Fr 09:00-17:00", Amsterdam).unwrap();
    let due = shop.add(at(3, 9, 9, 0), BusinessDuration::hours(240)).unwrap();
    let sentence = shop.explain(at(3, 9, 9, 0), due).unwrap().to_sentence(Language::English);
    assert!(sentence.contains("20 closed days skipped"), "{sentence}");
}

#[test]
fn c8_no_time_is_explained_as_none() {
    let shop = Schedule::parse("Mo-Fr 09:00-17:00", Amsterdam).unwrap();
    let none = shop.explain(at(3, 10, 16, 0), at(3, 10, 16, 0)).unwrap();
    assert_eq!((none.counted, none.stretches.len()), (BusinessDuration::hours(0), 0));
    assert!(shop.explain(at(3, 10, 16, 1), at(3, 10, 16, 0)).is_err());
}

#[test]
fn c8_a_weekday_alone_is_told_within_six_days() {
    let shop = Schedule::parse("24/7", Amsterdam).unwrap();
    let by =
        |day| shop.explain(at(3, 10, 12, 0), at(3, day, 12, 0)).unwrap().to_customer_text(Language::English);
    assert_eq!(by(16), "expected by Monday 12:00");
    assert_eq!(by(17), "expected by Tuesday 17 March 12:00");
}

#[test]
fn c5_amounts_at_nothing_and_texts_with_spaces() {
    let none = BusinessDuration::hours(0);
    assert!(!none.is_negative() && none.is_zero());
    assert!(BusinessDuration::from_nanoseconds(-1).is_negative());
    assert_eq!("PT1H30M".parse::<BusinessDuration>().unwrap(), BusinessDuration::minutes(90));
    for text in ["PT1H 30M", " 1h", "PT 1H"] {
        assert!(text.parse::<BusinessDuration>().is_err(), "{text}");
    }
}
