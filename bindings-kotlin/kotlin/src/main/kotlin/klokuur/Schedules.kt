package klokuur

import java.time.LocalDate
import java.time.ZoneId

/** A schedule from text in a zone, with holidays and conventions if wanted. */
@Throws(KlokuurException::class)
fun Schedule(
    text: String,
    zone: ZoneId,
    holidays: HolidayCalendar? = null,
    conventions: Conventions? = null,
): Schedule = Schedule(text, zone.id, holidays, conventions)

/** The zone. */
val Schedule.zoneId: ZoneId get() = ZoneId.of(zone())

/** The same holidays bound to a zone other than the schedule's. */
@Throws(KlokuurException::class)
fun HolidayCalendar.inZone(zone: ZoneId): HolidayCalendar = inZone(zone.id)

/** The conventions that hold where nothing else is said; change one by `Conventions().copy(fold = …)`. */
fun Conventions(): Conventions = defaultConventions()

/** The ISO week of this date. */
@get:Throws(KlokuurException::class)
val LocalDate.isoWeek: IsoWeek get() = isoWeek(this)

/** `2026-W12` as a week. */
@Throws(KlokuurException::class)
fun IsoWeek.Companion.parse(text: String): IsoWeek = parseIsoWeek(text)

/** The week of a date. */
@Throws(KlokuurException::class)
fun IsoWeek.Companion.of(date: LocalDate): IsoWeek = isoWeek(date)

/** The dates of a calendar month. */
@Throws(KlokuurException::class)
fun Period.Companion.month(year: Int, month: Int): Period = periodOfMonth(year, month)

/** The dates of an ISO week. */
@Throws(KlokuurException::class)
fun Period.Companion.week(week: IsoWeek): Period = periodOfWeek(week)

/** The last [days] dates up to and including [last]. */
@Throws(KlokuurException::class)
fun Period.Companion.trailingDays(last: LocalDate, days: Int): Period = trailingPeriod(last, days)
