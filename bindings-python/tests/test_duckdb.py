"""DuckDB through Arrow: a relation in, columns and cases worked out, and back into SQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa
import pytest

import klokuur

CLOCK = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00", holidays=klokuur.HolidayCalendar("NL"))
NOW = datetime(2026, 4, 1, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))

ASKED = """
    SELECT CASE WHEN i % 10 = 0 THEN NULL ELSE TIMESTAMPTZ '2026-03-13 15:00:00+01' + to_minutes(37 * i) END AS asked,
           TIMESTAMPTZ '2026-03-14 09:00:00+01' + to_minutes(61 * i) AS answered
    FROM range(5000) t(i)
"""


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        made.execute("SET TimeZone = 'Europe/Amsterdam'")
        yield made


def test_a_relation_gets_columns_and_goes_back(connection: duckdb.DuckDBPyConnection) -> None:
    table = connection.sql(ASKED).to_arrow_table()
    asked, answered = table["asked"], table["answered"]
    cases = table.append_column("due", CLOCK.add_many(asked, hours=24))
    cases = cases.append_column("spent", CLOCK.between_many(asked, answered))
    cases = cases.append_column("in_time", CLOCK.within_many(asked, answered, hours=24))
    connection.register("cases", cases)
    [found] = connection.sql(
        "SELECT count(*), count(due), count(spent), count(*) FILTER (in_time), count(*) FILTER (answered <= due) FROM cases"
    ).fetchall()
    in_time = sum(truth for truth in CLOCK.within_many(asked, answered, hours=24).to_pylist() if truth)
    assert found == (5000, 4500, 4500, in_time, in_time)
    first = connection.sql("SELECT asked, due FROM cases WHERE asked IS NOT NULL ORDER BY asked LIMIT 1")
    [row] = first.to_arrow_table().to_pylist()
    assert row["due"] == CLOCK.add(row["asked"], hours=24)


def test_a_function_of_sql(connection: duckdb.DuckDBPyConnection) -> None:
    instant = "TIMESTAMP WITH TIME ZONE"

    def due(asked: pa.ChunkedArray) -> Any:
        return CLOCK.add_many(asked, hours=24)

    def spent(asked: pa.ChunkedArray, answered: pa.ChunkedArray) -> Any:
        return CLOCK.between_many(asked, answered).cast(pa.int64())

    special: dict[str, Any] = {"type": "arrow", "null_handling": "special"}
    connection.create_function("klokuur_due", due, [instant], instant, **special)
    connection.create_function("klokuur_microseconds", spent, [instant, instant], "BIGINT", **special)
    made = connection.sql(
        f"SELECT *, klokuur_due(asked) AS due, klokuur_microseconds(asked, answered) AS spent FROM ({ASKED})"
    ).to_arrow_table()
    assert made["due"].combine_chunks().equals(CLOCK.add_many(made["asked"], hours=24).combine_chunks())
    expected = CLOCK.between_many(made["asked"], made["answered"]).to_pylist()
    microsecond = timedelta(microseconds=1)
    assert made["spent"].to_pylist() == [None if amount is None else amount // microsecond for amount in expected]


def test_an_event_log_is_evaluated(connection: duckdb.DuckDBPyConnection) -> None:
    log = connection.sql(
        """
        SELECT 'K-' || i AS "case", TIMESTAMPTZ '2026-03-02 09:00:00+01' + to_hours(i) AS at, 'opened' AS event FROM range(300) t(i)
        UNION ALL
        SELECT 'K-' || i, TIMESTAMPTZ '2026-03-02 09:00:00+01' + to_hours(i + i % 60), 'seller_message' FROM range(300) t(i)
        """
    )
    cases = klokuur.evaluate(log.to_arrow_table(), now=NOW)
    assert isinstance(cases, pa.Table)
    # A relation is an Arrow stream of itself.
    assert klokuur.evaluate(log, now=NOW).equals(cases)
    weeks = klokuur.weeks(cases)
    connection.register("cases", cases)
    connection.register("weeks", weeks)
    late = connection.sql("SELECT count(*) FILTER (verdict = 'breached'), count(*) FILTER (answered > due) FROM cases")
    [counted] = late.fetchall()
    assert counted[0] == counted[1] > 0
    met = connection.sql("SELECT count(*) FROM cases WHERE verdict = 'met'").fetchall()
    assert connection.sql("SELECT sum(numerator) FROM weeks").fetchall() == met
