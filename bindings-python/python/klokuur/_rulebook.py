"""Rulebooks: every number of the domain as a dated document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date as _date
from fractions import Fraction
from typing import Any, Literal, Self

from klokuur import _klokuur
from klokuur._klokuur import Schedule
from klokuur._records import Record, Shown

__all__ = [
    "CaseRules",
    "ClockRules",
    "InsightRules",
    "MessageRules",
    "NormRule",
    "PhoneRules",
    "RequestRules",
    "Rulebook",
    "RulebookHistory",
    "ScoreComponent",
    "ScorePoint",
    "ScoreRules",
    "StrikeRules",
    "StrikeTrigger",
    "SurveyRules",
    "WeekRules",
]

Basis = Literal["business", "elapsed"]
Confidence = Literal["high", "medium", "low"]
Direction = Literal["at_least", "at_most"]
NormUnit = Literal["share", "average", "points"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


@dataclass(frozen=True, slots=True)
class ClockRules(Record):
    """Which hours are clock hours."""

    hours: str
    """The hours that count, as schedule text."""
    zone: str
    """The IANA zone of those hours."""
    calendars: tuple[str, ...]
    """The holiday calendars, joined."""
    liberation_day: str
    """When the Dutch calendar has Liberation Day."""
    good_friday: bool
    """Whether the Dutch calendar has Good Friday."""
    conventions: dict[str, Any] = field(hash=False, repr=False)
    """The conventions of the schedule."""
    schedule_change: str
    """Which schedule a running clock follows when the schedule changes under it."""
    sources: dict[str, str] = field(hash=False, repr=False)
    """The source of every value: A (help page), B (agency), O (official), 3 (third party), D (ours)."""


@dataclass(frozen=True, slots=True)
class RequestRules(Record):
    """The clock of a kind of case of its own: a return, a cancellation."""

    hours: str
    """The hours that count, as schedule text."""
    within_hours: int
    """The budget, in hours of ``basis``."""
    warn_after_hours: int
    """When to warn, in hours of ``basis``."""
    basis: Basis
    """What the budget counts."""
    sources: dict[str, str] = field(hash=False, repr=False)
    """The source of every value."""


@dataclass(frozen=True, slots=True)
class CaseRules(Record):
    """The numbers of a case."""

    first_response_hours: int
    """The budget of the first response to a new customer question."""
    warn_after_hours: int
    """After how long a question is shown as open for a long time."""
    basis: Basis
    """What the budgets of the first response and of follow-ups count."""
    follow_up_hours: int
    """The budget of the answer to a customer's reply; not part of the response-time norm."""
    forwarded_expected_hours: int
    """When the response to a forwarded case is expected."""
    forwarded_returned_hours: int
    """When a forwarded case goes back by itself."""
    forwarded_basis: Basis
    """What the budgets of a forwarded case count."""
    start_within_years: int
    """How long after the order the seller may start a case."""
    automatic_reply_counts: bool
    """Whether an automatic acknowledgement stops the clock."""
    close_needs_contact: bool
    """Whether closing needs a seller message inside the system."""
    pauses: tuple[str, ...]
    """When the first-response clock stands still."""
    returns: RequestRules
    """The clock of a return."""
    cancellations: RequestRules
    """The clock of a cancellation request."""
    sources: dict[str, str] = field(hash=False, repr=False)
    """The source of every value."""


@dataclass(frozen=True, slots=True)
class WeekRules(Record):
    """When the numbers of a week are final."""

    final_on: Weekday
    """The weekday on which a week may become final, at 00:00 local time."""
    sources: dict[str, str] = field(hash=False, repr=False)
    """The source of every value."""


@dataclass(frozen=True, slots=True)
class NormRule(Record):
    """One service norm."""

    name: str
    """The name in this library: ``response_time``."""
    api_name: str | None
    """The name in the Retailer API, where it has one: ``RESPONSE_TIME``."""
    measured_on: str
    """What it is measured on, in words."""
    direction: Direction
    """Which side of the threshold conforms; the threshold itself always does."""
    threshold: Fraction
    """The threshold, exact: a share (93 % is 93/100), a grade or points."""
    unit: NormUnit
    """What the value is."""
    count_limit: int | None
    """How many bad items must also be reached before a week misses the norm."""
    strike: bool
    """Whether a missed week can give a strike."""
    period_months: int | None
    """The period in months; none: the ISO week."""
    all_time_below: int | None
    """With fewer items than this in the period, all items ever count."""
    guideline: int | None
    """With fewer items than this the value is only an indication."""
    source: str
    """Where it comes from."""
    confidence: Confidence
    """How sure it is."""


