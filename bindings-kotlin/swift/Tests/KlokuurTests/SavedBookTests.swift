import Foundation
import XCTest

@testable import Klokuur

/// A book goes on where it stopped, from what an app can write into a file.
final class SavedBookTests: XCTestCase {
    func testARestoredBookTellsNothingTwice() throws {
        let asked = try XCTUnwrap(Instant("2026-03-13T14:00:00.000000001Z"))
        let monday = try XCTUnwrap(Instant("2026-03-16T09:00:00Z"))
        let book = try CaseBook(rules: .bol())
        XCTAssertNil(book.advancedTo())
        _ = try book.apply(event: CaseEvent(case: "K-1", at: asked, event: .opened, customer: "Jan de Vries"))
        XCTAssertEqual(try book.advance(now: monday).count, 1)

        let saved = try JSONEncoder().encode(book.events())
        let again = try CaseBook.restored(
            rules: .bol(), events: JSONDecoder().decode([CaseEvent].self, from: saved), advancedTo: book.advancedTo())
        XCTAssertEqual(again.events(), book.events())
        XCTAssertEqual(again.events().map(\.at), [asked])
        XCTAssertEqual(again.advancedTo(), monday)
        XCTAssertEqual(try again.overview(now: monday), try book.overview(now: monday))
        XCTAssertEqual(try again.advance(now: monday + .seconds(60)), [])
        XCTAssertEqual(try again.nextWakeUp(now: monday), try book.nextWakeUp(now: monday))
    }

    func testAnEventThatNoBookKeepsIsNamedByItsRow() throws {
        let bad = CaseEvent(case: "", at: Date(timeIntervalSince1970: 0), event: .opened)
        XCTAssertThrowsError(try CaseBook.restored(rules: .bol(), events: [bad])) {
            XCTAssertEqual(($0 as? KlokuurError)?.code, "invalid_document")
        }
    }
}
