"""Figures of results: each function draws into Matplotlib axes, its own or yours, and gives them back.

They need Matplotlib: ``pip install "klokuur[plot]"``. Nothing is shown or saved here: a notebook shows the figure, and
``axes.figure.savefig("norms.png")`` saves it.

>>> import klokuur
>>> weeks = [klokuur.JudgedWeek.bad("2026-W10", "response_time")]
>>> klokuur.plot.strikes(klokuur.Ledger(weeks), until="2026-04-01").get_ylabel()
'strikes that count'
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from klokuur._cells import is_missing
from klokuur._errors import InvalidDocumentError
from klokuur._log import columns_in
from klokuur._frames import kind_of
from klokuur._norm import week_results

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from klokuur._standing import Ledger

__all__ = ["due", "norms", "nps", "strikes"]

_GOOD, _BAD, _PLAIN, _RUNNING = "#2e9e62", "#d0524a", "#4a6fa5", "#8b95a3"


def norms(weeks: Any, norm: str = "response_time", axes: Axes | None = None) -> Axes:
    """The share of one norm by week beside its threshold; weeks that miss the norm are red, provisional ones hollow.

    ``weeks`` is what :func:`klokuur.weeks` or :func:`klokuur.judge` gave.
    """
    found = sorted((week for week in week_results(weeks) if week.norm == norm), key=lambda week: str(week.week))
    if not found:
        raise InvalidDocumentError(f"weeks are not valid for a figure: none is of the norm `{norm}`")
    axes = _axes(axes)
    scale = 100 if found[0].unit == "share" else 1
    for place, week in enumerate(found):
        if week.value is not None:
            colour = _BAD if week.verdict == "missed" else _GOOD
            provisional = week.finality != "final"
            axes.plot(place, week.value * scale, "o", color=colour, fillstyle="none" if provisional else "full")
    axes.step(
        range(len(found)), [float(week.threshold) * scale for week in found], where="mid", color=_RUNNING, label="threshold"
    )
    axes.set_xticks(range(len(found)), [str(week.week) for week in found], rotation=60)
    axes.set_ylabel(norm.replace("_", " ") + (", %" if scale == 100 else ""))
    axes.legend()
    return axes


def nps(periods: Any, axes: Axes | None = None) -> Axes:
    """The NPS of periods or groups with its interval: what :func:`klokuur.nps_by_month`, ``nps_by_week`` or ``nps_by`` gave."""
    columns = _columns_of(periods)
    missing = [name for name in ("score", "low", "high") if name not in columns]
    if missing:
        raise InvalidDocumentError(
            f"table of an NPS is not valid at {missing[0]}: missing, accepted are the columns of `nps_by_month`"
        )
    keys = [name for name in columns if name in ("week", "month")] or list(columns)[:1]
    axes = _axes(axes)
    rows = [row for row in zip(*(columns[name] for name in (keys[0], "score", "low", "high")), strict=True)]
    known = [(place, row) for place, row in enumerate(rows) if not any(is_missing(part) for part in row[1:])]
    places = [place for place, _ in known]
    scores = [float(row[1]) for _, row in known]
    below = [float(row[1]) - float(row[2]) for _, row in known]
    above = [float(row[3]) - float(row[1]) for _, row in known]
    axes.errorbar(places, scores, yerr=[below, above], fmt="o", color=_PLAIN, capsize=3)
    axes.axhline(0, color=_RUNNING, linewidth=0.8)
    axes.set_xticks(range(len(rows)), [_label(row[0]) for row in rows], rotation=60)
    axes.set_ylim(-105, 105)
    axes.set_ylabel("NPS, points, with its interval")
    return axes


def strikes(ledger: Ledger, until: date | datetime | str | None = None, axes: Axes | None = None) -> Axes:
    """How many strikes count from day to day, up to ``until`` (by default the last change), and where consequences begin."""
    changes: dict[date, int] = {entry.on: entry.strikes or 0 for entry in ledger.history()}
    axes = _axes(axes)
    last = _date(until) if until is not None else max(changes, default=None)
    days = sorted(day for day in changes if last is None or day <= last)
    counts = [changes[day] for day in days]
    if days and last is not None:
        days, counts = [days[0] - timedelta(days=1), *days, last], [0, *counts, counts[-1]]
    # Matplotlib takes dates, which its types do not say.
    dates: Any = days
    axes.step(dates, counts, where="post", color=_PLAIN)
    rules = ledger.rules.strikes
    if rules is not None:
        axes.axhline(rules.offline_at, color=_BAD, linestyle="--", label="offline")
        axes.axhline(rules.closed_at, color=_BAD, label="closed")
        axes.legend()
    axes.set_ylim(bottom=0)
    axes.set_ylabel("strikes that count")
    return axes


def due(cases: Any, axes: Axes | None = None) -> Axes:
    """How many cases are due on each date, by how they came out: what :func:`klokuur.evaluate` gave."""
    columns = _columns_of(cases)
    missing = [name for name in ("due", "verdict") if name not in columns]
    if missing:
        raise InvalidDocumentError(
            f"table of cases is not valid at {missing[0]}: missing, accepted are the columns of `evaluate`"
        )
    counted: dict[str, dict[date, int]] = {}
    for at, verdict in zip(columns["due"], columns["verdict"], strict=True):
        if not is_missing(at):
            days = counted.setdefault(str(verdict), {})
            day = _date(at)
            days[day] = days.get(day, 0) + 1
    axes = _axes(axes)
    every = sorted({day for days in counted.values() for day in days})
    under = [0] * len(every)
    for verdict in sorted(counted):
        heights = [counted[verdict].get(day, 0) for day in every]
        colour = {"met": _GOOD, "breached": _BAD}.get(verdict, _RUNNING)
        axes.bar([str(day) for day in every], heights, bottom=under, color=colour, label=verdict.replace("_", " "))
        under = [low + height for low, height in zip(under, heights, strict=True)]
    axes.tick_params(axis="x", rotation=60)
    axes.set_ylabel("cases due")
    if counted:
        axes.legend()
    return axes


def _axes(axes: Axes | None) -> Axes:
    if axes is not None:
        return axes
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        raise ImportError('figures need Matplotlib: pip install "klokuur[plot]"') from None
    figure = Figure(figsize=(9, 4), layout="constrained")
    FigureCanvasAgg(figure)
    return figure.subplots()


def _columns_of(given: Any) -> dict[str, list[Any]]:
    if kind_of(given) is None:
        rows = [row if isinstance(row, dict) else row.to_dict() for row in _rows(given)]
        return {name: [row[name] for row in rows] for name in (rows[0] if rows else {})}
    columns = columns_in(given)
    return {name: column.to_pylist() if hasattr(column, "to_pylist") else list(column) for name, column in columns.items()}


def _rows(given: Any) -> list[Any]:
    if hasattr(given, "dtype") and given.dtype.names:
        return [dict(zip(given.dtype.names, row, strict=True)) for row in given.tolist()]
    if not isinstance(given, Iterable):
        raise TypeError(f"a frame or records are needed, not {type(given).__name__}")
    return list(given)


def _date(at: Any) -> date:
    if isinstance(at, str):
        return date.fromisoformat(at[:10])
    if isinstance(at, datetime):
        return at.date()
    return at if isinstance(at, date) else date.fromisoformat(str(at)[:10])


def _label(key: Any) -> str:
    return str(key)[:10] if isinstance(key, (date, datetime)) else str(key)
