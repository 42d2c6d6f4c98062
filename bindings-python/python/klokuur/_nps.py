"""The Net Promoter Score of columns, and its records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from klokuur import _columns, _frames, _klokuur
from klokuur._cells import is_missing
from klokuur._errors import LengthMismatchError
from klokuur._given import needs_columns, shown, type_of
from klokuur._klokuur import Nps
from klokuur._records import Record

__all__ = [
    "NpsComparison",
    "NpsInterval",
    "NpsShares",
    "NpsTrend",
    "WeightedNps",
    "nps",
    "nps_by",
    "nps_by_month",
    "nps_by_week",
    "nps_groups",
    "nps_in",
    "nps_weighted",
]

Method = Literal["adjusted_wald", "wald", "score"]
_NO_KEY = np.uint32(0xFFFF_FFFF)


@dataclass(frozen=True, slots=True)
class NpsShares(Record):
    """The three shares of an NPS, each 0 to 1; together 1."""

    promoters: float
    """Share of 9 and 10."""
    passives: float
    """Share of 7 and 8."""
    detractors: float
    """Share of 0 to 6."""


@dataclass(frozen=True, slots=True)
class NpsInterval(Record):
    """A confidence interval of an NPS, in points, within -100 to 100."""

    low: float
    """Lower end, in points."""
    high: float
    """Upper end, in points."""
    confidence: float
    """The confidence level, as 0.95."""
    method: Method
    """How it was made."""


@dataclass(frozen=True, slots=True)
class NpsComparison(Record):
    """The difference of two NPS values, with its sign, a score test and an interval."""

    difference: float
    """This score minus the other, in points: positive when this one is higher."""
    z: float
    """The test statistic; same sign as the difference."""
    p_two_sided: float
    """Probability of a difference at least this large in either direction if both true scores are equal."""
    p_higher: float
    """Small when this score is higher."""
    p_lower: float
    """Small when this score is lower."""
    low: float
    """Lower end of the interval of the difference, in points."""
    high: float
    """Upper end of the interval of the difference, in points."""
    confidence: float
    """The confidence level of the interval."""


@dataclass(frozen=True, slots=True)
class NpsTrend(Record):
    """A straight line through the NPS of consecutive periods, and a test of its slope."""

    periods: int
    """Periods with answers."""
    answers: int
    """All answers."""
    points_per_period: float
    """The slope; positive when the NPS rises."""
    z: float
    """The test statistic; same sign as the slope."""
    p_two_sided: float
    """Probability of a slope at least this steep, up or down, if the true NPS never changed."""


@dataclass(frozen=True, slots=True)
class WeightedNps(Record):
    """An NPS of answers that do not count alike."""

    count: int
    """The number of answers, whatever their weight."""
    effective_count: float
    """Kish's effective number of answers."""
    score: float | None
    """The weighted score in points; None without any weight."""
    shares: NpsShares | None
    """The weighted shares; None without any weight."""
    standard_error: float | None
    """The standard error in points, with the effective number of answers."""
    interval: NpsInterval | None
    """The confidence interval; None without any weight."""


def nps(scores: Any) -> Nps:
    """The tally of a column of whole scores from 0 to 10; nulls and NaN are no answers.

    Takes NumPy arrays, pandas and Polars Series, Arrow arrays and any iterable of numbers.

    >>> import klokuur
    >>> klokuur.nps([10, 9, 8, 3, None]).score
    25.0

    Raises OutOfRangeError with the ``row`` of a value that is no such score.
    """
    return _klokuur.nps_of_bytes(_bytes(scores))


def nps_groups(scores: Any, keys: Any) -> dict[Any, Nps]:
    """The tally of each key, in order of the keys; rows without a key or an answer are left out.

    >>> import klokuur
    >>> klokuur.nps_groups([10, 3, 9, None], ["ann", "bob", "ann", "bob"])["ann"].score
    100.0

    Raises LengthMismatchError, and OutOfRangeError with the ``row`` of a value that is no score.
    """
    keys = _columns.column_in(keys)
    _columns.same_index(scores, keys)
    names, numbers = _numbered(keys)
    data = _bytes(scores)
    return dict(zip(names, _klokuur.nps_by_key(data, numbers, len(names)), strict=True))


