"""Columns in which little or nothing is, columns that belong together, and frames that know what they are made of."""

from __future__ import annotations

from collections import deque
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import klokuur
import klokuur.pandas
import klokuur.polars

TZ = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 3, 20, tzinfo=TZ)
ASKED = datetime(2026, 3, 13, 15, tzinfo=TZ)
DUE = datetime(2026, 3, 16, 15, tzinfo=TZ)
CLOCK = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00")
LOG = {"case": ["K-1", "K-2"], "at": [ASKED, ASKED], "event": ["opened", "opened"]}

NOTHING: dict[str, Any] = {
    "pandas objects": pd.Series([None, None]),
    "pandas NaT objects": pd.Series([pd.NaT, None], dtype=object),
    "pandas NaT": pd.to_datetime(pd.Series([None, None])).dt.tz_localize("UTC"),
    "Polars": pl.Series("at", [None, None]),
    "Arrow": pa.nulls(2),
    "Arrow chunks": pa.chunked_array([pa.nulls(1), pa.nulls(1)]),
    "NumPy objects": np.array([None, None], object),
    "NumPy": np.array(["NaT", "NaT"], "M8[us]"),
    "list": [None, None],
}


def listed(column: Any) -> list[Any]:
    items = column.to_pylist() if hasattr(column, "to_pylist") else list(column)
    return [None if item is None or item is pd.NaT or item is pd.NA or item != item else item for item in items]


@pytest.mark.parametrize("nothing", NOTHING.values(), ids=NOTHING)
def test_a_column_in_which_nothing_is_yet_gives_nothing(nothing: Any) -> None:
    none: list[Any] = [None, None]
    assert listed(CLOCK.add_many(nothing, hours=24)) == none
    assert listed(CLOCK.between_many(nothing, NOW)) == none
    assert listed(CLOCK.between_many(NOW, nothing)) == none
    assert listed(CLOCK.next_open_many(nothing)) == none
    truths = listed(CLOCK.within_many(nothing, NOW, hours=24))
    assert truths in (none, [False, False])


@pytest.mark.parametrize("nothing", [NOTHING[name] for name in ("pandas objects", "Polars", "Arrow", "list")])
@pytest.mark.parametrize("kind", ["pandas", "polars", "arrow", "list", "numpy"])
def test_a_second_column_in_which_nothing_is_yet_gives_nothing(kind: str, nothing: Any) -> None:
    asked: Any = {
        "pandas": pd.Series([ASKED, ASKED]),
        "polars": pl.Series([ASKED, ASKED]),
        "arrow": pa.array([ASKED, ASKED], pa.timestamp("ms", "Europe/Amsterdam")),
        "list": [ASKED, ASKED],
        "numpy": np.array(["2026-03-13T14:00"] * 2, "M8[s]"),
    }[kind]
    assert listed(CLOCK.between_many(asked, nothing)) == [None, None]
    assert listed(CLOCK.add_many(asked, nothing)) == [None, None]


@pytest.mark.parametrize(
    "log",
    [
        pd.DataFrame({"case": [], "at": [], "event": []}),
        pl.DataFrame({"case": [], "at": [], "event": []}),
        pa.table({"case": pa.nulls(0), "at": pa.nulls(0), "event": pa.nulls(0)}),
        {"case": [], "at": [], "event": []},
        pd.DataFrame(columns=["case", "at", "event"]),
    ],
    ids=["pandas", "polars", "arrow", "lists", "names alone"],
)
def test_a_log_without_rows_has_no_cases(log: Any) -> None:
    cases = klokuur.evaluate(log, now=NOW)
    assert len(cases["case"]) == 0
    assert len(klokuur.weeks(cases)["week"]) == 0


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table, dict])
def test_a_log_without_times_tells_every_row(make: Any) -> None:
    log = make({"case": ["K-1", "K-2"], "at": [None, None], "event": ["opened", "opened"]})
    refused: list[klokuur.RefusedRow] = []
    assert len(klokuur.evaluate(log, now=NOW, refused=refused)["case"]) == 0
    assert [row.row for row in refused] == [0, 1]
    with pytest.raises(klokuur.InvalidDocumentError, match="row 0: .*at.*missing"):
        klokuur.evaluate(log, now=NOW)


