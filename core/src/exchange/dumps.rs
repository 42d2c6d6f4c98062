//! Documents of different days, merged into one picture (RULES R3, R4).

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};

use super::cancellation::OrderItemCancellations;
use super::fields::parse;
use super::indicator::{PerformanceIndicator, PerformanceIndicators};
use super::kpi_scores::{KpiScore, KpiScores};
use super::orders::{Order, OrderFulfilment, OrderItem, Orders};
use super::performance_status::PerformanceStatus;
use super::returns::{Return, ReturnItem, Returns};
use super::shipments::{Shipment, ShipmentItem, Shipments, TransportEvent, TransportEventCode};
use crate::document::Tree;
use crate::error::{KlokuurError, Result};

const DUMP: &str = "Retailer API document";

/// Documents of the Retailer API as they were taken on different days: each order item, shipment, return and score
/// once, as it was last told.
///
/// What changed last wins, and a list that carries less takes nothing away. Changes are told apart by the document's
/// own time of change; where it has none, by the order in which the documents are added. So documents are added oldest
/// first, as a folder sorted by day gives them. Nothing here reads files: the text comes in.
///
/// ```
/// # use klokuur::exchange::RetailerDocuments;
/// let mut documents = RetailerDocuments::new();
/// documents.add("monday.json", r#"{"orders":[{"orderId":"A","orderPlacedDateTime":"2026-03-09T12:00:00+01:00",
///     "orderItems":[{"orderItemId":"1","quantity":2,"latestChangedDateTime":"2026-03-09T12:00:00+01:00"}]}]}"#)?;
/// // The same order again, on Tuesday: it is one order, and what was sent is known.
/// documents.add("tuesday.json", r#"{"orders":[{"orderId":"A","orderPlacedDateTime":"2026-03-09T12:00:00+01:00",
///     "orderItems":[{"orderItemId":"1","quantity":2,"quantityShipped":2,"latestChangedDateTime":"2026-03-10T09:00:00+01:00"}]}]}"#)?;
/// let orders = documents.orders();
/// assert_eq!((orders.orders.len(), orders.orders[0].order_items[0].quantity_shipped), (1, Some(2)));
/// # Ok::<(), klokuur::KlokuurError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct RetailerDocuments {
    added: u64,
    orders: ByKey<String, Order>,
    /// Of each order number, by the number of the item; what the order itself says has none.
    items: BTreeMap<String, Vec<Merged<OrderItem>>>,
    shipments: ByKey<String, Shipment>,
    returns: ByKey<String, Return>,
    cancellations: ByKey<String, super::cancellation::OrderItemCancellation>,
    indicators: ByKey<(String, String, String), PerformanceIndicator>,
    scores: ByKey<(String, String), KpiScore>,
    status: Option<PerformanceStatus>,
}

/// Boxed: a map has room for more records than it holds.
type ByKey<K, T> = BTreeMap<K, Box<Merged<T>>>;

/// When something was told: its own time of change, then the place of its document.
type Told = (Option<DateTime<FixedOffset>>, u64);

#[derive(Debug, Clone)]
struct Merged<T> {
    told: Told,
    record: T,
}

/// A record that can be told again.
trait Retold: Sized {
    /// When it changed, if it tells.
    fn changed(&self) -> Option<DateTime<FixedOffset>>;

    /// What this one does not tell is taken from what was told before.
    fn complete(&mut self, before: Self);
}

impl<T: Retold> Merged<T> {
    fn new(record: T, place: u64) -> Self {
        Self { told: (record.changed(), place), record }
    }

    /// The same told again, now or of before: what changed last wins.
    fn join(&mut self, again: Self) {
        let before = if again.told < self.told { again } else { std::mem::replace(self, again) };
        self.record.complete(before.record);
    }
}

fn merge<K: Ord, T: Retold>(into: &mut ByKey<K, T>, key: K, record: T, place: u64) {
    let merged = Merged::new(record, place);
    match into.entry(key) {
        Entry::Vacant(free) => {
            free.insert(Box::new(merged));
        }
        Entry::Occupied(mut before) => before.get_mut().join(merged),
    }
}

