//! The values of a document and how a fault shows them.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::calendar::{HolidayCalendar, NetherlandsOptions};
use crate::rulebook::{CountryCalendar, Ratio};

pub(super) const DATE: &str = "a date such as 2026-03-13";

pub(super) fn date_schema(about: &str) -> Value {
    json!({"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "description": about})
}

pub(super) fn ratio_schema(about: &str) -> Value {
    json!({"type": ["string", "number"], "description": about,
           "pattern": "^ *-?[0-9]+(\\.[0-9]+|/[0-9]+)? *%? *$"})
}

pub(super) fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// The first of many names, as a fault lists them: each of n faults lists them.
pub(super) fn named<'a>(names: impl Iterator<Item = &'a str>) -> String {
    const MOST: usize = 20;
    let mut names = names.peekable();
    let mut listed = names.by_ref().take(MOST).collect::<Vec<_>>().join(", ");
    if names.peek().is_some() {
        listed += &format!(" and {} more", names.count());
    }
    listed
}

pub(super) fn whole(range: &RangeInclusive<u32>) -> String {
    if range.start() == range.end() {
        return range.start().to_string();
    }
    format!("a whole number from {} to {}", range.start(), range.end())
}

pub(super) fn not_valid(value: &Value, accepted: &str) -> String {
    let given = match value {
        Value::Object(_) => "a table".to_owned(),
        Value::Array(_) => "this list".to_owned(),
        scalar => format!("`{scalar}`"),
    };
    format!("{given} is not valid: accepted is {accepted}")
}

pub(super) fn as_integer(value: &Value, range: &RangeInclusive<u32>) -> Option<u32> {
    value.as_u64().and_then(|n| u32::try_from(n).ok()).filter(|n| range.contains(n))
}

pub(super) fn as_text(value: &Value) -> Option<String> {
    value.as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned)
}

pub(super) fn as_ratio(value: &Value) -> Option<Ratio> {
    match value {
        Value::String(text) => text.parse().ok(),
        // The shortest decimal that reads back as this number: what stood in the document.
        Value::Number(number) => number.to_string().parse().ok(),
        _ => None,
    }
}

/// A country's code, or the Dutch calendar with its switches; else what is wrong.
pub(super) fn as_calendar(value: &Value) -> Result<CountryCalendar, String> {
    const ACCEPTED: &str = "a country code, or netherlands with liberation_day (lustrum_years, every_year, never) \
                            and good_friday (true, false)";
    match value {
        Value::String(code) => {
            HolidayCalendar::country(code).map_err(|e| e.to_string())?;
            Ok(CountryCalendar::country(code))
        }
        Value::Object(map) if map.len() == 1 => {
            let options = map.get("netherlands").cloned().map(serde_json::from_value::<NetherlandsOptions>);
            match options {
                Some(Ok(netherlands)) => Ok(CountryCalendar::Netherlands { netherlands }),
                _ => Err(not_valid(value, ACCEPTED)),
            }
        }
        _ => Err(not_valid(value, ACCEPTED)),
    }
}

pub(super) fn as_date(value: &Value) -> Option<NaiveDate> {
    let text = value.as_str().filter(|text| text.len() == 10)?;
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
}
