"""Phone availability: the answered share of call attempts, by week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from klokuur import _klokuur
from klokuur._cells import truth_of
from klokuur._columns import column_in, column_of, same_index
from klokuur._errors import LengthMismatchError
from klokuur._fingerprints import Fingerprints
from klokuur._frames import Rows
from klokuur._log_columns import listed
from klokuur._norm import WeekNumbers
from klokuur._records import Record, Shown
from klokuur._rulebook import Rulebook, rules_or_bol
from klokuur._week import IsoWeek

__all__ = ["PhoneHours", "PhoneWeek"]


@dataclass(frozen=True, slots=True)
class PhoneWeek(Record):
    """The call attempts of one ISO week."""

    week: IsoWeek
    """The week, by the local date of the calls."""
    answered: int
    """Answered attempts that count: the numerator."""
    attempts: int
    """Attempts that count: the denominator. 0 is no data, so no verdict."""
    not_counted: int
    """Attempts outside the hours that count."""
    fingerprints: Fingerprints
    """What they were counted by."""

    def numbers(self) -> WeekNumbers:
        """The numbers for the norm, which :func:`judge` gives a verdict on."""
        return WeekNumbers(
            "phone_availability", self.week, self.answered, self.attempts, fingerprints=self.fingerprints
        )


class PhoneHours(Shown):
    """The hours in which call attempts count, and the seller's own wider hours. Immutable.

    >>> from datetime import datetime
    >>> from zoneinfo import ZoneInfo
    >>> import klokuur
    >>> hours = klokuur.PhoneHours(reachable="Mo-Fr 08:00-22:00; Sa 10:00-16:00")
    >>> calls = [(datetime(2026, 3, 9, h, 30, tzinfo=ZoneInfo("Europe/Amsterdam")), h != 11) for h in (10, 11, 20)]
    >>> week = hours.weeks(calls)[0]
    >>> str(week.week), week.answered, week.attempts, week.not_counted
    ('2026-W11', 1, 2, 1)

    Raises UnknownNameError for a rulebook without phone rules, ScheduleSyntaxError for hours that are no schedule text.
    """

    __slots__ = ("_core", "_reachable", "_rules")

    def __init__(self, rules: Rulebook | str | None = None, reachable: str | None = None) -> None:
        self._rules = rules_or_bol(rules)
        self._reachable = reachable
        self._core = _klokuur.PhoneHoursCore(self._rules._core, reachable)

    def counts(self, at: datetime) -> bool:
        """Whether a call attempt counts for the norm."""
        return self._core.counts(at)

    def is_reachable(self, at: datetime) -> bool:
        """Whether customers can call the seller."""
        return self._core.is_reachable(at)

    def weeks(self, calls: Iterable[tuple[datetime, bool]]) -> Rows[PhoneWeek]:
        """Counts call attempts, in any order, by ISO week, the empty weeks between them included."""
        return Rows(PhoneWeek._of(week) for week in self._core.weeks(list(calls)))

    def weeks_many(self, at: Any, answered: Any) -> Rows[PhoneWeek]:
        """The same of two columns: instants, where nulls are left out, and whether each was answered."""
        same_index(at, answered)
        lifted = column_of(at).in_unit("us")
        truths = [truth_of(answer, "answered") for answer in listed(column_in(answered))]
        if len(lifted.ticks) != len(truths):
            raise LengthMismatchError(
                f"columns of call attempts have different lengths, {len(lifted.ticks)} and {len(truths)}: "
                "accepted is equal lengths"
            )
        return Rows(PhoneWeek._of(week) for week in self._core.weeks_of_columns(lifted.ticks.tolist(), truths))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PhoneHours):
            return NotImplemented
        return (self._rules, self._reachable) == (other._rules, other._reachable)

    def __hash__(self) -> int:
        return hash((self._rules, self._reachable))

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self._rules, self._reachable))

    def __repr__(self) -> str:
        counts, reachable = self._core.texts()
        return f"<PhoneHours {counts}, reachable {reachable}>"
