"""What customers think and ask: NPS, subjects and items, signals, and the last month."""

from __future__ import annotations

from datetime import date

from klokuur._html import Html, Piece, element, table
from klokuur._insight import OverviewGroup, Signal
from klokuur import _words as words
from klokuur._report.figures.nps import nps_figure, sentence
from klokuur._report.figures.subjects import NONE, signals_figure, subjects_figure
from klokuur._report.page import boxed, section
from klokuur._report.picture import Picture


def nps_section(picture: Picture) -> Html | None:
    """The NPS of the trailing window and by month, with a test of the last change."""
    nps = picture.nps
    if nps is None:
        return None
    said = [f"Last {nps.recent_days} days: {sentence(nps.recent, nps.guideline, nps.confidence)}."]
    if nps.change is not None:
        change = nps.change
        verdict = "a real change at 5 %" if change.p_two_sided < 0.05 else "no proof of a change"
        said.append(
            f"{_compared(nps.changed, picture.today)}: {change.difference:+.1f} points "
            f"({change.low:.1f} to {change.high:.1f}), p = {change.p_two_sided:.3f}: {verdict}."
        )
    if nps.trend is not None:
        said.append(f"Trend: {nps.trend.points_per_period:+.2f} points a month, p = {nps.trend.p_two_sided:.3f}.")
    if nps.earlier:
        said.append(f"{words.count(nps.earlier, 'answer')} of before {words.month(nps.months[0][0])} left out.")
    norm = next((float(rule.threshold) for rule in picture.rules.norms if rule.name == "nps"), None)
    rows = [
        (
            words.month(first),
            *_nps_cells(tally.promoters, tally.passives, tally.detractors),
            sentence(tally, nps.guideline, nps.confidence),
        )
        for first, tally in nps.months
    ]
    return section(
        "nps",
        "NPS after customer contact",
        element("p", said[0], class_="lead"),
        nps_figure(nps.months, nps.guideline, nps.confidence, norm, picture.today),
        [element("p", text) for text in said[1:]],
        _fold(
            "The numbers",
            boxed(
                table(("Month", "Promoters", "Passives", "Detractors", "NPS"), rows, numbers=(1, 2, 3)), "NPS by month"
            ),
        ),
    )


def _compared(months: tuple[date, date] | None, today: date) -> str:
    """Which two months are compared, by name when they are not the last two."""
    if months is None:
        return ""
    before, last = months
    back = [12 * (today.year - month.year) + today.month - month.month for month in months]
    if back == [2, 1]:
        return "The last whole month against the one before"
    return f"{words.month(last)} against {words.month(before)}, the last whole months with answers"


def _nps_cells(*counts: int) -> tuple[str, ...]:
    return tuple(f"{count:,}" for count in counts)


def subjects_section(picture: Picture) -> Html:
    """What the cases of the trailing window are about, and for which items."""
    found = picture.subjects
    days = (found.period.last - found.period.first).days + 1
    subjects = [(one.subject or NONE, f"{one.cases:,}", words.percent(one.share)) for one in found.subjects]
    has_rates = any(item.rate is not None for item in found.relatively_many)
    head = ("Item", "Cases", "Of ordered items") if has_rates else ("Item", "Cases")
    items = [
        (item.item, f"{item.cases:,}", "" if item.rate is None else words.percent(item.rate, 1))[: len(head)]
        for item in found.relatively_many
    ]
    return section(
        "subjects",
        "Subjects and items",
        element("p", f"What the {words.count(found.cases, 'case')} of the last {days} days are about.", class_="lead"),
        subjects_figure(found),
        element(
            "div",
            element(
                "div",
                element("h3", "Subjects"),
                boxed(table(("Subject", "Cases", "Share"), subjects, numbers=(1, 2)), "Cases by subject", "small"),
            )
            if subjects
            else None,
            element(
                "div",
                element("h3", "Items with relatively many cases"),
                boxed(
                    table(head, items, numbers=(1, 2)),
                    "Items with relatively many cases",
                    "small",
                ),
            )
            if items
            else None,
            class_="pair",
        ),
    )


def signals_section(picture: Picture) -> Html:
    """What comes up more often than it used to, with the numbers that justify it."""
    report = picture.signals
    rate = words.percent(report.false_alarm_rate)
    lead = (
        f"{words.count(len(report.signals), 'signal')} in {words.count(report.tested, 'count')} of a subject or defect, "
        f"by item and of all; at most {rate} of such reports have a false alarm."
    )
    rows = [_signal_cells(signal) for signal in report.signals]
    head = ("Item", "What", "Cases", "Expected", "Times as many", "Adjusted p")
    return section(
        "signals",
        "Signals",
        element("p", lead, class_="lead"),
        signals_figure(report),
        boxed(table(head, rows, numbers=(2, 3, 4, 5)), "Signals") if rows else None,
    )


def _signal_cells(signal: Signal) -> tuple[Piece, ...]:
    high = "∞" if signal.ratio_high is None else f"{signal.ratio_high:.1f}"
    ratio = "new" if signal.ratio is None else f"{signal.ratio:.1f}"
    return (
        signal.place,
        [element("span", signal.name or "any"), element("small", signal.kind)],
        f"{signal.recent:,}",
        f"{signal.expected:.1f}",
        [element("span", ratio), element("small", f"{signal.ratio_low:.1f} to {high}")],
        f"{signal.p_adjusted:.1e}",
    )


def month_section(picture: Picture) -> Html:
    """The last whole month by subject."""
    month = picture.month
    head = ("Subject", "Cases", "Median handling", "On time")
    groups = [*month.groups, month.total] if month.groups else []
    rows = [
        ("All" if group is month.total else group.subject or NONE, f"{group.cases:,}", *_group_cells(group))
        for group in groups
    ]
    return section(
        "month",
        words.month(month.period.first),
        element("p", f"{words.count(month.total.cases, 'case')} closed in the last whole month.", class_="lead"),
        boxed(table(head, rows, numbers=(1,)), f"Cases of {words.month(month.period.first)}") if rows else None,
        element("p", "Handling counts clock hours.", class_="quiet")
        if rows
        else None,
    )


def _group_cells(group: OverviewGroup) -> tuple[str, str]:
    median = group.handling.median
    share = group.on_time
    return (
        "not reached" if median is None else words.amount(median),
        ""
        if share is None
        else f"{words.percent(share.share)} ({100 * share.low:.0f} to {words.percent(share.high)}), {share.of:,} judged",
    )


def _fold(summary: str, content: Html) -> Html:
    return element("details", element("summary", summary), content)
