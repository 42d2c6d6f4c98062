"""Every public function, method and constructor, given in turn what no caller should give: it refuses in our own words.

Each is called with arguments that it takes, one of them replaced by a hostile value. It may answer; it may raise a
KlokuurError, or a TypeError for what is of the wrong kind; nothing else, and with no message that nobody can read.
"""

from __future__ import annotations

import dataclasses
import inspect
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import klokuur as kk

TZ = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 3, 20, tzinfo=TZ)
ASKED = datetime(2026, 3, 13, 15, tzinfo=TZ)
CLOCK = kk.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00", holidays="NL")
LOG = {"case": ["K-1", "K-1"], "at": [ASKED, ASKED + timedelta(hours=80)], "event": ["opened", "seller_message"]}
CASES = kk.evaluate(pd.DataFrame(LOG), now=NOW)
COLUMN = pd.Series([ASKED, NOW])
RULES = kk.Rulebook.bol()
BOOK = kk.CaseBook()
BOOK.load(LOG)
NUMBERS = kk.WeekNumbers("response_time", "2026-W10", 90, 100)
RESULTS = kk.judge([NUMBERS], NOW)
LEDGER = kk.Ledger([kk.JudgedWeek.bad("2026-W01", "response_time")])
LINE = kk.OrderLine(ASKED, 1, date(2026, 3, 16), NOW)
INDICATORS = '{"performanceIndicators": []}'


class Failure(Exception):
    """What a hostile object itself raises."""


class Hostile:
    """An object that answers nothing."""

    def _fail(self, *_: Any) -> Any:
        raise Failure

    __str__ = __repr__ = __eq__ = __iter__ = __len__ = __bool__ = __index__ = __float__ = _fail
    __hash__ = object.__hash__


def loop(kind: str) -> Any:
    if kind == "list":
        items: list[Any] = []
        items.append(items)
        return items
    fields: dict[str, Any] = {}
    fields["a"] = fields
    return fields


class Endless:
    """An object whose plain form is one more of its kind."""

    def to_dict(self) -> Any:
        return Endless()


def deep(levels: int) -> Any:
    made: Any = 1
    for _ in range(levels):
        made = [made]
    return made


HOSTILE: dict[str, Callable[[], Any]] = {
    "None": lambda: None,
    "True": lambda: True,
    "0": lambda: 0,
    "-1": lambda: -1,
    "2**31": lambda: 2**31,
    "2**63": lambda: 2**63,
    "2**64": lambda: 2**64,
    "10**400": lambda: 10**400,
    "10**5000": lambda: 10**5000,
    "70000": lambda: 70_000,
    "1.5": lambda: 1.5,
    "1e300": lambda: 1e300,
    "nan": lambda: float("nan"),
    "inf": lambda: float("inf"),
    "empty text": lambda: "",
    "x": lambda: "x",
    "half a character": lambda: "\ud800",
    "zero byte": lambda: "a\0b",
    "long text": lambda: "x" * 100_000,
    "bytes": lambda: b"x",
    "empty list": list,
    "list of None": lambda: [None],
    "list of texts": lambda: ["x", "y"],
    "list in itself": lambda: loop("list"),
    "dict in itself": lambda: loop("dict"),
    "deep list": lambda: deep(100_000),
    "endless": Endless,
    "empty dict": dict,
    "dict": lambda: {"a": 1},
    "dict of keys that are one": lambda: {1: "a", "1": "b"},
    "object": object,
    "a type": lambda: int,
    "a function": lambda: loop,
    "generator": lambda: iter([1, 2]),
    "naive datetime": lambda: datetime(2026, 3, 13),
    "datetime(1, 1, 1)": lambda: datetime(1, 1, 1),
    "first aware datetime": lambda: datetime.min.replace(tzinfo=UTC),
    "last aware datetime": lambda: datetime.max.replace(tzinfo=UTC),
    "first date": lambda: date.min,
    "last date": lambda: date.max,
    "longest timedelta": lambda: timedelta.max,
    "NaT": lambda: pd.NaT,
    "NA": lambda: pd.NA,
    "NumPy NaT": lambda: np.datetime64("NaT"),
    "two months": lambda: np.timedelta64(2, "M"),
    "array of floats": lambda: np.array([1.5, np.nan]),
    "array of texts": lambda: np.array(["x", "y"]),
    "array of objects": lambda: np.array([object(), None], object),
    "array of two dimensions": lambda: np.zeros((2, 2)),
    "far instants": lambda: [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)],
    "pandas nothing": lambda: pd.Series([None, None]),
    "Polars nothing": lambda: pl.Series([None, None]),
    "Arrow nothing": lambda: pa.nulls(2),
    "Arrow list": lambda: pa.array([[1], [2]]),
    "pandas frame": pd.DataFrame,
    "Polars frame": lambda: pl.DataFrame({"a": [1, 2]}),
    "Decimal": lambda: Decimal("NaN"),
    "Fraction": lambda: Fraction(1, 3),
    "hostile object": Hostile,
}

