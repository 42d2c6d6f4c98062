"""Rulebooks: every number of the domain as a dated document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date as _date
from functools import cache
from typing import Any, Self

from klokuur import _klokuur
from klokuur._errors import InvalidValueError
from klokuur._fingerprints import Fingerprints
from klokuur._given import instance_of, items_of, type_of
from klokuur._klokuur import Schedule
from klokuur._records import Shown
from klokuur._rule_path import named, put
from klokuur._rules import (
    CaseRules,
    ClockRules,
    Confidence,
    InsightRules,
    LadderRule,
    MessageRules,
    NormRule,
    PhoneRules,
    PolicyPointsRules,
    ScoreRules,
    StandardRule,
    StrikeRules,
    SurveyRules,
    WeekRules,
)

__all__ = ["Rulebook", "RulebookHistory"]


class Rulebook(Shown):
    """Every number of one marketplace's rules, for the days it is in force. Immutable.

    >>> import klokuur
    >>> rules = klokuur.Rulebook.bol()
    >>> rules.case.first_response_hours, rules.norm("RESPONSE_TIME").count_limit
    (24, 10)
    >>> stricter = rules.with_values({"case.warn_after_hours": 12})
    >>> stricter.case.warn_after_hours, stricter == rules
    (12, False)
    """

    __slots__ = ("_core",)
    _core: _klokuur.RulebookCore

    def __init__(self, document: Mapping[str, Any]) -> None:
        """A rulebook of a document, as ``to_dict`` gives it.

        Raises InvalidRulebookError with every fault and its path.
        """
        given: Any = document
        if isinstance(given, str):
            raise TypeError(
                "a rulebook is made of its document, not of a text: one that comes with the library is "
                f"Rulebook.shipped({given[:40]!r}); a file's text goes to Rulebook.from_toml or from_json"
            )
        self._core = _klokuur.RulebookCore.from_dict(document)

    @classmethod
    def _made(cls, core: _klokuur.RulebookCore) -> Self:
        made = object.__new__(cls)
        made._core = core
        return made

    @classmethod
    def bol(cls) -> Self:
        """The rules of bol that are in force now; they judge every week. Each week by the rules of its time: ``rules="bol"``."""
        return cls.shipped("bol")

    @classmethod
    def shipped(cls, name: str) -> Self:
        """A rulebook that comes with the library: one of ``names()``, or ``bol`` for the newest of bol.

        Those of other marketplaces are to be checked before use; ``confidence`` says how sure they are.

        >>> import klokuur
        >>> klokuur.Rulebook.shipped("amazon").schedule().hours
        '24/7'

        Raises UnknownNameError for another name.
        """
        return cls._made(_klokuur.RulebookCore.shipped(name))

    @staticmethod
    def names() -> list[str]:
        """The names of the rulebooks that come with the library."""
        return _klokuur.RulebookCore.names()

    @staticmethod
    def shipped_toml(name: str) -> str:
        """The document of a shipped rulebook, with its remarks: a start for one's own."""
        return _klokuur.RulebookCore.shipped_toml(name)

    @classmethod
    def from_toml(cls, text: str) -> Self:
        """Reads a rulebook from TOML.

        >>> import klokuur
        >>> klokuur.Rulebook.from_toml("name = 1")
        Traceback (most recent call last):
        ...
        klokuur.InvalidRulebookError: the rulebook has ...

        Raises InvalidDocumentError for a text that is no TOML, InvalidRulebookError with every fault and its path.
        """
        return cls._made(_klokuur.RulebookCore.from_toml(text))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads a rulebook from JSON.

        Raises InvalidDocumentError for a text that is no JSON, InvalidRulebookError with every fault and its path.
        """
        return cls._made(_klokuur.RulebookCore.from_json(text))

    @staticmethod
    def json_schema() -> dict[str, Any]:
        """The JSON Schema of a rulebook."""
        schema: dict[str, Any] = _klokuur.RulebookCore.json_schema()
        return schema

    def to_toml(self) -> str:
        """The rulebook as TOML, which reads back to the same; of one with a history the newest, without those before it."""
        return self._core.to_toml()

    def to_json(self) -> str:
        """The rulebook as JSON, which reads back to the same; of one with a history the newest, without those before it."""
        return self._core.to_json()

    def to_dict(self) -> dict[str, Any]:
        """The whole document as a dictionary, of one with a history that of the newest; exact numbers are texts in it."""
        document: dict[str, Any] = self._core.plain()
        return document

    def with_values(self, values: Mapping[str, Any]) -> Self:
        """The same rulebook with some values changed, each under its path: ``case.warn_after_hours``,
        ``norms[response_time].threshold``; also in those of its history.

        Raises InvalidRulebookError with every fault and its path, an unknown path among them.
        """
        document = self.to_dict()
        for path, value in instance_of(values, Mapping, "values").items():  # type: ignore[type-abstract]
            put(document, instance_of(path, str, "a path of values"), value)
        changed = type(self)(document)
        history = self.history
        if history is None:
            return changed
        *earlier, _ = history.rulebooks
        # Under an older rulebook a norm may have another place, but it has its name.
        by_name = {named(document, path): value for path, value in values.items()}
        return type(self)._made(RulebookHistory([*(one.with_values(by_name) for one in earlier), changed]).as_rulebook()._core)

    def _section(self, name: str) -> Any:
        return self._core.plain().get(name)

    @property
    def name(self) -> str:
        """The name of this document: ``bol-2026``."""
        name: str = self._section("name")
        return name

    @property
    def marketplace(self) -> str:
        """The marketplace that it describes."""
        marketplace: str = self._section("marketplace")
        return marketplace

    @property
    def about(self) -> str:
        """What it is and what is to be known about it, in words."""
        about: str = self._section("about")
        return about

    @property
    def confidence(self) -> Confidence:
        """How sure it is as a whole."""
        confidence: Confidence = self._section("confidence")
        return confidence

    @property
    def valid_from(self) -> _date:
        """The first day in force."""
        return _date.fromisoformat(self._section("valid_from"))

    @property
    def valid_until(self) -> _date | None:
        """The last day in force; None: still in force."""
        last = self._section("valid_until")
        return None if last is None else _date.fromisoformat(last)

    @property
    def clock(self) -> ClockRules:
        """Which hours count."""
        return ClockRules._of(self._section("clock"))

    @property
    def case(self) -> CaseRules:
        """The numbers of a case."""
        return CaseRules._of(self._section("case"))

    @property
    def week(self) -> WeekRules:
        """When a week is final."""
        return WeekRules._of(self._section("week"))

    @property
    def norms(self) -> tuple[NormRule, ...]:
        """The service norms."""
        return tuple(NormRule._of(norm) for norm in self._section("norms"))

    @property
    def strikes(self) -> StrikeRules | None:
        """Strikes; None: the marketplace gives no strikes of this kind."""
        rules = self._section("strikes")
        return None if rules is None else StrikeRules._of(rules)

    @property
    def policy_points(self) -> PolicyPointsRules | None:
        """Policy points; None: the marketplace has no such ladder."""
        rules = self._section("policy_points")
        return None if rules is None else PolicyPointsRules._of(rules)

    @property
    def standards(self) -> tuple[StandardRule, ...]:
        """Performance standards over other periods than weeks; empty: the norms are all."""
        return tuple(StandardRule._of(standard) for standard in self._section("standards") or ())

    @property
    def ladders(self) -> tuple[LadderRule, ...]:
        """The ladders of those standards."""
        return tuple(LadderRule._of(ladder) for ladder in self._section("ladders") or ())

    @property
    def score(self) -> ScoreRules | None:
        """The performance score; None: the marketplace has no such score."""
        rules = self._section("score")
        return None if rules is None else ScoreRules._of(rules)

    @property
    def survey(self) -> SurveyRules:
        """The survey after customer contact."""
        return SurveyRules._of(self._section("survey"))

    @property
    def phone(self) -> PhoneRules | None:
        """Phone availability; None: not asked."""
        rules = self._section("phone")
        return None if rules is None else PhoneRules._of(rules)

    @property
    def insight(self) -> InsightRules:
        """Insights and signals."""
        return InsightRules._of(self._section("insight"))

    @property
    def message(self) -> MessageRules:
        """Mails to customers."""
        return MessageRules._of(self._section("message"))

    def norm(self, name: str) -> NormRule:
        """The norm with this name, or with this name in the Retailer API.

        Raises UnknownNameError for a name that no norm of this rulebook has.
        """
        return NormRule._of(self._core.norm(name))

    def schedule(self) -> Schedule:
        """The schedule of the clock hours, with the holidays that this rulebook names."""
        return self._core.schedule()

    def for_country(self, country: str) -> Self:
        """The same rules with the holidays of the seller's own country: ``BE``, ``DE-BY``, …

        Raises UnknownNameError for a country that is not built in.
        """
        return self._made(self._core.for_country(country))

    @property
    def history(self) -> RulebookHistory | None:
        """The rulebooks that it stands for, when it judges each week by the rules of its time; None: it judges all weeks itself."""
        core = self._core.history()
        return None if core is None else RulebookHistory(Rulebook._made(one) for one in core.rulebooks())

    def is_in_force(self, date: _date) -> bool:
        """Whether the rulebook is in force on a day."""
        return self._core.is_in_force(date)

    def fingerprint(self) -> str:
        """A stable hash of all values, of its history too: the same rules give the same fingerprint in every language."""
        return self._core.fingerprint()

    @property
    def fingerprints(self) -> Fingerprints:
        """Those of its own clock hours and of its rules: what `evaluate` and a book without other hours judge by."""
        return Fingerprints._of(self._core.fingerprints())

    def __eq__(self, other: object) -> bool:
        return self._core == other._core if isinstance(other, Rulebook) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.fingerprint())

    def __reduce__(self) -> tuple[Any, ...]:
        history = self._core.history()
        if history is None:
            return (type(self).from_json, (self.to_json(),))
        return (_of_history, ([Rulebook._made(core) for core in history.rulebooks()],))

    def __repr__(self) -> str:
        return f"<Rulebook {self.name}, from {self.valid_from}, confidence {self.confidence}>"


class RulebookHistory(Shown):
    """The rulebooks of one marketplace through time, without overlaps. Immutable.

    A week is judged by the rulebook in force on its Monday (ours). Where rules are asked for, a history will do: each week is
    judged by its own. That of bol is the default.

    >>> import klokuur
    >>> history = klokuur.RulebookHistory.bol()
    >>> [history.for_week(week).strikes.window.weeks for week in ("2021-W52", "2022-W01")]
    [24, 22]

    Raises InvalidRulebookError for two rulebooks on one day, two marketplaces, or none at all.
    """

    __slots__ = ("_core",)
    _core: _klokuur.RulebookHistoryCore

    def __init__(self, rulebooks: Iterable[Rulebook]) -> None:
        self._core = _klokuur.RulebookHistoryCore([book._core for book in items_of(rulebooks, Rulebook, "rulebooks")])

    @classmethod
    def bol(cls) -> Self:
        """The regimes of bol."""
        made = object.__new__(cls)
        made._core = _klokuur.RulebookHistoryCore.bol()
        return made

    def as_rulebook(self) -> Rulebook:
        """The newest rulebook, with the earlier ones for the weeks in which they were in force."""
        return Rulebook._made(self._core.as_rulebook())

    @property
    def rulebooks(self) -> tuple[Rulebook, ...]:
        """All rulebooks, oldest first."""
        return tuple(Rulebook._made(core) for core in self._core.rulebooks())

    @property
    def newest(self) -> Rulebook:
        """The rulebook with the latest days."""
        return self.rulebooks[-1]

    def for_date(self, date: _date) -> Rulebook:
        """The rulebook in force on a day.

        Raises OutOfRangeError for a day before the first, after the last, or in a gap.
        """
        return Rulebook._made(self._core.for_date(date))

    def for_week(self, week: str) -> Rulebook:
        """The rulebook that a week is judged by: the one in force on its Monday.

        Raises OutOfRangeError for a week whose Monday no rulebook covers.
        """
        return Rulebook._made(self._core.for_week(week))

    def fingerprint(self) -> str:
        """A stable hash of all its rulebooks: the same histories give the same fingerprint in every language."""
        return self.as_rulebook().fingerprint()

    def __eq__(self, other: object) -> bool:
        return self._core == other._core if isinstance(other, RulebookHistory) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.fingerprint())

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (list(self.rulebooks),))

    def __repr__(self) -> str:
        return f"<RulebookHistory {', '.join(rulebook.name for rulebook in self.rulebooks)}>"


def _of_history(rulebooks: list[Rulebook]) -> Rulebook:
    return RulebookHistory(rulebooks).as_rulebook()


@cache
def _bol() -> Rulebook:
    return RulebookHistory.bol().as_rulebook()


def rules_or_bol(rules: Rulebook | RulebookHistory | str | None) -> Rulebook:
    """The rules given, those that come with the library under a name, or those of bol, each week by the rules of its time.

    ``bol`` as a text is what holds without any: the history. ``Rulebook.bol()`` is its newest rulebook, which judges every week.
    """
    if rules is None:
        return _bol()
    if isinstance(rules, str):
        return _bol() if rules == "bol" else Rulebook.shipped(rules)
    if isinstance(rules, RulebookHistory):
        return rules.as_rulebook()
    if not isinstance(rules, Rulebook):
        accepted = "a Rulebook, as Rulebook.bol(), or the name of a shipped one"
        raise TypeError(f"rules must be {accepted}, not {type_of(rules)}")
    return rules


def rules_by_week(rules: Rulebook) -> Callable[[str], Rulebook]:
    """The rulebook that a week is judged by, as a function of the week."""
    history = rules.history
    return (lambda week: rules) if history is None else history.for_week


def signature_of(rules: Rulebook) -> str:
    """What a frame says of the rules that it was made by: their name (of a history the marketplace's) and fingerprint."""
    return f"{rules.name if rules.history is None else rules.marketplace} {rules.fingerprint()}"


def rules_of(signatures: Iterable[Any], rules: Rulebook | RulebookHistory | str | None) -> Rulebook:
    """The rules given, or those that the rows of a frame say they were made by; never others in silence."""
    if rules is not None:
        return rules_or_bol(rules)
    said = sorted({str(signature) for signature in signatures})
    if len(said) != 1:
        what = "that do not say their rules" if not said else f"made by different rules, {' and '.join(said[:3])}"
        raise InvalidValueError(f'cases {what} are not valid without rules: give them, as rules="bol"')
    return _shipped_that_says(said[0], signature_of)


def rules_that_judged(by: Fingerprints | None, rules: Rulebook | RulebookHistory | str | None) -> Rulebook:
    """The rules given, those that judged the records of a book, or bol's for records that say none; never others in silence."""
    if rules is not None or by is None:
        return rules_or_bol(rules)
    return _shipped_that_says(by.rules, Rulebook.fingerprint)


def _shipped_that_says(said: str | None, of: Callable[[Rulebook], str]) -> Rulebook:
    for shipped in (_bol(), *map(Rulebook.shipped, Rulebook.names())):
        if of(shipped) == said:
            return shipped
    raise InvalidValueError(f"cases made by the rules `{said}` are not valid without those rules: give them, as rules=")