@dataclass(frozen=True, slots=True)
class StrikeTrigger(Record):
    """What gives a strike."""

    kind: Literal["any_norm", "several_norms"]
    """A missed strike-bearing norm in a week, or several different ones within the window."""
    norms: int | None
    """How many different norms, for ``several_norms``."""


@dataclass(frozen=True, slots=True)
class StrikeRules(Record):
    """Strikes and their consequences."""

    trigger: StrikeTrigger
    """What gives a strike."""
    window_weeks: int
    """The window in final weeks, the newest included."""
    offline_at: int
    """With this many strikes in the window the shop is temporarily offline."""
    closed_at: int
    """With this many strikes in the window the shop is closed."""
    reapply_after_years: int
    """How long after closing the seller may apply again."""
    starter_orders: int
    """The first orders of a new seller, which bear no strikes."""
    appeal_months: int
    """How long complaints are possible."""
    sources: dict[str, str] = field(hash=False, repr=False)
    """The source of every value."""


@dataclass(frozen=True, slots=True)
class ScorePoint(Record):
    """One point of the map from a norm's value to a score."""

    value: Fraction
    """The value of the norm."""
    score: Fraction
    """The score there, 0 to 10."""


@dataclass(frozen=True, slots=True)
class ScoreComponent(Record):
    """One part of the estimated score."""

    norm: str
    """The norm that it is built from."""
    weight: int
    """Its weight in the mean."""
    points: tuple[ScorePoint, ...]
    """The map from value to score, linear between its points."""


@dataclass(frozen=True, slots=True)
class ScoreRules(Record):
    """The performance score and its estimate."""

    minimum: Fraction
    """What the score must at least be."""
    weeks: int
    """Over how many final weeks it is built."""
    recalculated_on: Weekday
    """The weekday on which it is calculated again."""
    components: tuple[ScoreComponent, ...]
    """The parts of the estimate; the marketplace's formula is not public."""
    sources: dict[str, str] = field(hash=False, repr=False)
    """The source of every value."""


@dataclass(frozen=True, slots=True)
class SurveyRules(Record):
    """The survey after customer contact and its NPS."""

    after_hours: int
    """How long after closing the survey may go out."""
    basis: Basis
    """What ``after_hours`` counts."""
    when_closed_by_marketplace: bool
    """Whether a case closed by the marketplace's customer service is surveyed too."""
    promoters_from: int
    """From which score on an answer is a promoter's."""
    passives_from: int
    """From which score on an answer is a passive's."""
    guideline: int
    """With fewer answers than this an NPS is only an indication."""
    trailing_days: int
    """The trailing window of the satisfaction page, in days."""
    confidence_level: Fraction
    """The confidence level of intervals."""
    sources: dict[str, str] = field(hash=False, repr=False)
    """The source of every value."""


@dataclass(frozen=True, slots=True)
class PhoneRules(Record):
    """Phone availability."""

    hours: str
    """The hours in which call attempts count, as schedule text."""
    extra_hours_count: bool
    """Whether attempts in the seller's own wider hours count for the norm."""
    sources: dict[str, str] = field(hash=False, repr=False)
    """The source of every value."""


@dataclass(frozen=True, slots=True)
class InsightRules(Record):
    """Insights and signals."""

    shortest_days: int
    """The shortest period of the subjects overview, in days."""
    longest_months: int
    """The longest period of the subjects overview, in months."""
    signal_recent_days: int
    """The recent period that a signal judges, in days."""
    signal_baseline_days: int
    """The period before it that a signal compares with, in days."""
    signal_minimum_cases: int
    """A signal needs at least this many recent cases."""
    signal_false_alarm_rate: Fraction
    """The stated false-alarm rate of signals."""
    sources: dict[str, str] = field(hash=False, repr=False)
    """The source of every value."""


@dataclass(frozen=True, slots=True)
class MessageRules(Record):
    """Mails to customers."""

    within_years: int
    """How long after the order a mail reaches the customer, in years."""
    own_domains: tuple[str, ...]
    """The marketplace's own domains: links to them stay links."""
    sources: dict[str, str] = field(hash=False, repr=False)
    """The source of every value."""


