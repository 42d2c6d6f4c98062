"""Beside the computed strikes of an account: what the marketplace reports, and policy points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as _date
from datetime import datetime
from fractions import Fraction
from typing import Any

from klokuur import _klokuur
from klokuur._errors import OutOfRangeError
from klokuur._fingerprints import Fingerprints
from klokuur._given import instance_of
from klokuur._norm import exact
from klokuur._records import Record, Shown
from klokuur._rulebook import Rulebook, RulebookHistory, rules_or_bol
from klokuur._standing import Ledger
from klokuur._week import IsoWeek

__all__ = [
    "Deduction",
    "PolicyPoints",
    "PolicyPointsEvent",
    "PolicyPointsReport",
    "QualityScore",
    "StandingAsReported",
    "StrikeAsReported",
    "StandingComparison",
    "compare_standing",
]


@dataclass(frozen=True, slots=True)
class StrikeAsReported(Record):
    """A week with a strike, as the marketplace reports it."""

    week: IsoWeek
    """The week."""
    reasons: tuple[str, ...] = ()
    """The norms that it names as reasons, by their names in the rulebook or in the Retailer API."""


@dataclass(frozen=True, slots=True)
class StandingAsReported(Record):
    """The strikes of an account as the marketplace reports them; never altered."""

    on: _date
    """The date of the report."""
    count: int
    """How many strikes it counts."""
    strikes: tuple[StrikeAsReported, ...] = ()
    """The weeks that it names."""


@dataclass(frozen=True, slots=True)
class StandingComparison(Record):
    """What the marketplace reports beside what is computed here."""

    on: _date
    """The date."""
    reported: int
    """How many strikes are reported."""
    computed: int
    """How many are computed."""
    only_reported: tuple[IsoWeek, ...]
    """Weeks with a strike in the report only."""
    only_computed: tuple[IsoWeek, ...]
    """Weeks with a computed strike only."""
    other_reasons: tuple[IsoWeek, ...]
    """Weeks with a strike in both, for other norms."""
    agrees: bool
    """Whether both say the same."""
    english: str
    """The difference in a sentence."""
    dutch: str
    """The same in Dutch."""
    fingerprints: Fingerprints
    """What the computed ones were judged by."""

    def __str__(self) -> str:
        return self.english


def compare_standing(ledger: Ledger, reported: StandingAsReported) -> StandingComparison:
    """What the marketplace reports beside what a ledger computes for the same date: neither is changed.

    >>> from datetime import date
    >>> import klokuur
    >>> ledger = klokuur.Ledger([klokuur.JudgedWeek.bad("2026-W30", "on_time")])
    >>> print(klokuur.compare_standing(ledger, klokuur.StandingAsReported(date(2026, 8, 1), 0)))
    the marketplace reports no strikes, computed is 1 strike: 2026-W30 is computed only
    """
    core = instance_of(ledger, Ledger, "ledger")._core
    return StandingComparison._of(core.compare(instance_of(reported, StandingAsReported, "reported")))


@dataclass(frozen=True, slots=True)
class PolicyPointsEvent(Record):
    """Points that were deducted or added, on a local date: one violation may cost several accounts points, an event each."""

    on: _date
    """The date."""
    points: int
    """How many: below 0 when they are deducted."""
    reason: str
    """Why."""


@dataclass(frozen=True, slots=True)
class Deduction(Record):
    """A deduction that counts."""

    on: _date
    """The date of the deduction."""
    points: int
    """How many points it took."""
    reason: str
    """Why."""
    returns_on: _date
    """The date from which on the points are back."""


@dataclass(frozen=True, slots=True)
class PolicyPointsReport(Record):
    """The points of an account on a date."""

    on: _date
    """The date."""
    points: int
    """The points that are left."""
    is_closed: bool
    """Whether so few are left that the account is closed."""
    deductions: tuple[Deduction, ...]
    """The deductions that count, oldest first."""
    next_return: _date | None
    """The next date on which points come back; None when none is out."""
    fingerprints: Fingerprints
    """What decided them: the rules, and the time zone data of its dates."""


class PolicyPoints(Shown):
    """The policy points of an account through time. What was deducted comes back after a year. Immutable.

    >>> from datetime import date
    >>> import klokuur
    >>> points = klokuur.PolicyPoints([klokuur.PolicyPointsEvent(date(2026, 9, 1), -40, "counterfeit")])
    >>> points.on(date(2027, 8, 31)).points, points.on(date(2027, 9, 1)).points
    (60, 100)

    Raises UnknownNameError for a rulebook without policy points, InvalidValueError for an event of 0 points.
    """

    __slots__ = ("_events", "_rules")

    def __init__(self, events: Iterable[PolicyPointsEvent] = (), rules: Rulebook | RulebookHistory | None = None) -> None:
        self._rules = rules_or_bol(rules)
        self._events = tuple(events)
        self.on(_date(1900, 1, 1))

    def on(self, on: _date | datetime) -> PolicyPointsReport:
        """The points on a date; what happens on a date is true for all of it."""
        return PolicyPointsReport._of(_klokuur.policy_points(self._rules._core, list(self._events), on))

    @property
    def events(self) -> tuple[PolicyPointsEvent, ...]:
        """The events, as they were given."""
        return self._events

    def __repr__(self) -> str:
        return f"<PolicyPoints {len(self._events)} events>"


@dataclass(frozen=True, slots=True)
class QualityScore(Record):
    """The quality score of a week as the marketplace reports it, 0 to 100: kept, never estimated.

    Raises OutOfRangeError for a score below 0 or above 100.
    """

    score: Fraction
    """The score, exact; a text such as ``87.5`` will do."""
    week: IsoWeek
    """The week that it is of."""

    def __init__(self, score: Fraction | str | int | float, week: str) -> None:
        given = exact(score)
        if not 0 <= given <= 100:
            raise OutOfRangeError(f"quality score {score} is out of range: accepted is 0 to 100")
        object.__setattr__(self, "score", given)
        object.__setattr__(self, "week", IsoWeek(week))

    @property
    def value(self) -> float:
        """The score, for display."""
        return float(self.score)
