"""Columns of a log as Rust takes them: which there are, their texts and their instants."""

from __future__ import annotations

from typing import Any

from klokuur import _klokuur
from klokuur._cells import all_numbered, is_missing
from klokuur._columns import column_of

__all__: list[str] = []


def library_of(column: Any) -> str:
    """The library that a column is of."""
    return type(column).__module__.partition(".")[0]


def is_local(column: Any) -> bool:
    """Whether it is a column of times that say no zone; NumPy's never do, and are UTC where none is stated."""
    dtype = getattr(column, "dtype", None)
    if library_of(column) == "polars":
        return str(dtype).startswith("Datetime") and getattr(dtype, "time_zone", None) is None
    if library_of(column) == "pyarrow":
        return str(column.type).startswith("timestamp") and column.type.tz is None
    zone = getattr(getattr(dtype, "pyarrow_dtype", dtype), "tz", None)
    return library_of(column) == "pandas" and getattr(dtype, "kind", "") == "M" and zone is None


def holds_instants(column: Any) -> bool:
    """Whether a column of one of the libraries has the type of instants, with a zone or without."""
    library = library_of(column)
    if library == "polars":
        return str(column.dtype).startswith("Datetime")
    if library == "pyarrow":
        return str(column.type).startswith("timestamp")
    return library in ("numpy", "pandas") and getattr(getattr(column, "dtype", None), "kind", "") == "M"


def texts_of(column: Any) -> Any:
    """A column of texts as Rust takes it: Arrow, or a list with None for what is missing."""
    library = library_of(column)
    if library == "pandas":
        values: Any = getattr(column, "array", None)
        if hasattr(values, "__arrow_array__") and type(values).__name__ in ("ArrowExtensionArray", "ArrowStringArray"):
            import pyarrow

            column = pyarrow.chunked_array(values.__arrow_array__())
            library = "pyarrow"
    speaks_arrow = library in ("polars", "pyarrow") or (library != "pandas" and hasattr(column, "__arrow_c_stream__"))
    if speaks_arrow and not _has_floats(column):
        return column
    # Numbers with a missing one among them are floats, but 1001.0 is not what anyone calls a case.
    return all_numbered(listed(column))


def _has_floats(column: Any) -> bool:
    kind = getattr(column, "dtype", None) if library_of(column) == "polars" else getattr(column, "type", None)
    return str(kind).lower() in ("float16", "float32", "float64", "halffloat", "float", "double")


def is_written(column: Any) -> bool:
    """Whether all that is there is given as texts."""
    library = library_of(column)
    if library == "polars":
        return column.dtype.base_type().__name__ in ("String", "Utf8", "Categorical", "Enum", "Null")
    if library == "pyarrow":
        return "string" in str(column.type) or str(column.type) == "null"
    dtype = getattr(column, "dtype", None)
    if dtype is not None and getattr(dtype, "kind", "O") == "M":
        return False
    if library == "pandas" and "timestamp" in str(dtype):
        return False
    if dtype is not None and getattr(dtype, "kind", "O") not in "OUT":
        return False
    return all(isinstance(item, str) or is_missing(item) for item in listed(column))


def instants_of(column: Any) -> Any:
    """A column of instants as Rust takes it: ticks with their unit, or texts."""
    if is_written(column):
        return texts_of(column)
    objects = objects_in(column)
    ticks = column_of(column if objects is None else objects)
    return (ticks.ticks, ticks.unit)


def objects_in(column: Any) -> list[Any] | None:
    """A column of datetime objects as a list, None for what is missing; None when it is a real column of instants."""
    dtype = getattr(column, "dtype", None)
    if isinstance(column, (list, tuple)) or str(dtype) == "object":
        return [None if is_missing(item) else item for item in column]
    return None


def listed(column: Any) -> list[Any]:
    """The cells of a column as Python has them."""
    if library_of(column) == "pyarrow":
        found: list[Any] = column.to_pylist()
        return found
    return list(column)
