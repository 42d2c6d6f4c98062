"""Service norms: the weekly numbers, their verdicts, and what a running week can still take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as _date
from datetime import datetime, tzinfo
from fractions import Fraction
from typing import Any, Literal, Self, overload

from klokuur import _klokuur
from klokuur._columns import column_of, same_index
from klokuur._fingerprints import Fingerprints
from klokuur._errors import InvalidValueError
from klokuur._frames import Rows, kind_of, rows_of
from klokuur._given import needs_columns
from klokuur._moments import zone_of
from klokuur._records import Record, instant_of
from klokuur._rulebook import Rulebook, RulebookHistory, rules_by_week, rules_or_bol
from klokuur._rules import Direction, NormUnit
from klokuur._week import IsoWeek

__all__ = [
    "Forecast",
    "ResponseWeek",
    "ReviewPeriod",
    "WeekNumbers",
    "WeekResult",
    "final_from",
    "join_weeks",
    "judge",
    "response_weeks",
    "review_period",
]

Verdict = Literal["conforms", "missed", "no_data"]
Finality = Literal["provisional", "final"]
MeasuredBy = Literal["here", "elsewhere"]


@dataclass(frozen=True, slots=True)
class WeekNumbers(Record):
    """The numbers of one norm in one week, before any verdict.

    They count good of all items where more is better (answered calls of call attempts), bad of all items where less is
    better (cancelled of ordered items), the sum of grades and their count for a mean, promoters less detractors and the
    answers for an NPS.

    >>> import klokuur
    >>> klokuur.WeekNumbers("phone_availability", "2026-W12", 45, 50).denominator
    50
    """

    norm: str
    """The norm, by its name in the rulebook or in the Retailer API."""
    week: IsoWeek
    """The week that they are of; a text will do."""
    numerator: int
    """Above the line."""
    denominator: int
    """Under the line; 0 is no data."""
    last_deadline: datetime | None = None
    """The last deadline of a case asked in the week, where the norm has deadlines: not final before it."""
    measured_by: MeasuredBy = "here"
    """Who measured them."""
    fingerprints: Fingerprints | None = None
    """What they were counted by; None where it is not known, or no hours decide."""
    norm_value: Fraction | None = None
    """The norm's own value of that week where it came with the data: it wins over the rulebook's."""
    excused: bool = False
    """Whether the marketplace excuses the week for this norm: it is judged, and no strike comes of it."""

    def __init__(
        self,
        norm: str,
        week: str,
        numerator: int,
        denominator: int,
        last_deadline: datetime | None = None,
        measured_by: MeasuredBy = "here",
        fingerprints: Fingerprints | None = None,
        norm_value: Fraction | str | float | None = None,
        excused: bool = False,
    ) -> None:
        set_field = object.__setattr__
        set_field(self, "norm", norm)
        set_field(self, "week", week if isinstance(week, IsoWeek) else IsoWeek(week))
        set_field(self, "numerator", numerator)
        set_field(self, "denominator", denominator)
        set_field(self, "last_deadline", last_deadline)
        set_field(self, "measured_by", measured_by)
        set_field(self, "fingerprints", fingerprints)
        set_field(self, "norm_value", None if norm_value is None else exact(norm_value))
        set_field(self, "excused", excused)

    @classmethod
    def nps(cls, week: IsoWeek | str, promoters: int, passives: int, detractors: int) -> Self:
        """The NPS norm from counts of answers.

        >>> import klokuur
        >>> numbers = klokuur.WeekNumbers.nps("2026-W11", 6, 3, 1)
        >>> numbers.numerator, numbers.denominator
        (5, 10)
        """
        of = week if isinstance(week, IsoWeek) else IsoWeek(week)
        return cls._of(_klokuur.nps_numbers(of, promoters, passives, detractors))

    def measured_elsewhere(self) -> Self:
        """The same numbers, measured by the marketplace or another system."""
        return type(self)(
            self.norm,
            self.week,
            self.numerator,
            self.denominator,
            self.last_deadline,
            "elsewhere",
            self.fingerprints,
            self.norm_value,
            self.excused,
        )


def exact(number: Fraction | str | float) -> Fraction:
    text = str(number).strip()
    try:
        return Fraction(text[:-1].rstrip()) / 100 if text.endswith("%") else Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise InvalidValueError(f"number `{text}` is not valid: accepted is a number such as 93 %, 0.93, 25 or 1/3") from None


@dataclass(frozen=True, slots=True)
class Forecast(Record):
    """What a week can still take before it misses its norm, and what repairs it."""

    norm: str
    """The norm's name in the rulebook."""
    missed: bool
    """Whether the week misses the norm as the numbers stand; with a planned total, even if all the rest is good."""
    affordable: int | None
    """How many more bad items leave the week a good one; 0 when it is already missed, None when any number does."""
    to_repair: int | None
    """How many good items in a row make a missed week a good one again; 0 when it is not missed, None when no number does."""
    still_to_come: int | None
    """How many items are still to come by the plan; None without one."""
    english: str
    """The forecast as a sentence."""
    dutch: str
    """The same in Dutch."""
    fingerprints: Fingerprints | None = None
    """What the week was judged by."""

    def __str__(self) -> str:
        return self.english


