//! Phone availability.

use chrono::{DateTime, FixedOffset};
use klokuur::Rulebook;
use klokuur::phone::{CallAttempt, PhoneHours, phone_weeks};
use serde_json::{Value, json};

use crate::vectors::{Operations, Stop};

pub(super) fn register(operations: &mut Operations) {
    operations.add("phone_weeks", weeks);
    operations.add("phone_hours", hours_at);
}

fn hours(given: &Value) -> Result<PhoneHours, Stop> {
    let hours = PhoneHours::of(&Rulebook::bol())?;
    Ok(match given.get("reachable").and_then(Value::as_str) {
        Some(text) => hours.reachable(text)?,
        None => hours,
    })
}

fn weeks(given: &Value) -> Result<Value, Stop> {
    let calls: Vec<CallAttempt> = serde_json::from_value(given["calls"].clone())?;
    Ok(json!({"weeks": phone_weeks(&calls, &hours(given)?)?}))
}

fn hours_at(given: &Value) -> Result<Value, Stop> {
    let hours = hours(given)?;
    let at: Vec<DateTime<FixedOffset>> = serde_json::from_value(given["at"].clone())?;
    let counts = at.iter().map(|at| hours.counts(*at)).collect::<Result<Vec<_>, _>>()?;
    let reachable = at.iter().map(|at| hours.is_reachable(*at)).collect::<Result<Vec<_>, _>>()?;
    Ok(json!({"counts": counts, "reachable": reachable}))
}
