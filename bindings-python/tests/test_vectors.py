"""The shared vectors: the same calls give the same answers and errors as in Rust, Kotlin and Swift."""

from __future__ import annotations

import json
import math
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import klokuur
from ops import NOT_IN_PYTHON, all_operations

FOLDER = Path(__file__).parents[2] / "tests" / "vectors"
FILES = [json.loads(path.read_text()) for path in sorted(FOLDER.glob("*.json"))]
OPERATIONS = all_operations()
CASES = [
    pytest.param(case, id=f"{file['area']}: {case['name']}")
    for file in FILES
    for case in file["cases"]
    if case["op"] not in NOT_IN_PYTHON
]
UNITS = {
    "hours": 3_600_000_000_000,
    "minutes": 60_000_000_000,
    "seconds": 1_000_000_000,
    "microseconds": 1_000,
    "nanoseconds": 1,
}


def test_every_op_is_handled_or_left_out_with_a_reason() -> None:
    used = {case["op"] for file in FILES for case in file["cases"]}
    unknown = used - OPERATIONS.keys() - NOT_IN_PYTHON.keys()
    assert not unknown, f"neither in tests/ops nor in NOT_IN_PYTHON: {sorted(unknown)}"
    assert not OPERATIONS.keys() & NOT_IN_PYTHON.keys()
    assert all(why.startswith("because ") for why in NOT_IN_PYTHON.values())


@pytest.mark.parametrize("case", CASES)
def test_vector(case: dict[str, Any]) -> None:
    if "error" in case:
        with pytest.raises(klokuur.KlokuurError) as refused:
            OPERATIONS[case["op"]](case["given"])
        assert refused.value.code == case["error"]["code"]
        if "message" in case["error"]:
            assert str(refused.value) == case["error"]["message"]
        return
    compare(case["expect"], OPERATIONS[case["op"]](case["given"]), "expect")


def compare(expected: Any, found: Any, path: str) -> None:
    """Every key that `expected` has; instants by time and offset, durations in any unit, floats to 9 digits."""
    if isinstance(expected, dict) and isinstance(found, dict):
        expected, found = in_nanoseconds(expected), in_nanoseconds(found)
        for key, value in expected.items():
            compare(value, found.get(key), f"{path}.{key}")
    elif isinstance(expected, list) and isinstance(found, list):
        assert len(expected) == len(found), path
        for i, (one, other) in enumerate(zip(expected, found, strict=True)):
            compare(one, other, f"{path}[{i}]")
    elif isinstance(expected, str) and isinstance(found, str) and expected != found:
        one, other = instant_of(expected), instant_of(found)
        assert one is not None and one == other, f"{path}: expected {expected}, found {found}"
        assert expected.endswith("Z") or one[0].utcoffset() == other[0].utcoffset(), f"{path}: {expected}, {found}"
    elif isinstance(expected, bool) or isinstance(found, bool):
        assert expected is found, path
    elif isinstance(expected, float) or isinstance(found, float):
        assert math.isclose(expected, found, rel_tol=1e-9, abs_tol=1e-9), f"{path}: expected {expected}, found {found}"
    else:
        assert expected == found, path


def instant_of(text: str) -> tuple[datetime, str] | None:
    """The instant to the microsecond, and the digits that Python's datetime leaves out."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    fraction = text.partition(".")[2]
    digits = fraction[: len(fraction) - len(fraction.lstrip("0123456789"))]
    return at, digits[6:].rstrip("0")


def in_nanoseconds(given: dict[str, Any]) -> dict[str, Any]:
    durations = [key for key in given if key in UNITS]
    if len(durations) != 1 or not isinstance(given[durations[0]], int):
        return given
    rest = {key: value for key, value in given.items() if key not in UNITS}
    return rest | {"nanoseconds": given[durations[0]] * UNITS[durations[0]]}
