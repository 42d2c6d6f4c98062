"""Progress of long work, where somebody looks: on a terminal or in a notebook, from the first second on."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

__all__: list[str] = []


def progress(what: str, pieces: int) -> Progress | None:
    """Tells of work on so many pieces; None where nobody looks."""
    return Progress(what, pieces) if pieces and (_is_terminal() or _is_notebook()) else None


def _is_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _is_notebook() -> bool:
    return "ipykernel" in sys.modules and "zmqshell" in type(_shell()).__module__


def _shell() -> object:
    module = sys.modules.get("IPython")
    ask: Callable[[], object] | None = getattr(module, "get_ipython", None)
    return None if ask is None else ask()


class Progress:
    """One line that is written over, and wiped when the work is done."""

    def __init__(self, what: str, pieces: int) -> None:
        self._what, self._pieces, self._started, self._shown = what, pieces, time.monotonic(), 0

    def __call__(self, done: int) -> None:
        if time.monotonic() - self._started >= 1:
            share = min(done / self._pieces, 1)
            text = f"{self._what}: {share:4.0%} of {self._pieces:,}"
            self._shown = max(self._shown, len(text))
            self._write(f"\r{text}")

    def finish(self) -> None:
        """Wipes the line."""
        if self._shown:
            self._write("\r" + " " * self._shown + "\r")

    @staticmethod
    def _write(text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()
