"""What type checkers must see; `mypy --strict` and pyright read it, nobody runs it."""

from datetime import date, datetime, timedelta, timezone
from typing import Any, assert_type

import numpy as np
import numpy.typing as npt

import klokuur

calendar = klokuur.HolidayCalendar("NL", liberation_day="lustrum") | klokuur.HolidayCalendar.from_dates([date(2026, 12, 24)])
clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00", holidays=calendar, budget_end="at_close")
asked = datetime(2026, 3, 13, tzinfo=timezone.utc)

assert_type(calendar, klokuur.HolidayCalendar)
assert_type(calendar.holidays(2026), list[klokuur.Holiday])
assert_type(clock.add(asked, hours=24), datetime)
assert_type(clock.add(asked, timedelta(hours=24)), datetime)
assert_type(clock.between(asked, asked), timedelta)
assert_type(clock.next_close(asked), datetime | None)
assert_type(clock.intervals(asked, asked)[0].start, datetime)
assert_type(clock.explain(asked, asked).stretches[0].counted, timedelta)
assert_type(clock.day(date(2026, 3, 13)).holiday, klokuur.Holiday | None)
assert_type(clock.calendar, klokuur.HolidayCalendar | None)
assert_type(clock.conventions, dict[str, str])
assert_type(klokuur.nps([10, None]).score, float | None)
assert_type(klokuur.Nps(1) + klokuur.Nps(2), klokuur.Nps)
assert_type(sum([klokuur.Nps(1)], klokuur.Nps()), klokuur.Nps)
assert_type(klokuur.Nps(1).interval(), klokuur.NpsInterval | None)


def column(at: npt.NDArray[np.datetime64]) -> npt.NDArray[np.datetime64]:
    return clock.add_many(at, hours=24)


def monday(folder: str) -> None:
    page = klokuur.report(folder, now=asked)
    assert_type(page.skipped, klokuur.Rows[klokuur.SkippedRow])
    line = klokuur.OrderLine(asked, 1, date(2026, 3, 14))
    assert_type(klokuur.order_weeks([line], now=asked), klokuur.Rows[klokuur.WeekNumbers])
    klokuur.OrderLine(asked, 1, date(2026, 3, 14), cancelled_by="nobody")  # type: ignore[arg-type]


def anything(at: Any) -> None:
    clock.add(at, hour=24)  # type: ignore[call-arg]
    clock.add("2026-03-13", hours=24)  # type: ignore[arg-type]
    klokuur.HolidayCalendar("NL", liberation_day="sometimes")  # type: ignore[arg-type]
    klokuur.Schedule("UTC", "24/7", budget_end="later")  # type: ignore[arg-type]
    klokuur.Holiday(date(2026, 1, 1), "a", "b").name_en = "c"  # type: ignore[misc]
