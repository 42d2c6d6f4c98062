//! The same log under two sets of rules.

use chrono::{DateTime, FixedOffset};
use klokuur::backtest::{Scenario, backtest};
use klokuur::case::CaseEvent;
use klokuur::norm::WeekNumbers;
use klokuur::rulebook::RulebookHistory;
use klokuur::{HolidayCalendar, Schedule};
use serde_json::{Value, json};

use crate::vectors::{Operations, Stop};

pub(super) fn register(operations: &mut Operations) {
    operations.add("backtest", changes);
}

/// bol's rules in a country, with hours of their own where they are given.
fn scenario(given: &Value) -> Result<Scenario, Stop> {
    let country = given["country"].as_str().unwrap_or_default();
    let rules = Scenario::of(&RulebookHistory::bol()?.for_country(country)?)?;
    Ok(match given.get("hours").and_then(Value::as_str) {
        None => rules,
        Some(hours) => {
            let clock = Schedule::parse(hours, chrono_tz::Europe::Amsterdam)?;
            rules.with_clock(clock.with_holidays(HolidayCalendar::country(country)?)?)
        }
    })
}

fn changes(given: &Value) -> Result<Value, Stop> {
    let now: DateTime<FixedOffset> = serde_json::from_value(given["now"].clone())?;
    let events: Vec<CaseEvent> = serde_json::from_value(given["events"].clone())?;
    let elsewhere: Vec<WeekNumbers> =
        given.get("elsewhere").map_or(Ok(Vec::new()), |numbers| serde_json::from_value(numbers.clone()))?;
    let (before, after) = (scenario(&given["before"])?, scenario(&given["after"])?);
    let found = backtest(&events, &elsewhere, &before, &after, now)?;
    let mut answer = serde_json::to_value(&found)?;
    for (change, told) in answer["cases"].as_array_mut().into_iter().flatten().zip(&found.cases) {
        change["text"] = json!(told.to_string());
    }
    for (change, told) in answer["weeks"].as_array_mut().into_iter().flatten().zip(&found.weeks) {
        change["text"] = json!(told.to_string());
    }
    Ok(answer)
}
