package klokuur.measure

import java.time.Duration
import java.time.Instant
import klokuur.CaseBook
import klokuur.CaseEvent
import klokuur.EventKind
import klokuur.HolidayCalendar
import klokuur.Rulebook
import klokuur.Schedule
import klokuur.addMicros
import org.junit.jupiter.api.Test

/** `make bench-kotlin`: what one call costs across the boundary, and what a row costs in a batch call. */
class Bench {
    private val clock = Schedule("Mo-Fr 00:00-24:00", "Europe/Amsterdam", HolidayCalendar.netherlands())
    private val asked = Instant.parse("2026-03-13T14:00:00Z")
    private val day = Duration.ofHours(24)

    /** The best of seven runs, in nanoseconds an item. */
    private fun perItem(items: Int, work: () -> Unit): Double {
        repeat(3) { work() }
        return (1..7).minOf { System.nanoTime().let { start -> work(); System.nanoTime() - start } }.toDouble() / items
    }

    private fun overview(events: List<CaseEvent>, explained: Boolean) = CaseBook(Rulebook.bol()).use { book ->
        book.applyAll(events)
        perItem(events.size) { book.overview(asked.plusSeconds(7_200), explained = explained) }
    }

    @Test
    fun bench() {
        val starts = List(100_000) { asked.plusSeconds(it * 60L) }
        val micros = LongArray(100_000) { asked.epochSecond * 1_000_000 + it * 60_000_000L }
        val few = starts.take(5_000)
        val events = List(5_000) { CaseEvent("K-$it", asked.plusSeconds(it.toLong()), EventKind.OPENED) }
        val rows = listOf(
            "`clock.isOpen(at)`, one call" to perItem(few.size) { few.forEach { clock.isOpen(it) } },
            "`clock.add(at, budget)`, one call" to perItem(few.size) { few.forEach { clock.add(it, day) } },
            "`clock.addMany(list, budget)`, a row of 100,000" to perItem(starts.size) { clock.addMany(starts, day) },
            "`clock.addMicros(array, budget)`, a row of 100,000" to perItem(micros.size) { clock.addMicros(micros, day) },
            "`book.apply(event)`, one call" to
                perItem(events.size) { CaseBook(Rulebook.bol()).use { book -> events.forEach { book.apply(it) } } },
            "`book.applyAll(list)`, an event of 5,000" to
                perItem(events.size) { CaseBook(Rulebook.bol()).use { it.applyAll(events) } },
            "`book.overview(now)`, a case of 5,000" to overview(events, explained = false),
            "`book.overview(now, explained = true)`, a case of 5,000" to overview(events, explained = true),
        )
        println("| Kotlin | ns |\n| --- | ---: |")
        for ((what, ns) in rows) println("| $what | ${if (ns < 100) "%.1f".format(ns) else "%,.0f".format(ns)} |")
    }
}
