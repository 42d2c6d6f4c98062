package klokuur

import com.google.gson.FieldNamingPolicy
import com.google.gson.GsonBuilder
import com.google.gson.JsonNull
import com.google.gson.JsonParser
import com.google.gson.JsonPrimitive
import com.google.gson.JsonSerializer
import klokuur.vectors.difference
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** The sections of a rulebook as values hold all that its document holds. */
class RuleSectionsTest {
    private val gson = GsonBuilder()
        .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
        .registerTypeAdapter(Ratio::class.java, JsonSerializer<Ratio> { it, _, _ -> JsonPrimitive(it.text) })
        .registerTypeHierarchyAdapter(
            Enum::class.java, JsonSerializer<Enum<*>> { it, _, _ -> JsonPrimitive(it.name.lowercase()) },
        )
        .registerTypeHierarchyAdapter(StrikeTrigger::class.java, JsonSerializer<StrikeTrigger> { it, _, json ->
            json.serialize(
                when (it) {
                    is StrikeTrigger.AnyNorm -> mapOf("kind" to "any_norm")
                    is StrikeTrigger.SeveralNorms -> mapOf("kind" to "several_norms", "norms" to it.norms)
                },
            )
        })
        .registerTypeHierarchyAdapter(StrikeWindow::class.java, JsonSerializer<StrikeWindow> { it, _, json ->
            json.serialize(
                when (it) {
                    is StrikeWindow.Rolling -> mapOf("kind" to "rolling", "weeks" to it.weeks)
                    is StrikeWindow.FromFirstBadWeek ->
                        mapOf("kind" to "from_first_bad_week", "weeks" to it.weeks, "ends_at" to it.endsAt)
                },
            )
        })
        .registerTypeHierarchyAdapter(StandardPeriod::class.java, JsonSerializer<StandardPeriod> { it, _, json ->
            json.serialize(
                when (it) {
                    is StandardPeriod.Days -> mapOf("kind" to "days", "days" to it.days)
                    is StandardPeriod.RollingMonths -> mapOf("kind" to "rolling_months", "months" to it.months)
                    is StandardPeriod.Month -> mapOf("kind" to "month")
                    is StandardPeriod.IsoWeek -> mapOf("kind" to "iso_week")
                    is StandardPeriod.MeanOfWeeks -> mapOf("kind" to "mean_of_weeks", "weeks" to it.weeks)
                    is StandardPeriod.Evaluation -> mapOf(
                        "kind" to "evaluation", "day_of_month" to it.dayOfMonth, "months" to it.months,
                        "at_least" to it.atLeast, "else_months" to it.elseMonths,
                    )
                },
            )
        })
        .registerTypeAdapter(StandardLimit::class.java, JsonSerializer<StandardLimit> { it, _, json ->
            json.serialize(
                mapOf(
                    "name" to it.name, "threshold" to (it.threshold?.text ?: "not known"), "count" to it.count,
                    "counted" to it.counted, "combine" to it.combine, "consequence" to it.consequence, "fee" to it.fee,
                ).filterValues { value -> value != null },
            )
        })
        .registerTypeHierarchyAdapter(StepAfter::class.java, JsonSerializer<StepAfter> { it, _, _ ->
            when (it) {
                is StepAfter.Days -> JsonPrimitive(it.days)
                is StepAfter.NotKnown -> JsonPrimitive("not known")
            }
        })
        .registerTypeHierarchyAdapter(
            java.time.LocalDate::class.java, JsonSerializer<java.time.LocalDate> { it, _, _ -> JsonPrimitive(it.toString()) },
        )
        .registerTypeAdapter(CountryCalendar::class.java, JsonSerializer<CountryCalendar> { it, _, json ->
            it.netherlands?.let { switches -> json.serialize(mapOf("netherlands" to switches)) } ?: JsonPrimitive(it.country)
        })
        .create()

    @Test
    fun everyValueOfEveryShippedRulebook() {
        for (name in rulebookNames()) {
            val rules = Rulebook.shipped(name)
            val sections = mapOf(
                "marketplace" to rules.marketplace(), "about" to rules.about(), "confidence" to rules.confidence(),
                "valid_from" to rules.validFrom().toString(), "valid_until" to rules.validUntil()?.toString(),
                "clock" to rules.clockRules(), "case" to rules.caseRules(), "week" to rules.weekRules(),
                "norms" to rules.norms(), "strikes" to rules.strikeRules(), "policy_points" to rules.policyPointsRules(),
                "standards" to rules.standards().ifEmpty { null }, "ladders" to rules.ladders().ifEmpty { null },
                "score" to rules.scoreRules(), "survey" to rules.surveyRules(), "phone" to rules.phoneRules(),
                "insight" to rules.insightRules(), "message" to rules.messageRules(),
            )
            val document = JsonParser.parseString(rules.toJson()).asJsonObject
            assertEquals(setOf("format", "name"), document.keySet() - sections.keys, name)
            for ((key, value) in sections) {
                val expected = document[key] ?: JsonNull.INSTANCE
                val found = if (value == null) null else gson.toJsonTree(value)
                assertNull(difference(expected, found, "$name.$key"))
            }
            assertTrue(rules.isInForce(rules.validFrom()))
        }
    }

    @Test
    fun faultsComeWithTheirPaths() {
        val document = JsonParser.parseString(Rulebook.bol().toJson()).asJsonObject
        assertEquals(emptyList<Fault>(), rulebookFaults(document.toString()))
        document["case"].asJsonObject.addProperty("first_response_hours", -1)
        document["week"].asJsonObject.addProperty("final_on", "someday")
        assertEquals(
            listOf("case.first_response_hours", "week.final_on"), rulebookFaults(document.toString()).map { it.path }.sorted(),
        )
    }
}
