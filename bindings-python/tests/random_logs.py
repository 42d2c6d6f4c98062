"""Random logs, made alike in every language, and one digest of all outcomes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

HEADER = ("case", "at", "event", "origin", "kind", "subject", "automatic", "until", "by", "result")
KINDS = (
    *["seller_message"] * 3,
    *["customer_message"] * 2,
    "follow_up",
    "forwarded",
    "handed_over",
    "returned",
    *["closed"] * 2,
    "reopened",
    "described",
    "handled",
)
SUBJECTS = ("size", "colour", "delivery")
FIRST = datetime(2026, 3, 2, tzinfo=UTC)
NOW = FIRST + timedelta(days=30)
_BITS = (1 << 64) - 1


class Random:
    """SplitMix64."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def bits(self) -> int:
        self.state = (self.state + 0x9E3779B97F4A7C15) & _BITS
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _BITS
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _BITS
        return z ^ (z >> 31)


def _written(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def rows_of(log: int, seed: int) -> list[dict[str, str]]:
    """The rows of one log: its openings on the first two days, then anything, some of it impossible."""
    random = Random(seed + log)
    cases = 1 + random.bits() % 3
    count = cases + random.bits() % 10
    return [_row(log, place, cases, random) for place in range(count)]


def _row(log: int, place: int, cases: int, random: Random) -> dict[str, str]:
    who, minutes, what, a, b = (random.bits() for _ in range(5))
    opens = place < cases
    at = FIRST + timedelta(minutes=minutes % 2880 if opens else 1440 + minutes % 38880)
    event = "opened" if opens else KINDS[what % 14]
    a, b = a % 12, b % 12
    row = dict.fromkeys(HEADER, "")
    row.update(case=f"{log:04}-{place if opens else who % cases}", at=_written(at), event=event)
    if event == "opened":
        row.update(origin="" if a else "marketplace", kind=("return", "cancellation", "")[min(b, 2)])
    if event in ("opened", "described"):
        row["subject"] = SUBJECTS[a % 3]
    if event == "seller_message" and a < 3:
        row["automatic"] = "yes"
    if event == "follow_up" and a > 1:
        row["until"] = _written(at + timedelta(hours=6 * (b + 1)))
    if event == "closed" and a == 0:
        row["by"] = "marketplace"
    if event == "handled":
        row["result"] = "repaired"
    return row


def all_rows(seed: int, logs: int) -> list[dict[str, str]]:
    return [row for log in range(logs) for row in rows_of(log, seed)]


def columns(rows: list[dict[str, str]]) -> dict[str, list[str]]:
    return {name: [row[name] for row in rows] for name in HEADER}


def events(rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    """The rows as records."""
    return [{name: name == "automatic" or cell for name, cell in row.items() if cell} for row in rows]


def digest(cases: Iterable[tuple[Any, ...]]) -> str:
    """FNV-1a of a line a case: case, verdict, four times, follow-ups, subject."""
    lines = []
    for case, verdict, *times, follow_ups, subject in cases:
        seconds = " ".join("-" if at is None else str(int(at.timestamp())) for at in times)
        lines.append(f"{case} {verdict} {seconds} {follow_ups} {subject or '-'}\n")
    found = 0xCBF29CE484222325
    for byte in "".join(sorted(lines)).encode():
        found = ((found ^ byte) * 0x100000001B3) & _BITS
    return f"{found:016x}"


FIELDS = ("case", "verdict", "opened", "due", "answered", "closed", "follow_ups", "subject")


def of_records(outcomes: Iterable[Any]) -> str:
    return digest(tuple(getattr(outcome, name) for name in FIELDS) for outcome in outcomes)


def of_frame(table: Any) -> str:
    """Of an Arrow table."""
    return digest(zip(*(table.column(name).to_pylist() for name in FIELDS), strict=True))
