"""The picture behind the page says what the core's picture, which the command shows, says of the same files and instant."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import klokuur
from klokuur._log import mapping_of
from klokuur._report.log import SellerLog
from klokuur._report.picture import Picture
from klokuur._report.progress import Progress

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "core" / "examples" / "data"
NOW = datetime.fromisoformat("2026-11-09T08:00:00+01:00")

Data = dict[str, Any]


@pytest.fixture(scope="module")
def core() -> Data:
    """The picture of the core, as data."""
    if shutil.which("cargo") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no cargo: the report in Rust cannot be run")
        pytest.skip("no cargo: the report in Rust cannot be run")
    command = ["cargo", "run", "--release", "--quiet", "-p", "klokuur", "--example", "seller_report", "--"]
    done = subprocess.run(
        [*command, "--now", NOW.isoformat(), "--json"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found: Data = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def picture() -> Picture:
    rules = klokuur.RulebookHistory.bol().as_rulebook()
    log = SellerLog("data", mapping_of(None), Progress())
    log.read(SAMPLE)
    return Picture.of(log, rules, NOW)


def test_rows_and_instant(core: Data, picture: Picture) -> None:
    assert datetime.fromisoformat(core["as_of"]["now"]) == picture.now
    assert core["as_of"]["week"] == str(picture.this_week)
    assert (core["read"]["rows"], core["read"]["skipped"]) == (picture.log.rows, picture.log.skipped) == (picture.log.rows, [])


def test_open_and_at_risk_cases(core: Data, picture: Picture) -> None:
    found = core["cases"]
    assert found["open"] == len(picture.open)
    assert [row["number"] for row in found["waiting"]] == [row.number for row in picture.waiting]
    for theirs, mine in zip(found["waiting"], picture.waiting, strict=True):
        assert mine.due is not None and mine.why is not None
        assert datetime.fromisoformat(theirs["due"]) == mine.due
        assert datetime.fromisoformat(theirs["opened_at"]) == mine.opened_at
        assert (theirs["clock"], theirs["customer"], theirs["subject"]) == (mine.clock, mine.customer, mine.subject)
        assert [one["reason"] for one in theirs["why"]["stretches"]]
    assert found["at_risk"] == [row.number for row in picture.at_risk]
    assert found["late"] == []
    assert len(found["with_marketplace"]) == picture.with_marketplace
    assert picture.next_change is not None
    # A nanosecond after the warning: Python rounds it up to its microsecond.
    assert found["next_change"].startswith(picture.next_change.isoformat()[:19])


def test_norms_of_both_weeks(core: Data, picture: Picture) -> None:
    for week in (picture.this_week.pred(), picture.this_week):
        theirs = [one for one in core["weeks"] if one["week"] == str(week)]
        mine = [result for result in picture.weeks if result.week == week]
        assert mine and len(theirs) == 1
        norms = theirs[0]["norms"]
        assert [one["result"]["norm"] for one in norms] == [result.norm for result in mine]
        for one, result in zip(norms, mine, strict=True):
            counts = (one["result"]["numerator"], one["result"]["denominator"])
            assert counts == (result.numerator, result.denominator)
            assert (one["result"]["verdict"], one["result"]["finality"]) == (result.verdict, result.finality)


def test_strikes_standing_and_score(core: Data, picture: Picture) -> None:
    ledger, report, estimate = picture.ledger, picture.standing, picture.score
    assert ledger is not None and report is not None and estimate is not None
    found = core["strikes"]
    assert [
        (
            one["week"],
            [(cause["norm"], cause["numerator"], cause["denominator"]) for cause in one["causes"]],
            one["expiry_week"],
            date.fromisoformat(one["expires_on"]),
            date.fromisoformat(one["appeal_until"]),
        )
        for one in found["report"]["strikes"]
    ] == [
        (
            str(one.week),
            [(cause.norm, cause.numerator, cause.denominator) for cause in one.causes],
            str(one.expiry_week),
            one.expires_on,
            one.appeal_until,
        )
        for one in report.strikes
    ]
    better = ledger.earliest_improvement(picture.today)
    assert isinstance(better, klokuur.StrikeExpires)
    assert found["improvement"] == {
        "kind": "strike_expires",
        "week": str(better.week),
        "on": better.on.isoformat(),
        "strikes_after": better.strikes_after,
    }
    for consequence in ("offline", "closed"):
        assert found[f"bad_weeks_until_{consequence}"] == ledger.bad_weeks_until(consequence)
    assert [one["bad"] for one in found["what_if"]] == [True, False]
    for one in found["what_if"]:
        last = ledger.what_if([one["bad"]] * one["weeks"])[-1]
        assert (one["then"]["strikes"], one["then"]["on"]) == (last.strikes, last.on.isoformat())
    score = core["score"]["estimate"]
    assert score["score"] == pytest.approx(estimate.score, rel=1e-12)
    parts = [part for part in estimate.parts if part.score is not None]
    assert [part.norm for part in parts] == ["on_time", "cancellations", "track_and_trace"]
    theirs = [part for part in score["parts"] if part["score"] is not None]
    for one, part in zip(theirs, parts, strict=True):
        assert (one["norm"], one["numerator"], one["denominator"]) == (part.norm, part.numerator, part.denominator)
        assert one["score"] == pytest.approx(part.score, rel=1e-12)


def test_nps(core: Data, picture: Picture) -> None:
    nps = picture.nps
    assert nps is not None and nps.change is not None and nps.trend is not None
    found = core["nps"]

    def counts(one: Data) -> tuple[int, int, int]:
        return one["nps"]["promoters"], one["nps"]["passives"], one["nps"]["detractors"]

    assert counts(found["recent"]) == (nps.recent.promoters, nps.recent.passives, nps.recent.detractors)
    assert [(one["period"]["first"], counts(one)) for one in found["months"]] == [
        (first.isoformat(), (tally.promoters, tally.passives, tally.detractors)) for first, tally in nps.months
    ]
    change, theirs = nps.change, found["change"]["comparison"]
    for name in ("difference", "low", "high", "p_two_sided"):
        assert theirs[name] == pytest.approx(getattr(change, name), rel=1e-12), name
    for name in ("points_per_period", "p_two_sided"):
        assert found["trend"][name] == pytest.approx(getattr(nps.trend, name), rel=1e-12), name


def test_subjects_signals_and_the_month(core: Data, picture: Picture) -> None:
    subjects, found = picture.subjects, core["subjects"]["overview"]
    assert found["cases"] == subjects.cases
    assert [(one["subject"], one["cases"], one["share"]) for one in found["subjects"]] == [
        (one.subject, one.cases, pytest.approx(one.share)) for one in subjects.subjects
    ]
    assert [(one["item"], one["cases"], one["rate"]) for one in found["relatively_many"]] == [
        (one.item, one.cases, pytest.approx(one.rate)) for one in subjects.relatively_many
    ]
    report, signals = picture.signals, core["signals"]["report"]
    assert (signals["tested"], len(signals["signals"])) == (report.tested, len(report.signals))
    for theirs, mine in zip(signals["signals"], report.signals, strict=True):
        assert (theirs["name"], theirs["recent"]) == (mine.name, mine.recent)
        assert theirs["p_adjusted"] == pytest.approx(mine.p_adjusted, rel=1e-9)
    month, overview = picture.month, core["month"]["overview"]
    assert overview["period"]["first"] == month.period.first.isoformat()
    assert overview["total"]["cases"] == month.total.cases
    for theirs, mine in zip(overview["groups"], month.groups, strict=True):
        assert (theirs["subject"], theirs["cases"]) == (mine.subject, mine.cases)
        assert mine.on_time is not None
        assert (theirs["on_time"]["count"], theirs["on_time"]["of"]) == (mine.on_time.count, mine.on_time.of)
