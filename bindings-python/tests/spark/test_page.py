"""The documentation's page of Spark prints what it says, on the two workers."""

from __future__ import annotations

import sys
from pathlib import Path

from pyspark.sql import SparkSession

DOCS = Path(__file__).parents[3] / "docs"
sys.path.append(str(DOCS / "tests"))

from examples import outputs  # noqa: E402


def test_the_page_prints_what_it_says(spark: SparkSession) -> None:
    printed = outputs(DOCS / "pages" / "cookbook" / "spark.md", {"spark": spark})
    assert len(printed) == 4
    for block, said in printed:
        assert said == (block.printed.text if block.printed is not None else ""), f"line {block.line}"
