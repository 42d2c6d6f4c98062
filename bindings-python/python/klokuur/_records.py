"""The base of all results: frozen, slotted, typed dataclasses, made from what the core writes."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, tzinfo
from fractions import Fraction
from typing import Any, ClassVar, Literal, Self, Union, get_args, get_origin

from klokuur._errors import OutOfRangeError

__all__ = ["Record", "Shown"]

_Convert = Callable[[Any, "tzinfo | None"], Any]


class Shown:
    """What a notebook shows as HTML."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from klokuur._notebook import shown

        return shown(self)


class Record(Shown):
    """A result: a frozen dataclass that compares, hashes and pickles by its fields."""

    __slots__ = ()
    __dataclass_fields__: ClassVar[dict[str, Any]]
    _converters: ClassVar[dict[str, _Convert] | None] = None
    # One of several records that a field may hold: its name, under this key of the dictionary.
    _kind: ClassVar[str | None] = None
    _tag: ClassVar[str] = "kind"

    @classmethod
    def _of(cls, plain: Mapping[str, Any], zone: tzinfo | None = None) -> Self:
        converters = cls.__dict__.get("_converters")
        if converters is None:
            converters = _converters_of(cls)
            cls._converters = converters
        # A field that the core leaves out is one without a value.
        return cls(**{name: convert(plain.get(name), zone) for name, convert in converters.items()})

    def to_dict(self) -> dict[str, Any]:
        """The fields as a dictionary, records in it as dictionaries too, tuples as lists.

        >>> import klokuur
        >>> klokuur.HolidayCalendar("NL").holidays(2026)[2].to_dict()
        {'date': datetime.date(2026, 4, 6), 'name_en': 'Easter Monday', 'name_local': 'Tweede paasdag'}
        """
        fields = {field.name: _plain(getattr(self, field.name)) for field in dataclasses.fields(self)}
        return fields if self._kind is None else {self._tag: self._kind, **fields}


def _plain(value: Any) -> Any:
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value


def _converters_of(cls: type) -> dict[str, _Convert]:
    hints = typing.get_type_hints(cls)
    return {field.name: _converter(hints[field.name]) for field in dataclasses.fields(cls)}


def _converter(hint: Any) -> _Convert:
    """How a plain value becomes a field of this type."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal or hint in (str, int, float, bool, object, Any):
        return (lambda value, zone: None if value is None else float(value)) if hint is float else _as_it_is
    if hint is datetime:
        return _datetime
    if hint is date:
        return lambda value, zone: None if value is None else _date(value)
    if hint is Fraction:
        return lambda value, zone: None if value is None else Fraction(value)
    if hint is timedelta:
        return lambda value, zone: None if value is None else duration(value)
    if origin in (Union, types.UnionType):
        convert = _union([argument for argument in arguments if argument is not type(None)])
        return lambda value, zone: None if value is None else convert(value, zone)
    if origin is tuple:
        return _tuple(arguments)
    if origin in (dict, Mapping) or hint is dict:
        inner = _converter(arguments[1]) if arguments else _as_it_is
        return lambda value, zone: {k: inner(v, zone) for k, v in (value or {}).items()}
    if isinstance(hint, type) and hasattr(hint, "_of"):
        return lambda value, zone: None if value is None else hint._of(value, zone)
    raise TypeError(f"no way to make {hint!r} of a plain value")


def _as_it_is(value: Any, zone: tzinfo | None) -> Any:
    return value


def _datetime(value: Any, zone: tzinfo | None) -> datetime | None:
    return None if value is None else instant_of(value, zone)


def instant_of(value: str, zone: tzinfo | None) -> datetime:
    """An instant of the core as a datetime in a zone, where Python can hold it."""
    try:
        at = datetime.fromisoformat(value)
        return at if zone is None else at.astimezone(zone)
    except (ValueError, OverflowError):
        raise OutOfRangeError(f"instant {value} is out of range: accepted by Python are the years 1 to 9999") from None


def _date(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise OutOfRangeError(f"date {value} is out of range: accepted by Python are the years 1 to 9999") from None


def _tuple(arguments: tuple[Any, ...]) -> _Convert:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        inner = _converter(arguments[0])
        return lambda value, zone: tuple(inner(item, zone) for item in value or ())
    each = [_converter(argument) for argument in arguments]
    return lambda value, zone: (
        None if value is None else tuple(c(v, zone) for c, v in zip(each, value, strict=True))
    )


def _union(members: list[Any]) -> _Convert:
    """Of several records the one whose ``_kind`` the value names."""
    if len(members) == 1:
        return _converter(members[0])
    tagged = {member._kind: member for member in members if getattr(member, "_kind", None)}
    if len(tagged) != len(members):
        return _as_it_is
    tag = members[0]._tag

    def convert(value: Any, zone: tzinfo | None) -> Any:
        if value is None:
            return None
        if isinstance(value, str):
            return tagged[value]._of({}, zone)
        if tag in value:
            return tagged[value[tag]]._of(value, zone)
        [(kind, content)] = value.items()
        return tagged[kind]._of(content, zone)

    return convert


def duration(text: str) -> timedelta:
    """The amount of an ISO 8601 text of hours, minutes and seconds, to the microsecond."""
    sign = -1 if text.startswith("-") else 1
    rest = text.lstrip("-").removeprefix("PT")
    amount = timedelta()
    for letter, unit in (("H", 3_600_000_000), ("M", 60_000_000), ("S", 1_000_000)):
        number, found, after = rest.partition(letter)
        if found:
            whole, _, fraction = number.partition(".")
            micros = int(whole) * unit + int(fraction.ljust(6, "0")[:6] if fraction else 0)
            amount += timedelta(microseconds=micros)
            rest = after
    return sign * amount
