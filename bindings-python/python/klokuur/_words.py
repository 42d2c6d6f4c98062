"""Times, amounts and numbers as pages and notebooks write them. English, whatever the machine's language."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from klokuur._case import Amount
from klokuur._norm import WeekResult
from klokuur._rules import NormRule
from klokuur._standing import Active, Offline, OnlineWithPlan, Standing

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
#: A space at which no line breaks: between a number and its unit.
NB = "\u00a0"
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def moment(at: datetime) -> str:
    """``Mon 9 Nov 08:00``."""
    return f"{DAYS[at.weekday()][:3]} {at.day} {MONTHS[at.month - 1][:3]} {at:%H:%M}"


def long_moment(at: datetime) -> str:
    """``Monday 9 November 2026 08:00 CET``."""
    return f"{DAYS[at.weekday()]} {at.day} {month(at)} {at:%H:%M} {at.tzname() or ''}".rstrip()


def day(on: date) -> str:
    """``25 Nov 2026``."""
    return f"{on.day} {MONTHS[on.month - 1][:3]} {on.year}"


def month(on: date) -> str:
    """``November 2026``."""
    return f"{MONTHS[on.month - 1]} {on.year}"


def amount(given: timedelta, exact: bool = False) -> str:
    """``11 h 3 min``. Unless it is to be exact, whole minutes that have passed, or seconds below a minute."""
    micros = given // timedelta(microseconds=1)
    sign, micros = ("-", -micros) if micros < 0 else ("", micros)
    seconds, rest = divmod(micros, 1_000_000)
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    if not exact and (hours or minutes):
        seconds, rest = 0, 0
    second = f"{seconds}.{rest:06}".rstrip("0") if exact and rest else str(seconds)
    parts = [(hours, f"{hours}{NB}h"), (minutes, f"{minutes}{NB}min"), (seconds or (exact and rest), f"{second}{NB}s")]
    return sign + (" ".join(text for value, text in parts if value) or f"0{NB}h")


def counted(given: Amount) -> str:
    """``11 h 3 min``, and of all hours ``11 h 3 min elapsed``."""
    return amount(given.amount) + (" elapsed" if given.basis == "elapsed" else "")


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 case``, ``2 cases``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def percent(share: float, decimals: int = 0) -> str:
    """``96.6 %``."""
    return f"{100 * share:.{decimals}f}{NB}%"


def value(week: WeekResult) -> str:
    """What a week is worth, as its norm counts."""
    worth = week.value
    return "" if worth is None else worded(worth, week.unit)


def threshold(of: WeekResult | NormRule) -> str:
    """``at least 93 %``."""
    side = "at least" if of.direction == "at_least" else "at most"
    bound = float(of.threshold) * (100 if of.unit == "share" else 1)
    return f"{side} {bound:g}{f'{NB}%' if of.unit == 'share' else ''}"


def standing(found: Standing) -> str:
    """A standing in words."""
    match found:
        case Active():
            return "active"
        case OnlineWithPlan(since):
            return f"online since {day(since)}, with an accepted improvement plan"
        case Offline(since):
            return f"temporarily offline since {day(since)}, until a plan is accepted"
        case closed:
            return f"closed since {day(closed.since)}; may apply from {day(closed.may_apply_from)} on"


def worded(worth: float, unit: str) -> str:
    """A value of a norm."""
    return percent(worth, 1) if unit == "share" else f"{worth:.1f}"


def name(norm: str) -> str:
    """A norm's name as a heading."""
    known = {"nps": "NPS after contact", "track_and_trace": "Track & trace", "case_item_ratio": "Case-item ratio"}
    return known.get(norm, norm.replace("_", " ").capitalize())
