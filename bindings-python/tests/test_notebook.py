"""What a notebook shows of results: escaped, compact, nothing from elsewhere."""

from __future__ import annotations

import inspect
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any
from zoneinfo import ZoneInfo


import klokuur
from klokuur._records import Record

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 3, 20, 8, tzinfo=AMSTERDAM)
EVIL = "<img src=x onerror=alert(1)>&\"'"


class Reader(HTMLParser):
    """The text, and that every element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.open: list[str] = []
        self.figures: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "link", "style", "iframe")
        assert not {name for name, _ in attrs} & {"href", "onerror", "id"}
        if tag == "img":
            given = dict(attrs)
            assert (given["src"] or "").startswith("data:image/png;base64,") and given["alt"]
            self.figures.append(given["alt"] or "")
        else:
            assert "src" not in dict(attrs)
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data.replace("\xa0", " "))


def read(thing: Any) -> str:
    reader = Reader()
    reader.feed(thing._repr_html_())
    assert reader.open == []
    return " | ".join(reader.text)


def book() -> klokuur.CaseBook:
    made = klokuur.CaseBook()
    log = [
        {
            "case": EVIL,
            "at": datetime(2026, 3, 13, 15, tzinfo=AMSTERDAM),
            "event": "opened",
            "subject": EVIL,
            "item": EVIL,
        },
        {"case": "K-2", "at": datetime(2026, 3, 19, 15, tzinfo=AMSTERDAM), "event": "opened", "customer": EVIL},
    ]
    made.load(log)
    return made


def test_every_class_of_results_shows_itself() -> None:
    for name in klokuur.__all__:
        thing = getattr(klokuur, name)
        if inspect.isclass(thing) and not issubclass(thing, (BaseException, str)) and thing.__module__ != "builtins":
            if name in ("Fault", "Scenario"):
                continue  # plain tuples and arguments
            assert hasattr(thing, "_repr_html_"), name


def test_a_deadline_with_its_stretches() -> None:
    clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00", holidays="NL")
    asked = datetime(2026, 4, 24, 17, 30, tzinfo=AMSTERDAM)
    text = read(clock.explain(asked, clock.add(asked, hours=24)))
    assert text.startswith("due Tuesday 28 April 2026 17:30: ")
    assert "King's Day" in text and "weekend" in text and "6 h 30 min" in text
    assert "Mo-Fr 00:00-24:00" in read(clock) and "NL" in read(clock.calendar)


def test_an_nps_with_its_interval_and_a_bar() -> None:
    text = read(klokuur.Nps(promoters=60, passives=30, detractors=10))
    assert (
        text
        == "NPS 50.0 |  35 to 62 at 95 %, 100 answers | promoters 60 (60 %); passives 30 (30 %); detractors 10 (10 %)"
    )
    assert "only an indication" in read(klokuur.Nps(3, 1, 1))
    assert read(klokuur.Nps()) == "NPS: no answers, no score"
    assert "width:60.00%" in klokuur.Nps(60, 30, 10)._repr_html_()


def test_norms_and_forecasts() -> None:
    week = klokuur.judge(klokuur.WeekNumbers("response_time", "2026-W11", 12, 20), NOW)
    text = read(week)
    assert (
        "Response time | 2026-W11 | 60.0 % | at least 90 % | 12 of 20 | conforms, under the count limit, final" in text
    )
    assert "affordable" in read(week.forecast())
    assert "response_time" in read(klokuur.WeekNumbers("response_time", "2026-W11", 12, 20))


def test_standing_ledger_and_score() -> None:
    ledger = klokuur.Ledger([klokuur.JudgedWeek.bad(f"2026-W{n:02}", "response_time") for n in range(1, 6)])
    text = read(ledger.standing(date(2026, 2, 4)))
    assert "Standing: temporarily offline since 4 Feb 2026" in text and "2026-W05" in text and "2 more close it" in text
    assert "2026-W01 to 2026-W05" in read(ledger)
    assert read(ledger.standing(date(2026, 2, 4)).standing).startswith("Offline")
    assert read(ledger.standing(date(2026, 1, 1)).standing) == "Active"
    estimate = klokuur.estimate_score(
        klokuur.judge([klokuur.WeekNumbers("fulfilment", "2026-W11", 93, 100)], NOW), NOW.date()
    )
    assert "Performance score: 8.00, an estimate" in read(estimate)


def test_rulebooks_and_books() -> None:
    text = read(klokuur.Rulebook.bol())
    assert "Rulebook bol-2026" in text and "Track & trace | at least 98 %" in text
    assert "bol-2022" in read(klokuur.RulebookHistory.bol())
    assert "PhoneHours" in read(klokuur.PhoneHours())
    made = book()
    assert "Case book" in read(made) and "2" in read(made)


def test_what_comes_from_data_is_escaped() -> None:
    made = book()
    for thing in (made.overview(NOW), made.overview(NOW)[0], made.outcomes(NOW), made.case(EVIL, NOW)):
        assert EVIL in read(thing)
    rules = klokuur.Rulebook.bol().with_values({"name": EVIL, "marketplace": EVIL})
    assert EVIL in read(rules) and EVIL in read(klokuur.CaseBook(rules))


def test_many_rows_are_cut_short() -> None:
    rows = klokuur.Rows(klokuur.WeekNumbers("fulfilment", "2026-W11", i, 10_000) for i in range(60))
    shown = rows._repr_html_()
    assert shown.count("<tr>") == 51 and "… and 10 more" in shown
    assert read(klokuur.Rows[Record]()) == ""


def test_empty_values_have_a_dash() -> None:
    report = klokuur.Ledger().standing(date(2026, 2, 4))
    assert "0 strikes on 4 Feb 2026" in read(report)
    assert "–" in read(klokuur.CaseEvent("K", datetime(2026, 3, 13, tzinfo=UTC), "opened"))


def test_a_ledger_and_judged_weeks_are_shown_as_figures_too() -> None:
    def figures(thing: Any) -> list[str]:
        reader = Reader()
        reader.feed(thing._repr_html_())
        return reader.figures

    ledger = klokuur.Ledger([klokuur.JudgedWeek.bad("2026-W10", "response_time")])
    assert figures(ledger) == ["Strikes that count, from day to day"] and figures(klokuur.Ledger()) == []
    numbers = [klokuur.WeekNumbers("response_time", f"2026-W{week}", 18, 20) for week in (10, 11)]
    assert figures(klokuur.judge(numbers, datetime(2026, 3, 20, tzinfo=UTC))) == ["Response time by week"]
    assert ledger._repr_html_() == ledger._repr_html_()
