"""Net Promoter Score."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta
from typing import Any

import klokuur
from klokuur import Nps


def counts(tally: Nps) -> dict[str, Any]:
    return {"promoters": tally.promoters, "passives": tally.passives, "detractors": tally.detractors}


def counted(given: dict[str, Any]) -> Nps:
    return Nps(given["promoters"], given["passives"], given["detractors"])


def from_scores(given: dict[str, Any]) -> Any:
    tally = klokuur.nps(given["scores"])
    if not tally:
        return counts(tally)
    return counts(tally) | {
        "numerator": tally.promoters - tally.detractors,
        "denominator": tally.count,
        "display": tally.format(),
    }


def interval(given: dict[str, Any]) -> Any:
    tally = counted(given)
    answer: dict[str, Any] = {"standard_error": tally.standard_error}
    for method in ("wald", "adjusted_wald", "score"):
        found = tally.interval(given["confidence"], method)
        answer[method] = found and {"low": found.low, "high": found.high}
    return answer


def compare(given: dict[str, Any]) -> Any:
    found = counted(given["one"]).compare(counted(given["other"]), given["confidence"])
    return found and found.to_dict()


def weighted(given: dict[str, Any]) -> Any:
    found = klokuur.nps_weighted(given["scores"], given["weights"], confidence=given["confidence"])
    return {
        "points": found.score,
        "effective_answers": found.effective_count,
        "standard_error": found.standard_error,
        "low": found.interval and found.interval.low,
        "high": found.interval and found.interval.high,
    }


def required(given: dict[str, Any]) -> Any:
    return {"answers": klokuur.nps_required_answers(**given)}


def trend(given: dict[str, Any]) -> Any:
    found = klokuur.nps_trend([counted(period) for period in given["periods"]])
    return found.to_dict() if found else {}


def instants(given: dict[str, Any]) -> list[datetime]:
    return [datetime.fromisoformat(at) for at in given["at"]]


def in_period(given: dict[str, Any]) -> Any:
    if "month" in given:
        year, month = map(int, given["month"].split("-"))
        first, last = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    elif "week" in given:
        year, week = given["week"].split("-W")
        first = date.fromisocalendar(int(year), int(week), 1)
        last = first + timedelta(days=6)
    else:
        last = date.fromisoformat(given["last"])
        first = (
            last - timedelta(days=given["trailing_days"] - 1)
            if "trailing_days" in given
            else date.fromisoformat(given["first"])
        )
    return counts(klokuur.nps_in(instants(given), given["scores"], given["zone"], first, last))


def periods(rows: list[dict[str, Any]], name: str) -> Any:
    return {"periods": [{**row, "first": row[name].isoformat()} for row in rows]}


def by_week(given: dict[str, Any]) -> Any:
    return periods(klokuur.nps_by_week(instants(given), given["scores"], given["zone"]), "week")


def by_month(given: dict[str, Any]) -> Any:
    return periods(klokuur.nps_by_month(instants(given), given["scores"], given["zone"]), "month")


OPS = {
    "nps_from_scores": from_scores,
    "nps_interval": interval,
    "nps_compare": compare,
    "nps_weighted": weighted,
    "nps_required_answers": required,
    "nps_trend": trend,
    "nps_in": in_period,
    "nps_by_week": by_week,
    "nps_by_month": by_month,
    "nps_by_name": lambda given: {"groups": klokuur.nps_by(given["scores"], given["keys"])},
    "nps_areas": lambda given: {"groups": klokuur.nps_by(given["scores"], given["areas"])},
}
