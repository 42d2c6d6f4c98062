"""The report: what it reads, what it refuses and says so, what it escapes, and the command that writes the same."""

from __future__ import annotations

import gzip
import html
import io
import json
import re
import signal
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import klokuur
from klokuur import _command

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "core" / "examples" / "data"
NOW = datetime.fromisoformat("2026-11-09T08:00:00+01:00")
HEADER = "case,at,event,customer,subject,item,text\n"


@pytest.fixture(scope="module")
def sample() -> klokuur.Report:
    return klokuur.report(SAMPLE, now=NOW, title="De Verzonnen Fietsbel", language="english")


def folder(where: Path, **files: str) -> Path:
    for name, text in files.items():
        (where / f"{name}.csv").write_text(text)
    return where


def text_of(page: klokuur.Report) -> str:
    """What a reader reads, with plain spaces."""
    body = re.sub(r"<(style|svg)\b.*?</\1>", " ", page.html, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).replace("\xa0", " ").split())


def test_the_page_needs_nothing_else(sample: klokuur.Report) -> None:
    assert not re.search(r"""(src|href)="(?!#|data:)""", sample.html)
    assert "url(" not in re.sub(r"url\(#[\w-]+\)", "", sample.html)
    assert "@import" not in sample.html
    assert "http:" not in sample.html and "https:" not in sample.html


def test_ids_are_unique_and_every_link_within_the_page_arrives(sample: klokuur.Report) -> None:
    ids = re.findall(r'\bid="([^"]+)"', sample.html)
    assert len(ids) == len(set(ids))
    links = re.findall(r'href="#([^"]+)"', sample.html) + re.findall(r"url\(#([^)]+)\)", sample.html)
    assert links and set(links) <= set(ids)


def test_the_page_shows_the_picture_and_is_the_same_each_time(sample: klokuur.Report) -> None:
    text = text_of(sample)
    again = klokuur.report(SAMPLE, now=NOW, title="De Verzonnen Fietsbel", language="en")
    assert again.html == sample.html == sample.picture.html("english", title="De Verzonnen Fietsbel")
    page = sample.picture.page()
    said = [card[part] for card in page["cards"] for part in ("label", "figure")]
    assert len(said) > 8 and "De Verzonnen Fietsbel" in text
    for one in said:
        assert " ".join(one.replace("\xa0", " ").split()) in text, one


def test_case_numbers_are_links_where_a_template_is_given() -> None:
    log = {"case": ["K 1"], "at": ["2026-03-20T10:00:00+01:00"], "event": ["opened"]}
    monday = datetime(2026, 3, 23, 8, tzinfo=UTC)
    link, expected = "https://desk.example/t/{case}", 'href="https://desk.example/t/K%201"'
    for page in (
        klokuur.report(log, now=monday, link=link).html,
        klokuur.report(log, now=monday, mapping={"link": link}).html,
        klokuur.picture(log, now=monday).html(link=link),
    ):
        assert expected in html.unescape(page)
    for wrong in ("javascript:alert({case})", "https://desk.example/"):
        with pytest.raises(klokuur.InvalidValueError, match="accepted is an address"):
            klokuur.report(log, now=monday, link=wrong)


def test_the_language_is_that_of_the_rules_country_unless_another_is_asked_for() -> None:
    log = {"case": ["K-1"], "at": ["2026-03-20T10:00:00+01:00"], "event": ["opened"]}
    made = [klokuur.report(log, now=NOW, rules=rules).html for rules in ("bol", "amazon")]
    assert ['lang="nl"' in page for page in made] == [True, False]
    asked = [klokuur.report(log, now=NOW, language=language).html for language in ("nl", "dutch", "en")]
    assert asked[0] == asked[1] == made[0] != asked[2] and 'lang="en"' in asked[2]


def test_what_comes_from_data_is_escaped(tmp_path: Path) -> None:
    evil = '<script>alert("x")</script>&$a_{b}$\x0b'
    rows = "".join(
        f'K-{i},2026-03-{day}T10:00:00+01:00,opened,"{evil.replace(chr(34), chr(34) * 2)}","{evil.replace(chr(34), chr(34) * 2)}",'
        f'"{evil.replace(chr(34), chr(34) * 2)}",\n'
        for i, day in enumerate(["12", "13", "13", "13"])
    )
    page = klokuur.report(folder(tmp_path, cases=HEADER + rows), now=datetime(2026, 3, 13, 12, tzinfo=UTC), title=evil)
    assert '<script>alert' not in page.html and "\x0b" not in page.html
    assert "<script>alert(\"x\")</script>&$a_{b}$" in text_of(page)
    assert page.skipped == ()


