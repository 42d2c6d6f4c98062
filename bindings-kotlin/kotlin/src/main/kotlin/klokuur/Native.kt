package klokuur

import com.sun.jna.Native
import com.sun.jna.Platform
import java.io.File

/**
 * The status of this thread's calls. The native side writes it only when a call fails, and then it goes with the error: a new
 * one for each call cost several times what the call does.
 */
internal val uniffiStatus: ThreadLocal<UniffiRustCallStatus> = object : ThreadLocal<UniffiRustCallStatus>() {
    override fun initialValue(): UniffiRustCallStatus {
        // First of all: where JNA itself is not for this platform, the error is ours too.
        UniffiLib.ensureInitialized()
        return UniffiRustCallStatus().apply {
            setAutoSynch(false)
            write()
        }
    }
}

// As JNA names platforms, with the name that a library has there.
private val PLATFORMS = mapOf(
    "linux-x86-64" to "lib%s.so", "linux-aarch64" to "lib%s.so", "darwin-x86-64" to "lib%s.dylib",
    "darwin-aarch64" to "lib%s.dylib", "win32-x86-64" to "%s.dll", "win32-aarch64" to "%s.dll",
)

/** Binds the functions of a class to the native library; where it cannot be loaded, the error names this platform and those there are. */
internal fun registerNative(functions: Class<*>, library: String) {
    try {
        Native.register(functions, library)
    } catch (failed: UnsatisfiedLinkError) {
        throw missing(library, failed)
    }
}

private fun missing(library: String, cause: UnsatisfiedLinkError): UnsatisfiedLinkError {
    val held = PLATFORMS.filter { (platform, file) ->
        UniffiRustCallStatus::class.java.getResource("/$platform/${file.format(library)}") != null
    }.keys
    val isMusl = File("/lib").list().orEmpty().any { it.startsWith("ld-musl-") }
    val here = Platform.RESOURCE_PREFIX + if (isMusl) " with musl" else ""
    val accepted = held.joinToString().ifEmpty { "no platform: this jar holds no library" }
    val message = "klokuur's native library cannot be loaded on $here: accepted is $accepted, " +
        "or a library of your own in the folder that -Djna.library.path names (${cause.message?.lineSequence()?.first()})"
    return UnsatisfiedLinkError(message).apply { initCause(cause) }
}
