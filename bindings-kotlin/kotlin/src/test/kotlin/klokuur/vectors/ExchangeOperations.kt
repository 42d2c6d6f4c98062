package klokuur.vectors

import com.google.gson.JsonObject
import com.google.gson.JsonParser
import klokuur.IndicatorDifference
import klokuur.OrderItemCancellations
import klokuur.PerformanceIndicators
import klokuur.Returns
import klokuur.Rulebook

private val JsonObject.document get() = textOrNull("text") ?: this["document"].toString()

private fun answer(difference: IndicatorDifference) = when (difference) {
    is IndicatorDifference.Verdict ->
        mapOf("kind" to "verdict", "reported" to difference.reported, "recomputed" to difference.recomputed)
    is IndicatorDifference.Value -> mapOf(
        "kind" to "value", "reported" to difference.reported, "recomputed" to difference.recomputed,
        "scale" to difference.scale.name.lowercase(),
    )
    is IndicatorDifference.Distance ->
        mapOf("kind" to "distance", "reported" to difference.reported, "recomputed" to difference.recomputed)
    is IndicatorDifference.NotAFraction ->
        mapOf("kind" to "not_a_fraction", "numerator" to difference.numerator, "denominator" to difference.denominator)
    is IndicatorDifference.UnknownCondition -> mapOf("kind" to "unknown_condition", "condition" to difference.condition)
}

internal val exchangeOperations: Map<String, Operation> = mapOf(
    "indicators_read" to { given ->
        val read = PerformanceIndicators.fromJson(given.document)
        val reported = read.numbers(Rulebook.bol())
        mapOf(
            "document" to JsonParser.parseString(read.toJson()),
            "checks" to read.checks().map {
                mapOf(
                    "name" to it.apiName, "week" to it.week.toString(), "reported" to it.reported,
                    "recomputed" to it.recomputed, "reported_value" to it.reportedValue,
                    "recomputed_value" to it.recomputedValue, "differences" to it.differences.map(::answer),
                )
            },
            "reported" to mapOf(
                "numbers" to reported.numbers.map(::answer), "unknown" to reported.unknown, "unusable" to reported.unusable,
            ),
        )
    },
    "returns_read" to { given ->
        val read = Returns.fromJson(given.document)
        mapOf(
            "document" to JsonParser.parseString(read.toJson()),
            "starts" to read.starts().map {
                mapOf(
                    "number" to it.number, "at" to it.at, "order" to it.order, "item" to it.item, "subject" to it.subject,
                    "defect" to it.defect, "text" to it.text, "handled_at" to it.handledAt,
                )
            },
        )
    },
    "cancellations_read" to { given ->
        val read = OrderItemCancellations.fromJson(given.document)
        mapOf(
            "document" to JsonParser.parseString(read.toJson()),
            "by_customer" to read.orderItems().map { it.isByCustomer },
        )
    },
)
