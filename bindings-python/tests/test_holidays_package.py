"""The built-in countries beside the package `holidays`, every year from 1990 to 2050."""

from __future__ import annotations

from collections import Counter

from holiday_differences import REASONS, YEARS, differences, every_difference
from klokuur import HolidayCalendar


def test_h3_every_difference_has_one_reason_and_every_reason_a_difference() -> None:
    found = every_difference()
    reasons = [[reason for reason in REASONS if reason.covers(one)] for one in found]
    assert [one for one, why in zip(found, reasons, strict=True) if len(why) != 1] == []
    used = Counter(id(why[0]) for why in reasons)
    assert [reason.words for reason in REASONS if not used[id(reason)]] == []
    # What is only on the other list is left out on purpose in every year, and nothing else is missing.
    assert {(one.code, one.name) for one in found if not one.ours and one.day.year > 2000} == {
        ("NL", "Good Friday"),
        ("IT", "National Unity Day"),
    }


def test_h1_with_good_friday_the_dutch_lists_are_one() -> None:
    assert len(YEARS) == 61
    assert list(differences("NL", HolidayCalendar("NL", good_friday=True))) == []


def test_h3_where_the_history_is_right_only_choices_differ() -> None:
    right_since = {country.code: country.right_since for country in HolidayCalendar.countries()}
    late = {one.code for one in every_difference() if one.day.year >= right_since[one.code]}
    assert late == {"NL", "ES", "IT"}
