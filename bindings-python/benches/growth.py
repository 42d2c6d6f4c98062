"""What a row costs as the columns, the stretches and the threads grow: `make bench-peers` tells it below the peers."""

from __future__ import annotations

import time

import numpy as np

import klokuur

YEAR = 365 * 24 * 60
#: How long the stretches are, in minutes.
SPANS = {"a day": 24 * 60, "a month": 30 * 24 * 60, "a year": YEAR, "ten years": 10 * YEAR, "fifty years": 50 * YEAR}


def growth(clock: klokuur.Schedule, most: int) -> None:
    """Prints nanoseconds a row, the best of some rounds by the clock on the wall."""
    print("\n| rows | between, ns/row | add, ns/row | between on two threads |")
    print("| ---: | ---: | ---: | ---: |")
    for power in range(3, len(str(most))):
        rows = 10**power
        start, end = pair(rows, 14 * 24 * 60)
        costs = [
            best(lambda: clock.between_many(start, end), rows),
            best(lambda: clock.add_many(start, hours=6), rows),
            best(lambda: clock.between_many(start, end, threads=2), rows),
        ]
        print(f"| {rows:,} | " + " | ".join(f"{cost:.2f}" for cost in costs) + " |")
    print("\n| stretches up to | between, ns/row | to those of a day |")
    print("| --- | ---: | ---: |")
    rows, first = min(most, 10**6), None
    for name, minutes in SPANS.items():
        start, end = pair(rows, minutes)
        cost = best(lambda: clock.between_many(start, end), rows)
        first = first or cost
        print(f"| {name} | {cost:.2f} | {cost / first:.2f} |")


def pair(rows: int, minutes: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(20261129)
    start = random.integers(np.datetime64("2020-01-08", "m").astype(np.int64), np.datetime64("2027-01-08", "m").astype(np.int64), rows)
    end = start + random.integers(0, minutes, rows)
    return start.astype("M8[m]").astype("M8[us]"), end.astype("M8[m]").astype("M8[us]")


def best(run, rows: int) -> float:
    """Nanoseconds a row of the quickest round; short ones are repeated until they can be timed."""
    times, most = max(1, 200_000 // rows), []
    for _ in range(7):
        start = time.perf_counter_ns()
        for _ in range(times):
            run()
        most.append((time.perf_counter_ns() - start) / (times * rows))
    return min(most)
