"""What one cell of a column says, whichever library it comes from: nothing, a truth, a whole number."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Any

import numpy as np

from klokuur import _klokuur
from klokuur._errors import InvalidValueError, in_row
from klokuur._given import shown

__all__: list[str] = []

#: From 2^53 on a float is no longer one whole number.
_EXACT = 2.0**53


def is_missing(item: Any) -> bool:
    """Whether there is nothing: None, NaN, NaT or pandas' NA."""
    if item is None or type(item).__name__ == "NAType":
        return True
    # NaN and NaT do not equal themselves. An array among objects compares by its parts, and is something.
    differs = item != item
    return isinstance(differs, (bool, np.bool_)) and bool(differs)


def truth_of(item: Any, what: str) -> bool:
    """A truth, also as a file writes it; never what Python makes of any text."""
    if isinstance(item, (bool, np.bool_)):
        return bool(item)
    if isinstance(item, str):
        found = _klokuur.yes_or_no(item)
        if found is not None:
            return found
    elif isinstance(item, (int, float, np.integer, np.floating)) and item in (0, 1):
        return bool(item)
    raise InvalidValueError(f"{what} `{shown(item)}` is not valid: accepted is {_klokuur.yes_or_no_accepted()}")


def local_date(item: Any, zone: tzinfo | None = None) -> Any:
    """A frame may have no other way to say a date than the midnight that begins it; a time with a zone is on its local date,
    in ``zone`` where one is given.
    """
    if not isinstance(item, datetime):
        return item
    return (item if zone is None or item.tzinfo is None else item.astimezone(zone)).date()


def whole(item: Any) -> Any:
    """A float without a fraction as the whole number that it was before a missing value made its column one of floats."""
    return int(item) if isinstance(item, (float, np.floating)) and float(item).is_integer() else item


def numbered(item: Any) -> Any:
    """The same for what is called by its number, as a case is: a float that may have been another number is refused."""
    if isinstance(item, (float, np.floating)) and _EXACT <= abs(float(item)) < np.inf:
        raise InvalidValueError(
            f"number `{shown(float(item))}` is not valid: accepted is one below 9007199254740992 (2^53), or a text: "
            "a column of floats no longer tells larger ones apart"
        )
    return whole(item)


def all_numbered(cells: Iterable[Any]) -> list[Any]:
    """Those of a column, None for what is missing; the row of what is refused is named."""
    found: list[Any] = []
    for row, item in enumerate(cells):
        try:
            found.append(None if is_missing(item) else numbered(item))
        except InvalidValueError as error:
            raise in_row(error, row) from None
    return found
