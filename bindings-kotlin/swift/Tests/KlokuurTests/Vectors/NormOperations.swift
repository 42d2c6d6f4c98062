import Foundation

@testable import Klokuur

/// The rules that a vector names; `bol` is its history.
func rules(_ name: String) throws -> Rulebook {
    try name == "bol" ? RulebookHistory.bol().asRulebook() : Rulebook.shipped(name: name)
}

func weekNumbers(_ json: Json, _ week: IsoWeek? = nil) throws -> WeekNumbers {
    WeekNumbers(
        norm: try json["norm"].string, week: try week ?? IsoWeek(json["week"].string),
        numerator: try json["numerator"].int, denominator: try json["denominator"].int,
        lastDeadline: json.has("last_deadline") ? try json["last_deadline"].at : nil,
        measuredElsewhere: json["measured_by"].stringOrNil == "elsewhere", normValue: json["norm_value"].stringOrNil,
        excused: json.has("excused") ? try json["excused"].bool : false)
}

func answer(_ numbers: WeekNumbers) -> [String: Json] {
    [
        "norm": .of(numbers.norm), "week": .of(numbers.week.description), "numerator": .of(numbers.numerator),
        "denominator": .of(numbers.denominator), "measured_by": .of(numbers.measuredElsewhere ? "elsewhere" : "here"),
        "last_deadline": numbers.lastDeadline.map { .instant($0, nil) } ?? .null,
    ]
}

private func answer(_ forecast: Forecast) -> Json {
    .object([
        "norm": .of(forecast.norm), "missed": .of(forecast.missed), "affordable": .of(forecast.affordable),
        "to_repair": .of(forecast.toRepair), "still_to_come": .of(forecast.stillToCome), "english": .of(forecast.english), "dutch": .of(forecast.dutch),
    ])
}

private func name(_ finality: Finality) -> String {
    switch finality {
    case .provisional: "provisional"
    case .final: "final"
    }
}

private func name(_ verdict: Verdict) -> String {
    switch verdict {
    case .conforms: "conforms"
    case .missed: "missed"
    case .noData: "no_data"
    }
}

private func reviews(_ json: Json) throws -> [Review] {
    try json.items.map { Review(date: try $0.items[0].date, grade: Int32(try $0.items[1].int)) }
}

let normOperations: [String: Operation] = [
    "norm_nps": { given in
        .object(
            answer(
                try npsWeekNumbers(
                    week: IsoWeek(given["week"].string), promoters: given["promoters"].int,
                    passives: given["passives"].int, detractors: given["detractors"].int)))
    },
    "norm_week": { given in
        let own = try rules(given["rulebook"].string)
        let found = try judgeWeek(rules: own, numbers: weekNumbers(given), now: given["now"].at)
        let unit =
            switch found.unit {
            case .share: "share"
            case .average: "average"
            case .points: "points"
            }
        return .object([
            "norm": .of(found.norm), "week": .of(found.week.description), "numerator": .of(found.numerator),
            "denominator": .of(found.denominator), "bad": .of(found.bad), "unit": .of(unit),
            "direction": .of(found.direction == .atLeast ? "at_least" : "at_most"),
            "threshold": .of(found.threshold.text), "rulebook_threshold": .of(found.rulebookThreshold?.text),
            "strict": .bool(found.strict), "minimum": .of(found.minimum?.text), "minimum_met": .of(found.minimumMet),
            "count_limit": .of(found.countLimit), "strike": .of(found.strike),
            "threshold_met": .of(found.thresholdMet), "count_limit_reached": .of(found.countLimitReached),
            "verdict": .of(name(found.verdict)), "finality": .of(name(found.finality)),
            "final_from": .instant(found.finalFrom, TimeZone(identifier: own.zone())),
            "measured_by": .of(found.measuredBy == .here ? "here" : "elsewhere"), "value": .of(found.value),
        ])
    },
    "norm_forecast": { given in
        let own = try rules(given["rulebook"].string)
        return answer(
            try forecastWeek(
                rules: own, numbers: weekNumbers(given, IsoWeek(year: 2026, week: 11)),
                now: Instant(secondsSince1970: 0), plannedTotal: given["planned_total"].intOrNil))
    },
    "norm_response_weeks": { given in
        let rows = try given["rows"].items.map {
            Response(
                asked: try $0["asked"].at, due: try $0["due"].at,
                answered: $0.has("answered") ? try $0["answered"].at : nil)
        }
        let weeks = try responseWeeks(zone: given["zone"].string, responses: rows, now: given["now"].at)
        return .object(["weeks": .array(weeks.map { .object(answer($0.numbers).merging(["open": .of($0.open)]) { $1 }) })])
    },
    "norm_review_period": { given in
        let found = try reviewPeriod(
            rules: rules(given["rulebook"].string), given: reviews(given["reviews"]),
            on: given["until"].date)
        return .object([
            "sum": .of(found.sum), "count": .of(found.count), "all_time": .of(found.allTime), "until": .of(found.until),
            "grade": .of(found.grade),
        ])
    },
    "norm_join": { given in
        let joined = try joinWeeks(
            rules: rules(given["rulebook"].string), here: given["here"].items.map { try weekNumbers($0) },
            elsewhere: given["elsewhere"].items.map { try weekNumbers($0) })
        return .object(["numbers": .array(joined.map { .object(answer($0)) })])
    },
    "score_estimate": { given in
        let numbers = try given["numbers"].items.map { row in
            WeekNumbers(
                norm: try row.items[0].string, week: try IsoWeek(row.items[1].string), numerator: try row.items[2].int,
                denominator: try row.items[3].int)
        }
        let score = try estimateScore(
            rules: rules("bol"), numbers: numbers, now: given["now"].at, on: given["on"].date)
        guard case .estimated(let found) = score else { throw Unreadable(what: "not an estimate") }
        return .object([
            "calculated_on": .of(found.calculatedOn), "first_week": .of(found.firstWeek?.description),
            "last_week": .of(found.lastWeek?.description), "score": .of(found.score),
            "meets_minimum": .of(found.meetsMinimum), "missing": .array(found.missing.map { .of($0) }),
            "fingerprints": answer(found.fingerprints),
            "parts": .array(
                found.parts.map { part in
                    .object([
                        "norm": .of(part.norm), "weight": .of(part.weight), "numerator": .of(part.numerator),
                        "denominator": .of(part.denominator), "weeks_with_data": .of(part.weeksWithData),
                        "value": .of(part.value), "score": .of(part.score),
                    ])
                }),
        ])
    },
    "score_reported": { given in
        let score = try reportedScore(rules: rules("bol"), score: given["score"].string, on: given["on"].date)
        switch score {
        case .reported(let score, _, let meetsMinimum, _):
            return .object(["value": .of(score.value), "estimate": .bool(false), "meets_minimum": .of(meetsMinimum)])
        case .estimated: return .object(["estimate": .bool(true)])
        }
    },
    "review_grade": { given in
        let found = try reviewGrade(rules: rules("bol"), given: reviews(given["reviews"]), on: given["on"].date)
        return .object([
            "sum": .of(found.period.sum), "count": .of(found.period.count), "all_time": .of(found.period.allTime),
            "value": .of(found.value), "meets_norm": .of(found.meetsNorm),
        ])
    },
]
