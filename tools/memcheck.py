#!/usr/bin/env python3
"""memcheck.py NAME FILE: what memcheck found with a library or program of ours on the stack; what interpreters do is theirs."""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as xml

OURS = re.compile(r"klokuur")


def frames(error: xml.Element) -> list[tuple[str, str]]:
    """The object and the function of each frame."""
    return [(frame.findtext("obj", ""), frame.findtext("fn", "")) for frame in error.iter("frame")]


def main() -> int:
    name, path = sys.argv[1:]
    errors = list(xml.parse(path).getroot().iter("error"))
    ours = [error for error in errors if any(OURS.search(of) or OURS.search(fn) for of, fn in frames(error))]
    for error in ours:
        print(f"{error.findtext('kind')}: {error.findtext('what') or error.findtext('xwhat/text')}", file=sys.stderr)
        for of, fn in frames(error)[:15]:
            print(f"    {fn or '?'}  {of.rsplit('/', 1)[-1]}", file=sys.stderr)
    print(f"memcheck {name}: {len(ours)} findings of ours, {len(errors) - len(ours)} where nothing of ours is on the stack")
    return int(bool(ours))


if __name__ == "__main__":
    sys.exit(main())
