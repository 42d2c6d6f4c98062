@testable import Klokuur

private func utc(_ at: Instant?) -> Json { at.map { .instant($0, nil) } ?? .null }

private func scores(_ given: [String: Int32]?) -> Json {
    guard let given else { return .null }
    return .object(given.mapValues { .of($0) })
}

/// An event as a row of the case log, without what it does not carry.
private func answer(_ found: LogEvent) -> Json {
    let event = found.event
    return .object([
        "row": .of(found.row), "id": .of(event.id), "case": .of(event.case), "at": utc(event.at),
        "event": .named(event.event), "origin": .named(event.origin), "kind": .named(event.kind),
        "order": .of(event.order), "ordered_at": utc(event.orderedAt), "customer": .of(event.customer),
        "subject": .of(event.subject), "item": .of(event.item), "defect": .of(event.defect), "agent": .of(event.agent),
        "priority": .of(event.priority), "shipping_method": .named(event.shippingMethod), "result": .of(event.result), "text": .of(event.text),
        "automatic": .of(event.automatic), "until": utc(event.until), "by": .named(event.by),
        "explanation": .of(event.explanation),
        "scores": scores(event.scores),
        "corrects": .of(event.corrects), "right_event": .named(event.rightEvent), "right_at": utc(event.rightAt),
    ])
}

private func answer(_ one: ExportedLine) -> Json {
    let which: [String: Json] = ["row": .of(one.row), "order": .of(one.order), "item": .of(one.item)]
    return .object(which.merging(fields(of: one.line)) { own, _ in own })
}

let logOperations: [String: Operation] = [
    "read_log": { given in
        let header = try given["header"].items.map { try $0.string }
        let rows = try given["rows"].items.map { try $0.items.map { try $0.string } }
        let mapping =
            given.has("mapping") ? try LogMapping.fromJson(text: given["mapping"].text) : LogMapping.own()
        let log = try readLog(header: header, rows: rows, mapping: mapping)
        return .object([
            "events": .array(log.events.map(answer)), "rows": .of(log.rows), "updates": .of(log.updates),
            "refused": .array(
                log.refused.map { .object(["row": .of($0.row), "code": .of($0.code), "message": .of($0.message)]) }),
            "told": .array(log.told.map { .of($0) }),
        ])
    },
    "read_orders": { given in
        let rows = try given["rows"].items.map { try $0.items.map { try $0.string } }
        let export = try readOrders(rows: rows, mapping: OrderMapping.fromJson(text: given["mapping"].text))
        return .object([
            "lines": .array(export.lines.map(answer)),
            "refused": .array(
                export.refused.map { .object(["row": .of($0.row), "code": .of($0.code), "message": .of($0.message)]) }),
        ])
    },
]