/// The items of an order are few: they stand in a list by their numbers.
fn merge_item(into: &mut Vec<Merged<OrderItem>>, item: OrderItem, place: u64) {
    let found = into.binary_search_by(|known| known.record.order_item_id.cmp(&item.order_item_id));
    let merged = Merged::new(item, place);
    match found {
        Ok(at) => {
            if let Some(before) = into.get_mut(at) {
                before.join(merged);
            }
        }
        Err(at) => into.insert(at, merged),
    }
}

impl RetailerDocuments {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the JSON text of one document, or of a list of documents; its name is for messages. Nothing is added of a
    /// text that is refused.
    ///
    /// Read are pages of orders, shipments and returns and single ones of them, cancellations, performance indicators
    /// (version 10), KPI scores and the performance status (version 11). An empty object is an empty page.
    ///
    /// # Errors
    /// - text that is not JSON, or neither an object nor a list of objects
    /// - an error document of the API
    /// - a document of none of these kinds
    /// - a field that its document needs is missing, or has another type; the message names document and path
    pub fn add(&mut self, name: &str, text: &str) -> Result<()> {
        let named = |error| match error {
            KlokuurError::InvalidDocument { document, path, problem } => {
                KlokuurError::InvalidDocument { document, path: format!("{name}, {path}"), problem }
            }
            other => other,
        };
        let values = match parse(DUMP, text).map_err(named)? {
            Tree::List(values) => values,
            value => vec![value],
        };
        // All are read before any is taken.
        let documents: Vec<_> =
            values.into_iter().map(|value| Document::read(value).map_err(named)).collect::<Result<_>>()?;
        for document in documents {
            self.added += 1;
            self.take(document);
        }
        Ok(())
    }

    fn take(&mut self, document: Document) {
        let place = self.added;
        match document {
            Document::Empty => {}
            Document::Orders(orders) => {
                for mut order in orders {
                    let mut told = std::mem::take(&mut order.order_items);
                    // Each then goes to the end of what is known.
                    told.sort_by(|a, b| a.order_item_id.cmp(&b.order_item_id));
                    let items = self.items.entry(order.order_id.clone()).or_default();
                    items.reserve_exact(told.len());
                    told.into_iter().for_each(|item| merge_item(items, item, place));
                    merge(&mut self.orders, order.order_id.clone(), order, place);
                }
            }
            Document::Shipments(shipments) => {
                for shipment in shipments {
                    merge(&mut self.shipments, shipment.shipment_id.clone(), shipment, place);
                }
            }
            Document::Returns(returns) => {
                for one in returns {
                    merge(&mut self.returns, one.return_id.clone(), one, place);
                }
            }
            Document::Cancellations(cancellations) => {
                for item in cancellations.order_items {
                    merge(&mut self.cancellations, item.order_item_id.clone(), item, place);
                }
            }
            Document::Indicators(document) => {
                for one in document.performance_indicators {
                    let period = &one.details.period;
                    let key =
                        (period.year.clone(), format!("{:0>2}", period.week), one.name.as_str().to_owned());
                    merge(&mut self.indicators, key, one, place);
                }
            }
            Document::Scores(document) => {
                for one in document.kpi_scores {
                    // One week may be written in two ways: 2026-9, 2026-09 and 2026-W09.
                    let week =
                        one.period.iso_week().map_or_else(|_| one.period.id.clone(), |week| week.to_string());
                    let key = (week, one.kpi.as_str().to_owned());
                    merge(&mut self.scores, key, one, place);
                }
            }
            Document::Status(status) => self.status = Some(*status),
        }
    }

    /// All orders, each item as it was last told, by their numbers.
    pub fn orders(&self) -> Orders {
        let whole = |number: &String, order: &Merged<Order>| {
            let mut order = order.record.clone();
            let items = self.items.get(number).into_iter().flatten();
            order.order_items = items.map(|item| item.record.clone()).collect();
            order
        };
        let orders = self.orders.iter().map(|(number, order)| whole(number, order)).collect();
        Orders { orders, ..Orders::default() }
    }

    /// Every order item with its order, by their numbers.
    pub(super) fn each_item(&self) -> impl Iterator<Item = (&Order, &OrderItem)> {
        self.orders.iter().flat_map(|(number, order)| {
            let items = self.items.get(number).into_iter().flatten();
            items.map(|item| (&order.record, &item.record))
        })
    }

    /// Every shipment, by its number.
    pub(super) fn each_shipment(&self) -> impl Iterator<Item = &Shipment> {
        self.shipments.values().map(|merged| &merged.record)
    }

