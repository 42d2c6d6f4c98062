"""Performance standards of marketplaces that judge by more than weeks, and their ladders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as _date
from fractions import Fraction
from typing import Any, Literal, TypeVar
from zoneinfo import ZoneInfo

from klokuur import _klokuur
from klokuur._cells import is_missing, local_date, numbered, whole
from klokuur._errors import InvalidValueError, KlokuurError, UnknownNameError
from klokuur._fingerprints import Fingerprints
from klokuur._frames import kind_of, rows_of
from klokuur._given import items_of, needs_columns
from klokuur._norm import MeasuredBy, exact
from klokuur._records import Record
from klokuur._rulebook import Rulebook, RulebookHistory, rules_or_bol
from klokuur._rules import Direction, LadderKind, StandardFee, StandardUnit

__all__ = [
    "LadderResult",
    "LimitResult",
    "ReportedStandard",
    "StandardFigure",
    "StandardItem",
    "StandardResult",
    "StandardsReport",
    "judge_standards",
]

T = TypeVar("T")
StandardVerdict = Literal["conforms", "missed", "no_verdict"]
NoVerdict = Literal["no_data", "below_minimum_population", "threshold_not_known", "count_not_known"]


@dataclass(frozen=True, slots=True)
class StandardItem(Record):
    """Something that a standard is measured on: an order, a parcel, a message; or several of one date at once."""

    measure: str
    """The figure that it counts in: the ``measure`` of a standard."""
    on: _date
    """Its local date, by which it falls in a period."""
    units: int = 1
    """How many there are."""
    bad: int = 0
    """How many of them are bad."""
    buyer: str | None = None
    """The buyer, for limits that count different ones."""
    value: Fraction | str | float | None = None
    """What is averaged, for a mean: of each unit, in the unit that the standard names (hours); exact as a text or Fraction."""


@dataclass(frozen=True, slots=True)
class StandardFigure(Record):
    """The figure of one standard in one period, as it was counted elsewhere: by the marketplace, or without items.

    Above the line stand good ones where more is better, bad ones where less is; of a mean the sum of its values, of a run
    its length, of a count how many there are.
    """

    standard: str
    """The standard, by its name."""
    until: _date
    """The last date of its period."""
    numerator: Fraction | str | float
    """Above the line."""
    denominator: Fraction | str | float
    """Under the line: the items; 0 is no data."""
    buyers: int | None = None
    """How many different buyers had a bad item, where it is known."""


@dataclass(frozen=True, slots=True)
class LimitResult(Record):
    """One limit, and whether it is reached."""

    name: str
    """Its name."""
    threshold: Fraction | None
    """Its threshold; None: not known."""
    reached: bool | None
    """Whether it is reached; None where that cannot be told."""


@dataclass(frozen=True, slots=True)
class ReportedStandard(Record):
    """What the marketplace reports for a standard, beside what is computed from items."""

    numerator: Fraction
    """Above the line."""
    denominator: Fraction
    """Under the line."""
    verdict: StandardVerdict
    """The verdict on it."""
    agrees: bool
    """Whether it has the same value as the items."""


@dataclass(frozen=True, slots=True)
class StandardResult(Record):
    """One standard on one date."""

    standard: str
    """Its name."""
    measure: str
    """The figure that it measures."""
    unit: StandardUnit
    """What the value is."""
    averaged: str | None
    """What is averaged, for a mean."""
    direction: Direction
    """Which side of a threshold conforms."""
    strict: bool
    """Whether a threshold itself is on the wrong side."""
    from_: _date
    """The first date of its period."""
    until: _date
    """The last."""
    evaluated_on: _date | None
    """When it was evaluated, for a standard with an evaluation day."""
    numerator: Fraction
    """Above the line."""
    denominator: Fraction
    """Under the line; 0 is no data."""
    value: Fraction | None
    """The value, exact; None without data."""
    population: int | None
    """How many items there are."""
    minimum_population: int | None
    """How many a verdict needs."""
    bad: int | None
    """How many are bad, for a share."""
    buyers: int | None
    """How many different buyers had a bad one; None where it is not known."""
    longest_run: int | None
    """The most bad ones in a row, where those are measured."""
    verdict: StandardVerdict
    """The verdict."""
    why: NoVerdict | None
    """Why there is none."""
    limits: tuple[LimitResult, ...]
    """Every limit, mildest first."""
    reached: str | None
    """The severest limit that is reached."""
    consequence: str | None
    """What follows from it, in words."""
    fee: StandardFee | None
    """The fee that follows from it."""
    measured_by: MeasuredBy
    """Who measured it."""
    reported: ReportedStandard | None
    """What the marketplace reports beside it."""
    english: str
    """It in a sentence."""
    dutch: str
    """The same in Dutch."""

    @classmethod
    def _of(cls, plain: Any, zone: Any = None) -> Any:
        # `from` is a word of Python.
        return super(StandardResult, cls)._of({**plain, "from_": plain["from"]}, zone)

    def __str__(self) -> str:
        return self.english


@dataclass(frozen=True, slots=True)
class LadderResult(Record):
    """One ladder on one date."""

    ladder: str
    """Its name."""
    kind: LadderKind
    """How it goes."""
    step: str | None
    """The level, the step that was come to, or the limit with the fee; None: none, or it cannot be told."""
    consequence: str | None
    """What it means, in words."""
    fee: StandardFee | None
    """The fee."""
    because: tuple[str, ...]
    """The standards that brought it there."""
    without_verdict: tuple[str, ...]
    """The standards without a verdict: with theirs it could be another."""
    since: _date | None
    """Of an escalation: since when a standard is missed without a break, as far as the items tell."""
    possible: tuple[str, ...]
    """Of an escalation: the steps that may have come too, since it is not public when they do. Of levels: those that it may be, where
    a limit could not be decided.
    """
    next_evaluation: _date | None
    """When its standards are evaluated next, where they have a day for it."""
    english: str
    """It in a sentence."""
    dutch: str
    """The same in Dutch."""

    def __str__(self) -> str:
        return self.english


@dataclass(frozen=True, slots=True)
class StandardsReport(Record):
    """All standards and ladders of a rulebook on one date."""

    on: _date
    """The date, at whose start it is so."""
    standards: tuple[StandardResult, ...]
    """The standards, in the rulebook's order."""
    ladders: tuple[LadderResult, ...]
    """The ladders, in the rulebook's order."""
    fingerprints: Fingerprints
    """What they were judged by."""

    def standard(self, name: str) -> StandardResult:
        """The result of one standard. Raises UnknownNameError for a name that is not judged."""
        return _named(name, "standard", {one.standard: one for one in self.standards})

    def ladder(self, name: str) -> LadderResult:
        """The result of one ladder. Raises UnknownNameError for a name that the rulebook does not have."""
        return _named(name, "ladder", {one.ladder: one for one in self.ladders})


