"""Clock hours, service norms and strikes for marketplace sellers: exact, explained, in constant time."""

from __future__ import annotations

import os as _os
import sys as _sys
from importlib import import_module as _import_module
from typing import TYPE_CHECKING
from typing import Any as _Any

from klokuur._klokuur import after_fork as _after_fork
from klokuur._klokuur import before_fork as _before_fork
from klokuur._klokuur import version as _version

if TYPE_CHECKING:
    # For checkers and editors, which go by the `__all__` of each module. The interpreter loads a module when one of its
    # names is first used.
    from klokuur import plot as plot
    from ._account import *
    from ._backtest import *
    from ._calendar import *
    from ._case import *
    from ._case_book import *
    from ._case_records import *
    from ._errors import *
    from ._evaluate import *
    from ._excel import *
    from ._exchange import *
    from ._fingerprints import *
    from ._frames import *
    from ._insight import *
    from ._klokuur import HolidayCalendar as HolidayCalendar
    from ._klokuur import Nps as Nps
    from ._klokuur import Schedule as Schedule
    from ._klokuur import nps_required_answers as nps_required_answers
    from ._klokuur import nps_trend as nps_trend
    from ._klokuur import use_zone_data as use_zone_data
    from ._klokuur import zone_data as zone_data
    from ._log import *
    from ._message import *
    from ._norm import *
    from ._nps import *
    from ._order_export import *
    from ._orders import *
    from ._phone import *
    from ._picture import *
    from ._refused import *
    from ._report import *
    from ._reported import *
    from ._retailer_orders import *
    from ._returns import *
    from ._rulebook import *
    from ._rules import *
    from ._sample import *
    from ._satisfaction import *
    from ._schedule import *
    from ._score import *
    from ._signals import *
    from ._sla import *
    from ._standards import *
    from ._standing import *
    from ._watch import *
    from ._week import *

__version__: str = _version()

if hasattr(_os, "register_at_fork"):
    # No child is born while a thread holds a lock of the library.
    _os.register_at_fork(before=_before_fork, after_in_parent=_after_fork, after_in_child=_after_fork)

#: What each module exports: its `__all__`. It stands here too, so that no module is loaded only to know it.
_MODULES: dict[str, tuple[str, ...]] = {
    "_account": (
        "Deduction",
        "PolicyPoints",
        "PolicyPointsEvent",
        "PolicyPointsReport",
        "QualityScore",
        "StandingAsReported",
        "StandingComparison",
        "StrikeAsReported",
        "compare_standing",
    ),
    "_backtest": ("Backtest", "CaseChange", "Scenario", "StandingChange", "WeekChange", "backtest"),
    "_calendar": ("Country", "Holiday"),
    "_case": (
        "Amount",
        "Case",
        "CaseEvent",
        "CaseOutcome",
        "CaseRow",
        "DomainEvent",
        "Happening",
        "Message",
        "RefusedEvent",
        "RefusedRow",
        "SurveyAnswer",
    ),
    "_case_book": ("Applied", "CaseBook", "KeptAside", "KnownAlready", "Taken"),
    "_case_records": ("CaseRecord", "ItemOrders", "Period", "case_records"),
    "_errors": (
        "Fault",
        "ImpossibleTransitionError",
        "InvalidDocumentError",
        "InvalidRulebookError",
        "InvalidValueError",
        "KlokuurError",
        "LengthMismatchError",
        "NeverOpenError",
        "NoOpenTimeLeftError",
        "OutOfRangeError",
        "ScheduleSyntaxError",
        "UnknownNameError",
    ),
    "_evaluate": ("evaluate", "weeks"),
    "_excel": ("for_excel",),
    "_exchange": ("RetailerDocuments", "RetailerLine", "RetailerLines"),
    "_fingerprints": ("FingerprintChange", "Fingerprints", "OtherFingerprintsWarning"),
    "_frames": ("Rows",),
    "_insight": (
        "HandlingTimes",
        "ItemCases",
        "Overview",
        "OverviewGroup",
        "ShareInterval",
        "SubjectCases",
        "SubjectOverview",
        "WeekCases",
        "handling_times",
        "overview",
        "share_interval",
        "subject_overview",
    ),
    "_klokuur": (
        "HolidayCalendar",
        "Nps",
        "Schedule",
        "nps_required_answers",
        "nps_trend",
        "use_zone_data",
        "zone_data",
    ),
    "_log": ("CaseLog", "LogEvent", "mappings", "read_log"),
    "_message": (
        "CleanedMail",
        "MailBounds",
        "MailPolicy",
        "Removed",
        "clean_html",
        "is_reply_address",
        "last_mail_date",
        "may_mail",
    ),
    "_norm": (
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
    ),
    "_nps": (
        "NpsComparison",
        "NpsInterval",
        "NpsShares",
        "NpsTrend",
        "WeightedNps",
        "nps",
        "nps_by",
        "nps_by_month",
        "nps_by_week",
        "nps_groups",
        "nps_in",
        "nps_weighted",
    ),
    "_order_export": ("ExportedLine", "OrderExport", "read_orders"),
    "_orders": ("OrderLine", "order_weeks"),
    "_phone": ("PhoneHours", "PhoneWeek"),
    "_picture": ("SellerPicture", "picture"),
    "_refused": ("RefusedRowsWarning",),
    "_report": ("Report", "SkippedRow", "report"),
    "_reported": (
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
    ),
    "_retailer_orders": (
        "OrderItem",
        "OrderItemCancellation",
        "OrderItemCancellations",
        "Orders",
        "ShipmentItem",
        "Shipments",
    ),
    "_returns": ("Return", "ReturnItem", "ReturnProcessing", "ReturnReason", "ReturnStart", "Returns"),
    "_rulebook": ("Rulebook", "RulebookHistory"),
    "_rules": (
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
    ),
    "_sample": ("sample", "sample_now"),
    "_satisfaction": ("NpsSummary", "Satisfaction", "satisfaction"),
    "_schedule": ("ExplainedStretch", "Explanation", "OpenInterval", "ScheduleDay", "Sentences", "Stretch"),
    "_score": (
        "PerformanceScore",
        "ReportedScore",
        "ReviewGrade",
        "ScoreEstimate",
        "ScorePart",
        "estimate_score",
        "review_grade",
    ),
    "_signals": ("Signal", "SignalReport", "signals"),
    "_sla": ("MetricStatus", "NextChange", "NextEvent", "Sla", "SlaEvent", "Threshold"),
    "_standards": (
        "LadderResult",
        "LimitResult",
        "ReportedStandard",
        "StandardFigure",
        "StandardItem",
        "StandardResult",
        "StandardsReport",
        "judge_standards",
    ),
    "_standing": (
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
    ),
    "_watch": ("NormTold", "NormWatch", "StandingTold", "StandingWatch", "StandingWatches"),
    "_week": ("IsoWeek",),
}

if not TYPE_CHECKING:
    _WHERE = {name: module for module, names in _MODULES.items() for name in names}

    __all__ = sorted([*_WHERE, "__version__", "plot"])

    def __getattr__(name: str) -> _Any:
        if name == "plot":
            return _import_module("klokuur.plot")
        if name not in _WHERE:
            raise AttributeError(f"module 'klokuur' has no attribute {name!r}")
        value = getattr(_import_module(f"klokuur.{_WHERE[name]}"), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return [*__all__]


# Their conveniences are there when the libraries already are; nothing is imported for them.
if "pandas" in _sys.modules:
    import klokuur.pandas  # noqa: F401
if "polars" in _sys.modules:
    import klokuur.polars  # noqa: F401
