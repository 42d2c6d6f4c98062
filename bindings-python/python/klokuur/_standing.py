"""Strikes and the standing of an account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date as _date
from datetime import datetime, tzinfo
from typing import Any, ClassVar, Literal, Self

from klokuur import _klokuur
from klokuur._fingerprints import Fingerprints
from klokuur._frames import Rows, kind_of
from klokuur._norm import WeekResult, week_results
from klokuur._records import Record, Shown
from klokuur._rulebook import Rulebook, RulebookHistory, rules_or_bol
from klokuur._week import IsoWeek

__all__ = [
    "Active",
    "Closed",
    "Expiry",
    "Improvement",
    "JudgedWeek",
    "Ledger",
    "LedgerEntry",
    "MayApply",
    "Offline",
    "OnlineWithPlan",
    "PlanAccepted",
    "PlanNeeded",
    "ProvisionalWeek",
    "Reopened",
    "Standing",
    "StandingEvent",
    "StandingReport",
    "Strike",
    "StrikeCause",
    "StrikeExpires",
    "StrikeRevoked",
    "WeekExcused",
    "WhatIfStep",
]

Consequence = Literal["offline", "closed"]


@dataclass(frozen=True, slots=True)
class StrikeCause(Record):
    """A missed norm that stands behind a strike, with its numbers."""

    norm: str
    """The norm's name in the rulebook."""
    week: IsoWeek
    """The week it was missed in."""
    numerator: int = 0
    """Above the line."""
    denominator: int = 0
    """Under the line; 0 when the numbers are not known."""
    bad: int | None = None
    """The bad items, where the norm counts them."""


@dataclass(frozen=True, slots=True)
class JudgedWeek(Record):
    """One week with its missed strike-bearing norms: what a ledger is built from.

    >>> import klokuur
    >>> klokuur.JudgedWeek.bad("2026-W10", "response_time").final_on
    datetime.date(2026, 3, 11)
    """

    week: IsoWeek
    """The week."""
    final_on: _date | None = None
    """The local date on which it became, or will become, final; None while it is provisional."""
    missed: tuple[StrikeCause, ...] = ()
    """The strike-bearing norms that were missed; empty for a good week."""
    orders_to_date: int | None = None
    """For a new seller: all orders up to the week's end."""

    @classmethod
    def good(cls, week: str) -> Self:
        """A final week without a miss."""
        return cls.bad(week)

    @classmethod
    def bad(cls, week: str, *norms: str) -> Self:
        """A final week in which these norms were missed, without numbers."""
        return cls._of(_klokuur.week_judged(week, list(norms)))

    def provisional(self) -> Self:
        """The same week, still provisional."""
        return replace(self, final_on=None)


@dataclass(frozen=True, slots=True)
class WeekExcused(Record):
    """The marketplace accepted an exception: the week's misses count no more."""

    _tag: ClassVar[str] = "event"
    _kind: ClassVar[str | None] = "week_excused"
    week: IsoWeek
    """The week."""
    on: _date
    """The date of the decision."""
    norm: str | None = None
    """The only norm that is excused; without it the whole week is."""


@dataclass(frozen=True, slots=True)
class StrikeRevoked(Record):
    """A strike was revoked on appeal."""

    _tag: ClassVar[str] = "event"
    _kind: ClassVar[str | None] = "strike_revoked"
    week: IsoWeek
    """The week of the strike."""
    on: _date
    """The date of the decision."""


@dataclass(frozen=True, slots=True)
class PlanAccepted(Record):
    """The improvement plan was accepted: the shop comes back online."""

    _tag: ClassVar[str] = "event"
    _kind: ClassVar[str | None] = "plan_accepted"
    on: _date
    """The date of the decision."""


@dataclass(frozen=True, slots=True)
class Reopened(Record):
    """The marketplace reopened a closed shop."""

    _tag: ClassVar[str] = "event"
    _kind: ClassVar[str | None] = "reopened"
    on: _date
    """The date of the decision."""


StandingEvent = WeekExcused | StrikeRevoked | PlanAccepted | Reopened
"""A decision of the marketplace, on a local date. The caller supplies it; none is ever guessed."""


@dataclass(frozen=True, slots=True)
class Active(Record):
    """Online."""

    _tag: ClassVar[str] = "status"
    _kind: ClassVar[str | None] = "active"
    is_online: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class OnlineWithPlan(Record):
    """Online by an accepted improvement plan, although enough strikes count to be offline; the next strike ends that."""

    _tag: ClassVar[str] = "status"
    _kind: ClassVar[str | None] = "online_with_plan"
    is_online: ClassVar[bool] = True
    since: _date
    """When the plan was accepted, or the shop reopened."""


