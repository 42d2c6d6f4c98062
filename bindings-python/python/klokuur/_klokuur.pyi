"""The compiled part of klokuur. Made by `make stubs`; do not edit."""

import collections.abc
import datetime
import fractions
import numpy
import numpy.typing
import typing
from typing import Any, final

from klokuur._calendar import Country, Holiday
from klokuur._nps import NpsComparison, NpsInterval, NpsShares, NpsTrend, WeightedNps
from klokuur._schedule import Explanation, OpenInterval, ScheduleDay

_T = typing.TypeVar("_T")

__all__ = ["ArrowColumn", "CaseBookCore", "HolidayCalendar", "KpiScoresCore", "LedgerCore", "LogCore", "MappingCore", "NormWatchCore", "Nps", "OrderItemCancellationsCore", "OrderMappingCore", "OrdersCore", "PerformanceIndicatorsCore", "PerformanceStatusCore", "PhoneHoursCore", "PictureCore", "RetailerDocumentsCore", "ReturnsCore", "RulebookCore", "RulebookHistoryCore", "Schedule", "ShipmentsCore", "SlaCore", "StandingWatchCore", "StandingWatchesCore", "after_fork", "arrow_columns", "arrow_list", "arrow_of_ticks", "arrow_of_truths", "arrow_ticks", "backtest_events", "backtest_log", "before_fork", "cancelled_by_customer", "case_columns", "case_records", "clean_html", "columns_of_file", "date_of", "evaluate_columns", "fingerprint_changes", "fingerprints_from_text", "fingerprints_of", "fingerprints_to_text", "handling_percentile", "handling_times", "indicator_checks", "indicator_numbers", "indicator_verdicts", "insight_overview", "is_reply_address", "join_weeks", "joined_texts", "judge_weeks", "kpi_numbers", "last_mail_date", "log_of_columns", "mail_policy", "may_mail", "nanoseconds_of", "nanoseconds_of_amount", "nps_by_key", "nps_by_period", "nps_bytes", "nps_in_period", "nps_numbers", "nps_of_bytes", "nps_of_weights", "nps_required_answers", "nps_trend", "numpy_columns", "numpy_floor_microseconds", "numpy_in_unit", "order_weeks", "order_weeks_of_columns", "period_between", "period_month", "period_trailing", "picture_of_files", "picture_of_tables", "policy_points", "read_orders", "read_orders_file", "reported_standing", "response_weeks", "return_events", "return_starts", "review_grade", "review_period", "run_command", "satisfaction", "score_estimate", "score_reported", "share_interval", "shipped_mappings", "signal_report", "standards_judge", "subject_overview", "use_zone_data", "version", "week_bears_strike", "week_dates", "week_final_from", "week_forecast", "week_judged", "week_new", "week_of", "week_parts", "week_plus", "week_since", "week_value", "weeks_judged", "weeks_of_cases", "weeks_with_orders", "whole_number", "yes_or_no", "yes_or_no_accepted", "zone_data", "zone_offsets"]

@final
class ArrowColumn:
    """
    A column of answers. PyArrow, Polars, pandas, DuckDB and any other library that speaks Arrow takes it, as
    `pyarrow.chunked_array(column)` or `polars.Series(column)`.
    """
    def __arrow_c_schema__(self, /) -> typing.Any:
        """
        The kind of the column, as a schema of Arrow's C interface.
        """
    def __arrow_c_stream__(self, /, requested_schema: typing.Any = None) -> typing.Any:
        """
        The column as a stream of Arrow's C interface; a schema that is asked for is not looked at.
        """
    def __len__(self, /) -> int: ...
    def __repr__(self, /) -> str: ...

@final
class CaseBookCore:
    """
    The core of a `klokuur.CaseBook`: one writer or reader at a time.
    """
    def __len__(self, /) -> int: ...
    def __new__(cls, /, rules: RulebookCore, clock: Schedule | None) -> CaseBookCore: ...
    def advance(self, /, now: datetime.datetime) -> Any: ...
    def advanced_to(self, /) -> Any | None: ...
    def apply(self, /, event: Any, now: datetime.datetime | None = None) -> tuple[str, Any, Any | None]:
        """
        Takes one event: its outcome, what was told, and why it was kept aside.
        """
    def apply_all(self, /, events: Any, now: datetime.datetime | None = None) -> tuple[Any, list[tuple[int, Any]]]:
        """
        Takes many events, in the order given: what they made of their cases, and the refused ones with their place.
        """
    def archive(self, /, closed_before: datetime.datetime) -> CaseBookCore:
        """
        Takes the cases out that are over, as a book of their own.
        """
    def archived_len(self, /) -> int: ...
    def case(self, /, number: str, now: datetime.datetime) -> Any: ...
    def catch_up(self, /, journal: str) -> None:
        """
        Takes what came since the book was saved at its position.
        """
    def coming(self, /, until: datetime.datetime) -> Any: ...
    def completed(self, /, now: datetime.datetime, skip: int, count: int | None) -> Any: ...
    def erase_case(self, /, number: str) -> bool: ...
    def erase_customer(self, /, name: str) -> list[str]: ...
    def events(self, /) -> Any: ...
    def find(self, /, text: str, now: datetime.datetime) -> Any: ...
    def fingerprints(self, /) -> Any: ...
    def is_archived(self, /, number: str) -> bool: ...
    def load(self, /, events: Any, until: datetime.datetime | None = None) -> list[tuple[int, Any]]:
        """
        Takes events of the past, those after `until` not: the refused ones with their place, and their errors.
        """
    def load_log(self, /, log: LogCore, until: datetime.datetime | None = None) -> list[tuple[int, Any]]:
        """
        Takes the events of a log that was read, those after `until` not: the rows that their cases refuse, with their errors.
        """
    def next_wake_up(self, /, now: datetime.datetime) -> Any | None: ...
    @staticmethod
    def of_saved(rules: RulebookCore, clock: Schedule | None, saved: str, anew: bool) -> CaseBookCore:
        """
        The book of such a text; `anew`: whatever it was judged by before.
        """
    @staticmethod
    def of_snapshot(rules: RulebookCore, clock: Schedule | None, snapshot: bytes, anew: bool) -> CaseBookCore:
        """
        The book of such bytes; `anew`: whatever it was judged by before.
        """
    def outcomes(self, /, now: datetime.datetime) -> Any: ...
    def overview(self, /, now: datetime.datetime, skip: int, count: int | None) -> Any: ...
    def position(self, /) -> int: ...
    def recall(self, /, number: str, archive: CaseBookCore) -> None:
        """
        Brings a case back from an archive: one book is locked at a time, whichever they are.
        """
    def refused(self, /) -> Any: ...
    def response_weeks(self, /, now: datetime.datetime) -> Any: ...
    def saved_json(self, /) -> str:
        """
        The whole save, as the JSON text that every language reads.
        """
    def saved_since(self, /, position: int) -> tuple[str, int, bool]:
        """
        What came since, as one line of JSON; what the next one goes on from; whether it is a whole save.
        """
    def schedule(self, /) -> Schedule: ...
    def sentence(self, /, event: Any, language: Any) -> str: ...
    def snapshot(self, /) -> bytes:
        """
        The whole book as bytes, with where each case stands.
        """
    def week(self, /, text: str, now: datetime.datetime) -> Any: ...
    def with_marketplace(self, /, now: datetime.datetime) -> Any: ...

