package readme

import java.io.ByteArrayOutputStream
import java.io.PrintStream

/** What lines print that a page shows. */
internal fun printed(lines: () -> Unit): String {
    val out = ByteArrayOutputStream()
    val console = System.out
    System.setOut(PrintStream(out, true, "UTF-8"))
    try { lines() } finally { System.setOut(console) }
    return out.toString("UTF-8")
}
