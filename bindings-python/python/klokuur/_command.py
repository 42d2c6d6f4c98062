"""The command ``klokuur``: the program of the crate ``klokuur-cli``, as it is in Rust."""

from __future__ import annotations

import codecs
import signal
import sys
from collections.abc import Sequence
from typing import TextIO

from klokuur import _klokuur


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; 0 when all went well, 1 with a message when not, 2 for arguments that mean nothing."""
    if arguments is None:
        # As every program: Ctrl-C ends it at once, also while Rust works.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    given = sys.argv[1:] if arguments is None else arguments
    return _klokuur.run_command(["klokuur", *given], _Out(sys.stdout), _Out(sys.stderr))


class _Out:
    """Where the command writes its bytes. What it writes is UTF-8, whatever the terminal is."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._bytes = getattr(stream, "buffer", None)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def write(self, content: bytes) -> None:
        if self._bytes is None:
            self._stream.write(self._decoder.decode(content))
        else:
            self._bytes.write(content)

    def flush(self) -> None:
        self._stream.flush()
