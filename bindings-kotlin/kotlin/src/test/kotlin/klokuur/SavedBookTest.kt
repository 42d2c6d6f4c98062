package klokuur

import java.time.Instant
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
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
    fun `an event that no book keeps is refused`() {
        val bad = CaseEvent("", Instant.EPOCH, EventKind.OPENED)
        val refused = assertThrows(KlokuurException::class.java) { CaseBook.ofEvents(Rulebook.bol(), listOf(bad)) }
        assertEquals("invalid_document", refused.code)
    }
}
