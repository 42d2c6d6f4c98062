package klokuur

import java.time.Instant
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** A loop over wake-ups ends, by instants and by milliseconds, and tells what one step to the end tells. */
class WakeUpsTest {
    private val asked = Instant.parse("2026-03-13T14:00:00.000123456Z")
    private val end = Instant.parse("2026-06-01T00:00:00Z")

    private fun book() = CaseBook(Rulebook.bol()).also { book ->
        book.applyAll(List(5_000) { CaseEvent("K-$it", asked.plusNanos(it * 37_000_123L), EventKind.OPENED) })
    }

    private val toldAtOnce = book().advance(end).map { it.case to it.what }.toSet()

    private fun told(steps: Sequence<List<DomainEvent>>) {
        val told = steps.take(3 * 10_000).flatten().toList()
        assertEquals(toldAtOnce, told.map { it.case to it.what }.toSet())
        assertEquals(toldAtOnce.size, told.size)
    }

    @Test
    fun `by instants`() {
        val book = book()
        var now = asked
        told(generateSequence { book.nextWakeUp(now)?.let { now = it; book.advance(it) } })
        assertEquals(null, book.nextWakeUp(now))
    }

    @Test
    fun `by milliseconds`() {
        val book = book()
        var now = asked.toEpochMilli()
        told(generateSequence { book.nextWakeUpMilli(now)?.let { now = it; book.advance(Instant.ofEpochMilli(it)) } })
        assertEquals(null, book.nextWakeUpMilli(now))
    }

    @Test
    fun `the first millisecond that is not before`() {
        for ((text, milli) in listOf(
            "1970-01-01T00:00:00Z" to 0L, "1970-01-01T00:00:00.000000001Z" to 1L, "1970-01-01T00:00:00.000999999Z" to 1L,
            "1970-01-01T00:00:00.001Z" to 1L, "1969-12-31T23:59:59.999999999Z" to 0L, "1969-12-31T23:59:59.998000001Z" to -1L,
        )) assertEquals(milli, Instant.parse(text).toEpochMilliUp())
    }
}
