"""Holiday calendars."""

from __future__ import annotations

import pickle
from datetime import date, datetime, timezone

import holidays as holidays_package
import numpy as np
import pandas as pd
import pytest

import klokuur
from klokuur import Holiday, HolidayCalendar

NL = HolidayCalendar("NL")
EVE = date(2026, 12, 24)


def test_the_switches_of_the_netherlands() -> None:
    assert NL == HolidayCalendar("NL", liberation_day="lustrum", good_friday=False)
    day = date(2026, 5, 5)
    assert day not in NL and date(2025, 5, 5) in NL
    assert day in HolidayCalendar("NL", liberation_day="every_year")
    assert date(2025, 5, 5) not in HolidayCalendar("NL", liberation_day="never")
    assert date(2026, 4, 3) in HolidayCalendar("NL", good_friday=True)
    with pytest.raises(klokuur.InvalidValueError, match="lustrum, every_year or never"):
        HolidayCalendar("NL", liberation_day="sometimes")  # type: ignore[arg-type]
    with pytest.raises(klokuur.InvalidValueError, match="for NL only"):
        HolidayCalendar("BE", good_friday=True)


def test_holidays_have_dates_and_names() -> None:
    found = NL.holidays(2026)
    assert found[0] == Holiday(date(2026, 1, 1), "New Year's Day", "Nieuwjaarsdag")
    assert len(found) == 9 and found == sorted(found, key=lambda one: one.date)
    for year in (0, -5, 10_000, 2**40):
        with pytest.raises(klokuur.OutOfRangeError, match="1 to 9999"):
            NL.holidays(year)


def test_from_dates_takes_what_people_have() -> None:
    named = HolidayCalendar.from_dates({EVE: "Stocktaking"})
    assert named == HolidayCalendar.from_dates([(EVE, "Stocktaking")])
    plain = HolidayCalendar.from_dates([EVE], name="Stocktaking")
    assert plain == named
    for dates in (
        ["2026-12-24"],
        pd.DatetimeIndex(["2026-12-24"]),
        np.array(["2026-12-24"], "datetime64[D]"),
        np.array(["2026-12-24"], "datetime64[s]"),
        pd.Series([datetime(2026, 12, 24)]),
        (day for day in [EVE]),
    ):
        assert HolidayCalendar.from_dates(dates, name="Stocktaking") == named, dates
    for wrong in (datetime(2026, 12, 24, 9), datetime(2026, 12, 24, tzinfo=timezone.utc), "24 December"):
        with pytest.raises(klokuur.InvalidValueError, match="date"):
            HolidayCalendar.from_dates([wrong])  # type: ignore[list-item]
    with pytest.raises(klokuur.InvalidValueError):
        HolidayCalendar.from_dates([(EVE, "")])
    with pytest.raises(TypeError):
        HolidayCalendar.from_dates([5])  # type: ignore[list-item]


def test_from_dates_takes_a_holidays_object() -> None:
    theirs = holidays_package.country_holidays("NL", years=[2026, 2027])
    ours = HolidayCalendar.from_dates(theirs)
    assert [one.date for one in ours.holidays(2026)] == sorted(day for day in theirs if day.year == 2026)
    lazy = holidays_package.country_holidays("NL")
    with pytest.raises(klokuur.InvalidValueError, match="years="):
        HolidayCalendar.from_dates(lazy)
    assert HolidayCalendar.from_dates(lazy, years=[2026, 2027]) == ours
    with pytest.raises(klokuur.InvalidValueError, match="years `years=` is not valid"):
        HolidayCalendar.from_dates([EVE], years=[2026])


def test_calendars_grow_and_shrink() -> None:
    own = NL.with_date(EVE, "Stocktaking").without(date(2026, 4, 27), date(2026, 4, 6))
    assert EVE in own and date(2026, 4, 27) not in own and date(2027, 4, 27) in own
    both = NL | HolidayCalendar("BE")
    assert both == NL.union(HolidayCalendar("BE")) and both.name == "BE + NL"
    assert not HolidayCalendar() and NL
    with pytest.raises(klokuur.UnknownNameError, match="time zone"):
        NL.in_zone("Europe/Atlantis")
    with pytest.raises(klokuur.InvalidValueError, match="use .date"):
        NL.is_holiday(datetime(2026, 4, 27))
    with pytest.raises(TypeError):
        NL | "BE"  # type: ignore[operator]


@pytest.mark.parametrize(
    "calendar",
    [
        NL,
        HolidayCalendar(),
        NL | HolidayCalendar("PL").in_zone("Europe/Warsaw"),
        NL.with_date(EVE, "Stocktaking", "Inventarisatie").without(date(2026, 4, 27)).named("shop"),
    ],
    ids=repr,
)
def test_calendars_pickle_hash_and_read_back(calendar: HolidayCalendar) -> None:
    for again in (
        pickle.loads(pickle.dumps(calendar)),
        HolidayCalendar.from_json(calendar.to_json()),
        HolidayCalendar.from_dict(calendar.to_dict()),
    ):
        assert again == calendar and hash(again) == hash(calendar) and again.name == calendar.name


def test_a_document_with_a_mistake() -> None:
    with pytest.raises(klokuur.InvalidDocumentError):
        HolidayCalendar.from_json('{"countries": ["XX"]}')
    with pytest.raises(klokuur.InvalidDocumentError):
        HolidayCalendar.from_dict({"contries": ["NL"]})
