"""The example notebook runs as it stands, and is kept with what it shows."""

from __future__ import annotations

import copy
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

sys.path.append(str(Path(__file__).parents[1] / "tools"))

import notebook  # noqa: E402


@pytest.fixture(scope="module")
def ran() -> Any:
    return notebook.executed()


@pytest.fixture(scope="module")
def cells(ran: Any) -> list[Any]:
    return [cell for cell in ran.cells if cell.cell_type == "code"]


def html_of(cell: Any) -> str:
    found = [output["data"]["text/html"] for output in cell.outputs if "text/html" in output.get("data", {})]
    return "".join(found).replace("\xa0", " ")


def test_it_is_kept_with_what_it_shows(ran: Any) -> None:
    old = nbformat.read(notebook.PATH, as_version=4)
    assert notebook.kept(copy.deepcopy(ran)) == old, "python tools/notebook.py writes it again"
    assert notebook.PATH.stat().st_size < 100_000


def test_every_cell_shows_something_and_none_warns(cells: list[Any]) -> None:
    assert cells[0].outputs == []
    for cell in cells[1:]:
        assert [output.output_type for output in cell.outputs] == ["execute_result"], cell.source
        assert html_of(cell), cell.source


def test_it_says_what_the_report_says(cells: list[Any]) -> None:
    by_source = {cell.source: html_of(cell) for cell in cells}

    def shown(start: str) -> str:
        return next(html for source, html in by_source.items() if start in source)

    assert "due Tuesday 28 April 2026 17:30" in shown("clock.explain")
    assert "2026-W45" in shown("klokuur.weeks(")
    assert "3 strikes on 9 Nov 2026" in shown("ledger.standing")
    assert "NPS " in shown("klokuur.nps(")
    assert shown("klokuur.report(").startswith("<iframe")
