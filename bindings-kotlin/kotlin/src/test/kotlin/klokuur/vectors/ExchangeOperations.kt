package klokuur.vectors

import com.google.gson.JsonObject
import com.google.gson.JsonParser
import klokuur.IndicatorDifference
import klokuur.KpiScores
import klokuur.NamedDocument
import klokuur.OrderItemCancellations
import klokuur.OrderLine
import klokuur.Orders
import klokuur.PerformanceIndicators
import klokuur.PerformanceStatus
import klokuur.RetailerDocuments
import klokuur.Returns
import klokuur.Rulebook
import klokuur.Shipments
import klokuur.StrikeReason

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

private fun answer(reason: StrikeReason) = when (reason) {
    is StrikeReason.Cancellations -> "CANCELLATIONS"
    is StrikeReason.Fulfilment -> "FULFILMENT"
    is StrikeReason.Handover -> "HANDOVER"
    is StrikeReason.OnTime -> "ON_TIME"
    is StrikeReason.ResponseTime -> "RESPONSE_TIME"
    is StrikeReason.Other -> reason.name
}

/** A line as the vectors have it, of documents and of exports alike. */
internal fun fieldsOf(line: OrderLine): Map<String, Any?> = mapOf(
    "ordered_at" to line.orderedAt, "quantity" to line.quantity, "promised_on" to line.promisedOn.toString(),
    "delivered_at" to line.deliveredAt,
    "cancelled" to line.cancelled?.let { mapOf("at" to it.at, "by_customer" to it.byCustomer, "processed_at" to it.processedAt) },
    "tracked" to line.tracked, "returned_at" to line.returnedAt, "returned_quantity" to line.returnedQuantity,
    "shipping_method" to line.shippingMethod?.name?.lowercase(), "shipped_at" to line.shippedAt,
    "handed_over_at" to line.handedOverAt, "expires_on" to line.expiresOn?.toString(), "track_exempt" to line.trackExempt,
)

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
                    "defect" to it.defect, "text" to it.text, "handled" to it.handled, "handled_at" to it.handledAt,
                )
            },
            "events" to read.events().map { mapOf("case" to it.case, "at" to it.at) },
        )
    },
    "orders_read" to { mapOf("document" to JsonParser.parseString(Orders.fromJson(it.document).toJson())) },
    "shipments_read" to { mapOf("document" to JsonParser.parseString(Shipments.fromJson(it.document).toJson())) },
    "kpi_scores_read" to { given ->
        val read = KpiScores.fromJson(given.document)
        val reported = read.numbers(Rulebook.bol())
        mapOf(
            "document" to JsonParser.parseString(read.toJson()),
            "reported" to mapOf(
                "numbers" to reported.numbers.map(::answer), "unknown" to reported.unknown, "unusable" to reported.unusable,
            ),
        )
    },
    "status_read" to { given ->
        val read = PerformanceStatus.fromJson(given.document)
        val told = read.standing()
        mapOf(
            "document" to JsonParser.parseString(read.toJson()),
            "standing" to mapOf(
                "monitoring_system" to told.monitoringSystem, "first_week" to told.firstWeek?.toString(),
                "last_week" to told.lastWeek?.toString(), "strikes" to told.strikes,
                "weeks" to told.weeks.map { listOf(it.week.toString(), it.reasons.map(::answer)) },
                "policy_points" to told.policyPoints, "quality_score" to told.qualityScore,
            ),
        )
    },
    "documents_read" to { given ->
        val read = RetailerDocuments.of(
            given.list("documents").map { it.asJsonObject }.map { NamedDocument(it.text("name"), it.document) },
        )
        val told = read.orderLines()
        mapOf(
            "orders" to JsonParser.parseString(read.orders().toJson()),
            "lines" to told.lines.map {
                mapOf("order" to it.order, "order_item" to it.orderItem, "item" to it.item, "line" to fieldsOf(it.line))
            },
            "unusable" to told.unusable,
            "numbers" to read.numbers(Rulebook.bol()).numbers.map(::answer),
            "events" to read.caseEvents().size,
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
