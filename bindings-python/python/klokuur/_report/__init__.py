"""The Monday-morning picture of a seller as one HTML page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from os import PathLike
from typing import Any

from klokuur._frames import Rows
from klokuur._html import element
from klokuur._log import mapping_of
from klokuur import _words as words
from klokuur._report.reading import SkippedRow, path_of
from klokuur._rulebook import Rulebook, RulebookHistory, rules_or_bol

__all__ = ["Report", "SkippedRow", "report"]


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """A report: one HTML page that needs nothing else. A notebook shows it in a frame of its own."""

    html: str
    """The page."""
    now: datetime
    """As of when."""
    rows: int
    """How many rows were read."""
    skipped: Rows[SkippedRow]
    """The rows that could not be read or that their case refused; the page counts and lists them, too."""

    later: int = 0
    """How many rows are of after ``now`` and were not looked at."""

    def save(self, path: str | PathLike[str]) -> None:
        """Writes the page to a file."""
        path_of(path).write_text(self.html, "utf-8")

    def _repr_html_(self) -> str:
        # A page of its own: its style and ids stay out of the notebook's.
        return element("iframe", srcdoc=self.html, width="100%", height=640, title="klokuur report", style="border:0")

    def __repr__(self) -> str:
        return f"<Report as of {self.now.isoformat()}, {words.count(self.rows, 'row')}, {len(self.skipped)} skipped>"


def report(
    source: str | PathLike[str] | Mapping[str, Any],
    *,
    now: datetime | None = None,
    rules: Rulebook | RulebookHistory | str | None = None,
    mapping: str | PathLike[str] | Mapping[str, Any] | None = None,
    title: str | None = None,
) -> Report:
    """The Monday-morning picture of a seller as one HTML page: open and at-risk cases, norms by week, strikes with their
    expiry, NPS over time, subjects and items, signals. It needs matplotlib: ``pip install "klokuur[report]"``.

    ``source`` is a folder with ``cases.csv`` and, where they are, ``surveys.csv``, ``calls.csv`` and ``orders.csv``; or one
    case log, ``.csv`` or ``.csv.gz``; or data frames under the names ``cases``, ``surveys``, ``calls``, ``orders``. A row that
    cannot be read, or that its case refuses, is left out, counted and listed with its line. Fields are separated by
    commas, semicolons or tabs, as the header is; a file is read in one encoding, which its bytes or the mapping say. ``now`` is by default the time on the clock, and the page says when
    the log is old; rows of after it are not looked at, and counted. ``rules`` are bol's by default. ``mapping`` says how another system's log is read: a TOML file, or its
    content as a dictionary.

    >>> from datetime import datetime, UTC
    >>> import klokuur
    >>> cases = {"case": ["K-1"], "at": ["2026-03-13T15:00:00+01:00"], "event": ["opened"]}
    >>> page = klokuur.report({"cases": cases}, now=datetime(2026, 3, 16, 8, 30, tzinfo=UTC))
    >>> page
    <Report as of 2026-03-16T09:30:00+01:00, 1 row, 0 skipped>
    >>> page.save("/dev/null")

    Raises ImportError without matplotlib, InvalidDocumentError without a case log, without a column that is needed and for a
    mapping that is none, and when no row of the case log can be read; OutOfRangeError for a ``now`` outside 1900 to 2100.
    """
    from klokuur._report.figures.canvas import require_matplotlib
    from klokuur._report.log import SellerLog
    from klokuur._report.mapping import rules_of
    from klokuur._report.picture import Picture
    from klokuur._report.progress import Progress
    from klokuur._report.whole import whole_page

    require_matplotlib()
    found = mapping_of(mapping if mapping is None or isinstance(mapping, Mapping) else path_of(mapping))
    rules = rules_of(found, rules_or_bol(rules))
    folder = source if isinstance(source, Mapping) else path_of(source)
    name = "" if isinstance(folder, Mapping) else folder.resolve().name
    with Progress() as progress:
        log = SellerLog(name, found, progress)
        log.read(folder)
        picture = Picture.of(log, rules, now)
        html = whole_page(picture, title)
    return Report(html, picture.now, log.rows, Rows(log.skipped), picture.later)
