import Foundation

@testable import Klokuur

private func counts(_ nps: Nps) -> [String: Json] {
    ["promoters": .int(nps.promoters), "passives": .int(nps.passives), "detractors": .int(nps.detractors)]
}

private func nps(_ json: Json) throws -> Nps {
    Nps(promoters: try json["promoters"].int, passives: try json["passives"].int, detractors: try json["detractors"].int)
}

private func scores(_ given: Json) -> [Int32?] {
    given["scores"].items.map { $0.intOrNil.map { Int32($0) } }
}

private func period(_ given: Json) throws -> Period {
    if let month = given["month"].stringOrNil {
        let parts = month.split(separator: "-").compactMap { Int32($0) }
        return try .month(parts[0], parts[1])
    }
    if let week = given["week"].stringOrNil { return try .week(IsoWeek(week)) }
    if let days = given["trailing_days"].intOrNil { return try .trailing(days: Int32(days), to: given["last"].date) }
    return Period(first: try given["first"].date, last: try given["last"].date)
}

private func periods(_ periods: [NpsPeriod]) -> Json {
    .object(["periods": .array(periods.map { .object(counts($0.nps).merging(["first": .of($0.period.first)]) { $1 }) })])
}

private func groups(_ groups: [NpsGroup]) -> Json {
    .object(["groups": .array(groups.map { .object(counts($0.nps).merging(["key": .of($0.key)]) { $1 }) })])
}

private func instants(_ given: Json) throws -> [Instant] { try given["at"].items.map { try $0.at } }

let npsOperations: [String: Operation] = [
    "nps_from_scores": { given in
        let nps = try Nps(scores: given["scores"].items.map { Int32(try $0.int) })
        var answer = counts(nps)
        if let score = try nps.score() {
            answer["numerator"] = .int(score.numerator)
            answer["denominator"] = .int(score.denominator)
            answer["display"] = .string(score.text)
        }
        return .object(answer)
    },
    "nps_interval": { given in
        let nps = try nps(given)
        func ends(_ method: NpsIntervalMethod) throws -> Json {
            guard let found = try nps.interval(confidence: given["confidence"].double, method: method) else { return .null }
            return .object(["low": .double(found.low), "high": .double(found.high)])
        }
        return .object([
            "standard_error": .of(try nps.standardError()), "wald": try ends(.wald),
            "adjusted_wald": try ends(.adjustedWald), "score": try ends(.score),
        ])
    },
    "nps_compare": { given in
        guard
            let found = try nps(given["one"]).compare(nps(given["other"]), confidence: given["confidence"].double)
        else { return .null }
        return .object([
            "difference": .double(found.difference), "z": .double(found.z), "p_two_sided": .double(found.pTwoSided),
            "p_higher": .double(found.pHigher), "p_lower": .double(found.pLower), "low": .double(found.low),
            "high": .double(found.high), "confidence": .double(found.confidence),
        ])
    },
    "nps_weighted": { given in
        let found = try weightedNps(
            scores: given["scores"].items.map { Int32(try $0.int) },
            weights: given["weights"].items.map { try $0.double }, confidence: given["confidence"].double)
        return .object([
            "points": .of(found.points), "effective_answers": .double(found.effectiveAnswers),
            "standard_error": .of(found.standardError), "low": .of(found.interval?.low), "high": .of(found.interval?.high),
        ])
    },
    "nps_required_answers": { given in
        .object([
            "answers": .int(
                try npsRequiredAnswers(
                    margin: given["margin"].double, confidence: given["confidence"].double,
                    promoterShare: try? given["promoter_share"].double,
                    detractorShare: try? given["detractor_share"].double))
        ])
    },
    "nps_trend": { given in
        guard let found = try npsTrend(periods: given["periods"].items.map(nps)) else { return .object([:]) }
        return .object([
            "periods": .int(found.periods), "answers": .int(found.answers), "z": .double(found.z),
            "points_per_period": .double(found.pointsPerPeriod), "p_two_sided": .double(found.pTwoSided),
        ])
    },
    "nps_in": { given in
        .object(
            counts(
                try npsIn(period: period(given), zone: given["zone"].string, at: instants(given), scores: scores(given))))
    },
    "nps_by_week": { given in
        periods(try npsByWeek(zone: given["zone"].string, at: instants(given), scores: scores(given)))
    },
    "nps_by_month": { given in
        periods(try npsByMonth(zone: given["zone"].string, at: instants(given), scores: scores(given)))
    },
    "nps_by_name": { given in
        groups(try npsByName(scores: scores(given), keys: given["keys"].items.map { try $0.string }))
    },
    "nps_areas": { given in
        groups(try npsByArea(areas: given["areas"].items.map { try $0.string }, scores: scores(given)))
    },
]
