"""The command ``klokuur``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TextIO

from klokuur._errors import InvalidDocumentError, KlokuurError
from klokuur._klokuur import version
from klokuur._rulebook import Rulebook

SHOWN = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; 0 when all went well, 1 with a message when not, 2 for arguments that are none."""
    given = _parser().parse_args(arguments)
    try:
        return _report(given)
    except (KlokuurError, ImportError, OSError) as problem:
        _say(f"klokuur: {' '.join(str(problem).split())}", sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="klokuur", description="Clock hours, service norms and strikes for marketplace sellers."
    )
    parser.add_argument("--version", action="version", version=f"klokuur {version()}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    report = commands.add_parser(
        "report",
        help="the Monday-morning picture of a seller as one HTML page",
        description="The Monday-morning picture of a seller as one HTML page: open and at-risk cases, norms by week, "
        "strikes with their expiry, NPS over time, subjects and items, signals.",
    )
    report.add_argument(
        "source",
        type=Path,
        metavar="DIR",
        help="a folder with cases.csv, surveys.csv, calls.csv, orders.csv (only the first must be there), or one case log, .csv or .csv.gz",
    )
    report.add_argument(
        "-o",
        "--output",
        type=Path,
        default=Path("report.html"),
        metavar="FILE",
        help="the page to write (default: report.html); - is the standard output",
    )
    report.add_argument(
        "--now",
        type=_instant,
        metavar="INSTANT",
        help="as of when, such as 2026-11-09T08:00:00+01:00 (default: the time on the clock)",
    )
    report.add_argument(
        "--rulebook", metavar="FILE", help="the rules, TOML or JSON, or the name of a shipped rulebook (default: bol)"
    )
    report.add_argument(
        "--mapping", type=Path, metavar="FILE", help="how another system's columns and states are read (TOML)"
    )
    report.add_argument("--title", help="the heading of the page")
    return parser


def _instant(text: str) -> datetime:
    accepted = "accepted is a time with an offset, such as 2026-11-09T08:00:00+01:00"
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text}`: {accepted}") from None
    if at.tzinfo is None:
        raise argparse.ArgumentTypeError(f"`{text}`: {accepted}")
    return at


def _rulebook(given: str | None) -> Rulebook | str | None:
    if given is None:
        return None
    from klokuur._report.reading import path_of

    path = path_of(given)
    if not path.exists() and not path.suffix:
        return given
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as problem:
        raise InvalidDocumentError(f"rulebook {path} is not valid: {problem}") from problem
    return Rulebook.from_json(text) if path.suffix == ".json" else Rulebook.from_toml(text)


def _report(given: argparse.Namespace) -> int:
    from klokuur._report import report

    page = report(
        given.source, now=given.now, rules=_rulebook(given.rulebook), mapping=given.mapping, title=given.title
    )
    skipped = page.skipped
    for row in skipped[:SHOWN]:
        _say(f"skipped: {row.file} line {row.line}: {row.why}", sys.stderr)
    if len(skipped) > SHOWN:
        _say(f"skipped: … and {len(skipped) - SHOWN} more, which the page lists", sys.stderr)
    if str(given.output) == "-":
        # The page is UTF-8, whatever the terminal is.
        sys.stdout.flush()
        sys.stdout.buffer.write(page.html.encode())
        sys.stdout.buffer.flush()
        return 0
    page.save(given.output)
    later = f", {page.later} after {page.now.isoformat()}, not looked at" if page.later else ""
    rows = "row" if page.rows == 1 else "rows"
    _say(
        f"{given.output}: as of {page.now.isoformat()}, {page.rows} {rows} read, {len(skipped)} skipped{later}", sys.stdout
    )
    return 0


def _say(text: str, stream: TextIO) -> None:
    """One line, with escapes for what the stream's encoding lacks and for what steers a terminal."""
    shown = "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)
    encoding = stream.encoding or "utf-8"
    print(shown.encode(encoding, "backslashreplace").decode(encoding), file=stream)
