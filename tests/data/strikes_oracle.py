"""Writes tests/vectors/strikes.json: an independent model of RULES S1-S5 that walks day by day.

It shares nothing with the library: for every date asked it starts at the first day and lives through each day. Run it from the
repository's root: `python3 tests/data/strikes_oracle.py`.
"""

import calendar
import json
import random
from datetime import date, timedelta

DAY = timedelta(days=1)


def monday(week):
    year, number = week.split("-W")
    return date.fromisocalendar(int(year), int(number), 1)


def name(day):
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02}"


def wednesday_after(week):
    return monday(week) + timedelta(days=9)


def add_months(day, months):
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


#: What holds from a week on: the window in weeks, different norms for a strike, strikes to be offline and closed.
ROLLING = {"weeks": 22, "norms": 1, "offline": 5, "closed": 7, "ends_at": None, "again": 100}
PERIOD = {"weeks": 24, "norms": 1, "offline": 5, "closed": 6, "ends_at": 6, "again": 0}
LADDERS = {
    "bol": [("1900-W01", PERIOD), ("2022-W01", {**ROLLING, "again": 0}), ("2023-W26", ROLLING)],
    "bol-2019": [("1900-W01", PERIOD)],
    "bol-2022": [("1900-W01", {**ROLLING, "again": 0})],
    "bol-2024": [("1900-W01", ROLLING)],
    "bol-literal-b": [("1900-W01", {**ROLLING, "norms": 2})],
}


