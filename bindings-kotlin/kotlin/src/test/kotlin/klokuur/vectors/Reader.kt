package klokuur.vectors

import com.google.gson.JsonArray
import com.google.gson.JsonElement
import com.google.gson.JsonNull
import com.google.gson.JsonObject
import com.google.gson.JsonParser
import com.google.gson.JsonPrimitive
import java.math.BigDecimal
import java.nio.file.Path
import java.time.Instant
import java.time.LocalDate
import java.time.OffsetDateTime
import java.time.ZonedDateTime
import java.time.format.DateTimeParseException
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.nameWithoutExtension
import kotlin.io.path.readText

/** One case of a file of `tests/vectors`; the format is in its README. */
class Case(val area: String, json: JsonObject) {
    val name: String = json["name"].asString
    val op: String = json["op"].asString
    val given: JsonObject = json["given"].asJsonObject
    val expect: JsonElement? = json["expect"]
    val error: JsonObject? = json["error"]?.asJsonObject
}

fun readVectors(): Map<String, List<Case>> {
    val folder = Path.of(System.getenv("KLOKUUR_VECTORS") ?: "../../tests/vectors")
    val files = folder.listDirectoryEntries("*.json").sorted()
    check(files.isNotEmpty()) { "no vectors in ${folder.toAbsolutePath()}" }
    return files.associate { file ->
        val json = JsonParser.parseString(file.readText()).asJsonObject
        val area = json["area"].asString
        check(area == file.nameWithoutExtension) { "$file says it is $area" }
        area to json["cases"].asJsonArray.map { Case(area, it.asJsonObject) }
    }
}

internal val UNITS = mapOf(
    "hours" to 3_600_000_000_000, "minutes" to 60_000_000_000, "seconds" to 1_000_000_000, "microseconds" to 1_000,
    "nanoseconds" to 1,
)

/** The difference between what a case expects and what was found, or null: the keys that `expected` has count. */
fun difference(expected: JsonElement, found: Any?, path: String = "expect"): String? {
    fun differs() = "$path: expected $expected, found $found"
    return when {
        expected is JsonObject && found is Map<*, *> -> {
            val wanted = inNanoseconds(expected.asMap())
            val got = inNanoseconds(found)
            wanted.entries.firstNotNullOfOrNull { (key, value) ->
                difference(value as? JsonElement ?: JsonPrimitive(value as Number), got[key], "$path.$key")
            }
        }
        expected is JsonArray && found is List<*> ->
            if (expected.size() != found.size) differs()
            else found.indices.firstNotNullOfOrNull { difference(expected[it], found[it], "$path[$it]") }
        expected is JsonNull -> if (found == null || found is JsonNull) null else differs()
        expected is JsonPrimitive && expected.isString -> {
            val same = when (found) {
                is ZonedDateTime -> sameInstant(expected.asString, found)
                is Instant -> instant(expected.asString).toInstant() == found
                is JsonPrimitive -> found.isString && expected.asString == found.asString
                is String, is LocalDate, is Enum<*> -> expected.asString == found.toString()
                else -> false
            }
            if (same) null else differs()
        }
        expected is JsonPrimitive && expected.isNumber -> {
            val number = (found as? Number) ?: (found as? JsonPrimitive)?.takeIf { it.isNumber }?.asNumber
            if (number != null && sameNumber(expected.asBigDecimal, BigDecimal(number.toString()))) null else differs()
        }
        expected is JsonPrimitive && found is JsonPrimitive -> if (expected == found) null else differs()
        expected is JsonPrimitive -> if (expected.asBoolean == found) null else differs()
        expected is JsonObject && found is JsonObject -> difference(expected, found.asMap(), path)
        expected is JsonArray && found is JsonArray -> difference(expected, found.asList(), path)
        else -> differs()
    }
}

/** The instant, and unless it is written with Z the offset too. */
private fun sameInstant(expected: String, found: ZonedDateTime): Boolean {
    val wanted = instant(expected)
    return wanted.toInstant() == found.toInstant() && (expected.endsWith("Z") || wanted.offset == found.offset)
}

private fun sameNumber(expected: BigDecimal, found: BigDecimal): Boolean {
    if (expected.stripTrailingZeros().scale() <= 0 && found.stripTrailingZeros().scale() <= 0) return expected.compareTo(found) == 0
    val (a, b) = expected.toDouble() to found.toDouble()
    return Math.abs(a - b) <= 1e-9 * maxOf(Math.abs(a), Math.abs(b), 1.0)
}

/** The one duration of an object, whatever its unit, in nanoseconds. */
private fun inNanoseconds(json: Map<*, *>): Map<*, *> {
    val (key, unit) = UNITS.entries.filter { json[it.key] is Number || (json[it.key] as? JsonPrimitive)?.isNumber == true }
        .singleOrNull() ?: return json
    val count = json[key].let { if (it is JsonPrimitive) it.asNumber else it as Number }.toString().toBigDecimalOrNull()
    val exact = try { count?.toBigIntegerExact() } catch (_: ArithmeticException) { null } ?: return json
    return json - key + ("nanoseconds" to exact * unit.toBigInteger())
}

fun instant(text: String): OffsetDateTime =
    try { OffsetDateTime.parse(text) } catch (e: DateTimeParseException) { error("$text is no instant: $e") }

fun JsonObject.text(key: String): String = this[key].asString
fun JsonObject.textOrNull(key: String): String? = this[key]?.takeUnless { it.isJsonNull }?.asString
fun JsonObject.date(key: String): LocalDate = LocalDate.parse(text(key))
fun JsonObject.at(key: String): Instant = instant(text(key)).toInstant()
fun JsonObject.list(key: String): List<JsonElement> = this[key]?.takeUnless { it.isJsonNull }?.asJsonArray?.toList() ?: emptyList()
