"""Business time: the questions of a schedule. Instants go in as pandas Timestamps, which have the nanoseconds."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

import klokuur

UNITS = {"hours": 3_600_000_000_000, "minutes": 60_000_000_000, "seconds": 1_000_000_000, "microseconds": 1_000}


def calendar_of(given: Any) -> klokuur.HolidayCalendar:
    """A country's code, or a calendar's document."""
    if isinstance(given, str):
        return klokuur.HolidayCalendar(given)
    return klokuur.HolidayCalendar.from_json(json.dumps(given))


def schedule_of(given: dict[str, Any]) -> klokuur.Schedule:
    written = given["schedule"]

    def part(text: str, holidays: list[Any]) -> klokuur.Schedule:
        calendars = [calendar_of(calendar) for calendar in holidays]
        calendar = reduce(or_, calendars) if calendars else None
        return klokuur.Schedule(written["zone"], text, holidays=calendar, **written.get("conventions", {}))

    schedule = part(written["text"], written.get("holidays", []))
    for later in written.get("then", []):
        schedule = schedule.from_date(date.fromisoformat(later["from"]), part(later["text"], later.get("holidays", [])))
    return schedule


def instant(text: str, zone: str) -> datetime:
    """A Timestamp where datetime has too few digits, else a datetime, so that both are tried."""
    if re.search(r"\.\d{7}", text):
        return pd.Timestamp(text).tz_convert(zone)
    return datetime.fromisoformat(text).astimezone(ZoneInfo(zone))


def amount(given: dict[str, Any]) -> timedelta:
    if "nanoseconds" in given:
        whole = given["nanoseconds"]
        return pd.Timedelta(whole, "ns") if whole % 1000 else timedelta(microseconds=whole // 1000)
    [(unit, number)] = [(unit, given[unit]) for unit in UNITS if unit in given]
    return timedelta(**{unit: number})


def nanoseconds(of: timedelta) -> dict[str, int]:
    whole = of.value if isinstance(of, pd.Timedelta) else of // timedelta(microseconds=1) * 1000
    return {"nanoseconds": whole}


def shown(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def between(given: dict[str, Any]) -> Any:
    schedule = schedule_of(given)
    return nanoseconds(
        schedule.between(instant(given["from"], schedule.zone), instant(given["to"], schedule.zone))
    )


def within(given: dict[str, Any]) -> Any:
    schedule = schedule_of(given)
    start, end = instant(given["from"], schedule.zone), instant(given["to"], schedule.zone)
    return {"within": schedule.within(start, end, amount(given))}


def move(name: str, given: dict[str, Any]) -> Any:
    schedule = schedule_of(given)
    budget = amount(given)
    at = instant(given["at"], schedule.zone)
    if isinstance(budget, pd.Timedelta):
        at = pd.Timestamp(at)
    return {"at": shown(getattr(schedule, name)(at, budget))}


def is_open(given: dict[str, Any]) -> Any:
    schedule = schedule_of(given)
    return {"open": schedule.is_open(instant(given["at"], schedule.zone))}


def next_one(name: str, given: dict[str, Any]) -> Any:
    schedule = schedule_of(given)
    return {"at": shown(getattr(schedule, name)(instant(given["at"], schedule.zone)))}


def intervals(given: dict[str, Any]) -> Any:
    schedule = schedule_of(given)
    found = schedule.intervals(instant(given["from"], schedule.zone), instant(given["to"], schedule.zone))
    return {"intervals": [{"start": shown(one.start), "end": shown(one.end)} for one in found]}


def explain(given: dict[str, Any]) -> Any:
    schedule = schedule_of(given)
    told = schedule.explain(instant(given["from"], schedule.zone), instant(given["to"], schedule.zone))
    return nanoseconds(told.counted) | {
        "stretches": [
            nanoseconds(one.counted)
            | {
                "from": shown(one.start),
                "to": shown(one.end),
                "reason": one.reason,
                "holiday": one.holiday and one.holiday.name_en,
            }
            for one in told.stretches
        ],
        "english": told.to_sentence(),
        "dutch": told.to_sentence("dutch"),
        "span_english": told.to_span_sentence(),
        "span_dutch": told.to_span_sentence("dutch"),
        "customer_english": told.to_customer_text(),
        "customer_dutch": told.to_customer_text("dutch"),
    }


def parse(given: dict[str, Any]) -> Any:
    return {"text": klokuur.Schedule(given["zone"], given["text"]).hours}


def days(given: dict[str, Any]) -> Any:
    schedule = klokuur.Schedule(given["zone"], given["text"], holidays=given.get("holidays"))
    if "own_holidays" in given:
        own = {date.fromisoformat(day): name for day, name in given["own_holidays"]["dates"].items()}
        schedule = schedule.with_holidays(klokuur.HolidayCalendar.from_dates(own))
    found = [schedule.day(date.fromisoformat(day)) for day in given["dates"]]
    return {
        "days": [
            {
                "date": day.date.isoformat(),
                "open": day.hours,
                "reason": day.reason,
                "holiday": day.holiday.name_en if day.holiday else None,
            }
            for day in found
        ]
    }


def holiday(one: klokuur.Holiday | None) -> Any:
    return one and {**one.to_dict(), "date": one.date.isoformat()}


def holidays(given: dict[str, Any]) -> Any:
    return [holiday(one) for one in calendar_of(given["calendar"]).holidays(given["year"])]


def holidays_between(given: dict[str, Any]) -> Any:
    return [holiday(one) for one in found_between(given)]


def found_between(given: dict[str, Any]) -> list[klokuur.Holiday]:
    calendar = calendar_of(given["calendar"])
    return calendar.holidays_between(date.fromisoformat(given["first"]), date.fromisoformat(given["last"]))


def holiday_dates(given: dict[str, Any]) -> Any:
    return [one.date.isoformat() for one in found_between(given)]


def holiday_on(given: dict[str, Any]) -> Any:
    return {"holiday": holiday(calendar_of(given["calendar"]).holiday_on(date.fromisoformat(given["date"])))}


def schedule_json(given: Given) -> Any:
    calendars = [klokuur.HolidayCalendar.from_json(text) for text in given.get("calendars", [])]
    schedule = klokuur.Schedule.from_json(given["document"], calendars)
    assert klokuur.Schedule.from_dict(json.loads(given["document"]), calendars) == schedule
    assert json.loads(schedule.to_json()) == schedule.to_dict()
    return {"document": schedule.to_json(), "fingerprint": schedule.fingerprint}


def calendar_json(given: Given) -> Any:
    calendar = klokuur.HolidayCalendar.from_json(given["document"])
    return {"document": calendar.to_json(), "fingerprint": calendar.fingerprint}


OPS = {
    "between": between,
    "within": within,
    "add": lambda given: move("add", given),
    "sub": lambda given: move("sub", given),
    "is_open": is_open,
    "next_open": lambda given: next_one("next_open", given),
    "next_close": lambda given: next_one("next_close", given),
    "intervals": intervals,
    "explain": explain,
    "schedule_parse": parse,
    "schedule_days": days,
    "schedule_json": schedule_json,
    "holidays": holidays,
    "holidays_between": holidays_between,
    "holiday_dates": holiday_dates,
    "holiday_on": holiday_on,
    "calendar_json": calendar_json,
    "calendar_fingerprint": lambda given: {"fingerprint": calendar_of(given["calendar"]).fingerprint},
}
