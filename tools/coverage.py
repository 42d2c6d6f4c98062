#!/usr/bin/env python3
"""coverage.py LCOV PERCENT: the share of lines of the core that ran, file by file, and the lines that did not."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORE = ROOT / "core" / "src"


def lines_of(report: Path) -> dict[Path, dict[int, int]]:
    """How often each line ran; a file that several programs hold is counted together."""
    files: dict[Path, dict[int, int]] = {}
    now: dict[int, int] = {}
    for line in report.read_text().splitlines():
        if line.startswith("SF:"):
            now = files.setdefault(Path(line[3:]), {})
        elif match := re.match(r"DA:(\d+),(\d+)", line):
            number = int(match[1])
            now[number] = now.get(number, 0) + int(match[2])
    return files


def tests_from(path: Path) -> int:
    """The first line of the tests that stand in the file itself: they are not what is measured."""
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line.startswith("#[cfg(test)]"):
            return number
    return sys.maxsize


def spans(numbers: list[int]) -> str:
    """1, 2, 3, 7 as `1-3 7`."""
    told: list[list[int]] = []
    for number in numbers:
        if told and number == told[-1][1] + 1:
            told[-1][1] = number
        else:
            told.append([number, number])
    return " ".join(str(a) if a == b else f"{a}-{b}" for a, b in told)


def main() -> int:
    report, least = Path(sys.argv[1]), float(sys.argv[2])
    rows = []
    for path, ran in lines_of(report).items():
        if not path.is_relative_to(CORE) or path.name == "tests.rs" or "tests" in path.relative_to(CORE).parts:
            continue
        end = tests_from(path)
        own = {number: times for number, times in ran.items() if number < end}
        if own:
            rows.append((path.relative_to(CORE), len(own), sorted(n for n, times in own.items() if times == 0)))
    for path, count, missed in sorted(rows, key=lambda row: (-len(row[2]), row[0])):
        print(f"{100 * (count - len(missed)) / count:6.1f} %  {len(missed):4} of {count:5}  {path}  {spans(missed)}")
    count, missed = sum(row[1] for row in rows), sum(len(row[2]) for row in rows)
    if not count:
        print("coverage.py: no line of the core was counted", file=sys.stderr)
        return 2
    share = 100 * (count - missed) / count
    print(f"{share:6.2f} %  {missed} of {count} lines of the core did not run ({len(rows)} files)")
    if share < least:
        print(f"coverage.py: less than {least} %", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
