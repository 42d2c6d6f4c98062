package klokuur

import java.time.Duration
import java.time.Instant
import java.time.LocalDate
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test

/** Bad values of each subject: always our exception, with what was given. */
class RefusalsTest {
    private val rules = Rulebook.bol()
    private val day = LocalDate.of(2026, 3, 29)
    private val march = Period(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 31))
    private val asked = Instant.parse("2026-03-13T14:00:00Z")
    private val clock = Schedule("Mo-Fr 09:00-17:00", "Europe/Amsterdam")

    private fun refused(message: String, call: () -> Any?) =
        assertEquals(message, assertThrows(KlokuurException::class.java) { call() }.message)

    private val instants = "1900-01-01T00:00:00Z up to, not including, 2101-01-01T00:00:00Z"

    @Test
    fun `weeks and periods`() {
        refused("ISO week 2026-W-3 is out of range: accepted is weeks 1 to 53") { IsoWeek(2026, -3).monday() }
        refused("ISO week 2026-W54 is out of range: accepted is weeks 1 to 53 of 2026") { IsoWeek(2026, 54).monday() }
        refused("calendar month 2026--1 is out of range: accepted is months 1 to 12 of the years 1900 to 2100") {
            Period.month(2026, -1)
        }
        for (days in listOf(0, -5, Int.MIN_VALUE)) {
            refused("number of days of a period $days is out of range: accepted is 1 or more, starting no earlier than 1900-01-01") {
                Period.trailingDays(day, days)
            }
        }
    }

    @Test
    fun `a case book`() {
        val book = CaseBook(rules)
        refused("count of skipped rows -1 is out of range: accepted is 0 or more") { book.overview(asked, skip = -1) }
        refused("count of rows -5 is out of range: accepted is 0 or more") { book.completed(asked, count = -5) }
        val scores = mapOf("speed" to 300)
        refused("survey score 300 is out of range: accepted is a whole number from 0 to 10") {
            book.apply(CaseEvent("K-1", asked, EventKind.SURVEY_ANSWERED, scores = scores))
        }
        refused("row 1: review grade -2 is out of range: accepted is 1 to 10") {
            reviewGrade(rules, listOf(Review(day, 8), Review(day, -2)), day)
        }
    }

    @Test
    fun `insights`() {
        for (confidence in listOf(Double.NaN, Double.NEGATIVE_INFINITY, -0.5, 0.0, 1.0)) {
            val shown = if (confidence == Double.NEGATIVE_INFINITY) "-inf" else if (confidence % 1 == 0.0) "%.0f".format(confidence) else "$confidence"
            val message = "confidence level $shown is out of range: accepted is more than 0 and less than 1, as 0.95"
            refused(message) { shareInterval(1, 2, confidence) }
            refused(message) { overview(emptyList(), march, confidence = confidence) }
        }
        refused("count of a share -1 is out of range: accepted is 0 or more") { shareInterval(-1, 2) }
        refused("whole of a share -2 is out of range: accepted is 0 or more") { shareInterval(1, -2) }
        refused("percentile NaN is out of range: accepted is above 0 and at most 1, as 0.9") {
            handlingPercentile(emptyList(), Double.NaN)
        }
        val orders = listOf(ItemOrders(day, "lamp", 1), ItemOrders(day, "lamp", Long.MIN_VALUE))
        val negative = "row 1: ordered pieces -9223372036854775808 is out of range: accepted is 0 or more"
        refused(negative) { overview(emptyList(), march, orders) }
        refused(negative) { signals(rules, emptyList(), day, orders) }
        refused(negative) { subjectOverview(rules, emptyList(), march, orders) }
        refused("period `2026-03-31/2026-03-01` is not valid: accepted is a last date that is not before the first") {
            overview(emptyList(), Period(march.last, march.first))
        }
        assertThrows(KlokuurException.OutOfRange::class.java) { overview(listOf(CaseRecord(LocalDate.MAX)), march) }
        assertThrows(KlokuurException.OutOfRange::class.java) { signals(rules, emptyList(), LocalDate.MIN) }
        assertThrows(KlokuurException.OutOfRange::class.java) { CaseBook(rules).records(Instant.MAX) }
        refused("row 1: NPS score 300 is out of range: accepted is whole numbers from 0 to 10") {
            satisfaction(rules, listOf(DatedScore(day, 9), DatedScore(day, 300)), emptyList(), day)
        }
        refused("row 0: review -1 is out of range: accepted is whole numbers from 1 to 10") {
            satisfaction(rules, emptyList(), listOf(Review(day, -1)), day)
        }
        val endless = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)
        assertEquals(1, handlingTimes(listOf(Handling.Done(endless), Handling.Running(endless.negated()))).handled)
    }

    @Test
    fun `phone hours`() {
        assertThrows(KlokuurException.ScheduleSyntax::class.java) { PhoneHours(rules, "Mo-Fr 25:00-26:00") }
        assertThrows(KlokuurException.NeverOpen::class.java) { PhoneHours(rules, "Mo-Su off") }
        val hours = PhoneHours(rules)
        refused("instant 2101-01-01T00:00:00Z is out of range: accepted is $instants") {
            hours.counts(Instant.parse("2101-01-01T00:00:00Z"))
        }
        refused("row 1: instant 1899-12-31T23:59:59Z is out of range: accepted is $instants") {
            hours.weeks(listOf(CallAttempt(asked, true), CallAttempt(Instant.parse("1899-12-31T23:59:59Z"), true)))
        }
        assertThrows(KlokuurException.OutOfRange::class.java) { hours.weeks(listOf(CallAttempt(Instant.MIN, false))) }
    }

    @Test
    fun `documents of the Retailer API`() {
        for (text in listOf("", "nul\u0000", "{", "[]", "null", "{\"returns\": 1}", "{\"orderItems\": 1}")) {
            assertThrows(KlokuurException.InvalidDocument::class.java) { PerformanceIndicators.fromJson("$text,") }
            assertThrows(KlokuurException.InvalidDocument::class.java) { Returns.fromJson("$text,") }
            assertThrows(KlokuurException.InvalidDocument::class.java) { OrderItemCancellations.fromJson("$text,") }
        }
        val nothing = PerformanceIndicators.fromJson("{\"performanceIndicators\": []}")
        assertThrows(KlokuurException.OutOfRange::class.java) { nothing.verdicts(rules, Instant.MAX) }
    }

    @Test
    fun `mails`() {
        val ordered = LocalDate.of(2026, 3, 13)
        val policy = MailPolicy(withinYears = -1)
        for (call in listOf<() -> Any>(
            { cleanHtml("<p>", policy) }, { isReplyAddress("", policy) }, { mayMail(ordered, ordered, policy) },
            { lastMailDate(ordered, policy) },
        )) refused("years after the order -1 is out of range: accepted is 0 or more", call)
        assertThrows(KlokuurException.OutOfRange::class.java) { lastMailDate(ordered, MailPolicy(withinYears = Long.MAX_VALUE)) }
        assertThrows(KlokuurException.OutOfRange::class.java) { mayMail(LocalDate.MIN, LocalDate.MAX) }
        assertThrows(KlokuurException.OutOfRange::class.java) { mayMail(ordered, LocalDate.MAX) }
        assertEquals("", cleanHtml("<script>\u0000").html)
    }

    @Test
    fun `service-level clocks`() {
        fun hours(of: Long) = Amount.Business(Duration.ofHours(of))
        fun sla(vararg targets: SlaTarget) = Sla(SlaPolicy("p", targets.toList()), clock)
        fun first(within: Amount, vararg warnings: SlaWarning) = SlaTarget(SlaMetric.FIRST_REPLY, within, warnings.toList())
        refused("policy `p` is not valid: accepted is at least one target") { sla() }
        refused("policy `p` is not valid: accepted is one target a metric") { sla(first(hours(1)), first(hours(2))) }
        for (within in listOf(
            hours(0), hours(-1), Amount.Business(Duration.ofSeconds(Long.MAX_VALUE)),
            Amount.Elapsed(Duration.ofSeconds(Long.MIN_VALUE)), Amount.Elapsed(Duration.ofSeconds(Long.MAX_VALUE)),
        )) assertThrows(KlokuurException.InvalidValue::class.java) { sla(first(within)) }
        refused("per cent of a warning -1 is out of range: accepted is 0 or more") { sla(first(hours(1), SlaWarning.Percent(-1))) }
        for (warning in listOf(
            SlaWarning.Percent(101), SlaWarning.Percent(Long.MAX_VALUE), SlaWarning.After(hours(2)),
            SlaWarning.Before(Amount.Elapsed(Duration.ofMinutes(1))), SlaWarning.Before(hours(-1)),
        )) assertThrows(KlokuurException.InvalidValue::class.java) { sla(first(hours(1), warning)) }
        assertThrows(KlokuurException.InvalidValue::class.java) {
            sla(first(hours(1)).copy(pauses = listOf(TicketStatus.SOLVED)))
        }
        val fine = sla(first(hours(24), SlaWarning.Percent(75)))
        val opened = SlaEvent(asked, SlaSignal.Opened(TicketSide.REQUESTER))
        assertThrows(KlokuurException.OutOfRange::class.java) { fine.switched(Instant.MAX, clock) }
        assertThrows(KlokuurException.OutOfRange::class.java) { fine.evaluate(listOf(opened), Instant.MIN) }
        assertThrows(KlokuurException.OutOfRange::class.java) { fine.evaluate(listOf(opened.copy(at = Instant.MIN)), asked) }
        assertThrows(KlokuurException.InvalidValue::class.java) { fine.nextEvent(listOf(opened, opened.copy(at = asked.minusNanos(1))), asked) }
        val reply = SlaEvent(asked, SlaSignal.AgentReply(automatic = false))
        for (call in listOf<() -> Any>(
            { fine.evaluateMany(listOf(listOf(opened), listOf(reply)), asked) },
            { fine.nextEventMany(listOf(listOf(opened), listOf(reply)), asked) },
        )) assertEquals(true, assertThrows(KlokuurException.InvalidValue::class.java) { call() }.message?.startsWith("row 1: "))
        assertEquals(null, fine.evaluateMany(listOf(listOf(opened)), asked).single().single().why)
        assertEquals(
            fine.evaluate(listOf(opened), asked), fine.evaluateMany(listOf(listOf(opened)), asked, explained = true).single(),
        )
    }

    @Test
    fun `text with half of a character`() {
        val smile = "\ud83d\ude00"
        for (text in listOf("$smile \ud83d", "$smile \ud83d!", "$smile \ud83d\ud83d\ude00")) {
            val message = "text `\\ud83d` at index 3 is not valid: accepted is text of whole characters"
            refused(message) { Schedule(text, "Europe/Amsterdam") }
            refused(message) { CaseBook(rules).find(text, asked) }
            refused(message) { CaseBook(rules).applyAll(listOf(CaseEvent("K-1", asked, EventKind.OPENED, text = text))) }
        }
        assertEquals(0, CaseBook(rules).find(smile, asked).size)
    }
}
