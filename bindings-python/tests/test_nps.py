"""The Net Promoter Score of columns of every kind."""

from __future__ import annotations

import pickle
from datetime import date, datetime, timezone
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import klokuur
from klokuur import Nps

SCORES = [10, 9, 8, 3, None, 0, 10]
TALLY = Nps(3, 1, 2)
COLUMNS: list[Any] = [
    SCORES,
    tuple(SCORES),
    np.array([10, 9, 8, 3, np.nan, 0, 10]),
    np.array([10, 9, 8, 3, np.nan, 0, 10], "f4"),
    np.array(SCORES, object),
    pd.Series(SCORES),
    pd.Series(SCORES, dtype="Int64"),
    pd.Series(SCORES, dtype="UInt8"),
    pd.Series(SCORES, dtype=object),
    pd.Series(SCORES, dtype="int8[pyarrow]"),
    pl.Series(SCORES),
    pl.Series(SCORES, dtype=pl.UInt8),
    pl.Series(SCORES, dtype=pl.Float64),
    pa.array(SCORES),
    pa.array(SCORES, pa.uint8()),
    pa.chunked_array([pa.array(SCORES[:2]), pa.array(SCORES[2:])]),
]


@pytest.mark.parametrize("scores", COLUMNS, ids=lambda column: f"{type(column).__module__} {getattr(column, 'dtype', '')}")
def test_scores_of_every_kind(scores: Any) -> None:
    assert klokuur.nps(scores) == TALLY


