package klokuur

import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.time.Duration

/** No value in a column of microseconds. */
const val NO_VALUE: Long = Long.MIN_VALUE

internal fun bytes(column: LongArray): ByteArray =
    ByteArray(column.size * 8).also { ByteBuffer.wrap(it).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(column) }

internal fun column(bytes: ByteArray): LongArray =
    LongArray(bytes.size / 8).also { ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(it) }

private fun booleans(bytes: ByteArray) = BooleanArray(bytes.size) { bytes[it] != 0.toByte() }

/** [Schedule.between] for columns of microseconds since 1970, in one call; [NO_VALUE] stays [NO_VALUE]. */
@Throws(KlokuurException::class)
fun Schedule.betweenMicros(from: LongArray, to: LongArray): LongArray = column(betweenBytes(bytes(from), bytes(to)))

/** [Schedule.within] for columns of microseconds since 1970, in one call; [NO_VALUE] is not within. */
@Throws(KlokuurException::class)
fun Schedule.withinMicros(from: LongArray, to: LongArray, budget: Duration): BooleanArray =
    booleans(withinBytes(bytes(from), bytes(to), budget))

/** [Schedule.add] for a column of microseconds since 1970, in one call; [NO_VALUE] stays [NO_VALUE]. */
@Throws(KlokuurException::class)
fun Schedule.addMicros(starts: LongArray, budget: Duration): LongArray = column(addBytes(bytes(starts), budget))

/** [Schedule.sub] for a column of microseconds since 1970, in one call; [NO_VALUE] stays [NO_VALUE]. */
@Throws(KlokuurException::class)
fun Schedule.subMicros(ends: LongArray, budget: Duration): LongArray = column(subBytes(bytes(ends), budget))

/** [Schedule.nextOpen] for a column of microseconds since 1970, in one call; [NO_VALUE] stays [NO_VALUE]. */
@Throws(KlokuurException::class)
fun Schedule.nextOpenMicros(at: LongArray): LongArray = column(nextOpenBytes(bytes(at)))

/** [Schedule.isOpen] for a column of microseconds since 1970, in one call; [NO_VALUE] is not open. */
@Throws(KlokuurException::class)
fun Schedule.isOpenMicros(at: LongArray): BooleanArray = booleans(isOpenBytes(bytes(at)))
