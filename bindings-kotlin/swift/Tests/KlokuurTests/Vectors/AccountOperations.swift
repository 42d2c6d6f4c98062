import Foundation

@testable import Klokuur

/// A loop over wake-ups until nothing is to come; the last of them.
private func loop(_ start: Instant, next: (Instant) throws -> Instant?, advance: (Instant) throws -> Void) rethrows -> Instant {
    var now = start
    while let wake = try next(now) {
        try advance(wake)
        now = wake
    }
    return now
}

private func answer(_ told: AccountTold) -> Json {
    .object(
        answer(told.told.change).merging([
            "account": .of(told.account), "on": .of(told.told.on), "retracted": .bool(told.told.retracted),
            "english": .of(told.told.english), "dutch": .of(told.told.dutch),
        ]) { $1 })
}

private func answer(_ told: NormTold) -> Json {
    .object([
        "norm": .of(told.norm), "week": .of(told.week.description), "what": .named(told.what),
        "english": .of(told.english), "dutch": .of(told.dutch),
    ])
}

private func weeks(_ found: [IsoWeek]) -> Json { .array(found.map { .of($0.description) }) }

let accountOperations: [String: Operation] = [
    "policy_points": { given in
        let events = try given["events"].items.map {
            PolicyPointsEvent(on: try $0["on"].date, points: Int32(try $0["points"].int), reason: try $0["reason"].string)
        }
        let found = try policyPoints(rules: rules(given["rulebook"].string), events: events, on: given["on"].date)
        let deductions = found.deductions.map { one -> Json in
            .object([
                "on": .of(one.on), "points": .of(one.points), "reason": .of(one.reason), "returns_on": .of(one.returnsOn),
            ])
        }
        return .object([
            "on": .of(found.on), "points": .of(found.points), "is_closed": .bool(found.isClosed),
            "deductions": .array(deductions), "next_return": .of(found.nextReturn),
            "fingerprints": answer(found.fingerprints),
        ])
    },
    "ledger_compare": { given in
        let told = given["reported"]
        let strikes = try told["strikes"].items.map {
            StrikeAsReported(week: try IsoWeek($0["week"].string), reasons: try $0["reasons"].items.map { try $0.string })
        }
        let reported = try StandingAsReported(on: told["on"].date, count: told["count"].int, strikes: strikes)
        let found = try ledger(given).compare(reported: reported)
        return .object([
            "on": .of(found.on), "reported": .of(found.reported), "computed": .of(found.computed),
            "only_reported": weeks(found.onlyReported), "only_computed": weeks(found.onlyComputed),
            "other_reasons": weeks(found.otherReasons), "agrees": .bool(found.agrees), "english": .of(found.english),
            "dutch": .of(found.dutch), "fingerprints": answer(found.fingerprints),
        ])
    },
    "account_told": { given in
        let (start, own, watches) = (try given["now"].at, try ledger(given), StandingWatches())
        try watches.insert(account: "shop", ledger: own, now: start)
        try watches.insert(
            account: "quiet", ledger: Ledger(rules: rules(given["rulebook"].string), weeks: []), now: start)
        var (wakes, told): ([Json], [Json]) = ([], [])
        let run = { (from: Instant) in
            try loop(from, next: { try watches.nextWakeUp(now: $0) }) { wake in
                wakes.append(.instant(wake, nil))
                told += try watches.advance(now: wake).map(answer)
            }
        }
        let end = try run(start)
        if given.has("then") {
            try watches.replace(account: "shop", ledger: own.withWeeks(weeks: given["then"].items.map(week)))
            _ = try run(end)
        }
        return .object(["wakes": .array(wakes), "told": .array(told)])
    },
    "norms_told": { given in
        let (start, own) = (try given["now"].at, try rules(given["rulebook"].string))
        func numbers(_ rows: Json) throws -> [WeekNumbers] { try rows.items.map { try weekNumbers($0) } }
        let watch = try NormWatch(rules: own, numbers: numbers(given["numbers"]), now: start)
        try watch.replace(rules: own, numbers: numbers(given["then"]), now: start)
        var (wakes, told): ([Json], [Json]) = ([], [])
        _ = try loop(start, next: { try watch.nextWakeUp(now: $0) }) { wake in
            wakes.append(.instant(wake, nil))
            told += try watch.advance(now: wake).map(answer)
        }
        return .object(["wakes": .array(wakes), "told": .array(told)])
    },
]
