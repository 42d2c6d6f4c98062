"""The service norms that are measured on orders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as _date
from datetime import datetime, tzinfo
from typing import Any, Literal
from zoneinfo import ZoneInfo

from klokuur import _klokuur
from klokuur._cells import is_missing, local_date, truth_of, whole
from klokuur._errors import InvalidValueError, KlokuurError
from klokuur._frames import Rows, kind_of, rows_of
from klokuur._norm import WeekNumbers
from klokuur._order_columns import typed_columns
from klokuur._records import Record
from klokuur._refused import Refused, check_refused, tell
from klokuur._rulebook import Rulebook, RulebookHistory, rules_or_bol

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
    shipping_method: Literal["own", "vvb", "lvb"] = "own"
    """How it is shipped: in a way of the seller's own, with the marketplace's labels, or by the marketplace."""
    shipped_at: datetime | None = None
    """When the seller sent it, if known; what was sent and cannot be followed is never late: nobody knows."""
    handed_over_at: datetime | None = None
    """When the carrier scanned it first, if it did."""
    cancellation_processed_at: datetime | None = None
    """When the seller processed a customer's request to cancel, if that was later."""
    expires_on: _date | None = None
    """The last local date before it is cancelled by itself, where nothing was sent."""
    track_exempt: bool = False
    """Whether no code is needed: letter post, an appointment, or nothing sent yet."""
    returned_quantity: int | None = None
    """How many of the items were returned; all of them when None."""


def line_of(plain: Any, zone: tzinfo | None = None) -> OrderLine:
    """An order line as the core gives it."""
    cancelled = plain.get("cancelled")
    if cancelled is not None:
        by = "customer" if cancelled["by_customer"] else "seller"
        processed = cancelled.get("processed_at")
        plain = {**plain, "cancelled_at": cancelled["at"], "cancelled_by": by, "cancellation_processed_at": processed}
    return OrderLine._of(plain, zone)


def order_weeks(
    lines: Iterable[OrderLine] | Any,
    rules: Rulebook | RulebookHistory | str | None = None,
    *,
    now: datetime,
    cases: Iterable[datetime] = (),
    refused: Refused = "raise",
) -> Rows[WeekNumbers]:
    """The weekly numbers of the norms of the rulebook that are measured on orders: items on time (together, or apart for own
    shipping and the marketplace's labels), cancellations, track & trace, case-item ratio and returns, as things stand at ``now``.

    ``lines`` are :class:`OrderLine` s, or a data frame with their fields as columns; ``cases`` is when customers' questions were opened
    (returns and cancellation requests are norms of their own). What happens after ``now`` is not looked at.
    A frame whose columns have the types of their fields is measured column by column, any other row by row, with the same answer.
    In a frame ``tracked`` may be written as yes or no, true or false, 1 or 0, and a missing cell is the field's default; a
    ``promised_on`` with a time and a zone is the date at that instant in the rulebook's zone.
    Dates and weeks are local in the rulebook's zone. What counts in which week is not published; ours is: ordered and
    cancelled items in the week of the order, items on time and parcels in the week of the promised date (once that date
    has passed or the parcel has arrived), returns in the week they were registered, questions in the week they were asked. What the
    marketplace fulfils (``lvb``) counts in no norm.

    >>> from datetime import date, datetime, UTC
    >>> import klokuur
    >>> ordered = datetime(2026, 3, 9, 12, tzinfo=UTC)
    >>> line = klokuur.OrderLine(ordered, 2, date(2026, 3, 10), datetime(2026, 3, 11, 18, tzinfo=UTC))
    >>> numbers = klokuur.order_weeks([line], now=datetime(2026, 3, 20, tzinfo=UTC))
    >>> [(n.norm, n.numerator, n.denominator) for n in numbers][0]  # two items, both late
    ('fulfilment', 0, 2)

    Raises OutOfRangeError with the ``row`` of a line with a quantity of 0, of one that was delivered or cancelled before it
    was ordered, and of one with a date outside 1900 to 2100; InvalidValueError with the ``row`` for another ``cancelled_by``
    or ``tracked``. With ``refused="warn"`` such lines are left out with a RefusedRowsWarning, with ``refused=[]`` they are
    told in that list.
    """
    check_refused(refused)
    judging = rules_or_bol(rules)
    columns = typed_columns(lines)
    if columns is not None:
        found, told = _klokuur.order_weeks_of_columns(judging._core, *columns, list(cases), now)
        tell(told, refused)
        return Rows(WeekNumbers._of(week) for week in found)
    local = ZoneInfo(judging.clock.zone)
    given = list(lines) if kind_of(lines) is None else rows_of(lines)
    errors: list[tuple[int, Any]] = []
    lifted: list[dict[str, Any]] = []
    rows: list[int] = []
    for row, line in enumerate(given):
        try:
            lifted.append(lifted_line(line, local))
            rows.append(row)
        except KlokuurError as error:
            errors.append((row, error))
    numbers, more = _klokuur.order_weeks(judging._core, lifted, list(cases), now)
    errors += [(rows[place], error) for place, error in more]
    tell(sorted(errors, key=lambda error: error[0]), refused)
    return Rows(WeekNumbers._of(week) for week in numbers)


def lifted_line(line: OrderLine | dict[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    """An order line as the core reads it."""
    if not isinstance(line, (OrderLine, dict)):
        raise TypeError(f"an order line must be an OrderLine, not {type(line).__name__}")
    names = OrderLine.__dataclass_fields__
    fields = {name: (line.get(name) if isinstance(line, dict) else getattr(line, name)) for name in names}
    fields = {name: None if _is_blank(value) else value for name, value in fields.items()}
    at, by = fields.pop("cancelled_at"), fields.pop("cancelled_by")
    processed = fields.pop("cancellation_processed_at")
    method = fields["shipping_method"] or "own"
    if method not in ("own", "vvb", "lvb"):
        raise InvalidValueError(f"shipping method `{method}` is not valid: accepted is own, vvb or lvb")
    fields["shipping_method"] = method
    if by not in (None, "customer", "seller"):
        raise InvalidValueError(f"cancelled_by `{by}` is not valid: accepted is customer or seller")
    for name in ("promised_on", "expires_on"):
        fields[name] = local_date(fields[name], zone)
    fields["quantity"] = whole(fields["quantity"])
    if fields["returned_quantity"] is not None:
        fields["returned_quantity"] = whole(fields["returned_quantity"])
    for name in ("tracked", "track_exempt"):
        fields[name] = fields[name] is not None and truth_of(fields[name], name)
    cancelled = None if at is None else {"at": at, "by_customer": by == "customer", "processed_at": processed}
    return {**fields, "cancelled": cancelled}


def _is_blank(value: Any) -> bool:
    """A file has no other way than an empty text to say that a cell is empty."""
    return is_missing(value) or (isinstance(value, str) and not value)
