//! Calendars and rules as text.

use klokuur::calendar::HolidayRule;
use klokuur::exchange::PerformanceIndicators;
use klokuur::{Fingerprint, HolidayCalendar, KlokuurError, Rulebook, Schedule};

use super::{country, date};

fn copies(calendar: &HolidayCalendar) -> [HolidayCalendar; 2] {
    let json = serde_json::to_string(calendar).unwrap();
    let toml = toml::to_string(calendar).unwrap();
    [HolidayCalendar::from_json(&json).unwrap(), HolidayCalendar::from_toml(&toml).unwrap()]
}

#[test]
fn h2_calendars_survive_json_and_toml() {
    let london = chrono_tz::Europe::London;
    let kings_day = date("2026-04-27");
    let nl = country("NL");
    let own = nl
        .without_date(kings_day)
        .with_named_date(date("2026-12-24"), "Stocktaking", "Inventarisatie")
        .unwrap();
    let calendars = [
        HolidayCalendar::empty(),
        own.clone(),
        own.union(&country("GB-ENG").in_zone(london)),
        own.union(&country("DE-BY").without_date(date("2026-01-06"))),
        own.in_zone(london).union(&own).union(&nl).named("everything"),
        HolidayCalendar::from_dates([(kings_day, "A day")]).unwrap().in_zone(london),
    ];
    let all = HolidayCalendar::countries().into_iter().map(|about| country(&about.code));
    for calendar in all.chain(calendars) {
        for copy in copies(&calendar) {
            assert_eq!(copy, calendar);
            assert_eq!(copy.fingerprint(), calendar.fingerprint());
            assert_eq!(copy.name(), calendar.name());
        }
    }
}

#[test]
fn h2_an_exception_stays_one_line_of_the_text() {
    let json = serde_json::to_value(country("NL").without_date(date("2026-04-27"))).unwrap();
    assert_eq!(json["without"], serde_json::json!(["2026-04-27"]));
    assert!(json.get("union").is_none(), "{json}");
}

#[test]
fn h2_documents_say_where_and_what() {
    let message = |text: &str| HolidayCalendar::from_toml(text).unwrap_err().to_string();
    assert_eq!(
        message("name = \"x\"\n\n[[rules]]\nname_en = \"May\"\nday = { fixed = { month = 5, day = 32 } }\n"),
        "holiday calendar is not valid at rules[0]: day of a holiday rule 05-32 is out of range: \
         accepted is a day that the month has"
    );
    assert!(message("name = \"x\"\ncontries = [\"NL\"]\n").starts_with(
        "holiday calendar is not valid at contries: unknown field, accepted is name, zone, countries"
    ));
    let error = HolidayCalendar::from_json("{\"countries\": [\"XX\"]}").unwrap_err();
    assert_eq!(error.code(), "invalid_document");
    assert!(error.to_string().contains("unknown country `XX`"), "{error}");
    assert!(HolidayCalendar::from_json("[").is_err());
}

#[test]
fn g2_documents_have_a_depth_that_a_small_stack_holds() {
    // Far less than what a document of 100,000 levels would take, were it read to its end.
    let small = std::thread::Builder::new().stack_size(256 * 1024).spawn(|| {
        for levels in [33, 1_000, 100_000] {
            let unions = "{\"union\":[".repeat(levels) + "{}" + &"]}".repeat(levels);
            let inline = format!("union = {}{}", "[{union=".repeat(levels), "}]".repeat(levels));
            let dotted = format!("a{} = 1", ".a".repeat(levels));
            let header = format!("[a{}]", ".a".repeat(levels));
            let refused = [
                HolidayCalendar::from_json(&unions).unwrap_err(),
                serde_json::from_str::<HolidayCalendar>(&unions).map(|_| ()).map_err(wrapped).unwrap_err(),
                HolidayCalendar::from_toml(&inline).unwrap_err(),
                HolidayCalendar::from_toml(&dotted).unwrap_err(),
                HolidayCalendar::from_toml(&header).unwrap_err(),
                Rulebook::from_json(&unions).unwrap_err(),
                Rulebook::from_toml(&dotted).unwrap_err(),
                Rulebook::from_toml(&header).unwrap_err(),
                PerformanceIndicators::from_json(&"[".repeat(levels)).unwrap_err(),
            ];
            for error in refused {
                assert_eq!(error.code(), "invalid_document", "{error}");
                assert!(error.to_string().len() < 300, "{error}");
            }
        }
        let allowed = "{\"union\":[".repeat(15) + "{\"countries\": [\"NL\"]}" + &"]}".repeat(15);
        assert_eq!(HolidayCalendar::from_json(&allowed).unwrap(), country("NL"));
    });
    small.unwrap().join().unwrap();
}

