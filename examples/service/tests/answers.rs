//! What the service answers, to events, questions and nonsense.

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use klokuur::BusinessDuration;
use serde_json::{Value, json};

use crate::server::{Client, Server, always_open, command, folder};

fn opened(case: &str, at: DateTime<Utc>) -> Value {
    json!({ "case": case, "at": at, "event": "opened", "origin": "customer", "subject": "<b>delivery</b>" })
}

/// When a question must have been asked for its answer to be due at that time.
fn asked_for_due(due: DateTime<Utc>) -> DateTime<Utc> {
    always_open().schedule().unwrap().sub(due, BusinessDuration::hours(24)).unwrap()
}

#[test]
fn an_event_is_taken_once_and_told_once() {
    let folder = folder();
    let server = Server::start(folder.path());
    let client = Client::new();
    let url = |path: &str| format!("{}{path}", server.address);
    let post = |event: &Value| client.post(&url("/events"), &event.to_string()).unwrap();
    let asked = Utc::now() - TimeDelta::hours(1);

    // An answer whose question comes later is kept aside, and taken then (K14).
    let answer = json!({ "case": "K-1", "at": asked + TimeDelta::minutes(5), "event": "seller_message" });
    let (status, body) = post(&answer);
    assert_eq!((status, body["code"].as_str()), (202, Some("impossible_transition")), "{body}");
    let (status, body) = post(&opened("K-1", asked));
    assert_eq!(status, 201, "{body}");
    let kinds: Vec<_> = body["told"].as_array().unwrap().iter().map(|told| &told["what"]["kind"]).collect();
    assert_eq!(kinds, ["opened", "answered"], "{body}");
    assert_eq!(post(&opened("K-1", asked)), (200, json!({ "result": "known" })));
    assert_eq!(post(&answer).0, 200);

    post(&opened("K-2", asked));
    let (_, rows) = client.get(&url("/overview?count=10")).unwrap();
    assert_eq!(rows["cases"].as_array().unwrap().len(), 2, "{rows}");
    let (_, case) = client.get(&url("/cases/K-1")).unwrap();
    assert_eq!(case["case"]["row"]["status"], "waiting_for_customer", "{case}");
    let (_, found) = client.get(&url("/cases?find=k-2")).unwrap();
    assert_eq!(found["cases"][0]["number"], "K-2", "{found}");
    let (_, told) = client.get(&url("/told?since=1")).unwrap();
    assert_eq!(told["told"].as_array().unwrap().len(), 2, "{told}");
    assert_eq!(told["told"][1]["sentence"], "new case K-2 of a customer");
    let (_, events) = client.get(&url("/events")).unwrap();
    assert_eq!(events["events"].as_array().unwrap().len(), 3, "{events}");

    let page = client.text(&url("/"));
    assert!(page.contains("2 open") && page.contains("&lt;b&gt;delivery") && !page.contains("<b>"), "{page}");
    let (status, health) = client.get(&url("/health")).unwrap();
    assert_eq!((status, &health["cases"]), (200, &json!(2)), "{health}");
}

#[test]
fn nonsense_is_refused_with_what_is_accepted() {
    let folder = folder();
    let server = Server::start(folder.path());
    let client = Client::new();
    let url = |path: &str| format!("{}{path}", server.address);
    let future = opened("K-1", Utc::now() + TimeDelta::days(400)).to_string();
    let long = "x".repeat(70_000);
    for (body, status, code) in [
        ("{", 400, "not_an_event"),
        ("{\"case\":\"K-1\"}", 400, "not_an_event"),
        (future.as_str(), 422, "out_of_range"),
    ] {
        let (given, answer) = client.post(&url("/events"), body).unwrap();
        assert_eq!((given, answer["error"]["code"].as_str()), (status, Some(code)), "{body}: {answer}");
        assert!(!answer["error"]["message"].as_str().unwrap().is_empty());
    }
    for (path, status, code) in [
        ("/cases/none", 404, "no_such_case"),
        ("/elsewhere", 404, "not_found"),
        ("/told?since=x", 400, "not_a_query"),
        ("/told?from=1", 400, "not_a_query"),
    ] {
        let (given, answer) = client.get(&url(path)).unwrap();
        assert_eq!((given, answer["error"]["code"].as_str()), (status, Some(code)), "{path}: {answer}");
    }
    // A body that is too long is refused too, and nothing of it all is kept.
    assert!(client.post(&url("/events"), &long).is_none_or(|(status, _)| status == 413));
    assert_eq!(client.get(&url("/events")).unwrap().1, json!({ "events": [] }));
}

#[test]
fn one_timer_tells_a_breach_and_a_restart_does_not_tell_it_again() {
    let folder = folder();
    let server = Server::start(folder.path());
    let client = Client::new();
    let (soon, later) =
        (Utc::now() + TimeDelta::milliseconds(1500), Utc::now() + TimeDelta::milliseconds(2500));
    for (case, due) in [("K-1", soon), ("K-2", later)] {
        let body = opened(case, asked_for_due(due)).to_string();
        assert_eq!(client.post(&format!("{}/events", server.address), &body).unwrap().0, 201);
    }
    let breaches = |server: &Server| -> Vec<Value> {
        let told = client.get(&format!("{}/told", server.address)).unwrap().1;
        let told = told["told"].as_array().unwrap().iter().map(|told| told["told"].clone());
        told.filter(|told| told["what"]["kind"] == "breached").collect()
    };
    // The timer tells it, some time after the deadline.
    let told = |server: &Server, count: usize| -> Vec<Value> {
        let started = Instant::now();
        while breaches(server).len() < count && started.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(50));
        }
        breaches(server).iter().map(|told| told["case"].clone()).collect()
    };
    assert_eq!(told(&server, 1)[0], "K-1");
    // The other one falls while nobody runs, unless it was told already.
    server.kill();
    std::thread::sleep((later - Utc::now()).to_std().unwrap_or_default());
    let server = Server::start(folder.path());
    assert_eq!(told(&server, 2), ["K-1", "K-2"]);
}

#[cfg(unix)]
#[test]
fn it_stops_when_asked_and_one_file_has_one_service() {
    let folder = folder();
    let server = Server::start(folder.path());
    let client = Client::new();
    let body = opened("K-1", Utc::now() - TimeDelta::hours(1)).to_string();
    assert_eq!(client.post(&format!("{}/events", server.address), &body).unwrap().0, 201);

    let second = command(folder.path()).stderr(std::process::Stdio::piped()).output().unwrap();
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(!second.status.success() && said.contains("locked"), "{said}");

    assert_eq!(server.stop(), Some(0));
    let server = Server::start(folder.path());
    assert_eq!(client.get(&format!("{}/cases/K-1", server.address)).unwrap().0, 200);
    server.stop();

    // Other rules are not taken in silence.
    let mut other = always_open();
    other.case.first_response_hours = 30;
    std::fs::write(folder.path().join("rules.toml"), other.to_toml()).unwrap();
    let refused = command(folder.path()).stderr(std::process::Stdio::piped()).output().unwrap();
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && said.contains("judged by others"), "{said}");
}
