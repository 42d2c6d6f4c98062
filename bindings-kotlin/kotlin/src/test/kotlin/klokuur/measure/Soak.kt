package klokuur.measure

import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import java.time.Instant
import klokuur.CaseBook
import klokuur.CaseEvent
import klokuur.EventKind
import klokuur.HolidayCalendar
import klokuur.Rulebook
import klokuur.Schedule
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** `make soak-kotlin`: creates and drops objects; the resident size must stay flat. Linux only: it reads /proc. */
class Soak {
    @Test
    fun soak() {
        val count = System.getProperty("objects")?.toInt() ?: 1_000_000
        val calendar = HolidayCalendar.netherlands()
        val base = Schedule("Mo-Fr 09:00-17:00", "Europe/Amsterdam", calendar)
        val conventions = base.conventions()
        val rules = Rulebook.bol()
        val asked = Instant.parse("2026-03-13T14:00:00Z")
        var warm = 0L
        var largest = 0L
        val started = System.nanoTime()
        println("objects  resident MB")
        for (made in 1..count) {
            // Half is closed by hand, half is left to the garbage collector.
            val dropped: AutoCloseable = when {
                // A schedule that is asked compiles thirty years, and a book reads its rules: not every time.
                made % 1_000 < 2 -> Schedule("Mo-Fr 09:00-17:00", "Europe/Amsterdam", calendar).also { it.add(asked, Duration.ofHours(1)) }
                made % 100 < 4 -> CaseBook(rules, base).also { it.apply(CaseEvent("K-1", asked, EventKind.OPENED)) }
                made % 8 < 4 -> HolidayCalendar.belgium()
                else -> base.withConventions(conventions)
            }
            if (made % 2 == 0) dropped.close()
            if (made % (count / 10) == 0) {
                System.gc()
                val resident = residentMegabytes()
                println("%7d  %d".format(made, resident))
                if (made == count / 10 * 2) warm = resident
                if (made > count / 10 * 2) largest = maxOf(largest, resident)
            }
        }
        println("%.0f s in all, %d MB after a fifth, at most %d MB after it".format((System.nanoTime() - started) / 1e9, warm, largest))
        assertTrue(largest <= warm * 1.15 + 16) { "the resident size grew from $warm to $largest MB" }
    }

    private fun residentMegabytes(): Long =
        Files.readAllLines(Path.of("/proc/self/status")).first { it.startsWith("VmRSS") }
            .filter { it.isDigit() }.toLong() / 1024
}
