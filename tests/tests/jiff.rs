//! Instants, dates and amounts of jiff beside chrono's: what one says, the other says too, and at the ends the nearest.

use ::jiff::{SignedDuration, Timestamp, civil, tz::TimeZone};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use klokuur::time::{Moment, ToChrono, ToJiff};
use klokuur::{BusinessDuration, Schedule, Zone};

#[test]
fn instants_go_there_and_back() {
    for text in [
        "1900-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999999999Z",
        "2026-03-29T01:00:00.5Z",
        "2100-12-31T23:59:59Z",
    ] {
        let (ours, theirs) = (text.parse::<DateTime<Utc>>().unwrap(), text.parse::<Timestamp>().unwrap());
        assert_eq!((ours.to_jiff(), theirs.to_chrono(), theirs.utc()), (theirs, ours, ours));
        let zoned = theirs.to_zoned_datetime(TimeZone::get("Asia/Tokyo").unwrap());
        assert_eq!((zoned.to_chrono(), zoned.utc()), (ours, ours));
        let next = zoned.like(ours + TimeDelta::hours(1));
        assert_eq!(
            (next.time_zone().iana_name(), next.to_chrono()),
            (Some("Asia/Tokyo"), ours + TimeDelta::hours(1))
        );
    }
    // Years that only chrono has.
    assert_eq!(
        (DateTime::<Utc>::MAX_UTC.to_jiff(), DateTime::<Utc>::MIN_UTC.to_jiff()),
        (Timestamp::MAX, Timestamp::MIN)
    );
}

#[test]
fn dates_and_amounts_go_there_and_back() {
    for (date, other) in [
        (NaiveDate::from_ymd_opt(2024, 2, 29).unwrap(), civil::date(2024, 2, 29)),
        (NaiveDate::from_ymd_opt(1900, 1, 1).unwrap(), civil::date(1900, 1, 1)),
    ] {
        assert_eq!((date.to_jiff(), other.to_chrono()), (other, date));
    }
    assert_eq!((NaiveDate::MAX.to_jiff(), NaiveDate::MIN.to_jiff()), (civil::Date::MAX, civil::Date::MIN));
    for (seconds, rest) in [(0, 1), (-1, -500_000_000), (86_400, 250_000_000), (-86_400, 0)] {
        let theirs = SignedDuration::new(seconds, rest);
        let ours = TimeDelta::seconds(seconds) + TimeDelta::nanoseconds(rest.into());
        assert_eq!((theirs.to_chrono(), ours.to_jiff()), (ours, theirs));
        assert_eq!(BusinessDuration::from(theirs).to_jiff(), theirs);
    }
    assert_eq!(
        (SignedDuration::MAX.to_chrono(), SignedDuration::MIN.to_chrono()),
        (TimeDelta::MAX, TimeDelta::MIN)
    );
    // More business time than jiff can say.
    let most = BusinessDuration::hours(i64::MAX);
    let told = SignedDuration::try_from(most).unwrap_err().to_string();
    assert!(told.contains("is out of range: accepted is amounts that fit into 64 bits of seconds"), "{told}");
    assert_eq!((most.to_jiff(), (-most).to_jiff()), (SignedDuration::MAX, SignedDuration::MIN));
}

#[test]
fn c10_a_zone_of_jiffs_is_ours_by_its_name() {
    let tokyo = Zone::try_from(&TimeZone::get("Asia/Tokyo").unwrap()).unwrap();
    assert_eq!((tokyo.name(), TimeZone::from(tokyo).iana_name()), ("Asia/Tokyo", Some("Asia/Tokyo")));
    let offset = Zone::try_from(&TimeZone::fixed(::jiff::tz::offset(2))).unwrap_err();
    assert_eq!(offset.code(), "unknown_name");
    assert!(offset.to_string().ends_with("accepted is an IANA name such as Europe/Amsterdam"), "{offset}");
}

#[test]
fn amounts_of_business_time_add_and_subtract() {
    let (day, half) = (BusinessDuration::hours(24), BusinessDuration::hours(12));
    let mut left = day - half;
    left -= BusinessDuration::seconds(1);
    left += BusinessDuration::from_microseconds(500_000);
    assert_eq!((left.as_seconds(), left.to_iso()), (43_199, "PT11H59M59.5S".to_owned()));
    assert_eq!((half - day).as_hours(), -12);
    assert_eq!(BusinessDuration::hours(i64::MAX).as_microseconds(), i64::MAX);
    assert_eq!(BusinessDuration::hours(i64::MIN).as_microseconds(), i64::MIN);
}

#[test]
fn a_timeline_tells_what_it_keeps() {
    let office = Schedule::parse_in("Mo-Fr 09:00-17:00", "Europe/Amsterdam").unwrap();
    let timeline = office.timeline();
    let before = timeline.memory();
    timeline.next_open("2026-03-13T14:00:00Z".parse::<Timestamp>().unwrap()).unwrap();
    let after = timeline.memory();
    assert!(after > before && after < 4 << 20, "{before} {after}");
    let shown = format!("{timeline:?}");
    assert!(shown.starts_with("Timeline") && shown.contains(&format!("bytes: {after}")), "{shown}");
}
