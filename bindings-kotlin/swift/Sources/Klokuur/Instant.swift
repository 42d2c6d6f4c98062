import Foundation

/// An instant, exact to the nanosecond, which a `Date` is not: what records hold, and what calls take beside `Date`.
public struct Instant: InstantProtocol, Codable, CustomStringConvertible {
    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    public let secondsSince1970: Int64
    /// The nanoseconds after that second, from 0 to 999,999,999, also before 1970.
    public let nanosecond: Int32

    /// Seconds since 1970 and any number of nanoseconds, of either sign; beyond what can be counted, the farthest instant.
    public init(secondsSince1970 seconds: Int64, nanoseconds: Int64 = 0) {
        let (carried, rest) = nanoseconds.dividedDown(by: nanos)
        let (sum, overflow) = seconds.addingReportingOverflow(carried)
        secondsSince1970 = overflow ? (carried < 0 ? .min : .max) : sum
        nanosecond = Int32(rest)
    }

    /// Nanoseconds since 1970, which reach from 1677 to 2262.
    public init(nanosecondsSince1970 nanoseconds: Int64) {
        self.init(secondsSince1970: 0, nanoseconds: nanoseconds)
    }

    /// Microseconds since 1970, as columns count (`addMicros`).
    public init(microsecondsSince1970 microseconds: Int64) {
        let (seconds, rest) = microseconds.dividedDown(by: 1_000_000)
        self.init(secondsSince1970: seconds, nanoseconds: rest * 1_000)
    }

    /// The instant of a `Date`: of the whole microseconds that the `Date` stands for, and to the nanosecond where it
    /// stands for none. It comes back the same by `date`. What is no number is the farthest instant, which calls refuse.
    public init(_ date: Date) {
        let since = date.timeIntervalSinceReferenceDate
        let whole = since.rounded(.down)
        guard let seconds = Int64(exactly: whole) else {
            self.init(secondsSince1970: since > 0 ? .max : .min)
            return
        }
        let second = Instant(secondsSince1970: reference, nanoseconds: 0).advanced(by: seconds, 0)
        let micros = second.advanced(by: 0, Int64(((since - whole) * 1e6).rounded()) * 1_000)
        self = micros.nearest == date ? micros : second.advanced(by: 0, Int64(((since - whole) * 1e9).rounded()))
    }

    /// The instant of an RFC 3339 text, as `2026-03-13T15:00:00.5+01:00`; nil when it is none, or finer than a nanosecond.
    public init?(_ text: String) {
        guard let (instant, _) = Self.parsed(text) else { return nil }
        self = instant
    }

    /// The first `Date` that is not before this instant: a timer that is set to it does not wake too early. A `Date` is a
    /// Double, whose steps are a quarter of a microsecond at most from 1900 to 2100.
    public var date: Date {
        let nearest = nearest
        return Instant(nearest) < self
            ? Date(timeIntervalSinceReferenceDate: nearest.timeIntervalSinceReferenceDate.nextUp) : nearest
    }

    /// The `Date` that is nearest, which may lie before.
    private var nearest: Date {
        Date(timeIntervalSinceReferenceDate: Double(secondsSince1970) - Double(reference) + Double(nanosecond) / 1e9)
    }

    /// In UTC as RFC 3339 has it, with as many digits of the second as it takes: none, 3, 6 or 9.
    public var description: String {
        let (days, second) = secondsSince1970.dividedDown(by: 86_400)
        let (year, month, day) = civilDate(days)
        let sign = year < 0 ? "-" : year > 9_999 ? "+" : ""
        let date = "\(sign)\(padded(abs(year), 4))-\(padded(month, 2))-\(padded(day, 2))"
        let time = "\(padded(second / 3_600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
        let fraction =
            if nanosecond == 0 {
                ""
            } else if nanosecond % 1_000_000 == 0 {
                "." + padded(Int64(nanosecond / 1_000_000), 3)
            } else if nanosecond % 1_000 == 0 {
                "." + padded(Int64(nanosecond / 1_000), 6)
            } else {
                "." + padded(Int64(nanosecond), 9)
            }
        return "\(date)T\(time)\(fraction)Z"
    }

