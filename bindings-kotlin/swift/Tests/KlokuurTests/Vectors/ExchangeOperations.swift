@testable import Klokuur

private func document(_ given: Json) -> String { given["text"].stringOrNil ?? given["document"].text }

private func utc(_ at: Instant?) -> Json { at.map { .instant($0, nil) } ?? .null }

private func answer(_ difference: IndicatorDifference) -> Json {
    switch difference {
    case .verdict(let reported, let recomputed):
        .object(["kind": .of("verdict"), "reported": .of(reported), "recomputed": .of(recomputed)])
    case .value(let reported, let recomputed, let scale):
        .object([
            "kind": .of("value"), "reported": .of(reported), "recomputed": .of(recomputed), "scale": .named(scale),
        ])
    case .distance(let reported, let recomputed):
        .object(["kind": .of("distance"), "reported": .of(reported), "recomputed": .of(recomputed)])
    case .notAFraction(let numerator, let denominator):
        .object(["kind": .of("not_a_fraction"), "numerator": .of(numerator), "denominator": .of(denominator)])
    case .unknownCondition(let condition):
        .object(["kind": .of("unknown_condition"), "condition": .of(condition)])
    }
}

private func answer(_ check: IndicatorCheck) -> Json {
    .object([
        "name": .of(check.apiName), "week": .of(check.week.description), "reported": .of(check.reported),
        "recomputed": .of(check.recomputed), "reported_value": .of(check.reportedValue),
        "recomputed_value": .of(check.recomputedValue), "differences": .array(check.differences.map(answer)),
    ])
}

let exchangeOperations: [String: Operation] = [
    "indicators_read": { given in
        let read = try PerformanceIndicators.fromJson(text: document(given))
        let reported = read.numbers(rules: Rulebook.bol())
        return .object([
            "document": try Json(text: read.toJson()), "checks": .array(read.checks().map(answer)),
            "reported": .object([
                "numbers": .array(reported.numbers.map { .object(answer($0)) }),
                "unknown": .array(reported.unknown.map { .of($0) }), "unusable": .array(reported.unusable.map { .of($0) }),
            ]),
        ])
    },
    "returns_read": { given in
        let read = try Returns.fromJson(text: document(given))
        let starts = read.starts().map {
            Json.object([
                "number": .of($0.number), "at": utc($0.at), "order": .of($0.order), "item": .of($0.item),
                "subject": .of($0.subject), "defect": .of($0.defect), "text": .of($0.text), "handled_at": utc($0.handledAt),
            ])
        }
        return .object(["document": try Json(text: read.toJson()), "starts": .array(starts)])
    },
    "cancellations_read": { given in
        let read = try OrderItemCancellations.fromJson(text: document(given))
        return .object([
            "document": try Json(text: read.toJson()),
            "by_customer": .array(read.orderItems().map { .of($0.isByCustomer) }),
        ])
    },
]
