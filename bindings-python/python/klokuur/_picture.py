"""The picture of a seller: open cases, norms, strikes, scores, NPS, subjects, signals, as data and in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from klokuur import _klokuur
from klokuur._account import PolicyPointsEvent
from klokuur._case import CaseEvent
from klokuur._case_book import CaseBook
from klokuur._given import instance_of, items_of, shown
from klokuur._log import LogMapping, log_of, mapping_of, refuse_path, told_apart
from klokuur._norm import WeekNumbers
from klokuur._order_export import ExportedLine
from klokuur._orders import OrderLine, lifted_line
from klokuur._own_hours import own_rules, refuse_other_hours
from klokuur._reported import PerformanceStatus
from klokuur._rulebook import Rulebook, RulebookHistory, rules_or_bol
from klokuur._schedule import Language, language_name
from klokuur._standing import StandingEvent

__all__ = ["SellerPicture", "picture"]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class SellerPicture:
    """A seller's cases, norms, standing, satisfaction and signals at one instant. Made by :func:`picture`."""

    _core: _klokuur.PictureCore

    def to_dict(self) -> dict[str, Any]:
        """The picture as plain data, as every language has it: ``as_of``, ``judged_by``, ``read``, ``cases``, ``weeks``, ``strikes``,
        ``points``, ``score``, ``nps``, ``subjects``, ``signals``, ``month``, ``other_holidays`` and ``missing``, with the cases behind
        every number. Instants and amounts are texts, exact numbers too.
        """
        found: dict[str, Any] = self._core.plain()
        return found

    def page(self, language: Language = "english") -> dict[str, Any]:
        """The picture in words, ready to be laid out: ``title``, ``subtitle``, ``notes``, ``cards`` and ``sections`` of headings, texts,
        lists, tables and places for figures.
        """
        found: dict[str, Any] = self._core.page(language_name(language))
        return found

    def text(self, language: Language = "english", *, most: int | None = 8) -> str:
        """The picture as plain text, with so many rows of a long table; None: all of them."""
        return self._core.text(language_name(language), most)

    def html(self, language: Language | None = None, *, title: str | None = None, link: str | None = None) -> str:
        """The picture as one HTML page that needs nothing else; in the language of the rules' country where none is asked for.

        ``link`` is the address of a case in the help desk, with ``{case}`` for its number: ``https://desk.example/tickets/{case}``.
        """
        return self._core.html(None if language is None else language_name(language), title, link)

    def _repr_html_(self) -> str:
        """In a notebook: the picture in words."""
        return f"<pre>{escape(self.text())}</pre>"

    def __repr__(self) -> str:
        found = self.to_dict()
        return f"<SellerPicture as of {found['as_of']['now']}, {found['cases']['open']} open cases>"


def picture(
    cases: Any,
    *,
    now: datetime,
    rules: Rulebook | RulebookHistory | str | None = None,
    mapping: LogMapping = None,
    name: str | None = None,
    orders: Iterable[ExportedLine] | None = None,
    surveys: Iterable[tuple[datetime, int | Mapping[str, int]]] | None = None,
    calls: Iterable[tuple[datetime, bool]] | None = None,
    reviews: Iterable[tuple[date, int]] | None = None,
    reported: Iterable[WeekNumbers] = (),
    status: PerformanceStatus | None = None,
    decisions: Iterable[StandingEvent] = (),
    points: Iterable[PolicyPointsEvent] | None = None,
) -> SellerPicture:
    """The picture of a seller at ``now``, computed once for text, page and app.

    ``cases`` are events (records or mappings) or a data frame as :func:`evaluate` takes it, with their ``mapping``, whose own hours
    and holidays take the place of the rules'; or a :class:`CaseBook`, which has its own.
    ``orders`` are lines as :func:`read_orders` gives them; ``surveys`` pairs of time and score from 0 to 10 (of the
    recommendation, or by area: ``{"recommendation": 9, "speed": 8}``), without which those in the cases are taken; ``calls`` pairs of time and whether it was answered; ``reviews`` pairs of date and grade. ``reported`` are weekly
    numbers as the marketplace counts them, which take the place of those counted here; ``status`` is what it reports of the account,
    ``decisions`` what it decided, ``points`` the policy points that it deducted. What is not given is told as missing. ``rules`` are
    bol's through time by default. What is of after ``now`` is counted and not looked at.

    >>> from datetime import datetime, UTC
    >>> import klokuur
    >>> cases = {"case": ["K-1"], "at": ["2026-03-13T15:00:00+01:00"], "event": ["opened"]}
    >>> found = klokuur.picture(cases, now=datetime(2026, 3, 16, 8, 30, tzinfo=UTC))
    >>> found
    <SellerPicture as of 2026-03-16T09:30:00+01:00, 1 open cases>
    >>> found.to_dict()["cases"]["at_risk"]
    ['K-1']
    >>> print(found.text("nl").splitlines()[0])
    Maandagochtend

    Raises InvalidDocumentError for what is no event, order, answer or call, OutOfRangeError for a ``now`` outside 1900 to 2100.
    """
    reads = mapping_of(mapping)
    # A book has rules of its own: another marketplace's would judge what these have timed.
    asked = cases.rules if rules is None and isinstance(cases, CaseBook) else rules_or_bol(rules)
    judging = own_rules(reads, asked)
    beside: dict[str, Any] = {
        "name": name,
        "orders": None if orders is None else [_order(order, judging) for order in items_of(orders, ExportedLine, "orders")],
        "surveys": _pairs(surveys, "surveys", lambda at, given: {"at": at, "scores": _scores(given)}),
        "calls": _pairs(calls, "calls", lambda at, answered: {"at": at, "answered": answered}),
        "reviews": _pairs(reviews, "reviews", lambda on, grade: {"date": on, "score": grade}),
        "reported": list(reported),
        "status": None if status is None else instance_of(status, PerformanceStatus, "status").to_dict(),
        "decisions": list(decisions),
        "points": None if points is None else list(points),
    }
    if isinstance(cases, CaseBook):
        refuse_other_hours(reads, cases)
        return SellerPicture(_klokuur.PictureCore.of_book(cases._core, beside, judging._core, now))
    refuse_path(cases)
    events, is_log = told_apart(cases, mapping)
    if is_log:
        return SellerPicture(_klokuur.PictureCore.of_log(log_of(events, reads), beside, judging._core, now))
    return SellerPicture(_klokuur.PictureCore.of_events(events, beside, judging._core, now))


def _pairs(given: Iterable[Any] | None, what: str, row: Callable[[Any, Any], dict[str, Any]]) -> list[dict[str, Any]] | None:
    """Pairs as rows by name; None where none are given."""
    if given is None:
        return None
    rows = []
    for pair in given:
        if not isinstance(pair, (tuple, list)) or len(pair) != 2:
            raise TypeError(f"each of the {what} must be a pair, not {shown(pair)}")
        rows.append(row(*pair))
    return rows


def _scores(given: Any) -> dict[str, Any]:
    """The scores of an answer by area."""
    return dict(given) if isinstance(given, Mapping) else {"recommendation": given}


def _order(order: ExportedLine, rules: Rulebook) -> dict[str, Any]:
    line: OrderLine = order.line
    fields = {"row": order.row, "order": order.order, "item": order.item}
    return {**fields, "line": lifted_line(line, ZoneInfo(rules.clock.zone))}