fn wrapped(error: serde_json::Error) -> KlokuurError {
    KlokuurError::InvalidDocument { document: "calendar", path: String::new(), problem: error.to_string() }
}

#[test]
fn g2_documents_are_objects_with_each_key_once() {
    let message = |text: &str| HolidayCalendar::from_json(text).unwrap_err().to_string();
    assert_eq!(
        message("[\"2026-12-25\"]"),
        "holiday calendar is not valid at its content: found a list, accepted is an object"
    );
    assert_eq!(
        message("{\"dates\": [[\"2026-12-25\", \"Christmas\"]]}"),
        "holiday calendar is not valid at dates[0]: found a list, accepted is an object"
    );
    assert_eq!(
        message("{\"dates\": [], \"dates\": []}"),
        "holiday calendar is not valid at line 1, column 21: the key `dates` stands there twice: accepted is once"
    );
    assert!(serde_json::from_str::<HolidayCalendar>("{\"name\": \"a\", \"name\": \"b\"}").is_err());
    assert!(serde_json::from_str::<Schedule>("[\"24/7\", \"UTC\"]").is_err());
    assert!(serde_json::from_str::<Rulebook>("{\"name\": \"a\", \"name\": \"b\"}").is_err());
}

#[test]
fn h2_fingerprints_are_pinned() {
    // Changing one of these changes what old reports say they were made with: see the vectors for the derivation.
    let pinned = [("NL", "95362a824c917f45"), ("BE", "7ee662a860c512b8")];
    for (code, fingerprint) in pinned {
        assert_eq!(country(code).fingerprint().to_string(), fingerprint, "{code}");
    }
}

#[test]
fn h2_fingerprints_are_read_strictly() {
    let fingerprint = country("NL").fingerprint();
    let text = fingerprint.to_string();
    assert_eq!(text.parse::<Fingerprint>().unwrap(), fingerprint);
    assert_eq!(text.to_uppercase().parse::<Fingerprint>().unwrap(), fingerprint);
    let json = serde_json::to_string(&fingerprint).unwrap();
    assert_eq!(json, format!("\"{text}\""));
    assert_eq!(serde_json::from_str::<Fingerprint>(&json).unwrap(), fingerprint);
    for bad in [
        "",
        "0",
        "0x00000000000000",
        "+123456789abcdef",
        "00000000000000000",
        "zzzzzzzzzzzzzzzz",
        "ééééé000000",
    ] {
        let error = bad.parse::<Fingerprint>().unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("fingerprint `{bad}` is not valid: accepted is 16 hexadecimal digits")
        );
    }
}

#[test]
fn h2_rules_as_text_keep_every_part() {
    let rule = HolidayRule::easter(-2, "Good Friday", "Goede Vrijdag").unwrap();
    let rule = rule.from_year(2000).unwrap().until_year(2050).unwrap().every_years(2).unwrap();
    let rule = rule.shift(chrono::Weekday::Fri, 3).unwrap().only_shifted();
    let text = toml::to_string(&rule).unwrap();
    assert_eq!(toml::from_str::<HolidayRule>(&text).unwrap(), rule, "{text}");
}
