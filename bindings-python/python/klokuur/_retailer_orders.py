"""Orders, shipments and cancellations of the Retailer API."""

from __future__ import annotations

from dataclasses import dataclass

from klokuur import _klokuur
from klokuur._frames import Rows
from klokuur._records import Record
from klokuur._retailer_document import Document

__all__ = [
    "OrderItem",
    "OrderItemCancellation",
    "OrderItemCancellations",
    "Orders",
    "ShipmentItem",
    "Shipments",
]


@dataclass(frozen=True, slots=True)
class OrderItemCancellation(Record):
    """One order item to cancel."""

    order_item_id: str
    """The item's number."""
    reason_code: str
    """Why."""
    is_by_customer: bool
    """Whether the customer asked for it."""


class OrderItemCancellations(Document):
    """A cancellation document: the order items to cancel, each with its reason."""

    __slots__ = ()
    _class = _klokuur.OrderItemCancellationsCore

    @property
    def order_items(self) -> Rows[OrderItemCancellation]:
        """The items."""
        by_customer = _klokuur.cancelled_by_customer(self._core)
        items = zip(self.to_dict()["orderItems"], by_customer, strict=True)
        return Rows(OrderItemCancellation(item["orderItemId"], item["reasonCode"], by) for item, by in items)

    def __repr__(self) -> str:
        return f"<OrderItemCancellations, {len(self.to_dict()['orderItems'])} items>"


@dataclass(frozen=True, slots=True)
class OrderItem(Record):
    """One item of an order: some pieces of one product."""

    order_id: str
    """The order's number."""
    order_item_id: str
    """The number of the item."""
    ean: str | None
    """The EAN."""
    title: str | None
    """The title."""
    quantity: int
    """The pieces ordered."""
    quantity_shipped: int | None
    """The pieces sent so far."""
    quantity_cancelled: int | None
    """The pieces cancelled so far."""


class Orders(Document):
    """A page of orders.

    >>> import klokuur
    >>> page = klokuur.Orders.from_json('{"orders":[{"orderId":"A","orderItems":[{"orderItemId":"1","quantity":2}]}]}')
    >>> page.items[0].quantity
    2
    """

    __slots__ = ()
    _class = _klokuur.OrdersCore

    @property
    def items(self) -> Rows[OrderItem]:
        """The items of all orders, in the document's order."""
        return Rows(
            OrderItem(
                order["orderId"],
                item["orderItemId"],
                item.get("ean") or item.get("product", {}).get("ean"),
                item.get("product", {}).get("title"),
                item["quantity"],
                item.get("quantityShipped"),
                item.get("quantityCancelled"),
            )
            for order in self.to_dict()["orders"]
            for item in order["orderItems"]
        )

    def __repr__(self) -> str:
        return f"<Orders, {len(self.to_dict()['orders'])} orders>"


@dataclass(frozen=True, slots=True)
class ShipmentItem(Record):
    """Some pieces of one order item in a shipment."""

    shipment_id: str
    """The shipment's number."""
    order_item_id: str
    """The number of the order item."""
    quantity: int | None
    """The pieces, where told."""
    track_and_trace: str | None
    """The code that the parcel can be followed by."""


class Shipments(Document):
    """A page of shipments."""

    __slots__ = ()
    _class = _klokuur.ShipmentsCore

    @property
    def items(self) -> Rows[ShipmentItem]:
        """The items of all shipments, in the document's order."""
        return Rows(
            ShipmentItem(
                shipment["shipmentId"],
                item["orderItemId"],
                item.get("quantity"),
                shipment.get("transport", {}).get("trackAndTrace"),
            )
            for shipment in self.to_dict()["shipments"]
            for item in shipment["shipmentItems"]
        )

    def __repr__(self) -> str:
        return f"<Shipments, {len(self.to_dict()['shipments'])} shipments>"
