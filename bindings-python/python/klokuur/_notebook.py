"""What a notebook shows of results: small tables of escaped text, with nothing from elsewhere.

Whatever has ``_repr_html_`` by :class:`klokuur._records.Shown` is shown by :func:`shown`, which knows how some results
are best looked at; every other record is shown field by field.
"""

from __future__ import annotations

import dataclasses
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from typing import Any

from klokuur import _words as words
from klokuur._frames import columns_of
from klokuur._html import Html, Piece, element, joined, table
from klokuur._records import Record

MOST_ROWS = 50
#: Colours that carry in light and in dark notebooks.
_COLOURS = {"good": "#2e9e62", "plain": "#8b95a3", "bad": "#d0524a"}


def shown(thing: Any) -> str:
    """A result as HTML."""
    draw = _DRAWN.get(type(thing).__name__)
    if draw is not None:
        return str(draw(thing))
    if isinstance(thing, Record):
        return str(_titled(_spaced(type(thing).__name__), _fields(thing)))
    return str(element("code", repr(thing)))


def rows_html(records: Iterable[Record], most: int = MOST_ROWS) -> Html:
    """Records as a table, the first of many; judged weeks as a figure too."""
    listed = list(records)
    weeks = [record for record in listed if type(record).__name__ == "WeekResult"]
    norm = next((getattr(week, "norm") for week in weeks), None)
    drawn = _figure("norms", weeks, f"{words.name(norm)} by week", norm=norm) if norm and len(weeks) > 1 else None
    columns = columns_of(listed[:most])
    rows = [[_cell(value) for value in row] for row in zip(*columns.values(), strict=True)]
    more = element("p", f"… and {len(listed) - most:,} more") if len(listed) > most else None
    return joined(drawn, table([_label(name) for name in columns], rows), more)


def _figure(name: str, thing: Any, says: str, **options: Any) -> Html | None:
    """A figure of :mod:`klokuur.plot` where Matplotlib is there; a notebook is no worse without it."""
    if find_spec("matplotlib") is None:
        return None
    axes = getattr(import_module("klokuur.plot"), name)(thing, **options)
    image = BytesIO()
    axes.figure.savefig(image, format="png", dpi=80, metadata={"Software": None})
    source = "data:image/png;base64," + b64encode(image.getvalue()).decode()
    return element("div", element("img", src=source, alt=says, style="max-width:100%"))


def _titled(title: Piece, *content: Piece) -> Html:
    return element("div", element("strong", title), content)


def _fields(record: Record) -> Html:
    return _pairs((field.name, getattr(record, field.name)) for field in dataclasses.fields(record))


def _pairs(pairs: Iterable[tuple[str, Any]]) -> Html:
    rows = [
        element("tr", element("th", _label(name), scope="row"), element("td", _cell(value))) for name, value in pairs
    ]
    return element("table", element("tbody", rows))


def _cell(value: Any) -> Piece:
    """A value in a cell: a record in it by its fields, several as rows."""
    if value is None:
        return "–"
    if isinstance(value, Record):
        if type(value).__str__ is not object.__str__:
            return str(value)
        return _fields(value) if dataclasses.fields(value) else _spaced(type(value).__name__)
    if isinstance(value, (tuple, list)):
        if value and all(isinstance(item, Record) for item in value):
            return rows_html(value, 10)
        return ", ".join(map(str, value)) or "–"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {item}" for key, item in value.items()) or "–"
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, timedelta):
        return words.amount(value, exact=True)
    if isinstance(value, Fraction):
        return f"{value} ({float(value):g})" if value.denominator > 1 else str(value)
    if isinstance(value, float):
        return f"{value:.6g}"
    return str(value)


def _label(name: str) -> str:
    return name.replace("_", " ")


def _spaced(name: str) -> str:
    """The name of a class as words."""
    return "".join(f" {letter.lower()}" if letter.isupper() and i else letter for i, letter in enumerate(name))


def _explanation(found: Any) -> Html:
    rows = [
        (
            words.moment(stretch.start),
            words.moment(stretch.end),
            words.amount(stretch.counted, exact=True) if stretch.counted else "–",
            _label(stretch.reason) if stretch.holiday is None else stretch.holiday.name_en,
        )
        for stretch in found.stretches
    ]
    return _titled(str(found), table(("from", "to", "counted", "why"), rows))


def _nps(found: Any) -> Html:
    interval, shares = found.interval(), found.shares
    if interval is None or shares is None:
        return _titled("NPS: no answers, no score")
    said = f"{interval.low:.0f} to {interval.high:.0f} at {words.percent(interval.confidence)}, {words.count(found.count, 'answer')}"
    if found.below_guideline():
        said += ", only an indication: below the guideline"
    parts = (
        ("promoters", shares.promoters, found.promoters, "good"),
        ("passives", shares.passives, found.passives, "plain"),
        ("detractors", shares.detractors, found.detractors, "bad"),
    )
    bars = [
        element("div", title=f"{name}: {count:,}", style=f"width:{100 * share:.2f}%;background:{_COLOURS[colour]}")
        for name, share, count, colour in parts
        if share
    ]
    bar = element("div", bars, style="display:flex;height:10px;width:260px;margin:4px 0", aria_hidden="true")
    shares_said = "; ".join(f"{name} {count:,} ({words.percent(share)})" for name, share, count, _ in parts)
    return _titled(f"NPS {found.format(1)}", " ", said, bar, element("div", shares_said))


