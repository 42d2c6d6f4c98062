import Foundation

/// A `Date` is a Double of seconds, good to about 0.1 µs in our days: it crosses the boundary rounded to the microsecond.
func nanosOf(_ date: Date) -> Int64 {
    let micros = (date.timeIntervalSince1970 * 1_000_000).rounded()
    if micros.isNaN || micros <= -9.2e15 { return Int64.min }
    if micros >= 9.2e15 { return Int64.max }
    return Int64(micros) * 1_000
}

func dateOfNanos(_ nanos: Int64) -> Date {
    Date(timeIntervalSince1970: Double(nanos) / 1e9)
}
