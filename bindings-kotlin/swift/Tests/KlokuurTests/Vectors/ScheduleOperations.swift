import Foundation

@testable import Klokuur

private func conventions(_ json: Json) throws -> Conventions {
    func choice<T>(_ key: String, _ usual: T, _ names: [String: T]) throws -> T {
        guard let name = json[key].stringOrNil else { return usual }
        guard let found = names[name] else { throw Unreadable(what: "\(key) has no \(name)") }
        return found
    }
    let usual = Conventions.standard
    return Conventions(
        budgetEnd: try choice("budget_end", usual.budgetEnd, ["at_close": .atClose, "at_next_open": .atNextOpen]),
        zeroBudget: try choice("zero_budget", usual.zeroBudget, ["start": .start, "next_open": .nextOpen]),
        gap: try choice("gap", usual.gap, ["edge": .edge, "shift_forward": .shiftForward]),
        fold: try choice("fold", usual.fold, ["earlier": .earlier, "later": .later]),
        holidayShift: try choice(
            "holiday_shift", usual.holidayShift, ["cut_out": .cutOut, "whole_shift": .wholeShift]),
        backwards: try choice("backwards", usual.backwards, ["mirror": .mirror, "zero": .zero])
    )
}

func schedule(_ given: Json) throws -> Schedule {
    let json = given["schedule"]
    func part(_ part: Json) throws -> Schedule {
        let calendars = try part["holidays"].items.map(calendar)
        return try Schedule(
            text: part["text"].string, zone: json["zone"].string,
            holidays: calendars.dropFirst().reduce(calendars.first) { $0?.union(other: $1) },
            conventions: json.has("conventions") ? conventions(json["conventions"]) : nil
        )
    }
    return try json["then"].items.reduce(part(json)) { so, then in
        try so.from(date: then["from"].date, other: part(then))
    }
}

private func day(_ day: ScheduleDay) -> Json {
    let reason =
        switch day.reason {
        case .weeklyHours: "weekly_hours"
        case .namedDate: "named_date"
        case .extraDay: "extra_day"
        case .holidayHours: "holiday_hours"
        case .holiday: "holiday"
        case .closedDate: "closed_date"
        case .weekend: "weekend"
        case .noHours: "no_hours"
        }
    return .object([
        "date": .of(day.date), "reason": .string(reason), "holiday": .of(day.holiday?.nameEn),
        "open": .string(day.open.isEmpty ? "off" : day.open.map(\.text).joined(separator: ",")),
    ])
}

private func shown(_ schedule: Schedule, _ at: Instant?) -> Json {
    at.map { .instant($0, schedule.timeZone) } ?? .null
}

private func shown(_ schedule: Schedule, _ micros: [Int64]) -> Json {
    let rows = micros.map { $0 == Schedule.noValue ? Json.null : shown(schedule, Instant(microsecondsSince1970: $0)) }
    return .object(["at": .array(rows)])
}

private func column(_ given: Json, _ key: String) throws -> [Int64] {
    try given[key].items.map { try $0.isNull ? Schedule.noValue : micros($0.at) }
}

/// Microseconds since 1970, as the columns count.
private func micros(_ at: Instant) -> Int64 { at.secondsSince1970 * 1_000_000 + Int64(at.nanosecond) / 1_000 }

private func name(_ reason: StretchReason) -> (String, String?) {
    switch reason {
    case .openHours: ("open_hours", nil)
    case .namedDay: ("named_day", nil)
    case .extraDay: ("extra_day", nil)
    case .holidayHours: ("holiday_hours", nil)
    case .closedHours: ("closed_hours", nil)
    case .weekend: ("weekend", nil)
    case .holiday(let holiday): ("holiday", holiday.nameEn)
    case .closedDate: ("closed_date", nil)
    case .closedDay: ("closed_day", nil)
    case .paused: ("paused", nil)
    }
}

