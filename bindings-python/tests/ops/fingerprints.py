"""What a result was computed with."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import klokuur
from ops.time import schedule_of
from shapes import shape


def of(given: dict[str, Any]) -> klokuur.Fingerprints:
    rules = given.get("rules")
    return klokuur.Fingerprints.of(schedule_of(given), None if rules is None else klokuur.Rulebook.shipped(rules))


def changes(given: dict[str, Any]) -> Any:
    return {"changes": shape(of(given["then"]).changes(of(given["now"])))}


def rules_of(under: dict[str, Any]) -> str:
    return str(under.get("rules", "bol-2022"))


def book_of(given: dict[str, Any], under: dict[str, Any]) -> tuple[klokuur.CaseBook, datetime]:
    book, now = klokuur.CaseBook(rules_of(under), schedule_of(under)), datetime.fromisoformat(given["now"])
    book.load(given["events"])
    book.advance(now)
    return book, now


def book_fingerprints(given: dict[str, Any]) -> Any:
    book, now = book_of(given, given)
    case = book.case("K-1", now)
    assert case is not None and case.row.why is not None
    side = klokuur.Scenario(klokuur.Rulebook.shipped(rules_of(given)), schedule_of(given))
    same = klokuur.backtest(given["events"], side, side, now=now)
    return {
        "book": shape(book.fingerprints),
        "case": shape(case.fingerprints),
        "why": shape(case.row.why.fingerprints),
        "week": shape(book.weeks(now)[0].fingerprints),
        "before": shape(same.fingerprints_before),
        "after": shape(same.fingerprints_after),
    }


def book_restored(given: dict[str, Any]) -> Any:
    book, now = book_of(given, given["then"])
    saved, under = json.loads(book.saved()), given["now_under"]
    if "zone_data" in given:
        saved["fingerprints"]["zone_data"] = given["zone_data"]
    if given.get("without"):
        del saved["fingerprints"]
    restore = klokuur.CaseBook.restore_anew if given.get("anew") else klokuur.CaseBook.restore
    restored = restore(json.dumps(saved), rules_of(under), schedule_of(under))
    due = restored.overview(now)[0].due
    return {"due": shape(due), "advanced_to": shape(restored.advanced_to), "fingerprints": shape(restored.fingerprints)}


OPS = {
    "fingerprints": lambda given: shape(of(given)),
    "fingerprint_changes": changes,
    "book_fingerprints": book_fingerprints,
    "book_restored": book_restored,
}
