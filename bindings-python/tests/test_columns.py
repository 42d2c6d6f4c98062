"""Whole columns: every kind against every other, nulls, units, chunks, zones, scalars, threads, refusals."""

from __future__ import annotations

import random
import threading
from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import klokuur
import klokuur.pandas
import klokuur.polars
from kinds import AMSTERDAM, KINDS, Kind, Row, of_arrow, of_numpy, of_pandas, of_polars
from klokuur import Schedule

OFFICE = Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00", holidays="NL")
DAY = timedelta(days=1)


def rows(seed: int, count: int = 40, nulls: bool = True) -> list[Row]:
    chance = random.Random(seed)
    start = datetime(2025, 1, 1, tzinfo=timezone.utc)
    made: list[Row] = [start + timedelta(seconds=chance.randrange(2 * 366 * 86_400)) for _ in range(count)]
    if nulls:
        for row in chance.sample(range(count), count // 5):
            made[row] = None
    return made


def micros(at: datetime) -> int:
    return (at - datetime(1970, 1, 1, tzinfo=timezone.utc)) // timedelta(microseconds=1)


STARTS, ENDS = rows(1), rows(2)
EXPECTED_BETWEEN = [
    None if a is None or b is None else OFFICE.between(a, b) // timedelta(microseconds=1)
    for a, b in zip(STARTS, ENDS, strict=True)
]


@pytest.mark.parametrize("one", KINDS, ids=repr)
@pytest.mark.parametrize("other", KINDS, ids=repr)
def test_every_kind_goes_with_every_other(one: Kind, other: Kind) -> None:
    assert one.rows(OFFICE.between_many(one.make(STARTS), other.make(ENDS))) == EXPECTED_BETWEEN


@pytest.mark.parametrize("kind", KINDS, ids=repr)
def test_the_kind_that_came_in_comes_out(kind: Kind) -> None:
    asked = kind.make(STARTS)
    due = OFFICE.add_many(asked, hours=24)
    assert type(due) is type(asked)
    assert kind.rows(due) == [at and micros(OFFICE.add(at, hours=24)) for at in STARTS]
    assert kind.rows(OFFICE.sub_many(asked, hours=24)) == [at and micros(OFFICE.sub(at, hours=24)) for at in STARTS]
    if kind.name.startswith("pandas"):
        assert due.name == asked.name and due.dtype == asked.dtype
        if isinstance(asked, pd.Series):
            assert due.index.equals(asked.index)
    elif kind.name.startswith("polars"):
        assert due.name == asked.name and due.dtype == asked.dtype
    elif kind.name.startswith("arrow"):
        assert due.type == asked.type
    elif kind.name.startswith("numpy"):
        assert due.dtype == asked.dtype
    opens = kind.rows(OFFICE.is_open_many(asked))
    expected = [None if at is None else OFFICE.is_open(at) for at in STARTS]
    assert opens == [False if kind.null_is_false and one is None else one for one in expected]


@pytest.mark.parametrize("kind", KINDS, ids=repr)
def test_within_is_not_after_add(kind: Kind) -> None:
    found = kind.rows(OFFICE.within_many(kind.make(STARTS), kind.make(ENDS), hours=100))
    expected = [
        None if start is None or end is None else end <= OFFICE.add(start, hours=100)
        for start, end in zip(STARTS, ENDS, strict=True)
    ]
    assert found == [False if kind.null_is_false and one is None else one for one in expected]


@pytest.mark.parametrize("kind", KINDS, ids=repr)
def test_one_instant_stands_for_a_column(kind: Kind) -> None:
    now = datetime(2026, 6, 1, 12, tzinfo=AMSTERDAM)
    expected = [None if at is None else OFFICE.between(at, now) // timedelta(microseconds=1) for at in STARTS]
    assert kind.rows(OFFICE.between_many(kind.make(STARTS), now)) == expected
    mirrored = [None if one is None else -one for one in expected]
    assert kind.rows(OFFICE.between_many(now, kind.make(STARTS))) == mirrored


@pytest.mark.parametrize("kind", KINDS, ids=repr)
@pytest.mark.parametrize("count", [0, 1])
def test_no_rows_and_one(kind: Kind, count: int) -> None:
    given: list[Row] = [STARTS[1]] * count if count else []
    assert len(kind.rows(OFFICE.add_many(kind.make(given), hours=1))) == count
    assert len(kind.rows(OFFICE.between_many(kind.make(given), kind.make(given)))) == count


def test_a_finer_instant_makes_a_finer_answer() -> None:
    at = np.array(["2026-03-13T10:00"], "datetime64[s]")
    fine = datetime(2026, 3, 13, 10, 0, 0, 1, tzinfo=timezone.utc)
    assert OFFICE.between_many(at, fine) == np.timedelta64(1, "us")
    mixed = OFFICE.between_many(at, np.array(["2026-03-13T10:00:00.000000001"], "datetime64[ns]"))
    assert mixed == np.timedelta64(1, "ns")


def test_amounts_per_row() -> None:
    asked = [at for at in STARTS if at][:3]
    each = [timedelta(hours=1), None, timedelta(hours=-2, minutes=30)]
    expected = [None if amount is None else OFFICE.add(at, amount) for at, amount in zip(asked, each, strict=True)]
    assert OFFICE.add_many(asked, each) == expected
    columns: list[tuple[Any, Any]] = [
        (of_numpy("us")(asked), np.array(each, "m8[s]")),
        (of_pandas("us")(asked), pd.Series(each, index=range(10, 13))),
        (of_polars("us")(asked), pl.Series(each, dtype=pl.Duration("ms"))),
        (of_arrow("us")(asked), pa.array(each, pa.duration("s"))),
        (of_pandas("us")(asked), np.array(each, "m8[m]")),
        (of_polars("us")(asked), each),
    ]
    for at, amounts in columns:
        answer = OFFICE.add_many(at, amounts)
        assert type(answer) is type(at)
        found = answer.to_pylist() if isinstance(answer, pa.Array) else list(pd.Series(answer).dt.tz_localize("UTC")) if isinstance(answer, np.ndarray) else list(answer)
        assert [None if one is None or one is pd.NaT else one for one in found] == expected
    with pytest.raises(klokuur.InvalidValueError, match="row 1: budget `1500 milliseconds`.*whole seconds"):
        OFFICE.add_many(of_numpy("s")(asked[:2]), np.array([1000, 1500], "m8[ms]"))
    with pytest.raises(klokuur.InvalidValueError, match="whole seconds, the unit of the column"):
        OFFICE.add_many(of_numpy("s")(asked), timedelta(milliseconds=1))


def test_numpy_of_other_units_orders_and_shapes() -> None:
    days = np.array(["2026-03-13", "NaT"], "datetime64[D]")
    assert OFFICE.is_open_many(days).tolist() == [False, False]
    assert OFFICE.next_open_many(days)[0] == np.datetime64("2026-03-13T08:00:00", "s")
    swapped = of_numpy("us")(STARTS).astype(">M8[us]")
    assert np.array_equal(OFFICE.add_many(swapped, hours=1), OFFICE.add_many(of_numpy("us")(STARTS), hours=1), equal_nan=True)
    read_only = of_numpy("us")(STARTS)
    read_only.flags.writeable = False
    OFFICE.add_many(read_only, hours=1)
    reversed_ = of_numpy("us")(STARTS)[::-1]
    assert np.array_equal(OFFICE.is_open_many(reversed_), OFFICE.is_open_many(of_numpy("us")(STARTS))[::-1])
    with pytest.raises(klokuur.InvalidValueError, match="dimensions"):
        OFFICE.is_open_many(np.zeros((2, 2), "M8[s]"))
    with pytest.raises(klokuur.InvalidValueError, match="accepted is s, ms, us or ns"):
        OFFICE.is_open_many(np.zeros(2, "M8[ps]"))
    objects = np.array([STARTS[0], None], object)
    assert OFFICE.add_many(objects, hours=1).dtype == object


def test_columns_without_a_zone_say_what_to_do() -> None:
    naive = [datetime(2026, 3, 13)]
    with pytest.raises(klokuur.InvalidValueError, match=r"tz_localize"):
        OFFICE.is_open_many(pd.Series(naive))
    with pytest.raises(klokuur.InvalidValueError, match=r"replace_time_zone"):
        OFFICE.is_open_many(pl.Series(naive))
    with pytest.raises(klokuur.InvalidValueError, match=r"assume_timezone"):
        OFFICE.is_open_many(pa.array(naive))
    with pytest.raises(klokuur.InvalidValueError, match=r"row 0: .*replace\(tzinfo"):
        OFFICE.is_open_many(naive)


def test_what_is_no_column_of_instants() -> None:
    for wrong in ([1], np.array([1]), pd.Series([1]), pl.Series([1]), pa.array([1]), "x", 5, pl.Series([DAY]), {}):
        with pytest.raises(TypeError):
            OFFICE.is_open_many(wrong)
    with pytest.raises(klokuur.InvalidValueError, match="threads"):
        OFFICE.is_open_many([], threads=-1)


@pytest.mark.parametrize("kind", KINDS, ids=repr)
def test_lengths_must_agree(kind: Kind) -> None:
    with pytest.raises(klokuur.LengthMismatchError, match="lengths, 3 and 2: accepted is equal lengths"):
        OFFICE.between_many(kind.make(STARTS[:3]), kind.make(STARTS[:2]))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "ns" not in kind.name], ids=repr)
