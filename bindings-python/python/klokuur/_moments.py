"""Instants as they are given: datetimes, or texts with an offset."""

from __future__ import annotations

from datetime import datetime, tzinfo

__all__: list[str] = []


def zone_of(at: datetime | str) -> tzinfo | None:
    """The zone that answers about an instant come in."""
    return datetime.fromisoformat(at).tzinfo if isinstance(at, str) else at.tzinfo
