"""The same evaluation over Spark data frames: ``df.withColumn("due", klokuur.spark.due("asked", clock, hours=24))``.

Column functions are Arrow UDFs that ask the schedule's own ``*_many``; :func:`evaluate`, :func:`weeks` and :func:`nps_by` are
the package's functions of the same name, shared out over the workers. Schedules and rulebooks are broadcast: each Python
worker compiles them once. The answers are those of one machine; their rows come in no order, as Spark's do.

Rows are refused where they are worked on: an error comes with the first action, as Spark's ``PythonException``, and says
what klokuur says anywhere (``klokuur.OutOfRangeError: instant ... is out of range: ...``).

Needs ``pip install "klokuur[spark]"`` here and ``klokuur`` on the workers; PySpark 4.1 or later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Literal, Protocol, TypeAlias, TypeVar

import pyarrow as pa
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.pandas.functions import arrow_udf
from pyspark.sql.pandas.types import to_arrow_schema
from pyspark.sql.types import (
    BooleanType,
    DataType,
    DayTimeIntervalType,
    DoubleType,
    IntegerType,
    LongType,
    StringType,
    StructField,
    StructType,
    TimestampNTZType,
    TimestampType,
)

from klokuur import _evaluate, _klokuur
from klokuur._case import RefusedRow
from klokuur._errors import InvalidValueError, KlokuurError
from klokuur._fingerprints import Fingerprints
from klokuur._given import needs_columns
from klokuur._klokuur import MappingCore, Nps, Schedule
from klokuur._log import LogMapping, mapping_of
from klokuur._norm import WeekNumbers
from klokuur._nps import Method, nps_groups
from klokuur._own_hours import own_rules
from klokuur._refused import Refused, check_refused, tell
from klokuur._rulebook import Rulebook, rules_of, rules_or_bol
from klokuur._week import IsoWeek

__all__ = ["between", "due", "evaluate", "is_open", "next_open", "nps_by", "refused_rows", "weeks", "within"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
ColumnOrName: TypeAlias = "Column | str"

#: Rows of one record batch that goes back to Spark.
_BATCH = 65_536

_TYPES: dict[str, DataType] = {
    "instant": TimestampType(),
    "amount": DayTimeIntervalType(),
    "truth": BooleanType(),
    "count": IntegerType(),
}

_CASES = StructType([StructField(name, _TYPES.get(kind, StringType())) for name, kind in _evaluate.KINDS.items()])

_NUMBERS = StructType(
    [
        StructField("norm", StringType()),
        StructField("week", StringType()),
        StructField("numerator", LongType()),
        StructField("denominator", LongType()),
        StructField("last_deadline", TimestampType()),
    ]
)

_WEEKS = StructType(
    [
        StructField("norm", StringType()),
        StructField("week", StringType()),
        StructField("numerator", LongType()),
        StructField("denominator", LongType()),
        StructField("bad", LongType()),
        StructField("direction", StringType()),
        StructField("threshold", DoubleType()),
        StructField("rulebook_threshold", DoubleType()),
        StructField("strict", BooleanType()),
        StructField("minimum", DoubleType()),
        StructField("unit", StringType()),
        StructField("count_limit", LongType()),
        StructField("strike", BooleanType()),
        StructField("threshold_met", BooleanType()),
        StructField("minimum_met", BooleanType()),
        StructField("count_limit_reached", BooleanType()),
        StructField("verdict", StringType()),
        StructField("finality", StringType()),
        StructField("final_from", TimestampType()),
        StructField("measured_by", StringType()),
        StructField("fingerprints", StringType()),
        StructField("share", DoubleType()),
    ]
)

_TALLY = ("promoters", "passives", "detractors")
_POINTS = ("score", "standard_error", "low", "high")


def due(
    at: ColumnOrName,
    schedule: Schedule,
    amount: timedelta | ColumnOrName | None = None,
    *,
    hours: float | None = None,
    minutes: float | None = None,
    seconds: float | None = None,
) -> Column:
    """When an amount of open time from each instant is used up: ``schedule.add_many``. A null gives a null.

    ``amount`` is a timedelta, or a column of day-time intervals.

    >>> from datetime import datetime, timezone
    >>> import klokuur
    >>> import klokuur.spark
    >>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00")
    >>> df = spark.createDataFrame([(datetime(2026, 3, 13, 14, tzinfo=timezone.utc),)], ["asked"])
    >>> df.select(klokuur.spark.due("asked", clock, hours=24).alias("due")).show()
    +-------------------+
    |                due|
    +-------------------+
    |2026-03-16 14:00:00|
    +-------------------+
    """
    if isinstance(amount, (Column, str)):
        if (hours, minutes, seconds) != (None, None, None):
            raise TypeError("give an amount or hours, minutes and seconds, not both")
        return _ask(lambda schedule, at, each: schedule.add_many(at, each), schedule, TimestampType(), at, amount)
    _check_amount(schedule, amount, hours, minutes, seconds)
    return _ask(
        lambda schedule, at: schedule.add_many(at, amount, hours=hours, minutes=minutes, seconds=seconds),
        schedule,
        TimestampType(),
        at,
    )


def between(start: ColumnOrName | datetime, end: ColumnOrName | datetime, schedule: Schedule) -> Column:
    """The open time from one instant to another, as a day-time interval: ``schedule.between_many``.

    Either may be one datetime with a zone. A null gives a null.
    """
    return _ask_two(lambda schedule, a, b: schedule.between_many(a, b), schedule, DayTimeIntervalType(), start, end)


def within(
    start: ColumnOrName | datetime,
    end: ColumnOrName | datetime,
    schedule: Schedule,
    amount: timedelta | None = None,
    *,
    hours: float | None = None,
    minutes: float | None = None,
    seconds: float | None = None,
) -> Column:
    """Whether `end` is within an amount of open time: ``schedule.within_many``. A null gives a null."""
    _check_amount(schedule, amount, hours, minutes, seconds)
    return _ask_two(
        lambda schedule, a, b: schedule.within_many(a, b, amount, hours=hours, minutes=minutes, seconds=seconds),
        schedule,
        BooleanType(),
        start,
        end,
    )


def is_open(at: ColumnOrName, schedule: Schedule) -> Column:
    """Whether it is open at each instant: ``schedule.is_open_many``. A null gives a null."""
    return _ask(lambda schedule, at: schedule.is_open_many(at), schedule, BooleanType(), at)


def next_open(at: ColumnOrName, schedule: Schedule) -> Column:
    """The first open instant from each on: ``schedule.next_open_many``. A null gives a null."""
    return _ask(lambda schedule, at: schedule.next_open_many(at), schedule, TimestampType(), at)


def evaluate(
    events: DataFrame,
    rules: Rulebook | str | None = None,
    *,
    now: datetime,
    mapping: LogMapping = None,
    refused: Literal["warn", "raise"] = "raise",
    partitions: int | None = None,
    columns: Sequence[str] | None = None,
) -> DataFrame:
    """How every case of an event log came out at ``now``: one row a case, with the columns of :func:`klokuur.evaluate`.

    ``events`` has the columns that :func:`klokuur.evaluate` names; instants are timestamps or texts with an offset. The
    events of a case are brought together, by a shuffle on ``case``, into as many ``partitions`` as asked (Spark's own
    number by default); each must fit the memory of a worker. ``mapping`` says how another system's log is read.

    A row that is no event, or that its case cannot take, is an error when the frame is computed. With ``refused="warn"`` such
    rows are left out, with a warning in the log of their worker; :func:`refused_rows` gives them all.

    ``columns`` names those that are wanted, in their order: the others are not made.

    >>> from datetime import datetime, UTC
    >>> import klokuur.spark
    >>> log = spark.createDataFrame(
    ...     [
    ...         ("K-1", "2026-03-13T15:00:00+01:00", "opened"),
    ...         ("K-1", "2026-03-16T15:00:00+01:00", "seller_message"),
    ...         ("K-2", "2026-03-13T15:00:00+01:00", "opened"),
    ...     ],
    ...     ["case", "at", "event"],
    ... )
    >>> cases = klokuur.spark.evaluate(log, now=datetime(2026, 3, 20, tzinfo=UTC))
    >>> cases.select("case", "verdict", "elapsed").orderBy("case").show(truncate=False)
    +----+--------+-----------------------------------+
    |case|verdict |elapsed                            |
    +----+--------+-----------------------------------+
    |K-1 |met     |INTERVAL '1 00:00:00' DAY TO SECOND|
    |K-2 |breached|INTERVAL '4 10:00:00' DAY TO SECOND|
    +----+--------+-----------------------------------+

    Raises InvalidDocumentError when a needed column is missing.
    """
    check_refused(refused, lists=False)
    _check_now(now)
    read_by = mapping_of(mapping)
    shared = _shared(events.sparkSession, own_rules(read_by, rules_or_bol(rules)))
    document, wanted = read_by.plain(), _evaluate.wanted_columns(columns)
    schema = StructType([_CASES[name] for name in wanted])

    def cases(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        table = _joined(batches)
        if table is not None:
            yield from _lowered(_evaluated(table, shared.value, document, now, refused, wanted), schema)

    return _by_case(events, read_by, partitions, with_all=False).mapInArrow(cases, schema)


def _evaluated(
    table: Any, rules: Rulebook, mapping: dict[str, Any], now: datetime, refused: Refused, wanted: Sequence[str] = ("case",)
) -> Any:
    """The cases of a part of a log: that nothing in a part can be read says nothing of the log."""
    with _without_rows():
        made, errors = _evaluate.evaluated(_lifted(table), rules, now, mapping_of(mapping), is_whole=False, wanted=wanted)
        tell(errors, refused)
    return made


def refused_rows(
    events: DataFrame,
    rules: Rulebook | str | None = None,
    *,
    now: datetime,
    mapping: LogMapping = None,
    partitions: int | None = None,
) -> DataFrame:
    """The rows of an event log that :func:`evaluate` refuses, whole, with ``refused_code`` and ``refused_message``.

    >>> from datetime import datetime, UTC
    >>> import klokuur.spark
    >>> log = spark.createDataFrame([("K-1", "2026-03-13T15:00:00+01:00", "answered")], ["case", "at", "event"])
    >>> klokuur.spark.refused_rows(log, now=datetime(2026, 3, 20, tzinfo=UTC)).first()["refused_code"]
    'unknown_name'

    Raises InvalidDocumentError when a needed column is missing.
    """
    _check_now(now)
    read_by = mapping_of(mapping)
    shared = _shared(events.sparkSession, own_rules(read_by, rules_or_bol(rules)))
    document = read_by.plain()
    said = [StructField("refused_code", StringType()), StructField("refused_message", StringType())]
    schema = StructType([*events.schema.fields, *said])

    def rows(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        table = _joined(batches)
        if table is None:
            return
        refused: list[RefusedRow] = []
        _evaluated(table, shared.value, document, now, refused)
        made = table.take(pa.array([row.row for row in refused], pa.int64()))
        made = made.append_column("refused_code", pa.array([row.code for row in refused], pa.string()))
        made = made.append_column("refused_message", pa.array([row.message for row in refused], pa.string()))
        yield from made.to_batches(_BATCH)

    return _by_case(events, read_by, partitions, with_all=True).mapInArrow(rows, schema)


def weeks(
    cases: DataFrame,
    rules: Rulebook | str | None = None,
    *,
    now: datetime | None = None,
    numbers: Iterable[WeekNumbers] = (),
    elsewhere: Iterable[WeekNumbers] = (),
) -> DataFrame:
    """The response-time norm by the week that cases were opened in, with its verdicts: :func:`klokuur.weeks`.

    ``cases`` is what :func:`evaluate` gave. The workers count, their counts are added, and the sums, a row a week, are
    judged here: this is an action, and computes ``cases`` (cache them when they are wanted again).

    >>> from datetime import datetime, UTC
    >>> import klokuur.spark
    >>> log = spark.createDataFrame([("K-1", "2026-03-13T15:00:00+01:00", "opened")], ["case", "at", "event"])
    >>> cases = klokuur.spark.evaluate(log, now=datetime(2026, 3, 20, tzinfo=UTC))
    >>> klokuur.spark.weeks(cases).select("week", "numerator", "denominator", "verdict").show()
    +--------+---------+-----------+--------+
    |    week|numerator|denominator| verdict|
    +--------+---------+-----------+--------+
    |2026-W11|        0|          1|conforms|
    +--------+---------+-----------+--------+

    Raises InvalidDocumentError when a needed column is missing.
    """
    needs_columns(cases.columns, _evaluate.COUNTED, "table of cases", "the columns of `evaluate`")
    said = [] if rules is not None else _said(cases)
    found = rules_of(said, rules) if said or "rules" not in cases.columns else rules_or_bol(rules)
    if now is None:
        now = _now_of(cases)
    _check_now(now)
    at, zone, by = now, found.clock.zone, _judged_by(cases)

    def counted(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            table = _lifted(pa.Table.from_batches([batch]))
            with _without_rows():
                counts = _evaluate.response_numbers({name: table[name] for name in _evaluate.COUNTED}, zone, at)
            columns = {
                name: [getattr(week, name) for week in counts] for name in _NUMBERS.names
            }
            columns["week"] = [str(week) for week in columns["week"]]
            made = pa.table({name: pa.array(columns[name]) for name in columns}) if counts else None
            if made is not None:
                yield from _lowered(made, _NUMBERS)

    parts = cases.select(*_evaluate.COUNTED).mapInArrow(counted, _NUMBERS)
    sums = parts.groupBy("norm", "week").agg(
        F.sum("numerator").alias("numerator"),
        F.sum("denominator").alias("denominator"),
        F.max("last_deadline").alias("last_deadline"),
    )
    response = [
        WeekNumbers(
            row["norm"],
            IsoWeek(row["week"]),
            row["numerator"],
            row["denominator"],
            row["last_deadline"],
            fingerprints=by,
        )
        for row in _rows_in(sums, at)
    ]
    response.sort(key=lambda week: week.week)
    judged = _evaluate.judged(response, numbers, elsewhere, at, found)
    columns = _evaluate.week_columns(judged)
    rows = list(zip(*(columns[name] for name in _WEEKS.names), strict=True))
    return cases.sparkSession.createDataFrame(rows, _WEEKS)


def nps_by(
    answers: DataFrame,
    scores: str,
    keys: str,
    *,
    confidence: float = 0.95,
    method: Method = "adjusted_wald",
) -> DataFrame:
    """The NPS of each key, with the columns of :func:`klokuur.nps_by`; ``scores`` and ``keys`` are names of columns.

    Rows without a key or an answer are left out.

    >>> import klokuur.spark
    >>> df = spark.createDataFrame([("ann", 10), ("bob", 3), ("ann", 9)], ["agent", "score"])
    >>> klokuur.spark.nps_by(df, "score", "agent").select("key", "count", "score").orderBy("key").show()
    +---+-----+------+
    |key|count| score|
    +---+-----+------+
    |ann|    2| 100.0|
    |bob|    1|-100.0|
    +---+-----+------+
    """
    Nps(1).interval(confidence, method)
    given = answers.select(F.col(keys).alias("key"), F.col(scores).alias("given"))
    key = given.schema["key"]
    tallies = StructType([key, *(StructField(name, LongType()) for name in _TALLY)])
    schema = StructType(
        [*tallies.fields, StructField("count", LongType()), *(StructField(name, DoubleType()) for name in _POINTS)]
    )

    def counted(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            column = batch.column("key")
            with _without_rows():
                groups = nps_groups(batch.column("given"), column)
            arrays = [pa.array(list(groups), column.type)]
            arrays += [pa.array([getattr(tally, name) for tally in groups.values()], pa.int64()) for name in _TALLY]
            yield pa.RecordBatch.from_arrays(arrays, names=tallies.names)

    def judged(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            found = [Nps(*row) for row in zip(*(batch.column(name).to_pylist() for name in _TALLY), strict=True)]
            intervals = [tally.interval(confidence, method) for tally in found]
            points: list[list[float | None]] = [
                [tally.score for tally in found],
                [tally.standard_error for tally in found],
                [each.low if each else None for each in intervals],
                [each.high if each else None for each in intervals],
            ]
            arrays = [*batch.columns, pa.array([tally.count for tally in found], pa.int64())]
            arrays += [pa.array(column, pa.float64()) for column in points]
            yield pa.RecordBatch.from_arrays(arrays, names=schema.names)

    sums = given.mapInArrow(counted, tallies).groupBy("key").agg(*(F.sum(name).alias(name) for name in _TALLY))
    return sums.mapInArrow(judged, schema)


class _Shared(Protocol[T_co]):
    """What a worker finds when its work starts."""

    @property
    def value(self) -> T_co: ...


class _Sent:
    """A value that travels with the work, where there is no broadcast."""

    def __init__(self, value: Any) -> None:
        self.value = value


def _shared(session: SparkSession | None, value: T) -> _Shared[T]:
    """A broadcast of a value, made once for each Spark; with Spark Connect, which has none, the value itself."""
    context = getattr(session, "sparkContext", None)
    return _Sent(value) if context is None else _broadcast(context, value)


@lru_cache(maxsize=64)
def _broadcast(context: Any, value: Any) -> Any:
    return context.broadcast(value)


def _ask(ask: Callable[..., Any], schedule: Schedule, answer: DataType, *columns: ColumnOrName) -> Column:
    shared = _shared(SparkSession.getActiveSession(), schedule)

    def answers(*arrays: pa.Array) -> pa.Array:
        with _without_rows():
            return _array(ask(shared.value, *(_instants(array) for array in arrays)))

    # PySpark takes what kind of function it is from the types of its arguments.
    def one(a: pa.Array) -> pa.Array:
        return answers(a)

    def two(a: pa.Array, b: pa.Array) -> pa.Array:
        return answers(a, b)

    # Its stub knows functions with an explicit kind only.
    udf: Any = arrow_udf
    made: Column = udf(one if len(columns) == 1 else two, answer)(*columns)
    return made


def _ask_two(
    ask: Callable[[Schedule, Any, Any], Any],
    schedule: Schedule,
    answer: DataType,
    start: ColumnOrName | datetime,
    end: ColumnOrName | datetime,
) -> Column:
    if isinstance(start, datetime):
        if isinstance(end, datetime):
            raise TypeError("one of start and end must be a column")
        _check_now(start)
        return _ask(lambda schedule, b: ask(schedule, start, b), schedule, answer, end)
    if isinstance(end, datetime):
        _check_now(end)
        return _ask(lambda schedule, a: ask(schedule, a, end), schedule, answer, start)
    return _ask(ask, schedule, answer, start, end)


def _array(column: Any) -> Any:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _instants(column: Any) -> Any:
    """Timestamps in UTC, whatever the session's zone is called; a text says of itself what is wrong with it."""
    if pa.types.is_timestamp(column.type):
        if column.type.tz is None:
            raise InvalidValueError(
                "column of instants `timestamp_ntz` is not valid: accepted is a timestamp: say which zone it was read in, "
                'as to_utc_timestamp(column, "Europe/Amsterdam") in a session whose time zone is UTC'
            )
        return column.cast(pa.timestamp("us", "UTC"))
    return column


