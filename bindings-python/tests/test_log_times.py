"""Columns of times through every library: of the mapping's zone where they carry none, by its pattern where they are written."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import klokuur

NOW = datetime(2026, 11, 25, tzinfo=UTC)
ZONE = {"zone": "Europe/Amsterdam"}
PATTERN = {**ZONE, "time_format": "%d/%m/%Y %H:%M"}


def columns(times: list[str | None], unit: str = "s") -> dict[str, Any]:
    """Times of the wall clock as a column of every library that has them, by its name."""
    at = np.array(["NaT" if time is None else time for time in times], f"M8[{unit}]")
    found = {"numpy": at, "pandas": pd.Series(at), "polars": pl.from_arrow(pa.array(at)), "arrow": pa.array(at)}
    found["pandas of arrow"] = pd.Series(at, dtype=pd.ArrowDtype(pa.timestamp(unit)))
    if unit == "s":
        listed = at.tolist()
        found |= {"list": listed, "objects": np.array(listed, object), "pandas of objects": pd.Series(listed, dtype=object)}
    else:
        stamps = [pd.NaT if time is None else pd.Timestamp(time) for time in times]
        found |= {"list": stamps, "pandas of objects": pd.Series(stamps, dtype=object)}
    return found


def logs(times: list[str | None], unit: str = "s", event: str = "opened") -> dict[str, Any]:
    """Logs of one event a case, in the frame of each column's library, and as a mapping of columns."""
    made: dict[str, Any] = {}
    for name, at in columns(times, unit).items():
        log = {"case": [f"K-{row}" for row in range(len(times))], "at": at, "event": [event] * len(times)}
        made[f"{name} in a mapping"] = log
        if name.startswith("pandas"):
            made[name] = pd.DataFrame(log)
        elif name == "polars":
            made[name] = pl.DataFrame(log)
        elif name == "arrow":
            made[name] = pa.table(log)
    return made


def by_every_door(log: Any, mapping: dict[str, Any]) -> list[tuple[list[tuple[str, str]], list[tuple[int, str]]]]:
    """The openings and the refused rows, as each door that reads a log tells them."""
    read = klokuur.read_log(log, mapping)
    refused = [(one.row, one.message) for one in read.refused]
    found = [(sorted((one.event.case, one.event.at.astimezone(UTC).isoformat()) for one in read.events), refused)]
    book = klokuur.CaseBook()
    errors = [(error.row or 0, str(error)) for error in book.load(log, mapping=mapping)]
    found.append(([(one.case, one.opened.isoformat()) for one in book.outcomes(NOW) if one.opened], errors))
    told: list[klokuur.RefusedRow] = []
    cases = klokuur.evaluate(log, now=NOW, mapping=mapping, refused=told, columns=["case", "opened"])
    frame = cases.to_arrow() if isinstance(cases, pl.DataFrame) else cases
    frame = frame.to_pandas() if isinstance(frame, pa.Table) else pd.DataFrame(frame)
    opened = pd.to_datetime(frame["opened"], utc=True)
    found.append((list(zip(frame["case"], map(datetime.isoformat, opened), strict=True)), [(one.row, one.message) for one in told]))
    page = klokuur.report({"cases": log}, now=NOW, mapping=mapping)
    found.append((found[0][0] if page.rows == len(read.events) + len(refused) else [], [(one.line, one.why) for one in page.skipped]))
    return found


TIMES = ["2026-03-13T15:00", "2026-07-01T23:30", None, "2026-10-25T02:30", "2026-10-25T03:30"]
#: In the hour that comes twice it is the earlier one, as in a file.
OPENED = {
    "K-0": "2026-03-13T14:00:00+00:00",
    "K-1": "2026-07-01T21:30:00+00:00",
    "K-3": "2026-10-25T00:30:00+00:00",
    "K-4": "2026-10-25T02:30:00+00:00",
}


