//! Returns (RULES R3): what the customer sends back, why, and how the seller handled it.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::fields::{document, record};
use super::names::open_names;

open_names! {
    /// How the seller handled a return (RULES R3).
    ///
    /// Shown at [`Returns`].
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
        /// No label could be made for the customer.
        FailedToCreateShippingLabel = "FAILED_TO_CREATE_SHIPPING_LABEL",
    }
}

open_names! {
    /// What the marketplace made of a handled return.
    ///
    /// Shown at [`Returns`].
    ProcessingResult {
        /// Not decided yet.
        Pending = "PENDING",
        /// Accepted.
        Accepted = "ACCEPTED",
        /// Rejected.
        Rejected = "REJECTED",
    }
}

record! {
    /// A `Returns` document: a page of returns (RULES R3).
    ///
    /// ```
    /// # use klokuur::case::EventKind;
    /// # use klokuur::exchange::{HandlingResult, ProcessingResult, Returns};
    /// let text = r#"{"returns":[{"returnId":"R-1","registrationDateTime":"2026-03-13T14:00:00+01:00",
    ///     "fulfilmentMethod":"FBR","returnItems":[{"rmaId":"86","orderId":"A-1","ean":"123","handled":true,
    ///     "returnReason":{"mainReason":"Does not work"},"processingResults":[{"quantity":1,
    ///     "processingResult":"ACCEPTED","handlingResult":"RETURN_RECEIVED"}]}]}]}"#;
    /// let returns = Returns::from_json(text)?;
    /// assert!(returns.starts()[0].handled);
    /// assert_eq!(returns.events()[0].kind(), EventKind::Opened); // each item is a case of its own
    /// let item = &returns.returns[0].return_items[0];
    /// let reason = item.return_reason.as_ref().and_then(|reason| reason.main_reason.as_deref());
    /// assert_eq!(reason, Some("Does not work"));
    /// let processing = &item.processing_results[0];
    /// assert_eq!(processing.processing_result, Some(ProcessingResult::Accepted)); // by the marketplace
    /// assert_eq!(processing.handling_result, Some(HandlingResult::ReturnReceived)); // by the seller
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[derive(Default)]
    Returns {
        /// The returns, in the document's order.
        returns: Vec<Return> = "returns",
    }
}

record! {
    /// One registered return of one or more items.
    ///
    /// Shown at [`Returns`].
    Return {
        /// The return's number.
        return_id: String = "returnId",
        /// When the return was registered.
        registration_date_time: DateTime<FixedOffset> = "registrationDateTime",
        /// `FBR` (by the retailer) or `FBB` (by the marketplace), as it came.
        fulfilment_method: Option<String> = "fulfilmentMethod",
        /// The items.
        return_items: Vec<ReturnItem> = "returnItems",
    }
}

record! {
    /// One item of a return.
    ///
    /// Shown at [`Returns`].
    ReturnItem {
        /// The number of this item's return.
        rma_id: Option<String> = "rmaId",
        /// The order it was bought in.
        order_id: Option<String> = "orderId",
        /// The product's EAN.
        ean: Option<String> = "ean",
        /// The product's title.
        title: Option<String> = "title",
        /// How many pieces are expected back.
        expected_quantity: Option<i32> = "expectedQuantity",
        /// Why it comes back.
        return_reason: Option<ReturnReason> = "returnReason",
        /// The code that the parcel can be followed by.
        track_and_trace: Option<String> = "trackAndTrace",
        /// Who carries it.
        transporter_name: Option<String> = "transporterName",
        /// Whether the seller has handled it.
        handled: bool = "handled",
        /// What was done with it, in parts.
        processing_results: Vec<ReturnProcessing> = "processingResults"? or_none,
    }
}

record! {
    /// Why an item comes back, in the customer's words.
    ///
    /// Shown at [`Returns`].
    #[derive(Default)]
    ReturnReason {
        /// The main reason.
        main_reason: Option<String> = "mainReason",
        /// The reason in more detail.
        detailed_reason: Option<String> = "detailedReason",
        /// What the customer wrote.
        customer_comments: Option<String> = "customerComments",
    }
}

record! {
    /// What was done with some pieces of a returned item.
    ///
    /// Shown at [`Returns`].
    ReturnProcessing {
        /// How many pieces.
        quantity: Option<i32> = "quantity",
        /// What the marketplace made of it.
        processing_result: Option<ProcessingResult> = "processingResult",
        /// How the seller handled it.
        handling_result: Option<HandlingResult> = "handlingResult",
        /// When it was processed.
        processing_date_time: Option<DateTime<FixedOffset>> = "processingDateTime",
    }
}

/// What starts the clock of a return's case (RULES K12, R3).
///
/// Shown at [`Returns`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnStart {
    /// The item's return number, or the return's number when it has none; with its place behind a `/`, as `R-1/2`,
    /// where several items of the return have none.
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
    /// Whether the seller has handled it.
    pub handled: bool,
    /// When the last piece was processed; none while the item is not handled, or when that is not told.
    pub handled_at: Option<DateTime<FixedOffset>>,
    /// How the last piece was handled.
    pub handling_result: Option<HandlingResult>,
}

document!(Returns, "returns document");
document!(Return, "return document");

impl Returns {
    /// The clock starts of all items, in the document's order.
    pub fn starts(&self) -> Vec<ReturnStart> {
        self.returns.iter().flat_map(Return::starts).collect()
    }
}

impl Return {
    /// The clock start of each item: every returned item is a case of its own (RULES K12).
    pub fn starts(&self) -> Vec<ReturnStart> {
        let unnumbered = self.return_items.iter().filter(|item| item.rma_id.is_none()).count();
        // Of several items without a number each is told by its place: under one number they would be one case, which
        // the first to be handled would close for all.
        let number = |place: usize| match unnumbered {
            0 | 1 => self.return_id.clone(),
            _ => format!("{}/{}", self.return_id, place + 1),
        };
        self.return_items
            .iter()
            .enumerate()
            .map(|(place, item)| {
                let reason = item.return_reason.as_ref();
                ReturnStart {
                    number: item.rma_id.clone().unwrap_or_else(|| number(place)),
                    at: self.registration_date_time,
                    order: item.order_id.clone(),
                    item: item.ean.clone().or_else(|| item.title.clone()),
                    subject: reason.and_then(|r| r.main_reason.clone()),
                    defect: reason.and_then(|r| r.detailed_reason.clone()),
                    text: reason.and_then(|r| r.customer_comments.clone()),
                    handled: item.handled,
                    handled_at: item.handled_at(),
                    handling_result: item.last_processed().and_then(|p| p.handling_result.clone()),
                }
            })
            .collect()
    }
}

impl ReturnItem {
    /// When the last piece was processed; none while the item is not handled, or when the document does not say.
    pub fn handled_at(&self) -> Option<DateTime<FixedOffset>> {
        self.last_processed().and_then(|p| p.processing_date_time)
    }

    /// What was done last; the latest in the document where no time is told.
    fn last_processed(&self) -> Option<&ReturnProcessing> {
        let all = self.processing_results.iter().filter(|_| self.handled);
        all.max_by_key(|p| p.processing_date_time)
    }
}
