"""Answers in the shape of the shared vectors."""

from __future__ import annotations

import dataclasses
import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from klokuur import Amount


def exact(amount: dict[str, str] | None) -> dict[str, Any] | None:
    """An amount as the core writes it, to the nanosecond; a timedelta has microseconds."""
    if amount is None:
        return None
    [(basis, text)] = amount.items()
    parts = dict.fromkeys("HMS", Decimal(0)) | {unit: Decimal(n) for n, unit in re.findall(r"([\d.]+)([HMS])", text)}
    seconds = parts["H"] * 3600 + parts["M"] * 60 + parts["S"]
    return {"basis": basis, "nanoseconds": int(seconds * 10**9)}


def shape(value: Any) -> Any:
    """Records as dictionaries, dates and instants as texts, amounts under the name of their unit."""
    if isinstance(value, Amount):
        return {"basis": value.basis, **shape(value.amount)}
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return {"microseconds": value // timedelta(microseconds=1)}
    if isinstance(value, Fraction):
        return str(value) if value.denominator == 1 else str(float(value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        kind = getattr(value, "_kind", None)
        fields = {field.name: shape(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return fields if kind is None else {value._tag: kind, **fields}  # type: ignore[attr-defined]
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [shape(item) for item in value]
    return value
