"""Logs in rows, read with a mapping."""

from __future__ import annotations

from typing import Any

from klokuur import read_log, read_orders
from shapes import shape


def read(given: dict[str, Any]) -> Any:
    header, rows = given["header"], given["rows"]
    columns = {name: [row[i] for row in rows] for i, name in enumerate(header)}
    found = shape(read_log(columns, given.get("mapping")))
    found["events"] = [{"row": event["row"], **event["event"]} for event in found["events"]]
    for event in found["events"]:
        event["scores"] = None if event["scores"] is None else dict(event["scores"])
    return found


def orders(given: dict[str, Any]) -> Any:
    found = shape(read_orders(given["rows"], given["mapping"]))
    for one in found["lines"]:
        line = one.pop("line")
        at, by, processed = (line.pop(name) for name in ("cancelled_at", "cancelled_by", "cancellation_processed_at"))
        cancelled = None if at is None else {"at": at, "by_customer": by == "customer", "processed_at": processed}
        one.update(line, cancelled=cancelled)
    return found


OPS = {"read_log": read, "read_orders": orders}
