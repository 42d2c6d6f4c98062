import Foundation

@testable import Klokuur

/// A JSON value, and in answers an instant in a zone.
enum Json: Decodable {
    case null, bool(Bool), int(Int64), double(Double), string(String), array([Json]), object([String: Json])
    case instant(Instant, TimeZone?)

    init(from decoder: Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let int = try? value.decode(Int64.self) {
            self = .int(int)
        } else if let double = try? value.decode(Double.self) {
            self = .double(double)
        } else if let string = try? value.decode(String.self) {
            self = .string(string)
        } else if let array = try? value.decode([Json].self) {
            self = .array(array)
        } else {
            self = .object(try value.decode([String: Json].self))
        }
    }

    init(text: String) throws {
        self = try JSONDecoder().decode(Json.self, from: Data(text.utf8))
    }

    /// As text, for documents that the library reads.
    var text: String {
        switch self {
        case .null, .instant: "null"
        case .bool(let bool): String(bool)
        case .int(let int): String(int)
        case .double(let double): String(double)
        case .string(let string): String(decoding: try! JSONEncoder().encode(string), as: UTF8.self)
        case .array(let items): "[" + items.map(\.text).joined(separator: ",") + "]"
        case .object(let keys):
            "{" + keys.map { Json.string($0.key).text + ":" + $0.value.text }.joined(separator: ",") + "}"
        }
    }

    subscript(key: String) -> Json {
        if case .object(let keys) = self { return keys[key] ?? .null }
        return .null
    }

    func has(_ key: String) -> Bool { !self[key].isNull }
    var isNull: Bool { if case .null = self { true } else { false } }
    var items: [Json] { if case .array(let items) = self { items } else { [] } }
    var keys: [String: Json] { if case .object(let keys) = self { keys } else { [:] } }
    var stringOrNil: String? { if case .string(let string) = self { string } else { nil } }
    var intOrNil: Int64? { if case .int(let int) = self { int } else { nil } }
    var boolOrNil: Bool? { if case .bool(let bool) = self { bool } else { nil } }
    var string: String { get throws { try stringOrNil ?? unreadable("a text") } }
    var int: Int64 { get throws { try intOrNil ?? unreadable("a whole number") } }
    var bool: Bool { get throws { try boolOrNil ?? unreadable("true or false") } }
    var double: Double {
        get throws {
            switch self {
            case .int(let int): Double(int)
            case .double(let double): double
            default: try unreadable("a number")
            }
        }
    }
    var date: LocalDate { get throws { try LocalDate(try string) ?? unreadable("a date") } }
    var at: Instant { get throws { try Instant(try string) ?? unreadable("an instant") } }

    private func unreadable<T>(_ wanted: String) throws -> T {
        throw Unreadable(what: "\(self) is not \(wanted)")
    }

    /// The case of an enum that has this name, as `first_reply`.
    func named<T: CaseIterable>() throws -> T {
        let name = try string
        return try T.allCases.first { Json.name($0) == name } ?? unreadable("a name of \(T.self)")
    }
    func namedOrNil<T: CaseIterable>() throws -> T? { isNull ? nil : try named() }

    private static func name<T>(_ value: T) -> String {
        "\(value)".reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
    }

    static func named<T: CaseIterable>(_ value: T?) -> Json { .of(value.map(name)) }
    static func of(_ value: Int64?) -> Json { value.map(Json.int) ?? .null }
    static func of(_ value: Int32) -> Json { .int(Int64(value)) }
    static func of(_ value: Double?) -> Json { value.map(Json.double) ?? .null }
    static func of(_ value: String?) -> Json { value.map(Json.string) ?? .null }
    static func of(_ value: Bool?) -> Json { value.map(Json.bool) ?? .null }
    static func of(_ value: LocalDate?) -> Json { value.map { .string($0.description) } ?? .null }
}

struct Unreadable: Error {
    let what: String
}

/// The difference between what a case expects and what was found, or nil: the keys that `expected` has count.
func difference(_ expected: Json, _ found: Json, _ path: String = "expect") -> String? {
    let differs = "\(path): expected \(expected), found \(found)"
    switch (expected, found) {
    case (.object(let wanted), .object(let got)):
        let (wanted, got) = (inNanoseconds(wanted), inNanoseconds(got))
        return wanted.lazy.compactMap { difference($0.value, got[$0.key] ?? .null, "\(path).\($0.key)") }.first
    case (.array(let wanted), .array(let got)):
        guard wanted.count == got.count else { return differs }
        return zip(wanted, got).enumerated().lazy.compactMap { difference($1.0, $1.1, "\(path)[\($0)]") }.first
    case (.null, .null): return nil
    case (.bool(let a), .bool(let b)): return a == b ? nil : differs
    case (.int(let a), .int(let b)): return a == b ? nil : differs
    case (.string(let a), .string(let b)): return a == b ? nil : differs
    case (.string(let text), .instant(let at, let zone)):
        guard let wanted = Instant.parsed(text) else { return differs }
        // Foundation knows offsets of whole minutes at least since 1940, and no rules after 2037 on some systems.
        let offset = text.hasSuffix("Z") || zone == nil || Int64(zone!.secondsFromGMT(for: at.date)) == wanted.offset
        return at == wanted.instant && offset ? nil : differs
    case (.int, .double), (.double, .int), (.double, .double):
        guard let a = try? expected.double, let b = try? found.double else { return differs }
        return abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1) ? nil : differs
    default: return differs
    }
}

private let units: [String: Int64] = [
    "hours": 3_600_000_000_000, "minutes": 60_000_000_000, "seconds": 1_000_000_000, "microseconds": 1_000,
    "nanoseconds": 1,
]

/// The one duration of an object, whatever its unit, in nanoseconds.
private func inNanoseconds(_ object: [String: Json]) -> [String: Json] {
    let durations = object.filter { units[$0.key] != nil && $0.value.intOrNil != nil }
    guard durations.count == 1, let (key, value) = durations.first, let count = value.intOrNil, let unit = units[key]
    else { return object }
    let (nanoseconds, overflow) = count.multipliedReportingOverflow(by: unit)
    if overflow { return object }
    var out = object
    out[key] = nil
    out["nanoseconds"] = .int(nanoseconds)
    return out
}

/// The duration under the name of its unit, in nanoseconds.
func nanoseconds(_ given: Json) throws -> Int64 {
    for (key, unit) in units {
        if let count = given[key].intOrNil { return count * unit }
    }
    throw Unreadable(what: "no duration in \(given)")
}

/// A duration as an answer.
func nanoseconds(_ duration: Duration) -> Int64 {
    let (seconds, attoseconds) = duration.components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
}
