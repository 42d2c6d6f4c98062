"""The Monday-morning picture of a seller as one HTML page: what the command ``klokuur report`` writes, from files or frames."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from klokuur import _klokuur
from klokuur import _words as words
from klokuur._cells import all_numbered, is_missing, local_date, whole
from klokuur._errors import InvalidDocumentError, InvalidValueError
from klokuur._frames import Rows, cells_of, kind_of, named_columns, refuse_twice
from klokuur._html import element
from klokuur._klokuur import MappingCore
from klokuur._log import Columns, LogMapping, NamedColumns, frame_kind, lifted, mapping_of, times_of
from klokuur._log_columns import library_of, listed
from klokuur._log_times import TimesAsMapped, holds_times
from klokuur._order_export import OrderExportMapping, order_mapping_of
from klokuur._own_hours import own_rules
from klokuur._picture import SellerPicture
from klokuur._records import Record
from klokuur._rulebook import Rulebook, RulebookHistory, rules_or_bol
from klokuur._schedule import Language

__all__ = ["Report", "SkippedRow", "report"]

#: The tables beside the case log.
_BESIDE = ("surveys", "calls", "orders")
#: Those whose times are written as those of the case log are.
_TIMED = ("surveys", "calls")
#: Their columns of what is called by its number.
_NUMBERED = ("order", "item")
#: Their columns that hold dates, not times.
_DATES = ("promised_on", "expires_on")


@dataclass(frozen=True, slots=True)
class SkippedRow(Record):
    """A row that is not in a report, and why."""

    file: str
    """The file, or the table."""
    line: int
    """Its line in the file, or its row, from 0, in a data frame."""
    why: str
    """What is wrong, and what is accepted."""


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """A report: one HTML page that needs nothing else. A notebook shows it in a frame of its own."""

    html: str
    """The page."""
    picture: SellerPicture
    """What it shows, as data and in words."""
    now: datetime
    """As of when."""
    rows: int
    """How many rows were read."""
    skipped: Rows[SkippedRow]
    """The rows that could not be read or that their case refused; the page counts and lists them, too."""
    later: int = 0
    """How many rows are of after ``now`` and were not looked at."""

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the page to a file: beside it first, so that a page that is there is whole, the old one or the new one."""
        save_page(self.html, path)

    def _repr_html_(self) -> str:
        # A page of its own: its style and ids stay out of the notebook's.
        return element("iframe", srcdoc=self.html, width="100%", height=640, title="klokuur report", style="border:0")

    def __repr__(self) -> str:
        return f"<Report as of {self.now.isoformat()}, {words.count(self.rows, 'row')}, {len(self.skipped)} skipped>"


def report(
    source: str | os.PathLike[str] | Mapping[str, Any] | Any,
    *,
    now: datetime | None = None,
    rules: Rulebook | RulebookHistory | str | None = None,
    mapping: LogMapping = None,
    orders: str | os.PathLike[str] | None = None,
    orders_mapping: OrderExportMapping = None,
    title: str | None = None,
    link: str | None = None,
    language: Language | None = None,
) -> Report:
    """The Monday-morning picture of a seller as one HTML page: open and at-risk cases, norms by week, strikes with their
    expiry, NPS over time, subjects and items, signals. The command ``klokuur report`` gives the same.

    ``source`` is a folder with ``cases.csv`` and, where they are, ``surveys.csv``, ``calls.csv``, ``orders.csv`` and
    ``performance-status.json``; or one case log; or data frames under the names ``cases``, ``surveys``, ``calls``, ``orders``; or
    the case log alone as a data frame. Files may be CSV, TSV, XLSX, JSON or JSON lines, packed with gzip or not. A row that
    cannot be read, or that its case refuses, is left out, counted and listed with its line. ``now`` is by default the time on the
    clock, and the page says when the log is old; rows of after it are counted, and not looked at. ``rules`` are bol's by default.
    ``mapping`` says how another system's export is read: the name of a shipped mapping (:func:`mappings`), a TOML file, or its
    content as a dictionary. ``orders`` is an export of orders beside the source, read by ``orders_mapping``. ``link`` is
    the address of a case in the help desk, with ``{case}`` for its number; a mapping may have it. The page is in the
    ``language`` that is asked for, or in that of the rules' country: Dutch for the Netherlands and Belgium, else English.

    >>> from datetime import datetime, UTC
    >>> import klokuur
    >>> cases = {"case": ["K-1"], "at": ["2026-03-13T15:00:00+01:00"], "event": ["opened"]}
    >>> page = klokuur.report({"cases": cases}, now=datetime(2026, 3, 16, 8, 30, tzinfo=UTC))
    >>> page
    <Report as of 2026-03-16T09:30:00+01:00, 1 row, 0 skipped>
    >>> page.save("/dev/null")

    Raises InvalidDocumentError without a case log, without a column that is needed, for a file that cannot be read and a mapping
    that is none, and when no row of the case log can be read; OutOfRangeError for a ``now`` outside 1900 to 2100.
    """
    reads = mapping_of(mapping)
    judging = own_rules(reads, rules_or_bol(rules))
    at = datetime.now(UTC) if now is None else now
    if isinstance(source, (str, os.PathLike)):
        beside = None if orders is None else (os.fspath(orders), order_mapping_of(orders_mapping))
        made = _klokuur.picture_of_files(os.fspath(source), reads, mapping is not None, beside, judging._core, at)
    else:
        tables = _tables(source)
        if orders is not None:
            raise InvalidValueError("orders beside data frames is not valid: accepted is a table `orders` among them")
        given = {name: frame for name, frame in tables.items() if frame is not None}
        made = _picture_of_tables(given, reads, judging, at)
    picture = SellerPicture(made)
    rows, skipped, later, zone = made.read()
    named = Rows(SkippedRow(*row) for row in skipped)
    return Report(picture.html(language, title=title, link=reads.link if link is None else link), picture, at.astimezone(ZoneInfo(zone)), rows, named, later)


