package klokuur.vectors

import klokuur.CaseEvent
import klokuur.ExportedLine
import klokuur.LogMapping
import klokuur.OrderMapping
import klokuur.readLog
import klokuur.readOrders

/** An event as a row of the case log, without what it does not carry. */
private fun answer(row: Long, event: CaseEvent) = mapOf(
    "row" to row, "id" to event.id, "case" to event.case, "at" to event.at, "event" to event.event.name.lowercase(),
    "origin" to event.origin?.name?.lowercase(), "kind" to event.kind?.name?.lowercase(), "order" to event.order,
    "ordered_at" to event.orderedAt, "customer" to event.customer, "subject" to event.subject, "item" to event.item,
    "defect" to event.defect, "agent" to event.agent, "priority" to event.priority,
    "shipping_method" to event.shippingMethod?.name?.lowercase(), "result" to event.result, "text" to event.text, "automatic" to event.automatic, "until" to event.until,
    "by" to event.by?.name?.lowercase(), "explanation" to event.explanation, "scores" to event.scores,
    "corrects" to event.corrects, "right_event" to event.rightEvent?.name?.lowercase(), "right_at" to event.rightAt,
)

private fun answer(one: ExportedLine) =
    mapOf("row" to one.row, "order" to one.order, "item" to one.item) + fieldsOf(one.line)

internal val logOperations: Map<String, Operation> = mapOf(
    "read_log" to { given ->
        val header = given.list("header").map { it.asString }
        val rows = given.list("rows").map { row -> row.asJsonArray.map { it.asString } }
        val mapping = given["mapping"]?.let { LogMapping.fromJson(it.toString()) } ?: LogMapping.own()
        val log = readLog(header, rows, mapping)
        mapOf(
            "events" to log.events.map { answer(it.row, it.event) }, "rows" to log.rows, "updates" to log.updates,
            "refused" to log.refused.map { mapOf("row" to it.row, "code" to it.code, "message" to it.message) },
            "told" to log.told,
        )
    },
    "read_orders" to { given ->
        val rows = given.list("rows").map { row -> row.asJsonArray.map { it.asString } }
        val export = readOrders(rows, OrderMapping.fromJson(given["mapping"].toString()))
        mapOf(
            "lines" to export.lines.map { answer(it) },
            "refused" to export.refused.map { mapOf("row" to it.row, "code" to it.code, "message" to it.message) },
        )
    },
)
