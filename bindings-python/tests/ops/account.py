"""Beside the strikes of an account: policy points, what the marketplace reports, and what is told when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import klokuur
from klokuur import IsoWeek, Ledger, NormWatch, PolicyPoints, PolicyPointsEvent, StandingAsReported, StandingWatches
from klokuur import StrikeAsReported
from ops.norms import numbers, rules_of
from ops.strikes import ledger, week
from shapes import shape


def policy_points(given: dict[str, Any]) -> Any:
    events = [PolicyPointsEvent(date.fromisoformat(one["on"]), one["points"], one["reason"]) for one in given["events"]]
    return shape(PolicyPoints(events, rules_of(given["rulebook"])).on(date.fromisoformat(given["on"])))


def compare(given: dict[str, Any]) -> Any:
    told = given["reported"]
    strikes = tuple(StrikeAsReported(IsoWeek(one["week"]), tuple(one["reasons"])) for one in told["strikes"])
    reported = StandingAsReported(date.fromisoformat(told["on"]), told["count"], strikes)
    return shape(klokuur.compare_standing(ledger(given), reported))


def loop(watch: Any, now: datetime, until: Callable[[Any, datetime], None]) -> datetime:
    while (wake := watch.next_wake_up(now)) is not None:
        until(watch.advance(wake), wake)
        now = wake
    return now


def account_told(given: dict[str, Any]) -> Any:
    """A loop over the wake-ups of two accounts, in one of which nothing ever happens; `then` are other weeks at the end of it."""
    now, own = datetime.fromisoformat(given["now"]), ledger(given)
    watches = StandingWatches()
    watches.insert("shop", own, now)
    watches.insert("quiet", Ledger([], rules=rules_of(given["rulebook"])), now)
    wakes: list[Any] = []
    told: list[Any] = []

    def keep(found: Any, wake: datetime) -> None:
        wakes.append(shape(wake))
        for one in found:
            own = {"account": one.account, "retracted": one.retracted, "english": one.english, "dutch": one.dutch}
            told.append({**shape(one.entry), **own})

    now = loop(watches, now, keep)
    if "then" in given:
        watches.replace("shop", own.with_weeks([week(one) for one in given["then"]]))
        loop(watches, now, keep)
    return {"wakes": wakes, "told": told}


def norms_told(given: dict[str, Any]) -> Any:
    """The same of the norms of weeks, whose numbers become those of `then`."""
    now, rules = datetime.fromisoformat(given["now"]), rules_of(given["rulebook"])

    def judged(rows: list[dict[str, Any]]) -> Any:
        return klokuur.judge([numbers(row) for row in rows], now, rules)

    watch = NormWatch(judged(given["numbers"]), now)
    watch.replace(judged(given["then"]))
    wakes: list[Any] = []
    told: list[Any] = []

    def keep(found: Any, wake: datetime) -> None:
        wakes.append(shape(wake))
        told.extend(shape(one) for one in found)

    loop(watch, now, keep)
    return {"wakes": wakes, "told": told}


OPS = {
    "policy_points": policy_points,
    "ledger_compare": compare,
    "account_told": account_told,
    "norms_told": norms_told,
}
