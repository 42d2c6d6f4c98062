package klokuur.sample

import java.time.Duration
import java.time.Instant
import java.time.OffsetDateTime
import java.time.ZoneId
import java.time.format.DateTimeFormatter
import java.util.Locale
import klokuur.Amount
import klokuur.CaseBook
import klokuur.CaseEvent
import klokuur.EventKind
import klokuur.Happening
import klokuur.JudgedWeek
import klokuur.Ledger
import klokuur.Party
import klokuur.Rulebook
import klokuur.Standing
import klokuur.isoWeek
import klokuur.judgeWeek
import klokuur.zoneId

/** The log of a small shop: `case,at,event,origin,order,customer,subject`. */
val SAMPLE_LOG = """
    K-1,2026-03-12T11:00:00+01:00,opened,customer,1001,Ali,delivery
    K-2,2026-03-13T15:00:00+01:00,opened,customer,1002,Jan,return
    K-3,2026-03-16T08:30:00+01:00,opened,customer,1003,Joëlle,defect
    K-4,2026-03-13T09:00:00+01:00,opened,customer,1004,Bo,delivery
    K-4,2026-03-13T10:00:00+01:00,seller_message
    K-5,2026-03-16T09:00:00+01:00,opened,marketplace,1005,Kim,invoice
""".trimIndent()

/** The seller inbox: open cases with due times, warnings, the week and the standing, at one instant. */
class SellerInbox(log: String, private val rules: Rulebook = Rulebook.bol()) {
    private val book = CaseBook(rules)
    private val events = log.lines().map(::event)
    private val zone: ZoneId = book.schedule().zoneId
    private val clock = DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH)

    /** One line of the log. */
    private fun event(line: String): CaseEvent {
        val field = line.split(",")
        fun at(i: Int) = field.getOrNull(i)?.ifEmpty { null }
        return CaseEvent(
            case = field[0], at = OffsetDateTime.parse(field[1]).toInstant(),
            event = EventKind.valueOf(field[2].uppercase()), origin = at(3)?.let { Party.valueOf(it.uppercase()) },
            order = at(4), customer = at(5), subject = at(6),
        )
    }

    fun show(now: Instant): String = buildString {
        val told = book.applyAll(events).happened + book.advance(now)
        appendLine("Inbox of ${time(now)}")
        for (row in book.overview(now)) {
            val late = row.late?.let(::amount)?.takeUnless { it.isZero || it.isNegative }
            val left = row.remaining?.let(::amount)
            val note = when {
                late != null -> "late by ${hours(late)}"
                left != null && row.isOpenLong -> "open for long, ${hours(left)} left"
                left != null -> "${hours(left)} left"
                else -> "waiting for the customer"
            }
            appendLine("  ${row.number} ${row.customer}: ${row.due?.let { "due ${time(it)}, " } ?: ""}$note")
        }
        for (event in told) {
            when (val what = event.what) {
                is Happening.Warned -> appendLine("  ! ${event.case} is open for long: due ${time(what.due)}")
                is Happening.Breached -> appendLine("  ! ${event.case} was not answered in time")
                else -> {}
            }
        }
        book.nextWakeUp(now)?.let { appendLine("Look again at ${time(it)}") }
        val week = judgeWeek(rules, book.week(now.atZone(zone).toLocalDate().isoWeek, now), now)
        appendLine("${week.week}: ${week.numerator} of ${week.denominator} in time; ${week.forecast.english}")
        append(standing(now))
    }

    private fun standing(now: Instant): String {
        val today = now.atZone(zone).toLocalDate()
        val missed = JudgedWeek(today.isoWeek.plus(-4), missed = listOf("response_time"))
        val ledger = Ledger(rules, listOf(missed, JudgedWeek(today.isoWeek.plus(-2))))
        val report = ledger.standing(today)
        val standing = when (val standing = report.standing) {
            is Standing.Active -> "active"
            is Standing.OnlineWithPlan -> "online with a plan since ${standing.since}"
            is Standing.Offline -> "offline since ${standing.since}"
            is Standing.Closed -> "closed since ${standing.since}"
        }
        return "Standing: $standing, ${report.strikes.size} strike, ${report.untilOffline} more until offline"
    }

    private fun time(at: Instant) = clock.format(at.atZone(zone))
}

private fun amount(amount: Amount): Duration = when (amount) {
    is Amount.Business -> amount.duration
    is Amount.Elapsed -> amount.duration
}

private fun hours(duration: Duration) = "${duration.toHours()} h ${duration.toMinutesPart()} min"

fun main() = println(SellerInbox(SAMPLE_LOG).show(Instant.parse("2026-03-16T09:00:00Z")))
