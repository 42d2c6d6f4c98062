"""Rulebooks."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from klokuur import Rulebook, RulebookHistory
from shapes import shape


def shipped(given: dict[str, Any]) -> Any:
    return Rulebook.shipped(given["name"]).to_dict()


def round_trip(given: dict[str, Any]) -> Any:
    rules = Rulebook.shipped(given["name"])
    same = Rulebook.from_toml(rules.to_toml()) == Rulebook.from_json(rules.to_json()) == Rulebook(rules.to_dict()) == rules
    return {"same": same}


def for_week(given: dict[str, Any]) -> Any:
    assert given["history"] == "bol"
    return {"name": RulebookHistory.bol().for_week(given["week"]).name}


def due(given: dict[str, Any]) -> Any:
    rules = Rulebook.shipped(given["name"])
    if "country" in given:
        rules = rules.for_country(given["country"])
    asked = datetime.fromisoformat(given["asked"]).astimezone(ZoneInfo(rules.clock.zone))
    answer = rules.schedule().add(asked, hours=rules.case.first_response_hours)
    return {"due": shape(answer)}


def changed(given: dict[str, Any]) -> Any:
    document: Any = Rulebook.shipped(given["base"]).to_dict()
    for path, value in given.get("set", {}).items():
        place, last = _place(document, path)
        place[last] = value
    for path in given.get("remove", []):
        place, last = _place(document, path)
        del place[last]
    return Rulebook(document).to_dict()


def _place(document: Any, path: str) -> tuple[Any, Any]:
    steps: list[Any] = [int(step) if step.isdigit() else step for step in path.replace("[", ".").replace("]", "").split(".")]
    for step in steps[:-1]:
        document = document[step]
    return document, steps[-1]


def from_toml(given: dict[str, Any]) -> Any:
    return Rulebook.from_toml(given["text"]).to_dict()


def history(given: dict[str, Any]) -> Any:
    found = RulebookHistory([Rulebook.shipped(name) for name in given["names"]])
    return {"names": [rules.name for rules in found.rulebooks]}


OPS = {
    "rulebook_shipped": shipped,
    "rulebook_round_trip": round_trip,
    "rulebook_for_week": for_week,
    "rulebook_due": due,
    "rulebook_read": changed,
    "rulebook_from_toml": from_toml,
    "rulebook_history": history,
}
