"""Frames for Excel, which knows neither zones nor amounts of time."""

from __future__ import annotations

from typing import Any

from klokuur._columns import column_in
from klokuur._frames import Rows, kind_of
from klokuur._given import shown, type_of

__all__ = ["for_excel"]


def for_excel(frame: Any) -> Any:
    """The same frame as Excel takes it: instants by the wall clock of their zone, amounts of time in hours.

    A pandas or Polars frame stays one; an Arrow table, NumPy columns and records become a pandas frame.

    >>> from datetime import datetime, UTC
    >>> import klokuur
    >>> log = {"case": ["K-1"], "at": ["2026-03-13T15:00:00+01:00"], "event": ["opened"]}
    >>> cases = klokuur.evaluate(log, rules="bol", now=datetime(2026, 3, 20, tzinfo=UTC))
    >>> klokuur.for_excel(cases)["elapsed"].tolist()
    [106.0]

    So ``klokuur.for_excel(cases).to_excel("cases.xlsx")`` works.
    """
    kind = kind_of(frame)
    if kind == "polars":
        return _of_polars(frame)
    if isinstance(frame, Rows):
        return _of_pandas(frame.to_frame("pandas"))
    if kind is None:
        raise TypeError(f"a frame or records are needed, not {type_of(frame)}")
    if kind == "arrow":
        import pyarrow

        table = frame if isinstance(frame, pyarrow.Table) else pyarrow.table(frame)
        return _of_pandas(table.to_pandas())
    if kind == "numpy":
        import pandas

        columns = {name: column_in(column) for name, column in frame.items()}
        for name, column in columns.items():
            if not hasattr(column, "__len__") or isinstance(column, str):
                raise TypeError(f"a frame's column must hold its rows, not {type_of(column)} in `{shown(name)}`")
        return _of_pandas(pandas.DataFrame(columns))
    return _of_pandas(frame)


def _of_pandas(frame: Any) -> Any:
    import pandas

    made = frame.copy()
    for name in made.columns:
        column = made[name]
        if isinstance(column.dtype, pandas.ArrowDtype):
            column = column.convert_dtypes(dtype_backend="numpy_nullable")
        if getattr(column.dtype, "tz", None) is not None:
            column = column.dt.tz_localize(None)
        elif getattr(column.dtype, "kind", "") == "m":
            column = column / pandas.Timedelta(hours=1)
        made[name] = column
    return made


def _of_polars(frame: Any) -> Any:
    import polars

    zoned = [name for name, dtype in frame.schema.items() if getattr(dtype, "time_zone", None)]
    amounts = [name for name, dtype in frame.schema.items() if dtype == polars.Duration]
    hours = [polars.col(name).dt.total_microseconds() / 3_600_000_000 for name in amounts]
    return frame.with_columns(*[polars.col(name).dt.replace_time_zone(None) for name in zoned], *hours)
