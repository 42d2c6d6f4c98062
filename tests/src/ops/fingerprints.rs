//! What a result was computed with.

use klokuur::{Fingerprints, Rulebook};
use serde_json::{Value, json};

use super::engine::schedule;
use crate::vectors::{Operations, Stop};

pub(super) fn register(operations: &mut Operations) {
    operations.add("fingerprints", fingerprints);
    operations.add("fingerprint_changes", changes);
}

fn of(given: &Value) -> Result<Fingerprints, Stop> {
    let found = Fingerprints::of(&schedule(given)?);
    match given["rules"].as_str() {
        Some(name) => Ok(found.with_rules(&Rulebook::shipped(name)?)),
        None => Ok(found),
    }
}

fn fingerprints(given: &Value) -> Result<Value, Stop> {
    Ok(serde_json::to_value(of(given)?)?)
}

fn changes(given: &Value) -> Result<Value, Stop> {
    let changes = of(&given["then"])?.changes(&of(&given["now"])?);
    Ok(json!({ "changes": changes }))
}
