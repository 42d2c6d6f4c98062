import Foundation

extension Schedule {
    /// A schedule from text in a zone, with holidays and conventions if wanted.
    public convenience init(
        _ text: String, zone: TimeZone, holidays: HolidayCalendar? = nil, conventions: Conventions? = nil
    ) throws {
        try self.init(text: text, zone: zone.identifier, holidays: holidays, conventions: conventions)
    }

    /// The zone.
    public var timeZone: TimeZone? { TimeZone(identifier: zone()) }

    /// When a budget of business time is used up.
    public func add(_ start: Date, _ budget: Duration) throws -> Date { try add(start: start, budget: budget) }

    /// When so many clock hours are used up.
    public func add(_ start: Date, hours: Int) throws -> Date { try add(start: start, budget: .seconds(hours * 3_600)) }

    /// When a budget in seconds is used up; good to the microsecond.
    public func add(_ start: Date, seconds: TimeInterval) throws -> Date {
        try add(start: start, budget: Duration(timeInterval: seconds))
    }

    /// The instant from which this much business time leads up to `end`.
    public func sub(_ end: Date, _ budget: Duration) throws -> Date { try sub(end: end, budget: budget) }

    /// The instant from which so many clock hours lead up to `end`.
    public func sub(_ end: Date, hours: Int) throws -> Date { try sub(end: end, budget: .seconds(hours * 3_600)) }

    /// The business time from one instant to another.
    public func between(_ from: Date, _ to: Date) throws -> Duration { try between(from: from, to: to) }

    /// Whether it is open.
    public func isOpen(_ at: Date) throws -> Bool { try isOpen(at: at) }

    /// The first open instant from `at` on.
    public func nextOpen(_ at: Date) throws -> Date { try nextOpen(at: at) }

    /// The first closing after `at`.
    public func nextClose(_ at: Date) throws -> Date? { try nextClose(at: at) }

    /// When so many clock hours from each instant are used up, in one call.
    public func addMany(_ starts: [Date], hours: Int) throws -> [Date] {
        try addMany(starts: starts, budget: .seconds(hours * 3_600))
    }
}

extension HolidayCalendar {
    /// The same holidays bound to a zone other than the schedule's.
    public func inZone(_ zone: TimeZone) throws -> HolidayCalendar { try inZone(zone: zone.identifier) }
}

extension Conventions {
    /// The conventions that hold where nothing else is said.
    public static var standard: Conventions { defaultConventions() }
}

extension Duration {
    /// In seconds, as Foundation counts; a Double holds the microseconds of two centuries.
    public var timeInterval: TimeInterval {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }

    /// So many seconds, rounded to the microsecond; beyond what can be counted, the most that can.
    public init(timeInterval: TimeInterval) {
        guard abs(timeInterval) < 9e15 else {
            self = .seconds(timeInterval.sign == .minus ? -9_000_000_000_000_000 : 9_000_000_000_000_000 as Int64)
            return
        }
        let whole = timeInterval.rounded(.towardZero)
        self = .seconds(Int64(whole)) + .microseconds(Int64(((timeInterval - whole) * 1e6).rounded()))
    }
}

extension IsoWeek {
    /// The week of a date.
    public init(_ date: LocalDate) throws { self = try isoWeek(date: date) }

    /// The week of a text as `2026-W12`.
    public init(_ text: String) throws { self = try parseIsoWeek(text: text) }
}

extension Period {
    /// The dates of a calendar month.
    public static func month(_ year: Int32, _ month: Int32) throws -> Period {
        try periodOfMonth(year: year, month: month)
    }

    /// The dates of an ISO week.
    public static func week(_ week: IsoWeek) throws -> Period { try periodOfWeek(week: week) }

    /// The last `days` dates up to and including `last`.
    public static func trailing(days: Int32, to last: LocalDate) throws -> Period {
        try trailingPeriod(last: last, days: days)
    }
}

extension Nps {
    /// Counts whole scores from 0 to 10.
    public init(scores: [Int32]) throws { self = try npsFromScores(scores: scores) }

    /// The confidence interval of the score; none without answers.
    public func interval(confidence: Double = 0.95) throws -> NpsInterval? {
        try interval(confidence: confidence, method: nil)
    }

    /// Compares with the NPS of *other* answers; none when one has no answers.
    public func compare(_ other: Nps, confidence: Double = 0.95) throws -> NpsComparison? {
        try compare(other: other, confidence: confidence)
    }
}
