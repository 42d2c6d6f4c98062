"""Rows per second of klokuur's columns beside what a user would pick instead: `make bench-python`.

The same office hours (Mo-Fr 09:00-17:00, Dutch holidays, Europe/Amsterdam), the same rows, one process, one thread each. First
every peer's answers are compared with klokuur's; then rounds are run in turn, and the medians of their processor time are
told, so that what else the machine does falls on nobody. The core's own speed comes from a Rust program that runs its rounds
in between, over the same rows.
"""

from __future__ import annotations

import os

# Polars reads it when it is imported.
os.environ["POLARS_MAX_THREADS"] = "1"

import argparse
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from growth import growth
from peers import AMSTERDAM, HOUR, PEERS, ZONE, Peer, Ticks, Work, aware, numpy_ticks
from programs import started

import klokuur

OFFICE = "Mo-Fr 09:00-17:00"
BUDGET = 6
YEARS = range(2020, 2027)
CALENDAR = klokuur.HolidayCalendar("NL")
CLOCK = klokuur.Schedule(ZONE, OFFICE, holidays=CALENDAR)
ROLLING = klokuur.Schedule(ZONE, OFFICE, holidays=CALENDAR, budget_end="at_next_open")
#: Days as busday_count has them: dates without a zone.
DAYS = klokuur.Schedule("UTC", "Mo-Fr 00:00-24:00", holidays=CALENDAR)


@dataclass
class Contender:
    name: str
    question: str
    rows: int
    run: Callable[[], Any]
    clock: Callable[[], int] = time.process_time_ns
    target: float | None = None
    note: str = ""
    nanoseconds: list[float] = field(default_factory=list)

    def round(self) -> None:
        start = self.clock()
        self.run()
        self.nanoseconds.append((self.clock() - start) / self.rows)

    @property
    def cost(self) -> float:
        """The median; by the clock on the wall the best, for a wall is shared with all that runs."""
        return min(self.nanoseconds) if self.clock is time.perf_counter_ns else statistics.median(self.nanoseconds)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--rounds", type=int, default=15)
    arguments.add_argument("--core", help="the program column_rounds of klokuur-benches")
    arguments.add_argument("--rust", help="the program klokuur-bench-peers of benches/peers")
    arguments.add_argument("--javascript", help="peers.js of benches/peers, with its packages beside it")
    arguments.add_argument("--most", type=int, help="tell how a row's cost grows, up to so many rows")
    given = arguments.parse_args()
    commands = {"rust": given.rust and [given.rust], "javascript": given.javascript and ["node", given.javascript]}
    work = columns(given.rows)
    contenders = ours(work) + [contender(peer, work) for peer in PEERS]
    with tempfile.TemporaryDirectory() as folder:
        if given.core:
            contenders = core(given.core, work, Path(folder)) + contenders
        contenders += programs({name: command for name, command in commands.items() if command}, work, Path(folder))
        for one in contenders:
            one.run()
        for turn in range(given.rounds):
            for one in contenders:
                # The slow ones take long enough to be exact at once.
                if turn < 3 or one.rows > 10_000:
                    one.round()
    missed = show(contenders, given.rows)
    if given.most:
        growth(CLOCK, given.most)
    sys.exit(missed)


def columns(rows: int) -> Work:
    """Random instants of whole minutes in the seven years, and others up to two weeks later."""
    random = np.random.default_rng(20261122)
    first, last = (np.datetime64(f"{year}-01-08", "m").astype(np.int64) for year in (YEARS[0], YEARS[-1] + 1))
    start = random.integers(first, last - 30 * 24 * 60, rows)
    end = start + random.integers(0, 14 * 24 * 60, rows)
    holidays = [holiday.date for year in (*YEARS, YEARS[-1] + 1) for holiday in CALENDAR.holidays(year)]
    opening = CLOCK.intervals(
        datetime(YEARS[0], 1, 1, tzinfo=timezone.utc), datetime(YEARS[-1] + 1, 3, 1, tzinfo=timezone.utc)
    )
    starts, ends = instants(stretch.start for stretch in opening), instants(stretch.end for stretch in opening)
    before = np.concatenate([[0], np.cumsum(ends - starts)[:-1]])
    asked, answered = (column.astype("M8[m]").astype("M8[us]") for column in (start, end))
    return Work(asked, answered, BUDGET, holidays, (starts, ends, before))


def instants(column: Iterable[datetime]) -> Ticks:
    return numpy_ticks(np.array([at.astimezone(timezone.utc).replace(tzinfo=None) for at in column], "M8[us]"))


