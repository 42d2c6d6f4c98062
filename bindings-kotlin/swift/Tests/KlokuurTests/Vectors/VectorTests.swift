import Foundation
import XCTest

@testable import Klokuur

/// Calls the library with what is `given`, and gives the answer in the shape of `expect`.
typealias Operation = @Sendable (Json) throws -> Json

let operations: [String: Operation] = [
    accountOperations, calendarOperations, scheduleOperations, npsOperations, rulebookOperations, normOperations, ledgerOperations,
    caseOperations, fingerprintOperations, insightOperations, phoneOperations, exchangeOperations, messageOperations, slaOperations,
    ordersOperations, backtestOperations, logOperations, randomLogOperations, standardOperations, reportOperations,
].reduce(into: [:]) { all, some in all.merge(some) { _, _ in fatalError("two operations have one name") } }

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
                run += 1
                if let problem = problem(one) { XCTFail("\(area): \(try one["name"].string): \(problem)") }
            }
        }
        XCTAssertGreaterThan(run, 400)
        print("vectors: \(run) cases run")
    }

    private func problem(_ one: Json) -> String? {
        do {
            guard let operation = operations[try one["op"].string] else { return "no operation handles \(one["op"])" }
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
