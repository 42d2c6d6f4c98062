#!/usr/bin/env python3
"""every_call.py FOLDER [ROUNDS] [SEED]: calls everything that the facade exports, through its C interface.

FOLDER has UniFFI's generated `klokuur.py` and the library beside it (`make calls` makes it). Arguments are made from the types that
the generated functions name: good values, edges and nonsense, the documents of tests/vectors and what other calls answered. So an
answer or one of our errors is right. A panic fails, and so does what never crossed: a function, or a class of which nothing answered.
"""

from __future__ import annotations

import enum
import importlib
import inspect
import json
import random
import struct
import sys
import types
import typing
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

VECTORS = Path(__file__).resolve().parent.parent / "tests" / "vectors"

NANOSECONDS = 1_773_400_000_000_000_000
WORDS = [
    "", "NL", "BE", "DE-BY", "NL+BE", "Europe/Amsterdam", "UTC", "bol", "K-1", "A-1", "kettle", "8.4", "2026-W11", "2026-03-13",
    "Mo-Fr 09:00-17:00; PH off", "24/7", "Joëlle \U0001f600", "a\0b", "<p onclick=x>Hi <img src=x></p>", "{", "[]", "{}",
    "name = 'x'", '{"case": "case", "at": "at", "event": "event"}', "overall=9", "x" * 2_000,
    "response_time", "on_time", "cancellations", "5902641d528e0484", "09:00", "17:00", "conrad",
]  # fmt: skip
#: How often a function is tried that has not answered in as many rounds.
TRIES = 5
NUMBERS = [0, 1, -1, 2, 7, 10, 52, 365, 2026, 20_500, 255, 65_535, 2**31 - 1, -(2**31), 2**63 - 1, -(2**63), NANOSECONDS]


def documents() -> list[str]:
    """The documents that the vectors read, as text, each kind of reader's among them."""

    def below(value: Any, key: str = "") -> Iterator[str]:
        if isinstance(value, dict):
            if key == "document":
                yield json.dumps(value)
            for name, one in value.items():
                yield from below(one, name)
        elif isinstance(value, list):
            for one in value:
                yield from below(one)
        elif isinstance(value, str) and len(value) < 20_000 and ("\n" in value or value.startswith("{")):
            yield value

    found: dict[str, None] = {}
    for path in sorted(VECTORS.glob("*.json")):
        for case in json.loads(path.read_text())["cases"]:
            found |= dict.fromkeys(below(case.get("given", {})))
    return list(found)


