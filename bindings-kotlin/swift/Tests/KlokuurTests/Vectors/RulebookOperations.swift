import Foundation

@testable import Klokuur

private func document(_ rules: Rulebook) throws -> Json { try Json(text: rules.toJson()) }

/// The document with the value at a path as `norms[2].threshold` changed, or taken away.
private func changed(_ document: Json, _ path: ArraySlice<Substring>, _ value: Json?) throws -> Json {
    guard let first = path.first else { return value ?? .null }
    switch document {
    case .object(var keys):
        if path.count == 1 && value == nil {
            guard keys.removeValue(forKey: String(first)) != nil else { throw Unreadable(what: "no \(first)") }
        } else {
            keys[String(first)] = try changed(keys[String(first)] ?? .null, path.dropFirst(), value)
        }
        return .object(keys)
    case .array(var items):
        guard let index = Int(first), items.indices.contains(index) else { throw Unreadable(what: "no \(first)") }
        items[index] = try changed(items[index], path.dropFirst(), value)
        return .array(items)
    default: throw Unreadable(what: "no \(first)")
    }
}

private func parts(_ path: String) -> ArraySlice<Substring> {
    path.replacingOccurrences(of: "[", with: ".").replacingOccurrences(of: "]", with: "").split(separator: ".")[...]
}

/// A shipped rulebook with some values set or removed.
func changedRulebook(_ given: Json) throws -> Rulebook {
    var rules = try document(Rulebook.shipped(name: given["base"].string))
    for (path, value) in given["set"].keys { rules = try changed(rules, parts(path), value) }
    for path in given["remove"].items { rules = try changed(rules, parts(path.string), nil) }
    return try Rulebook.fromJson(text: rules.text)
}

let rulebookOperations: [String: Operation] = [
    "rulebook_shipped": { given in try document(Rulebook.shipped(name: given["name"].string)) },
    "rulebook_round_trip": { given in
        let rules = try Rulebook.shipped(name: given["name"].string)
        let same = try Rulebook.fromToml(text: rules.toToml()) == rules && Rulebook.fromJson(text: rules.toJson()) == rules
        return .object(["same": .bool(same)])
    },
    "rulebook_for_week": { given in
        .object(["name": .of(try RulebookHistory.bol().forWeek(week: IsoWeek(given["week"].string)).name())])
    },
    "rulebook_due": { given in
        let rules = try Rulebook.shipped(name: given["name"].string)
        let clock = try given["country"].stringOrNil.map { try rules.scheduleFor(country: $0) } ?? rules.schedule()
        return .object(["due": .instant(try clock.add(given["asked"].at, rules.firstResponse()), clock.timeZone)])
    },
    "rulebook_read": { given in try document(changedRulebook(given)) },
    "rulebook_from_toml": { given in try document(Rulebook.fromToml(text: given["text"].string)) },
    "rulebook_history": { given in
        let rulebooks = try given["names"].items.map { try Rulebook.shipped(name: $0.string) }
        return .object(["names": .array(try RulebookHistory(rulebooks: rulebooks).rulebooks().map { .of($0.name()) })])
    },
]