def _by_case(events: DataFrame, mapping: MappingCore, partitions: int | None, with_all: bool) -> DataFrame:
    mapping.check_columns(events.columns)
    looked_at = dict(mapping.columns_looked_at())
    for field in events.schema.fields:
        if looked_at.get(field.name) and mapping.zone is None and isinstance(field.dataType, TimestampNTZType):
            raise InvalidValueError(
                f"column `{field.name}` of timestamp_ntz is not valid: accepted is a timestamp, or texts with an offset"
            )
    chosen = events if with_all else events.select(*(name for name in events.columns if name in looked_at))
    # A case number with a space around it is the same case.
    case = F.trim(F.col(mapping.column("case")).cast("string"))
    if partitions is None:
        return chosen.repartition(case)
    if partitions < 1:
        raise InvalidValueError(f"partitions `{partitions}` is not valid: accepted is 1 or more")
    return chosen.repartition(partitions, case)


def _joined(batches: Iterator[pa.RecordBatch]) -> Any:
    """All rows of a partition; None when it has none."""
    held = [batch for batch in batches if batch.num_rows]
    return pa.Table.from_batches(held) if held else None


def _lifted(table: Any) -> Any:
    """The table with its timestamps in UTC."""
    for i, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type) and field.type.tz is not None:
            table = table.set_column(i, field.name, _instants(table.column(i)))
    return table


