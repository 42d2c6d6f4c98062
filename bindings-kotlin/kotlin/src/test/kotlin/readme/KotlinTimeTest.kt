package readme

import klokuur.*
import kotlin.time.*
import kotlin.time.Duration.Companion.hours
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** Kotlin's own durations, outside of the package, with everything of both imported. */
class KotlinTimeTest {
    @Test
    fun `budgets in Kotlin's durations`() {
        val clock = Schedule("Mo-Fr 00:00-24:00", "Europe/Amsterdam")
        val asked = java.time.Instant.parse("2026-03-13T14:00:00Z")
        val budget: Duration = 24.hours
        val due = clock.add(asked, budget)
        assertEquals(java.time.Instant.parse("2026-03-16T14:00:00Z"), due)
        assertEquals(budget, clock.between(asked, due).toKotlinDuration())
        assertEquals(asked, clock.sub(due, budget))
        assertEquals(listOf(due), clock.addMany(listOf(asked), budget))
        assertEquals(listOf(asked), clock.subMany(listOf(due), budget))
    }
}
