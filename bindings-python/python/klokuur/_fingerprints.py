"""What a result was computed with: kept beside it, an old report can be computed again."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self

from klokuur import _klokuur
from klokuur._klokuur import Schedule
from klokuur._records import Record

if TYPE_CHECKING:
    from klokuur._rulebook import Rulebook

__all__ = ["FingerprintChange", "Fingerprints", "OtherFingerprintsWarning"]


@dataclass(frozen=True, slots=True)
class FingerprintChange(Record):
    """One fingerprint that is another now."""

    of: Literal["schedule", "calendar", "rules", "zone_data"]
    """What it is of."""
    then: str | None
    """What it was; None: there was none."""
    now: str | None
    """What it is now."""

    def __str__(self) -> str:
        return f"{self.of}: {self.then or 'none'} then, {self.now or 'none'} now"


class OtherFingerprintsWarning(UserWarning):
    """A book came out of a pickle where hours, holidays, rules or time zone data are others than those it was judged by."""

    changes: tuple[FingerprintChange, ...]
    """What is another."""

    def __init__(self, message: str, changes: tuple[FingerprintChange, ...] = ()) -> None:
        super().__init__(message, changes)
        self.changes = changes

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Fingerprints(Record):
    """The fingerprints of all that decides a result: hours, holidays, rules, and the release of the time zone data.

    Every result that depends on them carries its own as ``fingerprints``; a data frame has them as text, in a column of that
    name. :meth:`changes` tells whether the same would come out today.

    >>> import klokuur
    >>> rules = klokuur.Rulebook.bol()
    >>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00", holidays="NL")
    >>> then = klokuur.Fingerprints.of(clock, rules)
    >>> now = klokuur.Fingerprints.of(clock.with_holidays("BE"), rules)
    >>> then.changes(then), [change.of for change in then.changes(now)]
    ((), ['schedule', 'calendar'])
    >>> klokuur.Fingerprints.parse(str(then)) == then
    True
    """

    schedule: str | None
    """The hours that count, with their zone, conventions, holidays and history; None where no hours decide."""
    calendar: str | None
    """The newest holiday calendar of those hours; None without one."""
    rules: str | None
    """The rulebook; None where no rules decide."""
    zone_data: str
    """The release of the time zone data, as ``2026f``."""

    @classmethod
    def of(cls, schedule: Schedule | None = None, rules: Rulebook | str | None = None) -> Self:
        """Those of the time zone data that is in use, and of the schedule and the rules where some are given."""
        from klokuur._rulebook import rules_or_bol

        return cls._of(_klokuur.fingerprints_of(schedule, None if rules is None else rules_or_bol(rules)._core))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Those that a text says, as ``str()`` writes them and data frames have them.

        Raises InvalidValueError for another text.
        """
        return cls._of(_klokuur.fingerprints_from_text(text))

    def __str__(self) -> str:
        return _klokuur.fingerprints_to_text(self.to_dict())

    def changes(self, now: Fingerprints) -> tuple[FingerprintChange, ...]:
        """What is another now; empty when the same would come out.

        Raises InvalidDocumentError for a fingerprint that is none.
        """
        found = _klokuur.fingerprint_changes(self.to_dict(), now.to_dict())
        return tuple(FingerprintChange._of(change) for change in found)


def warn_of_changes(then: Fingerprints, now: Fingerprints) -> None:
    """Tells of a book that is judged by others than before, where nobody could be asked."""
    changes = then.changes(now)
    if changes:
        told = "; ".join(str(change) for change in changes)
        message = f"the cases of this book were judged by others before it was pickled, and are judged anew: {told}"
        warnings.warn(OtherFingerprintsWarning(message, changes), stacklevel=3)
