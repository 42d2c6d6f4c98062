"""Documents of the Retailer API from a folder of dumps."""

from __future__ import annotations

import json
import pickle
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import klokuur


def order(**changed: Any) -> dict[str, Any]:
    item = {
        "orderItemId": "1",
        "quantity": 2,
        "fulfilment": {"method": "FBR", "distributionParty": "BOL", "latestDeliveryDate": "2026-03-10"},
        "latestChangedDateTime": "2026-03-09T12:00:00+01:00",
    }
    return {"orderId": "A", "orderPlacedDateTime": "2026-03-09T12:00:00+01:00", "orderItems": [{**item, **changed}]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shipment = {
        "shipmentId": "S",
        "shipmentDateTime": "2026-03-09T18:00:00+01:00",
        "shipmentItems": [{"orderItemId": "1", "quantity": 2}],
        "transport": {
            "trackAndTrace": "3S",
            "transportEvents": [{"eventCode": "AT_TRANSPORTER", "eventDateTime": "2026-03-10T20:00:00+01:00"}],
        },
    }
    later = order(quantityShipped=2, latestChangedDateTime="2026-03-09T18:00:00+01:00")
    for name, document in {
        "2026-03-09/orders.json": {"orders": [order()]},
        "2026-03-10/orders.json": {"orders": [later]},
        "2026-03-10/shipments.json": [{"shipments": [shipment]}, {}],
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(document), encoding="utf-8")
    return tmp_path


def test_a_folder_of_dumps_is_one_picture(folder: Path) -> None:
    documents = klokuur.RetailerDocuments.from_folder(folder)
    told = documents.order_lines()
    [line] = told.lines
    assert (line.order, line.line.quantity, line.line.promised_on) == ("A", 2, date(2026, 3, 10))
    assert line.line.shipping_method == "vvb"
    assert line.line.handed_over_at == datetime(2026, 3, 10, 19, tzinfo=UTC)
    weeks = klokuur.order_weeks([line.line], now=datetime(2026, 3, 20, tzinfo=UTC))
    assert {week.norm: week.numerator for week in weeks}["cancellations"] == 0
    again = pickle.loads(pickle.dumps(documents))
    assert again.order_lines() == told
    assert again.orders == documents.orders
    assert documents.orders.items[0].quantity_shipped == 2
    assert documents.status is None


def test_a_fault_names_its_file(folder: Path) -> None:
    (folder / "2026-03-11.json").write_text('{"title": "Unauthorized", "status": 401}', encoding="utf-8")
    with pytest.raises(klokuur.InvalidDocumentError, match=r"at 2026-03-11\.json, the top: found an error document"):
        klokuur.RetailerDocuments.from_folder(folder)
