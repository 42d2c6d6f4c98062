import XCTest

@testable import Klokuur

private func snake(_ name: String) -> String {
    name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
}

/// A record as the document writes it.
private func tree(_ value: Any) -> Json {
    switch value {
    case let ratio as Ratio: return .string(ratio.text)
    case let text as String: return .string(text)
    case let truth as Bool: return .bool(truth)
    case let number as Int64: return .int(number)
    case let trigger as StrikeTrigger:
        switch trigger {
        case .anyNorm: return .object(["kind": .of("any_norm")])
        case .severalNorms(let norms): return .object(["kind": .of("several_norms"), "norms": .of(norms)])
        }
    case let window as StrikeWindow:
        switch window {
        case .rolling(let weeks): return .object(["kind": .of("rolling"), "weeks": .of(weeks)])
        case .fromFirstBadWeek(let weeks, let endsAt):
            return .object(["kind": .of("from_first_bad_week"), "weeks": .of(weeks), "ends_at": .of(endsAt)])
        }
    case let date as LocalDate: return .of(date)
    case let period as StandardPeriod:
        switch period {
        case .days(let days): return .object(["kind": .of("days"), "days": .of(days)])
        case .rollingMonths(let months): return .object(["kind": .of("rolling_months"), "months": .of(months)])
        case .month: return .object(["kind": .of("month")])
        case .isoWeek: return .object(["kind": .of("iso_week")])
        case .meanOfWeeks(let weeks): return .object(["kind": .of("mean_of_weeks"), "weeks": .of(weeks)])
        case .evaluation(let dayOfMonth, let months, let atLeast, let elseMonths):
            return .object([
                "kind": .of("evaluation"), "day_of_month": .of(dayOfMonth), "months": .of(months),
                "at_least": .of(atLeast), "else_months": .of(elseMonths),
            ])
        }
    case let limit as StandardLimit:
        return .object([
            "name": .of(limit.name), "threshold": .of(limit.threshold?.text ?? "not known"), "count": .of(limit.count),
            "counted": .named(limit.counted), "combine": .named(limit.combine), "consequence": .of(limit.consequence),
            "fee": tree(limit.fee as Any),
        ])
    case let after as StepAfter:
        switch after {
        case .days(let days): return .of(days)
        case .notKnown: return .of("not known")
        }
    case let calendar as CountryCalendar:
        return calendar.netherlands.map { .object(["netherlands": tree($0)]) } ?? .of(calendar.country)
    case let keys as [String: String]: return .object(keys.mapValues { .of($0) })
    case let items as [Any]: return .array(items.map(tree))
    default: break
    }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional: return mirror.children.first.map { tree($0.value) } ?? .null
    case .enum: return .string(snake("\(value)"))
    default:
        return .object(
            Dictionary(uniqueKeysWithValues: mirror.children.map { (snake($0.label ?? ""), tree($0.value)) }))
    }
}

/// The sections of a rulebook as values hold all that its document holds.
final class RuleSectionTests: XCTestCase {
    func testEveryValueOfEveryShippedRulebook() throws {
        for name in rulebookNames() {
            let rules = try Rulebook.shipped(name: name)
            let sections: [String: Json] = [
                "marketplace": .of(rules.marketplace()), "about": .of(rules.about()), "confidence": tree(rules.confidence()),
                "valid_from": .of(rules.validFrom()), "valid_until": .of(rules.validUntil()),
                "clock": tree(rules.clockRules()), "case": tree(rules.caseRules()), "week": tree(rules.weekRules()),
                "norms": tree(rules.norms()), "strikes": tree(rules.strikeRules() as Any),
                "policy_points": tree(rules.policyPointsRules() as Any), "score": tree(rules.scoreRules() as Any),
                "survey": tree(rules.surveyRules()), "phone": tree(rules.phoneRules() as Any),
                "standards": rules.standards().isEmpty ? .null : tree(rules.standards()),
                "ladders": rules.ladders().isEmpty ? .null : tree(rules.ladders()),
                "insight": tree(rules.insightRules()), "message": tree(rules.messageRules()),
            ]
            let document = try Json(text: rules.toJson())
            XCTAssertEqual(Set(document.keys.keys).subtracting(sections.keys), ["format", "name"], name)
            for (key, found) in sections {
                XCTAssertNil(difference(document[key], found, "\(name).\(key)"))
            }
            XCTAssertTrue(try rules.isInForce(date: rules.validFrom()))
        }
    }

    func testFaultsComeWithTheirPaths() throws {
        let document = Rulebook.bol().toJson()
        XCTAssertEqual(rulebookFaults(json: document), [])
        let broken = document.replacingOccurrences(of: "\"wednesday\"", with: "\"someday\"")
        XCTAssertTrue(rulebookFaults(json: broken).contains { $0.path == "week.final_on" })
    }
}