class Model:
    def __init__(self, given):
        self.ladders = LADDERS[given["rulebook"]]
        self.weeks = sorted(given["weeks"], key=lambda w: w["week"])
        self.events = given.get("events", [])
        self.final = {}
        for w in self.weeks:
            if not w.get("provisional"):
                self.final[w["week"]] = date.fromisoformat(w["final_on"]) if "final_on" in w else wednesday_after(w["week"])

    def newest(self, day):
        return max((w for w, on in self.final.items() if on <= day), default=None)

    def ladder(self, day):
        """The ladder that is climbed on a day: that of the newest final week."""
        newest = self.newest(day) or name(day)
        return [ladder for since, ladder in self.ladders if since <= newest][-1]

    def first_day(self, until):
        days = [*self.final.values(), *(date.fromisoformat(e["on"]) for e in self.events)]
        return min([*days, until])

    def on(self, day):
        return [e for e in self.events if date.fromisoformat(e["on"]) == day]

    def strikes(self, until):
        """All strikes given up to a day, each with the days on which it expired or was taken back."""
        strikes, open_misses, day = [], [], self.first_day(until)
        excused, climbed, period, starter, missed_first = set(), None, None, 100, False
        def is_excused(week, norm):
            return (week, norm) in excused or (week, None) in excused
        while day <= until:
            for w in self.weeks:
                week = w["week"]
                if self.final.get(week) != day:
                    continue
                before = [x for x, on in self.final.items() if on < day or on == day and x <= week]
                newest = max(before)
                ladder = [one for since, one in self.ladders if since <= newest][-1]
                if climbed is not None and (ladder["weeks"], ladder["ends_at"]) != (climbed["weeks"], climbed["ends_at"]):
                    for strike in strikes:
                        if ladder["ends_at"] is None and strike["expired"] is None and strike["back"] is None:
                            strike["end"] = monday(strike["week"]) + timedelta(weeks=ladder["weeks"])
                climbed = ladder
                for strike in strikes:
                    if strike["expired"] is None and strike["back"] is None and strike["end"] <= monday(newest):
                        strike["expired"] = day
                end = lambda one: monday(one) + timedelta(weeks=ladder["weeks"])
                misses = [(week, norm) for norm in w.get("missed", []) if not is_excused(week, norm)]
                if w.get("orders_to_date") is not None:
                    if w["orders_to_date"] > starter and missed_first and ladder["again"]:
                        starter, missed_first = starter + ladder["again"], False
                    if w["orders_to_date"] <= starter:
                        missed_first = missed_first or bool(misses)
                        continue
                if not misses:
                    continue
                if ladder["norms"] > 1:
                    misses = [m for m in open_misses + misses if end(m[0]) > monday(newest)]
                    if len({norm for _, norm in misses}) < ladder["norms"]:
                        open_misses = misses
                        continue
                    open_misses = []
                last = end(week)
                if ladder["ends_at"] is None:
                    period = None
                else:
                    counting = [s for s in strikes if s["expired"] is None and s["back"] is None]
                    if period is not None and period > monday(newest) and len(counting) < ladder["ends_at"]:
                        last = period
                    else:
                        if period is not None:
                            for strike in counting:
                                strike["expired"] = day
                        period = last
                if last > monday(newest):
                    strikes.append({"week": week, "given": day, "misses": sorted(misses, key=lambda m: m[0]),
                                    "needed": ladder["norms"], "end": last, "expired": None, "back": None})
            for e in self.on(day):
                hit = lambda m: m[0] == e["week"] and e.get("norm") in (None, m[1])
                if e["event"] == "week_excused":
                    excused.add((e["week"], e.get("norm")))
                    open_misses = [m for m in open_misses if not hit(m)]
                    for strike in strikes:
                        left = [m for m in strike["misses"] if not hit(m)]
                        if len({norm for _, norm in left}) < strike["needed"]:
                            strike["back"] = strike["back"] or day
                        strike["misses"] = left
                elif e["event"] == "strike_revoked":
                    for strike in strikes:
                        if strike["week"] == e["week"]:
                            strike["back"] = strike["back"] or day
            day += DAY
        return strikes

    def live(self, until):
        """The standing on a day, by living through all days up to it."""
        strikes = self.strikes(until)
        def counting(day, known):
            return [s for s in strikes if s["given"] <= day and not (s["expired"] and s["expired"] <= day)
                    and not (s["back"] and s["back"] <= known)]
        def advance(account, day, now):
            ladder, count = self.ladder(day), len(now)
            state = account["state"]
            if state == "closed" or state == "offline" and count < ladder["closed"]:
                return
            settled = account["settled"]
            if state != "offline" and count < ladder["offline"]:
                account.update(state="active", since=None)
            elif state != "offline" and settled is not None and all(s["given"] <= settled for s in now):
                account.update(state="online_with_plan", since=settled)
            elif count >= ladder["closed"]:
                account.update(state="closed", since=day)
            else:
                account.update(state="offline", since=day)
        def settle(account, day, now):
            account.update(state="active", since=None, settled=day)
            advance(account, day, now)
        new = {"state": "active", "since": None, "settled": None}
        account, back_online, day = dict(new), set(), self.first_day(until)
        while day <= until:
            advance(account, day, counting(day, day - DAY))
            if any(s["back"] == day for s in strikes):
                # As if the strikes had never been; but what was decided stands, and nothing is later than it was.
                without, past = dict(new), self.first_day(until)
                while past <= day:
                    advance(without, past, counting(past, day))
                    if past in back_online:
                        settle(without, past, counting(past, day))
                    past += DAY
                if without["state"] == account["state"]:
                    without["since"] = account["since"]
                account = without
            for e in self.on(day):
                accepted = e["event"] == "plan_accepted" and account["state"] == "offline"
                reopened = e["event"] == "reopened" and account["state"] == "closed" and day >= add_months(account["since"], 12)
                if accepted or reopened:
                    settle(account, day, counting(day, day))
                    back_online.add(day)
            day += DAY
        state, since = account["state"], account["since"]
        standing = {"status": state}
        if state in ("offline", "online_with_plan", "closed"):
            standing["since"] = str(since)
        if state == "closed":
            standing["may_apply_from"] = str(add_months(since, 12))
        return standing, {s["week"]: s for s in counting(until, until)}

    def final_date(self, week):
        return self.final.get(week, wednesday_after(week))

    def report(self, on):
        day = date.fromisoformat(on)
        standing, counting = self.live(day)
        strikes = []
        for week in sorted(counting):
            given_on, causes = counting[week]["given"], counting[week]["misses"]
            expiry = name(counting[week]["end"])
            strikes.append({
                "week": week, "given_on": str(given_on), "expiry_week": expiry,
                "expires_on": str(self.final_date(expiry)), "appeal_until": str(add_months(given_on, 6)),
                "causes": [{"week": w, "norm": n} for w, n in causes],
            })
        finals = [w for w, d in self.final.items() if d <= day]
        count, status = len(strikes), standing["status"]
        online = status in ("active", "online_with_plan")
        ladder = self.ladder(day)
        until_offline = max(1, ladder["offline"] - count) if online else None
        until_closed = None if status == "closed" else max(1, ladder["closed"] - count)
        consequence = None
        if until_closed is not None:
            consequence = "closed" if until_offline is None or until_closed <= until_offline else "offline"
        expiry = None
        if strikes:
            first = min(strikes, key=lambda strike: strike["expiry_week"])
            after = sum(strike["expiry_week"] > first["expiry_week"] for strike in strikes)
            expiry = {"week": first["expiry_week"], "on": first["expires_on"], "strikes_after": after}
        return {
            "standing": standing, "strikes": strikes, "newest_final_week": max(finals, default=None),
            "until_offline": until_offline, "until_closed": until_closed, "next_consequence": consequence,
            "next_expiry": expiry,
            "provisional": [{"week": w["week"]} for w in self.weeks if w["week"] not in self.final or self.final[w["week"]] > day],
        }


