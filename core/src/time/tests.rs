//! Zones beside chrono, and local dates beside the wall clock.

use chrono::{DateTime, MappedLocalTime, NaiveDate, Offset, TimeDelta, TimeZone, Utc};

use super::*;

#[test]
fn c10_the_release_is_told() {
    assert!(zone_data() >= "2026f");
}

#[cfg(feature = "chrono-tz")]
#[test]
fn c10_every_name_of_chrono_tz_is_known() {
    for zone in chrono_tz::TZ_VARIANTS {
        assert_eq!(Zone::from(zone).name(), zone.name());
        assert_eq!(zone.name().to_ascii_lowercase().parse(), Ok(Zone::from(zone)));
    }
    assert_eq!("utc".parse(), Ok(Zone::UTC));
    assert_eq!("Factory".parse::<Zone>().unwrap_err().code(), "unknown_name");
}

/// The start of a date by its definition, minute by minute around each change of the clock.
#[test]
fn c10_starts_of_dates_agree_with_the_wall_clock() {
    for name in [
        "America/Argentina/Cordoba",
        "Pacific/Apia",
        "America/Sao_Paulo",
        "Africa/Monrovia",
        "America/St_Johns",
    ] {
        let zone: Zone = name.parse().unwrap();
        for change in zone.changes().iter().skip(1).filter(|change| change.from > FIRST_SECOND) {
            let around = DateTime::from_timestamp(change.from, 0).unwrap();
            for date in zone.date_of(around - TimeDelta::days(1)).iter_days().take(3) {
                let start = zone.start_of(date).to_utc();
                let shows = |at: DateTime<Utc>| at.with_timezone(&zone).naive_local();
                assert!(shows(start) >= date.into(), "{name} {date}");
                assert!(shows(start - TimeDelta::seconds(1)) < date.into(), "{name} {date}");
                let minutes = (1..26 * 60).map(|minute| start - TimeDelta::minutes(minute));
                assert!(minutes.into_iter().all(|at| shows(at) < date.into()), "{name} {date}");
            }
        }
    }
}

#[test]
fn c4_local_times_are_read_as_chrono_reads_them() {
    let amsterdam: Zone = "Europe/Amsterdam".parse().unwrap();
    let local = |text: &str| text.parse::<chrono::NaiveDateTime>().unwrap();
    let hours = |zone: Zone, text: &str| match zone.offset_from_local_datetime(&local(text)) {
        MappedLocalTime::None => vec![],
        MappedLocalTime::Single(only) => vec![only.fix().local_minus_utc() / 3600],
        MappedLocalTime::Ambiguous(a, b) => {
            vec![a.fix().local_minus_utc() / 3600, b.fix().local_minus_utc() / 3600]
        }
    };
    assert_eq!(hours(amsterdam, "2026-03-29T02:30:00"), [0; 0]);
    assert_eq!(hours(amsterdam, "2026-03-29T03:00:00"), [2]);
    assert_eq!(hours(amsterdam, "2026-10-25T02:30:00"), [2, 1]);
    assert_eq!(hours(amsterdam, "2026-10-25T03:00:00"), [1]);
    assert_eq!(hours(amsterdam, "2300-07-01T12:00:00"), [2]);
    assert_eq!(hours(Zone::UTC, "2026-10-25T02:30:00"), [0]);
    let apia: Zone = "Pacific/Apia".parse().unwrap();
    assert_eq!(hours(apia, "2011-12-30T12:00:00"), [0; 0]);
    let skipped = NaiveDate::from_ymd_opt(2011, 12, 30).unwrap();
    assert!(!apia.has_date(skipped) && apia.has_date(skipped.succ_opt().unwrap()));
    assert_eq!(
        amsterdam.with_ymd_and_hms(2026, 7, 1, 9, 0, 0).unwrap().to_string(),
        "2026-07-01 09:00:00 CEST"
    );
    assert_eq!(apia.with_ymd_and_hms(2026, 7, 1, 9, 0, 0).unwrap().to_string(), "2026-07-01 09:00:00 +13");
}
