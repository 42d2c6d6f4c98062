import Foundation

// What an app calls with the `Date` that it has: each is the call for an `Instant`, and a `Date` in gives a `Date` back.
// Records hold `Instant`, with `date` beside it.

func instants(_ dates: [Date]) -> [Instant] { dates.map { Instant($0) } }

extension CaseEvent {
    /// An event of a case, with its times as `Date`. Which fields an event takes the log's format says.
    public init(
        case number: String, at: Date, event: EventKind, id: String? = nil, origin: Party? = nil, kind: CaseKind? = nil,
        order: String? = nil, orderedAt: Date? = nil, customer: String? = nil, subject: String? = nil,
        item: String? = nil, defect: String? = nil, agent: String? = nil,
        priority: String? = nil, shippingMethod: ShippingMethod? = nil,
        text: String? = nil, automatic: Bool? = nil, until: Date? = nil, by: Party? = nil, explanation: String? = nil,
        result: String? = nil, scores: [String: Int32]? = nil, corrects: String? = nil, rightEvent: EventKind? = nil,
        rightAt: Date? = nil
    ) {
        self.init(
            case: number, at: Instant(at), event: event, id: id, origin: origin, kind: kind, order: order,
            orderedAt: orderedAt.map { Instant($0) }, customer: customer, subject: subject, item: item, defect: defect,
            agent: agent, priority: priority, shippingMethod: shippingMethod, text: text, automatic: automatic,
            until: until.map { Instant($0) }, by: by, explanation: explanation, result: result,
            corrects: corrects, rightEvent: rightEvent, rightAt: rightAt.map { Instant($0) })
    }
}

extension CaseBook {
    /// Takes one event, dated at most five minutes after `now`, and tells what became of it: `Applied` says what a log must hold.
    public func apply(event: CaseEvent, now: Date) throws -> Applied { try apply(event: event, now: Instant(now)) }

    /// Lets the time pass, and tells what became so by it: warned, breached, returned, survey due.
    public func advance(now: Date) throws -> [DomainEvent] { try advance(now: Instant(now)) }

    /// What `advance` up to `until` would tell, if no event comes before. The book does not change.
    public func coming(until: Date) throws -> [DomainEvent] { try coming(until: Instant(until)) }

    /// When `advance` next has something to tell, as the first `Date` that is not before; nil when nothing will happen by itself.
    public func nextWakeUp(now: Date) throws -> Date? { try nextWakeUp(now: Instant(now))?.date }

    /// The seller's open cases, the oldest first, because it has priority; a page of them where `count` is given. The rows tell
    /// why only when `explained`.
    public func overview(now: Date, skip: Int64 = 0, count: Int64? = nil, explained: Bool = false) throws -> [CaseRow] {
        try overview(now: Instant(now), skip: skip, count: count, explained: explained)
    }

    /// The cases that are with the marketplace's customer service.
    public func withMarketplace(now: Date, explained: Bool = false) throws -> [CaseRow] {
        try withMarketplace(now: Instant(now), explained: explained)
    }

    /// The closed cases, newest first; a page of them where `count` is given.
    public func completed(now: Date, skip: Int64 = 0, count: Int64? = nil, explained: Bool = false) throws -> [CaseRow] {
        try completed(now: Instant(now), skip: skip, count: count, explained: explained)
    }

    /// The cases with this text in number, order, customer, item or messages.
    public func find(text: String, now: Date, explained: Bool = false) throws -> [CaseRow] {
        try find(text: text, now: Instant(now), explained: explained)
    }

    /// One case with everything that is known of it; nil when there is none with this number.
    public func caseOf(number: String, now: Date) throws -> Case? { try caseOf(number: number, now: Instant(now)) }

    /// How each case was handled.
    public func outcomes(now: Date) throws -> [CaseOutcome] { try outcomes(now: Instant(now)) }

    /// The cases as insights take them, dated in the zone of the book's schedule.
    public func records(now: Date) throws -> [CaseRecord] { try records(now: Instant(now)) }

    /// The numbers of the response time in every week.
    public func responseWeeks(now: Date) throws -> [WeekNumbers] { try responseWeeks(now: Instant(now)) }

    /// The numbers of the response time in one week.
    public func week(week: IsoWeek, now: Date) throws -> WeekNumbers { try self.week(week: week, now: Instant(now)) }
}

