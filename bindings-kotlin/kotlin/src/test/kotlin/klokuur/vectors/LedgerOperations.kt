package klokuur.vectors

import com.google.gson.JsonObject
import java.time.LocalDate
import klokuur.Consequence
import klokuur.Expiry
import klokuur.Improvement
import klokuur.IsoWeek
import klokuur.JudgedWeek
import klokuur.Ledger
import klokuur.LedgerChange
import klokuur.Rulebook
import klokuur.Standing
import klokuur.StandingEvent
import klokuur.StrikeCause
import klokuur.parse

private fun event(json: JsonObject): StandingEvent {
    val on = json.date("on")
    return when (val name = json.text("event")) {
        "week_excused" -> StandingEvent.WeekExcused(IsoWeek.parse(json.text("week")), on, json.textOrNull("norm"))
        "strike_revoked" -> StandingEvent.StrikeRevoked(IsoWeek.parse(json.text("week")), on)
        "plan_accepted" -> StandingEvent.PlanAccepted(on)
        "reopened" -> StandingEvent.Reopened(on)
        else -> error("unknown event $name")
    }
}

private fun answer(event: StandingEvent): Map<String, Any?> = when (event) {
    is StandingEvent.WeekExcused ->
        mapOf("event" to "week_excused", "week" to event.week.toString(), "on" to event.on, "norm" to event.norm)
    is StandingEvent.StrikeRevoked ->
        mapOf("event" to "strike_revoked", "week" to event.week.toString(), "on" to event.on)
    is StandingEvent.PlanAccepted -> mapOf("event" to "plan_accepted", "on" to event.on)
    is StandingEvent.Reopened -> mapOf("event" to "reopened", "on" to event.on)
}

internal fun week(json: JsonObject) = JudgedWeek(
    IsoWeek.parse(json.text("week")),
    json.list("missed").map { it.asString },
    json.textOrNull("final_on")?.let(LocalDate::parse),
    json["provisional"]?.asBoolean ?: false,
    json["orders_to_date"]?.asLong,
)

internal fun ledger(given: JsonObject) = Ledger(
    given.rules,
    given.list("weeks").map { week(it.asJsonObject) },
    given.list("events").map { event(it.asJsonObject) },
)

private fun JsonObject.on() = textOrNull("on")?.let(LocalDate::parse) ?: LocalDate.EPOCH

internal fun answer(standing: Standing): Map<String, Any> = when (standing) {
    is Standing.Active -> mapOf("status" to "active")
    is Standing.OnlineWithPlan -> mapOf("status" to "online_with_plan", "since" to standing.since)
    is Standing.Offline -> mapOf("status" to "offline", "since" to standing.since)
    is Standing.Closed ->
        mapOf("status" to "closed", "since" to standing.since, "may_apply_from" to standing.mayApplyFrom)
}

private fun answer(expiry: Expiry) =
    mapOf("week" to expiry.week.toString(), "on" to expiry.on, "strikes_after" to expiry.strikesAfter)

private fun answer(causes: List<StrikeCause>) = causes.map {
    mapOf(
        "norm" to it.norm, "week" to it.week.toString(), "numerator" to it.numerator, "denominator" to it.denominator,
        "bad" to it.bad,
    )
}

internal fun answer(change: LedgerChange): Map<String, Any?> = when (change) {
    is LedgerChange.StrikeGiven ->
        mapOf("change" to "strike_given", "week" to change.week.toString(), "causes" to answer(change.causes))
    is LedgerChange.StrikeExpired -> mapOf("change" to "strike_expired", "week" to change.week.toString())
    is LedgerChange.StrikeWithdrawn -> mapOf("change" to "strike_withdrawn", "week" to change.week.toString())
    is LedgerChange.StandingChanged ->
        mapOf("change" to "standing_changed", "from" to answer(change.from), "to" to answer(change.to))
}

internal val ledgerOperations: Map<String, Operation> = mapOf(
    "ledger_standing" to { given ->
        ledger(given).standing(given.on()).let {
            mapOf(
                "on" to it.on, "standing" to answer(it.standing), "fingerprints" to answer(it.fingerprints),
                "newest_final_week" to it.newestFinalWeek?.toString(),
                "until_offline" to it.untilOffline, "until_closed" to it.untilClosed,
                "next_consequence" to it.nextConsequence?.name?.lowercase(),
                "next_expiry" to it.nextExpiry?.let(::answer),
                "provisional" to it.provisional.map { week ->
                    mapOf("week" to week.week.toString(), "missed" to answer(week.missed))
                },
                "strikes" to it.strikes.map { strike ->
                    mapOf(
                        "week" to strike.week.toString(), "given_on" to strike.givenOn, "causes" to answer(strike.causes),
                        "expiry_week" to strike.expiryWeek.toString(), "expires_on" to strike.expiresOn,
                        "appeal_until" to strike.appealUntil,
                    )
                },
            )
        }
    },
    "ledger_sentences" to { given ->
        ledger(given).standing(given.on()).let {
            mapOf(
                "english" to it.english, "dutch" to it.dutch,
                "strikes_english" to it.strikes.map { strike -> strike.english },
                "strikes_dutch" to it.strikes.map { strike -> strike.dutch },
            )
        }
    },
    "ledger_improvement" to { given ->
        when (val improvement = ledger(given).earliestImprovement(given.on())) {
            null -> emptyMap()
            is Improvement.StrikeExpires -> answer(improvement.expiry) + ("kind" to "strike_expires")
            is Improvement.PlanAccepted ->
                mapOf("kind" to "plan_accepted", "next_expiry" to improvement.nextExpiry?.let(::answer))
            is Improvement.MayApply -> mapOf("kind" to "may_apply", "on" to improvement.on)
        }
    },
    "ledger_what_if" to { given ->
        mapOf("steps" to ledger(given).whatIf(given.list("bad").map { it.asBoolean }).map {
            mapOf(
                "week" to it.week.toString(), "bad" to it.bad, "on" to it.on, "strikes" to it.strikes,
                "standing" to answer(it.standing),
            )
        })
    },
    "ledger_bad_weeks_until" to { given ->
        ledger(given).let {
            mapOf("offline" to it.badWeeksUntil(Consequence.OFFLINE), "closed" to it.badWeeksUntil(Consequence.CLOSED))
        }
    },
    "ledger_given" to { given ->
        ledger(given).let {
            mapOf(
                "weeks" to it.weeks().map { week ->
                    mapOf(
                        "week" to week.week.toString(), "final_on" to week.finalOn, "missed" to answer(week.causes),
                        "orders_to_date" to week.ordersToDate,
                    )
                },
                "events" to it.events().map(::answer),
            )
        }
    },
    "ledger_history" to { given ->
        mapOf("entries" to ledger(given).history().map { answer(it.change) + mapOf("on" to it.on, "strikes" to it.strikes) })
    },
)
