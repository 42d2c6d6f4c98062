"""The norms measured on orders, as the core's own tests have them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

import klokuur

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 3, 20, 8, tzinfo=UTC)
#: Ordered on Monday of 2026-W11, promised for Tuesday, delivered in the last second of that.
LINE = klokuur.OrderLine(
    datetime(2026, 3, 9, 12, tzinfo=AMSTERDAM),
    1,
    date(2026, 3, 10),
    datetime(2026, 3, 10, 23, 59, 59, tzinfo=AMSTERDAM),
    tracked=True,
)


def of(norm: str, *lines: klokuur.OrderLine, now: datetime = NOW) -> tuple[int, int] | None:
    found = [numbers for numbers in klokuur.order_weeks(lines, now=now) if numbers.norm == norm]
    return (found[0].numerator, found[0].denominator) if found else None


def test_on_time_until_the_end_of_the_promised_local_date() -> None:
    late = replace(LINE, delivered_at=datetime(2026, 3, 11, tzinfo=AMSTERDAM))
    assert of("fulfilment", LINE, late) == (1, 2)
    # In another zone the same parcel is late.
    rules = klokuur.Rulebook.bol().with_values({"clock.zone": "Asia/Tokyo"})
    assert klokuur.order_weeks([LINE], rules, now=NOW)[0].numerator == 0


def test_a_customers_cancellation_counts_only_after_the_promised_date() -> None:
    cancelled = replace(LINE, delivered_at=None, cancelled_at=datetime(2026, 3, 10, 23, 59, tzinfo=AMSTERDAM))
    assert of("cancellations", replace(cancelled, cancelled_by="customer")) == (0, 1)
    assert of("cancellations", replace(cancelled, cancelled_by="seller")) == (1, 1)
    assert of("cancellations", cancelled) == (1, 1)
    assert of("fulfilment", cancelled) is None


def test_cases_and_returns_have_weeks_of_their_own() -> None:
    line = replace(LINE, quantity=4, returned_at=datetime(2026, 3, 16, 9, tzinfo=AMSTERDAM))
    opened = datetime(2026, 3, 15, 23, 59, tzinfo=AMSTERDAM)
    found = klokuur.order_weeks([line, replace(LINE, ordered_at=opened, delivered_at=None)], now=NOW, cases=[opened])
    assert ("case_item_ratio", "2026-W11", 1, 5) in [(n.norm, n.week, n.numerator, n.denominator) for n in found]


def test_a_frame_of_lines_gives_the_same() -> None:
    lines = [LINE, replace(LINE, quantity=3, delivered_at=None, cancelled_at=NOW, cancelled_by="customer")]
    frame = klokuur.Rows(lines).to_frame("pandas")
    assert isinstance(frame, pd.DataFrame)
    assert klokuur.order_weeks(frame, now=NOW) == klokuur.order_weeks(lines, now=NOW)
    assert klokuur.order_weeks(klokuur.Rows(lines).to_frame("polars"), now=NOW) == klokuur.order_weeks(lines, now=NOW)


def test_what_cannot_be_is_refused_with_its_row() -> None:
    lines = [LINE, replace(LINE, quantity=0), replace(LINE, delivered_at=datetime(2026, 3, 8, tzinfo=UTC))]
    with pytest.raises(klokuur.OutOfRangeError, match="row 1: quantity 0 is out of range") as error:
        klokuur.order_weeks(lines, now=NOW)
    assert error.value.row == 1
    refused: list[klokuur.RefusedRow] = []
    assert klokuur.order_weeks(lines, now=NOW, refused=refused) == klokuur.order_weeks([LINE], now=NOW)
    assert [(one.row, one.code) for one in refused] == [(1, "out_of_range"), (2, "out_of_range")]
    assert of("fulfilment") is None
