"""A mapping's own hours and holidays: every door judges by them, and a book that has others says so."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import klokuur

NOW = datetime(2026, 3, 25, tzinfo=UTC)
# Asked on a Friday, answered on Monday: in time by bol's hours, too late where the weekend counts.
LOG = {"case": ["1", "1"], "at": ["2026-03-13 15:00", "2026-03-16 14:00"], "event": ["opened", "seller_message"]}
# A day of Easter: no day by bol's holidays, one without any.
EASTER = {"case": ["1", "1"], "at": ["2026-04-03 15:00", "2026-04-07 14:00"], "event": ["opened", "seller_message"]}
ZONE = {"zone": "Europe/Amsterdam"}
OWN = {**ZONE, "hours": "Mo-Su 00:00-24:00", "calendar": "none"}


def verdicts(log: dict[str, list[str]], mapping: dict[str, Any], now: datetime, folder: Path) -> dict[str, str]:
    """The verdict on one case by every door that takes a mapping."""
    path = folder / "log.csv"
    pd.DataFrame(log).to_csv(path, index=False)
    rows = [dict(zip(log, row, strict=True)) for row in zip(*log.values(), strict=True)]
    bol = klokuur.Rulebook.bol()
    found: dict[str, str] = {}
    given = {"columns": log, "pandas": pd.DataFrame(log), "polars": pl.DataFrame(log), "arrow": pa.table(log), "rows": rows}
    for name, events in (given | {"file": path}).items():
        cases = klokuur.evaluate(events, now=now, mapping=mapping, columns=["verdict"])
        found[f"evaluate {name}"] = str(cases["verdict"][0])
    read = klokuur.Rulebook.bol().with_values(
        {"clock.hours": mapping.get("hours", bol.clock.hours)}
        | ({"clock.calendars": []} if mapping.get("calendar") == "none" else {})
    )
    for name, events in (given | {"file": path}).items():
        book = klokuur.CaseBook(read)
        assert book.load(events, mapping=mapping) == []
        found[f"load {name}"] = str(book.outcomes(now)[0].verdict)
    for name, events in given.items():
        page = klokuur.picture(events, now=now, mapping=mapping)
        found[f"picture {name}"] = _of_weeks(page)
        # The other side never closes, so the change is there exactly when these rules judge the case otherwise.
        always = klokuur.Scenario(bol, klokuur.Schedule("Europe/Amsterdam", "24/7"))
        changes = klokuur.backtest(events, bol, always, now=now, mapping=mapping)
        found[f"backtest {name}"] = str(changes.cases[0].before) if changes.cases else "breached"
    for name, source in {"file": path, **{name: {"cases": given[name]} for name in given if name != "rows"}}.items():
        found[f"report {name}"] = _of_weeks(klokuur.report(source, now=now, mapping=mapping).picture)
    return found


def _of_weeks(picture: klokuur.SellerPicture) -> str:
    [norm] = [
        norm["result"] for week in picture.to_dict()["weeks"] for norm in week["norms"] if norm["result"]["norm"] == "response_time"
    ]
    return "met" if norm["numerator"] else "breached"


@pytest.mark.parametrize(
    ("log", "mapping", "now", "verdict"),
    [
        (LOG, ZONE, NOW, "met"),
        (LOG, OWN, NOW, "breached"),
        (LOG, {**ZONE, "hours": "Mo-Su 00:00-24:00"}, NOW, "breached"),
        (EASTER, ZONE, datetime(2026, 5, 1, tzinfo=UTC), "met"),
        (EASTER, {**ZONE, "calendar": "none"}, datetime(2026, 5, 1, tzinfo=UTC), "breached"),
    ],
)
def test_every_door_judges_by_the_hours_of_the_mapping(
    log: dict[str, list[str]], mapping: dict[str, Any], now: datetime, verdict: str, tmp_path: Path
) -> None:
    found = verdicts(log, mapping, now, tmp_path)
    assert {door: said for door, said in found.items() if said != verdict} == {}


def test_the_mapping_wins_over_rules_that_are_given_and_a_scenarios_clock_over_the_mapping() -> None:
    for rules in (None, "bol", klokuur.Rulebook.bol(), klokuur.RulebookHistory.bol()):
        assert list(klokuur.evaluate(LOG, rules, now=NOW, mapping=OWN)["verdict"]) == ["breached"]
        assert _of_weeks(klokuur.picture(LOG, now=NOW, rules=rules, mapping=OWN)) == "breached"
        assert _of_weeks(klokuur.report({"cases": LOG}, now=NOW, rules=rules, mapping=OWN).picture) == "breached"
    bol = klokuur.Rulebook.bol()
    office = klokuur.Scenario(bol, klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00"))
    [change] = klokuur.backtest(LOG, bol, office, now=NOW, mapping=OWN).cases
    assert (change.before, change.after) == ("breached", "met")


def test_a_book_with_other_hours_refuses_the_mapping_and_takes_nothing() -> None:
    book = klokuur.CaseBook()
    said = (
        r"mapping with hours `Mo-Su 00:00-24:00` and calendar `none` is not valid for a book with other clock hours: "
        r"accepted is a mapping without them, or a book that has them, as CaseBook\(clock=Schedule\(zone, hours, holidays=...\)\)"
    )
    with pytest.raises(klokuur.InvalidValueError, match=said):
        book.load(LOG, mapping=OWN)
    with pytest.raises(klokuur.InvalidValueError, match=said):
        klokuur.picture(book, now=NOW, mapping=OWN)
    assert len(book) == 0
    always = klokuur.CaseBook(clock=klokuur.Schedule("Europe/Amsterdam", "Mo-Su 00:00-24:00"))
    assert always.load(LOG, mapping=OWN) == [] and always.outcomes(NOW)[0].verdict == "breached"
    assert klokuur.picture(always, now=NOW, mapping=OWN).to_dict()["cases"]["open"] == 1


def test_cases_in_a_frame_say_the_rules_with_the_own_hours() -> None:
    own = klokuur.Rulebook.bol().with_values({"clock.hours": "Mo-Su 00:00-24:00", "clock.calendars": []})
    found = klokuur.evaluate(LOG, klokuur.Rulebook.bol(), now=NOW, mapping=OWN)
    assert found["rules"][0] == f"bol-2026 {own.fingerprint()}"
    assert klokuur.weeks(found, own)["numerator"][0] == 0
