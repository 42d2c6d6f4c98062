//! Public holidays.

use chrono::NaiveDate;
use klokuur::{Holiday, HolidayCalendar};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::vectors::{Operations, Stop};

pub(super) fn register(operations: &mut Operations) {
    operations.add("holidays", holidays);
    operations.add("holidays_between", holidays_between);
    operations.add("holiday_dates", dates);
    operations.add("holiday_on", on);
    operations.add("calendar_fingerprint", fingerprint);
    operations.add("calendar_json", saved);
}

#[derive(Deserialize)]
struct Range {
    first: NaiveDate,
    last: NaiveDate,
}

/// A country's code, or a calendar's document.
fn calendar(given: &Value) -> Result<HolidayCalendar, Stop> {
    Ok(match &given["calendar"] {
        Value::String(code) => HolidayCalendar::country(code)?,
        document => HolidayCalendar::from_json(&document.to_string())?,
    })
}

fn list(holidays: &[Holiday]) -> Result<Value, Stop> {
    Ok(serde_json::to_value(holidays)?)
}

fn holidays(given: &Value) -> Result<Value, Stop> {
    list(&calendar(given)?.holidays(serde_json::from_value(given["year"].clone())?))
}

fn holidays_between(given: &Value) -> Result<Value, Stop> {
    let range = Range::deserialize(given)?;
    list(&calendar(given)?.holidays_between(range.first, range.last))
}

fn dates(given: &Value) -> Result<Value, Stop> {
    let range = Range::deserialize(given)?;
    Ok(serde_json::to_value(calendar(given)?.dates_between(range.first, range.last))?)
}

fn on(given: &Value) -> Result<Value, Stop> {
    let date: NaiveDate = serde_json::from_value(given["date"].clone())?;
    Ok(json!({"holiday": calendar(given)?.holiday_on(date)}))
}

fn fingerprint(given: &Value) -> Result<Value, Stop> {
    Ok(json!({"fingerprint": calendar(given)?.fingerprint()}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Saved {
    document: String,
}

fn saved(given: &Value) -> Result<Value, Stop> {
    let calendar = HolidayCalendar::from_json(&Saved::deserialize(given)?.document)?;
    Ok(json!({ "document": calendar.to_json(), "fingerprint": calendar.fingerprint() }))
}
