"""Order exports: the seller account's own, and what people keep in a spreadsheet."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias, cast

from klokuur import _klokuur
from klokuur._case import RefusedRow
from klokuur._cells import is_missing, numbered
from klokuur._errors import InvalidDocumentError, InvalidValueError
from klokuur._frames import FrameKind, Rows, cells_of, kind_of, named_columns
from klokuur._klokuur import OrderMappingCore
from klokuur._orders import OrderLine, line_of
from klokuur._records import Record

__all__ = ["ExportedLine", "OrderExport", "read_orders"]

#: A mapping of orders: the name of a shipped one, a TOML file, or its content as a dictionary.
OrderExportMapping: TypeAlias = str | os.PathLike[str] | Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class ExportedLine(Record):
    """A line of an order export."""

    row: int
    """The row that it was read from, from 0: what stands before the header, and the header, are rows too; of a file the line."""
    order: str
    """The order's number."""
    item: str | None
    """The product, where it is told."""
    line: OrderLine
    """The line, ready for :func:`order_weeks`."""


@dataclass(frozen=True, slots=True)
class OrderExport(Record):
    """An order export that was read."""

    lines: Rows[ExportedLine]
    """The lines, in their order."""
    refused: tuple[RefusedRow, ...]
    """The rows that could not be read, each with what is accepted."""


def read_orders(
    source: str | os.PathLike[str] | Sequence[Sequence[str]] | Any,
    mapping: OrderExportMapping = None,
) -> OrderExport:
    """Reads an order export into lines for :func:`order_weeks`: the seller account's own export, or what is kept in a spreadsheet.

    ``source`` is the path of a file (CSV or TSV in any of the encodings and separators that spreadsheets write, XLSX, JSON); all rows of one as lists of
    texts, with what stands before the header and the header; or a data frame. ``mapping`` is the name of a shipped one, a TOML file,
    or its content as a dictionary: ``lead_lines`` (how many lines stand before the header), ``encoding``, ``zone`` (of times without an offset),
    ``time_format`` and ``date_format`` (as ``strftime`` has them), ``columns`` (field to column) and ``shipping_methods`` (a way of
    shipping as it is written to ``own``, ``vvb`` or ``lvb``). The fields are ``order``, ``item``, ``ordered_at``, ``promised_on``,
    ``quantity``, ``delivered_at``, ``cancelled``, ``cancelled_at``, ``cancelled_by``, ``tracked`` (yes or no, or a code),
    ``track_exempt``, ``returned_at``, ``returned_quantity``, ``shipping_method``, ``shipped_at``, ``handed_over_at``, ``expires_on``;
    the first four but ``item`` are needed. Yes and no are read in English and Dutch, whole numbers with a point or a comma.

    >>> import klokuur
    >>> rows = [
    ...     ["Bestellingen", "", "", ""],
    ...     ["Bestelnummer", "Besteldatum", "Leverdatum", "Aantal"],
    ...     ["A-1", "29-Aug-2018 11:08", "30-Aug-2018", "2,0"],
    ... ]
    >>> columns = {
    ...     "order": "Bestelnummer", "ordered_at": "Besteldatum", "promised_on": "Leverdatum", "quantity": "Aantal"
    ... }
    >>> mapping = {
    ...     "lead_lines": 1, "zone": "Europe/Amsterdam", "time_format": "%d-%b-%Y %H:%M", "date_format": "%d-%b-%Y",
    ...     "columns": columns,
    ... }
    >>> [(found.order, found.line.quantity) for found in klokuur.read_orders(rows, mapping).lines]
    [('A-1', 2)]

    What an export does not say has a default of ours: the seller cancelled, as of the order where no time is told.

    Raises InvalidDocumentError for a file that cannot be read, a mapping that is none, and an export without a needed column; and
    with the ``row`` of the first when no line can be read.
    """
    read = order_mapping_of(mapping)
    broken: list[tuple[int, str]] = []
    if isinstance(source, (str, os.PathLike)):
        found, refused, broken = _klokuur.read_orders_file(os.fspath(source), read)
    else:
        rows, unread = _rows(source, read)
        found, refused = _klokuur.read_orders(rows, read)
        refused = [*unread, *refused]
    lines = (ExportedLine(one["row"], one["order"], one.get("item"), line_of(one["line"])) for one in found)
    told = [*((row, InvalidDocumentError(why)) for row, why in broken), *refused]
    not_read = (RefusedRow(row, error.code, str(error)) for row, error in sorted(told, key=lambda one: one[0]))
    return OrderExport(Rows(lines), tuple(not_read))


def order_mapping_of(given: OrderExportMapping) -> OrderMappingCore:
    """A mapping of orders by its name, from a file or a dictionary, or none."""
    if given is None or isinstance(given, Mapping):
        return OrderMappingCore.from_dict(dict(given or {}))
    return OrderMappingCore.named(os.fspath(given))


def _rows(source: Any, mapping: OrderMappingCore) -> tuple[list[list[str]], list[tuple[int, Any]]]:
    """The rows as texts, and those that cannot be: they are blank among the others, so that each keeps its number."""
    if kind_of(source) is None:
        if not isinstance(source, Sequence) or not all(isinstance(row, Sequence) for row in source):
            name = type(source).__name__
            raise TypeError(f"an order export must be a path, rows of texts or a data frame, not {name}")
        given: list[Sequence[Any]] = list(source)
    else:
        kind = cast(FrameKind, kind_of(source))
        columns = named_columns(source, kind)
        # Above a frame's header there is nothing, whatever stands above it in a file.
        above: list[Sequence[Any]] = [[] for _ in range(mapping.lead_lines)]
        given = [*above, [name for name, _ in columns], *zip(*(cells_of(column, kind) for _, column in columns), strict=True)]
    rows: list[list[str]] = []
    refused: list[tuple[int, Any]] = []
    for place, row in enumerate(given):
        try:
            rows.append([_text(cell) for cell in row])
        except InvalidValueError as error:
            rows.append([""] * len(row))
            refused.append((place, error))
    return rows, refused


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int | float | date):
        return "" if is_missing(cell) else str(numbered(cell))
    if is_missing(cell):
        return ""
    raise TypeError(f"a cell of an order export must be a text, a number, a date or a time, not {type(cell).__name__}")