/// The first wake-up of several books, as of the accounts of a seller: one timer for all of them.
public func nextWakeUpOf(books: [CaseBook], now: Date) throws -> Date? {
    try nextWakeUpOf(books: books, now: Instant(now))?.date
}

/// The outcome of each case of a log, at an instant. The order of the events does not matter.
public func evaluateCases(events: [CaseEvent], rules: Rulebook, now: Date) throws -> Outcomes {
    try evaluateCases(events: events, rules: rules, now: Instant(now))
}

extension CallAttempt {
    /// One call attempt of a customer.
    public init(at: Date, answered: Bool) { self.init(at: Instant(at), answered: answered) }
}

extension PhoneHours {
    /// Whether a call attempt at this instant counts for the norm.
    public func counts(at: Date) throws -> Bool { try counts(at: Instant(at)) }

    /// Whether the seller says to be reachable at this instant. For a list: `isOpenMany` of the reachable hours.
    public func isReachable(at: Date) throws -> Bool { try isReachable(at: Instant(at)) }
}

extension PerformanceIndicators {
    /// The reported, the recomputed and the rulebook's verdict of each indicator, side by side.
    public func verdicts(rules: Rulebook, now: Date) throws -> [IndicatorVerdicts] {
        try verdicts(rules: rules, now: Instant(now))
    }
}

extension OrderLine {
    /// One line of an order, with its times as `Date`.
    public init(
        orderedAt: Date, quantity: Int64, promisedOn: LocalDate, deliveredAt: Date? = nil, cancelled: OrderCancelled? = nil,
        tracked: Bool = false, returnedAt: Date? = nil, shippingMethod: ShippingMethod? = nil, shippedAt: Date? = nil,
        handedOverAt: Date? = nil, expiresOn: LocalDate? = nil, trackExempt: Bool = false,
        returnedQuantity: Int64? = nil
    ) {
        self.init(
            orderedAt: Instant(orderedAt), quantity: quantity, promisedOn: promisedOn,
            deliveredAt: deliveredAt.map { Instant($0) }, cancelled: cancelled, tracked: tracked,
            returnedAt: returnedAt.map { Instant($0) }, shippingMethod: shippingMethod,
            shippedAt: shippedAt.map { Instant($0) }, handedOverAt: handedOverAt.map { Instant($0) }, expiresOn: expiresOn,
            trackExempt: trackExempt, returnedQuantity: returnedQuantity)
    }
}

extension OrderCancelled {
    /// A cancellation of an order line.
    public init(at: Date, byCustomer: Bool, processedAt: Date? = nil) {
        self.init(at: Instant(at), byCustomer: byCustomer, processedAt: processedAt.map { Instant($0) })
    }
}

/// The weekly numbers of the norms that are measured on orders, as they stand at `now`.
public func orderWeeks(
    lines: [OrderLine], now: Date, cases: [Date] = [], rules: Rulebook? = nil
) throws -> [WeekNumbers] {
    try orderWeeks(lines: lines, now: Instant(now), cases: instants(cases), rules: rules)
}

/// Runs a log under two rulebooks, as of `now`, and lists every verdict that changes: of cases, of weeks, of the account.
public func backtest(
    events: [CaseEvent], before: Rulebook, after: Rulebook, now: Date, elsewhere: [WeekNumbers] = [],
    clockBefore: Schedule? = nil, clockAfter: Schedule? = nil
) throws -> Backtest {
    try backtest(
        events: events, before: before, after: after, now: Instant(now), elsewhere: elsewhere, clockBefore: clockBefore,
        clockAfter: clockAfter)
}

extension SlaEvent {
    /// One event of a ticket. Events may come in any order; the same event twice counts once.
    public init(at: Date, what: SlaSignal) { self.init(at: Instant(at), what: what) }
}

extension Sla {
    /// The same with another schedule from an instant on.
    public func switched(at: Date, schedule: Schedule) throws -> Sla { try switched(at: Instant(at), schedule: schedule) }

    /// All clocks of a ticket, from its events up to `now`: every cycle of every metric, in the policy's order.
    public func evaluate(events: [SlaEvent], now: Date) throws -> [SlaClock] {
        try evaluate(events: events, now: Instant(now))
    }

