import Foundation
import XCTest

@testable import Klokuur

/// Bad values of each subject: always our error, with what was given.
final class RefusalTests: XCTestCase {
    private let rules = Rulebook.bol()
    private let day = LocalDate(2026, 3, 29)!
    private let march = Period(first: LocalDate(2026, 3, 1)!, last: LocalDate(2026, 3, 31)!)
    private let asked = Instant("2026-03-13T14:00:00Z")!
    private let never = [Instant(secondsSince1970: .min), Instant(secondsSince1970: .max)]
    private let (firstDay, lastDay) = (LocalDate(epochDay: .min), LocalDate(epochDay: .max))
    private let instants = "1900-01-01T00:00:00Z up to, not including, 2101-01-01T00:00:00Z"

    private func clock() throws -> Schedule { try Schedule(text: "Mo-Fr 09:00-17:00", zone: "Europe/Amsterdam") }

    private func refused<T>(_ message: String, line: UInt = #line, _ call: () throws -> T) {
        XCTAssertThrowsError(try call(), line: line) { XCTAssertEqual(($0 as? KlokuurError)?.message, message, "\($0)", line: line) }
    }

    private func refused<T>(code: String, line: UInt = #line, _ call: @autoclosure () throws -> T) {
        XCTAssertThrowsError(try call(), line: line) { XCTAssertEqual(($0 as? KlokuurError)?.code, code, "\($0)", line: line) }
    }

    func testTheCaseBook() throws {
        let book = try CaseBook(rules: rules)
        refused("count of skipped rows -1 is out of range: accepted is 0 or more") { try book.overview(now: asked, skip: -1) }
        refused("count of rows -5 is out of range: accepted is 0 or more") { try book.completed(now: asked, count: -5) }
        refused("survey score 300 is out of range: accepted is a whole number from 0 to 10") {
            try book.apply(event: CaseEvent(case: "K-1", at: asked, event: .surveyAnswered, scores: ["speed": 300]))
        }
        refused("row 1: review grade -2 is out of range: accepted is 1 to 10") {
            try reviewGrade(rules: rules, given: [Review(date: day, grade: 8), Review(date: day, grade: -2)], on: day)
        }
        for now in never {
            refused(code: "out_of_range", try book.overview(now: now))
            refused(code: "out_of_range", try book.nextWakeUp(now: now))
            refused(code: "out_of_range", try book.records(now: now))
            let event = CaseEvent(case: "K-1", at: now, event: .opened)
            XCTAssertThrowsError(try book.apply(event: event)) { XCTAssertTrue($0 is KlokuurError, "\($0)") }
            XCTAssertThrowsError(try CaseBook.ofEvents(rules: rules, events: [event])) { XCTAssertTrue($0 is KlokuurError) }
            refused(code: "out_of_range", try CaseBook.ofEvents(rules: rules, events: [], advancedTo: now))
        }
    }

    func testInsights() throws {
        for (confidence, shown) in [(.nan, "NaN"), (-.infinity, "-inf"), (-0.5, "-0.5"), (0, "0"), (1, "1")] as [(Double, String)] {
            let message = "confidence level \(shown) is out of range: accepted is more than 0 and less than 1, as 0.95"
            refused(message) { try shareInterval(count: 1, of: 2, confidence: confidence) }
            refused(message) { try overview(cases: [], period: march, confidence: confidence) }
        }
        refused("count of a share -1 is out of range: accepted is 0 or more") { try shareInterval(count: -1, of: 2) }
        refused("whole of a share -2 is out of range: accepted is 0 or more") { try shareInterval(count: 1, of: -2) }
        refused("percentile NaN is out of range: accepted is above 0 and at most 1, as 0.9") {
            try handlingPercentile(cases: [], share: .nan)
        }
        let orders = [1, Int64.min].map { ItemOrders(date: day, item: "lamp", orders: $0) }
        let negative = "row 1: ordered pieces -9223372036854775808 is out of range: accepted is 0 or more"
        refused(negative) { try overview(cases: [], period: march, orders: orders) }
        refused(negative) { try signals(rules: rules, cases: [], last: day, orders: orders) }
        refused(negative) { try subjectOverview(rules: rules, cases: [], period: march, orders: orders) }
        refused("period `2026-03-31/2026-03-01` is not valid: accepted is a last date that is not before the first") {
            try overview(cases: [], period: Period(first: march.last, last: march.first))
        }
        refused(code: "out_of_range", try overview(cases: [CaseRecord(opened: lastDay)], period: march))
        refused(code: "out_of_range", try signals(rules: rules, cases: [], last: firstDay))
        refused("row 1: NPS score 300 is out of range: accepted is whole numbers from 0 to 10") {
            let answers = [9, 300].map { DatedScore(date: day, score: $0) }
            return try satisfaction(rules: rules, npsAnswers: answers, reviews: [], last: day)
        }
        refused("row 0: review -1 is out of range: accepted is whole numbers from 1 to 10") {
            try satisfaction(rules: rules, npsAnswers: [], reviews: [Review(date: day, grade: -1)], last: day)
        }
        let endless = Duration.seconds(Int64.max) + .seconds(Int64.max)
        XCTAssertEqual(handlingTimes(cases: [.done(duration: endless), .running(duration: .zero - endless)]).handled, 1)
    }