@final
class HolidayCalendar:
    """
    Public holidays as rules, own dates and exceptions, for any year. Immutable.

    `HolidayCalendar("NL")` is a built-in list (`HolidayCalendar.countries()` names them all), `HolidayCalendar()` an
    empty one. The Dutch list has two switches: `liberation_day` is `"lustrum"` (years divisible by five, the default),
    `"every_year"` or `"never"`; `good_friday` is False by default.

    >>> from datetime import date
    >>> import klokuur
    >>> calendar = klokuur.HolidayCalendar("NL", liberation_day="lustrum", good_friday=False)
    >>> len(calendar.holidays(2026)), date(2026, 4, 27) in calendar
    (9, True)
    >>> both = calendar | klokuur.HolidayCalendar("BE")
    >>> both.holiday_on(date(2026, 7, 21)).name_en
    'National Day'

    Raises UnknownNameError for a country that is not built in, InvalidValueError for a switch that does not belong to it.
    """
    def __add__(self, other: HolidayCalendar, /) -> HolidayCalendar: ...
    def __bool__(self, /) -> bool: ...
    def __contains__(self, date: datetime.date, /) -> bool: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __getitem__(self, key: object, /) -> None: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, country: str | None = None, *, liberation_day: typing.Literal['lustrum', 'every_year', 'never'] | None = None, good_friday: bool | None = None) -> HolidayCalendar: ...
    def __or__(self, other: HolidayCalendar, /) -> HolidayCalendar: ...
    def __reduce__(self, /) -> tuple[typing.Any, ...]: ...
    def __repr__(self, /) -> str: ...
    def _repr_html_(self, /) -> str: ...
    @staticmethod
    def countries() -> tuple[Country, ...]:
        """
        The built-in calendars, with the first year from which the history of each is right.

        >>> import klokuur
        >>> klokuur.HolidayCalendar.countries()[0]
        Country(code='NL', name_en='Netherlands', name_local='Nederland', right_since=1990)
        """
    @property
    def fingerprint(self, /) -> str:
        """
        The stable hash of the rules, dates, exceptions and zones: 16 hexadecimal digits.
        """
    @staticmethod
    def from_dates(dates: collections.abc.Iterable[datetime.date | tuple[datetime.date, str]] | collections.abc.Mapping[datetime.date, str], *, name: str = "Holiday", years: collections.abc.Iterable[int] | None = None) -> HolidayCalendar:
        """
        A calendar of plain dates.

        Takes an iterable of dates (named `name`) or of pairs `(date, name)`, a mapping of dates to names, or any object of
        the package `holidays`, which is filled for the years `years` first. What has a time must be at midnight without a
        zone, as pandas and NumPy write dates.

        >>> from datetime import date
        >>> import klokuur
        >>> shop = klokuur.HolidayCalendar.from_dates({date(2026, 12, 24): "Stocktaking"})
        >>> shop.holiday_on(date(2026, 12, 24)).name_en
        'Stocktaking'

        Raises InvalidValueError for an empty or overlong name, a datetime that is no date, and a `holidays` object without
        any year.
        """
    @staticmethod
    def from_dict(document: collections.abc.Mapping[str, typing.Any]) -> HolidayCalendar:
        """
        The calendar of a dictionary as `to_dict` gives it.

        >>> import klokuur
        >>> klokuur.HolidayCalendar.from_dict({"countries": ["NL"]}) == klokuur.HolidayCalendar("NL")
        True

        Raises InvalidDocumentError for an unknown key, or a rule, date, name or country that is refused.
        """
    @staticmethod
    def from_json(text: str) -> HolidayCalendar:
        """
        Reads a calendar from JSON.

        >>> import klokuur
        >>> klokuur.HolidayCalendar.from_json('{"countries": ["NL"], "without": ["2026-04-27"]}').name
        'NL'

        Raises InvalidDocumentError for text that is not JSON, an unknown key, or a rule, date, name or country that is refused.
        """
    @staticmethod
    def from_toml(text: str) -> HolidayCalendar:
        """
        Reads a calendar from TOML, in the form of `from_json`.

        >>> import klokuur
        >>> klokuur.HolidayCalendar.from_toml('countries = ["NL", "BE"]').name
        'BE + NL'

        Raises InvalidDocumentError for text that is not TOML, an unknown key, or a rule, date, name or country that is refused.
        """
    def holiday_on(self, /, date: datetime.date) -> Holiday | None:
        """
        The holiday on a date, or None.

        >>> from datetime import date
        >>> import klokuur
        >>> klokuur.HolidayCalendar("NL").holiday_on(date(2026, 12, 24)) is None
        True
        """
    def holidays(self, /, year: int) -> list[Holiday]:
        """
        The holidays of a calendar year, in order of date, one for each date.

        >>> import klokuur
        >>> klokuur.HolidayCalendar("NL").holidays(2026)[3]
        Holiday(date=datetime.date(2026, 4, 27), name_en="King's Day", name_local='Koningsdag')

        Raises OutOfRangeError for a year that Python's dates do not have.
        """
    def holidays_between(self, /, first: datetime.date, last: datetime.date) -> list[Holiday]:
        """
        The holidays from `first` to `last`, both included, in order of date.

        >>> from datetime import date
        >>> import klokuur
        >>> [h.name_en for h in klokuur.HolidayCalendar("NL").holidays_between(date(2026, 12, 1), date(2027, 1, 1))]
        ['Christmas Day', 'Second Day of Christmas', "New Year's Day"]
        """
    def in_zone(self, /, zone: str | datetime.tzinfo) -> HolidayCalendar:
        """
        The same holidays, counted from midnight to midnight in a zone whatever the zone of the schedule.

        >>> import klokuur
        >>> klokuur.HolidayCalendar("PL").in_zone("Europe/Warsaw").zone
        'Europe/Warsaw'

        Raises UnknownNameError for a zone that is not an IANA name.
        """
    def is_holiday(self, /, date: datetime.date) -> bool:
        """
        Whether a date is a holiday; `date in calendar` is the same.

        >>> from datetime import date
        >>> import klokuur
        >>> klokuur.HolidayCalendar("NL").is_holiday(date(2026, 12, 25))
        True
        """
    @property
    def name(self, /) -> str:
        """
        The name: a country's code, the codes of a union (`BE + NL`), one's own, or empty.
        """
    def named(self, /, name: str) -> HolidayCalendar:
        """
        The calendar under a name of its own.

        >>> import klokuur
        >>> klokuur.HolidayCalendar("NL").named("our shop")
        HolidayCalendar('our shop', 95362a824c917f45)
        """
    def parts(self, /) -> list[HolidayCalendar]:
        """
        The calendar split by zone: each part has one `zone`, and together they are this calendar.

        >>> import klokuur
        >>> nl, pl = klokuur.HolidayCalendar("NL"), klokuur.HolidayCalendar("PL").in_zone("Europe/Warsaw")
        >>> [part.zone for part in (nl | pl).parts()]
        [None, 'Europe/Warsaw']
        """
    def to_dict(self, /) -> dict[str, typing.Any]:
        """
        The calendar as a dictionary, of the form that `from_json` reads.

        >>> import klokuur
        >>> sorted(klokuur.HolidayCalendar("NL").to_dict())
        ['name', 'rules']
        """
    def to_json(self, /) -> str:
        """
        The calendar as a JSON document that `from_json` reads back.

        >>> import klokuur
        >>> calendar = klokuur.HolidayCalendar("NL")
        >>> klokuur.HolidayCalendar.from_json(calendar.to_json()) == calendar
        True
        """
    def union(self, /, other: HolidayCalendar) -> HolidayCalendar:
        """
        The dates that are holidays in either calendar; `a | b` is the same.

        >>> import klokuur
        >>> klokuur.HolidayCalendar("NL").union(klokuur.HolidayCalendar("BE")).name
        'BE + NL'
        """
    def with_date(self, /, date: datetime.date, name: str = "Holiday", name_local: str | None = None) -> HolidayCalendar:
        """
        The calendar with one more date; `name_local` is its name in the language of the country.

        >>> from datetime import date
        >>> import klokuur
        >>> shop = klokuur.HolidayCalendar("NL").with_date(date(2026, 12, 24), "Stocktaking", "Inventarisatie")
        >>> shop.holiday_on(date(2026, 12, 24)).name_local
        'Inventarisatie'

        Raises InvalidValueError for an empty or overlong name.
        """
    def without(self, /, *dates: datetime.date) -> HolidayCalendar:
        """
        The calendar with exceptions: no rule, of now or added later, makes these dates holidays.

        >>> from datetime import date
        >>> import klokuur
        >>> date(2026, 4, 27) in klokuur.HolidayCalendar("NL").without(date(2026, 4, 27))
        False
        """
    @property
    def zone(self, /) -> str | None:
        """
        The zone that the holidays are bound to; None: the zone of the schedule that uses them.
        """

