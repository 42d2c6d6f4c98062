package outside

import java.time.*
import klokuur.*

fun main() {
    val clock = Schedule("Mo-Fr 00:00-24:00", ZoneId.of("Europe/Amsterdam"), HolidayCalendar.netherlands())
    val asked = Instant.parse("2026-04-24T15:30:00Z")
    println(clock.add(asked, Duration.ofHours(24)))
    println(clock.addMany(listOf(asked), Duration.ofHours(24)))
    val book = CaseBook(Rulebook.bol())
    val told = book.applyAll(listOf(CaseEvent("K-1", asked, EventKind.OPENED, customer = "Jan"))).happened
    for (event in told) println("${event.case} ${event.what}")
    for (row in book.overview(asked)) println("${row.number} ${row.customer} ${row.due} ${row.state}")
    println(Standing.Active)
    println(Nps.fromScores(listOf(10, 9, 7, 3)).score()?.text)
    try {
        Schedule("Mo-Fr 25:00-26:00", "Europe/Amsterdam")
    } catch (refused: KlokuurException.ScheduleSyntax) {
        println("${refused.code}: ${refused.message}")
    }
    println(FromJava.overview(asked))
}
