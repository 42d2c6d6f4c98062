import Foundation

extension Schedule {
    /// No value in a column of microseconds.
    public static let noValue = Int64.min

    /// `between` for columns of microseconds since 1970, in one call; `noValue` stays `noValue`.
    public func betweenMicros(_ from: [Int64], _ to: [Int64]) throws -> [Int64] {
        column(try betweenBytes(from: bytes(from), to: bytes(to)))
    }

    /// `within` for columns of microseconds since 1970, in one call; `noValue` is not within.
    public func withinMicros(_ from: [Int64], _ to: [Int64], _ budget: Duration) throws -> [Bool] {
        try withinBytes(from: bytes(from), to: bytes(to), budget: budget).map { $0 != 0 }
    }

    /// `add` for a column of microseconds since 1970, in one call; `noValue` stays `noValue`.
    public func addMicros(_ starts: [Int64], _ budget: Duration) throws -> [Int64] {
        column(try addBytes(starts: bytes(starts), budget: budget))
    }

    /// `sub` for a column of microseconds since 1970, in one call; `noValue` stays `noValue`.
    public func subMicros(_ ends: [Int64], _ budget: Duration) throws -> [Int64] {
        column(try subBytes(ends: bytes(ends), budget: budget))
    }

    /// `nextOpen` for a column of microseconds since 1970, in one call; `noValue` stays `noValue`.
    public func nextOpenMicros(_ at: [Int64]) throws -> [Int64] { column(try nextOpenBytes(at: bytes(at))) }

    /// `isOpen` for a column of microseconds since 1970, in one call; `noValue` is not open.
    public func isOpenMicros(_ at: [Int64]) throws -> [Bool] { try isOpenBytes(at: bytes(at)).map { $0 != 0 } }
}

// Every platform of Swift is little-endian, as the columns are.
func bytes(_ column: [Int64]) -> Data { column.withUnsafeBytes { Data($0) } }

func column(_ bytes: Data) -> [Int64] {
    [Int64](unsafeUninitializedCapacity: bytes.count / 8) { buffer, count in
        count = bytes.copyBytes(to: buffer) / 8
    }
}