def week_list(first, pattern, norms=("response_time",)):
    """One week per letter: B bad, g good, - not recorded, p provisional and bad."""
    weeks, day = [], monday(first)
    for letter in pattern:
        if letter != "-":
            week = {"week": name(day)}
            if letter in "Bp":
                week["missed"] = list(norms)
            if letter == "p":
                week["provisional"] = True
            weeks.append(week)
        day += timedelta(weeks=1)
    return weeks


def of_newest(week):
    """In the newest rulebook own shipping has a norm of its own."""
    return {**week, "missed": ["on_time" if norm == "fulfilment" else norm for norm in week.get("missed", [])]}


def standing_case(title, rules, weeks, on, events=(), rulebook="bol-2024"):
    weeks = [of_newest(w) if rulebook == "bol-literal-b" else w for w in weeks]
    given = {"rulebook": rulebook, "weeks": weeks, "events": list(events), "on": on}
    return {"name": title, "rules": rules, "op": "ledger_standing", "given": given, "expect": Model(given).report(on)}


def what_if_case(title, weeks, bad, events=(), rulebook="bol-2024"):
    """The supposed weeks are final on their Wednesday, but after the last decision."""
    given = {"rulebook": rulebook, "weeks": weeks, "events": list(events), "bad": bad}
    newest = max(w["week"] for w in weeks if not w.get("provisional"))
    last = max([date.fromisoformat(e["on"]) for e in events], default=date.min)
    kept = {w["week"]: w for w in weeks}
    steps, day = [], monday(newest)
    for one in bad:
        day += timedelta(weeks=1)
        missed = [f"supposed {n}" for n in range(1, 3 if rulebook == "bol-literal-b" else 2)] if one else []
        on = max(wednesday_after(name(day)), last + DAY if last != date.min else date.min)
        kept[name(day)] = {"week": name(day), "missed": missed, "final_on": str(on)}
        steps.append({"week": name(day), "bad": one})
    model = Model({"rulebook": rulebook, "weeks": list(kept.values()), "events": list(events)})
    for step in steps:
        on = model.final[step["week"]]
        standing, counting = model.live(on)
        step.update(on=str(on), strikes=len(counting), standing=standing)
    return {"name": title, "rules": ["S5"], "op": "ledger_what_if", "given": given, "expect": {"steps": steps}}


