"""The examples of the pages: found, and run as a reader would run them.

A page's blocks stand in order in one folder and one Python session. A block with a `title` is a file of that folder,
a `python` block is run, of an `sh` block the lines that begin with `klokuur` are. A `text` block right
after one of these is what it prints, to the letter.

`python docs/tests/examples.py PAGE...` writes into pages what their examples print; look at the difference.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import run
from typing import Any

DOCS = Path(__file__).parents[1]
ROOT = DOCS.parent
PAGES = DOCS / "pages"

_FENCE = re.compile(r"^```(?P<language>[a-z]*)(?P<rest>[^\n]*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
_TITLE = re.compile(r'title="([^"]+)"')

#: Commands of `sh` blocks that change a reader's machine: they are written, and not run.
INSTALLS = ("cargo add ", "cargo install ", "pip install ", "make ")


@dataclass
class Block:
    language: str
    title: str | None
    text: str
    line: int
    #: Where its text stands in the page.
    span: tuple[int, int]
    printed: Block | None = field(default=None, repr=False)


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page; what one prints hangs on it."""
    text = page.read_text(encoding="utf-8")
    found: list[Block] = []
    last_end = -1
    for match in _FENCE.finditer(text):
        title = _TITLE.search(match["rest"])
        block = Block(
            match["language"],
            title and title[1],
            match["text"],
            text.count("\n", 0, match.start()) + 1,
            match.span("text"),
        )
        if block.language == "text" and block.title is None and text[last_end : match.start()].strip() == "":
            found[-1].printed = block
        else:
            found.append(block)
        last_end = match.end()
    return found


class Failed(Exception):
    """An example that does not run."""


def outputs(page: Path, given: dict[str, Any] | None = None) -> list[tuple[Block, str]]:
    """Runs a page, with the names that it is given; what each of its blocks prints."""
    names: dict[str, Any] = {"__name__": "__main__", **(given or {})}
    printed: list[tuple[Block, str]] = []
    before = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            for block in blocks(page):
                if block.title is not None:
                    Path(block.title).write_text(block.text, encoding="utf-8")
                elif block.language == "python":
                    printed.append((block, _python(page, block, names)))
                elif block.language == "sh":
                    printed.append((block, _shell(page, block)))
        finally:
            os.chdir(before)
    return printed


def _python(page: Path, block: Block, names: dict[str, Any]) -> str:
    out = io.StringIO()
    # Lines are counted as in the page, so that a traceback points there.
    source = "\n" * block.line + block.text
    try:
        with contextlib.redirect_stdout(out):
            exec(compile(source, str(page), "exec"), names)
    except Exception:
        raise Failed(f"{page}:{block.line}: {traceback.format_exc()}") from None
    return out.getvalue()


def _shell(page: Path, block: Block) -> str:
    out = ""
    for line in block.text.splitlines():
        line = line.split(" #")[0].strip()
        if line.startswith("klokuur "):
            command = [sys.executable, "-m", *shlex.split(line)]
            done = run(command, capture_output=True, text=True, encoding="utf-8", env={**os.environ, "NO_COLOR": "1"})
            if done.returncode != 0:
                raise Failed(f"{page}:{block.line}: `{line}` ended with {done.returncode}: {done.stderr}{done.stdout}")
            out += done.stdout
        elif line and not line.startswith(INSTALLS):
            raise Failed(f"{page}:{block.line}: `{line}` is neither run nor known as an installation")
    return out


def write(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for block, printed in reversed(outputs(page)):
        if block.printed is not None:
            start, end = block.printed.span
            text = text[:start] + printed + text[end:]
    page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        write(Path(name).resolve())
