"""The kinds of columns, each made from a list of datetimes and Nones, and read back to one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
Row = datetime | None


@dataclass(frozen=True)
class Kind:
    name: str
    make: Callable[[list[Row]], Any]
    #: Rows as ticks of microseconds, booleans or None.
    rows: Callable[[Any], list[Any]]
    #: Whether a null among booleans is False.
    null_is_false: bool = False

    def __repr__(self) -> str:
        return self.name


def microseconds(value: Any) -> Any:
    if value is pd.NA:
        return None
    if value is None or value is pd.NaT or isinstance(value, (bool, np.bool_)):
        return None if value is None or value is pd.NaT else bool(value)
    if isinstance(value, datetime):
        return (value - datetime(1970, 1, 1, tzinfo=timezone.utc)) // timedelta(microseconds=1)
    return value // timedelta(microseconds=1)


def of_numpy(unit: str) -> Callable[[list[Row]], Any]:
    def make(rows: list[Row]) -> Any:
        naive = [None if row is None else row.astimezone(timezone.utc).replace(tzinfo=None) for row in rows]
        return np.array(naive, "M8[us]").astype(f"M8[{unit}]")

    return make


def strided(rows: list[Row]) -> Any:
    made = of_numpy("us")(rows)
    twice = np.repeat(made, 2)
    return twice[::2]


def numpy_rows(column: Any) -> list[Any]:
    if column.dtype == bool:
        return column.tolist()
    ticks = column.astype(f"{column.dtype.kind}8[us]").view(np.int64)
    return [None if tick == np.iinfo(np.int64).min else int(tick) for tick in ticks]


def of_pandas(unit: str) -> Callable[[list[Row]], Any]:
    def make(rows: list[Row]) -> Any:
        made = pd.Series(of_numpy(unit)(rows), index=range(10, 10 + len(rows)), name="asked")
        return made.dt.tz_localize("UTC").dt.tz_convert("Europe/Amsterdam")

    return make


def of_polars(unit: str, chunks: int = 1) -> Callable[[list[Row]], Any]:
    def make(rows: list[Row]) -> Any:
        dtype = pl.Datetime(unit, "Europe/Amsterdam")  # type: ignore[arg-type]
        utc = [None if row is None else row.astimezone(timezone.utc) for row in rows]
        whole = pl.Series("asked", utc, pl.Datetime(unit, "UTC")).cast(dtype)  # type: ignore[arg-type]
        return whole if chunks == 1 else pl.concat([whole[:1], whole[1:]], rechunk=False)

    return make


def of_arrow(unit: str, chunks: int = 1, cut: bool = False) -> Callable[[list[Row]], Any]:
    def make(rows: list[Row]) -> Any:
        kind = pa.timestamp(unit, "Europe/Amsterdam")
        if cut:
            return pa.array([None, *rows, None], kind)[1 : 1 + len(rows)]
        whole = pa.array(rows, kind)
        return whole if chunks == 1 else pa.chunked_array([whole[:1], whole[1:]], kind)

    return make


def python_rows(column: Any) -> list[Any]:
    return [microseconds(value) for value in column]


def arrow_rows(column: Any) -> list[Any]:
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us", column.type.tz))
    return [microseconds(value) for value in column.to_pylist()]


KINDS = [
    Kind("list", lambda rows: [row and row.astimezone(AMSTERDAM) for row in rows], python_rows),
    *(Kind(f"numpy {unit}", of_numpy(unit), numpy_rows, True) for unit in ("us", "ns", "ms", "s")),
    Kind("numpy strided", strided, numpy_rows, True),
    *(Kind(f"pandas {unit}", of_pandas(unit), lambda c: python_rows(c.tolist())) for unit in ("us", "ns", "s")),
    Kind("pandas index", lambda rows: pd.DatetimeIndex(of_pandas("us")(rows)), lambda c: python_rows(list(c))),
    Kind(
        "pandas arrow",
        lambda rows: of_pandas("us")(rows).astype(pd.ArrowDtype(pa.timestamp("us", "Europe/Amsterdam"))),
        lambda c: arrow_rows(pa.chunked_array(c.array.__arrow_array__())),
    ),
    *(Kind(f"polars {unit}", of_polars(unit), lambda c: python_rows(c.to_list())) for unit in ("us", "ns", "ms")),
    Kind("polars chunked", of_polars("us", 2), lambda c: python_rows(c.to_list())),
    *(Kind(f"arrow {unit}", of_arrow(unit), arrow_rows) for unit in ("us", "ms", "s")),
    Kind("arrow chunked", of_arrow("us", 2), arrow_rows),
    Kind("arrow sliced", of_arrow("us", cut=True), arrow_rows),
]
