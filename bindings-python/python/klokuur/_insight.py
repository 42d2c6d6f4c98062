"""What cases say about items: subjects, the monthly overview, satisfaction and signals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as _date
from datetime import timedelta, tzinfo
from typing import Any, Literal, Self

from klokuur import _klokuur
from klokuur._case import CaseOutcome
from klokuur._fingerprints import Fingerprints
from klokuur._frames import Rows, carried, kind_of, rows_of
from klokuur._given import instance_of, items_of, needs_columns
from klokuur._log import columns_of_frame
from klokuur._nps import NpsInterval, NpsShares
from klokuur._records import Record
from klokuur._rulebook import Rulebook, rules_of, rules_or_bol, rules_that_judged
from klokuur._week import IsoWeek

__all__ = [
    "CaseRecord",
    "HandlingTimes",
    "ItemCases",
    "ItemOrders",
    "NpsSummary",
    "Overview",
    "OverviewGroup",
    "Period",
    "Satisfaction",
    "ShareInterval",
    "Signal",
    "SignalReport",
    "SubjectCases",
    "SubjectOverview",
    "WeekCases",
    "case_records",
    "handling_times",
    "overview",
    "satisfaction",
    "share_interval",
    "signals",
    "subject_overview",
]

Dimension = Literal["item", "subject", "defect", "kind", "origin", "agent", "shipping_method", "week"]


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
        return {**fields, "handling": _handling(self.handling, self.is_running)}


def _handling(amount: timedelta | None, is_running: bool) -> Any:
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
class NpsSummary(Record):
    """Everything that belongs beside an NPS."""

    promoters: int
    """Answers of 9 and 10."""
    passives: int
    """Answers of 7 and 8."""
    detractors: int
    """Answers of 0 to 6."""
    answers: int
    """All answers."""
    score: float | None
    """The score in points, for display; None without answers."""
    shares: NpsShares | None
    """The three shares."""
    standard_error: float | None
    """Standard error in points."""
    interval: NpsInterval | None
    """The adjusted Wald interval."""
    below_guideline: bool
    """Whether there are fewer answers than the guideline asks for."""

    @classmethod
    def _of(cls, plain: Any, zone: tzinfo | None = None) -> Self:
        score = plain["score"]
        points = None if score is None else 100 * score["numerator"] / score["denominator"]
        return super(NpsSummary, cls)._of({**plain, "score": points}, zone)


@dataclass(frozen=True, slots=True)
class Satisfaction(Record):
    """How satisfied customers are: the trailing window of the satisfaction page."""

    period: Period
    """The window."""
    nps: NpsSummary
    """The NPS of the window."""
    reviews: int
    """How many reviews."""
    review_sum: int
    """The sum of their grades."""
    review_mean: float | None
    """The mean review, 1 to 10. Not the review grade, which takes three months."""


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


@dataclass(frozen=True, slots=True)
class Signal(Record):
    """A subject or defect that comes up more often than it used to.

    For a new item, ``baseline`` stands for the shop's other items in the recent period.
    """

    level: Literal["item", "without_item", "all_items", "new_item"]
    """Where it comes up: for one item, in the cases without one, in all of them, for an item that was not sold before."""
    item: str | None
    """The item, where it is about one."""
    place: str
    """The item, or which cases are meant: ``all items``, ``cases without an item``."""
    kind: Literal["subject", "defect"]
    """What comes up."""
    name: str | None
    """Its name; None for all subjects or all defects of a new item together."""
    recent: int
    """Cases in the recent period."""
    baseline: int
    """Cases in the period before it, or of the other items."""
    exposure: Literal["orders", "days"]
    """What the counts are compared by."""
    recent_exposure: int
    """Orders or days of the recent period."""
    baseline_exposure: int
    """Orders or days of the period before it, or orders of the other items."""
    expected: float
    """The cases that the rate of the baseline leads to expect."""
    ratio: float | None
    """The recent rate divided by the one before; None when there was none before."""
    ratio_low: float
    """Lower end of its interval."""
    ratio_high: float | None
    """Upper end; None without a bound."""
    p: float
    """How likely so many are by chance."""
    p_adjusted: float
    """The same, for all that was looked at."""
    english: str
    """In one English sentence."""


@dataclass(frozen=True, slots=True)
class SignalReport(Record):
    """What comes up more often than it used to, at a stated false-alarm rate."""

    recent: Period
    """The recent period."""
    baseline: Period
    """The period before it."""
    false_alarm_rate: float
    """How likely any false signal is at most."""
    tested: int
    """How many subjects and defects were looked at, of one item, of all and of the cases without an item."""
    multiplier: int
    """What every p was multiplied by."""
    not_comparable: int
    """How many subjects and defects of one item have nothing to be compared with."""
    signals: tuple[Signal, ...]
    """The signals, the surest first."""
    fingerprints: Fingerprints
    """What judged its cases; the rules alone where nobody knows."""


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
    handlings = [_handling(amount, False) for amount in done]
    handlings += [_handling(amount, True) for amount in running]
    return HandlingTimes._of(_klokuur.handling_times(handlings))


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
            return Rows._judged_by(given, _judged_by(cases))
        outcomes = [_lifted_outcome(case) for case in items_of(given, CaseOutcome, "cases")]
        found = _rules_of_cases(cases, rules)
    made = (CaseRecord._of(case) for case in _klokuur.case_records(outcomes, found.clock.zone))
    return Rows._judged_by(made, _judged_by(cases))


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


def _rules_of_cases(cases: Any, rules: Rulebook | str | None) -> Rulebook:
    """The rules given, those of the book or frame that the cases come from, or bol's for cases that say none."""
    if rules is None and kind_of(cases) is not None:
        return _rules_of_rows(rows_of(cases), None)
    return rules_that_judged(cases.fingerprints if isinstance(cases, Rows) else None, rules)