    /// This instant and a duration; the whole nanoseconds of it count.
    public func advanced(by duration: Swift.Duration) -> Instant {
        let (seconds, rest) = duration.nanoseconds
        return advanced(by: seconds, rest)
    }

    /// The duration from this instant to another, negative when that is earlier.
    public func duration(to other: Instant) -> Swift.Duration {
        .seconds(other.secondsSince1970) - .seconds(secondsSince1970) + .nanoseconds(other.nanosecond - nanosecond)
    }

    public static func + (instant: Instant, duration: Swift.Duration) -> Instant { instant.advanced(by: duration) }
    public static func - (instant: Instant, duration: Swift.Duration) -> Instant {
        let (seconds, rest) = duration.nanoseconds
        return instant.advanced(by: seconds == .min ? .max : -seconds, -rest)
    }
    public static func += (instant: inout Instant, duration: Swift.Duration) { instant = instant + duration }
    public static func -= (instant: inout Instant, duration: Swift.Duration) { instant = instant - duration }
    /// The duration from the second to the first.
    public static func - (later: Instant, earlier: Instant) -> Swift.Duration { earlier.duration(to: later) }

    public static func < (one: Instant, other: Instant) -> Bool {
        (one.secondsSince1970, one.nanosecond) < (other.secondsSince1970, other.nanosecond)
    }

    public init(from decoder: Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let instant = Instant(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "`\(text)` is no instant")
        }
        self = instant
    }

    public func encode(to encoder: Encoder) throws {
        var container = encoder.singleValueContainer()
        guard Instant(description) != nil else {
            let context = EncodingError.Context(codingPath: encoder.codingPath, debugDescription: "not of four-digit years")
            throw EncodingError.invalidValue(self, context)
        }
        try container.encode(description)
    }

    private func advanced(by seconds: Int64, _ nanoseconds: Int64) -> Instant {
        let (sum, overflow) = secondsSince1970.addingReportingOverflow(seconds)
        let from = overflow ? (seconds < 0 ? Int64.min : .max) : sum
        return Instant(secondsSince1970: from, nanoseconds: Int64(nanosecond) + nanoseconds)
    }

    /// The instant of a text and its offset in seconds.
    static func parsed(_ text: String) -> (instant: Instant, offset: Int64)? {
        var rest = text.utf8[...]
        func one(of accepted: String) -> Character? {
            guard let next = rest.first.map({ Character(UnicodeScalar($0)) }), accepted.contains(next) else { return nil }
            rest.removeFirst()
            return next
        }
        func number(_ count: Int, upTo most: Int64 = .max) -> Int64? {
            let digits = rest.prefix(count)
            guard digits.count == count, digits.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int64(String(decoding: digits, as: UTF8.self)), number <= most
            else { return nil }
            rest = rest.dropFirst(count)
            return number
        }
        guard let year = number(4), one(of: "-") != nil, let month = number(2), one(of: "-") != nil, let day = number(2),
            let date = LocalDate(Int(year), Int(month), Int(day)), one(of: "Tt ") != nil,
            let hour = number(2, upTo: 23), one(of: ":") != nil, let minute = number(2, upTo: 59), one(of: ":") != nil,
            let second = number(2, upTo: 59)
        else { return nil }
        var nanosecond: Int64 = 0
        if one(of: ".") != nil {
            let digits = rest.prefix { (0x30...0x39).contains($0) }.count
            guard (1...9).contains(digits), let fraction = number(digits) else { return nil }
            nanosecond = (digits..<9).reduce(fraction) { so, _ in so * 10 }
        }
        var offset: Int64 = 0
        guard let sign = one(of: "Zz+-") else { return nil }
        if sign == "+" || sign == "-" {
            guard let hours = number(2, upTo: 23), one(of: ":") != nil, let minutes = number(2, upTo: 59) else { return nil }
            offset = (hours * 3_600 + minutes * 60) * (sign == "-" ? -1 : 1)
        }
        guard rest.isEmpty else { return nil }
        let seconds = Int64(date.epochDay) * 86_400 + hour * 3_600 + minute * 60 + second - offset
        return (Instant(secondsSince1970: seconds, nanoseconds: nanosecond), offset)
    }
}

/// The seconds between 1970 and 2001, from which a `Date` counts.
private let reference: Int64 = 978_307_200
