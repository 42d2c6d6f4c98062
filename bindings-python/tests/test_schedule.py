"""Schedules: instants of every kind, amounts, pickles, reprs and refusals."""

from __future__ import annotations

import copy
import pickle
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import dateutil.tz
import numpy as np
import pandas as pd
import pytest

import klokuur
from klokuur import HolidayCalendar, Schedule

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
CLOCK = Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00", holidays=HolidayCalendar("NL"))
OFFICE = Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00")
FRIDAY = datetime(2026, 3, 13, 15, 0, tzinfo=AMSTERDAM)
MONDAY = datetime(2026, 3, 16, 15, 0, tzinfo=AMSTERDAM)


class PytzLike(tzinfo):
    """One offset of a zone per object, as pytz has them: `fromutc` picks the right one."""

    zone = "Europe/Amsterdam"

    def __init__(self, offset: timedelta) -> None:
        self._offset = offset

    def utcoffset(self, dt: datetime | None) -> timedelta:
        return self._offset

    def dst(self, dt: datetime | None) -> timedelta:
        return self._offset - timedelta(hours=1)

    def tzname(self, dt: datetime | None) -> str:
        return "CEST" if self._offset == timedelta(hours=2) else "CET"

    def fromutc(self, dt: datetime) -> datetime:
        offset = dt.replace(tzinfo=timezone.utc).astimezone(AMSTERDAM).utcoffset()
        assert offset is not None
        return dt.replace(tzinfo=PytzLike(offset)) + offset


class OwnDatetime(datetime):
    """A subclass whose subtraction is of no use here."""

    def __sub__(self, other: Any) -> Any:
        return NotImplemented


ZONES = [AMSTERDAM, timezone.utc, timezone(timedelta(hours=-8)), ZoneInfo("UTC"), ZoneInfo("America/New_York")]


@pytest.mark.parametrize("zone", [*ZONES, dateutil.tz.gettz("Europe/Amsterdam")])
def test_the_zone_that_came_in_comes_out(zone: tzinfo) -> None:
    due = CLOCK.add(FRIDAY.astimezone(zone), hours=24)
    assert due == MONDAY and due.tzinfo is zone
    assert type(due) is datetime


def test_a_zone_with_an_object_for_each_offset() -> None:
    asked = datetime(2026, 3, 27, 15, tzinfo=PytzLike(timedelta(hours=1)))
    due = CLOCK.add(asked, hours=24)
    assert due.isoformat() == "2026-03-30T15:00:00+02:00" and due.tzname() == "CEST"


def test_a_subclass_of_datetime_is_read_as_datetime_reads_it() -> None:
    asked = OwnDatetime(2026, 3, 13, 15, tzinfo=AMSTERDAM)
    assert CLOCK.add(asked, hours=24) == MONDAY


def test_fold_is_honoured() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=AMSTERDAM)
    around = Schedule("Europe/Amsterdam", "24/7")
    assert around.between(first, first.replace(fold=1)) == timedelta(hours=1)
    twice = around.add(first, hours=1)
    assert twice.fold == 1 and twice.isoformat() == "2026-10-25T02:30:00+01:00"


def test_a_time_in_a_gap_is_what_its_own_offset_says() -> None:
    gap = datetime(2026, 3, 29, 2, 30, tzinfo=AMSTERDAM)
    around = Schedule("Europe/Amsterdam", "24/7")
    assert around.between(datetime(2026, 3, 29, 1, 0, tzinfo=timezone.utc), gap) == timedelta(minutes=30)


def test_pandas_timestamps_keep_nanoseconds_zone_and_unit() -> None:
    asked = pd.Timestamp("2026-03-13T15:00:00.123456789", tz="Europe/Amsterdam")
    due = CLOCK.add(asked, hours=24)
    assert isinstance(due, pd.Timestamp) and due == asked + pd.Timedelta(days=3)
    assert str(due.tz) == "Europe/Amsterdam"
    passed = CLOCK.between(asked, due + pd.Timedelta(1, "ns"))
    assert isinstance(passed, pd.Timedelta) and passed.value == 86_400_000_000_001
    seconds = CLOCK.add(asked.as_unit("s"), hours=24)
    assert isinstance(seconds, pd.Timestamp) and seconds.unit == "s"
    assert isinstance(CLOCK.next_open(pd.Timestamp("2026-03-14", tz="UTC")), pd.Timestamp)
    nano = CLOCK.add(asked, pd.Timedelta(1, "ns"))
    assert isinstance(nano, pd.Timestamp) and nano.nanosecond == 790


