import Foundation
import XCTest

@testable import Klokuur

/// Instants: exact across the boundary, and beside `Date`.
final class InstantTests: XCTestCase {
    private func always() throws -> Schedule { try Schedule("24/7", zone: TimeZone(identifier: "Europe/Amsterdam")!) }

    private let texts = [
        "1900-01-01T00:00:00Z", "1900-01-01T00:00:00.000000001Z", "1969-12-31T23:59:59Z", "1969-12-31T23:59:59.000000001Z",
        "1969-12-31T23:59:59.999999999Z", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000000001Z",
        "2026-03-13T14:00:00.120Z", "2026-03-13T14:00:00.123456Z", "2100-12-31T23:59:59.999999999Z",
    ]

    func testAnInstantCrossesToTheNanosecond() throws {
        let always = try always()
        for text in texts {
            let at = try XCTUnwrap(Instant(text))
            XCTAssertEqual(at.description, text)
            XCTAssertEqual(instantOfBridge(bridgeOf(at)), at)
            XCTAssertEqual(try always.nextOpen(at), at)
            XCTAssertEqual(try always.nextOpenMany([at]), [at])
            XCTAssertEqual(try always.addMany([at], .zero), [at])
            XCTAssertEqual(try always.intervals(from: at, to: at), [])
        }
        // As a field of a record, in and out; at the very end no case can be opened any more.
        for at in try texts.dropLast().map({ try XCTUnwrap(Instant($0)) }) {
            let book = try CaseBook(rules: .bol(), schedule: always)
            _ = try book.apply(event: CaseEvent(case: "K-1", at: at, event: .opened))
            XCTAssertEqual(try book.overview(now: at).first?.openedAt, at)
        }
        let (first, last) = try (XCTUnwrap(Instant(texts[0])), XCTUnwrap(Instant(texts[9])))
        XCTAssertEqual(first.secondsSince1970, -2_208_988_800)
        XCTAssertEqual(last.secondsSince1970, 4_133_980_799)
        XCTAssertEqual(last.nanosecond, 999_999_999)
        XCTAssertEqual(try always.between(first, last), last - first)
        XCTAssertEqual(try always.add(first, last - first), last)
        XCTAssertEqual(try always.sub(last, last - first), first)
    }

    func testTheSecondBefore1970KeepsItsSign() throws {
        let (always, epoch) = (try always(), Instant(secondsSince1970: 0))
        let before = try XCTUnwrap(Instant("1969-12-31T23:59:59.999999999Z"))
        XCTAssertEqual(before.secondsSince1970, -1)
        XCTAssertEqual(before.nanosecond, 999_999_999)
        XCTAssertEqual(before, Instant(nanosecondsSince1970: -1))
        XCTAssertEqual(try always.between(epoch, before), .nanoseconds(-1))
        XCTAssertEqual(try always.add(epoch, .nanoseconds(-1)), before)
        XCTAssertEqual(try always.add(before, .nanoseconds(1)), epoch)
        XCTAssertEqual(try always.isOpenMany([before, epoch]), [true, true])
    }

    func testAnInstantOutsideTheSupportedOnesIsRefusedByName() throws {
        let always = try always()
        for (text, shown) in [
            ("1899-12-31T23:59:59.999999999Z", "1899-12-31T23:59:59.999999999Z"),
            ("2101-01-01T00:00:00Z", "2101-01-01T00:00:00Z"), ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
            ("9999-12-31T23:59:59.5Z", "9999-12-31T23:59:59Z"),  // beyond 221 years whole seconds cross
        ] {
            XCTAssertThrowsError(try always.isOpen(XCTUnwrap(Instant(text)))) { error in
                XCTAssertEqual((error as? KlokuurError)?.code, "out_of_range")
                XCTAssertTrue(error.localizedDescription.hasPrefix("instant \(shown) is out of range"), "\(error)")
            }
            XCTAssertThrowsError(try always.isOpenMany([Instant(secondsSince1970: 0), XCTUnwrap(Instant(text))])) { error in
                XCTAssertEqual((error as? KlokuurError)?.code, "out_of_range")
                XCTAssertTrue(error.localizedDescription.hasPrefix("row 1: instant \(shown) is out of range"), "\(error)")
            }
        }
        for seconds in [Int64.min, .max] {
            XCTAssertThrowsError(try always.isOpen(Instant(secondsSince1970: seconds))) {
                XCTAssertEqual(($0 as? KlokuurError)?.code, "out_of_range")
            }
        }
    }

