"""One reading of event logs: by every door the same events, refusals and texts."""

from __future__ import annotations

import gzip
import io
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import klokuur
from klokuur import _klokuur
from klokuur._cells import truth_of

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data"
MAPPINGS = ROOT / "tests" / "mappings"
NOW = datetime(2026, 3, 20, tzinfo=UTC)

LOG = {
    "case": ["1", "1"],
    "at": ["2026-03-16T15:00:00+01:00", "2026-03-16T16:00:00+01:00"],
    "event": ["opened", "seller_message"],
    "subject": ["size", "size"],
}


def test_the_fields_of_a_case_on_every_row_refuse_no_answer(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "klokuur")
    told = "column `subject`: 1 row repeats what is known of its case, first row 1: read once"
    for frame in (LOG, pd.DataFrame(LOG), pl.DataFrame(LOG), pa.table(LOG)):
        caplog.clear()
        cases = klokuur.evaluate(frame, now=NOW, refused="raise")
        assert list(cases["verdict"] if not isinstance(cases, pa.Table) else cases["verdict"].to_pylist()) == ["met"]
        assert [record.message for record in caplog.records] == [told]
    book = klokuur.CaseBook()
    assert book.load(LOG) == [] and book.outcomes(NOW)[0].verdict == "met"
    page = klokuur.report({"cases": LOG}, now=NOW)
    [norm] = [norm["result"] for week in page.picture.to_dict()["weeks"] for norm in week["norms"]]
    assert page.skipped == () and (norm["numerator"], norm["denominator"]) == (1, 1)


def test_no_door_takes_a_log_of_which_nothing_can_be_read() -> None:
    log = {"case": ["1"] * 2, "at": ["2026-03-16T15:00:00", "soon"], "event": ["Opened"] * 2}
    said = (
        "event log is not valid at row 0: case event is not valid at at: `2026-03-16T15:00:00`: accepted is a time with an "
        "offset, as 2026-03-13T15:00:00+01:00, or a stated zone (2 rows are refused, and none is an event)"
    )
    doors: list[Any] = [
        lambda: klokuur.evaluate(log, now=NOW),
        lambda: klokuur.CaseBook().load(log),
        lambda: klokuur.read_log(log),
    ]
    for door in doors:
        with pytest.raises(klokuur.InvalidDocumentError) as refused:
            door()
        assert str(refused.value) == said
    with pytest.raises(klokuur.InvalidDocumentError) as refused:
        klokuur.report({"cases": log}, now=NOW)
    assert str(refused.value) == f"cases: {said}"


@pytest.mark.parametrize("written", ["yes", "TRUE", "Ja", "1", "1.0", "no", "False", "NEE", "0", "0,0"])
def test_yes_and_no_are_read_in_one_way(written: str) -> None:
    is_yes = written[0] in "yTJ1"
    assert truth_of(written, "tracked") is is_yes
    assert _klokuur.yes_or_no(written) is is_yes
    log = {**LOG, "automatic": [None, written]}
    verdict = "breached" if is_yes else "met"
    assert klokuur.evaluate(log, now=NOW)["verdict"].tolist() == [verdict]
    calls = {"at": ["2026-03-16T15:00:00+01:00"], "answered": [written]}
    page = klokuur.report({"cases": log, "calls": calls}, now=NOW)
    assert page.skipped == ()


