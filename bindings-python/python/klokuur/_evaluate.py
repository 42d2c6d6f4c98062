"""Event logs in data frames: one row a case out, weeks with verdicts, in the kind of frame that came in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from os import PathLike
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from klokuur import _klokuur
from klokuur._case import CaseBook, CaseEvent, CaseOutcome
from klokuur._cells import is_missing, truth_of, whole
from klokuur._columns import column_of, counted_threads, refuse_masked
from klokuur._errors import InvalidDocumentError, InvalidValueError, in_row
from klokuur._frames import FrameKind, Rows, columns_of, frame_of, kind_of
from klokuur._moments import zone_of
from klokuur._norm import WeekNumbers, WeekResult, join_weeks, judge
from klokuur._progress import progress
from klokuur._refused import Refused, check_refused, tell
from klokuur._rulebook import Rulebook, rules_of, rules_or_bol, signature_of

__all__ = ["evaluate", "weeks"]

NEEDED = ("case", "at", "event")
_EVENTS, _OUTCOMES, _ = _klokuur.case_columns()
INSTANTS = tuple(name for name, kind in _EVENTS if kind == "instant")
TEXTS = tuple(name for name, kind in _EVENTS if kind != "instant")

#: What the columns of the answer hold, by name.
KINDS = {**dict(_OUTCOMES), "now": "instant", "rules": "text"}

#: The columns of cases that weeks are counted by.
COUNTED = ("opened", "due", "answered", "is_measured", "verdict")


def evaluate(
    events: Any,
    rules: Rulebook | str | None = None,
    *,
    now: datetime,
    refused: Refused = "warn",
    threads: int = 1,
) -> Any:
    """How every case of an event log came out at ``now``: one row a case, by case number.

    ``events`` is a pandas or Polars data frame, a PyArrow table, another Arrow table, or a mapping of columns, with the
    columns ``case``, ``at`` (instants with a zone, or texts with an offset), ``event``, and those that events carry:
    the fields of a :class:`CaseEvent`, ``scores`` as ``area=score;area=score``.
    Columns with other names are not looked at. The order of the rows does not matter. Events after ``now`` are not looked at.

    The answer is of the kind that came in; its columns are the fields of a :class:`CaseOutcome`, ``now``, and
    ``rules`` (their name and fingerprint). ``scores`` is written
    as above, ``surveys`` as the time and the scores of each answer, joined by `` | ``. Instants are in microseconds, in the zone
    of ``at``.

    Rows that are no event, or that their case cannot take, are left out and told: by a RefusedRowsWarning that names
    them, by the first one's error with its ``row`` (``refused="raise"``), or in a list of your own (``refused=[]``).

    >>> from datetime import datetime, UTC
    >>> import klokuur
    >>> log = {
    ...     "case": ["K-1", "K-1", "K-2"],
    ...     "at": ["2026-03-13T15:00:00+01:00", "2026-03-16T15:00:00+01:00", "2026-03-13T15:00:00+01:00"],
    ...     "event": ["opened", "seller_message", "opened"],
    ... }
    >>> cases = klokuur.evaluate(log, now=datetime(2026, 3, 20, tzinfo=UTC))
    >>> cases["verdict"].tolist()
    ['met', 'breached']

    ``threads`` is how many threads share the cases; 0 is one for each core.

    Ctrl-C ends it, and on a terminal or in a notebook it tells how far it is.

    Raises InvalidDocumentError when a needed column is missing, LengthMismatchError for columns of different lengths, and
    the error of the first row when none at all can be read.
    """
    check_refused(refused)
    frame, errors, rows = evaluated(events, rules, now, threads)
    if errors and len(errors) == rows and not isinstance(refused, list):
        row, error = errors[0]
        raise in_row(error, row)
    tell(errors, refused)
    return frame


def evaluated(
    events: Any, rules: Rulebook | str | None, now: datetime, threads: int = 1
) -> tuple[Any, list[tuple[int, Any]], int]:
    """The cases of an event log, the errors of its refused rows, and how many rows it has."""
    events = _frame_of_records(events)
    kind = _frame_kind(events, "an event log")
    columns = _needed_columns(events, kind)
    threads = counted_threads(threads)
    found = rules_or_bol(rules)
    rows = len(columns["at"])
    zone = _zone_of(columns["at"]) or found.schedule().zone
    texts, instants = _lifted(columns)
    told = progress("evaluate", rows)
    try:
        made, errors = _klokuur.evaluate_columns(found._core, texts, instants, now, zone, threads, told)
    finally:
        if told is not None:
            told.finish()
    return _frame(made, kind, zone, signature_of(found)), errors, rows


def weeks(
    cases: Any,
    rules: Rulebook | str | None = None,
    *,
    now: datetime | None = None,
    numbers: Iterable[WeekNumbers] = (),
    elsewhere: Iterable[WeekNumbers] = (),
) -> Any:
    """The response-time norm by the week that cases were opened in, with its verdicts.

    ``cases`` is what :func:`evaluate` gave; the answer is a data frame of the same kind, with the fields of
    :class:`WeekResult` as columns. Records (``CaseBook.outcomes``) or a ``CaseBook`` give records. ``now`` is by default that
    of the evaluation. ``numbers`` are those of other norms, measured here, and ``elsewhere`` those of the marketplace, which
    take the place of numbers for the same norm and week.

    Cases in a frame are judged by the rules that their column ``rules`` names, or by ``rules``; a frame that names none
    needs them. Records are judged by bol's unless others are given.

    ``is_measured`` may also be written as yes or no, true or false, 1 or 0; every row needs one.

    >>> from datetime import datetime, UTC
    >>> import klokuur
    >>> log = {"case": ["K-1"], "at": ["2026-03-13T15:00:00+01:00"], "event": ["opened"]}
    >>> weeks = klokuur.weeks(klokuur.evaluate(log, now=datetime(2026, 3, 20, tzinfo=UTC)))
    >>> weeks["week"].tolist(), weeks["verdict"].tolist()
    (['2026-W11'], ['conforms'])

    Raises InvalidDocumentError when a needed column is missing, InvalidValueError with its ``row`` for another ``is_measured``.
    """
    if isinstance(cases, CaseBook):
        if now is None:
            raise InvalidValueError("now `None` is not valid: accepted is a datetime with a zone")
        found = cases.rules if rules is None else rules_or_bol(rules)
        return judged(list(cases.response_weeks(now)), numbers, elsewhere, now, found)
    kind = kind_of(cases)
    if kind is None:
        outcomes = _outcomes(cases)
        if now is None:
            raise InvalidValueError("now `None` is not valid: accepted is a datetime with a zone")
        columns: dict[str, Any] = columns_of(outcomes)
        if not outcomes:
            return judged([], numbers, elsewhere, now, rules_or_bol(rules))
    else:
        columns = _columns(cases, kind)
    missing = [name for name in COUNTED if name not in columns]
    if missing:
        raise InvalidDocumentError(
            f"table of cases is not valid at {missing[0]}: missing, accepted are the columns of `evaluate`"
        )
    found = rules_or_bol(rules) if kind is None or not len(columns["opened"]) else rules_of(_said(columns), rules)
    at = _now_of(columns) if now is None else now
    if at is None:
        if len(columns["opened"]):
            raise InvalidValueError("table of cases without `now` is not valid: give it, as now=")
        if [*numbers, *elsewhere]:
            raise InvalidValueError("table without cases is not valid: there is no `now` in it: give it, as now=")
        return _week_frame(Rows(), cast(FrameKind, kind))
    judged_weeks = judged(response_numbers(columns, found.clock.zone, at), numbers, elsewhere, at, found)
    return judged_weeks if kind is None else _week_frame(judged_weeks, kind)


def response_numbers(columns: dict[str, Any], zone: str, now: datetime) -> list[WeekNumbers]:
    """The numbers of the response-time norm by week, before any verdict."""
    plain = _klokuur.weeks_of_cases(
        zone,
        _instants(columns["opened"]),
        _instants(columns["due"]),
        _instants(columns["answered"]),
        _truths(columns["is_measured"]),
        _texts(columns["verdict"]),
        now,
    )
    return [WeekNumbers._of(row, zone_of(now)) for row in plain]


def judged(
    response: list[WeekNumbers],
    numbers: Iterable[WeekNumbers],
    elsewhere: Iterable[WeekNumbers],
    now: datetime,
    rules: Rulebook,
) -> Rows[WeekResult]:
    return judge(join_weeks([*response, *numbers], elsewhere, rules), now, rules)


def _said(columns: dict[str, Any]) -> list[str]:
    """What the rows of a frame say of their rules."""
    return [] if "rules" not in columns else [said for said in _distinct(columns["rules"]) if not is_missing(said)]


def _distinct(column: Any) -> list[Any]:
    if _library(column) == "pyarrow":
        return cast(list[Any], column.unique().to_pylist())
    return list(column.unique()) if hasattr(column, "unique") else list(set(column))


def _week_frame(weeks: Rows[WeekResult], kind: FrameKind) -> Any:
    columns = columns_of(weeks) or {name: [] for name in WeekResult.__dataclass_fields__}
    # What a share is worth, beside the two numbers that it comes from.
    columns["share"] = [week.value if week.unit == "share" else None for week in weeks]
    return frame_of(columns, kind)


def _outcomes(cases: Any) -> list[CaseOutcome]:
    found = list(cases) if isinstance(cases, Iterable) and not _is_lazy(cases) else None
    if found is None or not all(isinstance(case, CaseOutcome) for case in found):
        what = type(cases).__name__ if found is None else f"{type(cases).__name__} of something else"
        raise TypeError(f"cases must be what `evaluate` gave, a CaseBook, or its outcomes, not {what}{_collected(cases)}")
    return found


def _is_lazy(given: Any) -> bool:
    return type(given).__name__ == "LazyFrame"


def _collected(given: Any) -> str:
    return ": collect() it first" if _is_lazy(given) else ""


def _now_of(columns: dict[str, Any]) -> datetime | None:
    return _newest(columns["now"]) if "now" in columns else None


def _newest(column: Any) -> datetime | None:
    """The newest instant of a column, by its own library; None when it has none."""
    library = _library(column)
    if library == "pyarrow":
        import pyarrow.compute

        compute: Any = pyarrow.compute
        return cast("datetime | None", compute.max(column).as_py())
    if library in ("pandas", "polars"):
        newest: Any = column.max()
        return None if is_missing(newest) else getattr(newest, "to_pydatetime", lambda: newest)()
    if library == "numpy" and column.dtype.kind == "M":
        instants = column[~np.isnat(column)]
        return instants.max().astype("M8[us]").item().replace(tzinfo=UTC) if len(instants) else None
    return max((at for at in column if not is_missing(at)), default=None)


def columns_of_log(events: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The texts and the instants of an event log in a data frame, as Rust takes them."""
    return _lifted(_needed_columns(events, _frame_kind(events, "an event log")))


