"""What a seller has: cases, surveys, calls and orders, from a folder of CSV files or from data frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

from klokuur._case import EventKind
from klokuur._errors import InvalidDocumentError, InvalidValueError, KlokuurError, OutOfRangeError
from klokuur._orders import OrderLine
from klokuur._report.mapping import LogMapping, Times
from klokuur._report.progress import Progress
from klokuur._report.reading import Row, SkippedRow, rows_in_file, rows_in_frame

#: The fields that an event carries; those of other events in its row are not looked at.
CARRIED: dict[str, tuple[str, ...]] = {
    "opened": ("origin", "kind", "order", "ordered_at", "customer", "subject", "item", "defect", "text"),
    "customer_message": ("text",),
    "seller_message": ("text", "automatic"),
    "follow_up": ("until",),
    "closed": ("by", "explanation"),
    "reopened": ("by",),
    "survey_answered": ("scores",),
}
FIELDS = ("case", "at", "event", "id", *sorted({name for names in CARRIED.values() for name in names}))
INSTANTS = frozenset({"ordered_at", "until"})
KNOWN = frozenset(get_args(EventKind)) - {"corrected"}
#: The files of a folder, with what the page lacks without them.
OPTIONAL = {
    "surveys": "the NPS after customer contact",
    "calls": "phone availability",
    "orders": "the norms measured on orders, the performance score, and cases per ordered item",
}


@dataclass(frozen=True, slots=True)
class Survey:
    """An answered survey."""

    at: datetime
    recommendation: int


@dataclass(frozen=True, slots=True)
class Order:
    """An order line with its row."""

    row: int
    number: str
    item: str
    line: OrderLine


@dataclass(slots=True)
class SellerLog:
    """Everything read, and everything that was not."""

    name: str
    mapping: LogMapping
    times: Times
    progress: Progress
    events: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in FIELDS})
    """The case log in columns, in the order of the file."""
    lines: list[int] = field(default_factory=list)
    """The line of each event."""
    surveys: list[Survey] = field(default_factory=list)
    calls: list[tuple[datetime, bool]] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    rows: int = 0
    updates: int = 0
    """Rows of the case log that are no event by the mapping."""
    skipped: list[SkippedRow] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    """The tables that are there: what each is called where it was read."""
    missing: dict[str, str] = field(default_factory=dict)
    """The optional ones that are not, in the same way."""
    _last_state: dict[str, str] = field(default_factory=dict)

    def read(self, source: Path | Mapping[str, Any]) -> None:
        """Reads a folder, one file with a case log, or data frames by the names of the files without ``.csv``."""
        tables: dict[str, tuple[str, Iterator[Row]]] = {}
        if isinstance(source, Mapping):
            unknown = [name for name in source if name not in ("cases", *OPTIONAL)]
            if unknown:
                accepted = ", ".join(("cases", *OPTIONAL))
                raise InvalidDocumentError(f"no table of a seller is named `{unknown[0]}`: accepted is {accepted}")
            tables = {name: (name, rows_in_frame(frame)) for name, frame in source.items() if frame is not None}
        else:
            is_folder = source.is_dir()
            for name in ("cases", *OPTIONAL) if is_folder else ("cases",):
                path = source / f"{name}.csv" if is_folder else source
                if path.exists():
                    tables[name] = (path.name, rows_in_file(path, self.skipped, self.progress))
        if "cases" not in tables:
            where = "no table `cases` was given" if isinstance(source, Mapping) else _not_there(source)
            raise InvalidDocumentError(f"{where}: a case log is needed")
        ending = "" if isinstance(source, Mapping) else ".csv"
        self.files = {name: file for name, (file, _) in tables.items()}
        self.missing = {name: name + ending for name in OPTIONAL if name not in tables}
        takers = {"cases": self._case, "surveys": self._survey, "calls": self._call, "orders": self._order}
        for name, (file, rows) in tables.items():
            self._take(file, rows, takers[name])

    def _take(self, file: str, rows: Iterator[Row], take: Callable[[Row], None]) -> None:
        unreadable = len(self.skipped)
        for row in rows:
            self.rows += 1
            try:
                take(row)
            except KlokuurError as refused:
                self.skipped.append(SkippedRow(file, row.line, str(refused)))
                unreadable += 1
        self.rows += len(self.skipped) - unreadable

    def refuse_event(self, row: int, why: str) -> None:
        """An event that is none, or that its case could not take."""
        self.skipped.append(SkippedRow(self.files["cases"], self.lines[row], why))

    def latest(self) -> datetime | None:
        """When the last event happened."""
        found = None
        for at, event in zip(self.events["at"], self.events["event"], strict=True):
            try:
                instant = datetime.fromisoformat(at)
            except ValueError:
                continue
            if event in KNOWN and instant.tzinfo is not None and (found is None or instant > found):
                found = instant
        return found

    def _case(self, row: Row) -> None:
        mapping = self.mapping
        case, at = row.get(mapping.column("case")), self._instant(row.get(mapping.column("at")))
        state = row.get(mapping.column("event"))
        before = self._last_state.get(case)
        event = mapping.event(before, state)
        self._last_state[case] = state
        opened_at = at
        if mapping.opened_at is not None and before is None:
            opened_at = self._instant(row.get(mapping.opened_at))
        if mapping.first_row_opens and before is None and event != "opened":
            self._event(case, opened_at, "opened", row)
        if event == "" or (mapping.collapse_repeats and before == state):
            self.updates += 1
            return
        self._event(case, opened_at if event == "opened" else at, event, row)

    def _event(self, case: str, at: str, event: str, row: Row) -> None:
        if event == "corrected":
            raise InvalidValueError("a correction cannot be read from CSV: accepted is every other event")
        column = self.mapping.column
        fields = {"case": case, "at": at, "event": event, "id": row.given(column("id")) or ""}
        for name in CARRIED.get(event, ()):
            given = row.given(column(name)) or ""
            fields[name] = self._instant(given) if given and name in INSTANTS else given
        for name, cells in self.events.items():
            cells.append(fields.get(name, ""))
        self.lines.append(row.line)

    def _instant(self, text: str) -> str:
        # A time that carries an offset is read with its event.
        return text if self.mapping.time_format is None else self.times.read(text).isoformat()

    def _survey(self, row: Row) -> None:
        at, score = self.times.read(row.get("at")), row.get("recommendation")
        if not score.isdecimal() or int(score) > 10:
            raise OutOfRangeError(f"score `{score}`: accepted is a whole number from 0 to 10")
        self.surveys.append(Survey(at, int(score)))

    def _call(self, row: Row) -> None:
        self.calls.append((self.times.read(row.get("at")), _yes(row.get("answered"))))

    def _order(self, row: Row) -> None:
        quantity, promised = row.get("quantity"), row.get("promised_on")
        if not quantity.isdecimal():
            raise InvalidValueError(f"quantity `{quantity}`: accepted is a whole number")
        try:
            promised_on = date.fromisoformat(promised[:10] if "T00:00:00" in promised else promised)
        except ValueError:
            raise InvalidValueError(f"date `{promised}`: accepted is 2026-03-13") from None
        delivered, cancelled = row.given("delivered_at"), row.given("cancelled_at")
        line = OrderLine(
            ordered_at=self.times.read(row.get("ordered_at")),
            quantity=int(quantity),
            promised_on=promised_on,
            delivered_at=None if delivered is None else self.times.read(delivered),
            cancelled_at=None if cancelled is None else self.times.read(cancelled),
            cancelled_by=None
            if cancelled is None
            else ("customer" if row.get("cancelled_by") == "customer" else "seller"),
            tracked=_yes(row.get("tracked")),
        )
        self.orders.append(Order(row.line, row.get("order"), row.get("item"), line))


def _not_there(source: Path) -> str:
    return f"{source / 'cases.csv'} is not there" if source.is_dir() else f"{source} is not there"


def _yes(text: str) -> bool:
    if text in ("yes", "true", "True"):
        return True
    if text in ("no", "false", "False"):
        return False
    raise InvalidValueError(f"`{text}`: accepted is yes or no")
