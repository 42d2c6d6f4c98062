"""The norms that are measured on orders."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from klokuur import OrderLine, RulebookHistory, order_weeks
from shapes import shape


def instant(given: dict[str, Any], key: str) -> datetime | None:
    return datetime.fromisoformat(given[key]) if key in given else None


def line(given: dict[str, Any]) -> OrderLine:
    cancelled = given.get("cancelled", {})
    return OrderLine(
        ordered_at=datetime.fromisoformat(given["ordered_at"]),
        quantity=given["quantity"],
        promised_on=date.fromisoformat(given["promised_on"]),
        delivered_at=instant(given, "delivered_at"),
        cancelled_at=instant(cancelled, "at"),
        cancelled_by={None: None, True: "customer", False: "seller"}[cancelled.get("by_customer")],
        tracked=given["tracked"],
        returned_at=instant(given, "returned_at"),
        returned_quantity=given.get("returned_quantity"),
        shipping_method=given.get("shipping_method", "own"),
        shipped_at=instant(given, "shipped_at"),
        handed_over_at=instant(given, "handed_over_at"),
        cancellation_processed_at=instant(cancelled, "processed_at"),
        expires_on=date.fromisoformat(given["expires_on"]) if "expires_on" in given else None,
        track_exempt=given.get("track_exempt", False),
    )


def weeks(given: dict[str, Any]) -> Any:
    rules = RulebookHistory.bol()
    assert rules.newest.clock.zone == given["zone"]
    lines = [line(one) for one in given["lines"]]
    cases = [datetime.fromisoformat(at) for at in given.get("cases", [])]
    return {"numbers": shape(order_weeks(lines, rules, now=datetime.fromisoformat(given["now"]), cases=cases))}


OPS = {"order_weeks": weeks}
