"""The sample seller: an invented log to try things on."""

from __future__ import annotations

import csv
import gzip
from datetime import datetime
from pathlib import Path
from typing import Any

from klokuur._frames import FrameKind, frame_of

__all__ = ["sample", "sample_now"]

HERE = Path(__file__).parent / "_sample_data"


def sample(kind: FrameKind = "pandas") -> Any:
    """The event log of an invented seller, as a data frame that :func:`evaluate` takes; nobody in it exists.

    >>> import klokuur
    >>> log = klokuur.sample("numpy")
    >>> len(log["case"]) > 1000, str(log["event"][0])
    (True, 'opened')
    """
    with gzip.open(HERE / "cases.csv.gz", "rt", encoding="utf-8", newline="") as file:
        names, *rows = list(csv.reader(file))
    columns = {name: [row[place] or None for row in rows] for place, name in enumerate(names)}
    return frame_of(columns, kind)


def sample_now() -> datetime:
    """The Monday morning that the sample seller looks at: 9 November 2026, 08:00 in Amsterdam.

    >>> import klokuur
    >>> klokuur.sample_now().isoformat()
    '2026-11-09T08:00:00+01:00'
    """
    from zoneinfo import ZoneInfo

    return datetime(2026, 11, 9, 8, tzinfo=ZoneInfo("Europe/Amsterdam"))
