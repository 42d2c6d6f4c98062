"""Two workers give what one machine gives."""

from __future__ import annotations

import csv
import doctest
import gzip
import os
import random
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from pyspark.errors import PythonException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

import klokuur
import klokuur.spark

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
LOG = Path(__file__).parents[3] / "core" / "examples" / "data" / "cases.csv"
NOW = datetime(2026, 12, 31, 12, 0, tzinfo=AMSTERDAM)
CLOCK = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00", holidays=klokuur.HolidayCalendar("NL"))


@pytest.fixture(scope="module")
def log() -> pa.Table:
    """The sample seller's events, with real timestamps."""
    with LOG.open(newline="") as file:
        rows = [{name: cell or None for name, cell in row.items()} for row in csv.DictReader(file)]
    columns: dict[str, Any] = {name: [row[name] for row in rows] for name in rows[0]}
    made = {}
    for name, column in columns.items():
        if name in ("at", "ordered_at", "until", "right_at"):
            instants = [None if at is None else datetime.fromisoformat(at).astimezone(timezone.utc) for at in column]
            made[name] = pa.array(instants, pa.timestamp("us", "UTC"))
        else:
            made[name] = pa.array(column, pa.string())
    return pa.table(made)


@pytest.fixture(scope="module")
def events(spark: SparkSession, log: pa.Table) -> DataFrame:
    # The rows of a case lie anywhere.
    return spark.createDataFrame(log).repartition(5).cache()


@pytest.fixture(scope="module")
def asked() -> list[tuple[datetime | None, datetime | None, timedelta | None]]:
    start = datetime(2026, 1, 1, tzinfo=timezone.utc)
    rows: list[tuple[datetime | None, datetime | None, timedelta | None]] = []
    for i in range(2000):
        at = start + timedelta(microseconds=i * 14_400_123_457)
        rows.append((at, at + timedelta(hours=i % 97, seconds=-i), timedelta(minutes=i)))
    return [*rows, (None, start, None), (start, None, timedelta())]


