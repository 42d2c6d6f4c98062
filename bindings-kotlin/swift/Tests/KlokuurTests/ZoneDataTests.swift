import Foundation
import Klokuur
import XCTest

/// Time zone data: which decide, and what is told where the host has others (RULES C10).
final class ZoneDataTests: XCTestCase {
    func testDataThatAreHandedInDecideAndAreTold() throws {
        #if os(macOS) || os(Linux)
            let process = Process()
            let output = Pipe()
            process.executableURL = Self.products.appendingPathComponent("NewerZones")
            process.standardOutput = output
            try process.run()
            let told = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            let bundled = zoneData()
            XCTAssertEqual(
                told.split(separator: "\n").map(String.init),
                [
                    "invalid_document: time zone data is not valid at America/Vancouver: not a TZif file: accepted are the bytes of "
                        + "a file as RFC 9636 describes it",
                    bundled,
                    "2027a (given) over \(bundled)",
                    // 09:00 five hours behind: the right instant. The host shows it by its own rules.
                    "1796133600.0",
                    "true",
                    "due Tuesday 1 December 2026 10:00: closed hours skipped, 1 h on Tuesday 1 December",
                    "1796112300.0",
                    "2027a (given) over \(bundled)",
                    "invalid_value: time zone data `2027b` is not valid: accepted is a choice made once, before the first zone is "
                        + "named: 2027a (given) over \(bundled) is in use",
                ])
            XCTAssertEqual(process.terminationStatus, 0)
        #else
            throw XCTSkip("a program starts no other here")
        #endif
    }

    /// Where the programs of the package stand: beside its tests.
    private static var products: URL {
        #if os(macOS)
            Bundle(for: ZoneDataTests.self).bundleURL.deletingLastPathComponent()
        #else
            URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        #endif
    }
}