def test_offsets_of_their_own_may_stand_on_either_side() -> None:
    mixed = pd.Series([DUE.astimezone(timezone(timedelta(hours=h))) for h in (2, 5)], dtype=object)
    for asked in (pd.Series([ASKED, ASKED]), np.array(["2026-03-13T14:00"] * 2, "M8[s]"), pl.Series([ASKED, ASKED])):
        assert listed(CLOCK.between_many(asked, mixed)) == [timedelta(hours=24)] * 2
        assert listed(CLOCK.between_many(mixed, asked)) == [timedelta(hours=-24)] * 2
        assert listed(CLOCK.within_many(asked, mixed, hours=24)) == [True, True]


def test_the_far_past_is_refused_with_its_row() -> None:
    far = datetime(1, 1, 1, tzinfo=UTC)
    with pytest.raises(klokuur.OutOfRangeError) as error:
        CLOCK.between_many([ASKED, far], NOW)
    assert error.value.row == 1
    refused: list[klokuur.RefusedRow] = []
    log = {**LOG, "at": [ASKED, far]}
    assert len(klokuur.evaluate(log, now=NOW, refused=refused)["case"]) == 1
    assert [row.row for row in refused] == [1]


def test_memory_that_is_out_of_step_is_read() -> None:
    packed = np.zeros(3, np.dtype([("flag", "i1"), ("at", "M8[us]"), ("score", "i8")]))
    packed["at"], packed["score"] = np.datetime64("2026-03-13T14:00"), 9
    assert not packed["at"].flags.aligned
    assert CLOCK.add_many(packed["at"], hours=24).tolist() == [DUE.astimezone(UTC).replace(tzinfo=None)] * 3
    assert klokuur.nps(packed["score"]).count == 3


@pytest.mark.parametrize(
    "scores",
    [
        pd.Series([10, 9, 3]).astype("category"),
        pd.Categorical([10, 9, 3]),
        {1: 10, 2: 9, 3: 3}.values(),
        deque([10, 9, 3]),
        iter([10, 9, 3]),
        {10: 1, 9: 1, 3: 1},
    ],
    ids=["category", "categorical", "values", "deque", "iterator", "keys"],
)
def test_scores_of_every_kind_are_tallied(scores: Any) -> None:
    if isinstance(scores, dict):
        scores = scores.keys()
    assert klokuur.nps(scores) == klokuur.Nps(2, 0, 1)


def test_what_is_missing_stays_missing_in_pandas() -> None:
    column = pd.Series([ASKED, pd.NaT])
    for answer in (CLOCK.is_open_many(column), column.klokuur.within(CLOCK, NOW, hours=110)):
        assert answer.dtype == "boolean" and listed(answer) == [True, None]
    assert len(column[CLOCK.is_open_many(column)]) == 1


def test_a_literal_of_polars_stands_for_a_column_of_it() -> None:
    frame = pl.DataFrame({"asked": [ASKED, ASKED - timedelta(hours=1)]})
    asked = pl.col("asked").klokuur
    made = frame.with_columns(
        spent=asked.until(CLOCK, pl.lit(DUE)), ok=asked.within(CLOCK, pl.lit(DUE), hours=24),
        due=asked.due(CLOCK, pl.lit(timedelta(hours=24))), back=pl.lit(DUE).klokuur.until(CLOCK, pl.col("asked")),
    )  # fmt: skip
    assert made["spent"].to_list() == [timedelta(hours=24), timedelta(hours=25)]
    assert made["ok"].to_list() == [True, False]
    assert made["due"].to_list() == [DUE, DUE - timedelta(hours=1)]
    assert made["back"].to_list() == [-timedelta(hours=24), -timedelta(hours=25)]
    assert frame.lazy().select(asked.until(CLOCK, pl.lit(DUE))).collect().height == 2


SCORES = pd.Series([10, 0], index=[0, 1])
OTHERS = pd.Series(["a", "b"], index=[1, 0])
AT = pd.Series([ASKED, ASKED], index=[1, 0])