def save_page(html: str, path: str | os.PathLike[str]) -> None:
    """Writes a page beside its place and renames it; what is no plain file is written to."""
    place = Path(path)
    try:
        if place.exists() and not place.is_file():
            place.write_text(html, "utf-8")
            return
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=place.parent, prefix=f".{place.name}.", delete=False
        ) as file:
            try:
                file.write(html)
                file.close()
                # As a file of one's own is: a temporary one is closed to others.
                umask = os.umask(0)
                os.umask(umask)
                os.chmod(file.name, place.stat().st_mode & 0o777 if place.exists() else 0o666 & ~umask)
                os.replace(file.name, place)
            except BaseException:
                file.close()
                os.unlink(file.name)
                raise
    except ValueError as problem:
        raise InvalidValueError(f"path `{path!r}` is not valid: {problem}") from None


def _tables(source: Any) -> Mapping[str, Any]:
    """The data frames of a source by their names."""
    has_tables = isinstance(source, Mapping) and (
        not source or any(name in ("cases", *_BESIDE) or kind_of(table) is not None for name, table in source.items())
    )
    named: Mapping[str, Any] = source if has_tables else {"cases": source}
    accepted = ", ".join(("cases", *_BESIDE))
    if unknown := [name for name in named if name not in ("cases", *_BESIDE)]:
        raise InvalidDocumentError(f"no table of a seller is named `{unknown[0]}`: accepted is {accepted}")
    if named.get("cases") is None:
        raise InvalidDocumentError("no table `cases` was given: a case log is needed")
    return named


def _picture_of_tables(tables: Mapping[str, Any], reads: MappingCore, rules: Rulebook, now: datetime) -> _klokuur.PictureCore:
    """The picture of data frames by their names, all of one way to write times."""
    named = {name: named_columns(tables[name], frame_kind(tables[name], "a table")) for name in ("cases", *_BESIDE) if name in tables}
    for name in _BESIDE:
        there = [column for column, _ in named.get(name, ())]
        refuse_twice(name, there, there)
    times = [*times_of(named["cases"], reads), *(column for name in _TIMED for at, column in named.get(name, ()) if at == "at")]
    as_mapped = TimesAsMapped(reads, times)
    beside = [(name, _lifted(name, named[name], as_mapped, rules)) for name in _BESIDE if name in named]
    return _klokuur.picture_of_tables(lifted(named["cases"], reads, as_mapped), beside, as_mapped.mapping, rules._core, now)


def _lifted(table: str, columns: NamedColumns, reads: TimesAsMapped, rules: Rulebook) -> Columns:
    """A table as Rust takes it: instants where a column holds such, else each cell as a file would have it."""
    made: Columns = []
    for name, column in columns:
        if name in _DATES:
            made.append((name, _dates(column, reads.zone, ZoneInfo(rules.clock.zone))))
        elif _is_days(column) or not (holds_times(column) or (reads.reads_texts and table in _TIMED and name == "at")):
            cells = all_numbered(listed(column)) if name in _NUMBERED else listed(column)
            made.append((name, [_written(cell) for cell in cells]))
        else:
            # Orders are read by a mapping of their own, which states no zone here.
            made.append((name, reads.with_offsets(column) if table == "orders" else reads.column(column)))
    return made


def _is_days(column: Any) -> bool:
    return "[D]" in str(getattr(column, "dtype", ""))


def _dates(column: Any, stated: str | None, zone: tzinfo) -> list[str | None]:
    """Local dates: an instant is on its date in the zone of the rules, a time without a zone on its own."""
    if library_of(column) == "numpy" and column.dtype.kind == "M" and stated is None:
        column = cells_of(column, "numpy")  # They are UTC, where no zone is stated.
    elif library_of(column) == "numpy" and column.dtype.kind == "M":
        column = [None if is_missing(cell) else str(cell)[:10] for cell in column]
    return [_written(local_date(cell, zone)) for cell in listed(column)]


def _written(value: Any) -> str | None:
    value = whole(value)
    if is_missing(value):
        return None
    if type(value).__name__ in ("bool_", "bool"):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and value.bit_length() > 1024:  # Python writes no thousands of digits
        return f"a number of {value.bit_length()} bits"
    return str(value)
