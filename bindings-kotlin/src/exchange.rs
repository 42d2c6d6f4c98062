//! Returns and cancellations of the marketplace's Retailer API: read, checked against themselves, written back.

use std::sync::Arc;

use klokuur::exchange::{self, OrderItemCancellations as CoreCancellations, Returns as CoreReturns};

use crate::case_event::CaseEvent;
use crate::error::Result;
use crate::open_name::{CancellationReason, HandlingResult, ProcessingResult};
use crate::time::Instant;

/// What starts the clock of a return's case: every returned item is a case of its own.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ReturnStart {
    /// The item's return number, or the return's number when it has none.
    pub number: String,
    /// When the return was registered.
    pub at: Instant,
    /// The order number.
    pub order: Option<String>,
    /// The item: its EAN, or its title.
    pub item: Option<String>,
    /// The main reason.
    pub subject: Option<String>,
    /// The detailed reason.
    pub defect: Option<String>,
    /// What the customer wrote.
    pub text: Option<String>,
    /// Whether the seller has handled it.
    pub handled: bool,
    /// When the last piece was processed; none while the item is not handled, or when that is not told.
    pub handled_at: Option<Instant>,
    /// How the last piece was handled.
    pub handling_result: Option<HandlingResult>,
}

impl From<exchange::ReturnStart> for ReturnStart {
    fn from(start: exchange::ReturnStart) -> Self {
        Self {
            number: start.number,
            at: start.at.to_utc(),
            order: start.order,
            item: start.item,
            subject: start.subject,
            defect: start.defect,
            text: start.text,
            handled: start.handled,
            handled_at: start.handled_at.map(|at| at.to_utc()),
            handling_result: start.handling_result.map(HandlingResult::from),
        }
    }
}

/// Why an item comes back, in the customer's words.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ReturnReason {
    /// The main reason.
    pub main_reason: Option<String>,
    /// The reason in more detail.
    pub detailed_reason: Option<String>,
    /// What the customer wrote.
    pub customer_comments: Option<String>,
}

/// What was done with some pieces of a returned item.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ReturnProcessing {
    /// How many pieces.
    pub quantity: Option<i32>,
    /// What the marketplace made of it.
    pub processing_result: Option<ProcessingResult>,
    /// How the seller handled it.
    pub handling_result: Option<HandlingResult>,
    /// When it was processed.
    pub processed_at: Option<Instant>,
}

/// One item of a return.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ReturnItem {
    /// The number of this item's return.
    pub rma_id: Option<String>,
    /// The order it was bought in.
    pub order_id: Option<String>,
    /// The product's EAN.
    pub ean: Option<String>,
    /// The product's title.
    pub title: Option<String>,
    /// How many pieces are expected back.
    pub expected_quantity: Option<i32>,
    /// Why it comes back.
    pub reason: Option<ReturnReason>,
    /// The code that the parcel can be followed by.
    pub track_and_trace: Option<String>,
    /// Who carries it.
    pub transporter_name: Option<String>,
    /// Whether the seller has handled it.
    pub handled: bool,
    /// What was done with it, in parts.
    pub processing_results: Vec<ReturnProcessing>,
}

impl From<&exchange::ReturnItem> for ReturnItem {
    fn from(item: &exchange::ReturnItem) -> Self {
        let reason = |reason: &exchange::ReturnReason| ReturnReason {
            main_reason: reason.main_reason.clone(),
            detailed_reason: reason.detailed_reason.clone(),
            customer_comments: reason.customer_comments.clone(),
        };
        let processing = |p: &exchange::ReturnProcessing| ReturnProcessing {
            quantity: p.quantity,
            processing_result: p.processing_result.clone().map(ProcessingResult::from),
            handling_result: p.handling_result.clone().map(HandlingResult::from),
            processed_at: p.processing_date_time.map(|at| at.to_utc()),
        };
        Self {
            rma_id: item.rma_id.clone(),
            order_id: item.order_id.clone(),
            ean: item.ean.clone(),
            title: item.title.clone(),
            expected_quantity: item.expected_quantity,
            reason: item.return_reason.as_ref().map(reason),
            track_and_trace: item.track_and_trace.clone(),
            transporter_name: item.transporter_name.clone(),
            handled: item.handled,
            processing_results: item.processing_results.iter().map(processing).collect(),
        }
    }
}

