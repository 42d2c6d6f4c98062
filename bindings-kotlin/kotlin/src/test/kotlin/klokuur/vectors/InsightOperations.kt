package klokuur.vectors

import com.google.gson.JsonObject
import java.time.Duration
import java.time.LocalDate
import java.time.YearMonth
import klokuur.CaseKind
import klokuur.CaseRecord
import klokuur.CountedBy
import klokuur.DatedScore
import klokuur.Handling
import klokuur.HandlingTimes
import klokuur.ItemCases
import klokuur.ItemOrders
import klokuur.NpsSummary
import klokuur.OverviewDimension
import klokuur.OverviewGroup
import klokuur.Party
import klokuur.Period
import klokuur.Review
import klokuur.Rulebook
import klokuur.ShareInterval
import klokuur.ShippingMethod
import klokuur.SubjectCases
import klokuur.handlingTimes
import klokuur.month
import klokuur.overview
import klokuur.satisfaction
import klokuur.shareInterval
import klokuur.signals
import klokuur.subjectOverview

private fun JsonObject.hoursOrNull(key: String): Duration? = this[key]?.asLong?.let(Duration::ofHours)

private inline fun <reified T : Enum<T>> JsonObject.named(key: String): T? =
    textOrNull(key)?.let { enumValueOf<T>(it.uppercase()) }

private val JsonObject.cases: List<CaseRecord>
    get() = list("cases").map { it.asJsonObject }.flatMap { row ->
        val handling = row.hoursOrNull("handling_hours")?.let(Handling::Done)
            ?: row.hoursOrNull("running_hours")?.let(Handling::Running)
        val record = CaseRecord(
            row.date("opened"), subject = row.textOrNull("subject"), item = row.textOrNull("item"),
            defect = row.textOrNull("defect"), handling = handling, onTime = row["on_time"]?.asBoolean,
            closed = row.textOrNull("closed")?.let(LocalDate::parse), kind = row.named<CaseKind>("kind"),
            origin = row.named<Party>("origin"), agent = row.textOrNull("agent"),
            shippingMethod = row.named<ShippingMethod>("shipping_method"),
        )
        List(row["count"].asInt) { record }
    }

private val JsonObject.orders: List<ItemOrders>
    get() = list("orders").map { it.asJsonObject }.map { ItemOrders(it.date("date"), it.text("item"), it["orders"].asLong) }

private fun answer(share: ShareInterval?) = share?.let {
    mapOf(
        "count" to it.count, "of" to it.of, "share" to it.share, "low" to it.low, "high" to it.high,
        "confidence" to it.confidence,
    )
}

private fun answer(times: HandlingTimes): Map<String, Any?> {
    fun time(of: Duration?) = of?.let { mapOf("nanoseconds" to it.toNanos()) }
    return mapOf(
        "handled" to times.handled, "running" to times.running, "median" to time(times.median), "p75" to time(times.p75),
        "p90" to time(times.p90), "p95" to time(times.p95),
    )
}

private fun answer(period: Period) = mapOf("first" to period.first, "last" to period.last)

private fun answer(group: OverviewGroup) = mapOf(
    "item" to group.item, "subject" to group.subject, "defect" to group.defect, "kind" to group.kind?.name?.lowercase(),
    "origin" to group.origin?.name?.lowercase(), "agent" to group.agent,
    "shipping_method" to group.shippingMethod?.name?.lowercase(), "week" to group.week?.toString(),
    "cases" to group.cases, "questions" to group.questions, "returns" to group.returns,
    "cancellations" to group.cancellations,
    "handling" to answer(group.handling), "on_time" to answer(group.onTime), "orders" to group.orders, "rate" to group.rate,
)

private fun answer(subjects: List<SubjectCases>) =
    subjects.map { mapOf("subject" to it.subject, "cases" to it.cases, "share" to it.share) }

private fun answer(item: ItemCases) = mapOf(
    "item" to item.item, "cases" to item.cases, "orders" to item.orders, "rate" to item.rate,
    "subjects" to answer(item.subjects),
)

