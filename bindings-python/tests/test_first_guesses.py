"""What people write before they read anything: it works, or the error names the call that does.

The list was written from habit (pandas, Polars, the standard library, other SLA and NPS packages), not from the
documentation. A guess whose second part is None works; else it is refused with a message that has that part.
"""

from __future__ import annotations

import re
import warnings
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import holidays as python_holidays
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import klokuur as kk
import klokuur.pandas
import klokuur.polars

TZ = ZoneInfo("Europe/Amsterdam")

GUESSES: list[tuple[str, str | None]] = [
    # A clock.
    ('kk.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00")', None),
    ('kk.Schedule("Mo-Fr 09:00-17:00", "Europe/Amsterdam")', "zone"),
    ('kk.Schedule(TZ, "Mo-Fr 09:00-17:00")', None),
    ('kk.Schedule("europe/amsterdam", "Mo-Fr 09:00-17:00")', None),
    ('kk.Schedule("Europe/Amsterdam", "9-17")', "accepted is"),
    ('kk.Schedule("Europe/Amsterdam", "24/7")', None),
    ('kk.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00", holidays="NL")', None),
    ('kk.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00", holidays="nl")', "accepted is NL"),
    ('kk.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00", holidays="Netherlands")', "accepted is NL"),
    ('kk.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00", holidays=["NL", "BE"])', None),
    ('kk.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00", holidays=[date(2026, 12, 24)])', None),
    ('kk.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00", holidays={date(2026, 12, 24): "Closed"})', None),
    ('kk.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00", holidays=python_holidays.NL(years=2026))', None),
    ('kk.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00", holidays=python_holidays.NL())', "years="),
    ('kk.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00", holidays=True)', "HolidayCalendar"),
    ("kk.HolidayCalendar('NL')", None),
    ("kk.HolidayCalendar('nl')", "accepted is NL"),
    ("kk.HolidayCalendar('NL').holidays(2026)", None),
    ("kk.HolidayCalendar('NL')[2026]", "holidays(2026)"),
    ("list(kk.HolidayCalendar('NL'))", "holidays("),
    ("date(2026, 12, 25) in kk.HolidayCalendar('NL')", None),
    ("'2026-12-25' in kk.HolidayCalendar('NL')", None),
    ("datetime(2026, 12, 25) in kk.HolidayCalendar('NL')", ".date()"),
    ("kk.HolidayCalendar('NL') + kk.HolidayCalendar('BE')", None),
    ("kk.HolidayCalendar('NL') | kk.HolidayCalendar('BE')", None),
    ("kk.HolidayCalendar(['NL', 'BE'])", "|"),
    ("kk.HolidayCalendar('NL', years=2026)", "years"),
    ("kk.HolidayCalendar.from_dates(['2026-12-24'])", None),
    ("kk.HolidayCalendar.from_dates(pd.Series(['Closed'], index=pd.to_datetime(['2026-12-24'])))", None),
    ("kk.HolidayCalendar.from_dates(pd.to_datetime(['2026-12-24', '2026-12-31']))", None),
    ("kk.HolidayCalendar.from_dates([pd.NaT])", "accepted is"),
    # One instant.
    ("clock.add(asked, hours=24)", None),
    ("clock.add(asked, 24)", "hours="),
    ("clock.add(asked, timedelta(hours=24))", None),
    ("clock.add(asked, '24h')", None),
    ("clock.add(asked, '24 h')", None),
    ("clock.add(asked, 'PT24H')", None),
    ("clock.add(asked, '1h30min')", None),
    ("clock.add(asked, '1 day')", "24 h"),
    ("clock.add(asked, pd.Timedelta('24h'))", None),
    ("clock.add(asked, np.timedelta64(24, 'h'))", None),
    ("clock.add(asked, days=1)", "days"),
    ("clock.add(asked, hours='24')", "number"),
    ("clock.add(pd.Timestamp('2026-03-13 15:00', tz='Europe/Amsterdam'), hours=24)", None),
    ("clock.add('2026-03-13T15:00:00+01:00', hours=24)", None),
    ("clock.add('2026-03-13 15:00', hours=24)", "offset"),
    ("clock.add(datetime(2026, 3, 13, 15), hours=24)", "tzinfo"),
    ("clock.add(date(2026, 3, 13), hours=24)", "datetime"),
    ("clock.add(events['at'], hours=24)", "add_many"),
    ("clock.between(events['at'], now)", "between_many"),
    ("clock.is_open(events['at'])", "is_open_many"),
    ("clock.next_open(frame['asked'])", "next_open_many"),
    ("clock.between(asked, now)", None),
    ("clock.between(now, asked)", None),
    ("clock.is_open(now)", None),
    ("clock.explain(asked, clock.add(asked, hours=24))", None),
    ("clock.explain(asked, now).to_sentence('nl')", None),
    ("clock.explain(asked, now).to_sentence('en')", None),
    ("clock.explain(asked, now).to_sentence('dutch')", None),
    ("clock.explain(asked, now).to_sentence('de')", "english or dutch"),
    ("clock.day(date(2026, 4, 27))", None),
    ("clock.day('2026-04-27')", None),
    ("clock.with_holidays('BE')", None),
    # Columns.
    ("clock.add_many(frame['asked'], hours=24)", None),
    ("clock.add_many(frame['asked'], '24h')", None),
    ("clock.add_many(frame['asked'].tolist(), hours=24)", None),
    ("clock.add_many(frame['asked'].dt.tz_localize(None), hours=24)", "tz_localize"),
    ("clock.add_many(frame['asked'].astype(str), hours=24)", "to_datetime"),
    ("clock.add_many(frame, hours=24)", "column"),
    ("clock.between_many(frame['asked'], frame['answered'])", None),
    ("clock.between_many(frame['asked'], now)", None),
    ("clock.between_many(frame['asked'], [None] * 3)", None),
    ("clock.between_many(pl.Series(frame['asked']), pl.Series([None] * 3))", None),
    ("clock.within_many(frame['asked'], frame['answered'], hours=24).sum()", None),
    ("frame['asked'].klokuur.due(clock, hours=24)", None),
    ("frame['asked'].klokuur.due(clock, '24h')", None),
    ("frame[frame['asked'].klokuur.is_open(clock)]", None),
    ("pl.DataFrame(frame).with_columns(due=pl.col('asked').klokuur.due(clock, hours=24))", None),
    ("pl.DataFrame(frame).with_columns(spent=pl.col('asked').klokuur.until(clock, pl.lit(now)))", None),
    ("pl.DataFrame(frame).with_columns(spent=pl.col('asked').klokuur.until(clock, now))", None),
    ("pl.DataFrame(frame).with_columns(ok=pl.lit(asked).klokuur.within(clock, pl.col('answered'), hours=24))", None),
    ("pl.DataFrame(frame).lazy().with_columns(o=pl.col('asked').klokuur.is_open(clock)).collect()", None),
    ("clock.add_many(pa.table(pl.DataFrame(frame).to_arrow())['asked'], hours=24)", None),
    ("clock.is_open_many(frame['asked'].to_numpy())", None),
    # An event log.
    ("kk.evaluate(events, now=now)", None),
    ("kk.evaluate(events)", "now"),
    ("kk.evaluate(pl.DataFrame(events), now=now)", None),
    ("kk.evaluate(events.to_dict('list'), now=now)", None),
    ("kk.evaluate(events.to_dict('records'), now=now)", None),
    ("kk.evaluate(list_of_events, now=now)", None),
    ("kk.evaluate(log_csv, now=now)", None),
    ("kk.evaluate(Path(log_csv), now=now)", None),
    ("kk.evaluate('nowhere.csv', now=now)", "it is not there"),
    ("kk.evaluate(pl.DataFrame(events).lazy(), now=now)", "collect()"),
    ("kk.evaluate(events.rename(columns={'case': 'ticket_id'}), now=now)", "rename"),
    ("kk.evaluate(events, 'bol', now=now)", None),
    ("kk.evaluate(events, rules='bol', now=now)", None),
    ("kk.evaluate(events, rules='bol.com', now=now)", "accepted is"),
    ("kk.evaluate(events, rules=kk.Rulebook.bol(), now=now)", None),
    ("kk.evaluate(events, rules=kk.Rulebook, now=now)", "Rulebook.bol()"),
    ("kk.evaluate(events, now='2026-03-20T00:00:00+01:00')", None),
    ("kk.evaluate(events, now=datetime(2026, 3, 20))", "tzinfo"),
    ("kk.evaluate(events, now=date(2026, 3, 20))", "datetime"),
    ("kk.evaluate(events, now=pd.Timestamp('2026-03-20', tz='Europe/Amsterdam'))", None),
    ("kk.evaluate(events.assign(at=events['at'].astype(str)), now=now)", None),
    ("kk.evaluate(events.assign(at=events['at'].dt.tz_localize(None)), now=now)", "tz_localize"),
    ("kk.evaluate(events.assign(event=events['event'].str.upper()), now=now)", None),
    ("kk.evaluate(kk.sample(), now=kk.sample_now())", None),
    ("kk.for_excel(cases).to_excel", None),
    ("cases['verdict'].value_counts()", None),
    ("cases.set_index('case').loc['K-1', 'due']", None),
    # Weeks.
    ("kk.weeks(cases)", None),
    ("kk.weeks(cases, rules='bol')", None),
    ("kk.weeks(cases)['share']", None),
    ("kk.weeks(cases).plot", None),
    ("kk.weeks(events)", "evaluate"),
    ("kk.weeks(book)", "now"),
    ("kk.weeks(book, now=now)", None),
    ("kk.weeks(cases, now=now)", None),
    # Strikes.
    ("kk.Ledger(weeks)", None),
    ("kk.Ledger(weeks).standing(date(2026, 3, 20))", None),
    ("kk.Ledger(weeks).standing(now)", None),
    ("kk.Ledger(weeks).standing('2026-03-20')", None),
    ("kk.Ledger(weeks).standing()", "date.today()"),
    ("kk.Ledger(weeks).strikes()", "date.today()"),
    ("kk.Ledger(cases)", "weeks("),
    ("kk.Ledger(['2026-W10', '2026-W11'])", "JudgedWeek.bad"),
    ("kk.Ledger(weeks, rules='bol')", None),
    # NPS.
    ("kk.nps([10, 9, 8, 3])", None),
    ("kk.nps(frame['score'])", None),
    ("kk.nps(frame['score'].astype('category'))", None),
    ("kk.nps(range(11))", None),
    ("kk.nps({'a': 10, 'b': 3}.values())", None),
    ("kk.nps(['10', '3'])", "numbers"),
    ("kk.nps(frame)", "column"),
    ("kk.nps([11])", "0 to 10"),
    ("kk.nps(frame['score']).interval()", None),
    ("kk.nps_by(frame['score'], frame['agent'])", None),
    ("kk.nps_by(frame['score'], by=frame['agent'])", None),
    ("kk.nps_by(frame, by='agent')", None),
    ("kk.nps_by(frame, by=['agent', 'item'])", None),
    ("kk.nps_by(frame['score'], by='agent')", "column"),
    ("kk.nps_by(frame['score'], frame['agent'])['agent']", None),
    ("kk.nps_by_month(frame['asked'], frame['score'], 'Europe/Amsterdam')['month'].dt.year", None),
    ("kk.nps_by_month(frame['asked'], frame['score'])", "zone"),
    # A book.
    ("kk.CaseBook()", None),
    ("kk.CaseBook('bol')", None),
    ("kk.CaseBook().apply({'case': 'K-1', 'at': asked, 'event': 'opened'})", None),
    ("kk.CaseBook().apply_all(events)", "load"),
    ("kk.CaseBook().load(events)", None),
    ("book.overview(now).to_frame()", None),
    ("book.overview()", "now"),
    ("book.overview(now).to_pandas()", "to_frame"),
    ("book['K-1']", "case("),
    ("len(book)", None),
    # The rest.
    ("kk.Rulebook('bol')", "Rulebook.shipped"),
    ("kk.Rulebook.bol().to_dict()['case']", None),
    ("kk.IsoWeek('2026-W10')", None),
    ("kk.IsoWeek(2026, 10)", None),
    ("kk.plot.norms(weeks)", None),
    ("kk.plot.due(cases)", None),
    ("kk.__version__", None),
]

