"""What each `op` of the shared vectors calls in Python: one module per subject, each with its `OPS`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any

Operation = Callable[[dict[str, Any]], Any]

#: Operations that Python does not have, each because of something.
NOT_IN_PYTHON: dict[str, str] = {
    "cancellations_read": "because the classes of this subject are not bound yet",
    "case_apply": "because the classes of this subject are not bound yet",
    "case_find": "because the classes of this subject are not bound yet",
    "case_next_wake_up": "because the classes of this subject are not bound yet",
    "case_outcomes": "because the classes of this subject are not bound yet",
    "case_overview": "because the classes of this subject are not bound yet",
    "case_response_weeks": "because the classes of this subject are not bound yet",
    "case_told": "because the classes of this subject are not bound yet",
    "clean_html": "because the classes of this subject are not bound yet",
    "handling_times": "because the classes of this subject are not bound yet",
    "indicators_read": "because the classes of this subject are not bound yet",
    "is_reply_address": "because the classes of this subject are not bound yet",
    "ledger_bad_weeks_until": "because the classes of this subject are not bound yet",
    "ledger_history": "because the classes of this subject are not bound yet",
    "ledger_improvement": "because the classes of this subject are not bound yet",
    "ledger_standing": "because the classes of this subject are not bound yet",
    "ledger_what_if": "because the classes of this subject are not bound yet",
    "may_mail": "because the classes of this subject are not bound yet",
    "norm_forecast": "because the classes of this subject are not bound yet",
    "norm_join": "because the classes of this subject are not bound yet",
    "norm_response_weeks": "because the classes of this subject are not bound yet",
    "norm_review_period": "because the classes of this subject are not bound yet",
    "norm_week": "because the classes of this subject are not bound yet",
    "overview": "because the classes of this subject are not bound yet",
    "phone_hours": "because the classes of this subject are not bound yet",
    "phone_weeks": "because the classes of this subject are not bound yet",
    "returns_read": "because the classes of this subject are not bound yet",
    "review_grade": "because the classes of this subject are not bound yet",
    "rulebook_due": "because the classes of this subject are not bound yet",
    "rulebook_for_week": "because the classes of this subject are not bound yet",
    "rulebook_from_toml": "because the classes of this subject are not bound yet",
    "rulebook_history": "because the classes of this subject are not bound yet",
    "rulebook_read": "because the classes of this subject are not bound yet",
    "rulebook_round_trip": "because the classes of this subject are not bound yet",
    "rulebook_shipped": "because the classes of this subject are not bound yet",
    "satisfaction": "because the classes of this subject are not bound yet",
    "score_estimate": "because the classes of this subject are not bound yet",
    "score_reported": "because the classes of this subject are not bound yet",
    "signals": "because the classes of this subject are not bound yet",
    "sla_evaluate": "because the classes of this subject are not bound yet",
    "sla_next_event": "because the classes of this subject are not bound yet",
    "subject_overview": "because the classes of this subject are not bound yet",
    "wilson": "because the classes of this subject are not bound yet",
}


def all_operations() -> dict[str, Operation]:
    """Every operation of the modules of this folder; none may be there twice."""
    found: dict[str, Operation] = {}
    for module in pkgutil.iter_modules(__path__):
        operations: dict[str, Operation] = importlib.import_module(f"{__name__}.{module.name}").OPS
        twice = found.keys() & operations.keys()
        assert not twice, f"two operations are called {sorted(twice)}"
        found |= operations
    return found
