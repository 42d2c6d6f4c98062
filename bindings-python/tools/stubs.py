"""Writes the stubs of the compiled module, python/klokuur/_klokuur.pyi, from what the Rust code says.

`make stubs` writes them; with `--check` nothing is written, and a difference is a failure.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
STUBS = HERE / "python" / "klokuur" / "_klokuur.pyi"

HEADER = '''"""The compiled part of klokuur. Made by `make stubs`; do not edit."""

'''

#: What the macros of a getter or a magic method cannot say: (class, name) to its type.
RESULTS = {
    ("HolidayCalendar", "__reduce__"): "tuple[typing.Any, ...]",
    ("Schedule", "__reduce__"): "tuple[typing.Any, ...]",
    ("Schedule", "conventions"): "dict[str, str]",
    ("Nps", "__reduce__"): "tuple[typing.Any, ...]",
    ("Nps", "exact_score"): "fractions.Fraction | None",
    ("Nps", "shares"): "NpsShares | None",
}

#: Arguments of magic methods.
ARGUMENTS = {
    ("HolidayCalendar", "__contains__"): "datetime.date",
    ("HolidayCalendar", "__or__"): "HolidayCalendar",
    ("HolidayCalendar", "__add__"): "HolidayCalendar",
    ("HolidayCalendar", "__getitem__"): "object",
    ("Nps", "__add__"): "Nps",
    ("Nps", "__radd__"): "int",
}

#: What the macros say of types that they know themselves, as the rest of the file says it.
PLAIN = [
    (r"(?<![\w.])(datetime|date|timedelta)(?![\w.:(=])", r"datetime.\1"),
    (r"-> (datetime|date)(?=:)", r"-> datetime.\1"),
    (r"SupportsGetItem\[int, ", "collections.abc.Sequence["),
    (r"SupportsFloat \| SupportsIndex", "float"),
    (r"(?<![\w.])SupportsIndex", "int"),
    (r"(?<![\w.])dict(?![\w\[(])", "dict[str, Any]"),
]

#: Where names come from.
MODULES = {
    "klokuur._calendar": ["Country", "Holiday"],
    "klokuur._nps": ["NpsComparison", "NpsInterval", "NpsShares", "NpsTrend", "WeightedNps"],
    "klokuur._schedule": ["Explanation", "OpenInterval", "ScheduleDay"],
}


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        command = ["maturin", "generate-stubs", "--profile", "release", "-F", "stubs", "-o", folder]
        # Nobody runs what is built for its stubs.
        command += ["--config", "profile.release.package.klokuur-python.opt-level=0"]
        command += ["--config", "profile.release.strip='symbols'"]
        # A stripped library has nothing left to tell.
        subprocess.run([*command, "-m", str(HERE / "Cargo.toml"), "--", "-C", "strip=none"], check=True, cwd=HERE)
        [made] = Path(folder).rglob("_klokuur.pyi")
        text = finished(made.read_text())
    if "--check" in sys.argv:
        if STUBS.read_text() != text:
            print(f"{STUBS.name} is not what the Rust code says: run `make stubs`", file=sys.stderr)
            return 1
        return 0
    STUBS.write_text(text)
    return 0


def finished(text: str) -> str:
    """The generated text with its imports, and with the types that the macros could not say."""
    text = text[text.index("__all__") :]
    lines, owner = [], ""
    for line in text.splitlines():
        if found := re.match(r"class (\w+)", line):
            owner = found[1]
        elif line and not line.startswith((" ", "@")):
            owner = ""
        if found := re.match(r" *def (\w+)\(", line):
            # Annotations that were given as text come quoted; a stub needs no quotes.
            line = re.sub(r'(: |-> )"([^"]+)"', r"\1\2", line)
            for written, meant in PLAIN:
                line = re.sub(written, meant, line)
            if result := RESULTS.get((owner, found[1])):
                line = re.sub(r" -> .*:( \.\.\.)?$", rf" -> {result}:\1", line)
            if argument := ARGUMENTS.get((owner, found[1])):
                line = re.sub(r"(self, /, \w+: |self, \w+: )[^,)]+", rf"\1{argument}", line)
        lines.append(line)
    body = "\n".join(lines).rstrip() + "\n"
    return HEADER + imports(body) + body


def imports(body: str) -> str:
    used = set(re.findall(r"\b([A-Za-z_]+)\b", body))
    modules = ["collections.abc", "datetime", "fractions", "numpy", "numpy.typing", "typing"]
    lines = [f"import {module}" for module in modules if re.search(rf"\b{re.escape(module)}\.", body)]
    names = [name for name in ("Any", "final") if re.search(rf"(?<![.\w]){name}\b", body)]
    lines += [f"from typing import {', '.join(names)}", ""]
    for module, names in MODULES.items():
        if here := [name for name in names if name in used]:
            lines.append(f"from {module} import {', '.join(here)}")
    if "_T" in used:
        lines += ["", '_T = typing.TypeVar("_T")']
    return "\n".join(lines) + "\n\n"


if __name__ == "__main__":
    sys.exit(main())
