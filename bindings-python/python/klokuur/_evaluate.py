"""Event logs in data frames: one row a case out, weeks with verdicts, in the kind of frame that came in."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from importlib import import_module
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from klokuur import _klokuur
from klokuur._case import CaseOutcome
from klokuur._case_book import CaseBook
from klokuur._cells import is_missing, truth_of
from klokuur._columns import counted_threads
from klokuur._errors import InvalidValueError, UnknownNameError, in_row
from klokuur._fingerprints import Fingerprints
from klokuur._frames import FrameKind, Rows, carried, columns_of, columns_of_frame, distinct, frame_of, kind_of, named_columns
from klokuur._given import needs_columns, shown
from klokuur._klokuur import MappingCore
from klokuur._log import (
    Columns,
    LogFile,
    LogMapping,
    collected,
    frame_kind,
    frame_of_records,
    is_lazy,
    lifted,
    mapping_of,
    tell_once,
    times_of,
)
from klokuur._log_columns import instants_of, is_local, library_of, listed, texts_of
from klokuur._log_times import TimesAsMapped
from klokuur._moments import zone_of
from klokuur._norm import WeekNumbers, WeekResult, join_weeks, judge
from klokuur._own_hours import own_rules
from klokuur._progress import progress
from klokuur._refused import Refused, check_refused, tell
from klokuur._rulebook import Rulebook, rules_of, rules_or_bol, rules_that_judged, signature_of

__all__ = ["evaluate", "weeks"]

_OUTCOMES = _klokuur.case_columns()[1]

#: What the columns of the answer hold, by name.
KINDS = {**dict(_OUTCOMES), "now": "instant", "rules": "text", "fingerprints": "text"}

#: The columns of cases that weeks are counted by.
COUNTED = ("opened", "due", "answered", "is_measured", "verdict")


def evaluate(
    events: Any,
    rules: Rulebook | str | None = None,
    *,
    now: datetime,
    mapping: LogMapping = None,
    refused: Refused = "warn",
    threads: int = 1,
    columns: Sequence[str] | None = None,
) -> Any:
    """How every case of an event log came out at ``now``: one row a case, by case number.

    ``events`` is a pandas or Polars data frame, a PyArrow table, another Arrow table, a mapping of columns, or the path of a file
    (CSV, TSV, XLSX, JSON or JSON lines, packed with gzip or not; the answer is a pandas frame then, and rows go by their lines), with the
    columns ``case``, ``at`` (instants with a zone, or texts with an offset), ``event``, and those that events carry:
    the fields of a :class:`CaseEvent`, ``scores`` as ``area=score;area=score``.
    Columns with other names are not looked at. The order of the rows does not matter. Events after ``now`` are not looked at.
    ``mapping`` says how another system's log is read, as :func:`read_log` does: the name of a shipped mapping (:func:`mappings`), a
    TOML file, or its content as a dictionary. Its own hours and holidays take the place of the rules'.
    What a row says of its case beside its event is read once, or ignored; the logger ``klokuur`` tells of it.

    The answer is of the kind that came in; its columns are the fields of a :class:`CaseOutcome`, ``now``,
    ``rules`` (their name and fingerprint), and ``fingerprints``: what judged the cases, as :class:`Fingerprints` are written. ``scores`` is written
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

    ``columns`` names those that are wanted, in the order in which they are to come: the others are not made, nor computed.

    >>> few = klokuur.evaluate(log, now=datetime(2026, 3, 20, tzinfo=UTC), columns=["verdict", "case"])
    >>> list(few), few["case"].tolist()
    (['verdict', 'case'], ['K-1', 'K-2'])

    Ctrl-C ends it, and on a terminal or in a notebook it tells how far it is.

    Raises InvalidDocumentError when a needed column is missing, or when no row can be read (and ``refused`` is no list);
    LengthMismatchError for columns of different lengths; UnknownNameError for a name in ``columns`` that no column has.
    """
    check_refused(refused)
    wanted = wanted_columns(columns)
    shared, is_whole, reads = counted_threads(threads), not isinstance(refused, list), mapping_of(mapping)
    judging = own_rules(reads, rules_or_bol(rules))
    if isinstance(events, (str, os.PathLike)):
        file = LogFile.read(events, reads, is_stated=mapping is not None)
        frame, errors = _of_file(file, judging, now, reads, shared, is_whole, wanted)
    else:
        frame, errors = evaluated(events, judging, now, reads, shared, is_whole=is_whole, wanted=wanted)
    tell(errors, refused)
    return frame


def _of_file(
    file: LogFile,
    rules: Rulebook,
    now: datetime,
    mapping: MappingCore,
    threads: int,
    is_whole: bool,
    wanted: Sequence[str],
) -> tuple[Any, list[tuple[int, Any]]]:
    """The cases of a file, and the errors of its rows by their lines."""
    kind: FrameKind = "pandas" if _has("pandas") else "numpy"
    zone, rows = rules.schedule().zone, len(file.lines)
    frame, errors = _in_columns(file.columns, kind, zone, rules, now, mapping, threads, is_whole, rows, wanted)
    placed = [(file.lines[row], error) for row, error in errors]
    return frame, sorted([*file.broken, *placed], key=lambda one: one[0])


def wanted_columns(columns: Sequence[str] | None) -> list[str]:
    """The names of the columns that are asked for, all of them where none are named."""
    if columns is None:
        return list(KINDS)
    if isinstance(columns, (str, bytes, Mapping)) or not isinstance(columns, Sequence):
        raise TypeError(f"columns must be a list of names, not {type(columns).__name__}")
    found: list[str] = []
    for name in columns:
        if not isinstance(name, str):
            raise TypeError(f"columns must be a list of names, not of {type(name).__name__}")
        if name not in KINDS:
            raise UnknownNameError(f"unknown column of cases `{shown(name)}`: accepted is {', '.join(KINDS)}")
        if name in found:
            raise InvalidValueError(f"columns with `{name}` twice are not valid: accepted is each name once")
        found.append(name)
    if not found:
        raise InvalidValueError(f"columns `[]` are not valid: accepted is one or more of {', '.join(KINDS)}")
    return found


def evaluated(
    events: Any,
    rules: Rulebook,
    now: datetime,
    mapping: MappingCore,
    threads: int = 1,
    *,
    is_whole: bool = True,
    wanted: Sequence[str] = tuple(KINDS),
) -> tuple[Any, list[tuple[int, Any]]]:
    """The cases of an event log, and the errors of its refused rows.

    Of a part of a log (not ``is_whole``) it is no error that nothing in it can be read.
    """
    events = frame_of_records(events)
    kind = frame_kind(events, "an event log")
    columns = named_columns(events, kind)
    times = dict(columns).get(mapping.column_of_time())
    zone = (None if times is None else _zone_of(times)) or rules.schedule().zone
    rows = 0 if times is None else len(times)
    reads = TimesAsMapped(mapping, times_of(columns, mapping))
    made = lifted(columns, mapping, reads)
    return _in_columns(made, kind, zone, rules, now, reads.mapping, threads, is_whole, rows, wanted)


def _in_columns(
    columns: Columns,
    kind: FrameKind,
    zone: str,
    rules: Rulebook,
    now: datetime,
    mapping: MappingCore,
    threads: int,
    is_whole: bool,
    rows: int,
    wanted: Sequence[str],
) -> tuple[Any, list[tuple[int, Any]]]:
    """The cases of a log in columns of so many rows."""
    told = progress("evaluate", rows)
    said = {"rules": signature_of(rules), "fingerprints": str(rules.fingerprints)}
    # One at least, which says how many cases there are.
    made_here = [name for name in wanted if name not in said] or ["case"]
    try:
        made, errors, noticed = _klokuur.evaluate_columns(
            rules._core, columns, mapping, now, zone, threads, is_whole, made_here, kind == "polars", told
        )
    finally:
        if told is not None:
            told.finish()
    tell_once(noticed)
    return _frame(made, kind, zone, {name: text for name, text in said.items() if name in wanted}, wanted), errors


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
    needs them. So are the records of a book, which know its rules. Other records are judged by bol's unless others are given.

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
        columns = columns_of_frame(cases, kind)
    needs_columns(columns, COUNTED, "table of cases", "the columns of `evaluate`")
    if kind is None:
        by = cases.fingerprints if isinstance(cases, Rows) else None
        found = rules_that_judged(by, rules)
    else:
        found = rules_of(_said(columns), rules) if len(columns["opened"]) else rules_or_bol(rules)
        by = carried(columns)
    at = _now_of(columns) if now is None else now
    if at is None:
        if len(columns["opened"]):
            raise InvalidValueError("table of cases without `now` is not valid: give it, as now=")
        if [*numbers, *elsewhere]:
            raise InvalidValueError("table without cases is not valid: there is no `now` in it: give it, as now=")
        return _week_frame(Rows(), cast(FrameKind, kind))
    counted = response_numbers(columns, found.clock.zone, at, by)
    judged_weeks = judged(counted, numbers, elsewhere, at, found)
    return judged_weeks if kind is None else _week_frame(judged_weeks, kind)


def response_numbers(
    columns: dict[str, Any], zone: str, now: datetime, by: Fingerprints | None = None
) -> list[WeekNumbers]:
    """The numbers of the response-time norm by week, before any verdict; ``by`` is what judged the cases."""
    plain = _klokuur.weeks_of_cases(
        zone,
        instants_of(columns["opened"]),
        instants_of(columns["due"]),
        instants_of(columns["answered"]),
        _truths(columns["is_measured"]),
        texts_of(columns["verdict"]),
        now,
    )
    said = None if by is None else by.to_dict()
    return [WeekNumbers._of({**row, "fingerprints": said}, zone_of(now)) for row in plain]


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
    return [] if "rules" not in columns else [said for said in distinct(columns["rules"]) if not is_missing(said)]


def week_columns(weeks: Rows[WeekResult]) -> dict[str, list[Any]]:
    """The fields of judged weeks as columns, and what a share is worth."""
    columns = columns_of(weeks) or {name: [] for name in WeekResult.__dataclass_fields__}
    # What a share is worth, beside the two numbers that it comes from.
    columns["share"] = [week.value if week.unit == "share" else None for week in weeks]
    return columns


def _week_frame(weeks: Rows[WeekResult], kind: FrameKind) -> Any:
    return frame_of(week_columns(weeks), kind)


def _outcomes(cases: Any) -> list[CaseOutcome]:
    found = list(cases) if isinstance(cases, Iterable) and not is_lazy(cases) else None
    if found is None or not all(isinstance(case, CaseOutcome) for case in found):
        what = type(cases).__name__ if found is None else f"{type(cases).__name__} of something else"
        raise TypeError(f"cases must be what `evaluate` gave, a CaseBook, or its outcomes, not {what}{collected(cases)}")
    return found


def _now_of(columns: dict[str, Any]) -> datetime | None:
    return _newest(columns["now"]) if "now" in columns else None


def _newest(column: Any) -> datetime | None:
    """The newest instant of a column, by its own library; None when it has none."""
    library = library_of(column)
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


def _truths(column: Any) -> npt.NDArray[np.bool_]:
    """A column of truths; the row of what is none, or missing, is named."""
    library = library_of(column)
    if library in ("numpy", "pandas") and column.dtype == bool:
        return np.ascontiguousarray(column, bool)
    if library == "polars" and str(column.dtype) == "Boolean" and not column.null_count():
        return np.ascontiguousarray(column.to_numpy(), bool)
    if library == "pyarrow" and str(column.type) == "bool" and not column.null_count:
        return np.ascontiguousarray(column.to_numpy(), bool)
    truths = np.empty(len(column), bool)
    for row, item in enumerate(listed(column)):
        try:
            truths[row] = truth_of(item, "is_measured")
        except InvalidValueError as error:
            raise in_row(error, row) from None
    return truths


def _zone_of(column: Any) -> str | None:
    """The name of a column's zone; None when each row has its own, or none is known."""
    dtype = getattr(column, "dtype", None)
    if library_of(column) == "polars":
        return getattr(dtype, "time_zone", None)
    if library_of(column) == "pyarrow":
        return getattr(column.type, "tz", None)
    pyarrow_type = getattr(dtype, "pyarrow_dtype", None)
    if pyarrow_type is not None:
        return getattr(pyarrow_type, "tz", None)
    zone = getattr(dtype, "tz", None)
    if zone is None and getattr(dtype, "kind", "") == "M" and not is_local(column):
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


