//! Documents as records (RULES G2): what is wrong is told with its path, in the words of documents, whatever is read.

use std::collections::BTreeMap;

use klokuur::document::{MAX_DEPTH, from_json, from_toml, read, too_deep, twice};
use klokuur::exchange::Returns;
use klokuur::{HolidayCalendar, Schedule};
use serde::Deserialize;
use serde_json::{Value, json};

/// One field of each kind that a document may have.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Everything {
    text: String,
    truth: bool,
    small: u8,
    signed: i64,
    number: f64,
    maybe: Option<u32>,
    list: Vec<u8>,
    pair: (u8, String),
    newtype: Newtype,
    place: Place,
    by_name: BTreeMap<String, u8>,
    by_level: BTreeMap<Level, u8>,
    by_newtype: BTreeMap<Newtype, u8>,
    by_maybe: BTreeMap<Option<String>, u8>,
    shape: Shape,
    inside: Option<Box<Everything>>,
}

#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Newtype(String);

#[derive(Debug, Default, PartialEq, Deserialize)]
struct Place(i8, i8);

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Level {
    Low,
    High,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Shape {
    #[default]
    Point,
    Circle(u32),
    Segment(u8, u8),
    Rectangle {
        wide: u8,
        high: u8,
    },
}

fn problem(value: Value) -> String {
    let error = read::<Everything>("settings", value).unwrap_err();
    assert_eq!(error.code(), "invalid_document");
    let text = error.to_string();
    text.strip_prefix("settings is not valid at ").unwrap_or_else(|| panic!("{text}")).to_owned()
}

#[test]
fn g2_every_kind_of_field_reads() {
    let whole = json!({
        "text": "a", "truth": true, "small": 7, "signed": -7, "number": 0.5, "maybe": 3, "list": [1, 2],
        "pair": [1, "b"], "newtype": "n", "place": [1, -1], "by_name": {"x": 1}, "by_level": {"low": 1, "high": 2},
        "by_newtype": {"n": 1}, "by_maybe": {"m": 1}, "shape": {"segment": [1, 2]}, "inside": {"shape": "point", "maybe": null}
    });
    let read_now: Everything = read("settings", whole).unwrap();
    assert_eq!((read_now.small, read_now.signed, read_now.number, read_now.maybe), (7, -7, 0.5, Some(3)));
    assert_eq!(read_now.pair, (1, "b".to_owned()));
    assert_eq!((read_now.newtype, read_now.place), (Newtype("n".into()), Place(1, -1)));
    assert_eq!(read_now.by_level, BTreeMap::from([(Level::Low, 1), (Level::High, 2)]));
    assert_eq!(read_now.by_newtype[&Newtype("n".into())] + read_now.by_maybe[&Some("m".into())], 2);
    assert_eq!(read_now.shape, Shape::Segment(1, 2));
    let inside = read_now.inside.unwrap();
    assert_eq!((inside.shape, inside.maybe), (Shape::Point, None));
    let shape = |value: Value| read::<Everything>("settings", json!({"shape": value})).unwrap().shape;
    assert_eq!(shape(json!({"circle": 4})), Shape::Circle(4));
    assert_eq!(shape(json!({"rectangle": {"wide": 1, "high": 2}})), Shape::Rectangle { wide: 1, high: 2 });
    assert_eq!(shape(json!({"point": null})), Shape::Point);
}

#[test]
fn g2_every_wrong_kind_is_told_with_its_path_and_what_is_accepted() {
    for (value, expected) in [
        (json!({"text": 1}), "text: found 1, accepted is a text"),
        (json!({"text": -1}), "text: found -1, accepted is a text"),
        (json!({"text": 0.5}), "text: found 0.5, accepted is a text"),
        (json!({"text": true}), "text: found true, accepted is a text"),
        (json!({"text": null}), "text: found nothing, accepted is a text"),
        (json!({"text": []}), "text: found a list, accepted is a text"),
        (json!({"text": {}}), "text: found an object, accepted is a text"),
        (json!({"truth": "yes"}), "truth: found `yes`, accepted is true or false"),
        (json!({"small": "7"}), "small: found `7`, accepted is a whole number from 0 on"),
        (json!({"signed": "7"}), "signed: found `7`, accepted is a whole number"),
        (json!({"number": "7"}), "number: found `7`, accepted is a number"),
        (json!({"small": 300}), "small: found 300, accepted is a whole number from 0 on"),
        (json!({"list": 7}), "list: found 7, accepted is a list"),
        (json!({"list": [1, "x"]}), "list[1]: found `x`, accepted is a whole number from 0 on"),
        (json!({"by_name": 7}), "by_name: found 7, accepted is an object"),
        (json!({"by_name": {"x": "y"}}), "by_name.x: found `y`, accepted is a whole number from 0 on"),
        (json!({"by_level": {"middle": 1}}), "by_level: unknown name `middle`, accepted is low, high"),
        (json!({"inside": []}), "inside: found a list, accepted is an object"),
        (
            json!({"inside": {"small": []}}),
            "inside.small: found a list, accepted is a whole number from 0 on",
        ),
        (json!({"shape": 7}), "shape: found 7, accepted is a name"),
        (
            json!({"shape": "square"}),
            "shape: unknown name `square`, accepted is point, circle, segment, rectangle",
        ),
        (json!({"shape": {}}), "shape: accepted is an object with one key"),
        (json!({"shape": {"point": 1}}), "shape: `point` has no content: accepted is the name alone"),
        (json!({"shape": {"circle": "x"}}), "shape.circle: found `x`, accepted is a whole number from 0 on"),
        (
            json!({"shape": {"segment": [1]}}),
            "shape.segment: found 1 items, accepted is tuple variant Shape::Segment with 2 elements",
        ),
        (
            json!({"shape": {"segment": 1}}),
            "shape.segment: found 1, accepted is tuple variant Shape::Segment",
        ),
        (json!({"shape": {"rectangle": {"wide": 1}}}), "shape.rectangle.high: missing, accepted is a value"),
        (json!({"shape": {"rectangle": 7}}), "shape: found 7, accepted is an object"),
        (json!({"colour": 1}), "colour: unknown field, accepted is "),
        (json!({ "x".repeat(80): 1 }), &format!("{}…: unknown field, accepted is ", "x".repeat(60))),
        (json!([]), "its content: found a list, accepted is an object"),
    ] {
        let told = problem(value.clone());
        assert!(told.starts_with(expected), "{value}: {told}, not {expected}");
    }
    // A long text is shown by its beginning.
    assert_eq!(
        problem(json!({"small": "y".repeat(80)})),
        format!("small: found `{}…`, accepted is a whole number from 0 on", "y".repeat(60))
    );
}

#[test]
fn g2_a_value_that_is_no_text_is_held_to_the_same_depth() {
    let nested = |depth: usize| (0..depth).fold(json!(1), |value, _| json!([value]));
    assert!(read::<Value>("settings", nested(MAX_DEPTH)).is_ok());
    let error = read::<Value>("settings", nested(MAX_DEPTH + 1)).unwrap_err();
    assert_eq!(error, too_deep("settings"));
    assert_eq!(
        twice("settings", "zone").to_string(),
        "settings is not valid at its content: the key `zone` stands there twice: accepted is once"
    );
    // TOML has numbers that JSON has not: they are texts, which no number's field takes.
    let value = from_toml("settings", "number = inf\ntruth = true\nsmall = 3\nlist = [1]").unwrap();
    assert_eq!(problem(value), "number: found `inf`, accepted is a number");
    let deep = format!("a = {}{}", "[".repeat(40), "]".repeat(40));
    assert!(from_toml("settings", &deep).unwrap_err().to_string().contains("too deeply"));
}

#[test]
fn r1_a_document_is_the_same_through_every_reader_of_a_host() {
    let text = r#"{"returns": [{"returnId": "1", "registrationDateTime": "2026-04-17T10:55:37+02:00", "fulfilmentMethod": "FBR",
        "new\u0020field": null, "returnItems": [{"rmaId": "2", "orderId": "3", "ean": "4", "expectedQuantity": 1.0, "handled": false,
        "extra": [true, -1, 0.5, "te\u0301"]}]}]}"#;
    let ours = Returns::from_json(text).unwrap();
    // Borrowed from the text, from bytes that are not there any more, from values, and from TOML.
    assert_eq!(serde_json::from_str::<Returns>(text).unwrap(), ours);
    assert_eq!(serde_json::from_reader::<_, Returns>(text.as_bytes()).unwrap(), ours);
    let value = from_json("returns", text).unwrap();
    assert_eq!(serde_json::from_value::<Returns>(value.clone()).unwrap(), ours);
    let mut known = value;
    for unknown in ["/returns/0/new field", "/returns/0/returnItems/0/extra"] {
        let (at, name) = unknown.rsplit_once('/').unwrap();
        known.pointer_mut(at).unwrap().as_object_mut().unwrap().remove(name).unwrap();
    }
    let written = toml::to_string(&known).unwrap();
    assert_eq!(
        toml::from_str::<Returns>(&written).unwrap(),
        serde_json::from_value::<Returns>(known).unwrap()
    );
    let wrong =
        serde_json::from_str::<Returns>(r#"{"returns": [{"returnId": true}]}"#).unwrap_err().to_string();
    assert!(
        wrong.contains("returns[0].returnId") && wrong.contains("found true or false, accepted is a text"),
        "{wrong}"
    );
}

