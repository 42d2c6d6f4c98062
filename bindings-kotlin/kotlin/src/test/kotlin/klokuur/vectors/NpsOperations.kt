package klokuur.vectors

import com.google.gson.JsonElement
import com.google.gson.JsonObject
import java.time.Instant
import klokuur.IsoWeek
import klokuur.Nps
import klokuur.NpsGroup
import klokuur.NpsIntervalMethod
import klokuur.NpsPeriod
import klokuur.Period
import klokuur.fromScores
import klokuur.month
import klokuur.npsByArea
import klokuur.npsByMonth
import klokuur.npsByName
import klokuur.npsByWeek
import klokuur.npsIn
import klokuur.npsRequiredAnswers
import klokuur.npsTrend
import klokuur.parse
import klokuur.trailingDays
import klokuur.week
import klokuur.weightedNps

private fun counts(nps: Nps) =
    mapOf("promoters" to nps.promoters, "passives" to nps.passives, "detractors" to nps.detractors)

private fun nps(json: JsonElement) = json.asJsonObject.let {
    Nps(it["promoters"].asLong, it["passives"].asLong, it["detractors"].asLong)
}

private val JsonObject.confidence get() = this["confidence"].asDouble
private val JsonObject.scores get() = list("scores").map { if (it.isJsonNull) null else it.asInt }
private val JsonObject.instants: List<Instant> get() = list("at").map { instant(it.asString).toInstant() }
private fun JsonObject.number(key: String) = this[key]?.asDouble
private fun JsonObject.texts(key: String) = list(key).map { it.asString }

private fun period(given: JsonObject): Period = when {
    given.has("month") -> given.text("month").split("-").let { (year, month) -> Period.month(year.toInt(), month.toInt()) }
    given.has("week") -> Period.week(IsoWeek.parse(given.text("week")))
    given.has("trailing_days") -> Period.trailingDays(given.date("last"), given["trailing_days"].asInt)
    else -> Period(given.date("first"), given.date("last"))
}

private fun periods(periods: List<NpsPeriod>) =
    mapOf("periods" to periods.map { counts(it.nps) + ("first" to it.period.first) })

private fun groups(groups: List<NpsGroup>) = mapOf("groups" to groups.map { counts(it.nps) + ("key" to it.key) })

internal val npsOperations: Map<String, Operation> = mapOf(
    "nps_from_scores" to { given ->
        val nps = Nps.fromScores(given.scores.map { it!! })
        counts(nps) + (nps.score()?.let {
            mapOf("numerator" to it.numerator, "denominator" to it.denominator, "display" to it.text)
        } ?: emptyMap())
    },
    "nps_interval" to { given ->
        val nps = nps(given)
        NpsIntervalMethod.entries.associate { method ->
            val interval = nps.interval(given.confidence, method)
            method.name.lowercase() to interval?.let { mapOf("low" to it.low, "high" to it.high) }
        } + ("standard_error" to nps.standardError())
    },
    "nps_compare" to { given ->
        nps(given["one"]).compare(nps(given["other"]), given.confidence)?.let {
            mapOf(
                "difference" to it.difference, "z" to it.z, "p_two_sided" to it.pTwoSided, "p_higher" to it.pHigher,
                "p_lower" to it.pLower, "low" to it.low, "high" to it.high, "confidence" to it.confidence,
            )
        }
    },
    "nps_weighted" to { given ->
        weightedNps(given.scores.map { it!! }, given.list("weights").map { it.asDouble }, given.confidence).let {
            mapOf(
                "points" to it.points, "effective_answers" to it.effectiveAnswers, "standard_error" to it.standardError,
                "low" to it.interval?.low, "high" to it.interval?.high,
            )
        }
    },
    "nps_required_answers" to {
        val shares = it.number("promoter_share") to it.number("detractor_share")
        mapOf("answers" to npsRequiredAnswers(it.number("margin")!!, it.confidence, shares.first, shares.second))
    },
    "nps_trend" to { given ->
        npsTrend(given.list("periods").map(::nps))?.let {
            mapOf(
                "periods" to it.periods, "answers" to it.answers, "points_per_period" to it.pointsPerPeriod, "z" to it.z,
                "p_two_sided" to it.pTwoSided,
            )
        } ?: emptyMap<String, Any>()
    },
    "nps_in" to { counts(npsIn(period(it), it.text("zone"), it.instants, it.scores)) },
    "nps_by_week" to { periods(npsByWeek(it.text("zone"), it.instants, it.scores)) },
    "nps_by_month" to { periods(npsByMonth(it.text("zone"), it.instants, it.scores)) },
    "nps_by_name" to { groups(npsByName(it.scores, it.texts("keys"))) },
    "nps_areas" to { groups(npsByArea(it.texts("areas"), it.scores)) },
)
