package klokuur.vectors

import com.google.gson.JsonElement
import com.google.gson.JsonObject
import com.google.gson.JsonPrimitive
import java.time.Duration
import java.time.Instant
import java.time.ZoneId
import klokuur.Amount
import klokuur.HolidayCalendar
import klokuur.OnMessage
import klokuur.OnReopened
import klokuur.OnSolved
import klokuur.Schedule
import klokuur.ScheduleChange
import klokuur.Sla
import klokuur.SlaClock
import klokuur.SlaEvent
import klokuur.SlaMetric
import klokuur.SlaPolicy
import klokuur.SlaSignal
import klokuur.SlaTarget
import klokuur.SlaWarning
import klokuur.TicketSide
import klokuur.TicketStatus

private inline fun <reified T : Enum<T>> named(json: JsonElement?): T? =
    json?.takeUnless { it.isJsonNull }?.let { enumValueOf<T>(it.asString.uppercase()) }

/** The one key of an object and what stands under it. */
private val JsonElement.only get() = asJsonObject.entrySet().single()

private fun amount(json: JsonElement): Amount = json.only.let { (basis, text) ->
    val duration = Duration.parse(text.asString)
    if (basis == "business") Amount.Business(duration) else Amount.Elapsed(duration)
}

private fun warning(json: JsonElement): SlaWarning = json.only.let { (kind, value) ->
    when (kind) {
        "after" -> SlaWarning.After(amount(value))
        "before" -> SlaWarning.Before(amount(value))
        else -> SlaWarning.Percent(value.asLong)
    }
}

private fun target(json: JsonObject) = SlaTarget(
    named<SlaMetric>(json["metric"])!!, amount(json["within"]), json.list("warnings").map(::warning),
    pauses = json["pauses"]?.asJsonArray?.map { named<TicketStatus>(it)!! }, onSolved = named<OnSolved>(json["on_solved"]),
    onReopened = named<OnReopened>(json["on_reopened"]), onMessage = named<OnMessage>(json["on_message"]),
)

private fun policy(json: JsonObject) = SlaPolicy(
    json.text("name"), json.list("targets").map { target(it.asJsonObject) },
    scheduleChange = named<ScheduleChange>(json["schedule_change"]),
)

private fun signal(json: JsonElement): SlaSignal = when (json) {
    is JsonPrimitive -> when (json.asString) {
        "requester_message" -> SlaSignal.RequesterMessage
        "solved" -> SlaSignal.Solved
        "cancelled" -> SlaSignal.Cancelled
        else -> error("no signal $json")
    }
    else -> json.only.let { (kind, value) ->
        when (kind) {
            "opened" -> SlaSignal.Opened(named<TicketSide>(value.asJsonObject["by"])!!)
            "status" -> SlaSignal.Status(named<TicketStatus>(value)!!)
            "agent_reply" -> SlaSignal.AgentReply(value.asJsonObject["automatic"].asBoolean)
            else -> error("no signal $json")
        }
    }
}

private val JsonObject.ticket get() =
    list("events").map { it.asJsonObject }.map { SlaEvent(it.at("at"), signal(it["what"])) }

private fun JsonObject.hours(text: String) =
    Schedule(text, text("zone"), textOrNull("holidays")?.let { HolidayCalendar.country(it) })

private val JsonObject.sla get() =
    list("switches").map { it.asJsonObject }.fold(Sla(policy(this["policy"].asJsonObject), hours(text("schedule")))) { sla, later ->
        sla.switched(later.at("at"), hours(later.text("schedule")))
    }

private fun answer(warning: SlaWarning): Map<String, Any> {
    fun written(amount: Amount) = when (amount) {
        is Amount.Business -> mapOf("business" to amount.duration.toString())
        is Amount.Elapsed -> mapOf("elapsed" to amount.duration.toString())
    }
    return when (warning) {
        is SlaWarning.After -> mapOf("after" to written(warning.amount))
        is SlaWarning.Before -> mapOf("before" to written(warning.amount))
        is SlaWarning.Percent -> mapOf("percent" to warning.percent)
    }
}

private fun answer(clock: SlaClock, zone: ZoneId): Map<String, Any?> {
    fun shown(at: Instant?) = at?.atZone(zone)
    return mapOf(
        "metric" to clock.metric.name.lowercase(), "cycle" to clock.cycle, "state" to clock.state.name.lowercase(),
        "started" to shown(clock.started), "ended" to shown(clock.ended), "due" to shown(clock.due),
        "elapsed" to answer(clock.elapsed), "remaining" to answer(clock.remaining), "late" to answer(clock.late),
        "warnings" to clock.thresholds.map { mapOf("at" to shown(it.at), "reached" to it.reached) },
        "why" to clock.why?.spanEnglish,
    )
}

internal val slaOperations: Map<String, Operation> = mapOf(
    "sla_evaluate" to { given ->
        val zone = ZoneId.of(given.text("zone"))
        mapOf("clocks" to given.sla.evaluate(given.ticket, given.at("now")).map { answer(it, zone) })
    },
    "sla_next_event" to { given ->
        val next = given.sla.nextEvent(given.ticket, given.at("now"))
        mapOf(
            "at" to next?.at?.atZone(ZoneId.of(given.text("zone"))),
            "changes" to next?.changes?.map {
                mapOf(
                    "metric" to it.metric.name.lowercase(), "cycle" to it.cycle, "from" to it.from.name.lowercase(),
                    "to" to it.to.name.lowercase(), "warnings" to it.warnings.map(::answer),
                )
            },
        )
    },
)
