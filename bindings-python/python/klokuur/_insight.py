"""What cases say about items: subjects and the monthly overview."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta, tzinfo
from typing import Any, Literal, Self

from klokuur import _klokuur
from klokuur._case_records import Period, bounds, judged_by, lifted_handling, orders_of, records, rules_of_cases, said
from klokuur._fingerprints import Fingerprints
from klokuur._records import Record
from klokuur._rulebook import Rulebook
from klokuur._week import IsoWeek

__all__ = [
    "HandlingTimes",
    "ItemCases",
    "Overview",
    "OverviewGroup",
    "ShareInterval",
    "SubjectCases",
    "SubjectOverview",
    "WeekCases",
    "handling_times",
    "overview",
    "share_interval",
    "subject_overview",
]

Dimension = Literal["item", "subject", "defect", "kind", "origin", "agent", "shipping_method", "week"]


@dataclass(frozen=True, slots=True)
class ShareInterval(Record):
    """A share with its Wilson score interval."""

    count: int
    """How many."""
    of: int
    """Of how many."""
    share: float
    """Their quotient."""
    low: float
    """Lower end."""
    high: float
    """Upper end."""
    confidence: float
    """The confidence level."""


@dataclass(frozen=True, slots=True)
class HandlingTimes(Record):
    """Percentiles of handling times that respect still-running cases (Kaplan & Meier)."""

    handled: int
    """Handled cases with a known time."""
    running: int
    """Still-running cases with a known time."""
    median: timedelta | None
    """Half of the cases are handled within this time; None where too few cases have reached it."""
    p75: timedelta | None
    """Three quarters of the cases are handled within this time."""
    p90: timedelta | None
    """Nine in ten cases are handled within this time."""
    p95: timedelta | None
    """Nineteen in twenty cases are handled within this time."""


@dataclass(frozen=True, slots=True)
class SubjectCases(Record):
    """The cases of one subject."""

    subject: str | None
    """The subject; None where it is not known."""
    cases: int
    """How many."""
    share: float
    """Their share of all."""


@dataclass(frozen=True, slots=True)
class WeekCases(Record):
    """The cases of one week, by subject."""

    week: IsoWeek
    """The week."""
    cases: int
    """How many."""
    subjects: tuple[SubjectCases, ...]
    """By subject, the most first."""


@dataclass(frozen=True, slots=True)
class ItemCases(Record):
    """The cases of one item, by subject."""

    item: str
    """The item."""
    cases: int
    """How many."""
    orders: int | None
    """The ordered pieces, where they are known."""
    rate: float | None
    """Cases per order."""
    subjects: tuple[SubjectCases, ...]
    """By subject, the most first."""


@dataclass(frozen=True, slots=True)
class SubjectOverview(Record):
    """What the cases of a period are about, and for which items."""

    period: Period
    """The period."""
    cases: int
    """All cases."""
    subjects: tuple[SubjectCases, ...]
    """By subject, the most first."""
    weeks: tuple[WeekCases, ...]
    """By week."""
    items: tuple[ItemCases, ...]
    """By item, the most first."""
    relatively_many: tuple[ItemCases, ...]
    """The items with the most cases per order."""
    fingerprints: Fingerprints
    """What judged its cases; the rules alone where nobody knows."""


@dataclass(frozen=True, slots=True)
class OverviewGroup(Record):
    """The cases of one group of an overview."""

    item: str | None
    """The item, where the overview is split by it or narrowed to it."""
    subject: str | None
    """The subject, likewise."""
    defect: str | None
    """The defect, likewise."""
    kind: Literal["question", "return", "cancellation"] | None
    """The kind, likewise."""
    origin: Literal["customer", "marketplace", "seller"] | None
    """Who opened them, likewise."""
    agent: str | None
    """The agent, likewise."""
    shipping_method: Literal["own", "vvb", "lvb"] | None
    """How the orders are shipped, likewise."""
    week: IsoWeek | None
    """The ISO week, where the overview is split by it; only its dates within the period count."""
    cases: int
    """How many."""
    questions: int
    """How many of them are questions."""
    returns: int
    """How many are returns."""
    cancellations: int
    """How many are cancellations."""
    handling: HandlingTimes
    """How long the handling took."""
    on_time: ShareInterval | None
    """The share answered in time, of those that are judged."""
    orders: int | None
    """The ordered pieces, where they are known."""
    rate: float | None
    """Cases per order."""


@dataclass(frozen=True, slots=True)
class Overview(Record):
    """A period's cases, split and narrowed as asked."""

    period: Period
    """The period."""
    counted_by: Literal["closed", "opened"]
    """Which date of a case lies in the period."""
    total: OverviewGroup
    """All counted cases."""
    groups: tuple[OverviewGroup, ...]
    """Each group, the most cases first."""
    fingerprints: Fingerprints | None
    """What judged its cases; None where nobody knows."""


