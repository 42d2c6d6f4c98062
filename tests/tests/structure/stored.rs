//! What an application shows and stores: names are shown as text, and what writes itself reads itself.

use klokuur_tests::files::texts_below;

/// Enums without data that are no sets of names, each with what it has instead.
const NO_NAMES: [&str; 1] = [
    // Read in any case, so it has a reader of its own.
    "Encoding",
];

/// Types that write themselves and do not read themselves back, by folder or name, with the reason.
const WRITTEN_ONLY: [&str; 2] = [
    // A rulebook is read whole, by `Rulebook::from_json`, which checks what its parts say together.
    "rulebook/",
    // A row of the built-in table of countries.
    "calendar/countries/mod.rs: Country",
];

/// A type with its attributes and its body.
struct Type<'a> {
    path: String,
    name: &'a str,
    is_enum: bool,
    attributes: String,
    body: &'a str,
}

/// The public types of a file that stand at the margin or in a macro.
fn types<'a>(path: &str, text: &'a str) -> Vec<Type<'a>> {
    let (mut found, mut attributes, mut open) = (Vec::new(), String::new(), false);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        let words = line.trim();
        if open || words.starts_with("#[") {
            attributes.push_str(words);
            open = attributes.matches('[').count() > attributes.matches(']').count();
            continue;
        }
        if words.starts_with("//") {
            continue;
        }
        let item = words.strip_prefix("pub ").and_then(|rest| rest.split_once(' '));
        if let Some((kind @ ("struct" | "enum"), rest)) = item {
            let margin = line.len() - line.trim_start().len();
            let name = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap();
            let end = text[at..].find(&format!("\n{}}}", " ".repeat(margin))).unwrap_or(0);
            let body = if line.trim_end().ends_with('{') { &text[at..at + end] } else { "" };
            let attributes = attributes.clone();
            found.push(Type { path: path.to_owned(), name, is_enum: kind == "enum", attributes, body });
        }
        attributes.clear();
    }
    found
}

fn sources() -> Vec<(String, String)> {
    let files = texts_below("core/src", &["rs"]).unwrap();
    files.into_iter().map(|(path, text)| (path.to_str().unwrap().replace('\\', "/"), text)).collect()
}

/// Whether all variants of an enum are words without data.
fn is_a_set_of_names(body: &str) -> bool {
    let lines = body.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut variants = lines.filter(|line| !line.starts_with("//") && !line.starts_with("#[")).peekable();
    variants.peek().is_some()
        && variants
            .all(|line| line.strip_suffix(',').is_some_and(|name| name.chars().all(char::is_alphanumeric)))
}

#[test]
fn sets_of_names_are_declared_by_names() {
    let sources = sources();
    let all: Vec<Type<'_>> = sources.iter().flat_map(|(path, text)| types(path, text)).collect();
    let enums = all.iter().filter(|one| one.is_enum);
    let named = enums.clone().filter(|one| one.body.contains(" = \"")).count();
    assert!(named > 55, "the enums are not read: {named}");
    let wrong: Vec<_> = enums
        .filter(|one| is_a_set_of_names(one.body) && !NO_NAMES.contains(&one.name))
        .map(|one| format!("{}: {}", one.path, one.name))
        .collect();
    assert!(wrong.is_empty(), "not declared by `names!`, so without `as_str` and Display: {wrong:?}");
}

#[test]
fn what_writes_itself_reads_itself() {
    let sources = sources();
    let all: Vec<Type<'_>> = sources.iter().flat_map(|(path, text)| types(path, text)).collect();
    let written: Vec<_> = all.iter().filter(|one| one.attributes.contains("Serialize")).collect();
    assert!(written.len() > 130, "the types are not read: {}", written.len());
    let has_reader = |one: &&&Type<'_>| {
        let by_hand = format!("Deserialize<'de> for {}", one.name);
        one.attributes.contains("Deserialize") || sources.iter().any(|(_, text)| text.contains(&by_hand))
    };
    let only_written: Vec<_> = written.iter().filter(|one| !has_reader(one)).collect();
    let wrong: Vec<_> = only_written
        .iter()
        .map(|one| format!("{}: {}", one.path, one.name))
        .filter(|one| !WRITTEN_ONLY.iter().any(|reason| one.starts_with(reason)))
        .collect();
    assert!(wrong.is_empty(), "Serialize without Deserialize: {wrong:?}");
    let unused = |reason: &&&str| {
        !only_written.iter().any(|one| format!("{}: {}", one.path, one.name).starts_with(**reason))
    };
    let unused: Vec<_> = WRITTEN_ONLY.iter().filter(unused).collect();
    assert!(unused.is_empty(), "reasons for nothing: {unused:?}");
}

#[test]
fn a_set_of_names_is_told_from_others() {
    let text = "#[derive(Serialize)]\npub enum One {\n    /// A.\n    First,\n    Second,\n}\n\
                pub enum Two {\n    First { a: u8 },\n}\npub struct Three(u8);\n";
    let found = types("x.rs", text);
    let names: Vec<_> =
        found.iter().map(|one| (one.name, one.is_enum, is_a_set_of_names(one.body))).collect();
    assert_eq!(names, [("One", true, true), ("Two", true, false), ("Three", false, false)]);
    assert_eq!((found[0].attributes.as_str(), found[1].attributes.as_str()), ("#[derive(Serialize)]", ""));
}
