"""The report counts each row where it belongs, refuses the rows that are none, and says which and why."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import klokuur
from klokuur._html import element

CASES = "case,at,event,kind,order,item\n"
ORDERS = "order,ordered_at,item,quantity,promised_on,delivered_at,cancelled_at,cancelled_by,tracked\n"
OPENED = "case,at,event\nK-1,2026-03-27T10:00:00+01:00,opened\n"
NOW = datetime(2026, 3, 30, 7, tzinfo=UTC)


def folder(where: Path, **files: str) -> Path:
    for name, text in files.items():
        (where / f"{name}.csv").write_text(text)
    return where


BAD = "\x00\x07\x0b\x1b\x7f\x85\x9f\ud800\udcff\ufdd0\ufffe\uffff"


def told(page: klokuur.Report) -> dict[tuple[str, int], str]:
    return {(row.file, row.line): row.why for row in page.skipped}


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
    page = klokuur.report(folder(tmp_path, cases=cases, orders=orders), now=NOW)
    assert page.skipped == ()
    norms = [norm["result"] for week in page.picture.to_dict()["weeks"] for norm in week["norms"]]
    assert {one["week"]: (one["numerator"], one["denominator"]) for one in norms if one["norm"] == "returns"} == {
        "2026-W10": (0, 11),
        "2026-W12": (2, 7),
        "2026-W13": (4, 9),
    }


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
    rows = [good] + [[*good[:column], given, *good[column + 1 :]] for column, given in changes]
    # Whoever is neither the customer nor the seller is not the seller.
    rows.append([*good[:6], "2026-03-20T11:00:00+01:00", "bol", "yes"])
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
    assert "at cancelled_by: found `bol`, accepted is customer or seller, klant or verkoper" in why["orders.csv", 1 + len(rows)]
    assert max(map(len, why.values())) <= 400
    assert page.picture.to_dict()["nps"]["recent"]["nps"]["answers"] == 1


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


def test_rows_after_now_are_not_looked_at_and_it_is_said(tmp_path: Path) -> None:
    late = "2026-03-29T10:00:00+02:00"
    where = folder(
        tmp_path,
        cases=OPENED + f"K-1,{late},closed\nK-2,{late},opened\n",
        surveys=f"at,recommendation\n2026-03-27T10:00:00+01:00,9\n{late},9\n",
        calls=f"at,answered\n{late},yes\n",
        orders=ORDERS + f"1,{late},lamp,1,2026-03-30,,,,yes\n",
    )
    page = klokuur.report(where, now=datetime(2026, 3, 28, 7, tzinfo=UTC))
    assert (page.rows, page.later, page.skipped) == (7, 5, ())


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


def test_a_file_is_read_in_one_encoding_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    header = "case;at;event;customer\n"
    row = "K-1;2026-03-20T10:00:00+01:00;opened;Renée\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1252"):
        path.write_bytes(("sep=;\n" + header + row * 9 + "K-2;soon;opened;\n").encode(encoding))
        page = klokuur.report(path, now=NOW)
        # Lines are those of the file, its first one included.
        assert ("cases.csv", 12) in told(page)
        assert "Renée" in page.html and ("read as windows-1252" in page.html) == (encoding == "windows-1252")
    path.write_bytes((header + row).encode() + row.encode("windows-1252"))
    with pytest.raises(klokuur.InvalidDocumentError, match="line 3: byte 0xe9 is no UTF-8, though other letters are"):
        klokuur.report(path, now=NOW)
    path.write_bytes((header + row).encode("utf-32"))
    with pytest.raises(klokuur.InvalidDocumentError, match="it is no UTF-16: accepted is text in UTF-8, UTF-16 or Windows-1252"):
        klokuur.report(path, now=NOW)
    path.write_bytes((header + row).encode("windows-1252"))
    with pytest.raises(klokuur.InvalidDocumentError, match="byte 0xe9 is no UTF-8"):
        klokuur.report(path, now=NOW, mapping={"encoding": "utf-8"})


def test_what_is_no_archive_or_a_damaged_one_is_told(tmp_path: Path) -> None:
    archive = tmp_path / "cases.csv.gz"
    rows = "".join(f"K-{i},2026-03-20T10:00:{i % 60:02}+01:00,opened\n" for i in range(20_000))
    packed = gzip.compress(("case,at,event\n" + rows).encode())
    # What a file is, its bytes say, not its name.
    archive.write_bytes(OPENED.encode())
    assert klokuur.report(archive, now=NOW).rows == 1
    for damaged in (packed[: len(packed) // 2], packed[: len(packed) // 2] + b"\xff" * 100 + packed[-900:]):
        archive.write_bytes(damaged)
        page = klokuur.report(archive, now=NOW)
        assert len(page.skipped) >= 1 and page.skipped[0].file == "cases.csv.gz" and page.rows > 1000
    (tmp_path / "cases.csv").write_bytes(b"PK\x03\x04")
    with pytest.raises(klokuur.InvalidDocumentError, match="cases.csv"):
        klokuur.report(tmp_path / "cases.csv", now=NOW)


def test_an_empty_file_leaves_its_part_out_and_one_of_other_columns_is_refused(tmp_path: Path) -> None:
    page = klokuur.report(folder(tmp_path, cases=OPENED, calls=""), now=NOW)
    missing = {one["part"]: one["reason"] for one in page.picture.to_dict()["missing"]}
    assert missing["calls"] != missing["orders"] and page.skipped == ()
    folder(tmp_path, surveys="at,score\n2026-03-20T10:00:00+01:00,9\n")
    with pytest.raises(klokuur.InvalidDocumentError, match="surveys.csv: .*recommendation"):
        klokuur.report(tmp_path, now=NOW)


@pytest.mark.parametrize("mark", ";\t")
def test_other_delimiters_are_read_by_the_header(tmp_path: Path, mark: str) -> None:
    cases = (CASES.strip() + ",NOTE\nK-1,2026-03-20T10:00:00+01:00,opened,question,1,LAMP,\n").replace(",", mark)
    cases = cases.replace("NOTE", "note, if any").replace("LAMP", "lamp, red")
    page = klokuur.report(folder(tmp_path, cases=cases), now=NOW)
    assert page.skipped == () and "lamp, red" in page.html


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
    page = klokuur.report({"cases": cases}, now=NOW, title=text)
    assert page.skipped == ()
    book = klokuur.CaseBook()
    assert book.load(cases) == []
    for shown in (page.html, page._repr_html_(), book.overview(NOW)._repr_html_()):
        assert "\ufffd" in shown and not set(BAD) & set(shown)
    page.save(tmp_path / "report.html")
    with pytest.raises(klokuur.InvalidValueError, match="lone surrogate"):
        klokuur.report({"cases": cases}, now=NOW, title=BAD)


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
