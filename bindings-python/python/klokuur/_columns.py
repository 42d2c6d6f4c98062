"""Whole columns: NumPy, pandas, Polars, PyArrow and lists in, the same kind out.

No library but NumPy is imported here: an object of pandas says itself that it is one.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from klokuur import _klokuur
from klokuur._cells import is_missing
from klokuur._errors import InvalidValueError, KlokuurError, LengthMismatchError, OutOfRangeError, in_row
from klokuur._given import shown, type_of

if TYPE_CHECKING:
    from klokuur._klokuur import Schedule

Ticks = npt.NDArray[np.int64]

NULL = np.iinfo(np.int64).min
UNITS = ("s", "ms", "us", "ns")
_PER_SECOND = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}


def kind_of(column: Any) -> str:
    """Which library a column comes from: numpy, pandas, polars, pyarrow, arrow (any other) or list."""
    if isinstance(column, np.ndarray):
        refuse_masked(column)
        return "numpy"
    if isinstance(column, (list, tuple)):
        return "list"
    root = type(column).__module__.partition(".")[0]
    # A single value of these libraries (NaT, NA, a scalar) is no column.
    if root in ("pandas", "polars", "pyarrow") and hasattr(column, "__len__") and not _is_frame(column):
        return root
    if not _is_frame(column) and (hasattr(column, "__arrow_c_stream__") or hasattr(column, "__arrow_c_array__")):
        return "arrow"
    raise TypeError(
        "a column must be a NumPy array, a pandas or Polars Series, an Arrow array, or a list, "
        f"not {type(column).__name__}"
    )


def column_in(given: Any) -> Any:
    """A column as it is; of any other iterable the list of what it holds."""
    if isinstance(given, (str, bytes, datetime)) or _is_frame(given) or hasattr(given, "__arrow_c_array__"):
        return given
    if hasattr(given, "__array__") or hasattr(given, "__arrow_c_stream__") or isinstance(given, (list, tuple)):
        return given
    return list(given) if isinstance(given, Iterable) and not isinstance(given, Mapping) else given


def _is_frame(given: Any) -> bool:
    return type(given).__name__ in ("DataFrame", "LazyFrame", "Table", "RecordBatch")


def refuse_masked(column: Any) -> None:
    """A mask lies beside the values, and would be lost."""
    if isinstance(column, np.ma.MaskedArray):
        raise TypeError("a column must not be a masked array: fill it first, as column.filled(...)")


def between_many(schedule: Schedule, start: Any, end: Any, threads: int) -> Any:
    return _ask(schedule, "between", start, end, None, threads)


def within_many(schedule: Schedule, start: Any, end: Any, amount: Any, threads: int) -> Any:
    return _ask(schedule, "within", start, end, amount, threads)


def move_many(schedule: Schedule, question: str, at: Any, amount: Any, threads: int) -> Any:
    """``add`` and ``sub``; the amount is a timedelta (of NumPy too) or a column of them."""
    if isinstance(amount, (timedelta, np.timedelta64, str)):
        return _ask(schedule, question, at, None, amount, threads)
    return _ask(schedule, question, at, amount, None, threads)


def is_open_many(schedule: Schedule, at: Any, threads: int) -> Any:
    return _ask(schedule, "is_open", at, None, None, threads)


def next_open_many(schedule: Schedule, at: Any, threads: int) -> Any:
    return _ask(schedule, "next_open", at, None, None, threads)


def _ask(
    schedule: Schedule, question: str, first: Any, second: Any, amount: Any, threads: int
) -> Any:
    threads = counted_threads(threads)
    first, second = _instant_in(column_in(first)), _instant_in(column_in(second))
    if isinstance(first, datetime) and (second is None or isinstance(second, datetime)):
        raise TypeError(f"`{question}_many` needs a column, not a single datetime: `{question}` is for that")
    # A single instant stands for a column of it: `between_many(asked, now)`.
    first, second = _kind_given(first), _kind_given(second, amounts=question in ("add", "sub"))
    lead = second if isinstance(first, datetime) else first
    kind = kind_of(lead)
    if kind == "list" or (kind == "numpy" and lead.dtype == object):
        return _in_rows(schedule, question, first, second, amount, kind)
    if kind == "pandas" and lead.dtype == object:
        return _like_pandas_objects(lead, _in_rows(schedule, question, first, second, amount, "list"))
    if _has_objects(second):
        return _from_objects(schedule, question, first, second, amount)
    if kind != "numpy" and _speaks_arrow(first) and (second is None or _speaks_arrow(second)):
        return _like(lead, _klokuur.arrow_columns(schedule, question, first, second, amount, threads))
    return _in_numpy(schedule, question, first, second, amount, threads)


def _instant_in(given: Any) -> Any:
    """An instant that is written with its offset as a datetime; anything else as it is."""
    if not isinstance(given, str):
        return given
    try:
        return datetime.fromisoformat(given)
    except ValueError:
        raise TypeError("a column is needed, or a datetime with a zone, not str") from None


def _is_nothing(column: Any) -> bool:
    """Whether a column of pandas or NumPy has no kind of its own because nothing is in it."""
    if getattr(getattr(column, "dtype", None), "kind", "") not in ("O", "f"):
        return False
    return all(is_missing(item) for item in column)


def _kind_given(column: Any, amounts: bool = False) -> Any:
    """A pandas column of objects in which nothing is yet, as one of instants or amounts; anything else as it is."""
    root = type(column).__module__.partition(".")[0]
    if root != "pandas" or not _is_nothing(column):
        return column
    return column.astype("timedelta64[us]" if amounts else "datetime64[us, UTC]")


def _has_objects(column: Any) -> bool:
    """Whether a second column holds datetimes (or amounts) one by one, each with a zone of its own."""
    if column is None or isinstance(column, (datetime, list, tuple)):
        return False
    return kind_of(column) in ("pandas", "numpy") and column.dtype == object


def _from_objects(schedule: Schedule, question: str, first: Any, second: Any, amount: Any) -> Any:
    """Row by row, because the second column has no one zone; answers come in the kind of the first."""
    if not isinstance(first, datetime):
        same_index(first, second)
    answers = _in_rows(schedule, question, first, list(_rows(second)), amount, "list")
    return _like_objects(first, answers)


def _like_objects(column: Any, answers: list[Any]) -> Any:
    first: Any = column
    kind = "list" if isinstance(first, datetime) else kind_of(first)
    if kind == "pandas":
        return _like_pandas_objects(column, answers)
    if kind == "polars":
        import polars as pl

        return pl.Series(column.name, answers)
    if kind in ("pyarrow", "arrow"):
        import pyarrow as pa

        return pa.array(answers)
    made = np.empty(len(answers), object)
    made[:] = answers
    return made if kind == "numpy" else answers


def counted_threads(threads: int) -> int:
    """A number of threads that Rust can hold; more than there are cores are never started."""
    if not isinstance(threads, (int, np.integer)):
        raise TypeError(f"threads must be an int, not {type_of(threads)}")
    if threads < 0:
        raise InvalidValueError(f"threads `{shown(threads)}` is not valid: accepted is 1 or more, or 0 for all cores")
    return min(int(threads), 1 << 16)


def _speaks_arrow(column: Any) -> bool:
    """pandas does too, but has its own null and zones: it goes by NumPy unless it is Arrow inside."""
    if isinstance(column, datetime):
        return False
    return kind_of(column) in ("polars", "pyarrow", "arrow")


def _in_numpy(
    schedule: Schedule, question: str, first: Any, second: Any, amount: Any, threads: int
) -> Any:
    moves = question in ("add", "sub")
    one = column_of(first) if not isinstance(first, datetime) else None
    two = None
    if second is not None and not isinstance(second, datetime):
        two = column_of(second, amounts=moves)
    shape = one or two
    assert shape is not None
    one = one or _constant(first, shape)
    if second is not None and two is None:
        two = _constant(second, shape)
    _same_rows(first, second, one, two)
    if two is not None and one.unit != two.unit:
        unit = one.unit if moves else max(one.unit, two.unit, key=_PER_SECOND.__getitem__)
        one, two = one.in_unit(unit), two.in_unit(unit)
    ticks = _klokuur.numpy_columns(
        schedule, question, one.ticks, None if two is None else two.ticks, amount, one.unit, threads
    )
    if question in ("within", "is_open"):
        nulls = one.ticks == NULL
        if two is not None:
            nulls |= two.ticks == NULL
        return shape.truths(ticks, nulls)
    return shape.amounts(ticks, one.unit) if question == "between" else shape.instants(ticks, one.unit)


@dataclass(frozen=True, slots=True)
class _Column:
    """Ticks, and how to give answers as the column came."""

    ticks: Ticks
    unit: str
    instants: Callable[[Ticks, str], Any]
    amounts: Callable[[Ticks, str], Any]
    truths: Callable[[npt.NDArray[np.bool_], npt.NDArray[np.bool_]], Any]

    def in_unit(self, unit: str) -> _Column:
        if unit == self.unit:
            return self
        ticks = _klokuur.numpy_in_unit(self.ticks, self.unit, unit)
        return _Column(ticks, unit, self.instants, self.amounts, self.truths)


def _same_rows(first: Any, second: Any, one: _Column, two: _Column | None) -> None:
    if two is None:
        return
    if len(one.ticks) != len(two.ticks):
        raise LengthMismatchError(
            f"the two columns have different lengths, {len(one.ticks)} and {len(two.ticks)}: accepted is equal lengths"
        )
    same_index(first, second)


def same_index(first: Any, *others: Any) -> None:
    """Columns of pandas belong together by their index: others than the first's are refused, never taken by place."""
    for second in others:
        if not have_one_index(first, second):
            raise InvalidValueError(
                "index of the second column is not valid: accepted is the index of the first; "
                "bring them together first, as first.align(second)"
            )


