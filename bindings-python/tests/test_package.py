"""The package as a whole: what it imports, what it raises, what it exports."""

from __future__ import annotations

import ast
import importlib
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import klokuur
from klokuur import _errors

HEAVY = ["pandas", "polars", "pyarrow", "pyspark", "matplotlib", "duckdb", "zoneinfo"]


def test_nothing_heavy_is_imported() -> None:
    code = f"import klokuur, sys; print([m for m in {HEAVY} if m in sys.modules])"
    # The interpreter of the tests may load things of its own.
    base = f"import numpy, sys; print([m for m in {HEAVY} if m in sys.modules])"
    assert run(code) == run(base)


def test_import_is_fast() -> None:
    code = (
        "import numpy, time; start = time.process_time(); import klokuur; "
        "print((time.process_time() - start) * 1000)"
    )
    best = min(float(run(code)) for _ in range(5))
    assert best < 50, f"{best:.1f} ms beyond numpy"


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_the_conveniences_are_there_after_the_libraries() -> None:
    code = "import pandas, polars, klokuur; print(hasattr(pandas.Series, 'klokuur'), hasattr(polars.Series, 'klokuur'))"
    assert run(code) == "True True"


def test_all_names_are_sorted_and_exist() -> None:
    assert klokuur.__all__ == sorted(klokuur.__all__)
    for name in klokuur.__all__:
        assert hasattr(klokuur, name), name


def test_names_are_loaded_when_used() -> None:
    loaded = run("import sys, klokuur; print([m for m in sys.modules if m.startswith('klokuur.')])")
    assert loaded == "['klokuur._klokuur']"
    with pytest.raises(AttributeError, match="has no attribute 'Npss'"):
        klokuur.Npss  # noqa: B018
    for module, names in klokuur._MODULES.items():
        exported = set(importlib.import_module(f"klokuur.{module}").__all__)
        # The extension exports to the package what the package does not export.
        assert set(names) == exported or module == "_klokuur" and set(names) < exported, module
    assert dir(klokuur) == klokuur.__all__


def test_checkers_see_what_the_interpreter_has() -> None:
    tree = ast.parse(Path(klokuur.__file__).read_text("utf-8"))
    [block] = [node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    seen: dict[str, set[str]] = {}
    for line in block.body:
        assert isinstance(line, ast.ImportFrom) and line.module is not None
        seen.setdefault(line.module, set()).update(name.name for name in line.names)
    stars = {module: {"*"} for module in klokuur._MODULES if module != "_klokuur"}
    assert seen == stars | {"klokuur": {"plot"}, "_klokuur": set(klokuur._MODULES["_klokuur"])}


def test_every_code_has_one_class() -> None:
    classes = [getattr(klokuur, name) for name in _errors.__all__ if name.endswith("Error")]
    codes = [one.code for one in classes]
    assert len(set(codes)) == len(codes)
    for one in classes:
        assert issubclass(one, klokuur.KlokuurError) and issubclass(one, ValueError)
        again = pickle.loads(pickle.dumps(one("what was wrong")))
        assert type(again) is one and str(again) == "what was wrong"


def test_errors_pickle_with_all_they_know() -> None:
    with pytest.raises(klokuur.ScheduleSyntaxError) as refused:
        klokuur.Schedule("UTC", "Mo-Fr x")
    again = pickle.loads(pickle.dumps(refused.value))
    assert again.position == refused.value.position > 0
    with pytest.raises(klokuur.OutOfRangeError) as placed:
        klokuur.nps([10, 9, 11])
    assert pickle.loads(pickle.dumps(placed.value)).row == 2
