//! Returns (RULES R3): what the customer sends back, why, and how the seller handled it.

use chrono::{DateTime, FixedOffset, SecondsFormat};
use serde::Serialize;
use serde_json::{Map, Value};

use super::fields::{Fields, document, write};
use super::names::open_names;
use crate::error::Result;

open_names! {
    /// How the seller handled a return (RULES R3).
    HandlingResult {
        /// Received as expected and approved.
        ReturnReceived = "RETURN_RECEIVED",
        /// Exchanged, as agreed with the customer.
        ExchangeProduct = "EXCHANGE_PRODUCT",
        /// Not as the conditions ask.
        ReturnDoesNotMeetConditions = "RETURN_DOES_NOT_MEET_CONDITIONS",
        /// The seller repairs the item.
        RepairProduct = "REPAIR_PRODUCT",
        /// The customer keeps the item and has paid.
        CustomerKeepsProductPaid = "CUSTOMER_KEEPS_PRODUCT_PAID",
        /// Approved after a first rejection.
        StillApproved = "STILL_APPROVED",
    }
}

open_names! {
    /// What the marketplace made of a handled return.
    ProcessingResult {
        /// Not decided yet.
        Pending = "PENDING",
        /// Accepted.
        Accepted = "ACCEPTED",
        /// Rejected.
        Rejected = "REJECTED",
    }
}

/// A `Returns` document: a page of returns (RULES R3).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Returns {
    /// The returns, in the document's order.
    pub returns: Vec<Return>,
    /// Fields that this version does not know.
    pub other: Map<String, Value>,
}

/// One registered return of one or more items.
#[derive(Debug, Clone, PartialEq)]
pub struct Return {
    /// The return's number.
    pub return_id: String,
    /// When the return was registered: the start of its clock (RULES K12).
    pub registration_date_time: DateTime<FixedOffset>,
    /// `FBR` (by the retailer) or `FBB` (by the marketplace), as it came.
    pub fulfilment_method: Option<String>,
    /// The items.
    pub return_items: Vec<ReturnItem>,
    /// Fields that this version does not know.
    pub other: Map<String, Value>,
}

/// One item of a return.
#[derive(Debug, Clone, PartialEq)]
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
    pub return_reason: Option<ReturnReason>,
    /// Whether the seller has handled it.
    pub handled: bool,
    /// What was done with it, in parts.
    pub processing_results: Vec<ReturnProcessing>,
    /// Fields that this version does not know.
    pub other: Map<String, Value>,
}

/// Why an item comes back, in the customer's words.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReturnReason {
    /// The main reason.
    pub main_reason: Option<String>,
    /// The reason in more detail.
    pub detailed_reason: Option<String>,
    /// What the customer wrote.
    pub customer_comments: Option<String>,
    /// Fields that this version does not know.
    pub other: Map<String, Value>,
}

/// What was done with some pieces of a returned item.
#[derive(Debug, Clone, PartialEq)]
pub struct ReturnProcessing {
    /// How many pieces.
    pub quantity: Option<i32>,
    /// What the marketplace made of it.
    pub processing_result: Option<ProcessingResult>,
    /// How the seller handled it.
    pub handling_result: Option<HandlingResult>,
    /// When it was processed.
    pub processing_date_time: Option<DateTime<FixedOffset>>,
    /// Fields that this version does not know.
    pub other: Map<String, Value>,
}

/// What starts the clock of a return's case (RULES K12, R3).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReturnStart {
    /// The item's return number, or the return's number when it has none.
    pub number: String,
    /// When the return was registered.
    pub at: DateTime<FixedOffset>,
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
    /// When the last piece was processed; none while the item is not handled.
    pub handled_at: Option<DateTime<FixedOffset>>,
}

document!(Returns, "returns document");
document!(Return, "return document");

impl Returns {
    fn read(mut fields: Fields) -> Result<Self> {
        Ok(Self { returns: fields.objects("returns", Return::read)?, other: fields.rest() })
    }

    fn write(&self) -> Value {
        write([("returns", Some(self.returns.iter().map(Return::write).collect()))], &self.other)
    }

    /// The clock starts of all items, in the document's order.
    pub fn starts(&self) -> Vec<ReturnStart> {
        self.returns.iter().flat_map(Return::starts).collect()
    }
}

impl Return {
    fn read(mut fields: Fields) -> Result<Self> {
        Ok(Self {
            return_id: fields.text_or_number("returnId")?,
            registration_date_time: fields.instant("registrationDateTime")?,
            fulfilment_method: fields.optional_text("fulfilmentMethod")?,
            return_items: fields.objects("returnItems", ReturnItem::read)?,
            other: fields.rest(),
        })
    }

