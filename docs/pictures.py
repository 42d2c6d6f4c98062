"""Draws the pictures of the pages from what the library answers: `python docs/pictures.py`; a test holds them so."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

import klokuur
import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FOLDER = Path(__file__).parent / "pages" / "pictures"

#: Narrow, so that its words are readable on a phone too.
WIDTH, MARGIN = 400, 6
STYLE = """
.paper { fill: #fff }
text { font: 12px sans-serif; fill: #222 } .small { font-size: 10px; fill: #555 } .in { fill: #fff }
.counts { fill: #00796b } .closed { fill: #d9dcdf } .before { fill: #b2dfdb } .odd { fill: #d84315 }
.mark { stroke: #d84315; stroke-width: 2 }
@media (prefers-color-scheme: dark) {
  .paper { fill: #1e2129 } text { fill: #eee } .small { fill: #bbb } .closed { fill: #4a4f57 } .before { fill: #2f5f5a }
  .counts { fill: #26a69a } .in { fill: #000 }
}
"""


def svg(height: int, title: str, parts: list[str]) -> str:
    x, width, height = -MARGIN, WIDTH + 2 * MARGIN, height + 2 * MARGIN
    box = f'viewBox="{x} {x} {width} {height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" aria-label="{escape(title)}">'
    # A ground of its own: the reader may choose another scheme for the page than for the system.
    ground = f'<rect class="paper" x="{x}" y="{x}" width="{width}" height="{height}"/>'
    return (
        "\n".join([head, f"<title>{escape(title)}</title>", f"<style>{STYLE}</style>", ground, *parts, "</svg>"]) + "\n"
    )


def amount(hours: timedelta) -> str:
    whole, rest = divmod(round(hours.total_seconds()) // 60, 60)
    return f"{whole} h {rest} min" if rest else f"{whole} h"


def bar(kind: str, x: float, top: float, width: float) -> str:
    return f'<rect class="{kind}" x="{x:.1f}" y="{top}" width="{width:.1f}" height="24"/>'


def word(said: str, x: float, y: float, anchor: str = "middle", kind: str = "") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y}" text-anchor="{anchor}">{escape(said)}</text>'


def week() -> str:
    """A question of the Friday before King's Day, day by day to its deadline."""
    clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00", holidays="NL")
    asked = datetime(2026, 4, 24, 17, 30, tzinfo=AMSTERDAM)
    due = clock.add(asked, hours=24)
    left, hour, row = 74, 13.0, 34

    def x(at: datetime) -> float:
        # No clock changes in this week: a local day has its 24 hours.
        return left + (at.hour + at.minute / 60) * hour

    parts = [word(str(at), left + at * hour, 12, kind="small") for at in (0, 6, 12, 18, 24)]
    day, top = asked.replace(hour=0, minute=0), 20
    while day <= due:
        end, found = day + timedelta(days=1), clock.day(day.date())
        parts += [
            word(f"{day:%a %-d %b}", 0, top + 16, "start"),
            bar("before" if found.open else "closed", left, top, 24 * hour),
        ]
        for stretch in clock.intervals(max(day, asked), min(end, due)):
            counted = stretch.end - stretch.start
            width = counted.total_seconds() / 3600 * hour
            parts.append(bar("counts", x(stretch.start), top, width))
            parts.append(word(amount(counted), x(stretch.start) + width / 2, top + 16, kind="in"))
        if not found.open:
            parts.append(
                word(found.holiday.name_en if found.holiday else found.reason or "", left + 12 * hour, top + 16)
            )
        for name, at, away, side in (("asked", asked, -5, "end"), ("due", due, 5, "start")):
            if at.date() == day.date():
                parts.append(f'<line class="mark" x1="{x(at)}" y1="{top - 3}" x2="{x(at)}" y2="{top + 27}"/>')
                parts.append(word(f"{name} {at:%H:%M}", x(at) + away, top + 16, side))
        day, top = end, top + row
    return svg(top, f"24 clock hours from Friday 17:30: {clock.explain(asked, due)}", parts)


def sundays() -> str:
    """The two Sundays on which the clocks change, hour by hour."""
    clock = klokuur.Schedule("Europe/Amsterdam", "24/7")
    parts, cell, top = [], 15.6, 18
    for sunday, what in [
        (datetime(2026, 3, 29), "02:00 to 03:00 does not exist"),
        (datetime(2026, 10, 25), "02:00 to 03:00 comes twice"),
    ]:
        start = sunday.replace(tzinfo=AMSTERDAM)
        end = (sunday + timedelta(days=1)).replace(tzinfo=AMSTERDAM)
        said = f"{start:%A %-d %B %Y}: {amount(clock.between(start, end))}, {what}"
        parts.append(word(said, 0, top - 4, "start"))
        at, place, before = start.astimezone(timezone.utc), 0, -1
        while at < end:
            wall = at.astimezone(AMSTERDAM)
            # After a jump the wall clock does not show the next hour.
            kind = "counts" if wall.hour == before + 1 else "odd"
            parts.append(bar(kind, place * cell, top + 2, cell - 1))
            parts.append(word(str(wall.hour), (place + 0.5) * cell - 0.5, top + 18, kind="in small"))
            at, place, before = at + timedelta(hours=1), place + 1, wall.hour
        top += 62
    return svg(114, "The Sunday of 23 hours in March and the one of 25 hours in October", parts)


def figure(draw: Callable[[Axes], object]) -> str:
    """A figure of `klokuur.plot`, the same at each run."""
    with matplotlib.rc_context({"svg.hashsalt": "klokuur", "svg.fonttype": "none", "font.size": 9}):
        made = Figure(figsize=(4.6, 3.2), layout="constrained")
        FigureCanvasSVG(made)
        draw(made.subplots())
        out = io.StringIO()
        made.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    # Its lines end in blanks, which nobody wants in a repository.
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def norms() -> str:
    """The response time of the sample seller, week by week."""
    weeks = klokuur.weeks(klokuur.evaluate(klokuur.sample(), rules="bol", now=klokuur.sample_now()))

    def draw(axes: Axes) -> None:
        klokuur.plot.norms(weeks, axes=axes)
        # On a phone there is room for every fourth week's name.
        for place, label in enumerate(axes.get_xticklabels()):
            label.set_visible(place % 4 == 0)

    return figure(draw)


def strikes() -> str:
    """The strikes of the page, until the last of them is over."""
    bad = [klokuur.JudgedWeek.bad(week, "response_time") for week in ("2026-W25", "2026-W36", "2026-W42")]
    good = [klokuur.JudgedWeek.good(f"2026-W{week}") for week in range(43, 54)]
    good += [klokuur.JudgedWeek.good(f"2027-W{week:02}") for week in range(1, 14)]
    return figure(lambda axes: klokuur.plot.strikes(klokuur.Ledger([*bad, *good]), axes=axes))


def nps() -> str:
    """The NPS of some months, the newest with few answers."""
    months = {"Aug": (61, 22, 17), "Sep": (48, 27, 21), "Oct": (55, 20, 15), "Nov": (9, 2, 3)}
    rows = [{"month": name, **klokuur.Nps(*counts).to_dict()} for name, counts in months.items()]
    columns = {name: [row[name] for row in rows] for name in ("month", "score")}
    intervals = [klokuur.Nps(*counts).interval() for counts in months.values()]
    columns |= {side: [getattr(interval, side) for interval in intervals] for side in ("low", "high")}
    return figure(lambda axes: klokuur.plot.nps(columns, axes=axes))


PICTURES = {"week.svg": week, "sundays.svg": sundays, "norms.svg": norms, "strikes.svg": strikes, "nps.svg": nps}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, draw in PICTURES.items():
        (FOLDER / name).write_text(draw(), encoding="utf-8")


if __name__ == "__main__":
    main()
