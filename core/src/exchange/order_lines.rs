//! Orders and shipments as order lines (RULES R4), returns as cases (RULES R3), scores as reported numbers (RULES N4).

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::dumps::RetailerDocuments;
use super::fields::pieces;
use super::join::ReportedNumbers;
use super::orders::{OrderFulfilment, OrderItem};
use super::performance_status::{PerformanceStatus, ReportedStanding};
use super::returned::Returned;
use super::returns::Return;
use super::shipments::{Shipment, ShipmentItem};
use crate::case::CaseEvent;
use crate::norm::{Cancelled, OrderLine};
use crate::rulebook::RulesByWeek;
use crate::shipping::ShippingMethod;

/// An order line with the numbers that it goes by.
///
/// Shown at [`RetailerLines`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetailerLine {
    /// The order's number.
    pub order: String,
    /// The number of the order item.
    pub order_item: String,
    /// The product: its EAN, or its title.
    pub item: Option<String>,
    /// The line, ready to be measured.
    pub line: OrderLine,
}

/// The order lines of documents, and what could not be used.
///
/// ```
/// # use klokuur::exchange::RetailerDocuments;
/// let mut documents = RetailerDocuments::new();
/// documents.add("orders.json", r#"{"orders":[{"orderId":"A-1","orderItems":[{"orderItemId":"1","quantity":1}]}]}"#)?;
/// let lines = documents.order_lines();
/// assert!(lines.lines.is_empty()); // nothing says when it was ordered or promised
/// assert_eq!(lines.unusable.len(), 1);
/// documents.add("later.json", r#"{"orders":[{"orderId":"A-1","orderPlacedDateTime":"2026-03-09T12:00:00+01:00",
///     "orderItems":[{"orderItemId":"1","quantity":1,"fulfilment":{"latestDeliveryDate":"2026-03-11"}}]}]}"#)?;
/// let line = &documents.order_lines().lines[0];
/// assert_eq!((line.order.as_str(), line.line.promised_on.to_string().as_str()), ("A-1", "2026-03-11"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetailerLines {
    /// The lines, by order and item; an item sent in several parcels has a line for each, and one that came back at
    /// several times a line for each time.
    pub lines: Vec<RetailerLine>,
    /// Order items that lack what a line needs, with the reason.
    pub unusable: Vec<String>,
}

impl RetailerDocuments {
    /// The order lines (RULES R4): a line for each parcel of an item, one for what was cancelled, one for what is still
    /// to be sent.
    ///
    /// The readings are ours. Promised is the exact, else the latest delivery date. A cancellation is the customer's
    /// when the item bears a request for it, and as of the item's last change; else it is the seller's. An item that
    /// expires unsent is cancelled by itself: the line carries the date. A parcel without a code was delivered nobody
    /// knows when, and so were pieces that were sent, by the order, in no parcel of these documents. The pieces that a
    /// return expects are of the parcels, the first first; a parcel whose pieces came back at several times is told in
    /// as many lines, of which the first alone says of its code.
    pub fn order_lines(&self) -> RetailerLines {
        // A return names its order and the product, never the order item.
        let returned = Returned::of(self.each_return());
        let mut parcels: HashMap<&str, Vec<(&Shipment, &ShipmentItem)>> = HashMap::new();
        for shipment in self.each_shipment() {
            for item in &shipment.shipment_items {
                parcels.entry(&item.order_item_id).or_default().push((shipment, item));
            }
        }
        let mut lines = RetailerLines::default();
        for (order, item) in self.each_item() {
            let parcels = parcels.remove(item.order_item_id.as_str()).unwrap_or_default();
            let placed = order.order_placed_date_time.or_else(|| placed(&parcels));
            lines.add(&order.order_id, placed.map(|at| at.to_utc()), Item::of(item), &parcels, &returned);
        }
        // Orders leave the lists after two days; their shipments stay for three months and say what is needed.
        let mut alone: Vec<_> = parcels.into_iter().collect();
        alone.sort_by_key(|(item, _)| *item);
        for (item, parcels) in alone {
            let order = parcels.iter().find_map(|(shipment, _)| shipment.order.as_ref());
            let number = order.map_or("", |order| order.order_id.as_str());
            let placed = placed(&parcels).map(|at| at.to_utc());
            lines.add(number, placed, Item::of_parcels(item, &parcels), &parcels, &returned);
        }
        lines.lines.sort_by(|a, b| (&a.order, &a.order_item).cmp(&(&b.order, &b.order_item)));
        lines
    }

