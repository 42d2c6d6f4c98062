// What a list shows has an identity that stays: `ForEach(rows)` and `List(rows)` take it as it is.

extension CaseRow: Identifiable {
    /// The case number.
    public var id: String { number }
}

extension Case: Identifiable {
    /// The case number.
    public var id: String { row.number }
}

extension CaseOutcome: Identifiable {
    /// The case number.
    public var id: String { self.case }
}

extension DomainEvent: Identifiable {
    /// Case, time and what became so: two events of one case never agree in all of them.
    public var id: Self { self }
}

extension WeekNumbers: Identifiable {
    /// Norm and week.
    public var id: String { "\(norm) \(week)" }
}

extension WeekResult: Identifiable {
    /// Norm and week.
    public var id: String { "\(norm) \(week)" }
}
