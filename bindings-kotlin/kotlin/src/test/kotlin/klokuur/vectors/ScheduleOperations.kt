package klokuur.vectors

import com.google.gson.JsonElement
import com.google.gson.JsonObject
import java.time.Duration
import java.time.Instant
import java.time.LocalDate
import java.time.temporal.ChronoUnit
import klokuur.Backwards
import klokuur.BudgetEnd
import klokuur.Conventions
import klokuur.FoldBoundary
import klokuur.GapBoundary
import klokuur.HolidayCalendar
import klokuur.HolidayShift
import klokuur.NO_VALUE
import klokuur.Schedule
import klokuur.ScheduleDay
import klokuur.StretchReason
import klokuur.ZeroBudget
import klokuur.addMicros
import klokuur.betweenMicros
import klokuur.isOpenMicros
import klokuur.nextOpenMicros
import klokuur.subMicros
import klokuur.withinMicros
import klokuur.zoneId

private inline fun <reified T : Enum<T>> named(json: JsonElement): T = enumValueOf(json.asString.uppercase())

private fun conventions(json: JsonObject): Conventions =
    json.entrySet().fold(Conventions()) { so, (key, value) ->
        when (key) {
            "budget_end" -> so.copy(budgetEnd = named<BudgetEnd>(value))
            "zero_budget" -> so.copy(zeroBudget = named<ZeroBudget>(value))
            "gap" -> so.copy(gap = named<GapBoundary>(value))
            "fold" -> so.copy(fold = named<FoldBoundary>(value))
            "holiday_shift" -> so.copy(holidayShift = named<HolidayShift>(value))
            "backwards" -> so.copy(backwards = named<Backwards>(value))
            else -> error("unknown convention $key")
        }
    }

internal fun schedule(given: JsonObject): Schedule {
    val json = given["schedule"].asJsonObject
    fun part(part: JsonObject) = Schedule(
        part.text("text"), json.text("zone"),
        part.list("holidays").map(::calendar).reduceOrNull(HolidayCalendar::union),
        json["conventions"]?.asJsonObject?.let(::conventions),
    )
    return json.list("then").map { it.asJsonObject }.fold(part(json)) { so, then -> so.from(then.date("from"), part(then)) }
}

private fun duration(given: JsonObject): Duration {
    val (key, count) = given.entrySet().first { it.key in UNITS }.let { it.key to it.value.asLong }
    return when (key) {
        "hours" -> Duration.ofHours(count)
        "minutes" -> Duration.ofMinutes(count)
        "seconds" -> Duration.ofSeconds(count)
        "microseconds" -> Duration.of(count, ChronoUnit.MICROS)
        else -> Duration.ofNanos(count)
    }
}

private fun Schedule.shown(at: Instant?) = at?.atZone(zoneId)

private fun Schedule.shown(micros: LongArray) =
    mapOf("at" to micros.map { if (it == NO_VALUE) null else shown(Instant.EPOCH.plus(it, ChronoUnit.MICROS)) })

private fun column(given: JsonObject, key: String) = given.list(key).map {
    if (it.isJsonNull) NO_VALUE else ChronoUnit.MICROS.between(Instant.EPOCH, instant(it.asString).toInstant())
}.toLongArray()

private fun name(reason: StretchReason) = when (reason) {
    is StretchReason.OpenHours -> "open_hours"
    is StretchReason.NamedDay -> "named_day"
    is StretchReason.ExtraDay -> "extra_day"
    is StretchReason.HolidayHours -> "holiday_hours"
    is StretchReason.ClosedHours -> "closed_hours"
    is StretchReason.Weekend -> "weekend"
    is StretchReason.Holiday -> "holiday"
    is StretchReason.ClosedDate -> "closed_date"
    is StretchReason.ClosedDay -> "closed_day"
    is StretchReason.Paused -> "paused"
}

