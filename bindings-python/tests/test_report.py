"""The report: what it reads, what it refuses and says so, what it escapes, and the command that writes it."""

from __future__ import annotations

import gzip
import io
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import klokuur
from klokuur import _command
from klokuur._report.progress import Progress

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "core" / "examples" / "data"
MAPPINGS = ROOT / "core" / "examples" / "mappings"
NOW = datetime.fromisoformat("2026-11-09T08:00:00+01:00")
HEADER = "case,at,event,customer,subject,item,text\n"


@pytest.fixture(scope="module")
def sample() -> klokuur.Report:
    return klokuur.report(SAMPLE, now=NOW, title="De Verzonnen Fietsbel")


def folder(where: Path, **files: str) -> Path:
    for name, text in files.items():
        (where / f"{name}.csv").write_text(text)
    return where


def text_of(page: klokuur.Report) -> str:
    """What a reader reads, with plain spaces."""
    import html

    body = re.sub(r"<(style|svg)\b.*?</\1>", " ", page.html, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).replace("\xa0", " ").split())


def test_the_page_needs_nothing_else(sample: klokuur.Report) -> None:
    assert not re.search(r"""(src|href)="(?!#|data:)""", sample.html)
    assert "url(" not in re.sub(r"url\(#[\w-]+\)", "", sample.html)
    assert "@import" not in sample.html and "<script" not in sample.html
    assert "http:" not in sample.html and "https:" not in sample.html


def test_ids_are_unique_and_every_link_within_the_page_arrives(sample: klokuur.Report) -> None:
    ids = re.findall(r'\bid="([^"]+)"', sample.html)
    assert len(ids) == len(set(ids))
    links = re.findall(r'href="#([^"]+)"', sample.html) + re.findall(r"url\(#([^)]+)\)", sample.html)
    assert links and set(links) <= set(ids)


def test_figures_follow_the_theme_and_tell_what_they_show(sample: klokuur.Report) -> None:
    drawings = re.findall(r"<svg\b.*?</svg>", sample.html, flags=re.DOTALL)
    assert len(drawings) == 12  # six figures, each wide and narrow
    for drawn in drawings:
        # What has a colour has one of the page's.
        assert not re.search(r"(fill|stroke): ?#", drawn)
        assert "font-family" not in drawn
        named = re.match(r'<svg [^>]*role="img" aria-labelledby="([^"]+)"', drawn)
        assert named and f'<title id="{named[1]}">' in drawn


def test_figures_are_the_same_each_time(sample: klokuur.Report) -> None:
    assert klokuur.report(SAMPLE, now=NOW, title="De Verzonnen Fietsbel").html == sample.html


def test_headline_figures_and_what_is_no_fact_yet(sample: klokuur.Report) -> None:
    text = text_of(sample)
    for said in (
        "De Verzonnen Fietsbel",
        "As of Monday 9 November 2026 08:00 CET, week 2026-W46",
        "Waiting for your answer 25 of 140 open cases",
        "At risk 1 none is late yet",
        "Answered in time last week 97.2 % 35 of 36, provisional",
        "Strikes 3 active; offline at 5",
        "Performance score 9.34 an estimate; at least 8 is asked",
        "NPS, last 28 days 21 0 to 40 at 95 %",
        "The marketplace's formula is not public: this is a model of ours.",
        "only an indication: fewer than 25 answers",
    ):
        assert said in text, said


def test_what_comes_from_data_is_escaped(tmp_path: Path) -> None:
    evil = '<script>alert("x")</script>&$a_{b}$\x0b'
    rows = "".join(
        f'K-{i},2026-03-{day}T10:00:00+01:00,opened,"{evil.replace(chr(34), chr(34) * 2)}","{evil.replace(chr(34), chr(34) * 2)}",'
        f'"{evil.replace(chr(34), chr(34) * 2)}",\n'
        for i, day in enumerate(["12", "13", "13", "13"])
    )
    page = klokuur.report(folder(tmp_path, cases=HEADER + rows), now=datetime(2026, 3, 13, 12, tzinfo=UTC), title=evil)
    assert "<script" not in page.html
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;$a_{b}$" in page.html
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
    page = klokuur.report(where, now=datetime(2026, 3, 13, 12, tzinfo=UTC))
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
    assert "9 rows of 13 could not be used and are not in these figures" in text
    assert "13 read, 9 skipped" in text
    assert page.skipped.to_frame()["file"].value_counts()["cases.csv"] == 4
    why = {(row.file, row.line): row.why for row in page.skipped}
    assert "accepted is" in why["cases.csv", 4] and "K-2" in why["cases.csv", 5]
    assert why["cases.csv", 8] == "number of fields `3` is not valid: accepted is 7, as in the header"
    assert why["surveys.csv", 2] == "score 11 is out of range: accepted is a whole number from 0 to 10"
    for row in page.skipped:
        assert row.why in text


