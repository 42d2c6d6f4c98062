"""The example notebook runs as it stands, and is kept without outputs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

PATH = Path(__file__).parents[1] / "examples" / "monday_morning.ipynb"


@pytest.fixture(scope="module")
def cells() -> list[Any]:
    notebook = nbformat.read(PATH, as_version=4)
    NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": PATH.parent}}
    ).execute()
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def html_of(cell: Any) -> str:
    found = [output["data"]["text/html"] for output in cell.outputs if "text/html" in output.get("data", {})]
    return "".join(found).replace("\xa0", " ")


def test_it_is_kept_without_outputs() -> None:
    for cell in nbformat.read(PATH, as_version=4).cells:
        assert cell.get("outputs", []) == [] and cell.get("execution_count") is None


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
