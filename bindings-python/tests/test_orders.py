"""The norms measured on orders, as the core's own tests have them."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import klokuur
from klokuur import OrderLine, RefusedRow, order_weeks
from klokuur._order_columns import typed_columns

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


def test_pieces_that_came_back_are_counted_in_a_frame_too() -> None:
    some = replace(LINE, quantity=5, returned_at=datetime(2026, 3, 12, 9, tzinfo=AMSTERDAM), returned_quantity=2)
    lines = [some, replace(some, returned_quantity=None), LINE]
    assert of("returns", *lines) == (7, 11)
    for kind in ("pandas", "polars"):
        assert klokuur.order_weeks(klokuur.Rows(lines).to_frame(kind), now=NOW) == klokuur.order_weeks(lines, now=NOW)
    refused: list[RefusedRow] = []
    klokuur.order_weeks([replace(some, returned_quantity=6)], now=NOW, refused=refused)
    assert "accepted is at most the ordered quantity, 5" in refused[0].message


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


def random_lines(count: int) -> list[OrderLine]:
    chance = random.Random(24)
    first = datetime(2026, 3, 2, tzinfo=UTC)

    def maybe(at: datetime, share: float) -> datetime | None:
        return at + timedelta(minutes=chance.randrange(-60, 6_000)) if chance.random() < share else None

    lines = []
    for _ in range(count):
        ordered = first + timedelta(minutes=chance.randrange(0, 60_000))
        cancelled = maybe(ordered, 0.2)
        lines.append(
            OrderLine(
                ordered,
                chance.randrange(1, 4),
                (ordered + timedelta(days=chance.randrange(0, 4))).date(),
                delivered_at=maybe(ordered, 0.7),
                cancelled_at=cancelled,
                cancelled_by=chance.choice([None, "customer", "seller"]) if cancelled else None,
                tracked=chance.random() < 0.8,
                returned_at=maybe(ordered, 0.1),
                shipping_method=chance.choice(["own", "own", "vvb", "lvb"]),
                shipped_at=maybe(ordered, 0.5),
                handed_over_at=maybe(ordered, 0.5),
                cancellation_processed_at=maybe(ordered, 0.3) if cancelled else None,
                expires_on=(ordered + timedelta(days=6)).date() if chance.random() < 0.5 else None,
                track_exempt=chance.random() < 0.1,
            )
        )
    return lines


def test_columns_with_the_types_of_their_fields_say_what_the_lines_say() -> None:
    lines, now = random_lines(3_000), datetime(2026, 4, 1, tzinfo=UTC)
    rows = [line.to_dict() for line in lines]
    cases = [line.ordered_at for line in lines[::7]]
    told: list[RefusedRow] = []
    expected = order_weeks(lines, now=now, cases=cases, refused=told)
    assert len(told) > 50, "some lines cannot be"
    instants = [name for name in rows[0] if name.endswith("_at")]
    pandas = pd.DataFrame(rows)
    for name in instants:
        pandas[name] = pd.to_datetime(pandas[name], utc=True)
    polars = pl.DataFrame(rows, infer_schema_length=None)
    frames = {"pandas": pandas, "Polars": polars, "Arrow": pa.Table.from_pandas(pandas), "columns of Arrow": polars.to_arrow()}
    for name, frame in frames.items():
        assert typed_columns(frame) is not None, f"{name} goes by columns"
        found: list[RefusedRow] = []
        assert order_weeks(frame, now=now, cases=cases, refused=found) == expected, name
        assert found == told, name
    # Written as text, the same frame goes row by row and says the same.
    written = pandas.astype({"tracked": str})
    assert typed_columns(written) is None
    assert order_weeks(written, now=now, cases=cases, refused=[]) == expected
