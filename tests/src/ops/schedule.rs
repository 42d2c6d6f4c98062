//! Schedules: `schedule_parse`, `schedule_days`, `schedule_json`.

use chrono::NaiveDate;
use klokuur::schedule::{Hours, ScheduleDay};
use klokuur::{HolidayCalendar, Schedule};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

use crate::vectors::{Operations, Stop};

/// Adds the operations of this area.
pub(super) fn register(operations: &mut Operations) {
    operations.add("schedule_parse", parse);
    operations.add("schedule_days", days);
    operations.add("schedule_json", saved);
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    text: String,
    zone: String,
}

fn parse(given: &Value) -> Result<Value, Stop> {
    let given = Text::deserialize(given)?;
    Ok(json!({ "text": Schedule::parse_in(&given.text, &given.zone)?.to_string() }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Days {
    text: String,
    zone: String,
    holidays: Option<String>,
    own_holidays: Option<OwnHolidays>,
    dates: Vec<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnHolidays {
    dates: BTreeMap<NaiveDate, String>,
}

fn days(given: &Value) -> Result<Value, Stop> {
    let given = Days::deserialize(given)?;
    let mut schedule = Schedule::parse_in(&given.text, &given.zone)?;
    if let Some(country) = &given.holidays {
        schedule = schedule.with_holidays(HolidayCalendar::country(country)?)?;
    }
    if let Some(own) = given.own_holidays {
        schedule = schedule.with_holidays(HolidayCalendar::from_dates(own.dates)?)?;
    }
    let days = given.dates.iter().map(|date| schedule.day(*date).map(|found| day(&found)));
    let days: Vec<Value> = days.collect::<Result<_, _>>()?;
    Ok(json!({ "days": days }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Saved {
    document: String,
    #[serde(default)]
    calendars: Vec<String>,
}

fn saved(given: &Value) -> Result<Value, Stop> {
    let given = Saved::deserialize(given)?;
    let calendars: Vec<_> =
        given.calendars.iter().map(|text| HolidayCalendar::from_json(text)).collect::<Result<_, _>>()?;
    let schedule = Schedule::from_json(&given.document, &calendars)?;
    Ok(json!({ "document": schedule.to_json(), "fingerprint": schedule.fingerprint() }))
}

/// The day with its stretches as `09:00-17:00,24:00-30:00`: opening and closing in hours since the date's 00:00.
fn day(day: &ScheduleDay) -> Value {
    let open: Vec<String> = day.open.iter().map(ToString::to_string).collect();
    json!({
        "date": day.date,
        "open": if open.is_empty() { Hours::closed().to_string() } else { open.join(",") },
        "reason": day.reason,
        "holiday": day.holiday.as_ref().map(|holiday| &holiday.name_en),
    })
}
