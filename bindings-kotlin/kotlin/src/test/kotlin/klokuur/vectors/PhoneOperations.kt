package klokuur.vectors

import com.google.gson.JsonObject
import klokuur.CallAttempt
import klokuur.PhoneHours
import klokuur.Rulebook

private val JsonObject.hours get() = PhoneHours(Rulebook.bol(), textOrNull("reachable"))

internal val phoneOperations: Map<String, Operation> = mapOf(
    "phone_weeks" to { given ->
        val calls = given.list("calls").map { it.asJsonObject }.map { CallAttempt(it.at("at"), it["answered"].asBoolean) }
        mapOf("weeks" to given.hours.weeks(calls).map {
            mapOf(
                "week" to it.numbers.week.toString(), "answered" to it.numbers.numerator,
                "attempts" to it.numbers.denominator, "not_counted" to it.notCounted,
            )
        })
    },
    "phone_hours" to { given ->
        val at = given.list("at").map { instant(it.asString).toInstant() }
        val hours = given.hours
        mapOf("counts" to at.map { hours.counts(it) }, "reachable" to at.map { hours.isReachable(it) })
    },
)
