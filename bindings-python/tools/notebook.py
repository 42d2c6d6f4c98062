"""Runs the example notebook and keeps what it shows: `python tools/notebook.py`; a test holds it current."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

PATH = Path(__file__).parents[1] / "examples" / "monday_morning.ipynb"


def executed() -> Any:
    """The notebook as it comes out here and now, run in its own folder."""
    notebook = nbformat.read(PATH, as_version=4)
    where = {"metadata": {"path": PATH.parent}}
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources=where).execute()
    return notebook


def kept(notebook: Any) -> Any:
    """What of it stands in the repository: its cells with what they show, but not the whole report, which is half a megabyte."""
    old = nbformat.read(PATH, as_version=4)
    notebook.metadata = old.metadata
    for cell in notebook.cells:
        # When a cell ran is of no interest.
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            if output.get("data", {}).get("text/html", "").startswith("<iframe"):
                del output["data"]["text/html"]
    return notebook


if __name__ == "__main__":
    nbformat.write(kept(executed()), PATH)
