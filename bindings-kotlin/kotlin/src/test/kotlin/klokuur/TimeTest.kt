package klokuur

import java.time.Instant
import java.time.LocalDate
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

class TimeTest {
    @Test
    fun `an instant crosses the boundary without loss`() {
        for (text in listOf("1969-12-31T23:59:59.999999999Z", "1970-01-01T00:00:00Z", "1900-01-01T00:00:00.000000001Z")) {
            assertEquals(Instant.parse(text), echo(Instant.parse(text)))
        }
    }

    @Test
    fun `a week`() = assertEquals("2026-W53", isoWeek(LocalDate.of(2027, 1, 3)))
}
