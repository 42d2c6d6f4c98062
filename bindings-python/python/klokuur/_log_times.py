"""Columns of times as a mapping means them: of its zone where they carry none, by its pattern where they are written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from klokuur._cells import is_missing, whole
from klokuur._columns import NULL, ticks_of
from klokuur._errors import InvalidValueError, KlokuurError
from klokuur._klokuur import MappingCore
from klokuur._log_columns import holds_instants, instants_of, is_local, is_written, library_of, listed, objects_in, texts_of

__all__: list[str] = []

_PER_SECOND = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}


class TimesAsMapped:
    """Reads the columns of times of a log, and of the tables beside it, as the readers of files read their cells.

    A pattern is for what is written, but who reads the columns takes it for every text. So where some of them hold
    times that are none, what is written is read here, and :attr:`mapping`, by which the columns are to be read then,
    has no pattern.
    """

    def __init__(self, mapping: MappingCore, columns: Iterable[Any]) -> None:
        plain = mapping.plain()
        self.mapping = mapping
        self.zone = mapping.zone
        self._pattern = plain.get("time_format")
        self._written_by: MappingCore | None = None
        if self._pattern is not None and any(map(holds_times, columns)):
            self._written_by = mapping
            self.mapping = MappingCore.from_dict({key: value for key, value in plain.items() if key != "time_format"})

    @property
    def reads_texts(self) -> bool:
        """Whether what is written is read here, because others read by no pattern."""
        return self._written_by is not None

    def column(self, column: Any) -> Any:
        """A column as Rust takes it: ticks with their unit, or texts."""
        _refuse_days(column)
        if is_written(column):
            return texts_of(column) if self._written_by is None else [self._cell(cell) for cell in listed(column)]
        objects = objects_in(column)
        if objects is not None:
            are_instants = all(item is None or (isinstance(item, datetime) and item.tzinfo is not None) for item in objects)
            says_none = self.zone is None and self._pattern is None
            return instants_of(column) if are_instants or says_none else [self._cell(item) for item in objects]
        if holds_instants(column):
            is_of_zone = self.zone is not None and (is_local(column) or library_of(column) == "numpy")
            return _on_the_wall(column) if is_of_zone else instants_of(column)
        if self._pattern is None:
            return instants_of(column)
        # Numbers are times by a pattern only, as seconds are by `%s`.
        return texts_of(column) if self._written_by is None else [self._cell(cell) for cell in listed(column)]

    def with_offsets(self, column: Any) -> Any:
        """The same for who reads by a mapping without a zone; what this zone's clock did not show stays without an offset."""
        made = self.column(column)
        if self.zone is None or not isinstance(made, list):
            return made
        return [None if text is None else _read(self._clock, text) or text for text in made]

    def _cell(self, item: Any) -> str | None:
        """One cell as a text; what is written by a pattern as the instant that it means."""
        if is_missing(item):
            return None
        text = _text(item)
        if self._written_by is None or isinstance(item, (datetime, np.datetime64)):
            return text
        found = _read(self._written_by, text)
        if found is None and _read(self._clock, text) is not None:
            # Without the pattern it would be a time.
            return f"{text} (by the pattern {self._pattern})"
        return found or text

    @cached_property
    def _clock(self) -> MappingCore:
        """The zone alone."""
        return MappingCore.from_dict({"zone": self.zone})


def holds_times(column: Any) -> bool:
    """Whether some of a column are times by their type, and not as they are written."""
    if holds_instants(column):
        return True
    return any(isinstance(item, (datetime, np.datetime64)) for item in objects_in(column) or ())


def _read(mapping: MappingCore, text: str) -> str | None:
    """What a text means, with its offset; None where it cannot be read."""
    try:
        found: str = mapping.time(text).isoformat()
    except KlokuurError:
        return None
    return found


def _on_the_wall(column: Any) -> list[str | None]:
    """Times without a zone as texts, which are read and refused as those of a file are."""
    ticks, unit = ticks_of(_in_numpy(column))
    times = ticks.view(f"M8[{unit}]")
    if not (ticks[ticks != NULL] % _PER_SECOND[unit]).any():
        times = times.astype("M8[s]")
    texts, nothing = np.datetime_as_string(times).tolist(), np.isnat(times).tolist()
    return [None if is_nothing else text for text, is_nothing in zip(texts, nothing, strict=True)]


def _refuse_days(column: Any) -> None:
    """A date says no time. In no other library is it taken for its midnight, and NumPy alone calls both by one name."""
    dtype: Any = getattr(column, "dtype", None)
    if getattr(dtype, "kind", "") == "M" and library_of(column) == "numpy" and np.datetime_data(dtype)[0] in ("Y", "M", "W", "D"):
        raise InvalidValueError(f"column of times `{dtype}` is not valid: accepted is one with times of day, as datetime64[s]")


def _in_numpy(column: Any) -> npt.NDArray[Any]:
    """A column without a zone as NumPy has it, whichever library it is of."""
    if library_of(column) == "pyarrow":
        made: npt.NDArray[Any] = column.to_numpy() if hasattr(column, "chunks") else column.to_numpy(zero_copy_only=False)
        return made
    values: Any = getattr(column, "array", None)
    if library_of(column) == "pandas" and hasattr(values, "__arrow_array__") and hasattr(column.dtype, "pyarrow_dtype"):
        import pyarrow

        return _in_numpy(pyarrow.chunked_array(values.__arrow_array__()))
    return np.asarray(column.to_numpy() if hasattr(column, "to_numpy") else column)


def _text(item: Any) -> str:
    """One item as a file would have it: without a zone where it has none, and to the nanosecond where it says so."""
    if isinstance(item, np.datetime64):
        # To the hour it would be written without minutes, which no reader takes for a time.
        is_coarse = np.datetime_data(item.dtype)[0] == "h"
        return str(np.datetime_as_string(item.astype("M8[s]") if is_coarse else item))
    if isinstance(item, datetime):
        offset = item.utcoffset()
        # Readers know offsets of whole minutes, which those of long ago are not.
        is_odd = offset is not None and offset.total_seconds() % 60 != 0
        return (item.astimezone(UTC) if is_odd else item).isoformat()
    return item.isoformat() if isinstance(item, date) else str(whole(item))
