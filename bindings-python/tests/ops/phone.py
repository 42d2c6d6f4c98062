"""Phone availability."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from klokuur import PhoneHours
from shapes import shape


def weeks(given: dict[str, Any]) -> Any:
    calls = [(datetime.fromisoformat(call["at"]), call["answered"]) for call in given["calls"]]
    return {"weeks": shape(PhoneHours(reachable=given.get("reachable")).weeks(calls))}


def hours(given: dict[str, Any]) -> Any:
    found = PhoneHours(reachable=given.get("reachable"))
    instants = [datetime.fromisoformat(at) for at in given["at"]]
    return {
        "counts": [found.counts(at) for at in instants],
        "reachable": [found.is_reachable(at) for at in instants],
    }


OPS = {"phone_weeks": weeks, "phone_hours": hours}
