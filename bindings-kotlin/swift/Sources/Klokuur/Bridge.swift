import Foundation

// How time crosses the boundary; src/time.rs is the other side. Up to `exact` nanoseconds (221 years) a count is exact,
// which holds all supported instants; beyond it cross `exact` and the whole seconds, so that the refusal can name them.
private let exact: Int64 = 7_000_000_000_000_000_000
private let nanos: Int64 = 1_000_000_000
private let farthest = Int64.max - exact

/// Seconds and nanoseconds of the same sign.
private func bridge(_ seconds: Int64, _ rest: Int64) -> Int64 {
    if seconds.magnitude < (exact / nanos).magnitude { return seconds * nanos + rest }
    return seconds < 0 ? -exact + max(seconds, -farthest) : exact + min(seconds, farthest)
}

private func unbridge(_ coded: Int64) -> (seconds: Int64, rest: Int64) {
    if coded > exact { return (coded - exact, 0) }
    if coded < -exact { return (coded + exact, 0) }
    let parts = coded.quotientAndRemainder(dividingBy: nanos)
    return (parts.quotient, parts.remainder)
}

/// Seconds between 1970 and 2001, from which a `Date` counts.
private let reference: Int64 = 978_307_200

/// A `Date` is a Double of seconds since 2001, good to half a microsecond from 1900 to 2100: it crosses rounded to the
/// microsecond, so that a `Date` of whole microseconds comes back the same.
func bridgeOf(_ date: Date) -> Int64 {
    let since = date.timeIntervalSinceReferenceDate
    guard since.isFinite, abs(since) < 9e18 else { return since > 0 ? Int64.max : -Int64.max }
    let whole = since.rounded(.down)
    let micros = Int64(((since - whole) * 1_000_000).rounded())
    let (seconds, overflow) = Int64(whole).addingReportingOverflow(reference)
    if overflow { return Int64.max }
    // one sign for both parts
    return seconds < 0 && micros > 0 ? bridge(seconds + 1, micros * 1_000 - nanos) : bridge(seconds, micros * 1_000)
}

func instantOfBridge(_ coded: Int64) -> Date {
    let (seconds, rest) = unbridge(coded)
    return Date(timeIntervalSinceReferenceDate: Double(seconds - reference) + Double(rest) / 1e9)
}

func bridgeOf(_ duration: Duration) -> Int64 {
    let (seconds, attoseconds) = duration.components
    return bridge(seconds, attoseconds / 1_000_000_000)
}

func durationOfBridge(_ coded: Int64) -> Duration {
    let (seconds, rest) = unbridge(coded)
    return .seconds(seconds) + .nanoseconds(rest)
}