let scheduleOperations: [String: Operation] = [
    "between": { given in
        let found = try schedule(given).between(given["from"].at, given["to"].at)
        return .object(["nanoseconds": .int(nanoseconds(found))])
    },
    "within": { given in
        let budget = try Duration.nanoseconds(nanoseconds(given))
        return .object(["within": .bool(try schedule(given).within(given["from"].at, given["to"].at, budget))])
    },
    "add": { given in
        let schedule = try schedule(given)
        return .object(["at": shown(schedule, try schedule.add(given["at"].at, .nanoseconds(nanoseconds(given))))])
    },
    "sub": { given in
        let schedule = try schedule(given)
        return .object(["at": shown(schedule, try schedule.sub(given["at"].at, .nanoseconds(nanoseconds(given))))])
    },
    "is_open": { given in .object(["open": .bool(try schedule(given).isOpen(given["at"].at))]) },
    "next_open": { given in
        let schedule = try schedule(given)
        return .object(["at": shown(schedule, try schedule.nextOpen(given["at"].at))])
    },
    "next_close": { given in
        let schedule = try schedule(given)
        return .object(["at": shown(schedule, try schedule.nextClose(given["at"].at))])
    },
    "intervals": { given in
        let schedule = try schedule(given)
        let open = try schedule.intervals(from: given["from"].at, to: given["to"].at)
        return .object([
            "intervals": .array(open.map { .object(["start": shown(schedule, $0.start), "end": shown(schedule, $0.end)]) })
        ])
    },
    "schedule_parse": { given in
        .object(["text": .string(try Schedule(text: given["text"].string, zone: given["zone"].string).description)])
    },
    "schedule_json": { given in
        let calendars = try given["calendars"].items.map { try HolidayCalendar.fromJson(text: $0.string) }
        let schedule = try Schedule.fromJson(text: given["document"].string, calendars: calendars)
        return .object(["document": .string(schedule.toJson()), "fingerprint": .of(schedule.fingerprint())])
    },
    "schedule_days": { given in
        var schedule = try Schedule(text: given["text"].string, zone: given["zone"].string)
        if given.has("holidays") { schedule = try schedule.withHolidays(calendar: calendar(given["holidays"])) }
        if given.has("own_holidays") {
            let own = try given["own_holidays"]["dates"].keys.reduce(HolidayCalendar.empty()) { so, entry in
                try so.withDate(date: Json.string(entry.key).date, name: entry.value.string)
            }
            schedule = try schedule.withHolidays(calendar: own)
        }
        return .object(["days": .array(try schedule.dayMany(dates: given["dates"].items.map { try $0.date }).map(day))])
    },
    "explain": { given in
        let schedule = try schedule(given)
        let told = try schedule.explain(from: given["from"].at, to: given["to"].at)
        let stretches = told.stretches.map { part -> Json in
            let (reason, holiday) = name(part.reason)
            return .object([
                "from": shown(schedule, part.from), "to": shown(schedule, part.to), "reason": .string(reason),
                "nanoseconds": .int(nanoseconds(part.counted)), "holiday": .of(holiday),
            ])
        }
        return .object([
            "nanoseconds": .int(nanoseconds(told.counted)), "stretches": .array(stretches),
            "english": .of(told.english), "dutch": .of(told.dutch), "span_english": .of(told.spanEnglish),
            "span_dutch": .of(told.spanDutch), "customer_english": .of(told.customerEnglish),
            "customer_dutch": .of(told.customerDutch),
        ])
    },
    "between_many": { given in
        let found = try schedule(given).betweenMicros(column(given, "from"), column(given, "to"))
        return .object(["microseconds": .array(found.map { $0 == Schedule.noValue ? .null : .int($0) })])
    },
    "within_many": { given in
        let budget = try Duration.nanoseconds(nanoseconds(given))
        let found = try schedule(given).withinMicros(column(given, "from"), column(given, "to"), budget)
        return .object(["within": .array(found.map { .bool($0) })])
    },
    "add_many": { given in
        let schedule = try schedule(given)
        return shown(schedule, try schedule.addMicros(column(given, "at"), .nanoseconds(nanoseconds(given))))
    },
    "sub_many": { given in
        let schedule = try schedule(given)
        return shown(schedule, try schedule.subMicros(column(given, "at"), .nanoseconds(nanoseconds(given))))
    },
    "next_open_many": { given in
        let schedule = try schedule(given)
        return shown(schedule, try schedule.nextOpenMicros(column(given, "at")))
    },
    "is_open_many": { given in
        .object(["open": .array(try schedule(given).isOpenMicros(column(given, "at")).map { .bool($0) })])
    },
]