private fun day(day: ScheduleDay) = mapOf(
    "date" to day.date,
    "open" to if (day.open.isEmpty()) "off" else day.open.joinToString(",") { it.text },
    "reason" to day.reason.name.lowercase(),
    "holiday" to day.holiday?.nameEn,
)

internal val scheduleOperations: Map<String, Operation> = mapOf(
    "between" to { mapOf("nanoseconds" to schedule(it).between(it.at("from"), it.at("to")).toNanos()) },
    "within" to { mapOf("within" to schedule(it).within(it.at("from"), it.at("to"), duration(it))) },
    "add" to { given -> schedule(given).run { mapOf("at" to shown(add(given.at("at"), duration(given)))) } },
    "sub" to { given -> schedule(given).run { mapOf("at" to shown(sub(given.at("at"), duration(given)))) } },
    "is_open" to { mapOf("open" to schedule(it).isOpen(it.at("at"))) },
    "next_open" to { given -> schedule(given).run { mapOf("at" to shown(nextOpen(given.at("at")))) } },
    "next_close" to { given -> schedule(given).run { mapOf("at" to shown(nextClose(given.at("at")))) } },
    "intervals" to { given ->
        schedule(given).run {
            mapOf("intervals" to intervals(given.at("from"), given.at("to")).map {
                mapOf("start" to shown(it.start), "end" to shown(it.end))
            })
        }
    },
    "schedule_parse" to { mapOf("text" to Schedule(it.text("text"), it.text("zone")).toString()) },
    "schedule_json" to { given ->
        val calendars = given["calendars"]?.asJsonArray?.map { HolidayCalendar.fromJson(it.asString) }.orEmpty()
        Schedule.fromJson(given.text("document"), calendars).run { mapOf("document" to toJson(), "fingerprint" to fingerprint()) }
    },
    "schedule_days" to { given ->
        var schedule = Schedule(given.text("text"), given.text("zone"))
        given["holidays"]?.let { schedule = schedule.withHolidays(calendar(it)) }
        given["own_holidays"]?.asJsonObject?.let { own ->
            val dates = own["dates"].asJsonObject.entrySet()
            val own = dates.fold(HolidayCalendar.empty()) { so, (date, name) -> so.withDate(LocalDate.parse(date), name.asString) }
            schedule = schedule.withHolidays(own)
        }
        mapOf("days" to schedule.dayMany(given.list("dates").map { LocalDate.parse(it.asString) }).map(::day))
    },
    "explain" to { given ->
        schedule(given).run {
            val told = explain(given.at("from"), given.at("to"))
            mapOf(
                "nanoseconds" to told.counted.toNanos(),
                "stretches" to told.stretches.map {
                    mapOf(
                        "from" to shown(it.from), "to" to shown(it.to), "nanoseconds" to it.counted.toNanos(),
                        "reason" to name(it.reason), "holiday" to (it.reason as? StretchReason.Holiday)?.holiday?.nameEn,
                    )
                },
                "english" to told.english, "dutch" to told.dutch,
                "span_english" to told.spanEnglish, "span_dutch" to told.spanDutch,
                "customer_english" to told.customerEnglish, "customer_dutch" to told.customerDutch,
            )
        }
    },
    "between_many" to { given ->
        val found = schedule(given).betweenMicros(column(given, "from"), column(given, "to"))
        mapOf("microseconds" to found.map { if (it == NO_VALUE) null else it })
    },
    "within_many" to {
        mapOf("within" to schedule(it).withinMicros(column(it, "from"), column(it, "to"), duration(it)).toList())
    },
    "add_many" to { given -> schedule(given).run { shown(addMicros(column(given, "at"), duration(given))) } },
    "sub_many" to { given -> schedule(given).run { shown(subMicros(column(given, "at"), duration(given))) } },
    "next_open_many" to { given -> schedule(given).run { shown(nextOpenMicros(column(given, "at"))) } },
    "is_open_many" to { mapOf("open" to schedule(it).isOpenMicros(column(it, "at")).toList()) },
)
