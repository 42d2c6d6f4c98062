"""A help desk's own hours, as its mapping says them: every door that takes a mapping judges by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klokuur._errors import InvalidValueError
from klokuur._klokuur import MappingCore
from klokuur._rulebook import Rulebook

if TYPE_CHECKING:
    from klokuur._case_book import CaseBook

__all__: list[str] = []

#: What a mapping says of hours.
_HOURS = ("hours", "calendar")


def own_rules(mapping: MappingCore, rules: Rulebook) -> Rulebook:
    """The rules with a mapping's own hours, in its zone, and its holidays; the same rules where it says none."""
    return Rulebook._made(mapping.rules(rules._core)) if _said(mapping) else rules


def refuse_other_hours(mapping: MappingCore, book: CaseBook) -> None:
    """A book has its hours already: an error where the mapping has others, never a judgement by the wrong ones."""
    if not _said(mapping):
        return
    read = own_rules(mapping, book.rules)
    if read == book.rules or read.schedule() == book.clock:
        return
    raise InvalidValueError(
        f"mapping with {' and '.join(_said(mapping))} is not valid for a book with other clock hours: accepted is a mapping "
        "without them, or a book that has them, as CaseBook(clock=Schedule(zone, hours, holidays=...))"
    )


def _said(mapping: MappingCore) -> list[str]:
    """What the mapping says of hours, with its own words."""
    plain = mapping.plain()
    return [f"{name} `{plain[name]}`" for name in _HOURS if plain.get(name) is not None]
