"""Zones: klokuur reads one release of the IANA database, hosts may read another (RULES C10)."""

from __future__ import annotations

import os
import subprocess
import sys
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


# A release of our own: British Columbia keeps the time of the east, which no host's rules say. A process chooses once, so
# it is a program of its own.
NEWER = """
import struct
from datetime import datetime
from zoneinfo import ZoneInfo
import klokuur

def refused(release, files):
    try:
        klokuur.use_zone_data(release, files)
    except klokuur.KlokuurError as error:
        return f"{type(error).__name__}: {error}"

header = b"TZif2" + bytes(15) + struct.pack(">6l", 0, 0, 0, 0, 1, 4)
block = header + struct.pack(">lBB", -5 * 3600, 0, 0) + b"-05\\0"
files = {"America/Vancouver": block + block + b"\\n<-05>5\\n"}
print(refused("2027a", {"America/Vancouver": b"TZif"}))
print(klokuur.zone_data())
print(klokuur.use_zone_data("2027a", files))
print(klokuur.zone_data())
zone = ZoneInfo("America/Vancouver")
office = klokuur.Schedule(zone, "Mo-Fr 09:00-17:00")
night = datetime(2026, 12, 1, 0, 5, tzinfo=zone)
opens = office.next_open(night)
print(opens.timestamp(), opens.tzinfo is zone, opens.utcoffset() == night.utcoffset())
print(office.explain(night, office.add(night, hours=1)))
print(klokuur.Schedule("Europe/Amsterdam", "Mo-Fr 09:00-17:00").next_open(night).timestamp())
print(klokuur.Fingerprints.of(office).zone_data)
print(refused("2027b", files))
"""


def test_data_that_are_handed_in_decide_and_are_told() -> None:
    program = [sys.executable, "-c", NEWER]
    told = subprocess.run(program, capture_output=True, text=True, check=True).stdout.splitlines()
    bundled = klokuur.zone_data()
    assert told == [
        "InvalidDocumentError: time zone data is not valid at America/Vancouver: not a TZif file: accepted are the bytes of "
        "a file as RFC 9636 describes it",
        bundled,
        "None",
        f"2027a (given) over {bundled}",
        # 09:00 five hours behind: the right instant, in the caller's zone, which shows it as the host's rules do.
        f"{datetime(2026, 12, 1, 14, tzinfo=UTC).timestamp()} True True",
        "due Tuesday 1 December 2026 10:00: closed hours skipped, 1 h on Tuesday 1 December",
        f"{datetime(2026, 12, 1, 8, 5, tzinfo=UTC).timestamp()}",
        f"2027a (given) over {bundled}",
        "InvalidValueError: time zone data `2027b` is not valid: accepted is a choice made once, before the first zone is "
        f"named: 2027a (given) over {bundled} is in use",
    ]
