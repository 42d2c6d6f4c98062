"""Cases: the book and the outcomes."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pandas

from klokuur import CaseBook, CaseRow, KeptAside, KlokuurError, KnownAlready, Rows, Taken
from shapes import exact, shape


def now(given: dict[str, Any]) -> datetime:
    # pandas has the nanosecond that a datetime has not.
    return pandas.Timestamp(given["now"])


def filled(given: dict[str, Any]) -> CaseBook:
    book = CaseBook()
    book.apply_all(given["events"])
    return book


def codes(refused: Any) -> list[dict[str, str]]:
    return [{"code": error.code, "message": str(error)} for error in refused]


def apply(given: dict[str, Any]) -> Any:
    book = CaseBook()
    for event in given["events"]:
        book.apply(event).taken()
    return {"cases": len(book)}


def applied(given: dict[str, Any]) -> Any:
    book = CaseBook()
    became: list[dict[str, Any]] = []
    for event in given["events"]:
        outcome = "not_kept"
        told: Any = []
        error: Any = None
        try:
            match answer := book.apply(event, now(given)):
                case Taken():
                    outcome, told = "taken", shape(answer)
                case KnownAlready():
                    outcome = "known_already"
                case KeptAside():
                    outcome, error = "kept_aside", codes([answer.error])
        except KlokuurError as refused:
            error = codes([refused])
        became.append({"outcome": outcome, "told": told, "error": error})
    return {"applied": became, "kept": len(book.events())}


def told(given: dict[str, Any]) -> Any:
    book = CaseBook()
    events: list[Any] = []
    refused: list[KlokuurError] = []
    for event in given["events"]:
        try:
            events += book.apply(event).taken()
        except KlokuurError as error:
            refused.append(error)
    events += book.advance(now(given))
    return {"told": shape(events), "refused": codes(refused)}


def coming(given: dict[str, Any]) -> Any:
    book = filled(given)
    book.advance(now(given))
    events = book.coming(pandas.Timestamp(given["until"]))
    return {"coming": shape(events), **said(book, events)}


def sentences(given: dict[str, Any]) -> Any:
    book = CaseBook()
    events = [event for given_event in given["events"] for event in book.apply(given_event)]
    return said(book, [*events, *book.advance(now(given))])


def said(book: CaseBook, events: Any) -> dict[str, list[str]]:
    return {
        "english": [book.sentence(event) for event in events],
        "dutch": [book.sentence(event, "dutch") for event in events],
    }


def overview(given: dict[str, Any]) -> Any:
    book, at = filled(given), now(given)
    core = book._core
    return {
        "open": rows(book.overview(at), core.overview(at, 0, None)),
        "with_marketplace": rows(book.with_marketplace(at), core.with_marketplace(at)),
        "completed": rows(book.completed(at), core.completed(at, 0, None)),
    }


def rows(found: Rows[CaseRow], told: Any) -> list[Any]:
    def answer(row: CaseRow, raw: Any) -> dict[str, Any]:
        amounts = {name: exact(raw[name]) for name in ("elapsed", "remaining", "late")}
        return {**shape(row), "why": None if row.why is None else str(row.why), **amounts}

    return [answer(row, raw) for row, raw in zip(found, told, strict=True)]


def find(given: dict[str, Any]) -> Any:
    return {"numbers": [row.number for row in filled(given).find(given["text"], now(given))]}


def next_wake_up(given: dict[str, Any]) -> Any:
    return {"at": shape(filled(given).next_wake_up(now(given)))}


def erased(given: dict[str, Any]) -> Any:
    book, at = filled(given), now(given)
    book.advance(at)
    told = book.erase_customer(given["customer"]) if "customer" in given else book.erase_case(given["number"])
    return {
        "erased": told,
        "events": json.loads(book.saved())["events"],
        "open": rows(book.overview(at), book._core.overview(at, 0, None)),
        "completed": rows(book.completed(at), book._core.completed(at, 0, None)),
        "refused": shape(book.refused()),
        "told_again": shape(book.advance(at)),
    }


def journal(given: dict[str, Any]) -> Any:
    book, position = CaseBook(), 0
    written: list[str] = []
    for place, event in enumerate(given["events"], start=1):
        book.apply(event)
        if "customer" in given and place == len(given["events"]):
            book.erase_customer(given["customer"])
        if place in given["saved_after"]:
            line, position, is_whole = book.saved_since(position)
            assert is_whole == ("since" not in json.loads(line))
            written.append(line)
    restored = CaseBook.restore("\n".join(written[line] for line in given.get("lines", range(len(written)))))
    # Through its bytes too: a snapshot of what was restored is the same book.
    again = CaseBook.restore_snapshot(restored.snapshot())
    lines = [json.loads(line) for line in written]
    at = now(given)
    return {
        "lines": [{"since": line.get("since"), "position": line["position"], "events": len(line["events"])} for line in lines],
        "position": again.position,
        "open": rows(again.overview(at), again._core.overview(at, 0, None)),
    }


def archived(given: dict[str, Any]) -> Any:
    book, at = filled(given), now(given)
    book.advance(at)
    archive = book.archive(pandas.Timestamp(given["closed_before"]))
    refused: list[KlokuurError] = []
    for number in given.get("recall", []):
        try:
            book.recall(number, archive)
        except KlokuurError as error:
            refused.append(error)
    if "journal" in given:
        try:
            book.catch_up(given["journal"])
        except KlokuurError as error:
            refused.append(error)
    cases = dict.fromkeys(event["case"] for event in given["events"])
    return {
        "archived": [number for number in cases if book.is_archived(number)],
        "archived_len": book.archived_len,
        "archive": rows(archive.completed(at), archive._core.completed(at, 0, None)),
        "refused": codes(refused),
        "events": len(book.events()),
        "position": book.position,
        "open": rows(book.overview(at), book._core.overview(at, 0, None)),
        "completed": rows(book.completed(at), book._core.completed(at, 0, None)),
        "weeks": shape(book.response_weeks(at)),
    }


def response_weeks(given: dict[str, Any]) -> Any:
    return {"weeks": shape(filled(given).response_weeks(now(given)))}


def outcomes(given: dict[str, Any]) -> Any:
    book, at = CaseBook(), now(given)
    book.load([event for event in given["events"] if datetime.fromisoformat(event["at"]) <= at])
    # A datetime has microseconds; what it is made of has all digits.
    digits = book._core.outcomes(at)
    answers = [
        {
            **shape(row),
            "scores": row.scores and dict(row.scores),
            "surveys": told["surveys"],
            "answered": told["answered"],
        }
        for row, told in zip(book.outcomes(at), digits, strict=True)
    ]
    return {"outcomes": answers, "refused": shape(book.refused())}


OPS = {
    "case_apply": apply,
    "case_applied": applied,
    "case_told": told,
    "case_coming": coming,
    "case_sentences": sentences,
    "case_overview": overview,
    "case_find": find,
    "case_next_wake_up": next_wake_up,
    "case_response_weeks": response_weeks,
    "case_outcomes": outcomes,
    "case_erased": erased,
    "case_journal": journal,
    "case_archive": archived,
}
