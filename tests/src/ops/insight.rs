//! Insights and overviews.

use chrono::NaiveDate;
use klokuur::case::{CaseKind, Party};
use klokuur::insight::{
    CaseRecord, DatedScore, Dimension, Handling, HandlingTimes, ItemOrders, Overview, OverviewGroup,
    OverviewQuery, Satisfaction, ShareInterval, SignalReport, SubjectOverview,
};
use klokuur::rulebook::InsightRules;
use klokuur::{BusinessDuration, Period, Rulebook, ShippingMethod};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::vectors::{Operations, Stop};

pub(super) fn register(operations: &mut Operations) {
    operations.add("wilson", wilson);
    operations.add("handling_times", handling_times);
    operations.add("subject_overview", subject_overview);
    operations.add("satisfaction", satisfaction);
    operations.add("overview", overview);
    operations.add("signals", signals);
}

fn read<T: DeserializeOwned>(value: &Value) -> Result<T, Stop> {
    Ok(serde_json::from_value(value.clone())?)
}

fn rules() -> InsightRules {
    Rulebook::bol().insight
}

fn wilson(given: &Value) -> Result<Value, Stop> {
    let share =
        ShareInterval::wilson(read(&given["count"])?, read(&given["of"])?, read(&given["confidence"])?)?;
    Ok(share.map_or(json!({}), |share| serde_json::to_value(share).unwrap()))
}

fn times(times: &HandlingTimes) -> Value {
    let time = |t: Option<BusinessDuration>| t.map(|t| json!({"microseconds": t.as_microseconds()}));
    json!({
        "handled": times.handled, "running": times.running,
        "median": time(times.median), "p75": time(times.p75), "p90": time(times.p90), "p95": time(times.p95),
    })
}

fn handling_times(given: &Value) -> Result<Value, Stop> {
    let hours = |key: &str| read::<Vec<i64>>(&given[key]);
    let done = hours("done_hours")?.into_iter().map(|h| Handling::Done(BusinessDuration::hours(h)));
    let running = hours("running_hours")?.into_iter().map(|h| Handling::Running(BusinessDuration::hours(h)));
    Ok(times(&HandlingTimes::of(running.chain(done))))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    opened: NaiveDate,
    subject: Option<String>,
    item: Option<String>,
    defect: Option<String>,
    closed: Option<NaiveDate>,
    #[serde(default)]
    kind: CaseKind,
    #[serde(default)]
    origin: Party,
    agent: Option<String>,
    shipping_method: Option<ShippingMethod>,
    handling_hours: Option<i64>,
    running_hours: Option<i64>,
    on_time: Option<bool>,
    count: usize,
}

fn cases(given: &Value) -> Result<Vec<CaseRecord>, Stop> {
    let rows: Vec<Row> = read(&given["cases"])?;
    let record = |row: Row| {
        let handling = match (row.handling_hours, row.running_hours) {
            (Some(hours), _) => Handling::Done(BusinessDuration::hours(hours)),
            (None, Some(hours)) => Handling::Running(BusinessDuration::hours(hours)),
            (None, None) => Handling::Unknown,
        };
        let case = CaseRecord {
            opened: row.opened,
            subject: row.subject,
            item: row.item,
            defect: row.defect,
            closed: row.closed,
            kind: row.kind,
            origin: row.origin,
            agent: row.agent,
            shipping_method: row.shipping_method,
            handling,
            on_time: row.on_time,
        };
        vec![case; row.count]
    };
    Ok(rows.into_iter().flat_map(record).collect())
}

fn orders(given: &Value) -> Result<Vec<ItemOrders>, Stop> {
    read(&given["orders"])
}

fn subject_overview(given: &Value) -> Result<Value, Stop> {
    let period = Period::between(read::<NaiveDate>(&given["first"])?, read::<NaiveDate>(&given["last"])?)?;
    let overview = SubjectOverview::of(&cases(given)?, &orders(given)?, period, &rules())?;
    Ok(serde_json::to_value(overview)?)
}

fn satisfaction(given: &Value) -> Result<Value, Stop> {
    let scores = |key: &str| read::<Vec<DatedScore>>(&given[key]);
    let rules = Rulebook::bol().survey;
    let page =
        Satisfaction::of(&scores("nps")?, &scores("reviews")?, read::<NaiveDate>(&given["last"])?, &rules)?;
    Ok(serde_json::to_value(page)?)
}

fn group(group: &OverviewGroup) -> Value {
    let mut answer = serde_json::to_value(group).unwrap();
    answer["handling"] = times(&group.handling);
    answer
}

fn overview(given: &Value) -> Result<Value, Stop> {
    let (year, month) =
        given["month"].as_str().and_then(|m| m.split_once('-')).ok_or(Stop::Unreadable("month".into()))?;
    let mut query = OverviewQuery::month(year.parse().unwrap(), month.parse().unwrap())?;
    query.by = given.get("by").map(read::<Vec<Dimension>>).transpose()?.unwrap_or_default();
    query.counted_by = given.get("counted_by").map(read).transpose()?.unwrap_or_default();
    query.only_item = given.get("item").map(read).transpose()?;
    query.only_defect = given.get("defect").map(read).transpose()?;
    query.only_kind = given.get("kind").map(read).transpose()?;
    query.only_origin = given.get("origin").map(read).transpose()?;
    query.only_agent = given.get("agent").map(read).transpose()?;
    query.only_shipping_method = given.get("shipping_method").map(read).transpose()?;
    let overview = Overview::of(&cases(given)?, &orders(given)?, &query)?;
    Ok(json!({
        "counted_by": overview.counted_by,
        "total": group(&overview.total),
        "groups": overview.groups.iter().map(group).collect::<Vec<_>>(),
    }))
}

fn signals(given: &Value) -> Result<Value, Stop> {
    let report =
        SignalReport::of(&cases(given)?, &orders(given)?, read::<NaiveDate>(&given["last"])?, &rules())?;
    let mut answer = serde_json::to_value(&report)?;
    for (row, signal) in report.signals.iter().enumerate() {
        answer["signals"][row]["place"] = signal.place().into();
        answer["signals"][row]["english"] = signal.to_string().into();
    }
    Ok(answer)
}
