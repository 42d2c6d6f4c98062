"""The Retailer API's documents, versions 10 and 11: read, checked against themselves, merged, written back.

Nothing here talks to a server. What the documents carry beyond the fields named here survives a round trip.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any, Self, TypeVar

from klokuur import _klokuur
from klokuur._case import CaseEvent
from klokuur._frames import Rows
from klokuur._moments import zone_of
from klokuur._norm import WeekNumbers, WeekResult
from klokuur._orders import OrderLine, line_of
from klokuur._records import Record, Shown
from klokuur._rulebook import Rulebook, RulebookHistory, rules_or_bol
from klokuur._week import IsoWeek

__all__ = [
    "Difference",
    "IndicatorCheck",
    "IndicatorVerdicts",
    "KpiScore",
    "KpiScores",
    "OrderItem",
    "OrderItemCancellation",
    "OrderItemCancellations",
    "Orders",
    "PerformanceIndicator",
    "PerformanceIndicators",
    "PerformanceStatus",
    "ReportedNumbers",
    "ReportedStanding",
    "RetailerDocuments",
    "RetailerLine",
    "RetailerLines",
    "Return",
    "ReturnItem",
    "ReturnProcessing",
    "ReturnReason",
    "ReturnStart",
    "Returns",
    "ShipmentItem",
    "Shipments",
    "StrikeWeek",
]


class _Part(Record):
    """A part of a document: its keys in camelCase, unknown ones in ``other``."""

    __slots__ = ()

    @classmethod
    def _of(cls, plain: Any, zone: tzinfo | None = None) -> Self:
        names = {_camel(name): name for name in cls.__dataclass_fields__ if name != "other"}
        known = {name: plain[key] for key, name in names.items() if key in plain}
        known["other"] = {key: value for key, value in plain.items() if key not in names}
        return super()._of(known, zone)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


@dataclass(frozen=True, slots=True)
class PerformanceIndicator(Record):
    """One indicator of one week, as reported."""

    name: str
    """What is measured."""
    type: str
    """``PERCENTAGE`` or ``AVERAGE``."""
    period: tuple[str, str]
    """Week and year, as they came."""
    conforms: bool | None
    """The reported verdict; None without a score."""
    numerator: int | None
    """Above the line."""
    denominator: int | None
    """Under the line."""
    value: float | None
    """The reported value."""
    distance_to_norm: float | None
    """The reported distance to the norm."""
    condition: str
    """``<=`` or ``>=``."""
    norm: float
    """The norm."""

    @classmethod
    def _of(cls, plain: Any, zone: tzinfo | None = None) -> Self:
        details = plain["details"]
        score = details.get("score") or {}
        return cls(
            name=plain["name"],
            type=plain["type"],
            period=(details["period"]["week"], details["period"]["year"]),
            conforms=score.get("conforms"),
            numerator=score.get("numerator"),
            denominator=score.get("denominator"),
            value=score.get("value"),
            distance_to_norm=score.get("distanceToNorm"),
            condition=details["norm"]["condition"],
            norm=details["norm"]["value"],
        )


@dataclass(frozen=True, slots=True)
class Difference(Record):
    """One contradiction inside a reported indicator. It is told, never rejected."""

    kind: str
    """What contradicts: ``verdict``, ``value``, ``distance``, ``not_a_fraction``, …"""
    details: dict[str, Any] = field(hash=False)
    """The reported and the recomputed values."""

    @classmethod
    def _of(cls, plain: Any, zone: tzinfo | None = None) -> Self:
        if isinstance(plain, str):
            return cls(plain, {})
        return cls(plain["kind"], {key: value for key, value in plain.items() if key != "kind"})

    def to_dict(self) -> dict[str, Any]:
        """The kind and its values in one dictionary."""
        return {"kind": self.kind, **self.details}


@dataclass(frozen=True, slots=True)
class IndicatorCheck(Record):
    """An indicator checked against itself: both verdicts, and what does not fit together."""

    name: str
    """What is measured."""
    week: IsoWeek
    """The ISO week."""
    reported: bool | None
    """The verdict as reported; None without a score."""
    recomputed: bool | None
    """The verdict of numerator and denominator against the reported norm, without any count limit."""
    reported_value: float | None
    """The value as reported."""
    recomputed_value: float | None
    """Numerator divided by denominator; for display only."""
    differences: tuple[Difference, ...]
    """Everything that contradicts itself; empty for a sound document."""


@dataclass(frozen=True, slots=True)
class IndicatorVerdicts(Record):
    """The reported, the recomputed and the rulebook's verdict side by side."""

    check: IndicatorCheck
    """The first two."""
    judged: WeekResult | None
    """The third; None where the rulebook does not know the norm or there is no score."""