#[test]
fn r1_every_wrong_field_of_the_api_says_what_is_accepted() {
    let told = |from: &str, to: &str| {
        let text = r#"{"returns": [{"returnId": "1", "registrationDateTime": "2026-04-17T10:55:37+02:00",
            "returnItems": [{"rmaId": "2", "orderId": "3", "ean": "4", "expectedQuantity": 1, "handled": false}]}]}"#;
        assert!(text.contains(from), "{from}");
        Returns::from_json(&text.replace(from, to)).unwrap_err().to_string()
    };
    for (from, to, expected) in [
        (
            "\"handled\": false",
            "\"handled\": \"no\"",
            "returns[0].returnItems[0].handled: found a text, accepted is true or false",
        ),
        (
            "\"handled\": false",
            "\"handled\": null",
            "returns[0].returnItems[0].handled: missing, accepted is true or false",
        ),
        (
            "\"expectedQuantity\": 1",
            "\"expectedQuantity\": 1.5",
            "expectedQuantity: found a number, accepted is a whole number",
        ),
        (
            "\"expectedQuantity\": 1",
            "\"expectedQuantity\": {}",
            "expectedQuantity: found an object, accepted is a whole number",
        ),
        (
            "\"expectedQuantity\": 1",
            "\"expectedQuantity\": 1e10",
            "found 10000000000.0, accepted is a whole number from -2147483648 to 2147483647",
        ),
        (
            "\"returnItems\": [",
            "\"returnItems\": 7, \"x\": [",
            "returnItems: found a number, accepted is a list",
        ),
        ("\"2026-04-17T10:55:37+02:00\"", "\"2026-04-17\"", "accepted is a date and time with an offset"),
        ("\"2026-04-17T10:55:37+02:00\"", "7", "registrationDateTime: found a number, accepted is a text"),
    ] {
        let told = told(from, to);
        assert!(told.contains(expected), "{told}, not {expected}");
    }
}

#[test]
fn g2_schedules_and_calendars_tell_the_path_of_what_is_wrong() {
    let schedule = |text: &str| Schedule::from_json(text, &[]).unwrap_err().to_string();
    assert_eq!(
        schedule(r#"{"hours": "24/7", "zone": "UTC", "conventions": {"gap": "skip"}}"#).split(": ").next(),
        Some("schedule is not valid at conventions.gap")
    );
    assert_eq!(
        schedule(
            r#"{"hours": "24/7", "zone": "UTC", "later": [{"from": "2026-02-01", "hours": "24/7"}, {"from": "2026-01-01", "hours": "24/7"}]}"#
        ),
        "date that a schedule holds from `2026-01-01` is not valid: accepted is a date after that of the segment before"
    );
    let calendar = |text: &str| HolidayCalendar::from_json(text).unwrap_err().to_string();
    assert!(
        calendar(r#"{"rules": [{"name_en": "x", "day": {"fixed": {"month": 13, "day": 1}}}]}"#)
            .contains("rules[0]")
    );
    assert!(
        calendar(r#"{"without": "2026-01-01"}"#).contains("without: found `2026-01-01`, accepted is a list")
    );
}