@pytest.mark.parametrize("kind", ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f4", "f8", ">i4", ">f8"])
def test_numpy_of_every_number(kind: str) -> None:
    scores = np.array([10, 9, 8, 3, 0, 10] * 1000, kind)
    assert klokuur.nps(scores) == Nps(3000, 1000, 2000)
    assert klokuur.nps(scores[::2]).count == 3000


def test_what_is_no_score_is_refused_with_its_row() -> None:
    for column, given in (
        ([10, 11], "11"),
        ([10, -1], "-1"),
        ([10, 9.5], "9.5"),
        (np.array([10, 255], "u1"), "255"),
        (np.array([10, 254], "u1"), "254"),
        (np.array([10, 266]), "266"),
        (np.array([10, 2**40]), "1099511627776"),
        (np.array([10, np.inf]), "inf"),
        (pl.Series([10, 300]), "300"),
        (pa.array([10, -256]), "-256"),
        (pd.Series([10, 11], dtype="Int64"), "11"),
    ):
        with pytest.raises(klokuur.OutOfRangeError) as refused:
            klokuur.nps(column)
        assert str(refused.value) == f"row 1: NPS score {given} is out of range: accepted is whole numbers from 0 to 10"
        assert refused.value.row == 1
    for wrong in (["ten"], np.array(["10"]), pd.Series(["10"]), 10, np.zeros((2, 2))):
        with pytest.raises(TypeError):
            klokuur.nps(wrong)


def test_the_tally() -> None:
    tally = Nps(promoters=60, passives=30, detractors=10)
    assert (tally.score, tally.promoters, tally.passives, tally.detractors, tally.count) == (50.0, 60, 30, 10, 100)
    assert tally.standard_error == pytest.approx(6.708203932499369)
    assert tally.exact_score == Fraction(50) and Nps(1, 2, 0).exact_score == Fraction(100, 3)
    interval = tally.interval(confidence=0.95, method="adjusted_wald")
    assert interval is not None and interval.low < 50 < interval.high and interval.method == "adjusted_wald"
    assert tally + tally == sum([tally, tally], Nps()) == sum([tally, tally]) == Nps(120, 60, 20)
    assert tally.to_dict()["score"] == 50.0 and tally.to_dict()["count"] == 100
    assert pickle.loads(pickle.dumps(tally)) == tally and hash(tally) == hash(Nps(60, 30, 10))
    assert eval(repr(tally)) == tally
    for wrong in (lambda: tally.interval(1.5), lambda: Nps(-1), lambda: Nps(10**16), lambda: tally.interval(float("nan"))):
        with pytest.raises(klokuur.OutOfRangeError):
            wrong()
    with pytest.raises(klokuur.InvalidValueError, match="adjusted_wald, wald or score"):
        tally.interval(method="exact")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        tally + 1  # type: ignore[operator]


def test_an_iterator_of_scores() -> None:
    assert klokuur.nps(iter(SCORES)) == klokuur.nps(score for score in SCORES) == TALLY


def test_no_answers() -> None:
    none = klokuur.nps([])
    assert not none and none.score is none.exact_score is none.shares is none.standard_error is none.interval() is None
    assert none.compare(TALLY) is None and none.format() == "" and not none.at_least(-100)
    assert klokuur.nps(np.array([], float)) == klokuur.nps(pl.Series([], dtype=pl.Int64)) == none
    assert klokuur.nps(pd.Series([None, None], dtype="Int64")) == none
    assert klokuur.nps([None, None]) == none


KEYS = ["ann", "bob", "ann", "bob", "ann", None, "cee"]
GROUPS = {"ann": Nps(1, 1, 0), "bob": Nps(1, 0, 1), "cee": Nps(1, 0, 0)}
KEYED: list[tuple[Any, Any]] = [
    (SCORES, KEYS),
    (np.array([10, 9, 8, 3, np.nan, 0, 10]), np.array(KEYS, object)),
    (pd.Series(SCORES), pd.Series(KEYS)),
    (pd.Series(SCORES), pd.Series(KEYS, dtype="category")),
    (pl.Series(SCORES), pl.Series(KEYS)),
    (pl.Series(SCORES), pl.Series(KEYS, dtype=pl.Categorical)),
    (pa.array(SCORES), pa.array(KEYS)),
]


@pytest.mark.parametrize(("scores", "keys"), KEYED)
def test_groups(scores: Any, keys: Any) -> None:
    assert klokuur.nps_groups(scores, keys) == GROUPS


def test_frames_of_the_kind_that_came_in() -> None:
    names = ["key", "promoters", "passives", "detractors", "count", "score", "standard_error", "low", "high"]
    df = klokuur.nps_by(pd.Series(SCORES), pd.Series(KEYS))
    assert isinstance(df, pd.DataFrame) and list(df.columns) == names and df["count"].tolist() == [2, 2, 1]
    frame = klokuur.nps_by(pl.Series(SCORES), pl.Series(KEYS))
    assert isinstance(frame, pl.DataFrame) and frame.columns == names and frame["score"].to_list() == [50.0, 0.0, 100.0]
    table = klokuur.nps_by(pa.array(SCORES), pa.array(KEYS))
    assert isinstance(table, pa.Table) and table.column_names == names
    array = klokuur.nps_by(np.array([10, 3]), np.array([7, 5]))
    assert array.dtype.names == tuple(names) and array["key"].tolist() == [5, 7]
    assert [row["key"] for row in klokuur.nps_by(SCORES, KEYS)] == ["ann", "bob", "cee"]
    assert klokuur.nps_by([], []) == [] and klokuur.nps_by(pl.Series([], dtype=pl.Int8), pl.Series([], dtype=pl.String)).height == 0
    with pytest.raises(klokuur.LengthMismatchError):
        klokuur.nps_by([1], [])


def test_weeks_and_months() -> None:
    at = [datetime(2026, 3, 8, 23, 30, tzinfo=timezone.utc), None, datetime(2026, 3, 18, 8, tzinfo=timezone.utc)]
    [first, second] = klokuur.nps_by_week(at, [10, 3, 0], "Europe/Amsterdam")
    assert (first["week"], first["count"], second["week"], second["score"]) == (date(2026, 3, 9), 1, date(2026, 3, 16), -100)
    column = pd.Series(pd.to_datetime([None if a is None else a for a in at], utc=True))
    weeks = klokuur.nps_by_week(column, pd.Series([10, 3, 0]), "Europe/Amsterdam")
    assert isinstance(weeks, pd.DataFrame) and weeks["count"].tolist() == [1, 1]
    months = klokuur.nps_by_month(pl.Series(at), pl.Series([10, 3, 0]), "Europe/Amsterdam")
    assert months["month"].to_list() == [date(2026, 3, 1)] and months["count"].to_list() == [2]
    arrays = klokuur.nps_by_week(column.to_numpy(dtype="M8[ns]"), np.array([10, 3, 0]), "UTC")
    assert arrays["week"].astype(str).tolist() == ["2026-03-02", "2026-03-09", "2026-03-16"]


def test_weights() -> None:
    found = klokuur.nps_weighted([10, None, 3], [2.0, 5.0, 1.0])
    assert found.count == 2 and found.score == pytest.approx(100 / 3)
    with pytest.raises(klokuur.OutOfRangeError) as refused:
        klokuur.nps_weighted([10, None, 3], [2.0, 5.0, -1.0])
    assert refused.value.row == 2 and str(refused.value).startswith("row 2: weight -1 ")
    with pytest.raises(klokuur.LengthMismatchError):
        klokuur.nps_weighted([10], [])


def test_many_columns_of_keys_are_kept_apart() -> None:
    # As many distinct keys in each of five columns as together are more than 64 bits hold.
    places = np.random.default_rng(0)
    rows = 8_000
    frame = pd.DataFrame({name: places.permutation(rows) for name in "abcde"})
    frame["score"] = 10
    found = klokuur.nps_by(frame, by=list("abcde"))
    assert len(found) == rows
    assert len(found.merge(frame, on=list("abcde"))) == rows
