"""Rows of CSV files and data frames. A row that cannot be read is told by its line and skipped, never silently."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from klokuur._errors import InvalidDocumentError
from klokuur._frames import rows_of
from klokuur._records import Record
from klokuur._report.progress import Progress


@dataclass(frozen=True, slots=True)
class SkippedRow(Record):
    """A row that a report could not use, and why."""

    file: str
    """The file's name, or the table's."""
    line: int
    """Its line in the file, from 1; the row of a data frame, from 0."""
    why: str
    """What is wrong, and what is accepted."""


class Row:
    """One row by the names of its columns."""

    __slots__ = ("_fields", "line")

    def __init__(self, line: int, fields: Mapping[str, str]) -> None:
        self.line, self._fields = line, fields

    def given(self, column: str) -> str | None:
        """A field that may be empty, or ``?``, or not in the file at all."""
        text = self._fields.get(column, "").strip()
        return None if text in ("", "?") else text

    def get(self, column: str) -> str:
        """A field that must be there."""
        text = self.given(column)
        if text is None:
            raise InvalidDocumentError(f"column `{column}` is missing or empty")
        return text


def rows_in_file(path: Path, skipped: list[SkippedRow], progress: Progress) -> Iterator[Row]:
    """The rows of a CSV file, plain or gzipped, with a header; those that are no rows join ``skipped``."""
    size = max(path.stat().st_size, 1)
    # Rows and their lines are counted as they come: a quoted field may go over several lines.
    with (
        path.open("rb") as file,
        io.TextIOWrapper(_unpacked(path, file), encoding="utf-8-sig", errors="surrogateescape", newline="") as text,
    ):
        reader = csv.reader(text)
        header = next(reader, [])
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except (csv.Error, EOFError, OSError) as problem:
                skipped.append(SkippedRow(path.name, line, str(problem)))
                if not isinstance(problem, csv.Error):
                    return
                continue
            if line % 1000 == 0:
                progress.step(f"reading {path.name}", file.tell() / size)
            if not cells:
                continue
            if why := _fault(cells, header):
                skipped.append(SkippedRow(path.name, line, why))
            else:
                yield Row(line, dict(zip(header, cells, strict=True)))


def _unpacked(path: Path, file: BinaryIO) -> Any:
    return gzip.GzipFile(fileobj=file) if path.suffix == ".gz" else file


def _fault(cells: list[str], header: list[str]) -> str | None:
    if len(cells) != len(header):
        return f"{len(cells)} fields: accepted is {len(header)}, as in the header"
    try:
        "".join(cells).encode()
    except UnicodeEncodeError:
        return "its text is no UTF-8"
    return None


def rows_in_frame(frame: Any) -> Iterator[Row]:
    """The rows of a data frame, as a file of them would be read."""
    for number, row in enumerate(rows_of(frame)):
        yield Row(number, {name: _text(value) for name, value in row.items()})


def _text(value: Any) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, bool) or type(value).__name__ in ("bool_", "bool"):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
