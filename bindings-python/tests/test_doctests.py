"""Every public name has a docstring, and its examples run; so do those of the README, as written."""

from __future__ import annotations

import doctest
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import klokuur
import klokuur.pandas
import klokuur.polars

README = Path(__file__).parents[1] / "README.md"
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


def documented() -> Iterator[tuple[str, Any]]:
    for name in klokuur.__all__:
        thing = getattr(klokuur, name)
        if name == "__version__":
            continue
        yield name, thing
        if inspect.isclass(thing) and thing.__module__.startswith("klokuur"):
            for inner, member in vars(thing).items():
                if not inner.startswith("_") and not isinstance(member, (str, int, tuple, type(None))):
                    yield f"{name}.{inner}", getattr(thing, inner)
    yield "klokuur.pandas", klokuur.pandas
    yield "klokuur.polars", klokuur.polars


THINGS = dict(documented())


@pytest.mark.parametrize("name", THINGS)
def test_docstring(name: str) -> None:
    text = inspect.getdoc(THINGS[name]) or ""
    slots = type(THINGS[name]).__name__ == "member_descriptor"
    assert slots or text.strip(), f"{name} has no docstring"
    run(text, name)


def test_readme() -> None:
    text = README.read_text()
    assert ">>> " in text
    run(text, "README.md")


def run(text: str, name: str) -> None:
    test = doctest.DocTestParser().get_doctest(text.replace("```", "\n\n"), {}, name, name, 0)
    out: list[str] = []
    doctest.DocTestRunner(optionflags=FLAGS).run(test, out=out.append)
    assert not out, "".join(out)
