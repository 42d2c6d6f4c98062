"""How another system's log is read as the case log: which column is what, and which state is which event."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as Document
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self, get_type_hints
from zoneinfo import ZoneInfo

from klokuur._errors import InvalidDocumentError, InvalidValueError, UnknownNameError
from klokuur._rulebook import Rulebook


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
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
            raise InvalidDocumentError(f"mapping {path} is not valid: {problem}") from problem
        return cls.of(document)

    @classmethod
    def of(cls, document: Document[str, Any]) -> Self:
        """A mapping of a document."""
        hints = get_type_hints(cls)
        names = [one.name for one in fields(cls)]
        for name, given in document.items():
            if name not in names:
                raise InvalidDocumentError(f"mapping is not valid at {name}: accepted is {', '.join(names)}")
            kind = dict if "dict" in str(hints[name]) else bool if hints[name] is bool else str
            if not isinstance(given, kind):
                raise InvalidDocumentError(f"mapping is not valid at {name}: accepted is a {kind.__name__}")
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


class Times:
    """Reads the times of a log."""

    def __init__(self, pattern: str | None, zone: str) -> None:
        self._pattern, self._zone = pattern, ZoneInfo(zone)

    def read(self, text: str) -> datetime:
        """An instant, with its offset."""
        if self._pattern is None:
            try:
                at = datetime.fromisoformat(text)
            except ValueError:
                at = None
            if at is None or at.tzinfo is None:
                raise InvalidValueError(f"time `{text}` is not valid: accepted is 2026-03-13T15:00:00+01:00")
            return at
        try:
            local = datetime.strptime(text, self._pattern)
        except ValueError:
            pattern = self._pattern
            raise InvalidValueError(f"time `{text}` is not valid: accepted is the pattern {pattern}") from None
        # The log does not say which of two equal local times it means: the earlier one (fold 0).
        at = local.replace(tzinfo=self._zone)
        if at.astimezone(UTC).astimezone(self._zone).replace(tzinfo=None) != local:
            zone = self._zone.key
            raise InvalidValueError(f"time `{text}` does not exist in {zone}: the clock was put forward")
        return at