@dataclass(frozen=True, slots=True)
class Offline(Record):
    """Temporarily offline, until an improvement plan is accepted."""

    _tag: ClassVar[str] = "status"
    _kind: ClassVar[str | None] = "offline"
    is_online: ClassVar[bool] = False
    since: _date
    """From which date on."""


@dataclass(frozen=True, slots=True)
class Closed(Record):
    """Closed."""

    _tag: ClassVar[str] = "status"
    _kind: ClassVar[str | None] = "closed"
    is_online: ClassVar[bool] = False
    since: _date
    """From which date on."""
    may_apply_from: _date
    """The first date on which the seller may apply for reopening, with a good improvement plan; not guaranteed."""


Standing = Active | OnlineWithPlan | Offline | Closed
"""The standing of an account. Match on the class, or ask ``is_online``."""


@dataclass(frozen=True, slots=True)
class Strike(Record):
    """A strike that counts."""

    week: IsoWeek
    """The week that gave it."""
    given_on: _date
    """The date on which it began to count."""
    causes: tuple[StrikeCause, ...]
    """The missed norms, with their numbers."""
    expiry_week: IsoWeek
    """The strike counts no more when this week is final."""
    expires_on: _date
    """The date on which that week is final: as recorded, else the earliest possible."""
    appeal_until: _date
    """The last date on which a complaint is possible."""
    english: str
    """In one English sentence."""
    dutch: str
    """In one Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Expiry(Record):
    """The next strikes to expire."""

    week: IsoWeek
    """The week that has to be final for it."""
    on: _date
    """The date on which it is: as recorded, else the earliest possible."""
    strikes_after: int
    """The strikes that then still count, when the weeks until then are good."""


@dataclass(frozen=True, slots=True)
class ProvisionalWeek(Record):
    """A week that is not final, shown apart: it counts for nothing yet."""

    week: IsoWeek
    """The week."""
    missed: tuple[StrikeCause, ...]
    """The strike-bearing norms that it misses so far."""


@dataclass(frozen=True, slots=True)
class StandingReport(Record):
    """The standing of an account on a date, with everything behind it."""

    on: _date
    """The date."""
    standing: Standing
    """The standing."""
    strikes: tuple[Strike, ...]
    """The strikes that count, oldest first."""
    newest_final_week: IsoWeek | None
    """The newest final week; the window ends with it. None while no week is final."""
    until_offline: int | None
    """How many further strikes take the shop offline; None when it is offline or closed."""
    until_closed: int | None
    """How many further strikes close it; None when it is closed."""
    next_consequence: Consequence | None
    """What comes first when strikes are added, before any expires; None when the shop is closed."""
    next_expiry: Expiry | None
    """When the next strike expires; None without strikes."""
    provisional: tuple[ProvisionalWeek, ...]
    """The weeks that are not final on that date."""
    english: str
    """The standing in one English sentence."""
    dutch: str
    """The standing in one Dutch sentence."""
    fingerprints: Fingerprints
    """What it was judged by, as :attr:`Ledger.fingerprints`."""


@dataclass(frozen=True, slots=True)
class StrikeExpires(Record):
    """A strike expires, when the weeks until then are good."""

    _kind: ClassVar[str | None] = "strike_expires"
    week: IsoWeek
    """The week that has to be final for it."""
    on: _date
    """The date on which it is."""
    strikes_after: int
    """The strikes that then still count."""


@dataclass(frozen=True, slots=True)
class PlanNeeded(Record):
    """The shop comes back as soon as an improvement plan is accepted; no date can be known."""

    _kind: ClassVar[str | None] = "plan_accepted"
    next_expiry: Expiry | None
    """When the next strike expires meanwhile."""


@dataclass(frozen=True, slots=True)
class MayApply(Record):
    """The seller may apply for reopening, with a good improvement plan; not guaranteed."""

    _kind: ClassVar[str | None] = "may_apply"
    on: _date
    """From this date on."""


Improvement = StrikeExpires | PlanNeeded | MayApply
"""The earliest way in which things get better."""


@dataclass(frozen=True, slots=True)
class LedgerEntry(Record):
    """A line of a ledger's history."""

    on: _date
    """The date."""
    change: Literal["strike_given", "strike_expired", "strike_withdrawn", "standing_changed"]
    """What changed."""
    strikes: int | None
    """The strikes that count when all changes of that date are made; None in what a watch tells."""
    week: IsoWeek | None
    """The strike's week; None when the standing changed."""
    causes: tuple[StrikeCause, ...]
    """The missed norms of a strike that was given."""
    before: Standing | None
    """What the standing was, when it changed."""
    after: Standing | None
    """What the standing is from this date on, when it changed."""

    @classmethod
    def _of(cls, plain: Any, zone: tzinfo | None = None) -> Self:
        return super(LedgerEntry, cls)._of(
            {**plain, "before": plain.get("from"), "after": plain.get("to")}, zone
        )