def _needed_columns(events: Any, kind: FrameKind) -> dict[str, Any]:
    columns = _columns(events, kind)
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        there = ", ".join(str(name) for name in list(columns)[:12])
        raise InvalidDocumentError(
            f"event log is not valid at {missing[0]}: missing, accepted are the columns {', '.join(NEEDED)}: "
            f"rename what they are called there ({there})"
        )
    return columns


def _lifted(columns: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    there = {name for name in columns if name in NEEDED or not _is_empty(columns[name])}
    texts = {name: _texts(columns[name]) for name in TEXTS if name in there}
    instants = {name: _instants(columns[name]) for name in INSTANTS if name in there}
    return texts, instants


def _frame_of_records(events: Any) -> Any:
    """A list of events, as records or dictionaries, as columns; anything else as it is."""
    if not isinstance(events, (list, tuple)) or not events:
        return events
    if all(isinstance(event, CaseEvent) for event in events):
        rows = [{**event.to_dict(), "scores": _written_scores(event.scores)} for event in events]
    elif all(isinstance(event, dict) for event in events):
        rows = list(events)
    else:
        return events
    names = dict.fromkeys(name for row in rows for name in row)
    return {str(name): [row.get(name) for row in rows] for name in names}


def _written_scores(scores: Any) -> str | None:
    """An answer to a survey as a log writes it: ``area=score;area=score``."""
    pairs = None if scores is None else dict(scores).items()
    return None if pairs is None else ";".join(f"{area}={score}" for area, score in pairs)


def _frame_kind(given: Any, what: str) -> FrameKind:
    kind = kind_of(given)
    if isinstance(given, (str, PathLike)):
        raise TypeError(
            f"{what} must be a data frame, not a path: read the file first, as pandas.read_csv(path); "
            "klokuur.report(path) shows the whole picture"
        )
    if kind is None:
        raise TypeError(
            f"{what} must be a pandas or Polars data frame, an Arrow table or a mapping of columns, "
            f"not {type(given).__name__}{_collected(given)}"
        )
    return kind


def columns_in(frame: Any) -> dict[str, Any]:
    """The columns of a data frame by name."""
    return _columns(frame, _frame_kind(frame, "a table"))


def _columns(frame: Any, kind: FrameKind) -> dict[str, Any]:
    if kind == "pandas":
        return {str(name): frame[name] for name in frame.columns}
    if kind == "polars":
        return {name: frame[name] for name in frame.columns}
    if kind == "arrow":
        import pyarrow

        table = frame if isinstance(frame, pyarrow.Table) else pyarrow.table(frame)
        return {name: table.column(name) for name in table.column_names}
    for column in frame.values():
        refuse_masked(column)
    return dict(frame)


def _library(column: Any) -> str:
    return type(column).__module__.partition(".")[0]


def _is_empty(column: Any) -> bool:
    """Whether a column has no type because it has no value: it is as good as not there."""
    kind = getattr(column, "dtype", None) if _library(column) == "polars" else getattr(column, "type", None)
    return len(column) > 0 and str(kind) in ("Null", "null")


def _texts(column: Any) -> Any:
    """A column of texts as Rust takes it: Arrow, or a list with None for what is missing."""
    library = _library(column)
    if library == "pandas":
        values: Any = getattr(column, "array", None)
        if hasattr(values, "__arrow_array__") and type(values).__name__ in ("ArrowExtensionArray", "ArrowStringArray"):
            import pyarrow

            column = pyarrow.chunked_array(values.__arrow_array__())
            library = "pyarrow"
    speaks_arrow = library in ("polars", "pyarrow") or (library != "pandas" and hasattr(column, "__arrow_c_stream__"))
    if speaks_arrow and not _has_floats(column):
        return column
    # Numbers with a missing one among them are floats, but 1001.0 is not what anyone calls a case.
    return [None if is_missing(item) else whole(item) for item in _listed(column)]


def _has_floats(column: Any) -> bool:
    kind = getattr(column, "dtype", None) if _library(column) == "polars" else getattr(column, "type", None)
    return str(kind).lower() in ("float16", "float32", "float64", "halffloat", "float", "double")


def _truths(column: Any) -> npt.NDArray[np.bool_]:
    """A column of truths; the row of what is none, or missing, is named."""
    library = _library(column)
    if library in ("numpy", "pandas") and column.dtype == bool:
        return np.ascontiguousarray(column, bool)
    if library == "polars" and str(column.dtype) == "Boolean" and not column.null_count():
        return np.ascontiguousarray(column.to_numpy(), bool)
    if library == "pyarrow" and str(column.type) == "bool" and not column.null_count:
        return np.ascontiguousarray(column.to_numpy(), bool)
    truths = np.empty(len(column), bool)
    for row, item in enumerate(_listed(column)):
        try:
            truths[row] = truth_of(item, "is_measured")
        except InvalidValueError as error:
            raise in_row(error, row) from None
    return truths


def _is_written(column: Any) -> bool:
    """Whether instants are given as texts."""
    library = _library(column)
    if library == "polars":
        return column.dtype.base_type().__name__ in ("String", "Utf8", "Categorical", "Enum", "Null")
    if library == "pyarrow":
        return "string" in str(column.type) or str(column.type) == "null"
    dtype = getattr(column, "dtype", None)
    if dtype is not None and getattr(dtype, "kind", "O") == "M":
        return False
    if library == "pandas" and "timestamp" in str(dtype):
        return False
    if dtype is not None and getattr(dtype, "kind", "O") not in "OUT":
        return False
    return all(isinstance(item, str) or is_missing(item) for item in _listed(column))


def _instants(column: Any) -> Any:
    if _is_written(column):
        return _texts(column)
    listed = _listed_objects(column)
    lifted = column_of(column if listed is None else listed)
    return (lifted.ticks, lifted.unit)


def _listed_objects(column: Any) -> list[Any] | None:
    """A column of datetime objects as a list, None for what is missing; None when it is a real column of instants."""
    dtype = getattr(column, "dtype", None)
    if isinstance(column, (list, tuple)) or str(dtype) == "object":
        return [None if is_missing(item) else item for item in column]
    return None


def _listed(column: Any) -> list[Any]:
    if _library(column) == "pyarrow":
        return cast(list[Any], column.to_pylist())
    return list(column)


def _zone_of(column: Any) -> str | None:
    """The name of a column's zone; None when each row has its own, or none is known."""
    dtype = getattr(column, "dtype", None)
    if _library(column) == "polars":
        return getattr(dtype, "time_zone", None)
    if _library(column) == "pyarrow":
        return getattr(column.type, "tz", None)
    pyarrow_type = getattr(dtype, "pyarrow_dtype", None)
    if pyarrow_type is not None:
        return getattr(pyarrow_type, "tz", None)
    zone = getattr(dtype, "tz", None)
    if zone is None and getattr(dtype, "kind", "") == "M":
        return "UTC"
    if zone is None and (isinstance(column, (list, tuple)) or str(dtype) == "object"):
        first = next((item for item in column if isinstance(item, datetime)), None)
        zone = None if first is None else first.tzinfo
    return None if zone is None else _zone_name(zone)


def _zone_name(zone: tzinfo) -> str | None:
    for name in ("key", "zone"):
        if isinstance(getattr(zone, name, None), str):
            return cast(str, getattr(zone, name))
    offset = zone.utcoffset(None)
    if offset is None:
        return None
    minutes = int(offset.total_seconds() // 60)
    return "UTC" if minutes == 0 else f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _frame(columns: dict[str, Any], kind: FrameKind, zone: str, rules: str) -> Any:
    """Columns as a frame, each row with the rules that it was made by."""
    if kind == "polars":
        import polars

        frame = polars.DataFrame({name: polars.Series(name, column) for name, column in columns.items()})
        return frame.with_columns(rules=polars.lit(rules))
    if kind == "arrow" or (kind == "pandas" and _has_arrow()):
        import pyarrow

        table = pyarrow.table({name: pyarrow.chunked_array(column) for name, column in columns.items()})
        table = table.append_column("rules", pyarrow.array([rules] * table.num_rows, pyarrow.string()))
        return table if kind == "arrow" else table.to_pandas()
    if kind == "pandas":
        return _pandas_without_arrow(columns, zone).assign(rules=rules)
    made = _in_numpy(columns)
    made["rules"] = np.full(len(made["case"]), rules, object)
    return made


def _has_arrow() -> bool:
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        return False
    return True


def _in_numpy(columns: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, column in columns.items():
        kind = KINDS[name]
        if kind in ("instant", "amount"):
            ticks, unit, tz = _klokuur.arrow_ticks(column)
            made[name] = ticks.view(f"{'m' if tz is None else 'M'}8[{unit}]")
        elif kind == "truth":
            made[name] = np.array(_klokuur.arrow_list(column), bool)
        elif kind == "count":
            made[name] = np.array(_klokuur.arrow_list(column), np.uint32)
        else:
            texts = _klokuur.arrow_list(column)
            made[name] = np.empty(len(texts), object)
            made[name][:] = texts
    return made


def _pandas_without_arrow(columns: dict[str, Any], zone: str) -> Any:
    import pandas

    frame = pandas.DataFrame(_in_numpy(columns))
    for name in (name for name, kind in KINDS.items() if kind == "instant"):
        frame[name] = frame[name].dt.tz_localize("UTC").dt.tz_convert(zone)
    return frame
