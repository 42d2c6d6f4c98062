package klokuur.vectors

import com.google.gson.JsonObject
import klokuur.OrderCancelled
import klokuur.OrderLine
import klokuur.ShippingMethod
import klokuur.orderWeeks

private fun JsonObject.instantOrNull(key: String) = textOrNull(key)?.let { instant(it).toInstant() }

private fun line(json: JsonObject) = OrderLine(
    json.at("ordered_at"), json["quantity"].asLong, json.date("promised_on"), json.instantOrNull("delivered_at"),
    json["cancelled"]?.asJsonObject?.let { OrderCancelled(it.at("at"), it["by_customer"].asBoolean, it.instantOrNull("processed_at")) },
    json["tracked"].asBoolean, json.instantOrNull("returned_at"),
    json.textOrNull("shipping_method")?.let { ShippingMethod.valueOf(it.uppercase()) },
    json.instantOrNull("shipped_at"), json.instantOrNull("handed_over_at"),
    if (json.has("expires_on")) json.date("expires_on") else null, json["track_exempt"]?.asBoolean ?: false,
    json["returned_quantity"]?.asLong,
)

internal val ordersOperations: Map<String, Operation> = mapOf(
    "order_weeks" to { given ->
        val lines = given.list("lines").map { line(it.asJsonObject) }
        val cases = given.list("cases").map { instant(it.asString).toInstant() }
        mapOf("numbers" to orderWeeks(lines, given.at("now"), cases).map(::answer))
    },
)
