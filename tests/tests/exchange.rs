//! The Retailer API's documents (RULES R) beyond the vectors.

mod returns;

use chrono::{DateTime, FixedOffset, TimeZone, Utc};
use chrono_tz::Europe::Amsterdam;
use klokuur::case::{CaseKind, What};
use klokuur::exchange::{
    CancellationReason, Difference, HandlingResult, IndicatorName, KpiScores, OrderItemCancellations, Orders,
    PerformanceIndicators, PerformanceStatus, RetailerDocuments, Returns, Shipments, ValueScale,
};
use klokuur::log::{Encoding, OrderMapping, read_orders, text_of};
use klokuur::norm::{
    CANCELLATIONS, Cancelled, FULFILMENT, MeasuredBy, OrderLine, OrderWeeks, RETURNS, Verdict, WeekNumbers,
    join, judge, judge_weeks,
};
use klokuur::standing::Ledger;
use klokuur::{Rulebook, RulebookHistory};
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
    assert_eq!(IndicatorName::KNOWN.len(), 10);
}

fn kpi(kpi: &str, numerator: i32, norm: Value, excluded: bool) -> Value {
    let score = json!({"numerator": numerator, "denominator": 100, "value": f64::from(numerator) / 100.0, "conformsToNorm": true});
    let period = json!({"id": "2026-30", "type": "WEEK"});
    json!({"kpi": kpi, "period": period, "score": score, "norm": norm, "excluded": excluded})
}

#[test]
fn n5_a_reported_norm_is_judged_by_its_own_value() {
    let judged = |numbers: &WeekNumbers| {
        let week = judge(&Rulebook::bol(), numbers, Utc.with_ymd_and_hms(2026, 11, 9, 8, 0, 0).unwrap());
        (week.as_ref().unwrap().verdict, week.unwrap().threshold.to_string())
    };
    let norm = |value: f64| json!({"type": "DYNAMIC", "condition": "gte", "value": value});
    let of = |scores: Vec<Value>| {
        let read = KpiScores::from_json(&json!({"kpiScores": scores}).to_string()).unwrap();
        read.numbers(&Rulebook::bol()).numbers
    };
    let numbers = of(vec![kpi("HANDOVER", 92, norm(0.9), false), kpi("HANDOVER", 92, norm(93.0), false)]);
    assert_eq!(judged(&numbers[0]), (Verdict::Conforms, "0.9".into()));
    // A share above 1 is percent.
    assert_eq!(judged(&numbers[1]), (Verdict::Missed, "0.93".into()));
    // What cannot be a norm is none, and the rulebook's counts.
    let none = of(vec![kpi("HANDOVER", 92, norm(-0.9), false)]);
    assert_eq!((none[0].norm_value, judged(&none[0]).1), (None, "0.95".into()));
    let v10 =
        one("CASE_ITEM_RATIO", score(true, 8, 100, 0.08, 0.02), json!({"condition": "<=", "value": 0.1}));
    assert_eq!(judged(&v10.numbers(&Rulebook::bol()).numbers[0]), (Verdict::Conforms, "0.1".into()));
}

#[test]
fn s4_a_week_that_the_marketplace_excludes_bears_no_strike() {
    let norm = || json!({"type": "FIXED", "condition": "gte", "value": 0.93});
    let strikes = |excluded| {
        let document = json!({"kpiScores": [kpi("ON_TIME", 50, norm(), excluded)]});
        let numbers = KpiScores::from_json(&document.to_string()).unwrap().numbers(&Rulebook::bol()).numbers;
        let now = Utc.with_ymd_and_hms(2026, 11, 9, 8, 0, 0).unwrap();
        let weeks = judge_weeks(&Rulebook::bol(), &numbers, now).unwrap();
        assert_eq!((weeks[0].verdict, weeks[0].strike), (Verdict::Missed, !excluded));
        Ledger::from_weeks(&Rulebook::bol(), &weeks).unwrap().standing_at(now).strikes.len()
    };
    assert_eq!((strikes(false), strikes(true)), (1, 0));
}