@pytest.mark.parametrize("mapping", [ZONE, PATTERN], ids=["zone", "pattern"])
def test_times_without_a_zone_are_of_the_stated_one_in_every_library(mapping: dict[str, Any]) -> None:
    for unit in ("s", "ns"):
        for name, log in logs(TIMES, unit).items():
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                for opened, refused in by_every_door(log, mapping):
                    assert dict(opened) == OPENED, (name, unit)
                    assert [row for row, _ in refused] == [2] and "missing" in refused[0][1], (name, unit)


@pytest.mark.parametrize("mapping", [ZONE, PATTERN], ids=["zone", "pattern"])
@pytest.mark.parametrize("wrong", ["2026-03-29T02:30", "20000-01-01T00:00", "0001-01-01T00:00", "1850-01-01T00:00"])
def test_a_time_that_no_clock_showed_is_told_by_its_row(wrong: str, mapping: dict[str, Any]) -> None:
    found = _of_types(wrong) if wrong.startswith("20000") else list(logs(["2026-03-13T15:00", wrong]).items())
    for name, log in found:
        for opened, refused in by_every_door(log, mapping):
            assert [case for case, _ in opened] == ["K-0"], name
            assert [row for row, _ in refused] == [1], name
            if wrong == "2026-03-29T02:30":
                assert "in Europe/Amsterdam the clock was put forward over it" in refused[0][1], name


def _of_types(wrong: str) -> list[tuple[str, Any]]:
    """Years that Python has not: only columns of a type hold them."""
    at = np.array(["2026-03-13T15:00", wrong], "M8[s]")
    log = {"case": np.array(["K-0", "K-1"]), "at": at, "event": np.array(["opened", "opened"])}
    arrow = pa.table(log)
    return [("numpy", log), ("pandas", pd.DataFrame(log)), ("arrow", arrow), ("polars", pl.DataFrame(arrow))]


def test_nanoseconds_are_kept() -> None:
    # In time to the nanosecond, and late by one.
    for last, verdict in (("2026-03-16T15:00:00.123456789", "met"), ("2026-03-16T15:00:00.123456790", "breached")):
        for mapping in (ZONE, PATTERN):
            for name, at in columns(["2026-03-13T15:00:00.123456789", last], "ns").items():
                log = {"case": ["K"] * 2, "at": at, "event": ["opened", "seller_message"]}
                found = klokuur.evaluate(log, now=NOW, mapping=mapping, refused="raise")
                assert list(found["verdict"]) == [verdict], (name, mapping)


def test_dates_are_no_times_in_any_library() -> None:
    day = date(2026, 3, 13)
    dates: dict[str, Any] = {"numpy": np.array([day], "M8[D]"), "polars": pl.Series([day]), "arrow": pa.array([day])}
    for mapping in ({}, ZONE, PATTERN):
        for name, at in dates.items():
            with pytest.raises(klokuur.InvalidValueError):
                klokuur.evaluate({"case": ["K"], "at": at, "event": ["opened"]}, now=NOW, mapping=mapping)
                pytest.fail(name)
    for at in ([day, datetime(2026, 3, 13, 15)], pd.Series([day, datetime(2026, 3, 13, 15)], dtype=object)):
        read = klokuur.read_log({"case": ["K-0", "K-1"], "at": at, "event": ["opened"] * 2}, ZONE)
        assert [one.row for one in read.refused] == [0] and [one.row for one in read.events] == [1]


def test_numpy_is_utc_where_no_zone_is_stated() -> None:
    log = {"case": ["K-0"], "at": np.array(["2026-03-13T15:00"], "M8[s]"), "event": ["opened"]}
    assert [one.event.at for one in klokuur.read_log(log).events] == [datetime(2026, 3, 13, 15, tzinfo=UTC)]
    with pytest.raises(klokuur.InvalidValueError, match="zone"):
        klokuur.read_log(pd.DataFrame(log))


MADE: list[Callable[[list[int]], Any]] = [
    list,
    np.array,
    lambda given: np.array(given, object),
    pd.Series,
    pl.Series,
    pa.array,
    lambda given: pd.Series([*map(float, given)]),
]


