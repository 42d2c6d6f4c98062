//! Weekly norms.

use chrono::{DateTime, NaiveDate, Utc};
use klokuur::IsoWeek;
use klokuur::Zone;
use klokuur::norm::{ResponseWeeks, WeekNumbers, join, judge, review_period};
use klokuur::rulebook::{Ratio, RulesByWeek};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::vectors::{Operations, Stop};

pub(super) fn register(operations: &mut Operations) {
    operations.add("norm_nps", |given| {
        let count = |key: &str| -> Result<u32, Stop> { Ok(u32::deserialize(&given[key])?) };
        let week = IsoWeek::deserialize(&given["week"])?;
        let numbers = WeekNumbers::nps(week, count("promoters")?, count("passives")?, count("detractors")?);
        Ok(serde_json::to_value(numbers)?)
    });
    operations.add("norm_week", week);
    operations.add("norm_forecast", forecast);
    operations.add("norm_response_weeks", response_weeks);
    operations.add("norm_review_period", reviews);
    operations.add("norm_join", joined);
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Week {
    rulebook: String,
    norm: String,
    week: IsoWeek,
    numerator: i64,
    denominator: u64,
    last_deadline: Option<DateTime<Utc>>,
    measured_by: Option<String>,
    norm_value: Option<Ratio>,
    #[serde(default)]
    excused: bool,
    now: DateTime<Utc>,
}

fn week(given: &Value) -> Result<Value, Stop> {
    let given = Week::deserialize(given)?;
    let rules = super::rules(&given.rulebook)?;
    let mut numbers = WeekNumbers::new(&given.norm, given.week, given.numerator, given.denominator);
    numbers.last_deadline = given.last_deadline;
    numbers.norm_value = given.norm_value;
    numbers.excused = given.excused;
    if given.measured_by.as_deref() == Some("elsewhere") {
        numbers = numbers.measured_elsewhere();
    }
    let result = judge(&rules, &numbers, given.now)?;
    let mut answer = serde_json::to_value(&result)?;
    answer["value"] = result.value().into();
    answer["final_from"] =
        result.final_from.with_timezone(&rules.rules_of_week(given.week)?.clock.zone).to_rfc3339().into();
    Ok(answer)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Running {
    rulebook: String,
    norm: String,
    numerator: i64,
    denominator: u64,
    planned_total: Option<u64>,
}

fn forecast(given: &Value) -> Result<Value, Stop> {
    let given = Running::deserialize(given)?;
    let rules = super::rules(&given.rulebook)?;
    let week: IsoWeek = "2026-W11".parse()?;
    let result = judge(
        &rules,
        &WeekNumbers::new(&given.norm, week, given.numerator, given.denominator),
        DateTime::UNIX_EPOCH,
    )?;
    let forecast = match given.planned_total {
        Some(total) => result.forecast_for(total),
        None => result.forecast(),
    };
    let mut answer = serde_json::to_value(&forecast)?;
    answer["english"] = forecast.to_string().into();
    answer["dutch"] = forecast.dutch().into();
    Ok(answer)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rows {
    zone: Zone,
    now: DateTime<Utc>,
    rows: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    asked: DateTime<Utc>,
    due: DateTime<Utc>,
    answered: Option<DateTime<Utc>>,
}

fn response_weeks(given: &Value) -> Result<Value, Stop> {
    let given = Rows::deserialize(given)?;
    let mut weeks = ResponseWeeks::new(given.zone);
    for row in &given.rows {
        weeks.add(row.asked, row.due, row.answered, given.now)?;
    }
    let mut columns = ResponseWeeks::new(given.zone);
    let column = |pick: fn(&Row) -> i64| given.rows.iter().map(pick).collect::<Vec<_>>();
    columns.add_many(
        &column(|r| r.asked.timestamp_micros()),
        &column(|r| r.due.timestamp_micros()),
        &column(|r| r.answered.map_or(i64::MIN, |t| t.timestamp_micros())),
        given.now,
    )?;
    assert_eq!(weeks, columns, "row by row and in columns");
    let answer: Vec<Value> = weeks.numbers().iter().map(|n| numbers(n, weeks.open(n.week))).collect();
    Ok(json!({ "weeks": answer }))
}

fn numbers(numbers: &WeekNumbers, open: u64) -> Value {
    json!({
        "week": numbers.week,
        "numerator": numbers.numerator,
        "denominator": numbers.denominator,
        "open": open,
        "last_deadline": numbers.last_deadline.map(|t| t.to_rfc3339()),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reviews {
    rulebook: String,
    reviews: Vec<(NaiveDate, u8)>,
    until: NaiveDate,
}

fn reviews(given: &Value) -> Result<Value, Stop> {
    let given = Reviews::deserialize(given)?;
    let rules = super::rules(&given.rulebook)?;
    let period = review_period(rules.rules_on(given.until)?.norm("reviews")?, &given.reviews, given.until)?;
    let mut answer = serde_json::to_value(&period)?;
    answer["grade"] = period.grade().into();
    Ok(answer)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Joined {
    rulebook: String,
    here: Vec<Measured>,
    elsewhere: Vec<Measured>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Measured {
    norm: String,
    week: IsoWeek,
    numerator: i64,
    denominator: u64,
}

fn joined(given: &Value) -> Result<Value, Stop> {
    let given = Joined::deserialize(given)?;
    let numbers = |list: &[Measured]| -> Vec<WeekNumbers> {
        list.iter().map(|m| WeekNumbers::new(&m.norm, m.week, m.numerator, m.denominator)).collect()
    };
    let rules = super::rules(&given.rulebook)?;
    Ok(json!({ "numbers": join(&rules, &numbers(&given.here), &numbers(&given.elsewhere))? }))
}
