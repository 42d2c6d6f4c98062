import Foundation

extension KlokuurError: LocalizedError {
    /// The stable, snake_case name of the kind of error, the same in every language.
    public var code: String {
        switch self {
        case .outOfRange: "out_of_range"
        case .invalidValue: "invalid_value"
        case .unknownName: "unknown_name"
        case .scheduleSyntax: "schedule_syntax"
        case .neverOpen: "never_open"
        case .noOpenTimeLeft: "no_open_time_left"
        case .lengthMismatch: "length_mismatch"
        case .impossibleTransition: "impossible_transition"
        case .invalidDocument: "invalid_document"
        case .invalidRulebook: "invalid_rulebook"
        }
    }

    /// What was wrong and what is accepted, the same text in every language.
    public var message: String {
        switch self {
        case .outOfRange(let message), .invalidValue(let message), .unknownName(let message),
            .scheduleSyntax(let message), .neverOpen(let message), .noOpenTimeLeft(let message),
            .lengthMismatch(let message), .impossibleTransition(let message), .invalidDocument(let message),
            .invalidRulebook(let message):
            message
        }
    }

    public var errorDescription: String? { message }

    /// What an app tells its user of this error; the message is for whoever made the call.
    public func sentence(_ language: Language) -> String { errorSentence(code: code, language: language) ?? message }
}

extension Applied {
    /// What the event made of its case, nothing if it was known already. Throws for an event that was kept aside.
    public func taken() throws -> [DomainEvent] {
        switch self {
        case .taken(let happened): return happened
        case .knownAlready: return []
        case .keptAside(let refusal): throw KlokuurError.impossibleTransition(message: refusal.message)
        }
    }
}