class Rulebook(Shown):
    """Every number of one marketplace's rules, for the days it is in force. Immutable.

    >>> import klokuur
    >>> rules = klokuur.Rulebook.bol()
    >>> rules.case.first_response_hours, rules.norm("RESPONSE_TIME").count_limit
    (24, 10)
    >>> stricter = rules.with_values({"case.warn_after_hours": 12})
    >>> stricter.case.warn_after_hours, stricter == rules
    (12, False)
    """

    __slots__ = ("_core",)
    _core: _klokuur.RulebookCore

    def __init__(self, document: Mapping[str, Any]) -> None:
        """A rulebook of a document, as ``to_dict`` gives it.

        Raises InvalidRulebookError with every fault and its path.
        """
        self._core = _klokuur.RulebookCore.from_dict(document)

    @classmethod
    def _made(cls, core: _klokuur.RulebookCore) -> Self:
        made = object.__new__(cls)
        made._core = core
        return made

    @classmethod
    def bol(cls) -> Self:
        """The rules of bol that are in force now."""
        return cls.shipped("bol")

    @classmethod
    def shipped(cls, name: str) -> Self:
        """A rulebook that comes with the library: one of ``names()``, or ``bol`` for the newest of bol.

        Those of other marketplaces are examples; ``confidence`` says how sure they are.

        >>> import klokuur
        >>> klokuur.Rulebook.shipped("amazon").schedule().hours
        '24/7'

        Raises UnknownNameError for another name.
        """
        return cls._made(_klokuur.RulebookCore.shipped(name))

    @staticmethod
    def names() -> list[str]:
        """The names of the rulebooks that come with the library."""
        return _klokuur.RulebookCore.names()

    @staticmethod
    def shipped_toml(name: str) -> str:
        """The document of a shipped rulebook, with its remarks: a start for one's own."""
        return _klokuur.RulebookCore.shipped_toml(name)

    @classmethod
    def from_toml(cls, text: str) -> Self:
        """Reads a rulebook from TOML.

        >>> import klokuur
        >>> klokuur.Rulebook.from_toml("name = 1")
        Traceback (most recent call last):
        ...
        klokuur.InvalidRulebookError: the rulebook has ...

        Raises InvalidDocumentError for a text that is no TOML, InvalidRulebookError with every fault and its path.
        """
        return cls._made(_klokuur.RulebookCore.from_toml(text))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads a rulebook from JSON.

        Raises InvalidDocumentError for a text that is no JSON, InvalidRulebookError with every fault and its path.
        """
        return cls._made(_klokuur.RulebookCore.from_json(text))

    @staticmethod
    def json_schema() -> dict[str, Any]:
        """The JSON Schema of a rulebook."""
        schema: dict[str, Any] = _klokuur.RulebookCore.json_schema()
        return schema

    def to_toml(self) -> str:
        """The rulebook as TOML, which reads back to the same."""
        return self._core.to_toml()

    def to_json(self) -> str:
        """The rulebook as JSON, which reads back to the same."""
        return self._core.to_json()

    def to_dict(self) -> dict[str, Any]:
        """The whole document as a dictionary; exact numbers are texts in it."""
        document: dict[str, Any] = self._core.plain()
        return document

    def with_values(self, values: Mapping[str, Any]) -> Self:
        """The same rulebook with some values changed, each under its path: ``case.warn_after_hours``.

        Raises InvalidRulebookError with every fault and its path, an unknown path among them.
        """
        document = self.to_dict()
        for path, value in values.items():
            *sections, last = path.replace("[", ".").replace("]", "").split(".")
            place: Any = document
            for section in sections:
                place = place[int(section)] if isinstance(place, list) else place.setdefault(section, {})
            place[int(last) if isinstance(place, list) else last] = value
        return type(self)(document)

    def _section(self, name: str) -> Any:
        return self._core.plain().get(name)

    @property
    def name(self) -> str:
        """The name of this document: ``bol-2022``."""
        name: str = self._section("name")
        return name

    @property
    def marketplace(self) -> str:
        """The marketplace that it describes."""
        marketplace: str = self._section("marketplace")
        return marketplace

    @property
    def about(self) -> str:
        """What it is and what is to be known about it, in words."""
        about: str = self._section("about")
        return about

    @property
    def confidence(self) -> Confidence:
        """How sure it is as a whole."""
        confidence: Confidence = self._section("confidence")
        return confidence

    @property
    def valid_from(self) -> _date:
        """The first day in force."""
        return _date.fromisoformat(self._section("valid_from"))

    @property
    def valid_until(self) -> _date | None:
        """The last day in force; None: still in force."""
        last = self._section("valid_until")
        return None if last is None else _date.fromisoformat(last)

    @property
    def clock(self) -> ClockRules:
        """Which hours count."""
        return ClockRules._of(self._section("clock"))

    @property
    def case(self) -> CaseRules:
        """The numbers of a case."""
        return CaseRules._of(self._section("case"))

    @property
    def week(self) -> WeekRules:
        """When a week is final."""
        return WeekRules._of(self._section("week"))

    @property
    def norms(self) -> tuple[NormRule, ...]:
        """The service norms."""
        return tuple(NormRule._of(norm) for norm in self._section("norms"))

    @property
    def strikes(self) -> StrikeRules | None:
        """Strikes; None: the marketplace gives no strikes of this kind."""
        rules = self._section("strikes")
        return None if rules is None else StrikeRules._of(rules)

    @property
    def score(self) -> ScoreRules | None:
        """The performance score; None: the marketplace has no such score."""
        rules = self._section("score")
        return None if rules is None else ScoreRules._of(rules)

    @property
    def survey(self) -> SurveyRules:
        """The survey after customer contact."""
        return SurveyRules._of(self._section("survey"))

    @property
    def phone(self) -> PhoneRules | None:
        """Phone availability; None: not asked."""
        rules = self._section("phone")
        return None if rules is None else PhoneRules._of(rules)

    @property
    def insight(self) -> InsightRules:
        """Insights and signals."""
        return InsightRules._of(self._section("insight"))

    @property
    def message(self) -> MessageRules:
        """Mails to customers."""
        return MessageRules._of(self._section("message"))

    def norm(self, name: str) -> NormRule:
        """The norm with this name, or with this name in the Retailer API.

        Raises UnknownNameError for a name that no norm of this rulebook has.
        """
        return NormRule._of(self._core.norm(name))

    def schedule(self) -> Schedule:
        """The schedule of the clock hours, with the holidays that this rulebook names."""
        return self._core.schedule()

    def for_country(self, country: str) -> Self:
        """The same rules with the holidays of the seller's own country: ``BE``, ``DE-BY``, …

        Raises UnknownNameError for a country that is not built in.
        """
        return self._made(self._core.for_country(country))

    def is_in_force(self, date: _date) -> bool:
        """Whether the rulebook is in force on a day."""
        return self._core.is_in_force(date)

    def fingerprint(self) -> str:
        """A stable hash of all values: the same rules give the same fingerprint in every language."""
        return self._core.fingerprint()

    def __eq__(self, other: object) -> bool:
        return self._core == other._core if isinstance(other, Rulebook) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.fingerprint())

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self).from_json, (self.to_json(),))

    def __repr__(self) -> str:
        return f"<Rulebook {self.name}, from {self.valid_from}, confidence {self.confidence}>"


class RulebookHistory(Shown):
    """The rulebooks of one marketplace through time, without overlaps. Immutable.

    A week is judged by the rulebook in force on its Monday (ours).

    >>> import klokuur
    >>> history = klokuur.RulebookHistory.bol()
    >>> [history.for_week(week).strikes.window_weeks for week in ("2021-W52", "2022-W01")]
    [24, 22]

    Raises InvalidRulebookError for two rulebooks on one day, two marketplaces, or none at all.
    """

    __slots__ = ("_core",)
    _core: _klokuur.RulebookHistoryCore

    def __init__(self, rulebooks: Iterable[Rulebook]) -> None:
        self._core = _klokuur.RulebookHistoryCore([rulebook._core for rulebook in rulebooks])

    @classmethod
    def bol(cls) -> Self:
        """The regimes of bol."""
        made = object.__new__(cls)
        made._core = _klokuur.RulebookHistoryCore.bol()
        return made

    @property
    def rulebooks(self) -> tuple[Rulebook, ...]:
        """All rulebooks, oldest first."""
        return tuple(Rulebook._made(core) for core in self._core.rulebooks())

    @property
    def newest(self) -> Rulebook:
        """The rulebook with the latest days."""
        return self.rulebooks[-1]

    def for_date(self, date: _date) -> Rulebook:
        """The rulebook in force on a day.

        Raises OutOfRangeError for a day before the first, after the last, or in a gap.
        """
        return Rulebook._made(self._core.for_date(date))

    def for_week(self, week: str) -> Rulebook:
        """The rulebook that a week is judged by: the one in force on its Monday.

        Raises OutOfRangeError for a week whose Monday no rulebook covers.
        """
        return Rulebook._made(self._core.for_week(week))

    def __eq__(self, other: object) -> bool:
        return self._core == other._core if isinstance(other, RulebookHistory) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.rulebooks)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (list(self.rulebooks),))

    def __repr__(self) -> str:
        return f"<RulebookHistory {', '.join(rulebook.name for rulebook in self.rulebooks)}>"


def rules_or_bol(rules: Rulebook | None) -> Rulebook:
    """The rules given, or those of bol."""
    if rules is None:
        return Rulebook.bol()
    if not isinstance(rules, Rulebook):
        raise TypeError(f"rules must be a Rulebook, as Rulebook.bol(), not {type(rules).__name__}")
    return rules
