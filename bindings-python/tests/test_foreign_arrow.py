"""Arrow columns of other libraries, some of which are not what they say: refused with our error, never read past their end."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pytest

import klokuur
from klokuur import _klokuur

NOW = datetime(2026, 3, 20, tzinfo=UTC)
CLOCK = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00")
AT = pa.array([datetime(2026, 3, 13, 15, tzinfo=UTC)] * 2, pa.timestamp("us", "UTC"))


def log(case: Any) -> pa.Table:
    return pa.table({"case": case, "at": AT, "event": pa.array(["opened", "opened"])})


def buffers(kind: pa.DataType, *parts: Any) -> pa.Array:
    given = [None if part is None else pa.py_buffer(np.asarray(part).tobytes()) for part in parts]
    return pa.Array.from_buffers(kind, 2, [None, *given])


def views(index: int) -> pa.Array:
    view = np.zeros(2, np.dtype([("length", "i4"), ("prefix", "S4"), ("buffer", "i4"), ("offset", "i4")]))
    view["length"], view["prefix"], view["buffer"] = 20, b"abcd", index
    return buffers(pa.string_view(), view, np.frombuffer(b"abcd" * 5, np.uint8))


BAD_TEXTS: dict[str, Callable[[], Any]] = {
    "no UTF-8": lambda: pa.array([b"K\xff", b"K"], pa.binary()).view(pa.string()),
    "no UTF-8, large": lambda: pa.array([b"K\xff", b"K"], pa.large_binary()).view(pa.large_string()),
    "no UTF-8, views": lambda: pa.array([b"K\xff", b"K"], pa.binary_view()).view(pa.string_view()),
    "half a character": lambda: buffers(pa.string(), np.array([0, 1, 2], "i4"), np.frombuffer("é".encode(), np.uint8)),
    "offsets that fall": lambda: buffers(pa.string(), np.array([0, 9, 2], "i4"), np.frombuffer(b"ab", np.uint8)),
    "a buffer that is not there": lambda: views(7),
    "a buffer before the first": lambda: views(-1),
    "an index beyond": lambda: pa.DictionaryArray.from_arrays(pa.array([0, 9], pa.int32()), pa.array(["K"]), safe=False),
    "an index below": lambda: pa.DictionaryArray.from_arrays(pa.array([0, -1], pa.int32()), pa.array(["K"]), safe=False),
    "a dictionary of no UTF-8": lambda: pa.DictionaryArray.from_arrays(
        pa.array([0, 0], pa.int8()), pa.array([b"\xff"], pa.binary()).view(pa.string())
    ),
    "lists": lambda: pa.array([["a"], ["b"]]),
    "structs": lambda: pa.array([{"a": "b"}, {"a": "c"}]),
    "runs": lambda: pa.RunEndEncodedArray.from_arrays(pa.array([2], pa.int32()), pa.array(["K"])),
    "bytes": lambda: pa.array([b"K", b"K"]),
}


@pytest.mark.parametrize("make", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_texts_that_are_none_are_refused(make: Callable[[], Any]) -> None:
    with pytest.raises(klokuur.InvalidValueError, match="Arrow column|column of texts"):
        klokuur.evaluate(log(make()), now=NOW)
    book = klokuur.CaseBook()
    with pytest.raises(klokuur.InvalidValueError):
        book.load(log(make()))
    assert len(book) == 0


@pytest.mark.parametrize(
    "case",
    [
        pa.array(["K-1", "K-1"]),
        pa.array(["K-1", "K-1"], pa.large_string()),
        pa.array(["K-1", "K-1"], pa.string_view()),
        pa.array(["K-1", "K-1"]).dictionary_encode(),
        pa.array(["x", "K-1", "K-1", "x"])[1:3],
        pa.array(["x", "K-1 of a long name", "K-1 of a long name", "x"], pa.string_view())[1:3],
        pa.chunked_array([["K-1"], ["K-1"]]),
        pa.chunked_array([pa.array(["K-1"], pa.large_string()), pa.array(["K-1"], pa.large_string())]),
        pl.Series(["K-1", "K-1"]),
        pl.Series(["K-1", "K-1"], dtype=pl.Categorical),
        pa.array([1, 1], pa.uint8()),
        pa.array([True, True]),
        pa.chunked_array([pa.array([1, None, 1], pa.int64())[:1], pa.array([1], pa.int64())]),
        pa.array([False] * 9 + [True, True])[9:],
        pa.array([9, 1, 1], pa.int16())[1:],
        pa.array(["x", None, "K-1", "K-1"]).dictionary_encode()[2:],
        pa.chunked_array([pa.array(["K-1"]).dictionary_encode(), pa.array(["x", "K-1"]).dictionary_encode()[1:]]),
        pa.chunked_array([pa.array(["K-1 of a long name"], pa.string_view())] * 2),
    ],
    ids=str,
)
def test_texts_of_every_kind_are_read(case: Any) -> None:
    table: Any = log(case) if not isinstance(case, pl.Series) else {"case": case, "at": AT, "event": ["opened", "opened"]}
    refused: list[klokuur.RefusedRow] = []
    cases = klokuur.evaluate(table, now=NOW, refused=refused)
    assert len(cases["case"]) == 1 and not refused


def test_a_column_that_is_not_aligned_is_read() -> None:
    memory = np.concatenate([np.zeros(1, np.uint8), np.array([5, 7, 9], "i8").view(np.uint8)])
    column = pa.Array.from_buffers(pa.timestamp("us", "UTC"), 2, [None, pa.py_buffer(memory)[1:]], offset=1)
    assert _klokuur.arrow_ticks(column)[0].tolist() == [7, 9]


def test_lists_of_what_an_answer_may_be() -> None:
    for column in (
        pa.array(["a", None, ""]),
        pa.array(["long enough to stand elsewhere", None, ""], pa.string_view()),
        pa.array([True, None, False]),
        pa.array([2**32 - 1, None, 0], pa.uint32()),
    ):
        assert _klokuur.arrow_list(column[1:]) == column.to_pylist()[1:]
    with pytest.raises(klokuur.InvalidValueError, match="double"):
        _klokuur.arrow_list(pa.array([1.5]))


class Array(ctypes.Structure):
    """The head of Arrow's structure of an array."""

    _fields_ = [(name, ctypes.c_int64) for name in ("length", "null_count", "offset", "n_buffers", "n_children")] + [
        ("buffers", ctypes.POINTER(ctypes.c_void_p))
    ]


