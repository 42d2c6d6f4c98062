"""Service-level clocks for any kind of conversation: metrics, targets, pauses, states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any, Literal, Self

from klokuur import _klokuur
from klokuur._case import Amount, ClockState
from klokuur._klokuur import Schedule
from klokuur._frames import Rows
from klokuur._moments import zone_of
from klokuur._records import Record, Shown
from klokuur._schedule import Explanation

__all__ = ["MetricStatus", "NextChange", "NextEvent", "Sla", "SlaEvent", "Threshold"]

Metric = Literal["first_reply", "next_reply", "requester_wait", "total_resolution"]
SlaSignal = Literal["opened", "requester_message", "agent_reply", "status", "solved", "cancelled"]


@dataclass(frozen=True, slots=True)
class SlaEvent(Record):
    """What a service-level clock needs to know of a conversation."""

    at: datetime
    """When."""
    what: SlaSignal
    """What happened."""
    by: Literal["requester", "agent"] = "requester"
    """``opened``: by whom."""
    automatic: bool = False
    """``agent_reply``: an automatic acknowledgement, which stops no clock."""
    status: Literal["open", "pending", "on_hold", "solved"] | None = None
    """``status``: the new status."""

    def _lifted(self) -> dict[str, Any]:
        what: Any = self.what
        if self.what == "opened":
            what = {"opened": {"by": self.by}}
        elif self.what == "agent_reply":
            what = {"agent_reply": {"automatic": self.automatic}}
        elif self.what == "status":
            what = {"status": self.status}
        return {"at": self.at, "what": what}


@dataclass(frozen=True, slots=True)
class Threshold(Record):
    """One warning of a clock."""

    warning: tuple[Literal["after", "before", "percent"], Amount | int]
    """The warning, as the policy has it."""
    at: datetime | None
    """When it is or was reached; unknown while the clock is paused before it."""
    reached: bool
    """Whether it has been reached."""

    @classmethod
    def _of(cls, plain: Any, zone: tzinfo | None = None) -> Self:
        at = plain.get("at")
        instant = None if at is None else datetime.fromisoformat(at)
        if instant is not None and zone is not None:
            instant = instant.astimezone(zone)
        return cls(_warning(plain["warning"]), instant, plain["reached"])


def _warning(plain: Mapping[str, Any]) -> Any:
    [(kind, value)] = plain.items()
    return (kind, Amount._of(value) if isinstance(value, Mapping) else value)


@dataclass(frozen=True, slots=True)
class MetricStatus(Record):
    """One clock: one cycle of one metric, at an instant."""

    metric: Metric
    """What is measured."""
    cycle: int
    """Which cycle of the metric, from 1; 0 when none has started."""
    state: ClockState
    """Where the clock stands."""
    target: Amount
    """The target."""
    started: datetime | None
    """When the cycle started."""
    ended: datetime | None
    """When the goal was reached or the clock cancelled."""
    due: datetime | None
    """The deadline; unknown while the clock is paused before it."""
    elapsed: Amount
    """What has been counted."""
    remaining: Amount
    """What is left, never below zero."""
    late: Amount
    """What has been counted beyond the target; zero when nothing."""
    late_wall: timedelta
    """How long after the deadline by the wall clock the goal was reached, or it is now; zero when not breached."""
    wall: timedelta
    """The time since the start by the wall clock, up to the end or now."""
    thresholds: tuple[Threshold, ...]
    """The warnings, in the policy's order."""
    why: Explanation | None
    """Why: the stretches counted, skipped and paused, from the start to the end or now; ``to_span_sentence`` tells it."""

    @classmethod
    def _of(cls, plain: Any, zone: tzinfo | None = None) -> Self:
        # Wall-clock amounts are no business time and come as microseconds.
        walls = {name: f"PT{plain[name] / 1e6:.6f}S" for name in ("late_wall", "wall")}
        return super(MetricStatus, cls)._of({**plain, **walls}, zone)