def ours(work: Work) -> list[Contender]:
    rows = len(work.start)
    few = work.first(100_000)
    pairs = list(zip(aware(few.start, AMSTERDAM), aware(few.end, AMSTERDAM), strict=True))
    first, last = dates(work)
    start, end = (pa.array(column).cast(pa.timestamp("us", "UTC")) for column in (work.start, work.end))
    wall = time.perf_counter_ns
    return [
        Contender("klokuur, NumPy", "between", rows, lambda: CLOCK.between_many(work.start, work.end)),
        Contender("klokuur, NumPy", "add", rows, lambda: CLOCK.add_many(work.start, hours=BUDGET)),
        Contender("klokuur, NumPy", "days", rows, lambda: DAYS.between_many(first, last)),
        Contender("klokuur, PyArrow", "between", rows, lambda: CLOCK.between_many(start, end)),
        Contender(
            "klokuur, NumPy, all cores, best by the wall clock",
            "between",
            rows,
            lambda: CLOCK.between_many(work.start, work.end, threads=0),
            wall,
        ),
        Contender("klokuur, a call for each row", "between", len(pairs), lambda: [CLOCK.between(a, b) for a, b in pairs]),
        Contender("end - start, NumPy", "between", rows, lambda: work.end - work.start),
    ]


def dates(work: Work) -> list[Any]:
    return [column.astype("M8[D]").astype("M8[s]") for column in (work.start, work.end)]


def expected(question: str, work: Work, clock: klokuur.Schedule = CLOCK) -> Ticks:
    if question == "between":
        return numpy_ticks(clock.between_many(work.start, work.end))
    if question == "add":
        return numpy_ticks(clock.add_many(work.start, hours=BUDGET))
    return numpy_ticks(DAYS.between_many(*dates(work)))


def contender(peer: Peer, work: Work) -> Contender:
    part = work.first(min(peer.rows, len(work.start)))
    run = peer.prepare(part)
    found = peer.ticks(run())
    made = Contender(peer.name, peer.question, len(part.start), run, target=peer.target)
    return checked(made, part, found, peer.rolls)


def programs(commands: dict[str, list[str]], work: Work, folder: Path) -> list[Contender]:
    made = []
    for peer, program, round in started(commands, work, folder):
        round()
        found = program.answers()
        language = {"rust": "Rust", "javascript": "JavaScript"}[peer.of]
        rows = min(peer.rows, len(work.start))
        one = Contender(f"{peer.name}, {language}", peer.question, rows, round, lambda program=program: program.spent)
        made.append(checked(one, work.first(rows), found, rolls=False))
    return made


def checked(made: Contender, part: Work, found: Ticks, rolls: bool) -> Contender:
    """With what is to be said of its answers beside klokuur's."""
    wanted = expected(made.question, part)
    if len(found) != len(wanted):
        raise SystemExit(f"{made.name}, {made.question}: {len(found)} answers for {len(wanted)} rows")
    others = np.flatnonzero(found != wanted)
    if len(others):
        row = int(others[0])
        made.note = (
            f"{len(others)} of {len(wanted)} answers differ, the first by {(found[row] - wanted[row]) / HOUR:g} h: "
            f"{part.start[row]} to {part.end[row]} UTC"
        )
        if rolls and np.array_equal(found, expected(made.question, part, ROLLING)):
            made.note += '; it moves what is due at closing to the next opening: none differs with budget_end="at_next_open"'
    return made


def core(program: str, work: Work, folder: Path) -> list[Contender]:
    """The core in Rust, one round for each line that it is sent."""
    file = folder / "columns"
    file.write_bytes(work.start.tobytes() + work.end.tobytes())
    child = subprocess.Popen(
        [program, OFFICE, str(BUDGET), str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    spent = 0

    def ask(question: str) -> None:
        nonlocal spent
        assert child.stdin is not None and child.stdout is not None
        child.stdin.write(question + "\n")
        child.stdin.flush()
        spent += int(child.stdout.readline())

    rows = len(work.start)
    return [
        Contender("the core in Rust", question, rows, lambda question=question: ask(question), lambda: spent)
        for question in ("between", "add")
    ]


def show(contenders: list[Contender], rows: int) -> int:
    """Prints the table; how many targets were missed."""
    print(f"{date.today()}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {rows:,} rows:")
    print("rows per second of processor time on one thread; ratio: how far klokuur on NumPy is ahead\n")
    print("| | question | rows/s | ns/row | ratio | wanted |")
    print("| --- | --- | ---: | ---: | ---: | --- |")
    missed = 0
    for one in contenders:
        base = next(c for c in contenders if c.name == "klokuur, NumPy" and c.question == one.question)
        ratio = one.cost / base.cost
        wanted = "" if one.target is None else f"{one.target:g}x"
        if one.target is not None and ratio < one.target:
            wanted += ", missed"
            missed += 1
        print(f"| {one.name} | {one.question} | {1e9 / one.cost:,.0f} | {one.cost:,.2f} | {ratio:,.2f}x | {wanted} |")
    print()
    for one in contenders:
        if one.note:
            print(f"{one.name}, {one.question}: {one.note}")
    return missed


if __name__ == "__main__":
    main()