@dataclass(frozen=True, slots=True)
class WeekResult(Record):
    """One norm in one week: the numbers, both verdicts, the whole verdict, and whether it is final."""

    norm: str
    """The norm's name in the rulebook."""
    week: IsoWeek
    """The week."""
    numerator: int
    """Above the line."""
    denominator: int
    """Under the line; 0 is no data."""
    bad: int | None
    """The bad items, for a norm that is a share."""
    direction: Direction
    """Which side of the threshold conforms."""
    threshold: Fraction
    """The threshold that was judged by: the one that came with the data, else the rulebook's."""
    rulebook_threshold: Fraction | None
    """The rulebook's threshold, where a fixed one differs from the one that came with the data; else None."""
    strict: bool
    """Whether the threshold itself is on the wrong side."""
    minimum: Fraction | None
    """What the value must at least keep, beside the target."""
    unit: NormUnit
    """What the value is."""
    count_limit: int | None
    """How many bad items must also be reached before the week misses the norm."""
    strike: bool
    """Whether a missed week can give a strike."""
    threshold_met: bool | None
    """The first verdict: the value is on the right side of the threshold; None without data."""
    minimum_met: bool | None
    """Whether the value keeps the minimum: shown, it gives no verdict; None without data or without a minimum."""
    count_limit_reached: bool | None
    """The second verdict: the bad items reach the count limit; None without data or without such a limit."""
    verdict: Verdict
    """The whole verdict: missed only when both are."""
    finality: Finality
    """Whether the numbers can still change."""
    final_from: datetime
    """From when on they are final."""
    measured_by: MeasuredBy
    """Who measured them."""
    fingerprints: Fingerprints | None = None
    """What they were counted by, and the rules that judged the week."""

    @property
    def value(self) -> float | None:
        """The value, for display: a share (0.93), a mean or points; None without data."""
        return _klokuur.week_value(self)

    @property
    def bears_strike(self) -> bool:
        """Whether this is a final miss of a strike-bearing norm."""
        return _klokuur.week_bears_strike(self)

    def forecast(self, planned_total: int | None = None) -> Forecast:
        """What the week can still take and what repairs it; with a planned total, of the items still to come.

        >>> from datetime import datetime, UTC
        >>> import klokuur
        >>> running = klokuur.WeekNumbers("response_time", "2026-W11", 94, 100)
        >>> print(klokuur.judge(running, datetime(2026, 3, 12, 8, tzinfo=UTC)).forecast())
        4 more late answers are affordable: one beyond that makes this a bad week
        """
        return Forecast._of(_klokuur.week_forecast(self, planned_total))

    def affordable(self) -> int | None:
        """How many more bad items leave the week a good one."""
        return self.forecast().affordable


@dataclass(frozen=True, slots=True)
class ReviewPeriod(Record):
    """The reviews that a review grade is the mean of."""

    sum: int
    """The sum of the grades."""
    count: int
    """How many there are; 0 is no grade."""
    all_time: bool
    """Whether all reviews ever count, because the period has too few."""
    until: _date
    """The last day counted."""
    grade: float | None
    """The mean, for display; None without reviews."""

    def numbers(self) -> WeekNumbers:
        """The numbers of the norm ``reviews``, in the week of the last day counted."""
        return WeekNumbers("reviews", IsoWeek.of(self.until), self.sum, self.count)


@overload
def judge(numbers: WeekNumbers, now: datetime, rules: Rulebook | RulebookHistory | str | None = None) -> WeekResult: ...
@overload
def judge(numbers: Iterable[WeekNumbers], now: datetime, rules: Rulebook | RulebookHistory | str | None = None) -> Rows[WeekResult]: ...
def judge(
    numbers: WeekNumbers | Iterable[WeekNumbers], now: datetime, rules: Rulebook | RulebookHistory | str | None = None
) -> WeekResult | Rows[WeekResult]:
    """Judges the numbers of one norm in one week, or of many, by a rulebook (bol's by default) as things stand at ``now``.

    >>> from datetime import datetime, UTC
    >>> import klokuur
    >>> numbers = klokuur.WeekNumbers("response_time", "2026-W11", 12, 20)
    >>> week = klokuur.judge(numbers, now=datetime(2026, 3, 20, 8, tzinfo=UTC))
    >>> week.threshold_met, week.count_limit_reached, week.verdict  # 8 late answers stay under the limit of 10
    (False, False, 'conforms')

    Raises UnknownNameError for a norm that the rulebook does not have, InvalidValueError for numbers below zero and for
    more good items than items.
    """
    one = isinstance(numbers, WeekNumbers)
    given = [numbers] if isinstance(numbers, WeekNumbers) else list(numbers)
    found = _results(_klokuur.judge_weeks(rules_or_bol(rules)._core, given, now), zone_of(now))
    return found[0] if one else found


