"""The pandas accessor: ``df["due"] = df["asked"].klokuur.due(schedule, hours=24)``.

It is a convenience: each method is the schedule's own ``*_many`` on the Series. ``import klokuur.pandas`` registers it; so
does ``import klokuur`` after pandas was imported.

>>> import pandas as pd
>>> import klokuur.pandas
>>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00")
>>> asked = pd.Series(pd.to_datetime(["2026-03-13T15:00"])).dt.tz_localize("Europe/Amsterdam")
>>> asked.klokuur.due(clock, hours=24)[0]
Timestamp('2026-03-16 15:00:00+0100', tz='Europe/Amsterdam')
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from klokuur._klokuur import Schedule

__all__ = ["KlokuurAccessor"]


class KlokuurAccessor:
    """Business time of a pandas Series of instants with a zone."""

    def __init__(self, column: pd.Series) -> None:
        self._column = column

    def due(
        self,
        schedule: Schedule,
        amount: timedelta | str | pd.Series | None = None,
        *,
        hours: float | None = None,
        minutes: float | None = None,
        seconds: float | None = None,
        threads: int = 1,
    ) -> pd.Series:
        """When an amount of open time from each instant is used up: ``schedule.add_many``."""
        return schedule.add_many(
            self._column, amount, hours=hours, minutes=minutes, seconds=seconds, threads=threads
        )

    def until(
        self, schedule: Schedule, end: pd.Series | datetime, *, threads: int = 1
    ) -> pd.Series:
        """The open time from each instant to another: ``schedule.between_many``."""
        answer: pd.Series = schedule.between_many(self._column, end, threads=threads)
        return answer

    def within(
        self,
        schedule: Schedule,
        end: pd.Series | datetime,
        amount: timedelta | None = None,
        *,
        hours: float | None = None,
        minutes: float | None = None,
        seconds: float | None = None,
        threads: int = 1,
    ) -> pd.Series:
        """Whether another instant is within an amount of open time: ``schedule.within_many``."""
        answer: pd.Series = schedule.within_many(
            self._column, end, amount, hours=hours, minutes=minutes, seconds=seconds, threads=threads
        )
        return answer

    def is_open(self, schedule: Schedule, *, threads: int = 1) -> pd.Series:
        """Whether it is open at each instant: ``schedule.is_open_many``."""
        answer: pd.Series = schedule.is_open_many(self._column, threads=threads)
        return answer

    def next_open(self, schedule: Schedule, *, threads: int = 1) -> pd.Series:
        """The first open instant from each on: ``schedule.next_open_many``."""
        return schedule.next_open_many(self._column, threads=threads)


pd.api.extensions.register_series_accessor("klokuur")(KlokuurAccessor)