/// An order of three pieces that expires on the 7th, sent or not, and perhaps a return of one of them.
fn three_pieces(shipped: u32, parcel: Option<u32>, returned: Option<u32>) -> Vec<OrderLine> {
    let fulfilment = json!({"method": "FBR", "distributionParty": "RETAILER", "latestDeliveryDate": "2026-03-04", "expiryDate": "2026-03-07"});
    let item = json!({"orderItemId": "1", "ean": "123", "quantity": 3, "quantityShipped": shipped, "quantityCancelled": 0, "fulfilment": fulfilment});
    let order =
        json!({"orderId": "A-1", "orderPlacedDateTime": "2026-03-02T12:00:00+01:00", "orderItems": [item]});
    let mut documents = RetailerDocuments::new();
    documents.add("orders.json", &json!({"orders": [order]}).to_string()).unwrap();
    if let Some(quantity) = parcel {
        let shipment = json!({"shipmentId": "S", "shipmentDateTime": "2026-03-03T09:00:00+01:00", "order": {"orderId": "A-1"},
            "shipmentItems": [{"orderItemId": "1", "quantity": quantity}], "transport": {"transporterCode": "TNT"}});
        documents.add("shipments.json", &json!({"shipments": [shipment]}).to_string()).unwrap();
    }
    if let Some(quantity) = returned {
        let item = json!({"rmaId": "R", "orderId": "A-1", "ean": "123", "expectedQuantity": quantity, "handled": false});
        let one = json!({"returnId": "1", "registrationDateTime": "2026-03-06T09:00:00+01:00", "fulfilmentMethod": "FBR", "returnItems": [item]});
        documents.add("returns.json", &json!({"returns": [one]}).to_string()).unwrap();
    }
    documents.order_lines().lines.into_iter().map(|line| line.line).collect()
}

fn share(lines: &[OrderLine], norm: &str) -> (i64, u64) {
    let mut weeks = OrderWeeks::new(Amsterdam);
    let now = Utc.with_ymd_and_hms(2026, 3, 20, 12, 0, 0).unwrap();
    lines.iter().for_each(|line| weeks.add(line, now).unwrap());
    weeks
        .numbers()
        .iter()
        .filter(|n| n.norm == norm)
        .fold((0, 0), |all, n| (all.0 + n.numerator, all.1 + n.denominator))
}

#[test]
fn r4_what_the_order_says_is_sent_is_not_cancelled_by_itself() {
    assert_eq!(share(&three_pieces(0, None, None), CANCELLATIONS), (3, 3));
    assert_eq!(share(&three_pieces(3, None, None), CANCELLATIONS), (0, 3));
    // Two in a parcel that is told, and one in another.
    assert_eq!(share(&three_pieces(3, Some(2), None), CANCELLATIONS), (0, 3));
    assert_eq!(share(&three_pieces(2, Some(2), None), CANCELLATIONS), (1, 3));
    // Nobody knows when it came.
    assert_eq!(share(&three_pieces(3, None, None), FULFILMENT), (0, 0));
}

#[test]
fn r3_a_return_is_of_so_many_pieces_as_it_expects() {
    for (expected, counted) in [(1, 1), (2, 2), (3, 3), (9, 3)] {
        assert_eq!(share(&three_pieces(3, Some(2), Some(expected)), RETURNS), (counted, 3), "{expected}");
    }
    assert_eq!(share(&three_pieces(0, None, Some(1)), RETURNS), (0, 3));
}

#[test]
fn r1_unknown_names_and_fields_survive() {
    // Written as here: the known fields in the record's order, then the unknown ones by name.
    let text = r#"{"performanceIndicators":[{"name":"NEW","type":"RATIO","details":{"period":{"week":"1","year":"2026","a":2,"z":1},"norm":{"condition":"~","value":0.5,"note":null},"extra":[1,{"x":"y"}]},"q":true}],"page":3}"#;
    let document = PerformanceIndicators::from_json(text).unwrap();
    assert_eq!(document.to_json().unwrap(), text);
    let turned =
        text.replace(r#""week":"1","year":"2026","a":2,"z":1"#, r#""z":1,"year":"2026","a":2,"week":"1""#);
    assert_ne!(turned, text);
    assert_eq!(PerformanceIndicators::from_json(&turned).unwrap(), document);
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
    let verdicts =
        document.performance_indicators[0].verdicts(&Rulebook::shipped("bol-2024").unwrap(), now).unwrap();
    assert_eq!(verdicts.check.recomputed, Some(false));
    assert_eq!(verdicts.judged.unwrap().verdict, Verdict::Conforms);
}

#[test]
fn n4_reported_numbers_join_those_measured_here() {
    let rules = Rulebook::shipped("bol-2024").unwrap();
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
fn s6_reported_numbers_go_by_the_norms_of_their_week() {
    let of_week = |week: &str| {
        let text = format!(
            r#"{{"performanceIndicators":[{{"name":"ON_TIME","type":"PERCENTAGE","details":{{
                "period":{{"week":"{week}","year":"2026"}},
                "score":{{"conforms":true,"numerator":95,"denominator":100,"value":0.95,"distanceToNorm":0.02}},
                "norm":{{"condition":">=","value":0.93}}}}}}]}}"#
        );
        let document = PerformanceIndicators::from_json(&text).unwrap();
        let now = "2026-12-01T00:00:00Z".parse::<DateTime<Utc>>().unwrap();
        let history = RulebookHistory::bol().unwrap();
        let judged = document.performance_indicators[0].verdicts(&history, now).unwrap().judged;
        let reported = document.numbers(&history);
        (reported.numbers.len(), reported.unknown, judged.is_some())
    };
    // Split since.
    assert_eq!(of_week("26"), (0, vec!["ON_TIME".to_owned()], false));
    assert_eq!(of_week("27"), (1, vec![], true));
}

