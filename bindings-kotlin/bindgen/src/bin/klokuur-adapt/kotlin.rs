//! What is changed in the generated Kotlin.

use crate::change::Times::{Once, Some as Often};
use crate::change::{lines, replaced};
use crate::documentation::errors_as;
use crate::libraries::one_a_class;

pub(crate) fn adapted(source: String) -> Result<String, String> {
    let source = memory(source)?;
    let source = calls(source)?;
    let source = names(source)?;
    let source = visibility(source)?;
    let source = records(&source)?;
    let source = for_java(&source)?;
    Ok(errors_as(&source, "*", "@throws KlokuurException for"))
}

/// An object that is an argument stays alive until its handle is copied, and one that is closed is refused: the
/// generated code copied a handle that the collector, or another thread, might have freed before.
fn memory(source: String) -> Result<String, String> {
    let kept = "return value.callWithHandle { it }";
    let source = replaced(source, Often, "return value.uniffiCloneHandle()", kept)?;
    // From now on nobody else can copy a handle.
    let source = replaced(
        source,
        Often,
        "    fun uniffiCloneHandle(): Long",
        "    private fun uniffiCloneHandle(): Long",
    )?;
    // Text with half a character in it is refused by the encoder's own exception: let it be ours.
    replaced(source, Once, "encode(CharBuffer.wrap(value))", "encoded(value)")
}

/// One status for each thread in the place of one for each call, which cost more than all the rest of a call; and one
/// place that says what is wrong where the native library cannot be loaded.
fn calls(source: String) -> Result<String, String> {
    let source =
        replaced(source, Once, "var status = UniffiRustCallStatus()", "val status = uniffiStatus.get()")?;
    let source = replaced(
        source,
        Once,
        "    if (status.isSuccess()) {\n        return\n    } else if (status.isError()) {",
        "    if (status.pointer.getByte(0) == UNIFFI_CALL_SUCCESS) {\n        return\n    }\n    \
         // What the call has written belongs to its error: the thread's next call takes another status.\n    \
         uniffiStatus.remove()\n    status.read()\n    if (status.isError()) {",
    )?;
    let source = replaced(source, Often, "Native.register(", "registerNative(")?;
    // The version of the interface is compared at the start, in the place of a number for each function.
    let start = "registerNative(UniffiLib::class.java, findLibraryName(componentName = \"klokuur\"))\n";
    let checked = format!("{start}        IntegrityCheckingUniffiLib.ensureInitialized()\n");
    let source = replaced(source, Once, start, &checked)?;
    let mut in_checksum = false;
    let mut made = String::with_capacity(source.len());
    for line in source.lines() {
        if line.trim_start().starts_with("external fun uniffi_klokuur_ffi_checksum_") {
            in_checksum = true;
        }
        if !in_checksum {
            made.push_str(line);
            made.push('\n');
        } else if line.trim_start().starts_with(')') {
            in_checksum = false;
        }
    }
    one_a_class(&made)
}

/// The host's types under their own names: a public alias beside them makes `import klokuur.*` ambiguous.
fn names(source: String) -> Result<String, String> {
    let aliases =
        ["Instant", "Instants", "LocalDate", "BusinessDuration", "BusinessDurations", "ElapsedTime"];
    let mut made: Vec<&str> = Vec::new();
    let mut left = aliases.to_vec();
    for line in source.lines() {
        let Some(alias) = line.strip_prefix("public typealias ") else {
            made.push(line);
            continue;
        };
        let name = alias.split(' ').next().unwrap_or_default();
        left.retain(|known| *known != name);
        if !aliases.contains(&name) {
            return Err(format!("a public alias that is not known: {name}"));
        }
        // Its comment goes with it.
        if made.last().is_some_and(|line| line.trim() == "*/") {
            let start = made.iter().rposition(|line| line.trim_start().starts_with("/**"));
            made.truncate(start.unwrap_or(made.len()));
        }
    }
    if !left.is_empty() {
        return Err(format!("the generated code has changed: no alias for {}", left.join(", ")));
    }
    let mut source = made.join("\n") + "\n";
    // Where a name could mean something nearer, the generated code says the package too.
    for (name, host) in [
        ("Instant", "java.time.Instant"),
        ("LocalDate", "java.time.LocalDate"),
        ("BusinessDuration", "java.time.Duration"),
        ("ElapsedTime", "java.time.Duration"),
    ] {
        source = lines(&source, name, |line| word_replaced(line, &format!("klokuur.{name}"), host))?;
    }
    for (name, list) in [("Instants", "List<Instant>"), ("BusinessDurations", "List<BusinessDuration>")] {
        source = lines(&source, name, |line| {
            let is_code = !line.trim_start().starts_with('*');
            is_code.then(|| word_replaced(line, name, list)).flatten()
        })?;
    }
    Ok(source)
}

/// The line with another text for a whole word; none where the word is not in it.
fn word_replaced(line: &str, word: &str, other: &str) -> Option<String> {
    let in_word = |character: char| character.is_alphanumeric() || character == '_';
    let mut made = String::new();
    let mut rest = line;
    let mut found = false;
    while let Some(at) = rest.find(word) {
        let (before, after) = rest.split_at(at);
        let after = after.strip_prefix(word).unwrap_or_default();
        let whole = !before.ends_with(in_word) && !after.starts_with(in_word);
        found |= whole;
        made.push_str(before);
        made.push_str(if whole { other } else { word });
        rest = after;
    }
    made.push_str(rest);
    found.then_some(made)
}