class Caller:
    """Makes arguments and calls."""

    def __init__(self, module: types.ModuleType, seed: int) -> None:
        self.module, self.draw = module, random.Random(seed)
        self.kept: dict[type, list[Any]] = {}
        #: Documents, and texts that were answered: what one call writes another may read.
        self.texts = documents()
        #: Bytes that were answered.
        self.blobs: list[bytes] = [b""]
        #: What a function was given when it answered, by its name and that of the argument.
        self.taken: dict[tuple[str, str], list[str]] = {}
        #: While it is a text, every text is it.
        self.forced: str | None = None
        self.names = {name: one for name, one in vars(module).items() if not name.startswith("__")} | {"typing": typing}

    def hints(self, function: Callable[..., Any], owner: type | None = None) -> dict[str, Any]:
        inside = {} if owner is None else {name: one for name, one in vars(owner).items() if isinstance(one, type)}
        hints: dict[str, Any] = typing.get_type_hints(function, self.names, inside)
        hints.pop("return", None)
        return hints

    def call(self, function: Callable[..., Any], hints: dict[str, Any], depth: int = 0, name: str = "") -> Any:
        name = name or getattr(function, "__qualname__", "")
        arguments = {argument: self.argument(name, argument, hint, depth) for argument, hint in hints.items()}
        answer = function(**arguments)
        for argument, value in arguments.items():
            if isinstance(value, str) and len(value) > 30:
                taken = self.taken.setdefault((name, argument), [])
                if value not in taken:
                    self.taken[name, argument] = [*taken[-15:], value]
        if isinstance(answer, str) and 30 < len(answer) < 20_000:
            self.texts = [*self.texts[-400:], answer]
        if isinstance(answer, bytes):
            self.blobs = [*self.blobs[-15:], answer]
        return answer

    def argument(self, name: str, argument: str, hint: Any, depth: int) -> Any:
        taken = self.taken.get((name, argument))
        if taken and self.forced is None and self.draw.random() < 0.5:
            return self.draw.choice(taken)
        return self.value(hint, depth)

    def value(self, hint: Any, depth: int = 0) -> Any:
        """A value of a type, and of nothing else."""
        draw, origin, parts = self.draw, typing.get_origin(hint), typing.get_args(hint)
        if origin is typing.Union or origin is types.UnionType:
            if type(None) in parts and (depth > 5 or draw.random() < 0.3):
                return None
            # What may be left out is written as an object or the type.
            return self.value(draw.choice([one for one in parts if one not in (type(None), object)]), depth)
        if origin in (list, typing.List):  # noqa: UP006
            return [self.value(parts[0], depth + 1) for _ in range(draw.choice([0, 1, 2, 5]) if depth < 4 else 0)]
        if origin in (dict, typing.Dict):  # noqa: UP006
            return {self.value(parts[0], depth + 1): self.value(parts[1], depth + 1) for _ in range(draw.choice([0, 1, 2]))}
        if hint is bool:
            return draw.random() < 0.5
        if hint is int:
            return draw.choice([draw.choice(NUMBERS), draw.randint(0, 30), NANOSECONDS + draw.randint(0, 10**15)])
        if hint is float:
            return draw.choice([0.0, 0.5, 0.95, 1.0, -1.0, 1e300, float("inf"), float("nan")])
        if hint is str:
            if self.forced is not None:
                return self.forced
            return draw.choice(self.texts if draw.random() < 0.2 else WORDS)
        if hint is bytes:
            whole = struct.pack("<4q", *(NANOSECONDS + draw.randint(0, 10**16) for _ in range(4)))
            return draw.choice([whole, draw.choice(self.blobs), whole[:-3], whole * 50])
        if inspect.isclass(hint) and issubclass(hint, enum.Enum):
            return draw.choice(list(hint))
        return self.of_class(hint, depth)

    def of_class(self, cls: type, depth: int) -> Any:
        """A record, one of several kinds, or an object: one that is kept, or a new one."""
        kinds = [one for one in vars(cls).values() if inspect.isclass(one) and issubclass(one, cls)]
        if kinds:
            kind = self.draw.choice(kinds)
            return self.call(kind, self.hints(kind.__init__, cls), depth + 1) if inspect.isfunction(kind.__init__) else kind()
        if not hasattr(cls, "_uniffi_make_instance"):
            return self.call(cls, self.hints(cls.__init__), depth + 1)
        kept = self.kept.setdefault(cls, [])
        if kept and (depth > 4 or self.draw.random() < 0.8):
            return self.draw.choice(kept)
        for _ in range(20):
            made = self.made(cls, depth + 1)
            if made is not None:
                self.kept[cls] = [*kept[-7:], made]
                return made
        raise self.Impossible(cls.__name__)

    class Impossible(Exception):
        """No constructor took what was made up."""

    def made(self, cls: type, depth: int) -> Any:
        names = [name for name, one in vars(cls).items() if isinstance(one, classmethod) and not name.startswith("_")]
        if "__init__" in vars(cls) and len(inspect.signature(cls.__init__).parameters) > 1 or not names:
            names.append("")
        name = self.draw.choice(names)
        try:
            if name:
                return self.call(getattr(cls, name), self.hints(vars(cls)[name].__func__, cls), depth)
            return self.call(cls, self.hints(cls.__init__, cls), depth)
        except (self.module.KlokuurError, self.Impossible, ValueError, OverflowError):
            return None


def objects(module: types.ModuleType) -> list[type]:
    return [one for one in vars(module).values() if inspect.isclass(one) and hasattr(one, "_uniffi_make_instance")]


