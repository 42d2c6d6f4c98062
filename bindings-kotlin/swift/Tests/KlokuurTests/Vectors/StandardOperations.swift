@testable import Klokuur

/// A name, some names of a history, or a shipped rulebook with changes.
private func standardRules(_ given: Json) throws -> Rulebook {
    switch given["rules"] {
    case .array(let names):
        return try RulebookHistory(rulebooks: names.map { try Rulebook.shipped(name: $0.string) }).asRulebook()
    case .object: return try changedRulebook(given["rules"])
    case let name: return try Rulebook.shipped(name: name.string)
    }
}

private func item(_ json: Json) throws -> StandardItem {
    StandardItem(
        measure: try json["measure"].string, on: try json["on"].date, units: json["units"].intOrNil ?? 1,
        bad: json["bad"].intOrNil ?? 0, buyer: json["buyer"].stringOrNil, value: json["value"].stringOrNil)
}

private func figure(_ json: Json) throws -> StandardFigure {
    StandardFigure(
        standard: try json["standard"].string, until: try json["until"].date, numerator: try json["numerator"].string,
        denominator: try json["denominator"].string, buyers: json["buyers"].intOrNil)
}

private func answer(_ ratio: Ratio?) -> Json { .of(ratio?.text) }

private func answer(_ fee: StandardFee?) -> Json {
    fee.map { .object(["share": .of($0.share.text), "of": .of($0.of)]) } ?? .null
}

private func answer(_ names: [String]) -> Json { .array(names.map { .of($0) }) }

private func answer(_ reported: ReportedStandard?) -> Json {
    guard let reported else { return .null }
    return .object([
        "numerator": answer(reported.numerator), "denominator": answer(reported.denominator),
        "verdict": .named(reported.verdict), "agrees": .bool(reported.agrees),
    ])
}

private func answer(_ one: StandardResult) -> Json {
    let limits = one.limits.map { limit -> Json in
        .object(["name": .of(limit.name), "threshold": answer(limit.threshold), "reached": .of(limit.reached)])
    }
    var keys: [String: Json] = [
        "standard": .of(one.standard), "measure": .of(one.measure), "unit": .named(one.unit), "averaged": .of(one.averaged),
        "direction": .named(one.direction), "strict": .bool(one.strict), "from": .of(one.from), "until": .of(one.until),
        "evaluated_on": .of(one.evaluatedOn), "numerator": answer(one.numerator), "denominator": answer(one.denominator),
        "value": answer(one.value), "population": .of(one.population), "minimum_population": .of(one.minimumPopulation),
    ]
    keys["bad"] = .of(one.bad)
    keys["buyers"] = .of(one.buyers)
    keys["longest_run"] = .of(one.longestRun)
    keys["verdict"] = .named(one.verdict)
    keys["why"] = .named(one.why)
    keys["limits"] = .array(limits)
    keys["reached"] = .of(one.reached)
    keys["consequence"] = .of(one.consequence)
    keys["fee"] = answer(one.fee)
    keys["measured_by"] = .named(one.measuredBy)
    keys["reported"] = answer(one.reported)
    keys["english"] = .of(one.english)
    keys["dutch"] = .of(one.dutch)
    return .object(keys)
}

private func answer(_ one: LadderResult) -> Json {
    .object([
        "ladder": .of(one.ladder), "kind": .named(one.kind), "step": .of(one.step), "consequence": .of(one.consequence),
        "fee": answer(one.fee), "because": answer(one.because), "without_verdict": answer(one.withoutVerdict),
        "since": .of(one.since), "possible": answer(one.possible), "next_evaluation": .of(one.nextEvaluation),
        "english": .of(one.english), "dutch": .of(one.dutch),
    ])
}

let standardOperations: [String: Operation] = [
    "standards_judge": { given in
        let found = try judgeStandards(
            rules: standardRules(given), items: given["items"].items.map(item), figures: given["figures"].items.map(figure),
            on: given["on"].date)
        return .object([
            "on": .of(found.on),
            "standards": .object(Dictionary(uniqueKeysWithValues: found.standards.map { ($0.standard, answer($0)) })),
            "ladders": .object(Dictionary(uniqueKeysWithValues: found.ladders.map { ($0.ladder, answer($0)) })),
            "fingerprints": answer(found.fingerprints),
        ])
    }
]
