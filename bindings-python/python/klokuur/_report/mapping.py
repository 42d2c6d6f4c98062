"""How another system's log is read as the case log: which column is what, and which state is which event."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping as Document
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from klokuur._errors import InvalidDocumentError, InvalidValueError, OutOfRangeError, UnknownNameError
from klokuur._rulebook import Rulebook


#: The instants that a report takes; the last is not one of them. The core takes 1900 to 2100: what lies around an instant,
#: its week, its deadline and the years before it, must lie within that, too.
FIRST, END = datetime(1970, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
YEARS = "1970 to 2099"
_DEPTHS = {"columns": 1, "events": 1, "after": 2}


@dataclass(frozen=True, slots=True)
class LogMapping:
    """A mapping document; what is absent is as in the log's own schema."""

    zone: str | None = None
    """The zone of times that carry no offset, and of the report; the rulebook's when None."""
    time_format: str | None = None
    """The pattern of times without offset, as ``strftime``; without it times carry an offset."""
    hours: str | None = None
    """The hours that count; the rulebook's when None."""
    calendar: str | None = None
    """The holidays' country, or ``none``; the rulebook's when None."""
    columns: dict[str, str] = field(default_factory=dict)
    """Field of the case log to column of this log."""
    events: dict[str, str] = field(default_factory=dict)
    """State of this log to event of the case log; "" is no event. Without any, states are events already."""
    after: dict[str, dict[str, str]] = field(default_factory=dict)
    """State before, then state, to event, where it depends on the state before."""
    first_row_opens: bool = False
    """A case's first row opens it, in addition to its own event."""
    opened_at: str | None = None
    """The column with the time of that opening, when it is not the row's own."""
    collapse_repeats: bool = False
    """Rows that repeat their case's state are updates and no events."""

    @classmethod
    def read(cls, path: Path) -> Self:
        """Reads a mapping from TOML."""
        try:
            document = tomllib.loads(path.read_text("utf-8"))
        except (ValueError, RecursionError) as problem:  # no TOML, no UTF-8, a number of too many digits
            raise InvalidDocumentError(f"mapping {path} is not valid: {problem}") from problem
        return cls.of(document)

    @classmethod
    def of(cls, document: Document[str, Any]) -> Self:
        """A mapping of a document."""
        names = [one.name for one in fields(cls)]
        for name, given in document.items():
            if name not in names:
                raise InvalidDocumentError(f"mapping is not valid at {name}: accepted is {', '.join(names)}")
            if isinstance(getattr(cls(), name), bool):
                if not isinstance(given, bool):
                    raise InvalidDocumentError(f"mapping is not valid at {name}: accepted is true or false")
            else:
                _check_texts(name, given, _DEPTHS.get(name, 0))
        return cls(**document)

    def column(self, name: str) -> str:
        """The column that holds a field."""
        return self.columns.get(name, name)

    def event(self, before: str | None, state: str) -> str:
        """The event of a state; "" where the mapping says that it is no event."""
        after = self.after.get(before or "", {}).get(state)
        if after is not None:
            return after
        if not self.events:
            return state
        if state not in self.events:
            known = ", ".join(sorted(self.events))
            raise UnknownNameError(f"unknown state `{state}`: accepted is {known}")
        return self.events[state]

    def rules(self, rules: Rulebook, has_orders: bool) -> Rulebook:
        """A rulebook with this log's own hours, and without strikes and a score for one that is not of the marketplace."""
        changed: dict[str, Any] = {}
        if self.zone is not None:
            changed["clock.zone"] = self.zone
        if self.hours is not None:
            changed["clock.hours"] = self.hours
        if self.calendar is not None:
            changed["clock.calendars"] = [] if self.calendar == "none" else [self.calendar]
        rules = rules.with_values(changed) if changed else rules
        if not self.events or has_orders:
            return rules
        document = {name: part for name, part in rules.to_dict().items() if name not in ("strikes", "score")}
        document["norms"] = [{**norm, "strike": False} for norm in document["norms"]]
        return Rulebook(document)


def _check_texts(path: str, given: Any, depth: int) -> None:
    """Raises unless a value is a text, or a table of texts, or a table of such tables."""
    if depth == 0:
        if not isinstance(given, str):
            raise InvalidDocumentError(f"mapping is not valid at {path}: accepted is a text")
        return
    if not isinstance(given, dict):
        raise InvalidDocumentError(f"mapping is not valid at {path}: accepted is a table")
    for name, value in given.items():
        _check_texts(path, name, 0)
        _check_texts(f"{path}.{name}", value, depth - 1)


def zone_named(name: str) -> ZoneInfo:
    """A time zone by its name."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, no name but a path, a folder of zones
        raise UnknownNameError(f"unknown zone `{name}`: accepted is a name such as Europe/Amsterdam") from None


def supported(at: datetime, given: str) -> datetime:
    """An instant that a report takes."""
    # The year first: the very first and last instants of Python cannot be brought to another zone.
    if not FIRST.year - 1 <= at.year <= END.year or not FIRST <= at < END:
        raise OutOfRangeError(f"time `{given}` is out of range: accepted is {YEARS}")
    return at


class Times:
    """Reads the times of a log."""

    def __init__(self, pattern: str | None, zone: str) -> None:
        self._pattern, self._zone = pattern, zone_named(zone)

    def read(self, text: str) -> datetime:
        """An instant, with its offset."""
        if self._pattern is None:
            try:
                at = datetime.fromisoformat(text.upper())
            except ValueError:
                at = None
            if at is None or at.tzinfo is None:
                raise InvalidValueError(f"time `{text}` is not valid: accepted is 2026-03-13T15:00:00+01:00")
            return supported(at, text)
        try:
            local = datetime.strptime(text, self._pattern)
        except (ValueError, re.error):  # a pattern that asks for the same twice is no regular expression
            pattern = self._pattern
            raise InvalidValueError(f"time `{text}` is not valid: accepted is the pattern {pattern}") from None
        if local.tzinfo is not None:
            return supported(local, text)
        # The log does not say which of two equal local times it means: the earlier one (fold 0).
        at = supported(local.replace(tzinfo=self._zone), text)
        if at.astimezone(UTC).astimezone(self._zone).replace(tzinfo=None) != local:
            zone = self._zone.key
            raise InvalidValueError(f"time `{text}` does not exist in {zone}: the clock was put forward")
        return at
