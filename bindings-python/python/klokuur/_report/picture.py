"""Everything that the page shows, worked out once. Every number comes from the package's own functions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Self

from klokuur import _klokuur
from klokuur._case import CaseBook, CaseOutcome, CaseRow, RefusedRow
from klokuur._errors import InvalidDocumentError, InvalidValueError
from klokuur._frames import Rows
from klokuur._insight import (
    ItemOrders,
    Overview,
    Period,
    SignalReport,
    SubjectOverview,
    case_records,
    overview,
    signals,
    subject_overview,
)
from klokuur._klokuur import HolidayCalendar, Nps, nps_trend
from klokuur._norm import WeekNumbers, WeekResult, judge
from klokuur._nps import NpsComparison, NpsTrend, nps_by_month, nps_by_week, nps_in
from klokuur._orders import OrderLine, order_weeks
from klokuur._phone import PhoneHours
from klokuur._report.log import Order, SellerLog
from klokuur._report.mapping import zone_named
from klokuur._report.reading import SkippedRow, reason
from klokuur._rulebook import Rulebook, rules_by_week
from klokuur._score import ScoreEstimate, estimate_score
from klokuur._standing import Ledger, StandingReport
from klokuur._week import IsoWeek


#: How many months of answers are shown and followed: one answer of a wrong year makes hundreds.
MONTHS = 60
#: A log whose last event is older says nothing of today: a long weekend is no such age.
FRESH = timedelta(days=4)


def clock() -> datetime:
    """What time it is."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class NpsOverTime:
    """The NPS of the answers up to now."""

    recent_days: int
    recent: Nps
    months: tuple[tuple[date, Nps], ...]
    change: NpsComparison | None
    """The last whole month with answers against the one before it with answers."""
    changed: tuple[date, date] | None
    """These two months, the earlier one first."""
    earlier: int
    """Answers of before these months."""
    trend: NpsTrend | None
    confidence: float
    guideline: int


@dataclass(frozen=True, slots=True)
class OtherHolidays:
    """What the marketplace's own words about holidays would change: "Dutch and Belgian" for a Dutch seller (RULES H4)."""

    country: str
    """The codes of the other list."""
    judged: int
    """How many cases have a deadline."""
    moved: int
    """How many of them would have another."""
    verdicts: int
    """How many verdicts of cases would be others."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A seller's cases, norms, standing, satisfaction and signals at one instant."""

    log: SellerLog
    rules: Rulebook
    book: CaseBook
    now: datetime
    later: int
    """Rows of after now, which are not looked at."""
    newest: datetime | None
    """When the last event up to now happened."""
    open: Rows[CaseRow]
    with_marketplace: int
    next_change: datetime | None
    outcomes: Rows[CaseOutcome]
    weeks: tuple[WeekResult, ...]
    """Every norm in every week that has numbers, by week."""
    other_holidays: OtherHolidays | None
    ledger: Ledger | None
    standing: StandingReport | None
    score: ScoreEstimate | None
    nps: NpsOverTime | None
    subjects: SubjectOverview
    signals: SignalReport
    month: Overview

    @property
    def age(self) -> timedelta | None:
        """How long ago the last event was, when that is so long that the log is old."""
        age = None if self.newest is None else self.now - self.newest
        return age if age is not None and age > FRESH else None

    @property
    def today(self) -> date:
        """The local date."""
        return self.now.date()

    @property
    def this_week(self) -> IsoWeek:
        """The week that runs now."""
        return IsoWeek.of(self.today)

    @property
    def waiting(self) -> list[CaseRow]:
        """The open cases that wait for an answer, the oldest first."""
        return [row for row in self.open if row.due is not None]

    @property
    def at_risk(self) -> list[CaseRow]:
        """Those that are late or open for a long time, the most urgent first."""
        found = [row for row in self.waiting if row.is_open_long or row.state == "breached"]
        return sorted(found, key=lambda row: row.due or self.now)

    def week_of(self, norm: str, week: IsoWeek) -> WeekResult | None:
        """A norm in a week; None without data."""
        return next((found for found in self.weeks if found.norm == norm and found.week == week), None)

    @classmethod
    def of(cls, log: SellerLog, rules: Rulebook, now: datetime | None) -> Self:
        """The picture of a log by a rulebook, at ``now``: by default the time on the clock."""
        step = log.progress.step
        if now is None:
            if not len(log.cases):
                raise InvalidDocumentError(f"{log.files['cases']} has no events: a case log is needed")
            now = clock()
        elif now.tzinfo is None:
            raise InvalidValueError(f"now `{now}` is not valid: accepted is a datetime with a zone")
        book = CaseBook(rules)
        book.next_wake_up(now)  # raises for an instant that the core does not take, before Python meets its own bounds
        now = now.astimezone(zone_named(rules.clock.zone))
        today, week = now.date(), IsoWeek.of(now.date())
        newest = log.cases.latest(now)
        step("following the cases")
        for line, refused in book._core.load_log(log.cases, now):
            log.refuse_event(line, refused)
        book.advance(now)
        outcomes = book.outcomes(now)
        step("judging the weeks")
        orders = [order for order in log.orders if order.line.ordered_at <= now]
        numbers = [*book.response_weeks(now), *_of_orders(log, outcomes, rules, now)]
        if rules.phone is not None:
            calls = [call for call in log.calls if call[0] <= now]
            numbers += [found.numbers() for found in PhoneHours(rules).weeks(calls)] if calls else []
        answers = [survey for survey in log.surveys if survey.at <= now]
        at, scores = [survey.at for survey in answers], [survey.recommendation for survey in answers]
        zone = rules.clock.zone
        if answers:
            numbers += [
                WeekNumbers("nps", IsoWeek.of(row["week"]), row["promoters"] - row["detractors"], row["count"])
                for row in nps_by_week(at, scores, zone)
                if row["count"]
            ]
        by_week = rules_by_week(rules)
        order_of = {w: [norm.name for norm in by_week(w).norms] for w in {n.week for n in numbers if n.week <= week}}
        numbers = [n for n in numbers if n.norm in order_of.get(n.week, ())]
        weeks = sorted(judge(numbers, now, rules), key=lambda found: (found.week, order_of[found.week].index(found.norm)))
        ledger = None if rules.strikes is None else Ledger(weeks, rules=rules)
        step("trying the other holidays")
        other_holidays = _other_holidays(log, rules, book, now)
        step("looking for signals")
        cases = case_records(outcomes, rules)
        pieces = Counter[tuple[date, str]]()
        for order in orders:
            pieces[order.line.ordered_at.astimezone(now.tzinfo).date(), order.item] += order.line.quantity
        ordered = [ItemOrders(on, item, number) for (on, item), number in sorted(pieces.items())]
        last_month = today.replace(day=1) - timedelta(days=1)
        return cls(
            log=log,
            rules=rules,
            book=book,
            now=now,
            later=log.later(now),
            newest=None if newest is None else newest.astimezone(now.tzinfo),
            open=book.overview(now),
            with_marketplace=len(book.with_marketplace(now)),
            next_change=book.next_wake_up(now),
            outcomes=outcomes,
            weeks=tuple(weeks),
            other_holidays=other_holidays,
            ledger=ledger,
            standing=None if ledger is None else ledger.standing(today),
            score=None if rules.score is None else estimate_score(weeks, today, rules),
            nps=_nps(at, scores, rules, today) if answers else None,
            subjects=subject_overview(cases, Period.trailing(today, rules.insight.shortest_days), ordered, rules),
            signals=signals(cases, today, ordered, rules),
            month=overview(
                cases, Period.month(last_month.year, last_month.month), ordered, by=["subject"], rules=rules
            ),
        )