@dataclass(frozen=True, slots=True)
class ReportedNumbers(Record):
    """The numbers of a document, by the names of a rulebook."""

    numbers: tuple[WeekNumbers, ...]
    """The numbers, measured elsewhere."""
    unknown: tuple[str, ...]
    """The names that the rulebook does not know."""
    unusable: tuple[str, ...]
    """The scores that are no numbers."""


class _Document(Shown):
    """What all documents have."""

    __slots__ = ("_core",)
    _core: Any
    _class: Any

    def __init__(self, document: Mapping[str, Any]) -> None:
        """A document of a dictionary.

        Raises InvalidDocumentError with the path of what is missing or has another type.
        """
        self._core = self._class.from_dict(document)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads the JSON text of the document.

        Raises InvalidDocumentError with the path of what is missing or has another type.
        """
        made = object.__new__(cls)
        made._core = cls._class.from_json(text)
        return made

    def to_json(self) -> str:
        """The document as JSON text, unknown fields included."""
        text: str = self._core.to_json()
        return text

    def to_dict(self) -> dict[str, Any]:
        """The document as a dictionary, with the keys of the Retailer API."""
        document: dict[str, Any] = self._core.plain()
        return document

    def __eq__(self, other: object) -> bool:
        return bool(self._core == other._core) if isinstance(other, type(self)) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self).from_json, (self.to_json(),))


class PerformanceIndicators(_Document):
    """A ``PerformanceIndicators`` document: the service norms as the marketplace reports them.

    >>> import klokuur
    >>> document = klokuur.PerformanceIndicators.from_json('''{"performanceIndicators":[{"name":"CANCELLATIONS","type":"PERCENTAGE",
    ...     "details":{"period":{"week":"10","year":"2019"},
    ...     "score":{"conforms":false,"numerator":8,"denominator":88,"value":0.88,"distanceToNorm":0.86},
    ...     "norm":{"condition":"<=","value":0.02}}}]}''')
    >>> check = document.checks()[0]
    >>> check.week, check.reported, check.recomputed, check.differences[0].kind
    (IsoWeek('2019-W10'), False, False, 'value')
    """

    __slots__ = ()
    _class = _klokuur.PerformanceIndicatorsCore

    @property
    def indicators(self) -> Rows[PerformanceIndicator]:
        """The indicators, in the document's order."""
        return Rows(PerformanceIndicator._of(one) for one in self.to_dict()["performanceIndicators"])

    def checks(self) -> Rows[IndicatorCheck]:
        """Each indicator checked against itself."""
        return Rows(IndicatorCheck._of(check) for check in _klokuur.indicator_checks(self._core))

    def numbers(self, rules: Rulebook | str | None = None) -> ReportedNumbers:
        """The numbers of all indicators with a score, by the names of the rulebook."""
        return ReportedNumbers._of(_klokuur.indicator_numbers(self._core, rules_or_bol(rules)._core))

    def verdicts(self, now: datetime, rules: Rulebook | str | None = None) -> tuple[IndicatorVerdicts, ...]:
        """The reported, the recomputed and the rulebook's verdict of each indicator."""
        found = _klokuur.indicator_verdicts(self._core, rules_or_bol(rules)._core, now)
        return tuple(IndicatorVerdicts._of(verdicts, zone_of(now)) for verdicts in found)

    def __repr__(self) -> str:
        return f"<PerformanceIndicators, {len(self.to_dict()['performanceIndicators'])} indicators>"