def test_files_that_are_no_text_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    good = b"K-1,2026-03-12T10:00:00+01:00,opened,,,,\n"
    path.write_bytes(b"\xef\xbb\xbf" + HEADER.encode() + good + b"\x00\n")
    page = klokuur.report(tmp_path, now=datetime(2026, 3, 13, 12, tzinfo=UTC))
    assert [row.line for row in page.skipped] == [3]


def test_optional_files_leave_their_part_out_and_it_is_said(tmp_path: Path) -> None:
    shutil.copy(SAMPLE / "cases.csv", tmp_path)
    page = klokuur.report(tmp_path, now=NOW)
    text = text_of(page)
    for name in ("surveys", "calls", "orders"):
        assert f"{name}.csv is not there: left out is" in text
    assert 'id="nps"' not in page.html
    assert "Response time 97.2 %" in text


def test_without_cases_there_is_no_report(tmp_path: Path) -> None:
    with pytest.raises(klokuur.InvalidDocumentError, match=r"cases.csv is not there: a case log is needed"):
        klokuur.report(tmp_path)
    with pytest.raises(klokuur.InvalidDocumentError, match="no table `cases` was given"):
        klokuur.report({"surveys": pd.DataFrame({"at": [], "recommendation": []})})
    with pytest.raises(klokuur.InvalidDocumentError, match="no table of a seller is named `case`: accepted is cases, "):
        klokuur.report({"case": {}})
    folder(tmp_path, cases=HEADER)
    with pytest.raises(klokuur.InvalidDocumentError, match="cases.csv has no events"):
        klokuur.report(tmp_path)
    with pytest.raises(klokuur.InvalidValueError, match="accepted is a datetime with a zone"):
        klokuur.report(tmp_path, now=datetime(2026, 3, 13))
    # With a time to stand at, a shop without cases is a quiet one.
    quiet = klokuur.report(tmp_path, now=NOW)
    assert "Nothing. Well done." in text_of(quiet)


def test_data_frames_give_the_same_page_as_their_files(sample: klokuur.Report) -> None:
    frames: dict[str, Any] = {
        name: pd.read_csv(SAMPLE / f"{name}.csv", dtype=str, keep_default_na=False)
        for name in ("cases", "calls", "orders")
    }
    surveys = pd.read_csv(SAMPLE / "surveys.csv")
    surveys["at"] = pd.to_datetime(surveys["at"], utc=True)
    made = klokuur.report({**frames, "surveys": surveys}, now=NOW, title="De Verzonnen Fietsbel")
    assert made.html == sample.html.replace(" · data</p>", "</p>")


def test_late_cases_strikes_and_other_rulebooks_have_their_words(tmp_path: Path) -> None:
    rows = "".join(f"K-{i},2026-03-0{2 + i % 5}T10:00:00+01:00,opened,,,,\n" for i in range(40))
    where = folder(tmp_path, cases=HEADER + rows)
    text = text_of(klokuur.report(where, now=datetime(2026, 3, 30, 7, tzinfo=UTC)))
    assert "40 cases open for a long time; 40 late already." in text
    assert "late by" in text and "25 more cases" in text
    assert "Strikes 1 active; offline at 5" in text
    amazon = klokuur.report(where, now=datetime(2026, 3, 30, 7, tzinfo=UTC), rules=klokuur.Rulebook.shipped("amazon"))
    assert 'id="strikes"' not in amazon.html and "24/7" in text_of(amazon)
    # Five bad weeks: offline.
    many = "".join(
        f"K-{week}-{i},{date.fromisocalendar(2026, week, 2)}T10:00:00+01:00,opened,,,,\n"
        for week in range(2, 9)
        for i in range(12)
    )
    five = text_of(klokuur.report(folder(tmp_path, cases=HEADER + many), now=datetime(2026, 2, 16, 7, tzinfo=UTC)))
    assert "temporarily offline since 11 Feb 2026, until a plan is accepted" in five
    seven = text_of(klokuur.report(where, now=datetime(2026, 3, 30, 7, tzinfo=UTC)))
    assert "closed since" in seven and "may apply from" in seven