def test_the_row_at_fault_is_named(kind: Kind) -> None:
    given: list[Row] = [STARTS[0], None, datetime(1850, 6, 1, 12, tzinfo=timezone.utc)]
    given[0] = given[0] or datetime(2026, 1, 1, tzinfo=timezone.utc)
    with pytest.raises(klokuur.OutOfRangeError, match="^row 2: instant 1850-06-01T12:00:00Z is out of range") as refused:
        OFFICE.is_open_many(kind.make(given))
    assert refused.value.row == 2


def test_pandas_needs_one_index() -> None:
    start = of_pandas("us")(STARTS)
    with pytest.raises(klokuur.InvalidValueError, match="align"):
        OFFICE.between_many(start, start.set_axis(range(len(start))))


def test_arrow_nulls_may_lie_over_anything() -> None:
    ticks = pa.array([2**62, 0], pa.int64())
    valid = pa.py_buffer(bytes([0b10]))
    hidden = pa.Array.from_buffers(pa.timestamp("us", "UTC"), 2, [valid, ticks.buffers()[1]])
    assert OFFICE.is_open_many(hidden).to_pylist() == [None, False]
    assert OFFICE.between_many(hidden, of_numpy("ns")([STARTS[1] or ENDS[1], None])).to_pylist() == [None, None]


