package klokuur.vectors

import com.google.gson.JsonObject
import com.google.gson.JsonParser
import java.time.Instant
import klokuur.CaseBook
import klokuur.Fingerprints
import klokuur.Rulebook
import klokuur.backtest
import klokuur.fingerprintChanges
import klokuur.fingerprints
import klokuur.judgeWeeks

private fun of(given: JsonObject): Fingerprints =
    fingerprints(schedule(given), given.textOrNull("rules")?.let(Rulebook::shipped))

internal fun answer(of: Fingerprints?) = of?.let {
    mapOf("schedule" to it.schedule, "calendar" to it.calendar, "rules" to it.rules, "zone_data" to it.zoneData)
}

private fun rules(under: JsonObject) = Rulebook.shipped(under.textOrNull("rules") ?: "bol-2022")

private fun book(given: JsonObject, under: JsonObject): Pair<CaseBook, Instant> {
    val (book, now) = CaseBook(rules(under), schedule(under)) to given.at("now")
    book.applyAll(given.events)
    book.advance(now)
    return book to now
}

private fun restored(given: JsonObject): CaseBook {
    val saved = JsonParser.parseString(book(given, given["then"].asJsonObject).first.saved()).asJsonObject
    given.textOrNull("zone_data")?.let { saved["fingerprints"].asJsonObject.addProperty("zone_data", it) }
    if (given["without"]?.asBoolean == true) saved.remove("fingerprints")
    val under = given["now_under"].asJsonObject
    return when (given["anew"]?.asBoolean) {
        true -> CaseBook.restoredAnew(rules(under), saved.toString(), schedule(under))
        else -> CaseBook.restored(rules(under), saved.toString(), schedule(under))
    }
}

internal val fingerprintOperations: Map<String, Operation> = mapOf(
    "fingerprints" to { given -> answer(of(given))!! },
    "book_fingerprints" to { given ->
        val (book, now) = book(given, given)
        val case = book.caseOf("K-1", now)
        val weeks = judgeWeeks(rules(given), book.responseWeeks(now), now)
        val same = backtest(given.events, rules(given), rules(given), now, emptyList(), schedule(given), schedule(given))
        mapOf(
            "book" to answer(book.fingerprints()), "case" to answer(case?.fingerprints),
            "why" to answer(case?.row?.why?.fingerprints), "week" to answer(weeks.first().fingerprints),
            "before" to answer(same.fingerprintsBefore), "after" to answer(same.fingerprintsAfter),
        )
    },
    "book_restored" to { given ->
        val book = restored(given)
        mapOf(
            "due" to book.overview(given.at("now")).first().due, "advanced_to" to book.advancedTo(),
            "fingerprints" to answer(book.fingerprints()),
        )
    },
    "fingerprint_changes" to { given ->
        val changes = fingerprintChanges(of(given["then"].asJsonObject), of(given["now"].asJsonObject))
        mapOf("changes" to changes.map { mapOf("of" to it.of.name.lowercase(), "then" to it.then, "now" to it.now) })
    },
)
