import Foundation
import XCTest

@testable import Klokuur

/// Calls the library with what is `given`, and gives the answer in the shape of `expect`.
typealias Operation = @Sendable (Json) throws -> Json

let operations: [String: Operation] = [
    calendarOperations, scheduleOperations, npsOperations, rulebookOperations, normOperations, ledgerOperations,
    caseOperations,
].reduce(into: [:]) { all, some in all.merge(some) { _, _ in fatalError("two operations have one name") } }

/// The ops of the vectors that the facade does not have, each with the reason.
let notInTheFacade: [String: String] = [
    "the analysis of a quarter runs where the data is, not in an app":
        ["wilson", "handling_times", "signals", "subject_overview", "satisfaction", "overview"],
    "calls are counted from the telephone system's log, not in an app": ["phone_weeks", "phone_hours"],
    "the Retailer API's documents are read on a server, which has its credentials":
        ["indicators_read", "returns_read", "cancellations_read"],
    "mails are cleaned where they are sent": ["clean_html", "may_mail", "is_reply_address"],
    "a help desk's own policies run there; the case book has the marketplace's clocks":
        ["sla_evaluate", "sla_next_event"],
].reduce(into: [:]) { all, some in some.value.forEach { all[$0] = some.key } }

/// Every case of every file of tests/vectors.
final class VectorTests: XCTestCase {
    private func files() throws -> [(area: String, cases: [Json])] {
        let folder = ProcessInfo.processInfo.environment["KLOKUUR_VECTORS"] ?? "../../tests/vectors"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }.sorted()
        XCTAssertFalse(names.isEmpty, "no vectors in \(folder)")
        return try names.map { name in
            let data = try Data(contentsOf: URL(fileURLWithPath: folder).appendingPathComponent(name))
            let file = try JSONDecoder().decode(Json.self, from: data)
            XCTAssertEqual(try file["area"].string + ".json", name)
            return (try file["area"].string, file["cases"].items)
        }
    }

    func testEveryCaseOfEveryFile() throws {
        var run = 0
        for (area, cases) in try files() {
            for one in cases {
                guard let operation = operations[try one["op"].string] else { continue }
                run += 1
                if let problem = problem(one, operation) { XCTFail("\(area): \(try one["name"].string): \(problem)") }
            }
        }
        XCTAssertGreaterThan(run, 400)
        print("vectors: \(run) cases run")
    }

    func testEveryOpIsHandledOrListed() throws {
        let ops = Set(try files().flatMap { try $0.cases.map { try $0["op"].string } })
        XCTAssertEqual(ops.subtracting(operations.keys).subtracting(notInTheFacade.keys), [], "handle or list these ops")
        XCTAssertEqual(Set(operations.keys).intersection(notInTheFacade.keys), [], "listed and handled")
    }

    private func problem(_ one: Json, _ operation: Operation) -> String? {
        do {
            let found = try operation(one["given"])
            if one.has("error") { return "expected the error \(one["error"]), found \(found)" }
            return difference(one["expect"], found)
        } catch let refused as KlokuurError {
            guard one.has("error") else { return "refused, \(refused.code): \(refused.message)" }
            let message = one["error"]["message"].stringOrNil
            let same = one["error"]["code"].stringOrNil == refused.code && (message == nil || message == refused.message)
            return same ? nil : "expected \(one["error"]), found \(refused.code): \(refused.message)"
        } catch {
            return "\(error)"
        }
    }
}
