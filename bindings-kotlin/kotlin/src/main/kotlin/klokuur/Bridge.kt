package klokuur

import java.nio.ByteBuffer
import java.nio.CharBuffer
import java.nio.charset.CharacterCodingException
import java.nio.charset.CharsetEncoder
import java.time.Duration
import java.time.Instant
import java.time.LocalDate

// How time crosses the boundary; src/time.rs is the other side. Up to EXACT nanoseconds (221 years) a count is exact,
// which holds all supported instants; beyond it cross EXACT and the whole seconds, so that the refusal can name them.
private const val EXACT = 7_000_000_000_000_000_000L
private const val NANOS = 1_000_000_000L
private const val FARTHEST = Long.MAX_VALUE - EXACT

private fun bridge(seconds: Long, nanos: Int): Long {
    if (seconds in -EXACT / NANOS until EXACT / NANOS) return seconds * NANOS + nanos
    if (seconds >= 0) return EXACT + seconds.coerceAtMost(FARTHEST)
    // towards zero, as the other side rounds
    val towardsZero = if (nanos > 0) seconds + 1 else seconds
    return -EXACT - (-towardsZero.coerceAtLeast(-FARTHEST))
}

internal fun bridgeOf(at: Instant): Long = bridge(at.epochSecond, at.nano)

internal fun bridgeOf(duration: Duration): Long = bridge(duration.seconds, duration.nano)

private inline fun <T> unbridge(coded: Long, of: (Long, Long) -> T): T = when {
    coded > EXACT -> of(coded - EXACT, 0)
    coded < -EXACT -> of(coded + EXACT, 0)
    else -> of(Math.floorDiv(coded, NANOS), Math.floorMod(coded, NANOS))
}

internal fun instantOfBridge(coded: Long): Instant = unbridge(coded, Instant::ofEpochSecond)

internal fun durationOfBridge(coded: Long): Duration = unbridge(coded, Duration::ofSeconds)

// A list crosses as one run of bytes.
internal fun bytesOfInstants(at: List<Instant>): ByteArray = bytes(at) { bridgeOf(it) }

internal fun bytesOfDurations(durations: List<Duration>): ByteArray = bytes(durations) { bridgeOf(it) }

internal fun instantsOfBridge(bytes: ByteArray): List<Instant> = column(bytes).map(::instantOfBridge)

internal fun durationsOfBridge(bytes: ByteArray): List<Duration> = column(bytes).map(::durationOfBridge)

private inline fun <T> bytes(list: List<T>, coded: (T) -> Long): ByteArray {
    val column = LongArray(list.size)
    list.forEachIndexed { row, item -> column[row] = coded(item) }
    return bytes(column)
}

/** Beyond what the other side can count the nearest day, which it refuses. */
internal fun epochDayOf(date: LocalDate): Int =
    date.toEpochDay().coerceIn(Int.MIN_VALUE.toLong(), Int.MAX_VALUE.toLong()).toInt()

/** A text as UTF-8; half of a surrogate pair, which an emoji that was cut in two leaves, is refused. */
internal fun CharsetEncoder.encoded(text: String): ByteBuffer =
    try {
        encode(CharBuffer.wrap(text))
    } catch (_: CharacterCodingException) {
        val at = text.indices.first { text[it].isSurrogate() && !isPaired(text, it) }
        val half = "\\u%04x".format(text[at].code)
        throw KlokuurException.InvalidValue("text `$half` at index $at is not valid: accepted is text of whole characters")
    }

private fun isPaired(text: String, at: Int): Boolean =
    if (text[at].isHighSurrogate()) text.getOrNull(at + 1)?.isLowSurrogate() == true
    else text.getOrNull(at - 1)?.isHighSurrogate() == true
