"""The picture of a seller, from events, frames and books."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pandas as pd
import pytest

import klokuur
from klokuur import CaseBook, InvalidDocumentError, OutOfRangeError, RulebookHistory

NOW = datetime(2026, 4, 28, 6, 30, tzinfo=UTC)
EVENTS: list[dict[str, Any]] = [
    {"case": "K-1", "at": "2026-04-24T17:30:00+02:00", "event": "opened", "subject": "size"},
    {"case": "K-2", "at": "2026-04-24T10:00:00+02:00", "event": "opened"},
    {"case": "K-2", "at": "2026-04-24T11:00:00+02:00", "event": "seller_message"},
]


def columns() -> dict[str, list[str | None]]:
    names = ("case", "at", "event", "subject")
    return {name: [event.get(name) for event in EVENTS] for name in names}


def without_reading(found: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if key != "read"}


def test_events_columns_and_a_book_give_one_picture() -> None:
    rules = RulebookHistory.bol().as_rulebook()
    book = CaseBook(rules)
    for event in EVENTS:
        book.apply(event)
    given = [EVENTS, columns(), pd.DataFrame(columns()), book]
    found = [without_reading(klokuur.picture(cases, now=NOW, rules=rules).to_dict()) for cases in given]
    assert found[0]["cases"]["open"] == 2
    assert [row["number"] for row in found[0]["cases"]["waiting"]] == ["K-1"]
    assert all(one == found[0] for one in found)


def test_a_refused_row_is_told() -> None:
    given = columns()
    given["at"][1] = "yesterday"
    found = klokuur.picture(given, now=NOW).to_dict()["read"]
    # The answer of a case that was never opened is refused, too.
    assert (found["rows"], [row["line"] for row in found["skipped"]]) == (3, [1, 2])


def test_an_answer_has_a_score_for_each_area() -> None:
    at = datetime(2026, 4, 22, 10, tzinfo=UTC)
    plain = klokuur.picture(EVENTS, now=NOW, surveys=[(at, 9)]).to_dict()
    assert klokuur.picture(EVENTS, now=NOW, surveys=[(at, {"recommendation": 9, "speed": 3})]).to_dict() == plain
    with pytest.raises(klokuur.KlokuurError, match="surveys"):
        klokuur.picture(EVENTS, now=NOW, surveys=[(at, {"recommendation": 11})])


def test_both_languages_in_either_name() -> None:
    found = klokuur.picture(EVENTS, now=NOW)
    assert found.page("nl") == found.page("dutch") != found.page()
    assert found.text("nl").startswith("Dinsdagochtend\n")
    assert len(found.text(most=None)) >= len(found.text(most=1))
    with pytest.raises(klokuur.KlokuurError, match="english or dutch"):
        found.text("fr")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "path"),
    [({"calls": [("2026-04-22T10:00:00+02:00", "sometimes")]}, "calls"), ({"surveys": [("soon", 9)]}, "surveys")],
)
def test_what_is_wrong_is_named_by_its_path(given: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidDocumentError, match=rf"data of a seller is not valid at {path}\[0\]"):
        klokuur.picture(EVENTS, now=NOW, **given)


def test_now_has_bounds() -> None:
    with pytest.raises(OutOfRangeError):
        klokuur.picture([], now=datetime(2150, 1, 1, tzinfo=UTC))