@dataclass(frozen=True, slots=True)
class NextChange(Record):
    """What changes for one clock."""

    metric: Metric
    """The clock's metric."""
    cycle: int
    """The clock's cycle."""
    before: ClockState
    """Its state until then."""
    after: ClockState
    """Its state from then on; the same when only a warning is reached."""
    warnings: tuple[tuple[str, Any], ...]
    """The warnings that are reached then."""

    @classmethod
    def _of(cls, plain: Any, zone: tzinfo | None = None) -> Self:
        warnings = tuple(_warning(warning) for warning in plain["warnings"])
        return cls(plain["metric"], plain["cycle"], plain["from"], plain["to"], warnings)


@dataclass(frozen=True, slots=True)
class NextEvent(Record):
    """The next instant at which a clock's state changes or a warning is reached."""

    at: datetime
    """The first instant at which it is so, in microseconds. At the deadline itself an answer is still in time."""
    changes: tuple[NextChange, ...]
    """What changes then."""


class Sla(Shown):
    """The clocks of a policy on a schedule. Immutable.

    A policy is a document: ``name`` and ``targets``, each with ``metric``, ``within`` (``{"business": timedelta}`` or
    ``{"elapsed": timedelta}``), perhaps ``warnings``, ``pauses``, ``on_solved``, ``on_reopened``, ``on_message``.

    >>> from datetime import datetime, timedelta
    >>> from zoneinfo import ZoneInfo
    >>> import klokuur
    >>> amsterdam = ZoneInfo("Europe/Amsterdam")
    >>> policy = {"name": "24 clock hours", "targets": [{"metric": "first_reply", "within": {"business": timedelta(hours=24)}}]}
    >>> sla = klokuur.Sla(policy, klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00"))
    >>> events = [klokuur.SlaEvent(datetime(2026, 3, 13, 15, tzinfo=amsterdam), "opened")]
    >>> first = sla.evaluate(events, datetime(2026, 3, 14, 12, tzinfo=amsterdam))[0]
    >>> first.state, first.due.isoformat()
    ('outside_hours', '2026-03-16T15:00:00+01:00')

    Raises InvalidDocumentError for a document that is no policy.
    """

    __slots__ = ("_core", "_parts")

    def __init__(self, policy: Mapping[str, Any], schedule: Schedule) -> None:
        self._core = _klokuur.SlaCore(policy, schedule)
        self._parts: tuple[Any, ...] = (schedule,)

    def switched(self, at: datetime, schedule: Schedule) -> Self:
        """The same with another schedule from ``at`` on."""
        made = object.__new__(type(self))
        made._core = self._core.switched(at, schedule)
        made._parts = (*self._parts, (at, schedule))
        return made

    @property
    def policy(self) -> dict[str, Any]:
        """The policy, as a document."""
        policy: dict[str, Any] = self._core.policy()
        return policy

    def evaluate(self, events: Iterable[SlaEvent | Mapping[str, Any]], now: datetime) -> Rows[MetricStatus]:
        """All clocks at ``now``, from the events up to ``now``, whatever their order.

        Raises InvalidValueError for a ticket that was opened twice or has events before its opening.
        """
        found = self._core.evaluate([_lifted(event) for event in events], now)
        return Rows(MetricStatus._of(clock, zone_of(now)) for clock in found)

    def next_event(self, events: Iterable[SlaEvent | Mapping[str, Any]], now: datetime) -> NextEvent | None:
        """The next change after ``now``, if no other event comes before it; None when nothing can change."""
        found = self._core.next_event([_lifted(event) for event in events], now)
        if found is None:
            return None
        at, changes = found
        return NextEvent(at, tuple(NextChange._of(change) for change in changes))

    def _identity(self) -> tuple[Any, ...]:
        return (repr(self.policy), self._parts)

    def __eq__(self, other: object) -> bool:
        return self._identity() == other._identity() if isinstance(other, Sla) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._identity())

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuilt, (type(self), self.policy, self._parts))

    def __repr__(self) -> str:
        return f"<Sla {self.policy['name']}>"


def _lifted(event: SlaEvent | Mapping[str, Any]) -> Any:
    return event._lifted() if isinstance(event, SlaEvent) else event


def _rebuilt(kind: type[Sla], policy: dict[str, Any], parts: tuple[Any, ...]) -> Sla:
    made = kind(policy, parts[0])
    for at, schedule in parts[1:]:
        made = made.switched(at, schedule)
    return made
