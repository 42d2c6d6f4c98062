import Foundation

@testable import Klokuur

/// The one key of an object and what stands under it.
private func only(_ json: Json) throws -> (key: String, value: Json) {
    guard json.keys.count == 1, let entry = json.keys.first else { throw Unreadable(what: "\(json) has not one key") }
    return entry
}

private func amount(_ json: Json) throws -> Amount {
    let (basis, text) = try only(json)
    // Whole hours are all that the policies of the vectors have.
    let written = try text.string
    guard written.hasPrefix("PT"), written.hasSuffix("H"), let hours = Int64(written.dropFirst(2).dropLast()) else {
        throw Unreadable(what: "\(written) are no hours")
    }
    return basis == "business" ? .business(duration: .seconds(hours * 3_600)) : .elapsed(duration: .seconds(hours * 3_600))
}

private func warning(_ json: Json) throws -> SlaWarning {
    switch try only(json) {
    case ("after", let value): .after(amount: try amount(value))
    case ("before", let value): .before(amount: try amount(value))
    case ("percent", let value): .percent(percent: try value.int)
    case (let kind, _): throw Unreadable(what: "no warning \(kind)")
    }
}

private func target(_ json: Json) throws -> SlaTarget {
    SlaTarget(
        metric: try json["metric"].named(), within: try amount(json["within"]),
        warnings: try json["warnings"].items.map(warning),
        pauses: json.has("pauses") ? try json["pauses"].items.map { try $0.named() } : nil,
        onSolved: try json["on_solved"].namedOrNil(), onReopened: try json["on_reopened"].namedOrNil(),
        onMessage: try json["on_message"].namedOrNil())
}

private func signal(_ json: Json) throws -> SlaSignal {
    switch json.stringOrNil {
    case "requester_message": return .requesterMessage
    case "solved": return .solved
    case "cancelled": return .cancelled
    default: break
    }
    switch try only(json) {
    case ("opened", let value): return .opened(by: try value["by"].named())
    case ("status", let value): return .status(status: try value.named())
    case ("agent_reply", let value): return .agentReply(automatic: try value["automatic"].bool)
    case (let kind, _): throw Unreadable(what: "no signal \(kind)")
    }
}

private func ticket(_ given: Json) throws -> [SlaEvent] {
    try given["events"].items.map { SlaEvent(at: try $0["at"].at, what: try signal($0["what"])) }
}

private func sla(_ given: Json) throws -> Sla {
    func hours(_ text: Json) throws -> Schedule {
        try Schedule(
            text: text.string, zone: given["zone"].string,
            holidays: given["holidays"].stringOrNil.map { try HolidayCalendar.country(code: $0) })
    }
    let json = given["policy"]
    let policy = SlaPolicy(
        name: try json["name"].string, targets: try json["targets"].items.map(target),
        scheduleChange: try json["schedule_change"].namedOrNil())
    return try given["switches"].items.reduce(Sla(policy: policy, schedule: hours(given["schedule"]))) { sla, later in
        try sla.switched(at: later["at"].at, schedule: hours(later["schedule"]))
    }
}

private func answer(_ warning: SlaWarning) -> Json {
    func written(_ amount: Amount) -> Json {
        switch amount {
        case .business(let duration): .object(["business": .of("PT\(nanoseconds(duration) / 3_600_000_000_000)H")])
        case .elapsed(let duration): .object(["elapsed": .of("PT\(nanoseconds(duration) / 3_600_000_000_000)H")])
        }
    }
    switch warning {
    case .after(let amount): return .object(["after": written(amount)])
    case .before(let amount): return .object(["before": written(amount)])
    case .percent(let percent): return .object(["percent": .of(percent)])
    }
}

private func answer(_ clock: SlaClock, _ zone: TimeZone?) -> Json {
    func shown(_ at: Instant?) -> Json { at.map { .instant($0, zone) } ?? .null }
    return .object([
        "metric": .named(clock.metric), "cycle": .of(clock.cycle), "state": .named(clock.state),
        "started": shown(clock.started), "ended": shown(clock.ended), "due": shown(clock.due),
        "elapsed": answer(clock.elapsed), "remaining": answer(clock.remaining), "late": answer(clock.late),
        "warnings": .array(clock.thresholds.map { .object(["at": shown($0.at), "reached": .of($0.reached)]) }),
        "why": .of(clock.why?.spanEnglish),
    ])
}

let slaOperations: [String: Operation] = [
    "sla_evaluate": { given in
        let zone = TimeZone(identifier: try given["zone"].string)
        let clocks = try sla(given).evaluate(events: ticket(given), now: given["now"].at)
        return .object(["clocks": .array(clocks.map { answer($0, zone) })])
    },
    "sla_next_event": { given in
        guard let next = try sla(given).nextEvent(events: ticket(given), now: given["now"].at) else { return .object([:]) }
        let changes = next.changes.map {
            Json.object([
                "metric": .named($0.metric), "cycle": .of($0.cycle), "from": .named($0.from), "to": .named($0.to),
                "warnings": .array($0.warnings.map(answer)),
            ])
        }
        return .object([
            "at": .instant(next.at, TimeZone(identifier: try given["zone"].string)), "changes": .array(changes),
        ])
    },
]
