"""The order lines of a frame whose columns have the types of their fields: they go to the core as columns, not row by row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from klokuur._cells import is_missing
from klokuur._frames import cells_of, columns_of_frame, kind_of
from klokuur._log_columns import instants_of, is_local

#: The fields in the order in which the core takes them.
_INSTANTS = (
    "ordered_at", "delivered_at", "cancelled_at", "cancellation_processed_at", "returned_at", "shipped_at", "handed_over_at",
)  # fmt: skip
_PARTIES = (None, "customer", "seller")
_METHODS = (None, "own", "vvb", "lvb")
_LARGEST = 2**32 - 1


def typed_columns(lines: Any) -> tuple[list[Any], list[int], list[Any], list[Any], list[Any]] | None:
    """The columns of a frame: instants, quantities, dates, yes and no, and names. None for what is no frame, and for a frame with a
    cell that has to be read or refused by itself: row by row is for that.
    """
    kind = kind_of(lines)
    if kind is None:
        return None
    columns = columns_of_frame(lines, kind)
    # Few have one: those are read row by row.
    returned = columns.get("returned_quantity")
    if returned is not None and not all(map(is_missing, cells_of(returned, kind))):
        return None

    def cells(name: str, fits: Callable[[Any], bool], is_needed: bool = False) -> list[Any] | None:
        """The cells of a column; none of them where the field is absent, None where one does not fit."""
        if name not in columns:
            return None if is_needed else []
        found = [None if is_missing(cell) else cell for cell in cells_of(columns[name], kind)]
        return found if all(map(fits, found)) else None

    instants = [_instants(columns.get(name)) for name in _INSTANTS]
    if instants[0] is None or any(found == () for found in instants):
        return None
    quantity = cells("quantity", lambda cell: type(cell) is int and 0 < cell <= _LARGEST, True)
    promised_on = cells("promised_on", lambda cell: type(cell) is date, True)
    expires_on = cells("expires_on", lambda cell: cell is None or type(cell) is date)
    truths = [cells(name, lambda cell: cell is None or type(cell) is bool) for name in ("tracked", "track_exempt")]
    cancelled_by = cells("cancelled_by", _PARTIES.__contains__)
    method = cells("shipping_method", _METHODS.__contains__)
    if not quantity or not promised_on or expires_on is None or None in truths or cancelled_by is None or method is None:
        return None
    ordinals = [[None if on is None else on.toordinal() for on in column] for column in (promised_on, expires_on)]
    return instants, quantity, ordinals, truths, [cancelled_by, method]


def _instants(column: Any) -> Any:
    """Ticks with their unit; None where there is no column, () for one that has to be read cell by cell."""
    if column is None:
        return None
    if isinstance(column, (list, tuple)) or str(getattr(column, "dtype", "")) == "object" or is_local(column):
        return ()
    found = instants_of(column)
    return found if isinstance(found, tuple) else ()