def nps_by(
    scores: Any,
    keys: Any = None,
    *,
    by: Any = None,
    confidence: float = 0.95,
    method: Method = "adjusted_wald",
) -> Any:
    """The NPS of each key as a frame of the library that the scores come from.

    A pandas or Polars DataFrame, a PyArrow table, a structured NumPy array (for NumPy), or a list of dictionaries (for
    lists), with a column for the key under its own name (``key`` when it has none), and ``promoters``, ``passives``,
    ``detractors``, ``count``, ``score``, ``standard_error``, ``low`` and ``high``, one row for each key, in order.

    Several keys are a data frame or a mapping of columns. ``scores`` may be a data frame with a column ``score``; then
    ``by`` names the columns that are keys: ``nps_by(answers, by=["agent", "item"])``.

    >>> import klokuur
    >>> row = klokuur.nps_by([10, 3, 9], ["ann", "bob", "ann"])[0]
    >>> row["key"], row["count"], row["score"]
    ('ann', 2, 100.0)
    """
    scores, columns = _scores_and_keys(scores, keys if by is None else by, both=keys is not None and by is not None)
    names, numbers = _numbered_together(scores, columns)
    tallies = _klokuur.nps_by_key(_bytes(scores), numbers, len(names))
    return _frame(scores, list(columns), names, tallies, confidence, method, columns)


def _scores_and_keys(scores: Any, keys: Any, both: bool) -> tuple[Any, dict[str, Any]]:
    """The scores, and the keys by their names."""
    if both:
        raise TypeError("give keys or by=, not both")
    if keys is None:
        raise TypeError("keys are missing: give a column of them, as nps_by(scores, agents)")
    if _frames.kind_of(scores) is not None and not isinstance(scores, (list, tuple)):
        named = [keys] if isinstance(keys, str) else list(keys)
        frame = _columns_in(scores)
        needs_columns(frame, ["score", *named], "table of answers", f"its columns {', '.join(frame)}")
        return frame["score"], {name: frame[name] for name in named}
    if isinstance(keys, str):
        raise TypeError(f"keys must be a column beside the scores, not the name {shown(keys)!r}: give the column itself")
    if _frames.kind_of(keys) is not None:
        columns = _columns_in(keys)
        if not columns:
            raise TypeError("keys must be at least one column: the table of them has none")
        return scores, columns
    keys = _columns.column_in(keys)
    return scores, {_name_of(keys): keys}


def _columns_in(frame: Any) -> dict[str, Any]:
    from klokuur._log import columns_in

    return columns_in(frame)


#: The columns of an answer beside its keys.
_FOUND = ("promoters", "passives", "detractors", "count", "score", "standard_error", "low", "high")


def _name_of(column: Any) -> str:
    """The name of a column, where it has one of its own that no other column of the answer has."""
    name = getattr(column, "name", None)
    return name if isinstance(name, str) and name and name not in _FOUND else "key"


def _numbered_together(scores: Any, columns: dict[str, Any]) -> tuple[list[tuple[Any, ...]], npt.NDArray[np.uint32]]:
    """The distinct keys in order, each a value for every column, and for each row the number of its key."""
    each = []
    for column in columns.values():
        _columns.same_index(scores, column)
        each.append(_numbered(column))
    rows = len(each[0][1])
    for _, numbers in each:
        if len(numbers) != rows:
            raise LengthMismatchError(
                f"columns of keys have different lengths, {rows} and {len(numbers)}: accepted is equal lengths"
            )
    together = np.zeros(rows, np.uint64)
    missing = np.zeros(rows, bool)
    most = 1
    for names, numbers in each:
        missing |= numbers == _NO_KEY
        many = len(names) or 1
        if most * many > 2**64:
            # Numbered anew, as the product of what all columns have would be more than the number holds.
            together = np.unique(together, return_inverse=True)[1].astype(np.uint64)
            most = rows
        together = together * np.uint64(many) + np.where(missing, 0, numbers).astype(np.uint64)
        most *= many
    _, firsts, places = np.unique(together[~missing], return_index=True, return_inverse=True)
    numbers_ = np.full(rows, _NO_KEY, np.uint32)
    numbers_[~missing] = places.astype(np.uint32)
    told = np.flatnonzero(~missing)[firsts].tolist()
    return [tuple(names[numbers[row]] for names, numbers in each) for row in told], numbers_


