//! Business time: the questions of a schedule.

use chrono::{DateTime, NaiveDate};
use klokuur::Zone;
use klokuur::schedule::Conventions;
use klokuur::timeline::{ExplainedStretch, Language};
use klokuur::{BusinessDuration, HolidayCalendar, KlokuurError, Schedule};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::vectors::{Operations, Stop, UNITS};

pub(super) fn register(operations: &mut Operations) {
    operations.add("between", between);
    operations.add("within", within);
    operations.add("add", add);
    operations.add("sub", sub);
    operations.add("is_open", is_open);
    operations.add("next_open", next_open);
    operations.add("next_close", next_close);
    operations.add("intervals", intervals);
    operations.add("explain", explain);
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    text: String,
    zone: String,
    #[serde(default)]
    holidays: Vec<Value>,
    #[serde(default)]
    conventions: Conventions,
    #[serde(default)]
    then: Vec<Then>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Then {
    from: NaiveDate,
    text: String,
    #[serde(default)]
    holidays: Vec<Value>,
}

/// The schedule under the key `schedule`.
pub(super) fn schedule(given: &Value) -> Result<Schedule, Stop> {
    let written = Written::deserialize(&given["schedule"])?;
    let part = |text: &str, holidays: &[Value]| -> Result<Schedule, Stop> {
        let mut schedule = Schedule::parse_in(text, &written.zone)?;
        let calendars = holidays.iter().map(|calendar| match calendar {
            Value::String(code) => HolidayCalendar::country(code),
            document => HolidayCalendar::from_json(&document.to_string()),
        });
        let calendars = calendars.collect::<Result<Vec<_>, KlokuurError>>()?;
        if let Some(calendar) = calendars.into_iter().reduce(|a, b| a.union(&b)) {
            schedule = schedule.with_holidays(calendar)?;
        }
        Ok(schedule.with_conventions(written.conventions))
    };
    let mut schedule = part(&written.text, &written.holidays)?;
    for then in &written.then {
        schedule = schedule.from(then.from, part(&then.text, &then.holidays)?)?;
    }
    Ok(schedule)
}

fn instant_of(value: &Value, zone: Zone) -> Result<DateTime<Zone>, Stop> {
    let text = value.as_str().ok_or_else(|| Stop::Unreadable(format!("{value} is no instant")))?;
    let instant = DateTime::parse_from_rfc3339(text).map_err(|e| Stop::Unreadable(format!("{text}: {e}")))?;
    Ok(instant.with_timezone(&zone))
}

/// The instant under a key, in the schedule's zone.
fn instant(given: &Value, key: &str, zone: Zone) -> Result<DateTime<Zone>, Stop> {
    instant_of(&given[key], zone)
}

/// The duration under the name of its unit.
pub(super) fn duration(given: &Value) -> Result<BusinessDuration, Stop> {
    let found = UNITS.iter().find_map(|(key, unit)| Some((given.get(key)?.as_i64()?, *unit)));
    let nanoseconds = found.and_then(|(number, unit)| number.checked_mul(unit));
    nanoseconds
        .map(BusinessDuration::from_nanoseconds)
        .ok_or_else(|| Stop::Unreadable(format!("no duration in {given}")))
}

/// A duration as an answer.
fn nanoseconds(duration: BusinessDuration) -> Value {
    json!({"nanoseconds": i64::try_from(duration.as_nanoseconds()).expect("within two centuries")})
}

fn between(given: &Value) -> Result<Value, Stop> {
    let schedule = schedule(given)?;
    let (from, to) = (instant(given, "from", schedule.zone())?, instant(given, "to", schedule.zone())?);
    Ok(nanoseconds(schedule.between(from, to)?))
}

fn within(given: &Value) -> Result<Value, Stop> {
    let schedule = schedule(given)?;
    let (from, to) = (instant(given, "from", schedule.zone())?, instant(given, "to", schedule.zone())?);
    Ok(json!({"within": schedule.within(from, to, duration(given)?)?}))
}

fn add(given: &Value) -> Result<Value, Stop> {
    let schedule = schedule(given)?;
    Ok(json!({"at": schedule.add(instant(given, "at", schedule.zone())?, duration(given)?)?.to_rfc3339()}))
}

fn sub(given: &Value) -> Result<Value, Stop> {
    let schedule = schedule(given)?;
    Ok(json!({"at": schedule.sub(instant(given, "at", schedule.zone())?, duration(given)?)?.to_rfc3339()}))
}

fn is_open(given: &Value) -> Result<Value, Stop> {
    let schedule = schedule(given)?;
    Ok(json!({"open": schedule.is_open(instant(given, "at", schedule.zone())?)?}))
}

fn next_open(given: &Value) -> Result<Value, Stop> {
    let schedule = schedule(given)?;
    Ok(json!({"at": schedule.next_open(instant(given, "at", schedule.zone())?)?.to_rfc3339()}))
}

fn next_close(given: &Value) -> Result<Value, Stop> {
    let schedule = schedule(given)?;
    let close = schedule.next_close(instant(given, "at", schedule.zone())?)?;
    Ok(json!({"at": close.map(|at| at.to_rfc3339())}))
}

fn intervals(given: &Value) -> Result<Value, Stop> {
    let schedule = schedule(given)?;
    let (from, to) = (instant(given, "from", schedule.zone())?, instant(given, "to", schedule.zone())?);
    let open = schedule.intervals(from, to)?;
    let open = open.iter().map(|i| json!({"start": i.start.to_rfc3339(), "end": i.end.to_rfc3339()}));
    Ok(json!({"intervals": open.collect::<Vec<_>>()}))
}

fn explain(given: &Value) -> Result<Value, Stop> {
    let schedule = schedule(given)?;
    let (from, to) = (instant(given, "from", schedule.zone())?, instant(given, "to", schedule.zone())?);
    let told = schedule.explain(from, to)?;
    let stretch = |stretch: &ExplainedStretch| -> Result<Value, Stop> {
        let mut row = nanoseconds(stretch.counted);
        let reason = serde_json::to_value(&stretch.reason)?;
        row["from"] = stretch.from.to_rfc3339().into();
        row["to"] = stretch.to.to_rfc3339().into();
        row["reason"] = reason["kind"].clone();
        row["holiday"] = reason["holiday"]["name_en"].clone();
        Ok(row)
    };
    let mut answer = nanoseconds(told.counted);
    answer["stretches"] = told.stretches.iter().map(stretch).collect::<Result<Vec<_>, _>>()?.into();
    answer["english"] = told.to_sentence(Language::English).into();
    answer["dutch"] = told.to_sentence(Language::Dutch).into();
    answer["span_english"] = told.to_span_sentence(Language::English).into();
    answer["span_dutch"] = told.to_span_sentence(Language::Dutch).into();
    answer["customer_english"] = told.to_customer_text(Language::English).into();
    answer["customer_dutch"] = told.to_customer_text(Language::Dutch).into();
    Ok(answer)
}