ITALIAN = """case,time_timestamp,concept_name,customer,product,service_type
T1,2026-03-12T10:00:00+01:00,Insert ticket,Ann,Lamp,Service 1
T1,2026-03-12T11:00:00+01:00,Take in charge ticket,Ann,Lamp,Service 1
T2,2026-03-12T11:00:00+01:00,Danced,Ann,Lamp,Service 1
"""


def test_another_systems_log_is_read_with_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "log.csv.gz"
    path.write_bytes(gzip.compress(ITALIAN.encode()))
    now = datetime(2026, 3, 13, 12, tzinfo=UTC)
    page = klokuur.report(path, now=now, mapping=MAPPINGS / "italian_helpdesk.toml")
    assert [(row.line, row.why.split(":")[0]) for row in page.skipped] == [(4, "unknown state `Danced`")]
    text = text_of(page)
    assert "Mo-Fr 09:00-18:00" in text and "Europe/Rome" in text and 'id="strikes"' in page.html
    assert "0 of 1 open case" in text
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


def test_the_command_writes_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "monday.html"
    rules = tmp_path / "rules.toml"
    rules.write_text(klokuur.Rulebook.bol().with_values({"name": "our own"}).to_toml())
    given = [str(SAMPLE), "-o", str(out), "--now", NOW.isoformat(), "--rulebook", str(rules), "--title", "Shop"]
    assert _command.main(["report", *given]) == 0
    assert capsys.readouterr().out == f"{out}: as of {NOW.isoformat()}, 17950 rows read, 0 skipped\n"
    assert "<h1>Shop</h1>" in out.read_text() and "our own" in out.read_text()


def test_the_command_judges_as_the_library_does(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder(tmp_path, cases=HEADER + "K-1,2026-03-12T10:00:00+01:00,opened,,,,\n")
    pages = [klokuur.report(tmp_path, now=NOW), klokuur.report(tmp_path, now=NOW, rules="bol")]
    for given in ([], ["--rulebook", "bol"]):
        assert _command.main(["report", str(tmp_path), "-o", "-", "--now", NOW.isoformat(), *given]) == 0
        page = capsys.readouterr().out
        assert f"rules {klokuur.RulebookHistory.bol().fingerprint()}" in page
        assert [page.rstrip("\n")] * 2 == [one.html.rstrip("\n") for one in pages]


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _command.main(["report", str(tmp_path)]) == 1
    assert "cases.csv is not there" in capsys.readouterr().err
    assert _command.main(["report", str(SAMPLE), "--rulebook", "bool"]) == 1
    assert capsys.readouterr().err.startswith("klokuur: unknown rulebook `bool`: accepted is ")
    with pytest.raises(SystemExit) as usage:
        _command.main(["report", str(SAMPLE), "--now", "2026-11-09"])
    assert usage.value.code == 2
    assert "accepted is a time with an offset" in capsys.readouterr().err
    folder(tmp_path, cases=HEADER + "K-1,2026-03-12T10:00:00+01:00,opened,,,,\n" + "K-1,x,closed,,,,\n" * 7)
    assert _command.main(["report", str(tmp_path), "-o", "-", "--now", NOW.isoformat()]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("<!DOCTYPE html>") and err.count("cases.csv line") == 5 and "and 2 more" in err


def test_the_console_script_is_installed() -> None:
    script = Path(sys.executable).with_name("klokuur")
    for command in ([str(script)], [sys.executable, "-m", "klokuur"]):
        done = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)
        assert done.stdout == f"klokuur {klokuur.__version__}\n"


def test_without_matplotlib_it_says_how_to_get_it(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['matplotlib'] = None; from klokuur import _command; "
        f"sys.exit(_command.main(['report', {str(SAMPLE)!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == 'klokuur: a report needs matplotlib: pip install "klokuur[report]"\n'


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal_and_wiped() -> None:
    terminal = Terminal()
    with Progress(terminal, patience=0) as progress:
        progress.step("reading", 0.5)
    assert terminal.getvalue() == "\r\x1b[Kreading  50 %\r\x1b[K"
    quick, file = Terminal(), io.StringIO()
    with Progress(quick) as progress:
        progress.step("reading", 0.5)
    with Progress(file, patience=0) as progress:
        progress.step("reading", 0.5)
    assert quick.getvalue() == "" and file.getvalue() == ""


def test_a_notebook_shows_the_page_in_a_frame_of_its_own(sample: klokuur.Report) -> None:
    shown = sample._repr_html_()
    assert shown.startswith('<iframe srcdoc="&lt;!DOCTYPE html&gt;') and shown.endswith("</iframe>")
    assert isinstance(sample, klokuur.Report) and not isinstance(sample, Mapping)
