"""What the marketplace reports: service norms, weekly scores, strikes. Checked against itself, never altered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any, Self

from klokuur import _klokuur
from klokuur._frames import Rows
from klokuur._moments import zone_of
from klokuur._norm import WeekNumbers, WeekResult
from klokuur._records import Record
from klokuur._retailer_document import Document
from klokuur._rulebook import Rulebook, RulebookHistory, rules_or_bol
from klokuur._week import IsoWeek

__all__ = [
    "Difference",
    "IndicatorCheck",
    "IndicatorVerdicts",
    "KpiScore",
    "KpiScores",
    "PerformanceIndicator",
    "PerformanceIndicators",
    "PerformanceStatus",
    "ReportedNumbers",
    "ReportedStanding",
    "StrikeWeek",
]


@dataclass(frozen=True, slots=True)
class PerformanceIndicator(Record):
    """One indicator of one week, as reported."""

    name: str
    """What is measured."""
    type: str
    """``PERCENTAGE`` or ``AVERAGE``."""
    period: tuple[str, str]
    """Week and year, as they came."""
    conforms: bool | None
    """The reported verdict; None without a score."""
    numerator: int | None
    """Above the line."""
    denominator: int | None
    """Under the line."""
    value: float | None
    """The reported value."""
    distance_to_norm: float | None
    """The reported distance to the norm."""
    condition: str
    """``<=`` or ``>=``."""
    norm: float
    """The norm."""

    @classmethod
    def _of(cls, plain: Any, zone: tzinfo | None = None) -> Self:
        details = plain["details"]
        score = details.get("score") or {}
        return cls(
            name=plain["name"],
            type=plain["type"],
            period=(details["period"]["week"], details["period"]["year"]),
            conforms=score.get("conforms"),
            numerator=score.get("numerator"),
            denominator=score.get("denominator"),
            value=score.get("value"),
            distance_to_norm=score.get("distanceToNorm"),
            condition=details["norm"]["condition"],
            norm=details["norm"]["value"],
        )


@dataclass(frozen=True, slots=True)
class Difference(Record):
    """One contradiction inside a reported indicator. It is told, never rejected."""

    kind: str
    """What contradicts: ``verdict``, ``value``, ``distance``, ``not_a_fraction``, …"""
    details: dict[str, Any] = field(hash=False)
    """The reported and the recomputed values."""

    @classmethod
    def _of(cls, plain: Any, zone: tzinfo | None = None) -> Self:
        if isinstance(plain, str):
            return cls(plain, {})
        return cls(plain["kind"], {key: value for key, value in plain.items() if key != "kind"})

    def to_dict(self) -> dict[str, Any]:
        """The kind and its values in one dictionary."""
        return {"kind": self.kind, **self.details}


@dataclass(frozen=True, slots=True)
class IndicatorCheck(Record):
    """An indicator checked against itself: both verdicts, and what does not fit together."""

    name: str
    """What is measured."""
    week: IsoWeek
    """The ISO week."""
    reported: bool | None
    """The verdict as reported; None without a score."""
    recomputed: bool | None
    """The verdict of numerator and denominator against the reported norm, without any count limit."""
    reported_value: float | None
    """The value as reported."""
    recomputed_value: float | None
    """Numerator divided by denominator; for display only."""
    differences: tuple[Difference, ...]
    """Everything that contradicts itself; empty for a sound document."""


@dataclass(frozen=True, slots=True)
class IndicatorVerdicts(Record):
    """The reported, the recomputed and the rulebook's verdict side by side."""

    check: IndicatorCheck
    """The first two."""
    judged: WeekResult | None
    """The third; None where the rulebook does not know the norm or there is no score."""


@dataclass(frozen=True, slots=True)
class ReportedNumbers(Record):
    """The numbers of a document, by the names of a rulebook."""

    numbers: tuple[WeekNumbers, ...]
    """The numbers, measured elsewhere."""
    unknown: tuple[str, ...]
    """The names that the rulebook does not know."""
    unusable: tuple[str, ...]
    """The scores that are no numbers."""


