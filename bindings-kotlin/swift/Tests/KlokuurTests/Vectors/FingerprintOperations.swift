import Foundation
import XCTest

@testable import Klokuur

private func of(_ given: Json) throws -> Fingerprints {
    let rules = try given["rules"].stringOrNil.map { try Rulebook.shipped(name: $0) }
    return try fingerprints(schedule: schedule(given), rules: rules)
}

func answer(_ found: Fingerprints?) -> Json {
    guard let found else { return .null }
    return .object([
        "schedule": .of(found.schedule), "calendar": .of(found.calendar), "rules": .of(found.rules),
        "zone_data": .of(found.zoneData),
    ])
}

private func rules(_ under: Json) throws -> Rulebook { try Rulebook.shipped(name: under["rules"].stringOrNil ?? "bol-2022") }

private func book(_ given: Json, under: Json) throws -> (CaseBook, Instant) {
    let (book, now) = try (CaseBook(rules: rules(under), schedule: schedule(under)), given["now"].at)
    _ = try book.applyAll(events: caseEvents(given))
    _ = try book.advance(now: now)
    return (book, now)
}

private func restored(_ given: Json) throws -> CaseBook {
    let text = try book(given, under: given["then"]).0.saved()
    var saved = try XCTUnwrap(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    if let zoneData = given["zone_data"].stringOrNil {
        var fingerprints = try XCTUnwrap(saved["fingerprints"] as? [String: Any])
        fingerprints["zone_data"] = zoneData
        saved["fingerprints"] = fingerprints
    }
    if given["without"].boolOrNil == true { saved["fingerprints"] = nil }
    let changed = try String(decoding: JSONSerialization.data(withJSONObject: saved), as: UTF8.self)
    let under = given["now_under"]
    return given["anew"].boolOrNil == true
        ? try CaseBook.restoredAnew(rules: rules(under), saved: changed, schedule: schedule(under))
        : try CaseBook.restored(rules: rules(under), saved: changed, schedule: schedule(under))
}

let fingerprintOperations: [String: Operation] = [
    "fingerprints": { given in answer(try of(given)) },
    "book_fingerprints": { given in
        let (made, now) = try book(given, under: given)
        let found = try made.caseOf(number: "K-1", now: now)
        let weeks = try judgeWeeks(rules: rules(given), numbers: made.responseWeeks(now: now), now: now)
        let same = try backtest(
            events: caseEvents(given), before: rules(given), after: rules(given), now: now, elsewhere: [],
            clockBefore: schedule(given), clockAfter: schedule(given))
        return .object([
            "book": answer(made.fingerprints()), "case": answer(found?.fingerprints), "why": answer(found?.row.why?.fingerprints),
            "week": answer(weeks.first?.fingerprints), "before": answer(same.fingerprintsBefore),
            "after": answer(same.fingerprintsAfter),
        ])
    },
    "book_restored": { given in
        let again = try restored(given)
        let due = try again.overview(now: given["now"].at).first?.due
        return .object([
            "due": due.map { .instant($0, nil) } ?? .null, "advanced_to": again.advancedTo().map { .instant($0, nil) } ?? .null,
            "fingerprints": answer(again.fingerprints()),
        ])
    },
    "fingerprint_changes": { given in
        let changes = try fingerprintChanges(then: of(given["then"]), now: of(given["now"]))
        return .object([
            "changes": .array(changes.map { .object(["of": .named($0.of), "then": .of($0.then), "now": .of($0.now)]) })
        ])
    },
]
