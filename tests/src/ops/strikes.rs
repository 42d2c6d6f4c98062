//! Strikes and standing (RULES S).

use chrono::NaiveDate;
use klokuur::standing::{Consequence, JudgedWeek, Ledger, StandingEvent};
use klokuur::{IsoWeek, Language};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::vectors::{Operations, Stop};

pub(super) fn register(operations: &mut Operations) {
    operations.add("ledger_standing", |given| {
        let given: Given = serde_json::from_value(given.clone())?;
        Ok(serde_json::to_value(given.ledger()?.standing(given.on.unwrap_or_default()))?)
    });
    operations.add("ledger_sentences", |given| {
        let given: Given = serde_json::from_value(given.clone())?;
        let report = given.ledger()?.standing(given.on.unwrap_or_default());
        let strikes = |language| -> Vec<_> {
            report.strikes.iter().map(|strike| strike.to_sentence(language)).collect()
        };
        Ok(json!({
            "english": report.to_sentence(Language::English), "dutch": report.to_sentence(Language::Dutch),
            "strikes_english": strikes(Language::English), "strikes_dutch": strikes(Language::Dutch),
        }))
    });
    operations.add("ledger_improvement", |given| {
        let given: Given = serde_json::from_value(given.clone())?;
        let improvement = given.ledger()?.earliest_improvement(given.on.unwrap_or_default());
        Ok(improvement.map_or(Ok(json!({})), serde_json::to_value)?)
    });
    operations.add("ledger_what_if", |given| {
        let given: Given = serde_json::from_value(given.clone())?;
        Ok(json!({"steps": given.ledger()?.what_if(&given.bad)?}))
    });
    operations.add("ledger_bad_weeks_until", |given| {
        let given: Given = serde_json::from_value(given.clone())?;
        let ledger = given.ledger()?;
        Ok(json!({
            "offline": ledger.bad_weeks_until(Consequence::Offline)?,
            "closed": ledger.bad_weeks_until(Consequence::Closed)?,
        }))
    });
    operations.add("ledger_given", |given| {
        let ledger = ledger(given)?;
        let events = ledger.events();
        Ok(json!({"weeks": ledger.weeks(), "events": events}))
    });
    operations.add("ledger_history", |given: &Value| {
        let given: Given = serde_json::from_value(given.clone())?;
        Ok(json!({"entries": given.ledger()?.history()}))
    });
}

/// The ledger of `rulebook`, `weeks` and `events`.
pub(super) fn ledger(given: &Value) -> Result<Ledger, Stop> {
    let part = |key: &str| given[key].clone();
    let given = json!({"rulebook": part("rulebook"), "weeks": part("weeks"), "events": given.get("events").unwrap_or(&json!([]))});
    serde_json::from_value::<Given>(given)?.ledger()
}

/// Weeks as a ledger takes them.
pub(super) fn judged(weeks: &Value) -> Result<Vec<JudgedWeek>, Stop> {
    Ok(Vec::<Week>::deserialize(weeks)?.iter().map(Week::judged).collect())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    rulebook: String,
    weeks: Vec<Week>,
    #[serde(default)]
    events: Vec<StandingEvent>,
    on: Option<NaiveDate>,
    #[serde(default)]
    bad: Vec<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Week {
    week: IsoWeek,
    #[serde(default)]
    missed: Vec<String>,
    final_on: Option<NaiveDate>,
    #[serde(default)]
    provisional: bool,
    orders_to_date: Option<u64>,
}

impl Week {
    fn judged(&self) -> JudgedWeek {
        let missed: Vec<&str> = self.missed.iter().map(String::as_str).collect();
        let mut week = JudgedWeek::bad(self.week, &missed);
        week.final_on = self.final_on.or(week.final_on);
        week.orders_to_date = self.orders_to_date;
        if self.provisional { week.provisional() } else { week }
    }
}

impl Given {
    fn ledger(&self) -> Result<Ledger, Stop> {
        let weeks = self.weeks.iter().map(Week::judged).collect();
        Ok(Ledger::new(&super::rules(&self.rulebook)?, weeks, self.events.clone())?)
    }
}