    fn write(&self) -> Value {
        write(
            [
                ("returnId", Some(self.return_id.clone().into())),
                ("registrationDateTime", Some(instant(self.registration_date_time))),
                ("fulfilmentMethod", self.fulfilment_method.clone().map(Value::from)),
                ("returnItems", Some(self.return_items.iter().map(ReturnItem::write).collect())),
            ],
            &self.other,
        )
    }

    /// The clock start of each item: every returned item is a case of its own (RULES K12).
    pub fn starts(&self) -> Vec<ReturnStart> {
        self.return_items
            .iter()
            .map(|item| {
                let reason = item.return_reason.as_ref();
                ReturnStart {
                    number: item.rma_id.clone().unwrap_or_else(|| self.return_id.clone()),
                    at: self.registration_date_time,
                    order: item.order_id.clone(),
                    item: item.ean.clone().or_else(|| item.title.clone()),
                    subject: reason.and_then(|r| r.main_reason.clone()),
                    defect: reason.and_then(|r| r.detailed_reason.clone()),
                    text: reason.and_then(|r| r.customer_comments.clone()),
                    handled_at: item.handled_at(),
                }
            })
            .collect()
    }
}

impl ReturnItem {
    /// When the last piece was processed; none while the item is not handled, or when the document does not say.
    pub fn handled_at(&self) -> Option<DateTime<FixedOffset>> {
        if !self.handled {
            return None;
        }
        self.processing_results.iter().filter_map(|p| p.processing_date_time).max()
    }

    fn read(mut fields: Fields) -> Result<Self> {
        Ok(Self {
            rma_id: fields.optional_text("rmaId")?,
            order_id: fields.optional_text("orderId")?,
            ean: fields.optional_text("ean")?,
            title: fields.optional_text("title")?,
            expected_quantity: fields.optional_int("expectedQuantity")?,
            return_reason: fields.optional_object("returnReason")?.map(ReturnReason::read).transpose()?,
            handled: fields.flag("handled")?,
            processing_results: fields.objects("processingResults", ReturnProcessing::read)?,
            other: fields.rest(),
        })
    }

    fn write(&self) -> Value {
        let text = |field: &Option<String>| field.clone().map(Value::from);
        write(
            [
                ("rmaId", text(&self.rma_id)),
                ("orderId", text(&self.order_id)),
                ("ean", text(&self.ean)),
                ("title", text(&self.title)),
                ("expectedQuantity", self.expected_quantity.map(Value::from)),
                ("returnReason", self.return_reason.as_ref().map(ReturnReason::write)),
                ("handled", Some(self.handled.into())),
                (
                    "processingResults",
                    Some(self.processing_results.iter().map(ReturnProcessing::write).collect()),
                ),
            ],
            &self.other,
        )
    }
}

impl ReturnReason {
    fn read(mut fields: Fields) -> Result<Self> {
        Ok(Self {
            main_reason: fields.optional_text("mainReason")?,
            detailed_reason: fields.optional_text("detailedReason")?,
            customer_comments: fields.optional_text("customerComments")?,
            other: fields.rest(),
        })
    }

    fn write(&self) -> Value {
        let text = |field: &Option<String>| field.clone().map(Value::from);
        write(
            [
                ("mainReason", text(&self.main_reason)),
                ("detailedReason", text(&self.detailed_reason)),
                ("customerComments", text(&self.customer_comments)),
            ],
            &self.other,
        )
    }
}

impl ReturnProcessing {
    fn read(mut fields: Fields) -> Result<Self> {
        Ok(Self {
            quantity: fields.optional_int("quantity")?,
            processing_result: fields.optional_text("processingResult")?.map(ProcessingResult::from),
            handling_result: fields.optional_text("handlingResult")?.map(HandlingResult::from),
            processing_date_time: fields.optional_instant("processingDateTime")?,
            other: fields.rest(),
        })
    }

    fn write(&self) -> Value {
        write(
            [
                ("quantity", self.quantity.map(Value::from)),
                ("processingResult", self.processing_result.as_ref().map(|r| r.as_str().into())),
                ("handlingResult", self.handling_result.as_ref().map(|r| r.as_str().into())),
                ("processingDateTime", self.processing_date_time.map(instant)),
            ],
            &self.other,
        )
    }
}

/// The offset is kept as it came; only `Z` becomes `+00:00`.
fn instant(at: DateTime<FixedOffset>) -> Value {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, false).into()
}