@dataclass(frozen=True, slots=True)
class WhatIfStep(Record):
    """One week of a what-if."""

    week: IsoWeek
    """The week."""
    bad: bool
    """Whether it was supposed to be bad."""
    on: _date
    """The date on which it would be final."""
    strikes: int
    """The strikes that would then count."""
    standing: Standing
    """The standing that would follow."""


def _given(on: _date | datetime | str | None) -> _date | datetime | str:
    if on is None:
        raise TypeError("on is missing: the library reads no clock, so give the date, as standing(date.today())")
    return on


class Ledger(Shown):
    """The strikes and the standing of an account through time. Immutable.

    ``weeks`` are the results of :func:`weeks` or :func:`judge` (records, or a data frame of them), or judged weeks.
    ``orders`` are the times of all orders that a new seller ever had: their first orders bear no strikes. Leave them out for a
    seller who started before the log. A date may be given as a date or as a datetime with a zone: what happens on a date is true for all of that date.

    >>> from datetime import date
    >>> import klokuur
    >>> bad = [klokuur.JudgedWeek.bad(f"2026-W{n:02}", "response_time") for n in range(1, 6)]
    >>> ledger = klokuur.Ledger(bad)
    >>> report = ledger.standing(date(2026, 2, 4))
    >>> report.standing, report.strikes[0].expiry_week, report.until_closed
    (Offline(since=datetime.date(2026, 2, 4)), IsoWeek('2026-W23'), 2)

    Raises InvalidValueError for a week twice, a plan accepted while the shop is not offline, a reopening while it is not
    closed, a revoked strike that was not given; UnknownNameError for a rulebook without strikes.
    """

    __slots__ = ("_core", "_rules")
    _core: _klokuur.LedgerCore
    _rules: Rulebook

    def __init__(
        self,
        weeks: Iterable[WeekResult] | Iterable[JudgedWeek] | Any = (),
        events: Iterable[StandingEvent] = (),
        rules: Rulebook | RulebookHistory | str | None = None,
        *,
        orders: Iterable[datetime] | None = None,
    ) -> None:
        self._rules = rules_or_bol(rules)
        judged: Any = self._judged(weeks)
        if orders is not None:
            judged = _klokuur.weeks_with_orders(self._rules._core, judged, list(orders))
        self._core = _klokuur.LedgerCore(self._rules._core, judged, list(events))

    def _judged(self, weeks: Any) -> list[JudgedWeek]:
        given: list[Any]
        if kind_of(weeks) is not None:
            names = list(getattr(weeks, "columns", getattr(weeks, "column_names", weeks)))
            if "verdict" in names and "norm" not in names:
                raise TypeError("a ledger is made of weeks, not of cases: klokuur.Ledger(klokuur.weeks(cases))")
            given = week_results(weeks)
        else:
            given = list(weeks)
        other = next((week for week in given if not isinstance(week, (WeekResult, JudgedWeek, Mapping))), None)
        if other is not None:
            raise TypeError(
                "weeks must be what `klokuur.weeks` gave, or judged weeks as "
                f'JudgedWeek.bad("2026-W10", "response_time"), not {type(other).__name__}'
            )
        results = [week for week in given if isinstance(week, WeekResult)]
        judged = [week for week in given if not isinstance(week, WeekResult)]
        if results:
            judged += [JudgedWeek._of(week) for week in _klokuur.weeks_judged(self._rules._core, results)]
        return judged

    def _with(self, core: _klokuur.LedgerCore) -> Self:
        made = object.__new__(type(self))
        made._rules, made._core = self._rules, core
        return made

    @property
    def rules(self) -> Rulebook:
        """The rulebook whose strike rules hold."""
        return self._rules

    @property
    def weeks(self) -> tuple[JudgedWeek, ...]:
        """The judged weeks, oldest first."""
        return tuple(JudgedWeek._of(week) for week in self._core.weeks())

    @property
    def events(self) -> tuple[StandingEvent, ...]:
        """The decisions, in the order in which they are applied."""
        kinds: dict[str | None, Any] = {
            kind._kind: kind for kind in (WeekExcused, StrikeRevoked, PlanAccepted, Reopened)
        }
        return tuple(kinds[event["event"]]._of(event) for event in self._core.events())

    @property
    def fingerprints(self) -> Fingerprints:
        """What it judges by: its rules, all of the history, and the time zone data of its dates.

        What the weeks were counted by stands in their own results.
        """
        return Fingerprints._of(self._core.fingerprints())

    def with_events(self, *events: StandingEvent) -> Self:
        """The same ledger with further decisions."""
        return self._with(self._core.with_events(list(events)))

    def with_weeks(self, weeks: Iterable[WeekResult] | Iterable[JudgedWeek] | Any) -> Self:
        """What if: the same ledger with more weeks; a week that it already has is replaced."""
        return self._with(self._core.with_weeks(self._judged(weeks)))

    def with_quiet_weeks(self, until: _date | datetime | str) -> Self:
        """The same ledger with every week without numbers that is final by a date, as a good one: strikes expire in an account
        that has no orders too. Weeks from its first on; an empty ledger stays empty.

        >>> from datetime import date
        >>> import klokuur
        >>> ledger = klokuur.Ledger([klokuur.JudgedWeek.bad("2026-W10", "response_time")])
        >>> len(ledger.strikes(date(2027, 3, 1))), len(ledger.with_quiet_weeks(date(2027, 3, 1)).strikes(date(2027, 3, 1)))
        (1, 0)
        """
        return self._with(self._core.with_quiet_weeks(_given(until)))

    def standing(self, on: _date | datetime | str | None = None) -> StandingReport:
        """The standing on a date, today or past, as it was known on that date. The date must be given.

        For a date after the last recorded week it assumes nothing: use :meth:`with_quiet_weeks` where there were none, and :meth:`what_if` to
        look ahead.
        """
        return StandingReport._of(self._core.standing(_given(on)))

    def strikes(self, on: _date | datetime | str | None = None) -> Rows[Strike]:
        """The strikes that count on a date, oldest first."""
        return Rows(self.standing(on).strikes)

    def earliest_improvement(self, on: _date | datetime) -> Improvement | None:
        """The earliest way in which things get better after a date; None for a shop without strikes.

        >>> from datetime import date
        >>> import klokuur
        >>> ledger = klokuur.Ledger([klokuur.JudgedWeek.bad("2026-W01", "response_time")])
        >>> ledger.earliest_improvement(date(2026, 2, 1)).on
        datetime.date(2026, 6, 10)
        """
        found = self._core.improvement(on)
        if found is None:
            return None
        kinds: dict[str | None, Any] = {kind._kind: kind for kind in (StrikeExpires, PlanNeeded, MayApply)}
        improvement: Improvement = kinds[found["kind"]]._of(found)
        return improvement

    def history(self) -> Rows[LedgerEntry]:
        """Everything that changed, oldest first."""
        return Rows(LedgerEntry._of(entry) for entry in self._core.history())

    def what_if(self, bad: Iterable[bool]) -> Rows[WhatIfStep]:
        """What if the weeks after the newest final one are bad (True) or good (False), one after another?

        >>> import klokuur
        >>> ledger = klokuur.Ledger([klokuur.JudgedWeek.bad("2026-W10", "fulfilment")])
        >>> [step.strikes for step in ledger.what_if([True, False, True])]
        [2, 2, 3]

        Raises InvalidValueError for a ledger without any final week.
        """
        return Rows(WhatIfStep._of(step) for step in self._core.what_if(list(bad)))

    def bad_weeks_until(self, consequence: Consequence) -> int:
        """How many bad weeks in a row from now on bring a consequence; 0 when it is there already."""
        return self._core.bad_weeks_until(consequence)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Ledger):
            return NotImplemented
        mine, theirs = (self.weeks, self.events, self._rules), (other.weeks, other.events, other._rules)
        return mine == theirs

    def __hash__(self) -> int:
        return hash((self.weeks, self.events, self._rules))

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (list(self.weeks), list(self.events), self._rules))

    def __repr__(self) -> str:
        weeks = self.weeks
        span = f"{weeks[0].week} to {weeks[-1].week}" if weeks else "no weeks"
        return f"<Ledger {self._rules.name}, {span}>"
