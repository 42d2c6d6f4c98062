package klokuur

import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** Time zone data: which decide, and what is told where the host has others (RULES C10). */
class ZoneDataTest {
    @Test
    fun `data that are handed in decide and are told`() {
        val java = Path.of(System.getProperty("java.home"), "bin", "java").toString()
        val process = ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), "klokuur.NewerZonesKt")
            .redirectErrorStream(true).start()
        val told = process.inputStream.bufferedReader().readLines()
        val bundled = zoneData()
        assertEquals(
            listOf(
                "invalid_document: time zone data is not valid at America/Vancouver: not a TZif file: accepted are the bytes of " +
                    "a file as RFC 9636 describes it",
                bundled,
                "2027a (given) over $bundled",
                // 09:00 five hours behind: the right instant. The host shows it by its own rules.
                "2026-12-01T14:00:00Z",
                "true",
                "due Tuesday 1 December 2026 10:00: closed hours skipped, 1 h on Tuesday 1 December",
                "2026-12-01T08:05:00Z",
                "2027a (given) over $bundled",
                "invalid_value: time zone data `2027b` is not valid: accepted is a choice made once, before the first zone is " +
                    "named: 2027a (given) over $bundled is in use",
            ),
            told,
        )
        assertEquals(0, process.waitFor())
    }
}
