"""Records of holiday calendars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as _date

from klokuur._records import Record

__all__ = ["Country", "Holiday"]


@dataclass(frozen=True, slots=True)
class Holiday(Record):
    """One date that is a holiday; where several meet, their names are joined by ``" / "``."""

    date: _date
    """The date, from 00:00 to 24:00 in the calendar's zone or, when it has none, the schedule's."""
    name_en: str
    """The name in English."""
    name_local: str
    """The name in the language of the country."""


@dataclass(frozen=True, slots=True)
class Country(Record):
    """A built-in calendar."""

    code: str
    """Its code, as ``NL``, ``DE-BY`` or ``GB-ENG``."""
    name_en: str
    """The name in English."""
    name_local: str
    """The name in the language of the country."""
    right_since: int
    """The first year from which its history is right."""
