import Foundation

@testable import Klokuur

/// bol's rules in a country, and a clock of their own where hours are given.
private func side(_ json: Json) throws -> (Rulebook, Schedule?) {
    let country = try json["country"].string
    let own = try rules("bol").forCountry(country: country)
    guard let hours = json["hours"].stringOrNil else { return (own, nil) }
    return (own, try Schedule(hours, zone: TimeZone(identifier: own.zone())!, holidays: .country(code: country)))
}

private func numbers(_ numbers: WeekNumbers?) -> Json {
    numbers.map { .array([.of($0.numerator), .of($0.denominator)]) } ?? .null
}

private func utc(_ at: Instant?) -> Json { at.map { .instant($0, nil) } ?? .null }

let backtestOperations: [String: Operation] = [
    "backtest": { given in
        let (before, clockBefore) = try side(given["before"])
        let (after, clockAfter) = try side(given["after"])
        let found = try backtest(
            events: caseEvents(given), before: before, after: after, now: given["now"].at,
            elsewhere: given["elsewhere"].items.map { try weekNumbers($0) }, clockBefore: clockBefore,
            clockAfter: clockAfter)
        let cases: [Json] = found.cases.map {
            .object([
                "case": .of($0.case), "before": .named($0.before), "after": .named($0.after), "text": .of($0.text),
                "due_before": utc($0.dueBefore), "due_after": utc($0.dueAfter),
            ])
        }
        let weeks: [Json] = found.weeks.map {
            .object([
                "norm": .of($0.norm), "week": .of($0.week.description), "before": .named($0.before),
                "after": .named($0.after), "numbers_before": numbers($0.numbersBefore),
                "numbers_after": numbers($0.numbersAfter), "text": .of($0.text),
            ])
        }
        let standing: Json? = found.standing.map {
            .object([
                "before": answer($0.before), "after": answer($0.after),
                "strikes_gone": .array($0.strikesGone.map { .of($0.description) }),
                "strikes_new": .array($0.strikesNew.map { .of($0.description) }),
            ])
        }
        return .object([
            "cases": .array(cases), "weeks": .array(weeks), "standing": standing ?? .null, "judged": .of(found.judged),
            "moved_deadlines": .of(found.movedDeadlines),
        ])
    }
]
