"""What each `op` of the shared vectors calls in Python: one module per subject, each with its `OPS`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any

Operation = Callable[[dict[str, Any]], Any]

#: Operations that Python does not have, each because of something.
NOT_IN_PYTHON: dict[str, str] = {}


def all_operations() -> dict[str, Operation]:
    """Every operation of the modules of this folder; none may be there twice."""
    found: dict[str, Operation] = {}
    for module in pkgutil.iter_modules(__path__):
        operations: dict[str, Operation] = importlib.import_module(f"{__name__}.{module.name}").OPS
        twice = found.keys() & operations.keys()
        assert not twice, f"two operations are called {sorted(twice)}"
        found |= operations
    return found
