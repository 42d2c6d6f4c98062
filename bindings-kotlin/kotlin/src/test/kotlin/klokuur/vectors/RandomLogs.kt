package klokuur.vectors

import java.time.Duration
import java.time.Instant
import klokuur.CaseBook
import klokuur.CaseEvent
import klokuur.CaseKind
import klokuur.CaseOutcome
import klokuur.EventKind
import klokuur.LogMapping
import klokuur.Party
import klokuur.Rulebook
import klokuur.evaluateCases
import klokuur.readLog

/** SplitMix64. */
private class Random(private var state: ULong) {
    fun bits(): ULong {
        state += 0x9E3779B97F4A7C15uL
        var z = state
        z = (z xor (z shr 30)) * 0xBF58476D1CE4E5B9uL
        z = (z xor (z shr 27)) * 0x94D049BB133111EBuL
        return z xor (z shr 31)
    }

    fun below(limit: Int) = (bits() % limit.toULong()).toInt()
}

private val HEADER = listOf("case", "at", "event", "origin", "kind", "subject", "automatic", "until", "by", "result")
private val KINDS = listOf(
    "seller_message", "seller_message", "seller_message", "customer_message", "customer_message", "follow_up", "forwarded",
    "handed_over", "returned", "closed", "closed", "reopened", "described", "handled",
)
private val SUBJECTS = listOf("size", "colour", "delivery")
private val FIRST: Instant = Instant.parse("2026-03-02T00:00:00Z")
private val NOW: Instant = FIRST.plus(Duration.ofDays(30))

/** The rows of one log: its openings on the first two days, then anything, some of it impossible. */
private fun rowsOf(log: Int, seed: Long): List<List<String>> {
    val random = Random((seed + log).toULong())
    val cases = 1 + random.below(3)
    val count = cases + random.below(10)
    return List(count) { place ->
        val (who, minutes, what, a) = List(4) { random.bits() }
        val b = random.below(12)
        val opens = place < cases
        val case = if (opens) place else (who % cases.toULong()).toInt()
        val minute = if (opens) minutes % 2880uL else 1440uL + minutes % 38_880uL
        val at = FIRST.plus(Duration.ofMinutes(minute.toLong()))
        val event = if (opens) "opened" else KINDS[(what % 14uL).toInt()]
        val first = (a % 12uL).toInt()
        val subject = SUBJECTS[first % 3]
        listOf(
            "%04d-%d".format(log, case), at.toString(), event,
            if (event == "opened" && first == 0) "marketplace" else "",
            if (event == "opened") listOf("return", "cancellation", "")[minOf(b, 2)] else "",
            if (event == "opened" || event == "described") subject else "",
            if (event == "seller_message" && first < 3) "yes" else "",
            if (event == "follow_up" && first > 1) at.plus(Duration.ofHours(6L * (b + 1))).toString() else "",
            if (event == "closed" && first == 0) "marketplace" else "",
            if (event == "handled") "repaired" else "",
        )
    }
}

private fun event(row: List<String>): CaseEvent {
    val cells = row.map { it.ifEmpty { null } }
    return CaseEvent(
        case = row[0], at = Instant.parse(row[1]), event = EventKind.valueOf(row[2].uppercase()),
        origin = cells[3]?.let { Party.valueOf(it.uppercase()) }, kind = cells[4]?.let { CaseKind.valueOf(it.uppercase()) },
        subject = cells[5], automatic = cells[6]?.let { true }, until = cells[7]?.let { Instant.parse(it) },
        by = cells[8]?.let { Party.valueOf(it.uppercase()) }, result = cells[9],
    )
}

/** FNV-1a of a line a case. */
private fun digest(outcomes: List<CaseOutcome>): String {
    val lines = outcomes.map { outcome ->
        val times = listOf(outcome.opened, outcome.due, outcome.answered, outcome.closed)
        val seconds = times.joinToString(" ") { it?.epochSecond?.toString() ?: "-" }
        "${outcome.case} ${outcome.verdict.name.lowercase()} $seconds ${outcome.followUps} ${outcome.subject ?: "-"}\n"
    }
    val hash = lines.sorted().joinToString("").encodeToByteArray()
        .fold(0xCBF29CE484222325uL) { hash, byte -> (hash xor byte.toUByte().toULong()) * 0x100000001B3uL }
    return hash.toString(16).padStart(16, '0')
}

internal val randomLogOperations: Map<String, Operation> = mapOf(
    "random_logs" to { given ->
        val rows = (0 until given["logs"].asInt).flatMap { rowsOf(it, given["seed"].asLong) }
        val events = rows.map(::event)
        val rules = Rulebook.bol()
        val atOnce = evaluateCases(events, rules, NOW).outcomes
        val found = digest(atOnce)
        val read = readLog(HEADER, rows.reversed(), LogMapping.own()).events.map { it.event }
        val doors = mapOf(
            "a book" to CaseBook(rules).also { it.applyAll(events) }.outcomes(NOW),
            "rows of text, backwards" to evaluateCases(read, rules, NOW).outcomes,
        )
        for ((door, outcomes) in doors) check(digest(outcomes) == found) { door }
        mapOf("cases" to atOnce.size, "digest" to found)
    },
)
