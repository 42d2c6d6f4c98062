"""Zones: klokuur reads one release of the IANA database, hosts may read another (RULES C10)."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta, timezone
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
import tzdata

import klokuur
from klokuur import _klokuur

HALF_DAY = 43_200
FIRST = int(datetime(1900, 1, 1, tzinfo=UTC).timestamp())
LAST = int(datetime(2101, 1, 1, tzinfo=UTC).timestamp())

# Zones that hurt; `make zones` compares all of them.
SAMPLE = [
    "Africa/Casablanca",
    "America/Argentina/Cordoba",
    "America/Vancouver",
    "Australia/Lord_Howe",
    "Europe/Amsterdam",
    "Europe/Dublin",
    "Pacific/Apia",
]


def names() -> list[str]:
    if "KLOKUUR_ALL_ZONES" not in os.environ:
        return SAMPLE
    lines = (files("tzdata") / "zones").read_text().split()
    return sorted(name for name in lines if name != "Factory")


def package_zone(name: str) -> ZoneInfo:
    """The zone of the package tzdata, whatever the system holds."""
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, name)


@pytest.mark.parametrize("name", names())
def test_every_zone_agrees_with_zoneinfo_twice_a_day(name: str) -> None:
    if tzdata.IANA_VERSION != klokuur.zone_data():
        pytest.skip(f"tzdata has {tzdata.IANA_VERSION}, klokuur {klokuur.zone_data()}")
    zone = package_zone(name)
    ours = _klokuur.zone_offsets(name, FIRST, HALF_DAY, (LAST - FIRST) // HALF_DAY)
    half_day = timedelta(seconds=HALF_DAY)
    at = datetime(1900, 1, 1)
    different = []
    for offset in ours:
        local = zone.fromutc(at.replace(tzinfo=zone))
        if local.replace(tzinfo=None) - at != timedelta(seconds=offset):
            different.append((at, offset))
        at += half_day
    assert (len(ours), different) == (2 * 73_414, [])


def test_an_answer_comes_in_the_zone_of_the_question_at_the_right_instant() -> None:
    # A host whose rules are older: Vancouver in winter time, eight hours behind.
    older = timezone(timedelta(hours=-8), "PST")
    office = klokuur.Schedule("America/Vancouver", "Mo-Fr 09:00-17:00")
    opens = office.next_open(datetime(2026, 12, 1, 0, 5, tzinfo=older))
    assert opens == datetime(2026, 12, 1, 16, tzinfo=UTC)
    # The host shows it by its own rules; what klokuur itself tells, by those of `zone_data()`.
    assert (opens.tzinfo, opens.hour) == (older, 8)
    due = office.add(datetime(2026, 12, 1, 8, 30, tzinfo=older), hours=1)
    told = str(office.explain(datetime(2026, 12, 1, 8, 30, tzinfo=older), due))
    assert told == "due Tuesday 1 December 2026 10:30: 1 h on Tuesday 1 December"


def test_the_release_is_told() -> None:
    assert klokuur.zone_data() >= "2026f"
