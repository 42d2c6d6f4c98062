"""The performance score, reported or estimated, and the review grade."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as _date
from fractions import Fraction
from typing import Any

from klokuur import _klokuur
from klokuur._fingerprints import Fingerprints
from klokuur._norm import WeekResult, week_results
from klokuur._records import Record
from klokuur._rulebook import Rulebook, RulebookHistory, rules_or_bol
from klokuur._week import IsoWeek

__all__ = [
    "PerformanceScore",
    "ReportedScore",
    "ReviewGrade",
    "ScoreEstimate",
    "ScorePart",
    "estimate_score",
    "review_grade",
]


@dataclass(frozen=True, slots=True)
class ScorePart(Record):
    """One component of an estimate."""

    norm: str
    """The norm."""
    weight: int
    """Its weight in the mean."""
    numerator: int
    """The sum of the weeks' numbers above the line."""
    denominator: int
    """The sum of the weeks' numbers under the line; 0 is no data."""
    weeks_with_data: int
    """How many of the weeks had data."""
    value: float | None
    """The value of all weeks together, for display."""
    score: float | None
    """Its score, 0 to 10, for display."""


@dataclass(frozen=True, slots=True)
class ScoreEstimate(Record):
    """An estimated performance score with its parts. It is a model of ours, not the marketplace's formula."""

    calculated_on: _date
    """The date on which the score was last calculated: the Wednesday on or before the date asked for."""
    first_week: IsoWeek | None
    """The first week that it is built from; None while no week is final."""
    last_week: IsoWeek | None
    """The last week that it is built from: the newest final one."""
    score: float | None
    """The weighted mean of the parts that have data, 0 to 10, for display; None when no part has any."""
    meets_minimum: bool | None
    """Whether the exact score is at least the minimum."""
    parts: tuple[ScorePart, ...]
    """Each component, in the rulebook's order."""
    missing: tuple[str, ...]
    """The norms of the components without data; the score is the mean of the others."""
    fingerprints: Fingerprints
    """What it was estimated by: the rules of that date."""

    @property
    def is_estimate(self) -> bool:
        """True: this is no reported score."""
        return True

    @property
    def value(self) -> float | None:
        """The score, for display; None for an estimate without any data."""
        return self.score


@dataclass(frozen=True, slots=True)
class ReportedScore(Record):
    """A performance score as the marketplace reports it; never altered.

    >>> from datetime import date
    >>> import klokuur
    >>> score = klokuur.ReportedScore("7.95", date(2026, 3, 18))
    >>> score.value, score.meets_minimum()
    (7.95, False)

    Raises OutOfRangeError for a score below 0 or above 10.
    """

    score: Fraction
    """The score, exact; a text such as ``7.95`` will do."""
    on: _date
    """The date it was reported for."""
    shipping_method: str | None = None
    """The shipping method that it is of, as the marketplace names it: there is one score for each."""

    def __init__(
        self, score: Fraction | str | int | float, on: _date, shipping_method: str | None = None
    ) -> None:
        text = str(score)
        _klokuur.score_reported(Rulebook.bol()._core, text, on)
        object.__setattr__(self, "score", Fraction(text))
        object.__setattr__(self, "on", on)
        object.__setattr__(self, "shipping_method", shipping_method)

    @property
    def is_estimate(self) -> bool:
        """False: this is what the marketplace says."""
        return False

    @property
    def value(self) -> float:
        """The score, for display."""
        return float(self.score)

    def meets_minimum(self, rules: Rulebook | RulebookHistory | str | None = None) -> bool | None:
        """Whether the score is at least the rulebook's minimum, compared exactly."""
        return _klokuur.score_reported(rules_or_bol(rules)._core, str(self.score), self.on)


PerformanceScore = ReportedScore | ScoreEstimate
"""A performance score, 0 to 10; the class says where it comes from."""


@dataclass(frozen=True, slots=True)
class ReviewGrade(Record):
    """The review grade, 1 to 10: the mean of three months' reviews, of all reviews when there are fewer than five."""

    sum: int
    """The sum of the grades."""
    count: int
    """How many there are; 0 is no grade."""
    all_time: bool
    """Whether all reviews ever count, because the period has too few."""
    until: _date
    """The last day counted."""
    norm: Fraction
    """The norm's threshold."""
    value: float | None
    """The mean, for display; None without reviews."""
    meets_norm: bool | None
    """Whether the mean is at least the norm, compared exactly; None without reviews."""


def estimate_score(
    weeks: Iterable[WeekResult] | Any, on: _date, rules: Rulebook | RulebookHistory | str | None = None
) -> ScoreEstimate:
    """Estimates the performance score as it would be shown on a date, from the last six final weeks by then.

    >>> from datetime import date, datetime, UTC
    >>> import klokuur
    >>> now = datetime(2026, 3, 20, 8, tzinfo=UTC)
    >>> week = [klokuur.WeekNumbers("fulfilment", "2026-W11", 93, 100), klokuur.WeekNumbers("cancellations", "2026-W11", 0, 100)]
    >>> estimate = klokuur.estimate_score(klokuur.judge(week, now), date(2026, 3, 20))
    >>> estimate.score, estimate.missing  # the mean of 8 (at the norm) and 10 (perfect)
    (9.0, ('track_and_trace',))

    Raises UnknownNameError for a rulebook without a score, InvalidValueError for a norm twice in one week.
    """
    found = _klokuur.score_estimate(rules_or_bol(rules)._core, week_results(weeks), on)
    return ScoreEstimate._of(found)


def review_grade(
    reviews: Iterable[tuple[_date, int]], on: _date, rules: Rulebook | RulebookHistory | str | None = None
) -> ReviewGrade:
    """The review grade on a date, of reviews with their dates and grades.

    >>> from datetime import date
    >>> import klokuur
    >>> grade = klokuur.review_grade([(date(2026, 6, 1), 9), (date(2026, 6, 2), 10)], date(2026, 6, 30))
    >>> grade.value, grade.meets_norm
    (9.5, True)

    Raises OutOfRangeError for a grade that is not 1 to 10; its row is named.
    """
    return ReviewGrade._of(_klokuur.review_grade(rules_or_bol(rules)._core, list(reviews), on))
