//! Service-level clocks.

use chrono::{DateTime, FixedOffset};
use klokuur::sla::{Amount, MetricStatus, Policy, Sla, SlaEvent};
use klokuur::{HolidayCalendar, Schedule};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::vectors::{Operations, Stop};

pub(super) fn register(operations: &mut Operations) {
    operations.add("sla_evaluate", evaluate);
    operations.add("sla_next_event", next_event);
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    policy: Policy,
    schedule: String,
    zone: String,
    holidays: Option<String>,
    #[serde(default)]
    switches: Vec<Switch>,
    events: Vec<SlaEvent>,
    now: DateTime<FixedOffset>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Switch {
    at: DateTime<FixedOffset>,
    schedule: String,
}

impl Given {
    fn schedule(&self, text: &str) -> Result<Schedule, Stop> {
        let schedule = Schedule::parse_in(text, &self.zone)?;
        Ok(match &self.holidays {
            None => schedule,
            Some(code) => schedule.with_holidays(HolidayCalendar::country(code)?)?,
        })
    }

    fn sla(&self) -> Result<Sla, Stop> {
        let mut sla = Sla::new(self.policy.clone(), self.schedule(&self.schedule)?);
        for switch in &self.switches {
            sla = sla.switched(switch.at, self.schedule(&switch.schedule)?)?;
        }
        Ok(sla)
    }
}

fn read(given: &Value) -> Result<Given, Stop> {
    Ok(serde_json::from_value(given.clone())?)
}

pub(super) fn amount(amount: Amount) -> Value {
    json!({"basis": amount.basis(), "nanoseconds": i64::try_from(amount.as_nanoseconds()).unwrap()})
}

fn clock(status: &MetricStatus) -> Value {
    json!({
        "metric": status.metric,
        "cycle": status.cycle,
        "state": status.state,
        "started": status.started,
        "ended": status.ended,
        "due": status.due,
        "elapsed": amount(status.elapsed),
        "remaining": amount(status.remaining),
        "late": amount(status.late),
        "warnings": status.thresholds.iter().map(|t| json!({"at": t.at, "reached": t.reached})).collect::<Vec<_>>(),
        "why": status.why.as_ref().map(|why| why.to_span_sentence(Default::default())),
    })
}

fn evaluate(given: &Value) -> Result<Value, Stop> {
    let given = read(given)?;
    let found = given.sla()?.evaluate(&given.events, given.now)?;
    Ok(json!({"clocks": found.clocks.iter().map(clock).collect::<Vec<_>>()}))
}

fn next_event(given: &Value) -> Result<Value, Stop> {
    let given = read(given)?;
    let next = given.sla()?.next_event(&given.events, given.now)?;
    Ok(match next {
        None => json!({"at": null}),
        Some(next) => json!({"at": next.at, "changes": next.changes}),
    })
}
