package klokuur.vectors

import com.google.gson.JsonObject
import com.google.gson.JsonParser
import java.time.Instant
import klokuur.Amount
import klokuur.Applied
import klokuur.CaseBook
import klokuur.CaseEvent
import klokuur.CaseKind
import klokuur.CaseRow
import klokuur.DomainEvent
import klokuur.EventKind
import klokuur.Happening
import klokuur.KlokuurException
import klokuur.Language
import klokuur.Party
import klokuur.Refusal
import klokuur.ShippingMethod
import klokuur.code
import klokuur.evaluateCases
import klokuur.taken
import klokuur.zoneId

private inline fun <reified T : Enum<T>> JsonObject.named(key: String): T? =
    textOrNull(key)?.let { enumValueOf<T>(it.uppercase()) }

private fun JsonObject.instantOrNull(key: String): Instant? = textOrNull(key)?.let { instant(it).toInstant() }

private fun event(json: JsonObject) = CaseEvent(
    case = json.text("case"), at = json.at("at"), event = json.named<EventKind>("event")!!, id = json.textOrNull("id"),
    origin = json.named<Party>("origin"), kind = json.named<CaseKind>("kind"), order = json.textOrNull("order"),
    orderedAt = json.instantOrNull("ordered_at"), customer = json.textOrNull("customer"),
    subject = json.textOrNull("subject"), item = json.textOrNull("item"), defect = json.textOrNull("defect"),
    agent = json.textOrNull("agent"), priority = json.textOrNull("priority"), shippingMethod = json.named<ShippingMethod>("shipping_method"),
    text = json.textOrNull("text"), automatic = json["automatic"]?.asBoolean, until = json.instantOrNull("until"),
    by = json.named<Party>("by"), explanation = json.textOrNull("explanation"),
    result = json.textOrNull("result"),
    scores = json["scores"]?.asJsonObject?.entrySet()?.associate { it.key to it.value.asInt },
    corrects = json.textOrNull("corrects"), rightEvent = json.named<EventKind>("right_event"),
    rightAt = json.instantOrNull("right_at"),
)

internal val JsonObject.events get() = list("events").map { event(it.asJsonObject) }

/** The book under bol's rules after all events. */
private fun book(given: JsonObject) = CaseBook(rules("bol")).also { it.applyAll(given.events) }

internal fun answer(amount: Amount?) = when (amount) {
    null -> null
    is Amount.Business -> mapOf("basis" to "business", "nanoseconds" to amount.duration.toNanos())
    is Amount.Elapsed -> mapOf("basis" to "elapsed", "nanoseconds" to amount.duration.toNanos())
}

private fun answer(refused: List<Refusal>) = refused.map { mapOf("code" to it.code, "message" to it.message) }

private fun answer(event: DomainEvent) = mapOf(
    "case" to event.case, "at" to event.at, "retracted" to event.retracted,
    "what" to when (val what = event.what) {
        is Happening.Opened -> mapOf("kind" to "opened", "origin" to what.origin.name.lowercase())
        is Happening.Forwarded -> mapOf("kind" to "forwarded")
        is Happening.Warned -> mapOf("kind" to "warned", "clock" to what.clock.name.lowercase(), "due" to what.due)
        is Happening.Breached -> mapOf("kind" to "breached", "clock" to what.clock.name.lowercase())
        is Happening.Answered ->
            mapOf("kind" to "answered", "clock" to what.clock.name.lowercase(), "in_time" to what.inTime)
        is Happening.FollowUpDue -> mapOf("kind" to "follow_up_due")
        is Happening.ReturnedToMarketplace -> mapOf("kind" to "returned_to_marketplace")
        is Happening.Lapsed -> mapOf("kind" to "lapsed")
        is Happening.Closed -> mapOf("kind" to "closed", "by" to what.by.name.lowercase())
        is Happening.Reopened -> mapOf("kind" to "reopened")
        is Happening.SurveyDue -> mapOf("kind" to "survey_due")
    },
)