def _records(cases: Any, rules: Rulebook | str | None) -> list[dict[str, Any]]:
    return [case._lifted() for case in case_records(cases, rules)]


def _judged_by(cases: Any) -> Fingerprints | None:
    """What judged cases that say it: of a book, or in a frame."""
    if isinstance(cases, Rows):
        return cases.fingerprints
    kind = kind_of(cases)
    return None if kind is None else carried(columns_of_frame(cases, kind))


def _said(found: Any, cases: Any, rules: Rulebook | str | None) -> dict[str, Any]:
    by = _judged_by(cases) or Fingerprints.of(None, _rules_of_cases(cases, rules))
    return {**found, "fingerprints": by.to_dict()}


def _orders(orders: Any) -> list[Any]:
    if kind_of(orders) is None:
        return list(orders)
    rows, needed = rows_of(orders), ("date", "item", "orders")
    if rows:
        needs_columns(rows[0], needed, "table of orders", f"the columns {', '.join(needed)}")
    return [{name: row[name] for name in needed} for row in rows]


def _bounds(period: Period) -> tuple[_date, _date]:
    found = instance_of(period, Period, "period")
    return found.first, found.last


def subject_overview(
    cases: Any, period: Period, orders: Any = (), rules: Rulebook | str | None = None
) -> SubjectOverview:
    """What the cases of a period of 28 days to 6 months are about, by item and week.

    ``cases`` are :class:`CaseRecord` s, outcomes, or what :func:`evaluate` gave; ``orders`` are :class:`ItemOrders`.

    Raises OutOfRangeError for a period that is shorter or longer than the rules accept.
    """
    found = _klokuur.subject_overview(
        _records(cases, rules), _orders(orders), _bounds(period), _rules_of_cases(cases, rules)._core
    )
    return SubjectOverview._of(_said(found, cases, rules))


def satisfaction(
    nps: Iterable[tuple[_date, int]],
    reviews: Iterable[tuple[_date, int]],
    last: _date,
    rules: Rulebook | str | None = None,
) -> Satisfaction:
    """NPS and reviews of the trailing window that ends with ``last``: pairs of a local date and a score.

    Raises OutOfRangeError for a score that is not 0 to 10 or a review that is not 1 to 10; its row is named.
    """
    return Satisfaction._of(_klokuur.satisfaction(list(nps), list(reviews), last, rules_or_bol(rules)._core))


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
        "period": dict(zip(("first", "last"), _bounds(period), strict=True)),
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
    found = _klokuur.insight_overview(_records(cases, rules), _orders(orders), query)
    judged_by = _judged_by(cases)
    return Overview._of({**found, "fingerprints": None if judged_by is None else judged_by.to_dict()})


def signals(cases: Any, last: _date, orders: Any = (), rules: Rulebook | str | None = None) -> SignalReport:
    """What comes up more often in the days up to ``last`` than in those before them, at a stated false-alarm rate.

    A subject or defect is looked at for each item, for the cases without an item and for all of them; an item that was
    not sold before is compared with the others, where ``orders`` are known.
    """
    found = _klokuur.signal_report(
        _records(cases, rules), _orders(orders), last, _rules_of_cases(cases, rules)._core
    )
    return SignalReport._of(_said(found, cases, rules))
