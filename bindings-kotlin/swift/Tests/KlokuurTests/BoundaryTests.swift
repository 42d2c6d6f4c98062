import Foundation
import XCTest

@testable import Klokuur

/// What crosses the boundary, at its ends.
final class BoundaryTests: XCTestCase {
    private func always() throws -> Schedule { try Schedule("24/7", zone: TimeZone(identifier: "Europe/Amsterdam")!) }

    func testADurationCrossesWithItsSignAndItsNanoseconds() throws {
        let always = try always()
        let durations: [Duration] = [.zero, .nanoseconds(1), .nanoseconds(-1), .seconds(-1), .seconds(86_400 * 25_000)]
        for duration in durations {
            XCTAssertEqual(durationOfBridge(bridgeOf(duration)), duration)
        }
        let epoch = Date(timeIntervalSince1970: 0)
        XCTAssertEqual(try always.between(epoch, epoch.addingTimeInterval(-1)), .seconds(-1))
        XCTAssertEqual(try always.add(epoch, .seconds(-1)), epoch.addingTimeInterval(-1))
        XCTAssertEqual(try always.add(epoch, seconds: 1.5), epoch.addingTimeInterval(1.5))
        XCTAssertEqual(try always.between(epoch, epoch.addingTimeInterval(90)).timeInterval, 90)
    }

    func testAnInstantOutsideTheSupportedOnesIsRefusedByName() throws {
        let always = try always()
        for (seconds, shown) in [
            (-2_208_988_801.0, "1899-12-31T23:59:59Z"), (4_133_980_800, "2101-01-01T00:00:00Z"),
            (253_370_764_800, "9999-01-01T00:00:00Z"),
        ] {
            XCTAssertThrowsError(try always.isOpen(Date(timeIntervalSince1970: seconds))) { error in
                XCTAssertEqual((error as? KlokuurError)?.code, "out_of_range")
                XCTAssertEqual(
                    error.localizedDescription,
                    "instant \(shown) is out of range: accepted is 1900-01-01T00:00:00Z up to, not including, 2101-01-01T00:00:00Z"
                )
            }
        }
        for date in [Date.distantPast, .distantFuture, Date(timeIntervalSince1970: .infinity), Date(timeIntervalSince1970: .nan)] {
            XCTAssertThrowsError(try always.isOpen(date)) { XCTAssertEqual(($0 as? KlokuurError)?.code, "out_of_range") }
        }
    }

    func testABudgetThatNeverFitsIsRefused() throws {
        let always = try always()
        let epoch = Date(timeIntervalSince1970: 0)
        func refused<T>(_ call: @autoclosure () throws -> T, line: UInt = #line) {
            XCTAssertThrowsError(try call(), line: line) { XCTAssertEqual(($0 as? KlokuurError)?.code, "no_open_time_left") }
        }
        for budget: Duration in [
            .seconds(86_400 * 365 * 300), .seconds(Int64.max), .seconds(Int64.min), .seconds(Int64.max) + .seconds(Int64.max),
        ] {
            refused(try always.add(epoch, budget))
            refused(try always.sub(epoch, budget))
            refused(try always.addMany([epoch], budget))
        }
        for hours in [Int.max, .min] {
            refused(try always.add(epoch, hours: hours))
            refused(try always.addMany([epoch], hours: hours))
        }
        for seconds in [Double.infinity, -.infinity, .nan, 1e300, -1e18] { refused(try always.add(epoch, seconds: seconds)) }
    }

    func testDates() throws {
        for text in ["1600-02-29", "1899-12-31", "1970-01-01", "2000-02-29", "2026-12-31", "0001-01-01"] {
            XCTAssertEqual(LocalDate(text)?.description, text)
        }
        for text in ["2026-02-30", "2026-13-01", "2026-1-01", "1900-02-29", ""] { XCTAssertNil(LocalDate(text)) }
        XCTAssertEqual(try IsoWeek(XCTUnwrap(LocalDate(2027, 1, 3))).description, "2026-W53")
        XCTAssertThrowsError(try IsoWeek(LocalDate(epochDay: .max)))
        let amsterdam = try XCTUnwrap(TimeZone(identifier: "Europe/Amsterdam"))
        XCTAssertEqual(LocalDate(Date(timeIntervalSince1970: -0.5), in: amsterdam), LocalDate(1970, 1, 1))
        for never in [1e16, -1e16, .infinity, -.infinity, .nan] {
            XCTAssertThrowsError(try IsoWeek(LocalDate(Date(timeIntervalSince1970: never), in: amsterdam)))
        }
    }

    func testAZoneThatIsNotKnownIsOurError() throws {
        XCTAssertThrowsError(try Schedule("24/7", zone: TimeZone(secondsFromGMT: 3_600)!)) {
            XCTAssertEqual(($0 as? KlokuurError)?.code, "unknown_name")
        }
    }
}
