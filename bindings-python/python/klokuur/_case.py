"""Customer cases: the events of the log and the book that follows them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, Literal, Self

from klokuur import _klokuur
from klokuur._errors import KlokuurError
from klokuur._fingerprints import Fingerprints, warn_of_changes
from klokuur._frames import Rows, kind_of
from klokuur._given import instance_of
from klokuur._klokuur import Schedule
from klokuur._moments import zone_of
from klokuur._norm import WeekNumbers, WeekResult, judge
from klokuur._records import Record, Shown
from klokuur._rulebook import Rulebook, rules_or_bol
from klokuur._rules import Basis
from klokuur._schedule import Explanation, Language

if TYPE_CHECKING:
    from klokuur._log import LogMapping

__all__ = [
    "Amount",
    "Applied",
    "Case",
    "CaseBook",
    "CaseEvent",
    "CaseOutcome",
    "CaseRow",
    "DomainEvent",
    "Happening",
    "KeptAside",
    "KnownAlready",
    "Message",
    "RefusedEvent",
    "RefusedRow",
    "SurveyAnswer",
    "Taken",
]

CaseClock = Literal["first_response", "request", "follow_up", "forwarded"]
CaseKind = Literal["question", "return", "cancellation"]
CaseStatus = Literal[
    "waiting_for_seller", "waiting_for_customer", "follow_up_later", "with_marketplace", "closed"
]
ClockState = Literal[
    "not_started", "running", "outside_hours", "paused", "met", "breached", "cancelled"
]
EventKind = Literal[
    "opened",
    "phone_contact",
    "forwarded",
    "reopened",
    "described",
    "received",
    "customer_message",
    "seller_message",
    "follow_up",
    "handed_over",
    "returned",
    "handled",
    "closed",
    "survey_answered",
    "corrected",
]
Party = Literal["customer", "marketplace", "seller"]
ShippingMethod = Literal["own", "vvb", "lvb"]


@dataclass(frozen=True, slots=True)
class Amount(Record):
    """An amount of time together with what it counts: clock hours, or all hours."""

    basis: Basis
    """What it counts."""
    amount: timedelta
    """How much."""

    @classmethod
    def _of(cls, plain: Any, zone: tzinfo | None = None) -> Self:
        [(basis, amount)] = plain.items()
        return super(Amount, cls)._of({"basis": basis, "amount": amount}, zone)

    def __str__(self) -> str:
        return f"{self.amount}{' elapsed' if self.basis == 'elapsed' else ''}"


@dataclass(frozen=True, slots=True)
class CaseEvent(Record):
    """One event of the case log, flat as a row of it: ``case``, ``at``, ``event`` and what that event carries.

    >>> from datetime import datetime, UTC
    >>> import klokuur
    >>> opened = klokuur.CaseEvent("K-1", datetime(2026, 3, 13, 14, tzinfo=UTC), "opened", subject="delivery")
    >>> opened.subject
    'delivery'
    """

    case: str
    """The case number."""
    at: datetime
    """When it happened."""
    event: EventKind
    """What happened."""
    id: str | None = None
    """The event's own id, unique within its case."""
    origin: Party | None = None
    """``opened``: who opened it; ``customer`` when None."""
    kind: CaseKind | None = None
    """``opened``: the kind of case; ``question`` when None."""
    order: str | None = None
    """``opened``, ``described``, ``phone_contact``: the order number."""
    ordered_at: datetime | None = None
    """``opened``: when the order was placed."""
    customer: str | None = None
    """``opened``, ``described``, ``phone_contact``: the customer's name."""
    subject: str | None = None
    """``opened``, ``described``, ``phone_contact``: the subject."""
    item: str | None = None
    """``opened``, ``described``, ``phone_contact``: the item."""
    defect: str | None = None
    """``opened``, ``described``, ``phone_contact``: the defect."""
    agent: str | None = None
    """``opened``, ``described``, ``phone_contact``: who answers."""
    priority: str | None = None
    """``opened``, ``described``, ``phone_contact``: how urgent it is, in the seller's own words."""
    shipping_method: ShippingMethod | None = None
    """``opened``: how the order is shipped: by the seller, with the marketplace's labels, or by the marketplace."""
    text: str | None = None
    """``opened``, ``customer_message``, ``seller_message``, ``phone_contact``: the message's text, what was said."""
    automatic: bool | None = None
    """``seller_message``: an automatic acknowledgement."""
    until: datetime | None = None
    """``follow_up``: until when."""
    by: Party | None = None
    """``closed``, ``reopened``: by whom; ``seller`` when None. ``phone_contact``: who called; ``customer`` when None."""
    explanation: str | None = None
    """``closed``: the explanation."""
    result: str | None = None
    """``handled``: the result."""
    scores: tuple[tuple[str, int], ...] | None = None
    """``survey_answered``: the scores by area; a mapping will do."""
    corrects: str | None = None
    """``corrected``: the id of the event that was recorded wrongly."""
    right_event: EventKind | None = None
    """``corrected``: what really happened, with that event's own fields beside it; None when nothing happened."""
    right_at: datetime | None = None
    """``corrected``: when it really happened."""

    def __post_init__(self) -> None:
        if isinstance(self.scores, Mapping):
            object.__setattr__(self, "scores", tuple(self.scores.items()))

    @classmethod
    def _of(cls, plain: Any, zone: tzinfo | None = None) -> Self:
        scores = plain.get("scores")
        return super(CaseEvent, cls)._of(
            plain if scores is None else {**plain, "scores": list(scores.items())}, zone
        )

    def to_dict(self) -> dict[str, Any]:
        """The fields that the event has, as a row of the log."""
        fields = {name: getattr(self, name) for name in self.__dataclass_fields__}
        if self.scores is not None:
            fields["scores"] = dict(self.scores)
        return {name: value for name, value in fields.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Happening(Record):
    """What became so."""

    kind: Literal[
        "opened",
        "forwarded",
        "warned",
        "breached",
        "answered",
        "follow_up_due",
        "returned_to_marketplace",
        "lapsed",
        "closed",
        "reopened",
        "survey_due",
    ]
    """What."""
    clock: CaseClock | None
    """``warned``, ``breached``, ``answered``: the clock."""
    due: datetime | None
    """``warned``: the clock's deadline."""
    in_time: bool | None
    """``answered``: whether at the deadline or before."""
    origin: Party | None
    """``opened``: who opened it."""
    by: Party | None
    """``closed``: by whom."""


@dataclass(frozen=True, slots=True)
class DomainEvent(Record):
    """Something that an application may want to tell the seller."""

    case: str
    """The case number."""
    at: datetime
    """When it became so."""
    what: Happening
    """What became so."""
    retracted: bool
    """It was told earlier, and an event that arrived late, or a correction, shows that it was never so."""


@dataclass(frozen=True, slots=True)
class CaseRow(Record):
    """One line of the overview."""

    number: str
    """The case number."""
    order: str | None
    """The order number."""
    customer: str | None
    """The customer's name."""
    subject: str | None
    """The subject."""
    item: str | None
    """The item."""
    defect: str | None
    """The defect."""
    agent: str | None
    """Who answers."""
    priority: str | None
    """How urgent it is, in the seller's own words."""
    shipping_method: ShippingMethod | None
    """How the order is shipped."""
    kind: CaseKind
    """The kind of case."""
    origin: Party
    """Who opened it."""
    status: CaseStatus
    """Where it stands."""
    opened_at: datetime
    """When it was opened."""
    closed_at: datetime | None
    """When it was closed."""
    clock: CaseClock | None
    """The running clock with the earliest deadline; None when nothing is due."""
    state: ClockState
    """Where that clock stands; without a running clock, how the last one of the first response ended."""
    due: datetime | None
    """When an answer is due at the latest."""
    elapsed: Amount | None
    """What that clock has counted."""
    remaining: Amount | None
    """What is left to it, never below zero."""
    late: Amount | None
    """What it has counted beyond its target; zero when it is not late."""
    is_open_long: bool
    """Shown as open for a long time: the warning of a running clock has come."""
    goes_back_at: datetime | None
    """When a forwarded case goes back to the marketplace by itself."""
    follow_up_at: datetime | None
    """When the case is to be followed up."""
    customer_messages: int
    """How often the customer wrote, the opening included."""
    seller_messages: int
    """How often the seller wrote, automatic acknowledgements not counted."""
    why: Explanation | None
    """Why it is due then: the stretches from the clock's start to its deadline, counted and skipped."""


@dataclass(frozen=True, slots=True)
class Message(Record):
    """One message of a case."""

    at: datetime
    """When it was sent."""
    sender: Literal["customer", "seller", "marketplace"]
    """Who sent it."""
    automatic: bool
    """An automatic acknowledgement."""
    text: str | None
    """The text, when known."""

    @classmethod
    def _of(cls, plain: Any, zone: tzinfo | None = None) -> Self:
        return super(Message, cls)._of({**plain, "sender": plain["from"]}, zone)


@dataclass(frozen=True, slots=True)
class SurveyAnswer(Record):
    """One answer of the customer to a survey."""

    at: datetime
    """When it was given."""
    scores: tuple[tuple[str, int], ...]
    """The scores by area."""

    @classmethod
    def _of(cls, plain: Any, zone: tzinfo | None = None) -> Self:
        return super(SurveyAnswer, cls)._of(_with_scores(plain), zone)

    def to_dict(self) -> dict[str, Any]:
        """The answer as a dictionary, with its scores by area."""
        return {"at": self.at, "scores": dict(self.scores)}


@dataclass(frozen=True, slots=True)
class RefusedEvent(Record):
    """An event that its case could not take."""

    code: str
    """The stable code of the error."""
    message: str
    """The error's message, which names case, event and time."""


@dataclass(frozen=True, slots=True)
class RefusedRow(Record):
    """A row of an event log that was refused, and why."""

    row: int
    """The row, from 0."""
    code: str
    """The stable code of the error."""
    message: str
    """The error's message."""


@dataclass(frozen=True, slots=True)
class Case(Record):
    """One case with its history."""

    row: CaseRow
    """The line of the overview."""
    survey_at: datetime | None
    """When the survey may go out, or might have; None when the case is not closed or bears none."""
    scores: tuple[tuple[str, int], ...] | None
    """The last answer to a survey, by area."""
    surveys: tuple[SurveyAnswer, ...]
    """Every answer to a survey, oldest first."""
    messages: tuple[Message, ...]
    """The messages, oldest first."""
    explanations: tuple[str, ...]
    """The explanations given when closing, oldest first."""
    fingerprints: Fingerprints
    """What it was judged by."""
    refused: tuple[RefusedEvent, ...]
    """The events that the case could not take."""

    @classmethod
    def _of(cls, plain: Any, zone: tzinfo | None = None) -> Self:
        return super(Case, cls)._of(_with_scores(plain), zone)


@dataclass(frozen=True, slots=True)
class CaseOutcome(Record):
    """How a case came out: one row a case, for norms, insights and overviews."""

    case: str
    """The case number."""
    kind: CaseKind
    """The kind of case."""
    origin: Party
    """Who opened it."""
    status: CaseStatus
    """Where it stands."""
    opened: datetime
    """When it was opened; for a customer's question, when it was asked."""
    is_measured: bool
    """Whether its first response counts for the norm: a question of a customer."""
    due: datetime | None
    """When the first response was due; None when there is none to give."""
    answered: datetime | None
    """When the first response was given."""
    verdict: ClockState
    """How the first response came out."""
    elapsed: Amount | None
    """What the clock of the first response has counted, up to its end or now."""
    closed: datetime | None
    """When the case was closed."""
    closed_by: Party | None
    """By whom it was closed."""
    handling: Amount
    """The clock hours from opening to closing, or to now."""
    follow_ups: int
    """How many replies of the customer asked for an answer."""
    follow_ups_late: int
    """How many of them were or are late."""
    was_forwarded: bool
    """Whether the marketplace's customer service gave it to the seller."""
    was_returned: bool
    """Whether it went back because the seller did not answer."""
    order: str | None
    """The order number."""
    customer: str | None
    """The customer's name."""
    subject: str | None
    """The subject."""
    item: str | None
    """The item."""
    defect: str | None
    """The defect."""
    agent: str | None
    """Who answers."""
    priority: str | None
    """How urgent it is, in the seller's own words."""
    shipping_method: ShippingMethod | None
    """How the order is shipped."""
    handled: datetime | None
    """When a return or a cancellation was handled, the last time."""
    result: str | None
    """The result of that handling."""
    phone_contacts: int
    """How often the seller and the customer spoke by phone."""
    scores: tuple[tuple[str, int], ...] | None
    """The last answer to a survey, by area."""
    surveys: tuple[SurveyAnswer, ...]
    """Every answer to a survey, oldest first."""

    @classmethod
    def _of(cls, plain: Any, zone: tzinfo | None = None) -> Self:
        return super(CaseOutcome, cls)._of(_with_scores(plain), zone)


def _with_scores(plain: Mapping[str, Any]) -> Mapping[str, Any]:
    scores = plain.get("scores")
    return plain if scores is None else {**plain, "scores": list(scores.items())}


class Taken(Rows[DomainEvent]):
    """What an event, and the time up to it, made of the case that took it: rows of domain events."""

    def taken(self) -> Rows[DomainEvent]:
        """The rows themselves."""
        return self


class KnownAlready(Rows[DomainEvent]):
    """The book has had the event before, and its case took it then: nothing changed, and no rows."""

    def taken(self) -> Rows[DomainEvent]:
        """The rows themselves, of which there are none."""
        return self


class KeptAside(Rows[DomainEvent]):
    """The event's case cannot take it: nothing changed, and no rows, but the book keeps it.

    The book takes it should an earlier event that is still missing make it possible.
    """

    error: KlokuurError
    """Why, naming case, event and time."""

    def taken(self) -> Rows[DomainEvent]:
        """Raises the error: for those to whom an event kept aside is one."""
        raise self.error


Applied = Taken | KnownAlready | KeptAside
"""What became of an event that a book keeps; one that it does not keep is raised.

**What a log must hold.** An application that keeps a log of its own keeps every event for which :meth:`CaseBook.apply` answered,
whichever of the three it answered, and the latest ``now`` that it advanced to. A book made of these answers as the one before and
tells nothing twice. Their order does not matter, and an event that stands in the log twice is one.
"""


class CaseBook(Shown):
    """Follows cases: takes events as they come, in any order, and answers what is open, due, at risk or done.

    Times come back in the zone of ``now``.

    >>> from datetime import datetime
    >>> from zoneinfo import ZoneInfo
    >>> import klokuur
    >>> amsterdam = ZoneInfo("Europe/Amsterdam")
    >>> book = klokuur.CaseBook()
    >>> asked = datetime(2026, 3, 13, 15, 0, tzinfo=amsterdam)
    >>> [told.what.kind for told in book.apply({"case": "K-1", "at": asked, "event": "opened"})]
    ['opened']
    >>> now = datetime(2026, 3, 16, 9, 30, tzinfo=amsterdam)
    >>> [told.what.kind for told in book.advance(now)]  # 18 clock hours passed at 09:00
    ['warned']
    >>> row = book.overview(now)[0]
    >>> row.due.isoformat(), str(row.remaining), row.is_open_long
    ('2026-03-16T15:00:00+01:00', '5:30:00', True)
    """

    __slots__ = ("_core", "_rules")
    _core: _klokuur.CaseBookCore
    _rules: Rulebook

    def __init__(self, rules: Rulebook | str | None = None, clock: Schedule | None = None) -> None:
        """An empty book under a rulebook (bol's by default), whose clock hours are the rulebook's or those of ``clock``."""
        self._rules = rules_or_bol(rules)
        self._core = _klokuur.CaseBookCore(self._rules._core, clock)

    @property
    def rules(self) -> Rulebook:
        """The rules that the book follows."""
        return self._rules

    @property
    def clock(self) -> Schedule:
        """The schedule whose hours are clock hours."""
        return self._core.schedule()

    @property
    def fingerprints(self) -> Fingerprints:
        """What all its answers are judged by: its clock hours, their holidays, its rules, the time zone data."""
        return Fingerprints._of(self._core.fingerprints())

    def saved(self) -> str:
        """All that there is to save, as a JSON text that every language reads: events, how far time has passed, fingerprints.

        >>> import klokuur
        >>> klokuur.CaseBook.restore(klokuur.CaseBook().saved())
        <CaseBook bol-2026, 0 cases>
        """
        return self._core.saved_json()

    @property
    def position(self) -> int:
        """How many events came to the book, through saving and restoring: what the next save goes on from."""
        return self._core.position()

    def saved_since(self, position: int) -> tuple[str, int, bool]:
        """What came since the save that ended at ``position``: the next line of a journal, what the one after it goes on from, and
        whether it is a whole save.

        :meth:`restore` reads a journal as it reads one save. A save is whole at position 0, and when the book cannot go on from there, as
        after :meth:`erase_customer`: it takes the place of all lines before it, so write the file anew.

        >>> import klokuur
        >>> book = klokuur.CaseBook()
        >>> journal, position, is_whole = book.saved_since(0)
        >>> told = book.apply({"case": "K-1", "at": "2026-03-13T15:00:00+01:00", "event": "opened"})
        >>> line, position, is_whole = book.saved_since(position)
        >>> is_whole, klokuur.CaseBook.restore(journal + "\\n" + line)
        (True, <CaseBook bol-2026, 1 cases>)
        """
        return self._core.saved_since(position)

    def erase_case(self, number: str) -> bool:
        """Erases the customer's name and all texts of one case, and says whether there is such a case.

        Status, clocks, counts and outcomes stay. What was saved before still holds them: write the next save, a whole one, in its
        place. It costs as much as restoring the book. An event that comes again with its texts is another event now.
        """
        return self._core.erase_case(number)

    def erase_customer(self, name: str) -> list[str]:
        """The same for every case of which an event names this customer, and the numbers of these cases.

        Accents, upper and lower case make no difference, and two customers of one name are one.

        >>> import klokuur
        >>> book = klokuur.CaseBook()
        >>> opened = {"case": "K-1", "at": "2026-03-13T15:00:00+01:00", "event": "opened", "customer": "Joëlle Peeters"}
        >>> told = book.apply(opened)
        >>> book.erase_customer("joelle peeters"), "Peeters" in book.saved()
        (['K-1'], False)
        """
        return self._core.erase_customer(name)

    @classmethod
    def restore(cls, saved: str, rules: Rulebook | str | None = None, clock: Schedule | None = None) -> Self:
        """The book that was :meth:`saved`: it answers as that one did, and tells nothing a second time.

        Raises InvalidDocumentError for a text that is no save, and where hours, holidays, rules or time zone data are others
        than those that the save was judged by: every one that changed is named.
        """
        return cls._kept(_klokuur.CaseBookCore.of_saved, saved, rules, clock, anew=False)

    @classmethod
    def restore_anew(cls, saved: str, rules: Rulebook | str | None = None, clock: Schedule | None = None) -> Self:
        """The book that was :meth:`saved`, judged by these rules and hours whatever it was judged by before.

        Nothing is told of verdicts that are others now.
        """
        return cls._kept(_klokuur.CaseBookCore.of_saved, saved, rules, clock, anew=True)

    def snapshot(self) -> bytes:
        """The whole book as bytes, with where each case stands, which :meth:`restore_snapshot` reads without folding a case again.

        It is a whole save at :attr:`position`: what :meth:`saved_since` gives from there on is what came after it, for :meth:`catch_up`.
        The bytes are the same in every language and on every machine.

        >>> import klokuur
        >>> book = klokuur.CaseBook()
        >>> told = book.apply({"case": "K-1", "at": "2026-03-13T15:00:00+01:00", "event": "opened"})
        >>> snapshot, position = book.snapshot(), book.position
        >>> told = book.apply({"case": "K-2", "at": "2026-03-13T16:00:00+01:00", "event": "opened"})
        >>> again = klokuur.CaseBook.restore_snapshot(snapshot)
        >>> again.catch_up(book.saved_since(position)[0])
        >>> again, again.position
        (<CaseBook bol-2026, 2 cases>, 2)
        """
        return self._core.snapshot()

    def catch_up(self, journal: str) -> None:
        """Takes what came since this book was saved at its :attr:`position`: lines that :meth:`saved_since` gave. Nothing is told of it.

        A whole save takes the place of all that the book holds. Raises InvalidDocumentError for a text that is no save, and for one
        that goes on from another position or was judged by others: then nothing changed.
        """
        self._core.catch_up(journal)

    @classmethod
    def restore_snapshot(
        cls, snapshot: bytes, rules: Rulebook | str | None = None, clock: Schedule | None = None
    ) -> Self:
        """The book of a :meth:`snapshot`: it answers as that one did, and tells nothing a second time.

        Raises InvalidDocumentError for bytes that are no snapshot, are cut off or were changed, and where hours, holidays, rules
        or time zone data are others than those that it was judged by: every one that changed is named.
        """
        return cls._kept(_klokuur.CaseBookCore.of_snapshot, snapshot, rules, clock, anew=False)

    @classmethod
    def restore_snapshot_anew(
        cls, snapshot: bytes, rules: Rulebook | str | None = None, clock: Schedule | None = None
    ) -> Self:
        """The book of a :meth:`snapshot`, judged by these rules and hours whatever it was judged by before."""
        return cls._kept(_klokuur.CaseBookCore.of_snapshot, snapshot, rules, clock, anew=True)

    @classmethod
    def _kept(
        cls, read: Callable[..., Any], kept: str | bytes, rules: Rulebook | str | None, clock: Schedule | None, *, anew: bool
    ) -> Self:
        book = cls.__new__(cls)
        book._rules = rules_or_bol(rules)
        book._core = read(book._rules._core, clock, kept, anew)
        return book

    def apply(self, event: CaseEvent | Mapping[str, Any], now: datetime | None = None) -> Applied:
        """Takes one event and says what became of it, with what it, and the time up to it, made of its case.

        An event that comes late is put in its place: what turns out never to have been is ``retracted``. The same event a
        second time changes nothing. What a log of the application's own must hold stands at :data:`Applied`: every event for
        which this answers.

        With ``now``, the time on the caller's clock, an event dated more than five minutes later is refused: without it, one
        of a year to come lets time pass for its case, whose deadlines are all missed then.

        Raises, and keeps nothing: OutOfRangeError for a time outside the supported years, or one that ``now`` cannot know;
        InvalidDocumentError for a row that is no event.

        >>> import klokuur
        >>> book = klokuur.CaseBook()
        >>> applied = book.apply({"case": "K-1", "at": "2026-03-13T16:00:00+01:00", "event": "seller_message"})
        >>> match applied:
        ...     case klokuur.Taken():
        ...         print([told.what.kind for told in applied])
        ...     case klokuur.KeptAside():
        ...         print(applied.error.code)
        ...     case klokuur.KnownAlready():
        ...         print("came before")
        impossible_transition
        """
        outcome, told, error = self._core.apply(event, now)
        rows: Applied = _APPLIED[outcome](_told(told, _zone_of_event(event)))
        if isinstance(rows, KeptAside) and error is not None:
            rows.error = error
        return rows

    def apply_all(
        self, events: Iterable[CaseEvent | Mapping[str, Any]], now: datetime | None = None
    ) -> tuple[Rows[DomainEvent], list[KlokuurError]]:
        """Takes many events in the order given: what they made of their cases, and an error for each refused one.

        The errors name their row in ``row``. One that is an ImpossibleTransitionError was kept aside and may still find its place
        when an earlier one comes late: :meth:`refused` tells how it stands. An event of another error is not kept. With ``now``,
        events dated more than five minutes later are refused so.
        """
        if kind_of(events) is not None:
            raise TypeError("an event log in a data frame is loaded, not applied: book.load(events)")
        events = list(events)
        happened, refused = self._core.apply_all(events, False, now)
        zone = _zone_of_event(events[0]) if events else None
        return _told(happened, zone), _placed(refused)

    def load(
        self,
        events: Iterable[CaseEvent | Mapping[str, Any]] | Any,
        until: datetime | None = None,
        *,
        mapping: LogMapping = None,
    ) -> list[KlokuurError]:
        """Takes many events of the past, in any order; nothing is told of them. Gives an error for each that stays refused.

        An event log in a data frame or a file, as :func:`evaluate` takes it, will do, with the ``mapping`` of another system's: events
        after ``until`` are not taken, and a row that is no event is refused with the others. The errors name their row in
        ``row``. Raises InvalidDocumentError when a needed column is missing or no row can be read.

        >>> from datetime import datetime, UTC
        >>> import klokuur
        >>> book = klokuur.CaseBook()
        >>> log = {"case": ["K-1", "K-1"], "at": ["2026-03-16T15:00:00+01:00"] * 2, "event": ["opened", "arrived"]}
        >>> [(error.row, error.code) for error in book.load(log)], len(book)
        ([(1, 'unknown_name')], 1)
        """
        if kind_of(events) is not None or isinstance(events, (str, os.PathLike)):
            from klokuur._log import log_and_file

            log, file = log_and_file(events, mapping)
            log.check()
            refused = [*([] if file is None else file.broken), *log.refused(), *self._core.load_log(log, until)]
            return _placed(sorted(refused, key=lambda found: found[0]))
        taken = list(events)
        if until is not None:
            taken = [event for event in taken if _at(event) <= until]
        return _placed(self._core.apply_all(taken, True)[1])

    def advance(self, now: datetime) -> Rows[DomainEvent]:
        """Lets time pass up to ``now`` and gives what it made of the cases, in order of time."""
        return _told(self._core.advance(now), zone_of(now))

    def coming(self, until: datetime) -> Rows[DomainEvent]:
        """What :meth:`advance` up to ``until`` would tell, if no event comes before; the book does not change."""
        return _told(self._core.coming(until), zone_of(until))

    def sentence(self, event: DomainEvent, language: Language = "english") -> str:
        """What was told, as one sentence with its times on the wall clock of the book's zone."""
        return self._core.sentence(instance_of(event, DomainEvent, "event").to_dict(), language)

    def next_wake_up(self, now: datetime) -> datetime | None:
        """When :meth:`advance` has something to tell, if no event comes before; None when no case waits for time."""
        return self._core.next_wake_up(now)

    def overview(self, now: datetime, skip: int = 0, count: int | None = None) -> Rows[CaseRow]:
        """The cases that the seller sees as open, the oldest first, because it has priority: ``count`` after the first ``skip``."""
        return _rows(self._core.overview(now, skip, count), zone_of(now), self.fingerprints)

    def with_marketplace(self, now: datetime) -> Rows[CaseRow]:
        """The cases that are with the marketplace's customer service, hidden from the overview, the oldest first."""
        return _rows(self._core.with_marketplace(now), zone_of(now), self.fingerprints)

    def completed(self, now: datetime, skip: int = 0, count: int | None = None) -> Rows[CaseRow]:
        """The closed cases, the one closed last first: ``count`` rows after the first ``skip``."""
        return _rows(self._core.completed(now, skip, count), zone_of(now), self.fingerprints)

    def find(self, text: str, now: datetime) -> Rows[CaseRow]:
        """The cases with this case number or order number, or with the beginnings of all these words in what is known and said.

        Upper and lower case are one, and accents are left aside. When no number is the text, numbers that begin so count.
        """
        return _rows(self._core.find(text, now), zone_of(now), self.fingerprints)

    def case(self, number: str, now: datetime) -> Case | None:
        """One case as it stood at ``now``, with its messages; None when it had not been opened."""
        found = self._core.case(number, now)
        return None if found is None else Case._of(found, zone_of(now))

    def outcomes(self, now: datetime) -> Rows[CaseOutcome]:
        """How every case stood at ``now``, by case number."""
        found = (CaseOutcome._of(outcome, zone_of(now)) for outcome in self._core.outcomes(now))
        return Rows._judged_by(found, self.fingerprints)

    def response_weeks(self, now: datetime) -> Rows[WeekNumbers]:
        """The response-time numbers of every week with a question, oldest first."""
        found = (WeekNumbers._of(numbers, zone_of(now)) for numbers in self._core.response_weeks(now))
        return Rows._judged_by(found, self.fingerprints)

    def week(self, week: str, now: datetime) -> WeekResult:
        """The response-time norm of one week, judged as things stand at ``now``."""
        return judge(WeekNumbers._of(self._core.week(week, now), zone_of(now)), now, self._rules)

    def weeks(self, now: datetime) -> Rows[WeekResult]:
        """The response-time norm of every week with a question, judged as things stand at ``now``."""
        return judge(self.response_weeks(now), now, self._rules)

    def events(self) -> Rows[CaseEvent]:
        """Every event that the book keeps, in the order in which they came, refused ones too.

        A book is kept by :meth:`saved`. It pickles and copies as well, and goes on where it stopped: it tells nothing a second time.
        """
        return Rows(CaseEvent._of(event) for event in self._core.events())

    @property
    def advanced_to(self) -> datetime | None:
        """The latest ``now`` that :meth:`advance` was called with, in UTC; None before the first call."""
        return self._core.advanced_to()

    def refused(self) -> tuple[RefusedEvent, ...]:
        """The events that their cases cannot take, by case."""
        return tuple(RefusedEvent._of(refused) for refused in self._core.refused())

    @classmethod
    def _restored(
        cls, rules: Rulebook, clock: Schedule, events: str, advanced_to: str | None, then: Fingerprints | None = None
    ) -> Self:
        book = cls.__new__(cls)
        book._rules = rules
        book._core = _klokuur.CaseBookCore.restored(rules._core, clock, events, advanced_to)
        if then is not None:
            warn_of_changes(then, book.fingerprints)
        return book

    def __reduce__(self) -> tuple[Any, ...]:
        return self._restored, (self._rules, self.clock, *self._core.saved(), self.fingerprints)

    if not TYPE_CHECKING:

        def __getitem__(self, number: Any) -> Any:
            raise TypeError("a case is asked for as it stood at an instant: book.case(number, now)")

        def __iter__(self) -> Any:
            raise TypeError("cases are asked for as they stood at an instant: book.overview(now), book.outcomes(now)")

    def __len__(self) -> int:
        """How many cases were opened."""
        return len(self._core)

    def __repr__(self) -> str:
        return f"<CaseBook {self._rules.name}, {len(self)} cases>"


def _rows(plain: Any, zone: tzinfo | None, by: Fingerprints) -> Rows[CaseRow]:
    return Rows._judged_by((CaseRow._of(row, zone) for row in plain), by)


def _told(plain: Any, zone: tzinfo | None) -> Rows[DomainEvent]:
    return Rows(DomainEvent._of(event, zone) for event in plain)


_APPLIED: dict[str, type[Applied]] = {"taken": Taken, "known_already": KnownAlready, "kept_aside": KeptAside}


def _placed(refused: list[tuple[int, Any]]) -> list[KlokuurError]:
    errors: list[KlokuurError] = []
    for row, error in refused:
        error.row = row
        errors.append(error)
    return errors


def _at(event: CaseEvent | Mapping[str, Any]) -> Any:
    return event.at if isinstance(event, CaseEvent) else event.get("at")


def _zone_of_event(event: CaseEvent | Mapping[str, Any]) -> tzinfo | None:
    at = _at(event)
    return at.tzinfo if isinstance(at, datetime) else None
