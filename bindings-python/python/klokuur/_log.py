"""Event logs in frames and columns: which columns are looked at, and what a mapping makes of them."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from klokuur import _klokuur
from klokuur._case import CaseEvent, RefusedRow
from klokuur._errors import InvalidDocumentError
from klokuur._frames import FrameKind, Rows, columns_of_frame, kind_of, named_columns, refuse_twice
from klokuur._klokuur import LogCore, MappingCore
from klokuur._log_columns import texts_of
from klokuur._log_times import TimesAsMapped
from klokuur._records import Record

__all__ = ["CaseLog", "LogEvent", "mappings", "read_log"]

#: A mapping: the name of a shipped one, a TOML file, or its content as a dictionary.
LogMapping: TypeAlias = str | os.PathLike[str] | Mapping[str, Any] | MappingCore | None
#: A column by its name, as Rust takes it; None where it is not looked at.
Columns: TypeAlias = list[tuple[str, Any]]

#: The columns of a frame in their order, each with its name.
NamedColumns: TypeAlias = list[tuple[str, Any]]

#: What a log was besides its events is information, no warning.
_logger = logging.getLogger("klokuur")


@dataclass(frozen=True, slots=True)
class LogEvent(Record):
    """An event with the row that it was read from."""

    row: int
    """The row, from 0."""
    event: CaseEvent
    """The event."""


@dataclass(frozen=True, slots=True)
class CaseLog(Record):
    """An event log that was read."""

    events: Rows[LogEvent]
    """The events, case by case, in the order of time."""
    refused: tuple[RefusedRow, ...]
    """The rows that could not be read, each with what is accepted."""
    told: tuple[str, ...]
    """What was noticed: each thing once, not once a row."""
    rows: int
    """How many rows there are."""
    updates: int
    """How many of them are no event by the mapping."""


def read_log(events: Any, mapping: LogMapping = None) -> CaseLog:
    """Reads an event log: its events, the rows that are refused, and what was noticed.

    ``events`` is a data frame, a mapping of columns or the path of a file, as :func:`evaluate` takes it. ``mapping`` says how another system's
    log is read: the name of a shipped mapping (:func:`mappings`), a TOML file, or its content as a dictionary. The order of the rows
    changes nothing.

    >>> import klokuur
    >>> log = {"ticket": ["7", "7"], "updated": ["2026-03-13 16:30", "2026-03-13 15:00"], "state": ["Answered", "New"]}
    >>> mapping = {
    ...     "zone": "Europe/Amsterdam",
    ...     "columns": {"case": "ticket", "at": "updated", "event": "state"},
    ...     "events": {"New": "opened", "Answered": "seller_message"},
    ... }
    >>> [(found.row, found.event.event) for found in klokuur.read_log(log, mapping).events]
    [(1, 'opened'), (0, 'seller_message')]

    Raises InvalidDocumentError without a needed column, for a mapping that is none, and when no row can be read.
    """
    log, file = log_and_file(events, mapping)
    log.check()
    broken = [] if file is None else file.broken
    return CaseLog(
        Rows(LogEvent(row, CaseEvent._of(event)) for row, event in log.events()),
        tuple(RefusedRow(row, error.code, str(error)) for row, error in sorted([*broken, *log.refused()], key=_row)),
        tuple(log.told()),
        log.rows + len(broken),
        log.updates,
    )


def _row(refused: tuple[int, Any]) -> int:
    return refused[0]


def mapping_of(given: LogMapping) -> MappingCore:
    """A mapping by its name, from a file or a dictionary, or none."""
    if isinstance(given, MappingCore):
        return given
    if given is None or isinstance(given, Mapping):
        return MappingCore.from_dict(dict(given or {}))
    return MappingCore.named(os.fspath(given))


def mappings() -> dict[str, str]:
    """The mappings that come with klokuur: the name of each, and what it reads. ``mapping=`` takes the names.

    >>> import klokuur
    >>> klokuur.mappings()["zendesk-tickets"]
    'Zendesk: export of tickets, CSV, one row a ticket'
    """
    return dict(_klokuur.shipped_mappings())


def log_of(events: Any, mapping: MappingCore) -> LogCore:
    """A log in a data frame, read."""
    events = frame_of_records(events)
    kind = frame_kind(events, "an event log")
    columns = named_columns(events, kind)
    reads = TimesAsMapped(mapping, times_of(columns, mapping))
    return log_of_lifted(lifted(columns, mapping, reads), reads.mapping)


def told_apart(events: Any, mapping: LogMapping) -> tuple[Any, bool]:
    """Events as a frame or as a list, and whether they are a log to be read: a frame is one, and so are records with a mapping."""
    if kind_of(events) is not None:
        return events, True
    events = list(events)
    return events, mapping is not None and bool(events)


def log_and_file(events: Any, given: LogMapping) -> tuple[LogCore, LogFile | None]:
    """A log in a data frame, or in a file, read."""
    mapping = mapping_of(given)
    if not isinstance(events, (str, os.PathLike)):
        return log_of(events, mapping), None
    file = LogFile.read(events, mapping, is_stated=given is not None)
    return log_of_lifted(file.columns, mapping, file.lines), file


@dataclass(frozen=True, slots=True)
class LogFile:
    """The rows of a case log's file, read as the command ``klokuur`` reads them."""

    columns: Columns
    lines: list[int]
    broken: list[tuple[int, Any]]
    """The lines that are no rows, each with its error."""

    @staticmethod
    def read(path: str | os.PathLike[str], mapping: MappingCore, *, is_stated: bool) -> LogFile:
        """Reads a file: CSV, TSV, XLSX, JSON or JSON lines, packed with gzip or not."""
        found, lines, told, broken = _klokuur.columns_of_file(os.fspath(path), mapping, is_stated)
        tell_once(told)
        columns = [(name, _klokuur.arrow_ticks(column)[:2] if is_time else column) for name, column, is_time in found]
        return LogFile(columns, lines, [(line, InvalidDocumentError(why)) for line, why in broken])


