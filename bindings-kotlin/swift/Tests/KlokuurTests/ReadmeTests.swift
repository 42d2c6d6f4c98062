// IMPORTS
import Foundation
import Klokuur
// end
import XCTest

/// The lines of the README, run as they are written.
final class ReadmeTests: XCTestCase {
    private var printed: [String] = []

    private func print(_ value: Any) { printed.append("\(value)") }

    private func tenLines() throws {
        // README
        let clock = try Schedule("Mo-Fr 00:00-24:00", zone: TimeZone(identifier: "Europe/Amsterdam")!, holidays: .netherlands())
        let asked = ISO8601DateFormatter().date(from: "2026-04-24T15:30:00Z")!  // a Friday, 17:30 in Amsterdam
        let due = try clock.add(asked, hours: 24)                               // King's Day is skipped
        print(try clock.explain(from: asked, to: due).english)
        let book = try CaseBook(rules: .bol())
        _ = try book.applyAll(events: [CaseEvent(case: "K-1", at: asked, event: .opened, customer: "Jan")])
        let now = ISO8601DateFormatter().date(from: "2026-04-24T16:00:00Z")!
        for row in try book.overview(now: now) { print("\(row.number) \(row.customer!) \(row.due!) \(row.state)") }
        print(try book.nextWakeUp(now: now)!)
        print(try Nps(scores: [10, 9, 7, 3]).score()!.text)
        // end
    }

    func testTheTenLines() throws {
        let readme = try String(
            contentsOfFile: ProcessInfo.processInfo.environment["KLOKUUR_README"] ?? "../README.md", encoding: .utf8)
        func block(_ language: String, _ text: String) throws -> String {
            let start = try XCTUnwrap(text.range(of: "```\(language)\n")).upperBound
            return String(text[start..<(try XCTUnwrap(text.range(of: "```", range: start..<text.endIndex))).lowerBound])
        }
        let source = try String(contentsOfFile: #filePath, encoding: .utf8)
        let written = source.components(separatedBy: "// README\n")[1].components(separatedBy: "        // end")[0]
        let imports = source.components(separatedBy: "// IMPORTS\n")[1].components(separatedBy: "// end")[0]
        let lines = imports + "\n" + written.split(separator: "\n").map { $0.dropFirst(8) }.joined(separator: "\n") + "\n"
        XCTAssertEqual(try block("swift", readme), lines)
        try tenLines()
        let swift = String(readme[try XCTUnwrap(readme.range(of: "## Swift")).lowerBound...])
        XCTAssertEqual(try block("text", swift), printed.joined(separator: "\n") + "\n")
    }
}
