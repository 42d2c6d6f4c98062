"""Cases as overviews and signals count them: one record each, of outcomes, of a book or of a frame."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as _date
from datetime import datetime, timedelta, tzinfo
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo

from klokuur import _klokuur
from klokuur._case import CaseOutcome
from klokuur._cells import local_date, whole
from klokuur._fingerprints import Fingerprints
from klokuur._frames import Rows, carried, columns_of_frame, kind_of, rows_of
from klokuur._given import instance_of, items_of, needs_columns
from klokuur._records import Record
from klokuur._rulebook import Rulebook, rules_of, rules_or_bol, rules_that_judged

__all__ = ["CaseRecord", "ItemOrders", "Period", "case_records"]


@dataclass(frozen=True, slots=True)
class Period(Record):
    """A period of whole local dates, both ends included.

    >>> import klokuur
    >>> klokuur.Period.month(2026, 3).last
    datetime.date(2026, 3, 31)

    Raises InvalidValueError when ``last`` lies before ``first``, OutOfRangeError for a date outside 1900 to 2100.
    """

    first: _date
    """The first date."""
    last: _date
    """The last date."""

    def __post_init__(self) -> None:
        _klokuur.period_between(self.first, self.last)

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        """A calendar month."""
        return cls._of(_klokuur.period_month(year, month))

    @classmethod
    def trailing(cls, last: _date, days: int) -> Self:
        """The days up to and with a date.

        >>> from datetime import date
        >>> import klokuur
        >>> klokuur.Period.trailing(date(2026, 11, 9), 28).first
        datetime.date(2026, 10, 13)
        """
        return cls._of(_klokuur.period_trailing(last, days))


@dataclass(frozen=True, slots=True)
class CaseRecord(Record):
    """What overviews and signals need of one case, by local dates."""

    opened: _date
    """The local date it was opened on."""
    subject: str | None = None
    """The subject."""
    item: str | None = None
    """The item."""
    defect: str | None = None
    """The defect."""
    handling: timedelta | None = None
    """How long the handling took, or has taken so far, in business time; None when that is not known."""
    is_running: bool = False
    """Whether it is still being handled."""
    on_time: bool | None = None
    """Whether it was answered in time; None when that is not (yet) judged."""
    closed: _date | None = None
    """The local date it was closed on; None while it runs."""
    kind: Literal["question", "return", "cancellation"] = "question"
    """What kind of case it is."""
    origin: Literal["customer", "marketplace", "seller"] = "customer"
    """Who opened it."""
    agent: str | None = None
    """Who answers."""
    shipping_method: Literal["own", "vvb", "lvb"] | None = None
    """How the order is shipped; None when that is not known."""

    @classmethod
    def _of(cls, plain: Any, zone: tzinfo | None = None) -> Self:
        handling = plain["handling"]
        if handling == "unknown":
            fields = {"handling": None, "is_running": False}
        else:
            [(state, amount)] = handling.items()
            fields = {"handling": amount, "is_running": state == "running"}
        return super(CaseRecord, cls)._of({**plain, **fields}, zone)

    def _lifted(self) -> dict[str, Any]:
        fields = {name: getattr(self, name) for name in CaseRecord.__dataclass_fields__ if name != "is_running"}
        return {**fields, "handling": lifted_handling(self.handling, self.is_running)}


def lifted_handling(amount: timedelta | None, is_running: bool) -> Any:
    return "unknown" if amount is None else {"running" if is_running else "done": amount}


@dataclass(frozen=True, slots=True)
class ItemOrders(Record):
    """How many pieces of an item were ordered on a date: what makes a count of cases a rate."""

    date: _date
    """The local date."""
    item: str
    """The item."""
    orders: int
    """The ordered pieces."""


def case_records(cases: Any, rules: Rulebook | str | None = None) -> Rows[CaseRecord]:
    """Cases as overviews need them: of what :func:`evaluate` or ``CaseBook.outcomes`` gave, dated in the rulebook's zone."""
    if kind_of(cases) is not None:
        rows = rows_of(cases)
        found = _rules_of_rows(rows, rules)
        basis = found.case.basis
        outcomes = [_outcome(row, basis) for row in rows]
    else:
        given = list(cases)
        if all(isinstance(case, CaseRecord) for case in given):
            return Rows._judged_by(given, judged_by(cases))
        outcomes = [_lifted_outcome(case) for case in items_of(given, CaseOutcome, "cases")]
        found = rules_of_cases(cases, rules)
    made = (CaseRecord._of(case) for case in _klokuur.case_records(outcomes, found.clock.zone))
    return Rows._judged_by(made, judged_by(cases))