@final
class KpiScoresCore:
    """
    The core of `klokuur.KpiScores`.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    @staticmethod
    def from_dict(document: Any) -> KpiScoresCore: ...
    @staticmethod
    def from_json(text: str) -> KpiScoresCore: ...
    def plain(self, /) -> Any: ...
    def to_json(self, /) -> str: ...

@final
class LedgerCore:
    """
    The core of a `klokuur.Ledger`.
    """
    def __new__(cls, /, rules: RulebookCore, weeks: Any, events: Any) -> LedgerCore: ...
    def bad_weeks_until(self, /, consequence: str) -> int: ...
    def compare(self, /, reported: Any) -> Any:
        """
        What the marketplace reports beside what is computed, with its sentences.
        """
    def events(self, /) -> Any: ...
    def fingerprints(self, /) -> Any: ...
    def history(self, /) -> Any: ...
    def improvement(self, /, on: Any) -> Any: ...
    def standing(self, /, on: Any) -> Any: ...
    def weeks(self, /) -> Any: ...
    def what_if(self, /, bad: collections.abc.Sequence[bool]) -> Any: ...
    def with_events(self, /, events: Any) -> LedgerCore: ...
    def with_quiet_weeks(self, /, until: Any) -> LedgerCore: ...
    def with_weeks(self, /, weeks: Any) -> LedgerCore: ...

@final
class LogCore:
    """
    A log that was read: its events, what was refused, and what was noticed.
    """
    def __len__(self, /) -> int: ...
    def check(self, /) -> None:
        """
        Raises when nothing could be read.
        """
    def events(self, /) -> Any:
        """
        The events, each with the number of its row.
        """
    def later(self, /, now: datetime.datetime) -> int:
        """
        How many rows have an event of after `now`.
        """
    def latest(self, /, now: datetime.datetime) -> Any | None:
        """
        When the last event up to `now` happened; none when all come later, or there is none.
        """
    def refused(self, /) -> list[tuple[int, Any]]:
        """
        The rows that could not be read, each with its error.
        """
    @property
    def rows(self, /) -> int:
        """
        How many rows were read, refused ones included.
        """
    def told(self, /) -> list[str]:
        """
        What was noticed, each told once.
        """
    @property
    def updates(self, /) -> int:
        """
        Rows that are no event by the mapping.
        """

@final
class MappingCore:
    """
    How another system's log is read.
    """
    def check_columns(self, /, names: collections.abc.Sequence[str]) -> None:
        """
        Raises when one of those is missing.
        """
    def column(self, /, field: str) -> str:
        """
        The column that holds a field.
        """
    def column_of_time(self, /) -> str:
        """
        The column with the time of a row's event, or of a row's opening.
        """
    def columns_looked_at(self, /) -> list[tuple[str, bool]]:
        """
        Every column that is looked at, each with whether it holds times.
        """
    def columns_needed(self, /) -> list[str]:
        """
        The columns that a log cannot do without.
        """
    @property
    def encoding(self, /) -> str | None: ...
    @staticmethod
    def from_dict(document: Any) -> MappingCore: ...
    def joined_columns(self, /) -> list[tuple[str, list[str]]]:
        """
        The columns that are made of others: each with those whose cells are joined.
        """
    @property
    def link(self, /) -> str | None:
        """
        The address of a case in the help desk.
        """
    @staticmethod
    def named(given: str) -> MappingCore:
        """
        A shipped mapping, or a file of one's own.
        """
    def plain(self, /) -> Any: ...
    def rules(self, /, rules: RulebookCore) -> RulebookCore:
        """
        A rulebook with this log's own hours, in its zone, and its holidays.
        """
    def time(self, /, text: str) -> Any:
        """
        A time as this log writes it.
        """
    @property
    def zone(self, /) -> str | None: ...

@final
class NormWatchCore:
    """
    The core of a `klokuur.NormWatch`.
    """
    def __new__(cls, /, results: Any, now: datetime.datetime) -> NormWatchCore: ...
    def advance(self, /, now: datetime.datetime) -> Any: ...
    def next_wake_up(self, /, now: datetime.datetime) -> Any | None: ...
    def replace(self, /, results: Any) -> None: ...

@final
class Nps:
    """
    Counted answers to "would you recommend us?": promoters (9 and 10), passives (7 and 8), detractors (0 to 6).

    >>> import klokuur
    >>> answers = klokuur.Nps(promoters=60, passives=30, detractors=10)
    >>> answers.score, answers.count, answers
    (50.0, 100, Nps(promoters=60, passives=30, detractors=10))
    >>> interval = answers.interval(confidence=0.95, method="adjusted_wald")
    >>> f"{interval.low:.1f} to {interval.high:.1f}"
    '35.5 to 61.6'

    Tallies add up: `march + april`. Raises OutOfRangeError for a count below 0 or above 10^15.
    """
    def __add__(self, other: Nps, /) -> Nps: ...
    def __bool__(self, /) -> bool: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, promoters: int = 0, passives: int = 0, detractors: int = 0) -> Nps: ...
    def __radd__(self, other: int, /) -> Nps:
        """
        `sum()` starts with 0.
        """
    def __reduce__(self, /) -> tuple[typing.Any, ...]: ...
    def __repr__(self, /) -> str: ...
    def _repr_html_(self, /) -> str: ...
    def at_least(self, /, points: int) -> bool:
        """
        Whether the score is so many whole points or more, decided exactly; False without answers.

        >>> import klokuur
        >>> klokuur.Nps(7, 0, 1).at_least(75)
        True
        """
    def below_guideline(self, /, guideline: int = 25) -> bool:
        """
        Whether there are fewer answers than a guideline asks for, by default the marketplace's 25.

        >>> import klokuur
        >>> klokuur.Nps(20, 2, 2).below_guideline()
        True
        """
    def compare(self, /, other: Nps, confidence: float = 0.95) -> NpsComparison | None:
        """
        This score against that of other answers: the difference, a test and its interval; None when one has no answers.

        >>> import klokuur
        >>> change = klokuur.Nps(60, 30, 10).compare(klokuur.Nps(45, 30, 25))
        >>> change.difference, change.p_two_sided < 0.01
        (30.0, True)
        """
    @property
    def count(self, /) -> int:
        """
        All answers.
        """
    @property
    def detractors(self, /) -> int:
        """
        Answers of 0 to 6.
        """
    @property
    def exact_score(self, /) -> fractions.Fraction | None:
        """
        The exact score in points; None without answers.

        >>> import klokuur
        >>> klokuur.Nps(1, 1, 1).exact_score, klokuur.Nps(2, 1, 0).exact_score
        (Fraction(0, 1), Fraction(200, 3))
        """
    def format(self, /, decimals: int = 1) -> str:
        """
        The score as text, rounded exactly; empty without answers.

        >>> import klokuur
        >>> klokuur.Nps(2, 1, 0).format(), klokuur.Nps(2, 1, 0).format(0)
        ('66.7', '67')
        """
    def interval(self, /, confidence: float = 0.95, method: typing.Literal['adjusted_wald', 'wald', 'score'] = "adjusted_wald") -> NpsInterval | None:
        """
        The confidence interval of the score in points; None without answers.

        Methods: `"adjusted_wald"` (the default, good on few answers), `"wald"` (known everywhere, too narrow on few
        answers), `"score"` (no true value that a score test would reject).

        >>> import klokuur
        >>> klokuur.Nps(promoters=5).interval(method="score").high
        100.0

        Raises OutOfRangeError for a confidence that is not between 0 and 1, InvalidValueError for another method.
        """
    @property
    def passives(self, /) -> int:
        """
        Answers of 7 and 8.
        """
    @property
    def promoters(self, /) -> int:
        """
        Answers of 9 and 10.
        """
    @property
    def score(self, /) -> float | None:
        """
        The score in points, -100 to 100; None without answers.
        """
    @property
    def shares(self, /) -> NpsShares | None:
        """
        The shares of promoters, passives and detractors, each 0 to 1; None without answers.

        >>> import klokuur
        >>> klokuur.Nps(2, 1, 1).shares
        NpsShares(promoters=0.5, passives=0.25, detractors=0.25)
        """
    @property
    def standard_error(self, /) -> float | None:
        """
        The standard error of the score in points; None without answers.

        It is 0 when all answers fall in one group, which says how weak it is on few answers: prefer `interval`.
        """
    def to_dict(self, /, confidence: float = 0.95, guideline: int = 25) -> dict[str, typing.Any]:
        """
        Counts, score, shares, standard error, interval and guideline flag as a dictionary.

        >>> import klokuur
        >>> klokuur.Nps(2, 1, 1).to_dict()["score"]
        25.0
        """

@final
class OrderItemCancellationsCore:
    """
    The core of `klokuur.OrderItemCancellations`.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    @staticmethod
    def from_dict(document: Any) -> OrderItemCancellationsCore: ...
    @staticmethod
    def from_json(text: str) -> OrderItemCancellationsCore: ...
    def plain(self, /) -> Any: ...
    def to_json(self, /) -> str: ...

@final
class OrderMappingCore:
    """
    How an order export is read.
    """
    @staticmethod
    def from_dict(document: Any) -> OrderMappingCore: ...
    @property
    def lead_lines(self, /) -> int: ...
    @staticmethod
    def named(given: str) -> OrderMappingCore:
        """
        A shipped mapping, or a file of one's own.
        """

