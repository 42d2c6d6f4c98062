//! A log in rows and columns comes out as its events do, whichever way the fold takes.

use chrono::{DateTime, TimeDelta, Utc};
use klokuur::case::{CaseBook, CaseEvent, CaseOutcome, Cell, EventRecord, OutcomeColumns, evaluate_rows};
use klokuur::log::{LogEvaluation, LogReader, Mapping, Rows, Table};
use klokuur::timeline::NULL;
use klokuur::{KlokuurError, Rulebook, RulebookHistory};
use klokuur_tests::random::Random;
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
        let mut reading = reader.read();
        reading.by_ref().for_each(drop);
        let later = read.iter().filter(|(_, event)| event.at > *now).count();
        let mut whole = reading.end();
        whole.later = later;
        assert_eq!(summary, whole, "{what}");
        in_columns(&reader, events.len(), &by_book.outcomes, *now);
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

/// Compares every cell of the columns, in one part and in two.
fn in_columns(reader: &LogReader<'_, Rows>, rows: usize, outcomes: &[CaseOutcome], now: DateTime<Utc>) {
    let bol = Rulebook::bol();
    let whole = reader.evaluate_columns(0..rows, &bol, now).unwrap().0;
    let evaluation = reader.evaluation(&bol, now).unwrap();
    let part =
        |part: usize| evaluation.columns((0..rows).filter(|row| reader.part_of(*row, 3) == part)).unwrap().0;
    let joined = OutcomeColumns::merged([part(2), part(0), part(1)]).unwrap();
    some_columns(&evaluation, reader, rows, &whole);
    for columns in [whole, joined] {
        assert_eq!(columns.len(), outcomes.len());
        for (place, column) in CaseOutcome::COLUMNS.iter().enumerate() {
            let mut texts = Vec::new();
            columns.each_text(column.name, |text| texts.push(text.map(str::to_owned)));
            assert!(
                !columns.has_no_text(column.name) || texts.iter().all(Option::is_none),
                "{}",
                column.name
            );
            let ticks = columns.ticks(column.name);
            let (counts, truths) = (columns.counts(column.name), columns.truths(column.name));
            for (case, outcome) in outcomes.iter().enumerate() {
                let (text, tick, count, truth) = match outcome.cell(place) {
                    Cell::Missing => (None, NULL, 0, false),
                    Cell::Text(text) => (Some(text.into_owned()), NULL, 0, false),
                    Cell::Instant(at) => (None, at.timestamp_nanos_opt().unwrap(), 0, false),
                    Cell::Amount(amount) => (None, amount.as_nanoseconds().try_into().unwrap(), 0, false),
                    Cell::Truth(truth) => (None, NULL, 0, truth),
                    Cell::Count(count) => (None, NULL, count, false),
                };
                let found = (texts[case].clone(), ticks[case], counts[case], truths[case]);
                assert_eq!(found, (text, tick, count, truth), "{} of {}", column.name, outcome.case);
            }
        }
    }
}

/// Columns that are asked for are those of all, in one part and in two; the others are not there.
fn some_columns(
    evaluation: &LogEvaluation<'_, '_, Rows>,
    reader: &LogReader<'_, Rows>,
    rows: usize,
    whole: &OutcomeColumns<'_>,
) {
    let mut random = Random::new(rows as u64);
    let all: Vec<&str> = CaseOutcome::COLUMNS.iter().map(|column| column.name).collect();
    for _ in 0..3 {
        let few = random.range(1, 12);
        let wanted: Vec<&str> = (0..few).map(|_| random.pick(&all)).collect();
        let evaluation = evaluation.only(&wanted).unwrap();
        let part = |part: usize| {
            evaluation.columns((0..rows).filter(|row| reader.part_of(*row, 2) == part)).unwrap().0
        };
        let joined = OutcomeColumns::merged([part(1), part(0)]).unwrap();
        for found in [evaluation.columns(0..rows).unwrap().0, joined] {
            assert_eq!(found.len(), whole.len());
            assert_eq!(told(&found.refused), told(&whole.refused));
            for name in &all {
                assert_eq!(found.has(name), wanted.contains(name));
                let texts = |columns: &OutcomeColumns<'_>| {
                    let mut texts = Vec::new();
                    columns.each_text(name, |text| texts.push(text.map(str::to_owned)));
                    texts
                };
                let numbers = |columns: &OutcomeColumns<'_>| {
                    (columns.ticks(name), columns.counts(name), columns.truths(name))
                };
                if found.has(name) {
                    assert_eq!(texts(&found), texts(whole), "{name} of {wanted:?}");
                    assert_eq!(numbers(&found), numbers(whole), "{name} of {wanted:?}");
                } else {
                    let count = whole.len();
                    assert_eq!(texts(&found), vec![None; count], "{name} of {wanted:?}");
                    assert_eq!(numbers(&found), (vec![NULL; count], vec![0; count], vec![false; count]));
                    assert!(found.has_no_text(name));
                }
            }
            assert_eq!(found.into_outcomes().unwrap_err().code(), "invalid_value");
        }
    }
}

#[test]
fn c3_an_export_that_repeats_what_is_known_comes_out_the_same() {
    let names =
        ["case", "at", "event", "subject", "order", "shipping_method", "automatic", "by", "result", "kind"];
    let row = |case: &str, day: u32, event: &str, rest: &str| {
        let time = format!("2026-03-{day:02}T10:00:00Z");
        let mut cells: Vec<String> = [case, &time, event].map(str::to_owned).to_vec();
        cells.extend(rest.split(',').map(str::to_owned));
        cells
    };
    let rows = Rows::new(
        names,
        [
            row("B", 12, "seller_message", "delivery,7,,no,,,"),
            row("B", 10, "opened", "delivery,7,VVB,no,,,"),
            row("B", 13, "Closed", "delivery,7,vvb,,SELLER,,"),
            row("A", 10, "opened", "return,,,,,,return"),
            row("A", 11, "received", ",,,,,,"),
            row("A", 12, "handled", ",,,,,refunded,return"),
            row("C", 10, "opened", "?,,lvb,,,,"),
            row("D", 10, "opened", ",,,,,,"),
            row("D", 12, "seller_message", ",,,perhaps,,,"),
            row("E", 10, "opened", "old,,,,,,"),
            row("E", 12, "seller_message", "new,,,,,,"),
            row("E", 20, "closed", ",,,,,,"),
            row("F", 11, "closed", ",,,,customer,,"),
        ],
    );
    let mapping = Mapping::default();
    let reader = LogReader::new(&rows, &mapping).unwrap();
    for day in [11, 12, 13, 30] {
        let now = at(&format!("{day} 12:00"));
        let mut reading = reader.read();
        let events: Vec<_> = reading.by_ref().collect();
        let later = events.iter().filter(|(_, event)| event.at > now).count();
        let mut told = reading.end();
        told.later = later;
        assert!(!told.told.is_empty() && !told.refused.is_empty());
        let by_book = evaluate_rows(events, &Rulebook::bol(), now).unwrap();
        let (found, summary) = reader.evaluate(0..rows.len(), &Rulebook::bol(), now).unwrap();
        assert_eq!(found.outcomes, by_book.outcomes);
        assert_eq!(summary, told);
        in_columns(&reader, rows.len(), &by_book.outcomes, now);
    }
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