def test_refused_rows_are_told_with_their_line(tmp_path: Path) -> None:
    cases = (
        HEADER + "K-1,2026-03-12T10:00:00+01:00,opened,Ann,delivery,lamp,\n"
        "K-1,2026-03-12T11:00:00,seller_message,,,,\n"
        "K-1,2026-03-12T11:00:00+01:00,danced,,,,\n"
        "K-2,2026-03-12T11:00:00+01:00,seller_message,,,,\n"
        'K-1,2026-03-12T12:00:00+01:00,customer_message,,,,"two\nlines"\n'
        "K-1,2026-03-12T11:00:00+01:00,closed\n"
    )
    surveys = "case,at,recommendation\nK-1,2026-03-12T12:00:00+01:00,11\nK-1,2026-03-12T12:00:00+01:00,9\n"
    calls = "at,answered\n2026-03-12T12:00:00+01:00,maybe\n"
    orders = (
        "order,ordered_at,item,quantity,promised_on,delivered_at,cancelled_at,cancelled_by,tracked\n"
        "1,2026-03-11T10:00:00+01:00,lamp,0,2026-03-12,,,,yes\n"
        "2,2026-03-11T10:00:00+01:00,lamp,x,2026-03-12,,,,yes\n"
        "3,2026-03-11T10:00:00+01:00,lamp,1,2026-02-30,,,,yes\n"
        "4,2026-03-11T10:00:00+01:00,lamp,1,2026-03-12,,,,yes\n"
    )
    where = folder(tmp_path, cases=cases, surveys=surveys, calls=calls, orders=orders)
    page = klokuur.report(where, now=datetime(2026, 3, 13, 12, tzinfo=UTC), language="en")
    assert {(row.file, row.line) for row in page.skipped} == {
        ("cases.csv", 3),
        ("cases.csv", 4),
        ("cases.csv", 5),
        ("cases.csv", 8),
        ("surveys.csv", 2),
        ("calls.csv", 2),
        ("orders.csv", 2),
        ("orders.csv", 3),
        ("orders.csv", 4),
    }
    assert page.rows == 6 + 2 + 1 + 4
    text = text_of(page)
    assert "9 rows of 13 could not be used: not in these figures." in text
    assert page.skipped.to_frame()["file"].value_counts()["cases.csv"] == 4
    why = {(row.file, row.line): row.why for row in page.skipped}
    assert "accepted is" in why["cases.csv", 4] and "K-2" in why["cases.csv", 5]
    assert why["cases.csv", 8] == "number of fields `3` is not valid: accepted is 7, as in the header"
    assert why["surveys.csv", 2] == "score `11` is not valid: accepted is a whole number from 0 to 10"
    for row in page.skipped:
        assert row.why in text


def test_optional_files_leave_their_part_out_and_it_is_said(tmp_path: Path) -> None:
    shutil.copy(SAMPLE / "cases.csv", tmp_path)
    page = klokuur.report(tmp_path, now=NOW, language="en")
    parts = {one["part"] for one in page.picture.to_dict()["missing"]}
    assert {"surveys", "calls", "orders"} <= parts
    assert 'id="nps"' not in page.html and "97.2 %" in text_of(page)


def test_without_cases_there_is_no_report(tmp_path: Path) -> None:
    with pytest.raises(klokuur.InvalidDocumentError, match=r"cases.csv: it is not there: a case log is needed"):
        klokuur.report(tmp_path)
    with pytest.raises(klokuur.InvalidDocumentError, match="no table `cases` was given"):
        klokuur.report({"surveys": pd.DataFrame({"at": [], "recommendation": []})})
    with pytest.raises(klokuur.InvalidDocumentError, match="no table of a seller is named `case`: accepted is cases, "):
        klokuur.report({"case": {}, "cases": {}})
    folder(tmp_path, cases=HEADER)
    with pytest.raises(klokuur.InvalidValueError, match="accepted is a datetime with a zone"):
        klokuur.report(tmp_path, now=datetime(2026, 3, 13))
    # A shop without cases is a quiet one.
    assert klokuur.report(tmp_path, now=NOW).picture.to_dict()["cases"]["open"] == 0