@dataclass(frozen=True, slots=True)
class ReturnReason(_Part):
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
class ReturnProcessing(_Part):
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
class ReturnItem(_Part):
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
class Return(_Part):
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


class Returns(_Document):
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


@dataclass(frozen=True, slots=True)
class OrderItemCancellation(Record):
    """One order item to cancel."""

    order_item_id: str
    """The item's number."""
    reason_code: str
    """Why."""
    is_by_customer: bool
    """Whether the customer asked for it."""


class OrderItemCancellations(_Document):
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


class Orders(_Document):
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


class Shipments(_Document):
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


@dataclass(frozen=True, slots=True)
class KpiScore(Record):
    """One score of one week, as reported, with the norm that was in force for this seller."""

    kpi: str
    """What is measured."""
    period: str
    """Year and week, as they came."""
    numerator: int | None
    """Above the line; None without a score."""
    denominator: int | None
    """Under the line."""
    value: float | None
    """The reported value."""
    conforms: bool | None
    """The reported verdict."""
    norm_type: str
    """``FIXED``, or ``DYNAMIC`` where the value is this seller's own."""
    condition: str
    """``lte``, ``gte``, …"""
    norm: float | None
    """The norm."""
    excluded: bool
    """Whether the week is excused for this norm."""


class KpiScores(_Document):
    """A ``kpi-scores`` document of version 11: the weekly scores."""

    __slots__ = ()
    _class = _klokuur.KpiScoresCore

    @property
    def scores(self) -> Rows[KpiScore]:
        """The scores, in the document's order."""
        return Rows(
            KpiScore(
                one["kpi"],
                one["period"]["id"],
                one.get("score", {}).get("numerator"),
                one.get("score", {}).get("denominator"),
                one.get("score", {}).get("value"),
                one.get("score", {}).get("conformsToNorm"),
                one["norm"]["type"],
                one["norm"]["condition"],
                one["norm"].get("value"),
                one.get("excluded", False),
            )
            for one in self.to_dict()["kpiScores"]
        )

    def numbers(self, rules: Rulebook | RulebookHistory | str | None = None) -> ReportedNumbers:
        """The numbers of all scores, by the names of the rulebook."""
        return ReportedNumbers._of(_klokuur.kpi_numbers(self._core, rules_or_bol(rules)._core))

    def __repr__(self) -> str:
        return f"<KpiScores, {len(self.to_dict()['kpiScores'])} scores>"


@dataclass(frozen=True, slots=True)
class StrikeWeek(Record):
    """A week that bears a strike, as reported."""

    week: IsoWeek
    """The week."""
    reasons: tuple[str, ...]
    """Every norm that was missed."""

    @classmethod
    def _of(cls, plain: Any, zone: tzinfo | None = None) -> Self:
        week, reasons = plain
        return cls(IsoWeek(week), tuple(reasons))


@dataclass(frozen=True, slots=True)
class ReportedStanding(Record):
    """The standing as the marketplace reports it."""

    monitoring_system: str | None
    """How the account is monitored, as it came."""
    first_week: IsoWeek | None
    """The first week that is looked at."""
    last_week: IsoWeek | None
    """The last one, included."""
    strikes: int | None
    """The strikes, 0 to 7; None when nothing is told of them."""
    weeks: tuple[StrikeWeek, ...]
    """The weeks that bear them, oldest first."""
    policy_points: float | None
    """The policy points, 0 to 100."""
    quality_score: float | None
    """The quality score, 0 to 100."""


class PerformanceStatus(_Document):
    """A performance status document of version 11: strikes, policy points and quality score.

    >>> import klokuur
    >>> status = klokuur.PerformanceStatus.from_json(
    ...     '{"strike":{"count":1,"weeks":[{"week":"2026-30","reasons":["ON_TIME"]}]},"policyPoints":100}')
    >>> status.standing().weeks[0].week
    IsoWeek('2026-W30')
    """

    __slots__ = ()
    _class = _klokuur.PerformanceStatusCore

    def standing(self) -> ReportedStanding:
        """The standing that it reports."""
        return ReportedStanding._of(_klokuur.reported_standing(self._core))

    def __repr__(self) -> str:
        return f"<PerformanceStatus, {self.standing().strikes} strikes>"


