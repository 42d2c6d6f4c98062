"""Insights and overviews."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import klokuur
from klokuur import CaseRecord, ItemOrders, Period
from shapes import shape


def hours(number: int | None) -> timedelta | None:
    return None if number is None else timedelta(hours=number)


def cases(given: dict[str, Any]) -> list[CaseRecord]:
    made: list[CaseRecord] = []
    for row in given["cases"]:
        running = "running_hours" in row
        record = CaseRecord(
            date.fromisoformat(row["opened"]),
            row.get("subject"),
            row.get("item"),
            row.get("defect"),
            hours(row.get("running_hours") if running else row.get("handling_hours")),
            running,
            row.get("on_time"),
            **{name: row[name] for name in ("kind", "origin", "agent", "shipping_method") if name in row},
            closed=date.fromisoformat(row["closed"]) if "closed" in row else None,
        )
        made += [record] * row["count"]
    return made


def orders(given: dict[str, Any]) -> list[ItemOrders]:
    return [ItemOrders(date.fromisoformat(row["date"]), row["item"], row["orders"]) for row in given["orders"]]


def wilson(given: dict[str, Any]) -> Any:
    return shape(klokuur.share_interval(given["count"], given["of"], given["confidence"])) or {}


def handling_times(given: dict[str, Any]) -> Any:
    done, running = ([timedelta(hours=h) for h in given[key]] for key in ("done_hours", "running_hours"))
    return shape(klokuur.handling_times(done, running))


def subject_overview(given: dict[str, Any]) -> Any:
    period = Period(date.fromisoformat(given["first"]), date.fromisoformat(given["last"]))
    return shape(klokuur.subject_overview(cases(given), period, orders(given)))


def satisfaction(given: dict[str, Any]) -> Any:
    rows = [[(date.fromisoformat(row["date"]), row["score"]) for row in given[key]] for key in ("nps", "reviews")]
    return shape(klokuur.satisfaction(rows[0], rows[1], date.fromisoformat(given["last"])))


ASKED = ("by", "counted_by", "item", "defect", "kind", "origin", "agent", "shipping_method")


def overview(given: dict[str, Any]) -> Any:
    year, month = map(int, given["month"].split("-"))
    found = klokuur.overview(
        cases(given),
        Period.month(year, month),
        orders(given),
        **{name: given[name] for name in ASKED if name in given},
    )
    return shape(found)


def signals(given: dict[str, Any]) -> Any:
    return shape(klokuur.signals(cases(given), date.fromisoformat(given["last"]), orders(given)))


OPS = {
    "wilson": wilson,
    "handling_times": handling_times,
    "subject_overview": subject_overview,
    "satisfaction": satisfaction,
    "overview": overview,
    "signals": signals,
}
