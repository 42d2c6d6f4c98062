"""The Polars namespace: ``df.with_columns(due=pl.col("asked").klokuur.due(schedule, hours=24))``.

It is a convenience: each method is the schedule's own ``*_many`` on the Series, also in lazy frames.
``import klokuur.polars`` registers it for expressions and Series; so does ``import klokuur`` after Polars was imported.

>>> from datetime import datetime
>>> import polars as pl
>>> import klokuur.polars
>>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00")
>>> df = pl.DataFrame({"asked": pl.Series([datetime(2026, 3, 13, 15)]).dt.replace_time_zone("Europe/Amsterdam")})
>>> print(df.with_columns(due=pl.col("asked").klokuur.due(clock, hours=24))["due"][0])
2026-03-16 15:00:00+01:00
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from klokuur._errors import InvalidValueError

if TYPE_CHECKING:
    from klokuur._klokuur import Schedule

__all__ = ["KlokuurExpr", "KlokuurSeries"]


class KlokuurExpr:
    """Business time of an expression of instants with a zone."""

    def __init__(self, expr: pl.Expr) -> None:
        self._expr = expr

    def due(
        self,
        schedule: Schedule,
        amount: timedelta | pl.Expr | None = None,
        *,
        hours: float | None = None,
        minutes: float | None = None,
        seconds: float | None = None,
        threads: int = 1,
    ) -> pl.Expr:
        """When an amount of open time from each instant is used up: ``schedule.add_many``."""
        if isinstance(amount, pl.Expr):
            return self._with(amount, lambda at, each: schedule.add_many(at, each, threads=threads))
        return self._map(
            lambda at: schedule.add_many(at, amount, hours=hours, minutes=minutes, seconds=seconds, threads=threads)
        )

    def until(self, schedule: Schedule, end: pl.Expr | datetime, *, threads: int = 1) -> pl.Expr:
        """The open time from each instant to another, in this column's unit: ``schedule.between_many``.

        Raises InvalidValueError when that unit cannot show it: make the column finer, as ``.dt.cast_time_unit("us")``.
        """
        # Polars asks for the type before it knows the other column's unit.
        dtype = pl.dtype_of(self._expr - self._expr)
        return self._with(end, lambda at, to: _in_unit_of(at, schedule.between_many(at, to, threads=threads)), dtype)

    def within(
        self,
        schedule: Schedule,
        end: pl.Expr | datetime,
        amount: timedelta | None = None,
        *,
        hours: float | None = None,
        minutes: float | None = None,
        seconds: float | None = None,
        threads: int = 1,
    ) -> pl.Expr:
        """Whether another instant is within an amount of open time: ``schedule.within_many``."""
        return self._with(
            end,
            lambda at, to: schedule.within_many(
                at, to, amount, hours=hours, minutes=minutes, seconds=seconds, threads=threads
            ),
            pl.Boolean,
        )

    def is_open(self, schedule: Schedule, *, threads: int = 1) -> pl.Expr:
        """Whether it is open at each instant: ``schedule.is_open_many``."""
        return self._map(lambda at: schedule.is_open_many(at, threads=threads), pl.Boolean)

    def next_open(self, schedule: Schedule, *, threads: int = 1) -> pl.Expr:
        """The first open instant from each on: ``schedule.next_open_many``."""
        return self._map(lambda at: schedule.next_open_many(at, threads=threads))

    def _map(self, work: Callable[[pl.Series], pl.Series], dtype: Any = None) -> pl.Expr:
        dtype = pl.dtype_of(self._expr) if dtype is None else dtype
        return self._expr.map_batches(work, return_dtype=dtype, is_elementwise=True)

    def _with(
        self, other: pl.Expr | datetime, work: Callable[[pl.Series, Any], pl.Series], dtype: Any = None
    ) -> pl.Expr:
        if isinstance(other, datetime):
            return self._map(lambda at: work(at, other), dtype)
        dtype = pl.dtype_of(self._expr) if dtype is None else dtype
        return pl.map_batches([self._expr, other], lambda both: work(*_as_long(both[0], both[1])), return_dtype=dtype)


def _as_long(one: pl.Series, two: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Both of one length: a literal has one row, which stands for all."""
    if len(one) == 1 < len(two):
        return one.new_from_index(0, len(two)), two
    if len(two) == 1 < len(one):
        return one, two.new_from_index(0, len(one))
    return one, two


def _in_unit_of(at: pl.Series, amounts: pl.Series) -> pl.Series:
    unit: Any = at.dtype.time_unit  # type: ignore[attr-defined]
    finer: Any = amounts.dtype.time_unit  # type: ignore[attr-defined]
    if finer == unit:
        return amounts
    made = amounts.dt.cast_time_unit(unit)
    if not (made.dt.cast_time_unit(finer) == amounts).all():
        raise InvalidValueError(
            f"unit of a column `{unit}` is not valid: the open time needs {finer}: "
            f'make the column finer first, as expr.dt.cast_time_unit("{finer}")'
        )
    return made


class KlokuurSeries:
    """Business time of a Polars Series of instants with a zone."""

    def __init__(self, column: pl.Series) -> None:
        self._column = column

    def due(
        self,
        schedule: Schedule,
        amount: timedelta | pl.Series | None = None,
        *,
        hours: float | None = None,
        minutes: float | None = None,
        seconds: float | None = None,
        threads: int = 1,
    ) -> pl.Series:
        """When an amount of open time from each instant is used up: ``schedule.add_many``."""
        return schedule.add_many(
            self._column, amount, hours=hours, minutes=minutes, seconds=seconds, threads=threads
        )

    def until(self, schedule: Schedule, end: pl.Series | datetime, *, threads: int = 1) -> pl.Series:
        """The open time from each instant to another: ``schedule.between_many``."""
        answer: pl.Series = schedule.between_many(self._column, end, threads=threads)
        return answer

    def within(
        self,
        schedule: Schedule,
        end: pl.Series | datetime,
        amount: timedelta | None = None,
        *,
        hours: float | None = None,
        minutes: float | None = None,
        seconds: float | None = None,
        threads: int = 1,
    ) -> pl.Series:
        """Whether another instant is within an amount of open time: ``schedule.within_many``."""
        answer: pl.Series = schedule.within_many(
            self._column, end, amount, hours=hours, minutes=minutes, seconds=seconds, threads=threads
        )
        return answer

    def is_open(self, schedule: Schedule, *, threads: int = 1) -> pl.Series:
        """Whether it is open at each instant: ``schedule.is_open_many``."""
        answer: pl.Series = schedule.is_open_many(self._column, threads=threads)
        return answer

    def next_open(self, schedule: Schedule, *, threads: int = 1) -> pl.Series:
        """The first open instant from each on: ``schedule.next_open_many``."""
        return schedule.next_open_many(self._column, threads=threads)


pl.api.register_expr_namespace("klokuur")(KlokuurExpr)
pl.api.register_series_namespace("klokuur")(KlokuurSeries)
