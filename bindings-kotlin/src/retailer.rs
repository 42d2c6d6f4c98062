//! Orders, shipments, scores and the performance status of the Retailer API, and documents of different days merged
//! into one picture.

use std::sync::Arc;

use klokuur::exchange::{
    self, KpiScores as CoreScores, Orders as CoreOrders, PerformanceStatus as CoreStatus,
    RetailerDocuments as CoreDocuments, Shipments as CoreShipments,
};

use crate::case_event::CaseEvent;
use crate::error::Result;
use crate::exchange::{OrderItemCancellations, Returns};
use crate::indicator::{PerformanceIndicators, ReportedNumbers};
use crate::open_name::{IndicatorName, KpiCondition, KpiNormType, StrikeReason};
use crate::orders::OrderLine;
use crate::rulebook::Rulebook;
use crate::time::IsoWeek;

/// Declares a document that is read and written.
macro_rules! documents {
    ($($(#[$doc:meta])* $name:ident = $core:ident),+) => {$(
        $(#[$doc])*
        #[derive(Debug, PartialEq, uniffi::Object)]
        #[uniffi::export(Debug)]
        pub struct $name($core);

        #[uniffi::export]
        impl $name {
            /// From the JSON text of the document.
            ///
            /// # Errors
            /// - text that is not JSON
            /// - an error document of the API
            /// - a field that the document needs is missing, or has another type; the message names its path
            #[uniffi::constructor]
            pub fn from_json(text: &str) -> Result<Arc<Self>> {
                Ok(Arc::new(Self($core::from_json(text)?)))
            }

            /// The document as JSON text, unknown fields included.
            ///
            /// # Errors
            /// - none for a document that was read
            pub fn to_json(&self) -> Result<String> {
                Ok(self.0.to_json()?)
            }
        }
    )+};
}

documents! {
    /// A page of orders. Immutable; what it does not know it keeps.
    Orders = CoreOrders,
    /// A page of shipments. Immutable; what it does not know it keeps.
    Shipments = CoreShipments,
    /// A `kpi-scores` document of version 11. Immutable; what it does not know it keeps.
    KpiScores = CoreScores,
    /// A performance status document of version 11. Immutable; what it does not know it keeps.
    PerformanceStatus = CoreStatus
}

/// One item of an order: some pieces of one product.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct OrderItem {
    /// The order's number.
    pub order_id: String,
    /// The number of the item.
    pub order_item_id: String,
    /// The EAN.
    pub ean: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// The pieces ordered.
    pub quantity: i32,
    /// The pieces sent so far.
    pub quantity_shipped: Option<i32>,
    /// The pieces cancelled so far.
    pub quantity_cancelled: Option<i32>,
}

#[uniffi::export]
impl Orders {
    /// The items of all orders, in the document's order.
    pub fn items(&self) -> Vec<OrderItem> {
        let one = |order: &exchange::Order, item: &exchange::OrderItem| OrderItem {
            order_id: order.order_id.clone(),
            order_item_id: item.order_item_id.clone(),
            ean: item.ean.clone().or_else(|| item.product.as_ref()?.ean.clone()),
            title: item.product.as_ref().and_then(|product| product.title.clone()),
            quantity: item.quantity,
            quantity_shipped: item.quantity_shipped,
            quantity_cancelled: item.quantity_cancelled,
        };
        let orders = self.0.orders.iter();
        orders.flat_map(|order| order.order_items.iter().map(move |item| one(order, item))).collect()
    }
}

/// Some pieces of one order item in a shipment.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ShipmentItem {
    /// The shipment's number.
    pub shipment_id: String,
    /// The number of the order item.
    pub order_item_id: String,
    /// The pieces, where told.
    pub quantity: Option<i32>,
    /// The code that the parcel can be followed by.
    pub track_and_trace: Option<String>,
}

#[uniffi::export]
impl Shipments {
    /// The items of all shipments, in the document's order.
    pub fn items(&self) -> Vec<ShipmentItem> {
        let one = |shipment: &exchange::Shipment, item: &exchange::ShipmentItem| ShipmentItem {
            shipment_id: shipment.shipment_id.clone(),
            order_item_id: item.order_item_id.clone(),
            quantity: item.quantity,
            track_and_trace: shipment.transport.as_ref().and_then(|t| t.track_and_trace.clone()),
        };
        let shipments = self.0.shipments.iter();
        shipments.flat_map(|one_of| one_of.shipment_items.iter().map(move |item| one(one_of, item))).collect()
    }
}

/// One score of one week, as reported, with the norm that was in force for this seller.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct KpiScore {
    /// What is measured.
    pub kpi: IndicatorName,
    /// Year and week, as they came.
    pub period: String,
    /// Above the line; none without a score.
    pub numerator: Option<i32>,
    /// Under the line.
    pub denominator: Option<i32>,
    /// The reported value.
    pub value: Option<f64>,
    /// The reported verdict.
    pub conforms: Option<bool>,
    /// Whether the norm is the same for all.
    pub norm_type: KpiNormType,
    /// The direction of the norm.
    pub condition: KpiCondition,
    /// The threshold; none when a dynamic norm has none yet.
    pub threshold: Option<f64>,
    /// Whether the week is excused for this norm.
    pub excluded: bool,
}

#[uniffi::export]
impl KpiScores {
    /// The scores, in the document's order.
    pub fn scores(&self) -> Vec<KpiScore> {
        let one = |one: &exchange::KpiScore| KpiScore {
            kpi: one.kpi.clone().into(),
            period: one.period.id.clone(),
            numerator: one.score.as_ref().map(|score| score.numerator),
            denominator: one.score.as_ref().map(|score| score.denominator),
            value: one.score.as_ref().map(|score| score.value),
            conforms: one.score.as_ref().map(|score| score.conforms_to_norm),
            norm_type: one.norm.kind.clone().into(),
            condition: one.norm.condition.clone().into(),
            threshold: one.norm.value,
            excluded: one.excluded.unwrap_or(false),
        };
        self.0.kpi_scores.iter().map(one).collect()
    }

