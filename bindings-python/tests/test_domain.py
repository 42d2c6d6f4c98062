"""Records, books and ledgers as Python objects."""

from __future__ import annotations

import json
import pickle
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas
import pytest

import klokuur
from klokuur import CaseBook, CaseEvent, IsoWeek, JudgedWeek, Ledger, PhoneHours, Rulebook, RulebookHistory, WeekNumbers

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ASKED = datetime(2026, 3, 13, 15, 0, tzinfo=AMSTERDAM)
NOW = datetime(2026, 3, 20, 8, 0, tzinfo=AMSTERDAM)


def things() -> list[Any]:
    rules = Rulebook.bol()
    week = klokuur.judge(WeekNumbers("response_time", "2026-W11", 94, 100), NOW)
    book = CaseBook()
    told = book.apply(CaseEvent("K-1", ASKED, "opened", subject="delivery"))
    ledger = Ledger([JudgedWeek.bad("2026-W10", "fulfilment"), JudgedWeek.good("2026-W11")])
    return [
        IsoWeek("2026-W11"),
        rules,
        rules.case,
        rules.strikes,
        rules.score,
        rules.norm("nps"),
        RulebookHistory.bol(),
        week,
        week.forecast(),
        ledger,
        ledger.standing(NOW),
        ledger.history(),
        ledger.what_if([True, False]),
        told,
        book.overview(NOW),
        book.case("K-1", NOW),
        book.outcomes(NOW),
        PhoneHours(),
        klokuur.Period.month(2026, 3),
        klokuur.MailPolicy(),
        klokuur.estimate_score([week], date(2026, 3, 20)),
        klokuur.ReportedScore("7.95", date(2026, 3, 18)),
        klokuur.share_interval(45, 50),
        klokuur.SlaEvent(ASKED, "opened"),
    ]


@pytest.mark.parametrize("thing", things(), ids=lambda thing: type(thing).__name__)
def test_things_hash_pickle_and_show_themselves(thing: Any) -> None:
    again = pickle.loads(pickle.dumps(thing))
    assert again == thing and type(again) is type(thing)
    assert hash(again) == hash(thing)
    assert type(thing).__name__.split("[")[0] in repr(thing) or isinstance(thing, tuple)


def test_records_are_frozen() -> None:
    record = Rulebook.bol().case
    with pytest.raises(AttributeError):
        record.first_response_hours = 12  # type: ignore[misc]


def test_weeks_are_texts_that_sort_by_time() -> None:
    week = IsoWeek.of(date(2026, 1, 1))
    assert week == "2026-W01" and week.pred() == "2025-W52" and json.dumps({"week": week}) == '{"week": "2026-W01"}'
    assert sorted([IsoWeek("2026-W10"), IsoWeek("2025-W52")])[0].year == 2025


def test_exact_numbers_are_fractions() -> None:
    rules = Rulebook.bol()
    assert rules.norm("response_time").threshold == Fraction(9, 10)
    stricter = rules.with_values({"norms[3].threshold": Fraction(19, 20)})
    assert stricter.norm("response_time").threshold == Fraction(19, 20)


def test_faults_of_a_rulebook_come_with_their_paths() -> None:
    with pytest.raises(klokuur.InvalidRulebookError) as refused:
        Rulebook.bol().with_values({"case.warn_after_hours": 48})
    assert [fault.path for fault in refused.value.faults] == [
        "case.warn_after_hours",
        "case.follow_up_hours",
        "case.forwarded_expected_hours",
    ]


def test_the_book_answers_in_the_callers_zone() -> None:
    book = CaseBook()
    book.apply({"case": "K-1", "at": ASKED, "event": "opened", "scores": None})
    row = book.overview(NOW.astimezone(ZoneInfo("UTC")))[0]
    assert row.due is not None and row.due.isoformat() == "2026-03-16T14:00:00+00:00"
    assert row.remaining is not None and row.remaining.amount == timedelta()
    assert row.state == "breached" and row.late is not None and row.late.amount > timedelta()


def test_the_timer_does_not_ring_too_early() -> None:
    book = CaseBook()
    book.apply({"case": "K-1", "at": ASKED, "event": "opened"})
    seen: list[str] = []
    now = ASKED
    for _ in range(5):
        wake = book.next_wake_up(now)
        if wake is None:
            break
        assert wake > now, "the same instant would ring for ever"
        now = wake
        seen += [told.what.kind for told in book.advance(now)]
    assert seen == ["warned", "breached"]


def test_a_loop_over_wake_ups_ends() -> None:
    book = CaseBook()
    book.apply_all(CaseEvent(f"K-{case}", ASKED + timedelta(microseconds=37_001 * case), "opened") for case in range(5_000))
    now, rounds, told = ASKED, 0, 0
    while (wake := book.next_wake_up(now)) is not None:
        told += len(book.advance(wake))
        now, rounds = wake, rounds + 1
        assert rounds <= 10_000, f"still a wake-up at {wake}"
    assert told == 10_000


def test_impossible_events_are_refused_with_their_place() -> None:
    book = CaseBook()
    happened, refused = book.apply_all(
        [CaseEvent("K-1", ASKED, "opened"), {"case": "K-2", "at": ASKED, "event": "seller_message"}]
    )
    assert [told.case for told in happened] == ["K-1"]
    assert [(error.code, error.row) for error in refused] == [("impossible_transition", 1)]
    assert book.refused()[0].code == "impossible_transition"


