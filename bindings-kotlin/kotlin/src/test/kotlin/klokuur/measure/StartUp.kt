package klokuur.measure

import java.io.File
import java.time.Instant
import java.util.zip.ZipEntry
import java.util.zip.ZipOutputStream
import klokuur.HolidayCalendar
import klokuur.Schedule
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** `make bench-kotlin`: from the first line of an app to klokuur's first answer, each time in a new JVM. */
class StartUp {
    /** The classes as an app has them: in a jar, from which the native library is unpacked at each start. */
    private fun packed(classes: File): File {
        val jar = File.createTempFile("klokuur", ".jar").apply { deleteOnExit() }
        ZipOutputStream(jar.outputStream().buffered()).use { zip ->
            for (file in classes.walk().filter(File::isFile)) {
                zip.putNextEntry(ZipEntry(file.relativeTo(classes).invariantSeparatorsPath))
                file.inputStream().use { it.copyTo(zip) }
            }
        }
        return jar
    }

    @Test
    fun startUp() {
        val java = File(System.getProperty("java.home"), "bin/java").path
        val path = System.getProperty("java.class.path").split(File.pathSeparator)
            .map { if (it.endsWith("/target/classes")) packed(File(it)).path else it }
        // The first two are not counted: they read from the disk what the others find in memory.
        val runs = List(12) {
            val process = ProcessBuilder(java, "-cp", path.joinToString(File.pathSeparator), FirstAnswer::class.java.name)
                .redirectErrorStream(true).start()
            val printed = process.inputStream.bufferedReader().readText().trim()
            assertEquals(0, process.waitFor(), printed)
            printed.split(' ').map { it.toLong() / 1e6 }
        }.drop(2)
        println("| Kotlin, ms from the first line of an app, in a new JVM | least | median |\n| --- | ---: | ---: |")
        listOf("JNA itself is loaded", "the first answer of klokuur").forEachIndexed { place, what ->
            val times = runs.map { it[place] }.sorted()
            println("| $what | ${"%.0f".format(times.first())} | ${"%.0f".format(times[times.size / 2])} |")
        }
    }
}

/** What [StartUp] runs: prints the nanoseconds until JNA is loaded and until a schedule has answered. */
object FirstAnswer {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val started = System.nanoTime()
        // Loads JNA's own library, which every package that is bound by JNA waits for.
        com.sun.jna.Native.POINTER_SIZE.let { check(it > 0) }
        val loaded = System.nanoTime()
        check(Schedule("Mo-Fr 00:00-24:00", "Europe/Amsterdam", HolidayCalendar.netherlands()).isOpen(Instant.parse("2026-03-13T14:00:00Z")))
        println("${loaded - started} ${System.nanoTime() - started}")
    }
}