    /// `evaluate` for the events of many tickets in one call; the clocks tell why only when `explained`.
    public func evaluateMany(tickets: [[SlaEvent]], now: Date, explained: Bool = false) throws -> [[SlaClock]] {
        try evaluateMany(tickets: tickets, now: Instant(now), explained: explained)
    }

    /// The next change after `now`, if no other event comes before it: a warning, a breach, the schedule's opening or closing.
    public func nextEvent(events: [SlaEvent], now: Date) throws -> SlaNextEvent? {
        try nextEvent(events: events, now: Instant(now))
    }

    /// The next change of each of many tickets, in one call.
    public func nextEventMany(tickets: [[SlaEvent]], now: Date) throws -> [SlaNextEvent?] {
        try nextEventMany(tickets: tickets, now: Instant(now))
    }
}

extension WeekNumbers {
    /// The numbers of one norm in one week, with the last deadline as a `Date`.
    @_disfavoredOverload  // where the deadline is left out
    public init(
        norm: String, week: IsoWeek, numerator: Int64, denominator: Int64, lastDeadline: Date?,
        measuredElsewhere: Bool = false, normValue: String? = nil, excused: Bool = false
    ) {
        self.init(
            norm: norm, week: week, numerator: numerator, denominator: denominator,
            lastDeadline: lastDeadline.map { Instant($0) }, measuredElsewhere: measuredElsewhere,
            normValue: normValue, excused: excused)
    }
}

extension Response {
    /// A question with its deadline and its answer, with its times as `Date`.
    public init(asked: Date, due: Date, answered: Date? = nil) {
        self.init(asked: Instant(asked), due: Instant(due), answered: answered.map { Instant($0) })
    }
}

/// Judges the numbers of one week.
public func judgeWeek(rules: Rulebook, numbers: WeekNumbers, now: Date) throws -> WeekResult {
    try judgeWeek(rules: rules, numbers: numbers, now: Instant(now))
}

/// Judges the numbers of many weeks in one call.
public func judgeWeeks(rules: Rulebook, numbers: [WeekNumbers], now: Date) throws -> [WeekResult] {
    try judgeWeeks(rules: rules, numbers: numbers, now: Instant(now))
}

/// What a running week can still take, with the total that it will have in the end if that is planned.
public func forecastWeek(rules: Rulebook, numbers: WeekNumbers, now: Date, plannedTotal: Int64? = nil) throws -> Forecast {
    try forecastWeek(rules: rules, numbers: numbers, now: Instant(now), plannedTotal: plannedTotal)
}

/// The numbers of the response time in every week of the questions, by the dates of a zone.
public func responseWeeks(zone: String, responses: [Response], now: Date) throws -> [ResponseWeek] {
    try responseWeeks(zone: zone, responses: responses, now: Instant(now))
}

/// An estimate of the score from the numbers of weeks, which are judged at `now`.
public func estimateScore(rules: Rulebook, numbers: [WeekNumbers], now: Date, on: LocalDate) throws -> PerformanceScore {
    try estimateScore(rules: rules, numbers: numbers, now: Instant(now), on: on)
}

extension Ledger {
    /// From the numbers of weeks, which are judged at `now`.
    public static func fromNumbers(rules: Rulebook, numbers: [WeekNumbers], now: Date) throws -> Ledger {
        try fromNumbers(rules: rules, numbers: numbers, now: Instant(now))
    }
}

// Where a list could be of either, as `[]`, it is of `Instant`.

/// The NPS of the answers whose date in a zone lies in a period; a score that is missing is left out.
@_disfavoredOverload
public func npsIn(period: Period, zone: String, at: [Date], scores: [Int32?]) throws -> Nps {
    try npsIn(period: period, zone: zone, at: instants(at), scores: scores)
}

/// The NPS of every ISO week from the first answer to the last.
@_disfavoredOverload
public func npsByWeek(zone: String, at: [Date], scores: [Int32?]) throws -> [NpsPeriod] {
    try npsByWeek(zone: zone, at: instants(at), scores: scores)
}

/// The NPS of every calendar month from the first answer to the last.
@_disfavoredOverload
public func npsByMonth(zone: String, at: [Date], scores: [Int32?]) throws -> [NpsPeriod] {
    try npsByMonth(zone: zone, at: instants(at), scores: scores)
}
