"""Where a value stands in a rulebook's document: ``case.warn_after_hours``, ``norms[3].threshold``, ``norms[response_time].threshold``."""

from __future__ import annotations

from typing import Any

from klokuur._errors import Fault, InvalidRulebookError

__all__ = ["named", "put"]


def put(document: dict[str, Any], path: str, value: Any) -> None:
    """Puts a value in its place in a document.

    Raises InvalidRulebookError for a path that leads to nothing.
    """
    *sections, last = _parts(path)
    place: Any = document
    for section in sections:
        place = place[_index(place, section, path)] if isinstance(place, list) else _in_section(place, section, path)
    if isinstance(place, list):
        place[_index(place, last, path)] = value
    elif isinstance(place, dict):
        place[last] = value
    else:
        raise _refused(path, f"`{last}` leads to nothing")


def named(document: dict[str, Any], path: str) -> str:
    """The path with a name in the place of a number: in another document the same norm may have another place."""
    made = ""
    place: Any = document
    for part in _parts(path):
        if isinstance(place, list):
            place = place[_index(place, part, path)]
            made += f"[{place['name'] if isinstance(place, dict) and 'name' in place else part}]"
        else:
            place = place.get(part) if isinstance(place, dict) else None
            made += f".{part}" if made else part
    return made


def _parts(path: str) -> list[str]:
    return path.replace("[", ".").replace("]", "").split(".")


def _in_section(place: Any, section: str, path: str) -> Any:
    if not isinstance(place, dict):
        raise _refused(path, f"`{section}` leads to nothing")
    return place.setdefault(section, {})


def _index(place: list[Any], part: str, path: str) -> int:
    names = [one.get("name") for one in place if isinstance(one, dict)]
    if part in names:
        return names.index(part)
    if part.isdecimal() and int(part) < len(place):
        return int(part)
    accepted = f"0 to {len(place) - 1}" + (f", or one of {', '.join(map(str, names))}" if any(names) else "")
    raise _refused(path, f"`{part}` is none of them: accepted is {accepted}")


def _refused(path: str, problem: str) -> InvalidRulebookError:
    error = InvalidRulebookError(f"the rulebook has 1 fault: {path}: {problem}")
    error.faults = (Fault(path, problem),)
    return error
