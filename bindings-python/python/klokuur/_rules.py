"""The sections of a rulebook: its numbers by subject, each table with the source of its values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as _date
from datetime import tzinfo
from fractions import Fraction
from typing import Any, Literal, Self

from klokuur._records import Record

__all__ = [
    "CaseRules",
    "ClockRules",
    "InsightRules",
    "LadderRule",
    "LadderStep",
    "MessageRules",
    "NormRule",
    "PhoneRules",
    "PolicyPointsRules",
    "RequestRules",
    "ScoreComponent",
    "ScorePoint",
    "ScoreRules",
    "StandardFee",
    "StandardLimit",
    "StandardPeriod",
    "StandardRule",
    "StrikeRules",
    "StrikeTrigger",
    "StrikeWindow",
    "SurveyRules",
    "WeekRules",
]

Basis = Literal["business", "elapsed"]
Confidence = Literal["high", "medium", "low"]
Direction = Literal["at_least", "at_most"]
NormUnit = Literal["share", "average", "points"]
ThresholdKind = Literal["fixed", "dynamic"]
StandardUnit = Literal["share", "average", "run", "count"]
Counted = Literal["items", "buyers"]
Combine = Literal["and", "or"]
LadderKind = Literal["levels", "escalation", "fees"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


@dataclass(frozen=True, slots=True)
class ClockRules(Record):
    """Which hours are clock hours."""

    hours: str
    """The hours that count, as schedule text."""
    zone: str
    """The IANA zone of those hours."""
    calendars: tuple[Any, ...] = field(hash=False)
    """The holiday calendars, joined: a country's code, or the Dutch one with its switches, ``{"netherlands": {…}}``."""
    conventions: dict[str, Any] = field(hash=False, repr=False)
    """The conventions of the schedule."""
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
    lapses_after_days: int | None
    """Of a return: how many days after its registration it lapses when it has not come; None when it never does."""
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
    """Which side of the threshold conforms; the threshold itself does too, unless the norm is strict."""
    threshold: Fraction
    """The threshold, exact: a share (93 % is 93/100), a grade or points."""
    threshold_kind: ThresholdKind
    """Whether it is fixed, or comes with the data and may change by the week."""
    cap: Fraction | None
    """The highest threshold that the data may bring, for a dynamic one."""
    strict: bool
    """Whether the threshold itself is on the wrong side."""
    minimum: Fraction | None
    """What the value must at least keep, beside the target: shown, never a strike by itself."""
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
class StrikeWindow(Record):
    """Which strikes count."""

    kind: Literal["rolling", "from_first_bad_week"]
    """Those of the last final weeks, or those of a monitoring period that the first bad week opens."""
    weeks: int
    """How many weeks it has."""
    ends_at: int | None
    """With so many strikes a monitoring period is over too."""


@dataclass(frozen=True, slots=True)
class PolicyPointsRules(Record):
    """Policy points, a ladder beside the strikes."""

    start: int
    """The points of an account without violations."""
    return_after_days: int
    """After how many days deducted points come back."""
    closed_at: int
    """With so few points the account is closed."""
    sources: dict[str, str] = field(hash=False, repr=False)
    """The source of every value."""


@dataclass(frozen=True, slots=True)
class StrikeRules(Record):
    """Strikes and their consequences."""

    trigger: StrikeTrigger
    """What gives a strike."""
    window: StrikeWindow
    """Which strikes count."""
    offline_at: int
    """With this many strikes in the window the shop is temporarily offline."""
    closed_at: int
    """With this many strikes in the window the shop is closed."""
    reapply_after_years: int
    """How long after closing the seller may apply again."""
    starter_orders: int
    """The first orders of a new seller, which bear no strikes."""
    starter_again: int
    """How many more bear none, once, when a norm was missed over the first ones."""
    appeal_months: int
    """How long complaints are possible."""
    sources: dict[str, str] = field(hash=False, repr=False)
    """The source of every value."""


@dataclass(frozen=True, slots=True)
class StandardPeriod(Record):
    """Over what a standard is measured. A date counts once it is over."""

    kind: Literal["days", "rolling_months", "month", "iso_week", "mean_of_weeks", "evaluation"]
    """The last dates; from the same day of an earlier month on; the last calendar month; the last ISO week; the bad ones of that
    week over the mean of all in the last weeks; whole months as they stand on one day of each month."""
    days: int | None
    """How many dates, for ``days``."""
    months: int | None
    """How many months, for ``rolling_months`` and ``evaluation``."""
    weeks: int | None
    """How many weeks, for ``mean_of_weeks``."""
    day_of_month: int | None
    """The day of an ``evaluation``."""
    at_least: int | None
    """With fewer items than this in the months of an ``evaluation`` …"""
    else_months: int | None
    """… so many months count instead."""


@dataclass(frozen=True, slots=True)
class StandardFee(Record):
    """A fee that follows from a limit."""

    share: Fraction
    """Which share."""
    of: str
    """Of what, in words."""


@dataclass(frozen=True, slots=True)
class StandardLimit(Record):
    """One limit of a standard, with what follows when it is reached."""

    name: str
    """Its name: ``warn``, ``block``, the level that is lost."""
    threshold: Fraction | None
    """The threshold; None: not known, so that it gives no verdict."""
    count: int | None
    """From how many bad items or buyers on it is reached."""
    counted: Counted | None
    """What is counted."""
    combine: Combine | None
    """How the count belongs to the threshold."""
    consequence: str
    """What follows, in words."""
    fee: StandardFee | None
    """The fee that follows."""

    @classmethod
    def _of(cls, plain: Mapping[str, Any], zone: tzinfo | None = None) -> Self:
        known = plain["threshold"] != "not known"
        return super(StandardLimit, cls)._of(plain if known else {**plain, "threshold": None}, zone)


@dataclass(frozen=True, slots=True)
class StandardRule(Record):
    """One performance standard."""

    name: str
    """Its name: ``late_shipment_rate_10_days``."""
    measure: str
    """The figure that it measures, which standards over other periods share."""
    measured_on: str
    """What it is measured on, in words."""
    direction: Direction
    """Which side of a threshold conforms."""
    unit: StandardUnit
    """What the value is."""
    averaged: str | None
    """What is averaged, for a mean: ``hours``."""
    strict: bool
    """Whether a threshold itself is on the wrong side."""
    period: StandardPeriod
    """Over what it is measured."""
    minimum_population: int | None
    """With fewer items than this in the period there is no verdict."""
    limits: tuple[StandardLimit, ...]
    """The limits, mildest first."""
    source: str
    """Where it comes from."""
    stated_on: _date | None
    """The date of the source, where it says one."""
    confidence: Confidence
    """How sure it is."""


@dataclass(frozen=True, slots=True)
class LadderStep(Record):
    """A level or a step of a ladder."""

    name: str
    """Its name; of a level that can be lost, that of the limits that lose it."""
    after_days: int | str | None
    """After how many days in a row with a missed standard an escalation comes to it, or ``not known``; None for a level."""
    consequence: str
    """What it means, in words."""


@dataclass(frozen=True, slots=True)
class LadderRule(Record):
    """A ladder: from several standards to one consequence."""

    name: str
    """Its name: ``seller_level``."""
    kind: LadderKind
    """How it goes."""
    standards: tuple[str, ...]
    """The standards that it looks at."""
    steps: tuple[LadderStep, ...]
    """Its levels, best first, the last of which is what remains; or its steps, mildest first."""
    source: str
    """Where it comes from."""
    stated_on: _date | None
    """The date of the source, where it says one."""
    confidence: Confidence
    """How sure it is."""


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