def _week(found: Any) -> Html:
    verdict = found.verdict.replace("_", " ")
    if found.threshold_met is False and found.verdict != "missed":
        verdict += ", under the count limit"
    row = (
        words.name(found.norm),
        found.week,
        words.value(found),
        words.threshold(found),
        f"{found.numerator:,} of {found.denominator:,}",
    )
    return table(("norm", "week", "value", "asked", "numbers", "verdict"), [(*row, f"{verdict}, {found.finality}")])


def _standing(found: Any) -> Html:
    rows = [
        (
            strike.week,
            "; ".join(f"{words.name(cause.norm)} {cause.numerator} of {cause.denominator}" for cause in strike.causes),
            f"{words.day(strike.expires_on)}, when {strike.expiry_week} is final",
            words.day(strike.appeal_until),
        )
        for strike in found.strikes
    ]
    said = [f"{words.count(len(rows), 'strike')} on {words.day(found.on)}"]
    if found.until_offline is not None:
        said.append(f"{found.until_offline} more take the shop offline")
    if found.until_closed is not None:
        said.append(f"{found.until_closed} more close it")
    strikes = table(("week", "for", "expires", "complaints until"), rows) if rows else None
    return _titled(f"Standing: {words.standing(found.standing)}", element("div", "; ".join(said)), strikes)


def _estimate(found: Any) -> Html:
    score = "no data" if found.score is None else f"{found.score:.2f}"
    rows = [
        (
            words.name(part.norm),
            "–" if part.score is None else f"{part.score:.2f}",
            f"{part.numerator:,} of {part.denominator:,}",
        )
        for part in found.parts
    ]
    return _titled(f"Performance score: {score}, an estimate", table(("part", "score", "numbers"), rows))


def _rulebook(found: Any) -> Html:
    until = "" if found.valid_until is None else f" until {words.day(found.valid_until)}"
    norms = [
        (
            words.name(norm.name),
            words.threshold(norm),
            "–" if norm.count_limit is None else norm.count_limit,
            "yes" if norm.strike else "no",
            norm.confidence,
        )
        for norm in found.norms
    ]
    return _titled(
        f"Rulebook {found.name}",
        _pairs(
            [
                ("marketplace", found.marketplace),
                ("in force", f"from {words.day(found.valid_from)}{until}"),
                ("confidence", found.confidence),
                ("clock hours", f"{found.clock.hours}, {found.clock.zone}"),
                (
                    "first response",
                    f"{found.case.first_response_hours} h, warned after {found.case.warn_after_hours} h",
                ),
            ]
        ),
        table(("norm", "asked", "count limit", "strike", "confidence"), norms),
    )


def _book(found: Any) -> Html:
    facts = [
        ("cases", f"{len(found):,}"),
        ("refused events", f"{len(found.refused()):,}"),
        ("rulebook", found.rules.name),
        ("clock hours", f"{found.clock.hours}, {found.clock.zone}"),
    ]
    return _titled("Case book", _pairs(facts))


def _ledger(found: Any) -> Html:
    weeks = found.weeks
    bad = [week.week for week in weeks if week.missed]
    facts = [
        ("rulebook", found.rules.name),
        ("weeks", f"{len(weeks)}, {weeks[0].week} to {weeks[-1].week}" if weeks else "none"),
        ("with a miss", ", ".join(bad) or "none"),
        ("decisions", f"{len(found.events)}"),
    ]
    drawn = _figure("strikes", found, "Strikes that count, from day to day") if weeks else None
    return _titled("Ledger", _pairs(facts), drawn)


def _schedule(found: Any) -> Html:
    calendar = found.calendar
    facts = [("hours", found.hours), ("zone", found.zone), ("holidays", "none" if calendar is None else calendar.name)]
    return _titled("Schedule", _pairs(facts))


def _calendar(found: Any) -> Html:
    return _titled(
        "Holiday calendar", _pairs([("name", found.name), ("zone", found.zone), ("fingerprint", found.fingerprint)])
    )


def _history(found: Any) -> Html:
    rows = [
        (
            book.name,
            words.day(book.valid_from),
            "–" if book.valid_until is None else words.day(book.valid_until),
            book.confidence,
        )
        for book in found.rulebooks
    ]
    return _titled("Rulebooks", table(("name", "from", "until", "confidence"), rows))


_DRAWN: dict[str, Callable[[Any], Html]] = {
    "CaseBook": _book,
    "Explanation": _explanation,
    "HolidayCalendar": _calendar,
    "Ledger": _ledger,
    "Nps": _nps,
    "Rulebook": _rulebook,
    "RulebookHistory": _history,
    "Schedule": _schedule,
    "ScoreEstimate": _estimate,
    "StandingReport": _standing,
    "WeekResult": _week,
}