def _other_holidays(log: SellerLog, rules: Rulebook, book: CaseBook, now: datetime) -> OtherHolidays | None:
    if rules.marketplace != "bol" or book.clock.calendar != HolidayCalendar("NL"):
        return None
    other = rules.for_country("NL+BE")
    found = _klokuur.backtest_log(log.cases, [], (rules._core, None), (other._core, None), now, skip_refused=True)
    return OtherHolidays("NL+BE", found["judged"], found["moved_deadlines"], len(found["cases"]))


def _of_orders(log: SellerLog, outcomes: Rows[CaseOutcome], rules: Rulebook, now: datetime) -> list[WeekNumbers]:
    orders = [order for order in log.orders if order.line.ordered_at <= now]
    if not orders:
        return []
    returned = _returned(outcomes)
    refused: list[RefusedRow] = []
    numbers = order_weeks(
        [_known(order.line, _first(returned, order), now) for order in orders],
        rules,
        now=now,
        cases=[outcome.opened for outcome in outcomes],
        refused=refused,
    )
    log.skipped.extend(SkippedRow(log.files["orders"], orders[found.row].row, reason(found.message)) for found in refused)
    return list(numbers)


def _returned(outcomes: Rows[CaseOutcome]) -> dict[tuple[str, str | None], datetime]:
    """When the first return of an order was registered, by order and item; one that names no item is of the whole order."""
    found: dict[tuple[str, str | None], datetime] = {}
    for outcome in outcomes:
        if outcome.kind == "return" and outcome.order is not None:
            key = outcome.order, outcome.item
            found[key] = min(outcome.opened, found.get(key, outcome.opened))
    return found


def _first(returned: dict[tuple[str, str | None], datetime], order: Order) -> datetime | None:
    """When the first return of an order line was registered, if one was."""
    found = (returned.get((order.number, item)) for item in (order.item, None))
    return min((at for at in found if at is not None), default=None)


def _known(line: OrderLine, returned_at: datetime | None, now: datetime) -> OrderLine:
    """An order line as it was known at ``now``."""
    delivered, cancelled = line.delivered_at, line.cancelled_at
    return replace(
        line,
        delivered_at=delivered if delivered is not None and delivered <= now else None,
        cancelled_at=cancelled if cancelled is not None and cancelled <= now else None,
        returned_at=returned_at,
    )


def _nps(at: list[datetime], scores: list[int], rules: Rulebook, today: date) -> NpsOverTime:
    survey, zone = rules.survey, rules.clock.zone
    confidence = float(survey.confidence_level)
    recent = Period.trailing(today, survey.trailing_days)
    months = tuple(
        (row["month"], Nps(row["promoters"], row["passives"], row["detractors"]))
        for row in nps_by_month(at, scores, zone)
    )
    earlier = sum(tally.count for _, tally in months[:-MONTHS])
    months = months[-MONTHS:]
    # The running month is not compared.
    whole = [(first, tally) for first, tally in months if (first.year, first.month) != (today.year, today.month)]
    answered = [(first, tally) for first, tally in whole if tally.count][-2:]
    comparable = len(answered) == 2
    return NpsOverTime(
        recent_days=survey.trailing_days,
        recent=nps_in(at, scores, zone, recent.first, recent.last),
        months=months,
        change=answered[1][1].compare(answered[0][1], confidence) if comparable else None,
        changed=(answered[0][0], answered[1][0]) if comparable else None,
        earlier=earlier,
        trend=nps_trend([tally for _, tally in whole]),
        confidence=confidence,
        guideline=survey.guideline,
    )
