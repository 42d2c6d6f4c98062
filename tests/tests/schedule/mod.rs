//! Schedules (RULES C1, C5, C7): construction, exceptions, history, documents. The texts themselves are vectors.

mod edges;
mod laws;
mod walk;

use chrono::{NaiveDate, NaiveTime, Weekday};
use chrono_tz::{America, Europe};
use klokuur::schedule::{
    ALL_DAYS, BudgetEnd, Conventions, DayReason, DayTime, HolidayShift, Hours, ScheduleDocument, WORKDAYS,
};
use klokuur::{HolidayCalendar, KlokuurError, Schedule};

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn parse(text: &str) -> Schedule {
    Schedule::parse(text, Europe::Amsterdam).unwrap()
}

fn with_nl(text: &str) -> Schedule {
    parse(text).with_holidays(HolidayCalendar::netherlands()).unwrap()
}

/// The stretches of a day as text.
fn open(schedule: &Schedule, day: &str) -> String {
    let day = schedule.day(date(day)).unwrap();
    day.open.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

#[test]
fn c1_clock_hours_are_the_working_days_without_holidays() {
    let clock = with_nl("Mo-Fr 00:00-24:00");
    let days = (1..=30).filter_map(|d| NaiveDate::from_ymd_opt(2026, 4, d)).map(|d| clock.day(d).unwrap());
    // April 2026 has 22 weekdays; Easter Monday is the 6th and King's Day the 27th.
    assert_eq!(days.filter(|day| !day.open.is_empty()).count(), 20);
    assert_eq!(clock.day(date("2026-04-05")).unwrap().reason, DayReason::Holiday, "Easter is a Sunday");
    assert_eq!(clock.day(date("2026-04-12")).unwrap().reason, DayReason::Weekend);
}

#[test]
fn c5_builder_says_what_the_text_says() {
    let nine = NaiveTime::from_hms_opt(9, 0, 0).unwrap();
    let built = Schedule::builder(Europe::Amsterdam)
        .open(WORKDAYS, nine, "12:30")
        .open(WORKDAYS, "13:00", NaiveTime::from_hms_opt(17, 30, 0).unwrap())
        .open([Weekday::Fri], "17:00", DayTime::END_OF_DAY)
        .open(ALL_DAYS, "05:00", "05:30")
        .holiday_hours("10:00-14:00".parse().unwrap())
        .closed(date("2026-12-31"))
        .on(date("2026-12-24"), Hours::between(nine, "13:00").unwrap())
        .build()
        .unwrap();
    assert_eq!(
        built,
        parse(
            "Mo-Th 05:00-05:30,09:00-12:30,13:00-17:30; Fr 05:00-05:30,09:00-12:30,13:00-24:00; \
             Sa,Su 05:00-05:30; PH 10:00-14:00; 2026 Dec 24 09:00-13:00; 2026 Dec 31 off"
        )
    );
}

#[test]
fn c5_builder_tells_the_first_mistake() {
    let odd = NaiveTime::from_hms_milli_opt(9, 0, 0, 500).unwrap();
    let build = |from: NaiveTime, to: &str| {
        Schedule::builder(Europe::Amsterdam).open(WORKDAYS, from, to).open(WORKDAYS, "x", "y").build()
    };
    let nine = NaiveTime::from_hms_opt(9, 0, 0).unwrap();
    let message = |result: klokuur::Result<Schedule>| result.unwrap_err().to_string();
    let times = "accepted is whole seconds from 00:00 to 48:00, such as 09:00 or 24:00";
    assert_eq!(message(build(odd, "17:00")), format!("time of day `09:00:00.500` is not valid: {times}"));
    assert_eq!(message(build(nine, "49:00")), format!("time of day `49:00` is not valid: {times}"));
    assert_eq!(
        message(build(nine, "09:00")),
        "open hours `09:00-09:00` is not valid: accepted is an opening before 24:00 and another time to close, \
         such as 09:00-17:00 or 22:00-06:00"
    );
    let late = Schedule::builder(Europe::Amsterdam).open(WORKDAYS, nine, "17:00").closed(date("2101-01-01"));
    assert_eq!(
        message(late.build()),
        "date of a schedule 2101-01-01 is out of range: accepted is 1900-01-01 to 2100-12-31"
    );
}

#[test]
fn c5_times_of_day() {
    for (text, seconds) in
        [("0:00", 0), ("09:30", 34_200), ("24:00", 86_400), ("48:00", 172_800), ("01:02:03", 3_723)]
    {
        assert_eq!(DayTime::try_from(text).unwrap().seconds(), seconds, "{text}");
    }
    for text in [
        "",
        "9",
        "09:0",
        "009:00",
        "09:60",
        "09:00:60",
        "09:00:00:00",
        "48:01",
        "-1:00",
        "+9:00",
        "09:00 ",
        "٠٩:٠٠",
    ] {
        assert_eq!(DayTime::try_from(text).unwrap_err().code(), "invalid_value", "{text}");
    }
    assert_eq!(DayTime::hms(u32::MAX, 59, 59).unwrap_err().code(), "invalid_value");
    assert_eq!("09:00-12:00,11:00-13:00".parse::<Hours>().unwrap().to_string(), "09:00-13:00");
    assert_eq!("OFF".parse::<Hours>().unwrap(), Hours::closed());
    let error = "09:00-12:00;".parse::<Hours>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "schedule text is not valid at character 12: found `;`, accepted is `,` and more hours, or the end"
    );
}