def rows_of(frame: DataFrame, *order: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = frame.toArrow().to_pylist()
    return sorted(rows, key=lambda row: [row[name] for name in order])


def test_there_are_two_workers(spark: SparkSession) -> None:
    def process(batches: Any) -> Any:
        import klokuur

        for _ in batches:
            yield pa.RecordBatch.from_pydict({"parent": [os.getppid()], "version": [klokuur.__version__]})

    found = spark.range(64, numPartitions=16).mapInArrow(process, "parent long, version string").collect()
    assert len({row["parent"] for row in found} - {os.getpid()}) == 2
    assert {row["version"] for row in found} == {klokuur.__version__}


def test_columns_are_those_of_one_machine(spark: SparkSession, asked: list[Any]) -> None:
    table = pa.table(
        {
            "asked": pa.array([row[0] for row in asked], pa.timestamp("us", "UTC")),
            "answered": pa.array([row[1] for row in asked], pa.timestamp("us", "UTC")),
            "amount": pa.array([row[2] for row in asked], pa.duration("us")),
        }
    )
    df = spark.createDataFrame(table).repartition(4)
    made = (
        df.withColumn("due", klokuur.spark.due("asked", CLOCK, hours=24))
        .withColumn("due_each", klokuur.spark.due(F.col("asked"), CLOCK, "amount"))
        .withColumn("open_time", klokuur.spark.between("asked", "answered", CLOCK))
        .withColumn("until_now", klokuur.spark.between("asked", NOW, CLOCK))
        .withColumn("from_now", klokuur.spark.between(NOW, "asked", CLOCK))
        .withColumn("in_time", klokuur.spark.within("asked", "answered", CLOCK, hours=24))
        .withColumn("open", klokuur.spark.is_open("asked", CLOCK))
        .withColumn("next", klokuur.spark.next_open("asked", CLOCK))
    )
    one, two, amount = table["asked"], table["answered"], table["amount"]
    expected = table.append_column("due", CLOCK.add_many(one, hours=24))
    expected = expected.append_column("due_each", CLOCK.add_many(one, amount))
    expected = expected.append_column("open_time", CLOCK.between_many(one, two))
    expected = expected.append_column("until_now", CLOCK.between_many(one, NOW))
    expected = expected.append_column("from_now", CLOCK.between_many(NOW, one))
    expected = expected.append_column("in_time", CLOCK.within_many(one, two, hours=24))
    expected = expected.append_column("open", CLOCK.is_open_many(one))
    expected = expected.append_column("next", CLOCK.next_open_many(one))

    def key(row: dict[str, Any]) -> str:
        return f"{row['asked']} {row['answered']}"

    assert sorted(made.toArrow().to_pylist(), key=key) == sorted(expected.to_pylist(), key=key)
    assert dict(made.dtypes)["open_time"] == "interval day to second"


def test_cases_and_weeks_are_those_of_one_machine(events: DataFrame, log: pa.Table) -> None:
    cases = klokuur.spark.evaluate(events, now=NOW, partitions=3).cache()
    expected = klokuur.evaluate(log, now=NOW, refused="raise")
    assert cases.columns == expected.column_names
    assert rows_of(cases, "case") == expected.to_pylist()
    wanted = ["verdict", "case", "rules"]
    few = klokuur.spark.evaluate(events, now=NOW, partitions=3, columns=wanted)
    assert few.columns == wanted
    assert rows_of(few, "case") == expected.select(wanted).to_pylist()

    weeks = klokuur.spark.weeks(cases)
    here = klokuur.weeks(expected)
    assert weeks.columns == here.column_names
    assert weeks.count() == len(here) > 20
    assert rows_of(weeks, "week") == here.to_pylist()
    standing = klokuur.Ledger(weeks.toArrow()).standing(NOW)
    assert standing == klokuur.Ledger(here).standing(NOW)


def test_rules_go_along_and_texts_will_do(spark: SparkSession) -> None:
    stricter = klokuur.Rulebook.bol().with_values({"case.first_response_hours": 2, "case.warn_after_hours": 1})
    written = {"case": [7, 8], "at": ["2026-03-13T15:00:00+01:00"] * 2, "event": ["opened", "opened"]}
    df = spark.createDataFrame(pa.table(written)).withColumn("other", F.current_timestamp())
    now = datetime(2026, 3, 13, 17, 30, tzinfo=AMSTERDAM)
    cases = klokuur.spark.evaluate(df, stricter, now=now)
    assert rows_of(cases, "case") == klokuur.evaluate(pa.table(written), stricter, now=now).to_pylist()
    assert {row["verdict"] for row in cases.collect()} == {"breached"}
    numbers = [klokuur.WeekNumbers("cancellations", "2026-W11", 1, 100)]
    elsewhere = [klokuur.WeekNumbers("RESPONSE_TIME", "2026-W11", 9, 10)]
    weeks = klokuur.spark.weeks(cases, stricter, numbers=numbers, elsewhere=elsewhere)
    here = klokuur.weeks(
        klokuur.evaluate(pa.table(written), stricter, now=now), stricter, numbers=numbers, elsewhere=elsewhere
    )
    assert rows_of(weeks, "norm") == sorted(here.to_pylist(), key=lambda row: str(row["norm"]))


ROOT = Path(__file__).parents[3]
# The larger log in fewer orders: a cluster of two workers on one machine takes its time over 140,000 rows.
REAL = [
    ("italian_helpdesk/helpdesk_full_from_xes.csv.gz", "italian_helpdesk.toml", datetime(2014, 2, 1, tzinfo=timezone.utc), 3),
    ("servicenow_uci/incident_event_log_17cols.csv.gz", "servicenow_uci.toml", datetime(2017, 3, 1, tzinfo=timezone.utc), 1),
]


def rows_of_log(file: str) -> list[dict[str, Any]]:
    """The rows of a real log; where it is not there, those of a small one in the shape of the Italian one, else none."""
    path = ROOT.parent / "shared" / "data" / file
    if path.exists():
        with gzip.open(path, "rt", newline="") as rows:
            return list(csv.DictReader(rows))
    if not file.startswith("italian"):
        pytest.skip(f"{path} is not there")
    states = ("Insert ticket", "Take in charge ticket", "Wait", "Resolve ticket", "Closed")
    return [
        {"case": f" {i}", "time_timestamp": f"2012-10-{9 + j:02}T1{i % 8}:00:00+00:00", "concept_name": state}
        for i in range(200)
        for j, state in enumerate(states)
    ]


@pytest.mark.parametrize(("file", "mapping", "now", "seeds"), REAL)
def test_another_systems_log_is_read_as_on_one_machine(
    spark: SparkSession, file: str, mapping: str, now: datetime, seeds: int
) -> None:
    rows, path = rows_of_log(file), ROOT / "tests" / "mappings" / mapping

    def there(table: pa.Table, how: Any) -> list[dict[str, Any]]:
        log = spark.createDataFrame(table).repartition(4)
        return rows_of(klokuur.spark.evaluate(log, now=now, mapping=how, refused="warn", partitions=3), "case")

    table = pa.Table.from_pylist(rows)
    expected = klokuur.evaluate(table, now=now, mapping=path, refused=[]).to_pylist()
    # As it comes, shuffled, and newest first.
    orders = [rows, *(random.Random(seed).sample(rows, len(rows)) for seed in range(seeds)), rows[::-1]]
    for order in orders:
        assert there(pa.Table.from_pylist(order), path) == expected

    # The same in our own schema, with the fields of the case on every row, newest first; and as one row a ticket.
    found = [read.event for read in klokuur.read_log(table, path).events if read.event.event != "described"]
    opened = {event.case: event for event in found if event.event == "opened"}
    own = [
        {"case": event.case, "at": event.at, "event": str(event.event), "subject": opened[event.case].subject}
        for event in reversed(found)
    ]
    answered = {event.case: event.at for event in reversed(found) if event.event == "seller_message"}
    tickets = [
        {"case": case, "created": event.at, "answered": answered.get(case), "subject": event.subject}
        for case, event in opened.items()
    ]
    by_ticket = {"times": {"opened": "created", "seller_message": "answered"}}
    for rows, how in ((own, None), (tickets, by_ticket)):
        table = pa.Table.from_pylist(rows)
        assert there(table, how) == klokuur.evaluate(table, now=now, mapping=how, refused=[]).to_pylist()


def test_random_logs_come_out_as_on_one_machine(spark: SparkSession) -> None:
    from random_logs import NOW as THEN
    from random_logs import all_rows, of_frame

    log = pa.Table.from_pylist(all_rows(2026, 200))
    expected = klokuur.evaluate(log, now=THEN, refused=[])
    cases = klokuur.spark.evaluate(spark.createDataFrame(log).repartition(5), now=THEN, refused="warn", partitions=3)
    assert of_frame(cases.toArrow()) == of_frame(expected)


def test_scores_are_those_of_one_machine(spark: SparkSession) -> None:
    table = pa.table(
        {
            "score": pa.array([None if i % 11 == 0 else i % 11 for i in range(500)], pa.int32()),
            "agent": pa.array([None if i % 13 == 0 else f"a{i % 7}" for i in range(500)]),
        }
    )
    df = spark.createDataFrame(table).repartition(3)
    made = klokuur.spark.nps_by(df, "score", "agent", confidence=0.9, method="wald")
    expected = klokuur.nps_by(table["score"], table["agent"], confidence=0.9, method="wald")
    assert made.columns == expected.column_names
    assert rows_of(made, "key") == expected.to_pylist()


MISTAKES = pa.table(
    {
        "case": ["a", "a", "b", None, "c", "c"],
        "at": [
            "2026-03-13T15:00:00+01:00",
            "2026-03-13T15:00:00",
            "2026-03-13T15:00:00+01:00",
            "2026-03-13T15:00:00+01:00",
            "2026-03-13T15:00:00+01:00",
            "2026-03-13T16:00:00+01:00",
        ],
        "event": ["opened", "closed", "seller_message", "opened", "opened", "answered"],
        "row": [0, 1, 2, 3, 4, 5],
    }
)


def test_refused_rows_are_told_whole(spark: SparkSession) -> None:
    df = spark.createDataFrame(MISTAKES)
    here: list[klokuur.RefusedRow] = []
    expected = klokuur.evaluate(MISTAKES, now=NOW, refused=here)
    found = rows_of(klokuur.spark.refused_rows(df, now=NOW), "row")
    assert [(row["row"], row["refused_code"], row["refused_message"]) for row in found] == [
        (row.row, row.code, row.message) for row in here
    ]
    cases = klokuur.spark.evaluate(df, now=NOW, refused="warn")
    assert rows_of(cases, "case") == expected.to_pylist()
    with pytest.raises(PythonException, match=r"klokuur\.\w+Error: (?!row)"):
        klokuur.spark.evaluate(df, now=NOW).collect()


def test_errors_of_workers_say_what_klokuur_says(spark: SparkSession) -> None:
    at = pa.table({"at": pa.array([datetime(1500, 1, 1, tzinfo=timezone.utc)], pa.timestamp("us", "UTC"))})
    with pytest.raises(PythonException) as told:
        spark.createDataFrame(at).select(klokuur.spark.is_open("at", CLOCK)).collect()
    assert "klokuur.OutOfRangeError: instant 1500-01-01T00:00:00Z is out of range: accepted is 1900-01-01" in str(
        told.value
    )
    with pytest.raises(PythonException, match="klokuur.InvalidValueError: column of instants `timestamp_ntz`"):
        spark.sql("SELECT timestamp_ntz'2026-03-13 15:00' AS at").select(klokuur.spark.is_open("at", CLOCK)).collect()
    scores = spark.createDataFrame([("ann", 11)], ["agent", "score"])
    with pytest.raises(PythonException, match="klokuur.OutOfRangeError: NPS score 11"):
        klokuur.spark.nps_by(scores, "score", "agent").collect()


def test_errors_of_the_caller_come_at_once(spark: SparkSession, events: DataFrame) -> None:
    df = spark.createDataFrame([("a", "opened")], ["case", "event"])
    with pytest.raises(klokuur.InvalidDocumentError, match="event log is not valid at at: missing"):
        klokuur.spark.evaluate(df, now=NOW)
    with pytest.raises(klokuur.InvalidDocumentError, match="table of cases is not valid at opened: missing"):
        klokuur.spark.weeks(df)
    with pytest.raises(klokuur.InvalidValueError, match="accepted is a datetime with a zone"):
        klokuur.spark.evaluate(events, now=datetime(2026, 1, 1))
    with pytest.raises(klokuur.InvalidValueError, match="partitions `0` is not valid"):
        klokuur.spark.evaluate(events, now=NOW, partitions=0)
    with pytest.raises(klokuur.InvalidValueError, match="accepted is a datetime with a zone"):
        klokuur.spark.between("at", datetime(2026, 1, 1), CLOCK)
    with pytest.raises(TypeError, match="give an amount"):
        klokuur.spark.due("at", CLOCK)
    with pytest.raises(TypeError, match="not both"):
        klokuur.spark.due("at", CLOCK, "amount", hours=24)
    naive = spark.sql("SELECT 'a' AS case, timestamp_ntz'2026-03-13 15:00' AS at, 'opened' AS event")
    with pytest.raises(klokuur.InvalidValueError, match="column `at` of timestamp_ntz"):
        klokuur.spark.evaluate(naive, now=NOW)


def test_another_session_zone_changes_nothing(spark: SparkSession, events: DataFrame, log: pa.Table) -> None:
    spark.conf.set("spark.sql.session.timeZone", "America/New_York")
    try:
        cases = klokuur.spark.evaluate(events, now=NOW)
        weeks = klokuur.spark.weeks(cases)
        expected = klokuur.evaluate(log, now=NOW)
        assert rows_of(cases, "case") == expected.to_pylist()
        assert rows_of(weeks, "week") == klokuur.weeks(expected).to_pylist()
    finally:
        spark.conf.set("spark.sql.session.timeZone", "UTC")


def test_an_empty_log_has_no_cases(events: DataFrame) -> None:
    cases = klokuur.spark.evaluate(events.limit(0), now=NOW)
    assert cases.count() == 0
    assert klokuur.spark.weeks(cases, now=NOW).count() == 0


class Shown(doctest.OutputChecker):
    """What ``show()`` prints ends with an empty line."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        return super().check_output(want, got.replace("+\n\n", "+\n"), optionflags)


@pytest.mark.parametrize("name", ["", *klokuur.spark.__all__])
def test_docstring(spark: SparkSession, name: str) -> None:
    text = (getattr(klokuur.spark, name) if name else klokuur.spark).__doc__ or ""
    assert text.strip()
    test = doctest.DocTestParser().get_doctest(text, {"spark": spark}, name or "klokuur.spark", None, 0)
    out: list[str] = []
    doctest.DocTestRunner(Shown()).run(test, out=out.append)
    assert not out, "".join(out)
