package klokuur

/**
 * What the arguments of the call that this thread is about to make hold of the native side: texts and lists that were written for it,
 * copies of handles. The call takes all of them. It is not made where an argument is refused, and then those before it are freed.
 */
private val lent: ThreadLocal<ArrayList<Any>> = ThreadLocal.withInitial { ArrayList() }

/** Notes what the next call takes: a buffer, or what frees a handle. */
internal fun lend(held: Any) {
    lent.get().add(held)
}

/** The native call, with its arguments: they are taken, or freed. */
internal inline fun <T> taking(call: () -> T): T {
    val result = try {
        call()
    } catch (refused: Throwable) {
        giveBack()
        throw refused
    }
    forgetLent()
    return result
}

internal fun forgetLent() = lent.get().clear()

internal fun giveBack() {
    val held = lent.get()
    held.forEach { if (it is RustBuffer.ByValue) RustBuffer.free(it) else (it as Runnable).run() }
    held.clear()
}