@pytest.mark.parametrize(
    "ask",
    [
        lambda: klokuur.nps_by(SCORES, OTHERS),
        lambda: klokuur.nps_by(SCORES, pd.DataFrame({"a": OTHERS})),
        lambda: klokuur.nps_groups(SCORES, OTHERS),
        lambda: klokuur.nps_by_month(AT, SCORES, "Europe/Amsterdam"),
        lambda: klokuur.nps_by_week(AT, SCORES, "Europe/Amsterdam"),
        lambda: klokuur.nps_in(AT, SCORES, "Europe/Amsterdam", date(2026, 3, 1), date(2026, 3, 31)),
        lambda: klokuur.nps_weighted(SCORES, pd.Series([1.0, 2.0], index=[1, 0])),
        lambda: CLOCK.between_many(AT, pd.Series([NOW, NOW])),
        lambda: CLOCK.between_many(AT, pd.Series([NOW, NOW], dtype=object)),
        lambda: klokuur.PhoneHours().weeks_many(AT, pd.Series([True, False])),
        lambda: klokuur.response_weeks(AT, AT, pd.Series([NOW, NOW]), "Europe/Amsterdam", NOW),
    ],
)
def test_an_index_is_never_ignored(ask: Any) -> None:
    with pytest.raises(klokuur.InvalidValueError, match="index of the second column .*align"):
        ask()


def test_keys_keep_their_names_and_may_be_several() -> None:
    frame = pd.DataFrame({"score": [10, 3, 9, 9], "agent": ["a", "b", "a", None], "item": [1, 1, 2, 2]})
    assert list(klokuur.nps_by(frame["score"], frame["agent"])) [:2] == ["agent", "promoters"]
    assert list(klokuur.nps_by([10], ["a"])[0])[0] == "key"
    several = klokuur.nps_by(frame, by=["agent", "item"])
    assert several[["agent", "item", "count", "score"]].to_numpy().tolist() == [
        ["a", 1, 1, 100.0], ["a", 2, 1, 100.0], ["b", 1, 1, -100.0]
    ]  # fmt: skip
    assert klokuur.nps_by(frame["score"], frame[["agent", "item"]]).equals(several)
    assert klokuur.nps_by(pl.DataFrame(frame), by=["agent", "item"]).rows() == pl.DataFrame(several).rows()
    assert klokuur.nps_by(pa.Table.from_pandas(frame), by=["item"]).column_names[0] == "item"
    made = klokuur.nps_by(np.array([10, 3]), {"agent": np.array(["a", "b"]), "item": np.array([1, 2])})
    assert made.dtype.names[:2] == ("agent", "item") and made["score"].tolist() == [100.0, -100.0]
    named = frame.rename(columns={"agent": "count"})
    assert list(klokuur.nps_by(named["score"], named["count"]))[0] == "key"
    with pytest.raises(klokuur.LengthMismatchError):
        klokuur.nps_by([10, 3], {"a": ["x", "y"], "b": ["x"]})


def test_dates_are_dates() -> None:
    months = klokuur.nps_by_month(pd.Series([ASKED]), pd.Series([10]), "Europe/Amsterdam")
    assert months["month"].dt.month.tolist() == [3]
    holidays = klokuur.Rows(klokuur.HolidayCalendar("NL").holidays(2026)).to_frame("pandas")
    assert holidays["date"].dt.year.unique().tolist() == [2026]


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table, dict])
def test_a_frame_knows_the_rules_it_was_made_by(make: Any) -> None:
    amazon = klokuur.Rulebook.shipped("amazon")
    cases = klokuur.evaluate(make(LOG), amazon, now=NOW)
    assert set(listed(cases["rules"])) == {f"amazon {amazon.fingerprint()}"}
    if any(norm.name == "response_time" for norm in amazon.norms):
        assert listed(klokuur.weeks(cases)["threshold"]) == [float(amazon.norm("response_time").threshold)]
    own = klokuur.Rulebook.bol().with_values({"case.warn_after_hours": 12})
    cases = klokuur.evaluate(make(LOG), own, now=NOW)
    with pytest.raises(klokuur.InvalidValueError, match="without those rules: give them, as rules="):
        klokuur.weeks(cases)
    assert len(klokuur.weeks(cases, own)["week"]) == 1


def test_cases_of_unknown_or_different_rules_need_them() -> None:
    cases = klokuur.evaluate(pd.DataFrame(LOG), now=NOW)
    with pytest.raises(klokuur.InvalidValueError, match="do not say their rules.* give them"):
        klokuur.weeks(cases.drop(columns="rules"))
    both = pd.concat([cases, cases.assign(rules="other 0")])
    with pytest.raises(klokuur.InvalidValueError, match="made by different rules"):
        klokuur.weeks(both)
    with pytest.raises(klokuur.InvalidValueError, match="made by different rules"):
        klokuur.signals(both, date(2026, 3, 20))
    assert klokuur.weeks(cases.drop(columns="rules"), "bol").equals(klokuur.weeks(cases))


