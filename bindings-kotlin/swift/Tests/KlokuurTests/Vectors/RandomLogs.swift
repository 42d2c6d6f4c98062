import Foundation

@testable import Klokuur

/// SplitMix64.
private struct Random {
    var state: UInt64

    mutating func bits() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

private let header = ["case", "at", "event", "origin", "kind", "subject", "automatic", "until", "by", "result"]
private let kinds = [
    "seller_message", "seller_message", "seller_message", "customer_message", "customer_message", "follow_up", "forwarded",
    "handed_over", "returned", "closed", "closed", "reopened", "described", "handled",
]
private let subjects = ["size", "colour", "delivery"]
private let first = Instant(secondsSince1970: 1_772_409_600)
private let now = Instant(secondsSince1970: 1_772_409_600 + 30 * 86_400)

/// The rows of one log: its openings on the first two days, then anything, some of it impossible.
private func rows(log: Int, seed: Int64) -> [[String]] {
    var random = Random(state: UInt64(seed) + UInt64(log))
    let cases = 1 + random.bits() % 3
    let count = cases + random.bits() % 10
    var made: [[String]] = []
    for place in 0..<count {
        let (who, minutes, what) = (random.bits(), random.bits(), random.bits())
        let (a, b) = (random.bits() % 12, random.bits() % 12)
        let opens = place < cases
        let minute = Int64(opens ? minutes % 2880 : 1440 + minutes % 38_880)
        let at = first.secondsSince1970 + minute * 60
        let event = opens ? "opened" : kinds[Int(what % 14)]
        let number = String(log)
        let padded = String(repeating: "0", count: 4 - number.count) + number
        let until = Instant(secondsSince1970: at + Int64(6 * (b + 1)) * 3600)
        made.append([
            "\(padded)-\(opens ? place : who % cases)", Instant(secondsSince1970: at).description, event,
            event == "opened" && a == 0 ? "marketplace" : "",
            event == "opened" ? ["return", "cancellation", ""][Int(min(b, 2))] : "",
            event == "opened" || event == "described" ? subjects[Int(a % 3)] : "",
            event == "seller_message" && a < 3 ? "yes" : "",
            event == "follow_up" && a > 1 ? until.description : "",
            event == "closed" && a == 0 ? "marketplace" : "",
            event == "handled" ? "repaired" : "",
        ])
    }
    return made
}

private func event(_ row: [String]) throws -> CaseEvent {
    let cells = row.map { $0.isEmpty ? Json.null : Json.string($0) }
    return CaseEvent(
        case: row[0], at: try cells[1].at, event: try cells[2].named(), origin: try cells[3].namedOrNil(),
        kind: try cells[4].namedOrNil(), subject: cells[5].stringOrNil, automatic: row[6].isEmpty ? nil : true,
        until: row[7].isEmpty ? nil : try cells[7].at, by: try cells[8].namedOrNil(), result: cells[9].stringOrNil)
}

/// FNV-1a of a line a case.
private func digest(_ outcomes: [CaseOutcome]) -> String {
    let lines = outcomes.map { outcome -> String in
        let times = [outcome.opened, outcome.due, outcome.answered, outcome.closed]
        let seconds = times.map { $0.map { String($0.secondsSince1970) } ?? "-" }.joined(separator: " ")
        let verdict = Json.named(outcome.verdict).stringOrNil ?? ""
        return "\(outcome.case) \(verdict) \(seconds) \(outcome.followUps) \(outcome.subject ?? "-")\n"
    }
    var found: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in lines.sorted().joined().utf8 { found = (found ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let text = String(found, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
}

private struct Differs: Error { let door: String }

let randomLogOperations: [String: Operation] = [
    "random_logs": { given in
        let seed = try given["seed"].int
        let all = (0..<Int(try given["logs"].int)).flatMap { rows(log: $0, seed: seed) }
        let events = try all.map(event)
        let rules = Rulebook.bol()
        let atOnce = try evaluateCases(events: events, rules: rules, now: now).outcomes
        let found = digest(atOnce)
        let book = try CaseBook(rules: rules)
        _ = try book.applyAll(events: events)
        let read = try readLog(header: header, rows: all.reversed(), mapping: LogMapping.own()).events.map(\.event)
        let doors = [
            "a book": try book.outcomes(now: now),
            "rows of text, backwards": try evaluateCases(events: read, rules: rules, now: now).outcomes,
        ]
        for (door, outcomes) in doors where digest(outcomes) != found { throw Differs(door: door) }
        return .object(["cases": .of(Int64(atOnce.count)), "digest": .of(found)])
    }
]
