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
}

// Every call for a `Date` and for an `Instant`: a `Date` in gives a `Date` back.
extension Schedule {
    /// When a budget of business time is used up.
    public func add(_ start: Date, _ budget: Duration) throws -> Date { try add(Instant(start), budget).date }

    /// When a budget of business time is used up.
    public func add(_ start: Instant, _ budget: Duration) throws -> Instant { try add(start: start, budget: budget) }

    /// When so many clock hours are used up.
    public func add(_ start: Date, hours: Int) throws -> Date { try add(start, .hours(hours)) }

    /// When so many clock hours are used up.
    public func add(_ start: Instant, hours: Int) throws -> Instant { try add(start, .hours(hours)) }

    /// When a budget in seconds is used up; good to the microsecond.
    public func add(_ start: Date, seconds: TimeInterval) throws -> Date { try add(start, Duration(timeInterval: seconds)) }

    /// When a budget in seconds is used up; good to the microsecond.
    public func add(_ start: Instant, seconds: TimeInterval) throws -> Instant {
        try add(start, Duration(timeInterval: seconds))
    }

    /// The instant from which this much business time leads up to `end`.
    public func sub(_ end: Date, _ budget: Duration) throws -> Date { try sub(Instant(end), budget).date }

    /// The instant from which this much business time leads up to `end`.
    public func sub(_ end: Instant, _ budget: Duration) throws -> Instant { try sub(end: end, budget: budget) }

    /// The instant from which so many clock hours lead up to `end`.
    public func sub(_ end: Date, hours: Int) throws -> Date { try sub(end, .hours(hours)) }

    /// The instant from which so many clock hours lead up to `end`.
    public func sub(_ end: Instant, hours: Int) throws -> Instant { try sub(end, .hours(hours)) }

    /// The business time from one instant to another; negative when `to` lies before `from`.
    public func between(_ from: Date, _ to: Date) throws -> Duration { try between(Instant(from), Instant(to)) }

    /// The business time from one instant to another; negative when `to` lies before `from`.
    public func between(_ from: Instant, _ to: Instant) throws -> Duration { try between(from: from, to: to) }

    /// Whether `to` is not after the instant at which a budget that starts at `from` is used up.
    public func within(_ from: Date, _ to: Date, _ budget: Duration) throws -> Bool {
        try within(Instant(from), Instant(to), budget)
    }

    /// Whether `to` is not after the instant at which a budget that starts at `from` is used up.
    public func within(_ from: Instant, _ to: Instant, _ budget: Duration) throws -> Bool {
        try within(from: from, to: to, budget: budget)
    }

    /// Whether it is open: at the opening instant yes, at the closing instant no.
    public func isOpen(_ at: Date) throws -> Bool { try isOpen(Instant(at)) }

    /// Whether it is open: at the opening instant yes, at the closing instant no.
    public func isOpen(_ at: Instant) throws -> Bool { try isOpen(at: at) }

    /// The first open instant from `at` on: `at` itself when open.
    public func nextOpen(_ at: Date) throws -> Date { try nextOpen(Instant(at)).date }

    /// The first open instant from `at` on: `at` itself when open.
    public func nextOpen(_ at: Instant) throws -> Instant { try nextOpen(at: at) }

    /// The first closing after `at`; nil when it never closes again.
    public func nextClose(_ at: Date) throws -> Date? { try nextClose(Instant(at))?.date }

    /// The first closing after `at`; nil when it never closes again.
    public func nextClose(_ at: Instant) throws -> Instant? { try nextClose(at: at) }

    /// The open stretches between two instants, in order, clipped to them.
    public func intervals(from: Date, to: Date) throws -> [OpenInterval] {
        try intervals(from: Instant(from), to: Instant(to))
    }

    /// Why a span holds the business time that it holds, as data and as sentences.
    public func explain(from: Date, to: Date) throws -> Explanation {
        try explain(from: Instant(from), to: Instant(to))
    }
}

// Lists in one call. Where a list could be of either, as `[]`, it is of `Instant`.
extension Schedule {
    /// `between` for lists.
    @_disfavoredOverload
    public func betweenMany(_ from: [Date], _ to: [Date]) throws -> [Duration] {
        try betweenMany(instants(from), instants(to))
    }

    /// `between` for lists.
    public func betweenMany(_ from: [Instant], _ to: [Instant]) throws -> [Duration] {
        try betweenMany(from: from, to: to)
    }

    /// When a budget of business time from each instant is used up.
    @_disfavoredOverload
    public func addMany(_ starts: [Date], _ budget: Duration) throws -> [Date] {
        try addMany(instants(starts), budget).map(\.date)
    }

    /// When a budget of business time from each instant is used up.
    public func addMany(_ starts: [Instant], _ budget: Duration) throws -> [Instant] {
        try addMany(starts: starts, budget: budget)
    }

    /// When so many clock hours from each instant are used up.
    @_disfavoredOverload
    public func addMany(_ starts: [Date], hours: Int) throws -> [Date] { try addMany(starts, .hours(hours)) }

    /// When so many clock hours from each instant are used up.
    public func addMany(_ starts: [Instant], hours: Int) throws -> [Instant] { try addMany(starts, .hours(hours)) }

    /// The instants from which this much business time leads up to each end.
    @_disfavoredOverload
    public func subMany(_ ends: [Date], _ budget: Duration) throws -> [Date] {
        try subMany(instants(ends), budget).map(\.date)
    }

    /// The instants from which this much business time leads up to each end.
    public func subMany(_ ends: [Instant], _ budget: Duration) throws -> [Instant] {
        try subMany(ends: ends, budget: budget)
    }

    /// Whether it is open at each instant.
    @_disfavoredOverload
    public func isOpenMany(_ at: [Date]) throws -> [Bool] { try isOpenMany(instants(at)) }

    /// Whether it is open at each instant.
    public func isOpenMany(_ at: [Instant]) throws -> [Bool] { try isOpenMany(at: at) }

    /// The first open instant from each on.
    @_disfavoredOverload
    public func nextOpenMany(_ at: [Date]) throws -> [Date] { try nextOpenMany(instants(at)).map(\.date) }

    /// The first open instant from each on.
    public func nextOpenMany(_ at: [Instant]) throws -> [Instant] { try nextOpenMany(at: at) }
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
        let (seconds, rest) = nanoseconds
        return Double(seconds) + Double(rest) / 1e9
    }

    /// So many hours; beyond what can be counted, the most that can.
    public static func hours(_ hours: Int) -> Duration {
        let (seconds, overflow) = hours.multipliedReportingOverflow(by: 3_600)
        return .seconds(overflow ? (hours < 0 ? .min : .max) : seconds)
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
