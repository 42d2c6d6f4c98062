//! Business time of whole columns, in microseconds.

use chrono::DateTime;
use klokuur::timeline::NULL;
use klokuur::{KlokuurError, Timeline};
use serde_json::{Value, json};

use super::engine::{duration, schedule};
use crate::vectors::{Operations, Stop};

pub(super) fn register(operations: &mut Operations) {
    operations.add("between_many", between_many);
    operations.add("within_many", within_many);
    operations.add("add_many", add_many);
    operations.add("sub_many", sub_many);
    operations.add("is_open_many", is_open_many);
    operations.add("next_open_many", next_open_many);
}

/// A list of instants, with null where null stands.
fn column(given: &Value, key: &str) -> Result<Vec<i64>, Stop> {
    let list = given[key].as_array().ok_or_else(|| Stop::Unreadable(format!("no list of {key}")))?;
    let row = |value: &Value| match value.as_str() {
        None => Ok(NULL),
        Some(text) => match DateTime::parse_from_rfc3339(text) {
            Ok(at) => Ok(at.timestamp_micros()),
            Err(error) => Err(Stop::Unreadable(format!("{text}: {error}"))),
        },
    };
    list.iter().map(row).collect()
}

fn between_many(given: &Value) -> Result<Value, Stop> {
    let (from, to) = (column(given, "from")?, column(given, "to")?);
    let mut out = vec![0; from.len()];
    schedule(given)?.timeline().between_many(&from, &to, &mut out)?;
    let rows: Vec<_> = out.into_iter().map(|row| (row != NULL).then_some(row)).collect();
    Ok(json!({ "microseconds": rows }))
}

fn within_many(given: &Value) -> Result<Value, Stop> {
    let (from, to, budget) = (column(given, "from")?, column(given, "to")?, duration(given)?);
    let mut out = vec![true; from.len()];
    schedule(given)?.timeline().within_many(&from, &to, budget, &mut out)?;
    Ok(json!({ "within": out }))
}

/// Moves the column under `at`, and shows it in the schedule's zone.
fn moved(
    given: &Value,
    run: impl Fn(&Timeline, &[i64], &mut [i64]) -> Result<(), KlokuurError>,
) -> Result<Value, Stop> {
    let (at, schedule) = (column(given, "at")?, schedule(given)?);
    let mut out = vec![0; at.len()];
    run(&schedule.timeline(), &at, &mut out)?;
    let show = |row: i64| {
        let at = DateTime::from_timestamp_micros(row).filter(|_| row != NULL)?;
        Some(at.with_timezone(&schedule.zone()).to_rfc3339())
    };
    Ok(json!({ "at": out.into_iter().map(show).collect::<Vec<_>>() }))
}

fn add_many(given: &Value) -> Result<Value, Stop> {
    let budget = duration(given)?;
    moved(given, |timeline, at, out| timeline.add_many(at, budget, out))
}

fn sub_many(given: &Value) -> Result<Value, Stop> {
    let budget = duration(given)?;
    moved(given, |timeline, at, out| timeline.sub_many(at, budget, out))
}

fn next_open_many(given: &Value) -> Result<Value, Stop> {
    moved(given, |timeline, at, out| timeline.next_open_many(at, out))
}

fn is_open_many(given: &Value) -> Result<Value, Stop> {
    let at = column(given, "at")?;
    let mut out = vec![false; at.len()];
    schedule(given)?.timeline().is_open_many(&at, &mut out)?;
    Ok(json!({ "open": out }))
}