def _lifted_outcome(case: CaseOutcome) -> dict[str, Any]:
    fields = {name: getattr(case, name) for name in CaseOutcome.__dataclass_fields__}
    for name in ("elapsed", "handling"):
        amount = fields[name]
        fields[name] = None if amount is None else {amount.basis: amount.amount}
    fields["scores"] = None if case.scores is None else dict(case.scores)
    fields["surveys"] = [answer.to_dict() for answer in case.surveys]
    return fields


def _outcome(row: dict[str, Any], basis: str) -> dict[str, Any]:
    fields = {name: row.get(name) for name in CaseOutcome.__dataclass_fields__}
    for name in ("elapsed", "handling"):
        fields[name] = None if fields[name] is None else {basis: fields[name]}
    # No overview needs each answer to a survey.
    del fields["surveys"]
    for name, kind in _klokuur.case_columns()[1]:
        if kind == "count":
            fields[name] = int(fields[name] or 0)
        elif kind == "truth":
            fields[name] = bool(fields[name])
    return fields


def _rules_of_rows(rows: list[dict[str, Any]], rules: Rulebook | str | None) -> Rulebook:
    """The rules of a frame of cases; one without rows needs none."""
    if not rows:
        return rules_or_bol(rules)
    return rules_of((row["rules"] for row in rows if row.get("rules") is not None), rules)


def rules_of_cases(cases: Any, rules: Rulebook | str | None) -> Rulebook:
    """The rules given, those of the book or frame that the cases come from, or bol's for cases that say none."""
    if rules is None and kind_of(cases) is not None:
        return _rules_of_rows(rows_of(cases), None)
    return rules_that_judged(cases.fingerprints if isinstance(cases, Rows) else None, rules)


def records(cases: Any, rules: Rulebook | str | None) -> list[dict[str, Any]]:
    return [case._lifted() for case in case_records(cases, rules)]


def judged_by(cases: Any) -> Fingerprints | None:
    """What judged cases that say it: of a book, or in a frame."""
    if isinstance(cases, Rows):
        return cases.fingerprints
    kind = kind_of(cases)
    return None if kind is None else carried(columns_of_frame(cases, kind))


def said(found: Any, cases: Any, rules: Rulebook | str | None) -> dict[str, Any]:
    by = judged_by(cases) or Fingerprints.of(None, rules_of_cases(cases, rules))
    return {**found, "fingerprints": by.to_dict()}


def orders_of(orders: Any, cases: Any, rules: Rulebook | str | None) -> list[Any]:
    """Ordered pieces as the core reads them; an instant in a frame is on its date in the zone of the rules."""
    if kind_of(orders) is None:
        return list(orders)
    rows, needed = rows_of(orders), ("date", "item", "orders")
    if rows:
        needs_columns(rows[0], needed, "table of orders", f"the columns {', '.join(needed)}")
    has_instants = any(isinstance(row["date"], datetime) and row["date"].tzinfo is not None for row in rows)
    zone = ZoneInfo(rules_of_cases(cases, rules).clock.zone) if has_instants else None
    return [{"date": local_date(row["date"], zone), "item": row["item"], "orders": whole(row["orders"])} for row in rows]


def bounds(period: Period) -> tuple[_date, _date]:
    found = instance_of(period, Period, "period")
    return found.first, found.last
