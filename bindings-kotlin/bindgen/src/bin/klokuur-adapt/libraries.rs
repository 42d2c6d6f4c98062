//! The native functions of each class in an object of its own: JNA binds all functions of an object when it is first used,
//! and binding every function that there is was a third of an app's start.

use std::collections::BTreeMap;

/// Native functions, in the object that the generated code has them all in.
const ALL: &str = "internal object UniffiLib {";
const PREFIX: &str = "uniffi_klokuur_ffi_fn_";
/// Of calls that are awaited: no function of the facade is.
const AWAITED: &str = "ffi_klokuur_ffi_rust_future_";

pub(crate) fn one_a_class(source: &str) -> Result<String, String> {
    let start = source.find(ALL).ok_or("the generated code has changed: there is no object UniffiLib")?;
    let (before, rest) = source.split_at(start);
    let end =
        rest.find("\n}\n").ok_or("the generated code has changed: the object UniffiLib does not end")?;
    let (all, after) = rest.split_at(end + 3);

    let mut kept = String::new();
    let mut classes: BTreeMap<String, String> = BTreeMap::new();
    let mut awaited = 0;
    let mut lines = all.lines();
    while let Some(line) = lines.next() {
        let Some(name) = line.trim_start().strip_prefix("external fun ") else {
            kept.push_str(line);
            kept.push('\n');
            continue;
        };
        let mut function = format!("{line}\n");
        for line in lines.by_ref() {
            function.push_str(line);
            function.push('\n');
            if line.trim_start().starts_with(')') {
                break;
            }
        }
        if name.starts_with(AWAITED) {
            awaited += 1;
        } else {
            match name.strip_prefix(PREFIX) {
                Some(rest) => classes.entry(class_of(rest)?).or_default().push_str(&function),
                None => kept.push_str(&function),
            }
        }
    }
    if classes.is_empty() || awaited == 0 {
        return Err(format!(
            "the generated code has changed: {} classes of native functions, {awaited} awaited",
            classes.len()
        ));
    }
    let mut objects = kept;
    for (class, functions) in &classes {
        objects.push_str(&format!(
            "\ninternal object {} {{\n    init {{\n        registerNative({0}::class.java, \
             findLibraryName(componentName = \"klokuur\"))\n    }}\n\n{functions}}}\n",
            object_of(class)
        ));
    }
    let before = calls(before)?;
    let after = calls(after)?;
    let source = format!("{before}{objects}{after}");
    if after.contains(AWAITED) || before.contains(AWAITED) {
        return Err("the facade has a function that is awaited: its native functions are not left out".into());
    }
    Ok(source)
}

/// Each call of a native function, by the object that has it now.
fn calls(source: &str) -> Result<String, String> {
    let from = format!("UniffiLib.{PREFIX}");
    let mut made = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find(&from) {
        let (before, call) = rest.split_at(at);
        let name = call.strip_prefix(from.as_str()).unwrap_or_default();
        made.push_str(before);
        made.push_str(&format!("{}.{PREFIX}", object_of(&class_of(name)?)));
        rest = name;
    }
    made.push_str(rest);
    Ok(made)
}

/// The class of a function's name behind the prefix, in small letters; those of no class are together.
fn class_of(name: &str) -> Result<String, String> {
    let (kind, rest) = name.split_once('_').unwrap_or((name, ""));
    let class: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
    match kind {
        "func" => Ok("functions".into()),
        "clone" | "free" | "constructor" | "method" if !class.is_empty() => Ok(class),
        _ => Err(format!(
            "the generated code has changed: the native function `{PREFIX}{name}` is of no class"
        )),
    }
}

fn object_of(class: &str) -> String {
    let mut letters = class.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    format!("UniffiLib{}", first.into_iter().chain(letters).collect::<String>())
}
