import Foundation

@testable import Klokuur

private func event(_ json: Json) throws -> StandingEvent {
    let on = try json["on"].date
    switch try json["event"].string {
    case "week_excused":
        return .weekExcused(
            week: try IsoWeek(json["week"].string), on: on, norm: json.has("norm") ? try json["norm"].string : nil)
    case "strike_revoked": return .strikeRevoked(week: try IsoWeek(json["week"].string), on: on)
    case "plan_accepted": return .planAccepted(on: on)
    case "reopened": return .reopened(on: on)
    case let name: throw Unreadable(what: "unknown event \(name)")
    }
}

private func answer(_ event: StandingEvent) -> Json {
    switch event {
    case .weekExcused(let week, let on, let norm):
        .object(["event": .of("week_excused"), "week": .of(week.description), "on": .of(on), "norm": .of(norm)])
    case .strikeRevoked(let week, let on):
        .object(["event": .of("strike_revoked"), "week": .of(week.description), "on": .of(on)])
    case .planAccepted(let on): .object(["event": .of("plan_accepted"), "on": .of(on)])
    case .reopened(let on): .object(["event": .of("reopened"), "on": .of(on)])
    }
}

func week(_ json: Json) throws -> JudgedWeek {
    JudgedWeek(
        week: try IsoWeek(json["week"].string), missed: try json["missed"].items.map { try $0.string },
        finalOn: json.has("final_on") ? try json["final_on"].date : nil,
        provisional: json["provisional"].boolOrNil ?? false, ordersToDate: json["orders_to_date"].intOrNil)
}

func ledger(_ given: Json) throws -> Ledger {
    try Ledger(
        rules: rules(given["rulebook"].string), weeks: given["weeks"].items.map(week),
        events: given["events"].items.map(event))
}

private func on(_ given: Json) throws -> LocalDate {
    given.has("on") ? try given["on"].date : LocalDate(epochDay: 0)
}

func answer(_ standing: Standing) -> Json {
    switch standing {
    case .active: .object(["status": .of("active")])
    case .onlineWithPlan(let since): .object(["status": .of("online_with_plan"), "since": .of(since)])
    case .offline(let since): .object(["status": .of("offline"), "since": .of(since)])
    case .closed(let since, let mayApplyFrom):
        .object(["status": .of("closed"), "since": .of(since), "may_apply_from": .of(mayApplyFrom)])
    }
}

private func answer(_ expiry: Expiry) -> [String: Json] {
    ["week": .of(expiry.week.description), "on": .of(expiry.on), "strikes_after": .of(expiry.strikesAfter)]
}

private func answer(_ causes: [StrikeCause]) -> Json {
    .array(
        causes.map {
            .object([
                "norm": .of($0.norm), "week": .of($0.week.description), "numerator": .of($0.numerator),
                "denominator": .of($0.denominator), "bad": .of($0.bad),
            ])
        })
}

func answer(_ change: LedgerChange) -> [String: Json] {
    switch change {
    case .strikeGiven(let week, let causes):
        ["change": .of("strike_given"), "week": .of(week.description), "causes": answer(causes)]
    case .strikeExpired(let week): ["change": .of("strike_expired"), "week": .of(week.description)]
    case .strikeWithdrawn(let week): ["change": .of("strike_withdrawn"), "week": .of(week.description)]
    case .standingChanged(let from, let to):
        ["change": .of("standing_changed"), "from": answer(from), "to": answer(to)]
    }
}

private func name(_ consequence: Consequence?) -> String? {
    switch consequence {
    case nil: nil
    case .offline: "offline"
    case .closed: "closed"
    }
}

let ledgerOperations: [String: Operation] = [
    "ledger_standing": { given in
        let found = try ledger(given).standing(on: on(given))
        let strikes = found.strikes.map { strike -> Json in
            .object([
                "week": .of(strike.week.description), "given_on": .of(strike.givenOn), "causes": answer(strike.causes),
                "expiry_week": .of(strike.expiryWeek.description), "expires_on": .of(strike.expiresOn),
                "appeal_until": .of(strike.appealUntil),
            ])
        }
        return .object([
            "on": .of(found.on), "standing": answer(found.standing), "fingerprints": answer(found.fingerprints), "strikes": .array(strikes),
            "newest_final_week": .of(found.newestFinalWeek?.description), "until_offline": .of(found.untilOffline),
            "until_closed": .of(found.untilClosed), "next_consequence": .of(name(found.nextConsequence)),
            "next_expiry": found.nextExpiry.map { .object(answer($0)) } ?? .null,
            "provisional": .array(
                found.provisional.map { .object(["week": .of($0.week.description), "missed": answer($0.missed)]) }),
        ])
    },
    "ledger_sentences": { given in
        let found = try ledger(given).standing(on: on(given))
        return .object([
            "english": .of(found.english), "dutch": .of(found.dutch),
            "strikes_english": .array(found.strikes.map { .of($0.english) }),
            "strikes_dutch": .array(found.strikes.map { .of($0.dutch) }),
        ])
    },
    "ledger_improvement": { given in
        switch try ledger(given).earliestImprovement(on: on(given)) {
        case nil: return .object([:])
        case .strikeExpires(let expiry):
            return .object(answer(expiry).merging(["kind": .of("strike_expires")]) { $1 })
        case .planAccepted(let next):
            return .object(["kind": .of("plan_accepted"), "next_expiry": next.map { .object(answer($0)) } ?? .null])
        case .mayApply(let on): return .object(["kind": .of("may_apply"), "on": .of(on)])
        }
    },
    "ledger_what_if": { given in
        let steps = try ledger(given).whatIf(bad: given["bad"].items.map { try $0.bool })
        return .object([
            "steps": .array(
                steps.map {
                    .object([
                        "week": .of($0.week.description), "bad": .of($0.bad), "on": .of($0.on), "strikes": .of($0.strikes),
                        "standing": answer($0.standing),
                    ])
                })
        ])
    },
    "ledger_bad_weeks_until": { given in
        let ledger = try ledger(given)
        return .object([
            "offline": .int(try ledger.badWeeksUntil(consequence: .offline)),
            "closed": .int(try ledger.badWeeksUntil(consequence: .closed)),
        ])
    },
    "ledger_given": { given in
        let found = try ledger(given)
        let weeks = found.weeks().map { week -> Json in
            .object([
                "week": .of(week.week.description), "final_on": .of(week.finalOn), "missed": answer(week.causes),
                "orders_to_date": .of(week.ordersToDate),
            ])
        }
        return .object(["weeks": .array(weeks), "events": .array(found.events().map(answer))])
    },
    "ledger_history": { given in
        let entries = try ledger(given).history().map {
            Json.object(answer($0.change).merging(["on": .of($0.on), "strikes": .of($0.strikes)]) { $1 })
        }
        return .object(["entries": .array(entries)])
    },
]
