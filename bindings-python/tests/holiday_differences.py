"""Every difference between the built-in countries and the package `holidays`, 1990 to 2050, and the reason of each.

Run by itself (`make holidays`) it prints them; the tests hold that there is no other, and no reason too many.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

import holidays as package

from klokuur import HolidayCalendar

YEARS = range(1990, 2051)
SUNDAY = 6


@dataclass(frozen=True)
class Difference:
    """A day that one list has and the other does not."""

    code: str
    day: date
    name: str
    ours: bool


@dataclass(frozen=True)
class Reason:
    """Why lists differ: the calendar, whose list has the day, its name (`""`: any), on which days, and the words."""

    code: str
    ours: bool
    name: str
    on: Callable[[date], bool]
    words: str

    def covers(self, one: Difference) -> bool:
        of_code = one.code == self.code or one.code.startswith(f"{self.code}-")
        return of_code and one.ours == self.ours and self.name in ("", one.name) and self.on(one.day)


def first_sunday(day: date) -> bool:
    return day.weekday() == SUNDAY and day.day <= 7


REASONS = [
    Reason("NL", False, "Good Friday", lambda _: True,
           "theirs has it; a day off of few agreements, so ours has it by the switch good_friday=True alone (H1)"),
    Reason("DE", True, "", lambda day: day.year == 1990,
           "theirs begins in 1991, with the first whole year of united Germany; ours says right_since 1991 and applies its rules before"),
    Reason("ES", True, "", lambda day: day.year < 2008,
           "theirs begins in 2008; ours says right_since 2008 and applies its rules before"),
    Reason("ES", True, "", lambda day: day.year >= 2008 and day.weekday() == SUNDAY,
           "theirs leaves a national holiday on a Sunday out, as a community may have the Monday instead; it stays a holiday"),
    Reason("FR", True, "Whit Monday", lambda day: 2005 <= day.year <= 2007,
           "the day of solidarity in those years; ours says right_since 2008, as many were free all the same"),
    Reason("IT", True, "Republic Day", lambda day: day.year <= 2000 and (day.month, day.day) == (6, 2),
           "until 2000 it was the first Sunday of June; ours says right_since 2001 and has 2 June before"),
    Reason("IT", False, "Republic Day", lambda day: day.year <= 2000 and day.month == 6 and first_sunday(day),
           "until 2000 it was the first Sunday of June; ours says right_since 2001 and has 2 June before"),
    Reason("IT", False, "National Unity Day", lambda day: day.month == 11 and first_sunday(day),
           "always a Sunday since 1977, so no day off of its own: law 260 of 1949 as changed by law 54 of 1977"),
]  # fmt: skip


def differences(code: str, ours: HolidayCalendar) -> Iterator[Difference]:
    """Day by day, in the order of dates."""
    country, _, part = code.partition("-")
    theirs = package.country_holidays(country, subdiv=part or None, years=YEARS, language="en_US")
    for year in YEARS:
        mine = {one.date: one.name_en for one in ours.holidays(year)}
        other = {day: name for day, name in theirs.items() if day.year == year}
        for day in sorted(mine.keys() ^ other.keys()):
            yield Difference(code, day, mine.get(day) or other[day], day in mine)


def every_difference() -> list[Difference]:
    """Of every built-in country and part of one."""
    return [
        one
        for country in HolidayCalendar.countries()
        for one in differences(country.code, HolidayCalendar(country.code))
    ]


def main() -> int:
    """Prints each reason with the days that it explains, and each day that none explains."""
    found = every_difference()
    package_version, calendars = version("holidays"), len(HolidayCalendar.countries())
    print(f"holidays {package_version}, {calendars} calendars, {YEARS[0]} to {YEARS[-1]}: {len(found)} days differ")
    for reason in REASONS:
        days = [one for one in found if reason.covers(one)]
        print(f"\n{reason.code}, {'ours' if reason.ours else 'theirs'} only: {len(days)} days. {reason.words}")
        for one in days:
            print(f"    {one.code:6} {one.day:%a %d %b %Y}  {one.name}")
    unexplained = [one for one in found if not any(reason.covers(one) for reason in REASONS)]
    for one in unexplained:
        print(f"WITHOUT A REASON: {one}")
    return int(bool(unexplained))


if __name__ == "__main__":
    sys.exit(main())
