//! Laws of calendars, and Easter by a second road.

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};
use klokuur::HolidayCalendar;
use klokuur::calendar::{HolidayDay, HolidayRule};
use proptest::prelude::*;

use super::date;

/// Easter Sunday by the tables of Clavius: golden number, century corrections, epact, then the Sunday after the
/// fourteenth day of the moon. Another road than the closed formula of the library.
fn easter_by_epact(year: i64) -> (u32, u32) {
    let golden = year.rem_euclid(19) + 1;
    let century = year.div_euclid(100) + 1;
    let solar = (3 * century).div_euclid(4) - 12;
    let lunar = (8 * century + 5).div_euclid(25) - 5;
    let sunday = (5 * year).div_euclid(4) - solar - 10;
    let mut epact = (11 * golden + 20 + lunar - solar).rem_euclid(30);
    if (epact == 25 && golden > 11) || epact == 24 {
        epact += 1;
    }
    let mut full_moon = 44 - epact;
    if full_moon < 21 {
        full_moon += 30;
    }
    let day = full_moon + 7 - (sunday + full_moon).rem_euclid(7);
    if day > 31 { (4, (day - 31) as u32) } else { (3, day as u32) }
}

#[test]
fn h2_easter_by_two_roads_in_every_year() {
    let rule = HolidayRule::easter(0, "Easter", "Pasen").unwrap();
    for year in -262_143..=262_142 {
        let easter = rule.date_in(year).unwrap();
        assert_eq!((easter.month(), easter.day()), easter_by_epact(year.into()), "{year}");
        assert_eq!(easter.weekday(), Weekday::Sun, "{year}");
    }
}

fn weekdays() -> impl Strategy<Value = Weekday> {
    (0u8..7).prop_map(|day| Weekday::try_from(day).unwrap())
}

fn days() -> impl Strategy<Value = HolidayDay> {
    prop_oneof![
        (1u32..=12, 1u32..=28).prop_map(|(month, day)| HolidayDay::Fixed { month, day }),
        Just(HolidayDay::Fixed { month: 2, day: 29 }),
        (-80..=250).prop_map(|offset| HolidayDay::Easter { offset }),
        (1i32..=5, any::<bool>(), weekdays(), 1u32..=12).prop_map(|(nth, last, weekday, month)| {
            HolidayDay::NthWeekday { nth: if last { -nth } else { nth }, weekday, month }
        }),
        (weekdays(), 1u32..=12, 1u32..=28).prop_map(|(weekday, month, day)| HolidayDay::WeekdayOnOrBefore {
            weekday,
            month,
            day
        }),
        (weekdays(), 1u32..=12, 1u32..=28).prop_map(|(weekday, month, day)| HolidayDay::WeekdayOnOrAfter {
            weekday,
            month,
            day
        }),
    ]
}

fn rules() -> impl Strategy<Value = HolidayRule> {
    let years = (proptest::option::of(2015..2025), proptest::option::of(2025..2035), 1u32..4);
    let shift = proptest::collection::vec((weekdays(), -7..=7), 0..3);
    (days(), years, shift, any::<bool>(), "[A-C]").prop_map(
        |(day, (from, until, every), shifts, only, name)| {
            let mut rule = HolidayRule::new(day, &name, &name).unwrap().every_years(every).unwrap();
            for (weekday, days) in shifts {
                rule = rule.shift(weekday, days).unwrap();
            }
            if let Some(year) = from {
                rule = rule.from_year(year).unwrap();
            }
            if let Some(year) = until {
                rule = rule.until_year(year).unwrap();
            }
            if only { rule.only_shifted() } else { rule }
        },
    )
}

fn some_days() -> impl Strategy<Value = NaiveDate> {
    (0u64..3650).prop_map(|days| date("2020-01-01") + Days::new(days))
}

fn calendars() -> impl Strategy<Value = HolidayCalendar> {
    let codes: Vec<String> = HolidayCalendar::countries().into_iter().map(|about| about.code).collect();
    let zone = prop_oneof![
        Just(None),
        Just(Some(chrono_tz::Europe::London)),
        Just(Some(chrono_tz::Asia::Kathmandu))
    ];
    let own = (proptest::collection::vec(rules(), 0..4), proptest::collection::vec(some_days(), 0..3));
    let without = proptest::collection::vec(some_days(), 0..3);
    (proptest::option::of(proptest::sample::select(codes)), own, without, zone, 0usize..20).prop_map(
        |(code, (rules, dates), without, zone, hit)| {
            let start =
                code.map_or_else(HolidayCalendar::empty, |code| HolidayCalendar::country(&code).unwrap());
            let mut calendar = rules.into_iter().fold(start, |calendar, rule| calendar.with_rule(rule));
            for date in without {
                calendar = calendar.without_date(date);
            }
            // An exception that hits something is rare by chance.
            if let Some(holiday) = calendar.holidays(2026).get(hit) {
                calendar = calendar.without_date(holiday.date);
            }
            for day in dates {
                calendar = calendar.with_date(day, "Own").unwrap();
            }
            zone.map_or(calendar.clone(), |zone| calendar.in_zone(zone))
        },
    )
}

