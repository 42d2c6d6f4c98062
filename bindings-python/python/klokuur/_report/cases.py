"""The open cases: due when and why, and what is at risk."""

from __future__ import annotations

from collections.abc import Sequence

from klokuur._case import CaseRow
from klokuur._html import Html, Piece, element, joined, table
from klokuur import _words as words
from klokuur._report.figures.due import due_figure
from klokuur._report.page import boxed, section
from klokuur._report.picture import Picture

CLOCKS = {
    "first_response": "first response",
    "request": "request",
    "follow_up": "the customer's reply",
    "forwarded": "forwarded case",
}
#: How many are shown at once, and how many of the rest when they are asked for.
SHOWN, LISTED = 15, 200


def cases_section(picture: Picture) -> Html:
    """What waits for an answer, and what does not."""
    waiting, at_risk = picture.waiting, picture.at_risk
    quiet = [row for row in picture.open if row.due is None]
    customers = sum(row.status == "waiting_for_customer" for row in quiet)
    later = sum(row.status == "follow_up_later" for row in quiet)
    late = sum(row.state == "breached" for row in at_risk)
    risk = (
        f"{words.count(len(at_risk), 'case')} open for a long time; {late or 'none'} late already."
        if at_risk
        else "No case is late, and none has been open for a long time."
    )
    drawn = due_figure(
        picture.now,
        [row.due for row in waiting if row.due is not None],
        [row.due for row in at_risk if row.due is not None],
        picture.book.clock,
    )
    return section(
        "cases",
        "Open cases",
        element("p", risk, class_="lead"),
        _tables("At risk, the most urgent first", at_risk),
        drawn,
        element("h3", f"Waiting for your answer: {len(waiting)}"),
        element("p", "The oldest first, because it has priority.") if waiting else element("p", "Nothing. Well done."),
        _tables("Waiting for your answer, the oldest first", waiting),
        element(
            "p",
            f"Not waiting for you: {customers} for the customer, {later} to follow up later. "
            f"With the marketplace's customer service: {picture.with_marketplace}.",
        ),
    )


def _tables(caption: str, rows: Sequence[CaseRow]) -> Html | None:
    """The first cases, and the others folded away."""
    if not rows:
        return None
    rest, unlisted = rows[SHOWN:], len(rows) - SHOWN - LISTED
    folded = element(
        "details",
        element("summary", words.count(len(rest), "more case")),
        _table(f"{caption}, the others", rest[:LISTED]),
        element("p", f"… and {words.count(unlisted, 'more case')}.") if unlisted > 0 else None,
    )
    return joined(_table(caption, rows[:SHOWN]), folded if rest else None)


def _table(caption: str, rows: Sequence[CaseRow]) -> Html:
    return boxed(table(("Case", "Due", "About", "Why then"), [_cells(row) for row in rows]), caption, "cases")


def _cells(row: CaseRow) -> tuple[Piece, ...]:
    is_late = row.late is not None and bool(row.late.amount)
    left = (
        f"late by {words.counted(row.late)}"
        if is_late and row.late is not None
        else ""
        if row.remaining is None
        else f"{words.counted(row.remaining)} left"
    )
    mood = "bad" if is_late else "warn" if row.is_open_long else None
    mark = "✕ " if is_late else "! " if row.is_open_long else ""
    about = " · ".join(text for text in (row.item, row.defect) if text)
    # The sentence begins with when it is due, which stands beside it.
    why = "" if row.why is None else row.why.to_sentence().partition(": ")[2]
    return (
        _two(row.number, row.customer or "–"),
        joined("" if row.due is None else words.moment(row.due), element("small", mark + left, class_=mood)),
        _two(row.subject or "–", about),
        _two(why, f"{CLOCKS.get(row.clock or '', '')}; opened {words.moment(row.opened_at)}"),
    )


def _two(first: Piece, second: Piece) -> Html:
    return joined(element("span", first), element("small", second) if second else None)