class PerformanceIndicators(Document):
    """A ``PerformanceIndicators`` document: the service norms as the marketplace reports them.

    >>> import klokuur
    >>> document = klokuur.PerformanceIndicators.from_json('''{"performanceIndicators":[{"name":"CANCELLATIONS","type":"PERCENTAGE",
    ...     "details":{"period":{"week":"10","year":"2019"},
    ...     "score":{"conforms":false,"numerator":8,"denominator":88,"value":0.88,"distanceToNorm":0.86},
    ...     "norm":{"condition":"<=","value":0.02}}}]}''')
    >>> check = document.checks()[0]
    >>> check.week, check.reported, check.recomputed, check.differences[0].kind
    (IsoWeek('2019-W10'), False, False, 'value')
    """

    __slots__ = ()
    _class = _klokuur.PerformanceIndicatorsCore

    @property
    def indicators(self) -> Rows[PerformanceIndicator]:
        """The indicators, in the document's order."""
        return Rows(PerformanceIndicator._of(one) for one in self.to_dict()["performanceIndicators"])

    def checks(self) -> Rows[IndicatorCheck]:
        """Each indicator checked against itself."""
        return Rows(IndicatorCheck._of(check) for check in _klokuur.indicator_checks(self._core))

    def numbers(self, rules: Rulebook | str | None = None) -> ReportedNumbers:
        """The numbers of all indicators with a score, by the names of the rulebook."""
        return ReportedNumbers._of(_klokuur.indicator_numbers(self._core, rules_or_bol(rules)._core))

    def verdicts(self, now: datetime, rules: Rulebook | str | None = None) -> tuple[IndicatorVerdicts, ...]:
        """The reported, the recomputed and the rulebook's verdict of each indicator."""
        found = _klokuur.indicator_verdicts(self._core, rules_or_bol(rules)._core, now)
        return tuple(IndicatorVerdicts._of(verdicts, zone_of(now)) for verdicts in found)

    def __repr__(self) -> str:
        return f"<PerformanceIndicators, {len(self.to_dict()['performanceIndicators'])} indicators>"


@dataclass(frozen=True, slots=True)
class KpiScore(Record):
    """One score of one week, as reported, with the norm that was in force for this seller."""

    kpi: str
    """What is measured."""
    period: str
    """Year and week, as they came."""
    numerator: int | None
    """Above the line; None without a score."""
    denominator: int | None
    """Under the line."""
    value: float | None
    """The reported value."""
    conforms: bool | None
    """The reported verdict."""
    norm_type: str
    """``FIXED``, or ``DYNAMIC`` where the value is this seller's own."""
    condition: str
    """``lte``, ``gte``, …"""
    norm: float | None
    """The norm."""
    excluded: bool
    """Whether the week is excused for this norm."""


class KpiScores(Document):
    """A ``kpi-scores`` document of version 11: the weekly scores."""

    __slots__ = ()
    _class = _klokuur.KpiScoresCore

    @property
    def scores(self) -> Rows[KpiScore]:
        """The scores, in the document's order."""
        return Rows(
            KpiScore(
                one["kpi"],
                one["period"]["id"],
                one.get("score", {}).get("numerator"),
                one.get("score", {}).get("denominator"),
                one.get("score", {}).get("value"),
                one.get("score", {}).get("conformsToNorm"),
                one["norm"]["type"],
                one["norm"]["condition"],
                one["norm"].get("value"),
                one.get("excluded", False),
            )
            for one in self.to_dict()["kpiScores"]
        )

    def numbers(self, rules: Rulebook | RulebookHistory | str | None = None) -> ReportedNumbers:
        """The numbers of all scores, by the names of the rulebook."""
        return ReportedNumbers._of(_klokuur.kpi_numbers(self._core, rules_or_bol(rules)._core))

    def __repr__(self) -> str:
        return f"<KpiScores, {len(self.to_dict()['kpiScores'])} scores>"


@dataclass(frozen=True, slots=True)
class StrikeWeek(Record):
    """A week that bears a strike, as reported."""

    week: IsoWeek
    """The week."""
    reasons: tuple[str, ...]
    """Every norm that was missed."""

    @classmethod
    def _of(cls, plain: Any, zone: tzinfo | None = None) -> Self:
        week, reasons = plain
        return cls(IsoWeek(week), tuple(reasons))


@dataclass(frozen=True, slots=True)
class ReportedStanding(Record):
    """The standing as the marketplace reports it."""

    monitoring_system: str | None
    """How the account is monitored, as it came."""
    first_week: IsoWeek | None
    """The first week that is looked at."""
    last_week: IsoWeek | None
    """The last one, included."""
    strikes: int | None
    """The strikes, 0 to 7; None when nothing is told of them."""
    weeks: tuple[StrikeWeek, ...]
    """The weeks that bear them, oldest first."""
    policy_points: float | None
    """The policy points, 0 to 100."""
    quality_score: float | None
    """The quality score, 0 to 100."""


class PerformanceStatus(Document):
    """A performance status document of version 11: strikes, policy points and quality score.

    >>> import klokuur
    >>> status = klokuur.PerformanceStatus.from_json(
    ...     '{"strike":{"count":1,"weeks":[{"week":"2026-30","reasons":["ON_TIME"]}]},"policyPoints":100}')
    >>> status.standing().weeks[0].week
    IsoWeek('2026-W30')
    """

    __slots__ = ()
    _class = _klokuur.PerformanceStatusCore

    def standing(self) -> ReportedStanding:
        """The standing that it reports."""
        return ReportedStanding._of(_klokuur.reported_standing(self._core))

    def __repr__(self) -> str:
        return f"<PerformanceStatus, {self.standing().strikes} strikes>"
