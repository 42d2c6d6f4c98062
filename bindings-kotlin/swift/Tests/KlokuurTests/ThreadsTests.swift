import Foundation
import XCTest

@testable import Klokuur

/// One object, many threads.
final class ThreadsTests: XCTestCase {
    private let asked = Date(timeIntervalSince1970: 1_773_410_400)

    func testOneScheduleAnswersManyThreadsTheSame() async throws {
        let clock = try Schedule("Mo-Fr 00:00-24:00", zone: TimeZone(identifier: "Europe/Amsterdam")!, holidays: .netherlands())
        let starts = (0..<500).map { asked.addingTimeInterval(Double($0) * 3_600) }
        let expected = try clock.addMany(starts, hours: 24)
        try await withThrowingTaskGroup(of: [Date].self) { group in
            for _ in 0..<8 { group.addTask { try starts.map { try clock.add($0, hours: 24) } } }
            for try await found in group { XCTAssertEqual(found, expected) }
        }
    }

    func testOneBookTakesTheEventsOfManyThreads() async throws {
        let book = try CaseBook(rules: Rulebook.bol())
        let asked = asked
        try await withThrowingTaskGroup(of: Void.self) { group in
            for thread in 0..<8 {
                group.addTask {
                    for i in 0..<100 {
                        _ = try book.apply(event: CaseEvent(case: "K-\(thread)-\(i)", at: asked, event: .opened))
                    }
                }
            }
            try await group.waitForAll()
        }
        XCTAssertEqual(book.size(), 800)
        XCTAssertEqual(try book.overview(now: asked).count, 800)
    }
}