def share_interval(count: int, of: int, confidence: float = 0.95) -> ShareInterval | None:
    """The Wilson score interval of a share; None of nothing.

    >>> import klokuur
    >>> interval = klokuur.share_interval(45, 50)
    >>> round(interval.low, 3), round(interval.high, 3)
    (0.786, 0.957)

    Raises OutOfRangeError for a count above ``of`` and a confidence that is not between 0 and 1.
    """
    found = _klokuur.share_interval(count, of, confidence)
    return None if found is None else ShareInterval._of(found)


def handling_times(done: Iterable[timedelta], running: Iterable[timedelta] = ()) -> HandlingTimes:
    """The percentiles of handling times, of handled cases and of those still running.

    >>> from datetime import timedelta
    >>> import klokuur
    >>> klokuur.handling_times([timedelta(hours=1), timedelta(hours=4)], [timedelta(hours=6)]).median
    datetime.timedelta(seconds=14400)
    """
    handlings = [lifted_handling(amount, False) for amount in done]
    handlings += [lifted_handling(amount, True) for amount in running]
    return HandlingTimes._of(_klokuur.handling_times(handlings))


def subject_overview(
    cases: Any, period: Period, orders: Any = (), rules: Rulebook | str | None = None
) -> SubjectOverview:
    """What the cases of a period of 28 days to 6 months are about, by item and week.

    ``cases`` are :class:`CaseRecord` s, outcomes, or what :func:`evaluate` gave; ``orders`` are :class:`ItemOrders`.

    Raises OutOfRangeError for a period that is shorter or longer than the rules accept.
    """
    found = _klokuur.subject_overview(
        records(cases, rules), orders_of(orders, cases, rules), bounds(period), rules_of_cases(cases, rules)._core
    )
    return SubjectOverview._of(said(found, cases, rules))


def overview(
    cases: Any,
    period: Period,
    orders: Any = (),
    *,
    by: Dimension | Iterable[Dimension] = (),
    counted_by: Literal["closed", "opened"] = "closed",
    item: str | None = None,
    subject: str | None = None,
    defect: str | None = None,
    kind: Literal["question", "return", "cancellation"] | None = None,
    origin: Literal["customer", "marketplace", "seller"] | None = None,
    agent: str | None = None,
    shipping_method: Literal["own", "vvb", "lvb"] | None = None,
    confidence: float = 0.95,
    rules: Rulebook | str | None = None,
) -> Overview:
    """The cases closed (or, by ``counted_by``, opened) in a period, split by dimensions and narrowed to an item, subject, …

    >>> from datetime import date, timedelta
    >>> import klokuur
    >>> opened, closed = date(2026, 3, 2), date(2026, 3, 4)
    >>> cases = [klokuur.CaseRecord(opened, item="lamp", defect="switch", handling=timedelta(hours=h), closed=closed) for h in (3, 30)]
    >>> march = klokuur.Period.month(2026, 3)
    >>> found = klokuur.overview(cases, march, item="lamp", defect="switch")
    >>> found.total.cases, found.total.handling.median
    (2, datetime.timedelta(seconds=10800))
    """
    query = {
        "period": dict(zip(("first", "last"), bounds(period), strict=True)),
        "counted_by": counted_by,
        "by": [by] if isinstance(by, str) else list(by),
        "only_item": item,
        "only_subject": subject,
        "only_defect": defect,
        "only_kind": kind,
        "only_origin": origin,
        "only_agent": agent,
        "only_shipping_method": shipping_method,
        "confidence": confidence,
    }
    found = _klokuur.insight_overview(records(cases, rules), orders_of(orders, cases, rules), query)
    by_what = judged_by(cases)
    return Overview._of({**found, "fingerprints": None if by_what is None else by_what.to_dict()})
