"""Subjects by item, and what comes up more often than it used to."""

from __future__ import annotations

from textwrap import fill

from klokuur._html import Html
from klokuur._insight import Signal, SignalReport, SubjectOverview
from klokuur import _words as words
from klokuur._report.figures.canvas import ACCENT, BAD, GRID, INK, MUTED, PAPER, Canvas, figure, shortened

NONE = "(none)"


def subjects_figure(found: SubjectOverview, most_items: int = 12, most_subjects: int = 8) -> Html | None:
    """How many cases each item has of each subject; None without any."""
    subjects = [one.subject for one in found.subjects][:most_subjects]
    items = list(found.items[:most_items])
    if not subjects or not items:
        return None
    counts = [{one.subject: one.cases for one in item.subjects} for item in items]
    top = max(max(row.values(), default=0) for row in counts) or 1

    def draw(canvas: Canvas) -> None:
        from matplotlib.patches import Rectangle

        axis = canvas.figure.add_subplot()
        for y, (item, row) in enumerate(zip(items, counts, strict=True)):
            for x, subject in enumerate(subjects):
                number = row.get(subject, 0)
                cell = Rectangle((x + 0.04, y + 0.06), 0.92, 0.88, color=ACCENT if number else GRID, lw=0)
                cell.set_alpha(0.10 + 0.50 * number / top if number else 0.25)
                axis.add_patch(cell)
                canvas.tip(cell, f"{item.item}, {subject or NONE}: {words.count(number, 'case')}")
                if number:
                    axis.text(x + 0.5, y + 0.5, number, ha="center", va="center", color=INK, fontsize=11.5)
            axis.text(len(subjects) + 0.12, y + 0.5, item.cases, va="center", color=INK, fontweight="bold")
            if item.rate is not None and canvas.wide:
                axis.text(len(subjects) + 0.62, y + 0.5, words.percent(item.rate, 1), va="center", color=MUTED)
        axis.set_xlim(0, len(subjects) + ((1.3 if items[0].orders is not None else 0.6) if canvas.wide else 0.9))
        axis.set_ylim(len(items), 0)
        size = 30 if canvas.wide else 17
        axis.set_yticks([y + 0.5 for y in range(len(items))], [shortened(item.item, size) for item in items], color=INK)
        names = [shortened(subject or NONE, 18) for subject in subjects]
        if canvas.wide:
            axis.set_xticks(
                [x + 0.5 for x in range(len(names))],
                [fill(name, 10, break_long_words=False) for name in names],
                color=INK,
            )
        else:
            places = [x + 0.5 for x in range(len(names))]
            axis.set_xticks(places, names, rotation=60, ha="left", rotation_mode="anchor", color=INK)
        axis.xaxis.tick_top()
        axis.tick_params(length=0)
        for spine in axis.spines.values():
            spine.set_visible(False)

    says = "Cases by item and subject: " + "; ".join(
        f"{item.item} {item.cases}, mostly {item.subjects[0].subject or NONE}" for item in items if item.subjects
    )
    ordered = any(item.rate is not None for item in items)
    caption = (
        f"Cases of {words.day(found.period.first)} to {words.day(found.period.last)}, by item and subject; at the end of a row "
        f"its total{' and cases per ordered item' if ordered else ''}."
    )
    if len(found.items) > len(items) or len(found.subjects) > len(subjects):
        caption += f" Shown are {len(items)} of {len(found.items)} items and {len(subjects)} of {len(found.subjects)} subjects."
    height = 26.0 * len(items)
    return figure("subjects", says, draw, wide=(860, height + 56), narrow=(340, height + 116), caption=caption)


def signals_figure(report: SignalReport, most: int = 10) -> Html | None:
    """For each signal the cases that were to be expected and those that came; None without signals."""
    shown = list(report.signals[:most])
    if not shown:
        return None

    def draw(canvas: Canvas) -> None:
        axis = canvas.figure.add_subplot()
        for y, signal in enumerate(shown):
            axis.plot([signal.expected, signal.recent], [y, y], color=BAD, lw=2, alpha=0.5, zorder=1)
            for worth, filled, side in ((signal.expected, False, "right"), (float(signal.recent), True, "left")):
                dot = axis.scatter(
                    [worth],
                    [y],
                    s=64,
                    zorder=2,
                    linewidths=1.6,
                    edgecolors=BAD if filled else MUTED,
                    facecolors=BAD if filled else PAPER,
                )
                canvas.tip(dot, told(signal))
                axis.annotate(
                    f"{worth:.0f}" if filled else f"{worth:.1f}",
                    (worth, y),
                    (9 if side == "left" else -9, 0),
                    textcoords="offset points",
                    ha=side,
                    va="center",
                    fontweight="bold" if filled else "normal",
                )
        high = max(signal.recent for signal in shown)
        axis.set_xlim(-0.09 * high, high * 1.12)
        axis.set_ylim(len(shown) - 0.4, -0.6)
        labels = [
            f"{shortened(s.place, 22 if not canvas.wide else 34)}\n{shortened(s.name or f'any {s.kind}', 22 if not canvas.wide else 34)}"
            for s in shown
        ]
        axis.set_yticks(range(len(shown)), labels, color=INK)
        axis.tick_params(length=0)
        axis.grid(axis="x")
        axis.spines["left"].set_visible(False)
        axis.locator_params(axis="x", nbins=5)

    says = "Signals: " + "; ".join(told(signal) for signal in shown)
    caption = (
        f"○ the cases that {words.day(report.baseline.first)} to {words.day(report.baseline.last)} leads to expect, ● those "
        f"that came from {words.day(report.recent.first)} to {words.day(report.recent.last)}."
    )
    height = 46.0 * len(shown) + 34
    return figure("signals", says, draw, wide=(860, height), narrow=(340, height), caption=caption)


def told(signal: Signal) -> str:
    """A signal as a sentence."""
    about = signal.name or f"any {signal.kind}"
    return f"{signal.place}, {about}: {words.count(signal.recent, 'case')} where {signal.expected:.1f} were to be expected"
