"""Returns of the Retailer API: what comes back, and the cases that it opens."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from klokuur import _klokuur
from klokuur._case import CaseEvent
from klokuur._frames import Rows
from klokuur._records import Record
from klokuur._retailer_document import Document, Part

__all__ = [
    "Return",
    "ReturnItem",
    "ReturnProcessing",
    "ReturnReason",
    "ReturnStart",
    "Returns",
]


@dataclass(frozen=True, slots=True)
class ReturnReason(Part):
    """Why an item was returned."""

    main_reason: str | None
    """The main reason."""
    detailed_reason: str | None
    """The detailed reason."""
    customer_comments: str | None
    """What the customer wrote."""
    other: dict[str, Any] = field(hash=False, repr=False)
    """Fields that this version does not know."""


@dataclass(frozen=True, slots=True)
class ReturnProcessing(Part):
    """How some pieces of a returned item were handled."""

    quantity: int | None
    """How many pieces."""
    processing_result: str | None
    """What the marketplace made of it."""
    handling_result: str | None
    """How the seller handled it."""
    processing_date_time: datetime | None
    """When it was processed."""
    other: dict[str, Any] = field(hash=False, repr=False)
    """Fields that this version does not know."""


@dataclass(frozen=True, slots=True)
class ReturnItem(Part):
    """One returned item."""

    rma_id: str | None
    """The item's return number."""
    order_id: str | None
    """The order number."""
    ean: str | None
    """The EAN."""
    title: str | None
    """The title."""
    expected_quantity: int | None
    """How many pieces are expected."""
    return_reason: ReturnReason | None
    """Why."""
    track_and_trace: str | None
    """The code that the parcel can be followed by."""
    transporter_name: str | None
    """Who carries it."""
    handled: bool
    """Whether the seller has handled it."""
    processing_results: tuple[ReturnProcessing, ...]
    """How."""
    other: dict[str, Any] = field(hash=False, repr=False)
    """Fields that this version does not know."""


@dataclass(frozen=True, slots=True)
class Return(Part):
    """One registered return of one or more items."""

    return_id: str
    """The return's number."""
    registration_date_time: datetime
    """When the return was registered."""
    fulfilment_method: str | None
    """``FBR`` (by the retailer) or ``FBB`` (by the marketplace), as it came."""
    return_items: tuple[ReturnItem, ...]
    """The items."""
    other: dict[str, Any] = field(hash=False, repr=False)
    """Fields that this version does not know."""


@dataclass(frozen=True, slots=True)
class ReturnStart(Record):
    """The start of a returned item's clock: every returned item is a case of its own."""

    number: str
    """The case number."""
    at: datetime
    """When it was registered."""
    order: str | None
    """The order number."""
    item: str | None
    """The item."""
    subject: str | None
    """The main reason."""
    defect: str | None
    """The detailed reason."""
    text: str | None
    """What the customer wrote."""
    handled: bool
    """Whether the seller has handled it."""
    handled_at: datetime | None
    """When it was handled, if it was and that is told."""
    handling_result: str | None
    """How, if it was."""


class Returns(Document):
    """A ``Returns`` document: a page of returns."""

    __slots__ = ()
    _class = _klokuur.ReturnsCore

    @property
    def returns(self) -> tuple[Return, ...]:
        """The returns, in the document's order."""
        return tuple(Return._of(one) for one in self.to_dict()["returns"])

    def starts(self) -> Rows[ReturnStart]:
        """The clock starts of all items, in the document's order."""
        return Rows(ReturnStart._of(start) for start in _klokuur.return_starts(self._core))

    def events(self) -> tuple[CaseEvent, ...]:
        """The events of the cases of all items: each is opened when it was registered; a handled one is closed when it was
        processed, with its result. What the marketplace fulfils (``FBB``) opens no case."""
        return tuple(CaseEvent._of(event) for event in _klokuur.return_events(self._core))

    def __repr__(self) -> str:
        return f"<Returns, {len(self.to_dict()['returns'])} returns>"