def have_one_index(first: Any, second: Any) -> bool:
    """Whether the rows of two columns belong together; what has no index goes by its place."""
    left, right = (None if isinstance(one, (list, tuple)) else getattr(one, "index", None) for one in (first, second))
    if left is right or not hasattr(left, "equals") or not hasattr(right, "equals"):
        return True
    return bool(left.equals(right))  # type: ignore[union-attr]


def _constant(at: datetime, shape: _Column) -> _Column:
    """One instant in every row, in the coarsest unit that holds it, and none coarser than the column's."""
    nanoseconds = nanoseconds_of(at)
    unit = next(
        unit for unit in UNITS
        if _PER_SECOND[unit] >= _PER_SECOND[shape.unit] and nanoseconds % (1_000_000_000 // _PER_SECOND[unit]) == 0
    )
    ticks = np.full(len(shape.ticks), nanoseconds // (1_000_000_000 // _PER_SECOND[unit]), np.int64)
    return _Column(ticks, unit, shape.instants, shape.amounts, shape.truths)


def nanoseconds_of(at: datetime) -> int:
    """The nanoseconds since the Unix epoch of a datetime with a zone."""
    return _klokuur.nanoseconds_of(at)


def nanoseconds_of_numpy(amount: np.timedelta64) -> int:
    """The nanoseconds of NumPy's amount."""
    unit, _ = np.datetime_data(amount.dtype)
    if unit in ("Y", "M", "generic") or np.isnat(amount):
        raise InvalidValueError(f"amount `{amount!r}` is not valid: accepted is one of weeks, days, hours or less")
    ticks, unit = ticks_of(np.array([amount]))
    nanoseconds = int(ticks[0]) * (1_000_000_000 // _PER_SECOND[unit])
    if abs(nanoseconds) > np.iinfo(np.int64).max:
        raise OutOfRangeError(f"amount {amount} is out of range: accepted is what 64 bits of nanoseconds hold")
    return nanoseconds


def column_of(column: Any, amounts: bool = False) -> _Column:
    """A column of instants (or amounts) of any kind."""
    column = column_in(column)
    kind = kind_of(column)
    if kind == "numpy" and (column.dtype == object or _is_nothing(column)):
        return _list_column(list(column), amounts)
    if kind == "numpy":
        return _numpy_column(column, amounts)
    if kind == "pandas":
        return _pandas_column(column, amounts)
    if kind == "list":
        return _list_column(column, amounts)
    ticks, unit, zone = _klokuur.arrow_ticks(column, amounts)
    if (zone is None) != amounts:
        raise TypeError(f"a column of {'amounts must hold durations' if amounts else 'instants must hold timestamps'}")
    return _Column(
        ticks,
        unit,
        lambda ticks, unit: _like(column, _klokuur.arrow_of_ticks(ticks, unit, zone or "UTC")),
        lambda ticks, unit: _like(column, _klokuur.arrow_of_ticks(ticks, unit, None)),
        lambda truths, nulls: _like(column, _klokuur.arrow_of_truths(truths, nulls)),
    )


def _numpy_column(column: npt.NDArray[Any], amounts: bool = False) -> _Column:
    wanted = "m" if amounts else "M"
    if column.dtype.kind != wanted:
        raise TypeError(
            f"a NumPy column of {'amounts must be timedelta64' if amounts else 'instants must be datetime64'}, "
            f"not {column.dtype}"
        )
    if column.ndim != 1:
        raise InvalidValueError(f"column of {column.ndim} dimensions is not valid: accepted is one dimension")
    ticks, unit = ticks_of(column)
    return _Column(
        ticks,
        unit,
        lambda ticks, unit: ticks.view(f"M8[{unit}]"),
        lambda ticks, unit: ticks.view(f"m8[{unit}]"),
        lambda truths, nulls: truths,
    )


def ticks_of(column: npt.NDArray[Any]) -> tuple[Ticks, str]:
    """The 64-bit ticks of datetime64 or timedelta64 in one of the four units; no copy where memory allows it."""
    unit, count = np.datetime_data(column.dtype)
    if unit not in UNITS or count != 1:
        if unit in ("ps", "fs", "as"):
            raise InvalidValueError(f"unit of a column `{unit}` is not valid: accepted is s, ms, us or ns")
        unit = unit if unit in UNITS else "s"
        column = _to_unit(column, unit)
    if not column.dtype.isnative:
        column = column.astype(column.dtype.newbyteorder("="))
    return in_order(column).view(np.int64), unit


def in_order(column: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The same values one after the other, each where a processor reads it; no copy where they are so already."""
    return np.require(column, requirements=("C_CONTIGUOUS", "ALIGNED"))


def _to_unit(column: npt.NDArray[Any], unit: str) -> npt.NDArray[Any]:
    """Coarse units (days, multiples) in a finer one. NumPy wraps silently; the supported years are far from that."""
    changed = column.astype(f"{column.dtype.kind}8[{unit}]")
    if not np.array_equal(changed.astype(column.dtype), column, equal_nan=True):
        raise InvalidValueError(f"column of {column.dtype} is not valid: accepted is what fits {unit}")
    return changed


def _list_column(column: Sequence[Any], amounts: bool = False) -> _Column:
    of = _klokuur.nanoseconds_of_amount if amounts else nanoseconds_of
    given = [None if is_missing(item) else of(item) for item in column]
    unit, factor = ("us", 1000) if all(item is None or item % 1000 == 0 for item in given) else ("ns", 1)
    # Beyond 64 bits they stay at the limit, which is outside the supported instants too.
    least, most = NULL + 1, np.iinfo(np.int64).max
    held = (NULL if item is None else min(max(item // factor, least), most) for item in given)
    return _numpy_like(np.fromiter(held, np.int64, len(given)), unit, amounts)


def _numpy_like(ticks: Ticks, unit: str, amounts: bool) -> _Column:
    return _numpy_column(ticks.view(f"{'m' if amounts else 'M'}8[{unit}]"), amounts)


def _pandas_column(column: Any, amounts: bool) -> _Column:
    import pandas as pd

    _register_pandas()
    series = column if isinstance(column, (pd.Series, pd.Index)) else pd.Series(column)
    dtype: Any = series.dtype
    if isinstance(dtype, pd.ArrowDtype):
        return _pandas_arrow_column(series, amounts)
    if dtype == object or _is_nothing(series):
        # Instants one by one, each with a zone of its own, or nothing at all.
        one = _list_column(list(series), amounts)
        return _Column(
            one.ticks,
            one.unit,
            lambda ticks, unit: _like_pandas(series, pd.DatetimeIndex(ticks.view(f"M8[{unit}]"), tz="UTC")),
            lambda ticks, unit: _like_pandas(series, pd.TimedeltaIndex(ticks.view(f"m8[{unit}]"))),
            lambda truths, nulls: _like_pandas(series, pd.arrays.BooleanArray(truths, nulls)),
        )
    if dtype.kind != ("m" if amounts else "M"):
        parsed = "pandas.to_timedelta(column)" if amounts else "pandas.to_datetime(column, utc=True)"
        raise TypeError(
            f"a pandas column of {'amounts must be timedelta64' if amounts else 'instants must be datetime64'}, "
            f"not {dtype}: read it first, as {parsed}"
        )
    zone = getattr(dtype, "tz", None)
    if zone is None and not amounts:
        raise InvalidValueError(
            f"column of instants `{dtype}` is not valid: accepted is one with a zone: attach the one they were read in, "
            'as column.dt.tz_localize("Europe/Amsterdam")'
        )
    # NumPy's own view of a column with a zone is in UTC.
    ticks, unit = ticks_of(series.to_numpy() if zone is None else series.to_numpy(dtype=f"M8[{dtype.unit}]"))

    def instants(ticks: Ticks, unit: str) -> Any:
        index = pd.DatetimeIndex(ticks.view(f"M8[{unit}]"), tz="UTC").tz_convert(zone)
        return _like_pandas(series, index)

    return _Column(
        ticks,
        unit,
        instants,
        lambda ticks, unit: _like_pandas(series, pd.TimedeltaIndex(ticks.view(f"m8[{unit}]"))),
        # Missing stays missing, as in every library that can say so.
        lambda truths, nulls: _like_pandas(series, pd.arrays.BooleanArray(truths, nulls)),
    )


def _pandas_arrow_column(series: Any, amounts: bool) -> _Column:
    import pandas as pd
    import pyarrow as pa

    inner = column_of(pa.chunked_array(series.array.__arrow_array__()), amounts)

    def wrap(answer: Any) -> Any:
        return _like_pandas(series, pd.array(answer, dtype=pd.ArrowDtype(answer.type)))

    return _Column(
        inner.ticks,
        inner.unit,
        lambda ticks, unit: wrap(inner.instants(ticks, unit)),
        lambda ticks, unit: wrap(inner.amounts(ticks, unit)),
        lambda truths, nulls: wrap(inner.truths(truths, nulls)),
    )


def _like_pandas(column: Any, values: Any) -> Any:
    import pandas as pd

    if isinstance(column, pd.Index):
        return pd.Index(values, name=column.name)
    return pd.Series(values, index=column.index, name=column.name, copy=False)


def _like_pandas_objects(column: Any, values: list[Any]) -> Any:
    import pandas as pd

    if isinstance(column, pd.Index):
        return pd.Index(values, name=column.name)
    return pd.Series(values, index=column.index, name=column.name)


def _like(column: Any, answer: Any) -> Any:
    """An Arrow answer in the kind, and under the name, of a column."""
    kind = kind_of(column)
    if kind == "polars":
        import polars as pl

        return pl.Series(answer).alias(column.name)
    if kind == "pyarrow":
        import pyarrow as pa

        chunked = pa.chunked_array(answer)
        if isinstance(column, pa.ChunkedArray):
            return chunked
        return chunked.chunk(0) if chunked.num_chunks == 1 else chunked.combine_chunks()
    return answer


def _in_rows(
    schedule: Schedule, question: str, first: Any, second: Any, amount: Any, kind: str
) -> Any:
    """Row by row, for lists: each row may have a zone of its own."""
    lead = second if isinstance(first, datetime) else first
    rows = len(lead)
    ones = [first] * rows if isinstance(first, datetime) else _rows(first)
    twos = [second] * rows if second is None or isinstance(second, (datetime, timedelta)) else _rows(second)
    if len(ones) != len(twos):
        raise LengthMismatchError(
            f"the two columns have different lengths, {len(ones)} and {len(twos)}: accepted is equal lengths"
        )
    ask = _ROW[question]
    needs_second = question == "between" or question == "within" or amount is None and question in ("add", "sub")
    answers: list[Any] = []
    for row, (one, two) in enumerate(zip(ones, twos, strict=True)):
        if one is None or (needs_second and two is None):
            answers.append(None)
            continue
        try:
            answers.append(ask(schedule, one, two, amount))
        except KlokuurError as error:
            raise in_row(error, row) from None
    if kind == "numpy":
        column = np.empty(rows, object)
        column[:] = answers
        return column
    return answers


def _rows(column: Any) -> list[Any]:
    """The rows as Python objects, None for a null."""
    kind = kind_of(column)
    if kind == "numpy" and column.dtype != object:
        return _numpy_rows(column)
    if kind == "polars":
        return list(column.to_list())
    if kind == "pyarrow":
        return list(column.to_pylist())
    if kind == "arrow":
        import pyarrow as pa

        return list(pa.chunked_array(column).to_pylist())
    if kind == "pandas":
        return [None if null else row for row, null in zip(column, column.isna(), strict=True)]
    return [None if is_missing(row) else row for row in column]


def _numpy_rows(column: npt.NDArray[Any]) -> list[Any]:
    ticks, unit = ticks_of(column)
    if unit == "ns" and (ticks % 1000 != 0)[ticks != NULL].any():
        raise InvalidValueError("column of nanoseconds beside a list is not valid: accepted is whole microseconds")
    rows = ticks.view(f"{column.dtype.kind}8[{unit}]").astype(f"{column.dtype.kind}8[us]").tolist()
    return [row.replace(tzinfo=timezone.utc) if isinstance(row, datetime) else row for row in rows]


def _within(schedule: Schedule, one: datetime, two: datetime, amount: Any) -> bool:
    assert amount is not None
    return schedule.within(one, two, amount)


_ROW: dict[str, Callable[[Schedule, Any, Any, Any], Any]] = {
    "between": lambda schedule, one, two, amount: schedule.between(one, two),
    "within": _within,
    "add": lambda schedule, one, two, amount: schedule.add(one, two if amount is None else amount),
    "sub": lambda schedule, one, two, amount: schedule.sub(one, two if amount is None else amount),
    "is_open": lambda schedule, one, two, amount: schedule.is_open(one),
    "next_open": lambda schedule, one, two, amount: schedule.next_open(one),
}


def _register_pandas() -> None:
    """The accessor is there as soon as pandas and klokuur have met."""
    if "klokuur.pandas" not in sys.modules:
        import klokuur.pandas  # noqa: F401
