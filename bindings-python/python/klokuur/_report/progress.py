"""Says what a long piece of work is doing: on a terminal only, and only when it takes longer than a second."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self, TextIO


class Progress:
    """One line on a terminal, written over as the work goes on and wiped at its end."""

    def __init__(self, stream: TextIO | None = None, patience: float = 1.0) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._shows = self._stream is not None and self._stream.isatty()
        self._next = time.monotonic() + patience
        self._shown = False

    def step(self, what: str, done: float | None = None) -> None:
        """What the work does now, and how much of it is done, 0 to 1."""
        if not self._shows or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + 0.1
        share = "" if done is None else f" {100 * min(done, 1.0):3.0f} %"
        self._stream.write(f"\r\x1b[K{what}{share}")
        self._stream.flush()
        self._shown = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
