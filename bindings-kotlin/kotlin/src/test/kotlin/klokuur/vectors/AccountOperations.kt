package klokuur.vectors

import com.google.gson.JsonElement
import java.time.Instant
import klokuur.AccountTold
import klokuur.IsoWeek
import klokuur.Ledger
import klokuur.NormTold
import klokuur.NormWatch
import klokuur.PolicyPointsEvent
import klokuur.StandingAsReported
import klokuur.StandingWatches
import klokuur.StrikeAsReported
import klokuur.parse
import klokuur.policyPoints

/** A loop over wake-ups until nothing is to come; the last of them. */
private fun loop(start: Instant, next: (Instant) -> Instant?, advance: (Instant) -> Unit): Instant {
    var now = start
    while (true) {
        val wake = next(now) ?: return now
        advance(wake)
        now = wake
    }
}

private fun answer(told: AccountTold) = answer(told.told.change) +
    mapOf(
        "account" to told.account, "on" to told.told.on, "retracted" to told.told.retracted, "english" to told.told.english,
        "dutch" to told.told.dutch,
    )

private fun answer(told: NormTold) =
    mapOf(
        "norm" to told.norm, "week" to told.week.toString(), "what" to told.what.name.lowercase(), "english" to told.english,
        "dutch" to told.dutch,
    )

private fun numbers(rows: List<JsonElement>) = rows.map { weekNumbers(it.asJsonObject) }

internal val accountOperations: Map<String, Operation> = mapOf(
    "policy_points" to { given ->
        val events = given.list("events").map { it.asJsonObject }.map {
            PolicyPointsEvent(it.date("on"), it["points"].asInt, it.text("reason"))
        }
        policyPoints(given.rules, events, given.date("on")).let {
            mapOf(
                "on" to it.on, "points" to it.points, "is_closed" to it.isClosed, "next_return" to it.nextReturn,
                "deductions" to it.deductions.map { one ->
                    mapOf("on" to one.on, "points" to one.points, "reason" to one.reason, "returns_on" to one.returnsOn)
                },
                "fingerprints" to answer(it.fingerprints),
            )
        }
    },
    "ledger_compare" to { given ->
        val reported = given["reported"].asJsonObject
        val strikes = reported.list("strikes").map { it.asJsonObject }.map {
            StrikeAsReported(IsoWeek.parse(it.text("week")), it.list("reasons").map { reason -> reason.asString })
        }
        ledger(given).compare(StandingAsReported(reported.date("on"), reported["count"].asLong, strikes)).let {
            fun weeks(of: List<IsoWeek>) = of.map { week -> week.toString() }
            mapOf(
                "on" to it.on, "reported" to it.reported, "computed" to it.computed,
                "only_reported" to weeks(it.onlyReported), "only_computed" to weeks(it.onlyComputed),
                "other_reasons" to weeks(it.otherReasons), "agrees" to it.agrees, "english" to it.english,
                "dutch" to it.dutch, "fingerprints" to answer(it.fingerprints),
            )
        }
    },
    "account_told" to { given ->
        val (start, own, watches) = Triple(given.at("now"), ledger(given), StandingWatches())
        watches.insert("shop", own, start)
        watches.insert("quiet", Ledger(given.rules, emptyList()), start)
        val (wakes, told) = mutableListOf<Instant>() to mutableListOf<Map<String, Any?>>()
        val run = { from: Instant ->
            loop(from, watches::nextWakeUp) {
                wakes += it
                told += watches.advance(it).map(::answer)
            }
        }
        val end = run(start)
        if (given.has("then")) {
            watches.replace("shop", own.withWeeks(given.list("then").map { week(it.asJsonObject) }))
            run(end)
        }
        mapOf("wakes" to wakes, "told" to told)
    },
    "norms_told" to { given ->
        val (start, rules) = given.at("now") to given.rules
        val watch = NormWatch(rules, numbers(given.list("numbers")), start)
        watch.replace(rules, numbers(given.list("then")), start)
        val (wakes, told) = mutableListOf<Instant>() to mutableListOf<Map<String, Any?>>()
        loop(start, watch::nextWakeUp) {
            wakes += it
            told += watch.advance(it).map(::answer)
        }
        mapOf("wakes" to wakes, "told" to told)
    },
)
