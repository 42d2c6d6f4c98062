package klokuur

import java.time.Duration
import java.time.Instant
import java.util.concurrent.Callable
import java.util.concurrent.Executors
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** One object, many threads. */
class ThreadsTest {
    private val asked = Instant.parse("2026-03-13T14:00:00Z")

    private fun <T> inThreads(count: Int, work: (Int) -> T): List<T> {
        val pool = Executors.newFixedThreadPool(count)
        try {
            return pool.invokeAll((0 until count).map { Callable { work(it) } }).map { it.get() }
        } finally {
            pool.shutdown()
        }
    }

    @Test
    fun `one schedule answers many threads the same`() {
        val clock = Schedule("Mo-Fr 00:00-24:00", "Europe/Amsterdam", HolidayCalendar.netherlands())
        val starts = (0 until 500).map { asked.plus(Duration.ofHours(it.toLong())) }
        val expected = clock.addMany(starts, Duration.ofHours(24))
        for (found in inThreads(8) { starts.map { clock.add(it, Duration.ofHours(24)) } }) assertEquals(expected, found)
    }

    @Test
    fun `one book takes the events of many threads`() {
        val book = CaseBook(Rulebook.bol())
        inThreads(8) { thread ->
            repeat(100) { book.apply(CaseEvent("K-$thread-$it", asked, EventKind.OPENED)) }
        }
        assertEquals(800, book.size())
        assertEquals(800, book.overview(asked).size)
    }
}
