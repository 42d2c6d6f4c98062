"""Records in rows: collections that become data frames, and data frames that become rows."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, SupportsIndex, TypeVar, cast, overload

from klokuur._cells import is_missing
from klokuur._columns import have_one_index, refuse_masked
from klokuur._errors import InvalidDocumentError, InvalidValueError, UnknownNameError
from klokuur._fingerprints import Fingerprints
from klokuur._given import shown
from klokuur._records import Record

__all__ = ["Rows"]

FrameKind = Literal["pandas", "polars", "arrow", "numpy"]
R = TypeVar("R", bound=Record)
T = TypeVar("T")


class Rows(tuple[R, ...]):
    """Records of one kind, in order: a tuple that shows itself as a table and becomes a data frame.

    >>> import klokuur
    >>> holidays = klokuur.Rows(klokuur.HolidayCalendar("NL").holidays(2026))
    >>> holidays.to_frame("pandas").shape
    (9, 3)
    """

    fingerprints: Fingerprints | None = None
    """What judged them: those of the book that gave them; None where nothing did, or several did."""

    @classmethod
    def _judged_by(cls, records: Iterable[R], fingerprints: Fingerprints | None) -> Rows[R]:
        """Records that were judged by these."""
        rows = cls(records)
        rows.fingerprints = fingerprints
        return rows

    @overload
    def __getitem__(self, index: SupportsIndex, /) -> R: ...

    @overload
    def __getitem__(self, index: slice, /) -> Rows[R]: ...

    def __getitem__(self, index: SupportsIndex | slice, /) -> R | Rows[R]:
        found: Any = super().__getitem__(index)
        return Rows._judged_by(found, self.fingerprints) if isinstance(index, slice) else found

    @overload  # type: ignore[override]  # Rows of one kind stay rows; of two they are a tuple, as any.
    def __add__(self, other: Rows[R], /) -> Rows[R]: ...

    @overload
    def __add__(self, other: tuple[R, ...], /) -> tuple[R, ...]: ...

    @overload
    def __add__(self, other: tuple[T, ...], /) -> tuple[R | T, ...]: ...

    def __add__(self, other: Any, /) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        joined = super().__add__(other)
        if not isinstance(other, Rows):
            return joined
        return Rows._judged_by(joined, self.fingerprints if self.fingerprints == other.fingerprints else None)

    def to_dicts(self) -> list[dict[str, Any]]:
        """The records as dictionaries."""
        return [record.to_dict() for record in self]

    def to_frame(self, kind: FrameKind = "pandas") -> Any:
        """The records as a data frame: one of pandas or Polars, a PyArrow table, or a dictionary of NumPy arrays.

        The fields of a record in a record become columns of their own (``standing_since``); fields that hold several
        records are left out. Exact numbers become floats. What judged the records is a text in the column ``fingerprints``.
        """
        columns = columns_of(self)
        if self.fingerprints is not None:
            columns.setdefault("fingerprints", [str(self.fingerprints)] * len(self))
        return frame_of(columns, kind)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            kind = name.removeprefix("to_")
            if name.startswith("to_") and kind in ("pandas", "polars", "arrow", "numpy", "excel", "csv"):
                asked = "" if kind in ("excel", "csv") else repr(kind)
                raise AttributeError(f"rows become a data frame by to_frame({asked})")
            raise AttributeError(f"'Rows' object has no attribute {name!r}")

    def _repr_html_(self) -> str:
        from klokuur._notebook import rows_html

        return rows_html(self)


def _cells(record: Record, prefix: str, cells: dict[str, Any]) -> None:
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        name = prefix + field.name
        if isinstance(value, Fingerprints):
            cells[name] = str(value)
        elif isinstance(value, Record):
            kind = getattr(type(value), "_kind", None)
            if kind is not None:
                cells[name] = kind
            _cells(value, name + "_", cells)
        elif isinstance(value, Fraction):
            cells[name] = float(value)
        elif isinstance(value, tuple):
            if all(isinstance(item, str) for item in value):
                cells[name] = ", ".join(value)
        elif not isinstance(value, Mapping):
            cells[name] = str(value) if isinstance(value, str) else value


def columns_of(records: Iterable[Record]) -> dict[str, list[Any]]:
    """The fields of records as columns; what a record does not have is None."""
    rows: list[dict[str, Any]] = []
    names: dict[str, None] = {}
    for record in records:
        cells: dict[str, Any] = {}
        _cells(record, "", cells)
        rows.append(cells)
        names.update(dict.fromkeys(cells))
    return {name: [row.get(name) for row in rows] for name in names}


def frame_of(columns: Mapping[str, list[Any]], kind: str) -> Any:
    """Columns as a data frame of a kind, loaded when it is used."""
    name = kind if isinstance(kind, str) else None
    if name == "pandas":
        import pandas

        frame = pandas.DataFrame(dict(columns))
        for column, values in columns.items():
            if _are_dates(values):
                frame[column] = pandas.to_datetime(frame[column])
        return frame
    if name == "polars":
        import polars

        return polars.DataFrame(dict(columns), strict=False)
    if name == "arrow":
        import pyarrow

        return pyarrow.table(dict(columns))
    if name == "numpy":
        import numpy

        return {column: numpy.array(values) for column, values in columns.items()}
    raise UnknownNameError(f"unknown kind of data frame `{shown(kind)}`: accepted is pandas, polars, arrow, numpy")


def _are_dates(values: list[Any]) -> bool:
    """Whether a column holds dates alone, which pandas would keep as objects."""
    found = {type(value) for value in values if value is not None}
    return found == {date}


def kind_of(given: object) -> FrameKind | None:
    """Which kind of data frame this is, without loading any library; None when it is none."""
    module = type(given).__module__.partition(".")[0]
    if type(given).__name__ in ("LazyFrame", "Series", "ChunkedArray"):
        # Not collected yet, or one column, which speaks Arrow as frames do.
        return None
    if module in ("pandas", "polars") and hasattr(given, "columns"):
        return "pandas" if module == "pandas" else "polars"
    if module == "pyarrow" and hasattr(given, "column_names"):
        return "arrow"
    if isinstance(given, Mapping) and not hasattr(given, "to_dict"):
        return "numpy"
    if module != "klokuur" and hasattr(given, "__arrow_c_stream__"):
        return "arrow"
    return None


def distinct(column: Any) -> list[Any]:
    """The different items of a column, in its own library."""
    if type(column).__module__.partition(".")[0] == "pyarrow":
        return cast(list[Any], column.unique().to_pylist())
    return list(column.unique()) if hasattr(column, "unique") else list(set(column))


def carried(columns: Mapping[str, Any]) -> Fingerprints | None:
    """What all rows of a frame say judged them; None where one says nothing, or several are said."""
    said = list(distinct(columns["fingerprints"])) if "fingerprints" in columns else []
    return Fingerprints.parse(said[0]) if len(said) == 1 and not is_missing(said[0]) else None


def named_columns(frame: Any, kind: FrameKind) -> list[tuple[str, Any]]:
    """The columns of a frame in their order, each with its name, which another may have too."""
    if kind == "pandas":
        return [(str(name), frame.iloc[:, place]) for place, name in enumerate(frame.columns)]
    if kind == "polars":
        return [(name, frame[name]) for name in frame.columns]
    if kind == "arrow":
        import pyarrow

        table = frame if isinstance(frame, pyarrow.Table) else pyarrow.table(frame)
        return list(zip(table.column_names, table.columns, strict=True))
    named = [(str(name), column) for name, column in frame.items()]
    for _, column in named:
        refuse_masked(column)
    _refuse_other_indexes(named)
    return named


def _refuse_other_indexes(named: list[tuple[str, Any]]) -> None:
    """Series belong together by their index, as the columns of a frame do, and never by their place."""
    indexed = [(name, column) for name, column in named if hasattr(getattr(column, "index", None), "equals")]
    for name, column in indexed[1:]:
        if not have_one_index(indexed[0][1], column):
            raise InvalidValueError(
                f"index of the column `{shown(name)}` is not valid: accepted is that of `{shown(indexed[0][0])}`; "
                "bring them together first, as pandas.DataFrame(columns)"
            )


def columns_of_frame(frame: Any, kind: FrameKind) -> dict[str, Any]:
    """The columns of a frame by their names; none is taken for another of the same name."""
    named = named_columns(frame, kind)
    columns = dict(named)
    if len(columns) < len(named):
        refuse_twice("table", [name for name, _ in named], columns)
    return columns


def refuse_twice(table: str, there: Sequence[str], names: Iterable[str]) -> None:
    """Refuses a table that has one of these columns more than once."""
    for name in names:
        if there.count(name) > 1:
            raise InvalidDocumentError(f"{table} is not valid at {shown(name)}: it is there more than once: accepted is one")


def rows_of(frame: Any) -> list[dict[str, Any]]:
    """The rows of a data frame as dictionaries; for small ones."""
    kind = kind_of(frame)
    columns = columns_of_frame(frame, cast(FrameKind, kind))
    cells = [cells_of(column, kind) for column in columns.values()]
    return [dict(zip(columns, row, strict=True)) for row in zip(*cells, strict=True)]


def cells_of(column: Any, kind: FrameKind | None) -> list[Any]:
    """The cells of a column of such a frame, as Python has them; what is missing in pandas is None."""
    # A mapping may hold columns of any library.
    library = type(column).__module__.partition(".")[0]
    if kind == "numpy" and library in ("pandas", "polars", "pyarrow"):
        return cells_of(column, "arrow" if library == "pyarrow" else cast(FrameKind, library))
    if kind == "pandas":
        return [None if is_missing(item) else item for item in column.astype(object).tolist()]
    if kind == "polars":
        cells: list[Any] = column.to_list()
        return cells
    if kind == "arrow":
        cells = column.to_pylist()
        return cells
    return _listed(column)


def _listed(column: Any) -> list[Any]:
    """A column as a list; NumPy's instants have no zone and are UTC, its days are dates."""
    dtype = getattr(column, "dtype", None)
    if dtype is not None and getattr(dtype, "kind", "") == "M" and "[D]" not in str(dtype):
        from datetime import UTC

        instants = column.astype("datetime64[us]").tolist()
        return [None if at is None else at.replace(tzinfo=UTC) for at in instants]
    return list(column.tolist() if hasattr(column, "tolist") else column)
