package klokuur.vectors

import com.google.gson.JsonObject
import klokuur.OrderCancelled
import klokuur.OrderLine
import klokuur.orderWeeks

private fun JsonObject.instantOrNull(key: String) = textOrNull(key)?.let { instant(it).toInstant() }

private fun line(json: JsonObject) = OrderLine(
    json.at("ordered_at"), json["quantity"].asLong, json.date("promised_on"), json.instantOrNull("delivered_at"),
    json["cancelled"]?.asJsonObject?.let { OrderCancelled(it.at("at"), it["by_customer"].asBoolean) },
    json["tracked"].asBoolean, json.instantOrNull("returned_at"),
)

internal val ordersOperations: Map<String, Operation> = mapOf(
    "order_weeks" to { given ->
        val lines = given.list("lines").map { line(it.asJsonObject) }
        val cases = given.list("cases").map { instant(it.asString).toInstant() }
        mapOf("numbers" to orderWeeks(lines, given.text("zone"), given.at("now"), cases).map(::answer))
    },
)
