import Foundation
import Klokuur

/// The log of a small shop: `case,at,event,origin,order,customer,subject`.
let sampleLog = """
    K-1,2026-03-12T10:00:00Z,opened,customer,1001,Ali,delivery
    K-2,2026-03-13T14:00:00Z,opened,customer,1002,Jan,return
    K-3,2026-03-16T07:30:00Z,opened,customer,1003,Joëlle,defect
    K-4,2026-03-13T08:00:00Z,opened,customer,1004,Bo,delivery
    K-4,2026-03-13T09:00:00Z,seller_message
    K-5,2026-03-16T08:00:00Z,opened,marketplace,1005,Kim,invoice
    """

/// The seller inbox: open cases with due times, warnings, the week and the standing, at one instant.
struct SellerInbox {
    private let rules = Rulebook.bol()
    private let book: CaseBook
    private let events: [CaseEvent]
    private let zone: TimeZone

    init(log: String) throws {
        book = try CaseBook(rules: rules)
        zone = book.schedule().timeZone ?? .gmt
        events = log.split(separator: "\n").compactMap(Self.event)
    }

    /// One line of the log.
    private static func event(_ line: Substring) -> CaseEvent? {
        let field = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        func at(_ i: Int) -> String? { field.indices.contains(i) && !field[i].isEmpty ? field[i] : nil }
        let events: [String: EventKind] = ["opened": .opened, "seller_message": .sellerMessage, "closed": .closed]
        let origins: [String: Party] = ["customer": .customer, "marketplace": .marketplace, "seller": .seller]
        guard field.count >= 3, let instant = Instant(field[1]), let event = events[field[2]]
        else { return nil }
        return CaseEvent(
            case: field[0], at: instant, event: event, origin: at(3).flatMap { origins[$0] }, order: at(4),
            customer: at(5), subject: at(6))
    }

    func show(_ now: Date) throws -> String {
        let told = try book.applyAll(events: events).happened + book.advance(now: now)
        var lines = ["Inbox of \(time(now))"]
        for row in try book.overview(now: now) {
            let due = row.due.map { "due \(time($0.date)), " } ?? ""
            lines.append("  \(row.number) \(row.customer ?? ""): \(due)\(note(row))")
        }
        for event in told {
            switch event.what {
            case .warned(_, let due): lines.append("  ! \(event.case) is open for long: due \(time(due.date))")
            case .breached: lines.append("  ! \(event.case) was not answered in time")
            default: break
            }
        }
        if let again = try book.nextWakeUp(now: now) { lines.append("Look again at \(time(again))") }
        let week = try judgeWeek(
            rules: rules, numbers: book.week(week: IsoWeek(LocalDate(now, in: zone)), now: now), now: now)
        lines.append("\(week.week): \(week.numerator) of \(week.denominator) in time; \(week.forecast.english)")
        lines.append(try standing(LocalDate(now, in: zone)))
        return lines.joined(separator: "\n")
    }

    private func note(_ row: CaseRow) -> String {
        if let late = row.late.map(duration), late > .zero { return "late by \(hours(late))" }
        guard let left = row.remaining.map(duration) else { return "waiting for the customer" }
        return "\(row.isOpenLong ? "open for long, " : "")\(hours(left)) left"
    }

    private func standing(_ today: LocalDate) throws -> String {
        let week = try IsoWeek(today)
        let missed = JudgedWeek(week: try week.plus(weeks: -4), missed: ["response_time"])
        let ledger = try Ledger(rules: rules, weeks: [missed, JudgedWeek(week: week.plus(weeks: -2))])
        let report = try ledger.standing(on: today)
        let standing =
            switch report.standing {
            case .active: "active"
            case .onlineWithPlan(let since): "online with a plan since \(since)"
            case .offline(let since): "offline since \(since)"
            case .closed(let since, _): "closed since \(since)"
            }
        return "Standing: \(standing), \(report.strikes.count) strike, \(report.untilOffline ?? 0) more until offline"
    }

    private func time(_ at: Date) -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_GB_POSIX")
        format.timeZone = zone
        format.dateFormat = "EEE d MMM HH:mm"
        return format.string(from: at)
    }

    private func duration(_ amount: Amount) -> Duration {
        switch amount {
        case .business(let duration), .elapsed(let duration): duration
        }
    }

    private func hours(_ duration: Duration) -> String {
        let minutes = duration.components.seconds / 60
        return "\(minutes / 60) h \(minutes % 60) min"
    }
}
