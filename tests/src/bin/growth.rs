//! One piece of work on n parts, to be counted in instructions at n and at twice as many: `growth NAME N`; `growth`
//! lists the names.
//!
//! `tools/growth.sh` runs each under callgrind. What copies, compares or looks through all that it has for each further
//! part shows there, allocated or not.

// A test tool: what cannot be made should stop at once, with the place where it broke.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use klokuur::case::{CaseBook, CaseEvent, Opening, Party, What, evaluate};
use klokuur::exchange::{Orders, RetailerDocuments, Returns};
use klokuur::log::{Mapping, Rows, read_log};
use klokuur::message::{MailPolicy, clean_html};
use klokuur::norm::{WeekNumbers, judge_weeks};
use klokuur::standing::{JudgedWeek, Ledger};
use klokuur::{HolidayCalendar, IsoWeek, Nps, Rulebook, Schedule, document};
use klokuur_tests::random::Random;
use serde_json::{Value, json};

type Work = fn(usize);

const WORK: &[(&str, Work)] = &[
    ("broken-norms", broken_norms),
    ("repeated-norms", repeated_norms),
    ("unknown-components", unknown_components),
    ("standards-of-a-ladder", standards_of_a_ladder),
    ("steps-of-a-ladder", steps_of_a_ladder),
    ("keys-of-a-document", keys_of_a_document),
    ("holidays", holidays),
    ("dates-of-a-schedule", dates_of_a_schedule),
    ("one-case-shuffled", one_case_shuffled),
    ("one-case-at-one-time", one_case_at_one_time),
    ("one-case-event-by-event", one_case_event_by_event),
    ("many-cases", many_cases),
    ("refused-events", refused_events),
    ("search", search),
    ("rows-of-a-log", rows_of_a_log),
    ("items-of-an-order", items_of_an_order),
    ("events-of-a-shipment", events_of_a_shipment),
    ("returns", returns),
    ("weeks", weeks),
    ("weeks-of-a-ledger", weeks_of_a_ledger),
    ("open-elements-of-a-mail", open_elements_of_a_mail),
    ("blocks-of-a-mail", blocks_of_a_mail),
    ("attributes-of-a-mail", attributes_of_a_mail),
    ("columns-of-the-clock", columns_of_the_clock),
    ("scores", scores),
];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(name), Some(n)) = (arguments.next(), arguments.next()) else {
        WORK.iter().for_each(|(name, _)| println!("{name}"));
        return;
    };
    let work = WORK.iter().find(|(known, _)| *known == name).expect("a name of the list");
    work.1(n.parse().expect("a number"));
}

fn day(n: usize) -> NaiveDate {
    NaiveDate::from_ymd_opt(1950, 1, 1).unwrap() + Days::new(n as u64 % 50_000)
}

fn minute(n: usize) -> DateTime<Utc> {
    "2026-03-16T08:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::minutes(n as i64)
}

/// bol's rulebook with n things in a list, read.
fn rulebook(change: impl FnOnce(&mut Value)) {
    let mut document = serde_json::to_value(Rulebook::bol()).unwrap();
    change(&mut document);
    let _ = Rulebook::from_json(&document.to_string());
}

fn norms(n: usize, change: impl Fn(&mut Value, usize)) {
    rulebook(|document| {
        let first = document["norms"][0].clone();
        let norm = |i| {
            let mut norm = first.clone();
            change(&mut norm, i);
            norm
        };
        document["norms"].as_array_mut().unwrap().extend((0..n).map(norm));
    });
}

fn broken_norms(n: usize) {
    norms(n, |norm, i| {
        norm["name"] = format!("Norm {i}").into();
        norm["threshold"] = "300 %".into();
        norm["unit"] = "feet".into();
    });
}

fn repeated_norms(n: usize) {
    norms(n, |norm, i| norm["name"] = format!("norm_{}", i / 2).into());
}

fn unknown_components(n: usize) {
    norms(n, |norm, i| {
        norm["name"] = format!("norm_{i}").into();
        norm["api_name"] = format!("NORM_{i}").into();
    });
    rulebook(|document| {
        let first = document["score"]["components"][0].clone();
        let component = |i| {
            let mut component = first.clone();
            component["norm"] = format!("no_norm_{i}").into();
            component
        };
        document["score"]["components"].as_array_mut().unwrap().extend((0..n).map(component));
    });
}

/// The rulebook of a marketplace with a ladder, and n more of the first of a list.
fn of_ebay(list: &str, n: usize, change: impl Fn(&mut Value, usize)) {
    let mut document = serde_json::to_value(Rulebook::shipped("ebay").unwrap()).unwrap();
    let first = document[list][0].clone();
    let one = |i| {
        let mut one = first.clone();
        change(&mut one, i);
        one
    };
    document[list].as_array_mut().unwrap().extend((0..n).map(one));
    let named: Vec<Value> =
        document["standards"].as_array().unwrap().iter().map(|it| it["name"].clone()).collect();
    document["ladders"][0]["standards"] = named.into();
    let _ = Rulebook::from_json(&document.to_string());
}

