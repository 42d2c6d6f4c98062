//! What a result was computed with.

use chrono::{DateTime, Utc};
use klokuur::backtest::{Scenario, backtest};
use klokuur::case::{CaseBook, CaseEvent, SavedBook};
use klokuur::norm::judge_weeks;
use klokuur::{Fingerprints, Rulebook};
use serde::Deserialize;
use serde_json::{Value, json};

use super::engine::schedule;
use crate::vectors::{Operations, Stop};

pub(super) fn register(operations: &mut Operations) {
    operations.add("fingerprints", fingerprints);
    operations.add("fingerprint_changes", changes);
    operations.add("book_fingerprints", book_fingerprints);
    operations.add("book_restored", book_restored);
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

fn rules(given: &Value) -> Result<Rulebook, Stop> {
    Ok(Rulebook::shipped(given["rules"].as_str().unwrap_or("bol-2022"))?)
}

/// The book under a schedule and rules, with its events, at `now`.
fn book(given: &Value, under: &Value) -> Result<(CaseBook, DateTime<Utc>), Stop> {
    let mut book = CaseBook::new(&rules(under)?, schedule(under)?)?;
    book.load_all(Vec::<CaseEvent>::deserialize(&given["events"])?);
    let now = DateTime::<Utc>::deserialize(&given["now"])?;
    book.advance(now)?;
    Ok((book, now))
}

/// What the book, a case and the explanation of its deadline carry; its week, judged by the same rules; both sides of a
/// backtest.
fn book_fingerprints(given: &Value) -> Result<Value, Stop> {
    let (book, now) = book(given, given)?;
    let case = book.case("K-1", now)?;
    let why = case.as_ref().and_then(|case| case.row.why.as_ref());
    let weeks = judge_weeks(&rules(given)?, &book.response_weeks(now)?.numbers(), now)?;
    let side = Scenario::of(&rules(given)?)?.with_clock(schedule(given)?);
    let same = backtest(&book.events(), &[], &side, &side, now)?;
    Ok(json!({
        "book": book.fingerprints(),
        "week": weeks.first().map(|week| &week.fingerprints),
        "before": same.fingerprints_before,
        "after": same.fingerprints_after,
        "case": case.as_ref().map(|case| &case.fingerprints),
        "why": why.map(|why| &why.fingerprints),
    }))
}

/// A book that is saved under `then` and restored under `now_under`.
fn book_restored(given: &Value) -> Result<Value, Stop> {
    let mut saved: Value = serde_json::from_str(&book(given, &given["then"])?.0.saved().to_json())?;
    if given["zone_data"].is_string() {
        saved["fingerprints"]["zone_data"] = given["zone_data"].clone();
    }
    if given["without"] == true {
        saved.as_object_mut().map(|saved| saved.remove("fingerprints"));
    }
    let (saved, under) = (SavedBook::from_json(&saved.to_string())?, &given["now_under"]);
    let restored = match given["anew"] == true {
        true => CaseBook::restore_anew(&rules(under)?, schedule(under)?, &saved)?,
        false => CaseBook::restore(&rules(under)?, schedule(under)?, &saved)?,
    };
    let due =
        restored.overview(DateTime::<Utc>::deserialize(&given["now"])?)?.first().and_then(|row| row.due);
    Ok(json!({"due": due, "advanced_to": restored.advanced_to(), "fingerprints": restored.fingerprints()}))
}
