"""What a seller has: cases, surveys, calls and orders, from a folder of CSV files or from data frames."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from klokuur import _klokuur
from klokuur._cells import truth_of
from klokuur._errors import InvalidDocumentError, InvalidValueError, KlokuurError, OutOfRangeError
from klokuur._klokuur import LogCore, MappingCore
from klokuur._log import columns_of_frame, frame_kind, lifted, log_of_lifted
from klokuur._orders import OrderLine
from klokuur._report.progress import Progress
from klokuur._report.reading import Files, Row, SkippedRow, reason, rows_in_frame

#: The columns that the tables beside the case log cannot do without.
NEEDED = {
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


class SellerLog:
    """Everything read, and everything that was not."""

    def __init__(self, name: str, mapping: MappingCore, progress: Progress) -> None:
        self.name = name
        self.mapping = mapping
        self.progress = progress
        self.cases: LogCore = _klokuur.log_of_columns([("case", []), ("at", []), ("event", [])], MappingCore.from_dict({}))
        """The case log."""
        self.surveys: list[Survey] = []
        self.calls: list[tuple[datetime, bool]] = []
        self.orders: list[Order] = []
        self.rows = 0
        self.skipped: list[SkippedRow] = []
        self.told: list[str] = []
        """What was noticed, each thing once."""
        self.files: dict[str, str] = {}
        """The tables that are there: what each is called where it was read."""
        self.missing: dict[str, str] = {}
        """The optional ones that are not, or are empty: what is said of each."""

    def read(self, source: Path | Mapping[str, Any]) -> None:
        """Reads a folder, one file with a case log, or data frames by the names of the files without ``.csv``."""
        if isinstance(source, Mapping):
            self._read_frames(source)
        else:
            self._read_files(source)
        if "cases" not in self.files:
            where = "no table `cases` was given" if isinstance(source, Mapping) else _not_there(source)
            raise InvalidDocumentError(f"{where}: a case log is needed")
        ending = "" if isinstance(source, Mapping) else ".csv"
        for name in OPTIONAL:
            if name not in self.files:
                self.missing.setdefault(name, f"{name}{ending} is not there")

    def _read_frames(self, source: Mapping[str, Any]) -> None:
        unknown = [name for name in source if name not in ("cases", *OPTIONAL)]
        if unknown:
            accepted = ", ".join(("cases", *OPTIONAL))
            raise InvalidDocumentError(f"no table of a seller is named `{unknown[0]}`: accepted is {accepted}")
        for name, frame in source.items():
            if frame is None:
                continue
            self.files[name] = name
            if name == "cases":
                self._take_cases(columns_of_frame(frame, frame_kind(frame, "an event log")))
            else:
                self._take(name, rows_in_frame(name, frame, NEEDED[name], self.skipped))

    def _read_files(self, source: Path) -> None:
        is_folder = source.is_dir()
        files = Files(self.progress, self.mapping.encoding, self.skipped, self.told)
        for name in ("cases", *OPTIONAL) if is_folder else ("cases",):
            path = source / f"{name}.csv" if is_folder else source
            if not path.exists():
                continue
            if name != "cases" and not path.stat().st_size:
                self.missing[name] = f"{path.name} is empty"
                continue
            self.files[name] = path.name
            unreadable = len(self.skipped)
            table = files.table(path, self.mapping.columns_needed() if name == "cases" else NEEDED[name])
            self.rows += len(self.skipped) - unreadable
            if name == "cases":
                self._take_cases(table.columns(), table.lines)
            else:
                self._take(name, table.named())

    def _take_cases(self, columns: Mapping[str, Any], lines: list[int] | None = None) -> None:
        try:
            self.cases = log_of_lifted(lifted(columns, self.mapping), self.mapping, lines)
            self.cases.check()
        except KlokuurError as problem:
            raise type(problem)(f"{self.files['cases']}: {problem}") from None
        self.rows += self.cases.rows
        self.told += [f"{self.files['cases']}: {said}" for said in self.cases.told()]
        for line, refused in self.cases.refused():
            self.refuse_event(line, refused)

    def _take(self, name: str, rows: Iterable[Row]) -> None:
        takers: dict[str, Callable[[Row], None]] = {"surveys": self._survey, "calls": self._call, "orders": self._order}
        unreadable = len(self.skipped)
        for row in rows:
            self.rows += 1
            try:
                takers[name](row)
            except KlokuurError as refused:
                self.skipped.append(SkippedRow(self.files[name], row.line, reason(refused)))
                unreadable += 1
        # Those that are no rows join while the others are taken.
        self.rows += len(self.skipped) - unreadable

    def refuse_event(self, line: int, why: object) -> None:
        """An event that is none, or that its case could not take."""
        self.skipped.append(SkippedRow(self.files["cases"], line, reason(why)))

    def later(self, now: datetime) -> int:
        """How many rows are of after ``now``."""
        others = [survey.at for survey in self.surveys] + [at for at, _ in self.calls]
        others += [order.line.ordered_at for order in self.orders]
        return self.cases.later(now) + sum(at > now for at in others)

    def _survey(self, row: Row) -> None:
        at = self.mapping.time(row.get("at"))
        self.surveys.append(Survey(at, _whole("score", row.get("recommendation"), 10)))

    def _call(self, row: Row) -> None:
        self.calls.append((self.mapping.time(row.get("at")), truth_of(row.get("answered"), "answered")))

    def _order(self, row: Row) -> None:
        cancelled = self._moment(row, "cancelled_at")
        line = OrderLine(
            ordered_at=self.mapping.time(row.get("ordered_at")),
            quantity=_whole("quantity", row.get("quantity"), MOST),
            promised_on=_date(row.get("promised_on")),
            delivered_at=self._moment(row, "delivered_at"),
            cancelled_at=cancelled,
            cancelled_by=None if cancelled is None else _party(row.get("cancelled_by")),
            tracked=truth_of(row.get("tracked"), "tracked"),
        )
        self.orders.append(Order(row.line, row.get("order"), row.get("item"), line))

    def _moment(self, row: Row, column: str) -> datetime | None:
        given = row.given(column)
        return None if given is None else self.mapping.time(given)


def _whole(what: str, text: str, most: int) -> int:
    number = _klokuur.whole_number(text)
    if number is None or number > most:
        raise OutOfRangeError(f"{what} {text} is out of range: accepted is a whole number from 0 to {most}")
    return number


def _date(text: str) -> date:
    on = _klokuur.date_of(text)
    if on is None:
        raise InvalidValueError(f"date `{text}` is not valid: accepted is 2026-03-13, from 1900-01-01 to 2100-12-31")
    return on


def _party(text: str) -> Literal["customer", "seller"]:
    match text.lower():
        case "customer":
            return "customer"
        case "seller":
            return "seller"
        case _:
            raise InvalidValueError(f"cancelled by `{text}` is not valid: accepted is customer or seller")


def _not_there(source: Path) -> str:
    return f"{source / 'cases.csv'} is not there" if source.is_dir() else f"{source} is not there"
