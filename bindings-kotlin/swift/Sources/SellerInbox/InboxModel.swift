import Foundation
import Klokuur
import Observation

/// The model of an inbox: SwiftUI observes it, and one timer serves the whole book. `run` belongs to the screen, as
/// `.task { try? await model.run() }`; rows are `Identifiable`.
@MainActor
@Observable
final class InboxModel {
    private(set) var rows: [CaseRow] = []
    private(set) var notices: [String] = []
    private(set) var problem: String?

    private let book: CaseBook
    private let language: Language
    private let now: @MainActor () -> Date
    private let sleep: @MainActor (TimeInterval) async throws -> Void
    @ObservationIgnored private var sleeping: Task<Void, any Error>?

    init(
        book: CaseBook, language: Language = .english, now: @escaping @MainActor () -> Date = { Date() },
        sleep: @escaping @MainActor (TimeInterval) async throws -> Void = { try await Task.sleep(for: .seconds($0)) }
    ) {
        (self.book, self.language, self.now, self.sleep) = (book, language, now, sleep)
    }

    /// Shows what is, sleeps until time has something to tell or an event comes, and so on until it is cancelled.
    func run() async throws {
        while !Task.isCancelled {
            let now = now()
            try tell(book.advance(now: now))
            let seconds = try book.nextWakeUp(now: now).map { max($0.timeIntervalSince(now), 0) } ?? .greatestFiniteMagnitude
            let sleeping = Task { try await sleep(min(seconds, 86_400)) }
            self.sleeping = sleeping
            try? await withTaskCancellationHandler {
                try await sleeping.value
            } onCancel: {
                sleeping.cancel()
            }
        }
    }

    /// One event, as the marketplace tells it; what the case cannot take is shown as a problem.
    func take(_ event: CaseEvent) throws {
        do {
            try tell(book.apply(event: event).taken())
        } catch let refused as KlokuurError {
            problem = refused.sentence(language)
        }
        sleeping?.cancel()
    }

    private func tell(_ told: [DomainEvent]) throws {
        rows = try book.overview(now: now())
        notices += try told.map { try book.sentence(event: $0, language: language) }
        problem = nil
    }
}
