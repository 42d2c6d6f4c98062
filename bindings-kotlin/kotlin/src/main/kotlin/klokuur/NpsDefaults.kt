package klokuur

// Generated methods of records take no defaults: these give them.

/** Counts whole scores from 0 to 10. */
@Throws(KlokuurException::class)
fun Nps.Companion.fromScores(scores: List<Int>): Nps = npsFromScores(scores)

/** The confidence interval of the score; none without answers. */
@Throws(KlokuurException::class)
fun Nps.interval(confidence: Double = 0.95): NpsInterval? = interval(confidence, null)

/** Compares with the NPS of *other* answers; none when one has no answers. */
@Throws(KlokuurException::class)
fun Nps.compare(other: Nps): NpsComparison? = compare(other, 0.95)
