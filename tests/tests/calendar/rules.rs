//! Countries and single rules, fact by fact.

use klokuur::calendar::{HolidayDay, HolidayRule, LiberationDay, NetherlandsOptions};
use klokuur::{HolidayCalendar, KlokuurError};

use super::{country, date};

#[test]
fn h1_dutch_switches() {
    let every_year = NetherlandsOptions { liberation_day: LiberationDay::EveryYear, ..Default::default() };
    let never = NetherlandsOptions { liberation_day: LiberationDay::Never, ..Default::default() };
    let good_friday = NetherlandsOptions { good_friday: true, ..Default::default() };
    let count = |options, year| HolidayCalendar::netherlands_with(options).holidays(year).len();
    assert_eq!([2025, 2026].map(|y| count(NetherlandsOptions::default(), y)), [10, 9]);
    assert_eq!([2025, 2026].map(|y| count(every_year, y)), [10, 10]);
    assert_eq!([2025, 2026].map(|y| count(never, y)), [9, 9]);
    assert_eq!([2025, 2026].map(|y| count(good_friday, y)), [11, 10]);
    // On 2016-05-05 Ascension and Liberation Day meet: one date less.
    assert_eq!([2015, 2016].map(|y| count(every_year, y)), [10, 9]);
    assert_eq!(HolidayCalendar::netherlands(), country("NL"));
    assert_eq!(HolidayCalendar::belgium(), country("BE"));
}

#[test]
fn h1_kings_day_and_queens_day() {
    let nl = HolidayCalendar::netherlands();
    let holiday = |day: &str| nl.holiday_on(date(day)).map(|h| h.name_en);
    for saturday in ["2014-04-26", "2025-04-26", "2031-04-26"] {
        assert_eq!(holiday(saturday).as_deref(), Some("King's Day"), "{saturday}");
    }
    for day in ["2000-04-29", "2006-04-29", "2013-04-30", "1990-04-30"] {
        assert_eq!(holiday(day).as_deref(), Some("Queen's Day"), "{day}");
    }
    for day in ["2014-04-27", "2025-04-27", "2006-04-30", "2014-04-30", "2013-04-27"] {
        assert_eq!(holiday(day), None, "{day}");
    }
}

#[test]
fn h2_two_holidays_on_one_date_are_one_with_both_names() {
    let nl = HolidayCalendar::netherlands_with(NetherlandsOptions {
        liberation_day: LiberationDay::EveryYear,
        ..Default::default()
    });
    let on = nl.holiday_on(date("2016-05-05")).unwrap();
    assert_eq!(on.name_en, "Ascension Day / Liberation Day");
    assert_eq!(on.name_local, "Hemelvaartsdag / Bevrijdingsdag");
    let listed: Vec<_> = nl.holidays(2016).into_iter().filter(|h| h.date == on.date).collect();
    assert_eq!(listed, [on]);
}

#[test]
fn h2_unknown_country_lists_what_is_accepted() {
    let error = HolidayCalendar::country("SE").unwrap_err();
    assert_eq!(error.code(), "unknown_name");
    let KlokuurError::UnknownName { accepted, .. } = &error else { panic!("{error}") };
    let codes: Vec<&str> = accepted.split(", ").collect();
    let countries = HolidayCalendar::countries();
    assert_eq!(codes, countries.iter().map(|c| c.code.as_str()).collect::<Vec<_>>());
    assert_eq!(codes.len(), 26);
}

#[test]
fn h2_every_holiday_has_two_names() {
    for about in HolidayCalendar::countries() {
        for holiday in country(&about.code).holidays_between(date("1990-01-01"), date("2050-12-31")) {
            assert!(!holiday.name_en.is_empty() && !holiday.name_local.is_empty(), "{holiday:?}");
        }
    }
}

#[test]
fn h2_a_weekend_bank_holiday_has_its_substitute() {
    let england = country("GB-ENG");
    let names = |year: i32| -> Vec<String> {
        let december =
            england.holidays_between(date(&format!("{year}-12-25")), date(&format!("{year}-12-31")));
        december.into_iter().map(|h| format!("{} {}", h.date.format("%d"), h.name_en)).collect()
    };
    // Saturday and Sunday; Sunday and Monday; Friday and Saturday.
    let (christmas, boxing) = ("Christmas Day (substitute day)", "Boxing Day (substitute day)");
    assert_eq!(
        names(2021),
        [
            "25 Christmas Day".into(),
            "26 Boxing Day".into(),
            format!("27 {christmas}"),
            format!("28 {boxing}")
        ]
    );
    assert_eq!(names(2022), ["25 Christmas Day".into(), "26 Boxing Day".into(), format!("27 {christmas}")]);
    assert_eq!(names(2026), ["25 Christmas Day".into(), "26 Boxing Day".into(), format!("28 {boxing}")]);
}

