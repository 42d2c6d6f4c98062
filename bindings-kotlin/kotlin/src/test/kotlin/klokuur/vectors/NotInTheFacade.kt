package klokuur.vectors

/** The ops of the vectors that the facade does not have, each with the reason. */
val NOT_IN_THE_FACADE: Map<String, String> = listOf(
    "the analysis of a quarter runs where the data is, not in an app" to
        listOf("wilson", "handling_times", "signals", "subject_overview", "satisfaction", "overview"),
    "calls are counted from the telephone system's log, not in an app" to listOf("phone_weeks", "phone_hours"),
    "the Retailer API's documents are read on a server, which has its credentials" to
        listOf("indicators_read", "returns_read", "cancellations_read"),
    "mails are cleaned where they are sent" to listOf("clean_html", "may_mail", "is_reply_address"),
    "a help desk's own policies run there; the case book has the marketplace's clocks" to
        listOf("sla_evaluate", "sla_next_event"),
).flatMap { (reason, ops) -> ops.map { it to reason } }.toMap()
