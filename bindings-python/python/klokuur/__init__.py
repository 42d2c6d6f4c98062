"""Clock hours, service norms and strikes for marketplace sellers: exact, explained, in constant time."""

from __future__ import annotations

import sys as _sys
from importlib import import_module as _import_module
from typing import TYPE_CHECKING
from typing import Any as _Any

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

if TYPE_CHECKING:
    from klokuur._calendar import Country, Holiday
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
    from klokuur._schedule import (
        ExplainedStretch,
        Explanation,
        OpenInterval,
        ScheduleDay,
        Sentences,
        Stretch,
    )

__version__: str = _version()

#: The same names for the interpreter: each module is loaded when one of its names is first used.
_MODULES: dict[str, tuple[str, ...]] = {
    "_calendar": ("Country", "Holiday"),
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
    "_schedule": ("ExplainedStretch", "Explanation", "OpenInterval", "ScheduleDay", "Sentences", "Stretch"),
}

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

if not TYPE_CHECKING:
    _WHERE = {name: module for module, names in _MODULES.items() for name in names}

    def __getattr__(name: str) -> _Any:
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