def test_any_arrow_library() -> None:
    class Capsules:
        def __init__(self, inner: Any) -> None:
            self.inner = inner

        def __arrow_c_array__(self, schema: Any = None) -> Any:
            return self.inner.__arrow_c_array__(schema)

    answer = OFFICE.add_many(Capsules(of_arrow("us")(STARTS)), hours=1)
    assert pa.chunked_array(answer).to_pylist() == OFFICE.add_many(of_arrow("us")(STARTS), hours=1).to_pylist()


@pytest.mark.parametrize("threads", [0, 2, 3])
def test_threads_change_nothing(threads: int) -> None:
    many = rows(3, 50_000)
    for kind in (KINDS[1], next(kind for kind in KINDS if kind.name == "polars us")):
        column = kind.make(many)
        assert kind.rows(OFFICE.add_many(column, hours=5, threads=threads)) == kind.rows(OFFICE.add_many(column, hours=5))


def test_the_lock_is_free_meanwhile() -> None:
    column = np.repeat(of_numpy("us")(rows(4, 1000, nulls=False)), 20_000)
    done = threading.Event()

    def work() -> None:
        OFFICE.between_many(column, column[::-1].copy())
        done.set()

    thread = threading.Thread(target=work)
    thread.start()
    turns = 0
    while not done.wait(0.0001):
        turns += 1
    thread.join()
    assert turns > 0


def test_the_pandas_accessor() -> None:
    df = pd.DataFrame({"asked": of_pandas("us")(STARTS), "answered": of_pandas("us")(ENDS)})
    df["due"] = df["asked"].klokuur.due(OFFICE, hours=24)
    assert df["due"].equals(OFFICE.add_many(df["asked"], hours=24).rename("due"))
    assert df["asked"].klokuur.until(OFFICE, df["answered"]).equals(OFFICE.between_many(df["asked"], df["answered"]))
    assert df["asked"].klokuur.within(OFFICE, df["answered"], hours=24).dtype == "boolean"
    assert df["asked"].klokuur.is_open(OFFICE).sum() == OFFICE.is_open_many(df["asked"]).sum()
    assert df["asked"].klokuur.next_open(OFFICE).equals(OFFICE.next_open_many(df["asked"]))


def test_the_polars_namespace() -> None:
    frame = pl.DataFrame({"asked": of_polars("ms")(STARTS), "answered": of_polars("ms")(ENDS)})
    asked = pl.col("asked").klokuur
    now = datetime(2026, 6, 1, tzinfo=ZoneInfo("UTC"))
    lazy = frame.lazy().with_columns(
        due=asked.due(OFFICE, hours=24),
        each=asked.due(OFFICE, pl.col("answered") - pl.col("answered")),
        until=asked.until(OFFICE, pl.col("answered")),
        so_far=asked.until(OFFICE, now),
        on_time=asked.within(OFFICE, pl.col("answered"), hours=24),
        open=asked.is_open(OFFICE),
        opens=asked.next_open(OFFICE),
    )
    found = lazy.collect()
    assert lazy.collect_schema() == found.schema
    series = frame["asked"].klokuur
    assert found["due"].equals(series.due(OFFICE, hours=24))
    assert found["until"].equals(series.until(OFFICE, frame["answered"]))
    assert found["so_far"].dtype == pl.Duration("ms")
    assert found["open"].null_count() == sum(at is None for at in STARTS)
    assert found["opens"].equals(series.next_open(OFFICE))