    func testADateComesBackTheSame() throws {
        let always = try always()
        // Since 2001, over the years 1900 to 2100, in steps that fall anywhere.
        let dates =
            [-3_187_296_000, 3_155_673_599, -978_307_200.5, -978_307_200.000_001, 0.25, Date().timeIntervalSinceReferenceDate]
            + stride(from: -3_187_296_000, to: 3_155_673_599, by: Double.pi * 1e6)
        for since in dates {
            let date = Date(timeIntervalSinceReferenceDate: since)
            // Three months around 2001 a Date is finer than a nanosecond.
            if abs(since) < 8e6 { continue }
            XCTAssertEqual(Instant(date).date, date)
            XCTAssertEqual(try always.nextOpen(date), date)
            XCTAssertLessThan(Instant(date), Instant(Date(timeIntervalSinceReferenceDate: since.nextUp)))
        }
        let many = dates.map { Date(timeIntervalSinceReferenceDate: $0) }
        XCTAssertEqual(try always.nextOpenMany(many), try many.map { try always.nextOpen($0) })
    }

    func testADateOfWholeMicrosecondsIsThatInstant() throws {
        for text in texts.dropLast() where !text.contains("000001Z") && !text.contains("999999Z") {
            let at = try XCTUnwrap(Instant(text))
            XCTAssertEqual(Instant(at.date), at)
        }
        for micros in stride(from: Int64(-2_208_988_800_000_000), to: 4_133_980_799_999_999, by: 1_234_567_890_123) {
            let at = Instant(microsecondsSince1970: micros)
            XCTAssertEqual(Instant(at.date), at)
        }
        XCTAssertEqual(Instant(Date(timeIntervalSince1970: .infinity)).secondsSince1970, .max)
        XCTAssertEqual(Instant(Date(timeIntervalSince1970: -.infinity)).secondsSince1970, .min)
        XCTAssertEqual(Instant(Date(timeIntervalSince1970: .nan)).secondsSince1970, .min)
    }

