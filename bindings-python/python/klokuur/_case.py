"""Customer cases: the events of the log, and what is said of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any, Literal, Self

from klokuur._errors import KlokuurError
from klokuur._fingerprints import Fingerprints
from klokuur._frames import Rows
from klokuur._records import Record
from klokuur._rules import Basis
from klokuur._schedule import Explanation, Language

__all__ = [
    "Amount",
    "Case",
    "CaseEvent",
    "CaseOutcome",
    "CaseRow",
    "DomainEvent",
    "Happening",
    "Message",
    "RefusedEvent",
    "RefusedRow",
    "SurveyAnswer",
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