    /// The numbers of all scores, by the names of the rulebook.
    pub fn numbers(&self, rules: &Rulebook) -> ReportedNumbers {
        self.0.numbers(rules.by_week()).into()
    }
}

/// A week that bears a strike, as reported.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct StrikeWeek {
    /// The week.
    pub week: IsoWeek,
    /// Every norm that was missed.
    pub reasons: Vec<StrikeReason>,
}

/// The standing as the marketplace reports it.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ReportedStanding {
    /// How the account is monitored, as it came.
    pub monitoring_system: Option<String>,
    /// The first week that is looked at.
    pub first_week: Option<IsoWeek>,
    /// The last one, included.
    pub last_week: Option<IsoWeek>,
    /// The strikes, 0 to 7; none when nothing is told of them.
    pub strikes: Option<i32>,
    /// The weeks that bear them, oldest first.
    pub weeks: Vec<StrikeWeek>,
    /// The policy points, 0 to 100.
    pub policy_points: Option<f64>,
    /// The quality score, 0 to 100.
    pub quality_score: Option<f64>,
}

#[uniffi::export]
impl PerformanceStatus {
    /// The standing that it reports.
    pub fn standing(&self) -> ReportedStanding {
        let told = self.0.standing();
        let week = |(week, reasons): (klokuur::IsoWeek, Vec<exchange::StrikeReason>)| StrikeWeek {
            week: week.into(),
            reasons: reasons.into_iter().map(StrikeReason::from).collect(),
        };
        ReportedStanding {
            monitoring_system: told.monitoring_system,
            first_week: told.first_week.map(IsoWeek::from),
            last_week: told.last_week.map(IsoWeek::from),
            strikes: told.strikes,
            weeks: told.weeks.into_iter().map(week).collect(),
            policy_points: told.policy_points,
            quality_score: told.quality_score,
        }
    }
}

/// A document of the Retailer API, or a list of them, with a name for messages.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct NamedDocument {
    /// The name, such as that of its file.
    pub name: String,
    /// The JSON text.
    pub text: String,
}

/// An order line with the numbers that it goes by.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
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
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct RetailerLines {
    /// The lines, by order and item; an item sent in several parcels has a line for each.
    pub lines: Vec<RetailerLine>,
    /// Order items that lack what a line needs, with the reason.
    pub unusable: Vec<String>,
}

/// Documents of the Retailer API of different days, merged: what changed last wins, nothing counts twice. Immutable.
#[derive(Debug, uniffi::Object)]
#[uniffi::export(Debug)]
pub struct RetailerDocuments(CoreDocuments);

#[uniffi::export]
impl RetailerDocuments {
    /// Of documents, oldest first: pages of orders, shipments and returns and single ones of them, cancellations,
    /// performance indicators, KPI scores, performance status, or lists of these.
    ///
    /// # Errors
    /// - text that is not JSON, an error document of the API, or a document of no known kind
    /// - a field that a document needs is missing, or has another type; the message names document and path
    #[uniffi::constructor]
    pub fn of(documents: Vec<NamedDocument>) -> Result<Arc<Self>> {
        let mut merged = CoreDocuments::new();
        for document in documents {
            merged.add(&document.name, &document.text)?;
        }
        Ok(Arc::new(Self(merged)))
    }

    /// All orders, each item as it was last told.
    pub fn orders(&self) -> Arc<Orders> {
        Arc::new(Orders(self.0.orders()))
    }

    /// All shipments.
    pub fn shipments(&self) -> Arc<Shipments> {
        Arc::new(Shipments(self.0.shipments()))
    }

    /// All returns.
    pub fn returns(&self) -> Arc<Returns> {
        Arc::new(Returns(self.0.returns()))
    }

    /// All requests to cancel.
    pub fn cancellations(&self) -> Arc<OrderItemCancellations> {
        Arc::new(OrderItemCancellations(self.0.cancellations()))
    }

    /// All performance indicators of version 10.
    pub fn indicators(&self) -> Arc<PerformanceIndicators> {
        Arc::new(PerformanceIndicators(self.0.indicators()))
    }

    /// All scores of version 11.
    pub fn kpi_scores(&self) -> Arc<KpiScores> {
        Arc::new(KpiScores(self.0.kpi_scores()))
    }

    /// The performance status that was told last.
    pub fn status(&self) -> Option<Arc<PerformanceStatus>> {
        self.0.status().cloned().map(|status| Arc::new(PerformanceStatus(status)))
    }

    /// The order lines: for each parcel of an item, for what was cancelled, and for what is still to be sent.
    pub fn order_lines(&self) -> RetailerLines {
        let told = self.0.order_lines();
        let line = |one: exchange::RetailerLine| RetailerLine {
            order: one.order,
            order_item: one.order_item,
            item: one.item,
            line: one.line.into(),
        };
        RetailerLines { lines: told.lines.into_iter().map(line).collect(), unusable: told.unusable }
    }

    /// The events of all returns' cases, for a case book.
    pub fn case_events(&self) -> Vec<CaseEvent> {
        self.0.case_events().into_iter().map(CaseEvent::from).collect()
    }

    /// The numbers of all reported scores, by the names of the rulebook; where both versions tell a week, version 11
    /// does.
    pub fn numbers(&self, rules: &Rulebook) -> ReportedNumbers {
        self.0.numbers(rules.by_week()).into()
    }
}
