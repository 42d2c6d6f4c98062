package klokuur

import java.time.Instant
import java.time.LocalDate

/** The nanoseconds since 1970 of an instant; beyond what a Long holds (1677 to 2262) the nearest one, which klokuur refuses. */
internal fun nanosOf(at: Instant): Long =
    try {
        Math.addExact(Math.multiplyExact(at.epochSecond, 1_000_000_000L), at.nano.toLong())
    } catch (_: ArithmeticException) {
        if (at.epochSecond < 0) Long.MIN_VALUE else Long.MAX_VALUE
    }

internal fun instantOfNanos(nanos: Long): Instant =
    Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L))

internal fun epochDayOf(date: LocalDate): Int =
    date.toEpochDay().coerceIn(Int.MIN_VALUE.toLong(), Int.MAX_VALUE.toLong()).toInt()