private fun became(outcome: String, told: List<DomainEvent> = emptyList(), error: Refusal? = null) =
    mapOf("outcome" to outcome, "told" to told.map(::answer), "error" to error?.let { answer(listOf(it)) })

private fun CaseBook.said(told: List<DomainEvent>) = mapOf(
    "english" to told.map { sentence(it, Language.ENGLISH) }, "dutch" to told.map { sentence(it, Language.DUTCH) },
)

private fun CaseBook.answer(row: CaseRow): Map<String, Any?> {
    val zone = schedule().zoneId
    return mapOf(
        "number" to row.number, "order" to row.order, "customer" to row.customer, "subject" to row.subject,
        "item" to row.item, "defect" to row.defect, "agent" to row.agent, "priority" to row.priority,
        "shipping_method" to row.shippingMethod?.name?.lowercase(), "kind" to row.kind.name.lowercase(),
        "origin" to row.origin.name.lowercase(), "status" to row.status.name.lowercase(),
        "opened_at" to row.openedAt.atZone(zone), "closed_at" to row.closedAt?.atZone(zone),
        "clock" to row.clock?.name?.lowercase(), "state" to row.state.name.lowercase(), "due" to row.due?.atZone(zone),
        "elapsed" to answer(row.elapsed), "remaining" to answer(row.remaining), "late" to answer(row.late),
        "is_open_long" to row.isOpenLong, "goes_back_at" to row.goesBackAt?.atZone(zone),
        "follow_up_at" to row.followUpAt?.atZone(zone), "customer_messages" to row.customerMessages,
        "seller_messages" to row.sellerMessages, "why" to row.why?.english,
    )
}

