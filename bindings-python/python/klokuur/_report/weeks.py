"""The service norms week by week, the strikes they gave, the standing and the score."""

from __future__ import annotations

from klokuur._html import Html, Piece, element, table
from klokuur._norm import WeekResult
from klokuur import _words as words
from klokuur._report.figures.norms import norms_figure
from klokuur._report.figures.strikes import strikes_figure
from klokuur._report.page import boxed, section
from klokuur._report.picture import Picture
from klokuur._rulebook import rules_by_week
from klokuur._score import ScoreEstimate
from klokuur._standing import Ledger, MayApply, PlanNeeded, StandingReport, StrikeExpires
from klokuur._week import IsoWeek


def norms_section(picture: Picture) -> Html:
    """The last week and this one, and the weeks before in pictures."""
    content: list[Piece] = [
        element("p", "Weeks are provisional first, then final; only final weeks bear strikes.", class_="lead")
    ]
    for label, week in (("Last week", picture.this_week.pred()), ("This week", picture.this_week)):
        content += _week(picture, label, week)
    content.append(norms_figure(picture.weeks, picture.this_week))
    return section("norms", "Service norms", content)


def _week(picture: Picture, label: str, week: IsoWeek) -> list[Piece]:
    found = [result for result in picture.weeks if result.week == week]
    have = {result.norm for result in found}
    norms = rules_by_week(picture.rules)(week).norms
    without = [words.name(norm.name) for norm in norms if norm.name not in have]
    response = picture.week_of("response_time", week)
    heading = element(
        "h3", f"{label}, {week} ", element("small", f"{words.day(week.monday)} to {words.day(week.sunday)}")
    )
    return [
        heading,
        boxed(
            table(
                ("Norm", "Value", "Verdict", "Asked", "Numbers", "Still affordable"),
                [_cells(result, picture) for result in found],
                numbers=(1, 4),
            ),
            f"Service norms of {week}",
            "norms",
        )
        if found
        else element("p", "No numbers yet."),
        element("p", f"No data, no verdict: {', '.join(without)}.", class_="quiet") if without else None,
        element("p", f"Response time: {response.forecast()}.")
        if response is not None and response.finality == "provisional"
        else None,
    ]


def _cells(result: WeekResult, picture: Picture) -> tuple[Piece, ...]:
    missed = result.verdict == "missed"
    spared = result.threshold_met is False and not missed
    verdict = "✕ missed" if missed else "◆ conforms, under the count limit" if spared else "● conforms"
    guideline = picture.rules.survey.guideline
    few = result.norm == "nps" and result.denominator < guideline
    return (
        words.name(result.norm),
        words.value(result),
        [
            element("span", verdict, class_="bad" if missed else "warn" if spared else "good"),
            element("span", f" {result.finality}", class_="quiet"),
            element("small", f"only an indication: fewer than {guideline} answers") if few else None,
        ],
        words.threshold(result),
        f"{result.numerator:,} of {result.denominator:,}",
        _spare(result),
    )


def _spare(result: WeekResult) -> str:
    """What a week that can still change can take, or what repairs it."""
    if result.finality == "final" or result.bad is None:
        return "–"
    forecast = result.forecast()
    if forecast.missed:
        return "–" if forecast.to_repair is None else f"{forecast.to_repair:,} good ones repair it"
    return "any number" if forecast.affordable is None else f"{forecast.affordable:,} more bad ones"


def strikes_section(picture: Picture) -> Html | None:
    """The window, each strike with its cause and expiry, what follows, and what if."""
    ledger, report, rules = picture.ledger, picture.standing, picture.rules.strikes
    if ledger is None or report is None or rules is None:
        return None
    count = len(report.strikes)
    lead = f"{words.count(count, 'strike')} in the window of {rules.window.weeks} final weeks. Standing: {words.standing(report.standing)}."
    rows = [
        (
            strike.week,
            "; ".join(f"{words.name(c.norm)} {c.numerator} of {c.denominator}" for c in strike.causes),
            words.day(strike.expires_on),
            f"when {strike.expiry_week} is final",
            words.day(strike.appeal_until),
        )
        for strike in report.strikes
    ]
    threatened = [
        element(
            "p",
            f"{week.week} would give one as it stands ({', '.join(words.name(m.norm) for m in week.missed)}): provisional.",
            class_="warn",
        )
        for week in report.provisional
        if week.missed
    ]
    return section(
        "strikes",
        "Strikes and standing",
        element("p", lead, class_="lead"),
        strikes_figure(ledger, report, rules.window.weeks),
        boxed(table(("Week", "For", "Expires", "That is", "Complaints until"), rows), "Strikes", "strikes")
        if rows
        else None,
        threatened,
        element("ul", _outlook(ledger, report, picture)) if report.newest_final_week is not None else None,
        _score(picture.score),
    )


def _outlook(ledger: Ledger, report: StandingReport, picture: Picture) -> list[Html]:
    weeks = [f"{ledger.bad_weeks_until('offline')} take the shop offline" if report.standing.is_online else ""]
    weeks.append(f"{ledger.bad_weeks_until('closed')} close it" if report.until_closed is not None else "")
    said = [f"Bad weeks in a row from now on: {', '.join(filter(None, weeks))}."] if any(weeks) else []
    match ledger.earliest_improvement(picture.today):
        case StrikeExpires(week, on, after):
            said.append(
                f"Earliest improvement: {words.count(after, 'strike')} on {words.day(on)}, when {week} is final."
            )
        case PlanNeeded():
            said.append("Earliest improvement: an accepted improvement plan.")
        case MayApply(on):
            said.append(f"Earliest improvement: the seller may apply from {words.day(on)} on; not guaranteed.")
        case None:
            pass
    for name, bad in (("two more bad weeks", True), ("two good weeks", False)):
        last = ledger.what_if([bad, bad])[-1]
        said.append(
            f"What if {name}: {words.count(last.strikes, 'strike')} on {words.day(last.on)}, {words.standing(last.standing)}."
        )
    return [element("li", text) for text in said]


def _score(estimate: ScoreEstimate | None) -> Piece:
    if estimate is None:
        return None
    if estimate.score is None:
        return element("p", "No estimate of the performance score: no data.", class_="quiet")
    head = element("h3", f"Performance score: {estimate.score:.2f}, an estimate")
    weeks = "" if estimate.first_week is None else f" Final weeks {estimate.first_week} to {estimate.last_week}."
    rows = [
        (
            words.name(part.norm),
            "–" if part.score is None else f"{part.score:.2f}",
            "no data" if not part.denominator else f"{part.numerator:,} of {part.denominator:,}",
        )
        for part in estimate.parts
    ]
    return [
        head,
        element("p", f"The marketplace's formula is not public: this is a model of ours.{weeks}"),
        boxed(table(("Part", "Score", "Numbers"), rows, numbers=(1, 2)), "Parts of the performance score", "small"),
        element("p", f"Without data: {', '.join(words.name(norm) for norm in estimate.missing)}.")
        if estimate.missing
        else None,
    ]
