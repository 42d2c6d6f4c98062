package klokuur.vectors

import com.google.gson.JsonElement
import com.google.gson.JsonObject
import com.google.gson.JsonParser
import klokuur.IsoWeek
import klokuur.Rulebook
import klokuur.RulebookHistory
import klokuur.parse
import klokuur.zoneId

private fun document(rules: Rulebook): JsonElement = JsonParser.parseString(rules.toJson())

/** The object that the last part of a path as `norms[2].threshold` lies in, and that part. */
private fun place(document: JsonElement, path: String): Pair<JsonObject, String> {
    val parts = path.replace("[", ".").replace("]", "").split(".")
    val parent = parts.dropLast(1).fold(document) { at, part ->
        if (at.isJsonArray) at.asJsonArray[part.toInt()] else at.asJsonObject[part]
    }
    return parent.asJsonObject to parts.last()
}

/** A shipped rulebook with some values set or removed. */
internal fun changedRulebook(given: JsonObject): Rulebook {
    val document = document(Rulebook.shipped(given.text("base")))
    given["set"]?.asJsonObject?.entrySet()?.forEach { (path, value) ->
        place(document, path).let { (parent, name) -> parent.add(name, value) }
    }
    given.list("remove").forEach { path ->
        place(document, path.asString).let { (parent, name) -> checkNotNull(parent.remove(name)) }
    }
    return Rulebook.fromJson(document.toString())
}

internal val rulebookOperations: Map<String, Operation> = mapOf(
    "rulebook_shipped" to { document(Rulebook.shipped(it.text("name"))) },
    "rulebook_round_trip" to { given ->
        val rules = Rulebook.shipped(given.text("name"))
        mapOf("same" to (Rulebook.fromToml(rules.toToml()) == rules && Rulebook.fromJson(rules.toJson()) == rules))
    },
    "rulebook_for_week" to { mapOf("name" to RulebookHistory.bol().forWeek(IsoWeek.parse(it.text("week"))).name()) },
    "rulebook_due" to { given ->
        val rules = Rulebook.shipped(given.text("name"))
        val clock = given.textOrNull("country")?.let(rules::scheduleFor) ?: rules.schedule()
        mapOf("due" to clock.add(given.at("asked"), rules.firstResponse()).atZone(clock.zoneId))
    },
    "rulebook_read" to { document(changedRulebook(it)) },
    "rulebook_from_toml" to { document(Rulebook.fromToml(it.text("text"))) },
    "rulebook_history" to { given ->
        val history = RulebookHistory(given.list("names").map { Rulebook.shipped(it.asString) })
        mapOf("names" to history.rulebooks().map { it.name() })
    },
)
