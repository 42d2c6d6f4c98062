"""An event log in every kind of data frame gives the same cases, in the kind that came in."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas
import polars
import pyarrow
import pytest

import klokuur
from klokuur import CaseBook, Ledger, RefusedRow, Rulebook
from klokuur._evaluate import KINDS

LOG = Path(__file__).parents[2] / "core" / "examples" / "data" / "cases.csv"
NOW = datetime(2026, 12, 31, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    frame = pandas.read_csv(LOG, dtype=str, keep_default_na=False)
    frame["automatic"] = frame["automatic"].replace({"yes": "true"})
    return [{name: value or None for name, value in row.items()} for row in frame.to_dict("records")]  # type: ignore[misc]


def written(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in rows] for name in rows[0]}


def timed(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    columns = written(rows)
    for name in ("at", "ordered_at", "until", "right_at"):
        if name in columns:
            columns[name] = [None if at is None else datetime.fromisoformat(at) for at in columns[name]]
    return columns


def frames(rows: list[dict[str, Any]]) -> dict[str, Any]:
    columns = timed(rows)
    zoned = polars.DataFrame(
        {
            name: polars.Series(name, column).dt.convert_time_zone("Europe/Amsterdam")
            if name in ("at", "ordered_at", "until", "right_at") and any(column)
            else polars.Series(name, column, dtype=polars.String)
            for name, column in columns.items()
        }
    )
    table = zoned.to_arrow()
    return {
        "written pandas": pandas.DataFrame(written(rows)),
        "written nullable pandas": pandas.DataFrame(written(rows)).convert_dtypes(),
        "polars": zoned,
        "arrow": table,
        "chunked arrow": pyarrow.concat_tables([table.slice(0, 1000), table.slice(1000)]),
        "pandas": table.to_pandas(),
        "pandas of arrow": table.to_pandas(types_mapper=pandas.ArrowDtype),
        "lists": columns,
        "written lists": written(rows),
    }


def plain(cases: Any) -> list[dict[str, Any]]:
    """What any kind of frame says, in one way."""
    if isinstance(cases, pandas.DataFrame):
        cases = {name: cases[name].astype(object).where(cases[name].notna(), None).tolist() for name in cases}
    elif isinstance(cases, polars.DataFrame):
        cases = cases.to_dict(as_series=False)
    elif isinstance(cases, pyarrow.Table):
        cases = cases.to_pydict()
    made = []
    for row in zip(*cases.values(), strict=True):
        made.append({name: cell(value) for name, value in zip(cases, row, strict=True)})
    return made


def cell(value: Any) -> Any:
    if isinstance(value, pandas.Timestamp):
        value = value.to_pydatetime()
    if isinstance(value, np.datetime64):
        value = None if np.isnat(value) else value.astype("M8[us]").item().replace(tzinfo=UTC)
    if isinstance(value, (np.timedelta64, pandas.Timedelta)):
        value = None if pandas.isna(value) else pandas.Timedelta(value).to_pytimedelta()
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if isinstance(value, np.generic):
        return value.item()
    return None if value is pandas.NaT else value


def test_every_kind_of_frame_gives_the_same_cases(rows: list[dict[str, Any]]) -> None:
    expected: list[dict[str, Any]] | None = None
    for name, frame in frames(rows).items():
        refused: list[RefusedRow] = []
        cases = klokuur.evaluate(frame, now=NOW, refused=refused)
        kind = dict if isinstance(frame, dict) else type(frame)
        assert type(cases) is kind, name
        assert refused == []
        found = plain(cases)
        if expected is None:
            expected = found
            assert len(found) == len({row["case"] for row in rows})
        assert found == expected, name


def test_the_book_says_the_same(rows: list[dict[str, Any]]) -> None:
    book = CaseBook()
    book.load(
        {name: value == "true" if name == "automatic" else value for name, value in row.items() if value is not None}
        for row in rows
    )
    cases = klokuur.evaluate(pandas.DataFrame(written(rows)), now=NOW)
    outcomes = book.outcomes(NOW)
    assert cases["case"].tolist() == [outcome.case for outcome in outcomes]
    assert cases["verdict"].tolist() == [outcome.verdict for outcome in outcomes]
    assert klokuur.weeks(cases)["numerator"].tolist() == [week.numerator for week in book.weeks(NOW)]
    assert klokuur.weeks(outcomes, now=NOW) == klokuur.weeks(book, now=NOW) == book.weeks(NOW)


def test_a_book_takes_a_log_in_a_data_frame(rows: list[dict[str, Any]]) -> None:
    until = datetime(2026, 8, 1, tzinfo=UTC)
    for kind, frame in frames(rows).items():
        book = CaseBook()
        assert book.load(frame) == [], kind
        assert len(book) == 1959, kind
        early, same = CaseBook(), CaseBook()
        assert early.load(frame, until=until) == [], kind
        same.load([row for row in timed_rows(rows) if row["at"] <= until])
        assert early.outcomes(until) == same.outcomes(until), kind
    again = CaseBook()
    again.load(reversed(timed_rows(rows)), until=until)
    assert again.outcomes(until) == same.outcomes(until)


def test_a_book_takes_the_times_of_a_log_as_text_up_to_an_instant() -> None:
    until = datetime(2026, 3, 13, 15, tzinfo=UTC)
    book = CaseBook()
    refused = book.load(
        [
            {"case": "K-1", "at": "2026-03-13T17:00:00+01:00", "event": "seller_message"},
            {"case": "K-2", "at": "2026-03-13T16:00:00+01:00", "event": "closed"},
            {"case": "K-1", "at": "2026-03-13T16:00:00+01:00", "event": "opened"},
        ],
        until=until,
    )
    # The place is that among all that were given.
    assert [(error.row, error.code) for error in refused] == [(1, "impossible_transition")]
    assert [case.answered for case in book.outcomes(until)] == [None]


def timed_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Events as mappings, with only what they carry."""
    columns = timed(rows)
    made = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return [
        {name: (value == "true" if name == "automatic" else value) for name, value in row.items() if value is not None}
        for row in made
    ]


