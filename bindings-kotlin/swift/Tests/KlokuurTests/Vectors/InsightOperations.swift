@testable import Klokuur

private func cases(_ given: Json) throws -> [CaseRecord] {
    try given["cases"].items.flatMap { row in
        let done = row["handling_hours"].intOrNil.map { Handling.done(duration: .seconds($0 * 3_600)) }
        let running = row["running_hours"].intOrNil.map { Handling.running(duration: .seconds($0 * 3_600)) }
        let record = CaseRecord(
            opened: try row["opened"].date, subject: row["subject"].stringOrNil, item: row["item"].stringOrNil,
            defect: row["defect"].stringOrNil, handling: done ?? running, onTime: row["on_time"].boolOrNil,
            closed: try row["closed"].isNull ? nil : row["closed"].date, kind: try row["kind"].namedOrNil(),
            origin: try row["origin"].namedOrNil(), agent: row["agent"].stringOrNil,
            shippingMethod: try row["shipping_method"].namedOrNil())
        return Array(repeating: record, count: Int(try row["count"].int))
    }
}

private func orders(_ given: Json) throws -> [ItemOrders] {
    try given["orders"].items.map {
        ItemOrders(date: try $0["date"].date, item: try $0["item"].string, orders: try $0["orders"].int)
    }
}

private func answer(_ share: ShareInterval?) -> Json {
    guard let share else { return .null }
    return .object([
        "count": .of(share.count), "of": .of(share.of), "share": .of(share.share), "low": .of(share.low),
        "high": .of(share.high), "confidence": .of(share.confidence),
    ])
}

private func answer(_ times: HandlingTimes) -> Json {
    func time(_ of: Duration?) -> Json { of.map { .object(["nanoseconds": .int(nanoseconds($0))]) } ?? .null }
    return .object([
        "handled": .of(times.handled), "running": .of(times.running), "median": time(times.median),
        "p75": time(times.p75), "p90": time(times.p90), "p95": time(times.p95),
    ])
}

private func answer(_ period: Period) -> Json { .object(["first": .of(period.first), "last": .of(period.last)]) }

private func answer(_ group: OverviewGroup) -> Json {
    .object([
        "item": .of(group.item), "subject": .of(group.subject), "defect": .of(group.defect), "kind": .named(group.kind),
        "origin": .named(group.origin), "agent": .of(group.agent), "shipping_method": .named(group.shippingMethod),
         "week": .of(group.week?.description),
        "cases": .of(group.cases), "questions": .of(group.questions), "returns": .of(group.returns),
        "cancellations": .of(group.cancellations),
        "handling": answer(group.handling), "on_time": answer(group.onTime), "orders": .of(group.orders),
        "rate": .of(group.rate),
    ])
}

private func answer(_ subjects: [SubjectCases]) -> Json {
    .array(subjects.map { .object(["subject": .of($0.subject), "cases": .of($0.cases), "share": .of($0.share)]) })
}

private func answer(_ items: [ItemCases]) -> Json {
    .array(
        items.map {
            .object([
                "item": .of($0.item), "cases": .of($0.cases), "orders": .of($0.orders), "rate": .of($0.rate),
                "subjects": answer($0.subjects),
            ])
        })
}

private func answer(_ summary: NpsSummary) -> Json {
    .object([
        "promoters": .of(summary.nps.promoters), "passives": .of(summary.nps.passives),
        "detractors": .of(summary.nps.detractors), "answers": .of(summary.answers), "score": .of(summary.score?.points),
        "standard_error": .of(summary.standardError),
        "interval": summary.interval.map { .object(["low": .of($0.low), "high": .of($0.high)]) } ?? .null,
        "below_guideline": .of(summary.belowGuideline),
    ])
}

private func answer(_ signal: Signal) -> Json {
    .object([
        "level": .named(signal.level), "place": .of(signal.place), "english": .of(signal.english),
        "item": .of(signal.item), "kind": .named(signal.kind), "name": .of(signal.name), "recent": .of(signal.recent),
        "baseline": .of(signal.baseline), "exposure": .named(signal.exposure),
        "recent_exposure": .of(signal.recentExposure), "baseline_exposure": .of(signal.baselineExposure),
        "expected": .of(signal.expected), "ratio": .of(signal.ratio), "ratio_low": .of(signal.ratioLow),
        "ratio_high": .of(signal.ratioHigh), "p": .of(signal.p), "p_adjusted": .of(signal.pAdjusted),
    ])
}

let insightOperations: [String: Operation] = [
    "wilson": { given in
        let found = try shareInterval(
            count: given["count"].int, of: given["of"].int, confidence: given["confidence"].double)
        return found == nil ? .object([:]) : answer(found)
    },
    "handling_times": { given in
        func hours(_ key: String) throws -> [Duration] { try given[key].items.map { .seconds(try $0.int * 3_600) } }
        let running = try hours("running_hours").map { Handling.running(duration: $0) }
        return answer(handlingTimes(cases: running + (try hours("done_hours").map { .done(duration: $0) })))
    },
    "subject_overview": { given in
        let found = try subjectOverview(
            rules: Rulebook.bol(), cases: cases(given), period: Period(first: given["first"].date, last: given["last"].date),
            orders: orders(given))
        let weeks = found.weeks.map {
            Json.object(["week": .of($0.week.description), "cases": .of($0.cases), "subjects": answer($0.subjects)])
        }
        return .object([
            "period": answer(found.period), "cases": .of(found.cases), "subjects": answer(found.subjects),
            "weeks": .array(weeks), "items": answer(found.items), "relatively_many": answer(found.relativelyMany),
        ])
    },
    "satisfaction": { given in
        let found = try satisfaction(
            rules: Rulebook.bol(),
            npsAnswers: given["nps"].items.map { DatedScore(date: try $0["date"].date, score: Int32(try $0["score"].int)) },
            reviews: given["reviews"].items.map { Review(date: try $0["date"].date, grade: Int32(try $0["score"].int)) },
            last: given["last"].date)
        return .object([
            "period": answer(found.period), "nps": answer(found.nps), "reviews": .of(found.reviews),
            "review_sum": .of(found.reviewSum), "review_mean": .of(found.reviewMean),
        ])
    },
    "overview": { given in
        let month = try given["month"].string.split(separator: "-").compactMap { Int32($0) }
        let found = try overview(
            cases: cases(given), period: .month(month[0], month[1]), orders: orders(given),
            by: given["by"].items.map { try $0.named() }, item: given["item"].stringOrNil,
            defect: given["defect"].stringOrNil, countedBy: given["counted_by"].namedOrNil(),
            kind: given["kind"].namedOrNil(), origin: given["origin"].namedOrNil(), agent: given["agent"].stringOrNil,
            shippingMethod: given["shipping_method"].namedOrNil())
        return .object([
            "counted_by": .named(found.countedBy), "total": answer(found.total), "groups": .array(found.groups.map(answer)),
        ])
    },
    "signals": { given in
        let found = try signals(rules: Rulebook.bol(), cases: cases(given), last: given["last"].date, orders: orders(given))
        return .object([
            "recent": answer(found.recent), "baseline": answer(found.baseline),
            "false_alarm_rate": .of(found.falseAlarmRate), "tested": .of(found.tested),
            "multiplier": .of(found.multiplier), "not_comparable": .of(found.notComparable),
            "signals": .array(found.signals.map(answer)),
        ])
    },
]
