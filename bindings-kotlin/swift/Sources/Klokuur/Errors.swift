import Foundation

extension KlokuurError: LocalizedError {
    /// The stable, snake_case name of the kind of error, the same in every language.
    public var code: String {
        switch self {
        case .OutOfRange: "out_of_range"
        case .InvalidValue: "invalid_value"
        case .UnknownName: "unknown_name"
        case .ScheduleSyntax: "schedule_syntax"
        case .NeverOpen: "never_open"
        case .NoOpenTimeLeft: "no_open_time_left"
        case .LengthMismatch: "length_mismatch"
        case .ImpossibleTransition: "impossible_transition"
        case .InvalidDocument: "invalid_document"
        case .InvalidRulebook: "invalid_rulebook"
        }
    }

    /// What was wrong and what is accepted, the same text in every language.
    public var message: String {
        switch self {
        case .OutOfRange(let message), .InvalidValue(let message), .UnknownName(let message),
            .ScheduleSyntax(let message), .NeverOpen(let message), .NoOpenTimeLeft(let message),
            .LengthMismatch(let message), .ImpossibleTransition(let message), .InvalidDocument(let message),
            .InvalidRulebook(let message):
            message
        }
    }

    public var errorDescription: String? { message }
}
