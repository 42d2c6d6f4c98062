//! Cancellations of order items (RULES R3).

use serde_json::{Map, Value};

use super::fields::{Fields, document, write};
use super::names::open_names;
use crate::error::Result;

open_names! {
    /// Why an order item is cancelled (RULES R3).
    CancellationReason {
        /// The item is not in stock.
        OutOfStock = "OUT_OF_STOCK",
        /// The customer asked for it.
        RequestedByCustomer = "REQUESTED_BY_CUSTOMER",
        /// The item is damaged.
        BadCondition = "BAD_CONDITION",
        /// Shipping costs more than expected.
        HigherShipcost = "HIGHER_SHIPCOST",
        /// The price was wrong.
        IncorrectPrice = "INCORRECT_PRICE",
        /// It cannot be there in time.
        NotAvailInTime = "NOT_AVAIL_IN_TIME",
        /// The marketplace's guarantee is missing.
        NoBolGuarantee = "NO_BOL_GUARANTEE",
        /// The customer ordered it twice.
        OrderedTwice = "ORDERED_TWICE",
        /// The seller keeps the item.
        RetainItem = "RETAIN_ITEM",
        /// A technical problem.
        TechIssue = "TECH_ISSUE",
        /// The item cannot be found.
        UnfindableItem = "UNFINDABLE_ITEM",
        /// Any other reason, without a name (`OTHER` in the document).
        Unnamed = "OTHER",
    }
}

impl CancellationReason {
    /// Whether the customer asked for the cancellation: it then counts against the seller only after the promised date (RULES N).
    pub fn is_by_customer(&self) -> bool {
        *self == Self::RequestedByCustomer
    }
}

/// A cancellation document: the order items to cancel, each with its reason.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OrderItemCancellations {
    /// The items.
    pub order_items: Vec<OrderItemCancellation>,
    /// Fields that this version does not know.
    pub other: Map<String, Value>,
}

/// One order item to cancel.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderItemCancellation {
    /// The number of the order item.
    pub order_item_id: String,
    /// Why.
    pub reason_code: CancellationReason,
    /// Fields that this version does not know.
    pub other: Map<String, Value>,
}

document!(OrderItemCancellations, "order item cancellations document");

impl OrderItemCancellations {
    fn read(mut fields: Fields) -> Result<Self> {
        Ok(Self {
            order_items: fields.objects("orderItems", OrderItemCancellation::read)?,
            other: fields.rest(),
        })
    }

    fn write(&self) -> Value {
        write(
            [("orderItems", Some(self.order_items.iter().map(OrderItemCancellation::write).collect()))],
            &self.other,
        )
    }
}

impl OrderItemCancellation {
    fn read(mut fields: Fields) -> Result<Self> {
        Ok(Self {
            order_item_id: fields.text_or_number("orderItemId")?,
            reason_code: fields.text("reasonCode")?.into(),
            other: fields.rest(),
        })
    }

    fn write(&self) -> Value {
        write(
            [
                ("orderItemId", Some(self.order_item_id.clone().into())),
                ("reasonCode", Some(self.reason_code.as_str().into())),
            ],
            &self.other,
        )
    }
}
