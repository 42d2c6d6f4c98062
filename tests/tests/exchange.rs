//! The Retailer API's documents (RULES R1–R3) beyond the vectors.

use chrono::{TimeZone, Utc};
use klokuur::Rulebook;
use klokuur::case::{CaseKind, What};
use klokuur::exchange::{
    CancellationReason, Difference, HandlingResult, IndicatorName, OrderItemCancellations,
    PerformanceIndicators, Returns, ValueScale,
};
use klokuur::norm::{MeasuredBy, Verdict, WeekNumbers, join};
use proptest::prelude::*;
use serde_json::{Value, json};

fn one(name: &str, score: Value, norm: Value) -> PerformanceIndicators {
    let details = json!({"period": {"week": "10", "year": "2026"}, "score": score, "norm": norm});
    let document =
        json!({"performanceIndicators": [{"name": name, "type": "PERCENTAGE", "details": details}]});
    PerformanceIndicators::from_json(&document.to_string()).unwrap()
}

fn score(conforms: bool, numerator: i32, denominator: i32, value: f64, distance: f64) -> Value {
    json!({"conforms": conforms, "numerator": numerator, "denominator": denominator, "value": value, "distanceToNorm": distance})
}

#[test]
fn r1_all_known_names_round_trip() {
    for name in IndicatorName::KNOWN {
        let read = IndicatorName::from(*name);
        assert!(!matches!(read, IndicatorName::Other(_)), "{name}");
        assert_eq!(read.as_str(), *name);
    }
    assert_eq!(IndicatorName::KNOWN.len(), 8);
}

#[test]
fn r1_unknown_names_and_fields_survive_in_order() {
    let text = r#"{"performanceIndicators":[{"name":"NEW","type":"RATIO","details":{"period":{"week":"1","year":"2026","z":1,"a":2},"norm":{"condition":"~","value":0.5,"note":null},"extra":[1,{"x":"y"}]},"q":true}],"page":3}"#;
    let document = PerformanceIndicators::from_json(text).unwrap();
    assert_eq!(document.to_json().unwrap(), text);
}

#[test]
fn r1_what_is_put_in_by_hand_is_checked_when_written() {
    let mut document =
        one("RETURNS", score(true, 1, 100, 0.01, 0.04), json!({"condition": "<=", "value": 0.05}));
    let indicator = &mut document.performance_indicators[0];
    indicator.details.score.as_mut().unwrap().value = f64::NAN;
    assert_eq!(document.to_json().unwrap_err().code(), "invalid_document");
}

#[test]
fn r2_both_verdicts_are_kept_and_a_difference_is_told() {
    // Published demo data: 8 of 88 with value 0.88.
    let document =
        one("CANCELLATIONS", score(false, 8, 88, 0.88, 0.86), json!({"condition": "<=", "value": 0.02}));
    let check = document.performance_indicators[0].check();
    assert_eq!((check.reported, check.recomputed), (Some(false), Some(false)));
    let scale = ValueScale::Neither;
    assert_eq!(check.differences, [Difference::Value { reported: 0.88, recomputed: 8.0 / 88.0, scale }]);

    let document =
        one("CANCELLATIONS", score(true, 9, 100, 9.0, 8.98), json!({"condition": "<=", "value": 0.02}));
    let check = document.performance_indicators[0].check();
    assert_eq!(check.differences[0], Difference::Verdict { reported: true, recomputed: false });
    assert!(matches!(check.differences[1], Difference::Value { scale: ValueScale::Percent, .. }));
}

#[test]
fn r2_the_verdict_is_exact_at_the_norm() {
    for (numerator, conforms) in [(93, true), (92, false), (94, true)] {
        let value = f64::from(numerator) / 100.0;
        let norm = json!({"condition": ">=", "value": 0.93});
        let check = one("FULFILMENT", score(conforms, numerator, 100, value, (value - 0.93).abs()), norm)
            .performance_indicators[0]
            .check();
        assert_eq!(check.recomputed, Some(conforms));
        assert!(check.differences.is_empty(), "{:?}", check.differences);
    }
}

#[test]
fn r2_the_rulebook_adds_its_count_limit() {
    // 2 of 20 cancelled: above 2 %, but fewer than 3.
    let document =
        one("CANCELLATIONS", score(false, 2, 20, 0.1, 0.08), json!({"condition": "<=", "value": 0.02}));
    let now = Utc.with_ymd_and_hms(2026, 4, 1, 0, 0, 0).unwrap();
    let verdicts = document.performance_indicators[0].verdicts(&Rulebook::bol(), now).unwrap();
    assert_eq!(verdicts.check.recomputed, Some(false));
    assert_eq!(verdicts.judged.unwrap().verdict, Verdict::Conforms);
}

