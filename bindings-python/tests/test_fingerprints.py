"""What a result was computed with: every door says it, and says the same."""

from __future__ import annotations

import pickle
import warnings
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import klokuur
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

NOW = datetime(2026, 4, 24, 14, tzinfo=UTC)
LOG = {"case": ["K-1"], "at": ["2026-04-24T15:00:00+02:00"], "event": ["opened"]}


def rules_of(at: datetime) -> klokuur.Rulebook:
    """The rulebook of bol that judges a week."""
    return klokuur.RulebookHistory.bol().for_week(klokuur.IsoWeek.of(at.date()))


def book(holidays: str = "NL") -> klokuur.CaseBook:
    made = klokuur.CaseBook("bol", klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00", holidays=holidays))
    made.load(LOG)
    made.advance(NOW)
    return made


def test_what_a_book_gives_carries_what_the_book_has() -> None:
    own = book()
    [row] = own.overview(NOW)
    case = own.case("K-1", NOW)
    assert case is not None and row.why is not None
    assert own.fingerprints == case.fingerprints == row.why.fingerprints
    assert own.fingerprints == klokuur.Fingerprints.of(own.clock, own.rules)
    assert own.clock.explain(NOW, NOW).fingerprints == klokuur.Fingerprints.of(own.clock)


def test_a_save_is_held_against_hours_and_rules() -> None:
    own, belgian = book(), book("BE")
    assert klokuur.CaseBook.restore(own.saved(), "bol", own.clock).fingerprints == own.fingerprints
    with pytest.raises(klokuur.InvalidDocumentError, match=r"schedule: \w+ then, \w+ now; calendar: "):
        klokuur.CaseBook.restore(own.saved(), "bol", belgian.clock)
    with pytest.raises(klokuur.InvalidDocumentError, match=r"judged by others, rules: \w+ then"):
        klokuur.CaseBook.restore(own.saved(), "amazon", own.clock)
    anew = klokuur.CaseBook.restore_anew(own.saved(), "bol", belgian.clock)
    assert anew.fingerprints == belgian.fingerprints and anew.overview(NOW) == belgian.overview(NOW)
    with pytest.raises(klokuur.InvalidDocumentError, match="saved case book is not valid at line 1"):
        klokuur.CaseBook.restore("{")


def test_a_pickle_tells_what_is_another_now() -> None:
    own = book()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert pickle.loads(pickle.dumps(own)).overview(NOW) == own.overview(NOW)
    restored, parts = own.__reduce__()
    then = klokuur.Fingerprints(**{**own.fingerprints.to_dict(), "zone_data": "2020a"})
    with pytest.warns(klokuur.OtherFingerprintsWarning, match="judged anew: zone_data: 2020a then") as told:
        restored(*parts[:-1], then)
    [warning] = [warned.message for warned in told]
    assert isinstance(warning, klokuur.OtherFingerprintsWarning)
    assert [change.of for change in warning.changes] == ["zone_data"]


@pytest.mark.parametrize("text", ["", "zone_data ", "rules 1, zone_data 2026f", "calendar 0123456789abcdef"])
def test_another_text_is_none(text: str) -> None:
    with pytest.raises(klokuur.InvalidValueError):
        klokuur.Fingerprints.parse(text)


def texts(column: Any) -> set[str]:
    return set(column.to_pylist() if isinstance(column, pa.ChunkedArray) else column)


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table, dict])
@pytest.mark.parametrize("name", ["bol", "amazon"])
def test_every_door_carries_the_same(make: Any, name: str) -> None:
    rules = klokuur.Rulebook.shipped(name)
    own = klokuur.CaseBook(rules)
    own.load(make(LOG))
    of = rules.fingerprints
    assert of == own.fingerprints == klokuur.Fingerprints.of(rules.schedule(), rules)
    cases = klokuur.evaluate(make(LOG), rules, now=NOW)
    assert texts(cases["fingerprints"]) == {str(of)} == texts(own.outcomes(NOW).to_frame("pandas")["fingerprints"])
    assert klokuur.Fingerprints.parse(str(of)) == of
    records = own.outcomes(NOW)
    assert records.fingerprints == records[:1].fingerprints == (records + records).fingerprints == of
    assert pickle.loads(pickle.dumps(records)).fingerprints == of
    assert own.overview(NOW).fingerprints == own.response_weeks(NOW).fingerprints == of
    assert all(numbers.fingerprints == of for numbers in own.response_weeks(NOW))
    for found in (klokuur.weeks(cases), klokuur.weeks(records, now=NOW).to_frame(), own.weeks(NOW).to_frame()):
        assert texts(found["fingerprints"]) == {str(of)}
    april = klokuur.Period.month(2026, 4)
    for given in (cases, records, klokuur.case_records(records, rules), klokuur.case_records(cases)):
        assert klokuur.overview(given, april, rules=rules).fingerprints == of
        assert klokuur.signals(given, date(2026, 4, 24), rules=rules).fingerprints == of
        assert klokuur.subject_overview(given, april, rules=rules).fingerprints == of


