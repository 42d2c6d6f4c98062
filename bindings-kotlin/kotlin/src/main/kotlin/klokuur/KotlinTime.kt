package klokuur

import java.time.Instant
import kotlin.time.Duration
import kotlin.time.toJavaDuration

// Kotlin's own durations beside java.time's; what comes back is converted by `toKotlinDuration()`.

/** When a budget of business time is used up. */
@Throws(KlokuurException::class)
fun Schedule.add(start: Instant, budget: Duration): Instant = add(start, budget.toJavaDuration())

/** The instant from which this much business time leads up to [end]. */
@Throws(KlokuurException::class)
fun Schedule.sub(end: Instant, budget: Duration): Instant = sub(end, budget.toJavaDuration())

/** When a budget of business time from each instant is used up. */
@Throws(KlokuurException::class)
fun Schedule.addMany(starts: List<Instant>, budget: Duration): List<Instant> = addMany(starts, budget.toJavaDuration())

/** The instants from which this much business time leads up to each end. */
@Throws(KlokuurException::class)
fun Schedule.subMany(ends: List<Instant>, budget: Duration): List<Instant> = subMany(ends, budget.toJavaDuration())