@final
class OrdersCore:
    """
    The core of `klokuur.Orders`.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    @staticmethod
    def from_dict(document: Any) -> OrdersCore: ...
    @staticmethod
    def from_json(text: str) -> OrdersCore: ...
    def plain(self, /) -> Any: ...
    def to_json(self, /) -> str: ...

@final
class PerformanceIndicatorsCore:
    """
    The core of `klokuur.PerformanceIndicators`.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    @staticmethod
    def from_dict(document: Any) -> PerformanceIndicatorsCore: ...
    @staticmethod
    def from_json(text: str) -> PerformanceIndicatorsCore: ...
    def plain(self, /) -> Any: ...
    def to_json(self, /) -> str: ...

@final
class PerformanceStatusCore:
    """
    The core of `klokuur.PerformanceStatus`.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    @staticmethod
    def from_dict(document: Any) -> PerformanceStatusCore: ...
    @staticmethod
    def from_json(text: str) -> PerformanceStatusCore: ...
    def plain(self, /) -> Any: ...
    def to_json(self, /) -> str: ...

@final
class PhoneHoursCore:
    """
    The core of `klokuur.PhoneHours`.
    """
    def __new__(cls, /, rules: RulebookCore, reachable: str | None = None) -> PhoneHoursCore: ...
    def counts(self, /, at: datetime.datetime) -> bool: ...
    def is_reachable(self, /, at: datetime.datetime) -> bool: ...
    def texts(self, /) -> tuple[str, str]: ...
    def weeks(self, /, calls: collections.abc.Sequence[tuple[datetime.datetime, bool]]) -> Any:
        """
        Call attempts as pairs of an instant and whether it was answered.
        """
    def weeks_of_columns(self, /, at: collections.abc.Sequence[int], answered: collections.abc.Sequence[bool]) -> Any:
        """
        Call attempts as columns: microseconds, and whether each was answered.
        """

@final
class PictureCore:
    """
    The core of a `klokuur.SellerPicture`.
    """
    def html(self, /, language: Any | None, title: str | None, link: str | None) -> str:
        """
        The page, in the language of the rules' country where none is asked for, under another title and with links to the cases where they are given.
        """
    @staticmethod
    def of_book(book: CaseBookCore, beside: Any, rules: RulebookCore, now: datetime.datetime) -> PictureCore:
        """
        Of a book, by its hours.
        """
    @staticmethod
    def of_events(events: Any, beside: Any, rules: RulebookCore, now: datetime.datetime) -> PictureCore:
        """
        Of records; beside them stands what else a seller has.
        """
    @staticmethod
    def of_log(log: LogCore, beside: Any, rules: RulebookCore, now: datetime.datetime) -> PictureCore:
        """
        Of a log that was read, with its refused rows.
        """
    def page(self, /, language: Any) -> Any: ...
    def plain(self, /) -> Any: ...
    def read(self, /) -> tuple[int, list[tuple[str, int, str]], int, str]:
        """
        How many rows were read, those that were skipped (file, line and why), how many come later, and the zone of the rules.
        """
    def text(self, /, language: Any, most: int | None) -> str: ...

@final
class RetailerDocumentsCore:
    """
    The core of `klokuur.RetailerDocuments`.
    """
    def __new__(cls, /, documents: collections.abc.Sequence[tuple[str, str]]) -> RetailerDocumentsCore:
        """
        Of names and JSON texts, oldest first.
        """
    def cancellations(self, /) -> OrderItemCancellationsCore: ...
    def indicators(self, /) -> PerformanceIndicatorsCore: ...
    def kpi_scores(self, /) -> KpiScoresCore: ...
    def numbers(self, /, rules: RulebookCore) -> Any: ...
    def order_lines(self, /) -> Any: ...
    def orders(self, /) -> OrdersCore: ...
    def returns(self, /) -> ReturnsCore: ...
    def shipments(self, /) -> ShipmentsCore: ...
    def status(self, /) -> PerformanceStatusCore | None: ...

@final
class ReturnsCore:
    """
    The core of `klokuur.Returns`.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    @staticmethod
    def from_dict(document: Any) -> ReturnsCore: ...
    @staticmethod
    def from_json(text: str) -> ReturnsCore: ...
    def plain(self, /) -> Any: ...
    def to_json(self, /) -> str: ...

@final
class RulebookCore:
    """
    The core of a `klokuur.Rulebook`.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def fingerprint(self, /) -> str: ...
    def fingerprints(self, /) -> Any: ...
    def for_country(self, /, country: str) -> RulebookCore: ...
    @staticmethod
    def from_dict(document: Any) -> RulebookCore: ...
    @staticmethod
    def from_json(text: str) -> RulebookCore: ...
    @staticmethod
    def from_toml(text: str) -> RulebookCore: ...
    def history(self, /) -> RulebookHistoryCore | None:
        """
        The history that it stands for.
        """
    def is_in_force(self, /, date: datetime.date) -> bool: ...
    @staticmethod
    def json_schema() -> Any: ...
    @staticmethod
    def names() -> list[str]: ...
    def norm(self, /, name: str) -> Any: ...
    def plain(self, /) -> Any: ...
    def schedule(self, /) -> Schedule: ...
    @staticmethod
    def shipped(name: str) -> RulebookCore: ...
    @staticmethod
    def shipped_toml(name: str) -> str: ...
    def to_json(self, /) -> str: ...
    def to_toml(self, /) -> str: ...

@final
class RulebookHistoryCore:
    """
    The core of a `klokuur.RulebookHistory`.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, rulebooks: collections.abc.Sequence[RulebookCore]) -> RulebookHistoryCore: ...
    def as_rulebook(self, /) -> RulebookCore:
        """
        The newest rulebook, with the earlier ones for the weeks in which they were in force.
        """
    @staticmethod
    def bol() -> RulebookHistoryCore: ...
    def for_date(self, /, date: datetime.date) -> RulebookCore: ...
    def for_week(self, /, text: str) -> RulebookCore: ...
    def rulebooks(self, /) -> list[RulebookCore]: ...