#[test]
fn c5_single_days_win_over_rules_and_holidays() {
    let hours = || Hours::between("10:00", "12:00").unwrap();
    for text in
        ["Mo-Fr 09:00-17:00", "Mo-Fr 09:00-17:00; PH off", "Mo-Fr 09:00-17:00; 2026 Dec 25 off; PH off"]
    {
        let shop = with_nl(text).with_day(date("2026-12-25"), hours()).unwrap();
        assert_eq!(open(&shop, "2026-12-25"), "10:00-12:00", "{text}");
        assert_eq!(open(&shop, "2026-12-28"), "09:00-17:00", "{text}");
        assert_eq!(shop.day(date("2026-12-25")).unwrap().reason, DayReason::ExtraDay, "{text}");
        let shop = shop.with_closed(date("2026-12-25")).unwrap();
        assert_eq!(open(&shop, "2026-12-25"), "", "{text}");
    }
    let shortened = parse("Mo-Fr 09:00-17:00").with_day(date("2026-12-24"), hours()).unwrap();
    assert_eq!(shortened.day(date("2026-12-24")).unwrap().reason, DayReason::NamedDate);
    let extra = parse("Mo-Fr 09:00-17:00").with_day(date("2026-12-27"), hours()).unwrap();
    assert_eq!(extra.day(date("2026-12-27")).unwrap().reason, DayReason::ExtraDay);
    // The order in which single days are said does not matter.
    let (a, b) = (date("2026-12-24"), date("2026-12-31"));
    let shop = parse("Mo-Fr 09:00-17:00");
    assert_eq!(
        shop.with_closed(a).unwrap().with_day(b, hours()).unwrap(),
        shop.with_day(b, hours()).unwrap().with_closed(a).unwrap()
    );
}

#[test]
fn c5_holiday_takes_the_whole_shift_by_option() {
    let night = with_nl("22:00-06:00");
    let whole = night.with_conventions(Conventions::default().with_holiday_shift(HolidayShift::WholeShift));
    // King's Day is Monday the 27th.
    assert_eq!(open(&night, "2026-04-26"), "22:00-24:00");
    assert_eq!(open(&night, "2026-04-27"), "24:00-30:00");
    assert_eq!(open(&whole, "2026-04-26"), "22:00-06:00");
    assert_eq!(open(&whole, "2026-04-27"), "");
}

#[test]
fn c5_holidays_of_another_zone_are_not_taken_off_whole_days() {
    let ny = HolidayCalendar::netherlands().in_zone(America::New_York);
    let shop = parse("Mo-Fr 09:00-17:00").with_holidays(ny).unwrap();
    assert_eq!(open(&shop, "2026-04-27"), "09:00-17:00");
    assert_eq!(shop.day(date("2026-04-27")).unwrap().holiday.unwrap().name_en, "King's Day");
    // Bound to the schedule's own zone they are, in part or in full.
    let own = HolidayCalendar::netherlands().in_zone(Europe::Amsterdam);
    let both = own.union(&HolidayCalendar::belgium());
    let shop = parse("Mo-Fr 09:00-17:00").with_holidays(both).unwrap();
    assert_eq!(open(&shop, "2026-04-27"), "");
    assert_eq!(open(&shop, "2026-07-21"), "");
}

