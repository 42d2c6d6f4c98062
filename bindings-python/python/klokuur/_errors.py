"""The errors of klokuur: one base class, one subclass for each stable code."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

__all__ = [
    "Fault",
    "ImpossibleTransitionError",
    "InvalidDocumentError",
    "InvalidRulebookError",
    "InvalidValueError",
    "KlokuurError",
    "LengthMismatchError",
    "NeverOpenError",
    "NoOpenTimeLeftError",
    "OutOfRangeError",
    "ScheduleSyntaxError",
    "UnknownNameError",
]


class Fault(NamedTuple):
    """One fault of a document, with the path of the value at fault."""

    path: str
    """The path of the value, as ``norms[2].threshold``."""
    problem: str
    """What is wrong and what is accepted."""


class KlokuurError(ValueError):
    """Everything that klokuur refuses, with what was wrong and what is accepted.

    ``code`` is stable and the same in every language, and so is the message.

    >>> import klokuur
    >>> try:
    ...     klokuur.HolidayCalendar("XX")
    ... except klokuur.KlokuurError as error:
    ...     print(error.code, "|", error)  # doctest: +ELLIPSIS
    unknown_name | unknown country `XX`: accepted is NL, BE, ...
    """

    code: ClassVar[str] = "klokuur"
    """The stable name of the kind of error."""
    row: int | None = None
    """The row of a column that is at fault, from 0; None when it is no column."""


class OutOfRangeError(KlokuurError):
    """A number, date or instant lies outside what is supported."""

    code: ClassVar[str] = "out_of_range"


class InvalidValueError(KlokuurError):
    """A value has no valid meaning, a datetime without a zone among them."""

    code: ClassVar[str] = "invalid_value"


class UnknownNameError(KlokuurError):
    """A name (of a zone, country, rulebook, …) that is not known."""

    code: ClassVar[str] = "unknown_name"


class ScheduleSyntaxError(KlokuurError):
    """A schedule text has a mistake at a position."""

    code: ClassVar[str] = "schedule_syntax"
    position: int = 0
    """The first character that is not accepted, counted from 1."""


class NeverOpenError(KlokuurError):
    """The schedule has no open time at all."""

    code: ClassVar[str] = "never_open"


class NoOpenTimeLeftError(KlokuurError):
    """The schedule has no open time left in the asked direction within the supported years."""

    code: ClassVar[str] = "no_open_time_left"


class LengthMismatchError(KlokuurError):
    """Two columns that belong together have different lengths."""

    code: ClassVar[str] = "length_mismatch"


class ImpossibleTransitionError(KlokuurError):
    """An event that its case cannot take. Nothing was changed."""

    code: ClassVar[str] = "impossible_transition"


class InvalidDocumentError(KlokuurError):
    """A document (a log row, a Retailer API answer, …) that cannot be read."""

    code: ClassVar[str] = "invalid_document"


class InvalidRulebookError(KlokuurError):
    """A rulebook with faults: all of them."""

    code: ClassVar[str] = "invalid_rulebook"
    faults: tuple[Fault, ...] = ()
    """Every fault, each with its path."""


for _name in __all__:
    # Tracebacks and pickles name what users import.
    globals()[_name].__module__ = "klokuur"


def in_row(error: KlokuurError, row: int) -> KlokuurError:
    """The same error, as one of a column's row."""
    placed = type(error)(f"row {row}: {error}")
    placed.__dict__.update(error.__dict__)
    placed.row = row
    return placed