    func testPhoneHours() throws {
        refused(code: "schedule_syntax", try PhoneHours(rules: rules, reachable: "Mo-Fr 25:00-26:00"))
        refused(code: "never_open", try PhoneHours(rules: rules, reachable: "Mo-Su off"))
        let hours = try PhoneHours(rules: rules)
        let (early, late) = (Instant("1899-12-31T23:59:59Z")!, Instant("2101-01-01T00:00:00Z")!)
        refused("instant 2101-01-01T00:00:00Z is out of range: accepted is \(instants)") { try hours.counts(at: late) }
        refused("row 1: instant 1899-12-31T23:59:59Z is out of range: accepted is \(instants)") {
            try hours.weeks(attempts: [asked, early].map { CallAttempt(at: $0, answered: true) })
        }
        for at in never {
            refused(code: "out_of_range", try hours.isReachable(at: at))
            refused(code: "out_of_range", try hours.weeks(attempts: [CallAttempt(at: at, answered: false)]))
        }
    }

    func testDocumentsOfTheRetailerAPI() throws {
        for text in ["", "nul\0", "{", "[]", "null", #"{"returns": 1}"#, #"{"orderItems": 1}"#] {
            refused(code: "invalid_document", try PerformanceIndicators.fromJson(text: text + ","))
            refused(code: "invalid_document", try Returns.fromJson(text: text + ","))
            refused(code: "invalid_document", try OrderItemCancellations.fromJson(text: text + ","))
        }
        let nothing = try PerformanceIndicators.fromJson(text: #"{"performanceIndicators": []}"#)
        for now in never { refused(code: "out_of_range", try nothing.verdicts(rules: rules, now: now)) }
    }

    func testMails() throws {
        let ordered = LocalDate(2026, 3, 13)!
        let policy = MailPolicy(withinYears: -1)
        let message = "years after the order -1 is out of range: accepted is 0 or more"
        refused(message) { try cleanHtml(html: "<p>", policy: policy) }
        refused(message) { try isReplyAddress(address: "", policy: policy) }
        refused(message) { try mayMail(ordered: ordered, on: ordered, policy: policy) }
        refused(message) { try lastMailDate(ordered: ordered, policy: policy) }
        refused(code: "out_of_range", try lastMailDate(ordered: ordered, policy: MailPolicy(withinYears: .max)))
        refused(code: "out_of_range", try mayMail(ordered: firstDay, on: lastDay))
        refused(code: "out_of_range", try mayMail(ordered: ordered, on: lastDay))
        XCTAssertEqual(try cleanHtml(html: "<script>\0").html, "")
    }

    func testServiceLevelClocks() throws {
        let clock = try clock()
        func hours(_ count: Int) -> Amount { .business(duration: .hours(count)) }
        func sla(_ targets: SlaTarget...) throws -> Sla { try Sla(policy: SlaPolicy(name: "p", targets: targets), schedule: clock) }
        func first(_ within: Amount, _ warnings: SlaWarning..., pauses: [TicketStatus]? = nil) -> SlaTarget {
            SlaTarget(metric: .firstReply, within: within, warnings: warnings, pauses: pauses)
        }
        refused("policy `p` is not valid: accepted is at least one target") { try sla() }
        refused("policy `p` is not valid: accepted is one target a metric") { try sla(first(hours(1)), first(hours(2))) }
        for within in [hours(0), hours(-1), hours(.max), .elapsed(duration: .hours(.min)), .elapsed(duration: .hours(.max))] {
            refused(code: "invalid_value", try sla(first(within)))
        }
        refused("per cent of a warning -1 is out of range: accepted is 0 or more") {
            try sla(first(hours(1), .percent(percent: -1)))
        }
        for warning: SlaWarning in [
            .percent(percent: 101), .percent(percent: .max), .after(amount: hours(2)),
            .before(amount: .elapsed(duration: .seconds(60))), .before(amount: hours(-1)),
        ] {
            refused(code: "invalid_value", try sla(first(hours(1), warning)))
        }
        refused(code: "invalid_value", try sla(first(hours(1), pauses: [.solved])))
        let fine = try sla(first(hours(24), .percent(percent: 75)))
        let opened = SlaEvent(at: asked, what: .opened(by: .requester))
        let reply = SlaEvent(at: asked, what: .agentReply(automatic: false))
        for at in never {
            refused(code: "out_of_range", try fine.switched(at: at, schedule: clock))
            refused(code: "out_of_range", try fine.evaluate(events: [opened], now: at))
            refused(code: "out_of_range", try fine.evaluate(events: [SlaEvent(at: at, what: opened.what)], now: asked))
        }
        let again = SlaEvent(at: asked - .nanoseconds(1), what: opened.what)
        refused(code: "invalid_value", try fine.nextEvent(events: [opened, again], now: asked))
        for call in [
            { _ = try fine.evaluateMany(tickets: [[opened], [reply]], now: self.asked) },
            { _ = try fine.nextEventMany(tickets: [[opened], [reply]], now: self.asked) },
        ] {
            XCTAssertThrowsError(try call()) { XCTAssertEqual(($0 as? KlokuurError)?.message.hasPrefix("row 1: "), true, "\($0)") }
        }
        XCTAssertNil(try fine.evaluateMany(tickets: [[opened]], now: asked)[0][0].why)
        XCTAssertEqual(
            try fine.evaluateMany(tickets: [[opened]], now: asked, explained: true), [try fine.evaluate(events: [opened], now: asked)])
    }

    func testTexts() throws {
        // A Swift text has no halves of characters; all else crosses as it is.
        let book = try CaseBook(rules: rules)
        for text in ["\u{1F600}", "a\0b", String(repeating: "é", count: 100_000)] {
            _ = try book.apply(event: CaseEvent(case: text, at: asked, event: .opened, text: text))
            XCTAssertEqual(try book.find(text: text, now: asked).map(\.number), [text])
        }
    }
}