def test_numbers_of_surveys_may_have_a_fraction_of_nothing(tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("case,at,event\n1,2026-03-16T15:00:00+01:00,opened\n")
    rows = "".join(f'2026-03-16T15:00:00+01:00,"{score}"\n' for score in ("9", "9.0", "9,0"))
    (tmp_path / "surveys.csv").write_text("at,recommendation\n" + rows)
    page = klokuur.report(tmp_path, now=NOW)
    assert page.skipped == () and page.picture.to_dict()["nps"]["recent"]["nps"]["answers"] == 3


def test_a_file_is_read_as_its_frame_and_rows_go_by_their_lines(tmp_path: Path) -> None:
    rows = "K-1;2026-03-16T15:00:00+01:00;opened;\nK-1;soon;seller_message;\nK-1;2026-03-17T15:00:00+01:00\n\nK-1;2026-03-17T16:00:00+01:00;seller_message;\n"
    path = tmp_path / "cases.csv.gz"
    path.write_bytes(gzip.compress(("case;at;event;item\n" + rows).encode("utf-16")))
    frame = pd.read_csv(path, sep=";", encoding="utf-16", dtype=str).dropna(subset=["event"])
    refused: list[klokuur.RefusedRow] = []
    by_file = klokuur.evaluate(path, now=NOW, refused=refused)
    pd.testing.assert_frame_equal(by_file, klokuur.evaluate(frame, now=NOW, refused=[]))
    assert [one.row for one in refused] == [3, 4]
    assert [one.row for one in klokuur.read_log(str(path)).refused] == [3, 4] and klokuur.read_log(path).rows == 4
    assert [error.row for error in klokuur.CaseBook().load(path)] == [3, 4]
    with pytest.warns(klokuur.RefusedRowsWarning, match="2 rows refused and left out: row 3: "):
        klokuur.evaluate(path, now=NOW)
    for call in (klokuur.picture, lambda given, now: klokuur.backtest(given, "bol", "bol", now=now)):
        with pytest.raises(TypeError, match="klokuur.report\\(path\\)"):
            call(path, now=NOW)


def test_a_workbook_holds_times_of_the_mappings_zone(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["case", "at", "event"], [7, datetime(2026, 7, 1, 12), "opened"], [7, datetime(2026, 7, 2, 9), "seller_message"]):
        book.active.append(row)
    book.save(tmp_path / "log.xlsx")
    cases = klokuur.evaluate(tmp_path / "log.xlsx", now=datetime(2026, 7, 9, tzinfo=UTC), mapping={"zone": "Europe/Amsterdam"})
    assert cases["case"].tolist() == ["7"] and cases["opened"][0] == pd.Timestamp("2026-07-01T10:00:00Z")


def test_local_columns_are_those_of_the_mappings_zone() -> None:
    local = pd.to_datetime(["2026-03-16 15:00", "2026-03-16 16:00"])
    mapping = {"zone": "Europe/Amsterdam"}
    expected = klokuur.evaluate(LOG, now=NOW)["due"][0]
    frames: list[Any] = [
        pd.DataFrame({**LOG, "at": local}),
        pl.DataFrame({**LOG, "at": local.to_pydatetime().tolist()}),
        pa.table({**LOG, "at": pa.array(local.to_pydatetime())}),
        {**LOG, "at": ["2026-03-16 15:00", "2026-03-16T16:00:00"]},
    ]
    for frame in frames:
        due = klokuur.evaluate(frame, now=NOW, mapping=mapping)["due"]
        found = due.to_pylist()[0] if isinstance(due, pa.ChunkedArray) else due[0]
        assert pd.Timestamp(found).to_datetime64() == expected


def shared(name: str) -> pd.DataFrame:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path} is not there")
    return pd.read_csv(io.BytesIO(gzip.decompress(path.read_bytes())), dtype=str, keep_default_na=False)


@pytest.mark.parametrize(
    ("file", "mapping", "now", "cases"),
    [
        ("italian_helpdesk/helpdesk_full_from_xes.csv.gz", "italian_helpdesk.toml", datetime(2014, 2, 1, tzinfo=UTC), 4580),
        ("servicenow_uci/incident_event_log_17cols.csv.gz", "servicenow_uci.toml", datetime(2017, 3, 1, tzinfo=UTC), 24918),
    ],
)
def test_real_logs_in_any_order_and_kind_of_frame(file: str, mapping: str, now: datetime, cases: int) -> None:
    frame, path = shared(file), MAPPINGS / mapping

    def outcomes(log: Any, threads: int = 1) -> pd.DataFrame:
        found = klokuur.evaluate(log, now=now, mapping=path, refused=[], threads=threads)
        found = found.to_arrow() if isinstance(found, pl.DataFrame) else found
        found = found.to_pandas() if isinstance(found, pa.Table) else found
        return found[["case", "opened", "due", "answered", "verdict", "closed", "follow_ups"]]

    first = outcomes(frame)
    assert len(first) == cases
    for other in (frame[::-1], *(frame.sample(frac=1, random_state=seed) for seed in range(3))):
        pd.testing.assert_frame_equal(outcomes(other, threads=2), first)
    for other in (pl.from_pandas(frame), pa.Table.from_pandas(frame)):
        pd.testing.assert_frame_equal(outcomes(other), first, check_dtype=False)