def nps_by_week(
    at: Any,
    scores: Any,
    zone: str | tzinfo,
    *,
    confidence: float = 0.95,
    method: Method = "adjusted_wald",
) -> Any:
    """The NPS of every ISO week in a zone, from the first with an answer to the last, as ``nps_by`` gives it.

    The column ``week`` holds the Monday.

    >>> from datetime import datetime, timezone
    >>> import klokuur
    >>> at = [datetime(2026, 3, 9, 8, tzinfo=timezone.utc), datetime(2026, 3, 18, 8, tzinfo=timezone.utc)]
    >>> [(str(row["week"]), row["count"]) for row in klokuur.nps_by_week(at, [10, 3], "Europe/Amsterdam")]
    [('2026-03-09', 1), ('2026-03-16', 1)]
    """
    return _by_period("week", False, at, scores, zone, confidence, method)


def nps_by_month(
    at: Any,
    scores: Any,
    zone: str | tzinfo,
    *,
    confidence: float = 0.95,
    method: Method = "adjusted_wald",
) -> Any:
    """The NPS of every calendar month in a zone, as ``nps_by_week``; the column ``month`` holds its first date."""
    return _by_period("month", True, at, scores, zone, confidence, method)


def nps_in(at: Any, scores: Any, zone: str | tzinfo, first: date, last: date) -> Nps:
    """The tally of the answers whose date in a zone lies from ``first`` to ``last``, both included.

    >>> from datetime import date, datetime, timezone
    >>> import klokuur
    >>> at = [datetime(2026, 3, 31, 21, tzinfo=timezone.utc), datetime(2026, 3, 31, 22, tzinfo=timezone.utc)]
    >>> klokuur.nps_in(at, [10, 3], "Europe/Amsterdam", date(2026, 3, 1), date(2026, 3, 31))
    Nps(promoters=1, passives=0, detractors=0)

    Raises InvalidValueError when ``last`` lies before ``first``.
    """
    _columns.same_index(at, scores)
    column = _columns.column_of(at)
    ticks = _klokuur.numpy_floor_microseconds(column.ticks, column.unit)
    return _klokuur.nps_in_period(ticks, _bytes(scores), zone, first, last)


def nps_weighted(
    scores: Any, weights: Any, *, confidence: float = 0.95, method: Method = "adjusted_wald"
) -> WeightedNps:
    """The NPS of answers that do not count alike; rows without an answer are left out.

    >>> import klokuur
    >>> klokuur.nps_weighted([10, 3, 8], [2.0, 1.0, 1.0]).score
    25.0

    Raises LengthMismatchError, and OutOfRangeError with the ``row`` of a score or weight that is none.
    """
    _columns.same_index(scores, weights)
    values, nulls = _numbers(weights)
    if values.dtype.kind not in "iufb":
        raise TypeError(f"weights must be numbers, not {values.dtype}")
    # As a NaN, which no weight may be, and not as the 0 that stands in for it.
    values = np.ascontiguousarray(values if nulls is None else np.where(nulls, np.nan, values), np.float64)
    return _klokuur.nps_of_weights(_bytes(scores), values, confidence, method)


def _by_period(
    name: str, by_month: bool, at: Any, scores: Any, zone: str | tzinfo, confidence: float, method: Method
) -> Any:
    _columns.same_index(at, scores)
    column = _columns.column_of(at)
    ticks = _klokuur.numpy_floor_microseconds(column.ticks, column.unit)
    periods = _klokuur.nps_by_period(ticks, _bytes(scores), zone, by_month)
    firsts = [(first,) for first, _ in periods]
    return _frame(at, [name], firsts, [tally for _, tally in periods], confidence, method, {})