/// One registered return of one or more items.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Return {
    /// The return's number.
    pub return_id: String,
    /// When it was registered.
    pub registered_at: Instant,
    /// `FBR` (by the retailer) or `FBB` (by the marketplace), as it came.
    pub fulfilment_method: Option<String>,
    /// The items.
    pub items: Vec<ReturnItem>,
}

/// A `Returns` document: a page of returns. Immutable; what it does not know it keeps.
#[derive(Debug, PartialEq, uniffi::Object)]
#[uniffi::export(Debug)]
pub struct Returns(pub(crate) CoreReturns);

#[uniffi::export]
impl Returns {
    /// From the JSON text of the document.
    ///
    /// # Errors
    /// - text that is not JSON
    /// - a field that the document needs is missing, or has another type; the message names its path
    #[uniffi::constructor]
    pub fn from_json(text: &str) -> Result<Arc<Self>> {
        Ok(Arc::new(Self(CoreReturns::from_json(text)?)))
    }

    /// The document as JSON text, unknown fields included.
    ///
    /// # Errors
    /// - none for a document that was read
    pub fn to_json(&self) -> Result<String> {
        Ok(self.0.to_json()?)
    }

    /// The returns, in the document's order.
    pub fn returns(&self) -> Vec<Return> {
        let one = |r: &exchange::Return| Return {
            return_id: r.return_id.clone(),
            registered_at: r.registration_date_time.to_utc(),
            fulfilment_method: r.fulfilment_method.clone(),
            items: r.return_items.iter().map(ReturnItem::from).collect(),
        };
        self.0.returns.iter().map(one).collect()
    }

    /// What starts the clock of each item, in the document's order.
    pub fn starts(&self) -> Vec<ReturnStart> {
        self.0.starts().into_iter().map(ReturnStart::from).collect()
    }

    /// The events of the returns' cases, for a case book: each item is opened when it was registered; a handled one is
    /// closed when it was processed, with its result. What the marketplace fulfils opens no case.
    pub fn events(&self) -> Vec<CaseEvent> {
        self.0.events().into_iter().map(CaseEvent::from).collect()
    }
}

/// One order item to cancel.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct OrderItemCancellation {
    /// The number of the order item.
    pub order_item_id: String,
    /// Why.
    pub reason: CancellationReason,
    /// Whether the customer asked for it: it then counts against the seller only after the promised date.
    pub is_by_customer: bool,
}

/// A cancellation document: the order items to cancel, each with its reason. Immutable; what it does not know it keeps.
#[derive(Debug, PartialEq, uniffi::Object)]
#[uniffi::export(Debug)]
pub struct OrderItemCancellations(pub(crate) CoreCancellations);

#[uniffi::export]
impl OrderItemCancellations {
    /// From the JSON text of the document.
    ///
    /// # Errors
    /// - text that is not JSON
    /// - a field that the document needs is missing, or has another type; the message names its path
    #[uniffi::constructor]
    pub fn from_json(text: &str) -> Result<Arc<Self>> {
        Ok(Arc::new(Self(CoreCancellations::from_json(text)?)))
    }

    /// The document as JSON text, unknown fields included.
    ///
    /// # Errors
    /// - none for a document that was read
    pub fn to_json(&self) -> Result<String> {
        Ok(self.0.to_json()?)
    }

    /// The items, in the document's order.
    pub fn order_items(&self) -> Vec<OrderItemCancellation> {
        let one = |item: &exchange::OrderItemCancellation| OrderItemCancellation {
            order_item_id: item.order_item_id.clone(),
            is_by_customer: item.reason_code.is_by_customer(),
            reason: item.reason_code.clone().into(),
        };
        self.0.order_items.iter().map(one).collect()
    }
}