def pointer(capsule: Any, name: bytes) -> int:
    get = ctypes.pythonapi.PyCapsule_GetPointer
    get.restype, get.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    found: int = get(capsule, name)
    return found


class Changed:
    """A column whose array says something else than it is."""

    def __init__(self, column: pa.Array, **fields: int) -> None:
        self.column, self.fields = column, fields

    def __arrow_c_array__(self, schema: Any = None) -> Any:
        schema, array = self.column.__arrow_c_array__()
        head = Array.from_address(pointer(array, b"arrow_array"))
        for name, value in self.fields.items():
            if name == "buffer":
                head.buffers[value] = None
            else:
                setattr(head, name, value)
        return schema, array


@pytest.mark.parametrize(
    "fields",
    [
        {"length": -1},
        {"length": 2**62},
        {"offset": -1},
        {"offset": 2**62},
        {"offset": 2**63 - 1},
        {"n_buffers": 1},
        {"n_buffers": 0},
        {"n_buffers": -3},
        {"n_buffers": 9},
        {"buffer": 1},
    ],
    ids=str,
)
@pytest.mark.parametrize("column", [AT, pa.array(["a", "b"]), pa.array([1, 2])], ids=["instants", "texts", "numbers"])
def test_a_shape_that_is_none_is_refused(column: pa.Array, fields: dict[str, int]) -> None:
    for read in (_klokuur.arrow_ticks, _klokuur.arrow_list):
        with pytest.raises((klokuur.InvalidValueError, TypeError)):
            read(Changed(column, **fields))


@pytest.mark.parametrize("count", [0, 1, 2, 77, -5])
def test_nulls_are_counted_where_they_are(count: int) -> None:
    column = pa.array([NOW, None], pa.timestamp("us", "UTC"))
    ticks, unit, zone = _klokuur.arrow_ticks(Changed(column, null_count=count))
    assert (ticks[1], unit, zone) == (np.iinfo(np.int64).min, "us", "UTC")


class Given:
    """An object that hands over the same capsule again and again."""

    def __init__(self, stream: Any = None, array: Any = None) -> None:
        if stream is not None:
            self.__arrow_c_stream__ = lambda schema=None: stream
        if array is not None:
            self.__arrow_c_array__ = lambda schema=None: array


def test_what_was_taken_already_is_refused() -> None:
    column = pa.chunked_array([AT])
    for given in (Given(stream=column.__arrow_c_stream__()), Given(array=AT.__arrow_c_array__())):
        assert len(_klokuur.arrow_ticks(given)[0]) == 2
        with pytest.raises(klokuur.InvalidValueError, match="already"):
            _klokuur.arrow_ticks(given)


@pytest.mark.parametrize(
    "given",
    [
        Given(stream=1),
        Given(stream=AT.__arrow_c_array__()[0]),
        Given(array=1),
        Given(array=(1, 2)),
        Given(array=(1,)),
        Given(array=AT.__arrow_c_array__()[::-1]),
    ],
)
def test_what_is_no_capsule_is_refused(given: Given) -> None:
    with pytest.raises(klokuur.InvalidValueError, match="no Arrow capsule"):
        _klokuur.arrow_ticks(given)


def test_the_error_of_another_library_is_told() -> None:
    def failing() -> Any:
        yield AT
        raise RuntimeError("the disk is gone")

    class Raising:
        def __arrow_c_stream__(self, schema: Any = None) -> Any:
            raise RuntimeError("the disk is gone")

    with pytest.raises(klokuur.InvalidValueError, match="the disk is gone"):
        _klokuur.arrow_ticks(Raising())
    schema = pa.schema([("at", AT.type)])
    batches = (pa.record_batch([array], schema) for array in failing())
    with pytest.raises((klokuur.InvalidValueError, TypeError)):
        _klokuur.arrow_ticks(pa.RecordBatchReader.from_batches(schema, batches))


def test_answers_go_to_every_library() -> None:
    column = _klokuur.arrow_of_ticks(np.array([0, np.iinfo(np.int64).min]), "us", "UTC")
    assert len(column) == 2 and "2 rows" in repr(column)
    assert pa.chunked_array(column).to_pylist() == pl.Series(column).to_list() == [datetime(1970, 1, 1, tzinfo=UTC), None]
    # What it was once, it is again.
    assert pa.chunked_array(column).null_count == 1
    assert pa.DataType._import_from_c_capsule(column.__arrow_c_schema__()) == pa.timestamp("us", "UTC")
    again = CLOCK.add_many(column, hours=1)
    assert pa.chunked_array(again).type == pa.timestamp("us", "UTC")


def test_a_stream_that_is_dropped_unread_is_released() -> None:
    column = _klokuur.arrow_of_ticks(np.arange(1000), "us", "UTC")
    for _ in range(1000):
        column.__arrow_c_stream__()
        column.__arrow_c_schema__()