def _bytes(scores: Any) -> npt.NDArray[np.uint8]:
    values, nulls = _numbers(scores)
    return _klokuur.nps_bytes(values, nulls)


def _numbers(column: Any) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_] | None]:
    """Numbers as NumPy, and where there are none."""
    column = _columns.column_in(column)
    kind = _columns.kind_of(column)
    nulls: npt.NDArray[np.bool_] | None = None
    if kind == "pandas":
        if str(column.dtype) == "category":
            import pandas as pd

            column = pd.Series(column)
            column = column.astype(column.cat.categories.dtype)
        if column.dtype != object and hasattr(column.dtype, "na_value"):
            nulls = np.ascontiguousarray(column.isna().to_numpy(bool))
            values = column.array.fillna(0).to_numpy() if not nulls.all() else np.zeros(len(column), np.int64)
        else:
            values = column.to_numpy()
    elif kind == "polars":
        if column.null_count():
            nulls = column.is_null().to_numpy()
            column = column.fill_null(0)
        values = column.to_numpy()
    elif kind in ("pyarrow", "arrow"):
        values, nulls = _arrow_numbers(column)
    elif kind == "list":
        values = _one_by_one(column)
    else:
        values = column
    if values.dtype == object:
        nulls = np.array([is_missing(item) for item in values], bool)
        values = _one_by_one([0 if null else item for item, null in zip(values, nulls, strict=True)])
    if values.ndim != 1:
        raise TypeError("scores must be one column")
    if not values.dtype.isnative:
        values = values.astype(values.dtype.newbyteorder("="))
    return _columns.in_order(values), nulls


def _one_by_one(column: Any) -> npt.NDArray[Any]:
    """Numbers that are given one by one."""
    for row, item in enumerate(column):
        if isinstance(item, (list, tuple, dict, set, np.ndarray)):
            raise TypeError(f"a column of numbers must hold a number in each row, not {type_of(item)} in row {row}")
    values = np.array([np.nan if is_missing(item) else item for item in column])
    return values if len(values) else values.astype(np.int64)


def _arrow_numbers(column: Any) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_] | None]:
    import pyarrow as pa

    array = pa.chunked_array(column) if not isinstance(column, (pa.Array, pa.ChunkedArray)) else column
    if pa.types.is_null(array.type):
        array = array.cast(pa.int64())
    nulls = None
    if array.null_count:
        nulls = np.ascontiguousarray(array.is_null().to_numpy(zero_copy_only=False)) if isinstance(
            array, pa.Array
        ) else np.ascontiguousarray(array.is_null().to_numpy())
        array = array.fill_null(0)
    return (array.to_numpy(zero_copy_only=False) if isinstance(array, pa.Array) else array.to_numpy()), nulls


def _numbered(keys: Any) -> tuple[list[Any], npt.NDArray[np.uint32]]:
    """The distinct keys in order, and for each row the number of its key."""
    keys = _columns.column_in(keys)
    kind = _columns.kind_of(keys)
    if kind == "pandas":
        import pandas as pd

        codes, names = pd.factorize(keys, sort=True)
        return list(names), np.where(codes < 0, _NO_KEY, codes).astype(np.uint32)
    if kind == "polars":
        if keys.dtype.is_float():
            keys = keys.fill_nan(None)
        names_ = keys.drop_nulls().unique().sort()
        order = {name: i for i, name in enumerate(names_.to_list())}
        numbers = keys.replace_strict(
            names_, list(range(len(names_))), default=int(_NO_KEY), return_dtype=_polars_u32()
        )
        return list(order), np.ascontiguousarray(numbers.to_numpy())
    if kind in ("pyarrow", "arrow"):
        import pyarrow as pa

        array = pa.chunked_array(keys) if not isinstance(keys, (pa.Array, pa.ChunkedArray)) else keys
        keys = array.to_pylist()
    elif kind == "numpy" and keys.ndim != 1:
        raise TypeError("keys must be one column")
    elif kind == "numpy" and keys.dtype != object:
        # NaN and NaT come last, once, and are no keys.
        names, numbers = np.unique(keys, return_inverse=True)
        known = names[names == names]
        # Nanoseconds have no Python type: they stay NumPy's.
        listed = list(known) if known.dtype.str.endswith("[ns]") else known.tolist()
        return listed, np.where(numbers < len(known), numbers, _NO_KEY).astype(np.uint32)
    found = {key for key in keys if not is_missing(key)}
    try:
        ordered = sorted(found)
    except TypeError:
        ordered = sorted(found, key=str)
    order = {key: i for i, key in enumerate(ordered)}
    return ordered, np.fromiter((order.get(key, _NO_KEY) for key in keys), np.uint32, len(keys))