KINDS: dict[str, Any] = {
    "pandas": lambda frame: frame,
    "polars": pl.from_pandas,
    "arrow": pa.Table.from_pandas,
    "numpy": lambda frame: {name: frame[name].to_numpy() for name in frame},
    "lists": lambda frame: {name: frame[name].tolist() for name in frame},
}


def typed(frames: dict[str, Any]) -> dict[str, Any]:
    """The tables with columns of the types that their cells have."""
    found = {name: frame.copy() for name, frame in frames.items()}
    for frame in found.values():
        for name in frame.columns:
            if name == "at" or name.endswith("_at"):
                frame[name] = pd.to_datetime(frame[name].where(frame[name] != ""), utc=True)
    found["surveys"]["recommendation"] = found["surveys"]["recommendation"].astype(int)
    orders = found["orders"]
    orders["promised_on"] = pd.to_datetime(orders["promised_on"])
    orders["quantity"], orders["tracked"] = orders["quantity"].astype(float), orders["tracked"] == "yes"
    return found


def without_lines(found: Any) -> Any:
    """A file has lines, a frame has rows: a row's number is a matter of where it was read."""
    if isinstance(found, dict):
        return {name: without_lines(value) for name, value in found.items() if name != "row"}
    return [without_lines(one) for one in found] if isinstance(found, list) else found


@pytest.mark.parametrize("are_typed", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_files_and_frames_of_every_kind_give_one_picture(sample: klokuur.Report, kind: str, are_typed: bool) -> None:
    names = ("cases", "surveys", "calls", "orders")
    frames = {name: pd.read_csv(SAMPLE / f"{name}.csv", dtype=str, keep_default_na=False) for name in names}
    given = {name: KINDS[kind](frame) for name, frame in (typed(frames) if are_typed else frames).items()}
    made = without_lines(klokuur.report(given, now=NOW).picture.to_dict())
    # What the marketplace reports of the account is no table.
    expected = without_lines(sample.picture.to_dict())
    for part in ("as_of", "read", "points", "score", "strikes", "missing"):
        del made[part], expected[part]
    assert made == expected


def test_a_picture_and_a_report_of_the_same_data_are_the_same() -> None:
    log = pd.read_csv(SAMPLE / "cases.csv", dtype=str, keep_default_na=False)
    reported, picture = klokuur.report(log, now=NOW).picture.to_dict(), klokuur.picture(log, now=NOW).to_dict()
    assert reported == picture


MAPPING = """zone = "Europe/Rome"
hours = "Mo-Fr 09:00-18:00"

[columns]
at = "time_timestamp"
event = "concept_name"
item = "product"

[events]
"Insert ticket" = "opened"
"Take in charge ticket" = "seller_message"
"""
ITALIAN = """case,time_timestamp,concept_name,customer,product,service_type
T1,2026-03-12T10:00:00+01:00,Insert ticket,Ann,Lamp,Service 1
T1,2026-03-12T11:00:00+01:00,Take in charge ticket,Ann,Lamp,Service 1
T2,2026-03-12T11:00:00+01:00,Danced,Ann,Lamp,Service 1
"""


def test_another_systems_log_is_read_with_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "log.csv.gz"
    path.write_bytes(gzip.compress(ITALIAN.encode()))
    now = datetime(2026, 3, 13, 12, tzinfo=UTC)
    (tmp_path / "italian.toml").write_text(MAPPING)
    page = klokuur.report(path, now=now, mapping=tmp_path / "italian.toml", language="english")
    assert [(row.line, row.why.split(":")[0]) for row in page.skipped] == [(4, "unknown state `Danced`")]
    text = text_of(page)
    assert "Mo-Fr 09:00-18:00" in text and "Europe/Rome" in text
    assert page.picture.to_dict()["cases"]["open"] == 1
    same = klokuur.report(pd.read_csv(path), now=now, mapping=tmp_path / "italian.toml", language="english")
    assert same.picture.to_dict()["cases"] == page.picture.to_dict()["cases"]
    with pytest.raises(klokuur.InvalidDocumentError, match="mapping is not valid at zones: accepted is encoding, zone, "):
        klokuur.report(path, now=now, mapping={"zones": "Europe/Rome"})


def test_local_times_are_read_in_the_mappings_zone() -> None:
    log = {"case": ["1", "2", "3"], "at": ["25/10/2026 02:30", "29/03/2026 02:30", "1/2/26"], "event": ["opened"] * 3}
    mapping = {"zone": "Europe/Amsterdam", "time_format": "%d/%m/%Y %H:%M"}
    read = klokuur.read_log(log, mapping)
    # The earlier of the two.
    assert [found.event.at for found in read.events] == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC)]
    assert [row.message.split(":", 1)[1].split(": ")[-1] for row in read.refused] == [
        "in Europe/Amsterdam the clock was put forward over it",
        "accepted is the pattern %d/%m/%Y %H:%M",
    ]
    assert [row.why for row in klokuur.report({"cases": log}, mapping=mapping).skipped] == [row.message for row in read.refused]