def test_threads_and_the_order_of_rows_change_nothing(rows: list[dict[str, Any]]) -> None:
    frame = pandas.DataFrame(written(rows))
    once = klokuur.evaluate(frame, now=NOW)
    shuffled = frame.sample(frac=1, random_state=7)
    pandas.testing.assert_frame_equal(once, klokuur.evaluate(shuffled, now=NOW, threads=3))
    pandas.testing.assert_frame_equal(once, klokuur.evaluate(shuffled, now=NOW, threads=0))


def test_weeks_come_in_the_kind_of_the_cases(rows: list[dict[str, Any]]) -> None:
    weeks: dict[str, Any] = {}
    for name, frame in frames(rows).items():
        weeks[name] = klokuur.weeks(klokuur.evaluate(frame, now=NOW))
        assert type(weeks[name]) is (dict if isinstance(frame, dict) else type(frame)), name
    ledgers = [Ledger(frame) for frame in weeks.values()]
    assert all(ledger == ledgers[0] for ledger in ledgers)
    assert ledgers[0].standing(NOW).newest_final_week is not None


def test_other_norms_join_the_weeks(rows: list[dict[str, Any]]) -> None:
    cases = klokuur.evaluate(polars.DataFrame(written(rows)), now=NOW)
    weeks = klokuur.weeks(
        cases,
        numbers=[klokuur.WeekNumbers("cancellations", "2026-W10", 1, 100)],
        elsewhere=[klokuur.WeekNumbers("RESPONSE_TIME", "2026-W10", 9, 10)],
    )
    assert sorted(set(weeks["norm"])) == ["cancellations", "response_time"]
    assert weeks.filter(week="2026-W10", norm="response_time")["measured_by"].to_list() == ["elsewhere"]


LOG_WITH_MISTAKES = {
    "case": ["a", "a", "b", None, "c", "c"],
    "at": [
        "2026-03-13T15:00:00+01:00",
        "2026-03-13T15:00:00",
        "2026-03-13T15:00:00+01:00",
        "2026-03-13T15:00:00+01:00",
        "2026-03-13T15:00:00+01:00",
        "2026-03-13T16:00:00+01:00",
    ],
    "event": ["opened", "closed", "seller_message", "opened", "opened", "answered"],
}


def test_refused_rows_are_told_with_their_numbers() -> None:
    refused: list[RefusedRow] = []
    cases = klokuur.evaluate(LOG_WITH_MISTAKES, now=NOW, refused=refused)
    assert cases["case"].tolist() == ["a", "c"]
    assert [(row.row, row.code) for row in refused] == [
        (1, "invalid_document"),
        (2, "impossible_transition"),
        (3, "invalid_document"),
        (5, "unknown_name"),
    ]
    with pytest.warns(klokuur.RefusedRowsWarning, match="4 rows refused and left out: row 1: ") as warned:
        klokuur.evaluate(LOG_WITH_MISTAKES, now=NOW)
    assert warned[0].message.refused == tuple(refused)  # type: ignore[union-attr]
    with pytest.raises(klokuur.InvalidDocumentError) as first:
        klokuur.evaluate(LOG_WITH_MISTAKES, now=NOW, refused="raise")
    assert first.value.row == 1


