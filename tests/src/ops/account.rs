//! Beside the strikes of an account: policy points, what the marketplace reports, and what is told when (RULES S6, S7,
//! K13).

use chrono::{DateTime, NaiveDate, Utc};
use klokuur::Language;
use klokuur::norm::{NormTold, NormWatch, WeekNumbers, WeekResult, judge_weeks};
use klokuur::rulebook::RulesByWeek;
use klokuur::standing::{
    Ledger, PolicyPoints, PolicyPointsEvent, StandingAsReported, StandingTold, StandingWatch, StandingWatches,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::strikes::{judged, ledger};
use crate::vectors::{Operations, Stop};

pub(super) fn register(operations: &mut Operations) {
    operations.add("policy_points", |given| {
        let events = Vec::<PolicyPointsEvent>::deserialize(&given["events"])?;
        let rules = super::rules(given["rulebook"].as_str().unwrap_or_default())?;
        let points = PolicyPoints::new(rules.newest_rules()?, events)?;
        Ok(serde_json::to_value(points.on(NaiveDate::deserialize(&given["on"])?))?)
    });
    operations.add("ledger_compare", |given| {
        let found = ledger(given)?.compare(&StandingAsReported::deserialize(&given["reported"])?)?;
        let mut value = serde_json::to_value(&found)?;
        value["agrees"] = found.agrees().into();
        value["english"] = found.to_string().into();
        value["dutch"] = found.dutch().into();
        Ok(value)
    });
    operations.add("account_told", account_told);
    operations.add("norms_told", norms_told);
}

/// A loop over the wake-ups of two accounts, in one of which nothing ever happens; `then` are other weeks at the end of
/// it.
fn account_told(given: &Value) -> Result<Value, Stop> {
    let mut now = DateTime::<Utc>::deserialize(&given["now"])?;
    let ledger = ledger(given)?;
    let mut watches = StandingWatches::new();
    watches.insert("shop", StandingWatch::new(ledger.clone(), now));
    let rules = super::rules(given["rulebook"].as_str().unwrap_or_default())?;
    watches.insert("quiet", StandingWatch::new(Ledger::new(&rules, vec![], vec![])?, now));
    let (mut wakes, mut told) = (Vec::new(), Vec::<(String, StandingTold)>::new());
    let mut run = |watches: &mut StandingWatches| {
        while let Some(wake) = watches.next_wake_up(now) {
            told.extend(watches.advance(wake));
            wakes.push(wake);
            now = wake;
        }
    };
    run(&mut watches);
    if given["then"].is_array() {
        watches.replace("shop", ledger.with_weeks(&judged(&given["then"])?)?)?;
        run(&mut watches);
    }
    let told = told.into_iter().map(|(account, told)| -> Result<Value, Stop> {
        let mut value = serde_json::to_value(&told.change)?;
        value["account"] = account.into();
        value["on"] = serde_json::to_value(told.on)?;
        value["retracted"] = told.retracted.into();
        value["english"] = told.to_sentence(Language::English).into();
        value["dutch"] = told.to_sentence(Language::Dutch).into();
        Ok(value)
    });
    Ok(json!({"wakes": wakes, "told": told.collect::<Result<Vec<_>, _>>()?}))
}

/// The same of the norms of weeks, whose numbers become those of `then`.
fn norms_told(given: &Value) -> Result<Value, Stop> {
    let mut now = DateTime::<Utc>::deserialize(&given["now"])?;
    let rules = super::rules(given["rulebook"].as_str().unwrap_or_default())?;
    let results = |numbers: &Value| -> Result<Vec<WeekResult>, Stop> {
        Ok(judge_weeks(&rules, &Vec::<WeekNumbers>::deserialize(numbers)?, now)?)
    };
    let mut watch = NormWatch::new(results(&given["numbers"])?, now);
    watch.replace(results(&given["then"])?);
    let (mut wakes, mut told) = (Vec::new(), Vec::<NormTold>::new());
    while let Some(wake) = watch.next_wake_up(now) {
        told.extend(watch.advance(wake));
        wakes.push(wake);
        now = wake;
    }
    let told = told.iter().map(|told| -> Result<Value, Stop> {
        let mut value = serde_json::to_value(told)?;
        value["english"] = told.to_sentence(Language::English).into();
        value["dutch"] = told.to_sentence(Language::Dutch).into();
        Ok(value)
    });
    Ok(json!({"wakes": wakes, "told": told.collect::<Result<Vec<_>, _>>()?}))
}
