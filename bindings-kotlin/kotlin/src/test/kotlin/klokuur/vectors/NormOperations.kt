package klokuur.vectors

import com.google.gson.JsonElement
import com.google.gson.JsonObject
import java.time.Instant
import java.time.LocalDate
import java.time.ZoneId
import klokuur.Forecast
import klokuur.IsoWeek
import klokuur.PerformanceScore
import klokuur.Response
import klokuur.Review
import klokuur.Rulebook
import klokuur.RulebookHistory
import klokuur.WeekNumbers
import klokuur.estimateScore
import klokuur.forecastWeek
import klokuur.joinWeeks
import klokuur.judgeWeek
import klokuur.npsWeekNumbers
import klokuur.parse
import klokuur.reportedScore
import klokuur.responseWeeks
import klokuur.reviewGrade
import klokuur.reviewPeriod

/** The rules that a vector names; `bol` is its history. */
internal val JsonObject.rules get() = rules(text("rulebook"))

internal fun rules(name: String) = if (name == "bol") RulebookHistory.bol().asRulebook() else Rulebook.shipped(name)

internal fun weekNumbers(json: JsonObject, week: IsoWeek = IsoWeek.parse(json.text("week"))) = WeekNumbers(
    json.text("norm"), week, json["numerator"].asLong, json["denominator"].asLong,
    json.textOrNull("last_deadline")?.let { instant(it).toInstant() },
    json.textOrNull("measured_by") == "elsewhere", normValue = json.textOrNull("norm_value"),
    excused = json["excused"]?.asBoolean ?: false,
)

internal fun answer(numbers: WeekNumbers) = mapOf(
    "norm" to numbers.norm, "week" to numbers.week.toString(), "numerator" to numbers.numerator,
    "denominator" to numbers.denominator, "measured_by" to if (numbers.measuredElsewhere) "elsewhere" else "here",
    "last_deadline" to numbers.lastDeadline,
)

private fun answer(forecast: Forecast) = mapOf(
    "norm" to forecast.norm, "missed" to forecast.missed, "affordable" to forecast.affordable,
    "to_repair" to forecast.toRepair, "still_to_come" to forecast.stillToCome, "english" to forecast.english, "dutch" to forecast.dutch,
)

private fun reviews(json: List<JsonElement>) =
    json.map { it.asJsonArray }.map { Review(LocalDate.parse(it[0].asString), it[1].asInt) }

internal val normOperations: Map<String, Operation> = mapOf(
    "norm_nps" to { given ->
        answer(
            npsWeekNumbers(
                IsoWeek.parse(given.text("week")), given["promoters"].asLong, given["passives"].asLong,
                given["detractors"].asLong,
            ),
        )
    },
    "norm_week" to { given ->
        val rules = given.rules
        judgeWeek(rules, weekNumbers(given), given.at("now")).let {
            mapOf(
                "norm" to it.norm, "week" to it.week.toString(), "numerator" to it.numerator,
                "denominator" to it.denominator, "bad" to it.bad, "direction" to it.direction.name.lowercase(),
                "threshold" to it.threshold.text, "rulebook_threshold" to it.rulebookThreshold?.text, "strict" to it.strict,
                "minimum" to it.minimum?.text, "minimum_met" to it.minimumMet, "unit" to it.unit.name.lowercase(), "count_limit" to it.countLimit,
                "strike" to it.strike, "threshold_met" to it.thresholdMet, "count_limit_reached" to it.countLimitReached,
                "verdict" to it.verdict.name.lowercase(), "finality" to it.finality.name.lowercase(),
                "final_from" to it.finalFrom.atZone(ZoneId.of(rules.zone())),
                "measured_by" to it.measuredBy.name.lowercase(), "value" to it.value,
            )
        }
    },
    "norm_forecast" to { given ->
        val total = given["planned_total"]?.takeUnless { it.isJsonNull }?.asLong
        answer(forecastWeek(given.rules, weekNumbers(given, IsoWeek(2026, 11)), Instant.EPOCH, total))
    },
    "norm_response_weeks" to { given ->
        val rows = given.list("rows").map { it.asJsonObject }.map {
            Response(it.at("asked"), it.at("due"), it.textOrNull("answered")?.let { at -> instant(at).toInstant() })
        }
        mapOf("weeks" to responseWeeks(given.text("zone"), rows, given.at("now")).map {
            answer(it.numbers) + ("open" to it.open)
        })
    },
    "norm_review_period" to { given ->
        reviewPeriod(given.rules, reviews(given.list("reviews")), given.date("until")).let {
            mapOf("sum" to it.sum, "count" to it.count, "all_time" to it.allTime, "until" to it.until, "grade" to it.grade)
        }
    },
    "norm_join" to { given ->
        fun side(key: String) = given.list(key).map { weekNumbers(it.asJsonObject) }
        mapOf("numbers" to joinWeeks(given.rules, side("here"), side("elsewhere")).map(::answer))
    },
    "score_estimate" to { given ->
        val numbers = given.list("numbers").map { it.asJsonArray }.map {
            WeekNumbers(it[0].asString, IsoWeek.parse(it[1].asString), it[2].asLong, it[3].asLong)
        }
        val score = estimateScore(rules("bol"), numbers, given.at("now"), given.date("on"))
        (score as PerformanceScore.Estimated).estimate.let {
            mapOf(
                "calculated_on" to it.calculatedOn, "first_week" to it.firstWeek?.toString(),
                "last_week" to it.lastWeek?.toString(), "score" to it.score, "meets_minimum" to it.meetsMinimum,
                "missing" to it.missing, "fingerprints" to answer(it.fingerprints),
                "parts" to it.parts.map { part ->
                    mapOf(
                        "norm" to part.norm, "weight" to part.weight, "numerator" to part.numerator,
                        "denominator" to part.denominator, "weeks_with_data" to part.weeksWithData, "value" to part.value,
                        "score" to part.score,
                    )
                },
            )
        }
    },
    "score_reported" to { given ->
        when (val score = reportedScore(rules("bol"), given.text("score"), given.date("on"))) {
            is PerformanceScore.Reported ->
                mapOf("value" to score.score.value, "estimate" to false, "meets_minimum" to score.meetsMinimum)
            is PerformanceScore.Estimated -> mapOf("estimate" to true)
        }
    },
    "review_grade" to { given ->
        reviewGrade(rules("bol"), reviews(given.list("reviews")), given.date("on")).let {
            mapOf(
                "sum" to it.period.sum, "count" to it.period.count, "all_time" to it.period.allTime, "value" to it.value,
                "meets_norm" to it.meetsNorm,
            )
        }
    },
)