#[test]
fn c5_history_changes_the_hours_from_a_date_on() {
    let old = with_nl("Mo-Fr 09:00-17:00; 2027 Jan 04 off");
    let new = with_nl("Mo-Fr 22:00-06:00");
    let both = old.from(date("2027-01-01"), new.clone()).unwrap();
    assert_eq!(open(&both, "2026-12-31"), "09:00-17:00");
    assert_eq!(open(&both, "2027-01-01"), "24:00-30:00", "New Year leaves the part after its midnight");
    assert_eq!(open(&both, "2027-01-04"), "22:00-06:00", "the old exception has ended with the old hours");
    assert_ne!(both, old);
    assert_ne!(both.fingerprint(), old.fingerprint());
    // A change back, and one in between.
    let three = both.from(date("2028-01-01"), old.clone()).unwrap();
    assert_eq!(open(&three, "2027-06-01"), "22:00-06:00");
    assert_eq!(open(&three, "2028-06-01"), "09:00-17:00");
    let cut_short = three.from(date("2027-06-01"), new.clone()).unwrap();
    assert_eq!(cut_short, both, "the same hours go on");
    // The other's own history is kept.
    let later = parse("24/7").from(date("2026-06-01"), three.clone()).unwrap();
    assert_eq!(open(&later, "2026-05-31"), "00:00-24:00");
    assert_eq!(open(&later, "2026-06-01"), "09:00-17:00");
    assert_eq!(open(&later, "2028-06-01"), "09:00-17:00");
    assert_eq!(later.to_string().lines().count(), 4);
    // A single day goes to the hours in force on it.
    let day = three.with_closed(date("2027-06-01")).unwrap();
    assert_eq!(open(&day, "2027-06-01"), "");
    assert_eq!(open(&day, "2027-06-02"), "22:00-06:00");
    // A night across the change belongs to the date it starts on, and the new holidays cut it.
    let night = parse("22:00-06:00").from(date("2027-01-01"), with_nl("09:00-17:00")).unwrap();
    assert_eq!(open(&night, "2026-12-31"), "22:00-24:00");
    let night = parse("22:00-06:00").from(date("2027-01-02"), with_nl("09:00-17:00")).unwrap();
    assert_eq!(open(&night, "2027-01-01"), "22:00-06:00");
}

#[test]
fn c5_history_keeps_one_zone_and_one_set_of_conventions() {
    let here = parse("Mo-Fr 09:00-17:00");
    let there = Schedule::parse("Mo-Fr 09:00-17:00", America::New_York).unwrap();
    assert_eq!(
        here.from(date("2027-01-01"), there).unwrap_err().to_string(),
        "zone of the later schedule `America/New_York` is not valid: accepted is Europe/Amsterdam, the zone of the schedule before"
    );
    let other = here.with_conventions(Conventions::default().with_budget_end(BudgetEnd::AtNextOpen));
    assert_eq!(here.from(date("2027-01-01"), other).unwrap_err().code(), "invalid_value");
    assert_eq!(here.from(date("1899-12-31"), here.clone()).unwrap_err().code(), "out_of_range");
}

#[test]
fn c5_equal_meaning_is_equal_and_has_one_fingerprint() {
    let same = [
        "Mo-Fr 09:00-17:00; Sa 10:00-12:00,11:00-14:00; PH off",
        "mo,tu,we,th,fr 9:00-17:00; sa 10:00-14:00; ph closed",
        "Sa 10:00-14:00; Mo-We 09:00-17:00; Th-Fr 09:00-17:00; PH 10:00-12:00; PH off",
    ];
    for text in same {
        assert_eq!(parse(text), parse(same[0]), "{text}");
        assert_eq!(parse(text).fingerprint(), parse(same[0]).fingerprint(), "{text}");
    }
    let base = with_nl("Mo-Fr 09:00-17:00");
    let others = [
        parse("Mo-Fr 09:00-17:00"),
        with_nl("Mo-Fr 09:00-17:01"),
        base.with_conventions(Conventions::default().with_budget_end(BudgetEnd::AtNextOpen)),
        base.with_holidays(HolidayCalendar::belgium()).unwrap(),
        base.with_closed(date("2026-12-31")).unwrap(),
        Schedule::parse("Mo-Fr 09:00-17:00", Europe::Brussels)
            .unwrap()
            .with_holidays(HolidayCalendar::netherlands())
            .unwrap(),
    ];
    for other in others {
        assert_ne!(other, base);
        assert_ne!(other.fingerprint(), base.fingerprint(), "{other:?}");
    }
}

