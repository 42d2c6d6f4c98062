import Foundation

/// A `Date` is a Double of seconds, good to about 0.1 µs in our days: it crosses the boundary rounded to the microsecond.
func nanosOf(_ date: Date) -> Int64 {
    let micros = (date.timeIntervalSince1970 * 1_000_000).rounded()
    if micros.isNaN || micros <= -9.2e15 { return Int64.min }
    if micros >= 9.2e15 { return Int64.max }
    return Int64(micros) * 1_000
}

/// Whole seconds and the rest apart: as one Double the nanoseconds since 1970 would be rounded.
func dateOfNanos(_ nanos: Int64) -> Date {
    let (seconds, rest) = nanos.quotientAndRemainder(dividingBy: 1_000_000_000)
    return Date(timeIntervalSinceReferenceDate: Double(seconds - 978_307_200) + Double(rest) / 1e9)
}