fn standards_of_a_ladder(n: usize) {
    of_ebay("standards", n, |standard, i| standard["name"] = format!("standard_{i}").into());
}

fn steps_of_a_ladder(n: usize) {
    let mut document = serde_json::to_value(Rulebook::shipped("ebay").unwrap()).unwrap();
    let first = document["ladders"][0]["steps"][0].clone();
    let step = |i| {
        let mut step = first.clone();
        step["name"] = format!("step_{i}").into();
        step
    };
    document["ladders"][0]["steps"].as_array_mut().unwrap().extend((0..n).map(step));
    let _ = Rulebook::from_json(&document.to_string());
}

fn keys_of_a_document(n: usize) {
    let keys: Vec<String> = (0..n).map(|i| format!("\"key {i}\": {i}")).collect();
    document::from_json("document", &format!("{{{}}}", keys.join(","))).unwrap();
}

fn holidays(n: usize) {
    let calendar =
        HolidayCalendar::from_dates((0..n).map(day).map(|day| (day, "Closed")).collect::<Vec<_>>()).unwrap();
    assert_ne!(calendar.fingerprint().to_string(), "");
}

fn dates_of_a_schedule(n: usize) {
    let dates: Vec<String> = (0..n).map(|i| format!("{} off", day(i * 3).format("%Y %b %d"))).collect();
    let schedule =
        Schedule::parse(&format!("Mo-Fr 09:00-17:00; {}", dates.join("; ")), chrono_tz::Europe::Amsterdam);
    schedule.unwrap().next_open(minute(0)).unwrap();
}

fn question(case: &str, at: usize) -> CaseEvent {
    CaseEvent::new(case, minute(at), What::Opened(Opening::by(Party::Customer)))
}

fn conversation(case: &str, n: usize) -> Vec<CaseEvent> {
    let message =
        |i: usize| if i.is_multiple_of(2) { What::seller_message() } else { What::customer_message() };
    let mut events = vec![question(case, 0)];
    events.extend((1..n).map(|i| CaseEvent::new(case, minute(i), message(i))));
    events
}

fn one_case_shuffled(n: usize) {
    let mut events = conversation("K-1", n);
    Random::new(1).shuffle(&mut events);
    evaluate(&events, &Rulebook::bol(), minute(n)).unwrap();
}

fn one_case_at_one_time(n: usize) {
    let message = |i| {
        CaseEvent::new("K-1", minute(1), What::SellerMessage { text: Some(format!("{i}")), automatic: false })
    };
    let mut events = vec![question("K-1", 0)];
    events.extend((0..n).map(|i| message(i).with_id(format!("e{i}"))));
    evaluate(&events, &Rulebook::bol(), minute(n)).unwrap();
}

fn one_case_event_by_event(n: usize) {
    let mut book = CaseBook::of(&Rulebook::bol()).unwrap();
    for event in conversation("K-1", n) {
        let _ = book.apply(event);
    }
    book.saved().to_json();
}

fn cases(n: usize) -> Vec<CaseEvent> {
    let mut events = Vec::new();
    for i in 0..n {
        let case = format!("K-{i}");
        events.push(question(&case, i));
        events.push(CaseEvent::new(&case, minute(i + 30), What::seller_message()));
        events.push(CaseEvent::new(&case, minute(i + 60), What::closed(Party::Seller)));
    }
    Random::new(1).shuffle(&mut events);
    events
}

fn many_cases(n: usize) {
    let mut book = CaseBook::of(&Rulebook::bol()).unwrap();
    for event in cases(n) {
        let _ = book.apply(event);
    }
    let now = minute(n + 10_000);
    book.advance(now).unwrap();
    book.overview(now).unwrap();
    book.completed(now, 0, usize::MAX).unwrap();
    book.response_weeks(now).unwrap();
}

fn refused_events(n: usize) {
    let mut book = CaseBook::of(&Rulebook::bol()).unwrap();
    let event =
        |i: usize| CaseEvent::new(format!("K-{}", i % 100), minute(i), What::Reopened { by: Party::Seller });
    book.load_all((0..n).map(event));
    book.refused();
    book.drop_refused();
}

fn search(n: usize) {
    let mut book = CaseBook::of(&Rulebook::bol()).unwrap();
    let text: Vec<String> = (0..n).map(|i| format!("word{i}")).collect();
    let opening = Opening { text: Some(text.join(" ")), ..Opening::by(Party::Customer) };
    let _ = book.apply(CaseEvent::new("K-1", minute(0), What::Opened(opening)));
    book.find(&text.join(" "), minute(1)).unwrap();
}