    /// The events of all returns' cases (RULES R3): see [`Return::events`](super::Return::events).
    pub fn case_events(&self) -> Vec<CaseEvent> {
        self.each_return().flat_map(Return::events).collect()
    }

    /// The numbers of all reported scores, by the names of the rulebook (RULES N4). Where both versions tell a week,
    /// the newer version does.
    pub fn numbers<R: RulesByWeek + ?Sized>(&self, rules: &R) -> ReportedNumbers {
        let mut reported = self.indicators().numbers(rules);
        let newer = self.kpi_scores().numbers(rules);
        let told: BTreeSet<_> = newer.numbers.iter().map(|n| (n.norm.as_str(), n.week)).collect();
        reported.numbers.retain(|n| !told.contains(&(n.norm.as_str(), n.week)));
        reported.numbers.extend(newer.numbers);
        let mut known: BTreeSet<String> = reported.unknown.iter().cloned().collect();
        reported.unknown.extend(newer.unknown.into_iter().filter(|name| known.insert(name.clone())));
        reported.unusable.extend(newer.unusable);
        reported
    }

    /// The standing that the marketplace reported last.
    pub fn standing(&self) -> Option<ReportedStanding> {
        self.status().map(PerformanceStatus::standing)
    }
}

fn placed(parcels: &[(&Shipment, &ShipmentItem)]) -> Option<DateTime<chrono::FixedOffset>> {
    parcels.iter().find_map(|(shipment, _)| shipment.order.as_ref()?.order_placed_date_time)
}

/// What is known of an order item.
struct Item<'a> {
    number: &'a str,
    ean: Option<&'a str>,
    title: Option<&'a str>,
    method: ShippingMethod,
    promised: Option<NaiveDate>,
    expires: Option<NaiveDate>,
    appointment: bool,
    quantity: u32,
    /// As the order tells, in whatever parcels.
    shipped: u32,
    cancelled: u32,
    /// Whether the customer asked to cancel it, and when it changed last.
    by_customer: bool,
    changed: Option<DateTime<Utc>>,
}

impl<'a> Item<'a> {
    fn of(item: &'a OrderItem) -> Self {
        let fulfilment = item.fulfilment.as_ref();
        let product = item.product.as_ref();
        Self {
            number: &item.order_item_id,
            ean: item.ean.as_deref().or_else(|| product?.ean.as_deref()),
            title: product.and_then(|product| product.title.as_deref()),
            method: item.shipping_method(),
            promised: fulfilment.and_then(|f| f.promised()).map(|date| date.date()),
            expires: fulfilment.and_then(|f| f.expiry_date.as_ref()).map(|date| date.date()),
            appointment: fulfilment.is_some_and(OrderFulfilment::is_appointment),
            quantity: pieces(Some(item.quantity)),
            shipped: pieces(item.quantity_shipped),
            cancelled: pieces(item.quantity_cancelled),
            by_customer: item.cancellation_request == Some(true),
            changed: item.latest_changed_date_time.map(|at| at.to_utc()),
        }
    }