    func testTexts() throws {
        for (text, seconds, nanosecond) in [
            ("2026-03-13T15:00:00+01:00", 1_773_410_400, 0), ("2026-03-13 14:00:00.5z", 1_773_410_400, 500_000_000),
            ("2026-03-13t09:30:00.000000001-04:30", 1_773_410_400, 1), ("0000-01-01T00:00:00Z", -62_167_219_200, 0),
            ("9999-12-31T23:59:59.999999999Z", 253_402_300_799, 999_999_999),
        ] as [(String, Int64, Int32)] {
            let at = try XCTUnwrap(Instant(text), text)
            XCTAssertEqual(at.secondsSince1970, seconds, text)
            XCTAssertEqual(at.nanosecond, nanosecond, text)
            XCTAssertEqual(Instant(at.description), at)
            XCTAssertEqual(try JSONDecoder().decode([Instant].self, from: JSONEncoder().encode([at])), [at])
        }
        for text in [
            "", "2026-03-13", "2026-03-13T14:00:00", "2026-03-13T14:00Z", "2026-02-30T14:00:00Z", "2026-03-13T24:00:00Z",
            "2026-03-13T14:60:00Z", "2026-03-13T23:59:60Z", "2026-03-13T14:00:00.Z", "2026-03-13T14:00:00.0000000001Z",
            "2026-03-13T14:00:00+1", "2026-03-13T14:00:00+01:60", "2026-03-13T14:00:00Zz", "+026-03-13T14:00:00Z",
            "2026-03-13T14:00:0é", "2026-0३-13T14:00:00Z",
        ] {
            XCTAssertNil(Instant(text), text)
        }
        XCTAssertEqual(Instant(secondsSince1970: 253_402_300_800).description, "+10000-01-01T00:00:00Z")
        XCTAssertEqual(Instant(secondsSince1970: .max).description, "+292277026596-12-04T15:30:07Z")
        XCTAssertTrue(Instant(secondsSince1970: .min).description.hasPrefix("-292277022657-01-27T08:29:52"))
        XCTAssertThrowsError(try JSONEncoder().encode([Instant(secondsSince1970: .max)]))
        XCTAssertThrowsError(try JSONDecoder().decode([Instant].self, from: Data(#"["today"]"#.utf8)))
    }

    func testArithmetic() throws {
        let epoch = Instant(secondsSince1970: 0)
        XCTAssertEqual(Instant(secondsSince1970: 1, nanoseconds: -1), epoch + .nanoseconds(999_999_999))
        XCTAssertEqual(epoch - .milliseconds(1), Instant(nanosecondsSince1970: -1_000_000))
        XCTAssertEqual(epoch - (epoch + .seconds(90)), .seconds(-90))
        XCTAssertEqual(epoch + Duration(secondsComponent: 0, attosecondsComponent: -999_999_999), epoch)
        XCTAssertLessThan(epoch - .nanoseconds(1), epoch)
        var at = epoch
        at += .seconds(2)
        at -= .nanoseconds(1)
        XCTAssertEqual(at.description, "1970-01-01T00:00:01.999999999Z")
        // Nothing overflows.
        let farthest = Duration(secondsComponent: .max, attosecondsComponent: 0) + .seconds(Int64.max)
        let (first, last) = (Instant(secondsSince1970: .min), Instant(secondsSince1970: .max))
        XCTAssertEqual((last + farthest).secondsSince1970, .max)
        XCTAssertEqual((first - farthest).secondsSince1970, .min)
        XCTAssertEqual((epoch - farthest).secondsSince1970, -.max)
        XCTAssertEqual(last - first, .seconds(Int64.max) - .seconds(Int64.min))
        XCTAssertEqual(LocalDate(epoch - .nanoseconds(1), in: .gmt), LocalDate(1969, 12, 31))
        XCTAssertEqual(LocalDate(Instant(secondsSince1970: .max), in: .gmt).epochDay, .max)
    }

    /// What an app writes with a `Date` stays a `Date`, and nothing is ambiguous: this compiles.
    func testDatesAndInstantsAreNeverMixedUp() throws {
        let clock = try always()
        let now = Date()
        XCTAssertEqual(try clock.add(now, hours: 1), now.addingTimeInterval(3_600))
        let due: Date = try clock.add(.now, .seconds(60))
        let exact: Instant = try clock.add(.init(now), .seconds(60))
        XCTAssertTrue(try clock.isOpen(.now) && clock.isOpen(Date()) && clock.isOpen(.init(timeIntervalSince1970: 0)))
        XCTAssertLessThan(abs(due.timeIntervalSince(exact.date)), 60)
        XCTAssertEqual(try clock.addMany([], hours: 1), [])
        XCTAssertEqual(try clock.addMany([now], hours: 1), [now.addingTimeInterval(3_600)])
        XCTAssertEqual(try clock.isOpenMany([]), [])
        XCTAssertEqual(try clock.betweenMany([], []), [])
        let week = try IsoWeek("2026-W12")
        let numbers = WeekNumbers(norm: "response_time", week: week, numerator: 9, denominator: 10, lastDeadline: now)
        XCTAssertEqual(numbers.lastDeadline, Instant(now))
        XCTAssertNil(WeekNumbers(norm: "response_time", week: week, numerator: 9, denominator: 10, lastDeadline: nil).lastDeadline)
        XCTAssertNil(WeekNumbers(norm: "response_time", week: week, numerator: 9, denominator: 10).lastDeadline)
        XCTAssertNil(Response(asked: now, due: now, answered: nil).answered)
        let event = CaseEvent(case: "K-1", at: .now, event: .followUp, until: now)
        XCTAssertEqual(event.until?.date, now)
        let book = try CaseBook(rules: .bol())
        XCTAssertEqual(try book.overview(now: .now), [])
        XCTAssertNil(try book.nextWakeUp(now: Date()))
    }
}

/// Days, as pickers and calendar entries take them.
final class LocalDateTests: XCTestCase {
    func testADateAsComponentsAndAsItsStart() throws {
        let date = try XCTUnwrap(LocalDate(2026, 3, 29))
        XCTAssertEqual(LocalDate(date.dateComponents), date)
        XCTAssertNil(LocalDate(DateComponents(year: 2026, month: 2, day: 30)))
        XCTAssertNil(LocalDate(DateComponents(year: 2026, month: 2)))
        for (zone, text, start) in [
            ("Europe/Amsterdam", "2026-03-29", "2026-03-28T23:00:00Z"), ("Europe/Amsterdam", "2026-03-30", "2026-03-29T22:00:00Z"),
            // Midnight was skipped there.
            ("America/Santiago", "2024-09-08", "2024-09-08T04:00:00Z"),
        ] {
            let start = try XCTUnwrap(Instant(start)).date
            XCTAssertEqual(LocalDate(text)?.start(in: try XCTUnwrap(TimeZone(identifier: zone))), start, "\(text) \(zone)")
        }
    }
}
