//! Orders (RULES R4): what was ordered, what was promised, what became of it.

use chrono::{DateTime, FixedOffset};

use super::fields::{DocumentDate, document, record};
use super::names::open_names;
use crate::shipping::ShippingMethod;

open_names! {
    /// Who fulfils an order item (RULES R4).
    ///
    /// Shown at [`Orders`].
    FulfilmentMethod {
        /// The seller.
        Fbr = "FBR",
        /// The marketplace: *Logistiek via bol*.
        Fbb = "FBB",
    }
}

open_names! {
    /// Who brings the parcel to the customer (RULES R4).
    ///
    /// Shown at [`Orders`].
    DistributionParty {
        /// The seller, in a way of its own.
        Retailer = "RETAILER",
        /// The marketplace, through its labels: *Verzenden via bol*.
        Bol = "BOL",
    }
}

record! {
    /// A page of orders (RULES R4).
    ///
    /// ```
    /// # use klokuur::ShippingMethod;
    /// # use klokuur::exchange::{DistributionParty, FulfilmentMethod, Orders};
    /// let text = r#"{"orders":[{"orderId":"A-1","orderPlacedDateTime":"2026-03-09T12:00:00+01:00","orderItems":[{
    ///     "orderItemId":"1","quantity":2,"product":{"ean":"123","title":"lamp"},
    ///     "fulfilment":{"method":"FBR","distributionParty":"BOL","latestDeliveryDate":"2026-03-11"}}]}]}"#;
    /// let orders = Orders::from_json(text)?;
    /// let item = &orders.orders[0].order_items[0];
    /// assert_eq!(item.product.as_ref().and_then(|product| product.title.as_deref()), Some("lamp"));
    /// let how = item.fulfilment.as_ref().ok_or("nothing is promised")?;
    /// assert_eq!(how.method, Some(FulfilmentMethod::Fbr));
    /// assert_eq!(how.distribution_party, Some(DistributionParty::Bol));
    /// assert_eq!(item.shipping_method(), ShippingMethod::Vvb); // the seller's, with the marketplace's label
    /// assert_eq!(how.promised().map(|day| day.date().to_string()).as_deref(), Some("2026-03-11"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[derive(Default)]
    Orders {
        /// The orders, in the document's order.
        orders: Vec<Order> = "orders",
    }
}

record! {
    /// An order.
    ///
    /// Shown at [`Orders`].
    Order {
        /// The order's number.
        order_id: String = "orderId",
        /// When it was placed.
        order_placed_date_time: Option<DateTime<FixedOffset>> = "orderPlacedDateTime",
        /// The items.
        order_items: Vec<OrderItem> = "orderItems",
    }
}

record! {
    /// One item of an order: some pieces of one product. Lists of orders carry less than a single order.
    ///
    /// Shown at [`Orders`].
    OrderItem {
        /// The number of the order item.
        order_item_id: String = "orderItemId",
        /// The product's EAN, in a list.
        ean: Option<String> = "ean",
        /// Whether the customer asked to cancel it.
        cancellation_request: Option<bool> = "cancellationRequest",
        /// How it is fulfilled.
        fulfilment: Option<OrderFulfilment> = "fulfilment",
        /// Who fulfils it, in a list.
        fulfilment_method: Option<FulfilmentMethod> = "fulfilmentMethod",
        /// The product.
        product: Option<OrderProduct> = "product",
        /// The pieces ordered.
        quantity: i32 = "quantity",
        /// The pieces sent so far.
        quantity_shipped: Option<i32> = "quantityShipped",
        /// The pieces cancelled so far.
        quantity_cancelled: Option<i32> = "quantityCancelled",
        /// The price of a piece.
        unit_price: Option<f64> = "unitPrice",
        /// When it changed last.
        latest_changed_date_time: Option<DateTime<FixedOffset>> = "latestChangedDateTime",
    }
}

record! {
    /// How an item is fulfilled, and until when.
    ///
    /// Shown at [`Orders`].
    #[derive(Default)]
    OrderFulfilment {
        /// Who fulfils it.
        method: Option<FulfilmentMethod> = "method",
        /// Who brings the parcel.
        distribution_party: Option<DistributionParty> = "distributionParty",
        /// The last day of the promised delivery.
        latest_delivery_date: Option<DocumentDate> = "latestDeliveryDate",
        /// The day of a delivery promised for one day.
        exact_delivery_date: Option<DocumentDate> = "exactDeliveryDate",
        /// The last day before the item is cancelled by itself.
        expiry_date: Option<DocumentDate> = "expiryDate",
        /// The kind of the promise, such as `REGULAR` or `APPOINTMENT`.
        time_frame_type: Option<String> = "timeFrameType",
    }
}

record! {
    /// A product.
    ///
    /// Shown at [`Orders`].
    #[derive(Default)]
    OrderProduct {
        /// Its EAN.
        ean: Option<String> = "ean",
        /// Its title.
        title: Option<String> = "title",
    }
}

document!(Orders, "orders document");
document!(Order, "order document");

impl OrderFulfilment {
    /// The promised day: the exact one, else the latest (RULES R4).
    pub fn promised(&self) -> Option<&DocumentDate> {
        self.exact_delivery_date.as_ref().or(self.latest_delivery_date.as_ref())
    }

    /// Whether the delivery is by appointment with the customer: no code is needed then (RULES N).
    pub fn is_appointment(&self) -> bool {
        self.time_frame_type.as_deref() == Some("APPOINTMENT")
    }

    /// How the item is shipped (RULES R4).
    pub fn shipping_method(&self) -> ShippingMethod {
        shipping_method(self.method.as_ref(), self.distribution_party.as_ref())
    }
}

impl OrderItem {
    /// How the item is shipped (RULES R4): by the marketplace (FBB), through its labels, or else by the seller.
    pub fn shipping_method(&self) -> ShippingMethod {
        let fulfilment = self.fulfilment.as_ref();
        let method = fulfilment.and_then(|f| f.method.as_ref()).or(self.fulfilment_method.as_ref());
        shipping_method(method, fulfilment.and_then(|f| f.distribution_party.as_ref()))
    }
}

fn shipping_method(method: Option<&FulfilmentMethod>, party: Option<&DistributionParty>) -> ShippingMethod {
    match (method, party) {
        (Some(FulfilmentMethod::Fbb), _) => ShippingMethod::Lvb,
        (_, Some(DistributionParty::Bol)) => ShippingMethod::Vvb,
        _ => ShippingMethod::Own,
    }
}