@pytest.mark.parametrize("made", MADE)
@pytest.mark.parametrize("zone", [{}, {"zone": "UTC"}])
def test_seconds_since_the_epoch_are_read_by_their_pattern(made: Any, zone: dict[str, str], tmp_path: Path) -> None:
    mapping = {**zone, "zone": "UTC", "time_format": "%s"}
    seconds = [1773410400, 1773414000]
    log = {"case": ["K", "K"], "at": made(seconds), "event": ["opened", "seller_message"]}
    read = klokuur.read_log(log, mapping)
    assert [one.event.at.timestamp() for one in read.events] == seconds and read.refused == ()
    path = tmp_path / "log.csv"
    path.write_text("case,at,event\n" + "".join(f"K,{at},{event}\n" for at, event in zip(seconds, log["event"], strict=True)))
    assert [one.event.at for one in klokuur.read_log(path, mapping).events] == [one.event.at for one in read.events]


def test_texts_and_datetimes_in_one_column_are_read_each_as_it_is() -> None:
    at = [datetime(2026, 3, 13, 15), "2026-03-13 16:00", datetime(2026, 3, 13, 16, tzinfo=UTC), 5, None]
    log = {"case": [f"K-{row}" for row in range(5)], "at": at, "event": ["opened"] * 5}
    read = klokuur.read_log(log, ZONE)
    assert [one.event.at.hour for one in read.events] == [14, 15, 16] and [one.row for one in read.refused] == [3, 4]
    by_pattern = klokuur.read_log({**log, "at": [at[0], "13/03/2026 16:00", at[2], "soon", None]}, PATTERN)
    assert [one.event.at for one in by_pattern.events] == [one.event.at for one in read.events]
    assert [one.row for one in by_pattern.refused] == [3, 4]
    # A time, but not by the pattern.
    other = klokuur.read_log({**log, "at": [at[0], "2026-03-13 16:00", None, None, None]}, PATTERN)
    assert [one.row for one in other.refused] == [1, 2, 3, 4]
    assert "`2026-03-13 16:00 (by the pattern %d/%m/%Y %H:%M)`" in other.refused[0].message


def test_a_pattern_holds_for_the_texts_beside_times_of_a_type() -> None:
    """One row a case: one column of times by their type, the other as they are written."""
    mapping = {**PATTERN, "columns": {"case": "case"}, "times": {"opened": "asked", "seller_message": "answered"}}
    asked, answered = np.array(["2026-03-13T15:00"], "M8[s]"), ["16/03/2026 14:00"]
    for log in ({"case": ["K"], "asked": asked, "answered": answered}, pd.DataFrame({"case": ["K"], "asked": asked, "answered": answered})):
        found = [one.event.at for one in klokuur.read_log(log, mapping).events]
        assert found == [datetime(2026, 3, 13, 14, tzinfo=UTC), datetime(2026, 3, 16, 13, tzinfo=UTC)]
        calls = {"at": ["13/03/2026 15:00", "2026-03-13 15:00"], "answered": ["yes", "yes"]}
        assert [one.line for one in klokuur.report({"cases": log, "calls": calls}, now=NOW, mapping=mapping).skipped] == [1]


@pytest.mark.parametrize("mapping", [ZONE, PATTERN], ids=["zone", "pattern"])
def test_the_tables_beside_a_log_are_of_the_same_zone(mapping: dict[str, Any]) -> None:
    cases = {"case": ["K-0"], "at": np.array(["2026-03-13T15:00"], "M8[s]"), "event": ["opened"]}
    pages = []
    for at in columns(["2026-03-15T23:30", "2026-03-13T12:00"]).values():
        calls = {"at": at, "answered": ["yes", "no"]}
        surveys = {"at": at, "recommendation": [9, 3]}
        orders = {"order": ["A", "B"], "ordered_at": at, "promised_on": ["2026-03-16", "2026-03-16"], "quantity": [1, 1]}
        tables = {"cases": cases, "calls": calls, "surveys": surveys, "orders": orders}
        page = klokuur.report(tables, now=NOW, mapping=mapping)
        assert page.skipped == (), page.skipped
        pages.append(page.html)
    assert len(set(pages)) == 1
