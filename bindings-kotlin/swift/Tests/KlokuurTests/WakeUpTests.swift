import Foundation
import Klokuur
import XCTest

/// A loop over wake-ups ends, by instants and by dates, and tells what one step to the end tells.
final class WakeUpTests: XCTestCase {
    private let asked = Instant("2026-03-13T14:00:00.000123456Z")!
    private let end = Instant("2026-06-01T00:00:00Z")!

    private func book() throws -> CaseBook {
        let book = try CaseBook(rules: .bol())
        _ = try book.applyAll(
            events: (0..<5_000).map {
                CaseEvent(case: "K-\($0)", at: asked + .nanoseconds($0 * 37_000_123), event: .opened)
            })
        return book
    }

    private func same(_ told: [DomainEvent], _ line: UInt = #line) throws {
        let atOnce = try book().advance(now: end)
        XCTAssertEqual(told.count, atOnce.count, line: line)
        XCTAssertEqual(Set(told.map(\.id)), Set(atOnce.map(\.id)), line: line)
    }

    func testByInstants() throws {
        let book = try book()
        var (now, told, rounds) = (asked, [DomainEvent](), 0)
        while let next = try book.nextWakeUp(now: now), rounds < 30_000 {
            told += try book.advance(now: next)
            (now, rounds) = (next, rounds + 1)
        }
        try same(told)
    }

    func testByDates() throws {
        let book = try book()
        var (now, told, rounds) = (asked.date, [DomainEvent](), 0)
        while let next = try book.nextWakeUp(now: now), rounds < 30_000 {
            told += try book.advance(now: next)
            (now, rounds) = (next, rounds + 1)
        }
        try same(told)
    }

    func testTheFirstDateThatIsNotBefore() {
        for nanosecond in [0, 1, 59, 60, 119, 120, 500, 999_999_999] as [Int64] {
            for second in [-2_208_988_800, -1, 0, 978_307_200, 1_773_410_400, 4_133_980_799] as [Int64] {
                let at = Instant(secondsSince1970: second, nanoseconds: nanosecond)
                XCTAssertGreaterThanOrEqual(Instant(at.date), at)
                XCTAssertLessThan(at.date.timeIntervalSince1970 - Double(second), Double(nanosecond) / 1e9 + 0.000_001)
            }
        }
    }
}
