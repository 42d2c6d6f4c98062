@testable import Klokuur

private func hours(_ given: Json) throws -> PhoneHours {
    try PhoneHours(rules: Rulebook.bol(), reachable: given["reachable"].stringOrNil)
}

let phoneOperations: [String: Operation] = [
    "phone_weeks": { given in
        let attempts = try given["calls"].items.map { CallAttempt(at: try $0["at"].at, answered: try $0["answered"].bool) }
        return .object([
            "weeks": .array(
                try hours(given).weeks(attempts: attempts).map {
                    .object([
                        "week": .of($0.numbers.week.description), "answered": .of($0.numbers.numerator),
                        "attempts": .of($0.numbers.denominator), "not_counted": .of($0.notCounted),
                    ])
                })
        ])
    },
    "phone_hours": { given in
        let (hours, at) = (try hours(given), try given["at"].items.map { try $0.at })
        return .object([
            "counts": .array(try at.map { .bool(try hours.counts(at: $0)) }),
            "reachable": .array(try at.map { .bool(try hours.isReachable(at: $0)) }),
        ])
    },
]
