"""Documents of the Retailer API, versions 10 and 11: all that a folder holds, merged.

Nothing here talks to a server. What the documents carry beyond the fields named here survives a round trip.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import Any, Self, TypeVar

from klokuur import _klokuur
from klokuur._errors import InvalidDocumentError
from klokuur._orders import OrderLine, line_of
from klokuur._records import Record, Shown
from klokuur._reported import KpiScores, PerformanceIndicators, PerformanceStatus, ReportedNumbers
from klokuur._retailer_document import Document
from klokuur._retailer_orders import OrderItemCancellations, Orders, Shipments
from klokuur._returns import Returns
from klokuur._rulebook import Rulebook, RulebookHistory, rules_or_bol

__all__ = ["RetailerDocuments", "RetailerLine", "RetailerLines"]


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


#: How the names of documents end, in capitals or not.
_ENDINGS = (".json", ".json.gz")


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
        """All ``.json`` files of a folder and the folders in it, packed with gzip (``.json.gz``) or not, by their paths: days in names that
        sort are read in their order. They are in any encoding that JSON has: UTF-8, UTF-16 or UTF-32.

        Raises InvalidDocumentError with the file that is none of those, or with the document and the path in it.
        """
        root = Path(folder)
        paths = sorted(path for path in root.rglob("*") if path.name.lower().endswith(_ENDINGS) and path.is_file())
        return cls((path.relative_to(root).as_posix(), _text_of(path, root)) for path in paths)

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


def _text_of(path: Path, root: Path) -> str:
    """The text of a file, whatever its bytes say that it is."""
    content = path.read_bytes()
    try:
        if content.startswith(b"\x1f\x8b"):
            content = gzip.decompress(content)
        return content.decode(json.detect_encoding(content))
    except (UnicodeDecodeError, EOFError, OSError, zlib.error) as problem:
        raise InvalidDocumentError(
            f"Retailer API document is not valid at {path.relative_to(root).as_posix()}: {problem}: accepted is JSON in UTF-8, UTF-16 or "
            "UTF-32, packed with gzip or not"
        ) from None


_Kind = TypeVar("_Kind", bound=Document)


def _lifted(kind: type[_Kind], core: Any) -> _Kind:
    made = object.__new__(kind)
    made._core = core
    return made