def _frame(columns: dict[str, Any], kind: FrameKind, zone: str, said: dict[str, str], wanted: Sequence[str]) -> Any:
    """Columns as a frame, each row with what it was made by; those that are wanted, in their order."""
    if kind == "polars":
        import polars

        frame = polars.DataFrame({name: polars.Series(name, column) for name, column in columns.items()})
        return frame.with_columns(**{name: polars.lit(text) for name, text in said.items()}).select(wanted)
    if kind == "arrow" or (kind == "pandas" and _has("pyarrow")):
        import pyarrow

        table = pyarrow.table({name: pyarrow.chunked_array(column) for name, column in columns.items()})
        for name, text in said.items():
            table = table.append_column(name, pyarrow.repeat(pyarrow.scalar(text, pyarrow.string()), table.num_rows))
        table = table.select(list(wanted))
        return table if kind == "arrow" else table.to_pandas()
    if kind == "pandas":
        return _pandas_without_arrow(columns, zone).assign(**said)[list(wanted)]
    made = _in_numpy(columns)
    cases = len(next(iter(made.values())))
    made.update({name: np.full(cases, text, object) for name, text in said.items()})
    return {name: made[name] for name in wanted}


def _has(library: str) -> bool:
    try:
        import_module(library)
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
    for name in (name for name in columns if KINDS[name] == "instant"):
        frame[name] = frame[name].dt.tz_localize("UTC").dt.tz_convert(zone)
    return frame
