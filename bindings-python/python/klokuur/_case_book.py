"""The book that follows cases: events in, what became of them and how they stand out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any, Self

from klokuur import _klokuur
from klokuur._case import Case, CaseEvent, CaseOutcome, CaseRow, DomainEvent, RefusedEvent
from klokuur._errors import KlokuurError
from klokuur._fingerprints import Fingerprints, warn_of_changes
from klokuur._frames import Rows, kind_of
from klokuur._given import instance_of
from klokuur._klokuur import Schedule
from klokuur._moments import zone_of
from klokuur._norm import WeekNumbers, WeekResult, judge
from klokuur._records import Shown
from klokuur._rulebook import Rulebook, rules_or_bol
from klokuur._schedule import Language, language_name

if TYPE_CHECKING:
    from klokuur._log import LogMapping

__all__ = [
    "Applied",
    "CaseBook",
    "KeptAside",
    "KnownAlready",
    "Taken",
]


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
        that goes on from another position, was judged by others, or has an event that the book cannot keep, which is named with its
        place: then nothing changed.
        """
        self._core.catch_up(journal)

    def archive(self, closed_before: datetime) -> Self:
        """Takes the cases out that were closed before an instant and that nothing waits for, as a book of their own, an archive.

        Time has to have passed for their surveys by :meth:`advance`. The archive is asked, searched and kept as any book. This one
        goes on counting its cases in :meth:`week` and :meth:`response_weeks`; in its lists they are no more, and an event of one is
        refused until it is recalled (:meth:`recall`). The next save is a whole one. It costs as much as restoring the book.

        >>> import klokuur
        >>> from datetime import datetime
        >>> book = klokuur.CaseBook()
        >>> for time, event in [("13T14", "opened"), ("13T15", "seller_message"), ("13T16", "closed")]:
        ...     told = book.apply({"case": "K-1", "at": f"2026-03-{time}:00:00Z", "event": event})
        >>> told = book.advance(datetime.fromisoformat("2026-04-13T14:00:00Z"))  # the survey went out
        >>> archive = book.archive(datetime.fromisoformat("2026-04-01T00:00:00Z"))
        >>> book, archive, book.is_archived("K-1")
        (<CaseBook bol-2026, 0 cases>, <CaseBook bol-2026, 1 cases>, True)
        >>> book.recall("K-1", archive)
        >>> book, book.archived_len
        (<CaseBook bol-2026, 1 cases>, 0)
        """
        archive = type(self).__new__(type(self))
        archive._rules, archive._core = self._rules, self._core.archive(closed_before)
        return archive

    def recall(self, number: str, archive: CaseBook) -> None:
        """Brings an archived case back, as it left; the archive keeps its copy, which is the older one from then on.

        Raises InvalidValueError for a case that is not archived, and for an archive that does not have it as it was when it was
        archived last: then nothing changed.
        """
        if not isinstance(archive, CaseBook):
            raise TypeError(f"archive must be a CaseBook, not {type(archive).__name__}")
        self._core.recall(number, archive._core)

    def is_archived(self, number: str) -> bool:
        """Whether a case was archived, and not recalled since: then an archive has it."""
        return self._core.is_archived(number)

    @property
    def archived_len(self) -> int:
        """How many cases are archived."""
        return self._core.archived_len()

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
        happened, refused = self._core.apply_all(events, now)
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

        An event log in a data frame or a file, as :func:`evaluate` takes it, will do, with the ``mapping`` of another system's, which has
        no hours or those of the book (InvalidValueError): events after ``until`` are not taken, and a row that is no event is refused with the others. The errors name their row in
        ``row``. Raises InvalidDocumentError when a needed column is missing or no row can be read.

        >>> from datetime import datetime, UTC
        >>> import klokuur
        >>> book = klokuur.CaseBook()
        >>> log = {"case": ["K-1", "K-1"], "at": ["2026-03-16T15:00:00+01:00"] * 2, "event": ["opened", "arrived"]}
        >>> [(error.row, error.code) for error in book.load(log)], len(book)
        ([(1, 'unknown_name')], 1)
        """
        from klokuur._log import log_and_file, mapping_of, told_apart
        from klokuur._own_hours import refuse_other_hours

        refuse_other_hours(mapping_of(mapping), self)
        rows, is_log = (events, True) if isinstance(events, (str, os.PathLike)) else told_apart(events, mapping)
        if is_log:
            log, file = log_and_file(rows, mapping)
            log.check()
            refused = [*([] if file is None else file.broken), *log.refused(), *self._core.load_log(log, until)]
            return _placed(sorted(refused, key=lambda found: found[0]))
        return _placed(self._core.load(rows, until))

    def advance(self, now: datetime) -> Rows[DomainEvent]:
        """Lets time pass up to ``now`` and gives what it made of the cases, in order of time."""
        return _told(self._core.advance(now), zone_of(now))

    def coming(self, until: datetime) -> Rows[DomainEvent]:
        """What :meth:`advance` up to ``until`` would tell, if no event comes before; the book does not change."""
        return _told(self._core.coming(until), zone_of(until))

    def sentence(self, event: DomainEvent, language: Language = "english") -> str:
        """What was told, as one sentence with its times on the wall clock of the book's zone."""
        return self._core.sentence(instance_of(event, DomainEvent, "event").to_dict(), language_name(language))

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
    def _restored(cls, rules: Rulebook, clock: Schedule, saved: str, then: Fingerprints) -> Self:
        book = cls.restore_anew(saved, rules, clock)
        warn_of_changes(then, book.fingerprints)
        return book

    def __reduce__(self) -> tuple[Any, ...]:
        return self._restored, (self._rules, self.clock, self.saved(), self.fingerprints)

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


def _zone_of_event(event: CaseEvent | Mapping[str, Any]) -> tzinfo | None:
    at = event.at if isinstance(event, CaseEvent) else event.get("at")
    return at.tzinfo if isinstance(at, datetime) else None