def _results(plain: Any, zone: tzinfo | None) -> Rows[WeekResult]:
    return Rows(WeekResult._of(week, zone) for week in plain)


def join_weeks(
    here: Iterable[WeekNumbers], elsewhere: Iterable[WeekNumbers], rules: Rulebook | RulebookHistory | str | None = None
) -> Rows[WeekNumbers]:
    """Joins the numbers measured here with those measured elsewhere, by norm and week.

    Where both have the same norm and week, the one measured elsewhere stays: it is the marketplace's own (ours).
    """
    joined = _klokuur.join_weeks(rules_or_bol(rules)._core, list(here), list(elsewhere))
    return Rows(WeekNumbers._of(numbers) for numbers in joined)


def final_from(week: str, rules: Rulebook | RulebookHistory | str | None = None, last_deadline: datetime | None = None) -> datetime:
    """From when on a week is final, in the rulebook's zone.

    >>> import klokuur
    >>> klokuur.final_from("2026-W11").isoformat()
    '2026-03-18T00:00:00+01:00'
    """
    rules = rules_or_bol(rules)
    at: str = _klokuur.week_final_from(rules._core, week, last_deadline)
    from zoneinfo import ZoneInfo

    return instant_of(at, ZoneInfo(rules_by_week(rules)(week).clock.zone))


@dataclass(frozen=True, slots=True)
class ResponseWeek(Record):
    """The first responses of one week that questions were asked in."""

    week: IsoWeek
    """The week."""
    numerator: int
    """Answered in time."""
    denominator: int
    """Answered, or late."""
    open: int
    """Neither answered nor late yet: not in the numbers."""
    last_deadline: datetime | None
    """The last deadline of the week: not final before it."""

    def numbers(self) -> WeekNumbers:
        """The numbers of the norm ``response_time``."""
        return WeekNumbers("response_time", self.week, self.numerator, self.denominator, self.last_deadline)


def _microseconds(column: Any) -> Any:
    return _klokuur.numpy_floor_microseconds(*_ticks(column))


def _ticks(column: Any) -> tuple[Any, str]:
    lifted = column_of(column)
    return lifted.ticks, lifted.unit


def response_weeks(asked: Any, due: Any, answered: Any, zone: str, now: datetime) -> Rows[ResponseWeek]:
    """First responses by the local week that the question was asked in, of three columns of instants.

    A row without ``asked`` or ``due`` is no question; without ``answered`` it is late once its deadline has passed, and open
    until then. Answered exactly at the deadline is on time.

    Raises LengthMismatchError for columns of different lengths.
    """
    same_index(asked, due, answered)
    found = _klokuur.response_weeks(zone, _microseconds(asked), _microseconds(due), _microseconds(answered), now)
    return Rows(ResponseWeek._of(week, zone_of(now)) for week in found)


def review_period(
    reviews: Iterable[tuple[_date, int]], on: _date, rules: Rulebook | RulebookHistory | str | None = None
) -> ReviewPeriod:
    """Which reviews count on a day: those of the last three months, or all when there are fewer than five.

    >>> from datetime import date
    >>> import klokuur
    >>> period = klokuur.review_period([(date(2026, 1, 5), 10), (date(2026, 6, 1), 8)], date(2026, 6, 30))
    >>> period.all_time, period.grade
    (True, 9.0)

    Raises OutOfRangeError for a grade that is not 1 to 10; its row is named.
    """
    return ReviewPeriod._of(_klokuur.review_period(rules_or_bol(rules)._core, list(reviews), on))


def week_results(weeks: Any) -> list[WeekResult]:
    """Results given as records or as a data frame of them."""
    if kind_of(weeks) is None:
        return list(weeks)
    rows = rows_of(weeks)
    if rows:
        needs_columns(rows[0], ("norm", "week", "threshold"), "table of results", "the columns of `weeks`")
    return [_result_of_row(row) for row in rows]


def _result_of_row(row: dict[str, Any]) -> WeekResult:
    fields: dict[str, Any] = {name: row.get(name) for name in WeekResult.__dataclass_fields__}
    threshold = fields["threshold"]
    # A float in a frame stands for the decimal that it is shown as.
    fields["threshold"] = Fraction(str(threshold))
    for name in ("rulebook_threshold", "minimum"):
        fields[name] = None if fields[name] is None else Fraction(str(fields[name]))
    fields["week"] = IsoWeek(str(fields["week"]))
    for name in ("numerator", "denominator", "bad", "count_limit"):
        fields[name] = None if fields[name] is None else int(fields[name])
    fields["strict"] = bool(fields["strict"])
    for name in ("strike", "threshold_met", "minimum_met", "count_limit_reached"):
        fields[name] = None if fields[name] is None else bool(fields[name])
    said = fields["fingerprints"]
    fields["fingerprints"] = None if said is None else Fingerprints.parse(said)
    return WeekResult(**fields)
