//! `klokuur weeks`: the service norms, week by week.

use std::io::Write;

use klokuur::norm::WeekResult;

use crate::arguments::Weeks;
use crate::commands::tell_skipped;
use crate::failure::{Failure, Result};
use crate::progress::Progress;
use crate::sheet::{Sheet, Value};

pub(super) fn run(given: &Weeks, out: &mut dyn Write, errors: &mut dyn Write) -> Result<()> {
    given.output.form()?;
    let mut progress = Progress::new();
    let (picture, _) = given.seller.picture(&mut progress)?;
    let weeks: Vec<WeekResult> =
        picture.weeks.iter().flat_map(|week| &week.norms).map(|norm| norm.result.clone()).collect();
    let sheet = sheet(&weeks, given.norm.as_deref(), picture.as_of.now.timezone())?;
    given.output.write(&sheet, Some(&given.seller.log.source), out)?;
    tell_skipped(&picture.read.skipped, errors)
}

/// One row a norm and week.
pub(super) fn sheet(weeks: &[WeekResult], norm: Option<&str>, zone: klokuur::Zone) -> Result<Sheet> {
    let columns = [
        "week",
        "norm",
        "numerator",
        "denominator",
        "value",
        "threshold",
        "bad",
        "count_limit",
        "verdict",
        "finality",
        "final_from",
    ];
    let mut sheet = Sheet::new("weeks", &columns);
    let mut names: Vec<&str> = weeks.iter().map(|week| week.norm.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    if let Some(norm) = norm.filter(|norm| !names.contains(norm)) {
        let there = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        return Err(Failure::Argument(format!("--norm {norm}: there are numbers of {there}")));
    }
    for week in weeks.iter().filter(|week| norm.is_none_or(|norm| week.norm == norm)) {
        sheet.rows.push(vec![
            Value::Text(week.week.to_string()),
            Value::Text(week.norm.clone()),
            Value::Whole(week.numerator),
            Value::count(week.denominator),
            week.value().map_or(Value::Nothing, |value| Value::Number(value, 3)),
            Value::Number(week.threshold.to_f64(), 3),
            week.bad.map_or(Value::Nothing, Value::count),
            week.count_limit.map_or(Value::Nothing, Value::count),
            Value::Text(named(&week.verdict)),
            Value::Text(named(&week.finality)),
            Value::Instant(week.final_from.with_timezone(&zone)),
        ]);
    }
    Ok(sheet)
}

/// A name as every language has it.
pub(super) fn named(value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).ok();
    value.and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
