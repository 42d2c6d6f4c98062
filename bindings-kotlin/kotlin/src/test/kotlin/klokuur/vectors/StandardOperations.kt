package klokuur.vectors

import com.google.gson.JsonObject
import klokuur.LadderResult
import klokuur.Ratio
import klokuur.Rulebook
import klokuur.RulebookHistory
import klokuur.StandardFee
import klokuur.StandardFigure
import klokuur.StandardItem
import klokuur.StandardResult
import klokuur.judgeStandards

/** A name, some names of a history, or a shipped rulebook with changes. */
private fun standardRules(given: JsonObject): Rulebook = given["rules"].let { rules ->
    when {
        rules.isJsonArray -> RulebookHistory(rules.asJsonArray.map { Rulebook.shipped(it.asString) }).asRulebook()
        rules.isJsonObject -> changedRulebook(rules.asJsonObject)
        else -> Rulebook.shipped(rules.asString)
    }
}

private fun item(json: JsonObject) = StandardItem(
    json.text("measure"), json.date("on"), json["units"]?.asLong ?: 1, json["bad"]?.asLong ?: 0,
    json.textOrNull("buyer"), json.textOrNull("value"),
)

private fun figure(json: JsonObject) = StandardFigure(
    json.text("standard"), json.date("until"), json.text("numerator"), json.text("denominator"), json["buyers"]?.asLong,
)

private fun name(of: Enum<*>?) = of?.name?.lowercase()

private fun answer(ratio: Ratio?) = ratio?.text

private fun answer(fee: StandardFee?) = fee?.let { mapOf("share" to it.share.text, "of" to it.of) }

private fun answer(it: StandardResult) = mapOf(
    "standard" to it.standard, "measure" to it.measure, "unit" to name(it.unit), "averaged" to it.averaged,
    "direction" to name(it.direction), "strict" to it.strict, "from" to it.from, "until" to it.until,
    "evaluated_on" to it.evaluatedOn, "numerator" to answer(it.numerator), "denominator" to answer(it.denominator),
    "value" to answer(it.value), "population" to it.population, "minimum_population" to it.minimumPopulation, "bad" to it.bad,
    "buyers" to it.buyers, "longest_run" to it.longestRun, "verdict" to name(it.verdict), "why" to name(it.why),
    "limits" to it.limits.map { one ->
        mapOf("name" to one.name, "threshold" to answer(one.threshold), "reached" to one.reached)
    },
    "reached" to it.reached, "consequence" to it.consequence, "fee" to answer(it.fee), "measured_by" to name(it.measuredBy),
    "reported" to it.reported?.let { one ->
        mapOf(
            "numerator" to answer(one.numerator), "denominator" to answer(one.denominator),
            "verdict" to name(one.verdict), "agrees" to one.agrees,
        )
    },
    "english" to it.english, "dutch" to it.dutch,
)

private fun answer(it: LadderResult) = mapOf(
    "ladder" to it.ladder, "kind" to name(it.kind), "step" to it.step, "consequence" to it.consequence,
    "fee" to answer(it.fee), "because" to it.because, "without_verdict" to it.withoutVerdict, "since" to it.since,
    "possible" to it.possible, "next_evaluation" to it.nextEvaluation, "english" to it.english, "dutch" to it.dutch,
)

internal val standardOperations: Map<String, Operation> = mapOf(
    "standards_judge" to { given ->
        val items = given.list("items").map { item(it.asJsonObject) }
        val figures = given.list("figures").map { figure(it.asJsonObject) }
        judgeStandards(standardRules(given), items, figures, given.date("on")).let {
            mapOf(
                "on" to it.on, "standards" to it.standards.associate { one -> one.standard to answer(one) },
                "ladders" to it.ladders.associate { one -> one.ladder to answer(one) },
                "fingerprints" to answer(it.fingerprints),
            )
        }
    },
)
