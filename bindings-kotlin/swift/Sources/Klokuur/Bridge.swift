import Foundation

// How time crosses the boundary; src/time.rs is the other side. Up to `exact` nanoseconds (221 years) a count is exact,
// which holds all supported instants; beyond it cross `exact` and the whole seconds, so that the refusal can name them.
private let exact: Int64 = 7_000_000_000_000_000_000
private let farthest = Int64.max - exact

let nanos: Int64 = 1_000_000_000

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

func bridgeOf(_ instant: Instant) -> Int64 { bridge(instant.secondsSince1970, Int64(instant.nanosecond)) }

func instantOfBridge(_ coded: Int64) -> Instant {
    let (seconds, rest) = unbridge(coded)
    return Instant(secondsSince1970: seconds, nanoseconds: rest)
}

func bridgeOf(_ duration: Duration) -> Int64 {
    let (seconds, rest) = duration.nanoseconds
    return bridge(seconds, rest)
}

func durationOfBridge(_ coded: Int64) -> Duration {
    let (seconds, rest) = unbridge(coded)
    return .seconds(seconds) + .nanoseconds(rest)
}

// A list crosses as one run of bytes.
func bytesOf(_ instants: [Instant]) -> Data { bytes(instants.map { bridgeOf($0) }) }

func bytesOf(_ durations: [Duration]) -> Data { bytes(durations.map { bridgeOf($0) }) }

func instantsOfBridge(_ coded: Data) -> [Instant] { column(coded).map(instantOfBridge) }

func durationsOfBridge(_ coded: Data) -> [Duration] { column(coded).map(durationOfBridge) }

extension Duration {
    /// Seconds and whole nanoseconds of the same sign; of more seconds than can be counted, the most that can.
    var nanoseconds: (seconds: Int64, rest: Int64) {
        let counted = Swift.min(Swift.max(self, .seconds(Int64.min)), .seconds(Int64.max)).components
        return (counted.seconds, counted.attoseconds / nanos)
    }
}

extension Int64 {
    /// The quotient rounded down, and what is left, never negative.
    func dividedDown(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
