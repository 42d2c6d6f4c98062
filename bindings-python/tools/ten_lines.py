"""Runs the Python of a README as written: every block of it, in order, in a namespace of its own."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import klokuur


def main(path: str) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```$", Path(path).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    if not blocks:
        sys.exit(f"{path} has no Python")
    for block in blocks:
        print(block, end="")
        exec(compile(block, path, "exec"), {"__name__": "__main__"})
    print(f"ran as written with klokuur {klokuur.__version__} of {Path(klokuur.__file__).parent}")


if __name__ == "__main__":
    main(sys.argv[1])