    fn of_parcels(number: &'a str, parcels: &[(&'a Shipment, &'a ShipmentItem)]) -> Self {
        let fulfilment = parcels.iter().find_map(|(_, item)| item.fulfilment.as_ref());
        let product = parcels.iter().find_map(|(_, item)| item.product.as_ref());
        let ean = parcels.iter().find_map(|(_, item)| item.ean.as_deref());
        Self {
            number,
            ean: ean.or_else(|| product?.ean.as_deref()),
            title: product.and_then(|product| product.title.as_deref()),
            method: fulfilment.map_or(ShippingMethod::Own, OrderFulfilment::shipping_method),
            promised: fulfilment.and_then(|f| f.promised()).map(|date| date.date()),
            expires: None,
            appointment: fulfilment.is_some_and(OrderFulfilment::is_appointment),
            quantity: parcels.iter().map(|(_, item)| pieces(item.quantity)).sum(),
            shipped: 0,
            cancelled: 0,
            by_customer: false,
            changed: None,
        }
    }
}

impl RetailerLines {
    fn add(
        &mut self,
        order: &str,
        placed: Option<DateTime<Utc>>,
        item: Item<'_>,
        parcels: &[(&Shipment, &ShipmentItem)],
        returned: &Returned<'_>,
    ) {
        // The promise may be told by a parcel only.
        let told = parcels.iter().find_map(|(_, item)| item.fulfilment.as_ref());
        let promised = item.promised.or_else(|| told?.promised().map(|date| date.date()));
        let (Some(ordered_at), Some(promised_on)) = (placed, promised) else {
            let lacks = if placed.is_none() { "when it was placed" } else { "when it was promised" };
            self.unusable.push(format!("item {} of order {order}: not told {lacks}", item.number));
            return;
        };
        if item.quantity == 0 {
            self.unusable.push(format!("item {} of order {order}: a quantity of 0", item.number));
            return;
        }
        let line = OrderLine {
            shipping_method: item.method,
            expires_on: item.expires,
            ..OrderLine::new(ordered_at, item.quantity, promised_on)
        };
        let mut push = |quantity: u32, line: OrderLine| {
            if quantity > 0 {
                let parts = returned.of_line(order, item.ean, OrderLine { quantity, ..line });
                self.lines.extend(parts.into_iter().map(|line| RetailerLine {
                    order: order.to_owned(),
                    order_item: item.number.to_owned(),
                    item: item.ean.or(item.title).map(str::to_owned),
                    line,
                }));
            }
        };
        let cancelled = item.cancelled.min(item.quantity);
        let mut left = item.quantity - cancelled;
        if cancelled > 0 {
            let at = item.changed.unwrap_or(ordered_at).max(ordered_at);
            let cancellation = Cancelled { at, by_customer: item.by_customer, processed_at: None };
            push(cancelled, OrderLine { cancelled: Some(cancellation), ..line.clone() });
        }
        for (at, (shipment, parcel)) in parcels.iter().enumerate() {
            // A list does not tell the pieces: the last parcel has what is left.
            let told = parcel.quantity.map(|quantity| pieces(Some(quantity)));
            let quantity = told.unwrap_or(if at + 1 == parcels.len() { left } else { 1 }).min(left);
            left -= quantity;
            let later = |time: Option<DateTime<chrono::FixedOffset>>| {
                time.map(|time| time.to_utc()).filter(|time| *time >= ordered_at)
            };
            push(
                quantity,
                OrderLine {
                    shipped_at: later(shipment.shipment_date_time).or(Some(ordered_at)),
                    handed_over_at: later(shipment.handed_over_at()),
                    delivered_at: later(shipment.delivered_at()),
                    tracked: shipment.is_tracked(),
                    track_exempt: item.appointment || shipment.is_letter_post(),
                    ..line.clone()
                },
            );
        }
        // R4: sent, in a parcel that these documents do not have: nobody knows when it came, or by which code.
        let sent = item.shipped.saturating_sub(item.quantity - cancelled - left).min(left);
        let shipped_at = Some(item.changed.unwrap_or(ordered_at).max(ordered_at));
        push(sent, OrderLine { shipped_at, track_exempt: true, ..line.clone() });
        left -= sent;
        // Nothing sent yet: there is no parcel that could lack its code.
        push(left, OrderLine { track_exempt: true, ..line });
    }
}
