//! The performance score and the review grade (RULES P).

use chrono::{DateTime, NaiveDate, Utc};
use klokuur::IsoWeek;
use klokuur::norm::{WeekNumbers, judge_weeks};
use klokuur::rulebook::{Ratio, RulebookHistory, RulesByWeek};
use klokuur::score::{PerformanceScore, ReviewGrade, estimate};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::vectors::{Operations, Stop};

pub(super) fn register(operations: &mut Operations) {
    operations.add("score_estimate", estimated);
    operations.add("score_reported", |given| {
        let score: Ratio = given["score"].as_str().unwrap_or_default().parse()?;
        let on: NaiveDate = serde_json::from_value(given["on"].clone())?;
        let score = PerformanceScore::reported(score, on)?;
        let rules = RulebookHistory::bol()?;
        Ok(json!({
            "value": score.value(),
            "estimate": score.is_estimate(),
            "meets_minimum": score.meets_minimum(rules.rules_on(on)?.score_rules()?),
        }))
    });
    operations.add("review_grade", |given| {
        let reviews: Vec<(NaiveDate, u8)> = serde_json::from_value(given["reviews"].clone())?;
        let grade = ReviewGrade::on(
            &RulebookHistory::bol()?,
            &reviews,
            serde_json::from_value::<NaiveDate>(given["on"].clone())?,
        )?;
        Ok(json!({
            "sum": grade.period.sum,
            "count": grade.period.count,
            "all_time": grade.period.all_time,
            "value": grade.value(),
            "meets_norm": grade.meets_norm(),
        }))
    });
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    now: DateTime<Utc>,
    on: NaiveDate,
    /// Norm, week, numerator, denominator.
    numbers: Vec<(String, IsoWeek, i64, u64)>,
}

fn estimated(given: &Value) -> Result<Value, Stop> {
    let given: Given = serde_json::from_value(given.clone())?;
    let rules = RulebookHistory::bol()?;
    let numbers: Vec<_> =
        given.numbers.iter().map(|(norm, week, n, d)| WeekNumbers::new(norm, *week, *n, *d)).collect();
    let results = judge_weeks(&rules, &numbers, given.now)?;
    Ok(serde_json::to_value(estimate(&rules, &results, given.on)?)?)
}
