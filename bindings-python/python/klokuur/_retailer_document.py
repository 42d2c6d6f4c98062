"""What all documents of the Retailer API have: they are read, shown and written back with all that they carry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any, Self

from klokuur._records import Record, Shown


class Part(Record):
    """A part of a document: its keys in camelCase, unknown ones in ``other``."""

    __slots__ = ()

    @classmethod
    def _of(cls, plain: Any, zone: tzinfo | None = None) -> Self:
        names = {_camel(name): name for name in cls.__dataclass_fields__ if name != "other"}
        known = {name: plain[key] for key, name in names.items() if key in plain}
        known["other"] = {key: value for key, value in plain.items() if key not in names}
        return super()._of(known, zone)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


class Document(Shown):
    """What all documents have."""

    __slots__ = ("_core",)
    _core: Any
    _class: Any

    def __init__(self, document: Mapping[str, Any]) -> None:
        """A document of a dictionary.

        Raises InvalidDocumentError with the path of what is missing or has another type.
        """
        self._core = self._class.from_dict(document)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads the JSON text of the document.

        Raises InvalidDocumentError with the path of what is missing or has another type.
        """
        made = object.__new__(cls)
        made._core = cls._class.from_json(text)
        return made

    def to_json(self) -> str:
        """The document as JSON text, unknown fields included."""
        text: str = self._core.to_json()
        return text

    def to_dict(self) -> dict[str, Any]:
        """The document as a dictionary, with the keys of the Retailer API."""
        document: dict[str, Any] = self._core.plain()
        return document

    def __eq__(self, other: object) -> bool:
        return bool(self._core == other._core) if isinstance(other, type(self)) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self).from_json, (self.to_json(),))
