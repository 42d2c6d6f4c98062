"""The sections in their order, and how the page came about."""

from __future__ import annotations

from collections.abc import Callable

from klokuur._html import Html, Piece, element, table
from klokuur._klokuur import version
from klokuur import _words as words
from klokuur._report.cards import cards
from klokuur._report.cases import cases_section
from klokuur._report.customers import month_section, nps_section, signals_section, subjects_section
from klokuur._report.log import OPTIONAL
from klokuur._report.page import boxed, page, section
from klokuur._report.picture import Picture
from klokuur._report.weeks import norms_section, strikes_section

SECTIONS: tuple[tuple[str, str, Callable[[Picture], Html | None]], ...] = (
    ("cases", "Open cases", cases_section),
    ("norms", "Service norms", norms_section),
    ("strikes", "Strikes", strikes_section),
    ("nps", "NPS", nps_section),
    ("subjects", "Subjects and items", subjects_section),
    ("signals", "Signals", signals_section),
    ("month", "Last month", month_section),
)
LISTED = 200


def whole_page(picture: Picture, title: str | None) -> str:
    """The page of a picture."""
    made: list[Html] = []
    names: list[tuple[str, str]] = []
    for i, (name, label, make) in enumerate(SECTIONS):
        picture.log.progress.step(f"drawing {label.lower()}", i / len(SECTIONS))
        found = make(picture)
        if found is not None:
            made.append(found)
            names.append((name, label))
    made.append(_about(picture))
    names.append(("about", "About this page"))
    is_morning = picture.now.hour < 12
    heading = title or (f"{words.DAYS[picture.now.weekday()]} morning" if is_morning else "Where things stand")
    subtitle = f"As of {words.long_moment(picture.now)}, week {picture.this_week}"
    if picture.log.name:
        subtitle += f" · {picture.log.name}"
    return page(heading, subtitle, [_old(picture), _warning(picture), cards(picture)], made, names)


def _old(picture: Picture) -> Html | None:
    newest, age = picture.newest, picture.age
    if newest is None or age is None:
        return None
    return element(
        "p",
        f"This log is old: its last event is of {words.long_moment(newest)}, {words.count(age.days, 'day')} ago. What has "
        f"been done since is not in it. The picture of then is that of now = {newest.isoformat()}.",
        class_="warn",
    )


def _warning(picture: Picture) -> Html | None:
    skipped = len(picture.log.skipped)
    if not skipped:
        return None
    return element(
        "p",
        f"{words.count(skipped, 'row')} of {picture.log.rows:,} could not be used and ",
        "is" if skipped == 1 else "are",
        " not in these figures: ",
        element("a", "which, and why", href="#about"),
        ".",
        class_="warn",
    )


def _about(picture: Picture) -> Html:
    log, rules, clock = picture.log, picture.rules, picture.book.clock
    calendar = clock.calendar
    facts: list[tuple[str, Piece]] = [
        (
            "Rows",
            f"{log.rows:,} read, {len(log.skipped):,} skipped"
            + (f", {picture.later:,} after {words.long_moment(picture.now)}, not looked at" if picture.later else "")
            + (f", {log.cases.updates:,} updates without an event" if log.cases.updates else ""),
        ),
        ("Rulebook", f"{rules.name} ({rules.marketplace}), confidence {rules.confidence}, {rules.fingerprint()}"),
        ("Clock hours", f"{clock.hours}, {clock.zone}"),
        ("Holidays", "none" if calendar is None else f"{calendar.name}, {calendar.fingerprint}{_other_holidays(picture)}"),
        ("Fingerprints", str(picture.book.fingerprints)),
        ("Made by", f"klokuur {version()}"),
    ]
    left_out = [f"{said}: left out is {OPTIONAL[name]}." for name, said in log.missing.items()]
    return section(
        "about",
        "About this page",
        [element("p", text) for text in left_out],
        element("ul", [element("li", text) for text in log.told]) if log.told else None,
        element("dl", [[element("dt", name), element("dd", fact)] for name, fact in facts]),
        _skipped(picture),
        element(
            "p",
            "A provisional week can still change. The performance score is an estimate. An NPS of fewer answers than the "
            "guideline is only an indication.",
            class_="quiet",
        ),
    )


def _other_holidays(picture: Picture) -> str:
    other = picture.other_holidays
    if other is None:
        return ""
    return (
        f". The marketplace speaks of Dutch and Belgian holidays: with {other.country}, {other.moved:,} of "
        f"{words.count(other.judged, 'deadline')} would be later, and {words.count(other.verdicts, 'verdict')} "
        "would be another"
    )


def _skipped(picture: Picture) -> Piece:
    skipped = picture.log.skipped
    if not skipped:
        return None
    rows = [(row.file, f"{row.line}", row.why) for row in skipped[:LISTED]]
    return [
        element("h3", f"Skipped rows: {len(skipped):,}"),
        boxed(table(("File", "Line" if picture.log.name else "Row", "Why"), rows, numbers=(1,)), "Skipped rows"),
        element("p", f"… and {len(skipped) - LISTED:,} more.") if len(skipped) > LISTED else None,
    ]
