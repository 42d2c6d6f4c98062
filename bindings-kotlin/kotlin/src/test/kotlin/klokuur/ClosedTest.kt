package klokuur

import java.time.Duration
import java.time.Instant
import kotlin.concurrent.thread
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test

/** An object that is closed is refused wherever it stands, and closing one disturbs no call that is inside. */
class ClosedTest {
    private val zone = "Europe/Amsterdam"
    private val asked = Instant.parse("2026-03-13T14:00:00Z")
    private val rules = Rulebook.bol()

    private fun calendar() = HolidayCalendar.netherlands().also { it.close() }
    private fun rulebook() = Rulebook.bol().also { it.close() }
    private fun schedule() = Schedule("24/7", zone).also { it.close() }

    @Test
    fun `a closed object is refused as an argument`() {
        val (netherlands, schedule) = HolidayCalendar.netherlands() to Schedule("24/7", zone)
        for (call in listOf<() -> Any?>(
            { Schedule("24/7", zone, calendar()) },
            { netherlands.union(calendar()) },
            { netherlands == calendar() },
            { schedule.withHolidays(calendar()) },
            { CaseBook(rulebook()) },
            { CaseBook(rules, schedule()) },
            { CaseBook.restored(rulebook(), "") },
            { CaseBook.ofEvents(rulebook(), emptyList()) },
            { CaseBook.ofEvents(rules, emptyList(), null, schedule()) },
            { evaluateCases(emptyList(), rulebook(), asked) },
            { Ledger(rulebook(), emptyList()) },
            { PhoneHours(rulebook()) },
            { backtest(emptyList(), rules, rulebook(), asked) },
        )) assertThrows(IllegalStateException::class.java) { call() }
    }

    @Test
    fun `a closed object is refused as the receiver`() {
        assertThrows(IllegalStateException::class.java) { schedule().add(asked, Duration.ofHours(1)) }
        assertThrows(IllegalStateException::class.java) { calendar().union(HolidayCalendar.belgium()) }
        assertThrows(IllegalStateException::class.java) { rulebook().schedule() }
    }

    @Test
    fun `an object that is closed while it is an argument is used or refused`() {
        val made = (1..200).map { HolidayCalendar.netherlands() }
        val closing = thread { made.forEach { it.close() } }
        val outcomes = made.map { runCatching { Schedule("Mo-Fr 09:00-17:00", zone, it).nextOpen(asked) } }
        closing.join()
        for (outcome in outcomes) {
            outcome.fold({ assertEquals(asked, it) }, { assertEquals(IllegalStateException::class.java, it.javaClass) })
        }
    }

    @Test
    fun `a book that is closed while a call is inside answers, and then no more`() {
        val book = CaseBook(rules)
        book.applyAll(List(500) { CaseEvent("K-$it", asked.plusSeconds(it.toLong()), EventKind.OPENED) })
        var closing: Thread? = null
        val refused = assertThrows(IllegalStateException::class.java) {
            while (true) {
                assertEquals(500, book.overview(asked.plusSeconds(7_200)).size)
                closing = closing ?: thread { book.close() }
            }
        }
        closing?.join()
        assertEquals("CaseBook object has already been destroyed", refused.message)
    }
}