#[test]
fn r3_handling_results_and_reasons_keep_unknown_values() {
    for name in HandlingResult::KNOWN {
        assert_eq!(HandlingResult::from(*name).as_str(), *name);
    }
    assert_eq!(HandlingResult::KNOWN.len(), 7);
    assert_eq!(CancellationReason::KNOWN.len(), 12);
    assert_eq!(HandlingResult::from("EXPIRED"), HandlingResult::Other("EXPIRED".into()));
    assert_eq!(CancellationReason::from("SOON").as_str(), "SOON");
}

#[test]
fn r3_each_returned_item_opens_a_case_of_its_own() {
    let text = r#"{"returns":[{"returnId":"1","registrationDateTime":"2026-03-28T23:30:00-05:00","returnItems":[
        {"rmaId":"86","orderId":"7","ean":"871","handled":false,"returnReason":{"mainReason":"broken","detailedReason":"lid","customerComments":"sorry"}},
        {"handled":true,"title":"Cup"}]}]}"#;
    let document = Returns::from_json(text).unwrap();
    let (starts, event) = (document.starts(), document.events()[0].clone());
    assert_eq!((event.case.as_str(), event.at.to_rfc3339().as_str()), ("86", "2026-03-29T04:30:00+00:00"));
    let What::Opened(opening) = event.what else { panic!("an opening") };
    assert_eq!(
        (opening.kind, opening.defect.as_deref(), opening.text.as_deref()),
        (CaseKind::Return, Some("lid"), Some("sorry"))
    );
    assert_eq!((starts[1].number.as_str(), starts[1].item.as_deref()), ("1", Some("Cup")));
}

#[test]
fn r5_reported_scores_are_judged_and_a_reported_standing_is_kept() {
    let rules = Rulebook::bol();
    let text = r#"{"kpiScores":[{"kpi":"RESPONSE_TIME","score":{"numerator":80,"denominator":100,"value":0.8,"conformsToNorm":false},
        "norm":{"type":"FIXED","condition":"gte","value":0.9},"period":{"id":"2026-W10"}}]}"#;
    let mut documents = RetailerDocuments::new();
    documents.add("scores", text).unwrap();
    documents.add("status", r#"{"strike":{"count":0},"policyPoints":{"points":95}}"#).unwrap();
    let numbers = documents.numbers(&rules).numbers;
    let now = Utc.with_ymd_and_hms(2026, 4, 1, 0, 0, 0).unwrap();
    assert_eq!(judge(&rules, &numbers[0], now).unwrap().verdict, Verdict::Missed);
    let standing = documents.standing().unwrap();
    assert_eq!(
        (standing.strikes, standing.policy_points, standing.quality_score),
        (Some(0), Some(95.0), None)
    );
}

#[path = "../../core/examples/make_sample_seller/documents.rs"]
mod sample;

/// The orders of the sample seller.
fn sample_orders() -> Vec<sample::SampleOrder> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../core/examples/data/orders.csv");
    let mut reader = csv::Reader::from_path(path).unwrap();
    let order = |row: csv::StringRecord| {
        let at = |column: usize| DateTime::parse_from_rfc3339(&row[column]).ok();
        sample::SampleOrder {
            number: row[0].to_owned(),
            placed: at(1).unwrap(),
            item: row[2].to_owned(),
            quantity: row[3].parse().unwrap(),
            promised: row[4].parse().unwrap(),
            delivered: at(5),
            cancelled: at(6).map(|at| (at, &row[7] == "customer")),
            tracked: &row[8] == "yes",
        }
    };
    reader.records().map(|row| order(row.unwrap())).collect()
}