#: What habit also wrote, and what Python itself refuses without a word of help.
UNHELPED = [
    "kk.Ledger.from_weeks(weeks)",
    "kk.nps(frame['score']).value",
    "float(kk.nps(frame['score']))",
    "kk.CaseBook().apply(case='K-1', at=asked, event='opened')",
    "kk.Rulebook.load('mine.toml')",
]


def log() -> pd.DataFrame:
    at = pd.to_datetime(["2026-03-09T10:00", "2026-03-10T09:00", "2026-03-13T15:00", "2026-03-18T10:00"])
    return pd.DataFrame(
        {
            "case": ["K-1", "K-1", "K-2", "K-2"],
            "at": at.tz_localize("Europe/Amsterdam"),
            "event": ["opened", "seller_message", "opened", "seller_message"],
        }
    )


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    now = datetime(2026, 3, 20, tzinfo=TZ)
    events = log()
    log_csv = str(tmp_path_factory.mktemp("log") / "log.csv")
    events.assign(at=[at.isoformat() for at in events["at"]]).to_csv(log_csv, index=False)
    cases = kk.evaluate(events, now=now)
    book = kk.CaseBook()
    book.load(events)
    frame = pd.DataFrame(
        {
            "asked": pd.to_datetime(["2026-03-09T10:00", "2026-03-13T15:00", None]).tz_localize("Europe/Amsterdam"),
            "answered": pd.to_datetime(["2026-03-10T09:00", "2026-03-18T10:00", None]).tz_localize("Europe/Amsterdam"),
            "score": [10, 3, 9],
            "agent": ["ann", "bob", "ann"],
            "item": ["cup", "cup", "jar"],
        }
    )
    made = SimpleNamespace(
        kk=kk, pd=pd, pl=pl, np=np, pa=pa, python_holidays=python_holidays, TZ=TZ, Path=Path,
        date=date, datetime=datetime, timedelta=timedelta, UTC=UTC, now=now, events=events, cases=cases, book=book,
        log_csv=log_csv, frame=frame, weeks=kk.weeks(cases), asked=datetime(2026, 3, 13, 15, tzinfo=TZ),
        clock=kk.Schedule("Europe/Amsterdam", "Mo-Fr 00:00-24:00", holidays="NL"),
        list_of_events=[kk.CaseEvent("K-1", datetime(2026, 3, 13, 15, tzinfo=TZ), "opened")],
    )
    return vars(made)


@pytest.mark.parametrize(("guess", "says"), GUESSES, ids=[guess for guess, _ in GUESSES])
def test_a_first_guess_works_or_is_told_what_does(guess: str, says: str | None, names: dict[str, Any]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", kk.RefusedRowsWarning)
        if says is None:
            eval(guess, dict(names))  # noqa: S307
            return
        with pytest.raises((kk.KlokuurError, TypeError, AttributeError), match=re.escape(says)):
            eval(guess, dict(names))  # noqa: S307


def test_there_are_as_many_guesses_as_habits() -> None:
    assert len({guess for guess, _ in GUESSES}) == len(GUESSES) >= 139


@pytest.mark.parametrize("guess", UNHELPED)
def test_what_python_refuses_is_no_silent_answer(guess: str, names: dict[str, Any]) -> None:
    with pytest.raises((TypeError, AttributeError)):
        eval(guess, dict(names))  # noqa: S307