def _lowered(table: Any, schema: StructType) -> Iterator[pa.RecordBatch]:
    """The table as Spark knows its types."""
    wanted = to_arrow_schema(schema, timezone="UTC")
    yield from table.select(schema.names).cast(wanted).to_batches(_BATCH)


def _rows_in(frame: DataFrame, now: datetime) -> list[dict[str, Any]]:
    """The rows with their instants in the zone of ``now``: Spark's own have none."""
    rows = _lifted(frame.toArrow()).to_pylist()
    return [
        {name: item.astimezone(now.tzinfo) if isinstance(item, datetime) else item for name, item in row.items()}
        for row in rows
    ]


def _said(cases: DataFrame) -> list[str]:
    """What the rows of a frame say of their rules."""
    if "rules" not in cases.columns:
        return []
    return [row["rules"] for row in cases.select("rules").distinct().collect() if row["rules"] is not None]


def _judged_by(cases: DataFrame) -> Fingerprints | None:
    """What all rows of a frame say judged them; None where one says nothing, or several are said."""
    if "fingerprints" not in cases.columns:
        return None
    said = [row["fingerprints"] for row in cases.select("fingerprints").distinct().collect()]
    return Fingerprints.parse(said[0]) if len(said) == 1 and said[0] is not None else None


def _now_of(cases: DataFrame) -> datetime:
    newest = None
    if "now" in cases.columns:
        newest = _lifted(cases.agg(F.max("now").alias("now")).toArrow())["now"][0].as_py()
    if newest is None:
        raise InvalidValueError("now `None` is not valid: accepted is a datetime with a zone")
    found: datetime = newest
    return found


def _check_now(now: datetime) -> None:
    """The error of a datetime without a zone, here rather than on a worker."""
    _klokuur.nanoseconds_of(now)


def _check_amount(
    schedule: Schedule, amount: timedelta | None, hours: float | None, minutes: float | None, seconds: float | None
) -> None:
    """The error of an amount, here rather than on a worker."""
    nothing = pa.array([], pa.timestamp("us", "UTC"))
    schedule.add_many(nothing, amount, hours=hours, minutes=minutes, seconds=seconds)


@contextmanager
def _without_rows() -> Iterator[None]:
    """Rows have no number in Spark: an error says what was wrong without one."""
    try:
        yield
    except KlokuurError as error:
        if error.row is None:
            raise
        plain = type(error)(str(error).removeprefix(f"row {error.row}: "))
        plain.__dict__.update({name: value for name, value in error.__dict__.items() if name != "row"})
        raise plain from None
