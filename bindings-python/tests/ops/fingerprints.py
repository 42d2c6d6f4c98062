"""What a result was computed with."""

from __future__ import annotations

from typing import Any

import klokuur
from ops.time import schedule_of
from shapes import shape


def of(given: dict[str, Any]) -> klokuur.Fingerprints:
    rules = given.get("rules")
    return klokuur.Fingerprints.of(schedule_of(given), None if rules is None else klokuur.Rulebook.shipped(rules))


def changes(given: dict[str, Any]) -> Any:
    return {"changes": shape(of(given["then"]).changes(of(given["now"])))}


OPS = {"fingerprints": lambda given: shape(of(given)), "fingerprint_changes": changes}