#: Arguments that are taken, by the name of the parameter; a callable of that name may want its own.
GIVEN: dict[str, Any] = {
    "documents": [("a", INDICATORS)],
    "done": [timedelta(hours=1)],
    "problem": "it is empty",
    "address": "a@example.com", "amount": timedelta(hours=1), "answered": COLUMN, "asked": COLUMN, "at": ASKED,
    "bad": [True], "before": kk.Scenario(RULES, CLOCK), "after": kk.Scenario(RULES, CLOCK), "by": ("item",), "calls": [(ASKED, True)],
    "cases": CASES, "confidence": 0.9, "consequence": "offline", "count": 3, "country": "NL", "date": date(2026, 3, 13),
    "dates": [date(2026, 12, 24)], "decimals": 1, "detractors": 1, "document": {"countries": ["NL"]}, "due": COLUMN,
    "elsewhere": [], "end": NOW, "ledger": LEDGER, "event": {"case": "K-1", "at": ASKED, "event": "opened"}, "events": LOG,
    "first": date(2026, 3, 1), "frame": CASES, "guideline": 25, "handlings": [(timedelta(hours=1), False)],
    "here": [NUMBERS], "holidays": "NL", "hours": "Mo-Fr 09:00-17:00", "html": "<p>x</p>", "keys": ["a", "b"],
    "kind": "numpy", "language": "nl", "last": date(2026, 3, 31), "days": 28, "margin": 10, "method": "wald", "month": 3,
    "name": "bol", "name_local": "x", "names": [], "norm": "response_time", "norms": "response_time", "now": NOW,
    "nps": [(date(2026, 3, 2), 9)], "number": "K-1", "numbers": [NUMBERS], "of": 9, "on": date(2026, 3, 20),
    "ordered": date(2026, 3, 1), "orders": [], "other": None, "passives": 1, "path": "bol", "period": kk.Period.month(2026, 3),
    "periods": [kk.Nps(1, 1, 1), kk.Nps(2, 1, 1)], "planned_total": 100, "points": 10, "policy": kk.MailPolicy(),
    "promoters": 1, "reachable": None, "reported": kk.StandingAsReported(date(2026, 8, 1), 0), "reviews": [(date(2026, 3, 2), 9)], "rulebooks": [RULES], "rules": "bol",
    "schedule": CLOCK, "score": Fraction(8), "scores": [10, 3], "skip": 0, "start": ASKED, "results": RESULTS,
    "text": "2026-W10", "threads": 1, "until": NOW, "values": {"case.warn_after_hours": 12},
    "week": "2026-W10", "weeks": RESULTS, "weights": [1.0, 2.0], "within_years": 2, "year": 2026, "years": None,
    "zone": "Europe/Amsterdam", "conventions": None, "share": 0.5, "seconds": 1, "minutes": 1, "requested_schema": None,
    "result": RESULTS[0], "record": RESULTS[0], "calendars": [], "last_deadline": NOW, "promoter_share": 0.5,
    "detractor_share": 0.2, "lines": [LINE], "refused": "warn", "item": "cup", "subject": "size", "defect": "broken",
    "by_month": True, "position": 0, "liberation_day": None, "good_friday": None, "clock": CLOCK, "key": 1,
}  # fmt: skip
OWN: dict[tuple[str, str], Any] = {
    ("read_orders", "source"): [["order", "ordered_at", "promised_on"], ["A-1", "2026-03-09T12:00:00Z", "2026-03-10"]],
    ("HolidayCalendar.from_json", "text"): '{"countries": ["NL"]}',
    ("HolidayCalendar.from_toml", "text"): 'countries = ["NL"]',
    ("Rulebook.from_json", "text"): RULES.to_json(),
    ("Rulebook.from_toml", "text"): RULES.to_toml(),
    ("Rulebook", "document"): RULES.to_dict(),
    ("Schedule.from_dict", "document"): CLOCK.to_dict(),
    ("PerformanceIndicators.from_json", "text"): INDICATORS,
    ("PerformanceIndicators.from_dict", "document"): {"performanceIndicators": []},
    ("Returns.from_json", "text"): '{"returns": []}',
    ("Returns.from_dict", "document"): {"returns": []},
    ("OrderItemCancellations.from_json", "text"): '{"orderItems": []}',
    ("OrderItemCancellations.from_dict", "document"): {"orderItems": []},
    ("CaseBook.find", "text"): "K-1",
    ("CaseBook.erase_case", "number"): "K-404",
    ("CaseBook.apply_all", "events"): [],
    ("Ledger", "events"): [],
    ("Ledger.with_weeks", "weeks"): [kk.JudgedWeek.good("2026-W02")],
    ("Nps.compare", "other"): kk.Nps(1, 2, 3),
    ("HolidayCalendar.union", "other"): kk.HolidayCalendar("BE"),
    ("Schedule.from_date", "other"): CLOCK,
    ("Schedule.within_many", "start"): COLUMN,
    ("Schedule.between_many", "start"): COLUMN,
    ("IsoWeek.since", "other"): kk.IsoWeek("2026-W01"),
    ("phone_hours", "text"): None,
    ("CaseBook.sentence", "event"): kk.CaseBook().apply(kk.CaseEvent("K-1", ASKED, "opened"))[0],
    ("Fingerprints.of", "rules"): RULES,
    ("Fingerprints.parse", "text"): str(BOOK.fingerprints),
    ("CaseBook.restore", "saved"): BOOK.saved(),
    ("CaseBook.restore_anew", "saved"): BOOK.saved(),
    ("CaseBook.restore_snapshot", "snapshot"): BOOK.snapshot(),
    ("CaseBook.restore_snapshot_anew", "snapshot"): BOOK.snapshot(),
    ("CaseBook.catch_up", "journal"): BOOK.saved(),
    ("CaseBook.archive", "closed_before"): NOW,
    ("CaseBook.recall", "archive"): kk.CaseBook(),
    ("nps_by_week", "at"): COLUMN,
    ("nps_by_month", "at"): COLUMN,
    ("nps_in", "at"): COLUMN,
    ("Sla", "policy"): None,
    # Bytes that are no file: a choice that were taken would hold for the whole process.
    ("use_zone_data", "release"): "2027a",
    ("use_zone_data", "files"): {"America/Vancouver": b"TZif"},
}
INSTANCES: list[Any] = [
    CLOCK, kk.HolidayCalendar("NL"), kk.Nps(2, 1, 1), BOOK, LEDGER, RULES, kk.RulebookHistory.bol(), kk.PhoneHours(),
    kk.IsoWeek("2026-W10"), RESULTS, RESULTS[0], CLOCK.explain(ASKED, NOW), kk.PerformanceIndicators.from_json(INDICATORS),
    kk.Returns.from_json('{"returns": []}'), kk.OrderItemCancellations.from_json('{"orderItems": []}'),
]  # fmt: skip


