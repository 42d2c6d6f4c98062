"""What callers give, checked where it comes in: what is wrong is said in our own words, and in few."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import Any, TypeVar

from klokuur._errors import InvalidDocumentError, InvalidValueError

__all__: list[str] = []

#: A message shows no more of what was given.
_LONGEST = 80
T = TypeVar("T")


def shown(given: object) -> str:
    """What was given, as a message names it: a text or a number in short, of anything else its type."""
    if isinstance(given, str):
        text = given.encode("utf-8", "backslashreplace").decode()
    elif given is None or type(given) in (bool, float) or (type(given) is int and given.bit_length() <= 256):
        text = str(given)
    else:
        return type_of(given)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def type_of(given: object) -> str:
    """The name of its type, or its own where it is a type."""
    return given.__name__ if isinstance(given, type) else type(given).__name__


def instance_of(given: Any, kind: type[T], what: str) -> T:
    """What was given, when it is of the kind that is needed."""
    if not isinstance(given, kind):
        article = "an" if kind.__name__[0] in "AEIOU" else "a"
        raise TypeError(f"{what} must be {article} {kind.__name__}, not {type_of(given)}")
    return given


def choice(given: object, names: Sequence[str], what: str, accepted: str) -> str:
    """One of the names that are accepted; nothing that merely equals one, as an array may."""
    if isinstance(given, str) and given in names:
        return given
    raise InvalidValueError(f"{what} `{shown(given)}` is not valid: accepted is {accepted}")


def items_of(given: Any, kind: type[T], what: str) -> list[T]:
    """The records that were given, when all of them are of the kind that is needed."""
    return [instance_of(item, kind, f"each of the {what}") for item in given]


def needs_columns(there: Container[str], needed: Iterable[str], table: str, accepted: str) -> None:
    """Refuses a table that lacks a column, by the first that is missing."""
    for name in needed:
        if name not in there:
            raise InvalidDocumentError(f"{table} is not valid at {name}: missing, accepted are {accepted}")
