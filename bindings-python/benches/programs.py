"""Peers that are programs of their own, in Rust and JavaScript: one round for each line that they are sent."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from peers import ZONE, Ticks, Work


@dataclass(frozen=True)
class ProgramPeer:
    name: str
    question: str
    #: Rows of one round: what takes some tenths of a second.
    rows: int
    #: Which program: "rust" or "javascript".
    of: str


PROGRAM_PEERS = [
    ProgramPeer("workclock", "between", 100_000, "rust"),
    ProgramPeer("workclock", "add", 100_000, "rust"),
    ProgramPeer("ule-hours", "between", 20_000, "rust"),
    ProgramPeer("ule-hours", "add", 20_000, "rust"),
    ProgramPeer("opening-hours", "between", 20_000, "rust"),
    ProgramPeer("moment-business-time", "between", 400, "javascript"),
    ProgramPeer("moment-business-time", "add", 400, "javascript"),
    ProgramPeer("dayjs-business-time", "between", 400, "javascript"),
    ProgramPeer("dayjs-business-time", "add", 400, "javascript"),
]


class Program:
    """A running program over one part of the columns."""

    def __init__(self, command: list[str], work: Work, rows: int, folder: Path) -> None:
        part = work.first(rows)
        self._file = folder / f"{Path(command[-1]).stem}-{rows}"
        self._file.write_bytes(part.start.tobytes() + part.end.tobytes())
        holidays = ",".join(day.isoformat() for day in work.holidays)
        self._child = subprocess.Popen(
            [*command, str(self._file), holidays, str(work.hours)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "TZ": ZONE},
        )
        self.spent = 0

    def ask(self, line: str) -> None:
        """One round; its nanoseconds of processor time join what was spent."""
        assert self._child.stdin is not None and self._child.stdout is not None
        self._child.stdin.write(line + "\n")
        self._child.stdin.flush()
        self.spent += int(self._child.stdout.readline())

    def answers(self) -> Ticks:
        """What the last round gave, in microseconds."""
        return np.fromfile(f"{self._file}.answers", np.int64)


def started(commands: dict[str, list[str]], work: Work, folder: Path) -> list[tuple[ProgramPeer, Program, Callable[[], None]]]:
    """The peers whose program is there, each with its round."""
    found = []
    for peer in PROGRAM_PEERS:
        if peer.of in commands:
            program = Program(commands[peer.of], work, min(peer.rows, len(work.start)), folder)
            line = f"{peer.name} {peer.question}"
            found.append((peer, program, lambda program=program, line=line: program.ask(line)))
    return found
