"""Rows that are refused: left out and told, or the first of them raised."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any, Literal, TypeAlias, cast

from klokuur._case import RefusedRow
from klokuur._errors import InvalidValueError, KlokuurError, in_row
from klokuur._given import shown

__all__ = ["RefusedRowsWarning"]

#: What to do with refused rows.
Refused: TypeAlias = list[RefusedRow] | Literal["warn", "raise"]


class RefusedRowsWarning(UserWarning):
    """Rows were refused; the others were evaluated without them."""

    def __init__(self, message: str, refused: Sequence[RefusedRow] = ()) -> None:
        super().__init__(message)
        self.refused = tuple(refused)
        """Every refused row, with its code and message."""


def check_refused(refused: object, *, lists: bool = True) -> None:
    """Before any work: a choice that is not known must not lose rows in silence."""
    if lists and isinstance(refused, list):
        return
    accepted = '"warn", "raise" or a list' if lists else '"warn" or "raise"'
    if not isinstance(refused, str):
        raise TypeError(f"refused must be {accepted}, not {type(refused).__name__}")
    if refused not in ("warn", "raise"):
        raise InvalidValueError(f"refused `{shown(refused)}` is not valid: accepted is {accepted}")


def tell(errors: Sequence[tuple[int, Any]], refused: Refused) -> None:
    """Tells the caller's caller of the errors of rows."""
    if not errors:
        return
    if refused == "raise":
        row, error = errors[0]
        raise in_row(cast(KlokuurError, error), row)
    rows = [RefusedRow(row, error.code, str(error)) for row, error in errors]
    if isinstance(refused, list):
        refused.extend(rows)
        return
    shown = "; ".join(f"row {row.row}: {row.message}" for row in rows[:3])
    more = f"; and {len(rows) - 3} more" if len(rows) > 3 else ""
    text = f"{len(rows)} row{'s' if len(rows) > 1 else ''} refused and left out: {shown}{more}"
    warnings.warn(RefusedRowsWarning(text, rows), stacklevel=3)