@final
class Schedule:
    """
    Open hours in a zone: weekly hours, exceptions, holidays, conventions and history. Immutable.

    `hours` is a text in a part of the syntax of OpenStreetMap opening hours: `"Mo-Fr 09:00-17:00; Dec 24 09:00-13:00"`.
    `holidays` is a HolidayCalendar, the code of a built-in one, codes to join, or dates as `HolidayCalendar.from_dates` takes them
    (an object of the package `holidays` among them). The other keywords are the conventions, each with its
    default first:

    - `budget_end`: `"at_close"` or `"at_next_open"`, when a budget ends exactly at closing
    - `zero_budget`: `"start"` or `"next_open"`, where a budget of zero ends
    - `gap`: `"edge"` or `"shift_forward"`, an opening or closing that the wall clock skips in spring
    - `fold`: `"earlier"` or `"later"`, one that it shows twice in autumn
    - `holiday_shift`: `"cut_out"` or `"whole_shift"`, what a holiday takes from a shift across midnight
    - `backwards`: `"mirror"` or `"zero"`, `between` with the later instant first

    Every instant is a datetime with a zone, a pandas Timestamp too, from 1900 to 2100; answers have the zone that came in.

    >>> from datetime import datetime
    >>> from zoneinfo import ZoneInfo
    >>> import klokuur
    >>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00", holidays=klokuur.HolidayCalendar("NL"))
    >>> asked = datetime(2026, 3, 13, 15, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))   # a Friday
    >>> print(clock.add(asked, hours=24))
    2026-03-16 15:00:00+01:00

    Raises ScheduleSyntaxError with the position of a mistake, NeverOpenError, UnknownNameError for a zone or country.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, zone: str | datetime.tzinfo, hours: str, *, holidays: HolidayCalendar | str | collections.abc.Iterable[str] | collections.abc.Iterable[datetime.date] | collections.abc.Mapping[datetime.date, str] | None = None, budget_end: typing.Literal['at_close', 'at_next_open'] = "at_close", zero_budget: typing.Literal['start', 'next_open'] = "start", gap: typing.Literal['edge', 'shift_forward'] = "edge", fold: typing.Literal['earlier', 'later'] = "earlier", holiday_shift: typing.Literal['cut_out', 'whole_shift'] = "cut_out", backwards: typing.Literal['mirror', 'zero'] = "mirror") -> Schedule: ...
    def __reduce__(self, /) -> tuple[typing.Any, ...]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    def _repr_html_(self, /) -> str: ...
    def add(self, /, at: datetime.datetime, amount: datetime.timedelta | None = None, *, hours: float | None = None, minutes: float | None = None, seconds: float | None = None) -> datetime.datetime:
        """
        The instant at which an amount of open time is used up: a timedelta, or `hours`, `minutes`, `seconds`; it may be negative.

        >>> from datetime import datetime, timedelta, timezone
        >>> import klokuur
        >>> office = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00")
        >>> asked = datetime(2026, 3, 13, 15, 0, tzinfo=timezone.utc)
        >>> print(office.add(asked, hours=2), office.add(asked, timedelta(minutes=90)), sep="\\n")
        2026-03-16 09:00:00+00:00
        2026-03-16 08:30:00+00:00

        Raises NoOpenTimeLeftError when there is not that much open time in the supported years, OutOfRangeError,
        InvalidValueError for a datetime without a zone.
        """
    def add_many(self, /, at: _T, amount: typing.Any = None, *, hours: float | None = None, minutes: float | None = None, seconds: float | None = None, threads: int = 1) -> _T:
        """
        The instants at which an amount of open time, or a column of amounts, is used up: see `add` and `between_many`.

        >>> import numpy as np
        >>> import klokuur
        >>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00")
        >>> clock.add_many(np.array(["2026-03-13T14:00", "NaT"], "datetime64[s]"), hours=24)
        array(['2026-03-16T14:00:00',                 'NaT'],
              dtype='datetime64[s]')

        Raises InvalidValueError for an amount that the column's unit cannot show, and with its `row` what `add` raises.
        """
    def between(self, /, start: datetime.datetime, end: datetime.datetime) -> datetime.timedelta:
        """
        The open time from one instant to another; negative when `end` lies before `start`.

        >>> from datetime import datetime, timezone
        >>> import klokuur
        >>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00")
        >>> friday, monday = datetime(2026, 3, 13, 14, tzinfo=timezone.utc), datetime(2026, 3, 16, 14, tzinfo=timezone.utc)
        >>> print(clock.between(friday, monday), "|", clock.between(monday, friday))
        1 day, 0:00:00 | -1 day, 0:00:00

        Raises OutOfRangeError, InvalidValueError for a datetime without a zone.
        """
    def between_many(self, /, start: typing.Any, end: typing.Any, *, threads: int = 1) -> typing.Any:
        """
        The open time between two columns of instants, row by row; either may be one datetime.

        Takes and gives NumPy arrays (datetime64, read as UTC), pandas and Polars Series, Arrow arrays (each with a zone),
        or lists of datetimes: the answer has the kind, unit, name and index of the column. A null gives a null.
        `threads` is 1, more, or 0 for all cores.

        >>> import numpy as np
        >>> import klokuur
        >>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00")
        >>> asked = np.array(["2026-03-13T14:00", "NaT"], "datetime64[s]")
        >>> clock.between_many(asked, np.array(["2026-03-16T14:00", "2026-03-16T14:00"], "datetime64[s]"))
        array([86400, 'NaT'], dtype='timedelta64[s]')

        Raises LengthMismatchError, and OutOfRangeError with the `row` of an instant outside the supported ones.
        """
    @property
    def calendar(self, /) -> HolidayCalendar | None:
        """
        The newest holiday calendar in its history, if any is attached.
        """
    @property
    def conventions(self, /) -> dict[str, str]:
        """
        The conventions by name, as the constructor takes them.
        """
    def day(self, /, date: datetime.date) -> ScheduleDay:
        """
        What the schedule says about one local date: the stretches that start on it, and why.

        >>> from datetime import date
        >>> import klokuur
        >>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00", holidays="NL")
        >>> clock.day(date(2026, 4, 28)).open, clock.day(date(2026, 4, 27)).reason
        ((Stretch(start='09:00', end='17:00'),), 'holiday')
        """
    def explain(self, /, start: datetime.datetime, end: datetime.datetime) -> Explanation:
        """
        Why the time from one instant to another holds the open time that it holds, in the schedule's zone.

        The answer is data; `str()` of it is an English sentence, `to_sentence("dutch")` a Dutch one.

        >>> from datetime import datetime
        >>> from zoneinfo import ZoneInfo
        >>> import klokuur
        >>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00", holidays="NL")
        >>> asked = datetime(2026, 3, 13, 15, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
        >>> print(clock.explain(asked, clock.add(asked, hours=24)))
        due Monday 16 March 2026 15:00: 9 h on Friday 13 March, weekend skipped, 15 h on Monday 16 March

        Raises InvalidValueError when `end` lies before `start`.
        """
    @property
    def fingerprint(self, /) -> str:
        """
        The stable hash of all that decides a result: 16 hexadecimal digits.
        """
    def from_date(self, /, date: datetime.date, other: Schedule) -> Schedule:
        """
        The history: this schedule before `date`, the other from its 00:00 on, with the other's holidays.

        >>> from datetime import date
        >>> import klokuur
        >>> old = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00")
        >>> new = klokuur.Schedule("Europe/Amsterdam", "Mo-Sa 08:00-20:00")
        >>> print(old.from_date(date(2027, 1, 1), new))
        Mo-Fr 09:00-17:00
        from 2027-01-01: Mo-Sa 08:00-20:00

        Raises InvalidValueError for another zone or other conventions than this schedule's.
        """
    @staticmethod
    def from_dict(document: collections.abc.Mapping[str, typing.Any], calendars: collections.abc.Iterable[HolidayCalendar] | None = None) -> Schedule:
        """
        The schedule of a dictionary as `to_dict` gives it, with the calendars that it names. Built-in ones need not be given.

        >>> import klokuur
        >>> klokuur.Schedule.from_dict({"hours": "24/7", "zone": "UTC"})
        Schedule('UTC', '24/7')

        Raises InvalidDocumentError, UnknownNameError for a calendar that is not given, and what the constructor raises.
        """
    @staticmethod
    def from_json(text: str, calendars: collections.abc.Iterable[HolidayCalendar] | None = None) -> Schedule:
        """
        Reads a schedule from JSON as `to_json` writes it, with the calendars that it names. Built-in ones need not be given.

        >>> import klokuur
        >>> klokuur.Schedule.from_json('{"hours": "24/7", "zone": "UTC"}')
        Schedule('UTC', '24/7')

        Raises InvalidDocumentError, UnknownNameError for a calendar that is not given, and what the constructor raises.
        """
    @property
    def hours(self, /) -> str:
        """
        The hours in canonical form; with a history, a line for each part.
        """
    def intervals(self, /, start: datetime.datetime, end: datetime.datetime) -> list[OpenInterval]:
        """
        The open stretches between two instants, clipped to them, in the zone of `start`.

        >>> from datetime import datetime, timezone
        >>> import klokuur
        >>> office = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00")
        >>> open = office.intervals(
        ...     datetime(2026, 3, 13, 15, tzinfo=timezone.utc), datetime(2026, 3, 16, 9, tzinfo=timezone.utc)
        ... )
        >>> print(open[1].start, open[1].end)
        2026-03-16 08:00:00+00:00 2026-03-16 09:00:00+00:00
        """
    def is_open(self, /, at: datetime.datetime) -> bool:
        """
        Whether it is open at an instant; the closing instant itself is not.

        >>> from datetime import datetime, timezone
        >>> import klokuur
        >>> office = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00")
        >>> office.is_open(datetime(2026, 3, 13, 8, 0, tzinfo=timezone.utc))
        True
        """
    def is_open_many(self, /, at: typing.Any, *, threads: int = 1) -> typing.Any:
        """
        Whether it is open at each instant; nulls as in `within_many`.

        >>> import numpy as np
        >>> import klokuur
        >>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00")
        >>> clock.is_open_many(np.array(["2026-03-13T14:00", "2026-03-14T14:00"], "datetime64[s]"))
        array([ True, False])
        """
    def next_close(self, /, at: datetime.datetime) -> datetime.datetime | None:
        """
        The first closing after `at`, of the stretch that is open then or else of the next one; None when it never closes again.

        >>> from datetime import datetime, timezone
        >>> import klokuur
        >>> office = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00")
        >>> print(office.next_close(datetime(2026, 3, 13, 9, 0, tzinfo=timezone.utc)))
        2026-03-13 16:00:00+00:00
        """
    def next_open(self, /, at: datetime.datetime) -> datetime.datetime:
        """
        The first open instant from `at` on: `at` itself when it is open.

        >>> from datetime import datetime, timezone
        >>> import klokuur
        >>> office = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00")
        >>> print(office.next_open(datetime(2026, 3, 14, 8, 0, tzinfo=timezone.utc)))
        2026-03-16 08:00:00+00:00

        Raises NoOpenTimeLeftError when it never opens again in the supported years.
        """
    def next_open_many(self, /, at: _T, *, threads: int = 1) -> _T:
        """
        The first open instant from each on.

        >>> import numpy as np
        >>> import klokuur
        >>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00")
        >>> clock.next_open_many(np.array(["2026-03-14T14:00"], "datetime64[s]"))
        array(['2026-03-15T23:00:00'], dtype='datetime64[s]')
        """
    def sub(self, /, at: datetime.datetime, amount: datetime.timedelta | None = None, *, hours: float | None = None, minutes: float | None = None, seconds: float | None = None) -> datetime.datetime:
        """
        The instant from which an amount of open time leads up to `at`: `add` backwards.

        >>> from datetime import datetime, timezone
        >>> import klokuur
        >>> office = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00")
        >>> print(office.sub(datetime(2026, 3, 16, 9, 0, tzinfo=timezone.utc), hours=2))
        2026-03-13 15:00:00+00:00

        Raises what `add` raises.
        """
    def sub_many(self, /, at: _T, amount: typing.Any = None, *, hours: float | None = None, minutes: float | None = None, seconds: float | None = None, threads: int = 1) -> _T:
        """
        The instants from which an amount of open time, or a column of amounts, leads up to these: see `sub` and `add_many`.

        >>> import numpy as np
        >>> import klokuur
        >>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00")
        >>> clock.sub_many(np.array(["2026-03-16T14:00"], "datetime64[s]"), hours=24)
        array(['2026-03-13T14:00:00'], dtype='datetime64[s]')
        """
    def to_dict(self, /) -> dict[str, typing.Any]:
        """
        The schedule as a dictionary: text, zone, conventions, history, and its holidays by name and fingerprint.

        >>> import klokuur
        >>> klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00").to_dict()
        {'hours': 'Mo-Fr 09:00-17:00', 'zone': 'Europe/Amsterdam'}
        """
    def to_json(self, /) -> str:
        """
        The schedule as a JSON document that `from_json` reads back, the same in every language.

        >>> import klokuur
        >>> klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00").to_json()
        '{"hours":"Mo-Fr 09:00-17:00","zone":"Europe/Amsterdam"}'
        """
    def with_closed(self, /, *dates: datetime.date) -> Schedule:
        """
        The same with these dates closed: no shift starts on them.

        >>> from datetime import date
        >>> import klokuur
        >>> klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00").with_closed(date(2026, 12, 24))
        Schedule('Europe/Amsterdam', 'Mo-Fr 09:00-17:00; 2026 Dec 24 off')

        Raises OutOfRangeError for a date outside 1900 to 2100.
        """
    def with_day(self, /, date: datetime.date, hours: str) -> Schedule:
        """
        The same with other hours on one date: a shortened day or an extra one. They win over all rules and holidays.

        >>> from datetime import date
        >>> import klokuur
        >>> klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00").with_day(date(2026, 12, 24), "09:00-13:00")
        Schedule('Europe/Amsterdam', 'Mo-Fr 09:00-17:00; 2026 Dec 24 09:00-13:00')

        Raises OutOfRangeError for a date outside 1900 to 2100, ScheduleSyntaxError for the hours.
        """
    def with_holidays(self, /, holidays: HolidayCalendar | str | collections.abc.Iterable[str] | collections.abc.Iterable[datetime.date] | collections.abc.Mapping[datetime.date, str]) -> Schedule:
        """
        The same with another holiday calendar, or the built-in one of that code, in all of its history.

        >>> import klokuur
        >>> klokuur.Schedule("Europe/Brussels", "Mo-Fr 09:00-17:00").with_holidays("BE").calendar.name
        'BE'

        Raises NeverOpenError when the holidays take all open time.
        """
    def within(self, /, start: datetime.datetime, end: datetime.datetime, amount: datetime.timedelta | None = None, *, hours: float | None = None, minutes: float | None = None, seconds: float | None = None) -> bool:
        """
        Whether `end` is not after `add(start, amount)`: answered within the norm or not.

        It compares instants: after a deadline at closing an answer is late, though no open time has passed since.

        >>> from datetime import datetime
        >>> from zoneinfo import ZoneInfo
        >>> import klokuur
        >>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00")
        >>> asked = datetime(2026, 3, 13, tzinfo=ZoneInfo("Europe/Amsterdam"))          # due at Friday's 24:00
        >>> clock.within(asked, datetime(2026, 3, 14, 10, tzinfo=ZoneInfo("Europe/Amsterdam")), hours=24)
        False

        Raises OutOfRangeError, InvalidValueError for a datetime without a zone.
        """
    def within_many(self, /, start: typing.Any, end: typing.Any, amount: datetime.timedelta | None = None, *, hours: float | None = None, minutes: float | None = None, seconds: float | None = None, threads: int = 1) -> typing.Any:
        """
        Whether each `end` is not after `add(start, amount)`: answered within the norm or not. See `within`.

        >>> import numpy as np
        >>> import klokuur
        >>> clock = klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00")
        >>> asked = np.array(["2026-03-13T14:00", "2026-03-13T14:00"], "datetime64[s]")
        >>> clock.within_many(asked, np.array(["2026-03-16T14:00", "2026-03-16T14:01"], "datetime64[s]"), hours=24)
        array([ True, False])

        A null gives False in NumPy, which has no null among booleans, and a missing value elsewhere (pandas: `boolean`).
        """
    @property
    def zone(self, /) -> str:
        """
        The IANA name of the zone that all hours are local to.
        """

@final
class ShipmentsCore:
    """
    The core of `klokuur.Shipments`.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    @staticmethod
    def from_dict(document: Any) -> ShipmentsCore: ...
    @staticmethod
    def from_json(text: str) -> ShipmentsCore: ...
    def plain(self, /) -> Any: ...
    def to_json(self, /) -> str: ...

@final
class SlaCore:
    """
    The core of a `klokuur.Sla`.
    """
    def __new__(cls, /, policy: Any, schedule: Schedule) -> SlaCore: ...
    def evaluate(self, /, events: Any, now: datetime.datetime) -> Any: ...
    def next_event(self, /, events: Any, now: datetime.datetime) -> tuple[Any, Any] | None: ...
    def policy(self, /) -> Any: ...
    def switched(self, /, at: datetime.datetime, schedule: Schedule) -> SlaCore: ...

@final
class StandingWatchCore:
    """
    The core of a `klokuur.StandingWatch`.
    """
    def __new__(cls, /, ledger: LedgerCore, now: datetime.datetime) -> StandingWatchCore: ...
    def advance(self, /, now: datetime.datetime) -> Any: ...
    def next_wake_up(self, /, now: datetime.datetime) -> Any | None: ...
    def replace(self, /, ledger: LedgerCore) -> None: ...

@final
class StandingWatchesCore:
    """
    The core of a `klokuur.StandingWatches`.
    """
    def __new__(cls, /) -> StandingWatchesCore: ...
    def advance(self, /, now: datetime.datetime) -> Any: ...
    def insert(self, /, account: str, ledger: LedgerCore, now: datetime.datetime) -> None: ...
    def next_wake_up(self, /, now: datetime.datetime) -> Any | None: ...
    def replace(self, /, account: str, ledger: LedgerCore) -> None: ...

def after_fork() -> None:
    """
    Python calls it after a process forked, in both.
    """

def arrow_columns(schedule: Schedule, question: str, first: typing.Any, second: typing.Any, amount: datetime.timedelta | None, threads: int) -> ArrowColumn:
    """
    One question about Arrow columns; the answers come in the chunks of the first.
    """

def arrow_list(column: typing.Any) -> list[typing.Any]:
    """
    An Arrow column of texts, truths or numbers as a list: for libraries that keep Python objects themselves.
    """

def arrow_of_ticks(ticks: numpy.typing.NDArray[numpy.int64], unit: str, zone: str | None) -> ArrowColumn:
    """
    NumPy ticks as an Arrow column: timestamps in a zone, or durations without one.
    """

def arrow_of_truths(truths: numpy.typing.NDArray[numpy.bool_], nulls: numpy.typing.NDArray[numpy.bool_]) -> ArrowColumn:
    """
    NumPy booleans, and where there is none, as an Arrow column.
    """

def arrow_ticks(column: typing.Any, amounts: bool = False) -> tuple[numpy.typing.NDArray[numpy.int64], str, str | None]:
    """
    An Arrow column as NumPy ticks, where the least number is null, with its unit and zone.

    One in which nothing is yet counts as microseconds, of instants in UTC or, with `amounts`, of amounts.
    """

def backtest_events(events: Any, elsewhere: Any, before: tuple[RulebookCore, Schedule | None], after: tuple[RulebookCore, Schedule | None], now: datetime.datetime) -> Any:
    """
    Every verdict that changes, of a log of records.
    """

def backtest_log(log: LogCore, elsewhere: Any, before: tuple[RulebookCore, Schedule | None], after: tuple[RulebookCore, Schedule | None], now: datetime.datetime, skip_refused: bool = False) -> Any:
    """
    Every verdict that changes, of a log that was read; a refused row is an error unless the caller tells of them.
    """

def before_fork() -> None:
    """
    Python calls it before a process forks.
    """

def cancelled_by_customer(document: OrderItemCancellationsCore) -> list[bool]:
    """
    Whether the customer asked for the cancellation of each item.
    """

def case_columns() -> tuple[list[tuple[str, str]], list[tuple[str, str]], list[str]]:
    """
    The columns of an event log and of outcomes, each with what it holds, and the fields of a row of the overview.
    """

def case_records(outcomes: Any, zone: str) -> Any:
    """
    What outcomes of cases say, dated in a zone.
    """

def clean_html(html: str, policy: Any) -> Any:
    """
    A mail as it reaches the customer.
    """

def columns_of_file(path: str, mapping: MappingCore, is_stated: bool) -> tuple[list[tuple[str, ArrowColumn, bool]], list[int], list[str], list[tuple[int, str]]]:
    """
    Reads a case log's file: the columns that the mapping looks at. `is_stated` is whether it was asked for.
    """

def date_of(text: str) -> datetime.date | None:
    """
    A date, as logs write it; None for what is none.
    """

def evaluate_columns(rules: RulebookCore, columns: collections.abc.Sequence[tuple[str, Any | None]], mapping: MappingCore, now: datetime.datetime, zone: str, threads: int, is_whole: bool, wanted: collections.abc.Sequence[str], views: bool, progress: Any | None = None) -> tuple[dict[str, Any], list[tuple[int, Any]], list[str]]:
    """
    One row a case, as Arrow columns by name, the refused rows with their errors, and what was noticed.

    `is_whole` says that these are all rows of the log: nothing readable among them is an error then. Only the columns that
    are `wanted` are made, their texts as `views` for a library that keeps them so.
    """

def fingerprint_changes(then: Any, now: Any) -> Any:
    """
    What is another now.
    """

def fingerprints_from_text(text: str) -> Any:
    """
    Fingerprints from their text.
    """

def fingerprints_of(schedule: Schedule | None, rules: RulebookCore | None) -> Any:
    """
    The fingerprints of a schedule, of the time zone data, and of rules where some are given.
    """

def fingerprints_to_text(fingerprints: Any) -> str:
    """
    Fingerprints as one line of text.
    """

def handling_percentile(handlings: Any, share: float) -> Any:
    """
    One percentile of handling times.
    """

def handling_times(handlings: Any) -> Any:
    """
    The percentiles of handling times.
    """

def indicator_checks(document: PerformanceIndicatorsCore) -> Any:
    """
    The checks of all indicators of a document.
    """

def indicator_numbers(document: PerformanceIndicatorsCore, rules: RulebookCore) -> Any:
    """
    The numbers of all indicators with a score, by the names of a rulebook.
    """

def indicator_verdicts(document: PerformanceIndicatorsCore, rules: RulebookCore, now: datetime.datetime) -> Any:
    """
    The reported, the recomputed and the rulebook's verdicts of all indicators.
    """

def insight_overview(cases: Any, orders: Any, query: Any) -> Any:
    """
    The overview of a period, perhaps split and narrowed.
    """

def is_reply_address(address: str, policy: Any) -> bool:
    """
    Whether customers' replies come from an address.
    """

def join_weeks(rules: RulebookCore, here: Any, elsewhere: Any) -> Any:
    """
    Numbers measured here and elsewhere, joined.
    """

def joined_texts(columns: list[typing.Any]) -> list[str]:
    """
    A column whose cells are those of others, joined row by row.
    """

def judge_weeks(rules: RulebookCore, numbers: Any, now: datetime.datetime) -> Any:
    """
    The verdicts of weeks, by one rulebook.
    """

def kpi_numbers(document: KpiScoresCore, rules: RulebookCore) -> Any:
    """
    The numbers of all scores, by the names of a rulebook.
    """

def last_mail_date(ordered: datetime.date, within_years: int) -> datetime.date:
    """
    The last date on which a mail about an order reaches the customer.
    """

def log_of_columns(columns: collections.abc.Sequence[tuple[str, Any | None]], mapping: MappingCore, lines: collections.abc.Sequence[int] | None = None) -> LogCore:
    """
    Reads a log in columns.
    """

def mail_policy(rules: RulebookCore | None = None) -> Any:
    """
    The default policy, or that of a rulebook.
    """

def may_mail(ordered: datetime.date, on: datetime.date, policy: Any) -> bool:
    """
    Whether a mail about an order still reaches the customer.
    """

def nanoseconds_of(at: datetime.datetime) -> int:
    """
    The nanoseconds since the Unix epoch of a datetime with a zone.
    """

def nanoseconds_of_amount(amount: datetime.timedelta) -> int:
    """
    The nanoseconds of a timedelta.
    """

def nps_by_key(scores: numpy.typing.NDArray[numpy.uint8], keys: numpy.typing.NDArray[numpy.uint32], groups: int) -> list[Nps]:
    """
    The tally of each key `0..groups`; NO_KEY rows are left out.
    """

def nps_by_period(at: numpy.typing.NDArray[numpy.int64], scores: numpy.typing.NDArray[numpy.uint8], zone: str | datetime.tzinfo, by_month: bool) -> list[tuple[datetime.date, Nps]]:
    """
    The tally of every ISO week or month in a zone: pairs of its first date and the answers.
    """

def nps_bytes(values: numpy.typing.NDArray[typing.Any], nulls: numpy.typing.NDArray[numpy.bool_] | None) -> numpy.typing.NDArray[numpy.uint8]:
    """
    Scores as bytes, NO_ANSWER for a null; the first that is no whole number from 0 to 10 is refused with its row.

    `values` is a NumPy array of a native number type; `nulls` says where there is no answer, and so does a NaN.
    """

def nps_in_period(at: numpy.typing.NDArray[numpy.int64], scores: numpy.typing.NDArray[numpy.uint8], zone: str | datetime.tzinfo, first: datetime.date, last: datetime.date) -> Nps:
    """
    The tally of a period of dates in a zone.
    """

def nps_numbers(of: str, promoters: int, passives: int, detractors: int) -> Any:
    """
    The NPS norm from counts of answers.
    """

def nps_of_bytes(scores: numpy.typing.NDArray[numpy.uint8]) -> Nps:
    """
    The tally of bytes as `nps_bytes` gives them.
    """

def nps_of_weights(scores: numpy.typing.NDArray[numpy.uint8], weights: numpy.typing.NDArray[numpy.float64], confidence: float, method: str) -> WeightedNps:
    """
    The weighted score of bytes as `nps_bytes` gives them; rows without an answer are left out.
    """

def nps_required_answers(margin: float, confidence: float = 0.95, *, promoter_share: float | None = None, detractor_share: float | None = None) -> int:
    """
    How many answers give an interval of plus or minus `margin` points, at worst or for guessed shares.

    >>> import klokuur
    >>> klokuur.nps_required_answers(10), klokuur.nps_required_answers(10, promoter_share=0.6, detractor_share=0.1)
    (385, 173)

    Raises OutOfRangeError for a margin, confidence or shares that make no sense.
    """

def nps_trend(periods: collections.abc.Iterable[Nps]) -> NpsTrend | None:
    """
    The trend over periods in order; None when fewer than two have answers.

    >>> import klokuur
    >>> months = [klokuur.Nps(40, 40, 20), klokuur.Nps(50, 35, 15), klokuur.Nps(60, 30, 10)]
    >>> trend = klokuur.nps_trend(months)
    >>> round(trend.points_per_period, 6), trend.p_two_sided < 0.05
    (15.0, True)
    """

def numpy_columns(schedule: Schedule, question: str, first: numpy.typing.NDArray[numpy.int64], second: numpy.typing.NDArray[numpy.int64] | None, amount: datetime.timedelta | None, unit: str, threads: int) -> numpy.typing.NDArray[typing.Any]:
    """
    One question about NumPy columns of 64-bit ticks, where the least number is null.
    """

def numpy_floor_microseconds(ticks: numpy.typing.NDArray[numpy.int64], unit: str) -> numpy.typing.NDArray[numpy.int64]:
    """
    Instants as microseconds, down to the one that each lies in: for questions that only look at dates.
    """

def numpy_in_unit(ticks: numpy.typing.NDArray[numpy.int64], unit: str, wanted: str) -> numpy.typing.NDArray[numpy.int64]:
    """
    Ticks in another unit: exactly, or an error that names the row. Beyond 64 bits they stay at the limit, which is
    outside the supported instants too.
    """

def order_weeks(rules: RulebookCore, lines: collections.abc.Sequence[Any], cases: collections.abc.Sequence[datetime.datetime], now: datetime.datetime) -> tuple[Any, list[tuple[int, Any]]]:
    """
    The numbers of the norms that are measured on orders, and the refused order lines with their errors.
    """

def order_weeks_of_columns(rules: RulebookCore, instants: collections.abc.Sequence[Any | None], quantity: collections.abc.Sequence[int], dates: collections.abc.Sequence[collections.abc.Sequence[int | None]], truths: collections.abc.Sequence[collections.abc.Sequence[bool | None]], names: collections.abc.Sequence[collections.abc.Sequence[str | None]], cases: collections.abc.Sequence[datetime.datetime], now: datetime.datetime) -> tuple[Any, list[tuple[int, Any]]]:
    """
    The weekly numbers of order lines in columns, and the lines that are refused.
    """

def period_between(first: datetime.date, last: datetime.date) -> Any:
    """
    A period of whole dates.
    """

def period_month(year: int, month: int) -> Any:
    """
    A calendar month as a period.
    """

def period_trailing(last: datetime.date, days: int) -> Any:
    """
    The days up to and with a date as a period.
    """

def picture_of_files(source: str, mapping: MappingCore, is_stated: bool, orders: tuple[str, OrderMappingCore] | None, rules: RulebookCore, now: datetime.datetime) -> PictureCore:
    """
    The picture of a folder, or of one case log; `orders` is an export of orders beside it.
    """

def picture_of_tables(cases: collections.abc.Sequence[tuple[str, Any | None]], beside: list[tuple[str, list[tuple[str, typing.Any]]]], mapping: MappingCore, rules: RulebookCore, now: datetime.datetime) -> PictureCore:
    """
    The picture of tables in columns: of the case log, and of those beside it by their names.
    """

def policy_points(rules: RulebookCore, events: Any, on: Any) -> Any:
    """
    The policy points of an account on a date, or at an instant.
    """

def read_orders(rows: collections.abc.Sequence[collections.abc.Sequence[str]], mapping: OrderMappingCore) -> tuple[Any, list[tuple[int, Any]]]:
    """
    The lines of an export and the rows that are refused.
    """

def read_orders_file(path: str, mapping: OrderMappingCore) -> tuple[Any, list[tuple[int, Any]], list[tuple[int, str]]]:
    """
    The same of a file, with its lines that are no rows; rows go by their lines.
    """

def reported_standing(document: PerformanceStatusCore) -> Any:
    """
    The standing that a status document reports.
    """

def response_weeks(zone: str, asked: collections.abc.Sequence[int], due: collections.abc.Sequence[int], answered: collections.abc.Sequence[int], now: datetime.datetime) -> Any:
    """
    The response-time numbers of rows of questions: asked, due, answered, in microseconds.
    """

def return_events(document: ReturnsCore) -> Any:
    """
    The events of the cases of all returned items.
    """

def return_starts(document: ReturnsCore) -> Any:
    """
    The clock starts of all returned items.
    """

def review_grade(rules: RulebookCore, reviews: collections.abc.Sequence[tuple[datetime.date, int]], on: datetime.date) -> Any:
    """
    The review grade on a date.
    """

def review_period(rules: RulebookCore, reviews: collections.abc.Sequence[tuple[datetime.date, int]], on: datetime.date) -> Any:
    """
    Which reviews count on a date.
    """

def run_command(arguments: list[str], out: typing.Any, errors: typing.Any) -> int:
    """
    Runs the command `klokuur`; the first argument is its own name. Its exit code.
    """

def satisfaction(nps: collections.abc.Sequence[tuple[datetime.date, int]], reviews: collections.abc.Sequence[tuple[datetime.date, int]], last: datetime.date, rules: RulebookCore) -> Any:
    """
    How satisfied customers are.
    """

def score_estimate(rules: RulebookCore, results: Any, on: datetime.date) -> Any:
    """
    The estimate of the score that would be shown on a date.
    """

def score_reported(rules: RulebookCore, score: str, on: datetime.date) -> bool | None:
    """
    Checks a reported score, and tells its value and whether it meets the minimum.
    """

def share_interval(count: int, of: int, confidence: float) -> Any:
    """
    The interval of a share.
    """

def shipped_mappings() -> list[tuple[str, str]]:
    """
    The names of the shipped mappings, with what each is for.
    """

def signal_report(cases: Any, orders: Any, last: datetime.date, rules: RulebookCore) -> Any:
    """
    What comes up more often than it used to.
    """

def standards_judge(rules: RulebookCore, items: Any, figures: Any, on: datetime.date) -> Any:
    """
    Every standard of a rulebook and its ladders, as they stand at the start of a date.
    """

def subject_overview(cases: Any, orders: Any, period: tuple[datetime.date, datetime.date], rules: RulebookCore) -> Any:
    """
    What the cases of a period are about.
    """

def use_zone_data(release: str, files: collections.abc.Mapping[str, bytes]) -> None:
    """
    Reads zones from these files from now on, in this whole process: a newer release than the one that comes with klokuur.

    `files` has a name of the IANA database with the bytes of its file (TZif), as they stand in `/usr/share/zoneinfo` or in
    the package `tzdata`, for each zone that is to be replaced; all others stay those of the bundled release. It is done
    once, before the first zone is named. `zone_data()` tells the choice, and so do all fingerprints.

    >>> import klokuur, tzdata
    >>> from importlib.resources import files
    >>> vancouver = files("tzdata.zoneinfo") / "America" / "Vancouver"
    >>> klokuur.use_zone_data(tzdata.IANA_VERSION, {"America/Vancouver": vancouver.read_bytes()})  # doctest: +SKIP
    """

def version() -> str:
    """
    The version of the library.
    """

def week_bears_strike(result: Any) -> bool:
    """
    Whether a judged week is a final miss of a strike-bearing norm.
    """

def week_dates(text: str) -> tuple[datetime.date, datetime.date]:
    """
    The Monday and the Sunday of a week.
    """

def week_final_from(rules: RulebookCore, text: str, last_deadline: datetime.datetime | None = None) -> Any:
    """
    From when on a week is final, and whether it is at `now`.
    """

def week_forecast(result: Any, planned_total: int | None = None) -> Any:
    """
    What a week can still take, with its sentences.
    """

def week_judged(text: str, norms: collections.abc.Sequence[str]) -> Any:
    """
    A final week without a miss, or in which these norms were missed.
    """

def week_new(year: int, number: int) -> str:
    """
    The text of a week given by its numbers.
    """

def week_of(date: datetime.date) -> str:
    """
    The text of the week of a date.
    """

def week_parts(text: str) -> tuple[str, int, int]:
    """
    The canonical text of a week, and its year and number.
    """

def week_plus(text: str, weeks: int) -> str:
    """
    The text of the week so many weeks later.
    """

def week_since(text: str, other: str) -> int:
    """
    How many weeks one lies after the other.
    """

def week_value(result: Any) -> float | None:
    """
    What a judged week is worth, for display.
    """

def weeks_judged(rules: RulebookCore, results: Any) -> Any:
    """
    The results of all norms as judged weeks.
    """

def weeks_of_cases(zone: str, asked: Any, due: Any, answered: Any, measured: numpy.typing.NDArray[numpy.bool_], verdict: Any, now: datetime.datetime) -> Any:
    """
    The response-time numbers of the columns of cases, in microseconds.
    """

def weeks_with_orders(rules: RulebookCore, weeks: Any, ordered_at: collections.abc.Sequence[datetime.datetime]) -> Any:
    """
    The same weeks with the orders up to their end.
    """

def whole_number(text: str) -> int | None:
    """
    A whole number, as logs write it; None for what is none.
    """

def yes_or_no(text: str) -> bool | None:
    """
    Yes or no, as logs write it; None for what is neither.
    """

def yes_or_no_accepted() -> str:
    """
    What `yes_or_no` takes, for messages.
    """

def zone_data() -> str:
    """
    The release of the IANA time zone database by which klokuur reads every zone.

    `zoneinfo` may hold another: an answer is the right instant, displayed by the rules of the zone that was given.

    >>> import klokuur
    >>> klokuur.zone_data() >= "2026f"
    True
    """

def zone_offsets(zone: str, first: int, step: int, count: int) -> list[int]:
    """
    Wall clock minus UTC in seconds, `count` times, `step` seconds apart: what the comparison with zoneinfo reads.
    """
