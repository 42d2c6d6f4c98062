package klokuur.vectors

import com.google.gson.JsonObject
import java.time.ZoneId
import klokuur.HolidayCalendar
import klokuur.Rulebook
import klokuur.Schedule
import klokuur.WeekNumbers
import klokuur.backtest

/** bol's rules in a country, and a clock of their own where hours are given. */
private fun side(json: JsonObject): Pair<Rulebook, Schedule?> {
    val country = json.text("country")
    val rules = rules("bol").forCountry(country)
    return rules to json.textOrNull("hours")?.let {
        Schedule(it, ZoneId.of(rules.zone()), HolidayCalendar.country(country))
    }
}

private fun pair(numbers: WeekNumbers?) = numbers?.let { listOf(it.numerator, it.denominator) }

internal val backtestOperations: Map<String, Operation> = mapOf(
    "backtest" to { given ->
        val (before, clockBefore) = side(given["before"].asJsonObject)
        val (after, clockAfter) = side(given["after"].asJsonObject)
        val elsewhere = given.list("elsewhere").map { weekNumbers(it.asJsonObject) }
        val found = backtest(given.events, before, after, given.at("now"), elsewhere, clockBefore, clockAfter)
        mapOf(
            "cases" to found.cases.map {
                mapOf(
                    "case" to it.case, "before" to it.before?.name?.lowercase(), "after" to it.after?.name?.lowercase(),
                    "due_before" to it.dueBefore, "due_after" to it.dueAfter, "text" to it.text,
                )
            },
            "weeks" to found.weeks.map {
                mapOf(
                    "norm" to it.norm, "week" to it.week.toString(), "before" to it.before?.name?.lowercase(),
                    "after" to it.after?.name?.lowercase(), "numbers_before" to pair(it.numbersBefore),
                    "numbers_after" to pair(it.numbersAfter), "text" to it.text,
                )
            },
            "standing" to found.standing?.let {
                mapOf(
                    "before" to answer(it.before), "after" to answer(it.after),
                    "strikes_gone" to it.strikesGone.map { week -> week.toString() },
                    "strikes_new" to it.strikesNew.map { week -> week.toString() },
                )
            },
            "judged" to found.judged, "moved_deadlines" to found.movedDeadlines,
        )
    },
)
