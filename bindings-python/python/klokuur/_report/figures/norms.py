"""Service norms by week, each in a panel of its own with its threshold."""

from __future__ import annotations

from typing import Any

from klokuur._html import Html
from klokuur._norm import WeekResult
from klokuur import _words as words
from klokuur._report.figures.canvas import ACCENT, BAD, MUTED, PAPER, WARN, Canvas, figure
from klokuur._week import IsoWeek

WEEKS = 26


def norms_figure(weeks: tuple[WeekResult, ...], this_week: IsoWeek) -> Html | None:
    """A panel for each norm that has data; None when none has."""
    first = this_week.plus(1 - WEEKS)
    by_norm: dict[str, list[WeekResult]] = {}
    for found in weeks:
        if found.week >= first and found.value is not None:
            by_norm.setdefault(found.norm, []).append(found)
    if not by_norm:
        return None
    # Those that bear strikes come first.
    panels = sorted(by_norm.values(), key=lambda found: not found[0].strike)

    def draw(canvas: Canvas) -> None:
        columns = 2 if canvas.wide else 1
        rows = -(-len(panels) // columns)
        axes = canvas.figure.subplots(rows, columns, squeeze=False)
        for place, axis in enumerate(axes.flat):
            if place < len(panels):
                _panel(canvas, axis, panels[place], first, this_week)
            else:
                axis.set_axis_off()

    rows = -(-len(panels) // 2)
    says = "Service norms by week: " + "; ".join(_words(found) for found in panels)
    caption = (
        f"The last {WEEKS} weeks. Dashed: the threshold. ● conforms, ✕ missed, ◆ past the threshold but under the count "
        "limit, so no miss; hollow: provisional."
    )
    wide, narrow = (860.0, 160.0 * rows), (340.0, 150.0 * len(panels))
    return figure("norms", says, draw, wide=wide, narrow=narrow, caption=caption)


def _words(found: list[WeekResult]) -> str:
    missed = sum(one.verdict == "missed" for one in found)
    return f"{words.name(found[0].norm)}, {words.threshold(found[0])}: missed in {missed} of {len(found)} weeks"


def _panel(canvas: Canvas, axis: Any, found: list[WeekResult], first: IsoWeek, last: IsoWeek) -> None:
    percent = 100 if found[0].unit == "share" else 1
    bound = float(found[0].threshold) * percent
    places = [one.week.since(first) for one in found]
    values = [(one.value or 0.0) * percent for one in found]
    axis.axhline(bound, color=MUTED, lw=1, ls=(0, (4, 3)), zorder=1)
    _line(axis, places, values)
    for one, place, worth in zip(found, places, values, strict=True):
        _mark(canvas, axis, one, place, worth)
    low, high = min([*values, bound]), max([*values, bound])
    room = max((high - low) * 0.14, 0.4 if percent == 100 else 0.2)
    axis.set_ylim(max(low - room, 0) if found[0].unit == "share" else low - room, high + room)
    axis.set_xlim(-0.7, WEEKS - 0.3)
    ticks = [place for place in range(WEEKS) if first.plus(place).number % (5 if canvas.wide else 5) == 0]
    axis.set_xticks(ticks, [f"W{first.plus(place).number:02}" for place in ticks])
    axis.locator_params(axis="y", nbins=4)
    axis.yaxis.set_major_formatter(lambda worth, _: f"{worth:g}{' %' if percent == 100 else ''}")
    axis.grid(axis="y")
    axis.tick_params(length=0)
    axis.set_title(words.name(found[0].norm))
    axis.set_title(
        words.threshold(found[0]) + (", strike-bearing" if found[0].strike else ""),
        loc="right",
        fontsize=11,
        fontweight="normal",
        color=MUTED,
    )


def _line(axis: Any, places: list[int], values: list[float]) -> None:
    """A line that breaks where a week has no data."""
    run = 0
    for i in range(1, len(places) + 1):
        if i == len(places) or places[i] != places[i - 1] + 1:
            axis.plot(places[run:i], values[run:i], color=ACCENT, lw=1.3, alpha=0.55, zorder=2)
            run = i


def _mark(canvas: Canvas, axis: Any, one: WeekResult, place: int, worth: float) -> None:
    passed = one.threshold_met is False and one.verdict != "missed"
    colour, marker, size = (
        (BAD, "X", 64) if one.verdict == "missed" else (WARN, "D", 34) if passed else (ACCENT, "o", 26)
    )
    provisional = one.finality == "provisional"
    drawn = axis.scatter(
        [place],
        [worth],
        s=size,
        marker=marker,
        zorder=3,
        linewidths=1.3,
        edgecolors=colour,
        facecolors=PAPER if provisional else colour,
        clip_on=False,
    )
    verdict = (
        "missed" if one.verdict == "missed" else "past the threshold, under the count limit" if passed else "conforms"
    )
    canvas.tip(
        drawn, f"{one.week}: {words.value(one)} ({one.numerator} of {one.denominator}), {verdict}, {one.finality}"
    )
