@testable import Klokuur

private func of(_ given: Json) throws -> Fingerprints {
    let rules = try given["rules"].stringOrNil.map { try Rulebook.shipped(name: $0) }
    return try fingerprints(schedule: schedule(given), rules: rules)
}

let fingerprintOperations: [String: Operation] = [
    "fingerprints": { given in
        let found = try of(given)
        return .object([
            "schedule": .of(found.schedule), "calendar": .of(found.calendar), "rules": .of(found.rules),
            "zone_data": .of(found.zoneData),
        ])
    },
    "fingerprint_changes": { given in
        let changes = try fingerprintChanges(then: of(given["then"]), now: of(given["now"]))
        return .object([
            "changes": .array(changes.map { .object(["of": .named($0.of), "then": .of($0.then), "now": .of($0.now)]) })
        ])
    },
]
