"""What others answer beside klokuur: `python docs/peers.py` runs them and writes the table of a page."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable
from datetime import datetime, time, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import businesstimedelta
import opening_hours
import pytz
import workclock

import klokuur

PAGE = Path(__file__).parent / "pages" / "conventions.md"
ZONE = "Europe/Amsterdam"
AMSTERDAM = ZoneInfo(ZONE)
EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]
#: None of them takes longer than a hundredth of a second where it comes back at all.
SECONDS = 3

Answer = Callable[[str, datetime, datetime], timedelta]


def at(*parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=AMSTERDAM, fold=fold)  # type: ignore[arg-type, misc]


def of_klokuur(hours: str, start: datetime, end: datetime) -> timedelta:
    return klokuur.Schedule(ZONE, hours).between(start, end)


def times_of(hours: str, end_of_day: time) -> tuple[time, time]:
    """Opening and closing of `Mo-Su 09:00-17:00`, for those who take times of the day and have no 24:00."""
    opens, closes = hours.split(" ")[1].split("-")
    return time.fromisoformat(opens), end_of_day if closes == "24:00" else time.fromisoformat(closes)


def of_businesstimedelta(hours: str, start: datetime, end: datetime) -> timedelta:
    # The last microsecond is the nearest that it takes.
    opens, closes = times_of(hours, time.max)
    rule = businesstimedelta.WorkDayRule(
        start_time=opens, end_time=closes, working_days=EVERY_DAY, tz=pytz.timezone(ZONE)
    )
    return businesstimedelta.Rules([rule]).difference(start, end).timedelta


def of_workclock(hours: str, start: datetime, end: datetime) -> timedelta:
    # A shift that ends when it starts lasts for a day, it says.
    opens, closes = times_of(hours, time.min)
    return workclock.Schedule([workclock.WorkDay(opens, closes, days=EVERY_DAY)], time_zone=AMSTERDAM).between(
        start, end
    )


def of_opening_hours(hours: str, start: datetime, end: datetime) -> timedelta:
    stretches = opening_hours.OpeningHours(hours, timezone=AMSTERDAM).intervals(start, end)
    # It gives stretches and no amount; between two wall times Python would subtract what the clocks show.
    real = [
        (until.astimezone(timezone.utc) - since.astimezone(timezone.utc), state) for since, until, state, _ in stretches
    ]
    return sum((length for length, state in real if state == opening_hours.State.OPEN), timedelta())


WHO: dict[str, Answer] = {
    "klokuur": of_klokuur,
    "businesstimedelta 1.0.1": of_businesstimedelta,
    "workclock 0.1.2": of_workclock,
    "opening-hours-py 2.1.4": of_opening_hours,
}

QUESTIONS: list[tuple[str, str, datetime, datetime]] = [
    ("00:00–24:00, the spring Sunday", "Mo-Su 00:00-24:00", at(2026, 3, 29), at(2026, 3, 30)),
    ("00:00–24:00, the autumn Sunday", "Mo-Su 00:00-24:00", at(2026, 10, 25), at(2026, 10, 26)),
    ("01:00–05:00, spring", "Mo-Su 01:00-05:00", at(2026, 3, 29), at(2026, 3, 30)),
    ("01:00–05:00, autumn", "Mo-Su 01:00-05:00", at(2026, 10, 25), at(2026, 10, 26)),
    ("00:00–02:30, spring: 02:30 does not exist", "Mo-Su 00:00-02:30", at(2026, 3, 29), at(2026, 3, 30)),
    ("02:30–03:30, spring: nor does the opening", "Mo-Su 02:30-03:30", at(2026, 3, 29), at(2026, 3, 30)),
    (
        "from the first 02:30 to the second, autumn",
        "Mo-Su 00:00-24:00",
        at(2026, 10, 25, 2, 30),
        at(2026, 10, 25, 2, 30, fold=1),
    ),
    ("22:00–06:00, the spring night", "Mo-Su 22:00-06:00", at(2026, 3, 28, 12), at(2026, 3, 29, 12)),
    (
        "09:00:00.25 to 09:00:01",
        "Mo-Su 09:00-17:00",
        at(2026, 3, 13, 9, 0, 0, 250_000),
        at(2026, 3, 13, 9, 0, 1),
    ),
]


def shown(amount: timedelta) -> str:
    whole = amount // timedelta(seconds=1)
    rest = amount - timedelta(seconds=whole)
    hours, minutes, seconds = whole // 3600, whole // 60 % 60, whole % 60 + rest.total_seconds()
    words = [f"{hours} h" if hours else "", f"{minutes} min" if minutes else "", f"{seconds:g} s" if seconds else ""]
    return " ".join(word for word in words if word) or "0"


def answer(ask: Answer, hours: str, start: datetime, end: datetime) -> str:
    """What one says, or that it does not come back."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        return shown(ask(hours, start, end))
    except TimeoutError:
        return "does not come back"
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def table() -> str:
    lines = ["| open, and when | " + " | ".join(WHO) + " |", "| --- |" + " ---: |" * len(WHO)]
    for question, hours, start, end in QUESTIONS:
        said = [answer(ask, hours, start, end) for ask in WHO.values()]
        cells = [said[0], *(f"**{other}**" if other != said[0] else other for other in said[1:])]
        lines.append(f"| {question} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


#: Where the table stands in the page.
PLACE = re.compile(r"(?<=<!-- peers -->\n\n).*?(?=\n<!-- end -->)", re.DOTALL)


def main() -> None:
    PAGE.write_text(PLACE.sub(lambda _: table(), PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
