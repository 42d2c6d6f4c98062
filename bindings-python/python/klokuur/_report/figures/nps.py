"""The NPS of each month with its interval."""

from __future__ import annotations

from datetime import date

from klokuur._html import Html
from klokuur._klokuur import Nps
from klokuur import _words as words
from klokuur._report.figures.canvas import ACCENT, MUTED, PAPER, Canvas, figure


def nps_figure(
    months: tuple[tuple[date, Nps], ...], guideline: int, confidence: float, norm: float | None, today: date
) -> Html:
    """Points and whiskers; hollow below the guideline of answers."""

    def draw(canvas: Canvas) -> None:
        shown = [(first, tally) for first, tally in months][-24 if canvas.wide else -9 :]
        axis = canvas.figure.add_subplot()
        axis.axhline(0, color=MUTED, lw=0.8)
        if norm is not None:
            axis.axhline(norm, color=MUTED, lw=1, ls=(0, (4, 3)))
        lows, highs = [0.0, norm or 0.0], [0.0, norm or 0.0]
        scored = [(place, tally.score) for place, (_, tally) in enumerate(shown) if tally.score is not None]
        axis.plot([place for place, _ in scored], [score for _, score in scored], color=ACCENT, lw=1.2, alpha=0.45)
        for place, (first, tally) in enumerate(shown):
            interval = tally.interval(confidence)
            if interval is None or tally.score is None:
                continue
            lows.append(interval.low)
            highs.append(interval.high)
            axis.plot(
                [place, place], [interval.low, interval.high], color=ACCENT, lw=2.2, alpha=0.75, solid_capstyle="butt"
            )
            few = tally.below_guideline(guideline)
            dot = axis.scatter(
                [place],
                [tally.score],
                s=58,
                zorder=3,
                linewidths=1.6,
                edgecolors=ACCENT,
                facecolors=PAPER if few else ACCENT,
            )
            canvas.tip(dot, f"{words.month(first)}: {sentence(tally, guideline, confidence)}")
            axis.annotate(
                f"{tally.score:.0f}", (place, tally.score), (8, 0), textcoords="offset points", va="center", fontsize=11
            )
        axis.set_xticks(range(len(shown)), [_label(first, tally, today) for first, tally in shown])
        axis.set_xlim(-0.5, len(shown) - 0.35)
        axis.set_ylim(max(-100, min(lows) - 6), min(100, max(highs) + 6))
        axis.locator_params(axis="y", nbins=6)
        axis.grid(axis="y")
        axis.tick_params(length=0)
        axis.spines["bottom"].set_visible(False)

    says = "NPS by month: " + "; ".join(
        f"{words.month(first)} {sentence(tally, guideline, confidence)}" for first, tally in months
    )
    caption = (
        f"NPS by month with its {words.percent(confidence)} interval (adjusted Wald); below each month its answers (*: it still runs). Hollow: "
        f"fewer than {guideline} answers, only an indication. "
    ) + ("" if norm is None else f"Dashed: the norm, {norm:g}.")
    return figure("nps", says, draw, wide=(860, 250), narrow=(340, 250), caption=caption)


def sentence(nps: Nps, guideline: int, confidence: float) -> str:
    """``21.3 (0 to 40 at 95 %), 61 answers``."""
    interval = nps.interval(confidence)
    if nps.score is None or interval is None:
        return "no answers, no score"
    few = f", below the guideline of {guideline} answers" if nps.below_guideline(guideline) else ""
    return (
        f"{nps.format(1)} ({interval.low:.0f} to {interval.high:.0f} at {words.percent(confidence)}), "
        f"{words.count(nps.count, 'answer')}{few}"
    )


def _label(first: date, tally: Nps, today: date) -> str:
    running = (first.year, first.month) == (today.year, today.month)
    return f"{words.MONTHS[first.month - 1][:3]}{'*' if running else ''}\n{tally.count}"
