"""The report counts each row where it belongs, refuses the rows that are none, and says which and why."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import klokuur
from klokuur import _command
from klokuur._html import element
from klokuur._report import picture as pictures
from klokuur._log import mapping_of
from klokuur._report.log import SellerLog
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
    log = SellerLog("", mapping_of(None), Progress())
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


OPENED = "case,at,event\nK-1,2026-03-27T10:00:00+01:00,opened\n"


def told(page: klokuur.Report) -> dict[tuple[str, int], str]:
    return {(row.file, row.line): row.why for row in page.skipped}


def test_rows_of_impossible_times_and_numbers_are_skipped_and_the_rest_is_reported(tmp_path: Path) -> None:
    times = ["1850-01-01T10:00:00+01:00", "3026-03-20T10:00:00+01:00", "0001-01-01T00:00:00+05:00"]
    times += ["9999-12-31T23:59:59-05:00", "1899-12-31T23:59:59Z", "2026-03-20T10:00:00", "?"]
    cases = OPENED + "".join(f"K-2,{at},opened\n" for at in times)
    surveys = "at,recommendation\n2026-03-20T10:00:00+01:00,9\n" + "".join(f"{at},9\n" for at in times)
    surveys += "".join(f"2026-03-20T10:00:00+01:00,{score}\n" for score in ("1" * 5000, "11", "-1", "²", "9.5"))
    calls = "at,answered\n2026-03-20T10:00:00+01:00,yes\n" + "".join(f"{at},yes\n" for at in times)
    good = ["1", "2026-03-20T10:00:00+01:00", "lamp", "1", "2026-03-21", "", "", "", "yes"]
    changes: list[tuple[int, str]] = [(1, at) for at in times] + [(5, at) for at in times[:-1]]
    changes += [(6, at) for at in times[:-1]]
    changes += [(4, on) for on in ("1899-12-31", "26-03-11", "2206-03-11", "9999-12-31", "0026-03-11", "soon")]
    changes += [(3, number) for number in ("1" * 5000, str(10**30), str(2**32), "-1", "1.5")]
    changes += [(8, "maybe")]
    rows = [good] + [[*good[:column], given, *good[column + 1 :]] for column, given in changes]
    # Whoever is neither the customer nor the seller is not the seller.
    rows += [[*good[:6], "2026-03-20T11:00:00+01:00", by, "yes"] for by in ("klant", "bol", "")]
    orders = ORDERS + "".join(",".join(row) + "\n" for row in rows)
    page = klokuur.report(folder(tmp_path, cases=cases, surveys=surveys, calls=calls, orders=orders), now=NOW)
    why = told(page)
    assert {line for file, line in why if file == "cases.csv"} == set(range(3, 3 + len(times)))
    assert {line for file, line in why if file == "surveys.csv"} == set(range(3, 3 + len(times) + 5))
    assert {line for file, line in why if file == "calls.csv"} == set(range(3, 3 + len(times)))
    assert {line for file, line in why if file == "orders.csv"} == set(range(3, 2 + len(rows)))
    years = "1900-01-01T00:00:00Z up to, not including, 2101-01-01T00:00:00Z"
    for file in ("cases.csv", "surveys.csv", "calls.csv"):
        assert why[file, 3] == f"instant 1850-01-01T09:00:00+00:00 is out of range: accepted is {years}"
    assert why["orders.csv", len(rows)] == "cancelled by `bol` is not valid: accepted is customer or seller"
    assert max(map(len, why.values())) <= 300
    assert "9 answers" not in page.html and "1 answer" in page.html


def test_numbers_of_frames_that_are_too_long_are_skipped() -> None:
    at = "2026-03-20T10:00:00+01:00"
    cases = {"case": ["K-1"], "at": [at], "event": ["opened"]}
    scores = [10**5000, 10**30, 9, float("inf"), 1e300]
    page = klokuur.report({"cases": cases, "surveys": {"at": [at] * 5, "recommendation": scores}}, now=NOW)
    assert [row.line for row in page.skipped] == [0, 1, 3, 4]


@pytest.mark.parametrize("at", ["1900-01-01T00:00:00+00:00", "2100-12-31T23:59:59+00:00"])
def test_the_first_and_the_last_instant_are_read(at: str) -> None:
    cases = {"case": ["K-1"], "at": [at], "event": ["opened"]}
    others = {"surveys": {"at": [at], "recommendation": [9]}, "calls": {"at": [at], "answered": ["yes"]}}
    order = {"order": ["1"], "ordered_at": [at], "item": ["lamp"], "quantity": [1], "promised_on": [at[:10]]}
    source = {"cases": cases, **others, "orders": {**order, "tracked": ["yes"]}}
    page = klokuur.report(source, now=NOW)
    assert page.skipped == () and page.later == (4 if at > NOW.isoformat() else 0)


def test_rows_after_now_are_not_looked_at_and_it_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    late = "2026-03-29T10:00:00+02:00"
    where = folder(
        tmp_path,
        cases=OPENED + f"K-1,{late},closed\nK-2,{late},opened\n",
        surveys=f"at,recommendation\n2026-03-27T10:00:00+01:00,9\n{late},9\n",
        calls=f"at,answered\n{late},yes\n",
        orders=ORDERS + f"1,{late},lamp,1,2026-03-30,,,,yes\n",
    )
    out = tmp_path / "report.html"
    assert _command.main(["report", str(where), "-o", str(out), "--now", "2026-03-28T08:00:00+01:00"]) == 0
    said = "5 after 2026-03-28T08:00:00+01:00, not looked at"
    assert capsys.readouterr().out.endswith(f"7 rows read, 0 skipped, {said}\n")
    assert "7 read, 0 skipped, 5 after Saturday 28 March 2026 08:00 CET, not looked at" in out.read_text("utf-8")


def test_now_is_the_time_on_the_clock_and_an_old_log_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = {"case": ["1", "2"], "at": ["2099-03-20T10:00:00+01:00", "2026-03-20T10:00:00+01:00"], "event": ["opened"] * 2}
    monkeypatch.setattr(pictures, "clock", lambda: NOW)
    page = klokuur.report({"cases": cases})
    assert (page.now, page.later) == (NOW, 1)
    assert "This log is old: its last event is of Friday 20 March 2026 10:00 CET, 9 days ago." in page.html
    # What was asked then is late by now.
    assert "1 already late" in page.html
    monkeypatch.setattr(pictures, "clock", lambda: datetime(2026, 3, 23, 9, tzinfo=UTC))
    assert "This log is old" not in klokuur.report({"cases": cases}).html


def test_another_systems_log_has_its_strikes_and_says_what_is_missing(tmp_path: Path) -> None:
    rows = "".join(f"T-{i},2026-03-0{2 + i % 5}T10:00:00+01:00,Nieuw\n" for i in range(40))
    (tmp_path / "export.csv").write_text("ticket,tijd,status\n" + rows)
    mapping = {"columns": {"case": "ticket", "at": "tijd", "event": "status"}, "events": {"nieuw": "opened"}}
    page = klokuur.report(tmp_path / "export.csv", now=NOW, mapping=mapping).html
    assert 'id="strikes"' in page and "1 strike in the window" in page
    assert "orders.csv is not there: left out is the norms measured on orders" in page


def test_what_a_log_says_beside_its_events_is_told_once(tmp_path: Path) -> None:
    header = "case,at,event,subject\n"
    rows = "".join(
        f"K-{i},2026-03-{day}T10:00:00+01:00,{event},size\n"
        for i in range(3)
        for day, event in ((26, "opened"), (27, "seller_message"))
    )
    page = klokuur.report(folder(tmp_path, cases=header + rows), now=NOW)
    assert page.skipped == ()
    assert "cases.csv: column `subject`: 3 rows repeat what is known of their case, first line 3: read once" in page.html


def test_months_are_compared_by_name_and_those_of_long_ago_are_left_out() -> None:
    cases = {"case": ["K-1"], "at": ["2026-03-20T10:00:00+01:00"], "event": ["opened"]}

    def nps(*answered: str) -> tuple[pictures.NpsOverTime, str]:
        at = [f"{month}-15T10:00:00+01:00" for month in answered]
        source = {"cases": cases, "surveys": {"at": at, "recommendation": [9] * len(at)}}
        found = picture(source).nps
        assert found is not None
        return found, klokuur.report(source, now=NOW).html

    found, page = nps("2026-01", "2026-02", "2026-03")
    assert found.changed == (date(2026, 1, 1), date(2026, 2, 1))
    assert "The last whole month against the one before: " in page
    found, page = nps("2025-08", "2025-11", "2026-03")
    assert found.changed == (date(2025, 8, 1), date(2025, 11, 1))
    assert "November 2025 against August 2025, the last whole months with answers: " in page
    assert nps("2025-08", "2026-03")[0].changed is None
    found, page = nps("1971-01", "2026-01", "2026-02", "2026-03")
    assert len(found.months) == 60 and found.earlier == 1
    assert "1 answer of before April 2021 left out." in page and "1971" not in page


@pytest.mark.parametrize(
    ("mapping", "why"),
    [
        ({"after": {"opened": "x"}}, "mapping is not valid at after.opened: accepted is a table"),
        ({"after": {"opened": {"x": 1}}}, "mapping is not valid at after.opened.x: accepted is a text"),
        ({"columns": {"case": ["a"]}}, "mapping is not valid at columns.case: accepted is a text"),
        ({"events": {"opened": ["a"]}}, "mapping is not valid at events.opened: accepted is a text"),
        ({"columns": "case"}, "mapping is not valid at columns: accepted is a table"),
        ({"first_row_opens": 1}, "mapping is not valid at first_row_opens: accepted is true or false"),
        ({"zone": "Europe/Atlantis"}, "mapping is not valid at zone: unknown time zone `Europe/Atlantis`: accepted is an IANA name"),
        ({"zone": "../../etc/passwd"}, "unknown time zone `../../etc/passwd`: accepted is "),
        ({"zone": "Europe"}, "unknown time zone `Europe`: accepted is "),
        ({"zone": "\0"}, "unknown time zone"),
        ({"columns": {"at": "when"}}, "cases: event log is not valid at when: missing, accepted are the columns case, when, event; there are"),
        ({"time_format": "%d-%m-%Y"}, "`2026-03-20T10:00:00+01:00`: accepted is the pattern %d-%m-%Y"),
        ({"time_format": "%Q"}, "mapping is not valid at time_format: pattern of times `%Q` is not valid"),
    ],
)
def test_a_mapping_that_is_none_is_refused_with_its_place(mapping: dict[str, Any], why: str) -> None:
    cases = {"case": ["K-1"], "at": ["2026-03-20T10:00:00+01:00"], "event": ["opened"]}
    with pytest.raises(klokuur.KlokuurError, match=re.escape(why)):
        klokuur.report({"cases": cases}, mapping=mapping)


def test_a_pattern_with_an_offset_reads_it() -> None:
    cases = {"case": ["K-1"], "at": ["20/03/2026 10:00 +0530"], "event": ["opened"]}
    read = klokuur.read_log(cases, {"time_format": "%d/%m/%Y %H:%M %z"})
    assert [found.event.at for found in read.events] == [datetime(2026, 3, 20, 4, 30, tzinfo=UTC)]


REASONS = {
    "columns": ("nummer,at,event\nK-1,x,opened\n", "column `case` is missing; found: nummer, at, event; "),
    "several": ("nummer;tijd;soort\n", "columns `case`, `at`, `event` are missing; found: nummer, tijd, soort; "),
    "nothing": ("", "columns `case`, `at`, `event` are missing; found: no header; "),
    "twice": ("case,at,event,at\n", "column `at` is there more than once"),
    "long": (f"case,at,event,{'x' * 200_000}\n", "cases.csv cannot be read: field larger than field limit"),
    "naive": (
        "case,at,event\n" + "K-1,2026-03-20T10:00:00,opened\n" * 9,
        "cases.csv: event log is not valid at line 2: case event is not valid at at: `2026-03-20T10:00:00`: accepted is a "
        "time with an offset, as 2026-03-13T15:00:00+01:00, or a stated zone (9 rows are refused, and none is an event)",
    ),
    "unknown": (
        "case,at,event\nK-1,2026-03-20T10:00:00+01:00,geopend\n",
        "cases.csv: event log is not valid at line 2: unknown event `geopend`: accepted is opened, ",
    ),
}


@pytest.mark.parametrize("name", REASONS)
def test_without_events_the_reason_is_told(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    text, why = REASONS[name]
    assert _command.main(["report", str(folder(tmp_path, cases=text))]) == 1
    said = capsys.readouterr().err
    assert why in said and said.count("\n") == 1


def test_a_file_is_read_in_one_encoding_or_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = tmp_path / "cases.csv", tmp_path / "report.html"
    header = "case;at;event;customer\n"
    row = "K-1;2026-03-20T10:00:00+01:00;opened;Renée\n"
    command = ["report", str(path), "-o", str(out), "--now", NOW.isoformat()]
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1252"):
        path.write_bytes(("sep=;\n" + header + row * 9 + "K-2;soon;opened;\n").encode(encoding))
        assert _command.main(command) == 0
        # Lines are those of the file, its first one included.
        assert "skipped: cases.csv line 12: " in capsys.readouterr().err
        page = out.read_text("utf-8")
        assert "Renée" in page and ("read as windows-1252" in page) == (encoding == "windows-1252")
    path.write_bytes((header + row).encode() + row.encode("windows-1252"))
    assert _command.main(command) == 1
    assert "cases.csv: file is not valid at line 3: byte 0xe9 is no UTF-8, though other letters are" in capsys.readouterr().err
    path.write_bytes((header + row).encode("utf-32"))
    assert _command.main(command) == 1
    assert "it is no UTF-16: accepted is text in UTF-8, UTF-16 or Windows-1252" in capsys.readouterr().err
    path.write_bytes(b"PK\x03\x04")
    assert _command.main(command) == 1
    assert "it is a zip archive, as an Excel workbook (.xlsx) is: accepted is text" in capsys.readouterr().err
    path.write_bytes((header + row).encode("windows-1252"))
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('encoding = "utf-8"\n')
    assert _command.main([*command, "--mapping", str(mapping)]) == 1
    assert "byte 0xe9 is no UTF-8" in capsys.readouterr().err


def test_what_is_no_archive_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cases.csv"
    archive = tmp_path / "cases.csv.gz"
    rows = "".join(f"K-{i},2026-03-20T10:00:{i % 60:02}+01:00,opened\n" for i in range(20_000))
    packed = gzip.compress(("case,at,event\n" + rows).encode())
    archive.write_bytes(OPENED.encode())
    assert _command.main(["report", str(archive)]) == 1
    assert capsys.readouterr().err.startswith("klokuur: cases.csv.gz cannot be read: Not a gzipped file")
    out = str(tmp_path / "report.html")
    for damaged in (packed[: len(packed) // 2], packed[: len(packed) // 2] + b"\xff" * 100 + packed[-900:]):
        archive.write_bytes(damaged)
        assert _command.main(["report", str(archive), "-o", out]) == 0
        assert capsys.readouterr().err.count("skipped: cases.csv.gz line ") == 1
    rules = tmp_path / "rules.toml"
    rules.write_bytes(b'name = "\xff"')
    path.write_text(OPENED)
    assert _command.main(["report", str(path), "--rulebook", str(rules)]) == 1
    assert capsys.readouterr().err.startswith(f"klokuur: rulebook {rules} is not valid: 'utf-8' codec can't decode")


def test_an_empty_file_leaves_its_part_out_and_one_of_other_columns_is_refused(tmp_path: Path) -> None:
    page = klokuur.report(folder(tmp_path, cases=OPENED, calls=""), now=NOW)
    assert "calls.csv is empty: left out is " in page.html and page.skipped == ()
    folder(tmp_path, surveys="at,score\n2026-03-20T10:00:00+01:00,9\n")
    with pytest.raises(klokuur.InvalidDocumentError, match="surveys.csv is not valid: column `recommendation` is missing"):
        klokuur.report(tmp_path, now=NOW)


@pytest.mark.parametrize("mark", ";\t")
def test_other_delimiters_are_read_by_the_header(tmp_path: Path, mark: str) -> None:
    cases = (CASES.strip() + ",NOTE\nK-1,2026-03-20T10:00:00+01:00,opened,question,1,LAMP,\n").replace(",", mark)
    cases = cases.replace("NOTE", "note, if any").replace("LAMP", "lamp, red")
    page = klokuur.report(folder(tmp_path, cases=cases), now=NOW)
    assert page.skipped == () and "lamp, red" in page.html


def test_instants_and_paths_that_are_none_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = str(folder(tmp_path, cases=OPENED))
    for now in ("9999-12-31T23:59:59-05:00", "0001-01-01T00:00:00+05:00", "1899-12-31T23:59:59Z", "2101-01-01T00:00:00Z"):
        assert _command.main(["report", where, "--now", now]) == 1
        said = capsys.readouterr().err
        assert "is out of range: accepted is 1900-01-01T00:00:00Z up to" in said and said.count("\n") == 1
    for given in (["a\0b"], [where, "-o", "a\0b"], [where, "--mapping", "a\0b"], [where, "--rulebook", "a\0b.toml"]):
        assert _command.main(["report", *given]) == 1
        assert "accepted is one without NUL characters" in capsys.readouterr().err


def test_the_page_is_utf_8_whatever_the_terminal_is(tmp_path: Path) -> None:
    where = folder(tmp_path, cases=CASES + "K-1,2026-03-20T10:00:00+01:00,opened,question,1,bicyclé\n")
    command = [sys.executable, "-m", "klokuur", "report", str(where), "--now", "2026-03-20T10:00:01+01:00"]
    ascii_only = {"PYTHONIOENCODING": "ascii:strict", "PATH": "", "PYTHONUTF8": "0"}
    titled = [*command, "-o", "-", "--title", b"Caf\xe9 \xe2\x82\xac"]
    done = subprocess.run(titled, capture_output=True, env=ascii_only, check=True)
    assert "bicyclé" in done.stdout.decode() and done.stderr == b""
    done = subprocess.run([*command, "-o", tmp_path / "é.html"], capture_output=True, env=ascii_only, check=True)
    assert done.stdout.endswith(b": as of 2026-03-20T10:00:01+01:00, 1 row read, 0 skipped\n")


BAD = "\x00\x07\x0b\x1b\x7f\x85\x9f\ud800\udcff\ufdd0\ufffe\uffff"


def test_no_control_character_reaches_a_page_or_a_notebook(tmp_path: Path) -> None:
    replaced = "\ufffd" * len(BAD)
    assert element("p", f"a{BAD}b\t\n") == f"<p>a{replaced}b\t\n</p>"
    assert element("p", title=BAD) == f'<p title="{replaced}"></p>'
    text = "".join(sign for sign in BAD if not "\ud800" <= sign <= "\udfff")
    names = ("customer", "subject", "item", "defect", "text")
    days = (5, 12, 19, 20, 20, 20, 20, 20, 20, 20)
    cases: dict[str, Any] = {name: [f"x{text}y"] * len(days) for name in names}
    cases["case"] = [f"K{text}-{i}" for i in range(len(days))]
    cases["at"] = [f"2026-03-{day:02}T10:00:00+01:00" for day in days]
    cases["event"] = ["opened"] * len(days)
    page = klokuur.report({"cases": cases}, now=NOW, title=BAD)
    assert page.skipped == ()
    book = klokuur.CaseBook()
    assert book.load(cases) == []
    for shown in (page.html, page._repr_html_(), book.overview(NOW)._repr_html_()):
        assert "\ufffd" in shown and not set(BAD) & set(shown)
    page.save(tmp_path / "report.html")


def test_missing_cells_and_whole_numbers_of_a_frame_are_those_of_the_package() -> None:
    log = {
        "case": [1001.0, np.float32(1002)],
        "at": ["2026-03-13T15:00:00+01:00"] * 2,
        "event": ["opened", "opened"],
        "customer": [pd.NA, "Jan de Vries"],
    }
    page = klokuur.report({"cases": log}, now=datetime(2026, 3, 16, 9, tzinfo=UTC))
    assert page.skipped == ()
    assert all(text in page.html for text in (">1001<", ">1002<", "Jan de Vries"))
    assert "1002.0" not in page.html and "NA&gt;" not in page.html
