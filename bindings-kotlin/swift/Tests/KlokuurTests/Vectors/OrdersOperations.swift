@testable import Klokuur

private func line(_ json: Json) throws -> OrderLine {
    func instant(_ key: String) throws -> Instant? { json.has(key) ? try json[key].at : nil }
    let cancelled = json["cancelled"]
    return OrderLine(
        orderedAt: try json["ordered_at"].at, quantity: try json["quantity"].int, promisedOn: try json["promised_on"].date,
        deliveredAt: try instant("delivered_at"),
        cancelled: cancelled.isNull
            ? nil : OrderCancelled(
                at: try cancelled["at"].at, byCustomer: try cancelled["by_customer"].bool,
                processedAt: cancelled.has("processed_at") ? try cancelled["processed_at"].at : nil),
        tracked: try json["tracked"].bool, returnedAt: try instant("returned_at"),
        shippingMethod: try json["shipping_method"].namedOrNil(),
        shippedAt: try instant("shipped_at"), handedOverAt: try instant("handed_over_at"),
        expiresOn: json.has("expires_on") ? try json["expires_on"].date : nil,
        trackExempt: json["track_exempt"].boolOrNil ?? false,
        returnedQuantity: json.has("returned_quantity") ? try json["returned_quantity"].int : nil)
}

let ordersOperations: [String: Operation] = [
    "order_weeks": { given in
        let numbers = try orderWeeks(
            lines: given["lines"].items.map(line), now: given["now"].at,
            cases: given["cases"].items.map { try $0.at })
        return .object(["numbers": .array(numbers.map { .object(answer($0)) })])
    }
]
