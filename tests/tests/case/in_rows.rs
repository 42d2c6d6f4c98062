//! A log in rows and columns comes out as its events do, whichever way the fold takes.

use chrono::{DateTime, TimeDelta, Utc};
use klokuur::case::{CaseBook, CaseEvent, EventRecord, evaluate_rows};
use klokuur::log::{LogReader, Mapping, Rows};
use klokuur::{KlokuurError, Rulebook, RulebookHistory};
use serde_json::Value;

use super::at;
use super::laws::log;

/// The rows of an export: every column of a record.
fn rows_of(events: &[CaseEvent]) -> Rows {
    let names: Vec<&str> = EventRecord::COLUMNS.iter().map(|column| column.name).collect();
    let rows: Vec<Vec<String>> = events
        .iter()
        .map(|event| {
            let record = serde_json::to_value(event).unwrap();
            names.iter().map(|name| written(&record[*name])).collect()
        })
        .collect();
    Rows::new(names, rows)
}

fn written(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Object(scores) => {
            let pairs: Vec<String> = scores.iter().map(|(area, score)| format!("{area}={score}")).collect();
            pairs.join(";")
        }
        other => other.to_string(),
    }
}

/// The events that a book takes as they come, each some seconds after the one before: what most logs are.
fn possible(events: Vec<CaseEvent>, rules: &Rulebook) -> Vec<CaseEvent> {
    let mut book = CaseBook::of(rules).unwrap();
    let mut kept = Vec::new();
    for (place, mut event) in (0..).zip(events) {
        event.at += TimeDelta::seconds(7 * place);
        event.id = event.id.map(|id| format!("{id} of {place}"));
        let mut with = book.clone();
        if with.load(&event).is_ok() {
            book = with;
            kept.push(event);
        }
    }
    kept
}

fn told(refused: &[(usize, KlokuurError)]) -> Vec<(usize, String)> {
    refused.iter().map(|(row, error)| (*row, error.to_string())).collect()
}

/// Compares both ways at these times, and says how many cases came out.
fn agree(events: &[CaseEvent], nows: &[DateTime<Utc>], what: &str) -> usize {
    let (rows, mapping) = (rows_of(events), Mapping::default());
    let reader = LogReader::new(&rows, &mapping).unwrap();
    let (bol, history) = (Rulebook::bol(), RulebookHistory::bol().unwrap());
    let mut cases = 0;
    for now in nows {
        let read: Vec<(usize, CaseEvent)> = reader.read().collect();
        let by_book = evaluate_rows(read.clone(), &bol, *now).unwrap();
        let (found, summary) = reader.evaluate(0..events.len(), &bol, *now).unwrap();
        assert_eq!(found.outcomes, by_book.outcomes, "{what}, {now}");
        assert_eq!(told(&found.refused), told(&by_book.refused), "{what}, {now}");
        assert_eq!(found.fingerprints, by_book.fingerprints, "{what}");
        assert_eq!(summary.events, read.len(), "{what}");
        let by_week = evaluate_rows(read, &history, *now).unwrap();
        assert_eq!(
            reader.evaluate(0..events.len(), &history, *now).unwrap().0.outcomes,
            by_week.outcomes,
            "{what}"
        );
        cases += found.outcomes.len();
    }
    cases
}

#[test]
fn c3_a_log_in_rows_comes_out_as_its_events_do() {
    let nows = [at("10 12:00"), at("16 08:00"), at("31 08:00")];
    let mut cases = 0;
    for seed in 0..150 {
        let events = log(seed);
        cases += agree(&events, &nows, &format!("seed {seed}"));
        let events = possible(events, &Rulebook::bol());
        cases += agree(&events, &nows, &format!("what is possible of seed {seed}"));
    }
    assert!(cases > 1_000, "{cases}");
}