    /// Every return, by its number.
    pub(super) fn each_return(&self) -> impl Iterator<Item = &Return> {
        self.returns.values().map(|merged| &merged.record)
    }

    /// All shipments, by their numbers.
    pub fn shipments(&self) -> Shipments {
        Shipments { shipments: records(&self.shipments), ..Shipments::default() }
    }

    /// All returns, by their numbers.
    pub fn returns(&self) -> Returns {
        Returns { returns: records(&self.returns), ..Returns::default() }
    }

    /// All requests to cancel, by their order items.
    pub fn cancellations(&self) -> OrderItemCancellations {
        OrderItemCancellations {
            order_items: records(&self.cancellations),
            ..OrderItemCancellations::default()
        }
    }

    /// All performance indicators of version 10, by week.
    pub fn indicators(&self) -> PerformanceIndicators {
        let performance_indicators = records(&self.indicators);
        PerformanceIndicators { performance_indicators, ..PerformanceIndicators::default() }
    }

    /// All KPI scores of version 11, by week.
    pub fn kpi_scores(&self) -> KpiScores {
        KpiScores { kpi_scores: records(&self.scores), ..KpiScores::default() }
    }

    /// The performance status that was told last.
    pub fn status(&self) -> Option<&PerformanceStatus> {
        self.status.as_ref()
    }
}

fn records<K, T: Clone>(merged: &ByKey<K, T>) -> Vec<T> {
    merged.values().map(|merged| merged.record.clone()).collect()
}

/// A document of any kind.
enum Document {
    Empty,
    Orders(Vec<Order>),
    Shipments(Vec<Shipment>),
    Returns(Vec<Return>),
    Cancellations(OrderItemCancellations),
    Indicators(PerformanceIndicators),
    Scores(KpiScores),
    Status(Box<PerformanceStatus>),
}

impl Document {
    /// The kind is told by the field that only it has.
    fn read(value: Tree<'_>) -> Result<Self> {
        let Tree::Object(fields) = &value else { return Err(unknown("a value that is no object")) };
        let has = |name: &str| value.has(name);
        Ok(if fields.is_empty() {
            Self::Empty
        } else if has("orders") {
            Self::Orders(Orders::from_tree(value)?.orders)
        } else if has("shipments") {
            Self::Shipments(Shipments::from_tree(value)?.shipments)
        } else if has("returns") {
            Self::Returns(Returns::from_tree(value)?.returns)
        } else if has("shipmentId") {
            Self::Shipments(vec![Shipment::from_tree(value)?])
        } else if has("returnId") {
            Self::Returns(vec![Return::from_tree(value)?])
        } else if has("orderId") {
            Self::Orders(vec![Order::from_tree(value)?])
        } else if has("orderItems") {
            Self::Cancellations(OrderItemCancellations::from_tree(value)?)
        } else if has("performanceIndicators") {
            Self::Indicators(PerformanceIndicators::from_tree(value)?)
        } else if has("kpiScores") {
            Self::Scores(KpiScores::from_tree(value)?)
        } else if has("strike") || has("monitorPeriod") || has("monitoringSystem") {
            Self::Status(Box::new(PerformanceStatus::from_tree(value)?))
        } else {
            // An error document says so itself.
            super::fields::Fields::root(DUMP, value)?;
            return Err(unknown("an object of no known kind"));
        })
    }
}

fn unknown(found: &str) -> KlokuurError {
    KlokuurError::InvalidDocument {
        document: DUMP,
        path: "the top".into(),
        problem: format!(
            "found {found}, accepted is a document with orders, shipments, returns, orderItems, performanceIndicators, kpiScores or \
             a performance status"
        ),
    }
}

/// Fills what is not told from what was told before.
macro_rules! fill {
    ($self:ident from $before:ident: $($field:ident),+) => {
        $(if $self.$field.is_none() { $self.$field = $before.$field; })+
        for (name, value) in $before.other {
            $self.other.entry(name).or_insert(value);
        }
    };
}

impl Retold for Order {
    fn changed(&self) -> Option<DateTime<FixedOffset>> {
        None
    }

    fn complete(&mut self, before: Self) {
        fill!(self from before: order_placed_date_time);
    }
}

impl Retold for OrderItem {
    fn changed(&self) -> Option<DateTime<FixedOffset>> {
        self.latest_changed_date_time
    }

