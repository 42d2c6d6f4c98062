"""The pictures and the table of others are what their scripts make now; the checker of links finds what is wrong."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

import klokuur
import links
import peers
import pictures
import reference


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_a_picture_is_current(name: str) -> None:
    assert (pictures.FOLDER / name).read_text(encoding="utf-8") == pictures.PICTURES[name](), "python docs/pictures.py"


def test_the_table_of_others_is_current() -> None:
    found = peers.PLACE.findall(peers.PAGE.read_text(encoding="utf-8"))
    assert found == [peers.table()], "python docs/peers.py"


def test_links_that_lead_nowhere_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<h1 id="top"></h1><a href="b.html#there">b</a><a href="https://example.org">out</a>'
    )
    (tmp_path / "b.html").write_text('<h2 id="there"></h2><a href="a.html#top">a</a>')
    assert links.faults(tmp_path) == []
    (tmp_path / "b.html").write_text('<a href="c.html">c</a><script src="https://example.org/x.js"></script>')
    assert links.faults(tmp_path) == [
        "a.html links b.html#there, whose anchor is not there",
        "b.html loads https://example.org/x.js",
        "b.html links c.html, which is not there",
    ]


def test_every_public_name_of_python_has_its_place() -> None:
    placed = [name for names in reference.names_by_module().values() for name in names]
    assert sorted(placed) == sorted(set(klokuur.__all__) - {"__version__", *reference.MODULES})


def test_docstrings_become_blocks_and_roles_code() -> None:
    text = "Sees :func:`klokuur.nps`.\n\n>>> 1 + 1\n2\n\nRaises nothing."
    assert reference.as_markdown(text) == "Sees `klokuur.nps`.\n\n\n```pycon\n>>> 1 + 1\n2\n```\n\nRaises nothing."
