"""Performance standards from frames, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import klokuur
from klokuur import StandardFigure, StandardItem

ON = date(2026, 3, 31)
ITEMS = [
    StandardItem("late_shipment_rate", date(2026, 3, 2), 300),
    StandardItem("late_shipment_rate", date(2026, 3, 25), 100, 5, "ann"),
]
COLUMNS: dict[str, list[Any]] = {
    "measure": ["late_shipment_rate"] * 2,
    "on": [date(2026, 3, 2), date(2026, 3, 25)],
    "units": [300, 100],
    "bad": [None, 5],
    "buyer": [None, "ann"],
}


@pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame, pa.table])
def test_a_frame_of_items_gives_the_same(frame: Any) -> None:
    found = klokuur.judge_standards(frame(COLUMNS), "amazon", on=ON)
    assert found == klokuur.judge_standards(ITEMS, "amazon", on=ON)
    assert found.standard("late_shipment_rate_10_days").reached == "deactivation"


def test_an_instant_is_on_its_date_in_the_marketplaces_zone() -> None:
    # 23:30 in UTC of the 30th is the 31st in Amsterdam, which is not over.
    frame = pd.DataFrame({"measure": ["late_shipment_rate"], "on": [datetime(2026, 3, 30, 23, 30, tzinfo=UTC)]})
    assert klokuur.judge_standards(frame, "amazon", on=ON).standard("late_shipment_rate_10_days").why == "no_data"


def test_rulebooks_show_their_standards() -> None:
    rules = klokuur.Rulebook.shipped("kaufland")
    [fee, higher] = next(rule for rule in rules.standards if rule.name == "cancellation_rate").limits
    assert (fee.fee, higher.threshold) == (klokuur.StandardFee(Fraction(1, 20), "the total price of the cancelled units"), Fraction(3, 100))
    assert [limit.threshold for rule in rules.standards for limit in rule.limits if rule.name == "ticket_rate"] == [None]
    assert [step.after_days for step in rules.ladders[1].steps] == [0, "not known", "not known"]
    assert klokuur.Rulebook.bol().standards == ()


def test_exact_values_in_and_out() -> None:
    hours = [StandardItem("acceptance_time", date(2026, 3, day), value=value) for day, value in ((1, Fraction(52, 3)), (2, "50/3"))]
    assert klokuur.judge_standards(hours, "conrad", on=ON).standard("acceptance_time").value == 17


def test_what_is_refused() -> None:
    with pytest.raises(klokuur.UnknownNameError, match="standards"):
        klokuur.judge_standards(ITEMS, on=ON)
    with pytest.raises(klokuur.InvalidDocumentError, match="measure"):
        klokuur.judge_standards(pd.DataFrame({"on": [ON]}), "amazon", on=ON)
    with pytest.raises(klokuur.InvalidValueError, match="row 0: units `1.5`"):
        klokuur.judge_standards(pd.DataFrame({**{k: v[:1] for k, v in COLUMNS.items()}, "units": [1.5]}), "amazon", on=ON)
    with pytest.raises(klokuur.InvalidValueError, match="0 or more"):
        klokuur.judge_standards((), "amazon", on=ON, figures=[StandardFigure("order_defect_rate_60_days", ON, -1, 10)])
    with pytest.raises(TypeError, match="StandardItem"):
        klokuur.judge_standards(["late"], "amazon", on=ON)  # type: ignore[list-item]
    report = klokuur.judge_standards(ITEMS, "amazon", on=ON)
    with pytest.raises(klokuur.UnknownNameError, match="accepted is response_time_7_days"):
        report.standard("late")
