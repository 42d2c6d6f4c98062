"""The window of final weeks as a strip, with the strikes in it and when each expires."""

from __future__ import annotations

from typing import Any

from klokuur._html import Html
from klokuur import _words as words
from klokuur._report.figures.canvas import BAD, GOOD, GRID, INK, MUTED, PAPER, WARN, Canvas, figure
from klokuur._standing import Ledger, StandingReport, Strike
from klokuur._week import IsoWeek

#: The first week of the supported years.
EARLIEST = IsoWeek(1900, 1)


def strikes_figure(ledger: Ledger, standing: StandingReport, window: int) -> Html | None:
    """A cell for each week of the window and for the provisional ones after it; None while no week is final."""
    last = standing.newest_final_week
    if last is None:
        return None
    # Near the first supported year the window has fewer weeks.
    window = min(window, last.since(EARLIEST) + 1)
    cells = [last.plus(place - window + 1) for place in range(window)]
    after = [found for found in standing.provisional if found.week > last]
    strikes = {strike.week: strike for strike in standing.strikes}
    judged = {week.week for week in ledger.weeks}
    threatened = {found.week for found in after if found.missed}
    cells += [found.week for found in after]

    def draw(canvas: Canvas) -> None:
        in_row = len(cells) if canvas.wide else -(-len(cells) // 3)
        axis = canvas.figure.add_subplot()
        for place, week in enumerate(cells):
            x, y = place % in_row, -1.9 * (place // in_row)
            _cell(canvas, axis, x, y, week, strikes.get(week), week in judged, place >= window, week in threatened)
        axis.set_xlim(-0.1, in_row + 0.1)
        axis.set_ylim(-1.9 * ((len(cells) - 1) // in_row) - 0.85, 1.05)
        axis.set_axis_off()

    many = f"{len(strikes)} strike{'' if len(strikes) == 1 else 's'}"
    says = f"The {window} final weeks up to {last}, with {many}" + "".join(
        f"; {strike.week}, expires {words.day(strike.expires_on)}" for strike in standing.strikes
    )
    caption = (
        f"The window of {window} final weeks, up to {last}. Plain: a good week; ✕ a strike, with the date it expires; dashed: provisional, "
        "counts for nothing yet."
    )
    rows = 3
    return figure("strikes", says, draw, wide=(860, 92), narrow=(340, 76.0 * rows), caption=caption)


def _cell(
    canvas: Canvas,
    axis: Any,
    x: float,
    y: float,
    week: IsoWeek,
    strike: Strike | None,
    is_judged: bool,
    is_provisional: bool,
    is_threatened: bool,
) -> None:
    from matplotlib.patches import FancyBboxPatch

    colour = BAD if strike else WARN if is_threatened else GOOD if is_judged else GRID
    box = FancyBboxPatch(
        (x + 0.07, y + 0.04),
        0.86,
        0.92,
        boxstyle="round,pad=0,rounding_size=0.14",
        mutation_aspect=1,
        facecolor=PAPER if is_provisional or not is_judged else colour,
        edgecolor=colour,
        linewidth=1.4,
        linestyle=(0, (2, 2)) if is_provisional else "solid",
        alpha=1 if strike or is_provisional or not is_judged else 0.38,
    )
    axis.add_patch(box)
    if strike:
        said = f"a strike for {', '.join(words.name(c.norm) for c in strike.causes)}; expires {words.day(strike.expires_on)}"
        axis.text(x + 0.5, y + 0.5, "✕", ha="center", va="center", color=PAPER, fontsize=13, fontweight="bold")
        on = strike.expires_on
        axis.text(
            x + 0.5,
            y - 0.62,
            f"→{on.day} {words.MONTHS[on.month - 1][:3]}",
            ha="center",
            va="center",
            color=BAD,
            fontsize=11,
        )
    elif is_provisional:
        said = "provisional, would give a strike as it stands" if is_threatened else "provisional"
        axis.text(
            x + 0.5,
            y + 0.5,
            "!" if is_threatened else "?",
            ha="center",
            va="center",
            color=colour if is_threatened else MUTED,
        )
    else:
        said = "a good week" if is_judged else "no data"
    axis.text(
        x + 0.5, y - 0.22, f"{week.number:02}", ha="center", va="center", color=INK if strike else MUTED, fontsize=11
    )
    canvas.tip(box, f"{week}: {said}")
