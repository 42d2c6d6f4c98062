"""What would have been: the same log under other rules, from records and from columns."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import klokuur
import pandas as pd
import polars as pl
import pytest

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 5, 20, 12, tzinfo=AMSTERDAM)
BOL = klokuur.Rulebook.bol()

# Each asked on the Friday before King's Day (27 April 2026), answered on the Tuesday after it.
LOG = [
    event
    for number, answer in (("K-1", "2026-04-28T10:00:00+02:00"), ("K-2", "2026-04-27T10:00:00+02:00"))
    for event in (
        {"case": number, "at": "2026-04-24T17:30:00+02:00", "event": "opened"},
        {"case": number, "at": answer, "event": "seller_message"},
    )
]
COLUMNS = {name: [row[name] for row in LOG] for name in ("case", "at", "event")}


def test_another_calendar_changes_verdicts() -> None:
    changes = klokuur.backtest(LOG, BOL, BOL.for_country("BE"), now=NOW)
    assert [str(change) for change in changes.cases] == ["case K-1: met before, breached after"]
    change = changes.cases[0]
    assert change.due_before == datetime(2026, 4, 28, 17, 30, tzinfo=AMSTERDAM)
    assert change.due_after == datetime(2026, 4, 27, 17, 30, tzinfo=AMSTERDAM)
    assert change.due_after.tzinfo is AMSTERDAM
    assert (changes.judged, changes.moved_deadlines) == (2, 2)
    assert changes.weeks == ()  # one late answer makes no bad week
    assert changes and not klokuur.backtest(LOG, BOL, BOL, now=NOW)


def test_another_calendar_changes_weeks() -> None:
    log = [{**row, "case": f"K-{copy_number}"} for copy_number in range(12) for row in LOG[:2]]
    changes = klokuur.backtest(log, BOL, BOL.for_country("BE"), now=NOW)
    assert [(str(w.week), w.before, w.after, w.numbers_before, w.numbers_after) for w in changes.weeks] == [
        ("2026-W17", "conforms", "missed", (12, 12), (0, 12))
    ]
    assert str(changes.weeks[0]).endswith("conforms before, missed after")
    assert len(changes.cases) == 12


def test_columns_and_records_are_one_log() -> None:
    expected = klokuur.backtest(LOG, BOL, BOL.for_country("BE"), now=NOW)
    frame = pd.DataFrame(COLUMNS)
    for events in (
        COLUMNS,
        frame,
        frame.assign(at=pd.to_datetime(frame["at"], utc=True)),
        pl.DataFrame(COLUMNS),
        [klokuur.CaseEvent(row["case"], datetime.fromisoformat(row["at"]), row["event"]) for row in LOG],
    ):
        assert klokuur.backtest(events, BOL, BOL.for_country("BE"), now=NOW) == expected


def test_a_scenario_has_other_hours() -> None:
    office = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00", holidays="NL")
    changes = klokuur.backtest(LOG[:2], klokuur.Scenario(BOL, office), BOL, now=NOW)
    assert (changes.judged, changes.moved_deadlines, changes.cases) == (1, 1, ())


def test_what_is_no_event_is_named_by_its_row() -> None:
    bad = {**COLUMNS, "event": ["opened", "seller_message", "opened", "answered"]}
    with pytest.raises(klokuur.KlokuurError, match="row 3") as caught:
        klokuur.backtest(bad, BOL, BOL, now=NOW)
    assert caught.value.row == 3
    with pytest.raises(klokuur.InvalidDocumentError, match="missing, accepted are the columns case, at, event"):
        klokuur.backtest({"case": ["K-1"]}, BOL, BOL, now=NOW)
    with pytest.raises(TypeError, match="a scenario must be a Rulebook or a Scenario, not str"):
        klokuur.backtest(LOG, "bol", BOL, now=NOW)  # type: ignore[arg-type]
    with pytest.raises(klokuur.InvalidValueError):
        klokuur.backtest(LOG, BOL, BOL, now=datetime(2026, 5, 20))


def test_results_are_records() -> None:
    changes = klokuur.backtest(LOG, BOL, BOL.for_country("BE"), now=NOW)
    assert pickle.loads(pickle.dumps(changes)) == changes
    assert hash(changes) == hash(copy.deepcopy(changes))
    assert changes.to_dict()["cases"][0]["case"] == "K-1"


def test_k14_a_book_pickles_and_goes_on_where_it_stopped() -> None:
    book = klokuur.CaseBook()
    asked = datetime(2026, 3, 13, 15, 0, tzinfo=AMSTERDAM)
    book.apply({"case": "K-1", "at": asked, "event": "opened", "customer": "Jan de Vries"})
    book.load([{"case": "K-2", "at": asked, "event": "closed"}])  # refused: it was never opened
    monday = datetime(2026, 3, 16, 9, 30, tzinfo=AMSTERDAM)
    assert [told.what.kind for told in book.advance(monday)] == ["warned"]
    again = pickle.loads(pickle.dumps(book))
    assert again.advanced_to == book.advanced_to == monday
    assert again.events() == book.events()
    assert [event.case for event in again.events()] == ["K-1", "K-2"]
    assert again.overview(monday) == book.overview(monday)
    assert again.refused() == book.refused() and len(again.refused()) == 1
    assert again.advance(monday + timedelta(hours=1)) == ()
    assert again.clock == book.clock and again.rules == book.rules
    # One book does not follow the other.
    twin = copy.deepcopy(book)
    twin.apply({"case": "K-1", "at": monday, "event": "seller_message"})
    assert (book.overview(monday)[0].status, twin.overview(monday)[0].status) == (
        "waiting_for_seller",
        "waiting_for_customer",
    )


def archived(number: str = "K-1") -> tuple[klokuur.CaseBook, klokuur.CaseBook]:
    """A book with an open case from which one that is over has left, and the archive."""
    book = klokuur.CaseBook()
    for time, event in [("13T15:00", "opened"), ("13T16:00", "seller_message"), ("13T17:00", "closed")]:
        book.apply({"case": number, "at": f"2026-03-{time}:00+01:00", "event": event})
    book.apply({"case": "K-9", "at": "2026-04-10T10:00:00+02:00", "event": "opened"})
    book.advance(NOW)
    return book, book.archive(NOW)


def test_n1_an_archived_case_stays_archived_through_pickle_and_comes_back_whole() -> None:
    book, archive = archived()
    assert (len(book), len(archive), book.archived_len) == (1, 1, 1)
    again = pickle.loads(pickle.dumps(book))
    assert again.is_archived("K-1") and again.response_weeks(NOW) == book.response_weeks(NOW)
    assert again.saved() == book.saved() and again.position == book.position
    # A book is no archive of its own, and two books do not wait for each other.
    for other in (book, archived("K-2")[1]):
        with pytest.raises(klokuur.InvalidValueError, match="of which this archive has 0 events of 3"):
            again.recall("K-1", other)
    assert again.saved() == book.saved()
    again.recall("K-1", pickle.loads(pickle.dumps(archive)))
    assert (len(again), again.archived_len, again.is_archived("K-1")) == (2, 0, False)
    assert [row.number for row in again.completed(NOW)] == ["K-1"]
    with pytest.raises(klokuur.InvalidValueError, match="which is not archived"):
        again.recall("K-1", archive)


def test_k14_a_journal_is_taken_as_a_whole_or_not_at_all() -> None:
    book, _ = archived()
    before, position = book.saved(), book.position
    at = "2026-04-11T10:00:00+02:00"
    good = {"case": "K-9", "at": at, "event": "seller_message"}
    for bad in [{"case": "K-1", "at": at, "event": "customer_message"}, {"case": "K-9", "at": "2345-01-01T00:00:00Z", "event": "closed"}]:
        with pytest.raises(klokuur.InvalidDocumentError, match=r"events\[1\]: .* of case K-\d at .* cannot be kept: "):
            book.catch_up(json.dumps({"events": [good, bad], "since": position}))
        assert (book.saved(), book.position) == (before, position)
    book.catch_up(json.dumps({"events": [good], "since": position, "position": position + 1}))
    assert (len(book.events()), book.position) == (2, position + 1)


def test_k14_a_pickled_book_keeps_nanoseconds_and_its_own_clock() -> None:
    office = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00", holidays=klokuur.HolidayCalendar("NL"))
    book = klokuur.CaseBook(BOL, office)
    asked = pd.Timestamp("2026-03-13T15:00:00.000000001Z")
    book.apply({"case": "K-1", "at": asked, "event": "opened"})
    again = pickle.loads(pickle.dumps(book))
    now = pd.Timestamp("2026-03-20T15:00:00Z")
    assert again.next_wake_up(now) == book.next_wake_up(now)
    assert again.saved() == book.saved()
    assert "000000001" in again.saved()
    assert again.clock == office
    assert (again.advanced_to, klokuur.CaseBook().events()) == (None, ())
    assert book.advanced_to is None and book.events()[0].at == datetime(2026, 3, 13, 15, tzinfo=UTC)