def test_cases_of_a_book_are_not_judged_by_other_rules_in_silence() -> None:
    amazon = klokuur.CaseBook("amazon")
    amazon.load(LOG)
    [week] = klokuur.weeks(amazon.outcomes(NOW), now=NOW)
    assert week == amazon.weeks(NOW)[0] and week.fingerprints == amazon.fingerprints
    assert klokuur.signals(amazon.outcomes(NOW), date(2026, 4, 24)).fingerprints == amazon.fingerprints
    own = klokuur.CaseBook(klokuur.Rulebook.bol().with_values({"case.warn_after_hours": 12}))
    own.load(LOG)
    with pytest.raises(klokuur.InvalidValueError, match="without those rules: give them, as rules="):
        klokuur.weeks(own.outcomes(NOW), now=NOW)
    with pytest.raises(klokuur.InvalidValueError, match="without those rules"):
        klokuur.signals(own.outcomes(NOW), date(2026, 4, 24))
    assert klokuur.weeks(own.outcomes(NOW), own.rules, now=NOW)[0].fingerprints == own.fingerprints


def test_cases_judged_by_several_carry_none() -> None:
    cases = klokuur.evaluate(pd.DataFrame(LOG), now=NOW)
    other = cases.assign(fingerprints=str(book("BE").fingerprints))
    [week] = klokuur.weeks(pd.concat([cases, other]))["fingerprints"].map(klokuur.Fingerprints.parse)
    assert (week.schedule, week.rules) == (None, rules_of(NOW).fingerprint())
    assert (book().outcomes(NOW) + book("BE").outcomes(NOW)).fingerprints is None


def test_cases_of_which_one_says_nothing_carry_none() -> None:
    cases = klokuur.evaluate(pd.DataFrame(LOG), now=NOW)
    both = pd.concat([cases, cases.assign(case="K-2", fingerprints=None)])
    for frame in (both, pl.from_pandas(both), pa.Table.from_pandas(both)):
        said: Any = klokuur.weeks(frame)["fingerprints"]
        [text] = said.to_pylist() if isinstance(frame, pa.Table) else said.to_list()
        week = klokuur.Fingerprints.parse(text)
        assert (week.schedule, week.rules) == (None, rules_of(NOW).fingerprint())


def test_a_backtest_names_both_sides() -> None:
    rules = klokuur.RulebookHistory.bol().as_rulebook()
    belgian = klokuur.Scenario(rules, book("BE").clock)
    found = klokuur.backtest(LOG, rules, belgian, now=NOW)
    assert found.fingerprints_before == rules.fingerprints and found.fingerprints_after == book("BE").fingerprints
    assert [change.of for change in found.fingerprints_before.changes(found.fingerprints_after)][:1] == ["schedule"]


def test_the_report_names_what_judged_it(tmp_path: Path) -> None:
    pd.DataFrame(LOG).to_csv(tmp_path / "cases.csv", index=False)
    klokuur.report(tmp_path / "cases.csv", now=NOW).save(tmp_path / "report.html")
    assert str(klokuur.RulebookHistory.bol().as_rulebook().fingerprints) in (tmp_path / "report.html").read_text()


def test_phone_weeks_carry_their_hours() -> None:
    [week] = klokuur.PhoneHours("bol").weeks([(NOW, True)])
    judged = klokuur.judge(week.numbers(), NOW)
    assert judged.fingerprints == replace(week.fingerprints, rules=rules_of(NOW).fingerprint())
    of = klokuur.RulebookHistory.bol().as_rulebook().fingerprints
    assert (week.fingerprints.calendar, week.fingerprints.rules) == (of.calendar, of.rules)
    assert week.fingerprints.schedule not in (None, of.schedule)


def test_ledger_standing_points_and_score_carry_their_rules() -> None:
    by_week, newest = klokuur.RulebookHistory.bol().as_rulebook(), klokuur.Rulebook.bol()
    for rules, fingerprint in ((None, by_week.fingerprint()), (newest, newest.fingerprint())):
        of = replace(by_week.fingerprints, schedule=None, calendar=None, rules=fingerprint)
        ledger = klokuur.Ledger([klokuur.JudgedWeek.bad("2026-W30", "on_time")], rules=rules)
        reported = klokuur.StandingAsReported(date(2026, 8, 1), 0)
        assert ledger.fingerprints == ledger.standing(date(2026, 8, 1)).fingerprints == of
        assert ledger.with_weeks([klokuur.JudgedWeek.good("2026-W31")]).fingerprints == of
        assert klokuur.compare_standing(ledger, reported).fingerprints == of
        points = klokuur.PolicyPoints((), rules).on(date(2026, 8, 1)).fingerprints
        estimate = klokuur.estimate_score([], date(2026, 8, 1), rules).fingerprints
        # Points and the score are a matter of the rules of one date.
        assert points == estimate == replace(of, rules=newest.fingerprint())