def callables() -> Iterator[tuple[str, Callable[..., Any]]]:
    for name in kk.__all__:
        thing = getattr(kk, name)
        if inspect.isclass(thing):
            if issubclass(thing, Exception) or issubclass(thing, Warning):
                continue
            if not dataclasses.is_dataclass(thing) and thing is not kk.Rows:
                yield name, thing
            for method, found in inspect.getmembers(thing):
                if inspect.getattr_static(thing, method, None).__class__ in (classmethod, staticmethod) or (
                    inspect.isbuiltin(found) and not method.startswith("_")
                ):
                    if not method.startswith("_") and method not in tuple.__dict__ and method not in str.__dict__:
                        yield f"{name}.{method}", found
        elif callable(thing):
            yield name, thing
    for instance in INSTANCES:
        kind = type(instance)
        for method in dir(kind):
            static = inspect.getattr_static(kind, method)
            if method.startswith("_") or isinstance(static, (property, classmethod, staticmethod)):
                continue
            if method in dir(tuple) or method in dir(str) or not callable(getattr(instance, method)):
                continue
            yield f"{kind.__name__}.{method}", getattr(instance, method)


CALLABLES = dict(callables())
#: They read files, which no hostile value should name; they have tests of their own.
LEFT_OUT = {"report", "RetailerDocuments.from_folder"}


