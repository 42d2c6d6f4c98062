"""Rows of CSV files and data frames. A row that cannot be read is told by its line and skipped, never silently."""

from __future__ import annotations

import csv
import gzip
import io
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from klokuur._cells import is_missing, whole
from klokuur._errors import InvalidDocumentError, InvalidValueError
from klokuur._frames import rows_of
from klokuur._html import legal
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


_MARKS = ",;\t"
#: What goes wrong while a file is read: no CSV, an end in the middle, a disk that fails, a damaged archive.
_BROKEN = (csv.Error, EOFError, OSError, zlib.error)
#: How much of a reason is told: a cell can be as long as a book.
_LONGEST = 300


def path_of(given: str | os.PathLike[str]) -> Path:
    """A path that the system takes."""
    path = Path(given)
    if "\0" in str(path):
        raise InvalidValueError(f"path {str(path)!r} is not valid: accepted is one without NUL characters")
    return path


def reason(problem: object) -> str:
    """Why a row was skipped, in one line."""
    text = legal(" ".join(str(problem).split()))
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def rows_in_file(path: Path, needed: Sequence[str], skipped: list[SkippedRow], progress: Progress) -> Iterator[Row]:
    """The rows of a CSV file, plain or gzipped, with a header that has the columns in ``needed``; those that are no rows
    join ``skipped``. The fields are separated by commas, semicolons or tabs, as the header is.
    """
    size = max(path.stat().st_size, 1)
    # Rows and their lines are counted as they come: a quoted field may go over several lines.
    with (
        path.open("rb") as file,
        io.TextIOWrapper(_unpacked(path, file), encoding="utf-8-sig", errors="surrogateescape", newline="") as text,
    ):
        try:
            first = text.readline()
            reader = csv.reader(chain([first], text), delimiter=_delimiter(first, needed))
            header = [name.strip() for name in next(reader, [])]
        except _BROKEN as problem:
            raise InvalidDocumentError(f"{path.name} cannot be read: {problem}") from problem
        _check_header(path.name, header, needed)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except _BROKEN as problem:
                skipped.append(SkippedRow(path.name, line, reason(problem)))
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


def _delimiter(header: str, needed: Sequence[str]) -> str:
    """What separates the columns: what gives those that are needed, or else what is there at all."""
    for mark in _MARKS:
        names = {name.strip() for name in next(csv.reader([header], delimiter=mark), [])}
        if names.issuperset(needed):
            return mark
    return next((mark for mark in _MARKS if mark in header), _MARKS[0])


def _check_header(file: str, header: Sequence[str], needed: Sequence[str]) -> None:
    """Raises unless the columns that are needed are there, and none is there twice."""
    # What UTF-16 leaves behind when it is read as UTF-8.
    if any("\0" in name or "\udcff" in name for name in header):
        raise InvalidDocumentError(f"{file} is not valid: accepted is text in UTF-8, and this is UTF-16 or no text")
    missing = [name for name in needed if name not in header]
    if missing:
        names = ", ".join(f"`{name}`" for name in missing)
        are = "column {} is" if len(missing) == 1 else "columns {} are"
        found = reason(", ".join(header)) or "no header"
        raise InvalidDocumentError(
            f"{file} is not valid: {are.format(names)} missing; found: {found}; accepted are columns separated by commas, "
            "semicolons or tabs"
        )
    twice = [name for name in header if name and header.count(name) > 1]
    if twice:
        raise InvalidDocumentError(f"{file} is not valid: column `{twice[0]}` is there more than once")


def _fault(cells: list[str], header: list[str]) -> str | None:
    if len(cells) != len(header):
        return f"{len(cells)} fields: accepted is {len(header)}, as in the header"
    return _no_text(cells)


def _no_text(cells: Iterable[str]) -> str | None:
    try:
        "".join(cells).encode()
    except UnicodeEncodeError:
        return "its text is no UTF-8"
    return None


def rows_in_frame(name: str, frame: Any, needed: Sequence[str], skipped: list[SkippedRow]) -> Iterator[Row]:
    """The rows of a data frame, as a file of them would be read."""
    for number, row in enumerate(rows_of(frame)):
        if number == 0:
            _check_header(name, [str(column) for column in row], needed)
        fields = {str(column): _text(value) for column, value in row.items()}
        if why := _no_text(fields.values()):
            skipped.append(SkippedRow(name, number, why))
        else:
            yield Row(number, fields)


def _text(value: Any) -> str:
    value = whole(value)
    if is_missing(value):
        return ""
    if isinstance(value, bool) or type(value).__name__ in ("bool_", "bool"):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and value.bit_length() > 1024:  # Python writes no thousands of digits
        return f"a number of {value.bit_length()} bits"
    return str(value)
