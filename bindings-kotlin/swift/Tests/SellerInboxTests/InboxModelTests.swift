import Foundation
import Klokuur
import XCTest

@testable import SellerInbox

final class InboxModelTests: XCTestCase {
    /// A clock that goes as far as it is asked to sleep, until its end.
    @MainActor
    private final class TestClock {
        var now: Date
        let end: Date

        init(_ start: Date, end: Date) { (now, self.end) = (start, end) }

        func sleep(_ seconds: TimeInterval) throws {
            now = now.addingTimeInterval(seconds)
            if now > end { over?.cancel() }
        }

        var over: Task<Void, any Error>?
    }

    @MainActor
    func testAnInboxOverAWeekendWithoutAScreen() async throws {
        let start = Date(timeIntervalSince1970: 1_773_410_400)
        let clock = TestClock(start, end: start.addingTimeInterval(4 * 86_400))
        let model = InboxModel(
            book: try CaseBook(rules: .bol()), language: .dutch, now: { clock.now }, sleep: { try clock.sleep($0) })

        try model.take(CaseEvent(case: "K-1", at: start, event: .opened, customer: "Jan"))
        XCTAssertEqual(model.rows.map(\.id), ["K-1"])
        XCTAssertEqual(model.notices, ["nieuwe klantvraag K-1 van een klant"])
        try model.take(CaseEvent(case: "K-1", at: start, event: .reopened))
        XCTAssertEqual(model.problem, "dit kan nu niet met de klantvraag")

        // Nobody asks again until Monday: the one timer of the book does.
        let running = Task { try await model.run() }
        clock.over = running
        _ = await running.result
        XCTAssertEqual(
            model.notices,
            [
                "nieuwe klantvraag K-1 van een klant",
                "klantvraag K-1 staat al lang open: de eerste reactie moet uiterlijk maandag 16 maart 2026 15:00",
                "klantvraag K-1 is te laat: de eerste reactie moest uiterlijk maandag 16 maart 2026 15:00",
            ])
        XCTAssertNil(model.problem)
    }
}