#[test]
fn r4_dumps_of_different_days_give_the_weekly_numbers_of_the_csv() {
    let orders = sample_orders();
    let now = orders.iter().map(|order| order.placed).max().unwrap();
    let (mut from_csv, mut from_dumps) = (OrderWeeks::new(Amsterdam), OrderWeeks::new(Amsterdam));
    let known = |at: &DateTime<FixedOffset>| *at <= now;
    for order in &orders {
        let line = OrderLine {
            delivered_at: order.delivered.filter(known).map(|at| at.to_utc()),
            cancelled: order.cancelled.filter(|(at, _)| known(at)).map(|(at, by_customer)| Cancelled {
                at: at.to_utc(),
                by_customer,
                processed_at: None,
            }),
            tracked: order.tracked,
            ..OrderLine::new(order.placed.to_utc(), order.quantity, order.promised)
        };
        from_csv.add(&line, now).unwrap();
    }
    let mut documents = RetailerDocuments::new();
    let dumps = sample::dumps(&orders, now);
    assert!(dumps.len() > 50, "{} dumps", dumps.len());
    for (name, text) in &dumps {
        documents.add(name, text).unwrap();
    }
    let told = documents.order_lines();
    assert_eq!((told.lines.len(), told.unusable.len()), (orders.len(), 0));
    for line in &told.lines {
        from_dumps.add(&line.line, now).unwrap();
    }
    assert_eq!(from_dumps.numbers(), from_csv.numbers());
    // Read again in another order of days, the picture is the same: what changed last wins.
    let mut backwards = RetailerDocuments::new();
    for (name, text) in dumps.iter().rev() {
        backwards.add(name, text).unwrap();
    }
    assert_eq!(backwards.order_lines(), told);
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
        "orders",
        "orderId",
        "orderPlacedDateTime",
        "quantity",
        "quantityCancelled",
        "fulfilment",
        "latestDeliveryDate",
        "shipments",
        "shipmentId",
        "shipmentItems",
        "transport",
        "transportEvents",
        "eventCode",
        "eventDateTime",
        "kpiScores",
        "kpi",
        "id",
        "strike",
        "count",
        "weeks",
        "reasons",
        "x",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop::sample::select(vec![
            "",
            "10",
            "2026",
            "<=",
            ">=",
            "RETURNS",
            "2026-01-01T00:00:00Z",
            "2026-10",
            "2026-01-02"
        ])
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
            let _ = document.numbers(&Rulebook::shipped("bol-2024").unwrap());
            let again = PerformanceIndicators::from_json(&document.to_json().unwrap()).unwrap();
            prop_assert_eq!(&again, &document);
        }
        if let Ok(document) = Returns::from_json(&text) {
            prop_assert_eq!(&Returns::from_json(&document.to_json().unwrap()).unwrap(), &document);
            let _ = document.starts();
        }
        let _ = OrderItemCancellations::from_json(&text);
        if let Ok(document) = Orders::from_json(&text) {
            prop_assert_eq!(&Orders::from_json(&document.to_json().unwrap()).unwrap(), &document);
        }
        if let Ok(document) = Shipments::from_json(&text) {
            prop_assert_eq!(&Shipments::from_json(&document.to_json().unwrap()).unwrap(), &document);
        }
        if let Ok(document) = KpiScores::from_json(&text) {
            prop_assert_eq!(&KpiScores::from_json(&document.to_json().unwrap()).unwrap(), &document);
        }
        if let Ok(document) = PerformanceStatus::from_json(&text) {
            let _ = document.standing();
            prop_assert_eq!(&PerformanceStatus::from_json(&document.to_json().unwrap()).unwrap(), &document);
        }
        let mut documents = RetailerDocuments::new();
        if documents.add("any", &text).is_ok() {
            let _ = (documents.order_lines(), documents.numbers(&Rulebook::bol()), documents.case_events());
        }
        if v.is_finite() {
            let document = one("RETURNS", score(true, n, d, v, v), json!({"condition": "<=", "value": v}));
            let check = document.performance_indicators[0].check();
            prop_assert_eq!(check.recomputed_value.is_some(), d > 0 && n >= 0);
        }
    }
}

/// The sample seller's orders as a seller account exports them: two lead lines, semicolons, one byte a letter, decimal
/// commas, dates and yes and no of their own.
fn export(orders: &[sample::SampleOrder]) -> Vec<u8> {
    let mut text = String::from("Bestellingen; \u{eb}\u{e9}n verkoper\r\n\r\n");
    text.push_str(
        "Bestelnummer;Besteldatum;Titel;Aantal;Prijs;Leverdatum;Afgeleverd;Geannuleerd;Wanneer;Door;Code\r\n",
    );
    for order in orders {
        let time = |at: DateTime<FixedOffset>| at.format("%d-%b-%Y %H:%M:%S").to_string();
        let (when, by) = match order.cancelled {
            Some((at, true)) => (time(at), "klant"),
            Some((at, false)) => (time(at), "verkoper"),
            None => (String::new(), ""),
        };
        text.push_str(&format!(
            "{};{};\"{}; caf\u{e9}\";{},0;9,95;{};{};{};{when};{by};{}\r\n",
            order.number,
            time(order.placed),
            order.item,
            order.quantity,
            order.promised.format("%d-%b-%Y"),
            order.delivered.map(time).unwrap_or_default(),
            if order.cancelled.is_some() { "Ja" } else { "Nee" },
            if order.tracked { "3SINV" } else { "" },
        ));
    }
    // Every letter here is the same in Windows-1252 as in Latin-1.
    text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect()
}

