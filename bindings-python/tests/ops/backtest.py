"""The same log under two sets of rules."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from klokuur import Rulebook, RulebookHistory, Scenario, Schedule, WeekNumbers, backtest
from shapes import shape


def side(given: dict[str, Any]) -> Rulebook | Scenario:
    """bol's rules in a country, and a clock of their own where hours are given."""
    rules = RulebookHistory.bol().as_rulebook().for_country(given["country"])
    if "hours" not in given:
        return rules
    return Scenario(rules, Schedule(rules.clock.zone, given["hours"], holidays=given["country"]))


def changes(given: dict[str, Any]) -> Any:
    elsewhere = [
        WeekNumbers(row["norm"], row["week"], row["numerator"], row["denominator"]) for row in given.get("elsewhere", [])
    ]
    now = datetime.fromisoformat(given["now"])
    return shape(backtest(given["events"], side(given["before"]), side(given["after"]), now=now, elsewhere=elsewhere))


OPS = {"backtest": changes}
