"""The picture of a seller."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from klokuur import (
    ExportedLine,
    InvalidDocumentError,
    PerformanceStatus,
    PolicyPointsEvent,
    RulebookHistory,
    SellerPicture,
    WeekNumbers,
    picture,
)
from klokuur._orders import line_of


def read(given: dict[str, Any]) -> Any:
    data = dict(given["data"])
    rows = {name: data.pop(name) for name in ("orders", "surveys", "calls", "reported", "points") if name in data}
    known: dict[str, Any] = {}
    if "orders" in rows:
        known["orders"] = [ExportedLine(r["row"], r["order"], r["item"], line_of(r["line"])) for r in rows["orders"]]
    if "surveys" in rows:
        known["surveys"] = [(row["at"], row["scores"]["recommendation"]) for row in rows["surveys"]]
    if "calls" in rows:
        known["calls"] = [(row["at"], row["answered"]) for row in rows["calls"]]
    if "reported" in rows:
        known["reported"] = [
            WeekNumbers(row["norm"], row["week"], row["numerator"], row["denominator"]) for row in rows["reported"]
        ]
    if "points" in rows:
        known["points"] = [
            PolicyPointsEvent(date.fromisoformat(row["on"]), row["points"], row["reason"]) for row in rows["points"]
        ]
    if "status" in data:
        known["status"] = PerformanceStatus.from_json(json.dumps(data.pop("status")))
    events, name = data.pop("events"), data.pop("name", None)
    if data:
        raise InvalidDocumentError(f"unknown: {sorted(data)}")
    now = datetime.fromisoformat(given["now"])
    found = picture(events, now=now, rules=RulebookHistory.bol(), name=name, **known)
    return {"picture": found.to_dict(), "english": page(found, "english"), "dutch": page(found, "dutch")}


def page(found: SellerPicture, language: Any) -> dict[str, Any]:
    """The page with its sections by their names."""
    made = found.page(language)
    return {**made, "sections": {section["name"]: section for section in made["sections"]}}


OPS = {"picture": read}