def log_of_lifted(columns: Columns, mapping: MappingCore, lines: Sequence[int] | None = None) -> LogCore:
    """A log in columns, read."""
    log = _klokuur.log_of_columns(columns, mapping, lines)
    tell_once(log.told())
    return log


def tell_once(told: Sequence[str]) -> None:
    """Tells what was noticed in a log, to whoever listens."""
    for text in told:
        _logger.info("%s", text)


def times_of(columns: NamedColumns, mapping: MappingCore) -> list[Any]:
    """Those of the columns that are looked at for times."""
    looked_at = dict(mapping.columns_looked_at())
    return [column for name, column in columns if looked_at.get(name.strip())]


def lifted(columns: NamedColumns, mapping: MappingCore, reads: TimesAsMapped) -> Columns:
    """The columns that are looked at, as Rust takes them; the others by their names only."""
    looked_at = dict(mapping.columns_looked_at())
    made: Columns = []
    for name, column in columns:
        is_time = looked_at.get(name.strip())
        if is_time is None:
            made.append((name, None))
        else:
            made.append((name, reads.column(column) if is_time else texts_of(column)))
    names, parted = [name for name, _ in columns], dict(columns)
    for name, parts in mapping.joined_columns():
        if name not in parted and all(part in parted for part in parts):
            refuse_twice("event log", names, parts)
            made.append((name, _klokuur.joined_texts([texts_of(parted[part]) for part in parts])))
    return made


def frame_kind(given: Any, what: str) -> FrameKind:
    """Which kind of frame this is; an error that says what is accepted for anything else."""
    refuse_path(given, what)
    kind = kind_of(given)
    if kind is None:
        raise TypeError(
            f"{what} must be a pandas or Polars data frame, an Arrow table or a mapping of columns, "
            f"not {type(given).__name__}{collected(given)}"
        )
    return kind


def refuse_path(given: Any, what: str = "a case log") -> None:
    """An error that says what to do with a path."""
    if isinstance(given, (str, os.PathLike)):
        raise TypeError(
            f"{what} must be a data frame, not a path: read the file first, as pandas.read_csv(path) or klokuur.read_log(path); "
            "klokuur.report(path) shows the whole picture"
        )


def is_lazy(given: Any) -> bool:
    """Whether it is a Polars frame that is still to be computed."""
    return type(given).__name__ == "LazyFrame"


def collected(given: Any) -> str:
    """What to do with a lazy frame."""
    return ": collect() it first" if is_lazy(given) else ""


def frame_of_records(events: Any) -> Any:
    """A list of events, as records or dictionaries, as columns; anything else as it is."""
    if not isinstance(events, (list, tuple)) or not events:
        return events
    if all(isinstance(event, CaseEvent) for event in events):
        rows = [{**event.to_dict(), "scores": _written_scores(event.scores)} for event in events]
    elif all(isinstance(event, dict) for event in events):
        rows = list(events)
    else:
        return events
    names = dict.fromkeys(name for row in rows for name in row)
    return {str(name): [row.get(name) for row in rows] for name in names}


def _written_scores(scores: Any) -> str | None:
    """An answer to a survey as a log writes it: ``area=score;area=score``."""
    pairs = None if scores is None else dict(scores).items()
    return None if pairs is None else ";".join(f"{area}={score}" for area, score in pairs)


def columns_in(frame: Any) -> dict[str, Any]:
    """The columns of a data frame by name."""
    return columns_of_frame(frame, frame_kind(frame, "a table"))