/// What carries values across is nobody's business but this file's.
fn visibility(source: String) -> Result<String, String> {
    let mut source = source;
    for (times, from) in [
        (Often, "object FfiConverter"),
        (Often, "interface FfiConverter"),
        (Once, "fun uniffiEnsureInitialized()"),
    ] {
        source = replaced(source, times, &format!("public {from}"), &format!("internal {from}"))?;
    }
    for (times, from) in [
        (Once, "open class RustBuffer : Structure()"),
        (Once, "interface UniffiRustCallStatusErrorHandler<E>"),
        (Once, "object UniffiNullRustCallStatusErrorHandler"),
        (Once, "interface UniffiCleaner {"),
        (Once, "object UniffiWithHandle\n"),
        (Once, "object NoHandle\n"),
    ] {
        source = replaced(source, times, &format!("\n{from}"), &format!("\ninternal {from}"))?;
    }
    for (from, to) in [
        (" companion object ErrorHandler", " internal companion object ErrorHandler"),
        (" constructor(withHandle: UniffiWithHandle", " internal constructor(withHandle: UniffiWithHandle"),
        (" constructor(noHandle: NoHandle", " internal constructor(noHandle: NoHandle"),
        (" protected val handle: Long", " private val handle: Long"),
        (" protected val cleanable:", " private val cleanable:"),
    ] {
        source = replaced(source, Often, from, to)?;
    }
    Ok(source)
}

/// Cases without values print as their name; records and sealed classes can be saved as the platform saves state.
fn records(source: &str) -> Result<String, String> {
    let source = lines(source, "a case without values", |line| {
        let case = line.trim_start();
        (case.starts_with("object ") && case.contains(" : ") && case.trim_end().ends_with("()"))
            .then(|| line.replacen("object ", "data object ", 1))
    })?;
    let source = lines(&source, "a sealed class", |line| {
        let is_plain = line.starts_with("sealed class ") && line.trim_end().ends_with('{');
        (is_plain && !line.contains(['(', ':'])).then(|| line.replacen('{', ": java.io.Serializable {", 1))
    })?;
    let mut in_record = false;
    lines(&source, "the end of a record", |line| {
        if line.starts_with("data class ") {
            in_record = true;
            return None;
        }
        let end = line.strip_prefix(')').filter(|_| in_record)?;
        in_record = false;
        if end.contains("Disposable") {
            return None;
        }
        let others = end.trim_start().strip_prefix(':').unwrap_or_default();
        let (others, body) = match others.find('{').or_else(|| end.find('{').map(|_| 0)) {
            Some(at) => others.split_at(at),
            None => (others, ""),
        };
        let body = if body.is_empty() && end.contains('{') { "{" } else { body };
        let others = others.trim();
        let comma = if others.is_empty() { "" } else { ", " };
        Some(format!(") : {others}{comma}java.io.Serializable {body}").trim_end().to_owned())
    })
}

/// What Java sees: functions of a class without `Companion`, of the package in `Klokuur`, and no need to say the defaults.
fn for_java(source: &str) -> Result<String, String> {
    let source = replaced(
        source.to_owned(),
        Once,
        "@file:Suppress(\"NAME_SHADOWING\")",
        "@file:Suppress(\"NAME_SHADOWING\")\n@file:JvmName(\"Klokuur\")",
    )?;
    let mut depth = 0_usize;
    let source = lines(&source, "a function of a companion", |line| {
        let text = line.trim_start();
        // Behind the end of its comment a function may stand on the same line.
        let (end, code) = text.strip_prefix("*/ ").map_or(("", text), |code| ("    */\n", code));
        if code.starts_with('*') || code.starts_with("//") {
            return None;
        }
        let opens = code.matches('{').count();
        let closes = code.matches('}').count();
        if depth == 0 {
            if line.trim_end() == "    companion object {" {
                depth = 1;
            }
            return None;
        }
        let is_function = depth == 1 && (code.starts_with("fun `") || code.starts_with("@Throws"));
        depth = (depth + opens).saturating_sub(closes);
        let overloads = if code.contains(" = ") { "@JvmOverloads " } else { "" };
        is_function.then(|| format!("{end}    @JvmStatic {overloads}{code}"))
    })?;
    let source = lines(&source, "a constructor with defaults", |line| {
        let code = line.trim_start();
        (code.starts_with("constructor(") && code.contains(" = "))
            .then(|| line.replacen("constructor(", "@JvmOverloads constructor(", 1))
    })?;
    // A record has defaults where one of its fields has.
    let mut made = String::with_capacity(source.len());
    let mut rest = source.as_str();
    while let Some(at) = rest.find("\ndata class ") {
        let (before, record) = rest.split_at(at);
        let end = record.find("\n)").ok_or("the generated code has changed: a record without an end")?;
        let (head, after) = record.split_at(end);
        made.push_str(before);
        let has_default =
            head.lines().any(|line| line.trim_start().starts_with("val ") && line.contains(" = "));
        made.push_str(&if has_default {
            head.replacen(" (", " @JvmOverloads constructor(", 1)
        } else {
            head.to_owned()
        });
        rest = after;
    }
    made.push_str(rest);
    Ok(made)
}
