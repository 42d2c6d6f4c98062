package klokuur.vectors

import com.google.gson.JsonElement
import com.google.gson.JsonObject
import klokuur.Holiday
import klokuur.HolidayCalendar

/** A country's code, or a calendar's document. */
internal fun calendar(json: JsonElement): HolidayCalendar =
    if (json.isJsonPrimitive) HolidayCalendar.country(json.asString) else HolidayCalendar.fromJson(json.toString())

private val JsonObject.calendar get() = calendar(this["calendar"])

private fun holiday(holiday: Holiday) =
    mapOf("date" to holiday.date, "name_en" to holiday.nameEn, "name_local" to holiday.nameLocal)

internal val calendarOperations: Map<String, Operation> = mapOf(
    "holidays" to { it.calendar.holidays(it["year"].asInt).map(::holiday) },
    "holidays_between" to { it.calendar.holidaysBetween(it.date("first"), it.date("last")).map(::holiday) },
    "holiday_dates" to { it.calendar.datesBetween(it.date("first"), it.date("last")) },
    "holiday_on" to { given -> mapOf("holiday" to given.calendar.holidayOn(given.date("date"))?.let(::holiday)) },
    "calendar_json" to { given ->
        HolidayCalendar.fromJson(given.text("document")).run { mapOf("document" to toJson(), "fingerprint" to fingerprint()) }
    },
    "calendar_fingerprint" to { mapOf("fingerprint" to it.calendar.fingerprint()) },
)
