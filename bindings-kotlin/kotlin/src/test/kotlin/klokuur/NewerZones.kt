package klokuur

import java.nio.ByteBuffer
import java.time.Instant
import java.time.LocalDateTime
import java.time.ZoneId

/**
 * A program that takes newer time zone data, as [ZoneDataTest] runs it: a process chooses once. In its release British
 * Columbia keeps the time of the east, which no host's rules say.
 */
fun main() {
    val files = mapOf("America/Vancouver" to alwaysFiveHoursBehind())
    println(refused { useZoneData("2027a", mapOf("America/Vancouver" to "TZif".toByteArray())) })
    println(zoneData())
    useZoneData("2027a", files)
    println(zoneData())
    val zone = ZoneId.of("America/Vancouver")
    val office = Schedule("Mo-Fr 09:00-17:00", zone)
    val night = LocalDateTime.parse("2026-12-01T00:05").atZone(zone).toInstant()
    val opens = office.nextOpen(night)
    println(opens)
    println(zone.rules.getOffset(opens) == zone.rules.getOffset(night))
    println(office.explain(night, office.add(night, java.time.Duration.ofHours(1))).english)
    println(Schedule("Mo-Fr 09:00-17:00", "Europe/Amsterdam").nextOpen(Instant.parse("2026-12-01T08:05:00Z")))
    println(fingerprints(office).zoneData)
    println(refused { useZoneData("2027b", files) })
}

private fun refused(call: () -> Unit): String? = try {
    call()
    null
} catch (refused: KlokuurException) {
    "${refused.code}: ${refused.message}"
}

/** A file of the IANA database (RFC 9636): one offset, for ever. */
private fun alwaysFiveHoursBehind(): ByteArray {
    val block = ByteBuffer.allocate(54).put("TZif2".toByteArray()).position(20)
    for (count in listOf(0, 0, 0, 0, 1, 4)) block.putInt(count)
    block.putInt(-5 * 3600).put(0).put(0).put("-05\u0000".toByteArray())
    return block.array() + block.array() + "\n<-05>5\n".toByteArray()
}
