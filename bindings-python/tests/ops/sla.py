"""Service-level clocks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pandas

from klokuur import Amount, MetricStatus, Schedule, Sla
from shapes import exact, shape


def sla(given: dict[str, Any]) -> Sla:
    def schedule(text: str) -> Schedule:
        return Schedule(given["zone"], text, holidays=given.get("holidays"))

    made = Sla(given["policy"], schedule(given["schedule"]))
    for switch in given.get("switches", []):
        made = made.switched(datetime.fromisoformat(switch["at"]), schedule(switch["schedule"]))
    return made


def evaluate(given: dict[str, Any]) -> Any:
    # pandas has the nanosecond that a datetime has not.
    now = pandas.Timestamp(given["now"]).tz_convert(given["zone"])
    found = sla(given)
    clocks, told = found.evaluate(given["events"], now), found._core.evaluate(given["events"], now)
    return {"clocks": [one(clock, raw) for clock, raw in zip(clocks, told, strict=True)]}


def one(clock: MetricStatus, raw: Any) -> Any:
    amounts = {name: exact(raw[name]) for name in ("elapsed", "remaining", "late")}
    why = clock.why and clock.why.to_span_sentence()
    return {**shape(clock), **amounts, "warnings": shape(clock.thresholds), "why": why}


def next_event(given: dict[str, Any]) -> Any:
    # A breach begins a nanosecond after the deadline: pandas shows it.
    found = sla(given).next_event(given["events"], pandas.Timestamp(given["now"]))
    if found is None:
        return {"at": None}
    changes = [{**shape(change), "from": change.before, "to": change.after} for change in found.changes]
    for change, told in zip(changes, found.changes, strict=True):
        change["warnings"] = [{kind: written(value)} for kind, value in told.warnings]
    return {"at": found.at.isoformat(), "changes": changes}


def written(warning: Amount | int) -> Any:
    if isinstance(warning, int):
        return warning
    return {warning.basis: f"PT{warning.amount // timedelta(hours=1)}H"}


OPS = {"sla_evaluate": evaluate, "sla_next_event": next_event}
