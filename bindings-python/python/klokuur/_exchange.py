"""The Retailer API's documents, version 10: read, checked against themselves, written back.

Nothing here talks to a server. What the documents carry beyond the fields named here survives a round trip.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any, Self

from klokuur import _klokuur
from klokuur._case import CaseEvent
from klokuur._frames import Rows
from klokuur._norm import WeekNumbers, WeekResult
from klokuur._records import Record, Shown
from klokuur._rulebook import Rulebook, rules_or_bol
from klokuur._week import IsoWeek

__all__ = [
    "Difference",
    "IndicatorCheck",
    "IndicatorVerdicts",
    "OrderItemCancellation",
    "OrderItemCancellations",
    "PerformanceIndicator",
    "PerformanceIndicators",
    "ReportedNumbers",
    "Return",
    "ReturnItem",
    "ReturnProcessing",
    "ReturnReason",
    "ReturnStart",
    "Returns",
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

    def numbers(self, rules: Rulebook | None = None) -> ReportedNumbers:
        """The numbers of all indicators with a score, by the names of the rulebook."""
        return ReportedNumbers._of(_klokuur.indicator_numbers(self._core, rules_or_bol(rules)._core))

    def verdicts(self, now: datetime, rules: Rulebook | None = None) -> tuple[IndicatorVerdicts, ...]:
        """The reported, the recomputed and the rulebook's verdict of each indicator."""
        found = _klokuur.indicator_verdicts(self._core, rules_or_bol(rules)._core, now)
        return tuple(IndicatorVerdicts._of(verdicts, now.tzinfo) for verdicts in found)

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
    """When the return was registered: the start of its clock."""
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
    handled_at: datetime | None
    """When it was handled, if it was."""


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
        """The events that open the cases of all items."""
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