def test_numpy_instants_are_utc() -> None:
    log = {
        "case": np.array(["a", "a"]),
        "at": np.array(["2026-03-13T14:00", "2026-03-16T14:00"], "M8[s]"),
        "event": np.array(["opened", "seller_message"], object),
    }
    cases = klokuur.evaluate(log, now=NOW)
    assert cases["due"].dtype == "M8[us]" and cases["due"][0] == np.datetime64("2026-03-16T14:00")
    assert cases["elapsed"][0] == np.timedelta64(24, "h") and cases["verdict"][0] == "met"


def test_zones_are_kept() -> None:
    at = pandas.Series(pandas.to_datetime(["2026-03-13T14:00Z"])).dt.tz_convert("America/New_York")
    cases = klokuur.evaluate(pandas.DataFrame({"case": [7], "at": at, "event": ["opened"]}), now=NOW)
    assert str(cases["due"].dtype.tz) == "America/New_York" and cases["case"].tolist() == ["7"]


def test_an_empty_log_has_no_cases() -> None:
    for empty in (
        pandas.DataFrame({"case": [], "at": [], "event": []}, dtype=str),
        polars.DataFrame(schema={"case": polars.String, "at": polars.Datetime("us", "UTC"), "event": polars.String}),
    ):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            cases = klokuur.evaluate(empty, now=NOW)
        assert len(cases) == 0 and "verdict" in cases.columns
        assert len(klokuur.weeks(cases, now=NOW)) == 0


def test_what_is_no_log_is_refused() -> None:
    with pytest.raises(klokuur.InvalidDocumentError, match="missing, accepted are the columns case, at, event"):
        klokuur.evaluate({"case": ["a"], "event": ["opened"]}, now=NOW)
    with pytest.raises(klokuur.LengthMismatchError):
        klokuur.evaluate({"case": ["a"], "at": [], "event": ["opened"]}, now=NOW)
    with pytest.raises(TypeError, match="an event log must be"):
        klokuur.evaluate([1, 2], now=NOW)


def test_other_rules_give_other_verdicts() -> None:
    log = {"case": ["a"], "at": [datetime(2026, 3, 13, 15, 0, tzinfo=NOW.tzinfo)], "event": ["opened"]}
    stricter = Rulebook.bol().with_values({"case.first_response_hours": 2, "case.warn_after_hours": 1})
    cases = klokuur.evaluate(log, stricter, now=datetime(2026, 3, 13, 17, 30, tzinfo=NOW.tzinfo))
    assert cases["verdict"][0] == "breached" and cases["elapsed"][0] == timedelta(hours=2, minutes=30)


def test_the_records_have_the_fields_that_the_core_has() -> None:
    events, outcomes, row = klokuur._klokuur.case_columns()
    assert set(klokuur.CaseEvent.__dataclass_fields__) == {name for name, _ in events}
    assert set(klokuur.CaseOutcome.__dataclass_fields__) == {name for name, _ in outcomes}
    assert set(klokuur.CaseRow.__dataclass_fields__) == set(row)


def test_surveys_and_results_stand_in_columns() -> None:
    log = {
        "case": ["K-1"] * 6,
        "at": [f"2026-03-{day}T10:00:00+01:00" for day in ("09", "10", "12", "13", "16", "20")],
        "event": ["opened", "handled", "survey_answered", "reopened", "handled", "survey_answered"],
        "kind": ["return", None, None, None, None, None],
        "result": [None, "repaired", None, None, "exchanged", None],
        "scores": [None, None, "recommendation=10", None, None, "recommendation=0;speed=3"],
    }
    cases = klokuur.evaluate(log, now=NOW, refused="raise")
    assert cases["result"].tolist() == ["exchanged"]
    assert cases["surveys"].tolist() == [
        "2026-03-12T09:00:00Z recommendation=10 | 2026-03-20T09:00:00Z recommendation=0;speed=3"
    ]
    book = CaseBook()
    assert book.load(log) == []
    [outcome] = book.outcomes(NOW)
    assert [dict(answer.scores) for answer in outcome.surveys] == [{"recommendation": 10}, {"recommendation": 0, "speed": 3}]
    frame = klokuur.evaluate(pandas.DataFrame(log), now=NOW, refused="raise")
    for given in (cases, frame, [outcome]):
        assert len(klokuur.case_records(given)) == 1, type(given)
    with pytest.raises(klokuur.InvalidValueError, match="accepted is a datetime with a zone"):
        # NumPy's instants are UTC; in a pandas frame they have lost the zone that they are in.
        klokuur.case_records(pandas.DataFrame(cases))


