//! Cancellations of order items (RULES R3).

use super::fields::{document, record};
use super::names::open_names;

open_names! {
    /// Why an order item is cancelled (RULES R3).
    ///
    /// Shown at [`OrderItemCancellations`].
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
    /// Whether the customer asked for the cancellation: it then counts against the seller only after the promised date
    /// (RULES N).
    pub fn is_by_customer(&self) -> bool {
        *self == Self::RequestedByCustomer
    }
}

record! {
    /// A cancellation document: the order items to cancel, each with its reason.
    ///
    /// ```
    /// # use klokuur::exchange::{CancellationReason, OrderItemCancellations};
    /// let text = r#"{"orderItems":[{"orderItemId":"1","reasonCode":"REQUESTED_BY_CUSTOMER"}]}"#;
    /// let cancelled = OrderItemCancellations::from_json(text)?;
    /// assert_eq!(cancelled.order_items[0].reason_code, CancellationReason::RequestedByCustomer);
    /// assert!(cancelled.order_items[0].reason_code.is_by_customer());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[derive(Default)]
    OrderItemCancellations {
        /// The items.
        order_items: Vec<OrderItemCancellation> = "orderItems",
    }
}

record! {
    /// One order item to cancel.
    ///
    /// Shown at [`OrderItemCancellations`].
    OrderItemCancellation {
        /// The number of the order item.
        order_item_id: String = "orderItemId",
        /// Why.
        reason_code: CancellationReason = "reasonCode",
    }
}

document!(OrderItemCancellations, "order item cancellations document");