private fun answer(summary: NpsSummary) = mapOf(
    "promoters" to summary.nps.promoters, "passives" to summary.nps.passives, "detractors" to summary.nps.detractors,
    "answers" to summary.answers, "score" to summary.score?.points, "standard_error" to summary.standardError,
    "interval" to summary.interval?.let { mapOf("low" to it.low, "high" to it.high) },
    "below_guideline" to summary.belowGuideline,
)

internal val insightOperations: Map<String, Operation> = mapOf(
    "wilson" to { given ->
        answer(shareInterval(given["count"].asLong, given["of"].asLong, given["confidence"].asDouble)) ?: emptyMap<String, Any>()
    },
    "handling_times" to { given ->
        fun hours(key: String) = given.list(key).map { Duration.ofHours(it.asLong) }
        answer(handlingTimes(hours("running_hours").map(Handling::Running) + hours("done_hours").map(Handling::Done)))
    },
    "subject_overview" to { given ->
        subjectOverview(Rulebook.bol(), given.cases, Period(given.date("first"), given.date("last")), given.orders).let {
            mapOf(
                "period" to answer(it.period), "cases" to it.cases, "subjects" to answer(it.subjects),
                "weeks" to it.weeks.map { week ->
                    mapOf("week" to week.week.toString(), "cases" to week.cases, "subjects" to answer(week.subjects))
                },
                "items" to it.items.map(::answer), "relatively_many" to it.relativelyMany.map(::answer),
            )
        }
    },
    "satisfaction" to { given ->
        fun <T> rows(key: String, of: (JsonObject) -> T) = given.list(key).map { of(it.asJsonObject) }
        val answers = rows("nps") { DatedScore(it.date("date"), it["score"].asInt) }
        val reviews = rows("reviews") { Review(it.date("date"), it["score"].asInt) }
        satisfaction(Rulebook.bol(), answers, reviews, given.date("last")).let {
            mapOf(
                "period" to answer(it.period), "nps" to answer(it.nps), "reviews" to it.reviews,
                "review_sum" to it.reviewSum, "review_mean" to it.reviewMean,
            )
        }
    },
    "overview" to { given ->
        val month = YearMonth.parse(given.text("month"))
        val by = given.list("by").map { OverviewDimension.valueOf(it.asString.uppercase()) }
        overview(
            given.cases, Period.month(month.year, month.monthValue), given.orders, by, item = given.textOrNull("item"),
            defect = given.textOrNull("defect"), countedBy = given.named<CountedBy>("counted_by"),
            kind = given.named<CaseKind>("kind"), origin = given.named<Party>("origin"), agent = given.textOrNull("agent"),
            shippingMethod = given.named<ShippingMethod>("shipping_method"),
        ).let {
            mapOf(
                "counted_by" to it.countedBy.name.lowercase(), "total" to answer(it.total), "groups" to it.groups.map(::answer),
            )
        }
    },
    "signals" to { given ->
        signals(Rulebook.bol(), given.cases, given.date("last"), given.orders).let {
            mapOf(
                "recent" to answer(it.recent), "baseline" to answer(it.baseline), "false_alarm_rate" to it.falseAlarmRate,
                "tested" to it.tested, "multiplier" to it.multiplier, "not_comparable" to it.notComparable,
                "signals" to it.signals.map { signal ->
                    mapOf(
                        "level" to signal.level.name.lowercase(), "place" to signal.place, "english" to signal.english,
                        "item" to signal.item, "kind" to signal.kind.name.lowercase(), "name" to signal.name,
                        "recent" to signal.recent, "baseline" to signal.baseline,
                        "exposure" to signal.exposure.name.lowercase(), "recent_exposure" to signal.recentExposure,
                        "baseline_exposure" to signal.baselineExposure, "expected" to signal.expected,
                        "ratio" to signal.ratio, "ratio_low" to signal.ratioLow, "ratio_high" to signal.ratioHigh,
                        "p" to signal.p, "p_adjusted" to signal.pAdjusted,
                    )
                },
            )
        }
    },
)
