package readme

import java.nio.file.Path
import java.time.Duration
import java.time.Instant
import java.time.ZoneId
import kotlin.io.path.readText
import klokuur.*
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** The lines of the page "Ten minutes in Kotlin": the page has them as they stand here, and says what they print. */
class TenMinutesTest {
    private fun tenMinutes() {
        val clock = Schedule("Mo-Fr 00:00-24:00", ZoneId.of("Europe/Amsterdam"), HolidayCalendar.netherlands())
        val asked = Instant.parse("2026-04-24T15:30:00Z") // a Friday, 17:30 in Amsterdam
        val due = clock.add(asked, Duration.ofHours(24)) // King's Day is skipped
        println(due)
        println(clock.explain(asked, due).english)
        println(clock.isOpen(Instant.parse("2026-04-27T10:00:00Z")))

        try {
            Schedule("Mo-Fi 09:00-17:00", ZoneId.of("Europe/Amsterdam"))
        } catch (wrong: KlokuurException) {
            println("${wrong.code}: ${wrong.message}")
        }

        val book = CaseBook(Rulebook.bol())
        book.applyAll(listOf(CaseEvent("K-1", asked, EventKind.OPENED, customer = "Jan")))
        val now = Instant.parse("2026-04-24T16:00:00Z")
        for (row in book.overview(now)) println("${row.number} ${row.customer} ${row.due} ${row.state}")
        println(book.nextWakeUp(now))

        for (told in book.advance(Instant.parse("2026-04-28T15:30:01Z"))) println(book.sentence(told, Language.ENGLISH))

        val nps = Nps.fromScores(listOf(10, 9, 9, 8, 7, 3))
        println(nps.score()?.text)
    }

    @Test
    fun `they print what the page says`() {
        val page = Path.of("../../docs/pages/start/kotlin.md").readText()
        val said = page.split("```text\n").drop(1).joinToString("") { it.substringBefore("```") }
        assertEquals(said, printed(::tenMinutes))
    }
}
