"""Logs in rows, read with a mapping."""

from __future__ import annotations

from typing import Any

from klokuur import read_log
from shapes import shape


def read(given: dict[str, Any]) -> Any:
    header, rows = given["header"], given["rows"]
    columns = {name: [row[i] for row in rows] for i, name in enumerate(header)}
    found = shape(read_log(columns, given.get("mapping")))
    found["events"] = [{"row": event["row"], **event["event"]} for event in found["events"]]
    for event in found["events"]:
        event["scores"] = None if event["scores"] is None else dict(event["scores"])
    return found


OPS = {"read_log": read}