def test_a_shipped_mapping_goes_by_its_name(tmp_path: Path) -> None:
    assert "zendesk-tickets" in klokuur.mappings()
    exports = ROOT / "cli" / "tests" / "exports"
    log = exports / "servicenow-incident-log.csv"
    by_file = klokuur.report(log, now=NOW, mapping="servicenow-incident-log").picture.to_dict()
    frame = pd.read_csv(log, dtype=str, keep_default_na=False)
    by_frame = klokuur.report(frame, now=NOW, mapping="servicenow-incident-log").picture.to_dict()
    assert by_file["cases"] == by_frame["cases"] and by_file["weeks"] == by_frame["weeks"]
    assert len(klokuur.read_log(frame, "servicenow-incident-log").events) > 0
    with pytest.raises(klokuur.UnknownNameError, match="unknown mapping `zendesk`: accepted is a file .*zendesk-tickets"):
        klokuur.report(frame, mapping="zendesk")
    with pytest.raises(klokuur.KlokuurError, match="this mapping reads orders, not cases"):
        klokuur.report(frame, mapping="bol-orders-2018")


def test_columns_that_a_mapping_joins_are_joined_in_frames_too() -> None:
    log = {"ticket": ["1", "1"], "at": ["2026-03-20T10:00:00+01:00"] * 2, "way": ["in", "out"], "public": ["yes", "yes"]}
    mapping = {
        "about": "invented",
        "columns": {"case": "ticket", "event": "message"},
        "events": {"in / yes": "opened", "out / yes": "seller_message"},
        "file": {"join": {"message": ["way", "public"]}},
    }
    assert [found.event.event for found in klokuur.read_log(log, mapping).events] == ["opened", "seller_message"]


def test_an_export_of_orders_is_read_beside_the_log(tmp_path: Path) -> None:
    folder(tmp_path, cases=HEADER + "K-1,2026-03-12T10:00:00+01:00,opened,,,,\n")
    columns = {"order": "Bestelnummer", "ordered_at": "Besteldatum", "promised_on": "Leverdatum", "quantity": "Aantal"}
    export = tmp_path / "bestellingen.csv"
    export.write_text("Bestellingen van een verzonnen winkel\nBestelnummer;Besteldatum;Leverdatum;Aantal\nA-1;2026-03-09 11:08;2026-03-10;2\n")
    mapping = {"lead_lines": 1, "zone": "Europe/Amsterdam", "columns": columns}
    read = klokuur.read_orders(export, mapping)
    assert [(line.row, line.order, line.line.quantity) for line in read.lines] == [(3, "A-1", 2)] and read.refused == ()
    # What is no row, and what is no order, go by their lines; without one that can be read it is an error.
    export.write_bytes(export.read_bytes() + b"A-2;2026-03-09 11:08\nA-3;soon;2026-03-10;1\n")
    assert [one.row for one in klokuur.read_orders(str(export), mapping).refused] == [4, 5]
    export.write_bytes(b"\n".join(export.read_bytes().split(b"\n")[:3]) + b"\n")
    with pytest.raises(klokuur.InvalidDocumentError, match="it is not there"):
        klokuur.read_orders(tmp_path / "nowhere.csv", mapping)
    with pytest.raises(klokuur.InvalidDocumentError, match="at Bestelnummer: missing, there are K-1, "):
        klokuur.read_orders(tmp_path / "cases.csv", mapping)
    page = klokuur.report(tmp_path / "cases.csv", now=NOW, orders=export, orders_mapping=mapping)
    assert (page.rows, page.skipped) == (2, ())
    assert any(norm["result"]["norm"] == "fulfilment" for week in page.picture.to_dict()["weeks"] for norm in week["norms"])


