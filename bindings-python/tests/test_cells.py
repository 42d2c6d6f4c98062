"""What cells of frames say: missing, truths, numbers; and what is done with rows that say nothing valid."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import klokuur
import klokuur.polars

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 3, 20, tzinfo=UTC)
ASKED = datetime(2026, 3, 13, 15, tzinfo=AMSTERDAM)
CLOCK = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00")
LINE = klokuur.OrderLine(
    datetime(2026, 3, 9, 12, tzinfo=AMSTERDAM), 1, date(2026, 3, 10), datetime(2026, 3, 10, 20, tzinfo=AMSTERDAM)
)


def lines(**cells: Any) -> pd.DataFrame:
    return pd.DataFrame({name: [cells.get(name, getattr(LINE, name))] for name in LINE.to_dict()})


def of(norm: str, frame: Any) -> tuple[int, int]:
    [found] = [week for week in klokuur.order_weeks(frame, now=NOW) if week.norm == norm]
    return found.numerator, found.denominator


@pytest.mark.parametrize(
    ("written", "tracked"),
    [("no", 0), ("Yes", 1), ("false", 0), ("1", 1), (0, 0), (1.0, 1), (True, 1), (None, 0), (pd.NA, 0), ("", 0)],
)
def test_tracked_is_what_the_cell_says(written: Any, tracked: int) -> None:
    assert of("track_and_trace", lines(tracked=written)) == (tracked, 1)


@pytest.mark.parametrize("cells", [{"tracked": "maybe"}, {"tracked": 2}, {"cancelled_at": NOW, "cancelled_by": "me"}])
def test_what_a_line_cannot_say_is_refused_with_its_row(cells: dict[str, Any]) -> None:
    frame = pd.concat([lines(), lines(**cells)])
    with pytest.raises(klokuur.InvalidValueError, match="row 1: (tracked|cancelled_by) `.*` is not valid") as error:
        klokuur.order_weeks(frame, now=NOW)
    assert error.value.row == 1
    with pytest.warns(klokuur.RefusedRowsWarning, match="1 row refused and left out: row 1"):
        assert klokuur.order_weeks(frame, now=NOW, refused="warn") == klokuur.order_weeks([LINE], now=NOW)


def test_refused_rows_of_both_kinds_come_in_order() -> None:
    frame = pd.concat([lines(quantity=0), lines(tracked="maybe"), lines(), lines(promised_on=date(2101, 1, 1))])
    refused: list[klokuur.RefusedRow] = []
    klokuur.order_weeks(frame, now=NOW, refused=refused)
    assert [(row.row, row.code) for row in refused] == [(0, "out_of_range"), (1, "invalid_value"), (3, "out_of_range")]


def test_a_promise_with_a_zone_is_a_local_date() -> None:
    assert of("fulfilment", lines(promised_on=pd.Timestamp("2026-03-09T23:30Z"))) == (1, 1)
    assert of("fulfilment", lines(promised_on=pd.Timestamp("2026-03-09T22:30Z"))) == (0, 1)
    assert of("fulfilment", {name: [getattr(LINE, name)] for name in LINE.to_dict()}) == (1, 1)
    days = {**{name: [getattr(LINE, name)] for name in LINE.to_dict()}, "promised_on": np.array(["2026-03-10"], "M8[D]")}
    assert of("fulfilment", days) == (1, 1)


@pytest.mark.parametrize(("choice", "error"), [("ignore", klokuur.InvalidValueError), (None, TypeError), ((), TypeError)])
def test_an_unknown_choice_for_refused_rows_loses_none(choice: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match='"warn", "raise" or a list'):
        klokuur.order_weeks([LINE], now=NOW, refused=choice)
    with pytest.raises(error, match='"warn", "raise" or a list'):
        klokuur.evaluate({"case": ["a"], "at": [ASKED], "event": ["opened"]}, now=NOW, refused=choice)


def test_is_measured_is_what_the_cell_says() -> None:
    cases = klokuur.evaluate(pd.DataFrame({"case": ["a"], "at": [ASKED], "event": ["opened"]}), now=NOW)
    assert klokuur.weeks(cases.assign(is_measured="False")).empty
    assert klokuur.weeks(cases.assign(is_measured="True"))["denominator"].tolist() == [1]
    for missing in (np.nan, pd.NA, None):
        with pytest.raises(klokuur.InvalidValueError, match="row 0: is_measured") as error:
            klokuur.weeks(cases.assign(is_measured=pd.Series([missing], dtype=object)))
        assert error.value.row == 0


@pytest.mark.parametrize(
    "weights",
    [
        [1.0, None, 1.0],
        [1.0, pd.NA, 1.0],
        np.array([1.0, np.nan, 1.0]),
        pd.Series([1, None, 1]),
        pd.Series([1, None, 1], dtype="Int64"),
        pl.Series([1, None, 1]),
        pa.array([1, None, 1]),
    ],
)
def test_no_weight_is_refused_with_its_row(weights: Any) -> None:
    with pytest.raises(klokuur.OutOfRangeError, match="row 1: weight") as error:
        klokuur.nps_weighted([10, 9, 3], weights)
    assert error.value.row == 1
    assert klokuur.nps_weighted([10, None, 3], weights).count == 2


def test_pandas_na_is_nothing_everywhere() -> None:
    due = ASKED + timedelta(hours=1)
    assert CLOCK.add_many([ASKED, pd.NA], hours=1) == [due, None]
    assert CLOCK.add_many(np.array([ASKED, pd.NA], object), hours=1).tolist() == [due, None]
    assert klokuur.nps([pd.NA, 3]) == klokuur.nps(np.array([pd.NA, 3], object)) == klokuur.Nps(0, 0, 1)
    log = {"case": ["a"], "at": [ASKED], "event": ["opened"], "order": [pd.NA]}
    assert klokuur.evaluate(log, now=NOW)["order"].tolist() == [None]


def test_missing_keys_are_no_keys_and_keys_keep_their_type() -> None:
    nan, scores = float("nan"), [10, 3, 9]
    assert klokuur.nps_by(np.array(scores), np.array([1.0, nan, 2.0]))["key"].tolist() == [1.0, 2.0]
    assert klokuur.nps_by(pl.Series(scores), pl.Series([1.0, nan, None]))["key"].to_list() == [1.0]
    assert [row["key"] for row in klokuur.nps_by(scores, [1, pd.NA, pd.NaT])] == [1]
    for unit in ("D", "us", "ns"):
        keys = np.array(["2026-01-02", "NaT", "2026-01-01"], f"M8[{unit}]")
        assert klokuur.nps_by(np.array(scores), keys)["key"].tolist() == np.sort(keys)[:2].tolist()
    none = klokuur.nps_by(pa.array([], pa.int64()), pa.array([], pa.string()))
    assert none.schema.field("key").type == pa.string()
    assert klokuur.nps_by(pl.Series([], dtype=pl.Int64), pl.Series([], dtype=pl.Date))["key"].dtype == pl.Date
    assert klokuur.nps_by(pd.Series([], dtype=int), pd.Series([], dtype=int))["key"].dtype == int


def test_numbers_of_cases_stay_whole() -> None:
    log = {"case": [1001.0, np.nan], "at": [ASKED, ASKED], "event": ["opened", "opened"]}
    for frame in (log, pd.DataFrame(log), pl.DataFrame(log), pa.table(log)):
        cases = klokuur.evaluate(frame, now=NOW, refused=[])
        assert list(np.asarray(cases["case"])) == ["1001"]


def test_no_cases_have_weeks_of_no_rows() -> None:
    nothing: dict[str, Any] = {"case": [], "at": [], "event": []}
    weeks = klokuur.weeks(klokuur.evaluate(pd.DataFrame(nothing, dtype=str), now=NOW))
    assert weeks.empty and "verdict" in weeks.columns
    numbers = [klokuur.WeekNumbers("cancellations", "2026-W10", 1, 100)]
    with pytest.raises(klokuur.InvalidValueError, match="give it, as now="):
        klokuur.weeks(klokuur.evaluate(nothing, now=NOW), numbers=numbers)


def test_the_polars_difference_has_the_unit_of_its_column() -> None:
    frame = pl.DataFrame({"at": [ASKED]}).with_columns(pl.col("at").dt.cast_time_unit("ms"), us=pl.col("at"))
    to, fine = ASKED + timedelta(hours=1), ASKED + timedelta(microseconds=1)
    for end in (to, pl.col("us") + timedelta(hours=1)):
        found = frame.select(pl.col("at").klokuur.until(CLOCK, end))  # type: ignore[attr-defined]
        assert found["at"].dtype == pl.Duration("ms") and found["at"][0] == timedelta(hours=1)
    with pytest.raises(Exception, match='make the column finer first, as expr.dt.cast_time_unit\\("us"\\)'):
        frame.select(pl.col("at").klokuur.until(CLOCK, fine))  # type: ignore[attr-defined]


def test_numpys_amounts_are_amounts() -> None:
    hour = np.timedelta64(1, "h")
    assert CLOCK.add(ASKED, hour) == ASKED + timedelta(hours=1)  # type: ignore[arg-type]
    assert CLOCK.add_many([ASKED], hour) == [ASKED + timedelta(hours=1)]
    with pytest.raises(klokuur.InvalidValueError, match="weeks, days, hours or less"):
        CLOCK.add(ASKED, np.timedelta64(1, "Y"))  # type: ignore[arg-type]
    with pytest.raises(klokuur.OutOfRangeError, match="64 bits of nanoseconds"):
        CLOCK.add(ASKED, np.timedelta64(10**18, "s"))  # type: ignore[arg-type]


def test_what_is_no_column_is_told() -> None:
    with pytest.raises(TypeError, match="`add_many` needs a column, not a single datetime: `add` is for that"):
        CLOCK.add_many(ASKED, hours=1)
    with pytest.raises(TypeError, match="`is_open_many` needs a column"):
        CLOCK.is_open_many(ASKED)
    with pytest.raises(klokuur.OutOfRangeError, match="hours nan is out of range: accepted is a finite number"):
        CLOCK.add(ASKED, hours=float("nan"))
    with pytest.raises(TypeError, match="a column must be .* not DataFrame"):
        CLOCK.add_many(pd.DataFrame({"at": [ASKED]}), hours=1)
    for masked in (np.ma.masked_array([1, 2], [0, 1]), np.ma.masked_array(["2026-03-13"], [1], "M8[s]")):
        with pytest.raises(TypeError, match="must not be a masked array"):
            klokuur.nps(masked)
    for log in (pd.Series([1]), pl.Series([1]), pa.chunked_array([[1]])):
        with pytest.raises(TypeError, match="an event log must be"):
            klokuur.evaluate(log, now=NOW)
    with pytest.raises(TypeError, match="not LazyFrame: collect\\(\\) it first"):
        klokuur.evaluate(pl.LazyFrame({"case": ["a"]}), now=NOW)
    for cases in ([1], pl.LazyFrame({"opened": [ASKED]}), pl.Series([1]), 5):
        with pytest.raises(TypeError, match="cases must be what `evaluate` gave"):
            klokuur.weeks(cases, now=NOW)
    with pytest.raises(TypeError, match="rules must be a Rulebook, as Rulebook.bol\\(\\), or the name of a shipped one, not int"):
        klokuur.order_weeks([LINE], 5, now=NOW)  # type: ignore[arg-type]
    with pytest.raises(klokuur.OutOfRangeError, match="count of NPS answers 18446744073709551616"):
        klokuur.Nps(2**64, 0, 0)


def test_instants_written_in_an_enum_are_read() -> None:
    at = pl.Series([ASKED.isoformat()], dtype=pl.Enum([ASKED.isoformat()]))
    assert klokuur.evaluate(pl.DataFrame({"case": ["a"], "at": at, "event": ["opened"]}), now=NOW).height == 1


def test_rows_stay_rows() -> None:
    rows = klokuur.Rows([LINE, replace(LINE, quantity=2)])
    assert isinstance(rows[:1], klokuur.Rows) and isinstance(rows + rows, klokuur.Rows) and len(rows + rows) == 4
    assert rows[0] is LINE and rows[1:][0].quantity == 2 and "<table" in rows[:1]._repr_html_()
