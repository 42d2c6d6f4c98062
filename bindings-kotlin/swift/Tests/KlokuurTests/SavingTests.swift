import Foundation
import XCTest

@testable import Klokuur

/// What an app writes to a file when it is closed, and reads when it is opened.
final class SavingTests: XCTestCase {
    /// What apps wrote before a book was saved as one text.
    private struct Saved: Codable {
        let events: [CaseEvent]
        let advancedTo: Instant?
    }

    func testABookIsSavedAsJSON() throws {
        let asked = try XCTUnwrap(Instant("2026-03-13T14:00:00.000000001Z"))
        let now = asked + .seconds(86_400 * 4)
        let book = try CaseBook(rules: .bol())
        _ = try book.applyAll(events: [
            CaseEvent(case: "K-1", at: asked, event: .opened, origin: .customer, kind: .cancellation, customer: "Joëlle"),
            CaseEvent(case: "K-2", at: asked, event: .opened),
            CaseEvent(case: "K-2", at: asked + .seconds(60), event: .sellerMessage, text: "On its way"),
            CaseEvent(case: "K-2", at: asked + .seconds(90), event: .surveyAnswered, scores: ["speed": 9]),
        ])
        XCTAssertFalse(try book.advance(now: now).isEmpty)

        let json = try JSONEncoder().encode(Saved(events: book.events(), advancedTo: book.advancedTo()))
        XCTAssertTrue(String(decoding: json, as: UTF8.self).contains("2026-03-13T14:00:00.000000001Z"))
        let saved = try JSONDecoder().decode(Saved.self, from: json)
        let again = try CaseBook.ofEvents(rules: .bol(), events: saved.events, advancedTo: saved.advancedTo)
        XCTAssertEqual(again.events(), book.events())
        XCTAssertEqual(try again.overview(now: now), try book.overview(now: now))
        XCTAssertEqual(try again.outcomes(now: now), try book.outcomes(now: now))
        XCTAssertEqual(try again.advance(now: now), [], "told already")
        let whole = try CaseBook.restored(rules: .bol(), saved: book.saved())
        XCTAssertEqual(whole.events(), book.events())
        XCTAssertEqual(try whole.advance(now: now), [], "told already")
    }

    func testACaseThatIsOverLeavesTheBookAndComesBack() throws {
        let asked = try XCTUnwrap(Instant("2026-03-13T14:00:00Z"))
        let now = asked + .seconds(86_400 * 31)
        let book = try CaseBook(rules: .bol())
        for (hours, kind) in [EventKind.opened, .sellerMessage, .closed].enumerated() {
            _ = try book.apply(event: CaseEvent(case: "K-1", at: asked + .seconds(3_600 * hours), event: kind))
        }
        _ = try book.advance(now: now)
        let weeks = try book.responseWeeks(now: now)
        let archive = try book.archive(closedBefore: now)
        XCTAssertEqual([book.size(), archive.size(), book.archivedSize()], [0, 1, 1])
        XCTAssertTrue(book.isArchived(number: "K-1"))
        XCTAssertEqual(try book.responseWeeks(now: now), weeks)
        XCTAssertThrowsError(try book.apply(event: CaseEvent(case: "K-1", at: now, event: .customerMessage)))
        // A book is no archive of its own, and does not wait for itself.
        XCTAssertThrowsError(try book.recall(number: "K-1", archive: book))
        try book.recall(number: "K-1", archive: archive)
        XCTAssertEqual([book.size(), book.archivedSize()], [1, 0])
        XCTAssertEqual(try book.responseWeeks(now: now), weeks)
    }

    func testAJournalIsTakenAsAWholeOrNotAtAll() throws {
        let book = try CaseBook(rules: .bol())
        let asked = try XCTUnwrap(Instant("2026-03-13T14:00:00Z"))
        _ = try book.apply(event: CaseEvent(case: "K-1", at: asked, event: .opened))
        let before = book.saved()
        let good = #"{"case":"K-1","at":"2026-03-13T15:00:00Z","event":"seller_message"}"#
        let bad = #"{"case":"K-2","at":"2345-01-01T00:00:00Z","event":"opened"}"#
        XCTAssertThrowsError(try book.catchUp(journal: #"{"events":[\#(good),\#(bad)],"since":1}"#)) { refused in
            let message = (refused as? KlokuurError)?.message ?? ""
            XCTAssertTrue(message.contains("events[1]: opened of case K-2 at 2345-01-01"), message)
        }
        XCTAssertEqual(book.saved(), before)
        try book.catchUp(journal: #"{"events":[\#(good)],"since":1}"#)
        XCTAssertEqual(book.position(), 2)
    }

    func testAnEventIsTheJSONOfTheCaseLog() throws {
        let at = try XCTUnwrap(Instant("2026-03-13T14:00:00Z"))
        let event = CaseEvent(case: "K-1", at: at, event: .sellerMessage, automatic: true)
        let (encoder, decoder) = (JSONEncoder(), JSONDecoder())
        encoder.keyEncodingStrategy = .convertToSnakeCase
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        encoder.outputFormatting = .sortedKeys
        let line = #"{"at":"2026-03-13T14:00:00Z","automatic":true,"case":"K-1","event":"seller_message"}"#
        XCTAssertEqual(String(decoding: try encoder.encode(event), as: UTF8.self), line)
        XCTAssertEqual(try decoder.decode(CaseEvent.self, from: Data(line.utf8)), event)
    }

    func testAnswersAreSavedAsWell() throws {
        let book = try CaseBook(rules: .bol())
        let asked = try XCTUnwrap(Instant("2026-03-13T14:00:00Z"))
        _ = try book.apply(event: CaseEvent(case: "K-1", at: asked, event: .opened))
        let rows = try book.overview(now: asked)
        XCTAssertEqual(try JSONDecoder().decode([CaseRow].self, from: JSONEncoder().encode(rows)), rows)
        XCTAssertEqual(EventKind.allCases.count, 15)
    }
}