@dataclass(frozen=True, slots=True)
class RetailerLine(Record):
    """An order line with the numbers that it goes by."""

    order: str
    """The order's number."""
    order_item: str
    """The number of the order item."""
    item: str | None
    """The product: its EAN, or its title."""
    line: OrderLine
    """The line, ready to be measured."""

    @classmethod
    def _of(cls, plain: Any, zone: tzinfo | None = None) -> Self:
        return cls(plain["order"], plain["order_item"], plain.get("item"), line_of(plain["line"], zone))


@dataclass(frozen=True, slots=True)
class RetailerLines(Record):
    """The order lines of documents, and what could not be used."""

    lines: tuple[RetailerLine, ...]
    """The lines, by order and item; an item sent in several parcels has a line for each."""
    unusable: tuple[str, ...]
    """Order items that lack what a line needs, with the reason."""


class RetailerDocuments(Shown):
    """Documents of the Retailer API of different days, merged: what changed last wins, nothing counts twice.

    >>> import klokuur
    >>> order = '{"orders":[{"orderId":"A","orderItems":[{"orderItemId":"1","quantity":2}]}]}'
    >>> klokuur.RetailerDocuments([("monday.json", order), ("tuesday.json", order)]).orders
    <Orders, 1 orders>
    """

    __slots__ = ("_core", "_given")

    def __init__(self, documents: Iterable[tuple[str, str]]) -> None:
        """Names and JSON texts, oldest first: each one document or a list of them.

        Raises InvalidDocumentError with the document and the path in it.
        """
        self._given = tuple(documents)
        self._core = _klokuur.RetailerDocumentsCore(list(self._given))

    @classmethod
    def from_folder(cls, folder: str | Path) -> Self:
        """All ``.json`` files of a folder and the folders in it, by their paths: days in names that sort are read in their order."""
        root = Path(folder)
        paths = sorted(path for path in root.rglob("*.json") if path.is_file())
        return cls((path.relative_to(root).as_posix(), path.read_text("utf-8-sig")) for path in paths)

    @property
    def orders(self) -> Orders:
        """All orders, each item as it was last told."""
        return _lifted(Orders, self._core.orders())

    @property
    def shipments(self) -> Shipments:
        """All shipments."""
        return _lifted(Shipments, self._core.shipments())

    @property
    def returns(self) -> Returns:
        """All returns."""
        return _lifted(Returns, self._core.returns())

    @property
    def cancellations(self) -> OrderItemCancellations:
        """All requests to cancel."""
        return _lifted(OrderItemCancellations, self._core.cancellations())

    @property
    def indicators(self) -> PerformanceIndicators:
        """All performance indicators of version 10."""
        return _lifted(PerformanceIndicators, self._core.indicators())

    @property
    def kpi_scores(self) -> KpiScores:
        """All scores of version 11."""
        return _lifted(KpiScores, self._core.kpi_scores())

    @property
    def status(self) -> PerformanceStatus | None:
        """The performance status that was told last."""
        core = self._core.status()
        return None if core is None else _lifted(PerformanceStatus, core)

    def order_lines(self) -> RetailerLines:
        """The order lines: for each parcel of an item, for what was cancelled, and for what is still to be sent."""
        return RetailerLines._of(self._core.order_lines())

    def numbers(self, rules: Rulebook | RulebookHistory | str | None = None) -> ReportedNumbers:
        """The numbers of all reported scores, by the names of the rulebook; where both versions tell a week, version 11 does."""
        return ReportedNumbers._of(self._core.numbers(rules_or_bol(rules)._core))

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self._given,))

    def __repr__(self) -> str:
        return f"<RetailerDocuments, {len(self._given)} documents>"


_Kind = TypeVar("_Kind", bound=_Document)


def _lifted(kind: type[_Kind], core: Any) -> _Kind:
    made = object.__new__(kind)
    made._core = core
    return made
