package klokuur

import java.time.Instant
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** A book goes on where it stopped, from what an app can save. */
class SavedBookTest {
    @Test
    fun `a restored book tells nothing twice`() {
        val asked = Instant.parse("2026-03-13T14:00:00.000000001Z")
        val monday = Instant.parse("2026-03-16T09:00:00Z")
        val book = CaseBook(Rulebook.bol())
        assertNull(book.advancedTo())
        book.apply(CaseEvent("K-1", asked, EventKind.OPENED, customer = "Jan de Vries"))
        assertEquals(1, book.advance(monday).size)

        val again = CaseBook.restored(Rulebook.bol(), book.saved())
        assertEquals(book.events(), again.events())
        assertEquals(listOf(asked), again.events().map { it.at })
        assertEquals(monday, again.advancedTo())
        assertEquals(book.overview(monday), again.overview(monday))
        assertEquals(emptyList<DomainEvent>(), again.advance(monday.plusSeconds(60)))
        assertEquals(book.nextWakeUp(monday), again.nextWakeUp(monday))
        assertEquals(book.overview(monday), CaseBook.ofEvents(Rulebook.bol(), book.events(), book.advancedTo()).overview(monday))
    }

    @Test
    fun `a case that is over leaves the book and comes back`() {
        val (asked, now) = Instant.parse("2026-03-13T14:00:00Z") to Instant.parse("2026-04-13T14:00:00Z")
        val book = CaseBook(Rulebook.bol())
        listOf(EventKind.OPENED, EventKind.SELLER_MESSAGE, EventKind.CLOSED).forEachIndexed { hours, kind ->
            book.apply(CaseEvent("K-1", asked.plusSeconds(3_600L * hours), kind))
        }
        book.advance(now)
        val (weeks, archive) = book.responseWeeks(now) to book.archive(now)
        assertEquals(listOf(0L, 1L, 1L), listOf(book.size(), archive.size(), book.archivedSize()))
        assertEquals(weeks, book.responseWeeks(now))
        assertThrows(KlokuurException.InvalidValue::class.java) { book.apply(CaseEvent("K-1", now, EventKind.CUSTOMER_MESSAGE)) }
        // A book is no archive of its own, and does not wait for itself.
        assertThrows(KlokuurException.InvalidValue::class.java) { book.recall("K-1", book) }
        book.recall("K-1", archive)
        assertEquals(listOf(1L, 0L), listOf(book.size(), book.archivedSize()))
        assertEquals(weeks, book.responseWeeks(now))
    }

    @Test
    fun `a journal is taken as a whole or not at all`() {
        val book = CaseBook(Rulebook.bol())
        book.apply(CaseEvent("K-1", Instant.parse("2026-03-13T14:00:00Z"), EventKind.OPENED))
        val before = book.saved()
        val good = """{"case":"K-1","at":"2026-03-13T15:00:00Z","event":"seller_message"}"""
        val bad = """{"case":"K-2","at":"2345-01-01T00:00:00Z","event":"opened"}"""
        val refused = assertThrows(KlokuurException.InvalidDocument::class.java) { book.catchUp("""{"events":[$good,$bad],"since":1}""") }
        assertTrue("events[1]: opened of case K-2 at 2345-01-01" in refused.message!!, refused.message)
        assertEquals(before, book.saved())
        book.catchUp("""{"events":[$good],"since":1}""")
        assertEquals(2, book.position())
    }

    @Test
    fun `an event that no book keeps is refused`() {
        val bad = CaseEvent("", Instant.EPOCH, EventKind.OPENED)
        val refused = assertThrows(KlokuurException::class.java) { CaseBook.ofEvents(Rulebook.bol(), listOf(bad)) }
        assertEquals("invalid_document", refused.code)
    }
}