#[test]
fn n4_reported_numbers_join_those_measured_here() {
    let rules = Rulebook::bol();
    let document =
        one("RESPONSE_TIME", score(true, 95, 100, 0.95, 0.05), json!({"condition": ">=", "value": 0.9}));
    let here = [WeekNumbers::new("response_time", "2026-W10".parse().unwrap(), 94, 100)];
    let joined = join(&rules, &here, &document.numbers(&rules).numbers).unwrap();
    assert_eq!((joined.len(), joined[0].numerator, joined[0].measured_by), (1, 95, MeasuredBy::Elsewhere));
    // No score is no data: ours stays.
    let document = one("RESPONSE_TIME", Value::Null, json!({"condition": ">=", "value": 0.9}));
    let joined = join(&rules, &here, &document.numbers(&rules).numbers).unwrap();
    assert_eq!(joined[0].numerator, 94);
}

#[test]
fn r3_handling_results_and_reasons_keep_unknown_values() {
    for name in HandlingResult::KNOWN {
        assert_eq!(HandlingResult::from(*name).as_str(), *name);
    }
    assert_eq!(HandlingResult::KNOWN.len(), 6);
    assert_eq!(CancellationReason::KNOWN.len(), 12);
    assert_eq!(HandlingResult::from("EXPIRED"), HandlingResult::Other("EXPIRED".into()));
    assert_eq!(CancellationReason::from("SOON").as_str(), "SOON");
}

#[test]
fn r3_each_returned_item_opens_a_case_of_its_own() {
    let text = r#"{"returns":[{"returnId":"1","registrationDateTime":"2026-03-28T23:30:00-05:00","returnItems":[
        {"rmaId":"86","orderId":"7","ean":"871","handled":false,"returnReason":{"mainReason":"broken","detailedReason":"lid","customerComments":"sorry"}},
        {"handled":true,"title":"Cup"}]}]}"#;
    let starts = Returns::from_json(text).unwrap().starts();
    let event = starts[0].event();
    assert_eq!((event.case.as_str(), event.at.to_rfc3339().as_str()), ("86", "2026-03-29T04:30:00+00:00"));
    let What::Opened(opening) = event.what else { panic!("an opening") };
    assert_eq!(
        (opening.kind, opening.defect.as_deref(), opening.text.as_deref()),
        (CaseKind::Return, Some("lid"), Some("sorry"))
    );
    assert_eq!((starts[1].number.as_str(), starts[1].item.as_deref()), ("1", Some("Cup")));
}

/// Any JSON, of a shape near the documents.
fn json_value() -> impl Strategy<Value = Value> {
    let key = prop::sample::select(vec![
        "performanceIndicators",
        "name",
        "type",
        "details",
        "period",
        "week",
        "year",
        "score",
        "conforms",
        "numerator",
        "denominator",
        "value",
        "distanceToNorm",
        "norm",
        "condition",
        "returns",
        "returnId",
        "registrationDateTime",
        "returnItems",
        "handled",
        "orderItems",
        "orderItemId",
        "reasonCode",
        "x",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop::sample::select(vec!["", "10", "2026", "<=", ">=", "RETURNS", "2026-01-01T00:00:00Z"])
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..6)
                .prop_map(|pairs| Value::Object(pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())),
        ]
    })
}

proptest! {
    #[test]
    fn r1_nothing_read_is_lost_and_nothing_panics(value in json_value(), n in any::<i32>(), d in any::<i32>(), v in any::<f64>()) {
        let text = value.to_string();
        if let Ok(document) = PerformanceIndicators::from_json(&text) {
            let _ = document.numbers(&Rulebook::bol());
            let again = PerformanceIndicators::from_json(&document.to_json().unwrap()).unwrap();
            prop_assert_eq!(&again, &document);
        }
        if let Ok(document) = Returns::from_json(&text) {
            prop_assert_eq!(&Returns::from_json(&document.to_json().unwrap()).unwrap(), &document);
            let _ = document.starts();
        }
        let _ = OrderItemCancellations::from_json(&text);
        if v.is_finite() {
            let document = one("RETURNS", score(true, n, d, v, v), json!({"condition": "<=", "value": v}));
            let check = document.performance_indicators[0].check();
            prop_assert_eq!(check.recomputed_value.is_some(), d > 0 && n >= 0);
        }
    }
}
