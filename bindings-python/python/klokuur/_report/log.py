"""What a seller has: cases, surveys, calls and orders, from a folder of CSV files or from data frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from klokuur._case import EventKind
from klokuur._errors import InvalidDocumentError, InvalidValueError, KlokuurError, OutOfRangeError, UnknownNameError
from klokuur._orders import OrderLine
from klokuur._report.mapping import END, FIRST, YEARS, LogMapping, Times
from klokuur._report.progress import Progress
from klokuur._report.reading import Row, SkippedRow, reason, rows_in_file, rows_in_frame

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
#: The columns that a table cannot do without; those of the case log go by the mapping.
NEEDED = {
    "cases": ("case", "at", "event"),
    "surveys": ("at", "recommendation"),
    "calls": ("at", "answered"),
    "orders": ("order", "ordered_at", "item", "quantity", "promised_on", "tracked"),
}
#: What the core's numbers hold.
MOST = 2**32 - 1
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
    instants: list[datetime] = field(default_factory=list)
    """When each event happened."""
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
    """The optional ones that are not, or are empty: what is said of each."""
    _last_state: dict[str, str] = field(default_factory=dict)

    def read(self, source: Path | Mapping[str, Any]) -> None:
        """Reads a folder, one file with a case log, or data frames by the names of the files without ``.csv``."""
        tables: dict[str, tuple[str, Iterator[Row]]] = {}
        if isinstance(source, Mapping):
            unknown = [name for name in source if name not in ("cases", *OPTIONAL)]
            if unknown:
                accepted = ", ".join(("cases", *OPTIONAL))
                raise InvalidDocumentError(f"no table of a seller is named `{unknown[0]}`: accepted is {accepted}")
            tables = {
                name: (name, rows_in_frame(name, frame, self._needed(name), self.skipped))
                for name, frame in source.items()
                if frame is not None
            }
        else:
            is_folder = source.is_dir()
            for name in ("cases", *OPTIONAL) if is_folder else ("cases",):
                path = source / f"{name}.csv" if is_folder else source
                if name != "cases" and path.exists() and not path.stat().st_size:
                    self.missing[name] = f"{path.name} is empty"
                elif path.exists():
                    tables[name] = (path.name, rows_in_file(path, self._needed(name), self.skipped, self.progress))
        if "cases" not in tables:
            where = "no table `cases` was given" if isinstance(source, Mapping) else _not_there(source)
            raise InvalidDocumentError(f"{where}: a case log is needed")
        ending = "" if isinstance(source, Mapping) else ".csv"
        self.files = {name: file for name, (file, _) in tables.items()}
        for name in OPTIONAL:
            if name not in tables:
                self.missing.setdefault(name, f"{name}{ending} is not there")
        takers = {"cases": self._case, "surveys": self._survey, "calls": self._call, "orders": self._order}
        for name, (file, rows) in tables.items():
            self._take(file, rows, takers[name])

    def _needed(self, table: str) -> tuple[str, ...]:
        if table != "cases":
            return NEEDED[table]
        opened_at = self.mapping.opened_at
        return (*(self.mapping.column(name) for name in NEEDED[table]), *(() if opened_at is None else (opened_at,)))

    def _take(self, file: str, rows: Iterator[Row], take: Callable[[Row], None]) -> None:
        unreadable = len(self.skipped)
        for row in rows:
            self.rows += 1
            try:
                take(row)
            except KlokuurError as refused:
                self.skipped.append(SkippedRow(file, row.line, reason(refused)))
                unreadable += 1
        self.rows += len(self.skipped) - unreadable

    def refuse_event(self, row: int, why: str) -> None:
        """An event that is none, or that its case could not take."""
        self.skipped.append(SkippedRow(self.files["cases"], self.lines[row], reason(why)))

    def latest(self, clock: datetime) -> datetime | None:
        """When the last event up to ``clock`` happened; ``clock`` itself when all of them come later."""
        if not self.instants:
            return None
        return max((at for at in self.instants if at <= clock), default=clock)

    def later(self, now: datetime) -> int:
        """How many rows are of after ``now``."""
        events = {line for line, at in zip(self.lines, self.instants, strict=True) if at > now}
        others = [survey.at for survey in self.surveys] + [at for at, _ in self.calls]
        return len(events) + sum(at > now for at in [*others, *(order.line.ordered_at for order in self.orders)])

    def first_reasons(self) -> str:
        """Why the first rows were skipped, and how many there are."""
        if not self.skipped:
            return ""
        shown = "; ".join(f"{row.file} line {row.line}: {row.why}" for row in self.skipped[:3])
        return f" ({len(self.skipped):,} skipped: {shown}{'; …' if len(self.skipped) > 3 else ''})"

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
        if event not in KNOWN:
            raise UnknownNameError(f"unknown event `{event}`: accepted is {', '.join(sorted(KNOWN))}")
        column = self.mapping.column
        fields = {"case": case, "at": at, "event": event, "id": row.given(column("id")) or ""}
        for name in CARRIED.get(event, ()):
            given = row.given(column(name)) or ""
            fields[name] = self._instant(given) if given and name in INSTANTS else given
        for name, cells in self.events.items():
            cells.append(fields.get(name, ""))
        self.lines.append(row.line)
        self.instants.append(datetime.fromisoformat(at.upper()))

    def _instant(self, text: str) -> str:
        at = self.times.read(text)
        # What carries an offset goes to the core as it stands.
        return text if self.mapping.time_format is None else at.isoformat()

    def _survey(self, row: Row) -> None:
        at = self.times.read(row.get("at"))
        self.surveys.append(Survey(at, _whole("score", row.get("recommendation"), 10)))

    def _call(self, row: Row) -> None:
        self.calls.append((self.times.read(row.get("at")), _yes(row.get("answered"))))

    def _order(self, row: Row) -> None:
        cancelled = self._moment(row, "cancelled_at")
        line = OrderLine(
            ordered_at=self.times.read(row.get("ordered_at")),
            quantity=_whole("quantity", row.get("quantity"), MOST),
            promised_on=_date(row.get("promised_on")),
            delivered_at=self._moment(row, "delivered_at"),
            cancelled_at=cancelled,
            cancelled_by=None if cancelled is None else _party(row.get("cancelled_by")),
            tracked=_yes(row.get("tracked")),
        )
        self.orders.append(Order(row.line, row.get("order"), row.get("item"), line))

    def _moment(self, row: Row, column: str) -> datetime | None:
        given = row.given(column)
        return None if given is None else self.times.read(given)


def _whole(what: str, text: str, most: int) -> int:
    # By its length first: Python reads no number of thousands of digits.
    if text.isdecimal() and len(text.lstrip("0")) <= len(str(most)) and int(text.lstrip("0") or "0") <= most:
        return int(text.lstrip("0") or "0")
    raise OutOfRangeError(f"{what} `{text}`: accepted is a whole number from 0 to {most}")


def _date(text: str) -> date:
    try:
        on = date.fromisoformat(text[:10] if "T00:00:00" in text else text)
    except ValueError:
        raise InvalidValueError(f"date `{text}`: accepted is 2026-03-13") from None
    if not FIRST.year <= on.year < END.year:
        raise OutOfRangeError(f"date `{text}` is out of range: accepted is {YEARS}")
    return on


def _party(text: str) -> Literal["customer", "seller"]:
    if text == "customer":
        return "customer"
    if text == "seller":
        return "seller"
    raise InvalidValueError(f"cancelled by `{text}`: accepted is customer or seller")


def _not_there(source: Path) -> str:
    return f"{source / 'cases.csv'} is not there" if source.is_dir() else f"{source} is not there"


def _yes(text: str) -> bool:
    if text in ("yes", "true", "True"):
        return True
    if text in ("no", "false", "False"):
        return False
    raise InvalidValueError(f"`{text}`: accepted is yes or no")
