//! Rulebooks.

use chrono::DateTime;
use klokuur::rulebook::RulebookHistory;
use klokuur::{BusinessDuration, IsoWeek, Rulebook};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::vectors::{Operations, Stop};

pub(super) fn register(operations: &mut Operations) {
    operations.add("rulebook_shipped", shipped);
    operations.add("rulebook_round_trip", round_trip);
    operations.add("rulebook_for_week", for_week);
    operations.add("rulebook_due", due);
    operations.add("rulebook_read", read);
    operations.add("rulebook_from_toml", from_toml);
    operations.add("rulebook_history", history);
}

fn text<'a>(given: &'a Value, key: &str) -> Result<&'a str, Stop> {
    given[key].as_str().ok_or_else(|| Stop::Unreadable(format!("no {key}")))
}

fn shipped(given: &Value) -> Result<Value, Stop> {
    Ok(serde_json::to_value(Rulebook::shipped(text(given, "name")?)?)?)
}

fn round_trip(given: &Value) -> Result<Value, Stop> {
    let rules = Rulebook::shipped(text(given, "name")?)?;
    let same =
        Rulebook::from_toml(&rules.to_toml())? == rules && Rulebook::from_json(&rules.to_json())? == rules;
    Ok(json!({ "same": same }))
}

fn for_week(given: &Value) -> Result<Value, Stop> {
    let week: IsoWeek = text(given, "week")?.parse()?;
    assert_eq!(text(given, "history")?, "bol");
    Ok(json!({ "name": RulebookHistory::bol()?.for_week(week)?.name }))
}

fn due(given: &Value) -> Result<Value, Stop> {
    let rules = Rulebook::shipped(text(given, "name")?)?;
    let clock = match given["country"].as_str() {
        Some(country) => rules.schedule_for(country)?,
        None => rules.schedule()?,
    };
    let asked = DateTime::parse_from_rfc3339(text(given, "asked")?)
        .map_err(|e| Stop::Unreadable(e.to_string()))?
        .with_timezone(&rules.clock.zone);
    let hours = i32::try_from(rules.case.first_response_hours).unwrap();
    Ok(json!({ "due": clock.add(asked, BusinessDuration::hours(hours))?.to_rfc3339() }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changed {
    base: String,
    #[serde(default)]
    set: Map<String, Value>,
    #[serde(default)]
    remove: Vec<String>,
}

fn read(given: &Value) -> Result<Value, Stop> {
    Ok(serde_json::to_value(changed(given)?)?)
}

/// A shipped rulebook with some values set or removed.
pub(super) fn changed(given: &Value) -> Result<Rulebook, Stop> {
    let changed = Changed::deserialize(given)?;
    let mut document: Value = serde_json::from_str(&Rulebook::shipped(&changed.base)?.to_json())?;
    for (path, value) in changed.set {
        let (parent, name) = place(&mut document, &path);
        parent[name] = value;
    }
    for path in changed.remove {
        let (parent, name) = place(&mut document, &path);
        parent.as_object_mut().unwrap().remove(&name).expect("a field to remove");
    }
    Ok(Rulebook::from_json(&document.to_string())?)
}

/// The table that the last part of a path lies in, and that part: `norms[2].threshold`.
fn place<'a>(document: &'a mut Value, path: &str) -> (&'a mut Value, String) {
    let pointer = format!("/{}", path.replace("].", "/").replace(['.', '['], "/"));
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    (document.pointer_mut(parent).expect("a path that is there"), name.to_owned())
}

fn from_toml(given: &Value) -> Result<Value, Stop> {
    Ok(serde_json::to_value(Rulebook::from_toml(text(given, "text")?)?)?)
}

fn history(given: &Value) -> Result<Value, Stop> {
    let names: Vec<String> = serde_json::from_value(given["names"].clone())?;
    let rulebooks = names.iter().map(|name| Rulebook::shipped(name)).collect::<klokuur::Result<Vec<_>>>()?;
    let history = RulebookHistory::new(rulebooks)?;
    let names: Vec<&str> = history.rulebooks().iter().map(|r| r.name.as_str()).collect();
    Ok(json!({ "names": names }))
}