@pytest.mark.parametrize("naive", [datetime(2026, 3, 13), pd.Timestamp("2026-03-13"), OwnDatetime(2026, 3, 13)])
def test_a_datetime_without_a_zone_says_what_to_do(naive: datetime) -> None:
    with pytest.raises(klokuur.InvalidValueError, match=r"replace\(tzinfo=ZoneInfo"):
        CLOCK.is_open(naive)


def test_not_a_time_and_no_datetime() -> None:
    with pytest.raises(klokuur.InvalidValueError, match="instant `NaT`"):
        CLOCK.is_open(pd.NaT)  # type: ignore[arg-type]
    with pytest.raises(klokuur.InvalidValueError, match="a text with an offset"):
        CLOCK.is_open("2026-03-13")
    for wrong in (date(2026, 3, 13), 5, None, np.datetime64("2026-03-13")):
        with pytest.raises(TypeError):
            CLOCK.is_open(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("year", [1, 1899, 2101, 9999])
def test_years_that_are_not_supported(year: int) -> None:
    at = datetime(year, 6, 1, tzinfo=timezone.utc)
    with pytest.raises(klokuur.OutOfRangeError, match=f"instant {year:04}-06-01T00:00:00Z is out of range"):
        CLOCK.is_open(at)


def test_amounts() -> None:
    assert CLOCK.add(FRIDAY, timedelta(hours=24)) == CLOCK.add(FRIDAY, hours=24) == MONDAY
    assert CLOCK.add(FRIDAY, hours=23, minutes=59, seconds=60) == MONDAY
    assert CLOCK.add(FRIDAY, hours=1.5) == FRIDAY + timedelta(minutes=90)
    assert CLOCK.add(FRIDAY, hours=0.1) == FRIDAY + timedelta(minutes=6)
    assert CLOCK.add(FRIDAY, hours=np.int64(1)) == FRIDAY + timedelta(hours=1)
    assert CLOCK.sub(MONDAY, hours=24) == CLOCK.add(MONDAY, hours=-24) == FRIDAY
    assert CLOCK.between(MONDAY, FRIDAY) == timedelta(days=-1)
    for arguments, keywords in (((), {}), ((timedelta(1),), {"hours": 1}), ((24,), {})):
        with pytest.raises(TypeError):
            CLOCK.add(FRIDAY, *arguments, **keywords)  # type: ignore[arg-type]
    with pytest.raises(klokuur.OutOfRangeError, match="hours 1000000000000000000000000000000 is out of range"):
        CLOCK.add(FRIDAY, hours=10**30)
    for number in (float("nan"), float("inf"), 1e300):
        with pytest.raises(klokuur.OutOfRangeError):
            CLOCK.add(FRIDAY, hours=number)
    with pytest.raises(klokuur.InvalidValueError, match="whole microseconds"):
        CLOCK.add(FRIDAY, pd.Timedelta(1, "ns"))
    with pytest.raises(klokuur.NoOpenTimeLeftError):
        CLOCK.add(FRIDAY, hours=10**9)


def test_the_amount_is_exact_to_the_microsecond() -> None:
    micro = timedelta(microseconds=1)
    late = datetime(2026, 3, 13, 23, 59, 59, 999_999, tzinfo=AMSTERDAM)
    assert CLOCK.add(late, 2 * micro) == datetime(2026, 3, 16, 0, 0, 0, 1, tzinfo=AMSTERDAM)
    assert CLOCK.between(late, MONDAY) == micro + timedelta(hours=15)


def test_openings() -> None:
    saturday = datetime(2026, 3, 14, 12, tzinfo=AMSTERDAM)
    assert not OFFICE.is_open(saturday)
    assert OFFICE.next_open(saturday).isoformat() == "2026-03-16T09:00:00+01:00"
    close = OFFICE.next_close(saturday)
    assert close is not None and close.isoformat() == "2026-03-16T17:00:00+01:00"
    assert Schedule("UTC", "24/7").next_close(saturday) is None
    [one] = OFFICE.intervals(FRIDAY, saturday)
    assert (one.start, one.end) == (FRIDAY, FRIDAY + timedelta(hours=2)) and one.start.tzinfo is AMSTERDAM


def test_explanations_are_records() -> None:
    told = CLOCK.explain(FRIDAY, MONDAY)
    assert told.counted == timedelta(hours=24) == sum((s.counted for s in told.stretches), timedelta())
    assert [s.reason for s in told.stretches] == ["open_hours", "weekend", "open_hours"]
    assert str(told) == told.to_sentence() != told.to_sentence("dutch")
    assert told.start.tzinfo == AMSTERDAM
    assert pickle.loads(pickle.dumps(told)) == told and hash(told) == hash(CLOCK.explain(FRIDAY, MONDAY))
    assert told.to_dict()["stretches"][1]["reason"] == "weekend"
    with pytest.raises(klokuur.InvalidValueError):
        told.to_sentence("french")  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        told.counted = timedelta()  # type: ignore[misc]


def test_conventions_by_keyword() -> None:
    ends_open = Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00", budget_end="at_next_open")
    assert ends_open.add(FRIDAY, hours=2).isoformat() == "2026-03-16T09:00:00+01:00"
    assert Schedule("UTC", "24/7", backwards="zero").between(MONDAY, FRIDAY) == timedelta()
    assert repr(ends_open) == "Schedule('Europe/Amsterdam', 'Mo-Fr 09:00-17:00', budget_end='at_next_open')"
    two = Schedule("UTC", "24/7", backwards="zero", gap="shift_forward")
    assert repr(two) == "Schedule('UTC', '24/7', gap='shift_forward', backwards='zero')"
    assert ends_open != OFFICE and ends_open.conventions["budget_end"] == "at_next_open"
    with pytest.raises(klokuur.InvalidValueError, match="accepted is at_close or at_next_open"):
        Schedule("UTC", "24/7", budget_end="later")  # type: ignore[arg-type]


def test_changes_and_history() -> None:
    eve = date(2026, 12, 24)
    assert OFFICE.with_day(eve, "09:00-13:00").day(eve).hours == "09:00-13:00"
    assert OFFICE.with_closed(eve, date(2026, 12, 31)).day(eve).reason == "closed_date"
    both = OFFICE.from_date(date(2027, 1, 1), Schedule("Europe/Amsterdam", "Mo-Sa 08:00-20:00", holidays="NL"))
    assert both.day(date(2027, 1, 2)).open == (klokuur.Stretch("08:00", "20:00"),)
    assert both.calendar == HolidayCalendar("NL") and OFFICE.calendar is None
    with pytest.raises(klokuur.InvalidValueError, match="zone of the later schedule"):
        OFFICE.from_date(eve, Schedule("UTC", "24/7"))
    with pytest.raises(klokuur.ScheduleSyntaxError):
        OFFICE.with_day(eve, "nine to five")


def test_refusals_of_the_constructor() -> None:
    with pytest.raises(klokuur.ScheduleSyntaxError) as refused:
        Schedule("Europe/Amsterdam", "Mo-Fr 09:00–17:00")
    assert refused.value.position == 12 and refused.value.code == "schedule_syntax"
    with pytest.raises(klokuur.NeverOpenError):
        Schedule("Europe/Amsterdam", "off")
    with pytest.raises(klokuur.UnknownNameError):
        Schedule("Europe/Atlantis", "24/7")
    with pytest.raises(klokuur.UnknownNameError):
        Schedule("UTC", "24/7", holidays="XX")
    with pytest.raises(TypeError, match="from_dates"):
        Schedule("UTC", "24/7", holidays=5)  # type: ignore[arg-type]
    assert Schedule(AMSTERDAM, "Mo-Fr 09:00-17:00") == OFFICE
    assert Schedule(PytzLike(timedelta(hours=1)), "Mo-Fr 09:00-17:00") == OFFICE


OWN = HolidayCalendar.from_dates({date(2026, 12, 24): "Stocktaking"}).named("shop")
SCHEDULES = [
    CLOCK,
    OFFICE,
    Schedule("UTC", "24/7", backwards="zero"),
    Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00", holidays=OWN),
    Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00", holidays=OWN | HolidayCalendar("PL").in_zone("Europe/Warsaw")),
    CLOCK.from_date(date(2027, 1, 1), Schedule("Europe/Amsterdam", "Mo-Sa 08:00-20:00", holidays=OWN)),
]


@pytest.mark.parametrize("schedule", SCHEDULES, ids=repr)
def test_pickles_copies_and_hashes(schedule: Schedule) -> None:
    for again in (pickle.loads(pickle.dumps(schedule)), copy.copy(schedule), copy.deepcopy(schedule)):
        assert again == schedule and hash(again) == hash(schedule)
        assert again.fingerprint == schedule.fingerprint
    assert schedule != "schedule" and len({schedule, pickle.loads(pickle.dumps(schedule))}) == 1


def test_dictionaries_read_back() -> None:
    assert Schedule.from_dict(CLOCK.to_dict()) == CLOCK
    shop = SCHEDULES[3]
    assert Schedule.from_dict(shop.to_dict(), [OWN]) == shop
    with pytest.raises(klokuur.UnknownNameError):
        Schedule.from_dict(shop.to_dict())
    with pytest.raises(klokuur.InvalidDocumentError):
        Schedule.from_dict({"hours": "24/7", "zone": "UTC", "colour": "red"})
