"""One object asked, and written to, by many threads at once."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

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


def busy_book() -> tuple[klokuur.CaseBook, dict[str, list[Any]]]:
    """A book, and a log that it takes a while to load."""
    rows = [event for thread in range(60) for event in events_of(thread)]
    log = {"case": [e.case for e in rows], "at": [e.at for e in rows], "event": [e.event for e in rows]}
    return klokuur.CaseBook(), log


def test_a_question_that_waits_for_a_book_holds_nobody_up() -> None:
    book, log = busy_book()
    # Were the waiting to hold Python's lock, the loading thread could never tell that it is done.
    with ThreadPoolExecutor(THREADS) as pool:
        loads = [pool.submit(book.load, log) for _ in range(2)]
        asks = [pool.submit(lambda: (len(book), book.clock, book.advanced_to)) for _ in range(50)]
        assert all(not load.result() for load in loads)
        assert {ask.result()[1] for ask in asks} == {book.clock}
    assert len(book) == 6000


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_child_that_is_born_while_a_thread_works_can_work_too() -> None:
    book, log = busy_book()
    for _ in range(5):
        loading = Thread(target=book.load, args=(log,))
        loading.start()
        child = os.fork()
        if child == 0:
            # In the child there is no other thread, and no lock that one of them held.
            len(book), book.overview(NOW)
            os._exit(0 if klokuur.CaseBook().load(log) == [] else 1)
        loading.join()
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_another_interpreter_is_refused_clearly() -> None:
    interpreters = pytest.importorskip("_xxsubinterpreters")
    code = "import sys; sys.path[:] = {path!r}\ntry:\n    import klokuur\nexcept ImportError as e:\n    assert 'interpreter' in str(e), e\n"
    other = interpreters.create()
    try:
        interpreters.run_string(other, code.format(path=sys.path))
    finally:
        interpreters.destroy(other)


def test_evaluation_ends_when_it_is_interrupted() -> None:
    # A signal that comes while Rust works is seen between its parts; without that, only after the answer.
    code = (
        "import klokuur, numpy as np, os, signal, threading\n"
        "from datetime import datetime, UTC\n"
        "n = 600_000\n"
        "log = {'case': [str(i // 3) for i in range(n)], 'event': ['opened', 'customer_message', 'seller_message'] * (n // 3),\n"
        "       'at': np.datetime64('2026-03-02T09:00', 's') + np.arange(n).astype('m8[s]')}\n"
        "threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
        "try:\n"
        "    while True:\n"
        "        klokuur.evaluate(log, now=datetime(2026, 6, 1, tzinfo=UTC), refused=[])\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "interrupted\n", done.stderr