def test_a_page_is_saved_whole_or_not_at_all(tmp_path: Path, sample: klokuur.Report) -> None:
    path = tmp_path / "report.html"
    path.write_text("an older one")
    path.chmod(0o640)
    sample.save(path)
    assert path.read_text("utf-8") == sample.html and path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(OSError):
        sample.save(tmp_path / "nowhere" / "report.html")
    with pytest.raises(OSError):
        sample.save(tmp_path)
    with pytest.raises(klokuur.InvalidValueError):
        sample.save("a\0b")
    assert list(tmp_path.iterdir()) == [path]


def test_the_command_is_the_library(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    out, rules = tmp_path / "monday.html", tmp_path / "rules.toml"
    own = klokuur.Rulebook.bol().with_values({"name": "our own"})
    rules.write_text(own.to_toml())
    given = [str(SAMPLE), "--now", NOW.isoformat(), "--rulebook", str(rules), "--title", "Shop"]
    assert _command.main(["report", *given, "-o", str(out)]) == 0
    assert capsysbinary.readouterr().out.decode().endswith(f"{out}\n")
    page = klokuur.report(SAMPLE, now=NOW, rules=own, title="Shop")
    assert out.read_text("utf-8") == page.html and "our own" in page.html
    for language in ("nl", "en"):
        assert _command.main(["report", *given[:3], "--format", "json", "--lang", language]) == 0
        assert json.loads(capsysbinary.readouterr().out) == klokuur.report(SAMPLE, now=NOW).picture.to_dict()
    assert _command.main(["due", "2026-04-24 17:30", "--format", "csv"]) == 0
    assert b"2026-04-28T17:30:00+02:00" in capsysbinary.readouterr().out


def test_the_command_writes_where_texts_go(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    # A stream of texts alone, as a notebook's.
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    assert _command.main(["holidays", "2026", "--country", "NL"]) == 0
    assert "Koningsdag" in stream.getvalue()


def test_the_command_says_what_is_wrong(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    def said(*arguments: str) -> tuple[int, str]:
        return _command.main(arguments), capsysbinary.readouterr().err.decode()

    code, text = said("report", str(tmp_path))
    assert code == 1 and "cases.csv: it is not there" in text and text.count("\n") == 1
    code, text = said("report", str(SAMPLE), "--rulebook", "bool")
    assert code == 1 and text.startswith("klokuur: unknown rulebook `bool`: accepted is ")
    code, text = said("report", str(SAMPLE), "--now", "soon")
    assert code != 0 and "accepted is" in text
    assert said("rapport")[0] == said()[0] == 2
    code, text = said("report", "a\0b")
    assert code == 1 and "nul byte" in text.lower()


def test_the_console_script_is_installed() -> None:
    script = Path(sys.executable).with_name("klokuur")
    for command in ([str(script)], [sys.executable, "-m", "klokuur"]):
        done = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)
        assert done.stdout == f"klokuur {klokuur.__version__}\n"


def test_matplotlib_is_not_needed() -> None:
    code = (
        "import sys; sys.modules['matplotlib'] = None; from klokuur import _command; "
        f"sys.exit(_command.main(['report', {str(SAMPLE)!r}, '--now', {NOW.isoformat()!r}, '-o', '-']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.startswith(b"<!DOCTYPE html>") and done.stderr == b""


def test_ctrl_c_ends_the_command() -> None:
    # It waits for a log on its standard input, which says nothing.
    command = [sys.executable, "-m", "klokuur", "check", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == -signal.SIGINT


def test_a_notebook_shows_the_page_in_a_frame_of_its_own(sample: klokuur.Report) -> None:
    shown = sample._repr_html_()
    assert shown.startswith('<iframe srcdoc="&lt;!DOCTYPE html&gt;') and shown.endswith("</iframe>")
    assert isinstance(sample, klokuur.Report) and not isinstance(sample, Mapping)