def random_case(seed, rulebook):
    rng = random.Random(seed)
    norms = ["on_time" if rulebook == "bol-literal-b" else "fulfilment", "cancellations", "response_time"]
    weeks, events, day = [], [], monday(f"{rng.choice([2019, 2020, 2025])}-W{rng.randint(1, 52):02}")
    for _ in range(rng.randint(10, 70)):
        if rng.random() < 0.9:
            week = {"week": name(day)}
            week["missed"] = [n for n in norms if rng.random() < rng.choice([0.05, 0.2])]
            if rng.random() < 0.1:
                week["final_on"] = str(day + timedelta(days=rng.choice([16, 23])))
            elif rng.random() < 0.04:
                week["provisional"] = True
            weeks.append(week)
        day += timedelta(weeks=1)
    given = {"rulebook": rulebook, "weeks": weeks, "events": events}
    walk = monday(weeks[0]["week"]) + timedelta(days=7)
    while walk < day + timedelta(weeks=3):
        model = Model(given)
        standing, counting = model.live(walk)
        if standing["status"] == "offline" and rng.random() < 0.3:
            events.append({"event": "plan_accepted", "on": str(walk)})
        elif standing["status"] == "closed" and walk >= date.fromisoformat(standing["may_apply_from"]) and rng.random() < 0.3:
            events.append({"event": "reopened", "on": str(walk)})
        elif counting and rng.random() < 0.05:
            week = rng.choice(sorted(counting))
            events.append({"event": rng.choice(["strike_revoked", "week_excused"]), "week": week, "on": str(walk)})
        walk += timedelta(days=rng.choice([3, 4]))
    rng.shuffle(events)
    on = str(walk - timedelta(days=rng.randint(0, 200)))
    return standing_case(f"random history {seed} {rulebook}", ["S1", "S2", "S3", "S4", "S5"], weeks, on, events, rulebook)