def every(caller: Caller) -> list[tuple[str, Callable[[], Any]]]:
    """What there is to call, by name."""
    module = caller.module
    found: list[tuple[str, Callable[[], Any]]] = []
    for name, one in vars(module).items():
        if inspect.isfunction(one) and not name.startswith("_") and one.__module__ == module.__name__:
            # Zone data stay for good: the ways in have their own tests.
            if name not in ("use_zone_data", "uniffi_set_event_loop"):
                found.append((name, lambda one=one: caller.call(one, caller.hints(one))))
    for cls in objects(module):
        for name, one in vars(cls).items():
            plain = not name.startswith("_") or name in ("__str__", "__eq__", "__hash__")
            if isinstance(one, classmethod) and plain:
                found.append((f"{cls.__name__}.{name}", lambda cls=cls, name=name, one=one: caller.call(getattr(cls, name), caller.hints(one.__func__, cls))))
            elif inspect.isfunction(one) and plain:
                found.append((f"{cls.__name__}.{name}", lambda cls=cls, one=one: method(caller, cls, one)))
    return found


def method(caller: Caller, cls: type, one: Callable[..., Any]) -> Any:
    hints = caller.hints(one, cls)
    on = caller.value(cls)
    if one.__name__ in ("__str__", "__hash__"):
        return one(on)
    if one.__name__ == "__eq__":
        return one(on, caller.value(cls))
    return caller.call(lambda **arguments: one(on, **arguments), hints, name=one.__qualname__)


class Tally:
    """What became of the calls, by name."""

    def __init__(self, module: types.ModuleType) -> None:
        self.module = module
        self.answered, self.refused, self.kept_back = Counter[str](), Counter[str](), Counter[str]()
        self.panics: dict[str, str] = {}

    def watch(self, name: str, call: Callable[[], Any]) -> None:
        try:
            call()
            self.answered[name] += 1
        except self.module.KlokuurError:
            self.refused[name] += 1
        except (ValueError, OverflowError, Caller.Impossible):
            self.kept_back[name] += 1  # the generated code would not let it across
        except self.module.InternalError as panic:
            self.panics.setdefault(name, str(panic).split("\n\nStack")[0])


def main() -> int:
    folder, rounds, seed = sys.argv[1], int((sys.argv[2:] or ["20"])[0]), int((sys.argv[3:] or ["1"])[0])
    sys.path.insert(0, folder)
    caller = Caller(importlib.import_module("klokuur"), seed)
    tally, calls = Tally(caller.module), every(caller)
    # Each reader finds the documents that it takes.
    readers = [(name, call) for name, call in calls if reads_text(caller, name)]
    for text in list(caller.texts):
        caller.forced = text
        for name, call in readers:
            tally.watch(name, call)
    caller.forced = None
    for _ in range(rounds):
        for name, call in calls:
            tally.watch(name, call)
    # What needs luck gets more of it.
    for name, call in calls:
        for _ in range(TRIES * rounds if not tally.answered[name] else 0):
            tally.watch(name, call)
            if tally.answered[name]:
                break
    crossed = sum((tally.answered + tally.refused).values())
    print(f"{len(calls)} functions and methods of {len(objects(caller.module))} classes, {crossed} calls: "
          f"{sum(tally.answered.values())} answered, {sum(tally.refused.values())} refused in our words")  # fmt: skip
    print(f"only refused: {', '.join(sorted(name for name, _ in calls if not tally.answered[name])) or 'none'}")
    never = sorted(name for name, _ in calls if not tally.answered[name] + tally.refused[name])
    answering = {name.partition(".")[0] for name in tally.answered}
    never += sorted(cls.__name__ for cls in objects(caller.module) if cls.__name__ not in answering)
    # Few rounds say nothing of what luck has left out.
    never = never if rounds >= 10 else []
    if never:
        print(f"left out: {', '.join(never)}", file=sys.stderr)
    for name, words in tally.panics.items():
        print(f"{name}: a panic crossed: {words}", file=sys.stderr)
    return int(bool(tally.panics or never))


def reads_text(caller: Caller, name: str) -> bool:
    """Whether an object is made from one text."""
    owner, _, one = name.partition(".")
    made = vars(getattr(caller.module, owner)).get(one) if one else None
    return isinstance(made, classmethod) and list(caller.hints(made.__func__).values()) == [str]


if __name__ == "__main__":
    sys.exit(main())
