"""Writes zones_2100.json: what the clocks of every zone do from 2100 on, by CPython's zoneinfo.

chrono-tz knows no change of offset after 2099; zoneinfo follows the rule at the end of each TZif file. Run again after
an update of the time zone database: python3 tests/data/zones_2100.py > tests/data/zones_2100.json
"""
import json
import platform
import zoneinfo
from datetime import datetime, timedelta, timezone
from pathlib import Path

FIRST = datetime(2099, 12, 30, tzinfo=timezone.utc)
LAST = datetime(2101, 1, 5, tzinfo=timezone.utc)


def offset(zone, at):
    return int(at.astimezone(zone).utcoffset().total_seconds())


def changes(zone):
    """[second since 1970, offset from then on], found by scanning hours and halving."""
    found, at, now = [], FIRST, offset(zone, FIRST)
    while at < LAST:
        later = at + timedelta(hours=1)
        then = offset(zone, later)
        if then != now:
            low, high = at, later
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
                low, high = (middle, high) if offset(zone, middle) == now else (low, middle)
            found.append([int(high.timestamp()), then])
        at, now = later, then
    return found


def version():
    for folder in zoneinfo.TZPATH:
        zi = Path(folder) / "tzdata.zi"
        if zi.exists():
            return zi.read_text().splitlines()[0].removeprefix("# version ")
    return "unknown"


groups = {}
for name in sorted(zoneinfo.available_timezones()):
    zone = zoneinfo.ZoneInfo(name)
    key = (offset(zone, FIRST), tuple(map(tuple, changes(zone))))
    groups.setdefault(key, []).append(name)

rows = [{"offset": o, "changes": [list(c) for c in cs], "zones": zs} for (o, cs), zs in sorted(groups.items())]
about = f"from 2099-12-30; CPython {platform.python_version()} zoneinfo, time zone database {version()}"
print('{"about": ' + json.dumps(about) + ', "groups": [')
print(",\n".join(json.dumps(row) for row in rows))
print("]}")
