"""Strikes and standing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from klokuur import JudgedWeek, Ledger, PlanAccepted, Reopened, StandingEvent, StrikeRevoked, WeekExcused
from klokuur import IsoWeek
from ops.norms import rules_of
from shapes import shape


def week(given: dict[str, Any]) -> JudgedWeek:
    made = JudgedWeek.bad(given["week"], *given.get("missed", []))
    if "final_on" in given:
        made = replace(made, final_on=date.fromisoformat(given["final_on"]))
    if given.get("provisional"):
        made = made.provisional()
    return replace(made, orders_to_date=given.get("orders_to_date"))


def event(given: dict[str, Any]) -> StandingEvent:
    on = date.fromisoformat(given["on"])
    match given["event"]:
        case "week_excused":
            return WeekExcused(IsoWeek(given["week"]), on, given.get("norm"))
        case "strike_revoked":
            return StrikeRevoked(IsoWeek(given["week"]), on)
        case "plan_accepted":
            return PlanAccepted(on)
        case _:
            return Reopened(on)


def ledger(given: dict[str, Any]) -> Ledger:
    events = [event(one) for one in given.get("events", [])]
    return Ledger([week(one) for one in given["weeks"]], events, rules_of(given["rulebook"]))


def standing(given: dict[str, Any]) -> Any:
    return shape(ledger(given).standing(date.fromisoformat(given["on"])))


def sentences(given: dict[str, Any]) -> Any:
    report = ledger(given).standing(date.fromisoformat(given["on"]))
    return {
        "english": report.english,
        "dutch": report.dutch,
        "strikes_english": [strike.english for strike in report.strikes],
        "strikes_dutch": [strike.dutch for strike in report.strikes],
    }


def improvement(given: dict[str, Any]) -> Any:
    return shape(ledger(given).earliest_improvement(date.fromisoformat(given["on"]))) or {}


def history(given: dict[str, Any]) -> Any:
    entries = shape(ledger(given).history())
    return {"entries": [{**entry, "from": entry["before"], "to": entry["after"]} for entry in entries]}


def what_if(given: dict[str, Any]) -> Any:
    return {"steps": shape(ledger(given).what_if(given["bad"]))}


def bad_weeks_until(given: dict[str, Any]) -> Any:
    found = ledger(given)
    return {"offline": found.bad_weeks_until("offline"), "closed": found.bad_weeks_until("closed")}


def given_back(given: dict[str, Any]) -> Any:
    found = ledger(given)
    return {"weeks": shape(found.weeks), "events": shape(found.events)}


OPS = {
    "ledger_given": given_back,
    "ledger_standing": standing,
    "ledger_sentences": sentences,
    "ledger_improvement": improvement,
    "ledger_history": history,
    "ledger_what_if": what_if,
    "ledger_bad_weeks_until": bad_weeks_until,
}