def parameters(name: str, call: Callable[..., Any]) -> list[inspect.Parameter]:
    try:
        found = list(inspect.signature(call).parameters.values())
    except ValueError:
        return []
    return [one for one in found if one.name not in ("self", "cls")]


def taken(name: str, parameter: inspect.Parameter) -> Any:
    if (name, parameter.name) in OWN:
        return OWN[name, parameter.name]
    if name.endswith("_many") and parameter.name in ("at", "start", "end"):
        return COLUMN
    if parameter.default is not inspect.Parameter.empty and parameter.name not in ("rules", "now"):
        return parameter.default
    return GIVEN[parameter.name]


def arguments(found: list[inspect.Parameter], values: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    places: list[Any] = []
    names: dict[str, Any] = {}
    for one in found:
        if one.kind is one.VAR_POSITIONAL:
            places.append(values[one.name])
        elif one.kind is one.KEYWORD_ONLY:
            names[one.name] = values[one.name]
        elif one.kind is not one.VAR_KEYWORD:
            places.append(values[one.name])
    return places, names


@pytest.mark.parametrize("name", sorted(set(CALLABLES) - LEFT_OUT))
def test_hostile_values_are_refused_in_our_own_words(name: str) -> None:
    call, wrong = CALLABLES[name], []
    found = parameters(name, call)
    for parameter in found:
        for what, make in HOSTILE.items():
            values = {one.name: taken(name, one) for one in found if one.kind is not one.VAR_KEYWORD}
            values[parameter.name] = make()
            places, names = arguments(found, values)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                try:
                    answer = call(*places, **names)
                    if inspect.isgenerator(answer):
                        list(answer)
                except (kk.KlokuurError, TypeError) as error:
                    text = str(error)
                    if len(text) > 2500 or " at 0x" in text:
                        wrong.append(f"{parameter.name}={what}: {type(error).__name__}: {text[:120]}… ({len(text)})")
                except (Failure, ImportError):
                    pass
                except BaseException as error:  # noqa: BLE001
                    wrong.append(f"{parameter.name}={what}: {type(error).__name__}: {str(error)[:120]}")
    assert not wrong, "\n".join([f"{len(wrong)} of {name}:", *wrong])


def test_there_is_something_to_call() -> None:
    assert len(CALLABLES) > 120
