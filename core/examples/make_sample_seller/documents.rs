//! The orders of the sample seller as the Retailer API would tell them: dumps of different days, in the documents' own shape.

use chrono::{DateTime, Days, FixedOffset, NaiveDate, SecondsFormat, TimeDelta};
use serde_json::{Value, json};

/// An order of one item, as `orders.csv` has it.
pub(crate) struct SampleOrder {
    /// The order's number.
    pub(crate) number: String,
    /// When it was placed.
    pub(crate) placed: DateTime<FixedOffset>,
    /// The product's title.
    pub(crate) item: String,
    /// The pieces.
    pub(crate) quantity: u32,
    /// The promised local date.
    pub(crate) promised: NaiveDate,
    /// When it was delivered.
    pub(crate) delivered: Option<DateTime<FixedOffset>>,
    /// When it was cancelled, and whether the customer did.
    pub(crate) cancelled: Option<(DateTime<FixedOffset>, bool)>,
    /// Whether the parcel has a code.
    pub(crate) tracked: bool,
}

/// How far back the lists of a dump go.
const BACK: TimeDelta = TimeDelta::days(14);

/// The dumps of every Monday morning until `now`, and of `now`: file names and JSON texts, oldest first. Lists overlap, so most
/// orders are told twice, as they stood on each day.
pub(crate) fn dumps(orders: &[SampleOrder], now: DateTime<FixedOffset>) -> Vec<(String, String)> {
    let Some(first) = orders.iter().map(|order| order.placed).min() else { return Vec::new() };
    let mut days = Vec::new();
    let mut day = first + Days::new(7);
    while day < now {
        days.push(day);
        day = day + Days::new(7);
    }
    days.push(now);
    let mut all = Vec::new();
    for day in days {
        let listed: Vec<_> = orders.iter().filter(|o| o.placed <= day && day - o.placed <= BACK).collect();
        let told: Vec<_> = listed.iter().map(|order| told_order(order, day)).collect();
        let sent: Vec<_> = listed.iter().filter_map(|order| told_shipment(order, day)).collect();
        let date = day.date_naive();
        all.push((format!("{date}/orders.json"), json!({"orders": told}).to_string()));
        all.push((format!("{date}/shipments.json"), json!({"shipments": sent}).to_string()));
    }
    all
}

fn sent_at(order: &SampleOrder) -> Option<DateTime<FixedOffset>> {
    order.cancelled.is_none().then(|| order.placed + TimeDelta::minutes(90))
}

fn told_order(order: &SampleOrder, day: DateTime<FixedOffset>) -> Value {
    let cancelled = order.cancelled.filter(|(at, _)| *at <= day);
    let sent = sent_at(order).filter(|at| *at <= day);
    let changed = cancelled.map(|(at, _)| at).or(sent).unwrap_or(order.placed);
    json!({
        "orderId": order.number,
        "orderPlacedDateTime": text(order.placed),
        "orderItems": [{
            "orderItemId": format!("{}-1", order.number),
            "cancellationRequest": cancelled.is_some_and(|(_, by_customer)| by_customer),
            "fulfilment": fulfilment(order),
            "product": {"ean": ean(&order.item), "title": order.item},
            "quantity": order.quantity,
            "quantityShipped": sent.map_or(0, |_| order.quantity),
            "quantityCancelled": cancelled.map_or(0, |_| order.quantity),
            "unitPrice": 9.95,
            "latestChangedDateTime": text(changed),
        }],
    })
}

fn told_shipment(order: &SampleOrder, day: DateTime<FixedOffset>) -> Option<Value> {
    let sent = sent_at(order).filter(|at| *at <= day)?;
    let mut events = vec![json!({"eventCode": "PRE_ANNOUNCED", "eventDateTime": text(sent)})];
    if let Some(at) = order.delivered.filter(|at| *at <= day) {
        events.push(json!({"eventCode": "DELIVERED_AT_CUSTOMER", "eventDateTime": text(at)}));
    }
    let mut transport = json!({"transporterCode": "INVENTED", "transportEvents": events});
    if order.tracked {
        transport["trackAndTrace"] = format!("INV{}", order.number).into();
    }
    Some(json!({
        "shipmentId": format!("S{}", order.number),
        "shipmentDateTime": text(sent),
        "order": {"orderId": order.number, "orderPlacedDateTime": text(order.placed)},
        "shipmentItems": [{
            "orderItemId": format!("{}-1", order.number),
            "quantity": order.quantity,
            "fulfilment": fulfilment(order),
            "product": {"ean": ean(&order.item), "title": order.item},
        }],
        "transport": transport,
    }))
}

fn fulfilment(order: &SampleOrder) -> Value {
    json!({
        "method": "FBR",
        "distributionParty": "RETAILER",
        "latestDeliveryDate": order.promised.to_string(),
        "expiryDate": (order.promised + Days::new(3)).to_string(),
        "timeFrameType": "REGULAR",
    })
}

/// An invented number for a product: thirteen digits, the same for the same title.
fn ean(item: &str) -> String {
    let sum = item.bytes().fold(0_u64, |sum, byte| (sum * 31 + u64::from(byte)) % 1_000_000_000);
    format!("2000{sum:09}")
}

fn text(at: DateTime<FixedOffset>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, false)
}
