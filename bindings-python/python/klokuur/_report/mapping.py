"""How another system's log is read as the case log, and the rules that its cases are followed by."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from klokuur._errors import UnknownNameError
from klokuur._klokuur import MappingCore
from klokuur._rulebook import Rulebook


def rules_of(mapping: MappingCore, rules: Rulebook) -> Rulebook:
    """A rulebook with this log's own zone, hours and holidays."""
    return Rulebook._made(mapping.rules(rules._core))


def zone_named(name: str) -> ZoneInfo:
    """A time zone by its name."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, no name but a path, a folder of zones
        raise UnknownNameError(f"unknown zone `{name}`: accepted is a name such as Europe/Amsterdam") from None
