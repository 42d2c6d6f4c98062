package readme

// IMPORTS
import java.time.*
import klokuur.*
// end
import java.nio.file.Path
import kotlin.io.path.readText
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** The lines of the README, run as they are written, outside of the package. */
class ReadmeTest {
    private fun tenLines() {
        // README
        val clock = Schedule("Mo-Fr 00:00-24:00", ZoneId.of("Europe/Amsterdam"), HolidayCalendar.netherlands())
        val asked = Instant.parse("2026-04-24T15:30:00Z")                // a Friday, 17:30 in Amsterdam
        val due = clock.add(asked, Duration.ofHours(24))                 // King's Day is skipped
        println(clock.explain(asked, due).english)
        val book = CaseBook(Rulebook.bol())
        book.applyAll(listOf(CaseEvent("K-1", asked, EventKind.OPENED, customer = "Jan")))
        val now = Instant.parse("2026-04-24T16:00:00Z")
        for (row in book.overview(now)) println("${row.number} ${row.customer} ${row.due} ${row.state}")
        println(book.nextWakeUp(now))
        println(Nps.fromScores(listOf(10, 9, 7, 3)).score()?.text)
        // end
    }

    private fun between(source: String, start: String) = source.substringAfter("$start\n").substringBefore("// end").trimIndent().trim()

    @Test
    fun `the README has these lines`() {
        val source = Path.of("src/test/kotlin/readme/ReadmeTest.kt").readText()
        val lines = between(source, "\n// IMPORTS") + "\n\n" + between(source, "        // README")
        val readme = Path.of("../README.md").readText()
        assertEquals(readme.substringAfter("```kotlin\n").substringBefore("\n```"), lines)
    }

    @Test
    fun `they print what the README says`() {
        val readme = Path.of("../README.md").readText()
        assertEquals(readme.substringAfter("```text\n").substringBefore("```"), printed(::tenLines))
    }
}