fn rows_of_a_log(n: usize) {
    let row = |i: usize| {
        [
            format!("K-{}", i % 50),
            minute(n - i).to_rfc3339(),
            "customer_message".to_owned(),
            format!("subject {i}"),
        ]
    };
    let log = Rows::new(["case", "at", "event", "subject"], (0..n).map(row));
    read_log(&log, &Mapping::default()).unwrap();
}

fn items_of_an_order(n: usize) {
    let item = |i: usize| json!({"orderItemId": format!("{i:08}"), "quantity": 1, "product": {"ean": "87"}});
    let items: Vec<Value> = (0..n).rev().map(item).collect();
    let text = json!({"orders": [{"orderId": "A", "orderPlacedDateTime": "2026-03-09T12:00:00+01:00", "orderItems": items}]}).to_string();
    Orders::from_json(&text).unwrap().to_json().unwrap();
    let mut documents = RetailerDocuments::new();
    documents.add("monday", &text).unwrap();
    documents.add("tuesday", &text).unwrap();
    documents.order_lines();
}

fn events_of_a_shipment(n: usize) {
    let text = |from: usize| {
        let event =
            |i: usize| json!({"eventCode": "IN_TRANSIT", "eventDateTime": minute(from + i).to_rfc3339()});
        let events: Vec<Value> = (0..n).map(event).collect();
        let items: Vec<Value> =
            (0..n).map(|i| json!({"orderItemId": format!("{i}"), "quantity": 1})).collect();
        json!({"shipments": [{"shipmentId": "S", "shipmentItems": items, "transport": {"transportEvents": events}}]}).to_string()
    };
    let mut documents = RetailerDocuments::new();
    documents.add("monday", &text(0)).unwrap();
    documents.add("tuesday", &text(n / 2)).unwrap();
    documents.shipments();
}

fn returns(n: usize) {
    let item = |i: usize| json!({"rmaId": format!("R{i}"), "orderId": "A", "ean": "87", "handled": false, "processingResults": []});
    let items: Vec<Value> = (0..n).map(item).collect();
    let text = json!({"returns": [{"returnId": "1", "registrationDateTime": "2026-03-10T09:00:00+01:00", "fulfilmentMethod": "FBR", "returnItems": items}]});
    Returns::from_json(&text.to_string()).unwrap().events();
}

fn weeks(n: usize) {
    let first: IsoWeek = "1950-W01".parse().unwrap();
    let numbers: Vec<WeekNumbers> =
        (0..n).map(|i| WeekNumbers::new("response_time", first.plus(i as i32), 90, 100)).collect();
    judge_weeks(&Rulebook::bol(), &numbers, minute(0)).unwrap();
}

fn weeks_of_a_ledger(n: usize) {
    let first: IsoWeek = "1950-W01".parse().unwrap();
    let weeks: Vec<JudgedWeek> = (0..n)
        .map(|i| JudgedWeek::bad(first.plus(i as i32), if i % 5 == 0 { &["response_time"] } else { &[] }))
        .collect();
    let ledger = Ledger::new(&Rulebook::bol(), weeks, Vec::new()).unwrap();
    ledger.history();
    ledger.standing(day(n * 7));
}

fn mail(html: &str) {
    clean_html(html, &MailPolicy::default());
}

fn open_elements_of_a_mail(n: usize) {
    mail(&((0..n).map(|i| format!("<b title={i}>")).collect::<String>() + &"<p>x".repeat(n)));
}

fn blocks_of_a_mail(n: usize) {
    mail(&("<ul><li>".repeat(n) + &"<dl><dd>".repeat(n) + &"<div><pre><a>".repeat(n)));
}

fn attributes_of_a_mail(n: usize) {
    mail(&format!("<p {}>x</p>", (0..n).map(|i| format!("a{i}=1 ")).collect::<String>()));
}

fn columns_of_the_clock(n: usize) {
    let from: Vec<i64> = (0..n).map(|i| minute(i).timestamp_micros()).collect();
    let to: Vec<i64> = (0..n).map(|i| minute(i * 7).timestamp_micros()).collect();
    let mut out = vec![0; n];
    let schedule = Rulebook::bol().schedule().unwrap();
    schedule.timeline().between_many(&from[..], &to[..], &mut out).unwrap();
}

fn scores(n: usize) {
    let scores: Vec<u8> = (0..n).map(|i| (i % 11) as u8).collect();
    Nps::from_scores(scores.iter().copied()).unwrap();
    let keys: Vec<String> = (0..n).map(|i| format!("item {i}")).collect();
    klokuur::nps::nps_by_name(&scores, &keys).unwrap();
}
