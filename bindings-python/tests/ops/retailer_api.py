"""The Retailer API's documents."""

from __future__ import annotations

import json
from typing import Any

from klokuur import (
    KpiScores,
    OrderItemCancellations,
    Orders,
    PerformanceIndicators,
    PerformanceStatus,
    RetailerDocuments,
    Returns,
    Shipments,
)
from shapes import shape


def text(given: dict[str, Any]) -> str:
    written: str = given["text"] if "text" in given else json.dumps(given["document"])
    return written


def indicators(given: dict[str, Any]) -> Any:
    document = PerformanceIndicators.from_json(text(given))
    checks = [
        {**shape(check), "differences": [difference.to_dict() for difference in check.differences]}
        for check in document.checks()
    ]
    return {"document": json.loads(document.to_json()), "checks": checks, "reported": shape(document.numbers())}


def returns(given: dict[str, Any]) -> Any:
    document = Returns.from_json(text(given))
    events = [event.to_dict() for event in document.events()]
    return {"document": json.loads(document.to_json()), "starts": shape(document.starts()), "events": shape(events)}


def orders(given: dict[str, Any]) -> Any:
    return {"document": json.loads(Orders.from_json(text(given)).to_json())}


def shipments(given: dict[str, Any]) -> Any:
    return {"document": json.loads(Shipments.from_json(text(given)).to_json())}


def kpi_scores(given: dict[str, Any]) -> Any:
    document = KpiScores.from_json(text(given))
    return {"document": json.loads(document.to_json()), "reported": shape(document.numbers())}


def status(given: dict[str, Any]) -> Any:
    document = PerformanceStatus.from_json(text(given))
    told = document.standing()
    weeks = [[str(one.week), list(one.reasons)] for one in told.weeks]
    return {"document": json.loads(document.to_json()), "standing": {**shape(told), "weeks": weeks}}


def documents(given: dict[str, Any]) -> Any:
    merged = RetailerDocuments((one["name"], text(one)) for one in given["documents"])
    told = merged.order_lines()
    lines = []
    for one in told.lines:
        line = shape(one.line)
        at = line["cancelled_at"]
        cancelled = None if at is None else {"at": at, "by_customer": line["cancelled_by"] == "customer"}
        lines.append({**shape(one), "line": {**line, "cancelled": cancelled}})
    return {
        "orders": json.loads(merged.orders.to_json()),
        "lines": lines,
        "unusable": list(told.unusable),
        "numbers": shape(merged.numbers().numbers),
        "events": len(merged.returns.events()),
    }


def cancellations(given: dict[str, Any]) -> Any:
    document = OrderItemCancellations.from_json(text(given))
    by_customer = [item.is_by_customer for item in document.order_items]
    return {"document": json.loads(document.to_json()), "by_customer": by_customer}


OPS = {
    "indicators_read": indicators,
    "returns_read": returns,
    "cancellations_read": cancellations,
    "orders_read": orders,
    "shipments_read": shipments,
    "kpi_scores_read": kpi_scores,
    "status_read": status,
    "documents_read": documents,
}
