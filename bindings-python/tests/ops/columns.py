"""Whole columns: every kind must give what the others give."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import klokuur
from kinds import KINDS, Kind, of_numpy
from ops.time import amount, schedule_of

Rows = list[datetime | None]


def instants(texts: list[str | None]) -> Rows:
    return [None if text is None else datetime.fromisoformat(text) for text in texts]


def in_every_kind(ask: Callable[[Kind], Any], *columns: Rows) -> list[Any]:
    """The answer that all kinds agree on; units that cannot hold these instants are left out."""
    answers: dict[str, Any] = {}
    refusals: dict[str, klokuur.KlokuurError] = {}
    for kind in KINDS:
        if "ns" in kind.name and any(row and not 1700 < row.year < 2200 for column in columns for row in column):
            continue
        try:
            answers[kind.name] = kind.rows(ask(kind))
        except klokuur.KlokuurError as refusal:
            refusals[kind.name] = refusal
    if refusals:
        assert not answers, f"{list(answers)} answer, {list(refusals)} refuse"
        assert len({str(refusal) for refusal in refusals.values()}) == 1, refusals
        raise next(iter(refusals.values()))
    booleans = any(isinstance(value, bool) for value in answers["list"])
    for kind in KINDS:
        if kind.name in answers:
            nulled = [False if booleans and value is None and kind.null_is_false else value for value in answers["list"]]
            assert answers[kind.name] == nulled, f"{kind}: {answers[kind.name]}, list: {answers['list']}"
    return list(answers["list"])


def between(given: dict[str, Any]) -> Any:
    schedule = schedule_of(given)
    start, end = instants(given["from"]), instants(given["to"])
    found = in_every_kind(lambda kind: schedule.between_many(kind.make(start), kind.make(end)), start, end)
    return {"microseconds": found}


def within(given: dict[str, Any]) -> Any:
    schedule, budget = schedule_of(given), amount(given)
    start, end = instants(given["from"]), instants(given["to"])
    in_every_kind(lambda kind: schedule.within_many(kind.make(start), kind.make(end), budget), start, end)
    # A null is false where booleans have none; the other kinds keep it.
    make = of_numpy("us")
    return {"within": schedule.within_many(make(start), make(end), budget).tolist()}


def shown(ticks: list[int | None], zone: str) -> list[str | None]:
    epoch = datetime(1970, 1, 1, tzinfo=ZoneInfo("UTC"))
    at = [None if tick is None else epoch + timedelta(microseconds=tick) for tick in ticks]
    return [one and one.astimezone(ZoneInfo(zone)).isoformat() for one in at]


def move(name: str, given: dict[str, Any]) -> Any:
    schedule = schedule_of(given)
    at, budget = instants(given["at"]), amount(given)
    found = in_every_kind(lambda kind: getattr(schedule, name)(kind.make(at), budget), at)
    return {"at": shown(found, schedule.zone)}


def is_open(given: dict[str, Any]) -> Any:
    schedule, at = schedule_of(given), instants(given["at"])
    in_every_kind(lambda kind: schedule.is_open_many(kind.make(at)), at)
    # A null is false where booleans have none; the other kinds keep it.
    return {"open": schedule.is_open_many(of_numpy("us")(at)).tolist()}


def next_open(given: dict[str, Any]) -> Any:
    schedule, at = schedule_of(given), instants(given["at"])
    return {"at": shown(in_every_kind(lambda kind: schedule.next_open_many(kind.make(at)), at), schedule.zone)}


OPS = {
    "between_many": between,
    "within_many": within,
    "add_many": lambda given: move("add_many", given),
    "sub_many": lambda given: move("sub_many", given),
    "is_open_many": is_open,
    "next_open_many": next_open,
}
