package klokuur

import java.time.Instant

/**
 * The first whole millisecond since 1970 that is not before this instant. `toEpochMilli()` rounds down: a timer that is set
 * to it wakes too early, finds nothing to tell, and is set to the same millisecond for ever.
 */
fun Instant.toEpochMilliUp(): Long = if (nano % 1_000_000 == 0) toEpochMilli() else Math.addExact(toEpochMilli(), 1)

/** [CaseBook.nextWakeUp] for timers that count in milliseconds since 1970: the first one that is not before it. */
@Throws(KlokuurException::class)
fun CaseBook.nextWakeUpMilli(nowMilli: Long): Long? = nextWakeUp(Instant.ofEpochMilli(nowMilli))?.toEpochMilliUp()
