@testable import Klokuur

/// A country's code, or a calendar's document.
func calendar(_ json: Json) throws -> HolidayCalendar {
    if let code = json.stringOrNil { return try HolidayCalendar.country(code: code) }
    return try HolidayCalendar.fromJson(text: json.text)
}

private func answer(_ holiday: Holiday) -> Json {
    .object(["date": .of(holiday.date), "name_en": .of(holiday.nameEn), "name_local": .of(holiday.nameLocal)])
}

let calendarOperations: [String: Operation] = [
    "holidays": { given in
        .array(try calendar(given["calendar"]).holidays(year: Int32(given["year"].int)).map(answer))
    },
    "holidays_between": { given in
        let found = try calendar(given["calendar"]).holidaysBetween(first: given["first"].date, last: given["last"].date)
        return .array(found.map(answer))
    },
    "holiday_dates": { given in
        let found = try calendar(given["calendar"]).datesBetween(first: given["first"].date, last: given["last"].date)
        return .array(found.map { .of($0) })
    },
    "holiday_on": { given in
        .object(["holiday": try calendar(given["calendar"]).holidayOn(date: given["date"].date).map(answer) ?? .null])
    },
    "calendar_json": { given in
        let calendar = try HolidayCalendar.fromJson(text: given["document"].string)
        return .object(["document": .string(calendar.toJson()), "fingerprint": .of(calendar.fingerprint())])
    },
    "calendar_fingerprint": { given in .object(["fingerprint": .of(try calendar(given["calendar"]).fingerprint())]) },
]
