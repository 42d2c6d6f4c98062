"""The same work by what a user would pick instead. Each takes columns of whole minutes and gives microseconds."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import businesstimedelta
import duckdb
import numpy as np
import numpy.typing as npt
import opening_hours
import pandas as pd
import polars as pl
import pytz
import workclock

ZONE = "Europe/Amsterdam"
AMSTERDAM = ZoneInfo(ZONE)
OPENS, CLOSES = time(9), time(17)
WEEKDAYS = [0, 1, 2, 3, 4]
HOUR = 3_600_000_000

Ticks = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Work:
    """The columns, and what a peer may make of them before the clock runs."""

    start: npt.NDArray[np.datetime64]
    end: npt.NDArray[np.datetime64]
    hours: int
    holidays: list[date]
    #: Open stretches in UTC, for those who make a table by hand: starts, ends, and the open time before each.
    table: tuple[Ticks, Ticks, Ticks]

    def first(self, rows: int) -> Work:
        return Work(self.start[:rows], self.end[:rows], self.hours, self.holidays, self.table)


@dataclass(frozen=True)
class Peer:
    name: str
    question: str
    #: Rows of one round: what takes some tenths of a second.
    rows: int
    #: Makes ready, and gives the work of one round.
    prepare: Callable[[Work], Callable[[], Any]]
    #: What a round gave, as microseconds.
    ticks: Callable[[Any], Ticks]
    #: How many times klokuur is to be ahead.
    target: float | None
    #: Whether it moves what is due at closing to the next opening.
    rolls: bool = False


def aware(column: npt.NDArray[np.datetime64], zone: Any = timezone.utc) -> list[datetime]:
    return [at.replace(tzinfo=timezone.utc).astimezone(zone) for at in column.astype("M8[us]").tolist()]


def microseconds(answers: list[datetime]) -> Ticks:
    return np.array([round(at.timestamp() * 1_000_000) for at in answers], np.int64)


def amounts(answers: list[timedelta]) -> Ticks:
    return np.array([amount // timedelta(microseconds=1) for amount in answers], np.int64)


def numpy_ticks(column: Any) -> Ticks:
    column = np.asarray(column)
    ticks: Ticks = column.astype(f"{column.dtype.kind}8[us]").view(np.int64)
    return ticks


# pandas


def pandas_add(work: Work) -> Callable[[], Any]:
    hours = pd.offsets.CustomBusinessHour(n=work.hours, start="09:00", end="17:00", holidays=work.holidays)
    asked = pd.Series(work.start).dt.tz_localize("UTC").dt.tz_convert(ZONE)

    def run() -> Any:
        with warnings.catch_warnings():
            # It says itself that it goes row by row.
            warnings.simplefilter("ignore", pd.errors.PerformanceWarning)
            return asked + hours

    return run


def pandas_ticks(column: Any) -> Ticks:
    return numpy_ticks(column.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy())


# businesstimedelta


def businesstimedelta_rules(work: Work) -> Any:
    zone = pytz.timezone(ZONE)
    days = businesstimedelta.WorkDayRule(start_time=OPENS, end_time=CLOSES, working_days=WEEKDAYS, tz=zone)
    return businesstimedelta.Rules([days, businesstimedelta.HolidayRule(work.holidays, tz=zone)])


def businesstimedelta_between(work: Work) -> Callable[[], Any]:
    rules, rows = businesstimedelta_rules(work), list(zip(aware(work.start), aware(work.end), strict=True))
    return lambda: [rules.difference(start, end).timedelta for start, end in rows]


def businesstimedelta_add(work: Work) -> Callable[[], Any]:
    amount = businesstimedelta.BusinessTimeDelta(businesstimedelta_rules(work), hours=work.hours)
    rows = aware(work.start)
    return lambda: [start + amount for start in rows]


# workclock


def workclock_schedule(work: Work) -> Any:
    rules = [workclock.WorkDay(OPENS, CLOSES, days=WEEKDAYS), workclock.Holidays(work.holidays)]
    return workclock.Schedule(rules, time_zone=AMSTERDAM)


def workclock_between(work: Work) -> Callable[[], Any]:
    schedule = workclock_schedule(work)
    return lambda: schedule.between_many(work.start, work.end)


def workclock_add(work: Work) -> Callable[[], Any]:
    schedule, amount = workclock_schedule(work), np.timedelta64(work.hours, "h")
    return lambda: schedule.add_many(work.start, amount)


# opening-hours-py


def opening_hours_between(work: Work) -> Callable[[], Any]:
    closed = "; ".join(f"{day:%Y %b %d} off" for day in work.holidays)
    hours = opening_hours.OpeningHours(f"Mo-Fr 09:00-17:00; {closed}", timezone=AMSTERDAM)
    rows = list(zip(aware(work.start, AMSTERDAM), aware(work.end, AMSTERDAM), strict=True))
    is_open = opening_hours.State.OPEN

    def spent(start: datetime, end: datetime) -> timedelta:
        # Its stretches are clipped to what was asked for; office hours see no change of the clock.
        stretches = hours.intervals(start, end)
        return sum((until - since for since, until, state, _ in stretches if state == is_open), timedelta())

    return lambda: [spent(start, end) for start, end in rows]


# A table by hand


def numpy_table(work: Work) -> Callable[[], Any]:
    starts, ends, before = work.table
    a, b = work.start.view(np.int64), work.end.view(np.int64)

    def open_until(at: Ticks) -> Ticks:
        i = np.searchsorted(starts, at, "right") - 1
        return before[i] + np.minimum(at, ends[i]) - starts[i]

    return lambda: open_until(b) - open_until(a)


def polars_table(work: Work) -> Callable[[], Any]:
    starts, ends, before = work.table
    table = pl.DataFrame({"opens": starts, "closes": ends, "before": before}).set_sorted("opens").lazy()
    rows = pl.DataFrame({"asked": work.start.view(np.int64), "answered": work.end.view(np.int64)}).with_row_index()
    open_until = pl.col("before") + pl.min_horizontal("at", "closes") - pl.col("opens")

    def run() -> pl.Series:
        frame = rows.lazy()
        for name in ("asked", "answered"):
            frame = (
                frame.sort(name)
                .with_columns(at=pl.col(name))
                .join_asof(table, left_on="at", right_on="opens", strategy="backward", coalesce=False)
                .with_columns(open_until.alias(f"until_{name}"))
                .drop("at", "opens", "closes", "before")
            )
        return frame.sort("index").select(pl.col("until_answered") - pl.col("until_asked")).collect().to_series()

    return run


def duckdb_table(work: Work) -> Callable[[], Any]:
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    starts, ends, before = work.table
    connection.register("opened", pl.DataFrame({"opens": starts, "closes": ends, "before": before}).to_arrow())
    connection.execute("CREATE TABLE opening AS SELECT * FROM opened ORDER BY opens")
    given = pl.DataFrame({"asked": work.start.view(np.int64), "answered": work.end.view(np.int64)}).with_row_index()
    connection.register("given", given.to_arrow())
    connection.execute("CREATE TABLE cases AS SELECT * FROM given")
    question = """
        SELECT b.before + least(answered, b.closes) - b.opens - (a.before + least(asked, a.closes) - a.opens) AS spent
        FROM cases ASOF JOIN opening a ON asked >= a.opens ASOF JOIN opening b ON answered >= b.opens
        ORDER BY index
        """
    return lambda: connection.execute(question).fetchnumpy()["spent"]


# Days only


def numpy_days(work: Work) -> Callable[[], Any]:
    first, last = work.start.astype("M8[D]"), work.end.astype("M8[D]")
    closed = np.array(work.holidays, "M8[D]")
    return lambda: np.busday_count(first, last, holidays=closed)


PEERS = [
    Peer("pandas CustomBusinessHour", "add", 4_000, pandas_add, pandas_ticks, 20, rolls=True),
    Peer("businesstimedelta", "between", 400, businesstimedelta_between, amounts, 20),
    Peer("businesstimedelta", "add", 400, businesstimedelta_add, microseconds, 20),
    Peer("workclock", "between", 100_000, workclock_between, numpy_ticks, 20),
    Peer("workclock", "add", 100_000, workclock_add, numpy_ticks, 20),
    Peer("opening-hours-py", "between", 2_000, opening_hours_between, amounts, 20),
    Peer("NumPy searchsorted on a table", "between", 1_000_000, numpy_table, np.asarray, 10),
    Peer("Polars asof join on a table", "between", 1_000_000, polars_table, np.asarray, 10),
    Peer("DuckDB asof join on a table", "between", 1_000_000, duckdb_table, np.asarray, 10),
    Peer("NumPy busday_count", "days", 1_000_000, numpy_days, lambda days: days * 24 * HOUR, None),
]
