"""Records of schedules: open stretches, days, explanations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as _date
from datetime import datetime, timedelta, tzinfo
from typing import Any, Literal, Self

from klokuur._calendar import Holiday
from klokuur._fingerprints import Fingerprints
from klokuur._given import choice
from klokuur._records import Record

__all__ = ["ExplainedStretch", "Explanation", "OpenInterval", "ScheduleDay", "Sentences", "Stretch"]

DayReason = Literal[
    "weekly_hours", "named_date", "extra_day", "holiday_hours", "holiday", "closed_date", "weekend", "no_hours"
]
StretchReason = Literal[
    "open_hours",
    "named_day",
    "extra_day",
    "holiday_hours",
    "closed_hours",
    "weekend",
    "holiday",
    "closed_date",
    "closed_day",
    "paused",
]
Language = Literal["english", "dutch", "en", "nl"]


@dataclass(frozen=True, slots=True)
class OpenInterval(Record):
    """A stretch of open time, from ``start`` up to, not including, ``end``."""

    start: datetime
    """The first open instant."""
    end: datetime
    """The closing instant."""


@dataclass(frozen=True, slots=True)
class Stretch(Record):
    """One open stretch of a date on the wall clock; an ``end`` after 24:00 is on the next date."""

    start: str
    """The opening, as ``09:00``."""
    end: str
    """The closing, up to ``48:00``."""

    @classmethod
    def _of(cls, plain: Any, zone: tzinfo | None = None) -> Self:
        return cls(plain["from"], plain["to"])


@dataclass(frozen=True, slots=True)
class ScheduleDay(Record):
    """One local date of a schedule: the stretches that start on it and why."""

    date: _date
    """The date in the schedule's zone."""
    open: tuple[Stretch, ...]
    """The open stretches that start on the date, in order."""
    hours: str
    """The same as text, as ``09:00-12:30,13:00-17:30`` or ``off``."""
    reason: DayReason
    """Why."""
    holiday: Holiday | None
    """The holiday on this date, also when the schedule is open on it."""


@dataclass(frozen=True, slots=True)
class ExplainedStretch(Record):
    """A part of an explained span, from ``start`` up to, not including, ``end``."""

    start: datetime
    """Its first instant."""
    end: datetime
    """The first instant after it."""
    counted: timedelta
    """The open time in it: its whole real length when it counts, else nothing."""
    reason: StretchReason
    """Why it counts or not."""
    holiday: Holiday | None
    """Which holiday, when that is the reason."""

    @classmethod
    def _of(cls, plain: Any, zone: tzinfo | None = None) -> Self:
        reason = plain["reason"]
        flat = {**plain, "start": plain["from"], "end": plain["to"], "reason": reason["kind"]}
        return super(ExplainedStretch, cls)._of({**flat, "holiday": reason.get("holiday")}, zone)


@dataclass(frozen=True, slots=True)
class Sentences(Record):
    """An explanation in words."""

    deadline_english: str
    """The explanation of a deadline as one English sentence."""
    deadline_dutch: str
    """The same in Dutch."""
    span_english: str
    """The explanation of any span as one English sentence."""
    span_dutch: str
    """The same in Dutch."""
    customer_english: str
    """What a customer may be told, in English."""
    customer_dutch: str
    """The same in Dutch."""


@dataclass(frozen=True, slots=True)
class Explanation(Record):
    """The stretches from one instant to another, counted and skipped, in order and without gaps between them."""

    start: datetime
    """The first instant, in the schedule's zone."""
    end: datetime
    """The end, for a deadline the due time, in the schedule's zone."""
    counted: timedelta
    """The open time from start to end: the exact sum of the counted stretches."""
    stretches: tuple[ExplainedStretch, ...]
    """The stretches. A counted one never goes beyond its local date; a skipped one may take several dates."""
    sentences: Sentences
    """The same in words."""
    fingerprints: Fingerprints
    """What it was explained by."""

    @classmethod
    def _of(cls, plain: Any, zone: tzinfo | None = None) -> Self:
        return super(Explanation, cls)._of({**plain, "start": plain["from"], "end": plain["to"]}, zone)

    def to_sentence(self, language: Language = "english") -> str:
        """The explanation of a deadline as one sentence, in ``"english"`` or ``"dutch"`` (``"en"``, ``"nl"``)."""
        return self.sentences.deadline_dutch if _is_dutch(language) else self.sentences.deadline_english

    def to_span_sentence(self, language: Language = "english") -> str:
        """The explanation of any span as one sentence."""
        return self.sentences.span_dutch if _is_dutch(language) else self.sentences.span_english

    def to_customer_text(self, language: Language = "english") -> str:
        """What a customer may be told: by when, and which days do not count."""
        return self.sentences.customer_dutch if _is_dutch(language) else self.sentences.customer_english

    def __str__(self) -> str:
        return self.sentences.deadline_english


def _is_dutch(language: str) -> bool:
    choice(language, ("english", "dutch", "en", "nl"), "language", "english or dutch, en or nl")
    return language in ("dutch", "nl")


def language_name(language: str) -> Literal["english", "dutch"]:
    """The name of a language as the core has it."""
    return "dutch" if _is_dutch(language) else "english"
