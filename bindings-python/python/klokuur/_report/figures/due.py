"""When answers are due: how many in each hour, and the hours that do not count."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from klokuur._html import Html
from klokuur._klokuur import Schedule
from klokuur import _words as words
from klokuur._report.figures.canvas import ACCENT, INK, MUTED, SHADE, WARN, Canvas, figure

HOUR = timedelta(hours=1)


def due_figure(now: datetime, due: list[datetime], at_risk: list[datetime], clock: Schedule) -> Html | None:
    """Bars of what is still to be answered; None when nothing is."""
    coming = sorted(at for at in due if at > now)
    if not coming:
        return None
    first = now.replace(minute=0, second=0, microsecond=0)
    longest = (coming[-1] - first) / HOUR
    step = 1 if longest <= 30 else 3 if longest <= 90 else 6
    # Bars begin at midnight and every so many hours from it.
    start = (first - HOUR * (first.hour % step)).astimezone(UTC)
    # A deadline at 24:00 belongs to the hour that it ends: hours are rounded up.
    hours = [max(0, -((start - at) // HOUR) - 1) for at in coming]
    span = max(hours) + 1
    risky = {at.astimezone(UTC) for at in at_risk}
    bars: Counter[int] = Counter()
    urgent: Counter[int] = Counter()
    for at, hour in zip(coming, hours, strict=True):
        bars[hour // step] += 1
        urgent[hour // step] += at.astimezone(UTC) in risky
    end = start + HOUR * (span // step + 1) * step
    open_times = clock.intervals(now, end.astimezone(now.tzinfo))

    def draw(canvas: Canvas) -> None:
        axes = canvas.figure.add_subplot()
        for closed_from, closed_to in _between([(one.start, one.end) for one in open_times], now, end):
            axes.axvspan((closed_from - start) / HOUR, (closed_to - start) / HOUR, color=SHADE, lw=0, zorder=0)
        for place, number in sorted(bars.items()):
            label = f"{words.moment((start + HOUR * place * step).astimezone(now.tzinfo))} to {_until(start, now, place, step)}"
            for height, bottom, colour in ((urgent[place], 0, WARN), (number - urgent[place], urgent[place], ACCENT)):
                if height:
                    drawn = axes.bar((place + 0.5) * step, height, 0.84 * step, bottom, color=colour)
                    canvas.tip(drawn[0], f"{label}: {words.count(number, 'answer')} due, {urgent[place]} at risk")
            axes.text((place + 0.5) * step, number, f"{number}", ha="center", va="bottom", color=INK)
        axes.axvline((now - start) / HOUR, color=MUTED, lw=1, ls=(0, (2, 2)))
        _ticks(axes, start, now, span, 6 if canvas.wide else 3)
        axes.set_ylim(0, max(bars.values()) * 1.22)
        axes.set_xlim(0, (span // step + 1) * step)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)

    says = f"Answers due by the hour: {len(coming)} until {words.moment(coming[-1])}"
    caption = "Answers still to be given, by the hour they are due at the latest; amber: open for a long time."
    shaded = any(closed for closed in _between([(one.start, one.end) for one in open_times], now, end))
    return figure(
        "due",
        says,
        draw,
        wide=(860, 150),
        narrow=(340, 150),
        caption=caption + (" Shaded hours do not count." if shaded else ""),
    )


def _until(start: datetime, now: datetime, place: int, step: int) -> str:
    return f"{(start + HOUR * (place + 1) * step).astimezone(now.tzinfo):%H:%M}"


def _between(
    open_times: list[tuple[datetime, datetime]], start: datetime, end: datetime
) -> list[tuple[datetime, datetime]]:
    """The stretches between open ones."""
    edges = [start, *(edge for one in open_times for edge in one), end]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [(one.astimezone(UTC), other.astimezone(UTC)) for one, other in pairs if one < other]


def _ticks(axes: Any, start: datetime, now: datetime, span: int, most: int) -> None:
    every = next(step for step in (1, 2, 3, 6, 12, 24, 48, 96, 24 * 7, 24 * 365) if span / step <= most * 1.6)
    places, labels = [], []
    for hour in range(span + 2):
        at = (start + HOUR * hour).astimezone(now.tzinfo)
        if (at.hour % every if every < 24 else at.hour + 24 * (hour // 24 % (every // 24))) == 0:
            places.append(hour)
            labels.append(
                f"{words.DAYS[at.weekday()][:3]}\n{at.day} {words.MONTHS[at.month - 1][:3]}"
                if at.hour == 0
                else f"{at:%H:%M}"
            )
    axes.set_xticks(places, labels)
