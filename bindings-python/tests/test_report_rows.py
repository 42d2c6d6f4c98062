"""The report counts each row where it belongs, refuses the rows that are none, and says which and why."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import klokuur
from klokuur._report.log import SellerLog
from klokuur._report.mapping import LogMapping, Times
from klokuur._report.picture import Picture
from klokuur._report.progress import Progress

CASES = "case,at,event,kind,order,item\n"
ORDERS = "order,ordered_at,item,quantity,promised_on,delivered_at,cancelled_at,cancelled_by,tracked\n"
NOW = datetime(2026, 3, 30, 7, tzinfo=UTC)


def folder(where: Path, **files: str) -> Path:
    for name, text in files.items():
        (where / f"{name}.csv").write_text(text)
    return where


def picture(source: Path | dict[str, Any], now: datetime | None = NOW) -> Picture:
    rules = klokuur.Rulebook.bol()
    log = SellerLog("", LogMapping(), Times(None, rules.clock.zone), Progress())
    log.read(source)
    return Picture.of(log, rules, now)


def test_returns_count_in_the_week_they_were_registered_and_only_for_their_item(tmp_path: Path) -> None:
    # The bell of order 1 is returned in week 12, order 2 as a whole in week 13, all ordered in week 10.
    cases = (
        CASES + "K-1,2026-03-17T10:00:00+01:00,opened,return,1,bell\n"
        "K-2,2026-03-24T10:00:00+01:00,opened,return,2,\n"
        "K-3,2026-03-26T10:00:00+01:00,opened,return,2,lamp\n"
        "K-4,2026-03-26T10:00:00+01:00,opened,question,3,lamp\n"
    )
    lines = [(1, 4, "bell", 2), (1, 4, "lamp", 5), (2, 4, "lamp", 3), (2, 4, "lock", 1), (3, 18, "lamp", 7), (4, 25, "lamp", 9)]
    orders = ORDERS + "".join(
        f"{order},2026-03-{day:02}T10:00:00+01:00,{item},{quantity},2026-03-{day + 1:02},,,,yes\n"
        for order, day, item, quantity in lines
    )
    found = picture(folder(tmp_path, cases=cases, orders=orders))
    assert found.log.skipped == []
    assert {str(week.week): (week.numerator, week.denominator) for week in found.weeks if week.norm == "returns"} == {
        "2026-W10": (0, 11),
        "2026-W12": (2, 7),
        "2026-W13": (4, 9),
    }
