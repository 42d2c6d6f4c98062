"""ISO 8601 weeks, the period that service norms are measured over."""

from __future__ import annotations

from datetime import date as _date
from datetime import tzinfo
from typing import Any, Self

from klokuur import _klokuur

__all__ = ["IsoWeek"]


class IsoWeek(str):
    """An ISO 8601 week, Monday to Sunday: a text such as ``2026-W12`` that sorts by time and knows its dates.

    Wherever a week is asked for, a plain text will do.

    >>> import klokuur
    >>> week = klokuur.IsoWeek("2026-W53")
    >>> week.succ(), week.monday, week.sunday
    (IsoWeek('2027-W01'), datetime.date(2026, 12, 28), datetime.date(2027, 1, 3))
    >>> klokuur.IsoWeek("2026-W54")
    Traceback (most recent call last):
    ...
    klokuur.OutOfRangeError: ISO week 2026-W54 is out of range: accepted is weeks 1 to 53 of 2026

    Raises InvalidValueError for a text that is no year and week, OutOfRangeError for a week that the year does not have
    and for years outside 1900 to 2100.
    """

    __slots__ = ()

    def __new__(cls, text: str | int, number: int | None = None) -> Self:
        """The week of a text, or of an ISO year and a number, as ``new`` takes them."""
        if number is None and isinstance(text, str):
            return super().__new__(cls, _klokuur.week_parts(text)[0])
        if number is None or isinstance(text, str):
            raise TypeError("a week is a text, as IsoWeek(\"2026-W10\"), or a year and a number, as IsoWeek(2026, 10)")
        return super().__new__(cls, _klokuur.week_new(text, number))

    @classmethod
    def _of(cls, plain: Any, zone: tzinfo | None = None) -> Self:
        return super().__new__(cls, plain)

    @classmethod
    def of(cls, date: _date) -> Self:
        """The week that a date falls in.

        >>> from datetime import date
        >>> import klokuur
        >>> klokuur.IsoWeek.of(date(2027, 1, 1))
        IsoWeek('2026-W53')
        """
        return super().__new__(cls, _klokuur.week_of(date))

    @classmethod
    def new(cls, year: int, number: int) -> Self:
        """The week of an ISO year with a number from 1 to 52 or 53."""
        return super().__new__(cls, _klokuur.week_new(year, number))

    @property
    def year(self) -> int:
        """The ISO year, which differs from the calendar year around New Year."""
        return _klokuur.week_parts(self)[1]

    @property
    def number(self) -> int:
        """The number within the ISO year, 1 to 52 or 53."""
        return _klokuur.week_parts(self)[2]

    @property
    def monday(self) -> _date:
        """The date that the week starts on."""
        return _klokuur.week_dates(self)[0]

    @property
    def sunday(self) -> _date:
        """The date that the week ends on."""
        return _klokuur.week_dates(self)[1]

    def succ(self) -> Self:
        """The next week."""
        return self.plus(1)

    def pred(self) -> Self:
        """The previous week."""
        return self.plus(-1)

    def plus(self, weeks: int) -> Self:
        """The week so many weeks later, earlier when negative."""
        return type(self)(_klokuur.week_plus(self, weeks))

    def since(self, other: str) -> int:
        """How many weeks this one lies after the other; negative when before.

        >>> import klokuur
        >>> klokuur.IsoWeek("2027-W01").since("2026-W52")
        2
        """
        return _klokuur.week_since(self, other)

    def __repr__(self) -> str:
        return f"IsoWeek({str.__repr__(self)})"