#[test]
fn h2_rules_refuse_what_no_year_has() {
    let rule = |day| HolidayRule::new(day, "Day", "Dag").unwrap_err().to_string();
    assert_eq!(
        rule(HolidayDay::Fixed { month: 4, day: 31 }),
        "day of a holiday rule 04-31 is out of range: accepted is a day that the month has"
    );
    assert_eq!(
        rule(HolidayDay::Fixed { month: 13, day: 1 }),
        "month of a holiday rule 13 is out of range: accepted is 1 to 12"
    );
    assert_eq!(
        rule(HolidayDay::Easter { offset: -81 }),
        "days after Easter -81 is out of range: accepted is -80 to 250"
    );
    let fixed = || HolidayRule::fixed(5, 1, "Day", "Dag").unwrap();
    assert_eq!(
        fixed().from_year(2030).unwrap().until_year(2029).unwrap_err().to_string(),
        "years of a holiday rule `2030 to 2029` is not valid: accepted is a first year that is not after the last"
    );
    assert_eq!(
        fixed().shift(chrono::Weekday::Sat, -8).unwrap_err().to_string(),
        "holiday shift in days -8 is out of range: accepted is -7 to 7"
    );
    assert!(fixed().shift(chrono::Weekday::Sat, i32::MIN).is_err());
    assert!(fixed().every_years(0).is_err());
    for name in ["", "  ", "a\tb", &"x".repeat(101)] {
        assert!(HolidayRule::fixed(5, 1, name, "Dag").is_err(), "{name:?}");
        assert!(HolidayCalendar::empty().with_date(date("2026-05-01"), name).is_err(), "{name:?}");
    }
}

#[test]
fn h2_a_date_far_outside_its_year_is_found() {
    // Friday 2027-01-01, the Monday before, and a week before that.
    let day = HolidayDay::WeekdayOnOrBefore { weekday: chrono::Weekday::Mon, month: 1, day: 1 };
    let back = HolidayRule::new(day, "Day", "Dag").unwrap().shift(chrono::Weekday::Mon, -7).unwrap();
    assert_eq!(back.date_in(2027), Some(date("2026-12-21")));
    // Sunday 2028-12-31, the Saturday after, and a week after that.
    let day = HolidayDay::WeekdayOnOrAfter { weekday: chrono::Weekday::Sat, month: 12, day: 31 };
    let ahead = HolidayRule::new(day, "Day", "Dag").unwrap().shift(chrono::Weekday::Sat, 7).unwrap();
    assert_eq!(ahead.date_in(2028), Some(date("2029-01-13")));
    let calendar = HolidayCalendar::empty().with_rule(back).with_rule(ahead);
    for day in ["2026-12-21", "2029-01-13"] {
        assert!(calendar.is_holiday(date(day)), "{day}");
        assert_eq!(calendar.dates_between(date(day), date(day)), [date(day)]);
        assert!(!calendar.without_date(date(day)).is_holiday(date(day)), "{day}");
    }
}

#[test]
fn h2_any_year_that_the_engine_reaches() {
    let nl = HolidayCalendar::netherlands();
    for year in [-262_143, -4713, -1, 0, 1, 1582, 1900, 2100, 9999, 262_142] {
        assert!(nl.holidays(year).len() >= 9, "{year}");
    }
    for year in [i32::MIN, i32::MAX, -262_144, 262_143] {
        assert!(nl.holidays(year).is_empty());
    }
    let shifted = HolidayRule::fixed(12, 31, "Day", "Dag").unwrap();
    let shifted = [0, 1, 2, 3, 4, 5, 6]
        .iter()
        .fold(shifted, |rule, day| rule.shift(chrono::Weekday::try_from(*day as u8).unwrap(), 7).unwrap());
    assert_eq!(shifted.date_in(262_142), None);
    assert_eq!(shifted.date_in(2025), Some(date("2026-01-07")));
    let calendar = HolidayCalendar::empty().with_rule(shifted);
    assert!(calendar.is_holiday(date("2026-01-07")));
    assert_eq!(calendar.holidays_between(date("2026-01-07"), date("2026-01-07")).len(), 1);
    assert!(calendar.holidays_between(date("2026-02-07"), date("2026-01-07")).is_empty());
    assert!(!calendar.is_holiday(chrono::NaiveDate::MAX));
    assert!(!calendar.is_holiday(chrono::NaiveDate::MIN));
}

#[test]
fn h2_zones_stay_with_their_holidays() {
    use chrono_tz::Europe::{Amsterdam, London};
    let nl = HolidayCalendar::netherlands();
    let england = country("GB-ENG").in_zone(London);
    assert_eq!((nl.zone(), england.zone()), (None, Some(London.into())));
    let both = nl.union(&england);
    assert_eq!(both.zone(), None);
    assert_eq!(both.name(), "GB-ENG + NL");
    let parts = both.parts();
    assert_eq!(parts.iter().map(HolidayCalendar::zone).collect::<Vec<_>>(), [None, Some(London.into())]);
    assert_eq!(parts, [nl.clone(), england.clone()]);
    assert_eq!(both.in_zone(Amsterdam).zone(), Some(Amsterdam.into()));
    // What is added to a bound calendar is bound as well.
    let more = england.with_date(date("2026-12-24"), "Stocktaking").unwrap();
    assert_eq!(more.zone(), Some(London.into()));
    assert_ne!(nl.fingerprint(), nl.in_zone(Amsterdam).fingerprint());
    assert!(HolidayCalendar::empty().parts().is_empty());
}