internal val caseOperations: Map<String, Operation> = mapOf(
    "case_apply" to { given ->
        val book = CaseBook(rules("bol"))
        given.events.forEach { book.apply(it).taken() }
        mapOf("cases" to book.size())
    },
    "case_applied" to { given ->
        val book = CaseBook(rules("bol"))
        val applied = given.events.map { event ->
            try {
                when (val applied = book.apply(event, given.at("now"))) {
                    is Applied.Taken -> became("taken", applied.happened)
                    is Applied.KnownAlready -> became("known_already")
                    is Applied.KeptAside -> became("kept_aside", error = applied.refusal)
                }
            } catch (notKept: KlokuurException) {
                became("not_kept", error = Refusal(notKept.code, notKept.message.orEmpty()))
            }
        }
        mapOf("applied" to applied, "kept" to book.events().size)
    },
    "case_told" to { given ->
        val book = CaseBook(rules("bol"))
        val applied = book.applyAll(given.events)
        val told = applied.happened + book.advance(given.at("now"))
        mapOf("told" to told.map(::answer), "refused" to answer(applied.keptAside + applied.notKept))
    },
    "case_coming" to { given ->
        book(given).run {
            advance(given.at("now"))
            val coming = coming(given.at("until"))
            mapOf("coming" to coming.map(::answer)) + said(coming)
        }
    },
    "case_sentences" to { given ->
        val book = CaseBook(rules("bol"))
        book.said(book.applyAll(given.events).happened + book.advance(given.at("now")))
    },
    "case_overview" to { given ->
        val now = given.at("now")
        book(given).run {
            mapOf(
                "open" to overview(now, explained = true).map { answer(it) },
                "with_marketplace" to withMarketplace(now, explained = true).map { answer(it) },
                "completed" to completed(now, explained = true).map { answer(it) },
            )
        }
    },
    "case_find" to { given ->
        mapOf("numbers" to book(given).find(given.text("text"), given.at("now")).map { it.number })
    },
    "case_next_wake_up" to { mapOf("at" to book(it).nextWakeUp(it.at("now"))) },
    "case_outcomes" to { given ->
        val found = evaluateCases(given.events, rules("bol"), given.at("now"))
        mapOf(
            "refused" to answer(found.refused),
            "outcomes" to found.outcomes.map {
                mapOf(
                    "case" to it.case, "kind" to it.kind.name.lowercase(), "origin" to it.origin.name.lowercase(),
                    "status" to it.status.name.lowercase(), "opened" to it.opened, "is_measured" to it.isMeasured,
                    "due" to it.due, "answered" to it.answered, "verdict" to it.verdict.name.lowercase(),
                    "elapsed" to answer(it.elapsed), "closed" to it.closed, "closed_by" to it.closedBy?.name?.lowercase(),
                    "handling" to answer(it.handling), "follow_ups" to it.followUps, "follow_ups_late" to it.followUpsLate,
                    "was_forwarded" to it.wasForwarded, "was_returned" to it.wasReturned, "order" to it.order,
                    "customer" to it.customer, "subject" to it.subject, "item" to it.item, "defect" to it.defect,
                    "agent" to it.agent, "priority" to it.priority, "shipping_method" to it.shippingMethod?.name?.lowercase(),
                    "handled" to it.handled, "result" to it.result, "phone_contacts" to it.phoneContacts,
                    "scores" to it.scores,
                    "surveys" to it.surveys.map { answer -> mapOf("at" to answer.at, "scores" to answer.scores) },
                )
            },
        )
    },
    "case_erased" to { given ->
        val now = given.at("now")
        book(given).run {
            advance(now)
            val erased: Any = given.textOrNull("customer")?.let(::eraseCustomer) ?: eraseCase(given.text("number"))
            mapOf(
                "erased" to erased, "events" to JsonParser.parseString(saved()).asJsonObject["events"],
                "open" to overview(now, explained = true).map { answer(it) },
                "completed" to completed(now, explained = true).map { answer(it) },
                "refused" to answer(refused()), "told_again" to advance(now).map(::answer),
            )
        }
    },
    "case_journal" to { given ->
        val (book, written) = CaseBook(rules("bol")) to mutableListOf<String>()
        val savedAfter = given.list("saved_after").map { it.asInt }
        var position = 0L
        given.events.forEachIndexed { place, event ->
            book.apply(event)
            given.textOrNull("customer")?.takeIf { place + 1 == given.events.size }?.let(book::eraseCustomer)
            if (place + 1 in savedAfter) {
                val part = book.savedSince(position)
                position = part.position
                written += part.text
            }
        }
        val lines = given["lines"]?.asJsonArray?.map { written[it.asInt] } ?: written
        // Through its bytes too: a snapshot of what was restored is the same book.
        val again = CaseBook.ofSnapshot(rules("bol"), CaseBook.restored(rules("bol"), lines.joinToString("\n")).snapshot())
        mapOf(
            "lines" to written.map { JsonParser.parseString(it).asJsonObject }.map {
                mapOf("since" to it["since"], "position" to it["position"], "events" to it["events"].asJsonArray.size())
            },
            "position" to again.position(),
            "open" to again.overview(given.at("now"), explained = true).map { row -> again.answer(row) },
        )
    },
    "case_archive" to { given ->
        val now = given.at("now")
        val book = book(given).also { it.advance(now) }
        val archive = book.archive(given.at("closed_before"))
        val tried = given["recall"]?.asJsonArray?.toList().orEmpty().map { { book.recall(it.asString, archive) } } +
            listOfNotNull(given.textOrNull("journal")).map { { book.catchUp(it) } }
        val refused = tried.mapNotNull { runCatching(it).exceptionOrNull() as KlokuurException? }
        mapOf(
            "archived" to given.events.map { it.case }.distinct().filter(book::isArchived), "archived_len" to book.archivedSize(),
            "archive" to archive.completed(now, explained = true).map { row -> archive.answer(row) },
            "refused" to refused.map { mapOf("code" to it.code, "message" to it.message) },
            "events" to book.events().size, "position" to book.position(),
            "open" to book.overview(now, explained = true).map { row -> book.answer(row) },
            "completed" to book.completed(now, explained = true).map { row -> book.answer(row) },
            "weeks" to book.responseWeeks(now).map(::answer),
        )
    },
    "case_response_weeks" to { given ->
        mapOf("weeks" to book(given).responseWeeks(given.at("now")).map(::answer))
    },
)
