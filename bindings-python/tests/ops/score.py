"""The performance score and the review grade."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import klokuur
from klokuur import ReportedScore, WeekNumbers
from shapes import shape


def estimate(given: dict[str, Any]) -> Any:
    results = klokuur.judge([WeekNumbers(*row) for row in given["numbers"]], datetime.fromisoformat(given["now"]))
    return shape(klokuur.estimate_score(results, date.fromisoformat(given["on"])))


def reported(given: dict[str, Any]) -> Any:
    score = ReportedScore(given["score"], date.fromisoformat(given["on"]))
    return {"value": score.value, "estimate": score.is_estimate, "meets_minimum": score.meets_minimum()}


def review_grade(given: dict[str, Any]) -> Any:
    reviews = [(date.fromisoformat(day), grade) for day, grade in given["reviews"]]
    return shape(klokuur.review_grade(reviews, date.fromisoformat(given["on"])))


OPS = {"score_estimate": estimate, "score_reported": reported, "review_grade": review_grade}
