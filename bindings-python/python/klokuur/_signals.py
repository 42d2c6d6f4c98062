"""What comes up more often than it used to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as _date
from typing import Any, Literal

from klokuur import _klokuur
from klokuur._case_records import Period, orders_of, records, rules_of_cases, said
from klokuur._fingerprints import Fingerprints
from klokuur._records import Record
from klokuur._rulebook import Rulebook

__all__ = ["Signal", "SignalReport", "signals"]


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


def signals(cases: Any, last: _date, orders: Any = (), rules: Rulebook | str | None = None) -> SignalReport:
    """What comes up more often in the days up to ``last`` than in those before them, at a stated false-alarm rate.

    A subject or defect is looked at for each item, for the cases without an item and for all of them; an item that was
    not sold before is compared with the others, where ``orders`` are known.
    """
    found = _klokuur.signal_report(
        records(cases, rules), orders_of(orders, cases, rules), last, rules_of_cases(cases, rules)._core
    )
    return SignalReport._of(said(found, cases, rules))