def main():
    cases = [
        standing_case("no weeks at all", ["S5"], [], "2026-03-01"),
        standing_case("a bad week counts from its Wednesday", ["S1", "S2"], week_list("2026-W10", "B"), "2026-03-11"),
        standing_case("not on the Tuesday before", ["S1", "N1"], week_list("2026-W10", "B"), "2026-03-10"),
        standing_case("several norms missed in a week are one strike", ["S1"],
                      week_list("2026-W10", "B", ["fulfilment", "cancellations", "response_time"]), "2026-03-11"),
        standing_case("provisional weeks count for nothing", ["N1", "S1"], week_list("2026-W10", "Bpp"), "2026-06-01"),
        standing_case("a strike is still there with 21 newer final weeks", ["S2"], week_list("2026-W01", "B" + "g" * 21), "2026-06-03"),
        standing_case("and gone with 22", ["S2"], week_list("2026-W01", "B" + "g" * 22), "2026-06-10"),
        standing_case("the window runs across a year of 53 weeks", ["S2"], week_list("2020-W45", "B" + "g" * 21), "2021-12-31"),
        standing_case("and one week later it has expired", ["S2"], week_list("2020-W45", "B" + "g" * 22), "2021-12-31"),
        standing_case("weeks that were never recorded take their place", ["S2"], week_list("2026-W01", "B" + "-" * 21 + "g"), "2026-12-31"),
        standing_case("without newer final weeks nothing expires", ["S2"], week_list("2026-W01", "B"), "2028-01-01"),
        standing_case("four strikes", ["S3"], week_list("2026-W01", "BBBB"), "2026-02-01"),
        standing_case("five strikes are offline", ["S3"], week_list("2026-W01", "BBBBB"), "2026-02-04"),
        standing_case("expiry alone does not bring a shop back", ["S3"], week_list("2026-W01", "BBBBB" + "g" * 26), "2026-12-01"),
        standing_case("an accepted plan does, with five strikes", ["S3"], week_list("2026-W01", "BBBBBg"), "2026-03-01",
                      [{"event": "plan_accepted", "on": "2026-02-10"}]),
        standing_case("a further strike ends that", ["S3"], week_list("2026-W01", "BBBBBgB"), "2026-03-01",
                      [{"event": "plan_accepted", "on": "2026-02-10"}]),
        standing_case("a plan on the very day of the fifth strike", ["S3"], week_list("2026-W01", "BBBBB"), "2026-02-04",
                      [{"event": "plan_accepted", "on": "2026-02-04"}]),
        standing_case("with a plan a new strike below five is only a strike", ["S3"],
                      week_list("2026-W01", "BBBBB" + "g" * 18 + "ggggB"), "2026-12-31",
                      [{"event": "plan_accepted", "on": "2026-02-10"}]),
        standing_case("seven strikes close the shop", ["S3"], week_list("2026-W01", "BBBBBBB"), "2026-02-20"),
        standing_case("a plan does not stop the seventh strike", ["S3"], week_list("2026-W01", "BBBBBgBB"), "2026-03-30",
                      [{"event": "plan_accepted", "on": "2026-02-10"}]),
        standing_case("closed stays closed after the year", ["S3"], week_list("2026-W01", "BBBBBBB" + "-" * 60 + "g"), "2027-06-01"),
        standing_case("closed on 29 February", ["S3"], week_list("2024-W01", "B" * 7)[:-1] + [
            {"week": "2024-W07", "missed": ["response_time"], "final_on": "2024-02-29"}], "2024-03-01"),
        standing_case("reopened after a year", ["S3"], week_list("2026-W01", "BBBBBBB"), "2027-03-01",
                      [{"event": "reopened", "on": "2027-02-18"}]),
        standing_case("an excused week gives no strike from then on", ["S4"], week_list("2026-W01", "BBBBB"), "2026-03-01",
                      [{"event": "week_excused", "week": "2026-W03", "on": "2026-03-01"}]),
        standing_case("and before it did", ["S4", "S5"], week_list("2026-W01", "BBBBB"), "2026-02-28",
                      [{"event": "week_excused", "week": "2026-W03", "on": "2026-03-01"}]),
        standing_case("a revoked strike undoes a closing", ["S4"], week_list("2026-W01", "BBBBBBB"), "2026-03-01",
                      [{"event": "strike_revoked", "week": "2026-W02", "on": "2026-03-01"}]),
        standing_case("a week excused before it is final", ["S4"], week_list("2026-W01", "BB"), "2026-03-01",
                      [{"event": "week_excused", "week": "2026-W02", "on": "2026-01-12"}]),
        standing_case("the first 100 orders bear no strikes", ["S4"], [
            {"week": "2026-W01", "missed": ["fulfilment"], "orders_to_date": 60},
            {"week": "2026-W02", "missed": ["fulfilment"], "orders_to_date": 100},
            {"week": "2026-W03", "missed": ["fulfilment"], "orders_to_date": 101}], "2026-03-01", rulebook="bol-2022"),
        standing_case("missed over the first 100, another 100 bear none", ["S4", "G4"], [
            {"week": "2026-W01", "missed": ["fulfilment"], "orders_to_date": 60},
            {"week": "2026-W02", "missed": ["fulfilment"], "orders_to_date": 150},
            {"week": "2026-W03", "missed": ["fulfilment"], "orders_to_date": 301}], "2026-03-01"),
        standing_case("not missed over the first 100, none is added", ["S4", "G4"], [
            {"week": "2026-W01", "orders_to_date": 60},
            {"week": "2026-W02", "missed": ["fulfilment"], "orders_to_date": 150}], "2026-03-01"),
        standing_case("a monitoring period lasts 24 weeks from the first bad one", ["S2", "G4"],
                      week_list("2020-W01", "BggB" + "g" * 19), "2020-06-30", rulebook="bol-2019"),
        standing_case("and is over with the 25th", ["S2", "G4"], week_list("2020-W01", "BggB" + "g" * 21), "2020-07-31", rulebook="bol-2019"),
        standing_case("six strikes in a monitoring period", ["S2", "S3", "G4"], week_list("2020-W01", "BBBBBB"), "2020-03-01", rulebook="bol-2019"),
        standing_case("a further one opens a new period", ["S2", "G4"], week_list("2020-W01", "BBBBBBgB"), "2020-03-31", rulebook="bol-2019"),
        standing_case("across regimes: the period goes on until the first final week of the new ladder", ["S2", "S6", "G4"],
                      week_list("2021-W44", "BB" + "g" * 6), "2022-01-10", rulebook="bol"),
        standing_case("then the last 22 weeks count", ["S2", "S6", "G4"], week_list("2021-W30", "B" + "g" * 21 + "gg"), "2022-01-31", rulebook="bol"),
        standing_case("across the split of 2026", ["S1", "S6", "G4"],
                      week_list("2026-W25", "BB", ["fulfilment"]) + week_list("2026-W27", "BB", ["on_time", "handover"]), "2026-08-01", rulebook="bol"),
        standing_case("a late final date holds up no other week", ["N1", "S2"], [
            {"week": "2026-W01", "missed": ["fulfilment"], "final_on": "2026-01-21"},
            {"week": "2026-W02", "missed": ["fulfilment"]}], "2026-01-20"),
        standing_case("weeks after one that is not final yet", ["N1", "S2"], week_list("2026-W10", "pBBBBB"), "2026-04-14"),
        standing_case("and when that one is final in April", ["N1", "S2"], [
            {"week": "2026-W10", "missed": ["response_time"], "final_on": "2026-04-15"}, *week_list("2026-W11", "BBBBB")], "2026-04-15"),
        standing_case("a reopening outlives a strike that is withdrawn later", ["S3", "S4"], week_list("2026-W01", "B" * 8), "2027-03-01",
                      [{"event": "reopened", "on": "2027-02-18"}, {"event": "strike_revoked", "week": "2026-W01", "on": "2027-02-20"}]),
        standing_case("winning an appeal does not move the day to apply", ["S4"], week_list("2026-W01", "B" * 8), "2026-04-01",
                      [{"event": "strike_revoked", "week": "2026-W01", "on": "2026-04-01"}]),
        standing_case("and reopening is possible on that day", ["S3", "S4"], week_list("2026-W01", "B" * 8), "2027-02-18",
                      [{"event": "strike_revoked", "week": "2026-W01", "on": "2026-04-01"}, {"event": "reopened", "on": "2027-02-18"}]),
        standing_case("one norm of a week is excused", ["S4"], week_list("2026-W01", "B", ["fulfilment", "response_time"]), "2026-03-01",
                      [{"event": "week_excused", "week": "2026-W01", "norm": "fulfilment", "on": "2026-02-01"}]),
        standing_case("both norms of a week are excused", ["S4"], week_list("2026-W01", "B", ["fulfilment", "response_time"]), "2026-03-01",
                      [{"event": "week_excused", "week": "2026-W01", "norm": "fulfilment", "on": "2026-02-01"},
                       {"event": "week_excused", "week": "2026-W01", "norm": "response_time", "on": "2026-02-02"}]),
        standing_case("literal B: phone and NPS are among the norms", ["S1"],
                      week_list("2026-W01", "B", ["phone_availability"]) + week_list("2026-W02", "B", ["nps"]), "2026-03-01",
                      rulebook="bol-literal-b"),
        standing_case("literal B: an excused miss weakens the strike that used it", ["S1", "S4"],
                      week_list("2026-W01", "B") + week_list("2026-W02", "B", ["nps"]) + week_list("2026-W03", "B"), "2026-03-01",
                      [{"event": "week_excused", "week": "2026-W01", "on": "2026-02-20"}], rulebook="bol-literal-b"),
        standing_case("literal B: the same norm twice is no strike", ["S1"], week_list("2026-W01", "BgB"), "2026-03-01",
                      rulebook="bol-literal-b"),
        standing_case("literal B: two norms in different weeks are one", ["S1"],
                      week_list("2026-W01", "B") + week_list("2026-W05", "B", ["fulfilment"]), "2026-03-11",
                      rulebook="bol-literal-b"),
        standing_case("literal B: 21 weeks apart", ["S1", "S2"],
                      week_list("2026-W01", "B") + week_list("2026-W22", "B", ["fulfilment"]), "2026-12-01",
                      rulebook="bol-literal-b"),
        standing_case("literal B: 22 weeks apart is too far", ["S1", "S2"],
                      week_list("2026-W01", "B") + week_list("2026-W23", "B", ["fulfilment"]), "2026-12-01",
                      rulebook="bol-literal-b"),
        standing_case("literal B: a miss is used once", ["S1"],
                      week_list("2026-W01", "B", ["fulfilment", "cancellations"]) + week_list("2026-W02", "B"), "2026-12-01",
                      rulebook="bol-literal-b"),
        what_if_case("what if: only good weeks from now on", week_list("2026-W01", "BgBBg"), [False] * 24),
        what_if_case("what if: only bad weeks from now on", week_list("2026-W01", "Bg"), [True] * 7),
        what_if_case("what if: supposed weeks take the place of provisional ones", week_list("2026-W01", "BgpB"[:3]), [True, False]),
        what_if_case("what if: after an accepted plan", week_list("2026-W01", "BBBBBg"), [True, True, False],
                     [{"event": "plan_accepted", "on": "2026-03-20"}]),
        what_if_case("what if: literal B", week_list("2026-W01", "B"), [True, True], rulebook="bol-literal-b"),
    ]
    cases += [random_case(seed, rulebook) for seed in range(12) for rulebook in ("bol-2024", "bol-literal-b")]
    cases += [random_case(seed, "bol-2019") for seed in range(12, 16)]
    week10 = week_list("2026-W10", "B")
    five = week_list("2026-W01", "BBBBB")
    def error(title, rules, weeks, events, message):
        given = {"rulebook": "bol-2024", "weeks": weeks, "events": events, "on": "2026-06-01"}
        return {"name": title, "rules": rules, "op": "ledger_standing", "given": given,
                "error": {"code": "invalid_value", "message": message}}
    cases += [
        error("a plan while online", ["S3"], week10, [{"event": "plan_accepted", "on": "2026-04-01"}],
              "standing event `plan accepted on 2026-04-01` is not valid: accepted is a plan while the shop is offline"),
        error("a reopening of an open shop", ["S3"], week10, [{"event": "reopened", "on": "2026-04-01"}],
              "standing event `reopened on 2026-04-01` is not valid: accepted is a reopening while the shop is closed"),
        error("a reopening before the year is over", ["S3"], week_list("2026-W01", "B" * 7), [{"event": "reopened", "on": "2027-02-17"}],
              "standing event `reopened on 2027-02-17` is not valid: accepted is a reopening from 2027-02-18 on"),
        error("revoking what was not given", ["S4"], five, [{"event": "strike_revoked", "week": "2026-W06", "on": "2026-05-01"}],
              "standing event `strike of 2026-W06 revoked on 2026-05-01` is not valid: accepted is a week whose strike was given by that date and still stands"),
        error("a week twice", ["S2"], week10 + week10, [],
              "judged week `2026-W10 twice` is not valid: accepted is each week once"),
        error("final before it ends", ["N1"], [{"week": "2026-W10", "final_on": "2026-03-08"}], [],
              "judged week `2026-W10 final on 2026-03-08` is not valid: accepted is a date after the week's Sunday"),
        {"name": "a norm that nobody knows", "rules": ["S1"], "op": "ledger_standing",
         "given": {"rulebook": "bol-2024", "weeks": week_list("2026-W01", "B", ["banana"]), "on": "2026-06-01"},
         "error": {"code": "unknown_name",
                   "message": "unknown strike-bearing norm `banana`: accepted is fulfilment, cancellations, response_time"}},
        {"name": "a norm that bears no strikes", "rules": ["S1"], "op": "ledger_standing",
         "given": {"rulebook": "bol-2024", "weeks": week_list("2026-W01", "B", ["phone_availability"]), "on": "2026-06-01"},
         "error": {"code": "unknown_name"}},
        {"name": "bad weeks until offline and closed", "rules": ["S5"], "op": "ledger_bad_weeks_until",
         "given": {"rulebook": "bol-2024", "weeks": week_list("2026-W01", "BBg")}, "expect": {"offline": 3, "closed": 5}},
        {"name": "old strikes expire while new ones come", "rules": ["S5"], "op": "ledger_bad_weeks_until",
         "given": {"rulebook": "bol-2024", "weeks": week_list("2026-W01", "BB" + "g" * 19)}, "expect": {"offline": 5, "closed": 7}},
        {"name": "offline already", "rules": ["S5"], "op": "ledger_bad_weeks_until",
         "given": {"rulebook": "bol-2024", "weeks": five}, "expect": {"offline": 0, "closed": 2}},
        {"name": "improvement: a strike expires", "rules": ["S5"], "op": "ledger_improvement",
         "given": {"rulebook": "bol-2024", "weeks": week_list("2026-W01", "BB"), "on": "2026-02-01"},
         "expect": {"kind": "strike_expires", "week": "2026-W23", "on": "2026-06-10", "strikes_after": 1}},
        {"name": "improvement: a plan", "rules": ["S5"], "op": "ledger_improvement",
         "given": {"rulebook": "bol-2024", "weeks": five, "on": "2026-03-01"},
         "expect": {"kind": "plan_accepted", "next_expiry": {"week": "2026-W23", "on": "2026-06-10", "strikes_after": 4}}},
        {"name": "improvement: an application after a year", "rules": ["S3", "S5"], "op": "ledger_improvement",
         "given": {"rulebook": "bol-2024", "weeks": week_list("2026-W01", "B" * 7), "on": "2026-03-01"},
         "expect": {"kind": "may_apply", "on": "2027-02-18"}},
        {"name": "improvement: nothing to improve", "rules": ["S5"], "op": "ledger_improvement",
         "given": {"rulebook": "bol-2024", "weeks": week_list("2026-W01", "gg"), "on": "2026-03-01"}, "expect": {"kind": None}},
        {"name": "the history of a plan", "rules": ["S5"], "op": "ledger_history",
         "given": {"rulebook": "bol-2024", "weeks": week_list("2026-W01", "BBBBB"),
                   "events": [{"event": "plan_accepted", "on": "2026-02-10"},
                              {"event": "strike_revoked", "week": "2026-W01", "on": "2026-02-11"}]},
         "expect": {"entries": [
             {"on": "2026-01-07", "change": "strike_given", "week": "2026-W01", "strikes": 1},
             {"on": "2026-01-14", "change": "strike_given", "week": "2026-W02", "strikes": 2},
             {"on": "2026-01-21", "change": "strike_given", "week": "2026-W03", "strikes": 3},
             {"on": "2026-01-28", "change": "strike_given", "week": "2026-W04", "strikes": 4},
             {"on": "2026-02-04", "change": "strike_given", "week": "2026-W05", "strikes": 5},
             {"on": "2026-02-04", "change": "standing_changed", "from": {"status": "active"},
              "to": {"status": "offline", "since": "2026-02-04"}, "strikes": 5},
             {"on": "2026-02-10", "change": "standing_changed", "from": {"status": "offline", "since": "2026-02-04"},
              "to": {"status": "online_with_plan", "since": "2026-02-10"}, "strikes": 5},
             {"on": "2026-02-11", "change": "strike_withdrawn", "week": "2026-W01", "strikes": 4},
             {"on": "2026-02-11", "change": "standing_changed", "from": {"status": "online_with_plan", "since": "2026-02-10"},
              "to": {"status": "active"}, "strikes": 4}]}},
        {'name': 'the standing and a strike in sentences',
         'rules': ['S5'],
         'op': 'ledger_sentences',
         'given': {'rulebook': 'bol',
                   'weeks': [{'week': '2026-W10', 'missed': ['response_time']}],
                   'events': [],
                   'on': '2026-03-11'},
         'expect': {'english': 'the shop is online: 1 strike counts, 4 more strikes take it offline, the next expires on '
                               'Wednesday 12 August 2026',
                    'dutch': 'de winkel is online: er telt 1 strike, bij nog 4 strikes gaat hij offline, de eerste vervalt '
                             'op woensdag 12 augustus 2026',
                    'strikes_english': ['strike of week 2026-W10 for response time: it counts until Wednesday 12 August '
                                        '2026, a complaint is possible until Friday 11 September 2026'],
                    'strikes_dutch': ['strike van week 2026-W10 voor reactietijd: hij telt tot woensdag 12 augustus 2026, '
                                      'bezwaar kan tot en met vrijdag 11 september 2026']}},
        {'name': 'a shop without strikes in a sentence',
         'rules': ['S5'],
         'op': 'ledger_sentences',
         'given': {'rulebook': 'bol', 'weeks': [], 'events': [], 'on': '2026-03-01'},
         'expect': {'english': 'the shop is online: no strike counts, 5 more strikes take it offline',
                    'dutch': 'de winkel is online: er telt geen strike, bij nog 5 strikes gaat hij offline',
                    'strikes_english': [],
                    'strikes_dutch': []}},
    ]
    about = ("Strikes and standing. Standings and what-ifs are computed by tests/data/strikes_oracle.py, which lives through every "
             "day; errors, improvements and histories are by hand.")
    with open("tests/vectors/strikes.json", "w") as out:
        head = json.dumps({"area": "strikes", "about": about})[:-1]
        out.write(head + ', "cases": [\n' + ",\n".join(json.dumps(c) for c in cases) + "\n]}\n")
    print(len(cases), "cases")


main()
