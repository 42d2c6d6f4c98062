"""Clock hours, service norms and strikes for marketplace sellers: exact, explained, in constant time."""

import sys as _sys

from klokuur._calendar import Country, Holiday
from klokuur._errors import (
    Fault,
    ImpossibleTransitionError,
    InvalidDocumentError,
    InvalidRulebookError,
    InvalidValueError,
    KlokuurError,
    LengthMismatchError,
    NeverOpenError,
    NoOpenTimeLeftError,
    OutOfRangeError,
    ScheduleSyntaxError,
    UnknownNameError,
)
from klokuur._klokuur import HolidayCalendar, Nps, Schedule, nps_required_answers, nps_trend
from klokuur._klokuur import version as _version
from klokuur._nps import (
    NpsComparison,
    NpsInterval,
    NpsShares,
    NpsTrend,
    WeightedNps,
    nps,
    nps_by,
    nps_by_month,
    nps_by_week,
    nps_groups,
    nps_in,
    nps_weighted,
)
from klokuur._schedule import ExplainedStretch, Explanation, OpenInterval, ScheduleDay, Sentences, Stretch

__version__: str = _version()

__all__ = [
    "Country",
    "ExplainedStretch",
    "Explanation",
    "Fault",
    "Holiday",
    "HolidayCalendar",
    "ImpossibleTransitionError",
    "InvalidDocumentError",
    "InvalidRulebookError",
    "InvalidValueError",
    "KlokuurError",
    "LengthMismatchError",
    "NeverOpenError",
    "NoOpenTimeLeftError",
    "Nps",
    "NpsComparison",
    "NpsInterval",
    "NpsShares",
    "NpsTrend",
    "OpenInterval",
    "OutOfRangeError",
    "Schedule",
    "ScheduleDay",
    "ScheduleSyntaxError",
    "Sentences",
    "Stretch",
    "UnknownNameError",
    "WeightedNps",
    "__version__",
    "nps",
    "nps_by",
    "nps_by_month",
    "nps_by_week",
    "nps_groups",
    "nps_in",
    "nps_required_answers",
    "nps_trend",
    "nps_weighted",
]

# Their conveniences are there when the libraries already are; nothing is imported for them.
if "pandas" in _sys.modules:
    import klokuur.pandas  # noqa: F401
if "polars" in _sys.modules:
    import klokuur.polars  # noqa: F401
