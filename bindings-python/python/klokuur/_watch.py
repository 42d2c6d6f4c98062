"""What becomes of accounts and of norms, told once, each with a timer of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from klokuur import _klokuur
from klokuur._frames import Rows
from klokuur._given import instance_of
from klokuur._norm import WeekResult, week_results
from klokuur._records import Record, Shown
from klokuur._standing import Ledger, LedgerEntry
from klokuur._week import IsoWeek

__all__ = ["NormTold", "NormWatch", "StandingTold", "StandingWatch", "StandingWatches"]

NormHappening = Literal["missed", "repaired", "became_final"]
"""Something that became so with a norm in a week."""


@dataclass(frozen=True, slots=True)
class StandingTold(Record):
    """Something that became so in an account, told once."""

    entry: LedgerEntry
    """What changed, and from which date on."""
    retracted: bool
    """Whether it was told before and has turned out not to be so."""
    english: str
    """It in one sentence: the text of a notification."""
    dutch: str
    """The same in Dutch."""
    account: str | None = None
    """The account, among many."""


def _told(one: Mapping[str, Any]) -> StandingTold:
    own = ("retracted", "account", "english", "dutch")
    entry = LedgerEntry._of({"strikes": None, **{name: value for name, value in one.items() if name not in own}})
    return StandingTold(entry, one["retracted"], one["english"], one["dutch"], one.get("account"))


class StandingWatch(Shown):
    """One account: what was told of it, and when it should be looked at again. What was so before is known and is not told.

    >>> from datetime import datetime, UTC
    >>> import klokuur
    >>> now = datetime(2026, 7, 20, 8, tzinfo=UTC)
    >>> watch = klokuur.StandingWatch(klokuur.Ledger([klokuur.JudgedWeek.bad("2026-W29", "on_time")]), now)
    >>> wake = watch.next_wake_up(now)
    >>> wake, [told.entry.change for told in watch.advance(wake)]
    (datetime.datetime(2026, 7, 21, 22, 0, tzinfo=datetime.timezone.utc), ['strike_given'])
    """

    __slots__ = ("_core",)

    def __init__(self, ledger: Ledger, now: datetime) -> None:
        self._core = _klokuur.StandingWatchCore(instance_of(ledger, Ledger, "ledger")._core, now)

    def replace(self, ledger: Ledger) -> None:
        """Takes the place of the ledger: with newer weeks, or further decisions; :meth:`advance` tells what is different."""
        self._core.replace(instance_of(ledger, Ledger, "ledger")._core)

    def advance(self, now: datetime) -> Rows[StandingTold]:
        """What has become so up to ``now``, in order of dates, and what was told and turned out otherwise."""
        return Rows(map(_told, self._core.advance(now)))

    def next_wake_up(self, now: datetime) -> datetime | None:
        """When :meth:`advance` has something to tell, if nothing is replaced before; None when nothing is to come."""
        return self._core.next_wake_up(now)


class StandingWatches(Shown):
    """Many accounts, by any name, with one timer.

    >>> from datetime import datetime, UTC
    >>> import klokuur
    >>> now = datetime(2026, 7, 20, 8, tzinfo=UTC)
    >>> watches = klokuur.StandingWatches()
    >>> watches.insert("north", klokuur.Ledger([klokuur.JudgedWeek.bad("2026-W29", "on_time")]), now)
    >>> watches.insert("south", klokuur.Ledger([]), now)
    >>> [(told.account, told.entry.change) for told in watches.advance(watches.next_wake_up(now))]
    [('north', 'strike_given')]
    """

    __slots__ = ("_core",)

    def __init__(self) -> None:
        self._core = _klokuur.StandingWatchesCore()

    def insert(self, account: str, ledger: Ledger, now: datetime) -> None:
        """Watches an account from now on; one of the same name is replaced, with what was told of it."""
        self._core.insert(account, instance_of(ledger, Ledger, "ledger")._core, now)

    def replace(self, account: str, ledger: Ledger) -> None:
        """Takes the place of an account's ledger: with newer weeks, or further decisions.

        Raises UnknownNameError for an account that is not watched.
        """
        self._core.replace(account, instance_of(ledger, Ledger, "ledger")._core)

    def advance(self, now: datetime) -> Rows[StandingTold]:
        """What has become so in all accounts up to ``now``, by account."""
        return Rows(map(_told, self._core.advance(now)))

    def next_wake_up(self, now: datetime) -> datetime | None:
        """The earliest of all wake-ups; None when nothing is to come in any account."""
        return self._core.next_wake_up(now)


@dataclass(frozen=True, slots=True)
class NormTold(Record):
    """A norm in a week of which something became so."""

    norm: str
    """The norm's name in the rulebook."""
    week: IsoWeek
    """The week."""
    what: NormHappening
    """What became so."""
    english: str
    """It in one sentence: the text of a notification."""
    dutch: str
    """The same in Dutch."""


class NormWatch(Shown):
    """The norms of some weeks: what was told of them, and when they should be looked at again. What is so by ``now`` is known
    and is not told. Late answers have the wake-up of the case book.

    >>> from datetime import datetime, UTC
    >>> import klokuur
    >>> now = datetime(2026, 7, 9, 8, tzinfo=UTC)
    >>> def week(good):
    ...     return klokuur.judge([klokuur.WeekNumbers("response_time", "2026-W28", good, 100)], now)
    >>> watch = klokuur.NormWatch(week(97), now)
    >>> watch.replace(week(80))
    >>> [told.what for told in watch.advance(now)], watch.next_wake_up(now)
    (['missed'], datetime.datetime(2026, 7, 14, 22, 0, tzinfo=datetime.timezone.utc))

    ``weeks`` are what :func:`klokuur.judge` or :func:`klokuur.weeks` gave, as records or as a data frame.
    """

    __slots__ = ("_core",)

    def __init__(self, weeks: Iterable[WeekResult] | Any, now: datetime) -> None:
        self._core = _klokuur.NormWatchCore(week_results(weeks), now)

    def replace(self, weeks: Iterable[WeekResult] | Any) -> None:
        """Takes the place of the results: weeks with newer numbers, or further weeks; :meth:`advance` tells what is different."""
        self._core.replace(week_results(weeks))

    def advance(self, now: datetime) -> Rows[NormTold]:
        """What has become so up to ``now``, by week and norm."""
        return Rows(map(NormTold._of, self._core.advance(now)))

    def next_wake_up(self, now: datetime) -> datetime | None:
        """When :meth:`advance` has something to tell, if nothing is replaced before; None when nothing is to come."""
        return self._core.next_wake_up(now)
