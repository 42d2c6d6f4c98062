//! Performance standards and their ladders (RULES N7, S8).

use chrono::NaiveDate;
use klokuur::Rulebook;
use klokuur::rulebook::{RulebookHistory, RulesByWeek};
use klokuur::standards::{StandardFigure, StandardItem, StandardItems, StandardsReport, judge_standards};
use klokuur::timeline::Language;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::rulebook::changed;
use crate::vectors::{Operations, Stop};

pub(super) fn register(operations: &mut Operations) {
    operations.add("standards_judge", judged);
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    /// The name of a rulebook, some of a history, or one that is changed.
    rules: Value,
    on: NaiveDate,
    #[serde(default)]
    items: Vec<StandardItem>,
    #[serde(default)]
    figures: Vec<StandardFigure>,
}

fn judged(given: &Value) -> Result<Value, Stop> {
    let Given { rules, on, items, figures } = Given::deserialize(given)?;
    let items = StandardItems::new(items)?;
    let report = match &rules {
        Value::String(name) => judge_standards(&Rulebook::shipped(name)?, &items, &figures, on)?,
        Value::Array(names) => {
            let shipped = |name: &Value| Rulebook::shipped(name.as_str().unwrap_or_default());
            let history = RulebookHistory::new(names.iter().map(shipped).collect::<klokuur::Result<_>>()?)?;
            judge_standards(&history, &items, &figures, on)?
        }
        changes => judge_standards(&changed(changes)?.to_history()?, &items, &figures, on)?,
    };
    shown(&report)
}

/// By name, with the sentences.
fn shown(report: &StandardsReport) -> Result<Value, Stop> {
    let said = |value: serde_json::Result<Value>, sentence: &dyn Fn(Language) -> String| {
        let mut value = value?;
        value["english"] = sentence(Language::English).into();
        value["dutch"] = sentence(Language::Dutch).into();
        Ok::<Value, Stop>(value)
    };
    let mut standards = Map::new();
    for one in &report.standards {
        let value = said(serde_json::to_value(one), &|language| one.to_sentence(language))?;
        standards.insert(one.standard.clone(), value);
    }
    let mut ladders = Map::new();
    for one in &report.ladders {
        ladders.insert(
            one.ladder.clone(),
            said(serde_json::to_value(one), &|language| one.to_sentence(language))?,
        );
    }
    Ok(
        json!({"on": report.on, "standards": standards, "ladders": ladders, "fingerprints": report.fingerprints}),
    )
}
