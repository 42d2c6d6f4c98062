"""Rows of CSV files and data frames. A row that cannot be read is told by its line and skipped, never silently."""

from __future__ import annotations

import csv
import gzip
import io
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from klokuur import _klokuur
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
#: What goes wrong while a file is read: an end in the middle, a disk that fails, a damaged archive.
_BROKEN = (EOFError, OSError, zlib.error)
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


@dataclass(frozen=True, slots=True)
class FileTable:
    """The rows of a file, with their lines."""

    header: list[str]
    rows: list[list[str]]
    lines: list[int]

    def columns(self) -> dict[str, Sequence[str]]:
        """The cells by the names of their columns."""
        cells: Sequence[Sequence[str]] = list(zip(*self.rows, strict=True)) or [[] for _ in self.header]
        return {name: list(column) for name, column in zip(self.header, cells, strict=True)}

    def named(self) -> Iterator[Row]:
        """The rows by the names of their columns."""
        for line, cells in zip(self.lines, self.rows, strict=True):
            yield Row(line, dict(zip(self.header, cells, strict=True)))


@dataclass(slots=True)
class Files:
    """Reads the files of a seller: what is no row joins ``skipped``, what is to be known of a file ``told``."""

    progress: Progress
    encoding: str | None
    """The encoding that a mapping states; else what the bytes of a file say."""
    skipped: list[SkippedRow] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def table(self, path: Path, needed: Sequence[str]) -> FileTable:
        """The rows of a CSV file, plain or gzipped, with a header that has the columns in ``needed``. The fields are
        separated as a first line says (``sep=;``), or by commas, semicolons or tabs, as the header is.
        """
        try:
            content, broken = _content(path)
        except _BROKEN as problem:
            raise InvalidDocumentError(f"{path.name} cannot be read: {problem}") from problem
        try:
            text, encoding = _klokuur.text_of(content, self.encoding)
        except InvalidDocumentError as problem:
            raise InvalidDocumentError(f"{path.name}: {problem}") from None
        if self.encoding is None and encoding == "windows-1252":
            self.told.append(f'{path.name}: read as {encoding}, because it is no UTF-8; a mapping can state it, as encoding = "utf-8"')
        mark, text = _klokuur.separator_line(text)
        before = 0 if mark is None else 1
        stream = io.StringIO(text, newline="")
        size = max(len(text), 1)
        try:
            first = stream.readline()
            reader = csv.reader(chain([first], stream), delimiter=mark or _delimiter(first, needed))
            header = [name.strip() for name in next(reader, [])]
        except csv.Error as problem:
            raise InvalidDocumentError(f"{path.name} cannot be read: {problem}") from problem
        _check_header(path.name, header, needed)
        made = FileTable(header, [], [])
        # Rows and their lines are counted as they come: a quoted field may go over several lines.
        while True:
            line = reader.line_num + 1 + before
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as problem:
                self.skipped.append(SkippedRow(path.name, line, reason(problem)))
                continue
            if line % 1000 == 0:
                self.progress.step(f"reading {path.name}", stream.tell() / size)
            if len(cells) == len(header):
                made.rows.append(cells)
                made.lines.append(line)
            elif cells:
                why = f"number of fields `{len(cells)}` is not valid: accepted is {len(header)}, as in the header"
                self.skipped.append(SkippedRow(path.name, line, why))
        if broken is not None:
            self.skipped.append(SkippedRow(path.name, line, reason(broken)))
        return made


def _content(path: Path) -> tuple[bytes, BaseException | None]:
    """The bytes of a file; of a damaged archive the whole lines before the damage, and what it is."""
    if path.suffix != ".gz":
        return path.read_bytes(), None
    parts: list[bytes] = []
    with gzip.open(path) as file:
        try:
            while part := file.read1(1 << 16):
                parts.append(part)
        except _BROKEN as problem:
            whole_lines = b"".join(parts).rpartition(b"\n")[0]
            if not whole_lines:
                raise
            return whole_lines + b"\n", problem
    return b"".join(parts), None


def _delimiter(header: str, needed: Sequence[str]) -> str:
    """What separates the columns: what gives those that are needed, or else what is there at all."""
    for mark in _MARKS:
        names = {name.strip() for name in next(csv.reader([header], delimiter=mark), [])}
        if names.issuperset(needed):
            return mark
    return next((mark for mark in _MARKS if mark in header), _MARKS[0])


def _check_header(file: str, header: Sequence[str], needed: Sequence[str]) -> None:
    """Raises unless the columns that are needed are there, and none is there twice."""
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
