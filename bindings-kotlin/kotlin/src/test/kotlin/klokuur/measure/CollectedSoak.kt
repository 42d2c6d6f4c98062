package klokuur.measure

import java.time.Duration
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.concurrent.thread
import klokuur.CaseBook
import klokuur.HolidayCalendar
import klokuur.Rulebook
import klokuur.Schedule
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/**
 * `make soak-kotlin`: objects that nobody holds are arguments, while another thread keeps the collector busy. A handle that
 * is copied after its object was collected ends the JVM within seconds.
 */
class CollectedSoak {
    @Test
    fun soak() {
        val seconds = System.getProperty("seconds")?.toLong() ?: 60
        val zone = "Europe/Amsterdam"
        val base = HolidayCalendar.netherlands()
        val rules = Rulebook.bol()
        val isOver = AtomicBoolean()
        var kept = ByteArray(0)
        val allocating = thread { while (!isOver.get()) kept = ByteArray(64 * 1024) }
        val end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos()
        var rounds = 0
        while (System.nanoTime() < end) {
            Schedule("Mo-Fr 00:00-24:00", zone, HolidayCalendar.netherlands())
            base.union(HolidayCalendar.belgium())
            assertEquals(true, base == HolidayCalendar.netherlands())
            if (++rounds % 20 == 0) assertEquals(0L, CaseBook(rules, Schedule("24/7", zone)).size())
        }
        isOver.set(true)
        allocating.join()
        println("$rounds rounds in $seconds s, last block of ${kept.size} bytes")
    }
}