def _named(name: str, what: str, found: dict[str, T]) -> T:
    if name not in found:
        raise UnknownNameError(f"unknown {what} `{name}`: accepted is {', '.join(found)}")
    return found[name]


def judge_standards(
    items: Iterable[StandardItem] | Any = (),
    rules: Rulebook | RulebookHistory | str | None = None,
    *,
    on: _date,
    figures: Iterable[StandardFigure] = (),
) -> StandardsReport:
    """Judges every standard of a rulebook, and its ladders, as they stand at the start of a date.

    ``items`` are :class:`StandardItem` s, or a data frame (pandas, Polars, Arrow) with their fields as columns, of which
    ``measure`` and ``on`` must be there; in it a missing cell is the field's default, and an ``on`` with a time and a zone is
    the date at that instant in the rulebook's zone. A measure with items is judged by them, and a figure for the same
    period stands beside; without items the figure is judged. A date counts once it is over, so every period ends before ``on``.

    >>> from datetime import date
    >>> import klokuur
    >>> sent = [
    ...     klokuur.StandardItem("late_shipment_rate", date(2026, 3, 2), 300),
    ...     klokuur.StandardItem("late_shipment_rate", date(2026, 3, 25), 100, bad=5),
    ... ]
    >>> report = klokuur.judge_standards(sent, "amazon", on=date(2026, 3, 31))
    >>> print(report.standard("late_shipment_rate_10_days"))
    late_shipment_rate_10_days, 2026-03-21 to 2026-03-30: 5 of 100 reaches the limit deactivation: less than 4 % is asked for
    >>> report.standard("late_shipment_rate_30_days").verdict
    'conforms'

    Raises UnknownNameError for a rulebook without standards (bol's has none), and for a measure or standard that it does not
    have; InvalidValueError with the ``row`` of an item with more bad ones than there are, for an item of a mean without a
    value, and for a figure below zero; InvalidDocumentError for a frame without its columns.
    """
    judging = rules_or_bol(rules)
    frame = kind_of(items) is not None
    given: list[Any] = rows_of(items) if frame else items_of(items, StandardItem, "items")
    if frame and given:
        needs_columns(given[0], ("measure", "on"), "table of items", ", ".join(StandardItem.__dataclass_fields__))
    local = ZoneInfo(judging.clock.zone)
    lifted = [_lifted(row, item, local) for row, item in enumerate(given)]
    told = [_told(figure) for figure in items_of(figures, StandardFigure, "figures")]
    return StandardsReport._of(_klokuur.standards_judge(judging._core, lifted, told, on))


def _lifted(row: int, item: Any, zone: ZoneInfo) -> dict[str, Any]:
    is_row = isinstance(item, dict)
    fields = {name: item.get(name) if is_row else getattr(item, name) for name in StandardItem.__dataclass_fields__}
    fields = {name: None if is_missing(value) or value == "" else value for name, value in fields.items()}
    try:
        return {
            **fields,
            "on": local_date(fields["on"], zone),
            "units": 1 if fields["units"] is None else _count(fields["units"], "units"),
            "bad": 0 if fields["bad"] is None else _count(fields["bad"], "bad"),
            "buyer": None if fields["buyer"] is None else str(numbered(fields["buyer"])),
            "value": None if fields["value"] is None else str(exact(fields["value"])),
        }
    except KlokuurError as error:
        raise InvalidValueError(f"row {row}: {error}") from None


def _count(given: Any, what: str) -> int:
    count = whole(given)
    if isinstance(count, bool) or not hasattr(count, "__index__") or not 0 <= count < 2**32:
        raise InvalidValueError(f"{what} `{given}` is not valid: accepted is a whole number of 0 or more")
    return int(count)


def _told(figure: StandardFigure) -> dict[str, Any]:
    return {
        "standard": figure.standard,
        "until": figure.until,
        "numerator": str(exact(figure.numerator)),
        "denominator": str(exact(figure.denominator)),
        "buyers": figure.buyers,
    }
