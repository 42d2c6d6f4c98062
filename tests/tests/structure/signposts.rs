//! The signs for a reader of the core: what a file is for, what stands beside it, what is at the crate root, what shows
//! a type.

use std::collections::{BTreeMap, BTreeSet};

use klokuur_tests::files::texts_below;

use super::files::Files;

/// The share of public types whose docs show them, in per cent: it may only rise.
const SHOWN_AT_LEAST: usize = 97;

/// The files of the core by their paths, with their texts.
fn core() -> BTreeMap<String, String> {
    let files = texts_below("core/src", &["rs"]).unwrap();
    files.into_iter().map(|(path, text)| (path.to_str().unwrap().replace('\\', "/"), text)).collect()
}

/// What a file says of itself, as one text.
fn about(text: &str) -> String {
    let lines = text.lines().map_while(|line| line.strip_prefix("//!"));
    lines.map(str::trim).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_file_says_what_it_is_for() {
    let files = core();
    assert!(files.len() > 250, "the files are not read");
    let without: Vec<_> =
        files.iter().filter(|(_, text)| about(text).len() < 6).map(|(path, _)| path).collect();
    assert!(without.is_empty(), "core/src: no first line `//! …` in {without:?}");
}

#[test]
fn every_folder_says_what_is_where() {
    let mut wrong = Vec::new();
    for (path, text) in core().iter().filter(|(path, _)| path.ends_with("mod.rs") && !path.contains("tests/"))
    {
        let about = about(text);
        let files = text.lines().filter_map(|line| line.split_once("mod ")?.1.strip_suffix(';'));
        for file in files.filter(|file| *file != "tests") {
            if !about.contains(&format!("`{file}`")) {
                wrong.push(format!("core/src/{path} does not say what `{file}` is"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The names in `[`…`]` of a text.
fn links(text: &str) -> BTreeSet<String> {
    text.split("[`").skip(1).filter_map(|rest| Some(rest.split_once('`')?.0.to_owned())).collect()
}

#[test]
fn the_front_page_lists_what_is_at_the_crate_root() {
    let text = &core()["lib.rs"];
    let (_, map) =
        about(text).split_once("# The modules").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    let listed: BTreeMap<String, BTreeSet<String>> = map
        .split(" - [`")
        .skip(1)
        .take_while(|point| !point.starts_with("timeline::"))
        .filter_map(|point| {
            let (module, rest) = point.split_once("`]")?;
            let root = rest.split(" **").next()?.split_once("At the root: ").map_or("", |(_, root)| root);
            Some((module.to_owned(), links(root)))
        })
        .collect();
    let code: String = text.lines().filter(|line| !line.starts_with("//")).collect::<Vec<_>>().join(" ");
    let modules: BTreeSet<String> =
        code.split("pub mod ").skip(1).map(|rest| rest.split_once(';').unwrap().0.to_owned()).collect();
    let mut there: BTreeMap<String, BTreeSet<String>> =
        modules.iter().map(|name| (name.clone(), BTreeSet::new())).collect();
    for statement in code.split("pub use ").skip(1) {
        let (module, names) = statement.split_once(';').unwrap().0.split_once("::").unwrap();
        let names = names.trim_matches(['{', '}']).split(',').map(|name| name.trim().to_owned());
        if let Some(root) = there.get_mut(module) {
            root.extend(names.filter(|name| !name.is_empty()));
        }
    }
    assert!(there.len() > 15, "the modules are not read");
    assert_eq!(listed, there, "core/src/lib.rs: the list of modules, and what it uses again");
}

/// An item with its docs.
struct Item {
    name: String,
    docs: String,
}

/// The items of a file, and what its macros make items of, each with its docs.
fn items(text: &str) -> Vec<Item> {
    let (mut found, mut docs, mut in_attribute) = (Vec::new(), String::new(), false);
    for line in text.lines().map(str::trim) {
        if let Some(doc) = line.strip_prefix("///") {
            docs.push_str(doc);
            docs.push('\n');
        } else if in_attribute || line.starts_with("#[") {
            in_attribute = !line.ends_with(']');
        } else {
            let words = line.split([' ', '(', '<', '{', ';', ':']).filter(|word| !word.is_empty());
            let name = words
                .into_iter()
                .find(|word| !["pub", "const", "struct", "enum", "trait", "fn", "type"].contains(word));
            if let (Some(name), false) = (name, docs.is_empty()) {
                found.push(Item { name: name.to_owned(), docs: docs.clone() });
            }
            docs.clear();
        }
    }
    found
}

/// What the docs of an item call the place of its example.
fn shown_at(docs: &str) -> Vec<String> {
    let places = docs.split("Shown at [`").skip(1).filter_map(|rest| rest.split_once('`'));
    places.map(|(place, _)| place.rsplit("::").next().unwrap_or(place).to_owned()).collect()
}

#[test]
fn most_public_types_are_shown() {
    let is_type = |name: &String| {
        name.starts_with(|c: char| c.is_uppercase()) && name.contains(|c: char| c.is_lowercase())
    };
    let types: BTreeSet<String> = Files::of_the_core().public_items().into_iter().filter(is_type).collect();
    assert!(types.len() > 250, "the types are not read");
    let items: Vec<Item> = core().values().flat_map(|text| items(text)).collect();
    let with_example: BTreeSet<&str> =
        items.iter().filter(|item| item.docs.contains("```")).map(|item| item.name.as_str()).collect();
    let mut shown: BTreeSet<&str> = with_example.clone();
    let mut wrong = Vec::new();
    for item in &items {
        for place in shown_at(&item.docs) {
            match with_example.contains(place.as_str()) {
                true => _ = shown.insert(&item.name),
                false => wrong.push(format!("`{}` is shown at `{place}`, which has no example", item.name)),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let not_shown: Vec<_> = types.iter().filter(|name| !shown.contains(name.as_str())).collect();
    let share = (types.len() - not_shown.len()) * 100 / types.len();
    assert!(share >= SHOWN_AT_LEAST, "{share} % of {} types are shown; not: {not_shown:?}", types.len());
}
