"""Documents that hold themselves, or hold more than anyone reads: an error of ours, and no end of the process."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

import klokuur as kk
from klokuur import _klokuur


def loop() -> list[Any]:
    items: list[Any] = []
    items.append(items)
    return items


def nested(levels: int) -> Any:
    made: Any = {}
    for _ in range(levels):
        made = {"a": [made]}
    return made


class Endless:
    def to_dict(self) -> Any:
        return {"a": self}


class Mirror:
    def to_dict(self) -> Any:
        return self.to_dict()


DOORS: dict[str, Callable[[Any], Any]] = {
    "Rulebook": lambda given: kk.Rulebook({"a": given}),
    "with_values": lambda given: kk.Rulebook.bol().with_values({"case.hours": given}),
    "apply": lambda given: kk.CaseBook().apply({"case": given}),
    "apply_all": lambda given: kk.CaseBook().apply_all([{"case": given}]),
    "load": lambda given: kk.CaseBook().load([{"case": given}]),
    "HolidayCalendar.from_dict": lambda given: kk.HolidayCalendar.from_dict({"union": given}),
    "Schedule.from_dict": lambda given: kk.Schedule.from_dict({"hours": given}),
    "Returns.from_dict": lambda given: _klokuur.ReturnsCore.from_dict({"returns": given}),
    "PerformanceIndicators.from_dict": lambda given: _klokuur.PerformanceIndicatorsCore.from_dict({"a": given}),
    "clean_html": lambda given: kk.clean_html("x", given),
    "may_mail": lambda given: kk.may_mail(date(2026, 1, 1), date(2026, 1, 2), given),
    "Ledger": lambda given: kk.Ledger([], [given]),
    "core.Ledger": lambda given: _klokuur.LedgerCore(kk.Rulebook.bol()._core, given, []),
    "handling_times": lambda given: _klokuur.handling_times(given),
    "Sla": lambda given: kk.Sla(given, kk.Schedule("UTC", "24/7")),
    "subject_overview": lambda given: _klokuur.signal_report(given, [], date(2026, 3, 1), kk.Rulebook.bol()._core),
}


@pytest.mark.parametrize("make", [loop, lambda: nested(400), lambda: nested(100_000), Endless, Mirror])
@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_no_document_goes_on_without_end(door: Callable[[Any], Any], make: Callable[[], Any]) -> None:
    errors: list[BaseException] = []

    def ask() -> None:
        try:
            door(make())
        except BaseException as error:  # noqa: BLE001
            errors.append(error)

    before = threading.stack_size(256 * 1024)
    try:
        small = threading.Thread(target=ask)
        small.start()
        small.join()
    finally:
        threading.stack_size(before)
    [error] = errors
    assert isinstance(error, (kk.InvalidDocumentError, TypeError)), repr(error)
    if isinstance(error, kk.InvalidDocumentError):
        assert "accepted is a depth of at most 32" in str(error)


@pytest.mark.parametrize(
    "read", [kk.HolidayCalendar.from_json, kk.Rulebook.from_json, kk.Returns.from_json, kk.PerformanceIndicators.from_json]
)
def test_texts_have_the_same_depth(read: Callable[[str], Any]) -> None:
    for text in ("[" * 100_000, '{"a":' * 100_000, json.dumps(nested(17))):
        with pytest.raises(kk.InvalidDocumentError, match="depth of at most 32"):
            read(text)


def test_a_record_is_an_object_with_each_key_once() -> None:
    with pytest.raises(kk.InvalidDocumentError, match="found a list, accepted is an object"):
        kk.Schedule.from_dict(["24/7", "UTC"])  # type: ignore[arg-type]
    with pytest.raises(kk.InvalidDocumentError, match="found a list, accepted is an object"):
        kk.clean_html("x", [["evil.example"]])  # type: ignore[arg-type]
    with pytest.raises(kk.InvalidDocumentError, match="found a list, accepted is an object"):
        kk.CaseBook().apply(["K-1", "2026-03-13T15:00:00+01:00", "opened"])  # type: ignore[arg-type]
    with pytest.raises(kk.InvalidDocumentError, match="the key `1` stands there twice: accepted is once"):
        kk.HolidayCalendar.from_dict({1: "a", "1": "b"})  # type: ignore[dict-item]
