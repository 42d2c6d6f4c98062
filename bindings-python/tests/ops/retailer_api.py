"""The Retailer API's documents."""

from __future__ import annotations

import json
from typing import Any

from klokuur import OrderItemCancellations, PerformanceIndicators, Returns
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
    return {"document": json.loads(document.to_json()), "starts": shape(document.starts())}


def cancellations(given: dict[str, Any]) -> Any:
    document = OrderItemCancellations.from_json(text(given))
    by_customer = [item.is_by_customer for item in document.order_items]
    return {"document": json.loads(document.to_json()), "by_customer": by_customer}


OPS = {"indicators_read": indicators, "returns_read": returns, "cancellations_read": cancellations}
