import Foundation
import Klokuur

// A program that takes newer time zone data, as ZoneDataTests runs it: a process chooses once. In its release British Columbia
// keeps the time of the east, which no host's rules say.

func refused(_ call: () throws -> Void) -> String {
    do {
        try call()
        return "taken"
    } catch let error as KlokuurError {
        return "\(error.code): \(error.localizedDescription)"
    } catch {
        return "\(error)"
    }
}

/// A file of the IANA database (RFC 9636): one offset, for ever.
func alwaysFiveHoursBehind() -> Data {
    func bigEndian(_ number: Int32) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }
    var block = Data("TZif2".utf8) + Data(count: 15)
    for count: Int32 in [0, 0, 0, 0, 1, 4] { block += bigEndian(count) }
    block += bigEndian(-5 * 3600) + [0, 0] + Array("-05\0".utf8)
    return block + block + Data("\n<-05>5\n".utf8)
}

let files = ["America/Vancouver": alwaysFiveHoursBehind()]
print(refused { try useZoneData(release: "2027a", files: ["America/Vancouver": Data("TZif".utf8)]) })
print(zoneData())
try useZoneData(release: "2027a", files: files)
print(zoneData())
let zone = TimeZone(identifier: "America/Vancouver")!
let office = try Schedule("Mo-Fr 09:00-17:00", zone: zone)
var calendar = Calendar(identifier: .gregorian)
calendar.timeZone = zone
let night = calendar.date(from: DateComponents(year: 2026, month: 12, day: 1, hour: 0, minute: 5))!
let opens = try office.nextOpen(night)
print(opens.timeIntervalSince1970)
print(zone.secondsFromGMT(for: opens) == zone.secondsFromGMT(for: night))
print(try office.explain(from: Instant(night), to: Instant(office.add(night, hours: 1))).english)
let amsterdam = try Schedule("Mo-Fr 09:00-17:00", zone: TimeZone(identifier: "Europe/Amsterdam")!)
print(try amsterdam.nextOpen(Date(timeIntervalSince1970: 1_796_112_300)).timeIntervalSince1970)
print(fingerprints(schedule: office).zoneData)
print(refused { try useZoneData(release: "2027b", files: files) })