#[test]
fn r6_an_order_export_gives_the_weekly_numbers_of_its_orders() {
    let orders = sample_orders();
    let now = orders.iter().map(|order| order.placed).max().unwrap() + chrono::TimeDelta::days(60);
    let mapping = OrderMapping::from_toml(
        r#"
        lead_lines = 2
        zone = "Europe/Amsterdam"
        time_format = "%d-%b-%Y %H:%M:%S"
        date_format = "%d-%b-%Y"
        [columns]
        order = "Bestelnummer"
        ordered_at = "Besteldatum"
        item = "Titel"
        quantity = "Aantal"
        promised_on = "Leverdatum"
        delivered_at = "Afgeleverd"
        cancelled = "Geannuleerd"
        cancelled_at = "Wanneer"
        cancelled_by = "Door"
        tracked = "Code"
        "#,
    )
    .unwrap();
    let bytes = export(&orders);
    let (text, encoding) = text_of(&bytes, mapping.encoding).unwrap();
    assert_eq!(encoding, Encoding::Windows1252);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    // This reader leaves an empty line out.
    rows.insert(1, Vec::new());
    let read = read_orders(&rows, &mapping).unwrap();
    assert_eq!((read.lines.len(), read.refused.len()), (orders.len(), 0));
    assert_eq!(read.lines[0].item.as_deref(), Some(format!("{}; caf\u{e9}", orders[0].item).as_str()));
    let (mut from_export, mut from_orders) = (OrderWeeks::new(Amsterdam), OrderWeeks::new(Amsterdam));
    for (one, order) in read.lines.iter().zip(&orders) {
        from_export.add(&one.line, now).unwrap();
        let line = OrderLine {
            delivered_at: order.delivered.map(|at| at.to_utc()),
            cancelled: order.cancelled.map(|(at, by_customer)| Cancelled {
                at: at.to_utc(),
                by_customer,
                processed_at: None,
            }),
            tracked: order.tracked,
            ..OrderLine::new(order.placed.to_utc(), order.quantity, order.promised)
        };
        from_orders.add(&line, now).unwrap();
    }
    assert_eq!(from_export.numbers(), from_orders.numbers());
}

#[test]
fn r4_what_was_merged_is_given_back_by_kind() {
    let returned = |id: &str, handled: bool| {
        format!(
            r#"{{"returnId": "{id}", "registrationDateTime": "2026-04-17T10:55:37+02:00", "returnItems": [{{"rmaId": "R{id}",
                "orderId": "A", "ean": "8", "expectedQuantity": 1, "handled": {handled}}}]}}"#
        )
    };
    let shipment =
        r#"{"shipmentId": "S", "shipmentDateTime": "2026-03-09T12:00:00+01:00", "shipmentItems": []}"#;
    let mut documents = RetailerDocuments::new();
    documents.add("one.json", &returned("2", false)).unwrap();
    documents
        .add("page.json", &format!(r#"{{"returns": [{}, {}]}}"#, returned("2", true), returned("1", false)))
        .unwrap();
    documents.add("shipment.json", shipment).unwrap();
    documents
        .add("cancel.json", r#"[{"orderItems": [{"orderItemId": "1", "reasonCode": "OUT_OF_STOCK"}]}, {}]"#)
        .unwrap();
    let returns = documents.returns().returns;
    let told: Vec<_> =
        returns.iter().map(|one| (one.return_id.as_str(), one.return_items[0].handled)).collect();
    assert_eq!(told, [("1", false), ("2", true)]);
    assert_eq!(documents.shipments().shipments.len(), 1);
    let cancelled = documents.cancellations().order_items;
    assert_eq!((cancelled.len(), cancelled[0].order_item_id.as_str()), (1, "1"));
    let unknown = documents.add("x.json", "[7]").unwrap_err().to_string();
    assert!(unknown.contains("x.json") && unknown.contains("a value that is no object"), "{unknown}");
}
