//! Random logs, made alike in every language, through every door: one digest of all outcomes.

use std::fmt::Write as _;

use chrono::{DateTime, TimeDelta, Utc};
use klokuur::Rulebook;
use klokuur::case::{CaseBook, CaseEvent, CaseOutcome, EventRecord, evaluate, evaluate_rows};
use klokuur::log::{Mapping, Rows, read_log};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::random::Random;
use crate::vectors::{Operations, Stop};

pub(super) fn register(operations: &mut Operations) {
    operations.add("random_logs", random_logs);
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    seed: u64,
    logs: u64,
}

const HEADER: [&str; 10] =
    ["case", "at", "event", "origin", "kind", "subject", "automatic", "until", "by", "result"];
const KINDS: [&str; 14] = [
    "seller_message",
    "seller_message",
    "seller_message",
    "customer_message",
    "customer_message",
    "follow_up",
    "forwarded",
    "handed_over",
    "returned",
    "closed",
    "closed",
    "reopened",
    "described",
    "handled",
];
const SUBJECTS: [&str; 3] = ["size", "colour", "delivery"];

/// 2 March 2026, 00:00 UTC.
fn first() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_409_600, 0).unwrap()
}

fn written(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The rows of one log: its openings on the first two days, then anything, some of it impossible.
fn rows_of(log: u64, seed: u64) -> Vec<[String; 10]> {
    let mut random = Random::new(seed + log);
    let cases = 1 + random.below(3);
    let rows = cases + random.below(10);
    let row = |place: u64| {
        let [who, minutes, what, a, b] = [(); 5].map(|()| random.bits());
        let opens = place < cases;
        let case = if opens { place } else { who % cases };
        let minutes = if opens { minutes % 2880 } else { 1440 + minutes % 38_880 };
        let event = if opens { "opened" } else { KINDS[usize::try_from(what % 14).unwrap()] };
        let (a, b) = (a % 12, b % 12);
        let at = first() + TimeDelta::minutes(minutes.try_into().unwrap());
        let mut cells = [(); 10].map(|()| String::new());
        cells[0] = format!("{log:04}-{case}");
        cells[1] = written(at);
        event.clone_into(&mut cells[2]);
        let subject = SUBJECTS[usize::try_from(a % 3).unwrap()];
        match event {
            "opened" => {
                cells[3] = if a == 0 { "marketplace" } else { "" }.to_owned();
                cells[4] = ["return", "cancellation", ""][usize::try_from(b.min(2)).unwrap()].to_owned();
                subject.clone_into(&mut cells[5]);
            }
            "described" => subject.clone_into(&mut cells[5]),
            "seller_message" if a < 3 => "yes".clone_into(&mut cells[6]),
            "follow_up" if a > 1 => cells[7] = written(at + TimeDelta::hours(6 * (b as i64 + 1))),
            "closed" if a == 0 => "marketplace".clone_into(&mut cells[8]),
            "handled" => "repaired".clone_into(&mut cells[9]),
            _ => {}
        }
        cells
    };
    (0..rows).map(row).collect()
}

fn event(cells: &[String; 10]) -> Result<CaseEvent, Stop> {
    let fields = HEADER.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
    let fields: Map<String, Value> = fields
        .map(|(name, cell)| {
            ((*name).to_owned(), if *name == "automatic" { true.into() } else { json!(cell) })
        })
        .collect();
    let record: EventRecord = serde_json::from_value(fields.into())?;
    Ok(record.try_into()?)
}

/// FNV-1a of a line a case.
fn digest(outcomes: &[CaseOutcome]) -> String {
    let mut lines: Vec<String> = outcomes
        .iter()
        .map(|outcome| {
            let mut line = format!("{} {}", outcome.case, outcome.verdict.as_str());
            for at in [Some(outcome.opened), outcome.due, outcome.answered, outcome.closed] {
                match at {
                    Some(at) => write!(line, " {}", at.timestamp()).unwrap(),
                    None => line.push_str(" -"),
                }
            }
            writeln!(line, " {} {}", outcome.follow_ups, outcome.subject.as_deref().unwrap_or("-")).unwrap();
            line
        })
        .collect();
    lines.sort();
    let hash = lines.concat().bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    format!("{hash:016x}")
}

fn random_logs(given: &Value) -> Result<Value, Stop> {
    let Given { seed, logs } = serde_json::from_value(given.clone())?;
    let rows: Vec<[String; 10]> = (0..logs).flat_map(|log| rows_of(log, seed)).collect();
    let events = rows.iter().map(event).collect::<Result<Vec<_>, Stop>>()?;
    let (rules, now) = (Rulebook::bol(), first() + TimeDelta::days(30));
    let at_once = evaluate(&events, &rules, now)?.outcomes;
    let found = digest(&at_once);

    let mut one_by_one = CaseBook::of(&rules)?;
    // What its case cannot take is refused by every door alike.
    events.iter().for_each(|event| drop(one_by_one.apply(event)));
    let mut loaded = CaseBook::of(&rules)?;
    loaded.load_rows(events.iter().enumerate().rev());
    let read = read_log(&Rows::new(HEADER, rows.clone()), &Mapping::default())?;
    let from_rows = evaluate_rows(read.events, &rules, now)?.outcomes;
    let reversed = read_log(&Rows::new(HEADER, rows.into_iter().rev()), &Mapping::default())?;
    let from_reversed = evaluate_rows(reversed.events, &rules, now)?.outcomes;
    let doors = [
        ("a book, event by event", one_by_one.outcomes(now)?),
        ("a book, loaded backwards", loaded.outcomes(now)?),
        ("rows of text", from_rows),
        ("rows of text, backwards", from_reversed),
    ];
    for (door, outcomes) in doors {
        assert_eq!(digest(&outcomes), found, "{door}");
    }
    Ok(json!({"cases": at_once.len(), "digest": found}))
}
