"""One object asked, and written to, by many threads at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import numpy as np

import klokuur

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
START = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
NOW = datetime(2026, 3, 20, 9, 0, tzinfo=AMSTERDAM)
THREADS = 8


def events_of(thread: int) -> list[klokuur.CaseEvent]:
    made = []
    for i in range(100):
        at = START + timedelta(minutes=37 * i)
        made.append(klokuur.CaseEvent(f"{thread}-{i}", at, "opened", origin="customer"))
        if i % 3:
            made.append(klokuur.CaseEvent(f"{thread}-{i}", at + timedelta(hours=i), "seller_message"))
    return made


def test_a_case_book_takes_events_from_many_threads() -> None:
    alone, shared = klokuur.CaseBook(), klokuur.CaseBook()
    gate = Barrier(THREADS)

    def feed(thread: int) -> None:
        gate.wait()
        for i, event in enumerate(events_of(thread)):
            shared.apply(event)
            if i % 50 == 0:
                shared.overview(NOW)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(feed, range(THREADS)))
    for thread in range(THREADS):
        for event in events_of(thread):
            alone.apply(event)
    assert shared.outcomes(NOW) == alone.outcomes(NOW)
    assert shared.overview(NOW) == alone.overview(NOW)


def test_a_schedule_is_compiled_once_whoever_asks_first() -> None:
    hours = np.arange(10_000) * np.timedelta64(1, "h")
    start = {unit: (np.datetime64("2020-01-01") + hours).astype(f"M8[{unit}]") for unit in ("s", "ms", "us", "ns")}
    expected = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00").add_many(start["us"], hours=24)
    for _ in range(20):
        clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00")
        gate = Barrier(4)

        def ask(unit: str, clock: klokuur.Schedule = clock, gate: Barrier = gate) -> bool:
            gate.wait()
            return np.array_equal(clock.add_many(start[unit], hours=24, threads=2), expected)

        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(ask, start)) == [True] * 4


def test_one_frame_is_evaluated_by_many_threads() -> None:
    rows = [event for thread in range(4) for event in events_of(thread)]
    log = {
        "case": [event.case for event in rows],
        "at": [event.at for event in rows],
        "event": [event.event for event in rows],
    }
    expected = klokuur.evaluate(log, now=NOW)["verdict"].tolist()
    with ThreadPoolExecutor(THREADS) as pool:
        answers = pool.map(lambda threads: klokuur.evaluate(log, now=NOW, threads=threads), [1, 2, 3, 0] * 2)
        assert all(answer["verdict"].tolist() == expected for answer in answers)


def test_no_more_threads_than_cores_are_started() -> None:
    clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00")
    at = np.array(["2026-03-13T14:00"], "M8[us]")
    assert clock.add_many(at, hours=2, threads=10**12)[0] == clock.add_many(at, hours=2)[0]
