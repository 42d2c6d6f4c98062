//! Shipments (RULES R4): the parcels of an order and what their carriers tell.

use chrono::{DateTime, FixedOffset};

use super::fields::{document, record};
use super::names::open_names;
use super::orders::{OrderFulfilment, OrderProduct};

open_names! {
    /// What a carrier tells of a parcel (RULES R4).
    ///
    /// Shown at [`Shipments`].
    TransportEventCode {
        /// A label was made: nothing was handed over yet.
        PreAnnounced = "PRE_ANNOUNCED",
        /// The carrier has it.
        AtTransporter = "AT_TRANSPORTER",
        /// On its way.
        InTransit = "IN_TRANSIT",
        /// Delivered at a neighbour's.
        DeliveredAtNeighbours = "DELIVERED_AT_NEIGHBOURS",
        /// Delivered.
        DeliveredAtCustomer = "DELIVERED_AT_CUSTOMER",
        /// Taken from the pick-up point by the customer.
        PickedUpAtPickUpPoint = "PICKED_UP_AT_PICK_UP_POINT",
        /// Waits at the pick-up point.
        AtPickUpPoint = "AT_PICK_UP_POINT",
        /// On its way back to the seller.
        ReturnedToSender = "RETURNED_TO_SENDER",
        /// Collected on the way in.
        InboundCollect = "INBOUND_COLLECT",
    }
}

record! {
    /// A page of shipments (RULES R4).
    ///
    /// ```
    /// # use klokuur::exchange::{Shipments, TransportEventCode};
    /// let text = r#"{"shipments":[{"shipmentId":"S-1","order":{"orderId":"A-1"},
    ///     "shipmentItems":[{"orderItemId":"1","quantity":2}],"transport":{"trackAndTrace":"3SABC","transportEvents":[
    ///     {"eventCode":"PRE_ANNOUNCED","eventDateTime":"2026-03-10T09:00:00+01:00"},
    ///     {"eventCode":"AT_TRANSPORTER","eventDateTime":"2026-03-10T18:00:00+01:00"}]}}]}"#;
    /// let parcel = &Shipments::from_json(text)?.shipments[0];
    /// assert_eq!(parcel.order.as_ref().map(|order| order.order_id.as_str()), Some("A-1"));
    /// assert_eq!((parcel.shipment_items[0].quantity, parcel.is_tracked()), (Some(2), true));
    /// let told = parcel.transport.as_ref().and_then(|transport| transport.transport_events.as_ref()).ok_or("none")?;
    /// assert_eq!(told[0].event_code, TransportEventCode::PreAnnounced); // a label, and no hand-over
    /// assert_eq!(parcel.handed_over_at(), Some(told[1].event_date_time));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[derive(Default)]
    Shipments {
        /// The shipments, in the document's order.
        shipments: Vec<Shipment> = "shipments",
    }
}

record! {
    /// A shipment: one parcel. Lists of shipments carry less than a single one.
    ///
    /// Shown at [`Shipments`].
    Shipment {
        /// The shipment's number.
        shipment_id: String = "shipmentId",
        /// When it was sent.
        shipment_date_time: Option<DateTime<FixedOffset>> = "shipmentDateTime",
        /// The order that it is of.
        order: Option<ShipmentOrder> = "order",
        /// What is in it.
        shipment_items: Vec<ShipmentItem> = "shipmentItems",
        /// Who carries it, and what happened on the way.
        transport: Option<Transport> = "transport",
    }
}

record! {
    /// The order of a shipment.
    ///
    /// Shown at [`Shipments`].
    ShipmentOrder {
        /// The order's number.
        order_id: String = "orderId",
        /// When it was placed.
        order_placed_date_time: Option<DateTime<FixedOffset>> = "orderPlacedDateTime",
    }
}

record! {
    /// Some pieces of one order item in a shipment.
    ///
    /// Shown at [`Shipments`].
    ShipmentItem {
        /// The number of the order item.
        order_item_id: String = "orderItemId",
        /// The product's EAN, in a list.
        ean: Option<String> = "ean",
        /// How it is fulfilled.
        fulfilment: Option<OrderFulfilment> = "fulfilment",
        /// The product.
        product: Option<OrderProduct> = "product",
        /// The pieces.
        quantity: Option<i32> = "quantity",
    }
}

record! {
    /// The transport of a shipment.
    ///
    /// Shown at [`Shipments`].
    #[derive(Default)]
    Transport {
        /// The carrier's code.
        transporter_code: Option<String> = "transporterCode",
        /// The code that the parcel can be followed by.
        track_and_trace: Option<String> = "trackAndTrace",
        /// What happened on the way.
        transport_events: Option<Vec<TransportEvent>> = "transportEvents",
    }
}

record! {
    /// Something that happened to a parcel.
    ///
    /// Shown at [`Shipments`].
    TransportEvent {
        /// What.
        event_code: TransportEventCode = "eventCode",
        /// When.
        event_date_time: DateTime<FixedOffset> = "eventDateTime",
    }
}

document!(Shipments, "shipments document");
document!(Shipment, "shipment document");

impl Shipment {
    /// When the carrier had it first: at its hub, else on its way; an announcement is no hand-over (RULES R4).
    pub fn handed_over_at(&self) -> Option<DateTime<FixedOffset>> {
        self.first(&[TransportEventCode::AtTransporter])
            .or_else(|| self.first(&[TransportEventCode::InTransit]))
    }

    /// When it was first delivered: at the customer's, a neighbour's or the pick-up point (RULES R4).
    pub fn delivered_at(&self) -> Option<DateTime<FixedOffset>> {
        self.first(&[
            TransportEventCode::DeliveredAtCustomer,
            TransportEventCode::DeliveredAtNeighbours,
            TransportEventCode::AtPickUpPoint,
        ])
    }

    /// Whether it can be followed.
    pub fn is_tracked(&self) -> bool {
        let code = self.transport.as_ref().and_then(|transport| transport.track_and_trace.as_deref());
        code.is_some_and(|code| !code.trim().is_empty())
    }

    /// Whether it is letter post, which needs no code (RULES N): the carrier's code says so.
    pub fn is_letter_post(&self) -> bool {
        let code = self.transport.as_ref().and_then(|transport| transport.transporter_code.as_deref());
        code.is_some_and(|code| code.contains("BRIEF") || code.contains("LETTER"))
    }

    fn first(&self, codes: &[TransportEventCode]) -> Option<DateTime<FixedOffset>> {
        let events = self.transport.as_ref().and_then(|transport| transport.transport_events.as_deref());
        let told = events.unwrap_or_default().iter().filter(|event| codes.contains(&event.event_code));
        told.map(|event| event.event_date_time).min()
    }
}
