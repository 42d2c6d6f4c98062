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

private func answer(_ reason: StrikeReason) -> Json {
    switch reason {
    case .cancellations: .of("CANCELLATIONS")
    case .fulfilment: .of("FULFILMENT")
    case .handover: .of("HANDOVER")
    case .onTime: .of("ON_TIME")
    case .responseTime: .of("RESPONSE_TIME")
    case .other(let name): .of(name)
    }
}

/// A line as the vectors have it, of documents and of exports alike.
func fields(of line: OrderLine) -> [String: Json] {
    let cancelled: Json? = line.cancelled.map {
        .object(["at": utc($0.at), "by_customer": .of($0.byCustomer), "processed_at": utc($0.processedAt)])
    }
    return [
        "ordered_at": utc(line.orderedAt), "quantity": .of(line.quantity), "promised_on": .of(line.promisedOn.description),
        "delivered_at": utc(line.deliveredAt), "cancelled": cancelled ?? .null, "tracked": .of(line.tracked),
        "returned_at": utc(line.returnedAt), "returned_quantity": .of(line.returnedQuantity),
        "shipping_method": .named(line.shippingMethod),
        "shipped_at": utc(line.shippedAt), "handed_over_at": utc(line.handedOverAt),
        "expires_on": .of(line.expiresOn?.description), "track_exempt": .of(line.trackExempt),
    ]
}

private func answer(_ reported: ReportedNumbers) -> Json {
    .object([
        "numbers": .array(reported.numbers.map { .object(answer($0)) }),
        "unknown": .array(reported.unknown.map { .of($0) }), "unusable": .array(reported.unusable.map { .of($0) }),
    ])
}

private func answer(_ told: ReportedStanding) -> Json {
    let weeks = told.weeks.map { Json.array([.of($0.week.description), .array($0.reasons.map(answer))]) }
    return .object([
        "monitoring_system": .of(told.monitoringSystem), "first_week": .of(told.firstWeek?.description),
        "last_week": .of(told.lastWeek?.description), "strikes": told.strikes.map { Json.of($0) } ?? .null,
        "weeks": .array(weeks), "policy_points": .of(told.policyPoints), "quality_score": .of(told.qualityScore),
    ])
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
            "reported": answer(reported),
        ])
    },
    "returns_read": { given in
        let read = try Returns.fromJson(text: document(given))
        let starts = read.starts().map {
            Json.object([
                "number": .of($0.number), "at": utc($0.at), "order": .of($0.order), "item": .of($0.item),
                "subject": .of($0.subject), "defect": .of($0.defect), "text": .of($0.text), "handled": .of($0.handled),
                "handled_at": utc($0.handledAt),
            ])
        }
        let events = read.events().map { Json.object(["case": .of($0.case), "at": utc($0.at)]) }
        return .object([
            "document": try Json(text: read.toJson()), "starts": .array(starts), "events": .array(events),
        ])
    },
    "orders_read": { .object(["document": try Json(text: Orders.fromJson(text: document($0)).toJson())]) },
    "shipments_read": { .object(["document": try Json(text: Shipments.fromJson(text: document($0)).toJson())]) },
    "kpi_scores_read": { given in
        let read = try KpiScores.fromJson(text: document(given))
        return .object([
            "document": try Json(text: read.toJson()), "reported": answer(read.numbers(rules: Rulebook.bol())),
        ])
    },
    "status_read": { given in
        let read = try PerformanceStatus.fromJson(text: document(given))
        return .object(["document": try Json(text: read.toJson()), "standing": answer(read.standing())])
    },
    "documents_read": { given in
        let documents = try given["documents"].items.map {
            NamedDocument(name: try $0["name"].string, text: document($0))
        }
        let read = try RetailerDocuments.of(documents: documents)
        let told = read.orderLines()
        let lines = told.lines.map {
            Json.object([
                "order": .of($0.order), "order_item": .of($0.orderItem), "item": .of($0.item), "line": .object(fields(of: $0.line)),
            ])
        }
        let numbers = read.numbers(rules: Rulebook.bol()).numbers
        return .object([
            "orders": try Json(text: read.orders().toJson()), "lines": .array(lines),
            "unusable": .array(told.unusable.map { .of($0) }), "numbers": .array(numbers.map { .object(answer($0)) }),
            "events": .int(Int64(read.caseEvents().count)),
        ])
    },
    "cancellations_read": { given in
        let read = try OrderItemCancellations.fromJson(text: document(given))
        return .object([
            "document": try Json(text: read.toJson()),
            "by_customer": .array(read.orderItems().map { .of($0.isByCustomer) }),
        ])
    },
]
