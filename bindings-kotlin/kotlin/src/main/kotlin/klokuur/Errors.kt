package klokuur

/** The stable, snake_case name of the kind of error, the same in every language. */
val KlokuurException.code: String
    get() = when (this) {
        is KlokuurException.OutOfRange -> "out_of_range"
        is KlokuurException.InvalidValue -> "invalid_value"
        is KlokuurException.UnknownName -> "unknown_name"
        is KlokuurException.ScheduleSyntax -> "schedule_syntax"
        is KlokuurException.NeverOpen -> "never_open"
        is KlokuurException.NoOpenTimeLeft -> "no_open_time_left"
        is KlokuurException.LengthMismatch -> "length_mismatch"
        is KlokuurException.ImpossibleTransition -> "impossible_transition"
        is KlokuurException.InvalidDocument -> "invalid_document"
        is KlokuurException.InvalidRulebook -> "invalid_rulebook"
    }

/** What an app tells its user of this error; the message is for whoever made the call. */
fun KlokuurException.sentence(language: Language): String = errorSentence(code, language) ?: message.orEmpty()

/** What the event made of its case, nothing if it was known already. Throws for an event that was kept aside. */
fun Applied.taken(): List<DomainEvent> = when (this) {
    is Applied.Taken -> happened
    is Applied.KnownAlready -> emptyList()
    is Applied.KeptAside -> throw KlokuurException.ImpossibleTransition(refusal.message)
}
