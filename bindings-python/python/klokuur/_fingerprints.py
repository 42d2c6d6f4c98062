"""What a result was computed with: kept beside it, an old report can be computed again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self

from klokuur import _klokuur
from klokuur._klokuur import Schedule
from klokuur._records import Record
from klokuur._rulebook import Rulebook, rules_or_bol

__all__ = ["FingerprintChange", "Fingerprints"]


@dataclass(frozen=True, slots=True)
class FingerprintChange(Record):
    """One fingerprint that is another now."""

    of: Literal["schedule", "calendar", "rules", "zone_data"]
    """What it is of."""
    then: str | None
    """What it was; None: there was none."""
    now: str | None
    """What it is now."""


@dataclass(frozen=True, slots=True)
class Fingerprints(Record):
    """The fingerprints of all that decides a result: hours, holidays, rules, and the release of the time zone data.

    >>> import klokuur
    >>> rules = klokuur.Rulebook.bol()
    >>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00", holidays="NL")
    >>> then = klokuur.Fingerprints.of(clock, rules)
    >>> now = klokuur.Fingerprints.of(clock.with_holidays("BE"), rules)
    >>> then.changes(then), [change.of for change in then.changes(now)]
    ((), ['schedule', 'calendar'])
    """

    schedule: str
    """The hours that count, with their zone, conventions, holidays and history."""
    calendar: str | None
    """The newest holiday calendar of those hours; None without one."""
    rules: str | None
    """The rulebook; None where no rules decide."""
    zone_data: str
    """The release of the time zone data, as ``2026f``."""

    @classmethod
    def of(cls, schedule: Schedule, rules: Rulebook | str | None = None) -> Self:
        """Those of a schedule, of the time zone data that is in use, and of the rules where some are given."""
        return cls._of(_klokuur.fingerprints_of(schedule, None if rules is None else rules_or_bol(rules)._core))

    def changes(self, now: Fingerprints) -> tuple[FingerprintChange, ...]:
        """What is another now; empty when the same would come out.

        Raises InvalidDocumentError for a fingerprint that is none.
        """
        found = _klokuur.fingerprint_changes(self.to_dict(), now.to_dict())
        return tuple(FingerprintChange._of(change) for change in found)