#[test]
fn c5_documents_read_back() {
    let nl = HolidayCalendar::netherlands();
    let own = HolidayCalendar::from_dates([(date("2026-06-01"), "Birthday")]).unwrap().named("shop");
    let plain = parse("Mo-Fr 09:00-17:00");
    let all = plain
        .with_holidays(nl.clone())
        .unwrap()
        .from(date("2027-01-01"), parse("24/7").with_holidays(own.clone()).unwrap())
        .unwrap()
        .with_conventions(Conventions::default().with_budget_end(BudgetEnd::AtNextOpen));
    for schedule in [&plain, &all] {
        let text = serde_json::to_string(schedule).unwrap();
        let document: ScheduleDocument = serde_json::from_str(&text).unwrap();
        assert_eq!(&Schedule::from_document(&document, std::slice::from_ref(&own)).unwrap(), schedule);
    }
    assert_eq!(
        serde_json::to_string(&plain).unwrap(),
        r#"{"hours":"Mo-Fr 09:00-17:00","zone":"Europe/Amsterdam"}"#
    );
    let built_in = plain.with_holidays(nl).unwrap();
    let read: Schedule = serde_json::from_str(&serde_json::to_string(&built_in).unwrap()).unwrap();
    assert_eq!(read, built_in);
    // Other rules under the same name are not taken for them.
    let impostor = HolidayCalendar::belgium().named("shop");
    let error = Schedule::from_document(&all.document(), &[impostor]).unwrap_err();
    assert_eq!(error.code(), "unknown_name");
    let wrong: Result<Schedule, _> =
        serde_json::from_str(r#"{"hours": "Mo-Fr", "zone": "Europe/Amsterdam"}"#);
    assert!(wrong.unwrap_err().to_string().contains("at character 6"));
    let unknown: Result<Schedule, _> = serde_json::from_str(r#"{"hours": "24/7", "zone": "UTC", "hour": 1}"#);
    assert!(unknown.is_err());
    let conventions: Conventions = serde_json::from_str(r#"{"gap": "shift_forward"}"#).unwrap();
    assert_eq!(conventions, Conventions::default().with_gap(klokuur::schedule::GapBoundary::ShiftForward));
}

#[test]
fn c7_schedule_that_never_opens_is_refused() {
    let every_day = |first: &str, last: &str| {
        let days = date(first).iter_days().take_while(|d| *d <= date(last)).map(|d| (d, "shut"));
        HolidayCalendar::from_dates(days).unwrap()
    };
    let shop = parse("2026 Mo-Fr 09:00-17:00");
    assert_eq!(
        shop.with_holidays(every_day("2026-01-01", "2026-12-31")).unwrap_err(),
        KlokuurError::NeverOpen
    );
    assert!(shop.with_holidays(every_day("2026-01-01", "2026-12-30")).is_ok());
    assert_eq!(Schedule::builder(Europe::Amsterdam).build().unwrap_err(), KlokuurError::NeverOpen);
    let none: [Weekday; 0] = [];
    let empty = Schedule::builder(Europe::Amsterdam).open(none, "09:00", "17:00").build();
    assert_eq!(empty.unwrap_err(), KlokuurError::NeverOpen);
    let once = parse("2026 Dec 24 09:00-13:00");
    assert_eq!(once.with_closed(date("2026-12-24")).unwrap_err(), KlokuurError::NeverOpen);
    // Open for the last time in 2026, so not from 2027 on.
    let later = parse("2027 09:00-10:00").from(date("2027-01-01"), shop);
    assert_eq!(later.unwrap_err(), KlokuurError::NeverOpen);
    assert!(parse("2100 Dec 31 23:59-24:00").day(date("2100-12-31")).unwrap().open.len() == 1);
}