/// Ten years, with the days before and after.
fn span() -> (NaiveDate, NaiveDate) {
    (date("2019-12-25"), date("2030-01-07"))
}

fn same(left: &HolidayCalendar, right: &HolidayCalendar) -> Result<(), TestCaseError> {
    prop_assert_eq!(left, right);
    prop_assert_eq!(left.fingerprint(), right.fingerprint());
    prop_assert_eq!(left.name(), right.name());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn h2_union_laws(a in calendars(), b in calendars(), c in calendars()) {
        same(&a.union(&b), &b.union(&a))?;
        same(&a.union(&b).union(&c), &a.union(&b.union(&c)))?;
        same(&a.union(&a), &a)?;
        same(&a.union(&HolidayCalendar::empty()), &a)?;
        let (first, last) = span();
        let (both, left, right) = (a.union(&b), a.dates_between(first, last), b.dates_between(first, last));
        let mut either: Vec<NaiveDate> = left.into_iter().chain(right).collect();
        either.sort();
        either.dedup();
        prop_assert_eq!(both.dates_between(first, last), either);
        let parts = both.parts();
        let joined = parts.iter().fold(HolidayCalendar::empty(), |all, part| all.union(part));
        prop_assert_eq!(joined.fingerprint(), both.fingerprint());
    }

    #[test]
    fn h2_ways_to_ask_agree(calendar in calendars(), from in some_days(), length in 0i64..800) {
        let to = from + TimeDelta::days(length);
        let listed = calendar.holidays_between(from, to);
        prop_assert!(listed.windows(2).all(|pair| pair[0].date < pair[1].date));
        let dates: Vec<NaiveDate> = listed.iter().map(|h| h.date).collect();
        prop_assert_eq!(&calendar.dates_between(from, to), &dates);
        let one_by_one: Vec<_> =
            from.iter_days().take_while(|day| *day <= to).filter_map(|day| calendar.holiday_on(day)).collect();
        prop_assert_eq!(one_by_one, listed);
        let by_year: Vec<_> = (from.year()..=to.year()).flat_map(|year| calendar.holidays(year)).collect();
        prop_assert!(by_year.windows(2).all(|pair| pair[0].date < pair[1].date));
        prop_assert!(by_year.iter().filter(|h| (from..=to).contains(&h.date)).map(|h| h.date).eq(dates));
    }

    #[test]
    fn h2_exceptions_and_own_dates(calendar in calendars(), day in some_days(), rule in rules()) {
        let open = calendar.without_date(day);
        prop_assert!(!open.is_holiday(day));
        let (first, last) = span();
        let mut left = calendar.dates_between(first, last);
        left.retain(|date| *date != day);
        prop_assert_eq!(open.dates_between(first, last), left);
        // An exception and a rule in either order; an own date in any case.
        same(&open.with_rule(rule.clone()), &calendar.with_rule(rule).without_date(day))?;
        let named = open.with_named_date(day, "Own", "Eigen").unwrap();
        prop_assert_eq!(named.holiday_on(day).unwrap().name_local, "Eigen");
        prop_assert!(!named.without_date(day).is_holiday(day));
        // An exception that hits nothing changes nothing.
        if !calendar.is_holiday(day) {
            prop_assert_eq!(open.fingerprint(), calendar.fingerprint());
        }
    }

    #[test]
    fn h2_fingerprint_is_blind_to_order_and_sees_every_change(
        rules in proptest::collection::vec(rules(), 1..6),
        shuffled in any::<prop::sample::Index>(),
        day in some_days(),
    ) {
        let built = |rules: &[HolidayRule]| {
            rules.iter().cloned().fold(HolidayCalendar::empty(), |calendar, rule| calendar.with_rule(rule))
        };
        let calendar = built(&rules);
        let mut other = rules.clone();
        other.rotate_left(shuffled.index(rules.len()));
        other.extend(rules.iter().take(1).cloned());
        prop_assert_eq!(built(&other).fingerprint(), calendar.fingerprint());
        prop_assert_eq!(calendar.named("x").fingerprint(), calendar.fingerprint());
        prop_assert_ne!(calendar.with_date(day, "D").unwrap().fingerprint(), calendar.fingerprint());
        let extra = HolidayRule::fixed(1, 1, "D", "D").unwrap();
        prop_assert_ne!(calendar.with_rule(extra).fingerprint(), calendar.fingerprint());
        prop_assert_ne!(calendar.in_zone(chrono_tz::UTC).fingerprint(), calendar.fingerprint());
        if calendar.is_holiday(day) {
            prop_assert_ne!(calendar.without_date(day).fingerprint(), calendar.fingerprint());
        }
    }

    #[test]
    fn h2_text_keeps_the_meaning(a in calendars(), b in calendars()) {
        let calendar = a.union(&b);
        let json = serde_json::to_string(&calendar).unwrap();
        prop_assert_eq!(&HolidayCalendar::from_json(&json).unwrap(), &calendar, "{}", json);
        let toml = toml::to_string(&calendar).unwrap();
        prop_assert_eq!(&HolidayCalendar::from_toml(&toml).unwrap(), &calendar, "{}", toml);
    }
}
