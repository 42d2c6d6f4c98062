"""Performance standards and their ladders."""

from __future__ import annotations

from datetime import date
from typing import Any

import klokuur
from klokuur import Rulebook, RulebookHistory, StandardFigure, StandardItem
from ops.rulebooks import changed
from shapes import shape


def judged(given: dict[str, Any]) -> Any:
    rules: Any = given["rules"]
    if isinstance(rules, list):
        rules = RulebookHistory([Rulebook.shipped(name) for name in rules])
    elif isinstance(rules, dict):
        rules = Rulebook(changed(rules))
    elif rules == "bol":
        rules = Rulebook.bol()
    items = [StandardItem(**{**one, "on": date.fromisoformat(one["on"])}) for one in given.get("items", [])]
    figures = [StandardFigure(**{**one, "until": date.fromisoformat(one["until"])}) for one in given.get("figures", [])]
    report = klokuur.judge_standards(items, rules, on=date.fromisoformat(given["on"]), figures=figures)
    found = shape(report)
    for one in found["standards"]:
        one["from"] = one.pop("from_")
    return {
        **found,
        "standards": {one["standard"]: one for one in found["standards"]},
        "ladders": {one["ladder"]: one for one in found["ladders"]},
    }


OPS = {"standards_judge": judged}