def test_a_frame_by_the_history_of_bol_judges_each_week_by_the_rules_of_its_time() -> None:
    log = {"case": ["K-1"], "at": [datetime(2020, 3, 12, 10, tzinfo=UTC)], "event": ["opened"]}
    cases = klokuur.evaluate(log, now=datetime(2020, 4, 1, tzinfo=UTC))
    # Together until the split of 2026; 93 % exactly was bad then.
    numbers = [klokuur.WeekNumbers("fulfilment", "2020-W11", 93, 100)]
    assert list(klokuur.weeks(cases, numbers=numbers)["verdict"][:1]) == ["missed"]
    assert list(klokuur.weeks(cases, numbers=numbers, rules="bol-2022")["verdict"][:1]) == ["conforms"]


def test_a_history_and_its_newest_rules_say_that_they_differ() -> None:
    log = {"case": ["K-1"], "at": [datetime(2020, 3, 12, 10, tzinfo=UTC)], "event": ["opened"]}
    now = datetime(2020, 4, 1, tzinfo=UTC)
    by_week, newest = (klokuur.evaluate(log, now=now, rules=rules) for rules in ("bol", Rulebook.bol()))
    assert by_week["rules"][0] != newest["rules"][0]
    own = klokuur.RulebookHistory([Rulebook.shipped("bol-2019"), Rulebook.shipped("bol-2022")])
    with pytest.raises(klokuur.InvalidValueError, match="without those rules"):
        klokuur.weeks(klokuur.evaluate(log, now=now, rules=own))


def test_values_are_changed_in_the_whole_history() -> None:
    changed = klokuur.RulebookHistory.bol().as_rulebook().with_values({"case.start_within_years": 3})
    assert changed.history is not None
    assert [rules.case.start_within_years for rules in changed.history.rulebooks] == [3] * 5
    assert changed.fingerprint() != klokuur.RulebookHistory.bol().fingerprint()


def names_of(frame: Any) -> list[str]:
    return list(frame.column_names if isinstance(frame, pyarrow.Table) else frame.keys() if isinstance(frame, dict) else frame.columns)


@pytest.mark.parametrize(
    "wanted",
    [
        ["verdict", "case"],
        ["due", "opened", "elapsed", "is_measured", "status", "follow_ups"],
        ["fingerprints", "handling", "now"],
        ["rules"],
        list(reversed(KINDS)),
    ],
)
@pytest.mark.parametrize("threads", [1, 2])
def test_c3_columns_that_are_asked_for_are_those_of_all(rows: list[dict[str, Any]], wanted: list[str], threads: int) -> None:
    for name, frame in frames(rows).items():
        whole, some = klokuur.evaluate(frame, now=NOW), klokuur.evaluate(frame, now=NOW, columns=wanted, threads=threads)
        assert type(some) is type(whole) and names_of(some) == wanted, name
        assert plain(some) == [{column: row[column] for column in wanted} for row in plain(whole)], name


def test_texts_of_any_length_are_the_same_in_polars_as_in_arrow() -> None:
    at = ["2026-03-13T15:00:00+01:00"] * 90
    numbers = [f"{'K-' * (row % 12)}{row}é" for row in range(90)]
    subjects = ["", "short", "twelve bytes", "thirteen bytes"] * 22 + ["één lange onderwerpregel", None]
    log = {"case": numbers, "at": at, "event": ["opened"] * 90, "subject": subjects}
    one = klokuur.evaluate(polars.DataFrame(log), now=NOW)
    other = klokuur.evaluate(pyarrow.table(log), now=NOW)
    assert one["status"].dtype == polars.String and one["case"].to_list() == sorted(numbers)
    assert one.drop("now", "opened", "due").to_dicts() == polars.from_arrow(other).drop("now", "opened", "due").to_dicts()  # type: ignore[union-attr]
    assert one.filter(polars.col("subject") == "één lange onderwerpregel").height == 1
    assert one.slice(80).rechunk().to_arrow()["status"].to_pylist() == one["status"].to_list()[80:]


def test_columns_that_there_are_not_are_refused_by_name() -> None:
    log = {"case": ["K-1"], "at": ["2026-03-13T15:00:00+01:00"], "event": ["opened"]}
    with pytest.raises(klokuur.UnknownNameError, match="unknown column of cases `colour`: accepted is case, .*fingerprints"):
        klokuur.evaluate(log, now=NOW, columns=["case", "colour"])
    with pytest.raises(klokuur.InvalidValueError, match="`case` twice"):
        klokuur.evaluate(log, now=NOW, columns=["case", "due", "case"])
    with pytest.raises(klokuur.InvalidValueError, match="one or more of case"):
        klokuur.evaluate(log, now=NOW, columns=[])
    with pytest.raises(TypeError, match="a list of names, not str"):
        klokuur.evaluate(log, now=NOW, columns="case")
    # What weeks are counted by can be asked for alone.
    some = klokuur.evaluate(log, now=NOW, columns=["opened", "due", "answered", "is_measured", "verdict", "now", "rules"])
    assert plain(klokuur.weeks(some))[0]["numerator"] == 0