def test_a_ledger_takes_dates_and_instants() -> None:
    ledger = Ledger([JudgedWeek.bad("2026-W10", "fulfilment")])
    # 23:30 in London on the 10th is the 11th in Amsterdam, when the week is final.
    late = datetime(2026, 3, 10, 23, 30, tzinfo=ZoneInfo("Europe/London"))
    assert ledger.standing(late) == ledger.standing(date(2026, 3, 11))
    assert len(ledger.standing(late).strikes) == 1


def test_rows_become_frames() -> None:
    weeks = klokuur.judge([WeekNumbers("response_time", f"2026-W{n}", 80, 100) for n in (10, 11)], NOW)
    assert weeks.to_frame("pandas")["week"].tolist() == ["2026-W10", "2026-W11"]
    assert weeks.to_frame("polars")["threshold"].to_list() == [0.9, 0.9]
    assert weeks.to_frame("arrow").column("verdict").to_pylist() == ["missed", "missed"]
    assert weeks.to_frame("numpy")["denominator"].sum() == 200
    assert weeks._repr_html_().count("<tr>") == 3
    with pytest.raises(ValueError, match="accepted is pandas, polars, arrow, numpy"):
        weeks.to_frame("excel")  # type: ignore[arg-type]


def test_results_come_back_from_frames() -> None:
    weeks = klokuur.judge([WeekNumbers("response_time", f"2026-W{n}", 80, 100) for n in (10, 11)], NOW)
    for kind in ("pandas", "polars", "arrow", "numpy"):
        assert Ledger(weeks.to_frame(kind)) == Ledger(weeks), kind  # type: ignore[arg-type]


def test_overviews_take_what_evaluate_gave() -> None:
    log = {
        "case": ["K-1", "K-1", "K-2"],
        "at": ["2026-03-12T10:00:00+01:00", "2026-03-12T12:00:00+01:00", "2026-03-13T15:00:00+01:00"],
        "event": ["opened", "seller_message", "opened"],
        "item": ["lamp", None, "lamp"],
    }
    cases = klokuur.evaluate(log, now=NOW)
    found = klokuur.overview(cases, klokuur.Period.month(2026, 3), item="lamp", counted_by="opened")
    assert found.total.cases == 2 and found.total.on_time is not None and found.total.on_time.count == 1
    book = CaseBook()
    book.load(
        {name: column[row] for name, column in log.items() if column[row] is not None} for row in range(3)
    )
    assert klokuur.case_records(book.outcomes(NOW)) == klokuur.case_records(cases)


def test_orders_of_items_come_from_every_kind_of_frame() -> None:
    orders = klokuur.Rows([klokuur.ItemOrders(date(2026, 6, 5), "lamp", 3), klokuur.ItemOrders(date(2026, 6, 9), "lamp", 4)])
    case = klokuur.CaseRecord(date(2026, 6, 2), item="lamp")
    for kind in ("pandas", "polars", "arrow"):
        found = klokuur.overview([case], klokuur.Period.month(2026, 6), orders.to_frame(kind), item="lamp", counted_by="opened")
        assert found.total.orders == 7, kind


def test_phone_columns() -> None:
    at = pandas.Series(pandas.to_datetime(["2026-03-09T10:00:00Z", None, "2026-03-09T11:00:00Z"]))
    weeks = PhoneHours().weeks_many(at, [True, True, False])
    assert (weeks[0].answered, weeks[0].attempts) == (1, 2)
    numbers = WeekNumbers("phone_availability", "2026-W11", 1, 2, fingerprints=weeks[0].fingerprints)
    assert weeks[0].numbers() == numbers


def test_documents_read_back() -> None:
    text = '{"returns": [{"returnId": "1", "registrationDateTime": "2026-04-17T10:55:37+02:00", "returnItems": [{"rmaId": "9", "handled": false, "processingResults": [], "x": 1}]}]}'
    document = klokuur.Returns.from_json(text)
    item = document.returns[0].return_items[0]
    assert (item.rma_id, item.other) == ("9", {"x": 1})
    assert json.loads(document.to_json())["returns"][0]["returnItems"][0]["x"] == 1
    book = CaseBook()
    [event] = document.events()
    assert event.kind == "return" and book.apply(event)[0].what.kind == "opened"
    assert pickle.loads(pickle.dumps(document)) == document


def test_numpy_numbers_are_numbers() -> None:
    numbers = WeekNumbers("response_time", "2026-W11", int(np.int64(94)), int(np.int64(100)))
    assert klokuur.judge(numbers, NOW).affordable() == 4




def test_an_offset_with_seconds_is_read() -> None:
    # Amsterdam's local mean time: RFC 3339 has no seconds in an offset.
    deadline = datetime(1930, 3, 12, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert deadline.utcoffset() == timedelta(seconds=1172)
    numbers = klokuur.WeekNumbers("response_time", "1930-W10", 9, 10, last_deadline=deadline)
    assert klokuur.judge(numbers, deadline + timedelta(days=30)).finality == "final"