    fn complete(&mut self, before: Self) {
        complete(&mut self.fulfilment, before.fulfilment);
        fill!(self from before: ean, cancellation_request, fulfilment_method, product, quantity_shipped,
            quantity_cancelled, unit_price, latest_changed_date_time);
    }
}

/// A fulfilment that tells less takes nothing away.
fn complete(fulfilment: &mut Option<OrderFulfilment>, before: Option<OrderFulfilment>) {
    match (fulfilment, before) {
        (Some(now), Some(before)) => {
            fill!(now from before: method, distribution_party, latest_delivery_date, exact_delivery_date, expiry_date,
                time_frame_type);
        }
        (now @ None, before) => *now = before,
        _ => {}
    }
}

/// All that an event says, in an order.
fn said(event: &TransportEvent) -> (DateTime<FixedOffset>, TransportEventCode, String) {
    let other = serde_json::to_string(&event.other).unwrap_or_default();
    (event.event_date_time, event.event_code.clone(), other)
}

impl Retold for Shipment {
    fn changed(&self) -> Option<DateTime<FixedOffset>> {
        let events = self.transport.as_ref().and_then(|transport| transport.transport_events.as_ref());
        events.and_then(|events| events.iter().map(|event| event.event_date_time).max())
    }

    fn complete(&mut self, before: Self) {
        match (&mut self.transport, before.transport) {
            (Some(now), Some(before)) => {
                let earlier = before.transport_events.unwrap_or_default();
                let events = now.transport_events.get_or_insert_default();
                let mut known: BTreeSet<_> = events.iter().map(said).collect();
                events.extend(earlier.into_iter().filter(|event| known.insert(said(event))));
                events.sort_by_key(|event| event.event_date_time);
                fill!(now from before: transporter_code, track_and_trace);
            }
            (now @ None, before) => *now = before,
            _ => {}
        }
        let earlier = before.shipment_items.iter().rev().map(|item| (item.order_item_id.as_str(), item));
        let earlier: BTreeMap<&str, &ShipmentItem> = earlier.collect();
        for item in &mut self.shipment_items {
            if let Some(earlier) = earlier.get(item.order_item_id.as_str()).map(|item| (*item).clone()) {
                complete(&mut item.fulfilment, earlier.fulfilment);
                fill!(item from earlier: ean, product, quantity);
            }
        }
        fill!(self from before: shipment_date_time, order);
    }
}

impl Retold for Return {
    fn changed(&self) -> Option<DateTime<FixedOffset>> {
        let processed = self.return_items.iter().flat_map(|item| &item.processing_results);
        processed.filter_map(|one| one.processing_date_time).max()
    }

    fn complete(&mut self, before: Self) {
        let earlier =
            before.return_items.iter().rev().filter_map(|item| Some((item.rma_id.as_deref()?, item)));
        let earlier: BTreeMap<&str, &ReturnItem> = earlier.collect();
        for item in &mut self.return_items {
            let number = item.rma_id.as_deref();
            if let Some(earlier) = number.and_then(|number| earlier.get(number)).map(|item| (*item).clone()) {
                match (&mut item.return_reason, earlier.return_reason) {
                    (Some(now), Some(earlier)) => {
                        fill!(now from earlier: main_reason, detailed_reason, customer_comments);
                    }
                    (now @ None, earlier) => *now = earlier,
                    _ => {}
                }
                if item.processing_results.is_empty() {
                    item.processing_results = earlier.processing_results;
                }
                fill!(item from earlier: order_id, ean, title, expected_quantity, track_and_trace,
                    transporter_name);
            }
        }
        fill!(self from before: fulfilment_method);
    }
}

impl Retold for super::cancellation::OrderItemCancellation {
    fn changed(&self) -> Option<DateTime<FixedOffset>> {
        None
    }

    fn complete(&mut self, before: Self) {
        for (name, value) in before.other {
            self.other.entry(name).or_insert(value);
        }
    }
}

impl Retold for PerformanceIndicator {
    fn changed(&self) -> Option<DateTime<FixedOffset>> {
        None
    }

    fn complete(&mut self, before: Self) {
        if self.details.score.is_none() {
            self.details.score = before.details.score;
        }
    }
}

impl Retold for KpiScore {
    fn changed(&self) -> Option<DateTime<FixedOffset>> {
        None
    }

    fn complete(&mut self, before: Self) {
        fill!(self from before: score, excluded);
    }
}
