//! Documents of format 1 as documents of format 2.
//!
//! - `clock.schedule_change`, `survey.promoters_from`, `survey.passives_from`, a norm's `guideline` and the pause
//!   `waiting_for_customer` go: no code read them.
//! - `clock.liberation_day` and `clock.good_friday` go into the Dutch calendar, where the clock has it.
//! - `strikes.window_weeks` becomes a rolling `window`; `starter_again` is 0.
//! - Every threshold is `fixed` and not `strict`.

use serde_json::{Map, Value, json};

/// The document in format 2; one that says that it is of another format than 1 stays as it is.
pub(super) fn to_format_2(document: &Value) -> Value {
    let mut document = document.clone();
    let Value::Object(map) = &mut document else { return document };
    if map.get("format").is_some_and(|format| *format != json!(1)) {
        return document;
    }
    map.insert("format".into(), json!(2));
    section(map, "clock", clock);
    // One that says no format, and has what only format 2 has, means it.
    let is_newer = map.get("strikes").and_then(|strikes| strikes.get("window")).is_some();
    section(map, "case", |case| {
        if is_newer {
            return;
        }
        if let Some(Value::Array(pauses)) = case.get_mut("pauses") {
            pauses.retain(|pause| pause != "waiting_for_customer");
        }
    });
    section(map, "survey", |survey| {
        let _ = (take(survey, "promoters_from"), take(survey, "passives_from"));
    });
    section(map, "strikes", |strikes| {
        let source = source(strikes, "window_weeks").unwrap_or_else(|| json!("D"));
        if let Some(weeks) = take(strikes, "window_weeks") {
            put(strikes, "window", json!({"kind": "rolling", "weeks": weeks}), source);
        }
        // Of a document that says no format it may be there already.
        if !strikes.contains_key("starter_again") {
            put(strikes, "starter_again", json!(0), json!("D"));
        }
    });
    if let Some(Value::Array(norms)) = map.get_mut("norms") {
        for norm in norms.iter_mut().filter_map(Value::as_object_mut) {
            norm.remove("guideline");
            norm.entry("threshold_kind").or_insert_with(|| json!("fixed"));
            norm.entry("strict").or_insert_with(|| json!(false));
        }
    }
    document
}

fn clock(clock: &mut Map<String, Value>) {
    take(clock, "schedule_change");
    let (liberation_day, good_friday) = (take(clock, "liberation_day"), take(clock, "good_friday"));
    let is_plain = liberation_day.as_ref().is_none_or(|day| day == "lustrum_years")
        && good_friday.as_ref().is_none_or(|day| *day == json!(false));
    if let (Some(Value::Array(calendars)), false) = (clock.get_mut("calendars"), is_plain) {
        let mut switches = Map::new();
        switches.extend(liberation_day.map(|day| ("liberation_day".to_owned(), day)));
        switches.extend(good_friday.map(|day| ("good_friday".to_owned(), day)));
        for calendar in calendars.iter_mut().filter(|calendar| *calendar == "NL") {
            *calendar = json!({"netherlands": switches});
        }
    }
}

fn section(map: &mut Map<String, Value>, name: &str, change: impl FnOnce(&mut Map<String, Value>)) {
    if let Some(Value::Object(section)) = map.get_mut(name) {
        change(section);
    }
}

/// Takes a value and its source out of a section.
fn take(section: &mut Map<String, Value>, name: &str) -> Option<Value> {
    if let Some(Value::Object(sources)) = section.get_mut("sources") {
        sources.remove(name);
    }
    section.remove(name)
}

fn source(section: &Map<String, Value>, name: &str) -> Option<Value> {
    section.get("sources")?.get(name).cloned()
}

fn put(section: &mut Map<String, Value>, name: &str, value: Value, source: Value) {
    section.insert(name.into(), value);
    if let Some(Value::Object(sources)) = section.get_mut("sources") {
        sources.insert(name.into(), source);
    }
}
