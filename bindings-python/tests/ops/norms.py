"""Service norms."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import klokuur
from klokuur import Rulebook, RulebookHistory, WeekNumbers
from shapes import shape

#: Long after every week of the vectors.
LATER = datetime(2027, 1, 1, tzinfo=ZoneInfo("UTC"))


def rules_of(name: str) -> Rulebook | RulebookHistory:
    """The rules that a vector names; ``bol`` is its history."""
    return RulebookHistory.bol() if name == "bol" else Rulebook.shipped(name)


def numbers(given: dict[str, Any]) -> WeekNumbers:
    deadline = given.get("last_deadline")
    return WeekNumbers(
        given["norm"],
        given.get("week", "2026-W11"),
        given["numerator"],
        given["denominator"],
        None if deadline is None else datetime.fromisoformat(deadline),
        given.get("measured_by", "here"),
        norm_value=given.get("norm_value"),
        excused=given.get("excused", False),
    )


def week(given: dict[str, Any]) -> Any:
    rules = rules_of(given["rulebook"])
    result = klokuur.judge(numbers(given), datetime.fromisoformat(given["now"]), rules)
    zone = ZoneInfo("Europe/Amsterdam")
    return {**shape(result), "value": result.value, "final_from": shape(result.final_from.astimezone(zone))}


def forecast(given: dict[str, Any]) -> Any:
    result = klokuur.judge(numbers(given), LATER, rules_of(given["rulebook"]))
    return shape(result.forecast(given.get("planned_total")))


def response_weeks(given: dict[str, Any]) -> Any:
    def column(name: str) -> list[datetime | None]:
        return [datetime.fromisoformat(row[name]) if row.get(name) else None for row in given["rows"]]

    weeks = klokuur.response_weeks(
        column("asked"), column("due"), column("answered"), given["zone"], datetime.fromisoformat(given["now"])
    )
    def deadline(week: klokuur.ResponseWeek) -> Any:
        return week.last_deadline and shape(week.last_deadline.astimezone(UTC))

    return {"weeks": [{**shape(week), "last_deadline": deadline(week)} for week in weeks]}


def review_period(given: dict[str, Any]) -> Any:
    reviews = [(date.fromisoformat(day), grade) for day, grade in given["reviews"]]
    return shape(
        klokuur.review_period(reviews, date.fromisoformat(given["until"]), rules_of(given["rulebook"]))
    )


def join(given: dict[str, Any]) -> Any:
    here, elsewhere = ([numbers(row) for row in given[side]] for side in ("here", "elsewhere"))
    return {"numbers": shape(klokuur.join_weeks(here, elsewhere, rules_of(given["rulebook"])))}


def nps_week(given: dict[str, Any]) -> Any:
    return shape(WeekNumbers.nps(given["week"], given["promoters"], given["passives"], given["detractors"]))


OPS = {
    "norm_nps": nps_week,
    "norm_week": week,
    "norm_forecast": forecast,
    "norm_response_weeks": response_weeks,
    "norm_review_period": review_period,
    "norm_join": join,
}
