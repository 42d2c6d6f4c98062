"""Frames as they are given: columns of one name, Series of other rows, numbers as names, empty ones, instants for dates."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import klokuur

NOW = datetime(2026, 3, 25, tzinfo=UTC)
ASKED = "2026-03-09T15:00:00+01:00"
ROW = ["K-1", ASKED, "opened", "K-2"]
TWICE = ["case", "at", "event", "case"]
LINES = {"order": ["A"], "ordered_at": ["2026-03-09T12:00:00+01:00"], "promised_on": ["2026-03-10"], "quantity": ["1"]}


def frames(names: list[str], row: list[Any]) -> list[Any]:
    """A frame of one row in every library that lets two columns have one name."""
    return [pd.DataFrame([row], columns=names), pa.table([pa.array([cell]) for cell in row], names=names)]


def test_a_column_that_is_there_twice_is_refused_as_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(f"{','.join(TWICE)}\n{','.join(ROW)}\n")
    said = "event log is not valid at case: it is there more than once: accepted is one"
    for log in (path, *frames(TWICE, ROW)):
        doors: list[Any] = [
            lambda log: klokuur.evaluate(log, now=NOW),
            klokuur.read_log,
            lambda log: klokuur.CaseBook().load(log),
            lambda log: klokuur.report(log, now=NOW),
        ]
        for door in doors:
            with pytest.raises(klokuur.InvalidDocumentError) as refused:
                door(log)
            assert str(refused.value).endswith(said)
    # What is not looked at may be there as often as it likes.
    for log in frames(["case", "at", "event", "note", "note"], [*ROW[:3], "a", "b"]):
        assert len(klokuur.read_log(log).events) == 1


def test_tables_of_other_things_refuse_it_too() -> None:
    line = [datetime(2026, 3, 9, 12, tzinfo=UTC), 1, date(2026, 3, 10), date(2026, 3, 12)]
    said = "promised_on: it is there more than once: accepted is one"
    for frame in frames(["ordered_at", "quantity", "promised_on", "promised_on"], line):
        with pytest.raises(klokuur.InvalidDocumentError, match=said):
            klokuur.order_weeks(frame, now=NOW)
    for frame in frames([*LINES, "order"], [*(cells[0] for cells in LINES.values()), "B"]):
        with pytest.raises(klokuur.InvalidDocumentError, match="at order"):
            klokuur.read_orders(frame)
    cases = {"case": ["K-1"], "at": [ASKED], "event": ["opened"]}
    for calls in frames(["at", "answered", "at"], [ASKED, "yes", ASKED]):
        with pytest.raises(klokuur.InvalidDocumentError, match="calls is not valid at at: it is there more than once"):
            klokuur.report({"cases": cases, "calls": calls}, now=NOW)


def test_series_belong_together_by_their_index() -> None:
    at = pd.Series([ASKED, "2026-03-09T16:00:00+01:00"])
    said = "index of the column `event` is not valid: accepted is that of `case`; bring them together first"
    event = pd.Series(["seller_message", "opened"], index=[1, 0])
    log = {"case": pd.Series(["K", "K"]), "at": at, "event": event}
    doors: list[Any] = [
        lambda: klokuur.evaluate(log, now=NOW),
        lambda: klokuur.read_log(log),
        lambda: klokuur.CaseBook().load(log),
        lambda: klokuur.picture(log, now=NOW),
        lambda: klokuur.report({"cases": log}, now=NOW),
    ]
    for door in doors:
        with pytest.raises(klokuur.InvalidValueError, match=said):
            door()
    assert list(klokuur.evaluate(pd.DataFrame(log), now=NOW)["verdict"]) == ["met"]
    # A list has no index, and goes by its place.
    assert list(klokuur.evaluate({**log, "event": ["opened", "seller_message"]}, now=NOW)["verdict"]) == ["met"]
    calls = {"at": at, "answered": pd.Series(["yes", "no"], index=[1, 0])}
    cases = {"case": ["K"], "at": [ASKED], "event": ["opened"]}
    with pytest.raises(klokuur.InvalidValueError, match="index of the column `answered`"):
        klokuur.report({"cases": cases, "calls": calls}, now=NOW)
    lines = {"ordered_at": pd.to_datetime(at, utc=True), "quantity": pd.Series([1, 2], index=[1, 0]), "promised_on": ["2026-03-10"] * 2}
    with pytest.raises(klokuur.InvalidValueError, match="index of the column `quantity`"):
        klokuur.order_weeks(lines, now=NOW)


def test_an_instant_for_a_date_is_the_local_date_everywhere() -> None:
    """The midnight in Amsterdam that begins 10 March, in UTC the evening before."""
    instant = datetime(2026, 3, 9, 23, tzinfo=UTC)
    cases = {"case": ["K"], "at": [ASKED], "event": ["opened"]}
    line = {**LINES, "ordered_at": [datetime(2026, 3, 9, 11, tzinfo=UTC)], "quantity": [1]}
    delivered = {"delivered_at": [datetime(2026, 3, 10, 11, tzinfo=UTC)]}
    pages = set()
    for promised in (["2026-03-10"], [instant], pd.Series([instant]), pl.Series([instant]), pa.array([instant]), np.array(["2026-03-09T23:00"], "M8[s]")):
        table = {**line, **delivered, "promised_on": promised}
        found = klokuur.report({"cases": cases, "orders": table}, now=NOW).picture.to_dict()
        pages.add(json.dumps(found["weeks"]))
        if not isinstance(promised, list):
            weeks = klokuur.order_weeks({**table, "quantity": [1]}, now=NOW)
            assert [(n.numerator, n.denominator) for n in weeks if n.norm == "fulfilment"] == [(1, 1)]
    assert len(pages) == 1
    local = pl.DataFrame({**line, **delivered, "promised_on": pl.Series([datetime(2026, 3, 10)])})
    found = klokuur.report({"cases": cases, "orders": local}, now=NOW, mapping={"zone": "Europe/Amsterdam"})
    assert found.skipped == () and json.dumps(found.picture.to_dict()["weeks"]) in pages


def test_the_pieces_of_a_frame_are_of_their_local_date() -> None:
    opened = date(2026, 3, 11)
    cases = [klokuur.CaseRecord(opened, item="lamp", subject="size", closed=opened, kind="question", origin="customer")]
    period = klokuur.Period(date(2026, 3, 10), date(2026, 4, 9))
    found = []
    for day in (date(2026, 3, 10), datetime(2026, 3, 9, 23, tzinfo=UTC)):
        orders = pd.DataFrame({"date": [day], "item": ["lamp"], "orders": [100]})
        seen = klokuur.overview(cases, period, orders, by="item"), klokuur.subject_overview(cases, period, orders)
        found.append((*seen, klokuur.signals(cases, date(2026, 3, 12), orders)))
    assert found[0] == found[1]
    assert found[0][0] != klokuur.overview(cases, period, orders.assign(date=date(2026, 3, 9)), by="item")


def test_numbers_that_are_floats_are_written_as_they_are_called() -> None:
    """A missing cell makes a column of whole numbers one of floats."""
    lines = {
        "order": [1001.0, None],
        "ordered_at": [LINES["ordered_at"][0]] * 2,
        "promised_on": ["2026-03-10"] * 2,
        "quantity": [2.0, None],
        "item": [8712345678901.0, None],
    }
    for frame in (lines, pd.DataFrame(lines), pl.DataFrame(lines), pa.table(lines)):
        read = klokuur.read_orders(frame)
        assert [(one.order, one.item, one.line.quantity) for one in read.lines] == [("1001", "8712345678901", 2)]
    rows = [list(lines), [1001.0, *(cells[0] for cells in list(lines.values())[1:])]]
    assert [(one.order, one.item) for one in klokuur.read_orders(rows).lines] == [("1001", "8712345678901")]


LARGE = 12345678901234567


@pytest.mark.parametrize("made", [list, np.array, pd.Series, pl.Series, pa.array])
def test_floats_too_large_to_tell_apart_are_no_numbers_of_cases(made: Any) -> None:
    log = {"case": made([1.0, float(LARGE)]), "at": [ASKED] * 2, "event": ["opened"] * 2}
    doors: list[Any] = [
        lambda: klokuur.evaluate(log, now=NOW),
        lambda: klokuur.read_log(log),
        lambda: klokuur.CaseBook().load(log),
        lambda: klokuur.report({"cases": log}, now=NOW),
    ]
    for door in doors:
        with pytest.raises(klokuur.InvalidValueError, match="row 1: number `1.2345678901234568e\\+16` is not valid") as refused:
            door()
        assert refused.value.row == 1
    whole = {**log, "case": made([1, LARGE])}
    assert [one.event.case for one in klokuur.read_log(whole).events] == ["1", str(LARGE)]
    largest = {**log, "case": made([1.0, 2.0**53 - 1])}
    assert [one.event.case for one in klokuur.read_log(largest).events] == ["1", str(2**53 - 1)]
    orders = {**{name: cells * 2 for name, cells in LINES.items()}, "order": made([1.0, float(LARGE)])}
    read = klokuur.read_orders(orders)
    assert [one.order for one in read.lines] == ["1"] and [one.row for one in read.refused] == [2]
    cases = {"case": ["K"], "at": [ASKED], "event": ["opened"]}
    with pytest.raises(klokuur.InvalidValueError, match="row 1: number"):
        klokuur.report({"cases": cases, "orders": orders}, now=NOW)


def test_a_frame_without_rows_has_its_columns() -> None:
    nothing: dict[str, list[str]] = {name: [] for name in LINES}
    for frame in (nothing, pd.DataFrame(nothing), pl.DataFrame(nothing), pa.table(nothing), [list(LINES)]):
        read = klokuur.read_orders(frame)
        assert (read.lines, read.refused) == ((), ())
    with pytest.raises(klokuur.InvalidDocumentError, match="there are order, quantity"):
        klokuur.read_orders(pd.DataFrame({"order": [], "quantity": []}))


def test_a_folder_is_read_in_every_encoding_of_json(tmp_path: Path) -> None:
    item = {"orderItemId": "1", "quantity": 2}

    def document(order: str) -> str:
        return json.dumps({"orders": [{"orderId": order, "orderItems": [item], "note": "Renée"}]}, ensure_ascii=False)

    for place, encoding in enumerate(("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")):
        (tmp_path / f"{place}.json").write_bytes(document(f"E{place}").encode(encoding))
    (tmp_path / "6.JSON").write_text(document("E6"), encoding="utf-8")
    (tmp_path / "7.json.gz").write_bytes(gzip.compress(document("E7").encode("utf-16")))
    (tmp_path / "8.Json.GZ").write_bytes(gzip.compress(document("E8").encode("utf-8")))
    (tmp_path / "9.txt").write_text("no document")
    documents = klokuur.RetailerDocuments.from_folder(tmp_path)
    assert repr(documents) == "<RetailerDocuments, 9 documents>"
    assert {one.order_id for one in documents.orders.items} == {f"E{place}" for place in range(9)}


@pytest.mark.parametrize("content", [b'{"a": "\xe9"}', gzip.compress(b"{}")[:-9], b"\x1f\x8b\x08nothing", b"\xff\xfe{"])
def test_a_file_that_cannot_be_read_is_named(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "monday").mkdir()
    (tmp_path / "monday" / "orders.json").write_bytes(content)
    with pytest.raises(klokuur.InvalidDocumentError, match="Retailer API document is not valid at monday/orders.json: ") as refused:
        klokuur.RetailerDocuments.from_folder(tmp_path)
    assert "accepted is JSON in UTF-8, UTF-16 or UTF-32" in str(refused.value)