def _polars_u32() -> Any:
    import polars as pl

    return pl.UInt32


def _frame(
    like: Any,
    names: list[str],
    keys: list[tuple[Any, ...]],
    tallies: Iterable[Nps],
    confidence: float,
    method: Method,
    given: dict[str, Any],
) -> Any:
    """``given`` are the columns of keys, whose types the answer's keys have when they are of the answer's library."""
    rows = []
    for key, tally in zip(keys, tallies, strict=True):
        interval = tally.interval(confidence, method)
        rows.append(
            {
                **dict(zip(names, key, strict=True)),
                "promoters": tally.promoters,
                "passives": tally.passives,
                "detractors": tally.detractors,
                "count": tally.count,
                "score": tally.score,
                "standard_error": tally.standard_error,
                "low": interval.low if interval else None,
                "high": interval.high if interval else None,
            }
        )
    columns = {column: [row[column] for row in rows] for column in (*names, *_FOUND)}
    like = _columns.column_in(like)
    kind = _columns.kind_of(like)
    typed = {name: column for name, column in given.items() if _is_of(column, kind)}
    counts, points = _FOUND[:4], _FOUND[4:]
    if kind == "pandas":
        import pandas as pd

        frame = pd.DataFrame(columns, columns=[*names, *_FOUND])
        for name in names:
            if name in typed:
                frame[name] = frame[name].astype(typed[name].dtype)
            elif not given:
                # Dates are dates, and no objects.
                frame[name] = pd.to_datetime(frame[name])
        return frame.astype({column: "float64" for column in points} | {column: "int64" for column in counts})
    if kind == "polars":
        import polars as pl

        schema: dict[str, Any] = {column: pl.Int64 for column in counts} | {column: pl.Float64 for column in points}
        schema |= {name: pl.Date for name in names if not given}
        return pl.DataFrame(columns, schema_overrides=schema | {name: column.dtype for name, column in typed.items()})
    if kind in ("pyarrow", "arrow"):
        import pyarrow as pa

        types = {column: pa.int64() for column in counts} | {column: pa.float64() for column in points}
        types |= {name: pa.date32() for name in names if not given}
        for name, column in typed.items():
            type_ = column.type if isinstance(column, (pa.Array, pa.ChunkedArray)) else pa.chunked_array(column).type
            types[name] = type_.value_type if pa.types.is_dictionary(type_) else type_
        return pa.table({column: pa.array(columns[column], types.get(column)) for column in columns})
    if kind == "numpy":
        key_types = [(name, _numpy_type(columns[name], typed.get(name), is_dated=not given)) for name in names]
        types_ = [*key_types, *((c, np.int64) for c in counts), *((c, np.float64) for c in points)]
        made = np.zeros(len(rows), dtype=types_)
        for name, values in columns.items():
            made[name] = [np.nan if value is None else value for value in values]
        return made
    return rows


def _is_of(column: Any, kind: str) -> bool:
    return _columns.kind_of(_columns.column_in(column)) == kind


def _numpy_type(keys: list[Any], given: Any, *, is_dated: bool) -> Any:
    if given is not None:
        return given.dtype
    return np.array(keys, "M8[D]" if is_dated or (keys and isinstance(keys[0], date)) else None).dtype
