"""What would have been: the same log under another calendar, schedule or rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from klokuur import _klokuur
from klokuur._case import CaseEvent, ClockState
from klokuur._fingerprints import Fingerprints
from klokuur._klokuur import MappingCore, RulebookCore, Schedule
from klokuur._log import LogMapping, log_of, mapping_of, refuse_path, told_apart
from klokuur._moments import zone_of
from klokuur._norm import Verdict, WeekNumbers
from klokuur._own_hours import own_rules
from klokuur._records import Record
from klokuur._rulebook import Rulebook, RulebookHistory, rules_or_bol
from klokuur._standing import Standing
from klokuur._week import IsoWeek

__all__ = ["Backtest", "CaseChange", "Scenario", "StandingChange", "WeekChange", "backtest"]


@dataclass(frozen=True, slots=True)
class Scenario:
    """Rules together with clock hours other than their own: other hours, another calendar."""

    rules: Rulebook | RulebookHistory
    """The rules."""
    clock: Schedule
    """The schedule whose hours are clock hours."""


@dataclass(frozen=True, slots=True)
class CaseChange(Record):
    """A case whose first response is judged otherwise."""

    case: str
    """The case number."""
    before: ClockState | None
    """The verdict before; None where the case was refused or owed no first response."""
    after: ClockState | None
    """The verdict after."""
    due_before: datetime | None
    """The deadline before."""
    due_after: datetime | None
    """The deadline after."""
    text: str
    """The change in a sentence."""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class WeekChange(Record):
    """A week in which a norm is judged otherwise."""

    norm: str
    """The norm."""
    week: IsoWeek
    """The week."""
    before: Verdict | None
    """The verdict before; None where the norm has no numbers or is not in the rulebook."""
    after: Verdict | None
    """The verdict after."""
    numbers_before: tuple[int, int] | None
    """Numerator and denominator before."""
    numbers_after: tuple[int, int] | None
    """Numerator and denominator after."""
    text: str
    """The change in a sentence."""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class StandingChange(Record):
    """Strikes and standing as they differ."""

    before: Standing
    """The standing before."""
    after: Standing
    """The standing after."""
    strikes_gone: tuple[IsoWeek, ...]
    """Weeks with a strike in the window before, and none after."""
    strikes_new: tuple[IsoWeek, ...]
    """Weeks with a strike in the window after, and none before."""


@dataclass(frozen=True, slots=True)
class Backtest(Record):
    """Every verdict that differs between two scenarios; false when there is none."""

    cases: tuple[CaseChange, ...]
    """The cases whose first response is judged otherwise, by case number."""
    weeks: tuple[WeekChange, ...]
    """The weeks in which a norm is judged otherwise, by week and norm."""
    standing: StandingChange | None
    """The standing and the strikes, where they differ and both rulebooks have strikes."""
    judged: int
    """How many cases were judged in both."""
    moved_deadlines: int
    """How many of them have another deadline, whether or not that changes the verdict."""
    fingerprints_before: Fingerprints
    """What judged before."""
    fingerprints_after: Fingerprints
    """What judged after."""

    def __bool__(self) -> bool:
        return bool(self.cases or self.weeks or self.standing)


def backtest(
    events: Any,
    before: Rulebook | RulebookHistory | Scenario,
    after: Rulebook | RulebookHistory | Scenario,
    *,
    now: datetime,
    mapping: LogMapping = None,
    elsewhere: Iterable[WeekNumbers] = (),
) -> Backtest:
    """Runs a log under two scenarios, as of ``now``, and lists every verdict that changes: of cases, weeks, the account.

    ``events`` are records (or mappings), or a data frame as :func:`evaluate` takes it, with their ``mapping``. A rulebook has clock hours
    of its own, or those that the mapping says; a :class:`Scenario` gives it others. ``elsewhere`` are the weekly numbers of other norms, which both scenarios judge. An event
    after ``now`` is not looked at; one that a case refuses is refused in both and counts in neither. Times are in the zone of
    ``now``.

    >>> from datetime import datetime, UTC
    >>> import klokuur
    >>> log = {  # asked on the Friday before King's Day, answered on the Tuesday after it
    ...     "case": ["K-1", "K-1"],
    ...     "at": ["2026-04-24T17:30:00+02:00", "2026-04-28T10:00:00+02:00"],
    ...     "event": ["opened", "seller_message"],
    ... }
    >>> bol = klokuur.Rulebook.bol()
    >>> changes = klokuur.backtest(log, bol, bol.for_country("BE"), now=datetime(2026, 5, 20, tzinfo=UTC))
    >>> print(changes.cases[0])
    case K-1: met before, breached after

    Raises InvalidDocumentError with the ``row`` of what is no event, and what a rulebook's clock hours raise.
    """
    others, reads = list(elsewhere), mapping_of(mapping)
    refuse_path(events)
    events, is_log = told_apart(events, mapping)
    sides = _side(before, reads), _side(after, reads)
    if is_log:
        found = _klokuur.backtest_log(log_of(events, reads), others, *sides, now)
    else:
        found = _klokuur.backtest_events(events, others, *sides, now)
    return Backtest._of(found, zone_of(now))


def _side(given: Rulebook | RulebookHistory | Scenario, reads: MappingCore) -> tuple[RulebookCore, Schedule | None]:
    if isinstance(given, Rulebook | RulebookHistory):
        return own_rules(reads, rules_or_bol(given))._core, None
    if isinstance(given, Scenario):
        return own_rules(reads, rules_or_bol(given.rules))._core, given.clock
    raise TypeError(f"a scenario must be a Rulebook or a Scenario, not {type(given).__name__}")
