//! Logs in rows, read with a mapping.

use klokuur::case::EventRecord;
use klokuur::log::{Mapping, OrderMapping, Rows, read_log, read_orders};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::vectors::{Operations, Stop};

pub(super) fn register(operations: &mut Operations) {
    operations.add("read_log", read);
    operations.add("read_orders", orders);
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    mapping: Option<Value>,
}

fn read(given: &Value) -> Result<Value, Stop> {
    let given: Given = serde_json::from_value(given.clone())?;
    let mapping = match &given.mapping {
        Some(document) => Mapping::from_json(&document.to_string())?,
        None => Mapping::default(),
    };
    let log = read_log(&Rows::new(given.header, given.rows), &mapping)?;
    let mut events = Vec::new();
    for (row, event) in log.events {
        let mut written = serde_json::to_value(EventRecord::from(event))?;
        written["row"] = row.into();
        events.push(written);
    }
    let summary = log.summary;
    let refused = summary.refused.iter();
    let refused =
        refused.map(|(row, error)| json!({"row": row, "code": error.code(), "message": error.to_string()}));
    Ok(json!({
        "events": events,
        "rows": summary.rows,
        "updates": summary.updates,
        "refused": refused.collect::<Vec<_>>(),
        "told": summary.told.iter().map(ToString::to_string).collect::<Vec<_>>(),
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenOrders {
    rows: Vec<Vec<String>>,
    mapping: Value,
}

fn orders(given: &Value) -> Result<Value, Stop> {
    let given: GivenOrders = serde_json::from_value(given.clone())?;
    let export = read_orders(&given.rows, &OrderMapping::from_json(&given.mapping.to_string())?)?;
    let mut lines = Vec::new();
    for one in export.lines {
        let mut written = serde_json::to_value(&one.line)?;
        written["row"] = one.row.into();
        written["order"] = one.order.into();
        written["item"] = one.item.into();
        lines.push(written);
    }
    let refused = export.refused.iter();
    let refused =
        refused.map(|(row, error)| json!({"row": row, "code": error.code(), "message": error.to_string()}));
    Ok(json!({"lines": lines, "refused": refused.collect::<Vec<_>>()}))
}