def test_a_book_is_judged_by_its_own_rules() -> None:
    at = [norm.name for norm in klokuur.Rulebook.bol().norms].index("response_time")
    own = klokuur.Rulebook.bol().with_values({f"norms[{at}].threshold": "50 %"})
    book = klokuur.CaseBook(own)
    book.load(LOG)
    assert klokuur.weeks(book, now=NOW)[0].threshold == Fraction(1, 2)


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table, dict])
def test_weeks_have_their_share(make: Any) -> None:
    log = {"case": ["K-1", "K-1", "K-2"], "at": [ASKED, DUE, ASKED], "event": ["opened", "seller_message", "opened"]}
    assert listed(klokuur.weeks(klokuur.evaluate(make(log), now=NOW))["share"]) == [0.5]


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table, dict])
def test_a_frame_for_excel_has_no_zone_and_no_amount(make: Any) -> None:
    made = klokuur.for_excel(klokuur.evaluate(make(LOG), now=NOW))
    assert listed(made["opened"])[0] in (datetime(2026, 3, 13, 15), datetime(2026, 3, 13, 14))
    assert listed(made["elapsed"]) == [105.0, 105.0]
    weeks = klokuur.for_excel(klokuur.weeks(klokuur.evaluate(make(LOG), now=NOW)))
    kinds = [str(dtype) for dtype in (weeks.dtypes if not isinstance(weeks, pl.DataFrame) else weeks.dtypes)]
    assert not any("UTC" in kind or "Europe" in kind for kind in kinds)
    assert len(klokuur.for_excel(klokuur.CaseBook().overview(NOW))) == 0


def test_the_sample_seller_is_the_one_of_the_examples() -> None:
    import csv
    from pathlib import Path

    log = klokuur.sample("numpy")
    source = Path(__file__).parents[2] / "core" / "examples" / "data" / "cases.csv"
    if not source.exists():
        pytest.skip("the examples of the core are not here")
    names, *rows = list(csv.reader(source.open(encoding="utf-8", newline="")))
    assert list(log) == names and [list(map(lambda v: v or "", row)) for row in zip(*log.values(), strict=True)] == rows
    refused: list[klokuur.RefusedRow] = []
    cases = klokuur.evaluate(klokuur.sample(), now=klokuur.sample_now(), refused=refused)
    assert len(cases) > 1000 and not refused


def test_plots_draw_into_axes() -> None:
    log = {"case": ["K-1", "K-1", "K-2"], "at": [ASKED, DUE, ASKED], "event": ["opened", "seller_message", "opened"]}
    cases = klokuur.evaluate(pd.DataFrame(log), now=NOW)
    weeks = klokuur.weeks(cases)
    axes = klokuur.plot.norms(weeks)
    assert klokuur.plot.norms(weeks, axes=axes) is axes and axes.get_ylabel() == "response time, %"
    assert [patch.get_height() for patch in klokuur.plot.due(cases).patches] == [1, 1]
    months = klokuur.nps_by_month([ASKED], [10], "Europe/Amsterdam")
    assert klokuur.plot.nps(months).get_xticklabels()[0].get_text() == "2026-03-01"
    bad = klokuur.Ledger([klokuur.JudgedWeek.bad(f"2026-W{n:02}", "response_time") for n in range(1, 6)])
    steps = klokuur.plot.strikes(bad, until=date(2026, 4, 1)).get_lines()[0].get_ydata()
    assert max(steps) == 5
    with pytest.raises(klokuur.InvalidDocumentError, match="none is of the norm `nps`"):
        klokuur.plot.norms(weeks, "nps")


def test_progress_is_told_where_somebody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    from klokuur._progress import Progress, progress

    assert progress("evaluate", 100) is None  # nobody looks at a test
    told = Progress("evaluate", 200)
    told(50)
    assert capsys.readouterr().err == ""  # not in the first second
    told._started -= 2
    told(50)
    told.finish()
    assert "evaluate:  25% of 200" in capsys.readouterr().err
