"""What customers made of it: NPS and reviews of a window, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as _date
from datetime import tzinfo
from typing import Any, Self

from klokuur import _klokuur
from klokuur._case_records import Period
from klokuur._nps import NpsInterval, NpsShares
from klokuur._records import Record
from klokuur._rulebook import Rulebook, rules_or_bol

__all__ = ["NpsSummary", "Satisfaction", "satisfaction"]


@dataclass(frozen=True, slots=True)
class NpsSummary(Record):
    """Everything that belongs beside an NPS."""

    promoters: int
    """Answers of 9 and 10."""
    passives: int
    """Answers of 7 and 8."""
    detractors: int
    """Answers of 0 to 6."""
    answers: int
    """All answers."""
    score: float | None
    """The score in points, for display; None without answers."""
    shares: NpsShares | None
    """The three shares."""
    standard_error: float | None
    """Standard error in points."""
    interval: NpsInterval | None
    """The adjusted Wald interval."""
    below_guideline: bool
    """Whether there are fewer answers than the guideline asks for."""

    @classmethod
    def _of(cls, plain: Any, zone: tzinfo | None = None) -> Self:
        score = plain["score"]
        points = None if score is None else 100 * score["numerator"] / score["denominator"]
        return super(NpsSummary, cls)._of({**plain, "score": points}, zone)


@dataclass(frozen=True, slots=True)
class Satisfaction(Record):
    """How satisfied customers are: the trailing window of the satisfaction page."""

    period: Period
    """The window."""
    nps: NpsSummary
    """The NPS of the window."""
    reviews: int
    """How many reviews."""
    review_sum: int
    """The sum of their grades."""
    review_mean: float | None
    """The mean review, 1 to 10. Not the review grade, which takes three months."""


def satisfaction(
    nps: Iterable[tuple[_date, int]],
    reviews: Iterable[tuple[_date, int]],
    last: _date,
    rules: Rulebook | str | None = None,
) -> Satisfaction:
    """NPS and reviews of the trailing window that ends with ``last``: pairs of a local date and a score.

    Raises OutOfRangeError for a score that is not 0 to 10 or a review that is not 1 to 10; its row is named.
    """
    return Satisfaction._of(_klokuur.satisfaction(list(nps), list(reviews), last, rules_or_bol(rules)._core))
