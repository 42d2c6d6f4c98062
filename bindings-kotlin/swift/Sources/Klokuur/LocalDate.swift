import Foundation

/// A date without a time: a day on the wall calendar.
public struct LocalDate: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// Days since 1970-01-01.
    public let epochDay: Int32

    public init(epochDay: Int32) {
        self.epochDay = epochDay
    }

    /// The date of a year, month and day; nil when there is none, as 2026-02-30.
    public init?(_ year: Int, _ month: Int, _ day: Int) {
        guard (-9999...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        epochDay = Int32(epochDayOf(year, month, day))
        guard components == (year, month, day) else { return nil }
    }

    /// The date of a text as `2026-03-13`; nil when it is none.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], parts.joined().utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year, month, day)
    }

    /// The date of an instant in a zone.
    public init(_ instant: Instant, in zone: TimeZone) {
        // Offsets change at whole seconds.
        let second = Date(timeIntervalSince1970: Double(instant.secondsSince1970))
        let offset = Int64(zone.secondsFromGMT(for: second))
        epochDay = Int32(clamping: (instant + .seconds(offset)).secondsSince1970.dividedDown(by: 86_400).quotient)
    }

    /// The date of an instant in a zone.
    public init(_ date: Date, in zone: TimeZone) {
        self.init(Instant(date), in: zone)
    }

    /// Year, month and day.
    public var components: (year: Int, month: Int, day: Int) {
        let (year, month, day) = civilDate(Int64(epochDay))
        return (Int(year), Int(month), Int(day))
    }

    /// The date of year, month and day of these components; nil when one is missing or there is no such date.
    public init?(_ components: DateComponents) {
        guard let year = components.year, let month = components.month, let day = components.day else { return nil }
        self.init(year, month, day)
    }

    /// Year, month and day, as a calendar takes them.
    public var dateComponents: DateComponents {
        let (year, month, day) = components
        return DateComponents(year: year, month: month, day: day)
    }

    /// The first instant of this date in a zone, as a date picker and a calendar entry take it; nil where the date never was.
    public func start(in zone: TimeZone) -> Date? {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        var noon = dateComponents
        noon.hour = 12
        guard let start = calendar.date(from: noon).map(calendar.startOfDay), LocalDate(start, in: zone) == self
        else { return nil }
        return start
    }

    public var description: String {
        let (year, month, day) = civilDate(Int64(epochDay))
        return "\(year < 0 ? "-" : "")\(padded(abs(year), 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    public static func < (one: LocalDate, other: LocalDate) -> Bool {
        one.epochDay < other.epochDay
    }

    public init(from decoder: Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let date = LocalDate(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "`\(text)` is no date")
        }
        self = date
    }

    public func encode(to encoder: Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// The days since 1970 of a civil date, by the count of 400-year eras that start in March.
private func epochDayOf(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month > 2 ? year : year - 1
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
}

/// The other way: year, month and day.
func civilDate(_ epochDay: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let days = epochDay + 719_468
    let (era, dayOfEra) = days.dividedDown(by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
}

/// A number that is not negative, with zeros in front of it.
func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
