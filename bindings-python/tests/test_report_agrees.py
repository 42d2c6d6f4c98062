"""The picture behind the page says what `make demo`, the same report in Rust, says of the same files and instant."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

import klokuur
from klokuur import _words as words
from klokuur._report.cases import CLOCKS
from klokuur._report.figures.nps import sentence
from klokuur._log import mapping_of
from klokuur._report.log import SellerLog
from klokuur._report.picture import Picture
from klokuur._report.progress import Progress

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "core" / "examples" / "data"
NOW = datetime.fromisoformat("2026-11-09T08:00:00+01:00")


@pytest.fixture(scope="module")
def demo() -> list[str]:
    """The lines of the Rust report, all cases included."""
    if shutil.which("cargo") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no cargo: the report in Rust cannot be run")
        pytest.skip("no cargo: the report in Rust cannot be run")
    command = ["cargo", "run", "--release", "--quiet", "-p", "klokuur", "--example", "seller_report", "--"]
    done = subprocess.run(
        [*command, "--now", NOW.isoformat(), "--all"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def picture() -> Picture:
    rules = klokuur.RulebookHistory.bol().as_rulebook()
    log = SellerLog("data", mapping_of(None), Progress())
    log.read(SAMPLE)
    return Picture.of(log, rules, NOW)


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


def section(demo: list[str], title: str) -> list[str]:
    """The lines under a title that begins so, the title included."""
    start = next(i for i, line in enumerate(demo) if line.startswith(title))
    end = next((i for i in range(start + 2, len(demo)) if not demo[i]), len(demo))
    return demo[start:end]


def test_rows_and_heading(demo: list[str], picture: Picture) -> None:
    assert demo[0] == f"data as of {words.long_moment(picture.now)}, week {picture.this_week}"
    assert f"{picture.log.rows} rows read, none skipped." in demo
    assert picture.log.skipped == []


def test_open_and_at_risk_cases(demo: list[str], picture: Picture) -> None:
    found = section(demo, "Open cases")
    assert found[0] == (
        f"Open cases: {len(picture.open)}, the oldest first; {len(picture.waiting)} wait for an answer of yours"
    )
    lines = []
    for row in picture.waiting:
        assert row.due is not None and row.remaining is not None and row.why is not None
        left = plain(words.amount(row.remaining.amount, exact=True))
        left += " elapsed" if row.remaining.basis == "elapsed" else ""
        due = words.moment(row.due)
        lines.append(f"  {row.number}  due {due}, {left} left  [{row.customer or '-'}: {row.subject or '-'}]")
        lines.append(f"      {CLOCKS[row.clock or '']}, opened {words.moment(row.opened_at)}: {row.why}")
    assert found[2 : 2 + len(lines)] == lines
    risk = section(demo, "At risk")
    assert risk[0].startswith(f"At risk: {len(picture.at_risk)} open for a long time, 0 of them")
    assert [line.split()[0] for line in risk if line.startswith("  7")] == [row.number for row in picture.at_risk]
    assert f"With the marketplace's customer service: {picture.with_marketplace}." in risk
    at = picture.next_change
    assert at is not None
    assert (
        f"Next change of a case: {words.DAYS[at.weekday()]} {at.day} {words.MONTHS[at.month - 1]} {at:%H:%M}." in risk
    )


def test_norms_of_both_weeks(demo: list[str], picture: Picture) -> None:
    for label, week in (("Last week", picture.this_week.pred()), ("This week", picture.this_week)):
        found = section(demo, f"{label}, {week}")
        mine = [result for result in picture.weeks if result.week == week]
        assert mine
        theirs = [line.split() for line in found if re.search(r" of .*(final|provisional)$", line)]
        assert [line[0] for line in theirs] == [result.norm for result in mine]
        for line, result in zip(theirs, mine, strict=True):
            text = " ".join(line)
            assert f"{result.norm} {plain(words.value(result))} {result.numerator} of {result.denominator} " in text
            assert ("MISSED" in line or "MISSED," in line) == (result.verdict == "missed")
            assert line[-1] == result.finality
        response = picture.week_of("response_time", week)
        if response is not None:
            assert f"  Response time: {response.forecast()}." in found


def test_strikes_standing_and_score(demo: list[str], picture: Picture) -> None:
    ledger, report, estimate = picture.ledger, picture.standing, picture.score
    assert ledger is not None and report is not None and estimate is not None
    found = section(demo, "Strikes in the window")
    assert found[0] == f"Strikes in the window: {len(report.strikes)}"
    assert found[2 : 2 + len(report.strikes)] == [
        f"  {strike.week}  "
        + ", ".join(f"{cause.norm} {cause.numerator} of {cause.denominator}" for cause in strike.causes)
        + f"; expires when {strike.expiry_week} is final, {strike.expires_on}; complaints until {strike.appeal_until}"
        for strike in report.strikes
    ]
    better = ledger.earliest_improvement(picture.today)
    assert isinstance(better, klokuur.StrikeExpires)
    assert (
        f"  earliest improvement: {better.strikes_after} strikes on {better.on}, when {better.week} is final" in found
    )
    for consequence in ("offline", "closed"):
        weeks = ledger.bad_weeks_until(consequence)
        assert f"  bad weeks in a row until the shop is {consequence}: {weeks}" in found
    for name, bad in (("two more bad weeks", True), ("two good weeks", False)):
        last = ledger.what_if([bad, bad])[-1]
        assert any(line.startswith(f"  what if {name}: {last.strikes} strikes on {last.on}, ") for line in found)
    score = section(demo, "Performance score")
    assert f"  {estimate.score:.2f}, an estimate: the marketplace's formula is not public" in score
    parts = [part for part in estimate.parts if part.score is not None]
    assert [part.norm for part in parts] == ["on_time", "cancellations", "track_and_trace"]
    for part in parts:
        assert f"  {part.norm:<18} {part.score:>5.2f}  ({part.numerator} of {part.denominator})" in score


def test_nps(demo: list[str], picture: Picture) -> None:
    nps = picture.nps
    assert nps is not None and nps.change is not None and nps.trend is not None
    found = section(demo, "NPS after customer contact")
    said = [(f"last {nps.recent_days} days", nps.recent), *((words.month(first), tally) for first, tally in nps.months)]
    assert found[2 : 2 + len(said)] == [
        f"  {label}: {plain(sentence(tally, nps.guideline, nps.confidence))}" for label, tally in said
    ]
    change, trend = nps.change, nps.trend
    assert (
        f" {change.difference:+.1f} points ({change.low:.1f} to {change.high:.1f}), p = {change.p_two_sided:.3f}: "
        in found[-2]
    )
    assert found[-1] == f"  trend: {trend.points_per_period:+.2f} points a month, p = {trend.p_two_sided:.3f}"


def test_subjects_signals_and_the_month(demo: list[str], picture: Picture) -> None:
    subjects = picture.subjects
    found = section(demo, "What the ")
    assert found[0] == f"What the {subjects.cases} cases of the last 28 days are about"
    assert [line for line in found if line.endswith(" %")] == [
        f"  {one.subject:<24} {one.cases:>4}  {100 * one.share:>4.0f} %" for one in subjects.subjects
    ]
    assert [line for line in found if "of the ordered items" in line] == [
        f"  {item.item:<24} {item.cases:>4}  {100 * (item.rate or 0):.1f} % of the ordered items"
        for item in subjects.relatively_many
    ]
    report = picture.signals
    found = section(demo, "Signals")
    assert found[0].startswith(f"Signals: {len(report.signals)} of {report.tested} tested (at most 1 % ")
    for signal, line in zip(report.signals, found[2:], strict=True):
        assert line.startswith(
            f"  {signal.place}: {signal.name or 'any'} — {signal.recent} cases where {signal.expected:.1f} were to be expected, "
        )
        assert float(line.rsplit("= ", 1)[1]) == pytest.approx(signal.p_adjusted, rel=0.05)
    month = picture.month
    found = section(demo, words.month(month.period.first))
    assert found[0] == f"{words.month(month.period.first)}: {month.total.cases} cases"
    for group, line in zip(month.groups, found[2:], strict=True):
        assert group.handling.median is not None and group.on_time is not None
        median, share = plain(words.amount(group.handling.median, exact=True)), group.on_time
        assert line == (
            f"  {group.subject:<24} {group.cases:>4}  median handling {median}  "
            f"{100 * share.share:.0f} % on time ({100 * share.low:.0f} to {100 * share.high:.0f} %)"
        )
