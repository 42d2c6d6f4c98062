package klokuur

import java.time.Duration
import java.time.Instant
import java.time.LocalDate
import java.time.ZoneId
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test

/** What crosses the boundary, at its ends. */
class BoundaryTest {
    private val always = Schedule("24/7", ZoneId.of("Europe/Amsterdam"))

    @Test
    fun `an instant crosses without loss, to the last nanosecond`() {
        for (text in listOf(
            "1900-01-01T00:00:00Z", "1900-01-01T00:00:00.000000001Z", "1969-12-31T23:59:59Z",
            "1969-12-31T23:59:59.999999999Z", "1969-12-31T23:59:59.000000001Z", "1970-01-01T00:00:00Z",
            "1970-01-01T00:00:00.000000001Z", "2026-03-13T15:00:00.123456789Z", "2100-12-31T23:59:59.999999999Z",
        )) {
            assertEquals(Instant.parse(text), always.nextOpen(Instant.parse(text)))
            assertEquals(listOf(Instant.parse(text)), always.nextOpenMany(listOf(Instant.parse(text))))
        }
    }

    @Test
    fun `a duration crosses with its sign and its nanoseconds`() {
        val epoch = Instant.EPOCH
        for (duration in listOf(
            Duration.ZERO, Duration.ofNanos(1), Duration.ofNanos(-1), Duration.ofSeconds(-1, 1), Duration.ofHours(-24),
            Duration.ofDays(25_000).plusNanos(7),
        )) {
            assertEquals(duration, always.between(epoch, epoch + duration))
            assertEquals(epoch + duration, always.add(epoch, duration))
        }
        val first = Instant.parse("1900-01-01T00:00:00Z")
        val last = Instant.parse("2100-12-31T23:59:59.999999999Z")
        assertEquals(Duration.between(first, last), always.between(first, last))
        assertEquals(Duration.between(last, first), always.between(last, first))
    }

    @Test
    fun `an instant outside the supported ones is refused by name`() {
        for ((at, shown) in listOf(
            Instant.parse("1899-12-31T23:59:59.999999999Z") to "1899-12-31T23:59:59.999999999Z",
            Instant.parse("2101-01-01T00:00:00Z") to "2101-01-01T00:00:00Z",
            Instant.parse("9999-01-01T00:00:00Z") to "9999-01-01T00:00:00Z",
            Instant.parse("-0044-03-15T12:00:00Z") to "-0044-03-15T12:00:00Z",
            Instant.MIN to "-31557014167219200 seconds since 1970",
            Instant.MAX to "31556889864403199 seconds since 1970",
        )) {
            val refused = assertThrows(KlokuurException.OutOfRange::class.java) { always.isOpen(at) }
            assertEquals("out_of_range", refused.code)
            assertEquals(
                "instant $shown is out of range: accepted is 1900-01-01T00:00:00Z up to, not including, 2101-01-01T00:00:00Z",
                refused.message,
            )
        }
    }

    @Test
    fun `a budget that never fits is refused, however large`() {
        for (budget in listOf(Duration.ofDays(365 * 300), Duration.ofSeconds(Long.MAX_VALUE, 999_999_999))) {
            assertThrows(KlokuurException.NoOpenTimeLeft::class.java) { always.add(Instant.EPOCH, budget) }
            assertThrows(KlokuurException.NoOpenTimeLeft::class.java) { always.add(Instant.EPOCH, budget.negated()) }
        }
    }

    @Test
    fun `a date that cannot be counted is refused`() {
        assertThrows(KlokuurException.OutOfRange::class.java) { LocalDate.MAX.isoWeek }
        assertThrows(KlokuurException.OutOfRange::class.java) { HolidayCalendar.netherlands().holidayOn(LocalDate.MIN) }
        assertEquals("2026-W53", LocalDate.of(2027, 1, 3).isoWeek.toString())
    }

    @Test
    fun `a zone that is not known is our exception`() {
        val refused = assertThrows(KlokuurException.UnknownName::class.java) { Schedule("24/7", ZoneId.of("+01:00")) }
        assertEquals("unknown_name", refused.code)
    }

    @Test
    fun `a row of a list is named`() {
        val refused = assertThrows(KlokuurException.OutOfRange::class.java) {
            always.addMany(listOf(Instant.EPOCH, Instant.parse("2101-01-01T00:00:00Z")), Duration.ofHours(1))
        }
        assertEquals(true, refused.message?.startsWith("row 1: "))
    }
}
