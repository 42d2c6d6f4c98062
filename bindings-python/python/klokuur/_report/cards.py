"""The headline figures on top of the page."""

from __future__ import annotations

from klokuur._html import Html, Piece, element
from klokuur import _words as words
from klokuur._report.picture import Picture


def cards(picture: Picture) -> Html:
    """One card for each figure that a seller looks at first."""
    waiting, at_risk = len(picture.waiting), picture.at_risk
    late = sum(row.state == "breached" for row in at_risk)
    made = [
        _card(
            "Waiting for your answer",
            f"{waiting}",
            f"of {words.count(len(picture.open), 'open case')}",
            "cases",
        ),
        _card(
            "At risk",
            f"{len(at_risk)}",
            "none is late yet" if not late else f"{late} already late",
            "cases",
            "bad" if late else "warn" if at_risk else "good",
        ),
    ]
    week = picture.week_of("response_time", picture.this_week.pred())
    if week is not None:
        made.append(
            _card(
                "Answered in time last week",
                words.value(week),
                f"{week.numerator} of {week.denominator}, {week.finality}",
                "norms",
                "bad" if week.verdict == "missed" else "warn" if week.threshold_met is False else "good",
            )
        )
    if picture.standing is not None and picture.rules.strikes is not None:
        strikes = len(picture.standing.strikes)
        made.append(
            _card(
                "Strikes",
                f"{strikes}",
                f"{words.standing(picture.standing.standing)}; offline at {picture.rules.strikes.offline_at}",
                "strikes",
                "bad" if not picture.standing.standing.is_online else "warn" if strikes else "good",
            )
        )
    if picture.score is not None and picture.score.score is not None:
        least = picture.rules.score.minimum if picture.rules.score else None
        made.append(
            _card(
                "Performance score",
                f"{picture.score.score:.2f}",
                f"an estimate{'' if least is None else f'; at least {float(least):g} is asked'}",
                "strikes",
                "good" if picture.score.meets_minimum else "bad",
            )
        )
    if picture.nps is not None:
        nps, recent = picture.nps, picture.nps.recent
        interval = recent.interval(nps.confidence)
        few = f", under {nps.guideline} answers" if recent.below_guideline(nps.guideline) else ""
        made.append(
            _card(
                f"NPS, last {nps.recent_days} days",
                "–" if recent.score is None else recent.format(0),
                "no answers"
                if interval is None
                else f"{interval.low:.0f} to {interval.high:.0f} at {words.percent(nps.confidence)}{few}",
                "nps",
            )
        )
    found = picture.signals.signals
    made.append(
        _card(
            "Signals",
            f"{len(found)}",
            f"of {words.count(picture.signals.tested, 'count')} looked at",
            "signals",
            "warn" if found else "good",
        )
    )
    if picture.next_change is not None:
        at = picture.next_change
        made.append(
            _card(
                "Next change of a case",
                f"{at:%H:%M}",
                f"{words.DAYS[at.weekday()]} {at.day} {words.MONTHS[at.month - 1]}",
                "cases",
            )
        )
    return element("ul", made, class_="cards")


def _card(label: str, figure: str, beside: Piece, section: str, mood: str | None = None) -> Html:
    return element(
        "li",
        element(
            "a",
            element("span", label, class_="label"),
            element("strong", figure, class_=mood),
            element("span", beside, class_="beside"),
            href=f"#{section}",
        ),
    )