@pytest.mark.parametrize(
    ("file", "mapping", "now"),
    [
        ("italian_helpdesk/helpdesk_full_from_xes.csv.gz", "italian_helpdesk.toml", datetime(2013, 11, 1, tzinfo=UTC)),
        ("servicenow_uci/incident_event_log_17cols.csv.gz", "servicenow_uci.toml", datetime(2016, 5, 2, tzinfo=UTC)),
    ],
)
def test_the_report_of_a_real_log_is_the_same_in_any_order(file: str, mapping: str, now: datetime) -> None:
    frame, path = shared(file), MAPPINGS / mapping
    shuffled = [frame.sample(frac=1, random_state=seed) for seed in range(3)]
    pages = {
        klokuur.report({"cases": log.reset_index(drop=True)}, now=now, mapping=path).html.split('<section id="about">')[0]
        for log in (frame, frame[::-1], *shuffled)
    }
    assert len(pages) == 1


REAL = [
    ("italian_helpdesk/helpdesk_full_from_xes.csv.gz", "italian_helpdesk.toml", datetime(2013, 11, 1, tzinfo=UTC)),
    ("servicenow_uci/incident_event_log_17cols.csv.gz", "servicenow_uci.toml", datetime(2016, 5, 2, tzinfo=UTC)),
]


@pytest.mark.parametrize(("file", "mapping", "now"), REAL)
def test_a_real_log_in_every_other_shape(file: str, mapping: str, now: datetime) -> None:
    """In our own schema, with the fields of the case on every row and on its opening only, and as one row a ticket."""
    found = [found.event for found in klokuur.read_log(shared(file), MAPPINGS / mapping).events]
    events = [event for event in found if event.event != "described"]
    rules = klokuur.Rulebook.bol()
    opened: dict[str, klokuur.CaseEvent] = {}
    tickets: dict[str, dict[str, Any]] = {}
    for event in events:
        ticket = tickets.setdefault(event.case, {"ticket": event.case, "created": None, "answered": None})
        if event.event == "opened":
            opened.setdefault(event.case, event)
            ticket["created"] = min(event.at, ticket["created"] or event.at)
        elif event.event == "seller_message" and ticket["answered"] is None:
            ticket["answered"] = event.at

    def rows(everywhere: bool) -> pd.DataFrame:
        said = [opened[event.case] if everywhere else event for event in events]
        fields = {name: [getattr(of, name) for of in said] for name in ("customer", "subject", "item")}
        fixed = {name: [str(getattr(event, name)) for event in events] for name in ("case", "event")}
        return pd.DataFrame({**fixed, "at": [event.at for event in events], **fields})

    once, everywhere = rows(False), rows(True)
    first = klokuur.evaluate(once, rules, now=now, refused=[])
    for other in (everywhere, everywhere[::-1], everywhere.sample(frac=1, random_state=1)):
        pd.testing.assert_frame_equal(klokuur.evaluate(other, rules, now=now, refused=[]), first)
    pages = {
        klokuur.report({"cases": log}, rules=rules, now=now).html.split('<section id="about">')[0]
        for log in (once, everywhere, everywhere[::-1].reset_index(drop=True))
    }
    assert len(pages) == 1

    columns = {"columns": {"case": "ticket"}, "times": {"opened": "created", "seller_message": "answered"}}
    table = pd.DataFrame([ticket for ticket in tickets.values() if ticket["created"] is not None])
    by_ticket = klokuur.evaluate(table, rules, now=now, mapping=columns, refused=[])
    # Closing is not in such a row: what was closed unanswered is open there.
    names = ["case", "opened", "due", "answered", "verdict", "elapsed"]
    same = first[first["answered"].notna() | first["closed"].isna()][names].set_index("case")
    assert len(same) * 10 > len(first) * 9
    pd.testing.assert_frame_equal(by_ticket[names].set_index("case").loc[same.index], same)
    shuffled = table.sample(frac=1, random_state=2)
    pd.testing.assert_frame_equal(klokuur.evaluate(shuffled, rules, now=now, mapping=columns, refused=[]), by_ticket)
    pages = {
        klokuur.report({"cases": log.reset_index(drop=True)}, rules=rules, now=now, mapping=columns).html.split(
            '<section id="about">'
        )[0]
        for log in (table, shuffled)
    }
    assert len(pages) == 1
