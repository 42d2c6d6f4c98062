"""The service norms that are measured on orders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as _date
from datetime import datetime
from typing import Any, Literal, cast

from klokuur import _klokuur
from klokuur._case import RefusedRow
from klokuur._errors import KlokuurError, in_row
from klokuur._frames import Rows, kind_of, rows_of
from klokuur._norm import WeekNumbers
from klokuur._records import Record
from klokuur._rulebook import Rulebook, rules_or_bol

__all__ = ["OrderLine", "order_weeks"]


@dataclass(frozen=True, slots=True)
class OrderLine(Record):
    """One line of an order: some items of one kind, in one parcel."""

    ordered_at: datetime
    """When it was ordered."""
    quantity: int
    """The ordered items, 1 or more."""
    promised_on: _date
    """The promised delivery date, local."""
    delivered_at: datetime | None = None
    """When the parcel was delivered, if it was."""
    cancelled_at: datetime | None = None
    """When it was cancelled, if it was."""
    cancelled_by: Literal["customer", "seller"] | None = None
    """Who cancelled it; the seller when None."""
    tracked: bool = False
    """Whether the parcel can be followed."""
    returned_at: datetime | None = None
    """When a return was registered, if one was."""


def order_weeks(
    lines: Iterable[OrderLine] | Any,
    now: datetime,
    *,
    cases: Iterable[datetime] = (),
    rules: Rulebook | None = None,
    refused: list[RefusedRow] | Literal["raise"] = "raise",
) -> Rows[WeekNumbers]:
    """The weekly numbers of the norms that are measured on orders: items on time, cancellations, track & trace, case-item
    ratio and returns, as things stand at ``now``.

    ``lines`` are :class:`OrderLine` s, or a data frame with their fields as columns; ``cases`` is when cases were opened.
    Dates and weeks are local in the rulebook's zone. What counts in which week is not published; ours is: ordered and
    cancelled items in the week of the order, items on time and parcels in the week of the promised date (once that date
    has passed or the parcel has arrived), returns in the week they were registered, cases in the week they were opened.

    >>> from datetime import date, datetime, UTC
    >>> import klokuur
    >>> ordered = datetime(2026, 3, 9, 12, tzinfo=UTC)
    >>> line = klokuur.OrderLine(ordered, 2, date(2026, 3, 10), datetime(2026, 3, 11, 18, tzinfo=UTC))
    >>> numbers = klokuur.order_weeks([line], now=datetime(2026, 3, 20, tzinfo=UTC))
    >>> [(n.norm, n.numerator, n.denominator) for n in numbers][0]  # two items, both late
    ('fulfilment', 0, 2)

    Raises OutOfRangeError with the ``row`` of a line with a quantity of 0, and of one that was delivered or cancelled
    before it was ordered; with ``refused=[]`` such lines are left out and told in that list.
    """
    given = list(lines) if kind_of(lines) is None else rows_of(lines)
    lifted = [_lifted(line) for line in given]
    numbers, errors = _klokuur.order_weeks(rules_or_bol(rules).clock.zone, lifted, list(cases), now)
    if errors and refused == "raise":
        row, error = errors[0]
        raise in_row(cast(KlokuurError, error), row)
    if isinstance(refused, list):
        refused.extend(RefusedRow(row, error.code, str(error)) for row, error in errors)
    return Rows(WeekNumbers._of(week) for week in numbers)


def _lifted(line: OrderLine | dict[str, Any]) -> dict[str, Any]:
    names = OrderLine.__dataclass_fields__
    fields = {name: (line.get(name) if isinstance(line, dict) else getattr(line, name)) for name in names}
    at, by = fields.pop("cancelled_at"), fields.pop("cancelled_by")
    if isinstance(fields["promised_on"], datetime):
        fields["promised_on"] = fields["promised_on"].date()
    cancelled = None if at is None else {"at": at, "by_customer": by == "customer"}
    return {**fields, "tracked": bool(fields["tracked"]), "cancelled": cancelled}
