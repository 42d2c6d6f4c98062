import Foundation
import Klokuur

// `make soak-swift` and `make bench-swift`.

let calendar = HolidayCalendar.netherlands()
let base = try Schedule("Mo-Fr 00:00-24:00", zone: TimeZone(identifier: "Europe/Amsterdam")!, holidays: calendar)
let conventions = Conventions.standard
let rules = Rulebook.bol()
let asked = Date(timeIntervalSince1970: 1_773_410_400)

/// Creates and drops objects; the resident size must stay flat. Linux only: it reads /proc.
func soak(_ count: Int) throws {
    func residentMegabytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS") } ?? ""
        return Int(line.filter(\.isNumber)).map { $0 / 1024 } ?? 0
    }
    var warm = 0
    var largest = 0
    let started = ContinuousClock.now
    print("objects  resident MB")
    for made in 1...count {
        switch made % 8 {
        // A schedule that is asked compiles thirty years, and a book reads its rules: not every time.
        case _ where made % 1_000 < 2:
            _ = try Schedule("Mo-Fr 09:00-17:00", zone: TimeZone(identifier: "Europe/Amsterdam")!).add(asked, hours: 1)
        case _ where made % 100 < 4:
            _ = try CaseBook(rules: rules, schedule: base).apply(event: CaseEvent(case: "K-1", at: asked, event: .opened))
        case 0..<4: _ = HolidayCalendar.belgium()
        default: _ = base.withConventions(conventions: conventions)
        }
        if made % (count / 10) == 0 {
            let resident = try residentMegabytes()
            print("\(made)  \(resident)")
            if made == count / 10 * 2 { warm = resident }
            if made > count / 10 * 2 { largest = max(largest, resident) }
        }
    }
    print("\(ContinuousClock.now - started) in all, \(warm) MB after a fifth, at most \(largest) MB after it")
    if Double(largest) > Double(warm) * 1.15 + 16 {
        print("the resident size grew")
        exit(1)
    }
}

/// The best of seven runs, in nanoseconds an item.
func perItem(_ items: Int, _ work: () throws -> Void) throws -> Double {
    for _ in 0..<3 { try work() }
    let best = try (0..<7).map { _ in try ContinuousClock().measure { try work() } }.min() ?? .zero
    return best.timeInterval * 1e9 / Double(items)
}

func bench() throws {
    let starts = (0..<100_000).map { asked.addingTimeInterval(Double($0) * 60) }
    let exact = starts.map { Instant($0) }
    let micros = (0..<100_000).map { 1_773_410_400_000_000 + Int64($0) * 60_000_000 }
    let few = Array(starts.prefix(10_000))
    let events = (0..<5_000).map { CaseEvent(case: "K-\($0)", at: asked.addingTimeInterval(Double($0)), event: .opened) }
    let later = asked.addingTimeInterval(7_200)
    let full = try CaseBook(rules: rules)
    _ = try full.applyAll(events: events)
    let rows: [(String, Double)] = [
        ("`clock.isOpen(at)`, one call", try perItem(few.count) { for at in few { _ = try base.isOpen(at) } }),
        ("`clock.add(at, hours: 24)`, one call", try perItem(few.count) { for at in few { _ = try base.add(at, hours: 24) } }),
        ("`clock.addMany(list, hours: 24)`, a row of 100,000", try perItem(starts.count) { _ = try base.addMany(starts, hours: 24) }),
        ("the same over a list of `Instant`", try perItem(exact.count) { _ = try base.addMany(exact, hours: 24) }),
        ("`clock.addMicros(array, budget)`, a row of 100,000", try perItem(micros.count) { _ = try base.addMicros(micros, .seconds(86_400)) }),
        ("`book.apply(event)`, one call", try perItem(events.count) {
            let book = try CaseBook(rules: rules)
            for event in events { _ = try book.apply(event: event) }
        }),
        ("`book.applyAll(list)`, an event of 5,000", try perItem(events.count) { _ = try CaseBook(rules: rules).applyAll(events: events) }),
        ("`book.overview(now)`, a case of 5,000", try perItem(events.count) { _ = try full.overview(now: later) }),
        ("`book.overview(now, explained: true)`, a case of 5,000", try perItem(events.count) { _ = try full.overview(now: later, explained: true) }),
    ]
    print("| Swift | ns |\n| --- | ---: |")
    for (what, ns) in rows { print("| \(what) | \(String(format: ns < 100 ? "%.1f" : "%.0f", ns)) |") }
}

switch CommandLine.arguments.dropFirst().first {
case "soak": try soak(CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 1_000_000)
case "bench": try bench()
default: print("usage: Measure soak [objects] | bench")
}
