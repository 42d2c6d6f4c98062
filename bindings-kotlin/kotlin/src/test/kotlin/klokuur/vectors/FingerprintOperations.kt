package klokuur.vectors

import com.google.gson.JsonObject
import klokuur.Fingerprints
import klokuur.Rulebook
import klokuur.fingerprintChanges
import klokuur.fingerprints

private fun of(given: JsonObject): Fingerprints =
    fingerprints(schedule(given), given.textOrNull("rules")?.let(Rulebook::shipped))

internal val fingerprintOperations: Map<String, Operation> = mapOf(
    "fingerprints" to { given ->
        of(given).let {
            mapOf("schedule" to it.schedule, "calendar" to it.calendar, "rules" to it.rules, "zone_data" to it.zoneData)
        }
    },
    "fingerprint_changes" to { given ->
        val changes = fingerprintChanges(of(given["then"].asJsonObject), of(given["now"].asJsonObject))
        mapOf("changes" to changes.map { mapOf("of" to it.of.name.lowercase(), "then" to it.then, "now" to it.now) })
    },
)
